//! Indexes that another index or key makes needless.

use super::super::Builder;
use crate::expression::Expression;
use crate::model::{Index, IndexKey, IndexMethod, IndexTarget, Key, NullsOrder, SortOrder, Table};
use crate::name::Name;

/// What an index can find rows by.
struct Finder<'a> {
    name: &'a Name,
    method: IndexMethod,
    keys: Vec<FinderKey<'a>>,
    predicate: Option<&'a Expression>,
    include: &'a [Name],
    unique: bool,
    /// It stands for a constraint, which is more than an index.
    constraint: bool,
    automatic: bool,
}

/// A key of it, spelled out.
#[derive(PartialEq)]
enum FinderKey<'a> {
    /// As the key of a constraint has it.
    Column(&'a Name),
    /// With something of its own.
    Other(&'a IndexKey),
}

impl Builder<'_> {
    pub(super) fn redundant_indexes(&mut self, table: &Table) {
        let keys = table.primary_key.iter().chain(&table.uniques).map(of_key);
        let finders: Vec<Finder<'_>> = keys.chain(table.indexes.iter().map(of_index)).collect();
        for (position, finder) in finders.iter().enumerate() {
            // Tenanta's own go by themselves.
            if finder.automatic {
                continue;
            }
            let twin = finders[..position].iter().find(|other| other.equals(finder));
            if let Some(twin) = twin {
                let message = format!("`{}` is the same as `{}`", finder.name, twin.name);
                let path = self.places.relation(&table.name, finder.name);
                self.problems
                    .warning("duplicate_index", &path, message)
                    .with_hint("One of them is enough; each costs time at every write.");
                continue;
            }
            let longer = finders.iter().find(|other| other.covers(finder));
            if let Some(longer) = longer {
                let message =
                    format!("whatever `{}` finds, `{}` finds too", finder.name, longer.name);
                let path = self.places.relation(&table.name, finder.name);
                self.problems
                    .warning("redundant_index", &path, message)
                    .with_hint("Leave the shorter one out; each costs time at every write.");
            }
        }
    }
}

fn of_key(key: &Key) -> Finder<'_> {
    Finder {
        name: &key.name,
        method: IndexMethod::BTree,
        keys: key.columns.iter().map(FinderKey::Column).collect(),
        predicate: None,
        include: &key.include,
        unique: true,
        constraint: true,
        automatic: false,
    }
}

fn of_index(index: &Index) -> Finder<'_> {
    Finder {
        name: &index.name,
        method: index.method,
        keys: index.keys.iter().map(of_index_key).collect(),
        predicate: index.predicate.as_ref(),
        include: &index.include,
        unique: index.unique,
        constraint: false,
        automatic: index.automatic,
    }
}

/// A key without anything of its own is what a constraint has.
fn of_index_key(key: &IndexKey) -> FinderKey<'_> {
    let plain = key.collation.is_none()
        && key.operator_class.is_none()
        && key.order == SortOrder::Asc
        && key.nulls.is_none_or(|nulls| nulls == NullsOrder::Last);
    match &key.target {
        IndexTarget::Column(name) if plain => FinderKey::Column(name),
        IndexTarget::Column(_) | IndexTarget::Expression(_) => FinderKey::Other(key),
    }
}

impl Finder<'_> {
    /// Whether `later` says nothing that this one does not say.
    fn equals(&self, later: &Self) -> bool {
        self.method == later.method
            && self.keys == later.keys
            && self.predicate == later.predicate
            && self.carries(later)
            && (self.unique || !later.unique)
    }

    /// Whether it begins with the keys of `shorter` and finds rows in the same order.
    fn covers(&self, shorter: &Self) -> bool {
        let begins = self.keys.len() > shorter.keys.len() && self.keys.starts_with(&shorter.keys);
        let same = self.keys == shorter.keys && self.unique && !shorter.unique;
        self.method == IndexMethod::BTree
            && shorter.method == IndexMethod::BTree
            && (begins || same)
            && self.predicate == shorter.predicate
            && self.carries(shorter)
            && !shorter.unique
            && !shorter.constraint
    }

    fn carries(&self, other: &Self) -> bool {
        other.include.iter().all(|column| self.include.contains(column))
    }
}
