//! Finding schemas: search, filters, order, pages.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::{SchemaFilter, SchemaListing, SchemaOrder, SchemaStatus, TableSummary};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::app::App;
use crate::error::{ApiError, Code};
use crate::extract::{List, PageQuery, QueryParams, TenantScope};

/// The longest search text.
const MAX_SEARCH_CHARS: usize = 200;

/// Which schemas.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    /// A part of name or description.
    search: Option<String>,
    /// `active`, `inactive` or `deleted`; active and inactive when not given.
    status: Option<String>,
    /// Only those of this project.
    project: Option<Uuid>,
    /// `name`, `createdAt` or `updatedAt`, with `-` for backwards; `name` when not given.
    sort: Option<String>,
    /// How many items, 1 to 200; 50 when not given.
    limit: Option<i64>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

/// A schema as a list shows it: without its definition, with its size.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SchemaSummary)]
pub(crate) struct SummaryView {
    id: Uuid,
    tenant_id: Uuid,
    project_id: Uuid,
    name: String,
    description: Option<String>,
    version: i32,
    is_active: bool,
    namespace: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    updated_by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<DateTime<Utc>>,
    table_count: usize,
    column_count: i64,
    /// By PostgreSQL's statistics; null before they were first gathered.
    estimated_rows: Option<i64>,
    /// Tables and indexes on disk.
    size_bytes: i64,
    #[schema(value_type = Vec<Object>)]
    tables: Vec<TableSummary>,
}

impl From<SchemaListing> for SummaryView {
    fn from(listing: SchemaListing) -> Self {
        let SchemaListing { schema, tables, estimated_rows, size_bytes } = listing;
        Self {
            id: schema.id,
            tenant_id: schema.tenant_id,
            project_id: schema.project_id,
            name: schema.name,
            description: schema.description,
            version: schema.version,
            is_active: schema.is_active,
            namespace: schema.namespace,
            created_at: schema.created_at,
            updated_at: schema.updated_at,
            updated_by: schema.updated_by,
            deleted_at: schema.deleted_at,
            table_count: tables.len(),
            column_count: tables.iter().map(|table| table.column_count).sum(),
            estimated_rows,
            size_bytes,
            tables,
        }
    }
}

/// Lists the schemas of the tenant.
#[utoipa::path(get, path = "/api/schemas", tag = "Schemas", params(ListQuery),
    responses((status = 200, body = List<SummaryView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    scope: TenantScope,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Json<List<SummaryView>>, ApiError> {
    let filter = SchemaFilter {
        search: search(query.search.as_deref())?,
        status: status(query.status.as_deref())?,
        project: query.project,
        only: scope.allowed_schemas.as_deref(),
        order: order(query.sort.as_deref())?,
    };
    let page = PageQuery { limit: query.limit, cursor: query.cursor }.request()?;
    Ok(Json(List::of(app.store().schemas(scope.tenant.id, &filter, &page).await?)))
}

fn search(text: Option<&str>) -> Result<Option<&str>, ApiError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > MAX_SEARCH_CHARS || text.contains('\0')) {
        let limit = MAX_SEARCH_CHARS.to_string();
        let detail = ["A search has at most ", &limit, " characters, and no NUL."].concat();
        return Err(ApiError::new(Code::InvalidQuery, detail).at("search"));
    }
    Ok(text)
}

fn status(word: Option<&str>) -> Result<SchemaStatus, ApiError> {
    match word {
        None => Ok(SchemaStatus::Present),
        Some("active") => Ok(SchemaStatus::Active),
        Some("inactive") => Ok(SchemaStatus::Inactive),
        Some("deleted") => Ok(SchemaStatus::Deleted),
        Some(_) => Err(unknown("status", "active, inactive or deleted")),
    }
}

fn order(word: Option<&str>) -> Result<SchemaOrder, ApiError> {
    match word {
        None | Some("name") => Ok(SchemaOrder::Name),
        Some("-name") => Ok(SchemaOrder::NameDescending),
        Some("createdAt") => Ok(SchemaOrder::Created),
        Some("-createdAt") => Ok(SchemaOrder::CreatedDescending),
        Some("updatedAt") => Ok(SchemaOrder::Updated),
        Some("-updatedAt") => Ok(SchemaOrder::UpdatedDescending),
        Some(_) => {
            Err(unknown("sort", "name, createdAt or updatedAt, with - before it for backwards"))
        }
    }
}

fn unknown(parameter: &str, words: &str) -> ApiError {
    let detail = ["The parameter `", parameter, "` is ", words, "."].concat();
    ApiError::new(Code::InvalidQuery, detail).at(parameter)
}
