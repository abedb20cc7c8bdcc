//! What a new installation begins with: an administrator, and a tenant for them to work in.

use store::{Actor, NewUser, Registration};

use crate::app::App;
use crate::auth::Token;
use crate::error::ApiError;
use crate::input;

/// The tenant of a new installation.
const FIRST_TENANT: &str = "My workspace";
/// The tenant of a new installation that shows something.
pub(crate) const DEMO_TENANT: &str = "Demo";
/// How long a made-up password is: 120 bits.
const MADE_UP_LENGTH: usize = 20;
/// What the administrator is called until they say otherwise.
const ADMIN_NAME: &str = "Administrator";

/// The administrator that was just made.
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
    let config = app.config();
    let email = input::email("TENANTA_ADMIN_EMAIL", &config.admin_email)?;
    let made_up = match &config.admin_password {
        Some(_) => None,
        None => Some(Token::session().reveal()[..MADE_UP_LENGTH].to_owned()),
    };
    let password = config.admin_password.as_deref().or(made_up.as_deref()).unwrap_or_default();
    let password = input::password("TENANTA_ADMIN_PASSWORD", password)?;
    let hash = app.passwords().hash(password).await.map_err(ApiError::internal)?;
    let account = NewUser { email, name: ADMIN_NAME, password_hash: &hash };
    match app.store().register(&account, false, &Actor::System).await? {
        // Another server on the same database was quicker.
        Registration::Closed => Ok(None),
        Registration::Made(user) => {
            let name = if config.demo { DEMO_TENANT } else { FIRST_TENANT };
            app.store().create_tenant(name, user.id, &Actor::System).await?;
            Ok(Some(Administrator { email: user.email, made_up }))
        }
    }
}
