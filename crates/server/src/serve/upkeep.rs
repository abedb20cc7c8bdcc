//! What the server does by itself: it goes on with changes that another left behind, and removes
//! what has expired.

use std::time::Duration;

use store::Store;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

/// How often somebody looks for changes that nobody drives any more.
const RECOVER_EVERY: Duration = Duration::from_secs(5);
/// How often what has expired is removed; a round removes little.
const PURGE_EVERY: Duration = Duration::from_mins(10);

/// Two tasks that end when this is dropped.
pub(super) struct Upkeep([JoinHandle<()>; 2]);

impl Upkeep {
    pub(super) fn start(store: &Store) -> Self {
        Self([tokio::spawn(recover(store.clone())), tokio::spawn(purge(store.clone()))])
    }
}

impl Drop for Upkeep {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

async fn recover(store: Store) {
    let mut ticks = interval(RECOVER_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match store.recover().await {
            Ok(found) if found.completed + found.undone > 0 => {
                tracing::info!(
                    completed = found.completed,
                    undone = found.undone,
                    "changes that were left behind came to their end"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "changes left behind could not be looked for"),
        }
    }
}

async fn purge(store: Store) {
    let mut ticks = interval(PURGE_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match store.purge_expired().await {
            Ok(purged) if purged.items + purged.schemas > 0 => {
                tracing::info!(
                    items = purged.items,
                    schemas = purged.schemas,
                    "what had expired was removed"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "what has expired could not be removed"),
        }
    }
}
