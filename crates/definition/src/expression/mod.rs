//! The wall that a user's expressions pass: defaults, checks, generated columns, index keys and
//! predicates.
//!
//! The text is read by a strict parser of an allowed subset of PostgreSQL's expressions. What the
//! parser does not know by name it refuses; what PostgreSQL gets is always rendered from the
//! tree, never the text as it was written. Length and depth are bounded before and while reading.

mod error;
pub mod functions;
mod lexer;
mod parser;
mod precedence;
mod predicates;
mod primary;
mod print;
mod rename;
mod surroundings;
mod tree;
mod type_names;
mod typing;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sql::{Fragment, Ident};

use crate::column_type::ColumnType;
use crate::model::{Enum, IndexMethod};
use crate::name::Name;

pub use error::ExpressionError;
pub use functions::{Function, Volatility};
pub use parser::{MAX_DEPTH, MAX_NODES};
pub use precedence::operators;
pub use predicates::{COLLATIONS, is_collation};
pub use primary::FIELDS;
pub(crate) use surroundings::{Meaning, Surroundings};
pub use tree::{Clock, Node};
pub use type_names::CONFIGURATIONS;
pub use typing::Type;

/// The longest expression that is read, in bytes.
pub const MAX_EXPRESSION_BYTES: usize = 8 * 1024;

/// Nodes below one another: `a + b + c` is as deep as it is long. It keeps what walks the tree
/// within a thread's stack.
pub const MAX_HEIGHT: usize = 200;

/// An expression of the allowed subset.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Expression {
    node: Node,
}

/// Where an expression stands, which decides what it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A column's default: no columns; makers of ids and clocks are fine.
    Default,
    /// A condition on a row.
    Check,
    /// A generated column: the same row must always give the same value.
    Generated,
    /// A key of an index.
    IndexKey,
    /// The predicate of a partial index.
    Predicate,
}

impl Place {
    /// The most that a function called here may depend on.
    pub fn most_volatile(self) -> Volatility {
        match self {
            Self::Default => Volatility::Volatile,
            Self::Check => Volatility::Stable,
            Self::Generated | Self::IndexKey | Self::Predicate => Volatility::Immutable,
        }
    }

    fn why_not(self, volatility: Volatility) -> &'static str {
        match (self, volatility) {
            (_, Volatility::Volatile) => {
                "gives another value at each call; only a default may use it"
            }
            (Self::Generated, _) => {
                "depends on the clock or on settings; a generated column may only depend on its row"
            }
            (_, _) => "depends on the clock or on settings; an index may only depend on its row",
        }
    }
}

/// What an expression may refer to.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// Where it stands.
    pub place: Place,
    /// The columns of its table with their types; none for a default. A column whose type is
    /// unsound has none here, and what depends on it is not looked at: it was reported already.
    pub columns: BTreeMap<&'a str, Option<&'a ColumnType>>,
    /// The schema's enums, where they are sound.
    pub enums: BTreeMap<&'a str, Option<&'a Enum>>,
    /// The type that the value must fit: that of the column it fills.
    pub wanted: Option<&'a ColumnType>,
    /// The method of the index whose key it is, unless an operator class is named.
    pub method: Option<IndexMethod>,
}

impl Expression {
    /// Reads an expression of the allowed subset.
    pub fn parse(text: &str, context: &Context<'_>) -> Result<Self, ExpressionError> {
        Self::read(text, context)
    }

    /// The same, whatever it is that knows the names.
    pub(crate) fn read(text: &str, context: &dyn Surroundings) -> Result<Self, ExpressionError> {
        if text.len() > MAX_EXPRESSION_BYTES {
            return Err(too_long(0));
        }
        if let Some(at) = text.find('\0') {
            return Err(ExpressionError::refused(at, "a NUL byte is not taken"));
        }
        let tokens = lexer::tokens(text)?;
        let node = parser::parse(tokens, text.len(), context)?;
        let height = node.height();
        if height > MAX_HEIGHT {
            let message = format!("the expression chains more than {MAX_HEIGHT} operators");
            return Err(ExpressionError::new("expression_too_deep", 0, message));
        }
        clocks_fit(&node, context.place())?;
        typing::check(&node, context)?;
        let found = Self { node };
        // What is kept of it is at most a few times as much, so only what comes near a limit is
        // looked at.
        if text.len() > MAX_NODES || height > MAX_DEPTH / 2 {
            found.can_be_kept(text, context)?;
        }
        Ok(found)
    }

