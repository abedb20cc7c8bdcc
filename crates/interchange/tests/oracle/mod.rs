//! PostgreSQL's own grammar as the judge of what the expression wall reads and writes.
//!
//! Both trees, the one that `definition` holds and the one that PostgreSQL's grammar gives, are
//! turned into one plain form and compared. What has no form is an error, never a guess.

pub(crate) mod grammar;
mod ours;
mod postgres;
mod types;
pub(crate) mod world;

use definition::Expression;
use sql::Ident;

/// A tree without a grammar: what a node is, and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    what: String,
    parts: Vec<Form>,
}

impl Form {
    fn of(what: impl Into<String>, parts: Vec<Form>) -> Self {
        Self { what: what.into(), parts }
    }

    fn leaf(what: impl Into<String>) -> Self {
        Self::of(what, Vec::new())
    }

    /// A number; a minus before one is a part of it, as PostgreSQL's grammar has it.
    fn number(text: &str) -> Self {
        let whole = text.parse::<i32>().map(|number| number.to_string());
        Self::leaf(["number ", &whole.unwrap_or_else(|_| text.to_lowercase())].concat())
    }

    fn negated(self) -> Self {
        match self.what.strip_prefix("number ") {
            Some("0") => self,
            Some(number) => match number.strip_prefix('-') {
                Some(positive) => Self::number(positive),
                None => Self::number(&["-", number].concat()),
            },
            None => Self::of("prefix -", vec![self]),
        }
    }
}

/// The namespace that enums are rendered in.
pub(crate) const NAMESPACE: &str = "tenant_1__\"odd\" one";

/// Renders an accepted expression and has PostgreSQL's grammar read it: one expression, no other
/// part of a statement, the same tree.
pub(crate) fn assert_rendered(expression: &Expression) {
    let namespace = Ident::new(NAMESPACE).expect("it is short");
    let rendered = expression.fragment(&namespace);
    same(
        rendered.as_str(),
        postgres::single(rendered.as_str(), postgres::Names::InFull),
        expression,
    );
    let default = expression.bounded_fragment(&namespace);
    same(default.as_str(), postgres::default(default.as_str()), expression);
}

fn same(rendered: &str, found: Result<Form, postgres::Refusal>, expression: &Expression) {
    match found {
        Ok(found) => assert_eq!(found, ours::form(expression.node()), "{rendered}"),
        Err(postgres::Refusal::TooDeep) => {}
        Err(refusal) => panic!("{refusal}: {rendered}"),
    }
}

/// Where PostgreSQL's grammar takes a text as it was written, it reads in it what we read.
pub(crate) fn assert_read(text: &str, expression: &Expression) {
    match postgres::single(text, postgres::Names::AsWritten) {
        Ok(found) => assert_eq!(found, ours::form(expression.node()), "{text}"),
        // The wall is the more lenient one in places; it renders what it understood.
        Err(postgres::Refusal::Unreadable(_) | postgres::Refusal::TooDeep) => {}
        Err(refusal) => panic!("{refusal}: {text}"),
    }
}
