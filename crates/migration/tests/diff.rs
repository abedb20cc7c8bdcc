//! What a person is told about the difference between two documents, and that it is all of it.

use definition::{Counting, Definition, Document};
use migration::{apply, diff};
use serde_json::{Value, json};

fn checked(document: &Value, previous: Option<&Definition>) -> Definition {
    let checked = Document::parse(document).check(previous, &mut Counting::default());
    checked.definition.unwrap_or_else(|| panic!("{:#?}\n{document:#}", checked.problems))
}

/// The changes as sentences. Both ways round they lead to the other definition.
#[track_caller]
fn told(before: &Value, after: &Value) -> Vec<String> {
    let before = checked(before, None);
    let after = checked(after, Some(&before));
    let changes = diff(&before, &after);
    assert_eq!(apply(&before, &changes).to_json(), after.to_json());
    assert!(apply(&before, &changes) == after);
    assert!(apply(&after, &diff(&after, &before)) == before);
    assert!(diff(&after, &after).is_empty());
    changes.iter().map(migration::Change::summary).collect()
}

fn table(name: &str, columns: &Value) -> Value {
    json!({ "name": name, "columns": columns })
}

fn tables(tables: &[Value]) -> Value {
    json!({ "tables": tables })
}

fn key() -> Value {
    json!({ "name": "id", "type": "int", "primaryKey": true })
}

#[test]
fn nothing_differs() {
    let document = tables(&[table("people", &json!([key()]))]);
    assert_eq!(told(&document, &document), Vec::<String>::new());
}

#[test]
fn a_table_comes_with_all_that_is_on_it() {
    let document = tables(&[
        json!({ "name": "people", "columns": [key(), { "name": "email", "type": "text", "unique": true, "check": "email <> ''" }], "indexes": [{ "columns": ["email"] }] }),
    ]);
    assert_eq!(told(&json!({}), &document), ["Add the table `people`"]);
    assert_eq!(told(&document, &json!({})), ["Drop the table `people`"]);
}

#[test]
fn renames_come_first_and_the_rest_says_the_new_names() {
    let before = tables(&[table("people", &json!([key(), { "name": "mail", "type": "text" }]))]);
    let after = tables(&[json!({ "name": "persons", "renamedFrom": "people", "columns": [key(),
        { "name": "email", "renamedFrom": "mail", "type": "text", "unique": true }] })]);
    assert_eq!(
        told(&before, &after),
        [
            "Rename the table `people` to `persons`",
            "Rename `mail` of `persons` to `email`",
            "Rename the index `people_pkey` of `persons` to `persons_pkey`",
            "Make `email` unique in `persons`",
        ]
    );
}

#[test]
fn each_side_of_a_column_is_a_change() {
    let column = |rest: Value| {
        let mut column = json!({ "name": "n", "type": "text" });
        column.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        tables(&[table("t", &json!([key(), column]))])
    };
    let after =
        json!({ "type": "int", "notNull": true, "default": "7", "description": "How many" });
    assert_eq!(
        told(&column(json!({})), &column(after)),
        [
            "Change `n` of `t` from `text` to `integer`",
            "Require `n` of `t`",
            "Set the default of `n` of `t` to `7`",
            "Describe `n` of `t`",
        ]
    );
    let (one, other) = (json!({ "collation": "C" }), json!({ "generated": "id::text" }));
    assert_eq!(
        told(&column(one), &column(other)),
        ["Compare `n` of `t` as the database does", "Compute `n` of `t` as `id::text`",]
    );
    let identity = json!({ "type": "int", "notNull": true, "identity": "always" });
    assert_eq!(
        told(&column(json!({})), &column(identity)),
        [
            "Change `n` of `t` from `text` to `integer`",
            "Require `n` of `t`",
            "Number `n` of `t` (always)",
        ]
    );
}

#[test]
fn values_of_enums_are_told_by_name() {
    let mood = |values: Value| json!({ "enums": [{ "name": "mood", "values": values }] });
    let before = mood(json!(["sad", "fine"]));
    assert_eq!(told(&before, &mood(json!(["sad", "fine", "glad"]))), ["Add `glad` to `mood`"]);
    assert_eq!(
        told(&before, &mood(json!(["fine", "sad"]))),
        ["Put the values of `mood` in another order"]
    );
    assert_eq!(
        told(&before, &mood(json!([{ "name": "low", "renamedFrom": "sad" }, "glad"]))),
        ["Rename the value `sad` of `mood` to `low`", "Add `glad` to `mood` and remove `fine`",]
    );
}

