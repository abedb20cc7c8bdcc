//! One side of a column that a change makes different.

use definition::column_type::ColumnType;
use definition::model::Identity;
use definition::{Expression, Name};

/// A side of a column, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facet {
    /// What it holds.
    Type {
        /// Before.
        from: ColumnType,
        /// After.
        to: ColumnType,
    },
    /// The order and equality of its texts.
    Collation {
        /// Before.
        from: Option<Name>,
        /// After.
        to: Option<Name>,
    },
    /// Whether NULL is refused from now on.
    NotNull(bool),
    /// What is stored when a row brings no value.
    Default {
        /// Before.
        from: Option<Expression>,
        /// After.
        to: Option<Expression>,
    },
    /// How it is computed.
    Generated {
        /// Before.
        from: Option<Expression>,
        /// After.
        to: Option<Expression>,
    },
    /// Who numbers it.
    Identity {
        /// Before.
        from: Option<Identity>,
        /// After.
        to: Option<Identity>,
    },
    /// What it means.
    Description {
        /// Before.
        from: Option<String>,
        /// After.
        to: Option<String>,
    },
}
