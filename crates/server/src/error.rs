//! Refusals as answers: the one place where what went wrong becomes HTTP.
//!
//! Every refusal has a [`Code`] from one table (`codes`), a sentence for the client and, when the
//! fault is ours, a report for the log only. Nothing below this crate knows a status number; the
//! crossing from the other crates is spelled out in `convert`.

mod codes;
mod convert;
mod problem;
mod query;

use std::fmt;
use std::time::Duration;

use serde_json::Value;

pub use codes::Code;
pub use problem::ProblemBody;

/// What a handler answers when it refuses.
#[derive(Debug)]
pub struct ApiError {
    /// What it is, for programs.
    pub code: Code,
    /// What it is, for people.
    pub detail: String,
    /// Everything else; boxed, because most results are no refusals and should stay small.
    rest: Box<Rest>,
}

#[derive(Debug, Default)]
struct Rest {
    path: Option<String>,
    hint: Option<String>,
    problems: Vec<Value>,
    more: Vec<(&'static str, Value)>,
    retry_after: Option<Duration>,
    /// What the log is told and the client is not.
    report: Option<String>,
}

impl ApiError {
    /// A refusal with its sentence.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), rest: Box::default() }
    }

    /// The place in the request: a JSON path.
    pub fn path(&self) -> Option<&str> {
        self.rest.path.as_deref()
    }

    /// The thing does not exist, or not for this caller; the two are not told apart.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, ["There is no such ", what, "."].concat())
    }

    /// The caller's role does not reach this far.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(Code::Forbidden, detail)
    }

    /// A member of the body has the right shape and an impossible value.
    pub fn invalid(path: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Code::InvalidBody, detail).at(path)
    }

    /// A fault of ours: the client hears nothing of it, the log everything.
    pub fn internal(report: impl fmt::Display) -> Self {
        let detail = "Something went wrong on our side. The request id leads to it in the log.";
        Self::new(Code::Internal, detail).report(report)
    }

    /// Names the place in the request.
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.rest.path = Some(path.into());
        self
    }

    /// Says what to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.rest.hint = Some(hint.into());
        self
    }

    /// Adds the findings.
    pub fn problems(mut self, problems: Vec<Value>) -> Self {
        self.rest.problems = problems;
        self
    }

    /// Adds a further member to the body.
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.rest.more.push((name, value));
        self
    }

    /// Says when to come back.
    pub fn retry_after(mut self, time: Duration) -> Self {
        self.rest.retry_after = Some(time);
        self
    }

    /// Tells the log more than the client.
    pub fn report(mut self, report: impl fmt::Display) -> Self {
        self.rest.report = Some(report.to_string());
        self
    }
}
