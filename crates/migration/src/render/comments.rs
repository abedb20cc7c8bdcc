//! Descriptions, kept as PostgreSQL's comments so that every other tool shows them too.

use definition::model::{Column, Table};
use sql::{Ident, Sql};

use super::step;
use crate::plan::Step;

pub(crate) fn of_table(namespace: &Ident, table: &Table, position: usize) -> Vec<Step> {
    let path = format!("tables[{position}]");
    let title = format!("the description of `{}`", table.name);
    let on_table = table.description.iter().map(|text| {
        let (sql, back) =
            (self::on_table(namespace, table, Some(text)), self::on_table(namespace, table, None));
        step(sql, back, path.clone(), title.clone())
    });
    let on_columns = table.columns.iter().enumerate().filter_map(|(at, column)| {
        let text = column.description.as_deref()?;
        let back = on_column(namespace, table, column, None);
        let sql = on_column(namespace, table, column, Some(text));
        Some(step(sql, back, format!("{path}.columns[{at}].description"), title.clone()))
    });
    on_table.chain(on_columns).collect()
}

pub(crate) fn on_table(namespace: &Ident, table: &Table, text: Option<&str>) -> Sql {
    let mut sql = Sql::of("COMMENT ON TABLE ");
    sql.qualified(namespace, table.name.ident()).syntax(" IS ");
    text_or_null(&mut sql, text);
    sql
}

pub(crate) fn on_column(
    namespace: &Ident,
    table: &Table,
    column: &Column,
    text: Option<&str>,
) -> Sql {
    let mut sql = Sql::of("COMMENT ON COLUMN ");
    sql.qualified(namespace, table.name.ident())
        .syntax(".")
        .ident(column.name.ident())
        .syntax(" IS ");
    text_or_null(&mut sql, text);
    sql
}

/// A description, or its absence.
pub(super) fn text_or_null(sql: &mut Sql, text: Option<&str>) {
    match text {
        Some(text) => sql.literal(text),
        None => sql.syntax("NULL"),
    };
}
