//! Filters: the column exists, its type can do the test, and an enum has the value.

use super::columns::{has_order, is_boolean, is_text};
use super::{ColumnRef, ResolvedFilter, Target};
use crate::QueryError;
use crate::request::{Filter, IsValue, Test};
use crate::statement::Place;
use crate::value::enum_value;

pub(super) fn resolve<'a>(
    target: &Target<'a>,
    filter: &'a Filter,
) -> Result<ResolvedFilter<'a>, QueryError> {
    let column = target.column(&filter.column, &filter.column)?;
    match &filter.test {
        Test::Compare(_, value) => {
            comparable(column)?;
            enum_values(target, column, std::slice::from_ref(value))?;
        }
        Test::In(values) => {
            comparable(column)?;
            enum_values(target, column, values)?;
        }
        Test::Like { pattern, .. } => like(column, pattern)?,
        Test::Is(IsValue::True | IsValue::False | IsValue::Unknown)
            if !is_boolean(&column.0.data_type) =>
        {
            return Err(unsupported(column, "is neither true nor false"));
        }
        Test::Is(_) => {}
    }
    Ok(ResolvedFilter { column, negated: filter.negated, test: &filter.test })
}

/// Whether the column's values can be compared with others.
pub(super) fn comparable(column: ColumnRef<'_>) -> Result<(), QueryError> {
    if has_order(&column.0.data_type) {
        return Ok(());
    }
    Err(unsupported(column, "has no order and no equality"))
}

fn like(column: ColumnRef<'_>, pattern: &str) -> Result<(), QueryError> {
    if !is_text(&column.0.data_type) {
        return Err(unsupported(column, "is no text to compare with a pattern"));
    }
    let backslashes = pattern.chars().rev().take_while(|c| *c == '\\').count();
    if backslashes % 2 == 1 {
        let message = "A pattern cannot end in a single backslash.";
        return Err(QueryError::query_hint(column.name(), message, "Write two for one."));
    }
    Ok(())
}

fn enum_values(
    target: &Target<'_>,
    column: ColumnRef<'_>,
    values: &[String],
) -> Result<(), QueryError> {
    let data_type = &column.0.data_type;
    let found = data_type.enum_name().and_then(|name| target.definition.enumeration(name.as_str()));
    let Some(of) = found.filter(|_| !data_type.array) else { return Ok(()) };
    let place = Place { column: column.name().to_owned(), row: None };
    values.iter().try_for_each(|value| enum_value(value, of).map_err(|misfit| misfit.at(&place)))
}

fn unsupported(column: ColumnRef<'_>, lacks: &'static str) -> QueryError {
    QueryError::UnsupportedOperator {
        column: column.name().to_owned(),
        data_type: column.0.data_type.to_string(),
        lacks,
    }
}
