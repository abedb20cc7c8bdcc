//! What an expression is made of: constants, columns, calls, casts, CASE, brackets.

use super::error::ExpressionError;
use super::functions;
use super::lexer::TokenKind;
use super::parser::Parser;
use super::tree::{Clock, Node};
use crate::column_type::{Builtin, ColumnType};
use crate::name::Name;
use crate::near::nearest;

type Parsed = Result<Node, ExpressionError>;

/// Words of SQL's grammar that can be neither a column nor a function without quotes. In
/// alphabetical order.
const RESERVED: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "as",
    "asc",
    "asymmetric",
    "between",
    "both",
    "check",
    "collate",
    "column",
    "constraint",
    "create",
    "default",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "fetch",
    "for",
    "foreign",
    "from",
    "grant",
    "group",
    "having",
    "in",
    "initially",
    "intersect",
    "into",
    "is",
    "leading",
    "like",
    "limit",
    "not",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "placing",
    "primary",
    "references",
    "returning",
    "select",
    "some",
    "symmetric",
    "table",
    "then",
    "to",
    "trailing",
    "union",
    "unique",
    "using",
    "values",
    "when",
    "where",
    "window",
    "with",
];

/// Fields of a time that `EXTRACT` knows.
pub const FIELDS: &[&str] = &[
    "century",
    "day",
    "decade",
    "dow",
    "doy",
    "epoch",
    "hour",
    "isodow",
    "isoyear",
    "julian",
    "microseconds",
    "millennium",
    "milliseconds",
    "minute",
    "month",
    "quarter",
    "second",
    "timezone",
    "timezone_hour",
    "timezone_minute",
    "week",
    "year",
];

