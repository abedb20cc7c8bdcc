//! Names of the tenant's things, and the ids that survive renames.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use sql::Ident;

/// What a person may call a table, a column, an enum, a constraint or an index.
///
/// Any text PostgreSQL takes as an identifier fits; what is wise beyond that is said by the
/// naming rules of [`crate::check`], which see the place the name stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Ident);

impl Name {
    /// Takes a name as it is, or nothing when PostgreSQL could not hold it.
    pub fn new(name: &str) -> Option<Self> {
        Ident::new(name).ok().map(Self)
    }

    /// The bare name.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The name as SQL takes it.
    pub fn ident(&self) -> &Ident {
        &self.0
    }
}

/// Names are looked up by their text.
impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.as_str().to_owned()
    }
}

/// The longest id a client may send.
pub const MAX_ID_CHARS: usize = 40;

/// What stays the same when a thing is renamed. Unique within a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// Takes letters, digits, `_` and `-`, at most [`MAX_ID_CHARS`].
    pub fn new(id: impl Into<String>) -> Option<Self> {
        let id = id.into();
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let fits = !id.is_empty() && id.len() <= MAX_ID_CHARS && id.chars().all(allowed);
        fits.then_some(Self(id))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where new ids come from. The pure crates know no randomness, so the caller brings it.
pub trait IdSource {
    /// An id that no other thing has.
    fn next_id(&mut self) -> Id;
}

/// Ids `1`, `2`, `3` …, for tests and for files that never reach a server.
#[derive(Debug, Default)]
pub struct Counting(u64);

impl IdSource for Counting {
    fn next_id(&mut self) -> Id {
        self.0 += 1;
        Id(self.0.to_string())
    }
}
