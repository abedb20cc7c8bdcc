//! Tokens → tree, by operator precedence (a Pratt parser).
//!
//! Precedences follow the manual's table "Operator Precedence (highest to lowest)".

use super::error::ExpressionError;
use super::lexer::{Token, TokenKind};
use super::tree::Node;
use super::{Surroundings, precedence};

/// Brackets, calls, CASE … inside one another.
pub const MAX_DEPTH: usize = 40;
/// Nodes of one tree; a chain such as `a OR b OR c` is as deep as it is long.
pub const MAX_NODES: usize = 1_000;

pub(super) struct Parser<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) at: usize,
    pub(super) context: &'a dyn Surroundings,
    depth: usize,
    nodes: usize,
    end: usize,
}

type Parsed = Result<Node, ExpressionError>;

/// Reads the whole of `tokens` as one expression.
pub(super) fn parse(
    tokens: Vec<Token<'_>>,
    text_length: usize,
    context: &dyn Surroundings,
) -> Parsed {
    let mut parser = Parser { tokens, at: 0, context, depth: 0, nodes: 0, end: text_length };
    let node = parser.expression(0)?;
    match parser.peek() {
        None => Ok(node),
        Some(kind) => {
            let message =
                format!("{} stands where the expression should have ended", describe(kind));
            Err(ExpressionError::syntax(parser.offset(), message))
        }
    }
}

