//! What a plan may cost, in words and with a way out.

use serde::Serialize;
use serde_json::Value;

/// A cost or a danger of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Hazard {
    /// What kind of cost it is.
    pub code: HazardCode,
    /// Whether somebody must say that they know.
    pub severity: Severity,
    /// What it concerns, in the names of the version in force: `orders` or `orders.note`.
    pub subject: String,
    /// A sentence in the user's words.
    pub message: String,
    /// What can be done about it.
    pub remedy: String,
    /// How many rows are concerned, when the data were asked.
    pub rows: Option<u64>,
    /// Some of these rows.
    pub sample_rows: Vec<Value>,
}

/// Kinds of costs. Never renamed and never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HazardCode {
    /// Values go out of sight; they wait in the attic until they expire.
    DataLoss,
    /// Rows do not fit what is asked: the change cannot be applied until something is chosen.
    RowsDoNotFit,
    /// A table is written anew.
    Rewrite,
    /// Others wait for a lock for longer than a moment.
    Lock,
    /// It takes long, though nobody waits.
    Slow,
    /// Values are changed as they are converted; the originals wait in the attic.
    ValuesChange,
    /// Something that a client may rely on is no longer there or no longer called so.
    BreaksClients,
}

impl HazardCode {
    /// Every kind, with when it is given.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::DataLoss, "Values go out of sight. They wait in the attic until they expire."),
        (
            Self::RowsDoNotFit,
            "Rows do not fit what is asked. Nothing is applied until a remedy is chosen for them.",
        ),
        (Self::Rewrite, "A table is written anew while others wait for it."),
        (Self::Lock, "Others wait for a lock for longer than a moment."),
        (Self::Slow, "It takes long, though nobody waits."),
        (
            Self::ValuesChange,
            "Values are converted and may read differently. The originals wait in the attic.",
        ),
        (Self::BreaksClients, "A name that clients may use is gone."),
    ];

    /// The code as documents write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::DataLoss => "data_loss",
            Self::RowsDoNotFit => "rows_do_not_fit",
            Self::Rewrite => "rewrite",
            Self::Lock => "lock",
            Self::Slow => "slow",
            Self::ValuesChange => "values_change",
            Self::BreaksClients => "breaks_clients",
        }
    }
}

/// Whether somebody must say that they know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Good to know.
    Notice,
    /// To be acknowledged by key before the plan is applied.
    Severe,
    /// Stands in the way until a remedy is chosen.
    Blocking,
}

impl Hazard {
    /// What acknowledges it: `data_loss:orders.note`.
    pub fn key(&self) -> String {
        [self.code.word(), ":", &self.subject].concat()
    }
}