#[test]
fn what_has_no_id_goes_and_comes_when_it_changes() {
    let one = |rest: Value| {
        let mut table = table("t", &json!([key(), { "name": "n", "type": "int" }]));
        table.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        tables(&[table])
    };
    let check =
        |name: &str, text: &str| one(json!({ "checks": [{ "name": name, "expression": text }] }));
    assert_eq!(
        told(&check("c", "n > 0"), &check("c", "n > 1")),
        ["Drop the check `c` of `t`", "Check `n > 1` in `t`",]
    );
    // PostgreSQL keeps an index by any name, and a check is no index.
    let index = |name: &str| one(json!({ "indexes": [{ "name": name, "columns": ["n"] }] }));
    assert_eq!(told(&index("a"), &index("b")), ["Rename the index `a` of `t` to `b`"]);
    assert_eq!(
        told(&check("c", "n > 0"), &check("d", "n > 0")),
        ["Drop the check `c` of `t`", "Check `n > 0` in `t`",]
    );
    let plain = tables(&[table(
        "t",
        &json!([{ "name": "id", "type": "int", "notNull": true }, { "name": "n", "type": "int", "notNull": true }]),
    )]);
    let mut both = plain.clone();
    both["tables"][0]["primaryKey"] = json!(["id", "n"]);
    assert_eq!(told(&plain, &both), ["Make `id` and `n` the primary key of `t`"]);
    assert_eq!(told(&both, &plain), ["Drop the primary key of `t`"]);
}

#[test]
fn a_relationship_is_told_unless_it_goes_with_both_its_tables() {
    let people = || table("people", &json!([key()]));
    let orders = |references: Value| {
        table(
            "orders",
            &json!([key(), { "name": "person", "type": "int", "references": references }]),
        )
    };
    let plain =
        tables(&[people(), table("orders", &json!([key(), { "name": "person", "type": "int" }]))]);
    let related = tables(&[people(), orders(json!({ "table": "people" }))]);
    assert_eq!(
        told(&plain, &related),
        [
            "Add the index `orders_person_idx` to `orders`",
            "Relate `orders` to `people` by `person`",
        ]
    );
    assert_eq!(told(&related, &json!({})), ["Drop the table `people`", "Drop the table `orders`"]);
    assert_eq!(
        told(&related, &tables(&[people()])),
        [
            "Drop the table `orders`",
            "Drop the relationship `orders_person_fkey` of `orders` to `people`",
        ]
    );
}

#[test]
fn an_order_is_told_only_when_nothing_else_tells_it() {
    let ordered = |names: &[&str]| {
        let columns: Vec<Value> =
            names.iter().map(|name| json!({ "name": name, "type": "int" })).collect();
        tables(&[table("t", &json!(columns))])
    };
    assert_eq!(
        told(&ordered(&["a", "b"]), &ordered(&["a", "b", "c"])),
        ["Add `c` (integer) to `t`"]
    );
    assert_eq!(told(&ordered(&["a", "b"]), &ordered(&["b"])), ["Drop `a` of `t`"]);
    assert_eq!(
        told(&ordered(&["a", "b"]), &ordered(&["b", "a"])),
        ["List the columns of `t` in another order"]
    );
    assert_eq!(
        told(&ordered(&["a", "b"]), &ordered(&["c", "a", "b"])),
        ["Add `c` (integer) to `t`", "List the columns of `t` in another order",]
    );
}

/// The second `n` is another column than the first, and so is what checks it.
#[test]
fn a_thing_that_is_replaced_by_another_one_of_its_name_makes_room() {
    let with = |id: &str| {
        tables(&[
            json!({ "id": "t", "name": "t", "columns": [{ "id": id, "name": "n", "type": "int", "check": "n > 0" }] }),
        ])
    };
    assert_eq!(
        told(&with("x"), &with("y")),
        [
            "Rename `n` of `t` to `n_old`",
            "Drop `n_old` of `t`",
            "Drop the check `t_n_check` of `t`",
            "Add `n` (integer) to `t`",
            "Check `n > 0` in `t`",
        ]
    );
}
