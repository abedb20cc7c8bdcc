//! The crossing: what the store refuses, as what the client is answered.
//!
//! Handlers that know better (which field holds the address that is taken, what a constraint is
//! called in the user's words) say so before it comes to this.

use std::time::Duration;

use migration::PlanError;
use store::{Refusal, StoreError};

use super::{ApiError, Code};

/// When to come back after the database was away.
const RETRY_UNAVAILABLE: Duration = Duration::from_secs(2);
/// When to come back after somebody else held the data.
const RETRY_CONFLICT: Duration = Duration::from_secs(1);

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let report = report(&error);
        let answer = match error {
            StoreError::Unique(refusal) => {
                constraint(Code::UniqueViolation, "A row with this key exists", &refusal)
            }
            StoreError::ForeignKey(refusal) => {
                constraint(Code::ForeignKeyViolation, "A reference does not hold", &refusal)
            }
            StoreError::Check(refusal) => {
                constraint(Code::CheckViolation, "A check does not hold", &refusal)
            }
            StoreError::Exclusion(refusal) => {
                constraint(Code::ExclusionViolation, "The row conflicts with another", &refusal)
            }
            StoreError::NotNull(refusal) => missing_value(*refusal),
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
            StoreError::NameTaken(what) => name_taken(what),
            StoreError::VersionConflict { current } => moved_on(current),
            StoreError::ChangeInProgress => {
                Self::new(Code::ChangeInProgress, "Another change of this schema is under way.")
                    .hint("Try again when it has ended.")
                    .retry_after(RETRY_CONFLICT)
            }
            StoreError::TablesInUse { seconds, .. } => tables_in_use(seconds),
            StoreError::AtticChanged => attic_changed(),
            StoreError::StillNeeded(_) => {
                Self::new(Code::StillNeeded, "Something else in the attic still needs this.")
                    .hint("Purge what uses it first.")
            }
            StoreError::Row { source, .. } => return (*source).into(),
            StoreError::ProjectInUse => {
                Self::new(Code::ProjectInUse, "The project still holds schemas.")
                    .hint("Purge its schemas first, or keep the project.")
            }
            StoreError::LastProject => {
                Self::new(Code::LastProject, "A tenant keeps at least one project.")
            }
            StoreError::TooMany { of, limit } => too_many(of, limit),
            StoreError::Step { path, title, source } => refused_step(&path, &title, *source),
            StoreError::Undefined(_)
            | StoreError::Permission(_)
            | StoreError::Stale(_)
            | StoreError::Refused(_)
            | StoreError::Setup(_)
            | StoreError::Migration(_)
            | StoreError::Corrupt(_)
            | StoreError::Driver(_) => Self::internal(&report),
        };
        answer.report(report)
    }
}

impl From<PlanError> for ApiError {
    fn from(error: PlanError) -> Self {
        let detail = [&error.to_string(), "."].concat();
        match error {
            PlanError::Remedy { subject, source } => {
                let refusal = Self::new(Code::InvalidRemedy, detail);
                let refusal = refusal.at(["remedies.", &subject].concat());
                match source.hint {
                    Some(hint) => refusal.hint(hint),
                    None => refusal,
                }
            }
        }
    }
}

fn attic_changed() -> ApiError {
    let detail = "What this would bring back was purged meanwhile.";
    ApiError::new(Code::AtticChanged, detail).hint("Plan again.")
}

fn name_taken(what: &str) -> ApiError {
    let detail = ["Another ", what, " of this tenant has this name."].concat();
    ApiError::new(Code::NameTaken, detail).at("name")
}

fn moved_on(current: i32) -> ApiError {
    let detail = ["Meanwhile version ", &current.to_string(), " is in force."].concat();
    ApiError::new(Code::VersionConflict, detail).with("currentVersion", current.into())
}

fn tables_in_use(seconds: u64) -> ApiError {
    let detail =
        ["Others used the tables for ", &seconds.to_string(), " seconds. Nothing was changed."];
    ApiError::new(Code::TablesInUse, detail.concat()).retry_after(RETRY_UNAVAILABLE)
}

fn too_many(of: &str, limit: i64) -> ApiError {
    let detail = ["There may be at most ", &limit.to_string(), " ", of, "."].concat();
    ApiError::new(Code::LimitReached, detail)
}

/// What PostgreSQL refuses of a plan is a finding about the definition, unless it is about the
/// moment: a lock, a time limit, a lost connection.
fn refused_step(path: &str, title: &str, source: StoreError) -> ApiError {
    let momentary = matches!(
        source,
        StoreError::Serialization(_) | StoreError::Locked(_) | StoreError::Timeout(_)
    );
    let Some(refusal) = source.refusal().filter(|_| !momentary) else { return source.into() };
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

fn missing_value(refusal: Refusal) -> ApiError {
    let column = refusal.column.unwrap_or_default();
    let detail = ["Column ", &column, " needs a value."].concat();
    ApiError::new(Code::NotNullViolation, detail).at(column)
}

fn constraint(code: Code, sentence: &str, refusal: &Refusal) -> ApiError {
    match &refusal.constraint {
        Some(name) => ApiError::new(code, [sentence, " (", name, ")."].concat()),
        None => ApiError::new(code, [sentence, "."].concat()),
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
