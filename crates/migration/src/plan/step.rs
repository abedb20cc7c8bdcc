//! One physical act of a plan.

use definition::Name;
use serde::{Deserialize, Serialize};
use sql::Sql;

use super::Estimate;

/// One physical act.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Forward.
    pub sql: Sql,
    /// Back, where there is a way. In [`Stage::Prepare`] it also undoes an interrupted step, so it
    /// does not mind when there is nothing to undo.
    pub rollback: Option<Sql>,
    /// When it runs.
    pub stage: Stage,
    /// How it runs.
    pub run: Run,
    /// The locks it takes on tables that others may be using, the other end of a key too.
    pub locks: Vec<Lock>,
    /// Whether it writes every row of a table anew.
    pub rewrites: bool,
    /// Whether it reads every row of a table.
    pub scans: bool,
    /// What it should cost.
    pub estimate: Estimate,
    /// What it is for, so that a refusal finds its place in the document.
    pub subject: Subject,
}

/// When a step runs. Stages follow one another in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// Before the version changes, while the old one is served: only adds what the old version
    /// does not see. Each step commits by itself and is recorded; when one fails, those before it
    /// are undone.
    Prepare,
    /// In one transaction, together with the new version.
    Switch,
    /// After the version has changed. No step of it can fail for what the rows say; it is tried
    /// again until it is done.
    Finish,
}

/// How a step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Run {
    /// Inside a transaction.
    Transactional,
    /// By itself, because PostgreSQL refuses it inside a transaction: an index built concurrently.
    Alone,
    /// Again and again, over one range of blocks of its table after the other. The statement takes
    /// `$1` and `$2`, the first block and the one after the last, as text of a `tid`.
    Batches,
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
    /// The table, as it is called when the step runs.
    pub table: Name,
    /// How strong.
    pub mode: LockMode,
}

/// PostgreSQL's table locks that our statements take, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LockMode {
    /// Reads and writes go on.
    RowExclusive,
    /// Reads and writes go on; other schema changes wait.
    ShareUpdateExclusive,
    /// Reads go on, writes wait.
    Share,
    /// Reads go on, writes wait.
    ShareRowExclusive,
    /// Everybody waits.
    AccessExclusive,
}

impl Step {
    /// Whether it can run inside a transaction.
    pub fn is_transactional(&self) -> bool {
        self.run == Run::Transactional
    }

    /// The way back as text.
    pub fn rollback_text(&self) -> Option<&str> {
        self.rollback.as_ref().map(Sql::text)
    }
}

impl LockMode {
    /// PostgreSQL's words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::RowExclusive => "ROW EXCLUSIVE",
            Self::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            Self::Share => "SHARE",
            Self::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            Self::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }
}
