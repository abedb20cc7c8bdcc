//! The end of the retention: what nobody asked for any more is removed, a little at a time.

use uuid::Uuid;

use super::purge::{Purge, attempt};
use crate::schemas::change::{ChangeLock, Patience};
use crate::schemas::purge;
use crate::{Actor, Store, StoreError};

/// How many things of attics one round removes.
const ITEMS: i64 = 20;
/// How many schemas one round removes.
const SCHEMAS: i64 = 5;

/// What a round removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Things in attics.
    pub items: usize,
    /// Schemas that had been taken out of use.
    pub schemas: usize,
    /// What others were using, or something else still needed; it is tried again later.
    pub left: usize,
}

impl Store {
    /// Removes some of what has expired: things in attics, and schemas that were taken out of use
    /// longer ago than the retention. To be called now and then, by any number of servers; what
    /// is in use is left alone.
    pub async fn purge_expired(&self) -> Result<Purged, StoreError> {
        let mut purged = Purged::default();
        for what in self.expired_items().await? {
            match self.purge_if_free(what).await {
                Ok(true) => purged.items += 1,
                Ok(false) => purged.left += 1,
                Err(error) if error.is_lost() => return Err(error),
                Err(error) => {
                    tracing::debug!(%error, item = %what.item, "something expired is left for now");
                    purged.left += 1;
                    self.try_later(what.item).await?;
                }
            }
        }
        for (tenant, schema) in self.expired_schemas().await? {
            match self.purge_schema_if_free(tenant, schema).await {
                Ok(true) => purged.schemas += 1,
                Ok(false) => purged.left += 1,
                Err(error) if error.is_lost() => return Err(error),
                Err(error) => {
                    tracing::debug!(%error, schema = %schema, "an expired schema is left for now");
                    purged.left += 1;
                }
            }
        }
        Ok(purged)
    }

    /// Enums come last: columns that go in the same round may be of them.
    async fn expired_items(&self) -> Result<Vec<Purge>, StoreError> {
        let rows = self
            .control()
            .await?
            .query(
                "SELECT s.tenant_id, a.schema_id, a.id
                   FROM public.schema_attic a JOIN public.schemas s ON s.id = a.schema_id
                  WHERE a.waits AND a.expires_at <= now()
                    AND (a.tried_at IS NULL OR a.tried_at < now() - interval '1 hour')
                  ORDER BY a.kind = 'enum', a.expires_at LIMIT $1",
                &[&ITEMS],
            )
            .await?;
        let purge = |row: &tokio_postgres::Row| -> Result<Purge, StoreError> {
            Ok(Purge { tenant: row.try_get(0)?, schema: row.try_get(1)?, item: row.try_get(2)? })
        };
        rows.iter().map(purge).collect()
    }

    /// In no order, so that one that cannot be removed is in nobody's way.
    async fn expired_schemas(&self) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
        let rows = self
            .control()
            .await?
            .query(
                "SELECT tenant_id, id FROM public.schemas
                  WHERE deleted_at <= now() - make_interval(days => $1) ORDER BY random() LIMIT $2",
                &[&i32::from(self.config().retention_days), &SCHEMAS],
            )
            .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    async fn purge_if_free(&self, what: Purge) -> Result<bool, StoreError> {
        let Some(mut lock) = self.take_free_lock(what.schema).await? else { return Ok(false) };
        let mut patience = Patience::new(self.config().changes.lock_wait);
        let purged = attempt(self.config(), &mut lock, &mut patience, (what, &Actor::System)).await;
        lock.release().await;
        match purged {
            Ok(()) => Ok(true),
            // It went with its table a moment ago, or by another's hand.
            Err(StoreError::NotFound(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn purge_schema_if_free(&self, tenant: Uuid, schema: Uuid) -> Result<bool, StoreError> {
        let Some(mut lock) = ChangeLock::try_take(self, schema).await? else { return Ok(false) };
        let connection = (self.config(), lock.connection());
        let purged = purge::purge(connection, (tenant, schema), &Actor::System).await;
        lock.release().await;
        purged.map(|()| true)
    }

    async fn try_later(&self, item: Uuid) -> Result<(), StoreError> {
        let update = "UPDATE public.schema_attic SET tried_at = now() WHERE id = $1";
        self.control().await?.execute(update, &[&item]).await?;
        Ok(())
    }
}
