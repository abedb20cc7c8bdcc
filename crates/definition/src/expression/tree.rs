//! The tree of an allowed expression.

use super::functions::Function;
use crate::column_type::ColumnType;
use crate::name::Name;

/// A node of the tree. What is not here cannot be said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// `NULL`.
    Null,
    /// `TRUE`, `FALSE`.
    Bool(bool),
    /// A number as written.
    Number(String),
    /// A quoted constant.
    Text(String),
    /// A column of the row.
    Column(Name),
    /// `CURRENT_DATE` and its kin.
    Clock(Clock),
    /// `-x`, `+x`, `~x`, `NOT x`.
    Prefix(&'static str, Box<Node>),
    /// `a op b`, AND and OR included.
    Infix(Box<Node>, &'static str, Box<Node>),
    /// `x IS [NOT] NULL`, `TRUE`, `FALSE`, `UNKNOWN`.
    Is(Box<Node>, bool, &'static str),
    /// `a IS [NOT] DISTINCT FROM b`.
    IsDistinct(Box<Node>, bool, Box<Node>),
    /// `x [NOT] IN (…)`.
    In(Box<Node>, bool, Vec<Node>),
    /// `x [NOT] BETWEEN [SYMMETRIC] a AND b`; the word holds NOT and SYMMETRIC.
    Between(Box<Node>, &'static str, Box<Node>, Box<Node>),
    /// `x [NOT] LIKE|ILIKE|SIMILAR TO y [ESCAPE z]`.
    Like(Box<Node>, &'static str, Box<Node>, Option<Box<Node>>),
    /// `x op ANY|ALL (array)`.
    Quantified(Box<Node>, &'static str, &'static str, Box<Node>),
    /// A function of the list.
    Call(&'static Function, Vec<Node>),
    /// `EXTRACT(field FROM x)`.
    Extract(&'static str, Box<Node>),
    /// `CAST(x AS type)`, `x::type`, `type 'constant'`.
    Cast(Box<Node>, ColumnType),
    /// `CASE [x] WHEN … THEN … [ELSE …] END`.
    Case(Option<Box<Node>>, Vec<(Node, Node)>, Option<Box<Node>>),
    /// `ARRAY[…]`.
    Array(Vec<Node>),
    /// `ROW(…)`, `(a, b)`.
    Row(Vec<Node>),
    /// `x[i]`.
    Subscript(Box<Node>, Box<Node>),
    /// `x[from:to]`, either end may be left out.
    Slice(Box<Node>, Option<Box<Node>>, Option<Box<Node>>),
    /// `'english'::regconfig`, one of those that every PostgreSQL has.
    Configuration(&'static str),
    /// `x AT TIME ZONE y`.
    AtTimeZone(Box<Node>, Box<Node>),
    /// `x COLLATE "name"`.
    Collate(Box<Node>, Name),
}

/// The words that read the clock of the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Clock {
    /// `CURRENT_DATE`
    CurrentDate,
    /// `CURRENT_TIME`
    CurrentTime,
    /// `CURRENT_TIMESTAMP`
    CurrentTimestamp,
    /// `LOCALTIME`
    LocalTime,
    /// `LOCALTIMESTAMP`
    LocalTimestamp,
}

impl Clock {
    /// Every word.
    pub const ALL: [(&'static str, Self); 5] = [
        ("CURRENT_DATE", Self::CurrentDate),
        ("CURRENT_TIME", Self::CurrentTime),
        ("CURRENT_TIMESTAMP", Self::CurrentTimestamp),
        ("LOCALTIME", Self::LocalTime),
        ("LOCALTIMESTAMP", Self::LocalTimestamp),
    ];

    /// The word in SQL.
    pub fn word(self) -> &'static str {
        crate::model::word_of(&Self::ALL, self)
    }
}

impl Node {
    /// The nodes directly below.
    pub fn children(&self) -> Vec<&Node> {
        let mut children = Vec::new();
        self.each_child(&mut |child| children.push(child));
        children
    }

    /// Calls `visit` for each node directly below.
    fn each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        match self {
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Column(_)
            | Self::Clock(_)
            | Self::Configuration(_) => {}
            Self::Prefix(_, x)
            | Self::Is(x, ..)
            | Self::Extract(_, x)
            | Self::Cast(x, _)
            | Self::Collate(x, _) => visit(x),
            Self::Infix(a, _, b)
            | Self::IsDistinct(a, _, b)
            | Self::Quantified(a, _, _, b)
            | Self::Subscript(a, b)
            | Self::AtTimeZone(a, b) => [a, b].into_iter().for_each(|x| visit(x)),
            Self::Slice(x, from, to) => {
                visit(x);
                [from, to].into_iter().flatten().for_each(|bound| visit(bound));
            }
            Self::In(x, _, list) => {
                visit(x);
                list.iter().for_each(visit);
            }
            Self::Between(x, _, low, high) => [x, low, high].into_iter().for_each(|x| visit(x)),
            Self::Like(x, _, pattern, escape) => {
                [x, pattern].into_iter().chain(escape).for_each(|x| visit(x));
            }
            Self::Call(_, items) | Self::Array(items) | Self::Row(items) => {
                items.iter().for_each(visit);
            }
            Self::Case(operand, arms, otherwise) => {
                let arms = arms.iter().flat_map(|(when, then)| [when, then]);
                operand.as_deref().into_iter().chain(arms).for_each(&mut *visit);
                otherwise.as_deref().into_iter().for_each(visit);
            }
        }
    }

    /// How many nodes stand below one another at most. Found without recursion, so that it can
    /// guard what recurses.
    pub(super) fn height(&self) -> usize {
        let mut highest = 0;
        let mut waiting = vec![(self, 1)];
        while let Some((node, height)) = waiting.pop() {
            highest = highest.max(height);
            node.each_child(&mut |child| waiting.push((child, height + 1)));
        }
        highest
    }

    /// Calls `visit` for this node and all below it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        visit(self);
        self.each_child(&mut |child| child.walk(visit));
    }
}
