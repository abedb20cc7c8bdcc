//! The crossing: what the query crate refuses, as what the client is answered.

use query::QueryError;

use super::{ApiError, Code};

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        let mut refusal = Self::new(code(&error), error.to_string());
        if let Some(path) = error.path() {
            refusal = refusal.at(path);
        }
        match error.hint() {
            Some(hint) => refusal.hint(hint),
            None => refusal,
        }
    }
}

fn code(error: &QueryError) -> Code {
    match error {
        QueryError::UnknownTable { .. } => Code::UnknownTable,
        QueryError::UnknownColumn { .. } => Code::UnknownColumn,
        QueryError::InvalidQuery { .. } => Code::InvalidQuery,
        QueryError::UnknownOperator { .. } => Code::UnknownOperator,
        QueryError::UnsupportedOperator { .. } => Code::UnsupportedOperator,
        QueryError::UnsupportedSelect { .. } => Code::UnsupportedSelect,
        QueryError::UnsupportedFilter { .. } => Code::UnsupportedFilter,
        QueryError::TooMany { .. } => Code::TooMany,
        QueryError::InvalidValue { .. } => Code::InvalidValue,
        QueryError::ReadOnlyColumn { .. } => Code::ReadOnlyColumn,
        QueryError::NoPrimaryKey { .. } => Code::NoPrimaryKey,
        QueryError::InvalidKey { .. } => Code::InvalidKey,
    }
}
