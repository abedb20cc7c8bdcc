//! What to do with rows that do not fit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What to do with rows that do not fit. Expressions are read by the wall before they are used.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Remedy {
    /// Convert values by this expression, which reads the column by its name in the version in
    /// force and nothing else.
    Cast(String),
    /// Give rows without a value this one: an expression as a default takes it.
    Fill(String),
    /// Take the rows, or where a conversion fails only the values, out of the table and keep them.
    SetAside,
}

/// Remedies by the subject of their hazard: `orders.total`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Remedies(pub BTreeMap<String, Remedy>);

impl Remedies {
    /// What was chosen for this subject.
    pub fn of(&self, subject: &str) -> Option<&Remedy> {
        self.0.get(subject)
    }
}
