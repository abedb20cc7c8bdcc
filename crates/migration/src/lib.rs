//! From one definition to the next.
//!
//! [`plan_creation`] turns a definition into the ordered steps that make it on PostgreSQL, each
//! with its SQL forward and back. Nothing here does I/O; what a step costs on a live database the
//! store adds from its statistics.

mod change;
mod create;
mod plan;
mod render;

pub use change::{Change, Kind};
pub use create::{plan_creation, plan_structure};
pub use plan::{Fingerprint, Lock, LockMode, Plan, Step, Subject};
pub use render::triggers::TOUCH;
