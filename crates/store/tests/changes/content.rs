//! What tables hold, by ids, so that it can be compared across renames.

use std::collections::{BTreeMap, BTreeSet};

use definition::Definition;
use definition::model::Table;
use sql::{Ident, Sql};

use crate::world::{Place, TRACK};

/// What all tables hold: by the table's id, and by the row's number, each column by its id.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Content(BTreeMap<String, BTreeMap<i64, Row>>);

/// The text of each value by its column's id.
type Row = BTreeMap<String, Option<String>>;

/// Rows that were written: by the table's id and the row's number.
pub(crate) type Touched = BTreeSet<(String, i64)>;

impl Content {
    pub(crate) async fn read(place: &Place, definition: &Definition) -> Self {
        let mut content = BTreeMap::new();
        for table in &definition.tables {
            content.insert(table.id.as_str().to_owned(), rows(place, table).await);
        }
        Self(content)
    }

    /// The rows that are otherwise in `after`, which is of the same version.
    pub(crate) fn touched(&self, after: &Self) -> Touched {
        let mut touched = Touched::new();
        for (table, rows) in &self.0 {
            let others = &after.0[table];
            let numbers = rows.keys().chain(others.keys());
            let changed = numbers.filter(|number| rows.get(number) != others.get(number));
            touched.extend(changed.map(|number| (table.clone(), *number)));
        }
        touched
    }

    /// Whether every row that was not touched since is there with the same values. Rows that came
    /// later do not matter. A row that was set aside comes back under another number.
    pub(crate) fn is_kept_in(&self, found: &Self, since: &Touched) -> Result<(), String> {
        for (table, rows) in &self.0 {
            let Some(others) = found.0.get(table) else {
                return Err(format!("the table {table} is gone"));
            };
            let mut new: Vec<&Row> = others
                .iter()
                .filter(|(number, _)| !rows.contains_key(number))
                .map(|(_, row)| row)
                .collect();
            for (number, row) in rows {
                if since.contains(&(table.clone(), *number)) {
                    continue;
                }
                match others.get(number) {
                    Some(other) if other == row => {}
                    Some(other) => {
                        return Err(format!(
                            "the row {number} of {table} was {row:?} and is {other:?}"
                        ));
                    }
                    None => match new.iter().position(|other| *other == row) {
                        Some(at) => {
                            new.remove(at);
                        }
                        None => {
                            return Err(format!(
                                "the row {number} of {table} is gone: {row:?}; there are {others:?}"
                            ));
                        }
                    },
                }
            }
        }
        Ok(())
    }
}

async fn rows(place: &Place, table: &Table) -> BTreeMap<i64, Row> {
    let track = Ident::new(TRACK).unwrap();
    let mut sql = Sql::of("SELECT ");
    sql.ident(&track);
    for column in &table.columns {
        sql.syntax(", ").ident(column.name.ident()).syntax("::text");
    }
    sql.syntax(" FROM ").qualified(&place.namespace, table.name.ident());
    let found = place.client.query(sql.text(), &[]).await.unwrap();
    let values = |row: &tokio_postgres::Row| {
        let columns = table.columns.iter().enumerate();
        columns.map(|(at, column)| (column.id.as_str().to_owned(), row.get(at + 1))).collect()
    };
    found.iter().map(|row| (row.get(0), values(row))).collect()
}
