//! What a new installation begins with: an administrator, and a tenant for them to work in.

use store::NewUser;

use crate::app::App;
use crate::auth::made_up_password;
use crate::error::ApiError;
use crate::input;

/// The tenant of a new installation.
const FIRST_TENANT: &str = "My workspace";
/// The tenant of a new installation that shows something.
pub(crate) const DEMO_TENANT: &str = "Demo";
/// What the administrator is called until they say otherwise.
const ADMIN_NAME: &str = "Administrator";

/// The administrator that was just made, or was given another password.
pub(crate) struct Administrator {
    /// The address to sign in with.
    pub(crate) email: String,
    /// The password when it was made up; shown once.
    pub(crate) made_up: Option<String>,
}

/// Makes the administrator and their tenant when nobody has an account yet.
pub(crate) async fn ensure(app: &App) -> Result<Option<Administrator>, ApiError> {
    if !app.store().has_no_users().await? {
        return Ok(None);
    }
    let email = input::email("TENANTA_ADMIN_EMAIL", &app.config().admin_email)?;
    let (made_up, hash) = password(app).await?;
    let account = NewUser { email, name: ADMIN_NAME, password_hash: &hash };
    let tenant = if app.config().demo { DEMO_TENANT } else { FIRST_TENANT };
    let made = app.store().make_administrator(&account, tenant).await?;
    Ok(made.map(|user| Administrator { email: user.email, made_up }))
}

/// Gives an administrator who has never signed in another password, so that one that was printed
/// and lost locks nobody out. Only where no second server may have printed one meanwhile.
pub(crate) async fn renew(app: &App) -> Result<Option<Administrator>, ApiError> {
    let Some(user) = app.store().unused_administrator().await? else { return Ok(None) };
    let (made_up, hash) = password(app).await?;
    app.store().renew_administrator(&user, &hash).await?;
    Ok(Some(Administrator { email: user.email, made_up }))
}

/// The password to print, when it was made up, and the hash to keep.
async fn password(app: &App) -> Result<(Option<String>, String), ApiError> {
    let made_up = app.config().admin_password.is_none().then(made_up_password);
    let chosen = made_up.as_deref().or(app.config().admin_password.as_deref());
    let password = input::password("TENANTA_ADMIN_PASSWORD", chosen.unwrap_or_default())?;
    let hash = app.passwords().hash(password).await.map_err(ApiError::internal)?;
    Ok((made_up, hash))
}
