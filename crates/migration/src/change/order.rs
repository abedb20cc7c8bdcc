//! The order in which a definition lists its things.

use definition::{Id, Name};

/// A list in its new order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// The enums.
    Enums(Vec<Id>),
    /// The tables.
    Tables(Vec<Id>),
    /// The columns of a table.
    Columns(Name, Vec<Id>),
    /// The unique constraints of a table.
    Uniques(Name, Vec<Name>),
    /// The checks of a table.
    Checks(Name, Vec<Name>),
    /// The exclusions of a table.
    Exclusions(Name, Vec<Name>),
    /// The indexes of a table.
    Indexes(Name, Vec<Name>),
    /// The foreign keys, each by its table and name.
    Relationships(Vec<(Name, Name)>),
    /// The many-to-many relationships.
    ManyToMany(Vec<Name>),
}

impl Order {
    /// What is listed, as a name.
    pub(super) fn subject(&self) -> String {
        match self {
            Self::Enums(_) => "enums".to_owned(),
            Self::Tables(_) => "tables".to_owned(),
            Self::Columns(table, _)
            | Self::Uniques(table, _)
            | Self::Checks(table, _)
            | Self::Exclusions(table, _)
            | Self::Indexes(table, _) => table.to_string(),
            Self::Relationships(_) | Self::ManyToMany(_) => "relationships".to_owned(),
        }
    }

    /// What is listed, in a sentence.
    pub(super) fn title(&self) -> String {
        match self {
            Self::Enums(_) => "the enums".to_owned(),
            Self::Tables(_) => "the tables".to_owned(),
            Self::Columns(table, _) => format!("the columns of `{table}`"),
            Self::Uniques(table, _) => format!("the unique constraints of `{table}`"),
            Self::Checks(table, _) => format!("the checks of `{table}`"),
            Self::Exclusions(table, _) => format!("the exclusions of `{table}`"),
            Self::Indexes(table, _) => format!("the indexes of `{table}`"),
            Self::Relationships(_) | Self::ManyToMany(_) => "the relationships".to_owned(),
        }
    }
}