/// Words that PostgreSQL reads as who asks and where, also where a column has that name.
const SESSION: [&str; 7] = [
    "current_catalog",
    "current_role",
    "current_schema",
    "current_user",
    "session_user",
    "system_user",
    "user",
];

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> Parsed {
        let Some(kind) = self.peek().cloned() else { return Err(self.unexpected("a value")) };
        match kind {
            TokenKind::Number(number) => self.one(Node::Number(number.into_owned())),
            TokenKind::Text(text) => self.one(Node::Text(text.into_owned())),
            // PostgreSQL puts names in quotes that its grammar knows: `"position"(a, b)`.
            TokenKind::Quoted(name) if self.is_call() => self.call(&name),
            TokenKind::Quoted(name) => self.column(&name),
            TokenKind::Sign("(") => self.brackets(),
            TokenKind::Word(word) => self.word(&word),
            TokenKind::Sign(_) | TokenKind::Operator(_) => Err(self.unexpected("a value")),
        }
    }

    /// Whether a bracket follows the name that stands here.
    fn is_call(&self) -> bool {
        self.tokens.get(self.at + 1).is_some_and(|token| token.kind == TokenKind::Sign("("))
    }

    /// A node that is one token long.
    #[expect(clippy::unnecessary_wraps, reason = "it ends arms of matches that may fail")]
    fn one(&mut self, node: Node) -> Parsed {
        self.at += 1;
        Ok(node)
    }

    fn brackets(&mut self) -> Parsed {
        self.at += 1;
        if matches!(self.peek(), Some(TokenKind::Word(word)) if word == "select" || word == "with")
        {
            return Err(self.subquery());
        }
        let mut items = self.list_until(")")?;
        match items.len() {
            0 => Err(self.unexpected("a value")),
            1 => Ok(items.remove(0)),
            _ => Ok(Node::Row(items)),
        }
    }

    /// Expressions separated by commas, up to and with the closing sign.
    pub(super) fn list_until(&mut self, close: &str) -> Result<Vec<Node>, ExpressionError> {
        let mut items = Vec::new();
        if self.take_sign(close) {
            return Ok(items);
        }
        loop {
            items.push(self.expression(0)?);
            if self.take_sign(close) {
                return Ok(items);
            }
            if !self.take_sign(",") {
                return Err(self.unexpected(&format!("`,` or `{close}`")));
            }
        }
    }

    fn word(&mut self, word: &str) -> Parsed {
        let next = self.tokens.get(self.at + 1).map(|token| token.kind.clone());
        let call = next == Some(TokenKind::Sign("("));
        match word {
            "null" => return self.one(Node::Null),
            "true" => return self.one(Node::Bool(true)),
            "false" => return self.one(Node::Bool(false)),
            "case" => return self.case(),
            "cast" if call => return self.cast(),
            "array" if next == Some(TokenKind::Sign("[")) => return self.array(),
            "row" if call => return self.row(),
            "extract" if call => return self.extract(),
            "position" if call => return self.position(),
            "substring" if call => return self.substring(),
            "trim" if call => return self.trim(),
            "exists" | "array" if call => return Err(self.subquery()),
            "select" | "with" | "values" | "table" => return Err(self.subquery()),
            _ => {}
        }
        if let Some((_, clock)) =
            Clock::ALL.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))
        {
            return self.one(Node::Clock(*clock));
        }
        match next {
            Some(TokenKind::Sign("(")) if !self.is_type_with_constant() => self.call(word),
            Some(TokenKind::Sign(".")) => self.qualified(word),
            _ if self.is_type_with_constant() => self.typed_constant(),
            _ if RESERVED.binary_search(&word).is_ok() => Err(self.unexpected("a value")),
            _ if SESSION.contains(&word) => Err(self.session(word)),
            _ => self.column(word),
        }
    }

    fn column(&mut self, name: &str) -> Parsed {
        let at = self.offset();
        if self.tokens.get(self.at + 1).is_some_and(|token| token.kind == TokenKind::Sign(".")) {
            return Err(ExpressionError::refused(
                at,
                "names of other tables or namespaces are not taken",
            )
            .hint("Name the column alone."));
        }
        let known = self.context.column(name).is_known();
        let Some(column) = Name::new(name).filter(|_| known) else {
            return Err(self.unknown_column(at, name));
        };
        self.at += 1;
        Ok(Node::Column(column))
    }

    fn session(&self, word: &str) -> ExpressionError {
        let message = format!("`{word}` is not allowed: who asks is not part of the data");
        let refusal = ExpressionError::new("function_not_allowed", self.offset(), message);
        match self.context.column(word).is_known() {
            true => refusal.hint(format!("The column of this name is \"{word}\".")),
            false => refusal,
        }
    }

    fn unknown_column(&self, at: usize, name: &str) -> ExpressionError {
        let columns = self.context.column_names();
        if columns.is_empty() {
            let message =
                format!("a default cannot read columns, and `{name}` is no constant or function");
            return ExpressionError::new("column_not_allowed", at, message)
                .hint(format!("Put a text in single quotes: '{name}'."));
        }
        let error = ExpressionError::new(
            "unknown_column",
            at,
            format!("there is no column `{name}` in this table"),
        );
        match nearest(name, columns) {
            Some(near) => error.hint(format!("Did you mean `{near}`?")),
            None => error,
        }
    }

    /// `pg_catalog.name(…)` is the function itself; every other qualifier leads elsewhere.
    fn qualified(&mut self, qualifier: &str) -> Parsed {
        let at = self.offset();
        let name = self.tokens.get(self.at + 2).map(|token| token.kind.clone());
        match (qualifier, name) {
            ("pg_catalog", Some(TokenKind::Word(name) | TokenKind::Quoted(name))) => {
                self.at += 2;
                self.call(&name)
            }
            _ => Err(ExpressionError::refused(
                at,
                "names of other tables or namespaces are not taken",
            )
            .hint("Name the column or the function alone.")),
        }
    }

    fn call(&mut self, name: &str) -> Parsed {
        let at = self.offset();
        let Some(function) = functions::find(name) else { return Err(unknown_function(at, name)) };
        self.at += 1;
        self.expect("(")?;
        let arguments = self.arguments()?;
        if !(function.min..=function.max).contains(&arguments.len()) {
            let wanted = match (function.min, function.max) {
                (min, max) if min == max => format!("{min}"),
                (min, max) => format!("{min} to {max}"),
            };
            let message = format!("`{name}` takes {wanted} arguments, not {}", arguments.len());
            return Err(ExpressionError::new("wrong_arguments", at, message));
        }
        if function.volatility > self.context.place().most_volatile() {
            let message = format!("`{name}` {}", self.context.place().why_not(function.volatility));
            return Err(ExpressionError::new("function_not_allowed", at, message));
        }
        Ok(Node::Call(function, arguments))
    }

    /// The arguments of a call. PostgreSQL writes those of which any number may stand there as an
    /// array after VARIADIC; they are listed one by one.
    fn arguments(&mut self) -> Result<Vec<Node>, ExpressionError> {
        let mut arguments = Vec::new();
        if self.take_sign(")") {
            return Ok(arguments);
        }
        loop {
            let at = self.offset();
            match (self.take_word("variadic"), self.expression(0)?) {
                (false, argument) => arguments.push(argument),
                (true, Node::Array(items)) => {
                    arguments.extend(items);
                    self.expect(")")?;
                    return Ok(arguments);
                }
                (true, _) => {
                    let message = "VARIADIC is taken before `ARRAY[…]` only";
                    return Err(ExpressionError::refused(at, message)
                        .hint("List the arguments one by one."));
                }
            }
            if self.take_sign(")") {
                return Ok(arguments);
            }
            if !self.take_sign(",") {
                return Err(self.unexpected("`,` or `)`"));
            }
        }
    }

    fn cast(&mut self) -> Parsed {
        self.at += 1;
        self.expect("(")?;
        let value = self.expression(0)?;
        self.expect_word("as")?;
        let cast = self.cast_to(Box::new(value))?;
        self.expect(")")?;
        Ok(cast)
    }

    fn array(&mut self) -> Parsed {
        self.at += 1;
        self.expect("[")?;
        Ok(Node::Array(self.list_until("]")?))
    }

    fn row(&mut self) -> Parsed {
        self.at += 1;
        self.expect("(")?;
        Ok(Node::Row(self.list_until(")")?))
    }

    fn case(&mut self) -> Parsed {
        self.at += 1;
        let operand = match self.peek() {
            Some(TokenKind::Word(word)) if word == "when" => None,
            _ => Some(Box::new(self.expression(0)?)),
        };
        let mut arms = Vec::new();
        while self.take_word("when") {
            let when = self.expression(0)?;
            self.expect_word("then")?;
            arms.push((when, self.expression(0)?));
        }
        if arms.is_empty() {
            return Err(self.unexpected("`WHEN`"));
        }
        let otherwise = match self.take_word("else") {
            true => Some(Box::new(self.expression(0)?)),
            false => None,
        };
        self.expect_word("end")?;
        Ok(Node::Case(operand, arms, otherwise))
    }

    fn extract(&mut self) -> Parsed {
        self.at += 1;
        self.expect("(")?;
        let field = match self.peek().cloned() {
            Some(TokenKind::Word(field) | TokenKind::Text(field)) => field.to_lowercase(),
            _ => String::new(),
        };
        let Some(field) = FIELDS.iter().find(|known| **known == field) else {
            return Err(self.unexpected("a field such as year, month, epoch"));
        };
        self.at += 1;
        self.expect_word("from")?;
        let value = self.expression(0)?;
        self.expect(")")?;
        Ok(Node::Extract(field, Box::new(value)))
    }

    /// `position(x IN y)` is `position(y, x)` as a function.
    fn position(&mut self) -> Parsed {
        self.at += 1;
        self.expect("(")?;
        let needle = self.expression(super::precedence::RANGE + 1)?;
        if self.take_sign(",") {
            let second = self.expression(0)?;
            self.expect(")")?;
            return Ok(listed("position", vec![needle, second]));
        }
        self.expect_word("in")?;
        let haystack = self.expression(0)?;
        self.expect(")")?;
        Ok(listed("position", vec![haystack, needle]))
    }

    /// `substring(x FROM a [FOR b])`, `substring(x FOR b)` and the plain call.
    fn substring(&mut self) -> Parsed {
        self.at += 1;
        self.expect("(")?;
        let mut arguments = vec![self.expression(0)?];
        if self.take_word("for") {
            // As PostgreSQL reads it: so many from the first on.
            let length = Box::new(self.expression(0)?);
            let length = Node::Cast(length, ColumnType::plain(Builtin::Integer));
            arguments.extend([Node::Number("1".to_owned()), length]);
        } else {
            let words = [("from", "for"), (",", ",")];
            let taken = words.iter().find(|(word, _)| self.take_word(word) || self.take_sign(word));
            let Some((_, next)) = taken else { return Err(self.unexpected("a position")) };
            arguments.push(self.expression(0)?);
            if self.take_word(next) || self.take_sign(next) {
                arguments.push(self.expression(0)?);
            }
        }
        self.expect(")")?;
        Ok(listed("substring", arguments))
    }

    /// `trim([BOTH|LEADING|TRAILING] [characters] FROM x)` and the plain call.
    fn trim(&mut self) -> Parsed {
        self.at += 1;
        self.expect("(")?;
        let sides = [("both", "btrim"), ("leading", "ltrim"), ("trailing", "rtrim")];
        let side = sides
            .into_iter()
            .find(|(word, _)| self.take_word(word))
            .map_or("btrim", |(_, name)| name);
        let from_first = self.take_word("from");
        let mut arguments = vec![self.expression(0)?];
        if !from_first && self.take_word("from") {
            arguments.insert(0, self.expression(0)?);
        } else if !from_first && self.take_sign(",") {
            arguments.push(self.expression(0)?);
        }
        self.expect(")")?;
        Ok(listed(side, arguments))
    }
}

