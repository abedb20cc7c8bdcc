//! One identifier of PostgreSQL: bounded, without NUL, and always written in quotes.

use std::fmt;
use std::sync::Arc;

/// PostgreSQL silently cuts longer names (`NAMEDATALEN` - 1 bytes), which could make two different
/// names one; so a longer name is refused here.
pub const MAX_IDENT_BYTES: usize = 63;

/// A name that may stand in SQL text. Names are kept in many places at once, so a copy shares its
/// text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(Arc<str>);

/// Why a text cannot be an identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentError {
    /// PostgreSQL has no empty names.
    #[error("a name cannot be empty")]
    Empty,
    /// Longer than [`MAX_IDENT_BYTES`].
    #[error("a name is at most {MAX_IDENT_BYTES} bytes long")]
    TooLong,
    /// A NUL byte would end the statement early on the wire.
    #[error("a name cannot contain a NUL byte")]
    Nul,
}

impl Ident {
    /// Takes a name as it is; case and quotes in it are kept.
    pub fn new(name: impl AsRef<str>) -> Result<Self, IdentError> {
        let name = name.as_ref();
        if name.is_empty() {
            return Err(IdentError::Empty);
        }
        if name.len() > MAX_IDENT_BYTES {
            return Err(IdentError::TooLong);
        }
        if name.contains('\0') {
            return Err(IdentError::Nul);
        }
        Ok(Self(Arc::from(name)))
    }

    /// The bare name, without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes the name as SQL: quoted, quotes doubled.
impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for (position, part) in self.0.split('"').enumerate() {
            f.write_str(if position > 0 { "\"\"" } else { "" })?;
            f.write_str(part)?;
        }
        f.write_str("\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(Ident::new("a\"b").unwrap().to_string(), "\"a\"\"b\"");
    }

    #[test]
    fn impossible_names_are_refused() {
        assert_eq!(Ident::new(""), Err(IdentError::Empty));
        assert_eq!(Ident::new("x".repeat(64)), Err(IdentError::TooLong));
        assert_eq!(Ident::new("a\0b"), Err(IdentError::Nul));
        assert!(Ident::new("é".repeat(31)).is_ok());
        assert_eq!(Ident::new("é".repeat(32)), Err(IdentError::TooLong));
    }
}
