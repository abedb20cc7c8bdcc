//! The crossing: what the store refuses, as what the client is answered.
//!
//! Handlers that know better (which field holds the address that is taken, what a constraint is
//! called in the user's words) say so before it comes to this.

use std::time::Duration;

use store::{Refusal, StoreError};

use super::{ApiError, Code};

/// When to come back after the database was away.
const RETRY_UNAVAILABLE: Duration = Duration::from_secs(2);
/// When to come back after somebody else held the data.
const RETRY_CONFLICT: Duration = Duration::from_secs(1);

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let report = report(&error);
        match error {
            StoreError::Unique(refusal) => {
                Self::new(Code::UniqueViolation, constraint("A row with this key exists", &refusal))
            }
            StoreError::ForeignKey(refusal) => Self::new(
                Code::ForeignKeyViolation,
                constraint("A reference does not hold", &refusal),
            ),
            StoreError::Check(refusal) => {
                Self::new(Code::CheckViolation, constraint("A check does not hold", &refusal))
            }
            StoreError::Exclusion(refusal) => Self::new(
                Code::ExclusionViolation,
                constraint("The row conflicts with another", &refusal),
            ),
            StoreError::NotNull(refusal) => {
                let column = refusal.column.unwrap_or_default();
                Self::new(Code::NotNullViolation, ["Column ", &column, " needs a value."].concat())
                    .at(column)
            }
            StoreError::InvalidValue(refusal) => Self::new(Code::InvalidValue, refusal.message),
            StoreError::Duplicate(_) => {
                Self::new(Code::AlreadyExists, "Something of this name exists already.")
            }
            StoreError::Serialization(_) | StoreError::Locked(_) => {
                Self::new(Code::Conflict, "Somebody else is changing this. Try again.")
                    .retry_after(RETRY_CONFLICT)
            }
            StoreError::Timeout(_) => {
                Self::new(Code::Timeout, "The database took longer than the limit.")
            }
            StoreError::Unavailable { .. } | StoreError::Limit(_) | StoreError::ReadOnly(_) => {
                Self::new(Code::Unavailable, "The database is out of reach. Try again shortly.")
                    .retry_after(RETRY_UNAVAILABLE)
            }
            StoreError::NotFound(what) => Self::not_found(what),
            StoreError::LastOwner => {
                Self::new(Code::LastOwner, "A tenant needs at least one owner.")
                    .hint("Make somebody else an owner first.")
            }
            StoreError::NameTaken(what) => {
                let detail = ["Another ", what, " of this tenant has this name."].concat();
                Self::new(Code::NameTaken, detail).at("name")
            }
            StoreError::VersionConflict { current } => {
                let version = current.to_string();
                let detail = ["Meanwhile version ", &version, " is in force."].concat();
                Self::new(Code::VersionConflict, detail).with("currentVersion", current.into())
            }
            StoreError::Step { path, title, source } => refused_step(path, &title, *source),
            StoreError::ProjectInUse => {
                Self::new(Code::ProjectInUse, "The project still holds schemas.")
                    .hint("Move, purge or delete its schemas first.")
            }
            StoreError::LastProject => {
                Self::new(Code::LastProject, "A tenant keeps at least one project.")
            }
            StoreError::TooMany { of, limit } => Self::new(
                Code::LimitReached,
                ["There may be at most ", &limit.to_string(), " ", of, "."].concat(),
            ),
            StoreError::Undefined(_)
            | StoreError::Permission(_)
            | StoreError::Stale(_)
            | StoreError::Refused(_)
            | StoreError::Setup(_)
            | StoreError::Migration(_)
            | StoreError::Corrupt(_)
            | StoreError::Driver(_) => Self::internal(&report),
        }
        .report(report)
    }
}

/// What PostgreSQL refuses of a plan is a finding about the definition, unless it is about the
/// moment: a lock, a time limit, a lost connection.
fn refused_step(path: String, title: &str, source: StoreError) -> ApiError {
    let Some(refusal) = source.refusal() else { return source.into() };
    if matches!(
        source,
        StoreError::Serialization(_) | StoreError::Locked(_) | StoreError::Timeout(_)
    ) {
        return source.into();
    }
    let message = [title, ": ", &refusal.message].concat();
    let problem = serde_json::json!({
        "code": "refused_by_database",
        "path": path,
        "message": message,
        "hint": refusal.hint,
        "severity": "error",
    });
    ApiError::new(Code::InvalidDefinition, "PostgreSQL refused a part of the definition.")
        .problems(vec![problem])
}

fn constraint(sentence: &str, refusal: &Refusal) -> String {
    match &refusal.constraint {
        Some(name) => [sentence, " (", name, ")."].concat(),
        None => [sentence, "."].concat(),
    }
}

/// The error with its causes, for the log.
fn report(error: &StoreError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
