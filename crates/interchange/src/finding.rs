//! What an import has to tell beside the document.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// How many findings one import tells; what is beyond is counted in the last one.
pub const MAX_FINDINGS: usize = 10_000;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Something could not be read at all.
    Error,
    /// Something was left out or changed that tells how the data behaves.
    Warning,
    /// Something was left out that says nothing about tables, or was taken over in another form.
    Info,
}

/// Something in the source that did not come in as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The line of the source, from 1.
    pub line: usize,
    /// Stable, in `snake_case`.
    pub code: &'static str,
    /// A sentence a person understands.
    pub message: String,
    /// How much it matters.
    pub severity: Severity,
}

/// What an import gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// The document. From SQL, nothing in it is refused by [`definition::Document::check`], save
    /// for what a finding says otherwise.
    pub document: Value,
    /// Everything that did not come in as it was written, in the order of the source.
    pub findings: Vec<Finding>,
}

/// The findings so far.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    /// Kinds of statements that are told once each: the position in `list`, and how many there were.
    tallies: BTreeMap<&'static str, (usize, usize)>,
}

#[cfg_attr(not(feature = "sql-import"), expect(dead_code, reason = "only SQL has so much to tell"))]
impl Findings {
    pub(crate) fn error(&mut self, line: usize, code: &'static str, message: impl Into<String>) {
        self.add(line, code, message.into(), Severity::Error);
    }

    pub(crate) fn warning(&mut self, line: usize, code: &'static str, message: impl Into<String>) {
        self.add(line, code, message.into(), Severity::Warning);
    }

    pub(crate) fn info(&mut self, line: usize, code: &'static str, message: impl Into<String>) {
        self.add(line, code, message.into(), Severity::Info);
    }

    /// Tells a kind of statement once, with the line of the first and how many there are.
    pub(crate) fn tally(&mut self, line: usize, code: &'static str, message: &str) {
        if let Some((_, count)) = self.tallies.get_mut(code) {
            *count += 1;
        } else {
            self.tallies.insert(code, (self.list.len(), 1));
            self.info(line, code, message);
        }
    }

    fn add(&mut self, line: usize, code: &'static str, message: String, severity: Severity) {
        self.list.push(Finding { line, code, message, severity });
    }

    /// All of them in the order of the source, at most [`MAX_FINDINGS`].
    pub(crate) fn into_vec(mut self) -> Vec<Finding> {
        for (position, count) in self.tallies.into_values().filter(|(_, count)| *count > 1) {
            let message = &mut self.list[position].message;
            *message = format!("{message} ({count} times; this is the first)");
        }
        let mut list = self.list;
        list.sort_by_key(|finding| finding.line);
        if list.len() > MAX_FINDINGS {
            let more = list.len() - MAX_FINDINGS + 1;
            list.truncate(MAX_FINDINGS - 1);
            let line = list.last().map_or(1, |last| last.line);
            let message = format!("{more} more findings are not listed");
            list.push(Finding {
                line,
                code: "too_many_findings",
                message,
                severity: Severity::Warning,
            });
        }
        list
    }
}
