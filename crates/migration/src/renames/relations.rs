//! The keys, exclusions and indexes of a table without their names: what they are.

use definition::model::{
    Deferrable, Exclusion, ExclusionElement, Index, IndexKey, IndexMethod, Key, Table,
};
use definition::{Expression, Name};

/// What has an index of its own, apart from how it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Relation<'a> {
    PrimaryKey(KeyContent<'a>),
    Unique(KeyContent<'a>),
    Exclusion(IndexMethod, &'a [ExclusionElement], Option<&'a Expression>, Deferrable),
    Index(IndexContent<'a>),
}

/// A key without its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct KeyContent<'a> {
    columns: &'a [Name],
    include: &'a [Name],
    nulls_not_distinct: bool,
    deferrable: Deferrable,
}

/// An index without its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct IndexContent<'a> {
    method: IndexMethod,
    keys: &'a [IndexKey],
    include: &'a [Name],
    predicate: Option<&'a Expression>,
    unique: bool,
    nulls_not_distinct: bool,
    automatic: bool,
}

/// What of a table has an index of its own, each with its name.
pub(crate) fn relations(table: &Table) -> impl Iterator<Item = (&Name, Relation<'_>)> {
    let primary = table.primary_key.iter();
    let primary = primary.map(|it| (&it.name, Relation::PrimaryKey(KeyContent::of(it))));
    let uniques = table.uniques.iter();
    let uniques = uniques.map(|it| (&it.name, Relation::Unique(KeyContent::of(it))));
    let exclusions = table.exclusions.iter().map(|it| (&it.name, Relation::exclusion(it)));
    let indexes = table.indexes.iter();
    let indexes = indexes.map(|it| (&it.name, Relation::Index(IndexContent::of(it))));
    primary.chain(uniques).chain(exclusions).chain(indexes)
}

impl<'a> Relation<'a> {
    fn exclusion(it: &'a Exclusion) -> Self {
        Self::Exclusion(it.method, &it.elements, it.predicate.as_ref(), it.deferrable)
    }

    /// Whether PostgreSQL keeps its name among the constraints of its table, too.
    pub(super) fn is_constraint(&self) -> bool {
        match self {
            Self::PrimaryKey(_) | Self::Unique(_) | Self::Exclusion(..) => true,
            Self::Index(_) => false,
        }
    }
}

impl<'a> KeyContent<'a> {
    fn of(key: &'a Key) -> Self {
        Self {
            columns: &key.columns,
            include: &key.include,
            nulls_not_distinct: key.nulls_not_distinct,
            deferrable: key.deferrable,
        }
    }
}

impl<'a> IndexContent<'a> {
    fn of(index: &'a Index) -> Self {
        Self {
            method: index.method,
            keys: &index.keys,
            include: &index.include,
            predicate: index.predicate.as_ref(),
            unique: index.unique,
            nulls_not_distinct: index.nulls_not_distinct,
            automatic: index.automatic,
        }
    }
}
