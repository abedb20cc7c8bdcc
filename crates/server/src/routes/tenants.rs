//! Tenants of the caller.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{AuditEntry, Role, Tenant};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::app::App;
use crate::error::{ApiError, Code};
use crate::extract::{Caller, JsonBody, List, PageQuery, PathIds, QueryParams};
use crate::input;

/// A tenant, as the caller sees it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Tenant)]
pub(crate) struct TenantView {
    id: Uuid,
    /// The n of `tenant_n`, the namespace of its projects.
    number: i64,
    name: String,
    /// What the caller may do here.
    #[schema(value_type = String, example = "owner")]
    role: Role,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// A tenant about to be made or renamed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TenantInput {
    name: String,
}

/// Consent to a deletion.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confirm {
    /// The name of what is to be deleted.
    confirm: Option<String>,
}

/// A line of the audit log.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditEntry)]
pub(crate) struct AuditView {
    id: i64,
    at: DateTime<Utc>,
    actor: ActorView,
    /// Noun and past participle: `member.added`.
    action: String,
    subject_kind: String,
    subject_id: String,
    #[schema(value_type = Object)]
    details: Value,
}

/// Who made a change.
#[derive(Serialize, ToSchema)]
#[schema(as = Actor)]
pub(crate) struct ActorView {
    /// `user`, `apiKey`, `system` or `anonymous`.
    kind: String,
    id: Option<Uuid>,
    /// The name at the time.
    name: String,
}

impl From<Tenant> for TenantView {
    fn from(tenant: Tenant) -> Self {
        let Tenant { id, number, name, role, created_at, updated_at } = tenant;
        Self { id, number, name, role, created_at, updated_at }
    }
}

impl From<AuditEntry> for AuditView {
    fn from(entry: AuditEntry) -> Self {
        Self {
            id: entry.id,
            at: entry.at,
            actor: ActorView { kind: entry.actor_kind, id: entry.actor_id, name: entry.actor_name },
            action: entry.action,
            subject_kind: entry.subject_kind,
            subject_id: entry.subject_id,
            details: entry.details,
        }
    }
}

/// Lists the tenants of the caller.
#[utoipa::path(get, path = "/api/tenants", tag = "Tenants", params(PageQuery),
    responses((status = 200, body = List<TenantView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Json<List<TenantView>>, ApiError> {
    let page = query.request()?;
    match &caller {
        Caller::Member(session, _) => {
            Ok(Json(List::of(app.store().tenants_of(session.user.id, &page).await?)))
        }
        Caller::Key(identity) => {
            let tenant = app.store().tenant(identity.key.tenant_id, identity.key.role).await?;
            Ok(Json(List { items: vec![tenant.into()], next_cursor: None }))
        }
    }
}

/// Makes a tenant, owned by the caller, with a project "default".
#[utoipa::path(post, path = "/api/tenants", tag = "Tenants", request_body = TenantInput,
    responses((status = 201, body = TenantView)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<TenantInput>,
) -> Result<(StatusCode, Json<TenantView>), ApiError> {
    let user = caller.user()?;
    let name = input::name("name", &body.name)?;
    let tenant = app.store().create_tenant(name, user.id, &caller.actor()).await?;
    app.callers().forget_all();
    Ok((StatusCode::CREATED, Json(tenant.into())))
}

/// One tenant.
#[utoipa::path(get, path = "/api/tenants/{tenantId}", tag = "Tenants",
    params(("tenantId" = Uuid, Path)), responses((status = 200, body = TenantView)))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    PathIds(tenant_id): PathIds<Uuid>,
) -> Result<Json<TenantView>, ApiError> {
    let scope = caller.tenant(&app, tenant_id).await?;
    Ok(Json(app.store().tenant(tenant_id, scope.role).await?.into()))
}

/// Renames a tenant; for its owners.
#[utoipa::path(patch, path = "/api/tenants/{tenantId}", tag = "Tenants",
    params(("tenantId" = Uuid, Path)), request_body = TenantInput,
    responses((status = 200, body = TenantView)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    PathIds(tenant_id): PathIds<Uuid>,
    JsonBody(body): JsonBody<TenantInput>,
) -> Result<Json<TenantView>, ApiError> {
    let scope = caller.tenant(&app, tenant_id).await?;
    scope.require_whole(Role::Owner)?;
    let name = input::name("name", &body.name)?;
    app.store().rename_tenant(tenant_id, name, &scope.actor).await?;
    app.callers().forget_all();
    Ok(Json(app.store().tenant(tenant_id, scope.role).await?.into()))
}

/// Takes a tenant out of use; for its owners, who repeat its name in `confirm`.
#[utoipa::path(delete, path = "/api/tenants/{tenantId}", tag = "Tenants",
    params(("tenantId" = Uuid, Path), Confirm), responses((status = 204)))]
pub(crate) async fn delete(
    State(app): State<App>,
    caller: Caller,
    PathIds(tenant_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<Confirm>,
) -> Result<StatusCode, ApiError> {
    let scope = caller.tenant(&app, tenant_id).await?;
    scope.require_whole(Role::Owner)?;
    caller.user()?;
    let tenant = app.store().tenant(tenant_id, scope.role).await?;
    if query.confirm.as_deref() != Some(tenant.name.as_str()) {
        let detail = "Deleting a tenant takes all its schemas out of use.";
        return Err(ApiError::new(Code::ConfirmationRequired, detail)
            .at("confirm")
            .hint("Repeat the tenant's name: ?confirm=<name>."));
    }
    app.store().delete_tenant(tenant_id, &scope.actor).await?;
    app.callers().forget_all();
    Ok(StatusCode::NO_CONTENT)
}

/// The audit log of a tenant, newest first; for its owners and admins.
#[utoipa::path(get, path = "/api/tenants/{tenantId}/audit", tag = "Tenants",
    params(("tenantId" = Uuid, Path), PageQuery),
    responses((status = 200, body = List<AuditView>)))]
pub(crate) async fn audit(
    State(app): State<App>,
    caller: Caller,
    PathIds(tenant_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Json<List<AuditView>>, ApiError> {
    let scope = caller.tenant(&app, tenant_id).await?;
    scope.require_whole(Role::Admin)?;
    Ok(Json(List::of(app.store().audit_log(tenant_id, &query.request()?).await?)))
}
