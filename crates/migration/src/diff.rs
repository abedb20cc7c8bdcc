//! What differs between two definitions.

mod columns;
mod enums;
mod order;
mod relationships;
mod tables;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use definition::Definition;

use crate::apply::Draft;
use crate::change::{Act, Change, Kind};
use crate::renames::Renames;

/// What differs, as a person would tell it: renames, then what goes, what becomes different, what
/// appears, and last the order of things that are listed in another one. Applied to `before` it
/// gives `after`.
///
/// What has an id is the same thing as long as it has that id. What has none is told by its name
/// within its table; a key, an exclusion or an index under another name is renamed when it is the
/// same otherwise. Anything else that differs goes and comes anew.
pub fn diff(before: &Definition, after: &Definition) -> Vec<Change> {
    if before == after {
        return Vec::new();
    }
    let renames = Renames::between(before, after);
    let moved = renames.definition(before);
    let mut changes = Vec::new();
    enums::compare(&moved, after, &mut changes);
    tables::compare(&moved, after, &mut changes);
    relationships::compare(&moved, after, &mut changes);
    changes.sort_by_key(rank);
    let orders = order::compare(&Draft::of(moved).with(&changes).done(), after);
    let mut all = renames.changes(before);
    all.extend(changes);
    all.extend(orders);
    all
}

/// Where a change stands among those that are no renames.
fn rank(change: &Change) -> (u8, Kind) {
    let act = match change.act() {
        Act::Rename => 0,
        Act::Drop => 1,
        Act::Alter => 2,
        Act::Add => 3,
    };
    (act, change.kind())
}

/// Things of two lists that belong together, found by a key without searching.
struct Matched<'a, T, K> {
    before: &'a [T],
    after: &'a [T],
    earlier: HashMap<K, &'a T>,
    later: HashSet<K>,
    key: fn(&'a T) -> K,
}

impl<'a, T, K: Eq + Hash> Matched<'a, T, K> {
    fn by(key: fn(&'a T) -> K, before: &'a [T], after: &'a [T]) -> Self {
        Self {
            before,
            after,
            earlier: before.iter().map(|it| (key(it), it)).collect(),
            later: after.iter().map(key).collect(),
            key,
        }
    }

    /// What has no counterpart later.
    fn gone(&self) -> impl Iterator<Item = &'a T> {
        self.before.iter().filter(|it| !self.later.contains(&(self.key)(it)))
    }

    /// What is there before and after.
    fn kept(&self) -> impl Iterator<Item = (&'a T, &'a T)> {
        self.after.iter().filter_map(|it| Some((*self.earlier.get(&(self.key)(it))?, it)))
    }

    /// What has no counterpart earlier.
    fn added(&self) -> impl Iterator<Item = &'a T> {
        self.after.iter().filter(|it| !self.earlier.contains_key(&(self.key)(it)))
    }

    /// What goes, taking along what is the same only in name, and what comes.
    fn replaced(&self) -> (impl Iterator<Item = &'a T>, impl Iterator<Item = &'a T>)
    where
        T: PartialEq,
    {
        let changed = || self.kept().filter(|(earlier, later)| earlier != later);
        let gone = self.gone().chain(changed().map(|(earlier, _)| earlier));
        let new = self.added().chain(changed().map(|(_, later)| later));
        (gone, new)
    }
}
