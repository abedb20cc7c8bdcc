//! Hostile names: each is refused with the code that is said for it, or accepted.
//!
//! A line of `attacks/names.txt` is a code or `accepted`, a place and a name.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod attacks {
    pub(crate) mod lines;
    pub(crate) mod names;
}

use attacks::lines::lines;
use attacks::names::{document, places};
use definition::{Counting, Definition, Document, Problem, Problems, Severity, schema_name};
use serde_json::{Value, json};

fn check(document: &Value, previous: Option<&Definition>) -> Vec<Problem> {
    Document::parse(document).check(previous, &mut Counting::default()).problems
}

/// What is found about a name in a place.
fn found(place: &str, name: &str) -> Vec<Problem> {
    let id = json!({ "name": "id", "type": "int", "primaryKey": true });
    let with = |key: &str, value: Value| json!({ "tables": [{ "name": "t", "columns": [id], key: value }] });
    match place {
        "schema" => {
            let mut problems = Problems::new();
            schema_name::check(name, &mut problems);
            problems.into_vec()
        }
        "collation" => check(
            &json!({ "tables": [{ "name": "t", "columns": [id, { "name": "a", "type": "text", "collation": name }] }] }),
            None,
        ),
        "index collation" | "class" => {
            let key = if place == "class" { "operatorClass" } else { "collation" };
            let keys = json!([{ "column": "a", key: name }]);
            check(
                &json!({ "tables": [{ "name": "t", "columns": [id, { "name": "a", "type": "text" }], "indexes": [{ "columns": keys }] }] }),
                None,
            )
        }
        _ if place.ends_with(" id") || place.ends_with(" renamed") => identified(place, name),
        "tables" | "columns" | "enums" | "values" | "indexes" | "checks" => {
            let (first, second) = name.split_once(" / ").unwrap();
            let column = |name: &str| json!({ "name": name, "type": "int" });
            check(
                &match place {
                    "tables" => {
                        json!({ "tables": [{ "name": first, "columns": [id] }, { "name": second, "columns": [id] }] })
                    }
                    "columns" => {
                        json!({ "tables": [{ "name": "t", "columns": [id, column(first), column(second)] }] })
                    }
                    "enums" => {
                        json!({ "enums": [{ "name": first, "values": ["a"] }, { "name": second, "values": ["a"] }] })
                    }
                    "values" => json!({ "enums": [{ "name": "e", "values": [first, second] }] }),
                    "indexes" => with(
                        "indexes",
                        json!([{ "name": first, "columns": ["id"] }, { "name": second, "columns": ["id"] }]),
                    ),
                    _ => with(
                        "checks",
                        json!([{ "name": first, "expression": "id > 1" }, { "name": second, "expression": "id > 2" }]),
                    ),
                },
                None,
            )
        }
        _ => check(&document(place, name), None),
    }
}

/// A name as an id, or as what something was called in the version before.
fn identified(place: &str, name: &str) -> Vec<Problem> {
    let document = |place: &str, key: &str, name: &str| {
        let named = |what: &str, called: &str| {
            let mut thing = json!({ "name": called });
            if what == place {
                thing[key] = name.into();
            }
            thing
        };
        let (mut table, mut column, mut kind) =
            (named("table", "t"), named("column", "id"), named("enum", "e"));
        column["type"] = "int".into();
        column["primaryKey"] = true.into();
        table["columns"] = json!([column]);
        kind["values"] = json!([named("value", "v")]);
        json!({ "enums": [kind], "tables": [table] })
    };
    let (what, how) = place.split_once(' ').unwrap();
    if how == "id" {
        return check(&document(what, "id", name), None);
    }
    // The thing is new, so what it was called must be known.
    let mut before = document("", "", "");
    match what {
        "table" => before["tables"][0]["name"] = "before".into(),
        "column" => before["tables"][0]["columns"][0]["name"] = "before".into(),
        "enum" => before["enums"][0]["name"] = "before".into(),
        _ => before["enums"][0]["values"][0] = "before".into(),
    }
    let before = Document::parse(&before).check(None, &mut Counting::default()).definition.unwrap();
    check(&document(what, "renamedFrom", name), Some(&before))
}

#[test]
fn each_name_is_accepted_or_refused_with_its_code() {
    let lines = lines(include_str!("attacks/names.txt"));
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (code, place, name) in &lines {
        for place in places(place) {
            let problems = found(place, name);
            let first = problems.iter().find(|problem| problem.severity == Severity::Error);
            let answer = first.map_or("accepted", |problem| problem.code);
            tried += 1;
            if answer != *code {
                wrong.push(format!("{answer}\t{place}\t{name:?}\t{first:?}"));
            }
        }
    }
    println!("{} names, {tried} times", lines.len());
    assert!(wrong.is_empty(), "{} names answer otherwise:\n{}", wrong.len(), wrong.join("\n"));
}
