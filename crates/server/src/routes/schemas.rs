//! Schemas: design, find, take out of use, bring back.

mod attic;
mod change;
mod check;
mod history;
mod interchange;
mod list;
mod view;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;
use store::{NewSchema, Role, Schema};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

pub(crate) use self::interchange::{__path_export, __path_import, export, import};
pub(crate) use attic::{__path_attic, __path_purge_attic, attic, purge_attic};
pub(crate) use change::{__path_change, __path_plan, __path_rollback, change, plan, rollback};
pub(crate) use check::{__path_validate, validate};
pub(crate) use history::{
    __path_changelog, __path_diff, __path_migration, __path_migrations, __path_version,
    __path_versions, changelog, diff, migration, migrations, version, versions,
};
pub(crate) use list::{__path_list, list};
pub(crate) use view::SchemaView;

use crate::app::App;
use crate::error::{ApiError, Code};
use crate::extract::{JsonBody, PathIds, QueryParams, TenantScope};
use crate::input;
use crate::routes::projects;

/// A schema about to be made.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SchemaInput {
    /// `a-z`, `0-9` and single underscores, at most 40.
    name: String,
    description: Option<String>,
    /// The tenant's oldest project when not given.
    project_id: Option<Uuid>,
    /// The document; see `/api/docs`.
    #[schema(value_type = Object)]
    definition: Value,
}

/// Whether to do it or only to show it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DryRun {
    /// Answer the validation and the plan, and change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// Whether to drop a schema for good.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Purge {
    /// Drop it with its rows; for owners.
    #[serde(default)]
    purge: bool,
    /// Its name, to be sure.
    confirm: Option<String>,
}

/// Makes a schema: its tables exist when this answers.
#[utoipa::path(post, path = "/api/schemas", tag = "Schemas", params(DryRun), request_body = SchemaInput,
    responses((status = 201, body = SchemaView), (status = 200, description = "The validation and the plan")))]
pub(crate) async fn create(
    State(app): State<App>,
    scope: TenantScope,
    QueryParams(query): QueryParams<DryRun>,
    JsonBody(body): JsonBody<SchemaInput>,
) -> Result<Response, ApiError> {
    let project = project_for(&app, &scope, body.project_id).await?;
    if query.dry_run {
        return Ok(Json(check::dry_run(&scope, &body.name, &body.definition)?).into_response());
    }
    let definition = check::definition(&body.name, &body.definition)?;
    let new = NewSchema {
        tenant: scope.tenant,
        project_id: project,
        name: &body.name,
        description: body.description.as_deref().map(description).transpose()?,
        definition: &definition,
        plan: &migration::plan_creation,
    };
    let made = app.store().create_schema(&new, &scope.actor).await?;
    Ok((StatusCode::CREATED, with_version(made)).into_response())
}

/// One schema with its definition.
#[utoipa::path(get, path = "/api/schemas/{schemaId}", tag = "Schemas",
    params(("schemaId" = Uuid, Path)), responses((status = 200, body = SchemaView)))]
pub(crate) async fn get(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
) -> Result<Response, ApiError> {
    Ok(with_version(find(&app, &scope, schema_id).await?).into_response())
}

/// Takes a schema out of use; with `purge`, drops it for good.
#[utoipa::path(delete, path = "/api/schemas/{schemaId}", tag = "Schemas",
    params(("schemaId" = Uuid, Path), Purge), responses((status = 204)))]
pub(crate) async fn delete(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<Purge>,
) -> Result<StatusCode, ApiError> {
    let schema = find_to_change(&app, &scope, schema_id).await?;
    if query.purge {
        confirm_purge(&scope, &schema, query.confirm.as_deref())?;
        app.store().purge_schema(scope.tenant.id, schema_id, &scope.actor).await?;
    } else {
        app.store().delete_schema(scope.tenant.id, schema_id, &scope.actor).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Brings a schema that was taken out of use back, rows and all.
#[utoipa::path(post, path = "/api/schemas/{schemaId}/restore", tag = "Schemas",
    params(("schemaId" = Uuid, Path)), responses((status = 200, body = SchemaView)))]
pub(crate) async fn restore(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(schema_id): PathIds<Uuid>,
) -> Result<Response, ApiError> {
    find_to_change(&app, &scope, schema_id).await?;
    let restored = app.store().restore_schema(scope.tenant.id, schema_id, &scope.actor).await?;
    Ok(with_version(restored).into_response())
}

/// The schema, when the caller may see it.
pub(crate) async fn find(
    app: &App,
    scope: &TenantScope,
    schema_id: Uuid,
) -> Result<Schema, ApiError> {
    if !scope.allows_schema(schema_id) {
        return Err(ApiError::not_found("schema"));
    }
    Ok(app.store().schema(scope.tenant.id, schema_id).await?)
}

/// The schema, when the caller may change it: its project's owners, the tenant's owners and admins.
async fn find_to_change(
    app: &App,
    scope: &TenantScope,
    schema_id: Uuid,
) -> Result<Schema, ApiError> {
    let schema = find(app, scope, schema_id).await?;
    projects::require_owner(app, scope, schema.project_id).await?;
    Ok(schema)
}

/// The project a new schema goes to: the one named, or the tenant's oldest.
async fn project_for(
    app: &App,
    scope: &TenantScope,
    named: Option<Uuid>,
) -> Result<Uuid, ApiError> {
    let project_id = match named {
        Some(project_id) => project_id,
        None => app.store().default_project(scope.tenant).await?.id,
    };
    let owned = projects::require_owner(app, scope, project_id).await;
    owned.map_err(|error| {
        if error.code == Code::NotFound {
            return ApiError::invalid("projectId", "The tenant has no such project.");
        }
        error
    })?;
    if scope.allowed_schemas.is_some() {
        return Err(ApiError::forbidden(
            "This key is limited to some schemas and cannot make others.",
        ));
    }
    Ok(project_id)
}

fn confirm_purge(
    scope: &TenantScope,
    schema: &Schema,
    confirm: Option<&str>,
) -> Result<(), ApiError> {
    scope.require(Role::Owner)?;
    if confirm == Some(schema.name.as_str()) {
        return Ok(());
    }
    let detail =
        ["Dropping this schema for good needs its name: confirm=", &schema.name, "."].concat();
    Err(ApiError::new(Code::ConfirmationRequired, detail).at("confirm"))
}

fn description(text: &str) -> Result<&str, ApiError> {
    input::description("description", text)
}

/// An empty description is none.
fn described(text: &str) -> Result<Option<&str>, ApiError> {
    Ok(Some(description(text)?).filter(|text| !text.is_empty()))
}

/// The version that the caller has seen, from `If-Match: "<version>"`; `*` is any.
fn if_match(headers: &HeaderMap) -> Result<Option<i32>, ApiError> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let number = text.strip_prefix("W/").unwrap_or(text).trim_matches('"').parse();
    let detail = "If-Match holds a version, as the ETag of a schema gives it: \"3\".";
    number.map(Some).map_err(|_| ApiError::new(Code::InvalidHeader, detail).at("If-Match"))
}

/// The schema with its version as `ETag`.
fn with_version(schema: Schema) -> impl IntoResponse {
    let etag = ["\"", &schema.version.to_string(), "\""].concat();
    ([(header::ETAG, etag)], Json(SchemaView::from(schema)))
}
