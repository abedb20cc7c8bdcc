//! Documents of many tables, and what people make of them.

use serde_json::{Value, json};

/// Tables as people make them: a key, foreign keys, checks, defaults, indexes, an enum.
pub(crate) fn large(tables: usize, columns: usize) -> Value {
    let tables = (0..tables).map(|number| table(number, columns));
    json!({
        "enums": [{ "name": "state", "values": ["draft", "open", "done"] }],
        "tables": tables.collect::<Vec<_>>(),
    })
}

fn table(number: usize, columns: usize) -> Value {
    let mut all = vec![
        json!({ "name": "id", "type": "uuid", "primaryKey": true, "default": "gen_random_uuid()" }),
        json!({ "name": "state", "type": "state", "notNull": true, "default": "'draft'" }),
        json!({ "name": "total", "type": "numeric(12,2)", "check": "total >= 0 OR state = 'draft'" }),
        json!({ "name": "created_at", "type": "timestamptz", "notNull": true, "default": "now()" }),
        json!({ "name": "updated_at", "type": "timestamptz", "default": "now()" }),
        json!({ "name": "code", "type": "varchar(20)", "unique": true }),
    ];
    if number > 0 {
        let table = format!("table_{}", number / 2);
        let reference = json!({ "table": table, "onDelete": "cascade" });
        all.push(json!({ "name": "parent_id", "type": "uuid", "references": reference }));
    }
    let kinds = ["text", "integer", "boolean", "jsonb", "date", "text[]", "bigint"];
    let rest = (all.len()..columns).map(|at| {
        json!({ "name": format!("column_{at}"), "type": kinds[at % kinds.len()], "description": "What it means" })
    });
    all.extend(rest);
    json!({
        "name": format!("table_{number}"),
        "description": "One row for each",
        "columns": all,
        "checks": [{ "expression": "updated_at >= created_at" }],
        "indexes": [
            { "columns": ["state", { "column": "created_at", "order": "desc" }] },
            { "columns": [{ "expression": "lower(code)" }], "where": "state <> 'done'" }
        ],
        "trackUpdates": "updated_at",
    })
}

/// A hundred changes, each in a table of its own, ten of each kind.
pub(crate) fn changed(canonical: &Value) -> Value {
    let mut document = canonical.clone();
    for number in 0..100 {
        let at = number * 9 + 1;
        let table = &mut document["tables"][at];
        match number % 10 {
            0 => table["columns"][9]["name"] = format!("renamed_{number}").into(),
            1 => drop(list(table, "columns").remove(10)),
            2 => list(table, "columns").push(json!({ "name": "added", "type": "text" })),
            3 => table["columns"][11]["type"] = "numeric".into(),
            4 => table["columns"][12]["notNull"] = true.into(),
            5 => table["columns"][13]["description"] = "Another one".into(),
            6 => table["description"] = "Another one".into(),
            7 => list(table, "indexes")
                .push(json!({ "name": format!("more_{number}"), "columns": ["column_8"] })),
            8 => table["checks"][0]["expression"] = "total > 1".into(),
            _ => list(table, "columns").swap(14, 15),
        }
    }
    // Ten tables are called otherwise; their keys are as well.
    let mut text = document.to_string();
    for number in 0..10 {
        let (old, new) = (format!("\"table_{}\"", 400 + number), format!("\"renamed_{number}\""));
        text = text.replace(&old, &new);
    }
    serde_json::from_str(&text).expect("only names were exchanged")
}

/// Every default, check and predicate that says the value says it anew.
pub(crate) fn with_value_renamed(canonical: &Value) -> Value {
    let text = canonical.to_string().replace("'draft'", "'new'").replace("\"draft\"", "\"new\"");
    serde_json::from_str(&text).expect("only constants were exchanged")
}

/// The same without ids; it gets others.
pub(crate) fn with_other_ids(canonical: &Value) -> Value {
    let mut document = canonical.clone();
    let mut given = 1_000_000;
    replace_ids(&mut document, &mut given);
    document
}

fn replace_ids(value: &mut Value, given: &mut u32) {
    match value {
        Value::Object(object) => {
            if let Some(id) = object.get_mut("id") {
                *given += 1;
                *id = given.to_string().into();
            }
            object.values_mut().for_each(|value| replace_ids(value, given));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace_ids(item, given)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn list<'a>(table: &'a mut Value, key: &str) -> &'a mut Vec<Value> {
    table[key].as_array_mut().expect("it is a list in every table")
}
