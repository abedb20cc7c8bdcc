//! JSON → the parts of a document that fit its shape, and a problem for each part that does not.
//!
//! It reads from a text, or from a tree of JSON, without making a tree of its own. Of a key that
//! stands twice in an object, the last one counts.

mod misfit;
mod object;
mod skip;
mod values;

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::raw::{RawDocument, Text};
use super::shape::{self, Kind};
use crate::path::Path;
use crate::problem::Problems;
use misfit::{article, expected};
pub(super) use object::{Object, object};
use skip::Skipped;

/// Reads a whole document.
pub(super) fn document<'de, D: Deserializer<'de>>(
    source: D,
    problems: &mut Problems,
) -> Result<RawDocument<'de>, D::Error> {
    let mut raw = RawDocument::default();
    let kind = Kind::Object(&shape::DOCUMENT);
    value(source, &mut raw, Place { kind, at: Path::ROOT, problems })?;
    Ok(raw)
}

/// Reads one value; what is read of it is put `into` its place.
pub(super) fn value<'de, D: Deserializer<'de>, T: Readable<'de>>(
    source: D,
    into: &mut T,
    mut place: Place<'_>,
) -> Result<Found, D::Error> {
    let found = place.again().reading(into).deserialize(source)?;
    if found == Found::Null { Ok(place.misfit("null")) } else { Ok(found) }
}

/// Where a value stands, what it should be, and where it is said when it is not.
pub(super) struct Place<'p> {
    pub(super) kind: Kind,
    pub(super) at: &'p Path<'p>,
    pub(super) problems: &'p mut Problems,
}

/// What was found of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// What was wanted.
    Fits,
    /// Something else, which was said.
    Misfit,
    /// `null`, which in an object is the same as nothing.
    Null,
}

impl<'p> Place<'p> {
    pub(super) fn again(&mut self) -> Place<'_> {
        Place { kind: self.kind, at: self.at, problems: self.problems }
    }

    /// The reader of what stands here.
    pub(super) fn reading<T>(self, into: &'p mut T) -> Reading<'p, T> {
        Reading { into, place: self }
    }

    /// Says that something else stands here than what was wanted.
    pub(super) fn misfit(&mut self, found: &str) -> Found {
        let mut subject = String::new();
        if let (Kind::Object(shape), true) = (self.kind, self.at.is_root()) {
            subject = article(shape.name) + " ";
        }
        let message = format!("{subject}must be {}, not {found}", expected(self.kind));
        self.problems.error("wrong_type", self.at, message);
        Found::Misfit
    }
}

/// What a value of a document is read into. What a type does not take is a misfit, and leaves it
/// as it is.
pub(super) trait Readable<'de>: Default {
    fn text(&mut self, _: Text<'de>, place: &mut Place<'_>) -> Found {
        place.misfit("a text")
    }

    fn flag(&mut self, _: bool, place: &mut Place<'_>) -> Found {
        place.misfit("true or false")
    }

    fn list<A: SeqAccess<'de>>(
        &mut self,
        mut items: A,
        place: &mut Place<'_>,
    ) -> Result<Found, A::Error> {
        while items.next_element::<Skipped>()?.is_some() {}
        Ok(place.misfit("a list"))
    }

    fn object<A: MapAccess<'de>>(
        &mut self,
        mut entries: A,
        place: &mut Place<'_>,
    ) -> Result<Found, A::Error> {
        while entries.next_entry::<Skipped, Skipped>()?.is_some() {}
        Ok(place.misfit("an object"))
    }
}

/// Reads a value of any kind.
pub(super) struct Reading<'p, T> {
    into: &'p mut T,
    place: Place<'p>,
}

impl<'de, T: Readable<'de>> DeserializeSeed<'de> for Reading<'_, T> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Found, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de, T: Readable<'de>> Visitor<'de> for Reading<'_, T> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Null)
    }

    fn visit_bool<E>(mut self, flag: bool) -> Result<Found, E> {
        Ok(self.into.flag(flag, &mut self.place))
    }

    fn visit_i64<E>(mut self, _: i64) -> Result<Found, E> {
        Ok(self.place.misfit("a number"))
    }

    fn visit_u64<E>(mut self, _: u64) -> Result<Found, E> {
        Ok(self.place.misfit("a number"))
    }

    fn visit_f64<E>(mut self, _: f64) -> Result<Found, E> {
        Ok(self.place.misfit("a number"))
    }

    fn visit_borrowed_str<E>(mut self, text: &'de str) -> Result<Found, E> {
        Ok(self.into.text(Cow::Borrowed(text), &mut self.place))
    }

    fn visit_str<E>(mut self, text: &str) -> Result<Found, E> {
        Ok(self.into.text(Cow::Owned(text.to_owned()), &mut self.place))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, items: A) -> Result<Found, A::Error> {
        self.into.list(items, &mut self.place)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, entries: A) -> Result<Found, A::Error> {
        self.into.object(entries, &mut self.place)
    }
}
