//! A finding about a document.

use serde::Serialize;

use crate::path::Path;

/// Whether a finding forbids the document or only advises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The document is refused.
    Error,
    /// The document is accepted; a person should look.
    Warning,
}

/// A finding: what, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Stable, in `snake_case`; see `docs/problems.md`.
    pub code: &'static str,
    /// Where in the document, as `tables[0].columns[2].type`. Empty for the document itself.
    pub path: String,
    /// A sentence a person understands.
    pub message: String,
    /// What would mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Whether it forbids the document.
    pub severity: Severity,
}

/// How many problems one answer carries; what is beyond is counted in the last one.
pub const MAX_PROBLEMS: usize = 200;

/// The problems found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an error.
    pub fn error(
        &mut self,
        code: &'static str,
        path: &Path<'_>,
        message: impl Into<String>,
    ) -> &mut Problem {
        self.add(code, path, message.into(), Severity::Error)
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        code: &'static str,
        path: &Path<'_>,
        message: impl Into<String>,
    ) -> &mut Problem {
        self.add(code, path, message.into(), Severity::Warning)
    }

    fn add(
        &mut self,
        code: &'static str,
        path: &Path<'_>,
        message: String,
        severity: Severity,
    ) -> &mut Problem {
        self.0.push(Problem { code, path: path.to_string(), message, hint: None, severity });
        self.0.last_mut().expect("one was just pushed")
    }

    /// How many were found so far: a mark for [`Self::moved_since`].
    pub(crate) fn mark(&self) -> usize {
        self.0.len()
    }

    /// Points everything found since `mark` at the place that a shorthand was written at.
    pub(crate) fn moved_since(&mut self, mark: usize, written_at: impl Fn(&str) -> String) {
        for problem in &mut self.0[mark..] {
            problem.path = written_at(&problem.path);
        }
    }

    /// Forgets everything found since `mark`.
    pub(crate) fn forget_since(&mut self, mark: usize) {
        self.0.truncate(mark);
    }

    /// What was found at a place, with paths that begin there, but for some codes.
    pub(crate) fn within(self, place: &str, without: &[&str]) -> Self {
        let relative = |problem: Problem| {
            let rest = problem.path.strip_prefix(place)?;
            let inside = rest.is_empty() || rest.starts_with(['.', '[']);
            let wanted = inside && !without.contains(&problem.code);
            let path = rest.trim_start_matches('.').to_owned();
            wanted.then_some(Problem { path, ..problem })
        };
        Self(self.0.into_iter().filter_map(relative).collect())
    }

    /// Whether anything found forbids the document.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// All findings, errors first, each group in the order of the document; at most
    /// [`MAX_PROBLEMS`].
    pub fn into_vec(mut self) -> Vec<Problem> {
        self.0.sort_by_key(|problem| problem.severity);
        self.0.dedup();
        if self.0.len() > MAX_PROBLEMS {
            let more = self.0.len() - MAX_PROBLEMS + 1;
            self.0.truncate(MAX_PROBLEMS - 1);
            let message = format!("{more} more findings are not listed.");
            // Errors stand first: when all of them are listed, only advice is left out.
            let only_advice = self.0.last().is_some_and(|last| last.severity == Severity::Warning);
            let problem = if only_advice {
                self.warning("too_many_problems", Path::ROOT, message)
            } else {
                self.error("too_many_problems", Path::ROOT, message)
            };
            problem.with_hint("Mend the ones above and check again.");
        }
        self.0
    }
}

impl Problem {
    /// Says what would mend it.
    pub fn with_hint(&mut self, hint: impl Into<String>) {
        self.hint = Some(hint.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_alone_never_forbids_a_document() {
        let mut problems = Problems::new();
        for position in 0..MAX_PROBLEMS * 2 {
            problems.warning("some_advice", &Path::ROOT.index(position), "look at it");
        }
        assert!(!problems.has_errors());
        let listed = problems.into_vec();
        assert_eq!(listed.len(), MAX_PROBLEMS);
        assert!(listed.iter().all(|problem| problem.severity == Severity::Warning));
    }

    #[test]
    fn unlisted_errors_forbid_a_document() {
        let mut problems = Problems::new();
        problems.warning("some_advice", Path::ROOT, "look at it");
        for position in 0..MAX_PROBLEMS {
            problems.error("some_error", &Path::ROOT.index(position), "mend it");
        }
        let listed = problems.into_vec();
        let last = listed.last().unwrap();
        assert_eq!((last.code, last.severity), ("too_many_problems", Severity::Error));
    }
}
