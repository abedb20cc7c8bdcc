//! Exclusion constraints.

use super::{Deferrable, IndexMethod, IndexTarget};
use crate::expression::Expression;
use crate::name::Name;

/// A rule for every two rows: not all of the comparisons hold between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// The constraint's name; its index has the same.
    pub name: Name,
    /// The access method of its index.
    pub method: IndexMethod,
    /// What is compared, at least one.
    pub elements: Vec<ExclusionElement>,
    /// Only rows for which this holds are compared.
    pub predicate: Option<Expression>,
    /// When it is checked.
    pub deferrable: Deferrable,
}

/// One comparison of an exclusion constraint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExclusionElement {
    /// A column or an expression.
    pub target: IndexTarget,
    /// An operator class by name, when it is not the type's default.
    pub operator_class: Option<Name>,
    /// The comparison.
    pub operator: ExclusionOperator,
}

/// A comparison that holds both ways round, as exclusion constraints need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExclusionOperator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `&&`
    Overlaps,
    /// `-|-`
    Adjacent,
    /// `~=`
    Same,
}

impl ExclusionOperator {
    /// Every operator as documents and SQL write it.
    pub const ALL: [(&'static str, Self); 5] = [
        ("=", Self::Equal),
        ("<>", Self::NotEqual),
        ("&&", Self::Overlaps),
        ("-|-", Self::Adjacent),
        ("~=", Self::Same),
    ];

    /// The operator as documents and SQL write it.
    pub fn word(self) -> &'static str {
        super::word_of(&Self::ALL, self)
    }
}
