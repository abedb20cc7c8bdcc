//! Filling the demonstration's tables through the data path that requests take.

use definition::Definition;
use definition::column_type::{Builtin, Family};
use definition::model::Column;
use query::{RowValues, Target, WriteRequest};
use serde_json::value::RawValue;
use store::{DataPlace, Store, TenantRef};
use uuid::Uuid;

use super::DemoError;
use super::source::{self, Manifest, TableFile};
use crate::console;

/// Rows of one statement.
const BATCH_ROWS: usize = 1000;

/// Fills every table, in the manifest's order.
pub(super) async fn fill(
    store: &Store,
    (tenant, schema): (TenantRef, Uuid),
    manifest: &Manifest,
    definition: &Definition,
) -> Result<(), DemoError> {
    let place = store.data_place(tenant.id, schema).await?;
    let total: usize = manifest.tables.iter().map(|table| table.rows).sum();
    let mut done = 0;
    for table in &manifest.tables {
        let progress = [
            "Loading the demonstration: ",
            &table.table,
            " (",
            &done.to_string(),
            " of ",
            &total.to_string(),
            " rows)",
        ];
        console::progress(&progress.concat());
        done += fill_table(store, &place, definition, table).await?;
    }
    Ok(())
}

async fn fill_table(
    store: &Store,
    place: &DataPlace,
    definition: &Definition,
    file: &TableFile,
) -> Result<usize, DemoError> {
    let misfit = |source| DemoError::Row { table: file.table.clone(), source };
    let target = Target::find(definition, &place.namespace, &file.table).map_err(misfit)?;
    let text = source::unpacked(&file.file)?;
    let rows = rows(&text, |name| target.table().column(name).cloned())?;
    let count = rows.len();
    for batch in rows.chunks(BATCH_ROWS) {
        let request = WriteRequest::Insert { rows: batch.to_vec(), listed: true };
        let resolved = target.write(&request).map_err(misfit)?;
        let statement = resolved.statement().map_err(misfit)?;
        store.write_rows(place, statement.sql()).await?;
    }
    if count != file.rows {
        let counts =
            [&file.table, " has ", &count.to_string(), " rows, not ", &file.rows.to_string()];
        return Err(DemoError::Files(counts.concat()));
    }
    Ok(count)
}

/// The rows of a CSV text with a header line.
fn rows(text: &str, column: impl Fn(&str) -> Option<Column>) -> Result<Vec<RowValues>, DemoError> {
    let broken = |error: csv::Error| DemoError::Files(error.to_string());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<Column> = reader
        .headers()
        .map_err(broken)?
        .iter()
        .map(|name| {
            column(name).ok_or_else(|| DemoError::Files(["there is no column ", name].concat()))
        })
        .collect::<Result<_, _>>()?;
    let row = |record: csv::StringRecord| {
        let fields = columns.iter().zip(record.iter());
        fields.map(|(column, field)| (column.name.to_string(), json(column, field))).collect()
    };
    reader.records().map(|record| record.map(row).map_err(broken)).collect()
}

/// A field as JSON: numbers and truth values bare, everything else as a text, nothing as null.
fn json(column: &Column, field: &str) -> Box<RawValue> {
    let bare = column.data_type.scalar().map(Builtin::family).is_some_and(|family| {
        matches!(family, Family::Boolean | Family::Integer | Family::Decimal | Family::Float)
    });
    let text = match field {
        "" => "null".to_owned(),
        bare_field if bare => bare_field.to_owned(),
        other => serde_json::Value::from(other).to_string(),
    };
    RawValue::from_string(text)
        .unwrap_or_else(|_| RawValue::from_string("null".to_owned()).expect("null is JSON"))
}
