//! What is accepted can be kept: the canonical document, which is longer than what was sent, is read
//! again and gives the same definition. Everything that shorthands add counts against the limits.

use definition::column_type::ColumnType;
use definition::expression::{Context, MAX_EXPRESSION_BYTES, MAX_NODES, Place};
use definition::shape::{MAX_COLUMNS, MAX_KEY_COLUMNS, MAX_PARTS, MAX_TABLES};
use definition::{Checked, Counting, Document, Expression, Severity};
use serde_json::{Value, json};

fn check(document: &Value) -> Checked {
    Document::parse(document).check(None, &mut Counting::default())
}

/// The errors of a document, with their places. When there are none, what is kept reads back.
fn errors(document: &Value) -> Vec<(&'static str, String)> {
    let checked = check(document);
    if let Some(definition) = checked.definition {
        let again = check(&definition.to_json());
        assert_eq!(again.definition, Some(definition), "{:#?}", again.problems);
        return Vec::new();
    }
    let errors = checked.problems.into_iter().filter(|one| one.severity == Severity::Error);
    errors.map(|problem| (problem.code, problem.path)).collect()
}

/// A document that is just small enough, and one that is too large by one entry.
#[track_caller]
fn assert_limit(document: impl Fn(usize) -> Value, most: usize, path: &str) {
    assert_eq!(errors(&document(most)), []);
    assert_eq!(errors(&document(most + 1)), [("too_many", path.to_owned())]);
}

fn key() -> Value {
    json!({ "name": "id", "type": "int", "primaryKey": true })
}

fn columns(count: usize, more: impl Fn(usize) -> Value) -> Vec<Value> {
    let column = |number: usize| {
        let mut column = json!({ "name": format!("c{number}"), "type": "int" });
        let object = column.as_object_mut().expect("it is an object");
        object.extend(more(number).as_object().expect("it is an object").clone());
        column
    };
    std::iter::once(key()).chain((1..count).map(column)).collect()
}

#[test]
fn junction_tables_are_tables() {
    let document = |tables: usize| {
        let list: Vec<Value> = (0..tables - 3)
            .map(|n| json!({ "name": format!("t{n}"), "columns": [key()] }))
            .collect();
        let many: Vec<Value> = (1..4).map(|n| json!({ "type": "manyToMany", "from": { "table": "t0" }, "to": { "table": format!("t{n}") } })).collect();
        json!({ "tables": list, "relationships": many })
    };
    assert_limit(document, MAX_TABLES, "tables");
}

#[test]
fn junction_columns_are_columns() {
    let document = |count: usize| {
        json!({
            "tables": [
                { "name": "a", "columns": [key()] },
                { "name": "through", "columns": columns(count - 2, |_| json!({})) } ],
            "relationships": [{ "type": "manyToMany", "from": { "table": "a" }, "to": { "table": "a" }, "through": "through" }],
        })
    };
    assert_limit(document, MAX_COLUMNS, "tables[1].columns");
}

#[test]
fn keys_of_junctions_are_keys() {
    let document = |count: usize| {
        let names =
            |from: usize, to: usize| (from..to).map(|n| format!("k{n}")).collect::<Vec<_>>();
        let side = |name: &str, count: usize| {
            let columns: Vec<Value> =
                names(0, count).iter().map(|name| json!({ "name": name, "type": "int" })).collect();
            json!({ "name": name, "columns": columns, "primaryKey": names(0, count) })
        };
        json!({
            "tables": [side("a", 16), side("b", count - 16)],
            "relationships": [{ "type": "manyToMany", "from": { "table": "a" }, "to": { "table": "b" }, "through": "ab" }],
        })
    };
    assert_limit(document, MAX_KEY_COLUMNS, "relationships[0].through.primaryKey");
}

#[test]
fn references_are_relationships() {
    let document = |count: usize| {
        let referring =
            |count: usize| columns(count + 1, |_| json!({ "references": { "table": "t0" } }));
        let tables = (0..=count / 900).map(|n| {
            let here = if n < count / 900 { 900 } else { count % 900 };
            json!({ "name": format!("t{n}"), "columns": referring(here) })
        });
        json!({ "tables": tables.collect::<Vec<_>>() })
    };
    assert_limit(document, MAX_PARTS, "relationships");
}

