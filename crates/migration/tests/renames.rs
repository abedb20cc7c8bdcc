//! What is called otherwise is found by ids, and said of everything that mentions it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use definition::{Counting, Definition, Document, Name};
use migration::{Renames, renamed};
use serde_json::{Value, json};

fn checked(document: &Value) -> Definition {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    checked.definition.unwrap_or_else(|| panic!("{:#?}\n{document:#}", checked.problems))
}

fn name(name: &str) -> Name {
    Name::new(name).unwrap()
}

/// People and their orders, with all that can mention a name.
fn shop() -> Value {
    json!({
        "enums": [{ "id": "e1", "name": "state", "values": [
            { "id": "v1", "name": "open" }, { "id": "v2", "name": "done" }] }],
        "tables": [
            { "id": "t1", "name": "people", "columns": [
                { "id": "p1", "name": "id", "type": "int", "primaryKey": true },
                { "id": "p2", "name": "touched", "type": "timestamptz" },
            ], "trackUpdates": "touched" },
            { "id": "t2", "name": "orders", "columns": [
                { "id": "o1", "name": "id", "type": "int", "primaryKey": true },
                { "id": "o2", "name": "person", "type": "int" },
                { "id": "o3", "name": "state", "type": "state[]", "default": "'{}'::state[]" },
                { "id": "o4", "name": "net", "type": "int" },
                { "id": "o5", "name": "tax", "type": "int", "generated": "net / 5" },
            ],
              "uniques": [{ "name": "once", "columns": ["person", "net"] }],
              "checks": [{ "name": "sane", "expression": "tax > net OR state = '{}'::state[]" }],
              "indexes": [{ "name": "quick", "columns": ["person", { "expression": "net + tax" }],
                            "where": "net > 0", "include": ["tax"] }],
            },
        ],
        "relationships": [
            { "name": "who", "from": { "table": "orders", "columns": ["person"] },
              "to": { "table": "people", "columns": ["id"] } },
            { "name": "pals", "type": "manyToMany", "from": { "table": "people" },
              "to": { "table": "people" }, "through": "friends" },
        ],
    })
}

/// The canonical document with words exchanged in its text, except in the names of foreign keys,
/// which are not renamed.
fn with(definition: &Definition, words: &[(&str, &str)]) -> Value {
    let mut document = definition.to_json();
    let mut text = document.to_string();
    for (from, to) in words {
        assert!(text.contains(from), "{from} is not in {text}");
        text = text.replace(from, to);
    }
    let mut changed: Value = serde_json::from_str(&text).unwrap();
    let former = document["relationships"].as_array_mut().unwrap().iter_mut();
    let relationships = changed["relationships"].as_array_mut().unwrap().iter_mut();
    relationships.zip(former).for_each(|(after, before)| after["name"] = before["name"].take());
    changed
}

#[track_caller]
fn assert_same(left: &Definition, right: &Definition) {
    let text = |of: &Definition| serde_json::to_string_pretty(&of.to_json()).unwrap();
    similar(&text(left), &text(right));
    assert!(left == right, "equal documents of different definitions");
}

#[track_caller]
fn similar(left: &str, right: &str) {
    let first = left.lines().zip(right.lines()).find(|(left, right)| left != right);
    assert_eq!(first, None);
}

#[test]
fn a_new_name_is_told_to_everything_that_mentions_it() {
    let before = checked(&shop());
    let document = with(
        &before,
        &[
            ("people", "persons"),
            ("\"person\"", "\"customer\""),
            ("net", "\\\"Net price\\\""),
            ("\"\\\"Net price\\\"\"", "\"Net price\""),
            ("tax", "vat"),
            ("\"touched\"", "\"changed\""),
            ("state", "progress"),
        ],
    );
    let after = checked(&document);
    assert_ne!(before, after);
    assert_same(&renamed(&before, &after), &after);
    assert_same(&renamed(&after, &before), &before);
    let renames = Renames::between(&before, &after);
    assert_eq!(renames.inverse(), Renames::between(&after, &before));
    assert_same(&renames.inverse().definition(&after), &before);
    assert_eq!(renames.column_name(&name("orders"), &name("net")), &name("Net price"));
    assert_eq!(renames.table_name(&name("people")), &name("persons"));
    assert_eq!(renames.index_name(&name("people"), &name("people_pkey")), &name("persons_pkey"));
}

#[test]
fn names_can_be_swapped_and_go_round() {
    let before = checked(&shop());
    let document = with(
        &before,
        &[
            ("net", "n3t"),
            ("tax", "net"),
            ("n3t", "tax"),
            ("people", "p3ople"),
            ("orders", "people"),
            ("friends", "orders"),
            ("p3ople", "friends"),
        ],
    );
    let after = checked(&document);
    assert_same(&renamed(&before, &after), &after);
    assert_same(&Renames::between(&before, &after).inverse().definition(&after), &before);
}

#[test]
fn nothing_new_is_no_rename() {
    let before = checked(&shop());
    assert!(Renames::between(&before, &before).is_empty());
    assert_same(&renamed(&before, &Definition::default()), &before);
}

/// `tax` goes, and `net` is called so from now on: what read `tax` must not read the new one.
#[test]
fn what_goes_makes_room_for_what_takes_its_name() {
    let before = json!({ "tables": [{ "id": "t", "name": "t", "columns": [
        { "id": "a", "name": "net", "type": "int" }, { "id": "b", "name": "tax", "type": "int" }],
        "checks": [{ "name": "sane", "expression": "tax > net" }] }] });
    let after = json!({ "tables": [{ "id": "t", "name": "t", "columns": [
        { "id": "a", "name": "tax", "type": "int" }],
        "checks": [{ "name": "sane", "expression": "tax > tax" }] }] });
    let moved = renamed(&checked(&before), &checked(&after));
    assert_eq!(moved.tables[0].columns[1].name, name("tax_old"));
    assert_eq!(moved.tables[0].checks[0].expression.to_string(), "tax_old > tax");
}

/// PostgreSQL keeps constants of an enum by value, so they are called otherwise by themselves.
#[test]
fn values_of_enums_are_renamed_in_expressions_where_they_are_meant() {
    let document = |open: &str, done: &str| {
        json!({
            "enums": [{ "id": "e", "name": "state", "values": [
                { "id": "a", "name": open }, { "id": "b", "name": done }] }],
            "tables": [{ "id": "t", "name": "t", "columns": [
                { "id": "s", "name": "state", "type": "state", "default": format!("'{open}'") },
                { "id": "l", "name": "list", "type": "state[]", "default": format!("'{{{done},{open}}}'") },
                { "id": "n", "name": "note", "type": "text", "default": "'open'" },
                { "id": "g", "name": "closed", "type": "bool", "generated": format!("state = '{done}'") },
            ],
              "checks": [{ "name": "c", "expression": format!("state = '{open}' OR note = 'open'") }],
              "indexes": [{ "name": "i", "columns": ["note"], "where": format!("state <> '{done}'") }],
            }],
        })
    };
    let [before, after, swapped] = [("open", "done"), ("waiting", "done"), ("done", "open")]
        .map(|(a, b)| checked(&document(a, b)));
    assert_same(&renamed(&before, &after), &after);
    assert_same(&renamed(&before, &swapped), &swapped);
    let back = Renames::between(&before, &swapped).inverse();
    assert_eq!(back, Renames::between(&swapped, &before));
    assert_same(&back.definition(&swapped), &before);
}
