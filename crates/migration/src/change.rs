//! One logical difference between two definitions.

use definition::Name;
use serde::Serialize;

/// What kind of thing a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// An enumerated type.
    Enum,
    /// A table with its columns, keys and checks.
    Table,
    /// An index.
    Index,
    /// A foreign key.
    Relationship,
}

/// A difference, as a person would tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// An enum appears.
    AddEnum(Name),
    /// A table appears.
    AddTable(Name),
    /// An index appears on a table.
    AddIndex {
        /// The table.
        table: Name,
        /// The index.
        index: Name,
    },
    /// A foreign key appears on a table.
    AddRelationship {
        /// The referencing table.
        table: Name,
        /// The constraint.
        relationship: Name,
    },
}

impl Change {
    /// What kind of thing it concerns.
    pub fn kind(&self) -> Kind {
        match self {
            Self::AddEnum(_) => Kind::Enum,
            Self::AddTable(_) => Kind::Table,
            Self::AddIndex { .. } => Kind::Index,
            Self::AddRelationship { .. } => Kind::Relationship,
        }
    }

    /// The thing's name, with its table where it has one.
    pub fn subject(&self) -> String {
        match self {
            Self::AddEnum(name) | Self::AddTable(name) => name.to_string(),
            Self::AddIndex { table, index: name }
            | Self::AddRelationship { table, relationship: name } => {
                format!("{table}.{name}")
            }
        }
    }

    /// A sentence in the user's words.
    pub fn summary(&self) -> String {
        match self {
            Self::AddEnum(name) => format!("Add the enum `{name}`"),
            Self::AddTable(name) => format!("Add the table `{name}`"),
            Self::AddIndex { table, index } => format!("Add the index `{index}` to `{table}`"),
            Self::AddRelationship { table, relationship } => {
                format!("Add the relationship `{relationship}` to `{table}`")
            }
        }
    }
}
