//! Accounts: making one, signing in and out, who am I, another password.

use std::net::{IpAddr, SocketAddr};

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::{Actor, MAX_PAGE, NewUser, PageRequest, SESSION_MAX_AGE, StoreError, User};
use utoipa::ToSchema;
use uuid::Uuid;

use super::tenants::TenantView;
use crate::app::App;
use crate::auth::Token;
use crate::config::{Config, Registration};
use crate::error::{ApiError, Code};
use crate::extract::{Caller, JsonBody, Person, SESSION_COOKIE};
use crate::input;

/// An account about to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Register {
    /// The address to sign in with.
    email: String,
    /// What to be called.
    name: String,
    /// At least 8 characters.
    password: String,
}

/// Proof of who somebody is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Login {
    /// The address of the account.
    email: String,
    /// Its password.
    password: String,
}

/// A new password, and proof by the old one.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChangePassword {
    /// The password until now.
    current_password: String,
    /// The password from now on.
    new_password: String,
}

/// A person.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserView {
    id: Uuid,
    email: String,
    name: String,
    /// Whether they run this installation.
    is_admin: bool,
}

/// An open session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionView {
    /// Send it as `Authorization: Bearer`; a browser has it as a cookie already.
    token: String,
    /// When it ends, if it is not used again.
    expires_at: DateTime<Utc>,
    user: UserView,
}

/// Who asks, and where they belong.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    user: UserView,
    /// The first 200 tenants; `GET /api/tenants` lists them all.
    tenants: Vec<TenantView>,
}

impl From<&User> for UserView {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            email: user.email.clone(),
            name: user.name.clone(),
            is_admin: user.is_admin,
        }
    }
}

/// Makes an account and signs it in. The first account is the administrator's; afterwards
/// registration must be open.
#[utoipa::path(post, path = "/api/auth/register", tag = "People", security(()),
    request_body = Register, responses((status = 201, body = SessionView)))]
pub(crate) async fn register(
    State(app): State<App>,
    client: Client,
    JsonBody(body): JsonBody<Register>,
) -> Result<Response, ApiError> {
    let email = input::email("email", &body.email)?;
    let name = input::name("name", &body.name)?;
    let password = input::password("password", &body.password)?;
    limit(&app, &client, email)?;
    let password_hash = app.passwords().hash(password).await.map_err(ApiError::internal)?;
    let account = NewUser { email, name, password_hash: &password_hash };
    let open = app.config().registration == Registration::Open;
    match app.store().register(&account, open, &Actor::Anonymous).await.map_err(email_taken)? {
        store::Registration::Made(user) => {
            open_session(&app, &client, &user, StatusCode::CREATED).await
        }
        store::Registration::Closed => {
            let detail = "Accounts are made by the administrator of this server.";
            Err(ApiError::new(Code::RegistrationClosed, detail))
        }
    }
}

/// Opens a session, as a token and as a cookie.
#[utoipa::path(post, path = "/api/auth/login", tag = "People", security(()),
    request_body = Login, responses((status = 200, body = SessionView)))]
pub(crate) async fn login(
    State(app): State<App>,
    client: Client,
    JsonBody(body): JsonBody<Login>,
) -> Result<Response, ApiError> {
    let email = body.email.trim();
    limit(&app, &client, email)?;
    // PostgreSQL cannot hold NUL, so no account has such an address.
    let account = if email.contains('\0') { None } else { app.store().credentials(email).await? };
    let hash = account.as_ref().map(|account| account.password_hash.as_str());
    let right = app.passwords().verify(&body.password, hash).await.map_err(ApiError::internal)?;
    match account.filter(|_| right) {
        Some(account) => {
            app.logins().succeeded(email);
            open_session(&app, &client, &account.user, StatusCode::OK).await
        }
        None => Err(ApiError::new(
            Code::InvalidCredentials,
            "The e-mail address and the password do not belong together.",
        )),
    }
}

