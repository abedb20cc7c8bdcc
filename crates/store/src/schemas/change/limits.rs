//! How long a change may wait, and how much it does at once.

use std::time::Duration;

/// Connections for changes: so many schemas can change at once without waiting for one another.
const CONNECTIONS: usize = 64;
/// How long a change waits for another one of the same schema.
const QUEUE_WAIT: Duration = Duration::from_secs(5);
/// How long one attempt waits for a lock. Whoever comes after us waits behind us for as long.
const LOCK_WAIT: Duration = Duration::from_millis(100);
/// How long a statement waits that runs by itself. Nobody queues behind it: the locks of an index
/// that is built concurrently let others read and write.
const ALONE_LOCK_WAIT: Duration = Duration::from_secs(10);
/// How long the switch to a new version is tried again while others hold the tables.
const SWITCH_WAIT: Duration = Duration::from_secs(30);
/// How long one step before or after the switch is tried again. It holds nothing between attempts.
const STEP_WAIT: Duration = Duration::from_mins(5);
/// How long one question to the data may take.
const PROBE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long all questions of one plan may take.
const PROBES_TIMEOUT: Duration = Duration::from_secs(30);
/// Blocks of a table that one transaction of a batch goes over: one megabyte.
const BLOCKS_PER_BATCH: u32 = 128;

/// Limits of changes of schemas.
#[derive(Clone, Debug)]
pub struct ChangeLimits {
    /// Size of the pool of changes.
    pub connections: usize,
    /// How long a change waits for another one of the same schema.
    pub queue_wait: Duration,
    /// How long one attempt waits for a lock.
    pub lock_wait: Duration,
    /// How long a statement that runs by itself waits for a lock.
    pub alone_lock_wait: Duration,
    /// How long the switch to a new version is tried again while others hold the tables.
    pub switch_wait: Duration,
    /// How long one step before or after the switch is tried again.
    pub step_wait: Duration,
    /// How long one question to the data may take.
    pub probe_timeout: Duration,
    /// How long all questions of one plan may take.
    pub probes_timeout: Duration,
    /// Blocks of a table that one transaction of a batch goes over.
    pub blocks_per_batch: u32,
}

impl Default for ChangeLimits {
    fn default() -> Self {
        Self {
            connections: CONNECTIONS,
            queue_wait: QUEUE_WAIT,
            lock_wait: LOCK_WAIT,
            alone_lock_wait: ALONE_LOCK_WAIT,
            switch_wait: SWITCH_WAIT,
            step_wait: STEP_WAIT,
            probe_timeout: PROBE_TIMEOUT,
            probes_timeout: PROBES_TIMEOUT,
            blocks_per_batch: BLOCKS_PER_BATCH,
        }
    }
}
