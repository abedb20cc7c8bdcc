//! Rows of a schema's tables. Each call is one statement under the schema's role.

mod headers;
mod page;
mod refused;
mod row_path;
mod schema;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use query::rest::{RowBody, RowsBody, parse_read};
use query::{Count, WriteRequest};
use store::Role;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::extract::{JsonBody, PathIds, TenantScope};
use row_path::RowPath;
use schema::DataSchema;

/// Lists rows. The query string is PostgREST's: `select`, filters as `column=operator.value`,
/// `order`, `limit`, `offset`. `Prefer: count=exact` counts all that match.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/tables/{table}/data", tag = "Data",
    params(("schemaId" = Uuid, Path), ("table" = String, Path),
        ("select" = Option<String>, Query, description = "Columns, as `id,label:name,price::text`."),
        ("order" = Option<String>, Query, description = "As `placed_on.desc.nullslast,id`."),
        ("limit" = Option<u64>, Query, description = "At most 1000, which is also the default."),
        ("offset" = Option<u64>, Query, description = "Rows to pass over.")),
    responses((status = 200, body = Vec<Value>), (status = 206, body = Vec<Value>)))]
pub(crate) async fn list(
    State(app): State<App>,
    scope: TenantScope,
    PathIds((schema_id, table)): PathIds<(Uuid, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    headers::require_json_accepted(&headers)?;
    let schema = DataSchema::fetch(&app, &scope, schema_id, Role::Viewer).await?;
    let target = schema.table(&table)?;
    let request = parse_read(query.as_deref().unwrap_or_default(), headers::count(&headers))?;
    let statement = target.read(&request)?.statement()?;
    let answer = schema.read(&app, &target, &statement).await?.unwrap_or_default();
    page::rows(answer, request.offset)
}

/// One row by its primary key. A key of several columns is written `a,b`, each part
/// percent-encoded.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/tables/{table}/data/{key}", tag = "Data",
    params(("schemaId" = Uuid, Path), ("table" = String, Path), ("key" = String, Path)),
    responses((status = 200, body = Value)))]
pub(crate) async fn get(
    State(app): State<App>,
    scope: TenantScope,
    path: RowPath,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    headers::require_json_accepted(&headers)?;
    let schema = DataSchema::fetch(&app, &scope, path.schema_id, Role::Viewer).await?;
    let target = schema.table(&path.table)?;
    let key = path.key(&target)?;
    let request = parse_read(query.as_deref().unwrap_or_default(), Count::None)?;
    let statement = target.read_one(&key, &request)?.statement()?;
    let answer = schema.read(&app, &target, &statement).await?;
    page::row(StatusCode::OK, answer)
}

/// Adds a row, or a list of rows, all or none, and answers them as they were stored.
#[utoipa::path(post, path = "/api/schemas/{schemaId}/tables/{table}/data", tag = "Data",
    params(("schemaId" = Uuid, Path), ("table" = String, Path)),
    request_body = Value, responses((status = 201, body = Vec<Value>)))]
pub(crate) async fn add(
    State(app): State<App>,
    scope: TenantScope,
    PathIds((schema_id, table)): PathIds<(Uuid, String)>,
    headers: HeaderMap,
    JsonBody(RowsBody { rows, listed }): JsonBody<RowsBody>,
) -> Result<Response, ApiError> {
    headers::require_json_accepted(&headers)?;
    let schema = DataSchema::fetch(&app, &scope, schema_id, Role::Editor).await?;
    let target = schema.table(&table)?;
    let request = WriteRequest::Insert { rows, listed };
    let statement = target.write(&request)?.statement()?;
    let answer = schema.write(&app, &target, &request, &statement).await?;
    page::row(StatusCode::CREATED, answer)
}

/// Changes the given columns of one row and answers the whole row.
#[utoipa::path(put, path = "/api/schemas/{schemaId}/tables/{table}/data/{key}", tag = "Data",
    params(("schemaId" = Uuid, Path), ("table" = String, Path), ("key" = String, Path)),
    request_body = Value, responses((status = 200, body = Value)))]
pub(crate) async fn change(
    State(app): State<App>,
    scope: TenantScope,
    path: RowPath,
    headers: HeaderMap,
    JsonBody(RowBody(values)): JsonBody<RowBody>,
) -> Result<Response, ApiError> {
    headers::require_json_accepted(&headers)?;
    let schema = DataSchema::fetch(&app, &scope, path.schema_id, Role::Editor).await?;
    let target = schema.table(&path.table)?;
    let request = WriteRequest::Update { key: path.key(&target)?, values };
    let statement = target.write(&request)?.statement()?;
    let answer = schema.write(&app, &target, &request, &statement).await?;
    page::row(StatusCode::OK, answer)
}

/// Deletes one row.
#[utoipa::path(delete, path = "/api/schemas/{schemaId}/tables/{table}/data/{key}", tag = "Data",
    params(("schemaId" = Uuid, Path), ("table" = String, Path), ("key" = String, Path)),
    responses((status = 204)))]
pub(crate) async fn delete(
    State(app): State<App>,
    scope: TenantScope,
    path: RowPath,
) -> Result<StatusCode, ApiError> {
    let schema = DataSchema::fetch(&app, &scope, path.schema_id, Role::Editor).await?;
    let target = schema.table(&path.table)?;
    let request = WriteRequest::Delete { key: path.key(&target)? };
    let statement = target.write(&request)?.statement()?;
    schema.write(&app, &target, &request, &statement).await?.ok_or_else(page::no_row)?;
    Ok(StatusCode::NO_CONTENT)
}
