//! What a plan wants to know of the data before anything happens.

use serde_json::Value;
use sql::Sql;

use super::{Hazard, HazardCode, Severity};

/// The most rows that a hazard shows.
pub const MAX_SAMPLE_ROWS: u32 = 10;

/// A question to the data as they are: which rows would not fit?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Where the answer goes: `orders.total`, in the names of the version in force.
    pub subject: String,
    /// Statements that come first in the same transaction, which is always rolled back: a function
    /// that tells whether a value can be converted.
    pub before: Vec<Sql>,
    /// Gives one number: how many rows do not fit. It reads the whole table.
    pub count: Sql,
    /// Gives at most [`MAX_SAMPLE_ROWS`] of them, each one column of type `jsonb`.
    pub sample: Sql,
    /// What does not fit, as a person says it: "have no value for `total`".
    pub complaint: String,
    /// What can be done about it.
    pub remedy: String,
    /// Whether a remedy was chosen, so that these rows no longer stand in the way.
    pub remedied: bool,
}

/// What the data answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observation {
    /// How many rows do not fit.
    pub rows: u64,
    /// Some of them.
    pub sample_rows: Vec<Value>,
}

impl Probe {
    /// The hazard when the data gave no answer in time.
    pub fn unknown(&self) -> Hazard {
        Hazard {
            code: HazardCode::RowsDoNotFit,
            severity: Severity::Notice,
            subject: self.subject.clone(),
            message: ["It could not be told in time whether rows ", &self.complaint, "."].concat(),
            remedy: "If some do, the change is refused and nothing happens.".to_owned(),
            rows: None,
            sample_rows: Vec::new(),
        }
    }

    /// The hazard that an answer makes; none when every row fits.
    pub fn hazard(&self, observation: Observation) -> Option<Hazard> {
        let Observation { rows, sample_rows } = observation;
        (rows > 0).then(|| Hazard {
            code: HazardCode::RowsDoNotFit,
            severity: if self.remedied { Severity::Notice } else { Severity::Blocking },
            subject: self.subject.clone(),
            message: match rows {
                1 => ["1 row ", &self.complaint].concat(),
                more => [&more.to_string(), " rows ", &self.complaint].concat(),
            },
            remedy: self.remedy.clone(),
            rows: Some(rows),
            sample_rows,
        })
    }
}
