//! The buffer that statements are written into.

use std::fmt::Write as _;

use crate::{Fragment, Ident};

/// A bound value: PostgreSQL's text form, or NULL.
///
/// Values travel as untyped text, so PostgreSQL reads each with the input function of the place it
/// stands in and no digit is lost on the way.
pub type Param = Option<String>;

/// SQL text with the parameters that belong to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sql {
    text: String,
    params: Vec<Param>,
}

impl Sql {
    /// An empty statement.
    pub fn new() -> Self {
        Self::default()
    }

    /// A statement that is one literal of our source.
    pub fn of(text: &'static str) -> Self {
        let mut sql = Self::new();
        sql.syntax(text);
        sql
    }

    /// Keywords and punctuation from our own source.
    pub fn syntax(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A quoted name.
    pub fn ident(&mut self, name: &Ident) -> &mut Self {
        let _ = write!(self.text, "{name}");
        self
    }

    /// `"qualifier"."name"`.
    pub fn qualified(&mut self, qualifier: &Ident, name: &Ident) -> &mut Self {
        self.ident(qualifier).syntax(".").ident(name)
    }

    /// Names separated by commas.
    pub fn idents<'a>(&mut self, names: impl IntoIterator<Item = &'a Ident>) -> &mut Self {
        self.list(names, ", ", |sql, name| {
            sql.ident(name);
        })
    }

    /// A quoted constant. NUL bytes, which PostgreSQL text cannot hold, are left out.
    pub fn literal(&mut self, value: &str) -> &mut Self {
        self.text.push_str(&quoted(value));
        self
    }

    /// A whole number.
    pub fn number(&mut self, value: impl Into<i128>) -> &mut Self {
        let _ = write!(self.text, "{}", value.into());
        self
    }

    /// `$n`, with its value.
    pub fn param(&mut self, value: impl Into<String>) -> &mut Self {
        self.nullable_param(Some(value.into()))
    }

    /// `$n`, with its value or NULL.
    pub fn nullable_param(&mut self, value: Param) -> &mut Self {
        self.params.push(value);
        let _ = write!(self.text, "${}", self.params.len());
        self
    }

    /// A piece rendered from a checked tree.
    pub fn expression(&mut self, fragment: &Fragment) -> &mut Self {
        self.text.push_str(fragment.as_str());
        self
    }

    /// Another statement's text and parameters, renumbered to follow ours.
    pub fn append(&mut self, other: &Sql) -> &mut Self {
        if other.params.is_empty() {
            self.text.push_str(&other.text);
        } else {
            self.text.push_str(&renumbered(&other.text, self.params.len()));
            self.params.extend(other.params.iter().cloned());
        }
        self
    }

    /// Writes each item with `write`, separated by `separator`.
    pub fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        separator: &'static str,
        mut write: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (position, item) in items.into_iter().enumerate() {
            if position > 0 {
                self.syntax(separator);
            }
            write(self, item);
        }
        self
    }

    /// The text, with `$n` where parameters go.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parameters, `$1` first.
    pub fn params(&self) -> &[Param] {
        &self.params
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Quotes a constant so that it means the same whatever `standard_conforming_strings` says.
fn quoted(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 3);
    if value.contains('\\') {
        text.push_str("E'");
    } else {
        text.push('\'');
    }
    for character in value.chars() {
        match character {
            '\0' => {}
            '\'' => text.push_str("''"),
            '\\' => text.push_str("\\\\"),
            other => text.push(other),
        }
    }
    text.push('\'');
    text
}

/// Shifts every `$n` outside quotes by `offset`.
fn renumbered(text: &str, offset: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut quote: Option<char> = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '$') => {
                let mut number = 0;
                while let Some(digit) = characters.peek().and_then(|next| next.to_digit(10)) {
                    number = number * 10 + digit as usize;
                    characters.next();
                }
                let _ = write!(out, "${}", number + offset);
                continue;
            }
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            // A backslash only appears inside our own E'' constants, always doubled.
            _ => {}
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_cannot_end_early() {
        let mut sql = Sql::new();
        sql.literal("it's").syntax(" ").literal("back\\slash'").syntax(" ").literal("nul\0");
        assert_eq!(sql.text(), "'it''s' E'back\\\\slash''' 'nul'");
    }

    #[test]
    fn appended_parameters_are_renumbered_outside_quotes() {
        let mut inner = Sql::new();
        inner
            .syntax("x = ")
            .param("1")
            .syntax(" AND ")
            .literal("$1 it's")
            .syntax(" <> ")
            .param("2");
        let mut outer = Sql::new();
        outer.syntax("a = ").param("0").syntax(" AND ").append(&inner);
        assert_eq!(outer.text(), "a = $1 AND x = $2 AND '$1 it''s' <> $3");
        assert_eq!(outer.params(), [Some("0".into()), Some("1".into()), Some("2".into())]);
    }

    #[test]
    fn lists_are_separated() {
        let names = [Ident::new("a").unwrap(), Ident::new("b").unwrap()];
        let mut sql = Sql::new();
        sql.idents(&names);
        assert_eq!(sql.text(), "\"a\", \"b\"");
    }
}
