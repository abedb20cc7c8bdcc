//! Who made a change: what the audit log and the `created_by` columns keep.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The author of a change. The name is kept as it was, so that history stays readable when the
/// account or the key is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Actor {
    /// Tenanta itself: first start, demonstration, clean-up.
    System,
    /// Somebody without an account yet: a registration, a refused login.
    Anonymous,
    /// A person.
    User {
        /// The account's id.
        id: Uuid,
        /// The account's e-mail address at the time.
        email: String,
    },
    /// A program, by its API key.
    ApiKey {
        /// The key's id.
        id: Uuid,
        /// The key's name at the time.
        name: String,
    },
}

impl Actor {
    /// The kind, as the audit log spells it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Anonymous => "anonymous",
            Self::User { .. } => "user",
            Self::ApiKey { .. } => "apiKey",
        }
    }

    /// The id of the account or key.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::System | Self::Anonymous => None,
            Self::User { id, .. } | Self::ApiKey { id, .. } => Some(*id),
        }
    }

    /// The account, when it is a person's.
    pub fn user_id(&self) -> Option<Uuid> {
        match self {
            Self::User { id, .. } => Some(*id),
            Self::System | Self::Anonymous | Self::ApiKey { .. } => None,
        }
    }

    /// The name a person recognises.
    pub fn name(&self) -> &str {
        match self {
            Self::System => "Tenanta",
            Self::Anonymous => "anonymous",
            Self::User { email, .. } => email,
            Self::ApiKey { name, .. } => name,
        }
    }
}

/// Kind and name, for `created_by` columns: `user ada@example.org`, `apiKey nightly import`.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System | Self::Anonymous => f.write_str(self.name()),
            Self::User { .. } | Self::ApiKey { .. } => write!(f, "{} {}", self.kind(), self.name()),
        }
    }
}
