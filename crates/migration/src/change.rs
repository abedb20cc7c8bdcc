//! One logical difference between two definitions: a closed list.

mod facet;
mod order;
mod summary;
mod words;

use definition::model::{
    Check, Column, Enum, EnumValue, Exclusion, Index, Key, ManyToMany, Relationship, Table,
};
use definition::{Id, Name};
use serde::Serialize;

pub use facet::Facet;
pub use order::Order;

/// What kind of thing a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// An enumerated type or its values.
    Enum,
    /// A table.
    Table,
    /// A column of a table.
    Column,
    /// A primary key or a unique constraint.
    Key,
    /// A check.
    Check,
    /// An exclusion constraint.
    Exclusion,
    /// An index.
    Index,
    /// A foreign key, or a many-to-many relationship.
    Relationship,
    /// The order in which things are listed. PostgreSQL knows nothing of it.
    Order,
}

/// What a change does to its thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// It appears.
    Add,
    /// It goes.
    Drop,
    /// It gets another name.
    Rename,
    /// It stays and becomes different.
    Alter,
}

/// A difference, as a person would tell it.
///
/// Renames come first in a list of changes, and everything after them is said in the new names:
/// `table` and `column` are always what the thing is called *after* the renames.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the thing, where it is, and both of its sides")]
pub enum Change {
    /// An enum gets another name.
    RenameEnum { id: Id, from: Name, to: Name },
    /// A value of an enum gets another name.
    RenameEnumValue { item: Name, id: Id, from: Name, to: Name },
    /// A table gets another name.
    RenameTable { id: Id, from: Name, to: Name },
    /// A column gets another name.
    RenameColumn { table: Name, id: Id, from: Name, to: Name },
    /// A primary key, a unique constraint, an exclusion or an index that is otherwise the same
    /// gets another name.
    RenameIndex { table: Name, from: Name, to: Name },

    /// An enum appears.
    AddEnum(Enum),
    /// An enum goes.
    DropEnum(Enum),
    /// Values of an enum are added, removed or put in another order.
    ChangeEnumValues { item: Name, from: Vec<EnumValue>, to: Vec<EnumValue> },
    /// What an enum lists is said otherwise.
    DescribeEnum { item: Name, from: Option<String>, to: Option<String> },

    /// A table appears, with its keys, checks, exclusions and indexes.
    AddTable(Box<Table>),
    /// A table goes, with all that is on it.
    DropTable(Box<Table>),
    /// What a row stands for is said otherwise.
    DescribeTable { table: Name, from: Option<String>, to: Option<String> },
    /// Another column is set to the time of each update, or none.
    TrackUpdates { table: Name, from: Option<Name>, to: Option<Name> },

    /// A column appears.
    AddColumn { table: Name, column: Box<Column> },
    /// A column goes.
    DropColumn { table: Name, column: Box<Column> },
    /// One side of a column becomes different.
    AlterColumn { table: Name, column: Name, facet: Facet },

    /// A table gets another primary key, its first one, or loses it.
    ChangePrimaryKey { table: Name, from: Option<Key>, to: Option<Key> },
    /// A unique constraint appears.
    AddUnique { table: Name, key: Key },
    /// A unique constraint goes.
    DropUnique { table: Name, key: Key },
    /// A check appears.
    AddCheck { table: Name, check: Check },
    /// A check goes.
    DropCheck { table: Name, check: Check },
    /// An exclusion constraint appears.
    AddExclusion { table: Name, exclusion: Exclusion },
    /// An exclusion constraint goes.
    DropExclusion { table: Name, exclusion: Exclusion },
    /// An index appears on a table.
    AddIndex { table: Name, index: Index },
    /// An index goes.
    DropIndex { table: Name, index: Index },

    /// A foreign key appears.
    AddRelationship(Relationship),
    /// A foreign key goes.
    DropRelationship(Relationship),
    /// Two foreign keys are told as one many-to-many relationship.
    AddManyToMany(ManyToMany),
    /// They no longer are.
    DropManyToMany(ManyToMany),

    /// Things are listed in another order. PostgreSQL is not told.
    Reorder(Order),
}
