//! API keys: how programs sign in. Only the SHA-256 of a key is kept.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio_postgres::{Row, Transaction};
use uuid::Uuid;

use crate::audit::{self, Entry};
use crate::page::{Cursor, Page, PageRequest};
use crate::{Actor, Role, Store, StoreError};

/// How many live keys one tenant may have.
pub const MAX_KEYS: i64 = 1000;
/// How many schemas one key may be bound to.
pub const MAX_KEY_SCHEMAS: usize = 200;

/// A key, without what it opens.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// The key's id.
    pub id: Uuid,
    /// The tenant it belongs to.
    pub tenant_id: Uuid,
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Its first characters, to recognise it by.
    pub prefix: String,
    /// The schemas it is bound to; `None` means all of the tenant.
    pub schemas: Option<Vec<Uuid>>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A key about to be made.
#[derive(Clone, Debug)]
pub struct NewApiKey<'a> {
    /// What people call it.
    pub name: &'a str,
    /// What it may do.
    pub role: Role,
    /// The SHA-256 of the key.
    pub key_hash: &'a [u8],
    /// Its first characters.
    pub prefix: &'a str,
    /// The schemas it is bound to.
    pub schemas: Option<&'a [Uuid]>,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A live key and the number of its tenant.
#[derive(Clone, Debug)]
pub struct KeyIdentity {
    /// The key.
    pub key: ApiKey,
    /// The n of `tenant_n`.
    pub tenant_number: i64,
}

impl Store {
    /// Makes a key.
    pub async fn create_api_key(
        &self,
        tenant_id: Uuid,
        key: &NewApiKey<'_>,
        actor: &Actor,
    ) -> Result<ApiKey, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        refuse_too_many(&transaction, tenant_id).await?;
        if let Some(schemas) = key.schemas {
            refuse_foreign_schemas(&transaction, tenant_id, schemas).await?;
        }
        let row = transaction
            .query_one(
                "INSERT INTO public.api_keys
                     (id, tenant_id, name, role, key_hash, prefix, schemas, expires_at, created_by)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 RETURNING id, tenant_id, name, role, prefix, schemas, created_at, last_used_at,
                           expires_at",
                &[
                    &Uuid::now_v7(),
                    &tenant_id,
                    &key.name,
                    &key.role.as_str(),
                    &key.key_hash,
                    &key.prefix,
                    &key.schemas,
                    &key.expires_at,
                    &actor.user_id(),
                ],
            )
            .await?;
        let made = read(&row)?;
        let details = json!({ "name": key.name, "role": key.role, "schemas": key.schemas });
        audit::record(&transaction, actor, entry(tenant_id, &made.id, "apiKey.created", details))
            .await?;
        transaction.commit().await?;
        Ok(made)
    }

    /// The keys of a tenant that were not revoked, newest first.
    pub async fn api_keys(
        &self,
        tenant_id: Uuid,
        page: &PageRequest,
    ) -> Result<Page<ApiKey>, StoreError> {
        // Ids are version 7: their order is the order of creation.
        let before = page.after.as_ref().and_then(|cursor| cursor.id.parse::<Uuid>().ok());
        let rows = self
            .control()
            .await?
            .query(
                "SELECT id, tenant_id, name, role, prefix, schemas, created_at, last_used_at,
                        expires_at
                   FROM public.api_keys
                  WHERE tenant_id = $1 AND revoked_at IS NULL AND ($2::uuid IS NULL OR id < $2)
                  ORDER BY id DESC LIMIT $3",
                &[&tenant_id, &before, &(page.limit + 1)],
            )
            .await?;
        let keys = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(keys, page.limit, |key| Cursor { key: String::new(), id: key.id.to_string() }))
    }

    /// Revokes a key, at once and for good.
    pub async fn revoke_api_key(
        &self,
        tenant_id: Uuid,
        key_id: Uuid,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        let name: String = transaction
            .query_opt(
                "UPDATE public.api_keys SET revoked_at = now()
                  WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING name",
                &[&tenant_id, &key_id],
            )
            .await?
            .ok_or(StoreError::NotFound("API key"))?
            .try_get(0)?;
        let details = json!({ "name": name });
        audit::record(&transaction, actor, entry(tenant_id, &key_id, "apiKey.revoked", details))
            .await?;
        Ok(transaction.commit().await?)
    }

    /// The live key of a hash; notes that it was used, at most once a minute.
    pub async fn api_key(&self, key_hash: &[u8]) -> Result<Option<KeyIdentity>, StoreError> {
        let connection = self.control().await?;
        let row = connection
            .query_opt(
                "SELECT k.id, k.tenant_id, k.name, k.role, k.prefix, k.schemas, k.created_at,
                        k.last_used_at, k.expires_at, t.number,
                        coalesce(k.last_used_at < now() - interval '1 minute', true)
                   FROM public.api_keys k JOIN public.tenants t ON t.id = k.tenant_id
                  WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND t.deleted_at IS NULL
                    AND (k.expires_at IS NULL OR k.expires_at > now())",
                &[&key_hash],
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let key = read(&row)?;
        if row.try_get::<_, bool>(10)? {
            let statement = "UPDATE public.api_keys SET last_used_at = now() WHERE id = $1";
            connection.execute(statement, &[&key.id]).await?;
        }
        Ok(Some(KeyIdentity { key, tenant_number: row.try_get(9)? }))
    }
}

async fn refuse_too_many(transaction: &Transaction<'_>, tenant_id: Uuid) -> Result<(), StoreError> {
    let statement =
        "SELECT count(*) FROM public.api_keys WHERE tenant_id = $1 AND revoked_at IS NULL";
    let count: i64 = transaction.query_one(statement, &[&tenant_id]).await?.try_get(0)?;
    if count >= MAX_KEYS {
        return Err(StoreError::TooMany { of: "API keys in one tenant", limit: MAX_KEYS });
    }
    Ok(())
}

async fn refuse_foreign_schemas(
    transaction: &Transaction<'_>,
    tenant_id: Uuid,
    schemas: &[Uuid],
) -> Result<(), StoreError> {
    let foreign: bool = transaction
        .query_one(
            "SELECT EXISTS (SELECT FROM unnest($2::uuid[]) AS wanted (id)
                             WHERE NOT EXISTS (SELECT FROM public.schemas s
                                                WHERE s.id = wanted.id AND s.tenant_id = $1))",
            &[&tenant_id, &schemas],
        )
        .await?
        .try_get(0)?;
    if foreign { Err(StoreError::NotFound("schema")) } else { Ok(()) }
}

fn entry<'a>(tenant: Uuid, key: &'a Uuid, action: &'static str, details: Value) -> Entry<'a> {
    Entry { tenant_id: Some(tenant), action, subject_kind: "apiKey", subject_id: key, details }
}

fn read(row: &Row) -> Result<ApiKey, StoreError> {
    Ok(ApiKey {
        id: row.try_get(0)?,
        tenant_id: row.try_get(1)?,
        name: row.try_get(2)?,
        role: Role::stored(row.try_get(3)?)?,
        prefix: row.try_get(4)?,
        schemas: row.try_get(5)?,
        created_at: row.try_get(6)?,
        last_used_at: row.try_get(7)?,
        expires_at: row.try_get(8)?,
    })
}
