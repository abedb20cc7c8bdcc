//! Why a value does not fit, before it is known which column it was for.

use crate::QueryError;
use crate::error::shortened;
use crate::statement::Place;

/// A value that does not fit its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// What the type takes, as in "takes …".
    takes: String,
    /// What was sent instead, as the client wrote it.
    written: Option<String>,
    hint: Option<String>,
}

impl Misfit {
    /// The type takes this.
    pub(crate) fn new(takes: impl Into<String>) -> Self {
        Self { takes: takes.into(), written: None, hint: None }
    }

    /// This was sent.
    pub(crate) fn instead_of(self, written: &str) -> Self {
        Self { written: Some(shortened(written)), ..self }
    }

    /// This would mend it.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The refusal that names the column.
    pub(crate) fn at(self, place: &Place) -> QueryError {
        let Self { takes, written, hint } = self;
        let message = match written {
            Some(written) => format!("`{}` takes {takes}, not `{written}`.", place.column),
            None => format!("`{}` takes {takes}.", place.column),
        };
        QueryError::InvalidValue { path: place.path(), message, hint }
    }
}
