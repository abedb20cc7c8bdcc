//! Definitions in other forms, out and in.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use definition::{Counting, Definition, Document};
use interchange::{Finding, Imported};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::find;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{JsonBody, PathIds, QueryParams, TenantScope};

/// A form that a definition may have.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Format {
    /// The canonical document.
    #[default]
    Json,
    /// SQL that plain psql runs.
    Sql,
}

/// The form that is asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportQuery {
    /// `json` when absent.
    #[serde(default)]
    #[param(inline)]
    format: Format,
}

/// What to read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportInput {
    format: Format,
    /// The text, as `pg_dump --schema-only` writes it or as people do.
    source: String,
}

/// What was read.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportView {
    /// The document; nothing is made of it yet.
    #[schema(value_type = Object)]
    definition: Value,
    /// What did not come in as it was written: line, code, message, severity.
    #[schema(value_type = Vec<Object>)]
    findings: Vec<Finding>,
}

/// The definition in another form.
#[utoipa::path(get, path = "/api/schemas/{schemaId}/export", tag = "Schemas",
    params(("schemaId" = Uuid, Path), ExportQuery),
    responses((status = 200, description = "The definition as JSON or SQL")))]
pub(crate) async fn export(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<ExportQuery>,
) -> Result<Response, ApiError> {
    let schema = find(&app, &scope, schema_id).await?;
    let definition = saved(&schema.definition)?;
    let (text, media_type) = match query.format {
        Format::Json => (interchange::json::export(&definition), "application/json"),
        Format::Sql => (interchange::sql::export(&definition), "application/sql; charset=utf-8"),
    };
    Ok(([(header::CONTENT_TYPE, media_type)], text).into_response())
}

/// Reads a definition in another form; nothing is made.
#[utoipa::path(post, path = "/api/schemas/import", tag = "Schemas", request_body = ImportInput,
    responses((status = 200, body = ImportView)))]
pub(crate) async fn import(
    _scope: TenantScope,
    JsonBody(body): JsonBody<ImportInput>,
) -> Result<Json<ImportView>, ApiError> {
    let read = move || match body.format {
        Format::Json => interchange::json::import(&body.source),
        Format::Sql => interchange::sql::import(&body.source),
    };
    let Imported { document, findings } =
        tokio::task::spawn_blocking(read).await.map_err(ApiError::internal)?;
    Ok(Json(ImportView { definition: document, findings }))
}

/// A saved definition has passed its check already, and has all its ids.
fn saved(document: &Value) -> Result<Definition, ApiError> {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    checked.definition.ok_or_else(|| ApiError::internal("a saved definition is not valid"))
}
