//! Running the steps of a plan inside a transaction.

use futures_util::future::join_all;
use migration::Step;
use tokio_postgres::Transaction;

use crate::StoreError;

/// Runs every step in order. All are sent at once, so that a large plan costs one round trip, not
/// one for each statement; after the first refusal PostgreSQL skips the rest.
pub(crate) async fn run(transaction: &Transaction<'_>, steps: &[Step]) -> Result<(), StoreError> {
    let outcomes =
        join_all(steps.iter().map(|step| transaction.batch_execute(step.sql.text()))).await;
    for (outcome, step) in outcomes.into_iter().zip(steps) {
        outcome.map_err(|error| refused(step, error.into()))?;
    }
    Ok(())
}

/// A refusal of a statement gets the place it concerns; what is not about the document stays what
/// it is.
fn refused(step: &Step, error: StoreError) -> StoreError {
    if error.refusal().is_none() || is_about_the_moment(&error) {
        return error;
    }
    StoreError::Step {
        path: step.subject.path.clone(),
        title: step.subject.title.clone(),
        source: Box::new(error),
    }
}

/// Somebody else's doing, or the machine's: the document is not to blame.
fn is_about_the_moment(error: &StoreError) -> bool {
    let out_of_room = |sqlstate: &str| sqlstate.starts_with("53");
    matches!(
        error,
        StoreError::Locked(_)
            | StoreError::Serialization(_)
            | StoreError::Timeout(_)
            | StoreError::Permission(_)
            | StoreError::ReadOnly(_)
    ) || matches!(error, StoreError::Limit(refusal) if out_of_room(&refusal.sqlstate))
}
