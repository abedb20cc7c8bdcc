//! Who asks: a person with a session, or a program with a key. Nobody is a 401.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use store::{Actor, KeyIdentity, Session, TenantRef, User};
use uuid::Uuid;

use super::TenantScope;
use super::csrf;
use crate::app::App;
use crate::auth::{Identity, Token, TokenHash};
use crate::error::{ApiError, Code};
use crate::middleware::timing;

/// The cookie of a browser session.
pub const SESSION_COOKIE: &str = "tenanta_session";

/// Somebody we know.
#[derive(Clone, Debug)]
pub enum Caller {
    /// A person, by their session.
    Member(Arc<Session>, TokenHash),
    /// A program, by its key.
    Key(Arc<KeyIdentity>),
}

impl Caller {
    /// The author of what this request changes.
    pub fn actor(&self) -> Actor {
        match self {
            Self::Member(session, _) => {
                Actor::User { id: session.user.id, email: session.user.email.clone() }
            }
            Self::Key(identity) => {
                Actor::ApiKey { id: identity.key.id, name: identity.key.name.clone() }
            }
        }
    }

    /// The person; calls about accounts are not for keys.
    pub fn user(&self) -> Result<&User, ApiError> {
        match self {
            Self::Member(session, _) => Ok(&session.user),
            Self::Key(_) => Err(ApiError::forbidden("This call is for people, not for API keys.")),
        }
    }

    /// What this caller is in a tenant. A tenant that is not theirs does not exist.
    pub async fn tenant(&self, app: &App, tenant_id: Uuid) -> Result<TenantScope, ApiError> {
        match self {
            Self::Member(session, _) => {
                let user_id = session.user.id;
                if let Some(tenant) = app.callers().tenant(user_id, tenant_id).await {
                    return Ok(TenantScope::of_member(&tenant, self.actor()));
                }
                let tenant = Arc::new(app.store().tenant_of(user_id, tenant_id).await?);
                app.callers().remember_tenant(user_id, Arc::clone(&tenant)).await;
                Ok(TenantScope::of_member(&tenant, self.actor()))
            }
            Self::Key(identity) if identity.key.tenant_id == tenant_id => {
                Ok(self.key_scope(identity))
            }
            Self::Key(_) => Err(ApiError::not_found("tenant")),
        }
    }

    pub(super) fn key_scope(&self, identity: &KeyIdentity) -> TenantScope {
        TenantScope {
            tenant: TenantRef { id: identity.key.tenant_id, number: identity.tenant_number },
            role: identity.key.role,
            allowed_schemas: identity.key.schemas.clone(),
            actor: self.actor(),
        }
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        if let Some(caller) = parts.extensions.get::<Self>() {
            return Ok(caller.clone());
        }
        let presented = presented(&parts.headers).ok_or_else(nobody)?;
        if presented.by_cookie {
            csrf::check(parts)?;
        }
        let caller = timing::stage("auth", recognise(app, &presented.token)).await?;
        parts.extensions.insert(caller.clone());
        Ok(caller)
    }
}

/// A person who asks. Keys are refused.
pub struct Person {
    /// Who it is.
    pub user: User,
    /// Their session.
    pub token_hash: TokenHash,
}

impl FromRequestParts<App> for Person {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let user = caller.user()?.clone();
        match caller {
            Caller::Member(_, token_hash) => Ok(Self { user, token_hash }),
            Caller::Key(_) => {
                Err(ApiError::forbidden("This call is for people, not for API keys."))
            }
        }
    }
}

struct Presented {
    token: Token,
    by_cookie: bool,
}

/// A header wins over the cookie: who sends one means it.
fn presented(headers: &HeaderMap) -> Option<Presented> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = text("authorization").and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    if let Some(token) = text("apikey").or(bearer) {
        return Token::presented(token).map(|token| Presented { token, by_cookie: false });
    }
    let token = cookie(headers, SESSION_COOKIE).and_then(Token::presented)?;
    Some(Presented { token, by_cookie: true })
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

async fn recognise(app: &App, token: &Token) -> Result<Caller, ApiError> {
    let hash = token.hash();
    let known = match app.callers().identity(&hash).await {
        Some(identity) => Some(identity),
        None => fetch(app, token, &hash).await?,
    };
    match known {
        Some(Identity::Session(session)) => Ok(Caller::Member(session, hash)),
        Some(Identity::Key(key)) => Ok(Caller::Key(key)),
        None => Err(nobody()),
    }
}

async fn fetch(app: &App, token: &Token, hash: &TokenHash) -> Result<Option<Identity>, ApiError> {
    let identity = if token.is_api_key() {
        app.store().api_key(hash).await?.map(|key| Identity::Key(Arc::new(key)))
    } else {
        app.store().session(hash).await?.map(|session| Identity::Session(Arc::new(session)))
    };
    if let Some(identity) = &identity {
        app.callers().remember(*hash, identity.clone()).await;
    }
    Ok(identity)
}

fn nobody() -> ApiError {
    ApiError::new(Code::Unauthenticated, "Sign in, or send an API key.")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (k.parse().unwrap(), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn secrets_are_found_where_clients_put_them() {
        let found = |pairs: &[_]| {
            let presented = presented(&headers(pairs))?;
            Some((presented.token.reveal().to_owned(), presented.by_cookie))
        };
        assert_eq!(found(&[("authorization", "bearer abc")]), Some(("abc".into(), false)));
        assert_eq!(found(&[("apikey", "tnt_x")]), Some(("tnt_x".into(), false)));
        let cookie = ("cookie", "a=b; tenanta_session=tok; c=d");
        assert_eq!(found(&[cookie]), Some(("tok".into(), true)));
        let both = [cookie, ("authorization", "Bearer xyz")];
        assert_eq!(found(&both), Some(("xyz".into(), false)));
        assert_eq!(found(&[("authorization", "Basic abc")]), None);
        assert_eq!(found(&[]), None);
    }
}
