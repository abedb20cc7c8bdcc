//! What the database refused, in words the rest of the house can act on.
//!
//! This is the one border where SQLSTATE codes become names. A [`Refusal`] keeps what PostgreSQL
//! reported (table, column, constraint, detail, context) next to its source, so that an answer can
//! name the constraint and the log still sees everything.

use std::fmt;

use thiserror::Error;
use tokio_postgres::error::{DbError, SqlState};

/// Everything that can go wrong in this crate.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A row with this key exists already (23505).
    #[error("unique: {0}")]
    Unique(Box<Refusal>),
    /// A referenced row is missing, or the row is still referenced (23503, 23001).
    #[error("foreign key: {0}")]
    ForeignKey(Box<Refusal>),
    /// A check constraint, or a domain's, does not hold (23514).
    #[error("check: {0}")]
    Check(Box<Refusal>),
    /// A value is required (23502).
    #[error("not null: {0}")]
    NotNull(Box<Refusal>),
    /// An exclusion constraint does not hold (23P01).
    #[error("exclusion: {0}")]
    Exclusion(Box<Refusal>),
    /// A value does not fit its type, or cannot be computed with (class 22, 42804, 428C9).
    #[error("invalid value: {0}")]
    InvalidValue(Box<Refusal>),
    /// A table, namespace, column, function or type does not exist.
    #[error("undefined: {0}")]
    Undefined(Box<Refusal>),
    /// A table, namespace, role, type or column of this name exists already.
    #[error("duplicate: {0}")]
    Duplicate(Box<Refusal>),
    /// The role of the statement may not do this (42501).
    #[error("permission: {0}")]
    Permission(Box<Refusal>),
    /// Two transactions stood in each other's way; trying again may succeed (40001, 40P01).
    #[error("serialization: {0}")]
    Serialization(Box<Refusal>),
    /// A lock was not granted within `lock_timeout` (55P03).
    #[error("locked: {0}")]
    Locked(Box<Refusal>),
    /// The statement took longer than its limit, or was cancelled (57014).
    #[error("timeout: {0}")]
    Timeout(Box<Refusal>),
    /// A write where only reads are allowed (25006).
    #[error("read only: {0}")]
    ReadOnly(Box<Refusal>),
    /// A prepared statement outlived a change of its table (0A000); prepare again and retry.
    #[error("stale statement: {0}")]
    Stale(Box<Refusal>),
    /// A limit of PostgreSQL was reached: disk, memory, statement depth (53, 54, except 53300).
    #[error("limit: {0}")]
    Limit(Box<Refusal>),
    /// PostgreSQL refused for a reason without a name of its own here.
    #[error("refused: {0}")]
    Refused(Box<Refusal>),
    /// PostgreSQL cannot be reached, is starting or stopping, or has no connection left.
    #[error("PostgreSQL is out of reach: {message}")]
    Unavailable {
        /// What was found, for the log.
        message: String,
        /// The driver's own report.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The thing asked for does not exist, or not for this caller.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The change would leave a tenant without an owner.
    #[error("a tenant needs an owner")]
    LastOwner,
    /// The tenant has something of this name already.
    #[error("the {0}'s name is taken")]
    NameTaken(&'static str),
    /// The caller has seen another version than the one in force.
    #[error("version {current} is in force")]
    VersionConflict {
        /// The version in force.
        current: i32,
    },
    /// Another change of the same schema is under way and did not end in time.
    #[error("another change of the schema is under way")]
    ChangeInProgress,
    /// Others held the tables for as long as a change may wait.
    #[error("others held the tables for {seconds} seconds: {source}")]
    TablesInUse {
        /// For how long it was tried.
        seconds: u64,
        /// What the last attempt met.
        source: Box<StoreError>,
    },
    /// What a plan would take back from the attic is no longer there.
    #[error("what the plan takes back is no longer in the attic")]
    AtticChanged,
    /// Something else still needs what should be removed from the attic.
    #[error("something in the attic is still needed: {0}")]
    StillNeeded(Box<Refusal>),
    /// One of several rows was refused, and with it all of them.
    #[error("row {row}: {source}")]
    Row {
        /// Which one, as the caller named it.
        row: String,
        /// The refusal.
        source: Box<StoreError>,
    },
    /// PostgreSQL refused a step of a plan for what the definition says.
    #[error("{title}: {source}")]
    Step {
        /// The place in the definition.
        path: String,
        /// What the step was for.
        title: String,
        /// The refusal.
        source: Box<StoreError>,
    },
    /// The project still holds schemas.
    #[error("the project holds schemas")]
    ProjectInUse,
    /// A tenant keeps at least one project.
    #[error("a tenant needs a project")]
    LastProject,
    /// A named limit of ours was reached.
    #[error("at most {limit} {of}")]
    TooMany {
        /// What is limited, in the plural.
        of: &'static str,
        /// The limit.
        limit: i64,
    },
    /// The database or its role lacks something Tenanta needs; the text says what to do.
    #[error("{0}")]
    Setup(String),
    /// Our own tables could not be brought up to date.
    #[error("migrating our own tables: {0}")]
    Migration(#[source] Box<refinery::Error>),
    /// What was stored cannot be read back: a defect of ours, or a hand in the tables.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
    /// The driver failed in a way that is neither a refusal nor a lost connection.
    #[error("driver: {0}")]
    Driver(#[source] tokio_postgres::Error),
}

/// What PostgreSQL reported about a refused statement.
#[derive(Debug)]
pub struct Refusal {
    /// The SQLSTATE, five characters.
    pub sqlstate: String,
    /// The primary message.
    pub message: String,
    /// The secondary message; may quote values.
    pub detail: Option<String>,
    /// PostgreSQL's own advice.
    pub hint: Option<String>,
    /// The call stack of the message: names the function or the COPY line.
    pub context: Option<String>,
    /// The namespace concerned.
    pub namespace: Option<String>,
    /// The table concerned.
    pub table: Option<String>,
    /// The column concerned.
    pub column: Option<String>,
    /// The data type concerned.
    pub data_type: Option<String>,
    /// The constraint concerned.
    pub constraint: Option<String>,
    /// The driver's error, for the log.
    pub source: tokio_postgres::Error,
}

impl Refusal {
    fn new(report: &DbError, source: tokio_postgres::Error) -> Box<Self> {
        let text = |part: Option<&str>| part.map(str::to_owned);
        Box::new(Self {
            sqlstate: report.code().code().to_owned(),
            message: report.message().to_owned(),
            detail: text(report.detail()),
            hint: text(report.hint()),
            context: text(report.where_()),
            namespace: text(report.schema()),
            table: text(report.table()),
            column: text(report.column()),
            data_type: text(report.datatype()),
            constraint: text(report.constraint()),
            source,
        })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.sqlstate)?;
        for (name, part) in [
            ("detail", &self.detail),
            ("table", &self.table),
            ("column", &self.column),
            ("constraint", &self.constraint),
            ("context", &self.context),
        ] {
            if let Some(part) = part {
                write!(f, "; {name}: {part}")?;
            }
        }
        Ok(())
    }
}

impl StoreError {
    /// What PostgreSQL reported, when it was PostgreSQL that refused.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Unique(refusal)
            | Self::ForeignKey(refusal)
            | Self::Check(refusal)
            | Self::NotNull(refusal)
            | Self::Exclusion(refusal)
            | Self::InvalidValue(refusal)
            | Self::Undefined(refusal)
            | Self::Duplicate(refusal)
            | Self::Permission(refusal)
            | Self::Serialization(refusal)
            | Self::Locked(refusal)
            | Self::Timeout(refusal)
            | Self::ReadOnly(refusal)
            | Self::Stale(refusal)
            | Self::Limit(refusal)
            | Self::Refused(refusal)
            | Self::StillNeeded(refusal) => Some(refusal),
            Self::Step { source, .. }
            | Self::TablesInUse { source, .. }
            | Self::Row { source, .. } => source.refusal(),
            Self::Unavailable { .. }
            | Self::NotFound(_)
            | Self::NameTaken(_)
            | Self::VersionConflict { .. }
            | Self::ChangeInProgress
            | Self::AtticChanged
            | Self::LastOwner
            | Self::ProjectInUse
            | Self::LastProject
            | Self::TooMany { .. }
            | Self::Setup(_)
            | Self::Migration(_)
            | Self::Corrupt(_)
            | Self::Driver(_) => None,
        }
    }

    /// Whether it is about the moment, so that trying again may succeed: others hold a lock, or two
    /// stood in each other's way.
    pub(crate) fn is_momentary(&self) -> bool {
        matches!(self, Self::Locked(_) | Self::Serialization(_))
    }

    /// Whether the connection is gone, so that nobody knows whether what was asked for was done.
    pub(crate) fn is_lost(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::Driver(_))
    }

    /// Whether the refusal came from the constraint of this name.
    pub fn is_constraint(&self, name: &str) -> bool {
        self.refusal().is_some_and(|refusal| refusal.constraint.as_deref() == Some(name))
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(report) = error.as_db_error().cloned() else {
            return without_report(error);
        };
        let name = name_of(report.code(), report.routine());
        if name == Name::Unavailable {
            return Self::Unavailable {
                message: report.message().to_owned(),
                source: Some(Box::new(error)),
            };
        }
        let refusal = Refusal::new(&report, error);
        match name {
            Name::Unique => Self::Unique(refusal),
            Name::ForeignKey => Self::ForeignKey(refusal),
            Name::Check => Self::Check(refusal),
            Name::NotNull => Self::NotNull(refusal),
            Name::Exclusion => Self::Exclusion(refusal),
            Name::InvalidValue => Self::InvalidValue(refusal),
            Name::Undefined => Self::Undefined(refusal),
            Name::Duplicate => Self::Duplicate(refusal),
            Name::Permission => Self::Permission(refusal),
            Name::Serialization => Self::Serialization(refusal),
            Name::Locked => Self::Locked(refusal),
            Name::Timeout => Self::Timeout(refusal),
            Name::ReadOnly => Self::ReadOnly(refusal),
            Name::Stale => Self::Stale(refusal),
            Name::Limit => Self::Limit(refusal),
            Name::Refused | Name::Unavailable => Self::Refused(refusal),
        }
    }
}

