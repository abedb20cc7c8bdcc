//! Arrays: a JSON array becomes PostgreSQL's array literal; a literal in a string passes as it is.

use definition::column_type::Builtin;
use serde_json::value::RawValue;

use super::json::Json;
use super::{Element, Misfit, scalar};
use crate::limits::MAX_ARRAY_DIMENSIONS;

/// The literal of an array that is not null.
pub(super) fn text(
    value: &Json<'_>,
    raw: &RawValue,
    element: &Element<'_>,
) -> Result<String, Misfit> {
    match value {
        Json::Array(items) => {
            let mut literal = String::with_capacity(raw.get().len() + 8);
            write_items(&mut literal, items, element, 1)?;
            Ok(literal)
        }
        Json::Text(text) if text.trim_start().starts_with(['{', '[']) => Ok(text.clone()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Object => {
            Err(Misfit::new("an array").instead_of(raw.get()))
        }
    }
}

/// An array literal of texts that are elements as they stand.
pub(crate) fn literal<'a>(elements: impl IntoIterator<Item = &'a str>) -> String {
    let mut literal = String::from("{");
    for (position, element) in elements.into_iter().enumerate() {
        if position > 0 {
            literal.push(',');
        }
        write_quoted(&mut literal, element);
    }
    literal.push('}');
    literal
}

fn write_items(
    literal: &mut String,
    items: &[&RawValue],
    element: &Element<'_>,
    dimension: usize,
) -> Result<(), Misfit> {
    if dimension > MAX_ARRAY_DIMENSIONS {
        return Err(Misfit::new(format!("an array of at most {MAX_ARRAY_DIMENSIONS} dimensions")));
    }
    literal.push('{');
    for (position, raw) in items.iter().enumerate() {
        if position > 0 {
            literal.push(delimiter(element));
        }
        write_item(literal, raw, element, dimension)?;
    }
    literal.push('}');
    Ok(())
}

fn write_item(
    literal: &mut String,
    raw: &RawValue,
    element: &Element<'_>,
    dimension: usize,
) -> Result<(), Misfit> {
    let value = Json::parse(raw)?;
    if let Json::Null = value {
        literal.push_str("NULL");
        return Ok(());
    }
    // Elements of json arrays are any JSON, so such an array has one dimension.
    if let Json::Array(items) = &value
        && !is_json(element)
    {
        return write_items(literal, items, element, dimension + 1);
    }
    write_quoted(literal, &scalar::text(&value, raw, element)?);
    Ok(())
}

fn write_quoted(literal: &mut String, text: &str) {
    literal.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            literal.push('\\');
        }
        literal.push(character);
    }
    literal.push('"');
}

fn is_json(element: &Element<'_>) -> bool {
    matches!(element, Element::Builtin(Builtin::Json | Builtin::Jsonb, _))
}

/// PostgreSQL parts the elements of `box[]` by semicolons, for a box itself holds commas.
fn delimiter(element: &Element<'_>) -> char {
    if matches!(element, Element::Builtin(Builtin::Box, _)) { ';' } else { ',' }
}
