//! The attic holds what is recorded of it, and nothing else is left lying about.

use std::collections::BTreeSet;

use definition::Definition;
use migration::{AtticContent, AtticItem};
use store::catalog::Shape;
use store::catalog::shape::Column;

use super::Outcome;
use crate::world::TRACK;

/// Compares what is set apart in a namespace with what is recorded.
pub(super) fn holds(attic: &[AtticItem], definition: &Definition, found: &Shape) -> Outcome {
    let waiting = || attic.iter().filter(|item| item.waits);
    let (mut tables, mut enums, mut columns) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for item in waiting() {
        let name = item.name.to_string();
        match &item.content {
            AtticContent::Table(_) | AtticContent::Rows { .. } => tables.insert(name),
            AtticContent::Enum(_) => enums.insert(name),
            AtticContent::Column { table, .. } | AtticContent::Values { table, .. } => {
                columns.insert((place_of(table.as_str(), waiting(), definition)?, name))
            }
        };
    }
    let lies: BTreeSet<String> = found.apart.enums.iter().map(|item| item.name.clone()).collect();
    same("enums", &enums, &lies)?;
    let apart = found.apart.tables.iter();
    let lies = apart.filter(|table| table.name.starts_with("attic_"));
    same("tables", &tables, &lies.map(|table| table.name.clone()).collect())?;
    let mut lie = BTreeSet::new();
    let rows = |name: &str| {
        waiting().any(|item| item.name.to_string() == name && item.content.as_rows().is_some())
    };
    for table in found.apart.tables.iter().filter(|table| !rows(&table.name)) {
        if !table.grants.is_empty() && tables.contains(&table.name) {
            return Err(format!(
                "somebody may use {} in the attic: {:?}",
                table.name, table.grants
            ));
        }
        for column in table.columns.iter().filter(|column| column.name != TRACK) {
            if column.name.starts_with("tenanta_") {
                return Err(format!("the column {} of {} is left behind", column.name, table.name));
            }
            if column.name.starts_with("attic_") && !column.name.ends_with("_m") {
                asks_nothing(column)?;
                lie.insert((table.name.clone(), column.name.clone()));
            }
        }
    }
    same("columns", &columns, &lie)?;
    nothing_is_left(found)
}

/// What the table of this id is called where it lies.
fn place_of<'a>(
    id: &str,
    mut waiting: impl Iterator<Item = &'a AtticItem>,
    definition: &Definition,
) -> Outcome<String> {
    let found = definition.tables.iter().find(|table| table.id.as_str() == id);
    if let Some(table) = found {
        return Ok(table.name.to_string());
    }
    let holds = |item: &&AtticItem| item.content.as_table().is_some_and(|it| it.id.as_str() == id);
    let item = waiting.find(holds).ok_or_else(|| format!("there is no table {id}"))?;
    Ok(item.name.to_string())
}

/// Rows can be written whatever waits beside them.
fn asks_nothing(column: &Column) -> Outcome {
    let numbered = column.identity.is_some();
    let asks = column.default.is_some() || column.generated.is_some() || column.not_null;
    if asks && !numbered {
        return Err(format!("something is asked of a column in the attic: {column:?}"));
    }
    Ok(())
}

fn same<T: Ord + std::fmt::Debug>(
    what: &str,
    recorded: &BTreeSet<T>,
    lies: &BTreeSet<T>,
) -> Outcome {
    if recorded == lies {
        return Ok(());
    }
    Err(format!("of {what}, the attic holds {lies:?}, and {recorded:?} are recorded"))
}

/// Helpers go when they have helped.
fn nothing_is_left(found: &Shape) -> Outcome {
    let functions = found.apart.functions.iter().map(|function| &function.name);
    let left: Vec<&String> = functions.filter(|name| !name.starts_with(migration::TOUCH)).collect();
    let is_ours = |name: &str| name.starts_with("tenanta_") && !name.starts_with(migration::TOUCH);
    let parts = found.apart.tables.iter().flat_map(|table| {
        let constraints = table.constraints.iter().map(|it| &it.name);
        let indexes = table.indexes.iter().map(|it| &it.name);
        constraints.chain(indexes).chain(table.triggers.iter().map(|it| &it.name))
    });
    let parts: Vec<&String> = parts.filter(|name| is_ours(name)).collect();
    let others = &found.apart.others;
    if left.is_empty() && parts.is_empty() && others.is_empty() {
        return Ok(());
    }
    Err(format!("left behind: {left:?} {parts:?} {others:?}"))
}
