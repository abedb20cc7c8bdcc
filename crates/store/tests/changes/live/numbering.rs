//! Numbered columns never repeat a number.

use std::collections::BTreeMap;

use definition::model::{Identity, Table};
use definition::{Definition, Name};
use sql::Sql;

use super::Outcome;
use crate::world::Place;

/// The next number of each numbered column, by the ids of its table and its own.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering(BTreeMap<(String, String), i64>);

impl Numbering {
    /// Whether every column goes on where it was, and behind what is there. What a person numbers
    /// by hand in a column that takes it is their own affair.
    pub(super) async fn goes_on(&mut self, place: &Place, definition: &Definition) -> Outcome {
        let mut next = BTreeMap::new();
        for table in &definition.tables {
            for column in &table.columns {
                let Some(identity) = column.identity else { continue };
                let key = (table.id.as_str().to_owned(), column.id.as_str().to_owned());
                let number = next_number(place, table, &column.name).await;
                let before = self.0.get(&key).copied();
                let least = match before {
                    Some(before) => before,
                    None => largest(place, table, &column.name).await + 1,
                };
                let known = before.is_some() || identity == Identity::Always;
                if known && number < least {
                    let name = &column.name;
                    return Err(format!("`{name}` goes on with {number}, not {least}"));
                }
                next.insert(key, number.max(before.unwrap_or_default()));
            }
        }
        // A column that is away for a while goes on where it stood; one that is no longer numbered
        // is somebody else's.
        let plain = |table: &str, column: &str| {
            let tables = definition.tables.iter().filter(|it| it.id.as_str() == table);
            let mut columns = tables.flat_map(|table| &table.columns);
            columns.any(|it| it.id.as_str() == column && it.identity.is_none())
        };
        self.0.retain(|(table, column), _| !plain(table, column));
        self.0.extend(next);
        Ok(())
    }
}

async fn next_number(place: &Place, table: &Table, column: &Name) -> i64 {
    let mut name = Sql::new();
    name.qualified(&place.namespace, table.name.ident());
    let sequence = "SELECT pg_get_serial_sequence($1, $2)";
    let row = place.client.query_one(sequence, &[&name.text(), &column.as_str()]).await.unwrap();
    let sequence: Option<String> = row.get(0);
    let sequence = sequence.unwrap_or_else(|| panic!("{column} has no sequence"));
    // PostgreSQL has quoted the name.
    let next = ["SELECT last_value + is_called::integer FROM ", &sequence].concat();
    place.client.query_one(&next, &[]).await.unwrap().get(0)
}

async fn largest(place: &Place, table: &Table, column: &Name) -> i64 {
    let mut sql = Sql::of("SELECT coalesce(max(");
    sql.ident(column.ident()).syntax("), 0)::bigint FROM ");
    sql.qualified(&place.namespace, table.name.ident());
    place.client.query_one(sql.text(), &[]).await.unwrap().get(0)
}
