//! Versions and the migrations that led to them.

use std::time::Duration;

use chrono::{DateTime, Utc};
use migration::Plan;
use serde_json::{Value, json};
use tokio_postgres::{Row, Transaction};
use uuid::Uuid;

use super::Schema;
use crate::{Actor, Cursor, Page, PageRequest, Store, StoreError};

/// An immutable snapshot of a definition.
#[derive(Clone, Debug)]
pub struct Version {
    /// Counts from 1.
    pub version: i32,
    /// Sentences that tell what changed.
    pub summary: Value,
    /// What the author said.
    pub message: Option<String>,
    /// The author.
    pub created_by: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// The definition; absent in lists.
    pub definition: Option<Value>,
}

/// A plan that was run.
#[derive(Clone, Debug)]
pub struct Migration {
    /// Its id.
    pub id: Uuid,
    /// The schema.
    pub schema_id: Uuid,
    /// The version it started from; 0 for a creation.
    pub from_version: i32,
    /// The version it led to.
    pub version: i32,
    /// `pending`, `running`, `applied`, `failed` or `undone`.
    pub state: String,
    /// What was run.
    pub sql: String,
    /// What would undo it.
    pub rollback_sql: Option<String>,
    /// The steps as they were planned.
    pub plan: Value,
    /// Who ran it.
    pub created_by: String,
    /// When it was done.
    pub applied_at: Option<DateTime<Utc>>,
    /// How long the steps took, in milliseconds.
    pub duration_ms: Option<i64>,
    /// Why it failed.
    pub error: Option<Value>,
}

impl Store {
    /// The versions of a schema, newest first, without their definitions.
    pub async fn versions(
        &self,
        schema: Uuid,
        page: &PageRequest,
    ) -> Result<Page<Version>, StoreError> {
        let before = page.after.as_ref().and_then(|cursor| cursor.id.parse::<i32>().ok());
        let rows = self
            .control()
            .await?
            .query(
                "SELECT version, summary, message, created_by, created_at, NULL::jsonb
                   FROM public.schema_versions
                  WHERE schema_id = $1 AND ($2::integer IS NULL OR version < $2)
                  ORDER BY version DESC LIMIT $3",
                &[&schema, &before, &(page.limit + 1)],
            )
            .await?;
        let versions = rows.iter().map(version).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(versions, page.limit, |version| at(version.version)))
    }

    /// One version with its definition.
    pub async fn version(&self, schema: Uuid, number: i32) -> Result<Version, StoreError> {
        let row = self
            .control()
            .await?
            .query_opt(
                "SELECT version, summary, message, created_by, created_at, definition
                   FROM public.schema_versions WHERE schema_id = $1 AND version = $2",
                &[&schema, &number],
            )
            .await?;
        version(&row.ok_or(StoreError::NotFound("version"))?)
    }

    /// The migrations of a schema, newest first.
    pub async fn migrations(
        &self,
        schema: Uuid,
        page: &PageRequest,
    ) -> Result<Page<Migration>, StoreError> {
        let before = page.after.as_ref().and_then(|cursor| cursor.id.parse::<i32>().ok());
        let rows = self
            .control()
            .await?
            .query(
                "SELECT id, schema_id, from_version, version, state, sql, rollback_sql, plan, created_by, applied_at,
                        duration_ms, error
                   FROM public.schema_migrations
                  WHERE schema_id = $1 AND ($2::integer IS NULL OR version < $2)
                  ORDER BY version DESC LIMIT $3",
                &[&schema, &before, &(page.limit + 1)],
            )
            .await?;
        let migrations = rows.iter().map(migration).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(migrations, page.limit, |migration| at(migration.version)))
    }
}

fn at(version: i32) -> Cursor {
    Cursor { key: String::new(), id: version.to_string() }
}

/// Saves the schema's current definition as a version.
pub(super) async fn save(
    transaction: &Transaction<'_>,
    schema: &Schema,
    summary: &[String],
    actor: &Actor,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO public.schema_versions (schema_id, version, definition, summary, created_by)
             VALUES ($1, $2, $3, $4, $5)",
            &[&schema.id, &schema.version, &schema.definition, &json!(summary), &actor.to_string()],
        )
        .await?;
    Ok(())
}

/// Records a plan that ran inside this transaction.
pub(super) async fn save_migration(
    transaction: &Transaction<'_>,
    schema: &Schema,
    plan: &Plan,
    took: Duration,
    actor: &Actor,
) -> Result<(), StoreError> {
    let steps: Vec<Value> = plan
        .steps
        .iter()
        .map(|step| {
            json!({
                "sql": step.sql.text(),
                "rollbackSql": step.rollback.as_ref().map(sql::Sql::text),
                "subject": step.subject.path,
            })
        })
        .collect();
    transaction
        .execute(
            "INSERT INTO public.schema_migrations
                 (id, schema_id, from_version, version, state, plan, sql, rollback_sql, created_by,
                  started_at, applied_at, duration_ms)
             VALUES ($1, $2, $3, $4, 'applied', $5, $6, $7, $8, now(), clock_timestamp(), $9)",
            &[
                &Uuid::now_v7(),
                &schema.id,
                &(schema.version - 1),
                &schema.version,
                &json!({ "fingerprint": plan.fingerprint().to_string(), "steps": steps }),
                &plan.sql(),
                &plan.rollback_sql(),
                &actor.to_string(),
                &i64::try_from(took.as_millis()).unwrap_or(i64::MAX),
            ],
        )
        .await?;
    Ok(())
}

fn version(row: &Row) -> Result<Version, StoreError> {
    Ok(Version {
        version: row.try_get(0)?,
        summary: row.try_get(1)?,
        message: row.try_get(2)?,
        created_by: row.try_get(3)?,
        created_at: row.try_get(4)?,
        definition: row.try_get(5)?,
    })
}

fn migration(row: &Row) -> Result<Migration, StoreError> {
    Ok(Migration {
        id: row.try_get(0)?,
        schema_id: row.try_get(1)?,
        from_version: row.try_get(2)?,
        version: row.try_get(3)?,
        state: row.try_get(4)?,
        sql: row.try_get(5)?,
        rollback_sql: row.try_get(6)?,
        plan: row.try_get(7)?,
        created_by: row.try_get(8)?,
        applied_at: row.try_get(9)?,
        duration_ms: row.try_get(10)?,
        error: row.try_get(11)?,
    })
}
