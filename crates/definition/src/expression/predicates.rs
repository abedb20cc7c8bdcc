//! The operators that are words: IS, IN, BETWEEN, LIKE, AT TIME ZONE, COLLATE.

use super::error::ExpressionError;
use super::lexer::TokenKind;
use super::parser::Parser;
use super::precedence;
use super::tree::Node;
use crate::name::Name;

type Parsed = Result<Node, ExpressionError>;

/// Collations that every PostgreSQL has.
pub const COLLATIONS: [&str; 4] = ["C", "POSIX", "default", "ucs_basic"];

/// Whether expressions and columns may name this collation.
pub fn is_collation(name: &str) -> bool {
    let of_icu = name.strip_suffix("-x-icu").is_some_and(|locale| {
        !locale.is_empty() && locale.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    });
    COLLATIONS.contains(&name) || (of_icu && Name::new(name).is_some())
}

impl Parser<'_> {
    /// After `IS`.
    pub(super) fn is_test(&mut self, left: Box<Node>) -> Parsed {
        let negated = self.take_word("not");
        if self.take_word("distinct") {
            self.expect_word("from")?;
            let right = self.expression(precedence::IS + 1)?;
            return Ok(Node::IsDistinct(left, negated, Box::new(right)));
        }
        for test in ["NULL", "TRUE", "FALSE", "UNKNOWN"] {
            if self.take_word(&test.to_lowercase()) {
                return Ok(Node::Is(left, negated, test));
            }
        }
        Err(self.unexpected("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM"))
    }

    /// From `IN`, `BETWEEN`, `LIKE`, `ILIKE` or `SIMILAR` on.
    pub(super) fn range_test(&mut self, left: Box<Node>, negated: bool) -> Parsed {
        if self.take_word("in") {
            self.expect("(")?;
            if matches!(self.peek(), Some(TokenKind::Word(word)) if word == "select" || word == "values")
            {
                return Err(self.subquery());
            }
            let list = self.list_until(")")?;
            if list.is_empty() {
                return Err(self.unexpected("a value"));
            }
            return Ok(Node::In(left, negated, list));
        }
        if self.take_word("between") {
            let symmetric = self.take_word("symmetric");
            let low = self.expression(precedence::RANGE + 1)?;
            self.expect_word("and")?;
            let high = self.expression(precedence::RANGE + 1)?;
            let words = match (negated, symmetric) {
                (false, false) => "BETWEEN",
                (true, false) => "NOT BETWEEN",
                (false, true) => "BETWEEN SYMMETRIC",
                (true, true) => "NOT BETWEEN SYMMETRIC",
            };
            return Ok(Node::Between(left, words, Box::new(low), Box::new(high)));
        }
        self.like(left, negated)
    }

    fn like(&mut self, left: Box<Node>, negated: bool) -> Parsed {
        let words = if self.take_word("like") {
            if negated { "NOT LIKE" } else { "LIKE" }
        } else if self.take_word("ilike") {
            if negated { "NOT ILIKE" } else { "ILIKE" }
        } else {
            self.expect_word("similar")?;
            self.expect_word("to")?;
            if negated { "NOT SIMILAR TO" } else { "SIMILAR TO" }
        };
        let pattern = self.expression(precedence::RANGE + 1)?;
        let escape = match self.take_word("escape") {
            true => Some(Box::new(self.expression(precedence::RANGE + 1)?)),
            false => None,
        };
        Ok(Node::Like(left, words, Box::new(pattern), escape))
    }

    /// After `AT`.
    pub(super) fn at_time_zone(&mut self, left: Box<Node>) -> Parsed {
        self.expect_word("time")?;
        self.expect_word("zone")?;
        let zone = self.expression(precedence::TIME_ZONE + 1)?;
        Ok(Node::AtTimeZone(left, Box::new(zone)))
    }

    /// After `COLLATE`.
    pub(super) fn collate(&mut self, left: Box<Node>, at: usize) -> Parsed {
        let Some(TokenKind::Quoted(name) | TokenKind::Word(name)) = self.peek().cloned() else {
            return Err(self.unexpected("a collation's name"));
        };
        self.at += 1;
        if !is_collation(&name) {
            let error = ExpressionError::new(
                "unknown_collation",
                at,
                format!("the collation \"{name}\" is not among those allowed"),
            );
            return Err(error
                .hint("Use \"C\", \"POSIX\", \"default\", or one of ICU's such as \"de-x-icu\"."));
        }
        let name = Name::new(&name).ok_or_else(|| self.unexpected("a collation's name"))?;
        Ok(Node::Collate(left, name))
    }

    pub(super) fn subquery(&self) -> ExpressionError {
        let message = "sub-selects are not taken: an expression sees only its own row";
        ExpressionError::new("subquery_not_allowed", self.offset(), message)
    }
}
