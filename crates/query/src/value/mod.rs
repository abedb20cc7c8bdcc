//! JSON becomes the text that PostgreSQL reads for a column's type.
//!
//! Texts pass as they are and PostgreSQL's own input functions read them, so no digit is lost.
//! Checked here is what PostgreSQL would refuse without naming the column, or would take in a way
//! the client did not mean.

pub(crate) mod array;
mod json;
mod misfit;
mod number;
mod scalar;

use definition::column_type::{ColumnType, ElementType};
use definition::model::{Definition, Enum};
use serde_json::value::RawValue;
use sql::Param;

use json::Json;
pub(crate) use misfit::Misfit;
pub(crate) use scalar::enum_value;

/// The parameter for a value of this type. `null` is NULL for every type, `json` included.
pub(crate) fn param(
    raw: &RawValue,
    data_type: &ColumnType,
    definition: &Definition,
) -> Result<Param, Misfit> {
    let element = Element::of(data_type, definition)?;
    let value = Json::parse(raw)?;
    if let Json::Null = value {
        return Ok(None);
    }
    let text = if data_type.array { array::text } else { scalar::text };
    text(&value, raw, &element).map(Some)
}

/// What a value, or an element of an array, is made of.
pub(crate) enum Element<'a> {
    Builtin(definition::column_type::Builtin, definition::column_type::Modifiers),
    Enum(&'a Enum),
}

impl<'a> Element<'a> {
    fn of(data_type: &ColumnType, definition: &'a Definition) -> Result<Self, Misfit> {
        match &data_type.element {
            ElementType::Builtin(builtin, modifiers) => Ok(Self::Builtin(*builtin, *modifiers)),
            ElementType::Enum(name) => {
                let found = definition.enumeration(name.as_str()).map(Self::Enum);
                found.ok_or_else(|| Misfit::new("a value of an enum that the schema has"))
            }
        }
    }
}
