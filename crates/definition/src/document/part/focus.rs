//! What of a definition can matter to what is said about a part of it.
//!
//! Nearly all that a check of the whole goes through says nothing about the part, and is left out
//! beforehand. What stays are the tables that the part refers to, and those that these refer to;
//! what has a name or an id of the part, or could be given one; and everything, where deletions
//! may come back to where they began.

use foldhash::{HashSet, HashSetExt};
use serde_json::Value;

use super::sketch::{Sketch, is_many_to_many, meet, text};
use super::whole::{List, Put};

/// The tables that matter.
struct Focus<'s, 'v> {
    sketch: &'s Sketch<'v>,
    names: HashSet<&'s str>,
    /// Those whose surroundings are still to be looked at.
    waiting: Vec<&'s str>,
    /// Whether many-to-many relationships matter.
    junctions: bool,
}

/// Leaves out what cannot matter to the part; the names of the tables that are left out.
pub(super) fn narrow<'v>(put: &mut Put<'v>) -> Vec<&'v str> {
    let part = match put.list {
        List::Tables => put.whole.tables[put.position],
        List::Relationships => put.whole.relationships[put.position],
    };
    let own_ids = if put.list == List::Tables { ids(part) } else { HashSet::new() };
    let sketch = Sketch::of(&put.whole, &own_ids);
    let end = |key| part.get(key).and_then(|end| text(end, "table"));
    let beginnings = match put.list {
        List::Tables => vec![text(part, "name")],
        List::Relationships => vec![end("from"), end("to")],
    };
    let beginnings: Vec<&str> = beginnings.into_iter().flatten().collect();
    // What joins tables by a third one has a say in names everywhere.
    let joins = put.list == List::Relationships && is_many_to_many(part);
    if joins || beginnings.iter().any(|name| sketch.comes_back(name)) {
        return Vec::new();
    }
    let mut focus =
        Focus { sketch: &sketch, names: HashSet::new(), waiting: Vec::new(), junctions: false };
    focus.begin(beginnings);
    focus.look_around();
    focus.keep(put)
}

/// The ids of a table and its columns.
fn ids(table: &Value) -> HashSet<&str> {
    let columns = table.get("columns").and_then(Value::as_array).into_iter().flatten();
    columns.chain([table]).filter_map(|thing| text(thing, "id")).collect()
}

impl<'s, 'v> Focus<'s, 'v> {
    fn add(&mut self, name: &'s str) {
        if self.names.insert(name) {
            self.waiting.push(name);
        }
    }

    /// The tables of the part, and what has a name or an id of theirs.
    fn begin(&mut self, tables: Vec<&'s str>) {
        let sketch = self.sketch;
        let relations = || sketch.relations.iter();
        let own = relations().filter(|(_, table)| tables.contains(table)).map(|(name, _)| *name);
        let own: HashSet<&str> = own.collect();
        let namesakes = relations().filter(|(name, _)| own.contains(name)).map(|(_, table)| *table);
        let tables_too = sketch.tables.iter().copied().filter(|table| own.contains(table));
        let sharing = sketch.sharing.iter().copied();
        for name in tables.into_iter().chain(namesakes).chain(tables_too).chain(sharing) {
            self.add(name);
        }
    }

    /// Adds what the tables that matter refer to, and what could share a name with them.
    fn look_around(&mut self) {
        let sketch = self.sketch;
        while let Some(name) = self.waiting.pop() {
            for reference in sketch.references.get(name).into_iter().flatten() {
                self.add(reference.to);
            }
            for table in sketch.tables.iter().filter(|table| meet(table, name)) {
                self.add(table);
            }
            for (_, table) in sketch.relations.iter().filter(|(other, _)| meet(other, name)) {
                self.add(table);
            }
            // Many-to-many relationships share one space of names, so either all matter or none.
            let junctions = || sketch.junctions.iter();
            if !self.junctions && junctions().any(|junction| meet(&junction.through, name)) {
                self.junctions = true;
                for junction in junctions() {
                    let [from, to] = junction.sides;
                    for name in [from, to, &junction.through] {
                        self.add(name);
                    }
                }
            }
        }
    }

    /// Leaves out the rest; the names of the tables that are left out.
    fn keep(self, put: &mut Put<'v>) -> Vec<&'v str> {
        let mut elsewhere = Vec::new();
        let part = |list| (put.list == list).then_some(put.position);
        let (table, relationship) = (part(List::Tables), part(List::Relationships));
        let table = retained(&mut put.whole.tables, table, |table| {
            let name = text(table, "name");
            let matters = name.is_some_and(|name| self.names.contains(name));
            elsewhere.extend(name.filter(|_| !matters));
            matters
        });
        let relationship = retained(&mut put.whole.relationships, relationship, |relationship| {
            let from = relationship.get("from").and_then(|end| text(end, "table"));
            match is_many_to_many(relationship) {
                true => self.junctions,
                false => from.is_some_and(|from| self.names.contains(from)),
            }
        });
        put.position = table.or(relationship).unwrap_or(put.position);
        elsewhere
    }
}

/// Keeps what matters and the part, if it stands there; where it stands afterwards.
fn retained<'v>(
    items: &mut Vec<&'v Value>,
    part: Option<usize>,
    mut matters: impl FnMut(&'v Value) -> bool,
) -> Option<usize> {
    let (mut before, mut kept, mut place) = (0, 0, None);
    items.retain(|item| {
        let is_part = part == Some(before);
        let stays = matters(item) || is_part;
        if is_part {
            place = Some(kept);
        }
        before += 1;
        kept += usize::from(stays);
        stays
    });
    place
}
