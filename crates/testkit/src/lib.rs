//! Documents for tests: any valid one, and any broken one.
//!
//! A document is made from a list of numbers, each of which decides one question. A list that has
//! ended answers with the plainest choice, so that shorter lists and smaller numbers make simpler
//! documents: that is how a failing case is cut down to what fails.

mod choices;
mod columns;
mod document;
mod expressions;
mod indexes;
mod mutation;
mod names;
mod relationships;
mod types;

pub use choices::Choices;

use proptest::prelude::*;
use serde_json::Value;

/// How many questions one document asks at most; the rest gets the plainest answer.
const MAX_CHOICES: usize = 400;

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
