//! In which tenant, and as what.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use store::{Actor, PageRequest, Role, Tenant, TenantRef};
use uuid::Uuid;

use super::Caller;
use crate::app::App;
use crate::error::{ApiError, Code};

/// The header by which a person names a tenant.
pub const TENANT_ID: &str = "x-tenant-id";

/// A caller inside one tenant. Every call about schemas and rows starts from one.
#[derive(Clone, Debug)]
pub struct TenantScope {
    /// The tenant.
    pub tenant: TenantRef,
    /// What the caller may do there.
    pub role: Role,
    /// The only schemas the caller may touch; `None` means all.
    pub allowed_schemas: Option<Vec<Uuid>>,
    /// The author of what this request changes.
    pub actor: Actor,
}

impl TenantScope {
    pub(super) fn of_member(tenant: &Tenant, actor: Actor) -> Self {
        let reference = TenantRef { id: tenant.id, number: tenant.number };
        Self { tenant: reference, role: tenant.role, allowed_schemas: None, actor }
    }

    /// Refuses a caller whose role is below the one needed.
    pub fn require(&self, role: Role) -> Result<(), ApiError> {
        if self.role >= role {
            return Ok(());
        }
        let detail =
            ["This needs the role ", role.as_str(), "; yours is ", self.role.as_str(), "."];
        Err(ApiError::forbidden(detail.concat()))
    }

    /// The same, and refuses a key that is bound to some schemas: what concerns the whole tenant is
    /// not for it.
    pub fn require_whole(&self, role: Role) -> Result<(), ApiError> {
        self.require(role)?;
        if self.allowed_schemas.is_some() {
            return Err(ApiError::forbidden("This key is bound to some schemas of the tenant."));
        }
        Ok(())
    }

    /// Whether the caller may touch a schema. One that is not theirs does not exist.
    pub fn allows_schema(&self, schema_id: Uuid) -> bool {
        self.allowed_schemas.as_ref().is_none_or(|allowed| allowed.contains(&schema_id))
    }
}

impl FromRequestParts<App> for TenantScope {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let named = match parts.headers.get(TENANT_ID) {
            // A name that cannot be an id names no tenant.
            Some(value) => Some(
                value
                    .to_str()
                    .ok()
                    .and_then(|text| text.parse::<Uuid>().ok())
                    .ok_or_else(|| ApiError::not_found("tenant"))?,
            ),
            None => None,
        };
        match (&caller, named) {
            (_, Some(tenant_id)) => caller.tenant(app, tenant_id).await,
            (Caller::Key(identity), None) => Ok(caller.key_scope(identity)),
            (Caller::Member(session, _), None) => {
                let only = only_tenant(app, session.user.id).await?;
                Ok(Self::of_member(&only, caller.actor()))
            }
        }
    }
}

/// Who belongs to one tenant need not name it.
async fn only_tenant(app: &App, user_id: Uuid) -> Result<Tenant, ApiError> {
    let page = app.store().tenants_of(user_id, &PageRequest { limit: 1, after: None }).await?;
    let more = page.next.is_some();
    match page.items.into_iter().next() {
        Some(tenant) if !more => Ok(tenant),
        _ => Err(ApiError::new(Code::TenantRequired, "Say which tenant is meant.")
            .hint("Send its id in the header X-Tenant-Id.")),
    }
}
