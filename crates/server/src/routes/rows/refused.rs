//! What PostgreSQL refused about rows, told in the words of the definition.
//!
//! Only names of the schema at hand and values that this request sent are repeated; what another
//! row holds is not.

mod constraint;

use definition::Definition;
use definition::model::Table;
use query::{Statement, WriteRequest};
use store::{Refusal, StoreError};

use crate::error::{ApiError, Code};

/// What was tried.
pub(super) struct Attempt<'a> {
    pub(super) definition: &'a Definition,
    pub(super) table: &'a Table,
    pub(super) write: Option<&'a WriteRequest>,
    pub(super) statement: &'a Statement,
}

impl<'a> Attempt<'a> {
    /// The table that a refusal is about: a cascade may have met another than the one asked for.
    fn refused_table(&self, refusal: &Refusal) -> &'a Table {
        let named = refusal.table.as_deref().and_then(|name| self.definition.table(name));
        named.unwrap_or(self.table)
    }
}

/// The refusal as an answer.
pub(super) fn explain(error: StoreError, attempt: &Attempt<'_>) -> ApiError {
    let known = match &error {
        StoreError::Unique(refusal) => Some(constraint::unique(refusal, attempt)),
        StoreError::ForeignKey(refusal) => Some(constraint::foreign_key(refusal, attempt)),
        StoreError::Check(refusal) => Some(constraint::check(refusal, attempt)),
        StoreError::NotNull(refusal) => Some(constraint::not_null(refusal, attempt)),
        StoreError::InvalidValue(refusal) => Some(invalid_value(refusal, attempt)),
        // Class 54: the value is larger or deeper than PostgreSQL can take.
        StoreError::Limit(refusal) if refusal.sqlstate.starts_with("54") => {
            Some(invalid_value(refusal, attempt))
        }
        StoreError::Undefined(_) => {
            Some(ApiError::new(Code::Conflict, "The table was changed at this moment. Try again."))
        }
        // Whatever its class, a refusal about a parameter is about the value in it.
        StoreError::Refused(refusal) if refusal.parameter().is_some() => {
            Some(invalid_value(refusal, attempt))
        }
        StoreError::Refused(refusal) if blames_request(&refusal.sqlstate) => {
            Some(ApiError::new(Code::RefusedByDatabase, sentence(&refusal.message)))
        }
        StoreError::Refused(_)
        | StoreError::Limit(_)
        | StoreError::Exclusion(_)
        | StoreError::Duplicate(_)
        | StoreError::Permission(_)
        | StoreError::Serialization(_)
        | StoreError::Locked(_)
        | StoreError::Timeout(_)
        | StoreError::ReadOnly(_)
        | StoreError::Stale(_)
        | StoreError::Unavailable { .. }
        | StoreError::NotFound(_)
        | StoreError::NameTaken(_)
        | StoreError::VersionConflict { .. }
        | StoreError::ChangeInProgress
        | StoreError::TablesInUse { .. }
        | StoreError::AtticChanged
        | StoreError::StillNeeded(_)
        | StoreError::Row { .. }
        | StoreError::Step { .. }
        | StoreError::LastOwner
        | StoreError::ProjectInUse
        | StoreError::LastProject
        | StoreError::TooMany { .. }
        | StoreError::Setup(_)
        | StoreError::Migration(_)
        | StoreError::Corrupt(_)
        | StoreError::Driver(_) => None,
    };
    known.unwrap_or_else(|| error.into())
}

/// The column is known from the parameter whose text PostgreSQL could not read.
fn invalid_value(refusal: &Refusal, attempt: &Attempt<'_>) -> ApiError {
    let place = refusal.parameter().and_then(|number| attempt.statement.place(number));
    let message = sentence(&refusal.message);
    let refused = match place {
        Some(place) => {
            let detail = ["`", &place.column, "`: ", &message].concat();
            ApiError::new(Code::InvalidValue, detail).at(place.path())
        }
        None => ApiError::new(Code::InvalidValue, message),
    };
    match &refusal.hint {
        Some(hint) => refused.hint(hint.clone()),
        None => refused,
    }
}

/// Classes of refusals that another request would not have met: features, cardinality, dependent
/// objects, syntax and rules, raised exceptions.
fn blames_request(sqlstate: &str) -> bool {
    ["0A", "21", "27", "2B", "42", "44", "P0"].iter().any(|class| sqlstate.starts_with(class))
}

/// PostgreSQL's message, as a sentence.
fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    [&first, characters.as_str(), "."].concat()
}
