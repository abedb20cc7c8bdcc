//! Objects: which of their keys are known, and which are missing.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::misfit::{missing, unknown_key};
use super::skip::Skipped;
use super::{Found, Place};
use crate::document::raw::Text;
use crate::document::shape::{Kind, Shape};

/// What the fields of an object are read into.
pub(in crate::document) trait Object<'de>: Default {
    /// Reads the value that stands next among the entries into the field at this position of the
    /// object's shape, in place of what it was.
    fn take<A: MapAccess<'de>>(
        &mut self,
        field: usize,
        entries: &mut A,
        place: Place<'_>,
    ) -> Result<Found, A::Error>;
}

/// Reads an object: its keys in the order in which they stand there.
pub(in crate::document) fn object<'de, T: Object<'de>, A: MapAccess<'de>>(
    into: &mut T,
    mut entries: A,
    place: &mut Place<'_>,
) -> Result<Found, A::Error> {
    let (Kind::Object(shape) | Kind::TextOr(shape) | Kind::TextsOr(shape)) = place.kind else {
        unreachable!("only what may be an object is read into one")
    };
    // One bit for each field that stands there.
    let mut given = 0_u32;
    let mut next = 0;
    while let Some(key) = entries.next_key_seed(KeyOf { shape, next })? {
        match key {
            Key::Field(position) => {
                next = position + 1;
                let field = &shape.fields[position];
                let at = place.at.key(field.key);
                let inner = Place { kind: field.kind, at: &at, problems: place.problems };
                let absent = into.take(position, &mut entries, inner)? == Found::Null;
                given = given & !(1 << position) | u32::from(!absent) << position;
            }
            Key::Unknown(key) => {
                unknown_key(&key, shape, place.at, place.problems);
                entries.next_value::<Skipped>()?;
            }
        }
    }
    for (position, field) in shape.fields.iter().enumerate() {
        if field.required && given & 1 << position == 0 {
            missing(field, shape, place.at, place.problems);
        }
    }
    Ok(Found::Fits)
}

/// A key of an object: the position of its field in the shape, or what is not known there.
enum Key<'de> {
    Field(usize),
    Unknown(Text<'de>),
}

struct KeyOf {
    shape: &'static Shape,
    /// Most keys stand in the order of the shape, so the search begins after the one before.
    next: usize,
}

impl KeyOf {
    fn position(&self, key: &str) -> Option<usize> {
        let fields = self.shape.fields;
        let from = |start: usize, end: usize| {
            let found = fields[start..end].iter().position(|field| field.key == key);
            found.map(|position| start + position)
        };
        from(self.next, fields.len()).or_else(|| from(0, self.next))
    }
}

impl<'de> DeserializeSeed<'de> for KeyOf {
    type Value = Key<'de>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Key<'de>, D::Error> {
        source.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyOf {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(self.position(key).map_or(Key::Unknown(Cow::Borrowed(key)), Key::Field))
    }

    fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(self.position(key).map_or_else(|| Key::Unknown(Cow::Owned(key.to_owned())), Key::Field))
    }
}
