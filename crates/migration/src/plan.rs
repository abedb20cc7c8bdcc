//! The ordered steps from one version to the next, with what they may cost.

mod amounts;
mod estimate;
mod hazard;
mod json;
mod probe;
mod step;
mod text;

use std::fmt;

use serde::Serialize;
use sha2::{Digest, Sha256};
use sql::Sql;

use crate::attic::{AtticItem, AtticName};
use crate::change::Change;

pub use estimate::{Estimate, Statistics, TableStatistics};
pub use hazard::{Hazard, HazardCode, Severity};
pub use probe::{MAX_SAMPLE_ROWS, Observation, Probe};
pub use step::{Lock, LockMode, Run, Stage, Step, Subject};

/// Everything that will be done, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The version it starts from; 0 for a creation.
    pub from_version: i32,
    /// The version it makes.
    pub to_version: i32,
    /// What differs, as a person would tell it.
    pub changes: Vec<Change>,
    /// What PostgreSQL will be told, stage by stage.
    pub steps: Vec<Step>,
    /// What it may cost.
    pub hazards: Vec<Hazard>,
    /// What has to be asked of the data before anything happens; answers become hazards.
    pub probes: Vec<Probe>,
    /// What it puts aside.
    pub put_aside: Vec<AtticItem>,
    /// What it takes back from where it was put aside.
    pub taken_back: Vec<AtticName>,
}

impl Plan {
    /// Whether there is a way back from every step.
    pub fn is_reversible(&self) -> bool {
        self.steps.iter().all(|step| step.rollback.is_some())
    }

    /// The steps of one stage, in order.
    pub fn stage(&self, stage: Stage) -> impl Iterator<Item = (usize, &Step)> {
        self.steps.iter().enumerate().filter(move |(_, step)| step.stage == stage)
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

    /// What tells this plan from every other one. What the data say, and so what it is thought to
    /// cost, is no part of it: both change with every row that somebody writes.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        hash.update(self.from_version.to_be_bytes());
        for step in &self.steps {
            hash.update(step.sql.text());
            hash.update([0, step.run as u8, step.stage as u8]);
        }
        Fingerprint(hash.finalize().into())
    }

    /// The hazards that nobody has acknowledged among those that somebody must.
    pub fn unacknowledged<'a>(
        &'a self,
        acknowledged: &'a [String],
    ) -> impl Iterator<Item = &'a Hazard> {
        self.hazards.iter().filter(|hazard| {
            hazard.severity == Severity::Severe && !acknowledged.contains(&hazard.key())
        })
    }

    /// The longest that it should take, in seconds.
    pub fn estimated_seconds(&self) -> f64 {
        self.steps.iter().map(|step| step.estimate.seconds).sum()
    }
}

fn joined<'a>(statements: impl Iterator<Item = &'a Sql>) -> String {
    statements.flat_map(|sql| [sql.text(), ";\n"]).collect()
}

/// A hash of everything a plan will run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Fingerprint([u8; 32]);

/// Lower-case hexadecimal.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
