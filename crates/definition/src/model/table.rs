//! Tables, columns, enums.

use super::action::{Deferrable, word_of};
use super::exclusion::Exclusion;
use super::index::Index;
use crate::column_type::ColumnType;
use crate::expression::Expression;
use crate::name::{Id, Name};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Survives renames.
    pub id: Id,
    /// Unique among the schema's tables and indexes.
    pub name: Name,
    /// What a row stands for.
    pub description: Option<String>,
    /// In the order they were given.
    pub columns: Vec<Column>,
    /// What identifies a row.
    pub primary_key: Option<Key>,
    /// What else may not repeat.
    pub uniques: Vec<Key>,
    /// What must hold for every row.
    pub checks: Vec<Check>,
    /// What must hold for every two rows.
    pub exclusions: Vec<Exclusion>,
    /// What makes reading quick.
    pub indexes: Vec<Index>,
    /// This column is set to the time of each UPDATE by a trigger.
    pub track_updates: Option<Name>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Survives renames.
    pub id: Id,
    /// Unique in its table.
    pub name: Name,
    /// What it holds.
    pub data_type: ColumnType,
    /// Whether NULL is refused. True for every column of a primary key.
    pub not_null: bool,
    /// What is stored when a row brings no value.
    pub default: Option<Expression>,
    /// Computed from the row at each write, and never written directly.
    pub generated: Option<Expression>,
    /// Numbered by PostgreSQL.
    pub identity: Option<Identity>,
    /// The order and equality of its texts, when they are not the database's own.
    pub collation: Option<Name>,
    /// What it means.
    pub description: Option<String>,
}

/// Who may set an identity column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// Only PostgreSQL.
    Always,
    /// PostgreSQL, unless the row brings a value.
    ByDefault,
}

impl Identity {
    /// Both with their words in documents.
    pub const ALL: [(&'static str, Self); 2] =
        [("always", Self::Always), ("byDefault", Self::ByDefault)];

    /// The word in documents.
    pub fn word(self) -> &'static str {
        word_of(&Self::ALL, self)
    }
}

/// A primary key or a unique constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The constraint's name; its index has the same.
    pub name: Name,
    /// At least one column.
    pub columns: Vec<Name>,
    /// Whether NULLs count as equal. Never set on a primary key.
    pub nulls_not_distinct: bool,
    /// Columns carried along in its index.
    pub include: Vec<Name>,
    /// When it is checked.
    pub deferrable: Deferrable,
}

/// A condition on every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The constraint's name, unique in its table.
    pub name: Name,
    /// The condition.
    pub expression: Expression,
}

/// An enumerated type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// Survives renames.
    pub id: Id,
    /// Unique among the schema's enums.
    pub name: Name,
    /// In their sort order.
    pub values: Vec<EnumValue>,
    /// What it lists.
    pub description: Option<String>,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// Survives renames.
    pub id: Id,
    /// The value as rows show it.
    pub name: Name,
}
