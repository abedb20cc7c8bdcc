//! Tree → text: as a document keeps it, and as PostgreSQL gets it.

use std::fmt::Write as _;

use sql::{Fragment, Ident, Sql};

use super::functions::Function;
use super::precedence;
use super::tree::Node;
use crate::column_type::ColumnType;

/// For whom the text is.
#[derive(Clone, Copy)]
pub(super) enum Style<'a> {
    /// For people: short, and read back to the same tree.
    Document,
    /// For PostgreSQL: names in full, so that no search path changes what is meant.
    Sql(&'a Ident),
}

/// The text of a tree.
pub(super) fn text(node: &Node, style: Style<'_>) -> String {
    let mut printer = Printer { out: String::new(), style };
    printer.node(node, 0);
    printer.out
}

/// The tree as PostgreSQL gets it; the schema's enums live in `namespace`.
pub(super) fn fragment(node: &Node, namespace: &Ident) -> Fragment {
    vouched(text(node, Style::Sql(namespace)))
}

/// The same after DEFAULT: in brackets, unless it needs none there.
pub(super) fn bounded_fragment(node: &Node, namespace: &Ident) -> Fragment {
    let mut printer = Printer { out: String::new(), style: Style::Sql(namespace) };
    printer.bounded(node, 0);
    vouched(printer.out)
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the expression wall: the text comes from the tree"
)]
fn vouched(text: String) -> Fragment {
    Fragment::vouched(text)
}

/// Whether the grammar takes it where words of its own may follow, which is after DEFAULT and
/// between BETWEEN and AND: NOT NULL and COLLATE say there something of the column.
fn is_bounded(node: &Node) -> bool {
    match node {
        Node::Prefix("NOT ", _)
        | Node::Infix(_, "AND" | "OR", _)
        | Node::Is(..)
        | Node::In(..)
        | Node::Between(..)
        | Node::Like(..)
        | Node::Quantified(..)
        | Node::AtTimeZone(..)
        | Node::Collate(..) => false,
        Node::Prefix(_, operand) => is_bounded(operand),
        Node::Infix(left, _, right) | Node::IsDistinct(left, _, right) => {
            is_bounded(left) && is_bounded(right)
        }
        Node::Null
        | Node::Bool(_)
        | Node::Number(_)
        | Node::Text(_)
        | Node::Column(_)
        | Node::Clock(_)
        | Node::Call(..)
        | Node::Extract(..)
        | Node::Cast(..)
        | Node::Case(..)
        | Node::Array(_)
        | Node::Row(_)
        | Node::Subscript(..)
        | Node::Slice(..)
        | Node::Configuration(_) => true,
    }
}

struct Printer<'a> {
    out: String,
    style: Style<'a>,
}

fn level(node: &Node) -> u8 {
    match node {
        Node::Prefix("NOT ", _) => precedence::NOT,
        Node::Prefix("~ ", _) => precedence::OTHER,
        Node::Prefix(..) => precedence::SIGN,
        Node::Infix(_, operator, _) | Node::Quantified(_, operator, ..) => {
            precedence::of_infix(operator)
        }
        Node::Is(..) | Node::IsDistinct(..) => precedence::IS,
        Node::In(..) | Node::Between(..) | Node::Like(..) => precedence::RANGE,
        Node::AtTimeZone(..) => precedence::TIME_ZONE,
        Node::Collate(..) => precedence::COLLATE,
        Node::Subscript(..) | Node::Slice(..) => precedence::SUBSCRIPT,
        Node::Cast(..) | Node::Configuration(_) => precedence::CAST,
        Node::Null
        | Node::Bool(_)
        | Node::Number(_)
        | Node::Text(_)
        | Node::Column(_)
        | Node::Clock(_)
        | Node::Call(..)
        | Node::Extract(..)
        | Node::Case(..)
        | Node::Array(_)
        | Node::Row(_) => precedence::ATOM,
    }
}