impl<'a> Parser<'a> {
    /// An expression whose operators bind at least as tightly as `minimum`.
    pub(super) fn expression(&mut self, minimum: u8) -> Parsed {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.too_deep());
        }
        let mut left = self.prefix()?;
        while self.next_level()?.is_some_and(|level| level >= minimum) {
            self.count()?;
            left = self.apply(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn too_deep(&self) -> ExpressionError {
        let message = format!("the expression nests deeper than {MAX_DEPTH} levels");
        ExpressionError::new("expression_too_deep", self.offset(), message)
    }

    /// Counts a node against [`MAX_NODES`].
    pub(super) fn count(&mut self) -> Result<(), ExpressionError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let message = format!("the expression has more than {MAX_NODES} parts");
            return Err(ExpressionError::new("expression_too_long", self.offset(), message));
        }
        Ok(())
    }

    fn prefix(&mut self) -> Parsed {
        self.count()?;
        if self.take_word("not") {
            let operand = self.expression(precedence::NOT)?;
            return Ok(Node::Prefix("NOT ", Box::new(operand)));
        }
        for (sign, written) in [("-", "-"), ("+", "+"), ("~", "~ ")] {
            if self.take_operator(sign) {
                let level = if sign == "~" { precedence::OTHER + 1 } else { precedence::SIGN };
                return Ok(Node::Prefix(written, Box::new(self.expression(level)?)));
            }
        }
        self.primary()
    }

    /// How tightly what stands next binds as an operator, or nothing when it is none.
    fn next_level(&self) -> Result<Option<u8>, ExpressionError> {
        Ok(match self.peek() {
            Some(TokenKind::Operator(operator)) => match precedence::of_operator(operator) {
                Some((_, level)) => Some(level),
                None => {
                    let message = format!("the operator `{operator}` is not among those allowed");
                    return Err(ExpressionError::new("unknown_operator", self.offset(), message));
                }
            },
            Some(TokenKind::Sign("::")) => Some(precedence::CAST),
            Some(TokenKind::Sign("[")) => Some(precedence::SUBSCRIPT),
            Some(TokenKind::Word(word)) => match &**word {
                "or" => Some(precedence::OR),
                "and" => Some(precedence::AND),
                "is" | "isnull" | "notnull" => Some(precedence::IS),
                "in" | "between" | "like" | "ilike" | "similar" => Some(precedence::RANGE),
                "not" if self.negated_follows() => Some(precedence::RANGE),
                "at" => Some(precedence::TIME_ZONE),
                "collate" => Some(precedence::COLLATE),
                _ => None,
            },
            Some(
                TokenKind::Sign(_)
                | TokenKind::Quoted(_)
                | TokenKind::Number(_)
                | TokenKind::Text(_),
            )
            | None => None,
        })
    }

    /// The left side with the operator that stands next applied.
    fn apply(&mut self, left: Node) -> Parsed {
        let at = self.offset();
        let kind = self.tokens[self.at].kind.clone();
        self.at += 1;
        let left = Box::new(left);
        match kind {
            TokenKind::Operator(operator) => self.operator(left, operator),
            TokenKind::Sign("::") => self.cast_to(left),
            TokenKind::Word(word) => self.word_operator(left, &word, at),
            TokenKind::Sign(_)
            | TokenKind::Quoted(_)
            | TokenKind::Number(_)
            | TokenKind::Text(_) => self.subscript(left),
        }
    }

    /// After `[`: an element, or a slice.
    fn subscript(&mut self, left: Box<Node>) -> Parsed {
        let bracketed = |token: &Token<'_>| token.kind == TokenKind::Sign(")");
        if matches!(*left, Node::Subscript(..) | Node::Slice(..))
            && self.tokens.get(self.at - 2).is_some_and(bracketed)
        {
            // PostgreSQL looks at `x[1:2][1]` as a whole, and at `(x[1:2])[1]` one by one.
            let message = "an element of what stands in brackets of its own is not taken";
            return Err(ExpressionError::refused(self.offset(), message)
                .hint("Write the indexes after one another; of a `jsonb`, `x -> 'key'`."));
        }
        let bound = |parser: &mut Self, end: &str| match parser.peek() {
            Some(TokenKind::Sign(sign)) if *sign == end => Ok(None),
            _ => parser.expression(0).map(|bound| Some(Box::new(bound))),
        };
        let from = bound(self, ":")?;
        if self.take_sign(":") {
            let to = bound(self, "]")?;
            self.expect("]")?;
            return Ok(Node::Slice(left, from, to));
        }
        self.expect("]")?;
        match from {
            Some(index) => Ok(Node::Subscript(left, index)),
            None => Err(self.unexpected("an index")),
        }
    }

    fn operator(&mut self, left: Box<Node>, operator: &str) -> Parsed {
        let (name, level) = precedence::of_operator(operator).expect("its level was asked before");
        for (word, quantifier) in [("any", "ANY"), ("some", "ANY"), ("all", "ALL")] {
            if self.take_word(word) {
                self.expect("(")?;
                let array = self.expression(0)?;
                self.expect(")")?;
                return Ok(Node::Quantified(left, name, quantifier, Box::new(array)));
            }
        }
        let right = self.expression(level + 1)?;
        // Comparisons do not chain: `a < b < c` is an error in PostgreSQL too.
        if level == precedence::COMPARISON && self.next_is_comparison() {
            let message = "comparisons cannot be chained; join them with AND";
            return Err(ExpressionError::syntax(self.offset(), message));
        }
        Ok(Node::Infix(left, name, Box::new(right)))
    }

    fn next_is_comparison(&self) -> bool {
        match self.peek() {
            Some(TokenKind::Operator(operator)) => precedence::of_operator(operator)
                .is_some_and(|(_, level)| level == precedence::COMPARISON),
            _ => false,
        }
    }

    fn word_operator(&mut self, left: Box<Node>, word: &str, at: usize) -> Parsed {
        match word {
            "or" => Ok(Node::Infix(left, "OR", Box::new(self.expression(precedence::OR + 1)?))),
            "and" => Ok(Node::Infix(left, "AND", Box::new(self.expression(precedence::AND + 1)?))),
            "is" => self.is_test(left),
            "isnull" => Ok(Node::Is(left, false, "NULL")),
            "notnull" => Ok(Node::Is(left, true, "NULL")),
            "at" => self.at_time_zone(left),
            "collate" => self.collate(left, at),
            "not" => self.range_test(left, true),
            _ => {
                self.at -= 1;
                self.range_test(left, false)
            }
        }
    }

    fn negated_follows(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| &token.kind);
        matches!(next, Some(TokenKind::Word(word)) if ["in", "between", "like", "ilike", "similar"].contains(&&**word))
    }

    pub(super) fn peek(&self) -> Option<&TokenKind<'a>> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    pub(super) fn offset(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |token| token.at)
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(TokenKind::Word(next)) if next == word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(TokenKind::Sign(next)) if *next == sign);
        self.at += usize::from(found);
        found
    }

    fn take_operator(&mut self, operator: &str) -> bool {
        let found = matches!(self.peek(), Some(TokenKind::Operator(next)) if *next == operator);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, sign: &str) -> Result<(), ExpressionError> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Result<(), ExpressionError> {
        if self.take_word(word) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{}`", word.to_uppercase())))
        }
    }

    pub(super) fn unexpected(&self, wanted: &str) -> ExpressionError {
        let found = self.peek().map_or_else(
            || "the expression ends".to_owned(),
            |kind| format!("{} stands", describe(kind)),
        );
        ExpressionError::syntax(self.offset(), format!("{found} where {wanted} should be"))
    }
}

fn describe(kind: &TokenKind<'_>) -> String {
    match kind {
        TokenKind::Word(word) | TokenKind::Number(word) => format!("`{word}`"),
        TokenKind::Operator(operator) => format!("`{operator}`"),
        TokenKind::Quoted(name) => format!("\"{name}\""),
        TokenKind::Text(_) => "a quoted constant".to_owned(),
        TokenKind::Sign(sign) => format!("`{sign}`"),
    }
}