    /// What is kept of it is longer and has more brackets than what was written, and must be
    /// within the same limits to be read again.
    fn can_be_kept(&self, text: &str, context: &dyn Surroundings) -> Result<(), ExpressionError> {
        let kept = self.text();
        if kept.len() > MAX_EXPRESSION_BYTES {
            return Err(too_long(kept.len() - text.len()));
        }
        parser::parse(lexer::tokens(&kept)?, kept.len(), context).map(drop)
    }

    /// The type that it has in this context.
    pub fn type_in(&self, context: &Context<'_>) -> Result<Type, ExpressionError> {
        typing::check(&self.node, context)
    }

    /// The tree.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// The column, when the expression is nothing but one.
    pub fn as_column(&self) -> Option<&Name> {
        if let Node::Column(name) = &self.node { Some(name) } else { None }
    }

    /// Whether it is NULL, cast or not.
    pub fn is_null(&self) -> bool {
        *bare(&self.node) == Node::Null
    }

    /// Whether it is TRUE and nothing else, however it is written.
    pub fn is_true(&self) -> bool {
        let node = bare(&self.node);
        let Node::Text(text) = node else { return *node == Node::Bool(true) };
        let text = text.trim().to_ascii_lowercase();
        let begins = |word: &str| !text.is_empty() && word.starts_with(&text);
        begins("true") || begins("yes") || text == "on" || text == "1"
    }

    /// The columns it reads.
    pub fn columns(&self) -> BTreeSet<&str> {
        let mut columns = BTreeSet::new();
        self.node.walk(&mut |node| {
            if let Node::Column(name) = node {
                columns.insert(name.as_str());
            }
        });
        columns
    }

    /// The columns it reads, as often as it does.
    pub fn column_names(&self) -> Vec<&Name> {
        let mut columns = Vec::new();
        self.node.walk(&mut |node| {
            if let Node::Column(name) = node {
                columns.push(name);
            }
        });
        columns
    }

    /// The spelling that documents keep.
    pub(crate) fn text(&self) -> String {
        print::text(&self.node, print::Style::Document)
    }

    /// The SQL that PostgreSQL gets; the schema's enums live in `namespace`.
    pub fn fragment(&self, namespace: &Ident) -> Fragment {
        print::fragment(&self.node, namespace)
    }

    /// The SQL that PostgreSQL gets after DEFAULT, where its grammar takes without brackets only
    /// what no word that may follow could be a part of.
    pub fn bounded_fragment(&self, namespace: &Ident) -> Fragment {
        print::bounded_fragment(&self.node, namespace)
    }
}

/// What is cast, if anything is.
fn bare(mut node: &Node) -> &Node {
    while let Node::Cast(inner, _) = node {
        node = inner;
    }
    node
}

/// The refusal of a text, or of one that grows by so many bytes when it is kept.
fn too_long(grows: usize) -> ExpressionError {
    let message = format!("an expression is at most {MAX_EXPRESSION_BYTES} bytes long");
    let refusal = ExpressionError::new("expression_too_long", 0, message);
    match grows {
        0 => refusal,
        _ => refusal.hint(format!("Written out as it is kept, it has {grows} bytes more.")),
    }
}

/// The words that read the clock are stable, like `now()`.
fn clocks_fit(node: &Node, place: Place) -> Result<(), ExpressionError> {
    if place.most_volatile() >= Volatility::Stable {
        return Ok(());
    }
    let mut clock = None;
    node.walk(&mut |node| {
        if let Node::Clock(found) = node {
            clock = Some(*found);
        }
    });
    let Some(clock) = clock else { return Ok(()) };
    let message = format!("`{}` {}", clock.word(), place.why_not(Volatility::Stable));
    Err(ExpressionError::new("function_not_allowed", 0, message))
}

/// The spelling that documents keep; it reads back to the same tree.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod properties;
