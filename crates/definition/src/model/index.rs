//! Indexes.

use super::action::word_of;
use crate::expression::Expression;
use crate::name::Name;

/// An index, or the index behind a uniqueness rule that a constraint cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Unique among the schema's tables and indexes.
    pub name: Name,
    /// The access method.
    pub method: IndexMethod,
    /// What is indexed, in order.
    pub keys: Vec<IndexKey>,
    /// Whether two rows may not have equal keys.
    pub unique: bool,
    /// Whether, in a unique index, NULLs count as equal. PostgreSQL 15 and newer.
    pub nulls_not_distinct: bool,
    /// Only rows for which this holds are in the index.
    pub predicate: Option<Expression>,
    /// Columns carried along without being searchable.
    pub include: Vec<Name>,
    /// Added by Tenanta for a foreign key that had none; it goes when the key goes.
    pub automatic: bool,
}

/// One key of an index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IndexKey {
    /// A column or an expression.
    pub target: IndexTarget,
    /// A collation by name.
    pub collation: Option<Name>,
    /// An operator class by name, when it is not the type's default.
    pub operator_class: Option<Name>,
    /// Ascending or descending.
    pub order: SortOrder,
    /// Where NULLs stand; absent means PostgreSQL's default for the order.
    pub nulls: Option<NullsOrder>,
}

/// What a key of an index is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum IndexTarget {
    /// A column.
    Column(Name),
    /// An expression over the row.
    Expression(Expression),
}

/// An access method of PostgreSQL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexMethod {
    /// Order and equality.
    #[default]
    BTree,
    /// Equality only.
    Hash,
    /// Values inside values: arrays, JSON, text search.
    Gin,
    /// Ranges, geometry, nearest neighbours.
    Gist,
    /// Space-partitioned trees.
    SpGist,
    /// Block summaries of large, naturally ordered tables.
    Brin,
}

impl IndexMethod {
    /// Every method with its word in documents and in SQL.
    pub const ALL: [(&'static str, Self); 6] = [
        ("btree", Self::BTree),
        ("hash", Self::Hash),
        ("gin", Self::Gin),
        ("gist", Self::Gist),
        ("spgist", Self::SpGist),
        ("brin", Self::Brin),
    ];

    /// The word in documents and in SQL.
    pub fn word(self) -> &'static str {
        word_of(&Self::ALL, self)
    }
}

/// The direction of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortOrder {
    /// Smallest first.
    #[default]
    Asc,
    /// Largest first.
    Desc,
}

impl SortOrder {
    /// Both directions with their words.
    pub const ALL: [(&'static str, Self); 2] = [("asc", Self::Asc), ("desc", Self::Desc)];

    /// The word in documents.
    pub fn word(self) -> &'static str {
        word_of(&Self::ALL, self)
    }
}

/// Where NULLs stand in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NullsOrder {
    /// Before everything else.
    First,
    /// After everything else.
    Last,
}

impl NullsOrder {
    /// Both places with their words.
    pub const ALL: [(&'static str, Self); 2] = [("first", Self::First), ("last", Self::Last)];

    /// The word in documents.
    pub fn word(self) -> &'static str {
        word_of(&Self::ALL, self)
    }
}
