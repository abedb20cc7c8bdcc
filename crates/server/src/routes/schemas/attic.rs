//! What changes have put aside.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use store::{AtticEntry, Role};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{find, find_to_change};
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{List, PageQuery, PathIds, QueryParams, TenantScope};

/// Something that waits to be brought back.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AtticItem)]
pub(crate) struct AtticView {
    id: Uuid,
    /// `table`, `column`, `values` before a conversion, `enum`, or `rows` that did not fit.
    kind: String,
    /// What it was called: `orders` or `orders.note`.
    subject: String,
    /// The version that put it aside.
    version: i32,
    /// Bytes on disk; estimated for columns.
    size_bytes: Option<i64>,
    /// Rows of it, estimated.
    rows: Option<i64>,
    created_at: DateTime<Utc>,
    /// When it is removed for good.
    expires_at: DateTime<Utc>,
}

impl From<AtticEntry> for AtticView {
    fn from(entry: AtticEntry) -> Self {
        Self {
            id: entry.id,
            kind: entry.kind,
            subject: entry.subject,
            version: entry.name.version,
            size_bytes: entry.size_bytes,
            rows: entry.rows,
            created_at: entry.created_at,
            expires_at: entry.expires_at,
        }
    }
}

/// Lists what waits in the attic of a schema, newest first.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/attic", tag = "Schemas",
    params(("schemaId" = Uuid, Path), PageQuery), responses((status = 200, body = List<AtticView>)))]
pub(crate) async fn attic(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Json<List<AtticView>>, ApiError> {
    find(&app, &scope, schema_id).await?;
    Ok(Json(List::of(app.store().attic(schema_id, &query.request()?).await?)))
}

/// Removes one thing from the attic for good; for owners.
#[utoipa::path(delete, path = "/api/schemas/{schemaId}/attic/{itemId}", tag = "Schemas",
    params(("schemaId" = Uuid, Path), ("itemId" = Uuid, Path)), responses((status = 204)))]
pub(crate) async fn purge_attic(
    State(app): State<App>,
    scope: TenantScope,
    PathIds((schema_id, item_id)): PathIds<(Uuid, Uuid)>,
) -> Result<StatusCode, ApiError> {
    find_to_change(&app, &scope, schema_id).await?;
    scope.require(Role::Owner)?;
    app.store().purge_attic_item(scope.tenant.id, schema_id, item_id, &scope.actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
