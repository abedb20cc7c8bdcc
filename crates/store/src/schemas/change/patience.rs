//! Trying again what others stood in the way of, with growing pauses and an end.

use std::time::Duration;

use rand::Rng;
use tokio::time::{Instant, sleep};

use crate::StoreError;

/// The first pause.
const FIRST_PAUSE: Duration = Duration::from_millis(25);
/// The longest one.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Every so many attempts one waits for longer than a moment.
const INSIST_EVERY: u32 = 6;
/// Longer than PostgreSQL's `deadlock_timeout` of a second: only a wait as long as that makes an
/// autovacuum of the table give way.
const INSISTENT_LOCK_WAIT: Duration = Duration::from_millis(1200);

/// How often something was tried in vain, and for how long.
pub(in crate::schemas) struct Patience {
    started: Instant,
    limit: Duration,
    pause: Duration,
    attempts: u32,
}

impl Patience {
    /// Nothing was tried yet.
    pub(in crate::schemas) fn new(limit: Duration) -> Self {
        Self { started: Instant::now(), limit, pause: FIRST_PAUSE, attempts: 0 }
    }

    /// How long the next attempt waits for each lock.
    pub(in crate::schemas) fn lock_wait(&mut self, usual: Duration) -> Duration {
        self.attempts += 1;
        let insists = self.attempts.is_multiple_of(INSIST_EVERY) && self.limit > usual;
        if insists { usual.max(INSISTENT_LOCK_WAIT) } else { usual }
    }

    /// Waits before another attempt. What is not about the moment is handed back as it is; what is
    /// becomes [`StoreError::TablesInUse`] when the limit is reached.
    pub(in crate::schemas) async fn after(&mut self, error: StoreError) -> Result<(), StoreError> {
        if !error.is_momentary() {
            return Err(error);
        }
        let spent = self.started.elapsed();
        if spent >= self.limit {
            return Err(StoreError::TablesInUse {
                seconds: spent.as_secs(),
                source: Box::new(error),
            });
        }
        sleep(jittered(self.pause).min(self.limit.saturating_sub(spent))).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        Ok(())
    }

    /// Waits before looking again, unless the limit is reached.
    pub(in crate::schemas) async fn again(&mut self) -> bool {
        let spent = self.started.elapsed();
        if spent >= self.limit {
            return false;
        }
        sleep(jittered(self.pause).min(self.limit.saturating_sub(spent))).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        true
    }
}

/// Half to one and a half times as long, so that two who met do not meet again.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(rand::rng().random_range(0.5..1.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_ends_at_its_limit() {
        let mut patience = Patience::new(Duration::from_millis(60));
        let mut looks = 0;
        while patience.again().await {
            looks += 1;
        }
        assert!((1..=5).contains(&looks), "{looks}");
    }

    #[tokio::test]
    async fn what_is_not_about_the_moment_ends_it_at_once() {
        let mut patience = Patience::new(Duration::from_mins(1));
        let refused = patience.after(StoreError::NotFound("schema")).await;
        assert!(matches!(refused, Err(StoreError::NotFound("schema"))));
    }
}
