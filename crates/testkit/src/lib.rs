//! Documents for tests: any valid one, any broken one, and versions that follow one another.
//!
//! What is made or changed is decided by a list of numbers, each of which answers one question. A
//! list that has ended answers with the plainest choice, so that shorter lists and smaller numbers
//! make simpler things: that is how a failing case is cut down to what fails.

mod choices;
mod columns;
mod document;
mod edit;
mod expressions;
mod indexes;
mod mutation;
mod names;
mod relationships;
mod types;

pub use choices::Choices;
pub use edit::edited;

use proptest::prelude::*;
use serde_json::Value;

/// How many questions one document asks at most; the rest gets the plainest answer.
const MAX_CHOICES: usize = 400;
/// How many questions the edits of one version ask at most.
const MAX_EDIT_CHOICES: usize = 80;

fn choices() -> impl Strategy<Value = Choices> {
    prop::collection::vec(any::<u32>(), 0..MAX_CHOICES).prop_map(Choices::new)
}

/// A document that its check accepts.
pub fn document() -> impl Strategy<Value = Value> {
    choices().prop_map(|mut choices| document::any(&mut choices))
}

/// A document that was valid before one or more edits; its check may refuse it.
pub fn mutated() -> impl Strategy<Value = Value> {
    choices().prop_map(|mut choices| {
        let valid = document::any(&mut choices);
        mutation::mutated(valid, &mut choices)
    })
}

/// What decides how one version follows another; for [`edited`].
pub fn edits() -> impl Strategy<Value = Choices> {
    prop::collection::vec(any::<u32>(), 1..MAX_EDIT_CHOICES).prop_map(Choices::new)
}
