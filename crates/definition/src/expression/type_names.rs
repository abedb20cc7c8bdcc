//! Types inside expressions: after `::`, in CAST, before a constant.

use super::error::ExpressionError;
use super::lexer::TokenKind;
use super::parser::Parser;
use super::tree::Node;
use crate::column_type::{ColumnType, TypeError};
use crate::near::nearest;

/// Words that may follow the first word of a type's name.
const FOLLOWERS: [(&str, &[&str]); 6] = [
    ("double", &["precision"]),
    ("character", &["varying"]),
    ("char", &["varying"]),
    ("bit", &["varying"]),
    ("timestamp", &["with", "without", "time", "zone"]),
    ("time", &["with", "without", "time", "zone"]),
];

/// Types whose name may stand directly before a constant: `date '2026-01-31'`.
const BEFORE_CONSTANTS: [&str; 10] = [
    "date",
    "time",
    "timetz",
    "timestamp",
    "timestamptz",
    "interval",
    "numeric",
    "json",
    "jsonb",
    "uuid",
];

/// The weights of a text search document.
const WEIGHTS: [&str; 4] = ["A", "B", "C", "D"];

/// The text search configurations that every PostgreSQL from 14 on has.
pub const CONFIGURATIONS: [&str; 29] = [
    "simple",
    "arabic",
    "armenian",
    "basque",
    "catalan",
    "danish",
    "dutch",
    "english",
    "finnish",
    "french",
    "german",
    "greek",
    "hindi",
    "hungarian",
    "indonesian",
    "irish",
    "italian",
    "lithuanian",
    "nepali",
    "norwegian",
    "portuguese",
    "romanian",
    "russian",
    "serbian",
    "spanish",
    "swedish",
    "tamil",
    "turkish",
    "yiddish",
];

/// The refusal of a text search configuration that is not of the list.
pub(super) fn unknown_configuration(at: usize, name: &str) -> ExpressionError {
    let message = format!("there is no text search configuration `{name}` in every PostgreSQL");
    let refusal = ExpressionError::new("unknown_configuration", at, message);
    match nearest(name, CONFIGURATIONS) {
        Some(near) => refusal.hint(format!("Did you mean `{near}`?")),
        None => refusal.hint("Use 'simple', 'english', or another of docs/expressions.md."),
    }
}

impl Parser<'_> {
    /// Whether a type's name and a quoted constant stand here.
    pub(super) fn is_type_with_constant(&self) -> bool {
        let kinds = || self.tokens[self.at..].iter().map(|token| &token.kind);
        let named = matches!(kinds().next(), Some(TokenKind::Word(word)) if BEFORE_CONSTANTS.contains(&&**word));
        let constant = kinds()
            .skip(1)
            .find(|kind| !matches!(kind, TokenKind::Word(word) if ["with", "without", "time", "zone"].contains(&&**word)));
        named && matches!(constant, Some(TokenKind::Text(_)))
    }

    /// `date '2026-01-31'`.
    pub(super) fn typed_constant(&mut self) -> Result<Node, ExpressionError> {
        let target = self.type_name()?;
        match self.peek().cloned() {
            Some(TokenKind::Text(text)) => {
                self.at += 1;
                Ok(Node::Cast(Box::new(Node::Text(text.into_owned())), target))
            }
            _ => Err(self.unexpected("a quoted constant")),
        }
    }

    /// A value cast to the type that stands next.
    pub(super) fn cast_to(&mut self, value: Box<Node>) -> Result<Node, ExpressionError> {
        if let Node::Text(text) = &*value
            && let Some(constant) = self.catalog_constant(text)?
        {
            return Ok(constant);
        }
        Ok(Node::Cast(value, self.type_name()?))
    }

    /// Constants of types that are safe as long as their values are of a fixed list: a text search
    /// configuration, and the weights `A` to `D` that `setweight` takes as a `"char"`.
    fn catalog_constant(&mut self, text: &str) -> Result<Option<Node>, ExpressionError> {
        let at = self.offset();
        match self.peek() {
            Some(TokenKind::Word(word)) if word == "regconfig" => {}
            Some(TokenKind::Quoted(name)) if name == "char" && WEIGHTS.contains(&text) => {
                self.at += 1;
                return Ok(Some(Node::Text(text.to_owned())));
            }
            _ => return Ok(None),
        }
        self.at += 1;
        let name = text.strip_prefix("pg_catalog.").unwrap_or(text);
        match CONFIGURATIONS.iter().find(|known| **known == name) {
            Some(known) => Ok(Some(Node::Configuration(known))),
            None => Err(unknown_configuration(at, text)),
        }
    }

    /// A type's name with its modifiers and brackets.
    pub(super) fn type_name(&mut self) -> Result<ColumnType, ExpressionError> {
        let at = self.offset();
        let spelling = self.type_spelling()?;
        let parsed =
            ColumnType::parse(&spelling, &|name| self.context.enumeration(name).is_known());
        match parsed {
            Ok(parsed) if !parsed.serial => Ok(parsed.column_type),
            Ok(_) => Err(ExpressionError::new(
                "unknown_type",
                at,
                format!("`{spelling}` is no type to cast to"),
            )),
            Err(error) => Err(type_error(at, &error)),
        }
    }

    fn type_spelling(&mut self) -> Result<String, ExpressionError> {
        let mut spelling = match self.peek().cloned() {
            Some(TokenKind::Word(word)) => word.into_owned(),
            Some(TokenKind::Quoted(name)) => format!("\"{}\"", name.replace('"', "\"\"")),
            _ => return Err(self.unexpected("a type")),
        };
        self.at += 1;
        if self.take_sign(".") {
            let from_catalog = spelling == "pg_catalog";
            match self.peek().cloned() {
                Some(TokenKind::Word(word)) if from_catalog => spelling = word.into_owned(),
                _ => {
                    let message = "types of other namespaces are not taken";
                    return Err(ExpressionError::refused(self.offset(), message));
                }
            }
            self.at += 1;
        }
        let followers = FOLLOWERS
            .iter()
            .find(|(first, _)| *first == spelling)
            .map_or(&[][..], |(_, words)| words);
        self.words_of_type(followers, &mut spelling);
        if self.take_sign("(") {
            spelling.push('(');
            while !self.take_sign(")") {
                match self.peek().cloned() {
                    Some(TokenKind::Number(number)) => spelling.push_str(&number),
                    Some(TokenKind::Sign(",")) => spelling.push(','),
                    _ => return Err(self.unexpected("a number")),
                }
                self.at += 1;
            }
            spelling.push(')');
        }
        self.words_of_type(followers, &mut spelling);
        while self.take_sign("[") {
            if matches!(self.peek(), Some(TokenKind::Number(_))) {
                self.at += 1;
            }
            self.expect("]")?;
            spelling.push_str("[]");
        }
        Ok(spelling)
    }

    fn words_of_type(&mut self, followers: &[&str], spelling: &mut String) {
        while let Some(TokenKind::Word(word)) = self.peek().cloned() {
            if !followers.contains(&&*word) {
                return;
            }
            spelling.push(' ');
            spelling.push_str(&word);
            self.at += 1;
        }
    }
}

fn type_error(at: usize, error: &TypeError) -> ExpressionError {
    let refusal = ExpressionError::new("unknown_type", at, error.to_string());
    match error {
        TypeError::Unknown { nearest: Some(near), .. } => {
            refusal.hint(format!("Did you mean `{near}`?"))
        }
        TypeError::Unknown { .. } | TypeError::Malformed(_) | TypeError::Modifier(_) => refusal,
    }
}
