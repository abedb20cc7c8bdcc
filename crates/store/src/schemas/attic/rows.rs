//! Rows that were set aside because they did not fit: looking at them.

use std::collections::BTreeSet;

use definition::model::{Column, Table};
use migration::AtticContent;
use sql::Sql;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row};
use uuid::Uuid;

use super::items::{Item, Waiting};
use crate::rows::TextParam;
use crate::{Cursor, Page, PageRequest, Store, StoreError};

/// A row that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAsideRow {
    /// Which one it is, among those of its item. It stays the same until the row is put back.
    pub row: String,
    /// Its values as PostgreSQL wrote them, an object by the names of the columns.
    pub json: String,
}

impl Store {
    /// The rows of an item of kind `rows`.
    pub async fn rows_set_aside(
        &self,
        tenant: Uuid,
        schema: Uuid,
        item: Uuid,
        page: &PageRequest,
    ) -> Result<Page<SetAsideRow>, StoreError> {
        let connection = self.control().await?;
        let owned = "SELECT FROM public.schemas WHERE id = $1 AND tenant_id = $2";
        let owned = connection.query_opt(owned, &[&schema, &tenant]).await?;
        owned.ok_or(StoreError::NotFound("schema"))?;
        let waiting = Waiting::fetch(&connection, schema).await?;
        let item = waiting.item(item)?;
        let table = held(item)?;
        let columns = columns_there(&connection, &waiting, item, table).await?;
        let after = page.after.as_ref().map(|cursor| cursor.id.as_str()).filter(|id| is_row(id));
        let statement = listing(&waiting, item, &columns, (after, page.limit));
        let rows = query(&connection, &statement).await?;
        let rows = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let place = |row: &SetAsideRow| Cursor { key: String::new(), id: row.row.clone() };
        Ok(Page::cut(rows, page.limit, place))
    }
}

/// The table whose rows an item holds, as it was.
pub(super) fn held(item: &Item) -> Result<&Table, StoreError> {
    match &item.item.content {
        AtticContent::Rows { table, .. } => Ok(table),
        AtticContent::Table(_)
        | AtticContent::Column { .. }
        | AtticContent::Values { .. }
        | AtticContent::Enum(_) => Err(StoreError::NotFound("attic item")),
    }
}

/// Those columns of the table that the rows were kept with.
pub(super) async fn columns_there<'a>(
    client: &Client,
    waiting: &Waiting,
    item: &Item,
    table: &'a Table,
) -> Result<Vec<&'a Column>, StoreError> {
    let names = "SELECT attname::text FROM pg_catalog.pg_attribute
                  WHERE attrelid = to_regclass(format('%I.%I', $1::text, $2::text))
                    AND attnum > 0 AND NOT attisdropped";
    let name = item.item.name.to_string();
    let rows = client.query(names, &[&waiting.namespace.as_str(), &name]).await?;
    let names = rows.iter().map(|row| row.try_get(0)).collect::<Result<BTreeSet<String>, _>>()?;
    Ok(table.columns.iter().filter(|column| names.contains(column.name.as_str())).collect())
}

/// Rows are told from one another by their place: nobody updates them.
fn listing(
    waiting: &Waiting,
    item: &Item,
    columns: &[&Column],
    (after, limit): (Option<&str>, i64),
) -> Sql {
    let mut sql = Sql::of("SELECT a.ctid::text, (SELECT row_to_json(v)::text FROM (SELECT ");
    sql.list(columns, ", ", |sql, column| {
        sql.syntax("a.").ident(column.name.ident());
    });
    sql.syntax(") v) FROM ").qualified(&waiting.namespace, &item.item.name.ident()).syntax(" a");
    if let Some(after) = after {
        sql.syntax(" WHERE a.ctid > ").param(after).syntax("::tid");
    }
    sql.syntax(" ORDER BY a.ctid LIMIT ").number(limit + 1);
    sql
}

/// `(block,number)`.
pub(super) fn is_row(text: &str) -> bool {
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let Some((block, number)) = inside.and_then(|inside| inside.split_once(',')) else {
        return false;
    };
    block.parse::<u32>().is_ok() && number.parse::<u16>().is_ok()
}

/// Runs a statement whose parameters travel as text.
pub(super) async fn query(client: &Client, sql: &Sql) -> Result<Vec<Row>, StoreError> {
    let params: Vec<TextParam<'_>> = sql.params().iter().map(TextParam::of).collect();
    let params: Vec<(&(dyn ToSql + Sync), Type)> =
        params.iter().map(|param| (param.as_sql(), Type::UNKNOWN)).collect();
    Ok(client.query_typed(sql.text(), &params).await?)
}

fn read(row: &Row) -> Result<SetAsideRow, StoreError> {
    Ok(SetAsideRow { row: row.try_get(0)?, json: row.try_get(1)? })
}
