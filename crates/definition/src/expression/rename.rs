//! The same expression after its columns and enums were called otherwise.

use std::collections::BTreeSet;

use super::Expression;
use super::tree::Node;
use crate::column_type::{ColumnType, ElementType};
use crate::name::Name;

/// What something is called from now on; nothing when it keeps its name.
pub(super) type NewName<'a> = &'a dyn Fn(&Name) -> Option<Name>;

impl Expression {
    /// The same with other names for columns and enums, all at once: two names may be swapped.
    pub fn renamed(&self, columns: NewName<'_>, enums: NewName<'_>) -> Self {
        let text = |_: &Node, text: &str| text.to_owned();
        Self { node: Renamer { columns, enums, text: &text }.node(&self.node) }
    }

    /// The schema's enums that it names in casts.
    pub fn enums(&self) -> BTreeSet<&str> {
        let mut enums = BTreeSet::new();
        self.node.walk(&mut |node| {
            if let Node::Cast(_, target) = node {
                enums.extend(target.enum_name().map(Name::as_str));
            }
        });
        enums
    }
}

impl ColumnType {
    /// The same with another name for its enum.
    pub fn renamed(&self, enums: NewName<'_>) -> Self {
        let element = match &self.element {
            ElementType::Enum(name) => {
                ElementType::Enum(enums(name).unwrap_or_else(|| name.clone()))
            }
            ElementType::Builtin(..) => self.element.clone(),
        };
        Self { element, array: self.array }
    }
}

/// Makes a tree anew with other names in it.
pub(super) struct Renamer<'a> {
    pub(super) columns: NewName<'a>,
    pub(super) enums: NewName<'a>,
    /// What a quoted constant says from now on.
    pub(super) text: &'a dyn Fn(&Node, &str) -> String,
}

