//! Projects: groups of schemas in the caller's tenant.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::{MAX_PROJECT_OWNERS, NewProject, Project, ProjectChange, Role, StoreError};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::error::{ApiError, Code};
use crate::extract::{JsonBody, List, PageQuery, PathIds, QueryParams, TenantScope};
use crate::input;

/// A group of schemas.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Project)]
pub(crate) struct ProjectView {
    id: Uuid,
    name: String,
    description: Option<String>,
    /// The members who may create schemas in it, besides the tenant's owners and admins.
    owners: Vec<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// A project about to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectInput {
    name: String,
    description: Option<String>,
    /// Members of the tenant; the caller when not given.
    owners: Option<Vec<Uuid>>,
}

/// What to change; a part that is not given stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectPatch {
    name: Option<String>,
    /// An empty one removes it.
    description: Option<String>,
    owners: Option<Vec<Uuid>>,
}

impl From<Project> for ProjectView {
    fn from(project: Project) -> Self {
        let Project { id, name, description, owners, created_at, updated_at } = project;
        Self { id, name, description, owners, created_at, updated_at }
    }
}

/// Lists the projects of the tenant by age.
#[utoipa::path(get, path = "/api/projects", tag = "Projects", params(PageQuery),
    responses((status = 200, body = List<ProjectView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    scope: TenantScope,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Json<List<ProjectView>>, ApiError> {
    Ok(Json(List::of(app.store().projects(scope.tenant, &query.request()?).await?)))
}

/// Makes a project; for owners and admins of the tenant.
#[utoipa::path(post, path = "/api/projects", tag = "Projects", request_body = ProjectInput,
    responses((status = 201, body = ProjectView)))]
pub(crate) async fn create(
    State(app): State<App>,
    scope: TenantScope,
    JsonBody(body): JsonBody<ProjectInput>,
) -> Result<(StatusCode, Json<ProjectView>), ApiError> {
    scope.require_whole(Role::Admin)?;
    let caller: Vec<Uuid> = scope.actor.user_id().into_iter().collect();
    let project = NewProject {
        name: input::name("name", &body.name)?,
        description: body.description.as_deref().map(description).transpose()?,
        owners: owners(body.owners.as_deref())?.unwrap_or(&caller),
    };
    let made =
        app.store().create_project(scope.tenant, &project, &scope.actor).await.map_err(refusal)?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// One project.
#[utoipa::path(get, path = "/api/projects/{projectId}", tag = "Projects",
    params(("projectId" = Uuid, Path)), responses((status = 200, body = ProjectView)))]
pub(crate) async fn get(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(project_id): PathIds<Uuid>,
) -> Result<Json<ProjectView>, ApiError> {
    Ok(Json(app.store().project(scope.tenant, project_id).await?.into()))
}

/// Changes a project; for its owners and for owners and admins of the tenant.
#[utoipa::path(patch, path = "/api/projects/{projectId}", tag = "Projects",
    params(("projectId" = Uuid, Path)), request_body = ProjectPatch,
    responses((status = 200, body = ProjectView)))]
pub(crate) async fn change(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(project_id): PathIds<Uuid>,
    JsonBody(body): JsonBody<ProjectPatch>,
) -> Result<Json<ProjectView>, ApiError> {
    require_owner(&app, &scope, project_id).await?;
    let change = ProjectChange {
        name: body.name.as_deref().map(|name| input::name("name", name)).transpose()?,
        description: body.description.as_deref().map(description).transpose()?,
        owners: owners(body.owners.as_deref())?,
    };
    let changed = app
        .store()
        .change_project(scope.tenant, project_id, &change, &scope.actor)
        .await
        .map_err(refusal)?;
    Ok(Json(changed.into()))
}

/// Deletes a project that holds no schema.
#[utoipa::path(delete, path = "/api/projects/{projectId}", tag = "Projects",
    params(("projectId" = Uuid, Path)), responses((status = 204)))]
pub(crate) async fn delete(
    State(app): State<App>,
    scope: TenantScope,
    PathIds(project_id): PathIds<Uuid>,
) -> Result<StatusCode, ApiError> {
    require_owner(&app, &scope, project_id).await?;
    app.store().delete_project(scope.tenant, project_id, &scope.actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses who neither owns the project nor is an owner or admin of the tenant.
pub(crate) async fn require_owner(
    app: &App,
    scope: &TenantScope,
    project_id: Uuid,
) -> Result<Project, ApiError> {
    let project = app.store().project(scope.tenant, project_id).await?;
    let owns = scope.actor.user_id().is_some_and(|user| project.owners.contains(&user));
    if owns && scope.role >= Role::Editor {
        return Ok(project);
    }
    scope.require_whole(Role::Admin)?;
    Ok(project)
}

fn description(text: &str) -> Result<&str, ApiError> {
    input::description("description", text)
}

fn owners(owners: Option<&[Uuid]>) -> Result<Option<&[Uuid]>, ApiError> {
    if owners.is_some_and(|owners| owners.len() > MAX_PROJECT_OWNERS) {
        let limit = MAX_PROJECT_OWNERS.to_string();
        let detail = ["A project has at most ", &limit, " owners."].concat();
        return Err(ApiError::invalid("owners", detail));
    }
    Ok(owners)
}

fn refusal(error: StoreError) -> ApiError {
    if error.is_constraint("projects_name_key") {
        let detail = "Another project of this tenant has this name.";
        return ApiError::new(Code::NameTaken, detail).at("name");
    }
    if matches!(error, StoreError::NotFound("member")) {
        return ApiError::invalid("owners", "One of the owners is not a member of the tenant.");
    }
    error.into()
}
