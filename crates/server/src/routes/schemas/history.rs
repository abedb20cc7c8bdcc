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
