//! What a build without the feature `sql-import` answers.

use crate::finding::{Findings, Imported};

/// Tells that this build cannot read SQL.
pub fn import(_source: &str) -> Imported {
    let mut findings = Findings::default();
    findings.error(1, "not_built", "this build cannot read SQL: it lacks the feature `sql-import`");
    Imported { document: serde_json::json!({}), findings: findings.into_vec() }
}
