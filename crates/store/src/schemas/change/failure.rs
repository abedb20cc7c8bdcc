//! What a migration's row keeps of the reason why it failed.

use serde_json::{Value, json};

use super::record::{Outcome, Record};
use crate::{Store, StoreError};

/// The reason as JSON: a sentence, PostgreSQL's code, the place in the document.
pub(super) fn to_json(error: &StoreError) -> Value {
    let (path, title, cause) = if let StoreError::Step { path, title, source } = error {
        (Some(path), Some(title), &**source)
    } else {
        (None, None, error)
    };
    let refusal = cause.refusal();
    json!({
        "message": refusal.map_or_else(|| cause.to_string(), |refusal| refusal.message.clone()),
        "sqlstate": refusal.map(|refusal| &refusal.sqlstate),
        "path": path,
        "title": title,
        "inUse": matches!(cause, StoreError::TablesInUse { .. }),
    })
}

/// Keeps a migration that was refused as a whole, in a transaction of its own. What failed for want
/// of a database cannot be kept there.
pub(super) async fn save(store: &Store, record: &Record, error: &StoreError) {
    if error.is_lost() || !is_of_the_plan(error) {
        return;
    }
    let saved = async {
        let connection = store.control().await?;
        record.insert(&connection, Outcome::Failed(&to_json(error))).await
    };
    if let Err(error) = saved.await {
        tracing::warn!(%error, migration = %record.id, "a failed migration could not be recorded");
    }
}

/// Whether the plan met something; a name that is taken or a version that moved is no failure of it.
fn is_of_the_plan(error: &StoreError) -> bool {
    matches!(error, StoreError::Step { .. } | StoreError::TablesInUse { .. })
        || error.refusal().is_some()
}
