//! What must hold for a row.

use super::{Place, Statement};
use crate::request::{Comparison, IsValue, Test};
use crate::resolve::{ColumnRef, KeyPart, ResolvedFilter};
use crate::value::array;

impl Statement {
    /// ` WHERE …`, or nothing.
    pub(super) fn conditions(&mut self, filters: &[ResolvedFilter<'_>]) {
        for (position, filter) in filters.iter().enumerate() {
            self.sql.syntax(if position == 0 { "\n  WHERE " } else { "\n    AND " });
            self.condition(filter);
        }
    }

    /// ` WHERE` the row has this key.
    pub(super) fn key(&mut self, key: &[KeyPart<'_>]) {
        for (position, part) in key.iter().enumerate() {
            self.sql.syntax(if position == 0 { "\n  WHERE " } else { " AND " });
            self.column(part.column.0);
            self.sql.syntax(" = ");
            let place = Place { column: part.column.name().to_owned(), row: None };
            self.param(Some(part.value.to_owned()), Some(place));
        }
    }

    fn condition(&mut self, filter: &ResolvedFilter<'_>) {
        let column = filter.column;
        let place = || Some(Place { column: column.name().to_owned(), row: None });
        if filter.negated {
            self.sql.syntax("NOT (");
        }
        match filter.test {
            Test::In(values) if column.0.data_type.array => self.in_arrays(column, values),
            Test::In(values) => {
                self.column(column.0);
                self.sql.syntax(" = ANY (");
                self.param(Some(array::literal(values.iter().map(String::as_str))), place());
                self.sql.syntax(")");
            }
            Test::Compare(comparison, value) => {
                self.column(column.0);
                self.sql.syntax(comparison_sql(*comparison));
                self.param(Some(value.clone()), place());
            }
            Test::Like { pattern, any_case } => {
                self.column(column.0);
                self.sql.syntax(if *any_case { " ILIKE " } else { " LIKE " });
                self.param(Some(pattern.clone()), place());
            }
            Test::Is(value) => {
                self.column(column.0);
                self.sql.syntax(is_sql(*value));
            }
        }
        if filter.negated {
            self.sql.syntax(")");
        }
    }

    /// PostgreSQL has no type "array of arrays", so a list of arrays is written out.
    fn in_arrays(&mut self, column: ColumnRef<'_>, values: &[String]) {
        if values.is_empty() {
            self.sql.syntax("false");
            return;
        }
        self.column(column.0);
        for (position, value) in values.iter().enumerate() {
            self.sql.syntax(if position == 0 { " IN (" } else { ", " });
            let place = Place { column: column.name().to_owned(), row: None };
            self.param(Some(value.clone()), Some(place));
        }
        self.sql.syntax(")");
    }
}

fn comparison_sql(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => " = ",
        Comparison::NotEqual => " <> ",
        Comparison::Greater => " > ",
        Comparison::GreaterOrEqual => " >= ",
        Comparison::Less => " < ",
        Comparison::LessOrEqual => " <= ",
    }
}

fn is_sql(value: IsValue) -> &'static str {
    match value {
        IsValue::Null => " IS NULL",
        IsValue::NotNull => " IS NOT NULL",
        IsValue::True => " IS TRUE",
        IsValue::False => " IS FALSE",
        IsValue::Unknown => " IS UNKNOWN",
    }
}
