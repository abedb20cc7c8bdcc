//! Texts, flags, lists, and what may be one thing or another.

use std::borrow::Cow;
use std::convert::Infallible;

use serde::de::{MapAccess, SeqAccess};

use super::misfit::unknown_word;
use super::skip::Skipped;
use super::{Found, Place, Readable};
use crate::document::raw::{Text, TextOr, TextsOr};
use crate::document::shape::{Kind, MAX_KEY_COLUMNS, MAX_TEXT_CHARS};

impl<'de> Readable<'de> for Text<'de> {
    fn text(&mut self, text: Text<'de>, place: &mut Place<'_>) -> Found {
        if let Kind::Word(words) = place.kind {
            let Some(known) = words.iter().find(|known| **known == text) else {
                unknown_word(&text, words, place.at, place.problems);
                return Found::Misfit;
            };
            *self = Cow::Borrowed(known);
            return Found::Fits;
        }
        if text.contains('\0') {
            place.problems.error("nul_byte", place.at, "a NUL byte cannot be stored");
            return Found::Misfit;
        }
        if text.len() > MAX_TEXT_CHARS && text.chars().count() > MAX_TEXT_CHARS {
            let message = format!("a text is at most {MAX_TEXT_CHARS} characters long");
            place.problems.error("text_too_long", place.at, message);
            return Found::Misfit;
        }
        *self = text;
        Found::Fits
    }
}

impl Readable<'_> for bool {
    fn flag(&mut self, flag: bool, _: &mut Place<'_>) -> Found {
        *self = flag;
        Found::Fits
    }
}

/// Elements that do not fit stay as empty texts or objects, so that the positions of the others do
/// not move.
impl<'de, T: Readable<'de>> Readable<'de> for Vec<T> {
    fn list<A: SeqAccess<'de>>(
        &mut self,
        mut items: A,
        place: &mut Place<'_>,
    ) -> Result<Found, A::Error> {
        let (kind, most) = if let Kind::List(of, most) = place.kind {
            (*of, most)
        } else {
            (Kind::Text, MAX_KEY_COLUMNS)
        };
        let mark = place.problems.mark();
        self.reserve(items.size_hint().unwrap_or_default().min(most));
        loop {
            let position = self.len();
            if position == most {
                break;
            }
            self.push(T::default());
            let at = place.at.index(position);
            let mut item = Place { kind, at: &at, problems: place.problems };
            match items.next_element_seed(item.again().reading(&mut self[position]))? {
                Some(Found::Fits | Found::Misfit) => {}
                Some(Found::Null) => drop(item.misfit("null")),
                None => {
                    self.pop();
                    return Ok(Found::Fits);
                }
            }
        }
        let mut given = most;
        while items.next_element::<Skipped>()?.is_some() {
            given += 1;
        }
        if given == most {
            return Ok(Found::Fits);
        }
        *self = Vec::new();
        place.problems.forget_since(mark);
        let message = format!("has {given} entries; at most {most} are taken");
        place.problems.error("too_many", place.at, message);
        Ok(Found::Misfit)
    }
}

/// Reads into what may be absent, which it stays when nothing fits.
fn kept<T: Default, E>(
    slot: &mut Option<T>,
    read: impl FnOnce(&mut T) -> Result<Found, E>,
) -> Result<Found, E> {
    let found = read(slot.insert(T::default()))?;
    if found != Found::Fits {
        *slot = None;
    }
    Ok(found)
}

impl<'de, T: Readable<'de>> Readable<'de> for Option<T> {
    fn text(&mut self, text: Text<'de>, place: &mut Place<'_>) -> Found {
        let Ok(found) = kept::<_, Infallible>(self, |inside| Ok(inside.text(text, place)));
        found
    }

    fn list<A: SeqAccess<'de>>(
        &mut self,
        items: A,
        place: &mut Place<'_>,
    ) -> Result<Found, A::Error> {
        kept(self, |inside| inside.list(items, place))
    }

    fn object<A: MapAccess<'de>>(
        &mut self,
        entries: A,
        place: &mut Place<'_>,
    ) -> Result<Found, A::Error> {
        kept(self, |inside| inside.object(entries, place))
    }
}

impl<'de, T: Readable<'de>> Readable<'de> for Box<T> {
    fn object<A: MapAccess<'de>>(
        &mut self,
        entries: A,
        place: &mut Place<'_>,
    ) -> Result<Found, A::Error> {
        (**self).object(entries, place)
    }
}

impl<T: Default> Default for TextOr<'_, T> {
    fn default() -> Self {
        Self::Object(T::default())
    }
}

impl<'de, T: Readable<'de>> Readable<'de> for TextOr<'de, T> {
    fn text(&mut self, text: Text<'de>, place: &mut Place<'_>) -> Found {
        let mut inside = Text::default();
        let found = inside.text(text, place);
        if found == Found::Fits {
            *self = Self::Text(inside);
        }
        found
    }

    fn object<A: MapAccess<'de>>(
        &mut self,
        entries: A,
        place: &mut Place<'_>,
    ) -> Result<Found, A::Error> {
        let mut inside = T::default();
        let found = inside.object(entries, place)?;
        *self = Self::Object(inside);
        Ok(found)
    }
}

impl<T: Default> Default for TextsOr<'_, T> {
    fn default() -> Self {
        Self::Object(T::default())
    }
}

impl<'de, T: Readable<'de>> Readable<'de> for TextsOr<'de, T> {
    fn list<A: SeqAccess<'de>>(
        &mut self,
        items: A,
        place: &mut Place<'_>,
    ) -> Result<Found, A::Error> {
        let mut inside = Vec::new();
        let found = inside.list(items, place)?;
        *self = Self::Texts(inside);
        Ok(found)
    }

    fn object<A: MapAccess<'de>>(
        &mut self,
        entries: A,
        place: &mut Place<'_>,
    ) -> Result<Found, A::Error> {
        let mut inside = T::default();
        let found = inside.object(entries, place)?;
        *self = Self::Object(inside);
        Ok(found)
    }
}
