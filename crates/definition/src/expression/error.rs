//! Why an expression is refused.

/// A refusal of an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExpressionError {
    /// Stable, in `snake_case`.
    pub code: &'static str,
    /// A sentence.
    pub message: String,
    /// What would mend it.
    pub hint: Option<String>,
    /// Where in the expression, in bytes from its start.
    pub at: usize,
}

impl ExpressionError {
    pub(super) fn new(code: &'static str, at: usize, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, at }
    }

    /// The text cannot be read.
    pub(super) fn syntax(at: usize, message: impl Into<String>) -> Self {
        Self::new("expression_syntax", at, message)
    }

    /// PostgreSQL might read it; the allowed subset leaves it out.
    pub(super) fn refused(at: usize, message: impl Into<String>) -> Self {
        Self::new("expression_not_allowed", at, message)
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
