//! How somebody proves who they are: passwords, tokens, keys, and what is remembered about them.

mod cache;
mod login_limit;
mod password;
mod token;

pub use cache::{CallerCache, Identity};
pub use login_limit::LoginLimit;
pub(crate) use password::password_bounds;
pub use password::{PasswordError, Passwords};
pub(crate) use token::made_up_password;
pub use token::{API_KEY_PREFIX, Token, TokenHash};
