//! Removing one thing from the attic for good.

use definition::Id;
use migration::{AtticContent, TOUCH};
use serde_json::json;
use sql::{Ident, Sql};
use tokio_postgres::Transaction;
use uuid::Uuid;

use super::items::{Item, Waiting};
use crate::audit::{self, Entry};
use crate::schemas::change::{ChangeLock, Patience, open};
use crate::schemas::settings;
use crate::{Actor, Store, StoreConfig, StoreError, roles};

/// What is to be removed.
#[derive(Clone, Copy)]
pub(super) struct Purge {
    pub(super) tenant: Uuid,
    pub(super) schema: Uuid,
    pub(super) item: Uuid,
}

impl Store {
    /// Removes one thing from the attic of a schema. There is no way back: a rollback then makes
    /// it anew, and empty.
    pub async fn purge_attic_item(
        &self,
        tenant: Uuid,
        schema: Uuid,
        item: Uuid,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut lock = self.take_change_lock(schema).await?;
        let what = Purge { tenant, schema, item };
        let mut patience = Patience::new(self.config().changes.switch_wait);
        let purged = loop {
            match attempt(self.config(), &mut lock, &mut patience, (what, actor)).await {
                Ok(()) => break Ok(()),
                Err(error) => match patience.after(error).await {
                    Ok(()) => {}
                    Err(error) => break Err(error),
                },
            }
        };
        lock.release().await;
        purged
    }
}

/// One transaction; what it drops, others may be using.
pub(super) async fn attempt(
    config: &StoreConfig,
    lock: &mut ChangeLock,
    patience: &mut Patience,
    (what, actor): (Purge, &Actor),
) -> Result<(), StoreError> {
    let lock_wait = patience.lock_wait(config.changes.lock_wait);
    let transaction = lock.connection().transaction().await?;
    open(&transaction, lock_wait, config.control_statement_timeout).await?;
    let schema = settings::hold(&transaction, what.tenant, what.schema).await?;
    let waiting = Waiting::fetch(transaction.client(), what.schema).await?;
    let item = waiting.item(what.item)?;
    let entry = Entry {
        tenant_id: Some(what.tenant),
        action: "attic.purged",
        subject_kind: "atticItem",
        subject_id: &item.id,
        details: json!({
            "schema": schema.id,
            "kind": item.item.content.kind(),
            "subject": item.subject,
            "version": item.item.name.version,
        }),
    };
    audit::record(&transaction, actor, entry).await?;
    forget(&transaction, item).await?;
    remove(&transaction, &waiting, item).await?;
    Ok(transaction.commit().await?)
}

/// Of values that were replaced it stays known what became of them, so that a rollback knows which
/// column took whose place.
async fn forget(transaction: &Transaction<'_>, item: &Item) -> Result<(), StoreError> {
    let statement = match item.item.content {
        AtticContent::Values { .. } => "UPDATE public.schema_attic SET waits = false WHERE id = $1",
        AtticContent::Table(_)
        | AtticContent::Column { .. }
        | AtticContent::Enum(_)
        | AtticContent::Rows { .. } => "DELETE FROM public.schema_attic WHERE id = $1",
    };
    transaction.execute(statement, &[&item.id]).await?;
    Ok(())
}

async fn remove(
    transaction: &Transaction<'_>,
    waiting: &Waiting,
    item: &Item,
) -> Result<(), StoreError> {
    let namespace = &waiting.namespace;
    let name = item.item.name.ident();
    let mut drop = Sql::new();
    match &item.item.content {
        AtticContent::Table(table) => {
            drop.syntax("DROP TABLE ").qualified(namespace, &name);
            run(transaction, &drop).await?;
            return forget_table(transaction, waiting, &table.id).await;
        }
        AtticContent::Rows { .. } => {
            drop.syntax("DROP TABLE ").qualified(namespace, &name);
        }
        AtticContent::Enum(_) => {
            drop.syntax("DROP TYPE ").qualified(namespace, &name);
        }
        AtticContent::Column { .. } | AtticContent::Values { .. } => {
            // A column goes with its table.
            let Some(site) = waiting.site(item) else { return Ok(()) };
            drop.syntax("ALTER TABLE ").qualified(namespace, &site.relation);
            drop.syntax(" DROP COLUMN ").ident(&name);
            drop.syntax(", DROP COLUMN IF EXISTS ").ident(&item.item.name.marker());
        }
    }
    run(transaction, &drop).await
}

/// With a table go the things that waited in it, and the function of its trigger, which would be
/// in the way of a table of the same id.
async fn forget_table(
    transaction: &Transaction<'_>,
    waiting: &Waiting,
    id: &Id,
) -> Result<(), StoreError> {
    if waiting.in_force(id).is_some() {
        return Ok(());
    }
    for item in &waiting.items {
        if let AtticContent::Column { table, .. } | AtticContent::Values { table, .. } =
            &item.item.content
            && table == id
        {
            forget(transaction, item).await?;
        }
    }
    let function: Ident = roles::ident([TOUCH, "_", id.as_str()].concat())?;
    let mut drop = Sql::of("DROP FUNCTION IF EXISTS ");
    drop.qualified(&waiting.namespace, &function).syntax("()");
    run(transaction, &drop).await
}

/// What something else still needs is not dropped along.
async fn run(transaction: &Transaction<'_>, statement: &Sql) -> Result<(), StoreError> {
    match transaction.batch_execute(statement.text()).await.map_err(StoreError::from) {
        Err(StoreError::Refused(refusal)) if refusal.sqlstate == STILL_NEEDED => {
            Err(StoreError::StillNeeded(refusal))
        }
        done => done,
    }
}

/// PostgreSQL's `dependent_objects_still_exist`.
const STILL_NEEDED: &str = "2BP01";
