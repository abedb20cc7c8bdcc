//! Documents for tests, and versions that follow one another.
//!
//! What is made or changed is decided by a list of numbers, each of which answers one question. A
//! list that has ended answers with the plainest choice, so that shorter lists and smaller numbers
//! make simpler things: that is how a failing case is cut down to what fails.

mod choices;
mod edit;

pub use choices::Choices;
pub use edit::edited;

use proptest::prelude::*;

/// How many questions the edits of one version ask at most; the rest gets the plainest answer.
const MAX_EDIT_CHOICES: usize = 80;

/// What decides how one version follows another; for [`edited`].
pub fn edits() -> impl Strategy<Value = Choices> {
    prop::collection::vec(any::<u32>(), 1..MAX_EDIT_CHOICES).prop_map(Choices::new)
}
