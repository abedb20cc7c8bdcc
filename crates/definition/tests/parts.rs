//! One table, column or relationship checked alone.

use definition::{Part, Problem};
use serde_json::{Value, json};

fn found(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.code, problem.path.as_str())).collect()
}

fn shop() -> Value {
    json!({
        "enums": [{ "name": "mood", "values": ["glad"] }],
        "tables": [
            { "name": "customers", "columns": [{ "name": "id", "type": "uuid", "primaryKey": true }] },
            { "name": "orders", "columns": [
                { "name": "id", "type": "uuid", "primaryKey": true },
                { "name": "customer_id", "type": "uuid" },
                { "name": "broken", "type": "nonsense" } ] }
        ],
        "relationships": [{ "name": "of", "from": { "table": "orders", "columns": ["customer_id"] }, "to": { "table": "customers" } }]
    })
}

#[test]
fn a_table_alone_is_not_blamed_for_what_surrounds_it() {
    let table = json!({ "name": "orders", "columns": [
        { "name": "id", "type": "uuid", "primaryKey": true },
        { "name": "customer_id", "type": "uuid", "references": { "table": "customers" } },
        { "name": "total", "type": "numric", "default": "now(" } ] });
    assert_eq!(
        found(&Part::Table(&table).check(None)),
        [("unknown_type", "columns[2].type"), ("expression_syntax", "columns[2].default")]
    );
    assert_eq!(found(&Part::Table(&json!(7)).check(None)), [("wrong_type", "")]);
}

#[test]
fn a_table_with_its_definition_replaces_the_one_of_its_name() {
    let table = |kind: &str| {
        json!({ "name": "orders", "columns": [
            { "name": "id", "type": "uuid", "primaryKey": true },
            { "name": "mood", "type": "mood" },
            { "name": "customer_id", "type": kind, "references": { "table": "customers" } } ] })
    };
    assert_eq!(found(&Part::Table(&table("uuid")).check(Some(&shop()))), []);
    assert_eq!(
        found(&Part::Table(&table("int")).check(Some(&shop()))),
        [("type_mismatch", "columns[2].references")]
    );
    let lost = json!({ "name": "new", "columns": [
        { "name": "id", "type": "uuid", "primaryKey": true, "references": { "table": "custmers" } } ] });
    assert_eq!(
        found(&Part::Table(&lost).check(Some(&shop()))),
        [("unknown_table", "columns[0].references.table")]
    );
}

#[test]
fn a_column_alone_may_read_its_neighbours() {
    let good = json!({ "name": "total", "type": "int", "check": "total > price" });
    assert_eq!(found(&Part::Column(&good).check(None)), []);
    let bad = json!({ "name": "xmin", "type": "varchr(9)", "colation": "C" });
    assert_eq!(
        found(&Part::Column(&bad).check(None)),
        [("unknown_key", "colation"), ("reserved_name", "name"), ("unknown_type", "type")]
    );
    let mood = json!({ "name": "mood", "type": "mood" });
    assert_eq!(found(&Part::Column(&mood).check(Some(&shop()))), []);
}

#[test]
fn a_relationship_is_checked_against_its_definition() {
    let to = |table: &str, columns: &[&str]| json!({ "name": "of", "from": { "table": "orders", "columns": columns }, "to": { "table": table } });
    let check = |part: Value| {
        let problems = Part::Relationship(&part).check(Some(&shop()));
        found(&problems).iter().map(|(code, path)| format!("{code} at {path}")).collect::<Vec<_>>()
    };
    assert_eq!(check(to("customers", &["customer_id"])), Vec::<String>::new());
    assert_eq!(check(to("custmers", &["customer_id"])), ["unknown_table at to.table"]);
    assert_eq!(check(to("customers", &["customr_id"])), ["unknown_column at from.columns[0]"]);
    assert_eq!(
        check(json!({ "from": { "table": "orders" } })),
        ["missing_key at to", "empty_key at from.columns"]
    );
}
