//! Names that somebody has, and new ones for things that have to give theirs up.

use std::collections::{BTreeSet, HashSet};

use definition::Name;
use definition::model::Definition;
use sql::MAX_IDENT_BYTES;

use super::Names;
use crate::attic::indexes_of;

/// A thing's name, and what it is called after; nothing when it goes.
pub(super) type Fate<'a> = (&'a Name, Option<&'a Name>);

/// The names of tables, indexes and enums. PostgreSQL keeps the first two in one space, and those
/// of tables and enums in another one.
pub(super) struct Taken<'a> {
    before: &'a Definition,
    after: &'a Definition,
    /// Those after, when somebody has asked.
    later: Option<HashSet<&'a Name>>,
    /// All of them, when somebody has asked, with those that were made up since.
    all: Option<BTreeSet<Name>>,
}

impl<'a> Taken<'a> {
    pub(super) fn of(before: &'a Definition, after: &'a Definition) -> Self {
        Self { before, after, later: None, all: None }
    }

    /// What tables or enums are called now.
    pub(super) fn names(&mut self, things: &[Fate<'_>]) -> Names {
        let mut names = Names::new();
        for (name, after) in things {
            let new = match after {
                Some(after) => (after != name).then(|| (*after).clone()),
                None => self.is_taken(name).then(|| self.fresh(name)),
            };
            names.extend(new.map(|new| ((*name).clone(), new)));
        }
        names
    }

    /// What columns of one table or values of one enum are called now, of which `later` are all
    /// names after.
    pub(super) fn inside<'n>(later: impl Iterator<Item = &'n Name>, things: &[Fate<'n>]) -> Names {
        if things.iter().all(|(name, after)| *after == Some(*name)) {
            return Names::new();
        }
        let later: HashSet<&Name> = later.collect();
        let mut all: Option<BTreeSet<Name>> = None;
        let mut names = Names::new();
        for (name, after) in things {
            let new = match after {
                Some(after) => (after != name).then(|| (*after).clone()),
                None => later.contains(name).then(|| {
                    let all = all.get_or_insert_with(|| {
                        let earlier = things.iter().map(|(name, _)| *name);
                        earlier.chain(later.iter().copied()).cloned().collect()
                    });
                    fresh(name, all)
                }),
            };
            names.extend(new.map(|new| ((*name).clone(), new)));
        }
        names
    }

    /// A name that nobody has, close to this one.
    pub(super) fn fresh(&mut self, name: &Name) -> Name {
        let all = self.all.get_or_insert_with(|| {
            let both = [self.before, self.after];
            both.iter().flat_map(|it| spoken_for(it).chain(constraints(it))).cloned().collect()
        });
        fresh(name, all)
    }

    fn is_taken(&mut self, name: &Name) -> bool {
        self.later.get_or_insert_with(|| spoken_for(self.after).collect()).contains(name)
    }
}

fn spoken_for(definition: &Definition) -> impl Iterator<Item = &Name> {
    let indexes = definition.tables.iter().flat_map(indexes_of);
    let tables = definition.tables.iter().map(|table| &table.name);
    definition.enums.iter().map(|item| &item.name).chain(tables).chain(indexes)
}

/// The names of checks and foreign keys, which an index of their table may have but its constraint
/// may not.
fn constraints(definition: &Definition) -> impl Iterator<Item = &Name> {
    let checks = definition.tables.iter().flat_map(|table| &table.checks);
    let relationships = definition.relationships.iter().map(|it| &it.name);
    checks.map(|check| &check.name).chain(relationships)
}

/// `orders_old`, or the next one that is free; it is taken from now on.
fn fresh(name: &Name, all: &mut BTreeSet<Name>) -> Name {
    let mut number = 1_u32;
    loop {
        let end = match number {
            1 => "_old".to_owned(),
            number => ["_old", &number.to_string()].concat(),
        };
        let mut kept = name.as_str();
        while kept.len() + end.len() > MAX_IDENT_BYTES {
            let mut chars = kept.chars();
            chars.next_back();
            kept = chars.as_str();
        }
        let candidate = Name::new(&[kept, &end].concat()).expect("it is not empty and cut to fit");
        if all.insert(candidate.clone()) {
            return candidate;
        }
        number += 1;
    }
}