/// A call that the grammar above already knows to be listed.
fn listed(name: &str, arguments: Vec<Node>) -> Node {
    let function = functions::find(name).expect("the forms of the grammar use listed functions");
    Node::Call(function, arguments)
}

fn unknown_function(at: usize, name: &str) -> ExpressionError {
    if let Some(reason) = functions::reason_refused(name) {
        return ExpressionError::new(
            "function_not_allowed",
            at,
            format!("`{name}` is not allowed: {reason}"),
        );
    }
    let error = ExpressionError::new(
        "unknown_function",
        at,
        format!("the function `{name}` is not among those allowed"),
    );
    match nearest(name, functions::names()) {
        Some(near) => error.hint(format!("Did you mean `{near}`?")),
        None => error.hint("The documentation lists the functions that are."),
    }
}

/// Whether a word means something of its own at the start of a value, so that a column of that
/// name needs quotes.
pub(super) fn is_special(word: &str) -> bool {
    const FORMS: [&str; 12] = [
        "null",
        "true",
        "false",
        "case",
        "cast",
        "array",
        "row",
        "extract",
        "position",
        "substring",
        "trim",
        "exists",
    ];
    RESERVED.binary_search(&word).is_ok()
        || SESSION.contains(&word)
        || FORMS.contains(&word)
        || Clock::ALL.iter().any(|(name, _)| name.eq_ignore_ascii_case(word))
        || [
            "isnull", "notnull", "at", "in", "between", "like", "ilike", "similar", "is", "not",
            "or", "and",
        ]
        .contains(&word)
}
