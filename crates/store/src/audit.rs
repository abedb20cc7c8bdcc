//! The audit log: who did what to what, written in the transaction of the change itself.

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio_postgres::Transaction;
use uuid::Uuid;

use crate::page::{Cursor, Page, PageRequest};
use crate::{Actor, Store, StoreError};

/// One change, as it is about to be written.
pub(crate) struct Entry<'a> {
    /// The tenant concerned; `None` for accounts.
    pub(crate) tenant_id: Option<Uuid>,
    /// Noun and past participle: `tenant.created`, `schema.changed`.
    pub(crate) action: &'static str,
    /// What kind of thing was changed: `tenant`, `schema`, `apiKey`.
    pub(crate) subject_kind: &'static str,
    /// Its id.
    pub(crate) subject_id: &'a (dyn ToString + Sync),
    /// What a reader wants to know besides; never a secret.
    pub(crate) details: Value,
}

/// Writes one entry into the transaction of the change.
pub(crate) async fn record(
    transaction: &Transaction<'_>,
    actor: &Actor,
    entry: Entry<'_>,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO public.audit_log
                 (tenant_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, details)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                &entry.tenant_id,
                &actor.kind(),
                &actor.id(),
                &actor.name(),
                &entry.action,
                &entry.subject_kind,
                &entry.subject_id.to_string(),
                &entry.details,
            ],
        )
        .await?;
    Ok(())
}

/// One line of the log, as it is read.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// Grows with time.
    pub id: i64,
    /// When the change was made.
    pub at: DateTime<Utc>,
    /// `system`, `user`, `apiKey` or `anonymous`.
    pub actor_kind: String,
    /// The account or key.
    pub actor_id: Option<Uuid>,
    /// Its name at the time.
    pub actor_name: String,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which one.
    pub subject_id: String,
    /// What else there is to know.
    pub details: Value,
}

impl Store {
    /// The log of a tenant, newest first.
    pub async fn audit_log(
        &self,
        tenant_id: Uuid,
        page: &PageRequest,
    ) -> Result<Page<AuditEntry>, StoreError> {
        let before = page.after.as_ref().and_then(|cursor| cursor.id.parse::<i64>().ok());
        let rows = self
            .control()
            .await?
            .query(
                "SELECT id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
                        details
                   FROM public.audit_log
                  WHERE tenant_id = $1 AND ($2::bigint IS NULL OR id < $2)
                  ORDER BY id DESC LIMIT $3",
                &[&tenant_id, &before, &(page.limit + 1)],
            )
            .await?;
        let entries = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(entries, page.limit, |entry| Cursor {
            key: String::new(),
            id: entry.id.to_string(),
        }))
    }
}

fn read(row: &tokio_postgres::Row) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        id: row.try_get(0)?,
        at: row.try_get(1)?,
        actor_kind: row.try_get(2)?,
        actor_id: row.try_get(3)?,
        actor_name: row.try_get(4)?,
        action: row.try_get(5)?,
        subject_kind: row.try_get(6)?,
        subject_id: row.try_get(7)?,
        details: row.try_get(8)?,
    })
}
