//! Ids for what edits add: never one that an earlier version has given.

use std::hash::{DefaultHasher, Hash, Hasher};

use definition::{Id, IdSource};
use serde_json::Value;

/// Ids that depend on the document that is edited, so that no two versions give the same.
pub(super) struct Ids {
    seed: u64,
    given: u32,
}

impl Ids {
    pub(super) fn for_edits_of(document: &Value) -> Self {
        let mut hasher = DefaultHasher::new();
        document.to_string().hash(&mut hasher);
        Self { seed: hasher.finish(), given: 0 }
    }
}

impl IdSource for Ids {
    fn next_id(&mut self) -> Id {
        self.given += 1;
        Id::new(format!("{:016x}-{}", self.seed, self.given)).expect("letters and digits")
    }
}
