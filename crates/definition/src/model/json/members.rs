//! Writing objects that leave out what is absent.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::column_type::ColumnType;
use crate::expression::Expression;
use crate::name::Name;

/// What has a canonical form in a document.
pub(super) trait Canonical {
    /// The name that says all there is to say, in place of an object.
    fn name_alone(&self) -> Option<&Name> {
        None
    }

    /// Writes the members of its object.
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error>;
}

impl<T: Canonical> Canonical for &T {
    fn name_alone(&self) -> Option<&Name> {
        (**self).name_alone()
    }

    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        (**self).members(object)
    }
}

/// A thing in its canonical form.
pub(super) struct Shown<T>(pub(super) T);

impl<T: Canonical> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(name) = self.0.name_alone() {
            return serializer.serialize_str(name.as_str());
        }
        let mut object = serializer.serialize_map(None)?;
        self.0.members(&mut object)?;
        object.end()
    }
}

/// Several things.
pub(super) struct Listed<I>(pub(super) I);

impl<I: Iterator<Item: Canonical> + Clone> Serialize for Listed<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone().map(Shown))
    }
}

/// What is kept as the text that a document spells it with.
pub(super) struct Spelled<'a, T>(pub(super) &'a T);

impl Serialize for Spelled<'_, Expression> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.text())
    }
}

impl Serialize for Spelled<'_, ColumnType> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.word() {
            Some(word) => serializer.serialize_str(word),
            None => serializer.collect_str(self.0),
        }
    }
}

/// Members that may be absent.
pub(super) trait Members: SerializeMap {
    fn maybe(&mut self, key: &str, value: Option<impl Serialize>) -> Result<(), Self::Error> {
        match value {
            Some(value) => self.serialize_entry(key, &value),
            None => Ok(()),
        }
    }

    fn flag(&mut self, key: &str, value: bool) -> Result<(), Self::Error> {
        self.maybe(key, value.then_some(true))
    }

    fn list<T: Canonical>(&mut self, key: &str, items: &[T]) -> Result<(), Self::Error> {
        self.maybe(key, (!items.is_empty()).then(|| Listed(items.iter())))
    }
}

impl<M: SerializeMap> Members for M {}
