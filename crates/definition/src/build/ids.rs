//! Which id a thing gets: the one it had, or a new one.

use std::collections::BTreeSet;

use crate::model::Definition;
use crate::name::{Id, IdSource};
use crate::problem::{Path, Problems};

/// Where ids come from while a definition is built.
pub(crate) struct Ids<'a> {
    previous: Option<&'a Definition>,
    source: &'a mut dyn IdSource,
    used: BTreeSet<Id>,
}

/// What a document says about the identity of a thing.
pub(super) struct Identified<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) renamed_from: Option<&'a str>,
}

impl<'a> Ids<'a> {
    pub(super) fn new(previous: Option<&'a Definition>, source: &'a mut dyn IdSource) -> Self {
        Self { previous, source, used: BTreeSet::new() }
    }

    /// The version before, to look ids up in.
    pub(super) fn previous(&self) -> Option<&'a Definition> {
        self.previous
    }

    /// The id of a thing whose predecessors are `known` (id and name, in the version before).
    pub(super) fn of<'k>(
        &mut self,
        thing: &Identified<'_>,
        known: &(impl Iterator<Item = (&'k Id, &'k str)> + Clone),
        path: &Path,
        problems: &mut Problems,
    ) -> Id {
        if let Some(written) = thing.id {
            return self.written(written, path, problems);
        }
        let by_name =
            |name: &str| known.clone().find(|(_, other)| *other == name).map(|(id, _)| id);
        if let Some(from) = thing.renamed_from
            && self.previous.is_some()
            && by_name(from).is_none()
            && by_name(thing.name).is_none()
        {
            let message = format!("nothing was called `{from}` in the version before");
            problems.error("unknown_rename", &path.key("renamedFrom"), message);
        }
        let before = thing.renamed_from.and_then(by_name).or_else(|| by_name(thing.name));
        let id = before.filter(|id| !self.used.contains(*id)).cloned();
        let id = id.unwrap_or_else(|| self.fresh());
        self.used.insert(id.clone());
        id
    }

    fn written(&mut self, written: &str, path: &Path, problems: &mut Problems) -> Id {
        let Some(id) = Id::new(written) else {
            problems
                .error(
                    "invalid_id",
                    &path.key("id"),
                    "an id is at most 40 letters, digits, `-` and `_`",
                )
                .with_hint("Leave it out; the server gives one.");
            return self.fresh();
        };
        if !self.used.insert(id.clone()) {
            problems.error(
                "duplicate_id",
                &path.key("id"),
                format!("the id `{written}` is used twice"),
            );
        }
        id
    }

    fn fresh(&mut self) -> Id {
        loop {
            let id = self.source.next_id();
            if !self.used.contains(&id) {
                self.used.insert(id.clone());
                return id;
            }
        }
    }
}
