//! Reads a parameter's text from left to right.

use crate::QueryError;

/// Characters that end a bare name.
const ENDS_NAME: &[char] = &[',', '.', ':', '(', ')', '"', '!', '*'];

/// What is left to read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// Passes over `text` if it comes next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// The text up to the next of `ends`, or all of it.
    pub(super) fn until(&mut self, ends: &[char]) -> &'a str {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        text
    }

    /// A name: bare, or in double quotes with backslash escapes. None when there is none here.
    pub(super) fn name(&mut self) -> Option<String> {
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        let end = self.rest.find(ENDS_NAME).unwrap_or(self.rest.len());
        let end = self.rest.find("->").map_or(end, |arrow| arrow.min(end));
        let name = self.rest[..end].trim();
        if name.is_empty() {
            return None;
        }
        self.rest = &self.rest[end..];
        Some(name.to_owned())
    }

    /// A text in double quotes, in which a backslash takes the next character as it is.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let inside = self.rest.strip_prefix('"')?;
        let mut text = String::new();
        let mut characters = inside.char_indices();
        while let Some((position, character)) = characters.next() {
            match character {
                '"' => {
                    self.rest = &inside[position + 1..];
                    return Some(text);
                }
                '\\' => text.push(characters.next()?.1),
                other => text.push(other),
            }
        }
        None
    }
}

/// How long a list may be, and what a refusal calls its items.
pub(super) struct ListLimit {
    pub(super) most: usize,
    pub(super) what: &'static str,
}

/// The items of a list parted by commas; nothing at all is an empty list.
pub(super) fn list<T>(
    text: &str,
    limit: &ListLimit,
    item: impl Fn(&mut Cursor<'_>) -> Result<T, QueryError>,
    unreadable: impl Fn(&Cursor<'_>) -> QueryError,
) -> Result<Vec<T>, QueryError> {
    let mut cursor = Cursor::new(text);
    let mut items = Vec::new();
    if text.trim().is_empty() {
        return Ok(items);
    }
    loop {
        items.push(item(&mut cursor)?);
        if items.len() > limit.most {
            return Err(QueryError::TooMany { what: limit.what, limit: limit.most });
        }
        if cursor.is_done() {
            return Ok(items);
        }
        if !cursor.eat(",") {
            return Err(unreadable(&cursor));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_bare_or_quoted() {
        let mut cursor = Cursor::new(r#"first name:"od\"d.na,me"::text"#);
        assert_eq!(cursor.name().as_deref(), Some("first name"));
        assert!(cursor.eat(":"));
        assert_eq!(cursor.name().as_deref(), Some("od\"d.na,me"));
        assert_eq!(cursor.rest(), "::text");
    }

    #[test]
    fn an_open_quote_is_no_name() {
        for text in ["\"open", "\"open\\", "", ".x"] {
            assert_eq!(Cursor::new(text).name(), None, "{text}");
        }
    }
}
