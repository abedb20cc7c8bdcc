//! Checks of single values that people type: addresses, names, passwords, sizes, times.

pub(crate) mod units;

use crate::auth::password_bounds;
use crate::error::ApiError;

/// The longest e-mail address (RFC 5321).
const MAX_EMAIL: usize = 254;
/// The longest name of anything a person names freely.
const MAX_NAME: usize = 200;
/// The longest description.
const MAX_DESCRIPTION: usize = 4000;

/// A plausible e-mail address, without the blanks around it. Whether mail arrives there, only mail
/// can tell.
pub(crate) fn email<'a>(path: &str, text: &'a str) -> Result<&'a str, ApiError> {
    let text = text.trim();
    let plausible = text.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && !host.is_empty() && !host.contains('@') && !host.starts_with('.')
    });
    if !plausible
        || text.len() > MAX_EMAIL
        || text.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        return Err(ApiError::invalid(path, "This is not an e-mail address."));
    }
    Ok(text)
}

/// A name: something visible, on one line, without the blanks around it.
pub(crate) fn name<'a>(path: &str, text: &'a str) -> Result<&'a str, ApiError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ApiError::invalid(path, "A name is needed."));
    }
    if text.chars().count() > MAX_NAME {
        let detail = ["A name has at most ", &MAX_NAME.to_string(), " characters."].concat();
        return Err(ApiError::invalid(path, detail));
    }
    if text.chars().any(char::is_control) {
        return Err(ApiError::invalid(path, "A name is one line of visible characters."));
    }
    Ok(text)
}

/// A description: any text PostgreSQL can hold, up to a limit.
pub(crate) fn description<'a>(path: &str, text: &'a str) -> Result<&'a str, ApiError> {
    if text.chars().count() > MAX_DESCRIPTION {
        let limit = MAX_DESCRIPTION.to_string();
        let detail = ["A description has at most ", &limit, " characters."].concat();
        return Err(ApiError::invalid(path, detail));
    }
    if text.contains('\0') {
        return Err(ApiError::invalid(path, "A description cannot hold the character NUL."));
    }
    Ok(text)
}

/// A new password. Length is what counts; what is in it is nobody's business.
pub(crate) fn password<'a>(path: &str, text: &'a str) -> Result<&'a str, ApiError> {
    let (shortest, longest) = password_bounds();
    let length = text.chars().count();
    if length < shortest {
        let detail = ["A password has at least ", &shortest.to_string(), " characters."].concat();
        return Err(ApiError::invalid(path, detail));
    }
    if length > longest {
        let detail = ["A password has at most ", &longest.to_string(), " characters."].concat();
        return Err(ApiError::invalid(path, detail));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plausible() {
        assert_eq!(email("email", " ada@example.org ").unwrap(), "ada@example.org");
        for bad in ["", "ada", "@example.org", "ada@", "a b@c", "a@b@c", "a@\0b"] {
            assert_eq!(email("email", bad).unwrap_err().path(), Some("email"), "{bad}");
        }
    }

    #[test]
    fn names_are_visible() {
        assert_eq!(name("name", "  Ada Lovelace ").unwrap(), "Ada Lovelace");
        for bad in ["", "  ", "a\nb", "a\0", &"x".repeat(201)] {
            assert!(name("name", bad).is_err(), "{bad:?}");
        }
    }
}
