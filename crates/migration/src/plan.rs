//! The ordered steps from one version to the next.

use std::fmt;

use definition::Name;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sql::Sql;

use crate::change::Change;

/// Everything that will be done, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What differs, as a person would tell it.
    pub changes: Vec<Change>,
    /// What PostgreSQL will be told.
    pub steps: Vec<Step>,
}

/// One physical act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Forward.
    pub sql: Sql,
    /// Back, where there is a way.
    pub rollback: Option<Sql>,
    /// The locks it takes on tables that others may be using.
    pub locks: Vec<Lock>,
    /// Whether it writes every row of a table anew.
    pub rewrites: bool,
    /// Whether it reads every row of a table.
    pub scans: bool,
    /// Whether it can run inside a transaction.
    pub transactional: bool,
    /// What it is for, so that a refusal finds its place in the document.
    pub subject: Subject,
}

/// What a step is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The place in the canonical document, as `tables[2].checks[0]`.
    pub path: String,
    /// What a person calls it, as "the check `orders_total_check`".
    pub title: String,
}

/// A lock on a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The table.
    pub table: Name,
    /// How strong.
    pub mode: LockMode,
}

/// PostgreSQL's table locks that our statements take, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum LockMode {
    /// Reads and writes go on; other schema changes wait.
    ShareUpdateExclusive,
    /// Reads go on, writes wait.
    Share,
    /// Reads go on, writes wait.
    ShareRowExclusive,
    /// Everybody waits.
    AccessExclusive,
}

impl Plan {
    /// Whether there is a way back from every step.
    pub fn is_reversible(&self) -> bool {
        self.steps.iter().all(|step| step.rollback.is_some())
    }

    /// The whole as text, forward.
    pub fn sql(&self) -> String {
        joined(self.steps.iter().map(|step| &step.sql))
    }

    /// The whole as text, back, last step first; nothing when a step has no way back.
    pub fn rollback_sql(&self) -> Option<String> {
        self.is_reversible()
            .then(|| joined(self.steps.iter().rev().filter_map(|step| step.rollback.as_ref())))
    }

    /// What tells this plan from every other one.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        for step in &self.steps {
            hash.update(step.sql.text());
            hash.update([0, u8::from(step.transactional)]);
        }
        Fingerprint(hash.finalize().into())
    }
}

impl Step {
    /// The way back as text.
    pub fn rollback_text(&self) -> Option<&str> {
        self.rollback.as_ref().map(Sql::text)
    }
}

fn joined<'a>(statements: impl Iterator<Item = &'a Sql>) -> String {
    statements.flat_map(|sql| [sql.text(), ";\n"]).collect()
}

/// A hash of everything a plan will run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

/// Lower-case hexadecimal.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
