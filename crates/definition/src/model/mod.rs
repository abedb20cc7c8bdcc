//! The complete, valid model of a tenant's data.
//!
//! Only [`crate::Document::check`] builds a [`Definition`], so nothing that receives one asks again
//! whether a name is valid or a reference exists.

mod action;
mod exclusion;
mod index;
mod json;
mod lookup;
mod table;

pub(crate) use action::word_of;
pub use action::{Deferrable, ReferentialAction};
pub use exclusion::{Exclusion, ExclusionElement, ExclusionOperator};
pub use index::{Index, IndexKey, IndexMethod, IndexTarget, NullsOrder, SortOrder};
pub use table::{Check, Column, Enum, EnumValue, Identity, Key, Table};

use crate::name::Name;

/// Everything a version of a schema consists of, in the order the author gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definition {
    /// The schema's own enumerated types.
    pub enums: Vec<Enum>,
    /// Tables, junction tables of many-to-many relationships included.
    pub tables: Vec<Table>,
    /// Foreign keys.
    pub relationships: Vec<Relationship>,
    /// Many-to-many relationships: two foreign keys out of one junction table.
    pub many_to_many: Vec<ManyToMany>,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// The constraint's name, unique in its table.
    pub name: Name,
    /// The referencing side.
    pub from: RelationshipEnd,
    /// The referenced side: a key of its table, in the order of `from`.
    pub to: RelationshipEnd,
    /// What happens to referencing rows when a referenced row goes.
    pub on_delete: ReferentialAction,
    /// What happens to referencing rows when a referenced key changes.
    pub on_update: ReferentialAction,
    /// When the constraint is checked.
    pub deferrable: Deferrable,
}

/// One side of a foreign key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RelationshipEnd {
    /// The table.
    pub table: Name,
    /// Its columns, in key order.
    pub columns: Vec<Name>,
}

/// A relationship in which each side may have many of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManyToMany {
    /// What the author calls it.
    pub name: Name,
    /// One side.
    pub from: Name,
    /// The other side.
    pub to: Name,
    /// The junction table; it is among [`Definition::tables`].
    pub through: Name,
}
