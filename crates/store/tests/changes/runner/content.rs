//! What tables hold, by ids, so that it can be compared across renames.

use std::collections::BTreeMap;

use definition::Definition;
use definition::model::Table;
use sql::Sql;

use crate::world::Place;

/// What all tables hold: by the table's id, and by the row's key, each column by its id.
#[derive(Clone, Debug)]
pub(crate) struct Content(BTreeMap<String, BTreeMap<String, Row>>);

/// The text of each value by its column's id.
type Row = BTreeMap<String, Option<String>>;

impl Content {
    pub(crate) async fn read(place: &Place, definition: &Definition) -> Self {
        let mut content = BTreeMap::new();
        for table in &definition.tables {
            content.insert(table.id.as_str().to_owned(), rows(place, table).await);
        }
        Self(content)
    }

    /// Whether every row is there with the same values. Rows that came later do not matter.
    pub(crate) fn is_kept_in(&self, found: &Self) -> Result<(), String> {
        for (table, rows) in &self.0 {
            let Some(others) = found.0.get(table) else {
                return Err(format!("the table {table} is gone"));
            };
            for (key, row) in rows {
                match others.get(key) {
                    None => return Err(format!("the row {key} of {table} is gone: {row:?}")),
                    Some(other) if other != row => {
                        return Err(format!(
                            "the row {key} of {table} was {row:?} and is {other:?}"
                        ));
                    }
                    Some(_) => {}
                }
            }
        }
        Ok(())
    }
}

/// Rows by the column called `id`, or by all they hold.
async fn rows(place: &Place, table: &Table) -> BTreeMap<String, Row> {
    let mut sql = Sql::of("SELECT ");
    sql.list(&table.columns, ", ", |sql, column| {
        sql.ident(column.name.ident()).syntax("::text");
    });
    if table.columns.is_empty() {
        return BTreeMap::new();
    }
    sql.syntax(" FROM ").qualified(&place.namespace, table.name.ident());
    let key = table.columns.iter().position(|column| column.name.as_str() == "id");
    let found = place.client.query(sql.text(), &[]).await.unwrap();
    let mut rows = BTreeMap::new();
    for (nth, row) in found.iter().enumerate() {
        let values: Row = table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| (column.id.as_str().to_owned(), row.get(at)))
            .collect();
        let key = match key {
            Some(at) => row.get::<_, Option<String>>(at).unwrap_or_default(),
            None => format!("{nth} {values:?}"),
        };
        rows.insert(key, values);
    }
    rows
}
