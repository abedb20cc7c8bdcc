//! Changing what a schema is called and whether it is in use. Its definition changes by a plan.

use serde_json::{Value, json};
use tokio_postgres::Transaction;
use uuid::Uuid;

use super::{Schema, SchemaChange, create, row};
use crate::audit::{self, Entry};
use crate::{Actor, Store, StoreError};
use sql::Sql;

impl Store {
    /// Changes a schema's name, description or whether its rows can be reached.
    pub async fn change_schema(
        &self,
        tenant: Uuid,
        id: Uuid,
        change: &SchemaChange<'_>,
        actor: &Actor,
    ) -> Result<Schema, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        let before = hold(&transaction, tenant, id).await?;
        if before.deleted_at.is_some() {
            return Err(StoreError::NotFound("schema"));
        }
        if change.if_version.is_some_and(|version| version != before.version) {
            return Err(StoreError::VersionConflict { current: before.version });
        }
        if let Some(name) = change.name.filter(|name| *name != before.name) {
            create::refuse_taken_name(&transaction, tenant, name).await?;
        }
        let mut statement = Sql::of(
            "UPDATE public.schemas
                SET name = coalesce($2, name),
                    description = CASE WHEN $3 THEN $4 ELSE description END,
                    is_active = coalesce($5, is_active),
                    updated_at = now(), updated_by = $6
              WHERE id = $1 RETURNING ",
        );
        statement.syntax(row::COLUMNS);
        let (describe, description) = (change.description.is_some(), change.description.flatten());
        let changed = transaction
            .query_one(
                statement.text(),
                &[
                    &id,
                    &change.name,
                    &describe,
                    &description,
                    &change.is_active,
                    &actor.to_string(),
                ],
            )
            .await?;
        let after = row::schema(&changed)?;
        record(&transaction, &after, "schema.changed", differences(&before, &after), actor).await?;
        transaction.commit().await?;
        Ok(after)
    }

    /// Takes a schema out of use. Its tables and rows stay until it is restored or purged.
    pub async fn delete_schema(
        &self,
        tenant: Uuid,
        id: Uuid,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        let before = hold(&transaction, tenant, id).await?;
        if before.deleted_at.is_some() {
            return Err(StoreError::NotFound("schema"));
        }
        set_deleted(&transaction, id, true, actor).await?;
        record(&transaction, &before, "schema.deleted", json!({ "name": before.name }), actor)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Brings a schema that was taken out of use back. One in use stays as it is.
    pub async fn restore_schema(
        &self,
        tenant: Uuid,
        id: Uuid,
        actor: &Actor,
    ) -> Result<Schema, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        let before = hold(&transaction, tenant, id).await?;
        if before.deleted_at.is_none() {
            return Ok(before);
        }
        create::refuse_taken_name(&transaction, tenant, &before.name).await?;
        let after = set_deleted(&transaction, id, false, actor).await?;
        record(&transaction, &after, "schema.restored", json!({ "name": after.name }), actor)
            .await?;
        transaction.commit().await?;
        Ok(after)
    }
}

/// The schema, held against others who would change it until the end of the transaction.
pub(super) async fn hold(
    transaction: &Transaction<'_>,
    tenant: Uuid,
    id: Uuid,
) -> Result<Schema, StoreError> {
    let mut statement = Sql::of("SELECT ");
    statement
        .syntax(row::COLUMNS)
        .syntax(" FROM public.schemas WHERE id = $1 AND tenant_id = $2 FOR NO KEY UPDATE");
    let found = transaction.query_opt(statement.text(), &[&id, &tenant]).await?;
    row::schema(&found.ok_or(StoreError::NotFound("schema"))?)
}

async fn set_deleted(
    transaction: &Transaction<'_>,
    id: Uuid,
    deleted: bool,
    actor: &Actor,
) -> Result<Schema, StoreError> {
    let mut statement = Sql::of(
        "UPDATE public.schemas
            SET deleted_at = CASE WHEN $2 THEN now() END, updated_at = now(), updated_by = $3
          WHERE id = $1 RETURNING ",
    );
    statement.syntax(row::COLUMNS);
    let changed =
        transaction.query_one(statement.text(), &[&id, &deleted, &actor.to_string()]).await?;
    row::schema(&changed)
}

/// What a reader of the audit log wants to know: each part before and after.
pub(super) fn differences(before: &Schema, after: &Schema) -> Value {
    let parts = [
        ("name", json!(before.name), json!(after.name)),
        ("description", json!(before.description), json!(after.description)),
        ("isActive", json!(before.is_active), json!(after.is_active)),
    ];
    let changed = parts.into_iter().filter(|(_, before, after)| before != after);
    Value::Object(
        changed.map(|(part, before, after)| (part.to_owned(), json!([before, after]))).collect(),
    )
}

pub(super) async fn record(
    transaction: &Transaction<'_>,
    schema: &Schema,
    action: &'static str,
    details: Value,
    actor: &Actor,
) -> Result<(), StoreError> {
    let tenant_id = Some(schema.tenant_id);
    let entry =
        Entry { tenant_id, action, subject_kind: "schema", subject_id: &schema.id, details };
    audit::record(transaction, actor, entry).await
}
