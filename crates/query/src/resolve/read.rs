//! Reads: what each row shows, which rows, in which order.

use definition::column_type::ColumnType;
use sql::Ident;

use super::{ColumnRef, Output, ResolvedOne, ResolvedRead, SortKey, Target, filters};
use crate::error::shortened;
use crate::limits::MAX_ROWS;
use crate::request::{Direction, OrderItem, SelectItem};
use crate::{QueryError, ReadRequest};

pub(super) fn page<'a>(
    target: &Target<'a>,
    request: &'a ReadRequest,
) -> Result<ResolvedRead<'a>, QueryError> {
    let filters = request.filters.iter().map(|filter| filters::resolve(target, filter));
    Ok(ResolvedRead {
        relation: target.relation,
        output: output(target, request.select.as_deref())?,
        filters: filters.collect::<Result<_, _>>()?,
        order: order(target, &request.order)?,
        limit: request.limit.unwrap_or(MAX_ROWS).min(MAX_ROWS),
        offset: request.offset,
        count: request.count,
    })
}

pub(super) fn one<'a>(
    target: &Target<'a>,
    key: &'a [String],
    request: &'a ReadRequest,
) -> Result<ResolvedOne<'a>, QueryError> {
    if let Some(filter) = request.filters.first() {
        let message = "One row is addressed by its key alone; filters belong to lists.";
        return Err(QueryError::query(&filter.column, message));
    }
    let output = output(target, request.select.as_deref())?;
    Ok(ResolvedOne { relation: target.relation, output, key: target.key(key)? })
}

/// A later item takes the place of an earlier one of the same name, so that the answer's objects
/// have no key twice: `*,id::text` shows every column, and `id` as text.
pub(super) fn output<'a>(
    target: &Target<'a>,
    select: Option<&[SelectItem]>,
) -> Result<Vec<Output<'a>>, QueryError> {
    let mut output: Vec<Output<'a>> = Vec::new();
    let mut add = |item: Output<'a>| match output.iter_mut().find(|known| known.name == item.name) {
        Some(known) => *known = item,
        None => output.push(item),
    };
    for item in select.unwrap_or(&[SelectItem::All]) {
        match item {
            SelectItem::All => {
                for column in &target.table().columns {
                    let name = column.name.ident().clone();
                    add(Output { name, column: ColumnRef(column), cast: None });
                }
            }
            SelectItem::Column { name, alias, cast } => {
                let column = target.column(name, "select")?;
                let name =
                    alias.as_deref().map_or_else(|| Ok(column.0.name.ident().clone()), label)?;
                let cast = cast.as_deref().map(|spelled| cast_to(target, spelled)).transpose()?;
                add(Output { name, column, cast });
            }
        }
    }
    Ok(output)
}

fn label(alias: &str) -> Result<Ident, QueryError> {
    Ident::new(alias).map_err(|error| {
        let message = format!("`{}` cannot be an alias: {error}.", shortened(alias));
        QueryError::query("select", message)
    })
}

fn cast_to(target: &Target<'_>, spelled: &str) -> Result<ColumnType, QueryError> {
    let is_enum = |name: &str| target.definition.enumeration(name).is_some();
    match ColumnType::parse(spelled, &is_enum) {
        Ok(parsed) => Ok(parsed.column_type),
        Err(error) => Err(QueryError::query("select", format!("The cast is refused: {error}."))),
    }
}

/// The primary key follows what was asked, so that pages neither repeat nor skip a row.
fn order<'a>(target: &Target<'a>, items: &'a [OrderItem]) -> Result<Vec<SortKey<'a>>, QueryError> {
    let mut keys: Vec<SortKey<'a>> = Vec::new();
    for item in items {
        let column = target.column(&item.column, "order")?;
        filters::comparable(column)?;
        keys.push(SortKey { column, direction: item.direction, nulls: item.nulls });
    }
    for column in target.table().key_columns().map(ColumnRef) {
        if keys.iter().all(|key| key.column.name() != column.name()) {
            keys.push(SortKey { column, direction: Direction::Ascending, nulls: None });
        }
    }
    Ok(keys)
}
