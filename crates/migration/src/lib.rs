//! From one definition to the next.
//!
//! [`plan_creation`] turns a definition into the ordered steps that make it on PostgreSQL, each
//! with its SQL forward and back. [`plan_change`] leads from one version to another one, later or
//! earlier: it puts aside what goes, takes back what is wanted again, and tells what it costs.
//! Nothing here does I/O: sizes of tables come in, questions to the data go out.

mod apply;
mod attic;
mod change;
mod create;
mod diff;
mod plan;
mod planner;
mod remedy;
mod renames;
mod render;
mod situation;

pub use apply::apply;
pub use attic::{AtticContent, AtticItem, AtticName, Conversion, SavedError, indexes_of};
pub use change::{Act, Change, Facet, Kind, Order};
pub use create::{plan_creation, plan_structure};
pub use diff::diff;
pub use plan::{
    Estimate, Fingerprint, Hazard, HazardCode, Lock, LockMode, MAX_SAMPLE_ROWS, Observation, Plan,
    Probe, Run, Severity, Stage, Statistics, Step, Subject, TableStatistics,
};
pub use planner::{PlanError, plan_change};
pub use remedy::{Remedies, Remedy};
pub use renames::{Renames, renamed};
pub use render::triggers::TOUCH;
pub use situation::{Options, Situation};
