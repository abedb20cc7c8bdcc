//! One change of a schema at a time: an advisory lock of the session, held for the whole run.
//!
//! The connection that holds the lock also runs the change. Were it lost, the lock would be free
//! only once PostgreSQL has ended what the connection was running, so that an heir never works
//! beside the one it inherits from.

use deadpool_postgres::Object;
use uuid::Uuid;

use super::patience::Patience;
use crate::{Store, StoreError};

const TRY: &str = "SELECT pg_try_advisory_lock(hashtextextended($1::uuid::text, 0))";
const RELEASE: &str = "SELECT pg_advisory_unlock(hashtextextended($1::uuid::text, 0))";

/// The right to change a schema, with the connection that holds it.
pub(in crate::schemas) struct ChangeLock {
    schema: Uuid,
    connection: Option<Object>,
}

impl ChangeLock {
    /// Waits for the lock, up to the limit of the configuration.
    ///
    /// It asks again and again instead of queueing in PostgreSQL: a statement that waits has a
    /// snapshot, and an index that is built concurrently waits for every snapshot older than it.
    pub(in crate::schemas) async fn wait(store: &Store, schema: Uuid) -> Result<Self, StoreError> {
        let mut lock = Self { schema, connection: Some(store.changes().await?) };
        let mut patience = Patience::new(store.config().changes.queue_wait);
        while !lock.ask().await? {
            if !patience.again().await {
                lock.give_back();
                return Err(StoreError::ChangeInProgress);
            }
        }
        Ok(lock)
    }

    /// Takes the lock if nobody holds it.
    pub(in crate::schemas) async fn try_take(
        store: &Store,
        schema: Uuid,
    ) -> Result<Option<Self>, StoreError> {
        let mut lock = Self { schema, connection: Some(store.changes().await?) };
        if lock.ask().await? {
            return Ok(Some(lock));
        }
        lock.give_back();
        Ok(None)
    }

    /// The connection that holds the lock.
    pub(in crate::schemas) fn connection(&mut self) -> &mut Object {
        self.connection.as_mut().expect("only the end of the lock takes it")
    }

    /// Lets others change the schema.
    pub(in crate::schemas) async fn release(mut self) {
        let schema = self.schema;
        let released = self.connection().query_one(RELEASE, &[&schema]).await;
        if released.is_ok_and(|row| row.try_get(0).unwrap_or(false)) {
            self.give_back();
        }
    }

    async fn ask(&mut self) -> Result<bool, StoreError> {
        let schema = self.schema;
        Ok(self.connection().query_one(TRY, &[&schema]).await?.try_get(0)?)
    }

    /// The connection holds no lock; another change may use it.
    fn give_back(&mut self) {
        drop(self.connection.take());
    }
}

impl Drop for ChangeLock {
    /// Whoever was dropped in the middle may still hold the lock: closing the connection frees it.
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(Object::take(connection));
        }
    }
}