impl From<deadpool_postgres::PoolError> for StoreError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(error) => {
                // Whatever stops a connection from being made, the database is out of reach.
                Self::Unavailable { message: describe(&error), source: Some(Box::new(error)) }
            }
            error @ (deadpool_postgres::PoolError::Timeout(_)
            | deadpool_postgres::PoolError::Closed
            | deadpool_postgres::PoolError::NoRuntimeSpecified
            | deadpool_postgres::PoolError::PostCreateHook(_)) => {
                Self::Unavailable { message: error.to_string(), source: Some(Box::new(error)) }
            }
        }
    }
}

/// The driver's error with its causes, which its own text leaves out.
fn describe(error: &tokio_postgres::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

/// Errors without a report are a lost connection or a misuse of the driver.
fn without_report(error: tokio_postgres::Error) -> StoreError {
    let lost = error.is_closed()
        || std::error::Error::source(&error)
            .is_some_and(<dyn std::error::Error>::is::<std::io::Error>);
    if lost {
        StoreError::Unavailable { message: describe(&error), source: Some(Box::new(error)) }
    } else {
        StoreError::Driver(error)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Unique,
    ForeignKey,
    Check,
    NotNull,
    Exclusion,
    InvalidValue,
    Undefined,
    Duplicate,
    Permission,
    Serialization,
    Locked,
    Timeout,
    ReadOnly,
    Stale,
    Limit,
    Refused,
    Unavailable,
}

/// The routine tells a stale statement from every other unsupported feature.
fn name_of(state: &SqlState, routine: Option<&str>) -> Name {
    match state.code() {
        "23505" => Name::Unique,
        "23503" | "23001" => Name::ForeignKey,
        "23514" | "44000" => Name::Check,
        "23502" => Name::NotNull,
        "23P01" => Name::Exclusion,
        "42804" | "42846" | "428C9" | "42P18" => Name::InvalidValue,
        "42P01" | "42703" | "42704" | "42883" | "3F000" | "42P02" => Name::Undefined,
        "42P07" | "42701" | "42710" | "42P06" | "42723" => Name::Duplicate,
        "42501" => Name::Permission,
        "40001" | "40P01" => Name::Serialization,
        "55P03" | "55006" => Name::Locked,
        "57014" | "25P03" => Name::Timeout,
        "25006" => Name::ReadOnly,
        "0A000" if routine == Some("RevalidateCachedQuery") => Name::Stale,
        "53300" | "57P01" | "57P02" | "57P03" | "57P05" => Name::Unavailable,
        code if code.starts_with("08") => Name::Unavailable,
        code if code.starts_with("22") => Name::InvalidValue,
        code if code.starts_with("53") || code.starts_with("54") => Name::Limit,
        _ => Name::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlstates_have_names() {
        for (code, name) in [
            ("23505", Name::Unique),
            ("23503", Name::ForeignKey),
            ("23514", Name::Check),
            ("22P02", Name::InvalidValue),
            ("22003", Name::InvalidValue),
            ("42P01", Name::Undefined),
            ("08006", Name::Unavailable),
            ("53300", Name::Unavailable),
            ("53100", Name::Limit),
            ("54001", Name::Limit),
            ("0A000", Name::Refused),
            ("XX000", Name::Refused),
        ] {
            assert_eq!(name_of(&SqlState::from_code(code), None), name, "{code}");
        }
        let state = SqlState::FEATURE_NOT_SUPPORTED;
        assert_eq!(name_of(&state, Some("RevalidateCachedQuery")), Name::Stale);
    }
}
