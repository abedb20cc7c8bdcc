//! Why no plan can be made.

use definition::expression::ExpressionError;
use thiserror::Error;

/// Why no plan can be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlanError {
    /// A remedy's expression does not pass the wall, or does not fit its place.
    #[error("the remedy for `{subject}`: {}", source.message)]
    Remedy {
        /// What it was chosen for.
        subject: String,
        /// Why not.
        source: ExpressionError,
    },
}
