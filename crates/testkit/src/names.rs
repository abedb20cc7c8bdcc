//! Names: plain ones, and all that PostgreSQL takes in quotes.

use std::collections::BTreeSet;

use crate::choices::Choices;

/// The most bytes of a name.
const MAX_BYTES: usize = 63;

/// Names that a careless writer of SQL stumbles over.
const NAMES: &[&str] = &[
    "plain",
    "a",
    "_a",
    "A",
    "Mixed Case",
    "mixed case",
    "select",
    "order",
    "user",
    "table",
    "null",
    "true",
    "value",
    "current_date",
    "position",
    "lower",
    "now",
    "char",
    "text",
    "time",
    "quo\"te",
    "\"",
    "\"\"both\"\"",
    "it's",
    "back\\slash",
    "\\",
    "a.b",
    "a,b",
    "x::text",
    "$1",
    "$$",
    "%s",
    "--",
    "/*",
    "*/;",
    "(a)",
    "[1]",
    "{a}",
    "1st",
    "1",
    "späße",
    "Späße",
    "漢字",
    "नमस्ते",
    "😀",
    "e\u{301}",
    "\u{e9}",
    "مرحبا",
    "a\u{a0}b",
    "new",
    "old",
    "excluded",
    "id",
    "oid",
    "public",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "ääääääääääääääääääääääääääääääa",
    "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
    "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"",
];

/// Texts that are no names: values of enums, descriptions.
const TEXTS: &[&str] = &[
    "a",
    "b",
    "c",
    "it's ok",
    "a, b",
    "",
    " ",
    "\"quoted\"",
    "{a,b}",
    "back\\slash\\",
    "\\n",
    "'",
    "''",
    "E'x'",
    "$$",
    "two\nlines",
    "a\ttab",
    "\r\n",
    "\u{1}",
    "\u{7f}",
    "NULL",
    "null",
    "😀",
    "--",
    "Ünïcode \u{202e} and more",
    "-- tenanta:",
    ";",
    "::text",
];

/// Names of one space, so that none is given twice.
#[derive(Default)]
pub(crate) struct Space(BTreeSet<String>);

impl Space {
    /// A name that nobody has.
    pub(crate) fn name(&mut self, choices: &mut Choices) -> String {
        let plain = choices.pick(NAMES);
        let mut name = plain.to_owned();
        let mut number = 0;
        while !self.0.insert(name.clone()) {
            number += 1;
            name = numbered(plain, number);
        }
        name
    }

    /// A name that nobody has in two spaces.
    pub(crate) fn shared(&mut self, other: &mut Self, choices: &mut Choices) -> String {
        loop {
            let name = self.name(choices);
            if other.0.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Keeps a name from being given.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.0.insert(name.to_owned());
    }
}

fn numbered(plain: &str, number: usize) -> String {
    let suffix = number.to_string();
    let mut end = plain.len().min(MAX_BYTES - suffix.len());
    while !plain.is_char_boundary(end) {
        end -= 1;
    }
    [&plain[..end], &suffix].concat()
}

/// Any name, taken or not.
pub(crate) fn any(choices: &mut Choices) -> &'static str {
    choices.pick(NAMES)
}

/// A text that may be empty.
pub(crate) fn text(choices: &mut Choices) -> &'static str {
    choices.pick(TEXTS)
}

/// Values of an enum, each once, none empty.
pub(crate) fn values(choices: &mut Choices) -> Vec<String> {
    let mut values = vec!["a".to_owned()];
    for _ in 0..choices.below(5) {
        let value = text(choices);
        if !value.trim().is_empty() && !values.iter().any(|known| known == value) {
            values.insert(choices.below(values.len() + 1), value.to_owned());
        }
    }
    values
}

/// A name as an expression takes it.
pub(crate) fn quoted(name: &str) -> String {
    ["\"", &name.replace('"', "\"\""), "\""].concat()
}

/// A text as an expression takes it.
pub(crate) fn constant(text: &str) -> String {
    ["'", &text.replace('\'', "''"), "'"].concat()
}
