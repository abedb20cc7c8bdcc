//! Statements about one row, addressed by its key. They answer no row when there is none.

use super::{Place, Statement, select};
use crate::resolve::{ResolvedDelete, ResolvedOne, ResolvedUpdate};

/// What every statement about one row answers.
const ONE_ROW: &str = "::text AS body, 1::bigint AS rows, NULL::bigint AS total";

pub(super) fn read(one: &ResolvedOne<'_>) -> Statement {
    let mut statement = Statement::default();
    statement.sql.syntax("SELECT row_to_json(page.*)").syntax(ONE_ROW).syntax("\nFROM (SELECT ");
    select::outputs(&mut statement, &one.output, &one.relation);
    statement.sql.syntax("\n  FROM ");
    statement.relation(&one.relation);
    statement.key(&one.key);
    statement.sql.syntax(") AS page");
    statement
}

pub(super) fn update(update: &ResolvedUpdate<'_>) -> Statement {
    let mut statement = Statement::default();
    statement.sql.syntax("WITH changed AS (UPDATE ");
    statement.relation(&update.relation);
    for (position, (column, value)) in update.values.iter().enumerate() {
        statement.sql.syntax(if position == 0 { "\n  SET " } else { ", " });
        statement.sql.ident(column.0.name.ident()).syntax(" = ");
        let place = Place { column: column.name().to_owned(), row: None };
        statement.param(value.clone(), Some(place));
    }
    statement.key(&update.key);
    statement.sql.syntax("\n  RETURNING ");
    statement.columns(&update.relation.table.columns);
    statement.sql.syntax(")\nSELECT row_to_json(changed.*)").syntax(ONE_ROW);
    statement.sql.syntax("\nFROM changed");
    statement
}

pub(super) fn delete(delete: &ResolvedDelete<'_>) -> Statement {
    let mut statement = Statement::default();
    statement.sql.syntax("DELETE FROM ");
    statement.relation(&delete.relation);
    statement.key(&delete.key);
    statement.sql.syntax("\nRETURNING NULL").syntax(ONE_ROW);
    statement
}
