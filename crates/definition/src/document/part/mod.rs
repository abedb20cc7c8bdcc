//! One table, column or relationship alone, as an editor sends it while somebody types.

mod focus;
mod sketch;
mod whole;

use serde_json::{Value, json};

use crate::problem::Problem;
use whole::Whole;

/// A part of a document that is checked by itself.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// A table.
    Table(&'a Value),
    /// A column.
    Column(&'a Value),
    /// A relationship; only its definition tells whether what it joins is there.
    Relationship(&'a Value),
}

/// The table that a column is put into. Its name never shows: what concerns it is left out.
const TABLE_OF_COLUMN: &str = "the table of the column";

impl Part<'_> {
    /// Everything found in the part, with paths that begin at the part. What surrounds it comes
    /// from `definition`, in which it replaces the thing of its id or name; faults of the
    /// definition elsewhere are left out. Without a definition, what only that could tell is left
    /// out too: whether a table it refers to exists, or a column beside a column.
    ///
    /// Of a definition, only what can matter to the part is read and checked.
    pub fn check(self, definition: Option<&Value>) -> Vec<Problem> {
        let whole = Whole::of(definition);
        // What to leave out when there is no definition.
        let alone = if definition.is_none() { "unknown_table" } else { "" };
        match self {
            Self::Table(table) => whole.with_table(table).found("", &[alone]),
            Self::Column(column) => {
                let table = json!({ "name": TABLE_OF_COLUMN, "columns": [column] });
                whole.with_table(&table).found(".columns[0]", &["unknown_column", alone])
            }
            Self::Relationship(relationship) => {
                whole.with_relationship(relationship).found("", &[alone])
            }
        }
    }
}
