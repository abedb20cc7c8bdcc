//! Indexes and exclusions, of every method and operator class.

use definition::model::IndexMethod;
use definition::operator_class::OperatorClass;
use serde_json::{Value, json};

use crate::choices::Choices;
use crate::columns::Column;
use crate::document::{self, Table};
use crate::expressions::Place;
use crate::names::Space;
use crate::types::Sort;

pub(crate) fn any(choices: &mut Choices, table: &mut Table, relations: &mut Space) {
    for _ in 0..choices.below(4) {
        if let Some(index) = index(choices, table, relations) {
            table.add("indexes", index);
        }
    }
    if choices.percent(25)
        && let Some(exclusion) = exclusion(choices, table, relations)
    {
        table.add("exclusions", exclusion);
    }
}

fn index(choices: &mut Choices, table: &Table, relations: &mut Space) -> Option<Value> {
    let methods = document::methods();
    // Most indexes are ordered ones.
    let method = if choices.percent(50) { *choices.one(&methods)? } else { IndexMethod::BTree };
    let one = matches!(method, IndexMethod::Hash | IndexMethod::SpGist);
    let count = if one { 1 } else { choices.below(3) + 1 };
    let keys: Vec<Value> = (0..count).filter_map(|_| key(choices, table, method)).collect();
    if keys.is_empty() {
        return None;
    }
    let mut index = json!({ "columns": keys, "method": method.word() });
    if method == IndexMethod::BTree && choices.percent(25) {
        index["unique"] = true.into();
        index["nullsNotDistinct"] = choices.percent(30).into();
    }
    if matches!(method, IndexMethod::BTree | IndexMethod::Gist | IndexMethod::SpGist) {
        include(choices, table, &mut index);
    }
    if choices.percent(30) {
        let place = Place::of_index(&table.columns);
        index["where"] = place.condition(choices).into();
    }
    if choices.percent(50) {
        index["name"] = relations.name(choices).into();
    }
    Some(index)
}

fn key(choices: &mut Choices, table: &Table, method: IndexMethod) -> Option<Value> {
    if choices.percent(25)
        && let Some(key) = expression(choices, table, method)
    {
        return Some(ordered(choices, key, method));
    }
    let (column, class) = classed(choices, table, method)?;
    let mut key = json!({ "column": column.name });
    if let Some(class) = class {
        key["operatorClass"] = class.into();
    }
    let collated = method == IndexMethod::BTree && column.is_text();
    if collated && choices.percent(20) {
        key["collation"] = choices.pick(&["C", "POSIX", "de-x-icu", "default"]).into();
    }
    Some(ordered(choices, key, method))
}

fn ordered(choices: &mut Choices, mut key: Value, method: IndexMethod) -> Value {
    if method == IndexMethod::BTree {
        if choices.percent(30) {
            key["order"] = choices.pick(&["asc", "desc"]).into();
        }
        if choices.percent(30) {
            key["nulls"] = choices.pick(&["first", "last"]).into();
        }
    }
    key
}

fn expression(choices: &mut Choices, table: &Table, method: IndexMethod) -> Option<Value> {
    let sort = match method {
        IndexMethod::BTree | IndexMethod::Hash | IndexMethod::Brin => {
            *choices.one(&[Sort::Text, Sort::Whole, Sort::Moment, Sort::Fraction])?
        }
        IndexMethod::Gin => *choices.one(&[Sort::Json, Sort::Texts])?,
        IndexMethod::Gist | IndexMethod::SpGist => return None,
    };
    let place = Place::of_index(&table.columns);
    Some(json!({ "expression": place.of(choices, sort) }))
}

/// A column that the method takes, with an operator class unless the default does.
fn classed<'t>(
    choices: &mut Choices,
    table: &'t Table,
    method: IndexMethod,
) -> Option<(&'t Column, Option<&'static str>)> {
    let takes = |column: &Column| -> Vec<&'static str> {
        let parsed = column.parsed();
        let classes = OperatorClass::of(method).iter().filter(|class| class.takes(&parsed));
        classes.map(|class| class.name).collect()
    };
    let columns: Vec<(&Column, Vec<&'static str>)> = table
        .columns
        .iter()
        .map(|column| (column, takes(column)))
        .filter(|(_, classes)| !classes.is_empty())
        .collect();
    let (column, classes) = choices.one(&columns)?;
    let named = !column.fits(method) || choices.percent(30);
    let class = if named { choices.one(classes).copied() } else { None };
    Some((column, class))
}

/// Columns that are carried along.
pub(crate) fn include(choices: &mut Choices, table: &Table, object: &mut Value) {
    if !choices.percent(20) {
        return;
    }
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    object["include"] = choices.some(&names, 2).into_iter().copied().collect::<Vec<_>>().into();
}

fn exclusion(choices: &mut Choices, table: &mut Table, relations: &mut Space) -> Option<Value> {
    let methods = [IndexMethod::Gist, IndexMethod::BTree, IndexMethod::Hash, IndexMethod::SpGist];
    let method = *choices.one(&methods)?;
    let one = matches!(method, IndexMethod::Hash | IndexMethod::SpGist);
    let count = if one { 1 } else { choices.below(2) + 1 };
    let elements: Vec<Value> = (0..count).filter_map(|_| element(choices, table, method)).collect();
    if elements.is_empty() {
        return None;
    }
    let mut exclusion = json!({ "method": method.word(), "elements": elements });
    document::deferrable(choices, &mut exclusion, 20);
    if choices.percent(30) {
        let place = Place::of_index(&table.columns);
        exclusion["where"] = place.condition(choices).into();
    }
    if choices.percent(50) {
        let name = relations.shared(&mut table.constraints, choices);
        exclusion["name"] = name.into();
    }
    Some(exclusion)
}

fn element(choices: &mut Choices, table: &Table, method: IndexMethod) -> Option<Value> {
    let comparing = |column: &Column| -> Vec<&'static OperatorClass> {
        let parsed = column.parsed();
        let classes = OperatorClass::of(method).iter();
        classes.filter(|class| class.takes(&parsed) && !class.operators.is_empty()).collect()
    };
    let columns: Vec<(&Column, Vec<&'static OperatorClass>)> = table
        .columns
        .iter()
        .map(|column| (column, comparing(column)))
        .filter(|(_, classes)| !classes.is_empty())
        .collect();
    let (column, classes) = choices.one(&columns)?;
    let class = choices.one(classes)?;
    let operator = choices.pick(class.operators);
    Some(json!({ "column": column.name, "operatorClass": class.name, "operator": operator }))
}