impl Printer<'_> {
    fn push(&mut self, text: &str) -> &mut Self {
        self.out.push_str(text);
        self
    }

    /// Writes `node`, in brackets when it binds less tightly than `minimum`.
    fn node(&mut self, node: &Node, minimum: u8) -> &mut Self {
        if level(node) < minimum {
            self.push("(").bare(node);
            return self.push(")");
        }
        self.bare(node);
        self
    }

    /// The same, where the grammar takes less than everywhere else.
    fn bounded(&mut self, node: &Node, minimum: u8) -> &mut Self {
        let minimum = if is_bounded(node) { minimum } else { precedence::ATOM + 1 };
        self.node(node, minimum)
    }

    fn list(&mut self, items: &[Node]) -> &mut Self {
        for (position, item) in items.iter().enumerate() {
            self.push(if position > 0 { ", " } else { "" }).node(item, 0);
        }
        self
    }

    fn bare(&mut self, node: &Node) {
        let above = level(node) + 1;
        match node {
            Node::Null => self.push("NULL"),
            Node::Bool(value) => self.push(if *value { "TRUE" } else { "FALSE" }),
            Node::Number(number) => self.push(number),
            Node::Text(text) => self.constant(text),
            Node::Column(name) => self.column(name.ident()),
            Node::Clock(clock) => self.push(clock.word()),
            Node::Prefix("NOT ", operand) => self.push("NOT ").node(operand, precedence::NOT),
            // Never two signs in a row: `--` would begin a comment.
            Node::Prefix(sign, operand) => self.push(sign).node(operand, above),
            Node::Infix(left, operator, right) => {
                let chained = level(node) != precedence::COMPARISON;
                self.node(left, if chained { level(node) } else { above });
                self.push(" ").push(operator).push(" ").node(right, above)
            }
            Node::Is(operand, negated, test) => self
                .node(operand, above)
                .push(if *negated { " IS NOT " } else { " IS " })
                .push(test),
            Node::IsDistinct(left, negated, right) => {
                let words = if *negated { " IS NOT DISTINCT FROM " } else { " IS DISTINCT FROM " };
                self.node(left, above).push(words).node(right, above)
            }
            Node::In(operand, negated, items) => {
                let word = if *negated { " NOT IN (" } else { " IN (" };
                self.node(operand, above).push(word).list(items).push(")")
            }
            Node::Between(operand, words, low, high) => self.between(operand, words, [low, high]),
            Node::Like(operand, words, pattern, escape) => {
                self.like(operand, words, pattern, escape.as_deref())
            }
            Node::Quantified(left, operator, quantifier, array) => {
                self.node(left, above).push(" ").push(operator).push(" ").push(quantifier);
                self.push(" (").node(array, 0).push(")")
            }
            Node::Call(function, arguments) => self.call(function, arguments),
            Node::Extract(field, operand) => {
                self.push("EXTRACT(").push(field).push(" FROM ").node(operand, 0).push(")")
            }
            Node::Cast(operand, target) => {
                self.node(operand, precedence::CAST).push("::");
                if let (Style::Sql(_), Some(own)) = (self.style, own_array_type(operand, target)) {
                    self.column_type(&own).push("::");
                }
                self.column_type(target)
            }
            Node::Case(operand, arms, otherwise) => {
                self.case(operand.as_deref(), arms, otherwise.as_deref())
            }
            Node::Array(items) => self.push("ARRAY[").list(items).push("]"),
            Node::Row(items) => self.push("ROW(").list(items).push(")"),
            Node::Subscript(operand, index) => self.subscript(operand).node(index, 0).push("]"),
            Node::Slice(operand, from, to) => self.slice(operand, from.as_deref(), to.as_deref()),
            Node::Configuration(name) => self.configuration(name),
            Node::AtTimeZone(operand, zone) => self
                .node(operand, precedence::TIME_ZONE)
                .push(" AT TIME ZONE ")
                .node(zone, precedence::TIME_ZONE + 1),
            Node::Collate(operand, name) => {
                let _ = write!(
                    self.node(operand, precedence::COLLATE).push(" COLLATE ").out,
                    "{}",
                    name.ident()
                );
                self
            }
        };
    }

    fn call(&mut self, function: &Function, arguments: &[Node]) -> &mut Self {
        match self.style {
            // The grammar knows no plain call of this name.
            Style::Document if function.name == "position" && arguments.len() == 2 => {
                self.push("position(").node(&arguments[1], precedence::RANGE + 1);
                return self.push(" IN ").node(&arguments[0], 0).push(")");
            }
            _ if function.keyword => self.push(&function.name.to_uppercase()),
            Style::Document => self.push(function.name),
            Style::Sql(_) => self.push("pg_catalog.").column(&function_name(function.name)),
        };
        self.push("(").list(arguments).push(")")
    }

    fn between(&mut self, operand: &Node, words: &str, bounds: [&Node; 2]) -> &mut Self {
        let above = precedence::RANGE + 1;
        self.node(operand, above).push(" ").push(words).push(" ");
        self.bounded(bounds[0], above).push(" AND ").node(bounds[1], above)
    }

    fn like(
        &mut self,
        operand: &Node,
        words: &str,
        pattern: &Node,
        escape: Option<&Node>,
    ) -> &mut Self {
        let above = precedence::RANGE + 1;
        self.node(operand, above).push(" ").push(words).push(" ").node(pattern, above);
        match escape {
            Some(escape) => self.push(" ESCAPE ").node(escape, above),
            None => self,
        }
    }

    fn subscript(&mut self, operand: &Node) -> &mut Self {
        let bare = matches!(operand, Node::Column(_) | Node::Subscript(..) | Node::Slice(..));
        self.node(operand, if bare { 0 } else { precedence::ATOM + 1 }).push("[")
    }

    fn slice(&mut self, operand: &Node, from: Option<&Node>, to: Option<&Node>) -> &mut Self {
        self.subscript(operand);
        if let Some(from) = from {
            self.node(from, 0);
        }
        // The blank keeps the sign apart from a cast's `::`.
        self.push(" : ");
        if let Some(to) = to {
            self.node(to, 0);
        }
        self.push("]")
    }

    fn configuration(&mut self, name: &str) -> &mut Self {
        match self.style {
            Style::Document => self.push("'").push(name).push("'::regconfig"),
            Style::Sql(_) => self.push("'pg_catalog.").push(name).push("'::pg_catalog.regconfig"),
        }
    }

    fn case(
        &mut self,
        operand: Option<&Node>,
        arms: &[(Node, Node)],
        otherwise: Option<&Node>,
    ) -> &mut Self {
        self.push("CASE");
        if let Some(operand) = operand {
            self.push(" ").node(operand, 0);
        }
        for (when, then) in arms {
            self.push(" WHEN ").node(when, 0).push(" THEN ").node(then, 0);
        }
        if let Some(otherwise) = otherwise {
            self.push(" ELSE ").node(otherwise, 0);
        }
        self.push(" END")
    }

    fn constant(&mut self, text: &str) -> &mut Self {
        match self.style {
            Style::Document => {
                let doubled = text.replace('\'', "''");
                self.push("'").push(&doubled).push("'")
            }
            Style::Sql(_) => {
                let mut sql = Sql::new();
                sql.literal(text);
                self.push(sql.text())
            }
        }
    }

    /// A name; people get it without quotes where it needs none.
    fn column(&mut self, name: &Ident) -> &mut Self {
        let text = name.as_str();
        let plain = text.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && !super::primary::is_special(text);
        match self.style {
            Style::Document if plain => self.push(text),
            Style::Document | Style::Sql(_) => {
                let _ = write!(self.out, "{name}");
                self
            }
        }
    }

    fn column_type(&mut self, target: &ColumnType) -> &mut Self {
        match self.style {
            Style::Document => {
                let _ = write!(self.out, "{target}");
            }
            Style::Sql(namespace) => {
                let mut sql = Sql::new();
                target.write(&mut sql, namespace);
                self.out.push_str(sql.text());
            }
        }
        self
    }
}

/// The type that an array has before it is cast, when its elements say it. PostgreSQL moves the
/// cast of a bare ARRAY into its elements, and would show another expression than the one it was
/// given back: `(ARRAY['a'::varchar])::text[]`, which is what it makes of `IN ('a')` itself.
fn own_array_type(operand: &Node, target: &ColumnType) -> Option<ColumnType> {
    let Node::Array(items) = operand else { return None };
    let of_item = |item: &Node| {
        let Node::Cast(_, own) = item else { return None };
        (!own.array).then(|| own.element.clone())
    };
    let element = of_item(items.first()?)?;
    let same = items.iter().all(|item| of_item(item).as_ref() == Some(&element));
    (same && element != target.element).then_some(ColumnType { element, array: true })
}

fn function_name(name: &'static str) -> Ident {
    Ident::new(name).expect("the names of listed functions are short words")
}
