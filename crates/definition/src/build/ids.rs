//! Which id a thing gets: the one it had, or a new one.

use foldhash::{HashMap, HashSet};

use crate::document::raw::{RawDocument, TextOr};
use crate::model::Definition;
use crate::name::{Id, IdSource};
use crate::near::nearest;
use crate::path::Path;
use crate::problem::Problems;

/// Where ids come from while a definition is built.
pub(crate) struct Ids<'a> {
    source: &'a mut dyn IdSource,
    /// Whether there is a version before.
    follows: bool,
    /// The ids of the version before, by what they belong to and name.
    known: HashMap<(Owner<'a>, &'a str), &'a Id>,
    /// The same the other way round.
    owners: HashMap<&'a str, (Owner<'a>, &'a str)>,
    /// Every id the document writes: no other thing gets one of them.
    written: HashSet<&'a str>,
    /// Those of them, and of the version before, that a thing has.
    used: HashSet<&'a str>,
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
        let mut ids = Self {
            source,
            follows: previous.is_some(),
            known: HashMap::default(),
            owners: HashMap::default(),
            written: written(raw).collect(),
            used: HashSet::default(),
        };
        if let Some(before) = previous {
            ids.follow(before);
        }
        ids
    }

    /// Knows the things of the version before.
    fn follow(&mut self, before: &'a Definition) {
        let columns: usize = before.tables.iter().map(|table| 1 + table.columns.len()).sum();
        let values: usize = before.enums.iter().map(|item| 1 + item.values.len()).sum();
        self.known.reserve(columns + values);
        self.owners.reserve(columns + values);
        for table in &before.tables {
            self.know(Owner::Tables, table.name.as_str(), &table.id);
            for column in &table.columns {
                self.know(Owner::Columns(table.id.as_str()), column.name.as_str(), &column.id);
            }
        }
        for item in &before.enums {
            self.know(Owner::Enums, item.name.as_str(), &item.id);
            for value in &item.values {
                self.know(Owner::Values(item.id.as_str()), value.name.as_str(), &value.id);
            }
        }
    }

    fn know(&mut self, owner: Owner<'a>, name: &'a str, id: &'a Id) {
        self.known.insert((owner, name), id);
        self.owners.insert(id.as_str(), (owner, name));
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
            None => self.before(owner, name),
        };
        match before.filter(|id| !self.is_given(id)) {
            Some(id) => {
                self.used.insert(id.as_str());
                id.clone()
            }
            None => self.fresh(),
        }
    }

    fn before(&self, owner: Owner<'_>, name: &str) -> Option<&'a Id> {
        self.known.get(&(owner, name)).copied()
    }

    fn is_given(&self, id: &Id) -> bool {
        self.used.contains(id.as_str()) || self.written.contains(id.as_str())
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
        let Some(id) = self.before(owner, from) else {
            let id = self.before(owner, name);
            if self.follows && id.is_none() {
                let message = format!("nothing was called `{from}` in the version before");
                let known = self.known.keys().filter(|(of, _)| *of == owner);
                let near = nearest(from, super::in_order(known.map(|(_, name)| *name)));
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
        if !self.used.insert(written) {
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

    /// A new id. The source never gives one twice; what it does not know are those given before.
    fn fresh(&mut self) -> Id {
        loop {
            let id = self.source.next_id();
            if !self.is_given(&id) && !self.owners.contains_key(id.as_str()) {
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
