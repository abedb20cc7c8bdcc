//! Members of a tenant. Everybody sees them, owners change them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::{Member, NewMember, NewUser, Role, StoreError};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::auth::made_up_password;
use crate::error::{ApiError, Code};
use crate::extract::{Caller, JsonBody, List, PageQuery, PathIds, QueryParams};
use crate::input;
use crate::middleware::idempotency::ShownOnce;

/// A person in a tenant.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Member)]
pub(crate) struct MemberView {
    user_id: Uuid,
    email: String,
    name: String,
    #[schema(value_type = String, example = "editor")]
    role: Role,
    created_at: DateTime<Utc>,
    /// The password of an account made for this member, shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_password: Option<String>,
}

/// A member about to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberInput {
    /// The address of the account.
    email: String,
    #[schema(value_type = String, example = "editor")]
    role: Role,
    /// The name of the account to make when there is none; the administrator's right.
    name: Option<String>,
}

/// Another role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleInput {
    #[schema(value_type = String, example = "viewer")]
    role: Role,
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        let Member { user_id, email, name, role, created_at } = member;
        Self { user_id, email, name, role, created_at, initial_password: None }
    }
}

/// Lists the members of a tenant.
#[utoipa::path(get, path = "/api/tenants/{tenantId}/members", tag = "Members",
    params(("tenantId" = Uuid, Path), PageQuery),
    responses((status = 200, body = List<MemberView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    PathIds(tenant_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Json<List<MemberView>>, ApiError> {
    caller.tenant(&app, tenant_id).await?;
    Ok(Json(List::of(app.store().members(tenant_id, &query.request()?).await?)))
}

/// Adds a member by e-mail address. The administrator of the server may add somebody who has no
/// account yet; the answer then shows their first password, once.
#[utoipa::path(post, path = "/api/tenants/{tenantId}/members", tag = "Members",
    params(("tenantId" = Uuid, Path)), request_body = MemberInput,
    responses((status = 201, body = MemberView)))]
pub(crate) async fn add(
    State(app): State<App>,
    caller: Caller,
    PathIds(tenant_id): PathIds<Uuid>,
    JsonBody(body): JsonBody<MemberInput>,
) -> Result<Response, ApiError> {
    let scope = caller.tenant(&app, tenant_id).await?;
    scope.require_whole(Role::Owner)?;
    let email = input::email("email", &body.email)?;
    let prepared = prepare_account(&app, &caller, body.name.as_deref()).await?;
    let account = prepared.as_ref().map(|new| NewUser {
        email,
        name: &new.name,
        password_hash: &new.password_hash,
    });
    let member = NewMember { email, role: body.role, account };
    let (member, made) =
        app.store().add_member(tenant_id, &member, &scope.actor).await.map_err(refusal)?;
    app.callers().forget_all();
    let mut view = MemberView::from(member);
    view.initial_password = prepared.filter(|_| made).map(|new| new.password);
    let mut response = (StatusCode::CREATED, Json(view)).into_response();
    if made {
        response.extensions_mut().insert(ShownOnce);
    }
    Ok(response)
}

/// Gives a member another role; for owners.
#[utoipa::path(patch, path = "/api/tenants/{tenantId}/members/{userId}", tag = "Members",
    params(("tenantId" = Uuid, Path), ("userId" = Uuid, Path)), request_body = RoleInput,
    responses((status = 200, body = MemberView)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    PathIds((tenant_id, user_id)): PathIds<(Uuid, Uuid)>,
    JsonBody(body): JsonBody<RoleInput>,
) -> Result<Json<MemberView>, ApiError> {
    let scope = caller.tenant(&app, tenant_id).await?;
    scope.require_whole(Role::Owner)?;
    let member = app.store().change_member(tenant_id, user_id, body.role, &scope.actor).await?;
    app.callers().forget_all();
    Ok(Json(member.into()))
}

/// Removes a member; for owners, and for members who leave.
#[utoipa::path(delete, path = "/api/tenants/{tenantId}/members/{userId}", tag = "Members",
    params(("tenantId" = Uuid, Path), ("userId" = Uuid, Path)), responses((status = 204)))]
pub(crate) async fn remove(
    State(app): State<App>,
    caller: Caller,
    PathIds((tenant_id, user_id)): PathIds<(Uuid, Uuid)>,
) -> Result<StatusCode, ApiError> {
    let scope = caller.tenant(&app, tenant_id).await?;
    if scope.actor.user_id() != Some(user_id) {
        scope.require_whole(Role::Owner)?;
    }
    app.store().remove_member(tenant_id, user_id, &scope.actor).await?;
    app.callers().forget_all();
    Ok(StatusCode::NO_CONTENT)
}

/// An account that may have to be made.
struct Prepared {
    name: String,
    password: String,
    password_hash: String,
}

async fn prepare_account(
    app: &App,
    caller: &Caller,
    name: Option<&str>,
) -> Result<Option<Prepared>, ApiError> {
    let Some(name) = name else { return Ok(None) };
    let name = input::name("name", name)?.to_owned();
    if !caller.user().is_ok_and(|user| user.is_admin) {
        return Ok(None);
    }
    let password = made_up_password();
    let password_hash = app.passwords().hash(&password).await.map_err(ApiError::internal)?;
    Ok(Some(Prepared { name, password, password_hash }))
}

fn refusal(error: StoreError) -> ApiError {
    if error.is_constraint("memberships_pkey") {
        return ApiError::new(Code::AlreadyMember, "This person is a member already.").at("email");
    }
    if matches!(error, StoreError::NotFound("account")) {
        let detail = "Nobody has an account with this e-mail address.";
        return ApiError::new(Code::AccountNotFound, detail).at("email").hint(
            "The administrator of the server can add them with a name, which makes the account.",
        );
    }
    error.into()
}
