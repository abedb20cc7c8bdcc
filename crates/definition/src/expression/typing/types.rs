//! The type of a part of an expression.

use std::fmt;

use super::catalog::{TypeFacts, catalog};
use crate::column_type::{Builtin, ColumnType, ElementType};
use crate::expression::functions::Volatility;
use crate::name::Name;

/// The type of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Of a column whose type is unsound: it was reported, so nothing more is said.
    Untold,
    /// A quoted constant or NULL: what stands around it decides.
    Unknown,
    /// One of PostgreSQL's, by its name in `pg_type`: `int4`, `_text`.
    Builtin(&'static str),
    /// One of the schema's enums.
    Enum(Name),
    /// An array of one of the schema's enums.
    EnumArray(Name),
    /// A row.
    Row,
}

pub(super) const BOOLEAN: Type = Type::Builtin("bool");
pub(super) const TEXT: Type = Type::Builtin("text");

impl Type {
    /// The type of a column.
    pub(super) fn of(column: &ColumnType) -> Self {
        match &column.element {
            ElementType::Enum(name) if column.array => Self::EnumArray(name.clone()),
            ElementType::Enum(name) => Self::Enum(name.clone()),
            ElementType::Builtin(builtin, _) => {
                let scalar = Self::Builtin(catalog_name(*builtin));
                if column.array { scalar.array().unwrap_or(Self::Untold) } else { scalar }
            }
        }
    }

    /// What the catalog says of it.
    pub(super) fn facts(&self) -> Option<&'static TypeFacts> {
        match self {
            Self::Builtin(name) => catalog().facts(name),
            Self::Untold | Self::Unknown | Self::Enum(_) | Self::EnumArray(_) | Self::Row => None,
        }
    }

    /// PostgreSQL's letter for the kind.
    pub(super) fn category(&self) -> char {
        match self {
            Self::Builtin(_) => self.facts().map_or('U', |facts| facts.category),
            Self::Enum(_) => 'E',
            Self::EnumArray(_) => 'A',
            Self::Row => 'P',
            Self::Untold | Self::Unknown => 'X',
        }
    }

    /// Whether it is preferred within its kind.
    pub(super) fn is_preferred(&self) -> bool {
        self.facts().is_some_and(|facts| facts.preferred)
    }

    /// What the elements of an array are.
    pub(super) fn element(&self) -> Option<Self> {
        match self {
            Self::EnumArray(name) => Some(Self::Enum(name.clone())),
            Self::Builtin(_) => {
                let facts = self.facts().filter(|facts| facts.category == 'A')?;
                facts.element.map(Self::Builtin)
            }
            Self::Untold | Self::Unknown | Self::Enum(_) | Self::Row => None,
        }
    }

    /// The bounds' type of a range.
    pub(super) fn bounds(&self) -> Option<Self> {
        self.made_of().filter(|made_of| self.category() == 'R' && made_of.category() != 'R')
    }

    /// The ranges' type of a multirange.
    pub(super) fn range(&self) -> Option<Self> {
        self.made_of().filter(|made_of| self.category() == 'R' && made_of.category() == 'R')
    }

    fn made_of(&self) -> Option<Self> {
        self.facts().and_then(|facts| facts.element).map(Self::Builtin)
    }

    /// An array of it.
    pub(super) fn array(&self) -> Option<Self> {
        match self {
            Self::Builtin(_) => self.facts()?.array.map(Self::Builtin),
            Self::Enum(name) => Some(Self::EnumArray(name.clone())),
            Self::Untold => Some(Self::Untold),
            Self::Unknown | Self::EnumArray(_) | Self::Row => None,
        }
    }

    /// What reading a text as this type depends on, and writing it.
    pub(super) fn in_and_out(&self) -> (Volatility, Volatility) {
        // Labels of an enum are looked up in the catalog.
        let stable = (Volatility::Stable, Volatility::Stable);
        self.facts().map_or(stable, |facts| (facts.input, facts.output))
    }

    /// Whether its values are texts with a collation.
    pub(super) fn is_collatable(&self) -> bool {
        let element = self.element().unwrap_or_else(|| self.clone());
        matches!(
            element,
            Self::Unknown | Self::Untold | Self::Builtin("text" | "varchar" | "bpchar")
        )
    }
}

/// The name in `pg_type` where it is not the document's.
const NAMES: [(Builtin, &str); 7] = [
    (Builtin::Boolean, "bool"),
    (Builtin::SmallInt, "int2"),
    (Builtin::Integer, "int4"),
    (Builtin::BigInt, "int8"),
    (Builtin::Real, "float4"),
    (Builtin::Double, "float8"),
    (Builtin::Char, "bpchar"),
];

fn catalog_name(builtin: Builtin) -> &'static str {
    let named = NAMES.iter().find(|(known, _)| *known == builtin);
    named.map_or_else(|| builtin.name(), |(_, name)| *name)
}

/// As a document spells it.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Untold => f.write_str("anything"),
            Self::Unknown => f.write_str("text"),
            Self::Enum(name) => write!(f, "{name}"),
            Self::EnumArray(name) => write!(f, "{name}[]"),
            Self::Row => f.write_str("a row"),
            Self::Builtin(_) if self.element().is_some() => {
                write!(f, "{}[]", self.element().unwrap_or(Self::Unknown))
            }
            Self::Builtin(name) => {
                let named = NAMES.iter().find(|(_, known)| known == name);
                f.write_str(named.map_or(name, |(builtin, _)| builtin.name()))
            }
        }
    }
}
