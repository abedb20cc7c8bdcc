//! A document read from its text is the document read from its tree.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use definition::{Checked, Counting, Document};
use serde_json::Value;

fn of_text(text: &str) -> Checked {
    Document::read(text).unwrap().check(None, &mut Counting::default())
}

fn of_tree(tree: &Value) -> Checked {
    Document::parse(tree).check(None, &mut Counting::default())
}

#[track_caller]
fn same(text: &str) {
    let (text, tree) = (of_text(text), of_tree(&serde_json::from_str(text).unwrap()));
    assert_eq!(text.definition, tree.definition);
    assert_eq!(text.problems, tree.problems);
}

#[test]
fn every_case_is_read_alike() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            same(&std::fs::read_to_string(path).unwrap());
            cases += 1;
        }
    }
    assert!(cases >= 9, "the cases were not found");
}

#[test]
fn what_does_not_fit_is_read_over() {
    for text in [
        "null",
        "7",
        r#""a text""#,
        "[[[1.5e3, -2, {}]]]",
        r#"{ "tables": { "deep": [[{ "x": [null, true] }]] }, "enums": 1e3, "other": "\u0041" }"#,
        r#"{ "tables": [null, 7, { "name": "t", "columns": [[], { "name": "a\tb" }] }] }"#,
        r#"{ "tables": [{ "name": "t", "primaryKey": { "columns": [1] }, "uniques": [[]] }] }"#,
        r#"{ "enums": [{ "name": "e", "values": ["\u00e4", 1, { "name": "b" }, []] }] }"#,
        r#"{ "tables": [{ "name": "a\u0000b", "columns": null }] }"#,
    ] {
        same(text);
    }
}

#[test]
fn lists_that_are_too_long_are_read_to_their_end() {
    let values = vec![r#""v""#; definition::shape::MAX_ENUM_VALUES + 3].join(",");
    let text = format!(r#"{{ "enums": [{{ "name": "e", "values": [{values}], "x": 1 }}] }}"#);
    same(&text);
    let codes: Vec<&str> = of_text(&text).problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["too_many", "unknown_key", "empty_enum"]);
}

#[test]
fn the_last_of_a_repeated_key_counts() {
    same(r#"{ "tables": [{ "name": "a", "columns": [] }], "tables": [], "tables": null }"#);
    same(r#"{ "tables": [{ "columns": [], "name": "a", "name": "b", "columns": [] }] }"#);
    same(r#"{ "tables": [{ "columns": [], "name": "a", "name": null }] }"#);
}

#[test]
fn what_is_no_json_is_refused_wherever_it_stands() {
    for text in [
        "",
        "{",
        "{} {}",
        r#"{ "tables": [}"#,
        r#"{ "unknown": [1e999] }"#,
        r#"{ "unknown": "\ud800" }"#,
        &format!(r#"{{ "unknown": {}1{} }}"#, "[".repeat(200), "]".repeat(200)),
    ] {
        let error = Document::read(text).unwrap_err();
        let known = serde_json::from_str::<Value>(text).unwrap_err();
        assert_eq!(error.to_string(), known.to_string(), "{text}");
    }
}
