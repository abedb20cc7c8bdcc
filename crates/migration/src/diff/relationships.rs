//! Foreign keys and many-to-many relationships.

use std::collections::HashSet;

use definition::model::{ManyToMany, Relationship};
use definition::{Definition, Id, Name};

use super::Matched;
use crate::change::Change;

/// Adds what differs in the relationships. What goes together with its tables is not told: a
/// foreign key between two that go, a many-to-many relationship through one that goes.
pub(super) fn compare(before: &Definition, after: &Definition, changes: &mut Vec<Change>) {
    let left: HashSet<&Id> = after.tables.iter().map(|table| &table.id).collect();
    let gone = before.tables.iter().filter(|table| !left.contains(&table.id));
    let gone: HashSet<&Name> = gone.map(|table| &table.name).collect();
    if before.relationships != after.relationships {
        let both = Matched::by(key, &before.relationships, &after.relationships);
        let (old, new) = both.replaced();
        let stays =
            |it: &&Relationship| !(gone.contains(&it.from.table) && gone.contains(&it.to.table));
        changes.extend(old.filter(stays).cloned().map(Change::DropRelationship));
        changes.extend(new.cloned().map(Change::AddRelationship));
    }
    if before.many_to_many != after.many_to_many {
        let both = Matched::by(name, &before.many_to_many, &after.many_to_many);
        let (old, new) = both.replaced();
        let stays = |it: &&ManyToMany| !gone.contains(&it.through);
        changes.extend(old.filter(stays).cloned().map(Change::DropManyToMany));
        changes.extend(new.cloned().map(Change::AddManyToMany));
    }
}

/// What tells a foreign key: its table and its name there.
fn key(it: &Relationship) -> (&Name, &Name) {
    (&it.from.table, &it.name)
}

fn name(it: &ManyToMany) -> &Name {
    &it.name
}