#[test]
fn many_to_many_counts_three_times() {
    let document = |count: usize| {
        let tables: Vec<Value> =
            (0..1_000).map(|n| json!({ "name": format!("t{n}"), "columns": [key()] })).collect();
        let from = |n: usize| json!({ "table": format!("t{n}") });
        let mut list: Vec<Value> = (0..100)
            .map(|n| json!({ "type": "manyToMany", "from": from(n), "to": from(n + 1) }))
            .collect();
        list.extend((0..count - 300).map(|n| {
            json!({ "name": format!("r{n}"), "from": { "table": format!("t{}", n % 1_000), "columns": ["id"] }, "to": from(n / 1_000) })
        }));
        json!({ "tables": tables, "relationships": list })
    };
    assert_limit(document, MAX_PARTS, "relationships");
}

#[test]
fn checks_uniques_and_indexes_of_columns_are_those_of_the_table() {
    let named = |count: usize, more: Value| -> Vec<Value> {
        let one = |n: usize| {
            let mut one = more.clone();
            one["name"] = format!("n{n}").into();
            one
        };
        (0..count).map(one).collect()
    };
    let table = |columns: Vec<Value>, key: &str, parts: Vec<Value>| json!({ "tables": [{ "name": "t", "columns": columns, key: parts }] });
    let checks = |count: usize| {
        table(
            columns(11, |_| json!({ "check": "id > 0" })),
            "checks",
            named(count - 10, json!({ "expression": "id > 0" })),
        )
    };
    assert_limit(checks, MAX_PARTS, "tables[0].checks");
    let uniques = |count: usize| {
        table(
            columns(11, |_| json!({ "unique": true })),
            "uniques",
            named(count - 10, json!({ "columns": ["id", "c1"] })),
        )
    };
    assert_limit(uniques, MAX_PARTS, "tables[0].uniques");
    let indexes = |count: usize| {
        table(
            columns(11, |_| json!({ "references": { "table": "t" } })),
            "indexes",
            named(count - 10, json!({ "columns": ["id"] })),
        )
    };
    assert_limit(indexes, MAX_PARTS, "tables[0].indexes");
}

/// Reads an expression and, when it is accepted, what is kept of it.
fn parse(text: &str) -> Result<String, &'static str> {
    let types = ["integer", "boolean", "text[]"]
        .map(|spelling| ColumnType::parse(spelling, &|_| false).expect("it is a type").column_type);
    let columns = [("a", Some(&types[0])), ("b", Some(&types[1])), ("t", Some(&types[2]))].into();
    let context =
        Context { place: Place::Check, columns, enums: [].into(), wanted: None, method: None };
    let found = Expression::parse(text, &context).map_err(|error| error.code)?;
    let kept = found.to_string();
    assert!(kept.len() <= MAX_EXPRESSION_BYTES, "{kept}");
    let again = Expression::parse(&kept, &context);
    assert_eq!(again.as_ref(), Ok(&found), "{text}\nis kept as\n{kept}");
    Ok(kept)
}

#[test]
fn expressions_grow_when_they_are_kept_and_still_fit() {
    let list = |item: &str, times: usize| ["a in(", &vec![item; times].join(","), ")"].concat();
    for item in [
        "1::float8",
        "1::int2",
        "1::dec",
        "-1",
        "a+1",
        "(a)",
        "1::int::int",
        "case a when 1 then 1 end",
        "nullif(1,1)",
        "t[1]::int",
    ] {
        let fits = |times: &usize| parse(&list(item, *times)).is_ok();
        let counts: Vec<usize> = (1..MAX_NODES).collect();
        let longest = counts.partition_point(fits);
        assert!(longest >= 50, "{item}: {longest}");
        let refusal = parse(&list(item, longest + 1));
        assert_eq!(refusal, Err("expression_too_long"), "{item} {longest} times");
    }
    let long = list("1", MAX_NODES);
    assert_eq!(parse(&long), Err("expression_too_long"));
}

#[test]
fn brackets_that_are_kept_count_as_depth() {
    for (open, inside, close) in [
        ("t[", "1", "]::int"),
        ("- a + ", "1", ""),
        ("a = 1 and not ", "b", ""),
        ("a - case when b then ", "1", " end"),
        ("a*(1+", "1", ")"),
        ("~ ", "1", ""),
        ("not b = ", "b", ""),
        ("", "1", " is null is null"),
    ] {
        let nested = |times: usize| {
            ["(", &open.repeat(times), inside, &close.repeat(times), ") is null"].concat()
        };
        let deepest = (1..250).take_while(|times| parse(&nested(*times)).is_ok()).count();
        assert!(deepest >= 8, "{open}{inside}{close}: {deepest}");
        let refusal = parse(&nested(deepest + 1));
        assert_eq!(refusal, Err("expression_too_deep"), "{open}{inside}{close} {deepest} times");
    }
}
