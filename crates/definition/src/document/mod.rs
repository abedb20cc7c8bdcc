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
pub struct Document<'a> {
    raw: RawDocument<'a>,
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

impl<'a> Document<'a> {
    /// Reads a document. What does not fit the format becomes a problem that [`Self::check`]
    /// returns together with all others.
    pub fn parse(value: &'a Value) -> Self {
        let mut problems = Problems::new();
        let raw = read::document(value, &mut problems).expect("a tree of JSON is sound");
        Self { raw, problems }
    }

    /// Reads a document from its text, which is several times as quick as making a tree of it
    /// first. Fails only when it is no JSON.
    pub fn read(text: &'a str) -> serde_json::Result<Self> {
        let mut problems = Problems::new();
        let mut source = serde_json::Deserializer::from_str(text);
        let raw = read::document(&mut source, &mut problems)?;
        source.end()?;
        Ok(Self { raw, problems })
    }

    /// Checks the whole document. Things keep the ids they have in `previous`: by id, by
    /// `renamedFrom`, else by name; new things get theirs from `ids`.
    pub fn check(self, previous: Option<&Definition>, ids: &mut dyn IdSource) -> Checked {
        let (definition, problems) = build::build((&self.raw, &[]), self.problems, previous, ids);
        let problems = problems.into_vec();
        let refused = problems.iter().any(|problem| problem.severity == Severity::Error);
        Checked { definition: (!refused).then_some(definition), problems }
    }
}
