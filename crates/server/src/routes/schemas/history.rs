//! What a schema was before, and how it became what it is.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use store::{Migration, Version};
use utoipa::ToSchema;
use uuid::Uuid;

use super::find;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{List, PageQuery, PathIds, QueryParams, TenantScope};

/// An immutable snapshot of a definition.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Version)]
pub(crate) struct VersionView {
    version: i32,
    /// Sentences that tell what changed.
    #[schema(value_type = Vec<String>)]
    summary: Value,
    message: Option<String>,
    created_by: String,
    created_at: DateTime<Utc>,
    /// Only when one version is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    definition: Option<Value>,
}

impl From<Version> for VersionView {
    fn from(version: Version) -> Self {
        let Version { version, summary, message, created_by, created_at, definition, .. } = version;
        Self { version, summary, message, created_by, created_at, definition }
    }
}

/// A plan that was run.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Migration)]
pub(crate) struct MigrationView {
    id: Uuid,
    schema_id: Uuid,
    from_version: i32,
    version: i32,
    /// `pending`, `running`, `finishing`, `applied`, `failed` or `undone`.
    state: String,
    sql: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rollback_sql: Option<String>,
    applied_at: Option<DateTime<Utc>>,
    duration_ms: Option<i64>,
    created_by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    error: Option<Value>,
    /// Only when one migration is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    steps: Option<Value>,
}

impl From<Migration> for MigrationView {
    fn from(migration: Migration) -> Self {
        Self {
            id: migration.id,
            schema_id: migration.schema_id,
            from_version: migration.from_version,
            version: migration.version,
            state: migration.state,
            sql: migration.sql,
            rollback_sql: migration.rollback_sql,
            applied_at: migration.applied_at,
            duration_ms: migration.duration_ms,
            created_by: migration.created_by,
            error: migration.error,
            steps: None,
        }
    }
}

/// Lists the versions of a schema, newest first.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/versions", tag = "Schemas",
    params(("schemaId" = Uuid, Path), PageQuery), responses((status = 200, body = List<VersionView>)))]
pub(crate) async fn versions(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Json<List<VersionView>>, ApiError> {
    find(&app, &scope, schema_id).await?;
    Ok(Json(List::of(app.store().versions(schema_id, &query.request()?).await?)))
}

/// One version with its definition.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/versions/{version}", tag = "Schemas",
    params(("schemaId" = Uuid, Path), ("version" = i32, Path)), responses((status = 200, body = VersionView)))]
pub(crate) async fn version(
    State(app): State<App>,
    scope: TenantScope,
    PathIds((schema_id, number)): PathIds<(Uuid, i32)>,
) -> Result<Json<VersionView>, ApiError> {
    find(&app, &scope, schema_id).await?;
    Ok(Json(app.store().version(schema_id, number).await?.into()))
}

/// Lists the migrations of a schema, newest first.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/migrations", tag = "Schemas",
    params(("schemaId" = Uuid, Path), PageQuery), responses((status = 200, body = List<MigrationView>)))]
pub(crate) async fn migrations(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Json<List<MigrationView>>, ApiError> {
    find(&app, &scope, schema_id).await?;
    Ok(Json(List::of(app.store().migrations(schema_id, &query.request()?).await?)))
}

/// What differs between two versions.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VersionDiff)]
pub(crate) struct DiffView {
    from: i32,
    to: i32,
    /// Each with `kind`, `act`, `subject` and `summary`.
    #[schema(value_type = Vec<Object>)]
    changes: Vec<Value>,
}

/// What differs from one version to another one, in either direction.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/versions/{a}/diff/{b}", tag = "Schemas",
    params(("schemaId" = Uuid, Path), ("a" = i32, Path), ("b" = i32, Path)),
    responses((status = 200, body = DiffView)))]
pub(crate) async fn diff(
    State(app): State<App>,
    scope: TenantScope,
    PathIds((schema_id, from, to)): PathIds<(Uuid, i32, i32)>,
) -> Result<Json<DiffView>, ApiError> {
    find(&app, &scope, schema_id).await?;
    let before = app.store().definition_at(schema_id, from).await?;
    let after = app.store().definition_at(schema_id, to).await?;
    let changes = migration::diff(&before, &after);
    let changes = changes.iter().map(migration::Change::to_json).collect();
    Ok(Json(DiffView { from, to, changes }))
}

/// One migration with its steps.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/migrations/{migrationId}", tag = "Schemas",
    params(("schemaId" = Uuid, Path), ("migrationId" = Uuid, Path)),
    responses((status = 200, body = MigrationView)))]
pub(crate) async fn migration(
    State(app): State<App>,
    scope: TenantScope,
    PathIds((schema_id, migration_id)): PathIds<(Uuid, Uuid)>,
) -> Result<Json<MigrationView>, ApiError> {
    find(&app, &scope, schema_id).await?;
    let migration = app.store().migration(schema_id, migration_id).await?;
    let steps = migration.plan.get("steps").cloned();
    Ok(Json(MigrationView { steps, ..migration.into() }))
}

/// A version as a change log tells it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChangelogEntry)]
pub(crate) struct EntryView {
    version: i32,
    /// One sentence for all of it.
    headline: String,
    /// A sentence for each change.
    #[schema(value_type = Vec<String>)]
    changes: Value,
    message: Option<String>,
    author: String,
    at: DateTime<Utc>,
}

impl From<Version> for EntryView {
    fn from(version: Version) -> Self {
        let count = version.summary.as_array().map_or(0, Vec::len);
        let first = version.summary.get(0).and_then(Value::as_str).unwrap_or("Nothing changed");
        let headline = match count {
            0 | 1 => first.to_owned(),
            2 => [first, ", and 1 more change"].concat(),
            more => [first, ", and ", &(more - 1).to_string(), " more changes"].concat(),
        };
        Self {
            version: version.version,
            headline,
            changes: version.summary,
            message: version.message,
            author: version.created_by,
            at: version.created_at,
        }
    }
}

/// The history as a person reads it, newest first.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/changelog", tag = "Schemas",
    params(("schemaId" = Uuid, Path), PageQuery), responses((status = 200, body = List<EntryView>)))]
pub(crate) async fn changelog(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Json<List<EntryView>>, ApiError> {
    find(&app, &scope, schema_id).await?;
    Ok(Json(List::of(app.store().versions(schema_id, &query.request()?).await?)))
}
