//! Names of columns, and what their types can do.

use definition::column_type::{Builtin, ColumnType, ElementType, Family};
use definition::near::nearest;

use super::{ColumnRef, KeyPart, Target};
use crate::QueryError;
use crate::error::shortened;

impl<'a> Target<'a> {
    /// The column of this name, asked for at `path`.
    pub(super) fn column(&self, name: &str, path: &str) -> Result<ColumnRef<'a>, QueryError> {
        let table = self.table();
        table.column(name).map(ColumnRef).ok_or_else(|| QueryError::UnknownColumn {
            table: table.name.to_string(),
            name: shortened(name),
            path: shortened(path),
            nearest: nearest(name, table.columns.iter().map(|column| column.name.as_str()))
                .map(str::to_owned),
        })
    }

    /// The key columns with their values, of which there are as many.
    pub(super) fn key(&self, values: &'a [String]) -> Result<Vec<KeyPart<'a>>, QueryError> {
        if self.key_parts()? != values.len() {
            let message = "The key has another number of parts than the primary key.".to_owned();
            return Err(QueryError::InvalidKey { message });
        }
        let columns = self.table().key_columns();
        Ok(columns
            .zip(values)
            .map(|(column, value)| KeyPart { column: ColumnRef(column), value })
            .collect())
    }
}

/// Whether values of the type can be compared and sorted.
pub(super) fn has_order(data_type: &ColumnType) -> bool {
    match &data_type.element {
        ElementType::Enum(_) => true,
        ElementType::Builtin(builtin, _) => match builtin.family() {
            Family::Geometry => false,
            Family::Document => *builtin == Builtin::Jsonb,
            Family::Boolean
            | Family::Integer
            | Family::Decimal
            | Family::Float
            | Family::Text
            | Family::Binary
            | Family::Time
            | Family::Uuid
            | Family::Range
            | Family::Network
            | Family::TextSearch => true,
        },
    }
}

/// Whether the type holds one text.
pub(super) fn is_text(data_type: &ColumnType) -> bool {
    data_type.scalar().is_some_and(|builtin| builtin.family() == Family::Text)
}

/// Whether the type is `boolean`.
pub(super) fn is_boolean(data_type: &ColumnType) -> bool {
    data_type.scalar() == Some(Builtin::Boolean)
}
