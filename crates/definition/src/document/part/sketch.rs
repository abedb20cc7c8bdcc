//! What a definition says at first sight: who refers to whom, and which names and ids are given.

use foldhash::{HashMap, HashSet};
use serde_json::{Map, Value};

use super::whole::Whole;

/// The end of a longer name may be cut off when another is made of it.
const UNCUT: usize = 48;

/// The outline of a definition.
#[derive(Default)]
pub(super) struct Sketch<'v> {
    /// The tables that have a name.
    pub(super) tables: Vec<&'v str>,
    /// Names of keys, exclusions and indexes, with their table.
    pub(super) relations: Vec<(&'v str, &'v str)>,
    /// The tables that have, or whose columns have, an id of the part.
    pub(super) sharing: Vec<&'v str>,
    /// What a table refers to.
    pub(super) references: HashMap<&'v str, Vec<Reference<'v>>>,
    pub(super) junctions: Vec<Junction<'v>>,
}

/// A foreign key, or what may become one.
pub(super) struct Reference<'v> {
    pub(super) to: &'v str,
    /// Whether deleting there deletes here.
    pub(super) cascades: bool,
}

/// A many-to-many relationship.
pub(super) struct Junction<'v> {
    pub(super) through: String,
    pub(super) sides: [&'v str; 2],
}

impl<'v> Sketch<'v> {
    /// The outline of a whole around a part with these ids.
    pub(super) fn of(whole: &Whole<'v>, own_ids: &HashSet<&str>) -> Self {
        let mut sketch = Self::default();
        for table in &whole.tables {
            if let (Some(name), Value::Object(table)) = (text(table, "name"), table) {
                sketch.table(name, table, own_ids);
            }
        }
        for relationship in &whole.relationships {
            sketch.relationship(relationship);
        }
        sketch
    }

    /// Whether deletions in a table may come back to it by way of others.
    pub(super) fn comes_back(&self, table: &str) -> bool {
        let mut seen = HashSet::default();
        let mut waiting = vec![table];
        while let Some(name) = waiting.pop() {
            let references = self.references.get(name).into_iter().flatten();
            let targets = references.filter(|reference| reference.cascades);
            let targets = targets.map(|reference| reference.to).filter(|to| *to != name);
            let junctions = self.junctions.iter().filter(|junction| meet(&junction.through, name));
            for next in targets.chain(junctions.flat_map(|junction| junction.sides)) {
                if next == table {
                    return true;
                }
                if seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
        false
    }

    fn table(&mut self, name: &'v str, table: &'v Map<String, Value>, own_ids: &HashSet<&str>) {
        self.tables.push(name);
        for (key, value) in table {
            match (key.as_str(), value) {
                ("id", id) => self.sharing.extend(shared(id, own_ids).then_some(name)),
                ("columns", Value::Array(columns)) => self.columns(name, columns, own_ids),
                ("primaryKey", key) => self.relations.extend(named(key, name)),
                ("uniques" | "exclusions" | "indexes", Value::Array(items)) => {
                    self.relations.extend(items.iter().filter_map(|item| named(item, name)));
                }
                _ => {}
            }
        }
    }

    /// There are many columns, so each is gone through once only.
    fn columns(&mut self, table: &'v str, columns: &'v [Value], own_ids: &HashSet<&str>) {
        for (key, value) in columns.iter().filter_map(Value::as_object).flatten() {
            match (key.as_str(), value) {
                ("id", id) => self.sharing.extend(shared(id, own_ids).then_some(table)),
                ("references", reference) => {
                    if let Some(to) = text(reference, "table") {
                        self.refer(table, to, cascades(reference));
                    }
                }
                _ => {}
            }
        }
    }

    fn relationship(&mut self, relationship: &'v Value) {
        let side = |key| relationship.get(key).and_then(|end| text(end, "table"));
        let (Some(from), Some(to)) = (side("from"), side("to")) else { return };
        if !is_many_to_many(relationship) {
            return self.refer(from, to, cascades(relationship));
        }
        let through = text(relationship, "through");
        let through = through.map_or_else(|| [from, "_", to].concat(), str::to_owned);
        self.junctions.push(Junction { through, sides: [from, to] });
    }

    fn refer(&mut self, from: &'v str, to: &'v str, cascades: bool) {
        self.references.entry(from).or_default().push(Reference { to, cascades });
    }
}

/// A text at a key of an object.
pub(super) fn text<'v>(object: &'v Value, key: &str) -> Option<&'v str> {
    object.get(key).and_then(Value::as_str)
}

pub(super) fn is_many_to_many(relationship: &Value) -> bool {
    text(relationship, "type") == Some("manyToMany")
}

fn cascades(reference: &Value) -> bool {
    text(reference, "onDelete") == Some("cascade")
}

fn shared(id: &Value, own_ids: &HashSet<&str>) -> bool {
    !own_ids.is_empty() && id.as_str().is_some_and(|id| own_ids.contains(id))
}

/// The name of a relation with its table.
fn named<'v>(relation: &'v Value, table: &'v str) -> Option<(&'v str, &'v str)> {
    text(relation, "name").map(|name| (name, table))
}

/// Whether names made of one could be names made of the other, be one, or differ in case only.
pub(super) fn meet(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let (begin, rest) = long.as_bytes().split_at(short.len().min(UNCUT));
    if begin == &short.as_bytes()[..begin.len()] {
        return begin.len() == UNCUT || rest.first().is_none_or(|next| *next == b'_');
    }
    left.eq_ignore_ascii_case(right)
        || !left.is_ascii() && left.to_lowercase() == right.to_lowercase()
}
