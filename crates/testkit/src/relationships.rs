//! Relationships: foreign keys of all kinds, and junctions.

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::columns::Column;
use crate::document::{self, Table};
use crate::names::Space;

pub(crate) fn any(
    choices: &mut Choices,
    tables: &mut [Table],
    relations: &mut Space,
) -> Vec<Value> {
    let mut related = Vec::new();
    for _ in 0..choices.below(4) {
        related.extend(foreign_key(choices, tables));
    }
    let mut joined = Space::default();
    for _ in 0..choices.below(6).saturating_sub(3) {
        related.extend(many_to_many(choices, tables, (relations, &mut joined)));
    }
    related
}

/// A foreign key out of new columns.
fn foreign_key(choices: &mut Choices, tables: &mut [Table]) -> Option<Value> {
    let from = choices.below(tables.len());
    let to = choices.below(tables.len());
    let key = choices.one(&tables[to].keys)?.clone();
    let referenced: Vec<Column> =
        key.iter().filter_map(|name| tables[to].column(name)).cloned().collect();
    let target = tables[to].name.clone();
    let table = &mut tables[from];
    let not_null = choices.percent(40);
    let mut columns = Vec::new();
    for other in &referenced {
        let mut column = Column::new(table.names.name(choices), other.data_type.clone());
        column.not_null = not_null;
        columns.push(column);
    }
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let mut says = json!({});
    // A table without a key may become a junction, whose keys refuse NULL.
    let actions: &[&str] = if not_null || !table.identified {
        &["noAction", "restrict", "cascade", "setDefault"]
    } else {
        &["noAction", "restrict", "cascade", "setNull", "setDefault"]
    };
    for key in ["onDelete", "onUpdate"] {
        if choices.percent(50) {
            says[key] = choices.pick(actions).into();
        }
    }
    document::deferrable(choices, &mut says, 20);
    if choices.percent(40) {
        says["name"] = table.constraints.name(choices).into();
    }
    let short = columns.len() == 1 && choices.percent(40);
    if short {
        says["table"] = target.into();
        if choices.percent(50) {
            says["column"] = key[0].as_str().into();
        }
        columns[0].more.insert("references".to_owned(), says);
        table.columns.extend(columns);
        return None;
    }
    table.columns.extend(columns);
    says["from"] = json!({ "table": table.name, "columns": names });
    says["to"] = json!({ "table": target });
    if choices.percent(60) {
        says["to"]["columns"] = key.into();
    }
    if choices.percent(20) {
        says["type"] = choices.pick(&["manyToOne", "oneToOne"]).into();
    }
    Some(says)
}

/// A many-to-many relationship, through a table of its own or through one that is there.
fn many_to_many(
    choices: &mut Choices,
    tables: &mut [Table],
    (relations, joined): (&mut Space, &mut Space),
) -> Option<Value> {
    let identified: Vec<String> = tables
        .iter()
        .filter(|table| table.identified && !table.keys.is_empty())
        .map(|table| table.name.clone())
        .collect();
    let from = choices.one(&identified)?.clone();
    let to = choices.one(&identified)?.clone();
    // A table without a key of its own can be the junction; it keeps its columns.
    let open: Vec<String> =
        tables.iter().filter(|table| !table.identified).map(|table| table.name.clone()).collect();
    let through = match choices.one(&open) {
        Some(open) if choices.percent(50) => open.clone(),
        _ => relations.name(choices),
    };
    let mut says = json!({
        "name": joined.name(choices),
        "type": "manyToMany",
        "from": { "table": from },
        "to": { "table": to },
        "through": through,
    });
    if choices.percent(30) {
        says["onDelete"] = choices.pick(&["cascade", "restrict", "noAction"]).into();
    }
    document::deferrable(choices, &mut says, 20);
    Some(says)
}
