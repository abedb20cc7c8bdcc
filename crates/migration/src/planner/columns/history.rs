//! Which column of PostgreSQL a column of a definition was, and when.
//!
//! A conversion makes another column of PostgreSQL: an incarnation, called after the version that
//! made it, the first one 0. What the attic remembers tells which incarnation was in force at any
//! version, and which took the place of which.

use definition::Id;

use crate::attic::{AtticContent, AtticItem};

/// A change of incarnation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'a> {
    pub(super) item: &'a AtticItem,
    /// The one that was put aside.
    pub(super) from: i32,
    /// The one that took its place.
    pub(super) to: i32,
}

/// The changes of incarnation of one column, oldest first.
#[derive(Clone, Debug)]
pub(in crate::planner) struct History<'a>(Vec<Event<'a>>);

impl<'a> History<'a> {
    pub(super) fn of(attic: &'a [AtticItem], table: &Id, column: &Id) -> Self {
        let mut events: Vec<Event<'a>> = attic
            .iter()
            .filter_map(|item| {
                let AtticContent::Values {
                    table: of, column: held, incarnation, replaced_by, ..
                } = &item.content
                else {
                    return None;
                };
                let it = Event { item, from: *incarnation, to: *replaced_by };
                (of == table && held.id == *column).then_some(it)
            })
            .collect();
        events.sort_by_key(|event| event.item.name);
        Self(events)
    }

    /// The incarnation in force.
    pub(in crate::planner) fn present(&self) -> i32 {
        self.0.last().map_or(0, |event| event.to)
    }

    /// How one incarnation was made of another one, when that is known.
    pub(super) fn made(&self, from: i32, to: i32) -> Option<&'a AtticContent> {
        let found = self.0.iter().rev().find(|event| event.from == from && event.to == to);
        found.map(|event| &event.item.content)
    }

    /// The one that was in force at a version.
    fn at(&self, version: i32) -> i32 {
        let until = self.0.iter().rev().find(|event| event.item.name.version <= version);
        match (until, self.0.first()) {
            (Some(event), _) => event.to,
            (None, Some(first)) => first.from,
            (None, None) => 0,
        }
    }

    /// What has to be unwound, in this order, so that the incarnation of a version is in force
    /// again; empty when it is, or when a link of the chain is gone.
    pub(super) fn way_back_to(&self, version: i32) -> Vec<Event<'a>> {
        let (wanted, present) = (self.at(version), self.present());
        let mut chain = Vec::new();
        let mut next = wanted;
        while next != present && chain.len() <= self.0.len() {
            let waits = |event: &&Event<'a>| event.item.waits && event.from == next;
            let Some(event) = self.0.iter().rev().find(waits) else { return Vec::new() };
            chain.push(*event);
            next = event.to;
        }
        chain.reverse();
        chain
    }
}