/// Ends the session.
#[utoipa::path(post, path = "/api/auth/logout", tag = "People", responses((status = 204)))]
pub(crate) async fn logout(State(app): State<App>, person: Person) -> Result<Response, ApiError> {
    app.store().close_session(&person.token_hash).await?;
    app.callers().forget_all();
    let cookie = cookie(app.config(), "", 0);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Says who asks and which tenants are theirs.
#[utoipa::path(get, path = "/api/auth/me", tag = "People", responses((status = 200, body = Me)))]
pub(crate) async fn me(State(app): State<App>, caller: Caller) -> Result<Json<Me>, ApiError> {
    let user = caller.user()?;
    let page = PageRequest { limit: MAX_PAGE, after: None };
    let tenants = app.store().tenants_of(user.id, &page).await?;
    let tenants = tenants.items.into_iter().map(TenantView::from).collect();
    Ok(Json(Me { user: UserView::from(user), tenants }))
}

/// Changes the password and ends every other session of the account.
#[utoipa::path(post, path = "/api/auth/password", tag = "People",
    request_body = ChangePassword, responses((status = 204)))]
pub(crate) async fn change_password(
    State(app): State<App>,
    client: Client,
    person: Person,
    JsonBody(body): JsonBody<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    let new = input::password("newPassword", &body.new_password)?;
    limit(&app, &client, &person.user.email)?;
    let known = app.store().credentials(&person.user.email).await?;
    let hash = known.as_ref().map(|account| account.password_hash.as_str());
    let passwords = app.passwords();
    let right = passwords.verify(&body.current_password, hash).await.map_err(ApiError::internal)?;
    if !right {
        return Err(ApiError::new(Code::InvalidCredentials, "This is not the current password.")
            .at("currentPassword"));
    }
    let hash = passwords.hash(new).await.map_err(ApiError::internal)?;
    let actor = Actor::User { id: person.user.id, email: person.user.email };
    app.store().change_password(person.user.id, &hash, Some(&person.token_hash), &actor).await?;
    app.callers().forget_all();
    Ok(StatusCode::NO_CONTENT)
}

async fn open_session(
    app: &App,
    client: &Client,
    user: &User,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let token = Token::session();
    let agent = client.user_agent.as_deref();
    let expires_at = app.store().open_session(user, &token.hash(), agent).await?;
    let cookie = cookie(app.config(), token.reveal(), SESSION_MAX_AGE.as_secs());
    let body =
        SessionView { token: token.reveal().to_owned(), expires_at, user: UserView::from(user) };
    Ok((status, [(header::SET_COOKIE, cookie)], Json(body)).into_response())
}

fn cookie(config: &Config, value: &str, max_age: u64) -> HeaderValue {
    let secure = if config.secure_cookies { "; Secure" } else { "" };
    let max_age = max_age.to_string();
    let parts =
        [SESSION_COOKIE, "=", value, "; Path=/; HttpOnly; SameSite=Lax; Max-Age=", &max_age];
    HeaderValue::try_from([&parts.concat(), secure].concat())
        .expect("a token and plain words are a valid header value")
}

fn limit(app: &App, client: &Client, email: &str) -> Result<(), ApiError> {
    app.logins().attempt(email, client.address(app.config())).map_err(|wait| {
        ApiError::new(Code::TooManyRequests, "Too many attempts. Wait a moment.").retry_after(wait)
    })
}

fn email_taken(error: StoreError) -> ApiError {
    if error.is_constraint("users_email_key") {
        let detail = "There is an account with this e-mail address already.";
        return ApiError::new(Code::EmailTaken, detail).at("email");
    }
    error.into()
}

/// Where an attempt to sign in comes from.
pub(crate) struct Client {
    peer: Option<IpAddr>,
    forwarded: Option<IpAddr>,
    user_agent: Option<String>,
}

impl Client {
    fn of(headers: &HeaderMap, extensions: &Extensions) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let last = text("x-forwarded-for").and_then(|list| list.rsplit(',').next());
        Self {
            peer: extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()),
            forwarded: last.and_then(|address| address.trim().parse().ok()),
            user_agent: text("user-agent").map(str::to_owned),
        }
    }

    /// The address that counts: the peer's, or what our own proxy says it is.
    fn address(&self, config: &Config) -> Option<IpAddr> {
        if config.trust_proxy { self.forwarded.or(self.peer) } else { self.peer }
    }
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _state: &S,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self::of(&parts.headers, &parts.extensions))
    }
}
