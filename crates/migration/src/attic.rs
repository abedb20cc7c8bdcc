//! Where things wait that a change has put aside.
//!
//! Nothing is dropped by a change. A table, a column or an enum that goes is renamed inside its
//! namespace to `attic_<version>_<number>`, and a later change whose definition holds the same id
//! again takes it back.

mod saved;

use std::fmt;

use definition::model::{Column, Enum, EnumValue, Table};
use definition::{Expression, Id, Name};
use sql::Ident;

pub use saved::SavedError;

/// The name of a thing in the attic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AtticName {
    /// The version that put it there.
    pub version: i32,
    /// Counts within that version.
    pub number: i32,
}

/// Something in the attic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtticItem {
    /// Where it is.
    pub name: AtticName,
    /// What it is.
    pub content: AtticContent,
    /// The enums that its columns are of, as they were.
    pub enums: Vec<Enum>,
    /// Whether it still waits. What was taken back, or never held anything, is only remembered, so
    /// that a later rollback knows which column took whose place.
    pub waits: bool,
}

/// What waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtticContent {
    /// A whole table as it was in the version before; its indexes are called
    /// `attic_<version>_<number>_<position>`, see [`indexes_of`].
    Table(Box<Table>),
    /// A column that was dropped from the table of this id.
    Column {
        /// The table.
        table: Id,
        /// The column as it was.
        column: Box<Column>,
    },
    /// What a column of the table held before its values were converted.
    Values {
        /// The table.
        table: Id,
        /// The column as it was.
        column: Box<Column>,
        /// How the values that replaced these were made of them. It reads the column by the name
        /// it had; where the conversion is not a function of these values alone, rows that stand
        /// there since before are marked in a column `attic_<version>_<number>_m`.
        conversion: Conversion,
        /// The type they were converted to.
        to: definition::ColumnType,
        /// The values of that type as they were, when it is an enum.
        to_values: Vec<EnumValue>,
        /// Which of the column's incarnations this is: the version that made it, 0 for the first.
        incarnation: i32,
        /// The incarnation that took its place.
        replaced_by: i32,
    },
    /// An enum that was dropped, or whose values were changed by making another type.
    Enum(Box<Enum>),
    /// Rows that were set aside because they did not fit; kept in a table of their own, with the
    /// columns of their table as they were.
    Rows {
        /// The table they come from, as it was.
        table: Box<Table>,
        /// What they did not fit: `orders.total`.
        subject: String,
    },
}

/// How values were made of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// By an expression that reads the column and nothing else. It gives the text of an enum's
    /// value rather than the value, so that it names no enum. What it cannot convert is NULL when
    /// `lenient`.
    Expression {
        /// The expression.
        forward: Expression,
        /// Whether values that cannot be converted became NULL.
        lenient: bool,
        /// What rows got that would have had no value; reads no column.
        fill: Option<Expression>,
    },
    /// They were not: another source, such as a generated column's expression.
    Unrelated,
}

impl AtticContent {
    /// The table, when it is a whole one.
    pub fn as_table(&self) -> Option<&Table> {
        if let Self::Table(table) = self { Some(table) } else { None }
    }

    /// The column that was dropped, with the id of its table.
    pub fn as_column(&self) -> Option<(&Id, &Column)> {
        if let Self::Column { table, column } = self { Some((table, column)) } else { None }
    }

    /// The enum, when it is one.
    pub fn as_enum(&self) -> Option<&Enum> {
        if let Self::Enum(item) = self { Some(item) } else { None }
    }

    /// The same values, made into others by another conversion.
    pub(crate) fn converted(self, made: Conversion) -> Self {
        match self {
            Self::Values { table, column, to, to_values, incarnation, replaced_by, .. } => {
                Self::Values {
                    table,
                    column,
                    conversion: made,
                    to,
                    to_values,
                    incarnation,
                    replaced_by,
                }
            }
            other @ (Self::Table(_) | Self::Column { .. } | Self::Enum(_) | Self::Rows { .. }) => {
                other
            }
        }
    }

    /// The same values, whose place is taken by those of another item.
    pub(crate) fn replaced_by(self, item: &AtticItem) -> Self {
        let (
            Self::Values { table, column, conversion, incarnation, .. },
            Self::Values { column: next, incarnation: successor, .. },
        ) = (&self, &item.content)
        else {
            return self;
        };
        let values = next.data_type.enum_name().and_then(|name| {
            item.enums.iter().find(|known| known.name == *name).map(|known| known.values.clone())
        });
        Self::Values {
            table: table.clone(),
            column: column.clone(),
            conversion: conversion.clone(),
            to: next.data_type.clone(),
            to_values: values.unwrap_or_default(),
            incarnation: *incarnation,
            replaced_by: *successor,
        }
    }

    /// The table whose rows were set aside.
    pub fn as_rows(&self) -> Option<&Table> {
        if let Self::Rows { table, .. } = self { Some(table) } else { None }
    }
}

impl AtticName {
    /// Reads `attic_<version>_<number>`.
    pub fn parse(text: &str) -> Option<Self> {
        let (version, number) = text.strip_prefix("attic_")?.split_once('_')?;
        Some(Self { version: version.parse().ok()?, number: number.parse().ok()? })
    }

    /// As PostgreSQL knows it.
    pub fn ident(self) -> Ident {
        ident(self.to_string())
    }

    /// The name of the index at this position of a table in the attic.
    pub fn index(self, position: usize) -> Ident {
        ident([self.to_string(), position.to_string()].join("_"))
    }

    /// The name of the column that marks the rows which were there before.
    pub fn marker(self) -> Ident {
        ident([&self.to_string(), "_m"].concat())
    }

    /// The same as a name that a model may hold.
    pub fn name(self) -> Name {
        Name::new(&self.to_string()).expect("two numbers behind a short word fit")
    }
}

fn ident(name: String) -> Ident {
    Ident::new(name).expect("three numbers behind a short word fit")
}

impl fmt::Display for AtticName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "attic_{}_{}", self.version, self.number)
    }
}

/// The names of a table's indexes, those of its constraints too, in the order in which the attic
/// numbers them.
pub fn indexes_of(table: &Table) -> impl Iterator<Item = &Name> {
    let keys = table.primary_key.iter().chain(&table.uniques).map(|key| &key.name);
    let exclusions = table.exclusions.iter().map(|exclusion| &exclusion.name);
    keys.chain(exclusions).chain(table.indexes.iter().map(|index| &index.name))
}