impl Renamer<'_> {
    pub(super) fn node(&self, node: &Node) -> Node {
        match node {
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::Clock(_)
            | Node::Configuration(_) => node.clone(),
            Node::Text(text) => Node::Text((self.text)(node, text)),
            Node::Column(name) => {
                Node::Column((self.columns)(name).unwrap_or_else(|| name.clone()))
            }
            Node::Cast(x, target) => Node::Cast(self.boxed(x), target.renamed(self.enums)),
            Node::Prefix(word, x) => Node::Prefix(word, self.boxed(x)),
            Node::Infix(a, word, b) => Node::Infix(self.boxed(a), word, self.boxed(b)),
            Node::Is(x, not, word) => Node::Is(self.boxed(x), *not, word),
            Node::IsDistinct(a, not, b) => Node::IsDistinct(self.boxed(a), *not, self.boxed(b)),
            Node::In(x, not, list) => Node::In(self.boxed(x), *not, self.list(list)),
            Node::Between(x, word, low, high) => {
                Node::Between(self.boxed(x), word, self.boxed(low), self.boxed(high))
            }
            Node::Like(x, word, pattern, escape) => {
                Node::Like(self.boxed(x), word, self.boxed(pattern), self.maybe(escape.as_deref()))
            }
            Node::Quantified(x, word, which, list) => {
                Node::Quantified(self.boxed(x), word, which, self.boxed(list))
            }
            Node::Call(function, arguments) => Node::Call(function, self.list(arguments)),
            Node::Extract(field, x) => Node::Extract(field, self.boxed(x)),
            Node::Case(operand, arms, otherwise) => Node::Case(
                self.maybe(operand.as_deref()),
                arms.iter().map(|(when, then)| (self.node(when), self.node(then))).collect(),
                self.maybe(otherwise.as_deref()),
            ),
            Node::Array(items) => Node::Array(self.list(items)),
            Node::Row(items) => Node::Row(self.list(items)),
            Node::Subscript(x, at) => Node::Subscript(self.boxed(x), self.boxed(at)),
            Node::Slice(x, from, to) => {
                Node::Slice(self.boxed(x), self.maybe(from.as_deref()), self.maybe(to.as_deref()))
            }
            Node::AtTimeZone(x, zone) => Node::AtTimeZone(self.boxed(x), self.boxed(zone)),
            Node::Collate(x, name) => Node::Collate(self.boxed(x), name.clone()),
        }
    }

    fn boxed(&self, node: &Node) -> Box<Node> {
        Box::new(self.node(node))
    }

    fn maybe(&self, node: Option<&Node>) -> Option<Box<Node>> {
        node.map(|node| self.boxed(node))
    }

    fn list(&self, nodes: &[Node]) -> Vec<Node> {
        nodes.iter().map(|node| self.node(node)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::expression::{Context, Place};
    use crate::model::Enum;
    use crate::name::Id;

    fn name(name: &str) -> Name {
        Name::new(name).unwrap()
    }

    fn mood() -> Enum {
        let id = Id::new("mood").unwrap();
        Enum { id, name: name("mood"), values: Vec::new(), description: None }
    }

    fn check(text: &str) -> Expression {
        let int = ColumnType::parse("int", &|_| false).unwrap().column_type;
        let texts = ColumnType::parse("text", &|_| false).unwrap().column_type;
        let columns = BTreeMap::from([("a", Some(&int)), ("b", Some(&int)), ("t", Some(&texts))]);
        let mood = mood();
        let enums = BTreeMap::from([("mood", Some(&mood))]);
        let context = Context { place: Place::Check, columns, enums, wanted: None, method: None };
        Expression::parse(text, &context).unwrap()
    }

    /// Swaps `a` and `b`, and calls `mood` otherwise.
    fn renamed(text: &str) -> String {
        let columns = |old: &Name| match old.as_str() {
            "a" => Some(name("b")),
            "b" => Some(name("a")),
            _ => None,
        };
        let enums = |old: &Name| (old.as_str() == "mood").then(|| name("Feeling"));
        check(text).renamed(&columns, &enums).to_string()
    }

    #[test]
    fn columns_are_swapped_wherever_they_stand() {
        let pairs = [
            ("a > b AND NOT a IS NULL", "b > a AND NOT b IS NULL"),
            ("a IS DISTINCT FROM b AND a IN (b, 1)", "b IS DISTINCT FROM a AND b IN (a, 1)"),
            ("a BETWEEN b AND 9 AND t LIKE 'a%'", "b BETWEEN a AND 9 AND t LIKE 'a%'"),
            ("a = ANY (ARRAY[b, 2]) OR -a < +b", "b = ANY (ARRAY[a, 2]) OR -b < +a"),
            (
                "abs(a) = CASE WHEN b = 1 THEN a ELSE b END",
                "abs(b) = CASE WHEN a = 1 THEN b ELSE a END",
            ),
            ("CASE a WHEN b THEN true END", "CASE b WHEN a THEN true END"),
            ("(ARRAY[a, b])[a] = b", "(ARRAY[b, a])[b] = a"),
            ("(ARRAY[a])[b:a] = ARRAY[b]", "(ARRAY[b])[a:b] = ARRAY[a]"),
            ("ROW(a, b) = ROW(b, a)", "ROW(b, a) = ROW(a, b)"),
            (
                "extract(year from now() AT TIME ZONE t) = a",
                "extract(year from now() AT TIME ZONE t) = b",
            ),
            ("a::text COLLATE \"C\" = 'a'", "b::text COLLATE \"C\" = 'a'"),
        ];
        for (text, swapped) in pairs {
            assert_eq!(renamed(text), check(swapped).to_string());
        }
    }

    #[test]
    fn enums_are_renamed_in_casts() {
        let text = "t::mood = ANY ('{}'::mood[])";
        assert_eq!(check(text).enums(), BTreeSet::from(["mood"]));
        assert_eq!(renamed(text), check(text).to_string().replace("mood", "\"Feeling\""));
    }
}
