//! Keys over values that may be too long for an index.

use super::super::Builder;
use crate::column_type::{Builtin, ElementType, Modifiers};
use crate::expression::Node;
use crate::model::{Column, IndexMethod, IndexTarget, Table};
use crate::name::Name;

/// The longest entry of a B-tree index in PostgreSQL, in bytes: a third of a page.
const MAX_INDEX_ENTRY_BYTES: u32 = 2_704;

/// The most bytes of a character in UTF-8.
const MAX_CHAR_BYTES: u32 = 4;

impl Builder<'_> {
    /// Warns of uniques over values without a bound: a long one fails when it is written.
    pub(super) fn wide_keys(&mut self, table: &Table) {
        let keys = table.primary_key.iter().chain(&table.uniques);
        let keys = keys.flat_map(|key| &key.columns);
        let unique =
            |index: &&crate::model::Index| index.unique && index.method == IndexMethod::BTree;
        let indexes = table.indexes.iter().filter(unique).flat_map(|index| &index.keys);
        let indexes = indexes.filter_map(|key| match &key.target {
            IndexTarget::Column(name) => Some(name),
            IndexTarget::Expression(_) => None,
        });
        let names: Vec<&Name> = keys.chain(indexes).collect();
        for column in table.columns.iter().filter(|column| is_wide(column)) {
            if names.contains(&&column.name) && !is_bounded(table, &column.name) {
                let message = format!(
                    "`{}` must be unique, but a value of more than {MAX_INDEX_ENTRY_BYTES} bytes cannot be stored in it",
                    column.name
                );
                let path = self.places.column(&table.name, &column.name);
                let hint = format!(
                    "Bound it: `varchar(200)`, or a check like `length({}) <= 200`.",
                    column.name
                );
                self.problems
                    .warning("wide_unique_text", &path.key("type"), message)
                    .with_hint(hint);
            }
        }
    }
}

/// Whether a value may be longer than an index takes.
fn is_wide(column: &Column) -> bool {
    let ElementType::Builtin(builtin, modifiers) = &column.data_type.element else { return false };
    let unbounded = match modifiers {
        Modifiers::One(length) => length * MAX_CHAR_BYTES > MAX_INDEX_ENTRY_BYTES,
        Modifiers::None | Modifiers::Two(..) => true,
    };
    let long =
        matches!(builtin, Builtin::Text | Builtin::Varchar | Builtin::Bytea | Builtin::Jsonb);
    long && unbounded && !column.data_type.array && column.generated.is_none()
}

/// Whether a check bounds the length of a column, or lists its values.
fn is_bounded(table: &Table, column: &Name) -> bool {
    table.checks.iter().any(|check| {
        let mut bounded = false;
        check.expression.node().walk(&mut |node| bounded |= bounds(node, column));
        bounded
    })
}

fn bounds(node: &Node, column: &Name) -> bool {
    if let Node::Infix(left, operator, right) = node {
        return matches!(*operator, "<" | "<=" | "=") && is_length(left, column)
            || matches!(*operator, ">" | ">=") && is_length(right, column);
    }
    if let Node::Between(of, ..) = node {
        return is_length(of, column);
    }
    matches!(node, Node::In(of, false, _) if is(of, column))
}

/// Whether it is `length(column)`, in characters or bytes.
fn is_length(node: &Node, column: &Name) -> bool {
    matches!(node, Node::Call(function, arguments)
        if function.name.ends_with("length") && arguments.iter().any(|node| is(node, column)))
}

fn is(node: &Node, column: &Name) -> bool {
    matches!(node, Node::Column(name) if name == column)
}
