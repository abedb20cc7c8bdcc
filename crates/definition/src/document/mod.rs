//! The definition's JSON as a client wrote it.

mod json_schema;
mod part;
pub(crate) mod raw;
mod read;
pub mod shape;

use serde_json::Value;

pub use json_schema::json_schema;
pub use part::Part;

use crate::build;
use crate::model::Definition;
use crate::name::IdSource;
use crate::problem::{Problem, Problems, Severity};
use raw::RawDocument;

/// A document: read, not yet checked.
#[derive(Clone, Debug)]
pub struct Document {
    raw: RawDocument,
    problems: Problems,
}

/// What checking a document gives.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The definition, unless a problem forbids it.
    pub definition: Option<Definition>,
    /// Everything found, errors first.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Reads a document. What does not fit the format becomes a problem that [`Self::check`]
    /// returns together with all others.
    pub fn parse(value: &Value) -> Self {
        let mut problems = Problems::new();
        let kept = read::object(value, &shape::DOCUMENT, &read::Trail::Root, &mut problems);
        let raw = serde_json::from_value(Value::Object(kept)).expect(
            "what was kept fits the shape, and every field of the raw document is optional",
        );
        Self { raw, problems }
    }

    /// Checks the whole document. Things keep the ids they have in `previous`: by id, by
    /// `renamedFrom`, else by name; new things get theirs from `ids`.
    pub fn check(self, previous: Option<&Definition>, ids: &mut dyn IdSource) -> Checked {
        let (definition, problems) = build::build(&self.raw, self.problems, previous, ids);
        let problems = problems.into_vec();
        let refused = problems.iter().any(|problem| problem.severity == Severity::Error);
        Checked { definition: (!refused).then_some(definition), problems }
    }
}
