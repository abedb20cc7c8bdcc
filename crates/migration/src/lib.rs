//! From one definition to the next.
//!
//! [`plan_creation`] turns a definition into the ordered steps that make it on PostgreSQL, each
//! with its SQL forward and back. Nothing here does I/O; what a step costs on a live database the
//! store adds from its statistics.

mod apply;
mod attic;
mod change;
mod create;
mod diff;
mod plan;
mod remedy;
mod renames;
mod render;
mod situation;

pub use apply::apply;
pub use attic::{AtticContent, AtticItem, AtticName, Conversion, indexes_of};
pub use change::{Act, Change, Facet, Kind, Order};
pub use create::{plan_creation, plan_structure};
pub use diff::diff;
pub use plan::{
    Estimate, Fingerprint, Hazard, HazardCode, Lock, LockMode, MAX_SAMPLE_ROWS, Observation, Plan,
    Probe, Run, Severity, Stage, Statistics, Step, Subject, TableStatistics,
};
pub use remedy::{Remedies, Remedy};
pub use renames::{Renames, renamed};
pub use situation::{Options, Situation};
