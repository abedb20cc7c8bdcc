//! Removing a schema for good: the one act that really drops tables.

use deadpool_postgres::Object;
use serde_json::json;
use sql::Sql;
use uuid::Uuid;

use super::change::{ChangeLock, open};
use super::settings::hold;
use crate::audit::{self, Entry};
use crate::roles::{self, SchemaRole};
use crate::{Actor, Store, StoreConfig, StoreError};

impl Store {
    /// Drops a schema with its rows, versions and role. There is no way back.
    pub async fn purge_schema(
        &self,
        tenant: Uuid,
        id: Uuid,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut lock = ChangeLock::wait(self, id).await?;
        let purged = purge((self.config(), lock.connection()), (tenant, id), actor).await;
        lock.release().await;
        purged
    }
}

/// One transaction. No change of the schema is under way; one that was left by a crash goes with it.
pub(super) async fn purge(
    (config, connection): (&StoreConfig, &mut Object),
    (tenant, id): (Uuid, Uuid),
    actor: &Actor,
) -> Result<(), StoreError> {
    let transaction = connection.transaction().await?;
    open(&transaction, config.lock_timeout, config.control_statement_timeout).await?;
    let schema = hold(&transaction, tenant, id).await?;
    let place = "SELECT role_name, lane FROM public.schemas WHERE id = $1";
    let place = transaction.query_one(place, &[&id]).await?;
    let role = SchemaRole { name: roles::ident(place.try_get(0)?)?, lane: place.try_get(1)? };
    let mut drop = Sql::of("DROP SCHEMA ");
    drop.ident(&roles::ident(schema.namespace)?).syntax(" CASCADE");
    transaction.batch_execute(drop.text()).await?;
    transaction.execute("DELETE FROM public.schemas WHERE id = $1", &[&id]).await?;
    roles::remove(&transaction, &role).await?;
    let entry = Entry {
        tenant_id: Some(tenant),
        action: "schema.purged",
        subject_kind: "schema",
        subject_id: &id,
        details: json!({ "name": schema.name, "version": schema.version }),
    };
    audit::record(&transaction, actor, entry).await?;
    Ok(transaction.commit().await?)
}
