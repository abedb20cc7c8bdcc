//! Deletions that come back to where they began.

use std::collections::BTreeMap;

use super::super::Builder;
use crate::model::{Definition, ReferentialAction};
use crate::name::Name;

/// By table: the tables in which deleting a row of it deletes rows, each with the position of the
/// relationship that does it.
type Deletions<'a> = BTreeMap<&'a Name, Vec<(&'a Name, usize)>>;

impl Builder<'_> {
    /// Warns of each circle of `onDelete: cascade` through several tables. A table that cascades
    /// to itself is a tree, and nothing unusual.
    pub(super) fn cascade_cycles(&mut self, definition: &Definition) {
        let mut deletions = Deletions::new();
        for (position, relationship) in definition.relationships.iter().enumerate() {
            let (from, to) = (&relationship.from.table, &relationship.to.table);
            if relationship.on_delete == ReferentialAction::Cascade && from != to {
                deletions.entry(to).or_default().push((from, position));
            }
        }
        loop {
            prune(&mut deletions);
            let Some((circle, position)) = circle(&deletions) else { return };
            let names: Vec<String> =
                circle.iter().chain(circle.first()).map(|name| format!("`{name}`")).collect();
            let message = format!("deleting a row may delete in a circle: {}", names.join(" → "));
            let path = self.places.relationships[position].path();
            self.problems
                .warning("cascade_cycle", &path.key("onDelete"), message)
                .with_hint("Choose `restrict` or `setNull` for one of them.");
            for name in circle {
                deletions.remove(name);
            }
        }
    }
}

/// Drops the tables from which no deletion goes on, until none is left.
fn prune(deletions: &mut Deletions<'_>) {
    loop {
        let known: Vec<&Name> = deletions.keys().copied().collect();
        for targets in deletions.values_mut() {
            targets.retain(|(target, _)| known.binary_search(target).is_ok());
        }
        let before = deletions.len();
        deletions.retain(|_, targets| !targets.is_empty());
        if deletions.len() == before {
            return;
        }
    }
}

/// A circle, with the position of the relationship that closes it. In what [`prune`] left, every
/// table leads to another, so any walk ends in one.
fn circle<'a>(deletions: &Deletions<'a>) -> Option<(Vec<&'a Name>, usize)> {
    let mut walk: Vec<&Name> = Vec::new();
    let mut next = *deletions.keys().next()?;
    loop {
        walk.push(next);
        let (target, position) = *deletions.get(next)?.first()?;
        if let Some(start) = walk.iter().position(|name| *name == target) {
            return Some((walk.split_off(start), position));
        }
        next = target;
    }
}
