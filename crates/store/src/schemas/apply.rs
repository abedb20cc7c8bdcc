//! Running the steps of a plan inside a transaction.

use futures_util::future::join_all;
use tokio_postgres::Transaction;

use super::change::SavedStep;
use crate::StoreError;

/// Runs steps in order. All are sent at once, so that a large plan costs one round trip, not one
/// for each statement; after the first refusal PostgreSQL skips the rest.
pub(crate) async fn run(
    transaction: &Transaction<'_>,
    steps: impl IntoIterator<Item = &SavedStep>,
) -> Result<(), StoreError> {
    let steps: Vec<&SavedStep> = steps.into_iter().collect();
    let outcomes = join_all(steps.iter().map(|step| transaction.batch_execute(&step.sql))).await;
    for (outcome, step) in outcomes.into_iter().zip(steps) {
        outcome.map_err(|error| refused(step, error.into()))?;
    }
    Ok(())
}

/// A refusal of a statement gets the place it concerns; what is not about the document stays what
/// it is.
pub(super) fn refused(step: &SavedStep, error: StoreError) -> StoreError {
    if error.refusal().is_none() || is_about_the_moment(&error) {
        return error;
    }
    StoreError::Step {
        path: step.subject.clone(),
        title: step.title.clone(),
        source: Box::new(error),
    }
}

/// Somebody else's doing, or the machine's: the document is not to blame.
fn is_about_the_moment(error: &StoreError) -> bool {
    let out_of_room = |sqlstate: &str| sqlstate.starts_with("53");
    error.is_momentary()
        || matches!(
            error,
            StoreError::TablesInUse { .. }
                | StoreError::Timeout(_)
                | StoreError::Permission(_)
                | StoreError::ReadOnly(_)
        )
        || matches!(error, StoreError::Limit(refusal) if out_of_room(&refusal.sqlstate))
}
