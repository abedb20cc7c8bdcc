//! Every type a column may have: read as people spell it, kept in one spelling.

mod builtin;
mod parse;

use std::fmt;

use sql::{Ident, Sql};

pub use builtin::{Builtin, Family};
pub use parse::{ParsedType, TypeError};

use crate::name::Name;

/// The type of a column, of a cast, of an array's elements.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnType {
    /// The type, or the type of the elements.
    pub element: ElementType,
    /// Whether it is an array. PostgreSQL keeps no number of dimensions, so neither do we.
    pub array: bool,
}

/// A type that is no array.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementType {
    /// One of PostgreSQL's, with its modifiers: `varchar(255)`, `numeric(12,2)`.
    Builtin(Builtin, Modifiers),
    /// One of the schema's own enums.
    Enum(Name),
}

/// Numbers in brackets after a type's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modifiers {
    /// None given.
    #[default]
    None,
    /// A length or a precision.
    One(u32),
    /// Digits in all, and digits after the point (may be negative since PostgreSQL 15).
    Two(u32, i32),
}

impl ColumnType {
    /// Reads a type, knowing the schema's enums.
    pub fn parse(text: &str, is_enum: &dyn Fn(&str) -> bool) -> Result<ParsedType, TypeError> {
        parse::parse(text, is_enum)
    }

    /// Whether a text is a type of PostgreSQL's own.
    pub(crate) fn is_builtin(text: &str) -> bool {
        parse::is_builtin(text)
    }

    /// A type without modifiers.
    pub fn plain(builtin: Builtin) -> Self {
        Self { element: ElementType::Builtin(builtin, Modifiers::None), array: false }
    }

    /// The built-in scalar this is, unless it is an array or an enum.
    pub fn scalar(&self) -> Option<Builtin> {
        match &self.element {
            ElementType::Builtin(builtin, _) if !self.array => Some(*builtin),
            ElementType::Builtin(..) | ElementType::Enum(_) => None,
        }
    }

    /// The enum it is made of, in an array too.
    pub fn enum_name(&self) -> Option<&Name> {
        match &self.element {
            ElementType::Enum(name) => Some(name),
            ElementType::Builtin(..) => None,
        }
    }

    /// Whether PostgreSQL can order its values, so that keys and plain indexes take it.
    pub fn is_ordered(&self) -> bool {
        match &self.element {
            ElementType::Enum(_) => true,
            ElementType::Builtin(builtin, _) => builtin.is_ordered(),
        }
    }

    /// Whether it is made of characters, arrays of them included.
    pub fn is_text(&self) -> bool {
        match &self.element {
            ElementType::Builtin(builtin, _) => builtin.family() == Family::Text,
            ElementType::Enum(_) => false,
        }
    }

    /// Its spelling in documents, when that is its name alone.
    pub(crate) fn word(&self) -> Option<&'static str> {
        match &self.element {
            // These two mean another type when they stand alone.
            ElementType::Builtin(Builtin::Char | Builtin::Bit, _) => None,
            ElementType::Builtin(builtin, Modifiers::None) if !self.array => Some(builtin.name()),
            ElementType::Builtin(..) | ElementType::Enum(_) => None,
        }
    }

    /// Writes the type as SQL; enums live in `namespace`.
    pub fn write(&self, sql: &mut Sql, namespace: &Ident) {
        match &self.element {
            ElementType::Enum(name) => {
                sql.qualified(namespace, name.ident());
            }
            ElementType::Builtin(Builtin::Bit, Modifiers::None) => {
                sql.syntax("pg_catalog.\"bit\"");
            }
            ElementType::Builtin(builtin, modifiers) => {
                let (before, after) = builtin.sql_name();
                sql.syntax(before);
                match modifiers {
                    Modifiers::None => {}
                    Modifiers::One(length) => {
                        sql.syntax("(").number(*length).syntax(")");
                    }
                    Modifiers::Two(precision, scale) => {
                        sql.syntax("(").number(*precision).syntax(",").number(*scale).syntax(")");
                    }
                }
                sql.syntax(after);
            }
        }
        if self.array {
            sql.syntax("[]");
        }
    }
}

/// The one spelling that documents keep.
impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.element {
            ElementType::Enum(name) => f.write_str(&spelled(name))?,
            // A bare `char` means `char(1)`; without any length the type has another name.
            ElementType::Builtin(Builtin::Char, Modifiers::None) => f.write_str("bpchar")?,
            // As a bare `bit` means `bit(1)`.
            ElementType::Builtin(Builtin::Bit, Modifiers::None) => f.write_str("\"bit\"")?,
            ElementType::Builtin(builtin, modifiers) => {
                f.write_str(builtin.name())?;
                match modifiers {
                    Modifiers::None => {}
                    Modifiers::One(length) => write!(f, "({length})")?,
                    Modifiers::Two(precision, scale) => write!(f, "({precision},{scale})")?,
                }
            }
        }
        f.write_str(if self.array { "[]" } else { "" })
    }
}

/// An enum's name as a document spells it: bare when it is a plain word, else quoted.
fn spelled(name: &Name) -> String {
    let text = name.as_str();
    let plain = text.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain { text.to_owned() } else { name.ident().to_string() }
}
