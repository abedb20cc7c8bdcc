//! Why a data request is refused. HTTP is not known here; each refusal has a code and a place.

use thiserror::Error;

use crate::limits::MAX_QUOTED_CHARS;

/// A refusal, told in the client's own words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QueryError {
    /// The schema has no such table.
    #[error("There is no table `{name}` in this schema.")]
    UnknownTable {
        /// The name asked for.
        name: String,
        /// A table of this schema that is nearly called so.
        nearest: Option<String>,
    },
    /// The table has no such column.
    #[error("Table `{table}` has no column `{name}`.")]
    UnknownColumn {
        /// The table.
        table: String,
        /// The name asked for.
        name: String,
        /// Where it was asked for.
        path: String,
        /// A column of this table that is nearly called so.
        nearest: Option<String>,
    },
    /// The query string cannot be read.
    #[error("{message}")]
    InvalidQuery {
        /// The parameter concerned.
        parameter: String,
        /// What is wrong with it.
        message: String,
        /// What would mend it.
        hint: Option<String>,
    },
    /// A filter uses a word that is no operator.
    #[error("`{operator}` is no operator.")]
    UnknownOperator {
        /// The column filtered.
        column: String,
        /// The word used.
        operator: String,
        /// The operator that was perhaps meant.
        nearest: Option<&'static str>,
    },
    /// The operator, or sorting, does not exist for the column's type.
    #[error("Column `{column}` is of type {data_type}, which {lacks}.")]
    UnsupportedOperator {
        /// The column.
        column: String,
        /// Its type.
        data_type: String,
        /// What the type cannot do, as `has no order`.
        lacks: &'static str,
    },
    /// A part of the grammar of `select` that this server does not take.
    #[error("`select` takes columns, aliases and casts; {what} `{written}` is not taken.")]
    UnsupportedSelect {
        /// What it would be.
        what: &'static str,
        /// How it was written.
        written: String,
    },
    /// A part of the grammar of filters that this server does not take.
    #[error("Filters compare columns of the table itself; {what} `{written}` is not taken.")]
    UnsupportedFilter {
        /// What it would be.
        what: &'static str,
        /// How it was written.
        written: String,
    },
    /// More than a named limit.
    #[error("At most {limit} {what}.")]
    TooMany {
        /// What is limited, as `filters in one request`.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A value does not fit its column.
    #[error("{message}")]
    InvalidValue {
        /// The column, and the row when several were sent: `price`, `[3].price`.
        path: String,
        /// What the column takes.
        message: String,
        /// What would mend it.
        hint: Option<String>,
    },
    /// PostgreSQL alone writes this column.
    #[error("Column `{column}` cannot be written: {reason}.")]
    ReadOnlyColumn {
        /// The column.
        column: String,
        /// Where in the body.
        path: String,
        /// Why not.
        reason: &'static str,
    },
    /// Rows of a table without a primary key have no address.
    #[error("Table `{table}` has no primary key, so no single row of it can be addressed.")]
    NoPrimaryKey {
        /// The table.
        table: String,
    },
    /// The key in the address has too few or too many parts, or cannot be read.
    #[error("{message}")]
    InvalidKey {
        /// What is wrong with it.
        message: String,
    },
}

impl QueryError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownTable { .. } => "unknown_table",
            Self::UnknownColumn { .. } => "unknown_column",
            Self::InvalidQuery { .. } => "invalid_query",
            Self::UnknownOperator { .. } => "unknown_operator",
            Self::UnsupportedOperator { .. } => "unsupported_operator",
            Self::UnsupportedSelect { .. } => "unsupported_select",
            Self::UnsupportedFilter { .. } => "unsupported_filter",
            Self::TooMany { .. } => "too_many",
            Self::InvalidValue { .. } => "invalid_value",
            Self::ReadOnlyColumn { .. } => "read_only_column",
            Self::NoPrimaryKey { .. } => "no_primary_key",
            Self::InvalidKey { .. } => "invalid_key",
        }
    }

    /// The place it concerns: a parameter of the URL, or a column of the body.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::UnknownColumn { path, .. }
            | Self::InvalidValue { path, .. }
            | Self::ReadOnlyColumn { path, .. } => {
                Some(path.as_str()).filter(|path| !path.is_empty())
            }
            Self::InvalidQuery { parameter, .. } => Some(parameter),
            Self::UnknownOperator { column, .. } | Self::UnsupportedOperator { column, .. } => {
                Some(column)
            }
            Self::UnsupportedSelect { .. } => Some("select"),
            Self::UnsupportedFilter { written, .. } => Some(written),
            Self::UnknownTable { .. }
            | Self::TooMany { .. }
            | Self::NoPrimaryKey { .. }
            | Self::InvalidKey { .. } => None,
        }
    }

    /// What would mend it.
    pub fn hint(&self) -> Option<String> {
        let meant = |name: &str| format!("Did you mean `{name}`?");
        match self {
            Self::UnknownTable { nearest, .. } | Self::UnknownColumn { nearest, .. } => {
                nearest.as_deref().map(meant)
            }
            Self::UnknownOperator { nearest, .. } => Some(nearest.map_or_else(
                || {
                    "The operators are eq, neq, gt, gte, lt, lte, like, ilike, in and is, each \
                     also after `not.`: `price=gte.10`."
                        .to_owned()
                },
                meant,
            )),
            Self::InvalidQuery { hint, .. } | Self::InvalidValue { hint, .. } => hint.clone(),
            Self::ReadOnlyColumn { .. } => Some("Leave it out of the row.".to_owned()),
            Self::UnsupportedOperator { .. }
            | Self::UnsupportedSelect { .. }
            | Self::UnsupportedFilter { .. }
            | Self::TooMany { .. }
            | Self::NoPrimaryKey { .. }
            | Self::InvalidKey { .. } => None,
        }
    }

    /// A parameter of the URL that cannot be read.
    pub(crate) fn query(parameter: &str, message: impl Into<String>) -> Self {
        let parameter = shortened(parameter);
        Self::InvalidQuery { parameter, message: message.into(), hint: None }
    }

    /// The same, with what would mend it.
    pub(crate) fn query_hint(parameter: &str, message: impl Into<String>, hint: &str) -> Self {
        let (parameter, message) = (shortened(parameter), message.into());
        Self::InvalidQuery { parameter, message, hint: Some(hint.to_owned()) }
    }
}

/// A client's text as a message repeats it: not longer than a line.
pub(crate) fn shortened(text: &str) -> String {
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(MAX_QUOTED_CHARS).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}
