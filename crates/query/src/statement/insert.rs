//! New rows, all or none.

use super::{Place, Statement};
use crate::resolve::{Cell, ResolvedInsert};

pub(super) fn render(insert: &ResolvedInsert<'_>) -> Statement {
    let mut statement = Statement::default();
    if insert.rows.is_empty() {
        statement.sql.syntax("SELECT '[]'::text AS body, 0::bigint AS rows, NULL::bigint AS total");
        return statement;
    }
    statement.sql.syntax("WITH added AS (INSERT INTO ");
    statement.relation(&insert.relation);
    statement.sql.syntax(" (");
    statement.sql.idents(insert.columns.iter().map(|column| column.0.name.ident()));
    statement.sql.syntax(")\n  VALUES ");
    for (position, row) in insert.rows.iter().enumerate() {
        statement.sql.syntax(if position == 0 { "(" } else { ",\n    (" });
        let number = insert.listed.then_some(position);
        for (position, (column, value)) in insert.columns.iter().zip(row).enumerate() {
            if position > 0 {
                statement.sql.syntax(", ");
            }
            match value {
                Cell::Given(value) => {
                    let place = Place { column: column.name().to_owned(), row: number };
                    statement.param(value.clone(), Some(place));
                }
                Cell::Default => {
                    statement.sql.syntax("DEFAULT");
                }
            }
        }
        statement.sql.syntax(")");
    }
    statement.sql.syntax("\n  RETURNING ");
    statement.columns(&insert.relation.table.columns);
    statement.sql.syntax(")\nSELECT coalesce(json_agg(added.*), '[]')::text AS body, ");
    statement.sql.syntax("count(*) AS rows, NULL::bigint AS total\nFROM added");
    statement
}
