//! Names in PostgreSQL's trees.

use pg_query::NodeEnum;
use pg_query::protobuf::{Node, RangeVar};

/// The texts of a list of names.
pub(super) fn texts(nodes: &[Node]) -> Vec<&str> {
    nodes.iter().filter_map(text).collect()
}

/// The text of a name.
pub(super) fn text(node: &Node) -> Option<&str> {
    match &node.node {
        Some(NodeEnum::String(text)) => Some(text.sval.as_str()),
        _ => None,
    }
}

/// The texts of a name written as a list.
pub(super) fn list(node: &Node) -> Vec<&str> {
    match &node.node {
        Some(NodeEnum::List(list)) => texts(&list.items),
        _ => text(node).into_iter().collect(),
    }
}

/// A name in a namespace; the namespace of this place when none is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Qualified {
    pub(super) namespace: String,
    pub(super) name: String,
}

impl Qualified {
    pub(super) fn of(relation: &RangeVar, here: &str) -> Self {
        let namespace = if relation.schemaname.is_empty() { here } else { &relation.schemaname };
        Self { namespace: namespace.to_owned(), name: relation.relname.clone() }
    }

    pub(super) fn of_texts(texts: &[&str], here: &str) -> Option<Self> {
        let (name, before) = texts.split_last()?;
        let namespace = before.last().copied().unwrap_or(here);
        Some(Self { namespace: namespace.to_owned(), name: (*name).to_owned() })
    }

    /// Reads `public."Odd_seq"`, as it stands in the text that `nextval` takes.
    pub(super) fn written(text: &str, here: &str) -> Self {
        let mut parts = vec![String::new()];
        let mut quoted = false;
        for character in text.chars() {
            match character {
                '"' => quoted = !quoted,
                '.' if !quoted => parts.push(String::new()),
                other => {
                    let last = parts.last_mut().expect("it begins with one and only grows");
                    if quoted { last.push(other) } else { last.extend(other.to_lowercase()) }
                }
            }
        }
        let name = parts.pop().unwrap_or_default();
        let namespace = parts.pop().unwrap_or_else(|| here.to_owned());
        Self { namespace, name }
    }
}
