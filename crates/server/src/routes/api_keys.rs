//! API keys of a tenant: for its owners and admins.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::{ApiKey, MAX_KEY_SCHEMAS, NewApiKey, Role, StoreError};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::auth::Token;
use crate::error::ApiError;
use crate::extract::{Caller, JsonBody, List, PageQuery, PathIds, QueryParams, TenantScope};
use crate::input;
use crate::middleware::idempotency::ShownOnce;

/// A key, without the secret.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiKey)]
pub(crate) struct KeyView {
    id: Uuid,
    tenant_id: Uuid,
    name: String,
    #[schema(value_type = String, example = "editor")]
    role: Role,
    /// The first characters of the key, to recognise it by.
    prefix: String,
    /// The schemas it is bound to; null means all of the tenant.
    schemas: Option<Vec<Uuid>>,
    created_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
    expires_at: Option<DateTime<Utc>>,
}

/// A key that was just made.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewKeyView {
    /// The secret, shown this once.
    key: String,
    #[serde(flatten)]
    rest: KeyView,
}

/// A key about to be made.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct KeyInput {
    name: String,
    /// Not above the caller's own.
    #[schema(value_type = String, example = "editor")]
    role: Role,
    /// The only schemas it may touch; all of the tenant when not given.
    schemas: Option<Vec<Uuid>>,
    /// When it ends; never when not given.
    expires_at: Option<DateTime<Utc>>,
}

impl From<ApiKey> for KeyView {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id,
            tenant_id: key.tenant_id,
            name: key.name,
            role: key.role,
            prefix: key.prefix,
            schemas: key.schemas,
            created_at: key.created_at,
            last_used_at: key.last_used_at,
            expires_at: key.expires_at,
        }
    }
}

/// Lists the keys of a tenant, newest first.
#[utoipa::path(get, path = "/api/tenants/{tenantId}/api-keys", tag = "API keys",
    params(("tenantId" = Uuid, Path), PageQuery),
    responses((status = 200, body = List<KeyView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    PathIds(tenant_id): PathIds<Uuid>,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Json<List<KeyView>>, ApiError> {
    admin(&app, &caller, tenant_id).await?;
    Ok(Json(List::of(app.store().api_keys(tenant_id, &query.request()?).await?)))
}

/// Makes a key. The answer is the only place where it can be read.
#[utoipa::path(post, path = "/api/tenants/{tenantId}/api-keys", tag = "API keys",
    params(("tenantId" = Uuid, Path)), request_body = KeyInput,
    responses((status = 201, body = NewKeyView)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    PathIds(tenant_id): PathIds<Uuid>,
    JsonBody(body): JsonBody<KeyInput>,
) -> Result<Response, ApiError> {
    let scope = admin(&app, &caller, tenant_id).await?;
    check(&scope, &body)?;
    let token = Token::api_key();
    let key = NewApiKey {
        name: input::name("name", &body.name)?,
        role: body.role,
        key_hash: &token.hash(),
        prefix: token.shown(),
        schemas: body.schemas.as_deref(),
        expires_at: body.expires_at,
    };
    let made = app.store().create_api_key(tenant_id, &key, &scope.actor).await.map_err(refusal)?;
    let view = NewKeyView { key: token.reveal().to_owned(), rest: made.into() };
    let mut response = (StatusCode::CREATED, Json(view)).into_response();
    response.extensions_mut().insert(ShownOnce);
    Ok(response)
}

/// Revokes a key, at once and for good.
#[utoipa::path(delete, path = "/api/tenants/{tenantId}/api-keys/{keyId}", tag = "API keys",
    params(("tenantId" = Uuid, Path), ("keyId" = Uuid, Path)), responses((status = 204)))]
pub(crate) async fn revoke(
    State(app): State<App>,
    caller: Caller,
    PathIds((tenant_id, key_id)): PathIds<(Uuid, Uuid)>,
) -> Result<StatusCode, ApiError> {
    let scope = admin(&app, &caller, tenant_id).await?;
    app.store().revoke_api_key(tenant_id, key_id, &scope.actor).await?;
    app.callers().forget_all();
    Ok(StatusCode::NO_CONTENT)
}

/// A key that is bound to some schemas must not be able to make itself a wider one.
async fn admin(app: &App, caller: &Caller, tenant_id: Uuid) -> Result<TenantScope, ApiError> {
    let scope = caller.tenant(app, tenant_id).await?;
    scope.require_whole(Role::Admin)?;
    Ok(scope)
}

fn check(scope: &TenantScope, body: &KeyInput) -> Result<(), ApiError> {
    if body.role > scope.role {
        return Err(ApiError::forbidden("A key cannot do more than who makes it.").at("role"));
    }
    let count = body.schemas.as_ref().map_or(1, Vec::len);
    if count == 0 || count > MAX_KEY_SCHEMAS {
        let detail = [
            "A key is bound to 1 to ",
            &MAX_KEY_SCHEMAS.to_string(),
            " schemas, or to none in particular.",
        ];
        return Err(ApiError::invalid("schemas", detail.concat()));
    }
    if body.expires_at.is_some_and(|time| time <= Utc::now()) {
        return Err(ApiError::invalid("expiresAt", "This time has passed."));
    }
    Ok(())
}

fn refusal(error: StoreError) -> ApiError {
    if matches!(error, StoreError::NotFound("schema")) {
        return ApiError::invalid("schemas", "One of the schemas does not exist.");
    }
    error.into()
}
