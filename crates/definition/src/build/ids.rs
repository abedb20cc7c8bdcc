//! Which id a thing gets: the one it had, or a new one.

use foldhash::{HashMap, HashSet};

use super::before::Before;
use crate::document::raw::{RawDocument, TextOr};
use crate::model::Definition;
use crate::name::{Id, IdSource};
use crate::near::nearest;
use crate::path::Path;
use crate::problem::Problems;

/// Where ids come from while a definition is built.
pub(crate) struct Ids<'a> {
    source: &'a mut dyn IdSource,
    before: Before<'a>,
    /// Every id the document writes, and whether a thing has it: no other thing gets one of them.
    written: HashMap<&'a str, bool>,
    /// The ids that things keep from the version before, because they have its names.
    kept: HashSet<&'a str>,
}

/// What a thing is one of: names are looked up among its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Owner<'a> {
    /// The tables of the schema.
    Tables,
    /// The enums of the schema.
    Enums,
    /// The columns of the table with this id.
    Columns(&'a str),
    /// The values of the enum with this id.
    Values(&'a str),
}

/// What a document says about the identity of a thing.
#[derive(Clone, Copy)]
pub(super) struct Identified<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    pub(super) renamed_from: Option<&'a str>,
}

/// What the things of one owner say together about the version before.
#[derive(Default)]
pub(super) struct Claims<'a> {
    /// Names that stand there as before.
    kept: HashSet<&'a str>,
    /// How many things say they had this name.
    renamed: HashMap<&'a str, usize>,
}

impl<'a> Claims<'a> {
    /// What these say. Only who says that it was renamed will ask.
    pub(super) fn of(things: impl Iterator<Item = Identified<'a>> + Clone) -> Self {
        let mut claims = Self::default();
        let things = things.filter(|thing| thing.id.is_none());
        if things.clone().all(|thing| thing.renamed_from.is_none()) {
            return claims;
        }
        for thing in things {
            match thing.renamed_from {
                Some(from) => *claims.renamed.entry(from).or_default() += 1,
                None => claims.kept.extend(thing.name),
            }
        }
        claims
    }
}

impl<'a> Ids<'a> {
    pub(super) fn new(
        raw: &'a RawDocument<'a>,
        previous: Option<&'a Definition>,
        source: &'a mut dyn IdSource,
    ) -> Self {
        let written = written(raw).map(|id| (id, false)).collect();
        Self { source, before: Before::new(previous), written, kept: HashSet::default() }
    }

    /// The id of a thing: the one it says, the one its old name had, the one its name had, or a
    /// new one.
    pub(super) fn of(
        &mut self,
        thing: Identified<'a>,
        owner: Owner<'_>,
        claims: &Claims<'_>,
        (path, problems): (&Path<'_>, &mut Problems),
    ) -> Id {
        if let Some(written) = thing.id {
            return self.written(written, owner, path, problems);
        }
        self.unwritten(
            (thing.name.unwrap_or_default(), thing.renamed_from),
            owner,
            claims,
            (path, problems),
        )
    }

    /// The same of a thing that does not say its id.
    pub(super) fn unwritten(
        &mut self,
        (name, renamed_from): (&str, Option<&str>),
        owner: Owner<'_>,
        claims: &Claims<'_>,
        (path, problems): (&Path<'_>, &mut Problems),
    ) -> Id {
        let before = match renamed_from {
            Some(from) => self.renamed(name, from, (owner, claims), (path, problems)),
            None => self.before.id(owner, name),
        };
        match before.filter(|id| !self.is_given(id)) {
            Some(id) => {
                self.kept.insert(id.as_str());
                id.clone()
            }
            None => self.fresh(),
        }
    }

    fn is_given(&self, id: &Id) -> bool {
        self.written.contains_key(id.as_str()) || self.kept.contains(id.as_str())
    }

    /// The id of the thing that was called `from`. A document may say so for ever: once the new
    /// name is known and the old one is not, it has been done.
    fn renamed(
        &self,
        name: &str,
        from: &str,
        (owner, claims): (Owner<'_>, &Claims<'_>),
        (path, problems): (&Path<'_>, &mut Problems),
    ) -> Option<&'a Id> {
        let path = path.key("renamedFrom");
        let Some(id) = self.before.id(owner, from) else {
            let id = self.before.id(owner, name);
            if self.before.exists() && id.is_none() {
                let message = format!("nothing was called `{from}` in the version before");
                let near = nearest(from, self.before.names(owner));
                problems.error("unknown_rename", &path, message).hint =
                    near.map(|near| format!("Did you mean `{near}`?"));
            }
            return id;
        };
        let conflict = if name != from && claims.kept.contains(from) {
            Some(format!("`{from}` is still there, so `{name}` cannot be what it was"))
        } else if claims.renamed.get(from).is_some_and(|things| *things > 1) {
            Some(format!("several things say that they were `{from}`"))
        } else if self.written.contains_key(id.as_str()) {
            Some(format!("the id of `{from}` is given to another thing"))
        } else {
            None
        };
        if let Some(message) = conflict {
            problems.error("rename_conflict", &path, message);
            return None;
        }
        Some(id)
    }

    fn written(
        &mut self,
        written: &'a str,
        owner: Owner<'_>,
        path: &Path<'_>,
        problems: &mut Problems,
    ) -> Id {
        let path = path.key("id");
        let Some(id) = Id::new(written) else {
            let message = "an id is at most 40 letters, digits, `-` and `_`";
            problems
                .error("invalid_id", &path, message)
                .with_hint("Leave it out; the server gives one.");
            return self.fresh();
        };
        if self.written.insert(written, true) == Some(true) {
            let message = format!("the id `{written}` is used twice");
            problems.error("duplicate_id", &path, message);
        }
        if let Some((before, name)) = self.before.holder(written)
            && before != owner
        {
            let message =
                format!("the id `{written}` belongs to `{name}`, which is something else");
            problems
                .error("moved_id", &path, message)
                .with_hint("Leave it out; a thing cannot move or become another.");
        }
        id
    }

    /// A new id. The source never gives one twice; what it does not know are those given before.
    fn fresh(&mut self) -> Id {
        loop {
            let id = self.source.next_id();
            if !self.is_given(&id) && self.before.holder(id.as_str()).is_none() {
                return id;
            }
        }
    }
}

/// Every id that a document writes.
fn written<'a>(raw: &'a RawDocument<'a>) -> impl Iterator<Item = &'a str> {
    let tables = raw.tables.iter().flat_map(|table| {
        table.columns.iter().map(|column| &column.id).chain(std::iter::once(&table.id))
    });
    let enums = raw.enums.iter().flat_map(|item| {
        let values = item.values.iter().filter_map(|value| match value {
            TextOr::Text(_) => None,
            TextOr::Object(value) => Some(&value.id),
        });
        values.chain(std::iter::once(&item.id))
    });
    tables.chain(enums).filter_map(|id| id.as_deref())
}
