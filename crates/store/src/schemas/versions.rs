//! Versions and the migrations that led to them.

use std::time::Duration;

use chrono::{DateTime, Utc};
use definition::{Counting, Definition, Document};
use serde_json::{Value, json};
use sql::Sql;
use tokio_postgres::{Row, Transaction};
use uuid::Uuid;

use super::Schema;
use super::change::SavedPlan;
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
    /// How long the change took, in milliseconds.
    pub duration_ms: Option<i64>,
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
    /// `pending`, `running` (before the version changes), `finishing` (after it), `applied`, `failed`
    /// (as a whole, nothing was changed) or `undone` (what had been done was undone).
    pub state: String,
    /// What was run.
    pub sql: String,
    /// What would undo it.
    pub rollback_sql: Option<String>,
    /// The steps as they were planned.
    pub plan: Value,
    /// What the author said.
    pub message: Option<String>,
    /// What was chosen for rows that do not fit.
    pub remedies: Option<Value>,
    /// While it is under way: `step`, the position of the step that is worked on, and for one that
    /// goes over a table `block` of `blocks`; `undoing` when it goes backwards.
    pub progress: Option<Value>,
    /// Who ran it.
    pub created_by: String,
    /// When it was begun.
    pub started_at: Option<DateTime<Utc>>,
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
                "SELECT v.version, v.summary, v.message, v.created_by, v.created_at, m.duration_ms, NULL::jsonb
                   FROM public.schema_versions v
                   LEFT JOIN public.schema_migrations m ON m.schema_id = v.schema_id AND m.version = v.version
                                                       AND m.state IN ('applied', 'finishing')
                  WHERE v.schema_id = $1 AND ($2::integer IS NULL OR v.version < $2)
                  ORDER BY v.version DESC LIMIT $3",
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
                "SELECT v.version, v.summary, v.message, v.created_by, v.created_at, m.duration_ms, v.definition
                   FROM public.schema_versions v
                   LEFT JOIN public.schema_migrations m ON m.schema_id = v.schema_id AND m.version = v.version
                                                       AND m.state IN ('applied', 'finishing')
                  WHERE v.schema_id = $1 AND v.version = $2",
                &[&schema, &number],
            )
            .await?;
        version(&row.ok_or(StoreError::NotFound("version"))?)
    }

    /// The definition of one version.
    pub async fn definition_at(&self, schema: Uuid, number: i32) -> Result<Definition, StoreError> {
        let found = self.version(schema, number).await?;
        definition_of(&found.definition.unwrap_or_default())
    }

    /// The migrations of a schema, newest first.
    pub async fn migrations(
        &self,
        schema: Uuid,
        page: &PageRequest,
    ) -> Result<Page<Migration>, StoreError> {
        // Refused attempts have the number of the version they did not reach, so ids tell the order.
        let before = page.after.as_ref().and_then(|cursor| cursor.id.parse::<Uuid>().ok());
        let mut statement = Sql::of("SELECT ");
        statement.syntax(MIGRATION).syntax(
            " FROM public.schema_migrations
               WHERE schema_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
        );
        let connection = self.control().await?;
        let rows =
            connection.query(statement.text(), &[&schema, &before, &(page.limit + 1)]).await?;
        let migrations = rows.iter().map(migration).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(migrations, page.limit, |migration| Cursor {
            key: String::new(),
            id: migration.id.to_string(),
        }))
    }

    /// One migration of a schema.
    pub async fn migration(&self, schema: Uuid, id: Uuid) -> Result<Migration, StoreError> {
        let mut statement = Sql::of("SELECT ");
        statement.syntax(MIGRATION);
        statement.syntax(" FROM public.schema_migrations WHERE schema_id = $1 AND id = $2");
        let found = self.control().await?.query_opt(statement.text(), &[&schema, &id]).await?;
        migration(&found.ok_or(StoreError::NotFound("migration"))?)
    }
}

/// A definition as it was saved. It has all its ids already.
pub(super) fn definition_of(document: &Value) -> Result<Definition, StoreError> {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    checked.definition.ok_or_else(|| {
        let errors = checked.problems.iter().map(|problem| format!("{problem:?}"));
        StoreError::Corrupt(["no valid definition: ", &errors.collect::<String>()].concat())
    })
}

/// The columns that [`migration`] reads, in its order.
const MIGRATION: &str = "id, schema_id, from_version, version, state, sql, rollback_sql, plan, message, remedies, \
                         progress, created_by, started_at, applied_at, duration_ms, error";

fn at(version: i32) -> Cursor {
    Cursor { key: String::new(), id: version.to_string() }
}

/// Saves the schema's current definition as a version, with sentences that tell what changed and
/// what the author said.
pub(super) async fn save(
    transaction: &Transaction<'_>,
    schema: &Schema,
    (summary, message): (&[String], Option<&str>),
    actor: &Actor,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO public.schema_versions (schema_id, version, definition, summary, message, created_by)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                &schema.id,
                &schema.version,
                &schema.definition,
                &json!(summary),
                &message,
                &actor.to_string(),
            ],
        )
        .await?;
    Ok(())
}

/// Records the creation that ran inside this transaction.
pub(super) async fn save_migration(
    transaction: &Transaction<'_>,
    schema: &Schema,
    plan: &SavedPlan,
    took: Duration,
    actor: &Actor,
) -> Result<(), StoreError> {
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
                &json!(plan),
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
        duration_ms: row.try_get(5)?,
        definition: row.try_get(6)?,
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
        message: row.try_get(8)?,
        remedies: row.try_get(9)?,
        progress: row.try_get(10)?,
        created_by: row.try_get(11)?,
        started_at: row.try_get(12)?,
        applied_at: row.try_get(13)?,
        duration_ms: row.try_get(14)?,
        error: row.try_get(15)?,
    })
}
