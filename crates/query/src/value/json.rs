//! One level of a JSON text; what is inside it stays unread.

use serde_json::value::RawValue;

use super::Misfit;

/// A JSON value whose numbers are still texts.
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Number(&'a str),
    Text(String),
    Array(Vec<&'a RawValue>),
    Object,
}

impl<'a> Json<'a> {
    pub(super) fn parse(raw: &'a RawValue) -> Result<Self, Misfit> {
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b't') => Self::Bool(true),
            Some(b'f') => Self::Bool(false),
            Some(b'"') => Self::Text(string(text)?),
            Some(b'[') => Self::Array(
                serde_json::from_str(text).map_err(|_| Misfit::new("JSON that can be read"))?,
            ),
            Some(b'{') => Self::Object,
            Some(_) | None => Self::Number(text),
        })
    }

    /// The text of a string.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The digits of a number, or of a string that may spell one.
    pub(super) fn spelled(&self) -> Option<&str> {
        if let Self::Number(text) = self { Some(text) } else { self.text().map(str::trim) }
    }
}

/// JSON can spell half of a surrogate pair, and NUL; PostgreSQL's text holds neither.
fn string(text: &str) -> Result<String, Misfit> {
    let string: String = serde_json::from_str(text)
        .map_err(|_| Misfit::new("text of whole Unicode characters").instead_of(text))?;
    if string.contains('\0') {
        return Err(Misfit::new("text without the NUL character").instead_of(text));
    }
    Ok(string)
}
