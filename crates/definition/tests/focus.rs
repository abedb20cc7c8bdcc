//! What a part is told within its definition is what a check of the whole definition tells there,
//! though the part's check looks at little of it.

use definition::{Counting, Document, MAX_PROBLEMS, Part, Problem};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What a check of the whole tells at a place.
fn told(document: &Value, place: &str) -> Option<Vec<Problem>> {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    let all = checked.problems;
    let inside = all.iter().filter_map(|problem| {
        let rest = problem.path.strip_prefix(place)?;
        let inside = rest.is_empty() || rest.starts_with(['.', '[']);
        let path = rest.trim_start_matches('.').to_owned();
        inside.then(|| Problem { path, ..problem.clone() })
    });
    // Of more, not all are listed.
    (all.len() < MAX_PROBLEMS).then(|| inside.collect())
}

/// The elements of a list that a part like them would replace.
fn items<'d>(document: &'d Value, list: &str) -> Vec<(usize, &'d Value)> {
    let items: Vec<&Value> =
        document.get(list).and_then(Value::as_array).into_iter().flatten().collect();
    let place = |part: &Value| {
        let same = |key: &str| {
            let wanted = part.get(key).filter(|value| value.is_string())?;
            items.iter().position(|item| item.get(key) == Some(wanted))
        };
        same("id").or_else(|| same("name"))
    };
    let own = |(position, item): &(usize, &Value)| place(item) == Some(*position);
    items.iter().copied().enumerate().filter(own).collect()
}

fn agree(document: &Value) -> Result<(), TestCaseError> {
    for (position, table) in items(document, "tables") {
        let Some(told) = told(document, &format!("tables[{position}]")) else { continue };
        prop_assert_eq!(Part::Table(table).check(Some(document)), told, "{} {}", table, document);
    }
    for (position, relationship) in items(document, "relationships") {
        let place = format!("relationships[{position}]");
        let Some(told) = told(document, &place) else { continue };
        let found = Part::Relationship(relationship).check(Some(document));
        prop_assert_eq!(found, told, "{} {}", relationship, document);
    }
    for (_, table) in items(document, "tables").into_iter().take(2) {
        let columns = table.get("columns").and_then(Value::as_array).into_iter().flatten();
        for column in columns.take(3) {
            column_agrees(document, column)?;
        }
    }
    Ok(())
}

/// A column is put into a table of its own.
fn column_agrees(document: &Value, column: &Value) -> Result<(), TestCaseError> {
    let mut whole = document.clone();
    let Some(tables) = whole.get_mut("tables").and_then(Value::as_array_mut) else { return Ok(()) };
    let place = format!("tables[{}].columns[0]", tables.len());
    tables.push(json!({ "name": "the table of the column", "columns": [column] }));
    let Some(mut told) = told(&whole, &place) else { return Ok(()) };
    told.retain(|problem| problem.code != "unknown_column");
    prop_assert_eq!(Part::Column(column).check(Some(document)), told, "{} {}", column, document);
    Ok(())
}

proptest! {
    #[test]
    fn parts_of_valid_documents_are_told_the_same(document in testkit::document()) {
        agree(&document)?;
    }

    #[test]
    fn parts_of_broken_documents_are_told_the_same(document in testkit::mutated()) {
        agree(&document)?;
    }
}

#[test]
fn parts_of_every_case_are_told_the_same() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(path).unwrap();
            agree(&serde_json::from_str(&text).unwrap()).unwrap();
            cases += 1;
        }
    }
    assert!(cases >= 9, "the cases were not found");
}

/// Each of these says something in the part `order` only because of a table that `order` does not
/// refer to.
#[test]
fn what_is_far_away_still_matters() {
    let id = json!({ "name": "id", "type": "uuid", "primaryKey": true });
    let refers = |to: &str| {
        json!({ "name": "up", "type": "uuid", "notNull": true,
        "references": { "table": to, "onDelete": "cascade" } })
    };
    let order = json!({ "name": "order_", "columns": [id, refers("b")],
        "uniques": [{ "name": "far", "columns": ["up"] }],
        "indexes": [{ "columns": ["up"] }, { "columns": ["up", "id"] }] });
    let b = json!({ "name": "b", "columns": [id, refers("c")] });
    let c = json!({ "name": "c", "columns": [id, refers("order_")] });
    let named = |name: &str| json!({ "name": name, "columns": [id] });
    let with = |mut table: Value, key: &str, part: Value| {
        table[key] = json!([part]);
        table
    };
    let up = json!({ "name": "_up", "type": "uuid", "unique": true });
    let others = [
        // Deletions come back.
        json!([c, b]),
        // It differs in case only.
        json!([b, named("ORDER_")]),
        // It has an index of the same name.
        json!([with(named("x"), "indexes", json!({ "name": "far", "columns": ["id"] }))]),
        // Its index gets the name that ours would get.
        json!([{ "name": "order", "columns": [id, up], "indexes": [{ "columns": ["_up"] }] }]),
        // It gives that name.
        json!([with(named("y"), "uniques", json!({ "name": "order__up_idx", "columns": ["id"] }))]),
    ];
    for others in others {
        let mut tables = others.as_array().unwrap().clone();
        tables.push(order.clone());
        let document = json!({ "tables": tables, "relationships": [{
            "type": "manyToMany", "from": { "table": "b" }, "to": { "table": "c" }, "through": "order_" }] });
        agree(&document).unwrap();
        let alone = json!({ "tables": [order] });
        let place = format!("tables[{}]", tables.len() - 1);
        assert_ne!(told(&document, &place), told(&alone, "tables[0]"), "{others}");
    }
}
