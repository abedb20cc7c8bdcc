//! What a member or a key may do inside one tenant.

use serde::{Deserialize, Serialize};

/// The four roles, from the least to the most; the order is the order of what they may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads schemas and rows.
    Viewer,
    /// Also writes rows.
    Editor,
    /// Also changes schemas, projects and keys.
    Admin,
    /// Also members, the tenant itself, and what is for good.
    Owner,
}

impl Role {
    /// Every role, least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Editor, Self::Admin, Self::Owner];

    /// The word on the wire and in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// The role of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// The role of a word that one of our tables holds.
    pub(crate) fn stored(word: &str) -> Result<Self, crate::StoreError> {
        Self::parse(word).ok_or_else(|| crate::StoreError::Corrupt(["role ", word].concat()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_ordered_by_what_they_may_do() {
        assert!(Role::Owner > Role::Admin && Role::Admin > Role::Editor);
        assert!(Role::Editor > Role::Viewer);
        assert!(Role::ALL.iter().all(|role| Role::parse(role.as_str()) == Some(*role)));
    }
}
