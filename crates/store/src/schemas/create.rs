//! Making a schema: namespace, role, tables, version 1, migration and audit entry in one
//! transaction, so that a failure anywhere leaves nothing behind.

use serde_json::{Value, json};
use sql::{Ident, Sql};
use std::time::Instant;
use tokio_postgres::Transaction;
use uuid::Uuid;

use super::change::SavedPlan;
use super::{MAX_SCHEMAS, NewSchema, Schema, apply, row, versions};
use crate::audit::{self, Entry};
use crate::roles::{self, SchemaRole};
use crate::{Actor, Store, StoreError, projects};

impl Store {
    /// Makes a schema at version 1.
    pub async fn create_schema(
        &self,
        new: &NewSchema<'_>,
        actor: &Actor,
    ) -> Result<Schema, StoreError> {
        let mut connection = self.control().await?;
        let transaction = connection.transaction().await?;
        projects::hold(&transaction, new.tenant, new.project_id).await?;
        refuse_more_than_the_limit(&transaction, new.tenant.id).await?;
        refuse_taken_name(&transaction, new.tenant.id, new.name).await?;
        let namespace = free_namespace(&transaction, new).await?;
        let role = make_namespace(&transaction, &namespace).await?;
        let plan = (new.plan)(new.definition, &namespace, &role.name);
        let plan = SavedPlan::of(&plan, new.definition);
        let started = Instant::now();
        apply::run(&transaction, &plan.steps).await?;
        let schema = insert(&transaction, new, (&namespace, &role), actor).await?;
        record(&transaction, &schema, &plan, started, actor).await?;
        transaction.commit().await?;
        Ok(schema)
    }
}

async fn refuse_more_than_the_limit(
    transaction: &Transaction<'_>,
    tenant: Uuid,
) -> Result<(), StoreError> {
    let count = "SELECT count(*) FROM public.schemas WHERE tenant_id = $1";
    let count: i64 = transaction.query_one(count, &[&tenant]).await?.try_get(0)?;
    if count >= MAX_SCHEMAS {
        return Err(StoreError::TooMany { of: "schemas in one tenant", limit: MAX_SCHEMAS });
    }
    Ok(())
}

/// Refuses a name in use. Whoever asks holds the name until the end of the transaction, so that
/// two who want it at once meet here and not half-way through their tables.
pub(super) async fn refuse_taken_name(
    transaction: &Transaction<'_>,
    tenant: Uuid,
    name: &str,
) -> Result<(), StoreError> {
    let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 0))";
    transaction.query(lock, &[&tenant.to_string(), &name]).await?;
    let taken = "SELECT EXISTS (SELECT FROM public.schemas
                                 WHERE tenant_id = $1 AND name = $2 AND deleted_at IS NULL)";
    if transaction.query_one(taken, &[&tenant, &name]).await?.try_get(0)? {
        return Err(StoreError::NameTaken("schema"));
    }
    Ok(())
}

/// `tenant_<n>__<name>`, with `__2`, `__3` … while a schema that is out of use still holds it.
/// Names have no double underscore, so no other schema's namespace can look like that.
async fn free_namespace(
    transaction: &Transaction<'_>,
    new: &NewSchema<'_>,
) -> Result<Ident, StoreError> {
    let row = transaction
        .query_one(
            "SELECT candidate FROM
                 (SELECT n, $1 || CASE WHEN n = 1 THEN '' ELSE '__' || n END AS candidate
                    FROM generate_series(1, $2::bigint + 1) n) candidates
              WHERE NOT EXISTS (SELECT FROM public.schemas WHERE namespace = candidate)
              ORDER BY n LIMIT 1",
            &[&format!("tenant_{}__{}", new.tenant.number, new.name), &MAX_SCHEMAS],
        )
        .await?;
    roles::ident(row.try_get(0)?)
}

/// The empty namespace and the role that may look into it.
async fn make_namespace(
    transaction: &Transaction<'_>,
    namespace: &Ident,
) -> Result<SchemaRole, StoreError> {
    let role = roles::create(transaction, namespace).await?;
    let mut statements = Sql::of("CREATE SCHEMA ");
    statements.ident(namespace).syntax("; GRANT USAGE ON SCHEMA ").ident(namespace);
    statements.syntax(" TO ").ident(&role.name);
    transaction.batch_execute(statements.text()).await?;
    Ok(role)
}

async fn insert(
    transaction: &Transaction<'_>,
    new: &NewSchema<'_>,
    (namespace, role): (&Ident, &SchemaRole),
    actor: &Actor,
) -> Result<Schema, StoreError> {
    let mut statement = Sql::of(
        "INSERT INTO public.schemas (id, tenant_id, project_id, name, description, definition, namespace, role_name,
                                     lane, created_by, updated_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) RETURNING ",
    );
    statement.syntax(row::COLUMNS);
    let inserted = transaction
        .query_one(
            statement.text(),
            &[
                &Uuid::now_v7(),
                &new.tenant.id,
                &new.project_id,
                &new.name,
                &new.description,
                &new.definition.to_json(),
                &namespace.as_str(),
                &role.name.as_str(),
                &role.lane,
                &actor.to_string(),
            ],
        )
        .await?;
    row::schema(&inserted)
}

/// Version 1, the migration that made it, and the audit entry.
async fn record(
    transaction: &Transaction<'_>,
    schema: &Schema,
    plan: &SavedPlan,
    started: Instant,
    actor: &Actor,
) -> Result<(), StoreError> {
    versions::save(transaction, schema, (&plan.changes, None), actor).await?;
    versions::save_migration(transaction, schema, plan, started.elapsed(), actor).await?;
    let details: Value =
        json!({ "name": schema.name, "version": schema.version, "changes": plan.changes.len() });
    let entry = Entry {
        tenant_id: Some(schema.tenant_id),
        action: "schema.created",
        subject_kind: "schema",
        subject_id: &schema.id,
        details,
    };
    audit::record(transaction, actor, entry).await
}
