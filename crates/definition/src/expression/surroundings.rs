//! What an expression sees of the document around it.

use super::{Context, Place};
use crate::column_type::ColumnType;
use crate::model::{Enum, IndexMethod};

/// Where an expression stands and what it may refer to, however that is kept.
pub(crate) trait Surroundings {
    /// Where it stands.
    fn place(&self) -> Place;

    /// The type that the value must fit: that of the column it fills.
    fn wanted(&self) -> Option<&ColumnType>;

    /// The method of the index whose key it is, unless an operator class is named.
    fn method(&self) -> Option<IndexMethod>;

    /// The type of a column of its table.
    fn column(&self, name: &str) -> Meaning<&ColumnType>;

    /// Every column it may read, in alphabetical order.
    fn column_names(&self) -> Vec<&str>;

    /// An enum of the schema.
    fn enumeration(&self, name: &str) -> Meaning<&Enum>;
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning<T> {
    /// Nothing has the name.
    Nothing,
    /// Something that is unsound, which was reported; what depends on it is not looked at.
    Unsound,
    /// This.
    Sound(T),
}

impl<T> Meaning<T> {
    /// Whether something has the name.
    pub(crate) fn is_known(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// What has the name, when it is sound.
    pub(crate) fn sound(self) -> Option<T> {
        match self {
            Self::Sound(found) => Some(found),
            Self::Nothing | Self::Unsound => None,
        }
    }

    fn of(found: Option<&Option<T>>) -> Self
    where
        T: Copy,
    {
        match found {
            None => Self::Nothing,
            Some(None) => Self::Unsound,
            Some(Some(found)) => Self::Sound(*found),
        }
    }
}

impl Surroundings for Context<'_> {
    fn place(&self) -> Place {
        self.place
    }

    fn wanted(&self) -> Option<&ColumnType> {
        self.wanted
    }

    fn method(&self) -> Option<IndexMethod> {
        self.method
    }

    fn column(&self, name: &str) -> Meaning<&ColumnType> {
        Meaning::of(self.columns.get(name))
    }

    fn column_names(&self) -> Vec<&str> {
        self.columns.keys().copied().collect()
    }

    fn enumeration(&self, name: &str) -> Meaning<&Enum> {
        Meaning::of(self.enums.get(name))
    }
}
