//! What keeps its identity from one version to the next.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use definition::{Checked, Counting, Definition, Document};
use serde_json::{Value, json};

fn check(document: &Value, previous: Option<&Definition>) -> Checked {
    Document::parse(document).check(previous, &mut Counting::default())
}

fn valid(document: &Value, previous: Option<&Definition>) -> Definition {
    let checked = check(document, previous);
    checked.definition.unwrap_or_else(|| panic!("{:#?}", checked.problems))
}

fn found(document: &Value, previous: &Definition) -> Vec<String> {
    let problems = check(document, Some(previous)).problems;
    let told = |problem: &definition::Problem| format!("{} at {}", problem.code, problem.path);
    let is_error = |problem: &&definition::Problem| problem.severity == definition::Severity::Error;
    problems.iter().filter(is_error).map(told).collect()
}

/// A table with a key, and further keys of its object.
fn table(name: &str, more: &Value) -> Value {
    let mut table =
        json!({ "name": name, "columns": [{ "name": "id", "type": "int", "primaryKey": true }] });
    let object = table.as_object_mut().unwrap();
    object.extend(more.as_object().unwrap().clone());
    table
}

/// Names by id: tables, columns, enums, values.
fn names(definition: &Definition) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for table in &definition.tables {
        names.push((table.id.as_str().to_owned(), table.name.to_string()));
        for column in &table.columns {
            names.push((
                column.id.as_str().to_owned(),
                format!("{}.{}", table.id.as_str(), column.name),
            ));
        }
    }
    for item in &definition.enums {
        names.push((item.id.as_str().to_owned(), item.name.to_string()));
        for value in &item.values {
            names.push((
                value.id.as_str().to_owned(),
                format!("{}.{}", item.id.as_str(), value.name),
            ));
        }
    }
    names.sort();
    names
}

fn before() -> Definition {
    let document = json!({
        "enums": [{ "name": "mood", "values": ["sad", "glad"] }, { "name": "state", "values": ["on"] }],
        "tables": [
            { "name": "a", "columns": [{ "name": "x", "type": "int" }, { "name": "y", "type": "mood" }] },
            { "name": "b", "columns": [{ "name": "x", "type": "int" }] } ]
    });
    valid(&document, None)
}

#[test]
fn an_unchanged_document_changes_nothing() {
    let before = before();
    assert_eq!(valid(&before.to_json(), Some(&before)), before);
    assert_eq!(valid(&before.to_json(), None), before);
}

#[test]
fn names_alone_keep_their_ids_in_any_order() {
    let before = before();
    let document = json!({
        "enums": [{ "name": "state", "values": ["on"] }, { "name": "mood", "values": ["glad", "new", "sad"] }],
        "tables": [
            { "name": "c", "columns": [{ "name": "x", "type": "int" }] },
            { "name": "b", "columns": [{ "name": "w", "type": "int" }, { "name": "x", "type": "int" }] },
            { "name": "a", "columns": [{ "name": "y", "type": "mood" }, { "name": "x", "type": "int" }] } ]
    });
    let after = names(&valid(&document, Some(&before)));
    let lost: Vec<_> = names(&before).into_iter().filter(|name| !after.contains(name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let ids: std::collections::BTreeSet<_> = after.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), after.len(), "an id was given twice");
}

/// The same swaps, said by `renamedFrom` and by ids.
#[test]
fn two_names_are_swapped_in_one_change() {
    let before = before();
    let by_name = json!({
        "enums": [
            { "name": "state", "renamedFrom": "mood", "values": [{ "name": "glad", "renamedFrom": "sad" }, { "name": "sad", "renamedFrom": "glad" }] },
            { "name": "mood", "renamedFrom": "state", "values": ["on"] } ],
        "tables": [
            { "name": "b", "renamedFrom": "a", "columns": [
                { "name": "y", "renamedFrom": "x", "type": "int" },
                { "name": "x", "renamedFrom": "y", "type": "state" } ] },
            { "name": "a", "renamedFrom": "b", "columns": [{ "name": "x", "type": "int" }] } ]
    });
    let swapped = valid(&by_name, Some(&before));
    let [a, b] = &before.tables[..] else { panic!("two tables") };
    assert_eq!((&swapped.tables[0].id, swapped.tables[0].name.as_str()), (&a.id, "b"));
    assert_eq!((&swapped.tables[1].id, swapped.tables[1].name.as_str()), (&b.id, "a"));
    assert_eq!(swapped.tables[0].columns[0].id, a.columns[0].id);
    assert_eq!(swapped.tables[0].columns[1].id, a.columns[1].id);
    assert_eq!(swapped.tables[1].columns[0].id, b.columns[0].id);
    assert_eq!(swapped.enums[0].id, before.enums[0].id);
    assert_eq!(swapped.enums[0].values[0].id, before.enums[0].values[0].id);
    assert_eq!(swapped.enums[0].values[1].id, before.enums[0].values[1].id);
    // What the server answers says it by ids.
    assert_eq!(valid(&swapped.to_json(), Some(&before)), swapped);
}

#[test]
fn a_thing_that_takes_a_freed_name_is_a_new_one() {
    let before = valid(&json!({ "tables": [table("a", &json!({}))] }), None);
    let id = before.tables[0].id.as_str();
    for document in [
        json!({ "tables": [table("a", &json!({})), table("z", &json!({ "id": id }))] }),
        json!({ "tables": [table("z", &json!({ "id": id })), table("a", &json!({}))] }),
    ] {
        let after = valid(&document, Some(&before));
        let renamed = after.table("z").unwrap();
        assert_eq!(renamed.id.as_str(), id);
        assert_ne!(after.table("a").unwrap().id, renamed.id);
    }
}

#[test]
fn a_rename_that_is_done_may_stay_in_the_document() {
    let before = valid(&json!({ "tables": [table("a", &json!({}))] }), None);
    let document = json!({ "tables": [table("b", &json!({ "renamedFrom": "a" }))] });
    let after = valid(&document, Some(&before));
    assert_eq!(after.tables[0].id, before.tables[0].id);
    assert_eq!(valid(&document, Some(&after)), after);
    assert_eq!(found(&document, &after), Vec::<String>::new());
}

#[test]
fn renames_that_contradict_each_other_are_found() {
    let two = json!({ "tables": [table("a", &json!({})), table("b", &json!({}))] });
    let before = valid(&two, None);
    let id = before.tables[0].id.as_str();
    let renamed = |name: &str, from: &str| table(name, &json!({ "renamedFrom": from }));
    let cases = [
        (vec![renamed("c", "x")], "unknown_rename at tables[0].renamedFrom"),
        (
            vec![renamed("c", "a"), table("a", &json!({}))],
            "rename_conflict at tables[0].renamedFrom",
        ),
        (
            vec![table("a", &json!({})), renamed("c", "a")],
            "rename_conflict at tables[1].renamedFrom",
        ),
        (
            vec![table("z", &json!({ "id": id })), renamed("c", "a")],
            "rename_conflict at tables[1].renamedFrom",
        ),
    ];
    for (tables, problem) in cases {
        assert_eq!(found(&json!({ "tables": tables }), &before), [problem]);
    }
    let twice = json!({ "tables": [renamed("c", "a"), renamed("d", "a")] });
    assert_eq!(found(&twice, &before).len(), 2);
    let column = json!({ "tables": [{ "name": "a", "columns": [{ "id": id, "name": "id", "type": "int", "primaryKey": true }] }] });
    assert_eq!(found(&column, &before), ["moved_id at tables[0].columns[0].id"]);
}
