//! Writes: which columns, and their values as PostgreSQL reads them.

use definition::model::{Column, Identity};
use serde_json::value::RawValue;
use sql::Param;

use super::{
    Action, Cell, ColumnRef, ResolvedDelete, ResolvedInsert, ResolvedOne, ResolvedUpdate, Target,
    read,
};
use crate::limits::MAX_INSERT_ROWS;
use crate::request::RowValues;
use crate::statement::Place;
use crate::{QueryError, WriteRequest, value};

pub(super) fn resolve<'a>(
    target: &Target<'a>,
    request: &'a WriteRequest,
) -> Result<Action<'a>, QueryError> {
    match request {
        WriteRequest::Insert { rows, listed } => insert(target, rows, *listed),
        WriteRequest::Update { key, values } => update(target, key, values),
        WriteRequest::Delete { key } => {
            let (relation, key) = (target.relation, target.key(key)?);
            Ok(Action::Delete(ResolvedDelete { relation, key }))
        }
    }
}

/// Every row gets a cell for every column that any row names; the rest take their defaults.
fn insert<'a>(
    target: &Target<'a>,
    rows: &[RowValues],
    listed: bool,
) -> Result<Action<'a>, QueryError> {
    if rows.len() > MAX_INSERT_ROWS {
        return Err(QueryError::TooMany { what: "rows in one request", limit: MAX_INSERT_ROWS });
    }
    let mut cells = vec![Vec::new(); rows.len()];
    for (number, row) in rows.iter().enumerate() {
        cells[number] = positioned(target, row, listed.then_some(number))?;
    }
    let columns = named_columns(target, &cells);
    let rows = cells.into_iter().map(|row| spread(row, &columns)).collect();
    let columns = columns.into_iter().map(|at| ColumnRef(&target.table().columns[at])).collect();
    Ok(Action::Insert(ResolvedInsert { relation: target.relation, columns, rows, listed }))
}

/// A row's values with their columns' positions in the table.
type Positioned = Vec<(usize, Param)>;

fn positioned(
    target: &Target<'_>,
    row: &RowValues,
    number: Option<usize>,
) -> Result<Positioned, QueryError> {
    let mut values = Positioned::with_capacity(row.len());
    for (name, raw) in row {
        let (column, value) = written(target, name, raw, number)?;
        let at = target.table().columns.iter().position(|known| known.name == column.0.name);
        values.push((at.expect("the column was found in this table"), value));
    }
    Ok(values)
}

/// In the table's order. Rows that name nothing still need one column to say DEFAULT for.
fn named_columns(target: &Target<'_>, rows: &[Positioned]) -> Vec<usize> {
    let mut named = vec![false; target.table().columns.len()];
    for (at, _) in rows.iter().flatten() {
        named[*at] = true;
    }
    if !named.contains(&true)
        && let Some(first) = named.first_mut()
    {
        *first = true;
    }
    (0..named.len()).filter(|at| named[*at]).collect()
}

fn spread(mut row: Positioned, columns: &[usize]) -> Vec<Cell> {
    row.sort_by_key(|(at, _)| *at);
    let mut values = row.into_iter().peekable();
    let cell = |at: &usize| match values.next_if(|(value_at, _)| value_at == at) {
        Some((_, value)) => Cell::Given(value),
        None => Cell::Default,
    };
    columns.iter().map(cell).collect()
}

/// Without a value to set there is nothing to change, and the row is only read.
fn update<'a>(
    target: &Target<'a>,
    key: &'a [String],
    row: &'a RowValues,
) -> Result<Action<'a>, QueryError> {
    let (relation, key) = (target.relation, target.key(key)?);
    if row.is_empty() {
        let output = read::output(target, None)?;
        return Ok(Action::ReadOne(ResolvedOne { relation, output, key }));
    }
    let values = row.iter().map(|(name, raw)| written(target, name, raw, None));
    let values = values.collect::<Result<_, _>>()?;
    Ok(Action::Update(ResolvedUpdate { relation, key, values }))
}

/// A value for a column that exists and may be written.
fn written<'a>(
    target: &Target<'a>,
    name: &str,
    raw: &RawValue,
    row: Option<usize>,
) -> Result<(ColumnRef<'a>, Param), QueryError> {
    let place = Place { column: name.to_owned(), row };
    let column = target.column(name, &place.path())?;
    if let Some(reason) = read_only(column.0) {
        let (column, path) = (name.to_owned(), place.path());
        return Err(QueryError::ReadOnlyColumn { column, path, reason });
    }
    let value = value::param(raw, &column.0.data_type, target.definition);
    Ok((column, value.map_err(|misfit| misfit.at(&place))?))
}

fn read_only(column: &Column) -> Option<&'static str> {
    match column.identity {
        _ if column.generated.is_some() => Some("PostgreSQL computes it from the row"),
        Some(Identity::Always) => Some("PostgreSQL numbers it"),
        Some(Identity::ByDefault) | None => None,
    }
}
