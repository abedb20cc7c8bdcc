//! Which id a thing gets: the one it had, or a new one.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::raw::{RawDocument, TextOr};
use crate::model::Definition;
use crate::name::{Id, IdSource};
use crate::near::nearest;
use crate::problem::{Path, Problems};

/// Where ids come from while a definition is built.
pub(crate) struct Ids<'a> {
    source: &'a mut dyn IdSource,
    /// Whether there is a version before.
    follows: bool,
    /// The ids of the version before, by what they belong to and name.
    known: BTreeMap<(Owner<'a>, &'a str), &'a Id>,
    /// The same the other way round.
    owners: BTreeMap<&'a str, (Owner<'a>, &'a str)>,
    /// Every id the document writes: no other thing gets one of them.
    written: BTreeSet<&'a str>,
    used: BTreeSet<Id>,
}

/// What a thing is one of: names are looked up among its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    pub(super) name: &'a str,
    pub(super) renamed_from: Option<&'a str>,
}

/// What the things of one owner say together about the version before.
#[derive(Default)]
pub(super) struct Claims<'a> {
    /// Names that stand there as before.
    kept: BTreeSet<&'a str>,
    /// How many things say they had this name.
    renamed: BTreeMap<&'a str, usize>,
}

impl<'a> Claims<'a> {
    /// What these say, each as its id, its name and the name it had.
    pub(super) fn of(
        things: impl Iterator<Item = (&'a Option<String>, Option<&'a str>, &'a Option<String>)>,
    ) -> Self {
        let mut claims = Self::default();
        for (_, name, from) in things.filter(|(id, ..)| id.is_none()) {
            match from {
                Some(from) => *claims.renamed.entry(from).or_default() += 1,
                None => claims.kept.extend(name),
            }
        }
        claims
    }
}

impl<'a> Ids<'a> {
    pub(super) fn new(
        raw: &'a RawDocument,
        previous: Option<&'a Definition>,
        source: &'a mut dyn IdSource,
    ) -> Self {
        let mut ids = Self {
            source,
            follows: previous.is_some(),
            known: BTreeMap::new(),
            owners: BTreeMap::new(),
            written: written(raw),
            used: BTreeSet::new(),
        };
        for table in previous.into_iter().flat_map(|before| &before.tables) {
            ids.know(Owner::Tables, table.name.as_str(), &table.id);
            for column in &table.columns {
                ids.know(Owner::Columns(table.id.as_str()), column.name.as_str(), &column.id);
            }
        }
        for item in previous.into_iter().flat_map(|before| &before.enums) {
            ids.know(Owner::Enums, item.name.as_str(), &item.id);
            for value in &item.values {
                ids.know(Owner::Values(item.id.as_str()), value.name.as_str(), &value.id);
            }
        }
        ids
    }

    fn know(&mut self, owner: Owner<'a>, name: &'a str, id: &'a Id) {
        self.known.insert((owner, name), id);
        self.owners.insert(id.as_str(), (owner, name));
    }

    /// The id of a thing: the one it says, the one its old name had, the one its name had, or a
    /// new one.
    pub(super) fn of(
        &mut self,
        thing: &Identified<'_>,
        owner: Owner<'_>,
        claims: &Claims<'_>,
        (path, problems): (&Path, &mut Problems),
    ) -> Id {
        if let Some(written) = thing.id {
            return self.written(written, owner, path, problems);
        }
        let before = match thing.renamed_from {
            Some(from) => self.renamed(thing.name, from, (owner, claims), (path, problems)),
            None => self.before(owner, thing.name),
        };
        let id = before.filter(|id| !self.is_given(id));
        let id = id.unwrap_or_else(|| self.fresh());
        self.used.insert(id.clone());
        id
    }

    fn before(&self, owner: Owner<'_>, name: &str) -> Option<Id> {
        self.known.get(&(owner, name)).map(|id| (*id).clone())
    }

    fn is_given(&self, id: &Id) -> bool {
        self.used.contains(id) || self.written.contains(id.as_str())
    }

    /// The id of the thing that was called `from`. A document may say so for ever: once the new
    /// name is known and the old one is not, it has been done.
    fn renamed(
        &self,
        name: &str,
        from: &str,
        (owner, claims): (Owner<'_>, &Claims<'_>),
        (path, problems): (&Path, &mut Problems),
    ) -> Option<Id> {
        let path = path.key("renamedFrom");
        let Some(id) = self.before(owner, from) else {
            let id = self.before(owner, name);
            if self.follows && id.is_none() {
                let message = format!("nothing was called `{from}` in the version before");
                let known = self.known.keys().filter(|(of, _)| *of == owner);
                let near = nearest(from, known.map(|(_, name)| *name));
                problems.error("unknown_rename", &path, message).hint =
                    near.map(|near| format!("Did you mean `{near}`?"));
            }
            return id;
        };
        let conflict = if name != from && claims.kept.contains(from) {
            Some(format!("`{from}` is still there, so `{name}` cannot be what it was"))
        } else if claims.renamed.get(from).is_some_and(|things| *things > 1) {
            Some(format!("several things say that they were `{from}`"))
        } else if self.written.contains(id.as_str()) {
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
        written: &str,
        owner: Owner<'_>,
        path: &Path,
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
        if !self.used.insert(id.clone()) {
            let message = format!("the id `{written}` is used twice");
            problems.error("duplicate_id", &path, message);
        }
        if let Some((before, name)) = self.owners.get(written)
            && *before != owner
        {
            let message =
                format!("the id `{written}` belongs to `{name}`, which is something else");
            problems
                .error("moved_id", &path, message)
                .with_hint("Leave it out; a thing cannot move or become another.");
        }
        id
    }

    fn fresh(&mut self) -> Id {
        loop {
            let id = self.source.next_id();
            if !self.is_given(&id) && !self.owners.contains_key(id.as_str()) {
                self.used.insert(id.clone());
                return id;
            }
        }
    }
}

/// Every id that a document writes.
fn written(raw: &RawDocument) -> BTreeSet<&str> {
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
    tables.chain(enums).filter_map(|id| id.as_deref()).collect()
}
