//! Values of enums in expressions: which quoted constants stand for them depends on types.

use std::collections::BTreeMap;

use definition::Definition;
use definition::column_type::ColumnType;
use definition::expression::{Context, Place};
use definition::{Expression, Name};

use super::Renames;

/// What is known of the definition before, when values of its enums are renamed; else nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// The types of the columns, by table.
    columns: BTreeMap<Name, BTreeMap<Name, ColumnType>>,
}

impl Typed {
    /// What is needed of a definition.
    pub(super) fn of(definition: &Definition) -> Self {
        let columns = definition.tables.iter().map(|table| {
            let columns = table.columns.iter();
            let types = columns.map(|column| (column.name.clone(), column.data_type.clone()));
            (table.name.clone(), types.collect())
        });
        Self { columns: columns.collect() }
    }

    /// The same of the definition after the renames.
    pub(super) fn renamed(&self, renames: &Renames) -> Self {
        let columns = self.columns.iter().map(|(table, columns)| {
            let types = columns.iter().map(|(column, data_type)| {
                let name = renames.column_name(table, column);
                (name.clone(), renames.column_type(data_type))
            });
            (renames.table_name(table).clone(), types.collect())
        });
        Self { columns: columns.collect() }
    }

    /// The expression with other names for the values of enums. `wanted` is the type of the column
    /// that it fills.
    pub(super) fn with_values(
        &self,
        (table, wanted): (&Name, Option<&ColumnType>),
        expression: &Expression,
        value: &dyn Fn(&Name, &str) -> Option<Name>,
    ) -> Expression {
        let columns = self.columns.get(table).into_iter().flatten();
        let context = Context {
            // It passed the rules of its own place; a default has the fewest.
            place: Place::Default,
            columns: columns.map(|(name, data_type)| (name.as_str(), Some(data_type))).collect(),
            enums: BTreeMap::new(),
            wanted,
            method: None,
        };
        expression.with_values(&context, value)
    }
}
