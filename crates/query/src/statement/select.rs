//! A page of rows as one JSON array.

use super::Statement;
use crate::request::{Count, Direction, Nulls};
use crate::resolve::{Output, Relation, ResolvedRead, SortKey};

pub(super) fn render(read: &ResolvedRead<'_>) -> Statement {
    let mut statement = Statement::default();
    statement
        .sql
        .syntax("SELECT coalesce(json_agg(page.*), '[]')::text AS body, count(*) AS rows, ");
    total(&mut statement, read);
    statement.sql.syntax(" AS total\nFROM (SELECT ");
    outputs(&mut statement, &read.output, &read.relation);
    statement.sql.syntax("\n  FROM ");
    statement.relation(&read.relation);
    statement.conditions(&read.filters);
    order(&mut statement, &read.order);
    statement.sql.syntax("\n  LIMIT ").number(read.limit);
    if read.offset > 0 {
        statement.sql.syntax(" OFFSET ");
        statement.param(Some(read.offset.to_string()), None);
    }
    statement.sql.syntax(") AS page");
    statement
}

/// How many rows match in all, counted in the same statement and so in the same moment.
fn total(statement: &mut Statement, read: &ResolvedRead<'_>) {
    match read.count {
        Count::None => {
            statement.sql.syntax("NULL::bigint");
        }
        Count::Exact => {
            statement.sql.syntax("(SELECT count(*)\n  FROM ");
            statement.relation(&read.relation);
            statement.conditions(&read.filters);
            statement.sql.syntax(")");
        }
    }
}

pub(super) fn outputs(statement: &mut Statement, output: &[Output<'_>], relation: &Relation<'_>) {
    for (position, item) in output.iter().enumerate() {
        if position > 0 {
            statement.sql.syntax(", ");
        }
        statement.column(item.column.0);
        if let Some(cast) = &item.cast {
            statement.sql.syntax("::");
            cast.write(&mut statement.sql, relation.namespace);
        }
        statement.sql.syntax(" AS ").ident(&item.name);
    }
}

fn order(statement: &mut Statement, keys: &[SortKey<'_>]) {
    for (position, key) in keys.iter().enumerate() {
        statement.sql.syntax(if position == 0 { "\n  ORDER BY " } else { ", " });
        statement.column(key.column.0);
        statement.sql.syntax(match key.direction {
            Direction::Ascending => "",
            Direction::Descending => " DESC",
        });
        statement.sql.syntax(match key.nulls {
            None => "",
            Some(Nulls::First) => " NULLS FIRST",
            Some(Nulls::Last) => " NULLS LAST",
        });
    }
}
