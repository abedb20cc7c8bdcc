//! What goes out as SQL comes in as the same definition, ids aside.
#![cfg(feature = "sql-import")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod generator;

use definition::{Counting, Definition, Document};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

fn checked(document: &Value) -> Definition {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    checked.definition.unwrap_or_else(|| panic!("{:#?}\n{document:#}", checked.problems))
}

/// The canonical document without ids, which SQL does not carry.
fn without_ids(definition: &Definition) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                object.remove("id");
                object.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut value = definition.to_json();
    strip(&mut value);
    value
}

#[track_caller]
fn assert_round_trip(definition: &Definition) {
    let script = interchange::sql::export(definition);
    let imported = interchange::sql::import(&script);
    assert_eq!(imported.findings, [], "{script}");
    let again = checked(&imported.document);
    assert_eq!(
        serde_json::to_string_pretty(&without_ids(&again)).unwrap(),
        serde_json::to_string_pretty(&without_ids(definition)).unwrap(),
        "{script}"
    );
}

#[test]
fn every_accepted_case_of_the_format() {
    let mut seen = 0;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../definition/tests/cases");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("accepts_") {
            let document = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            assert_round_trip(&checked(&document));
            seen += 1;
        }
    }
    assert!(seen >= 5, "the cases were not found");
}

#[test]
fn json_out_and_in_is_the_same() {
    let document = serde_json::json!({ "tables": [{ "name": "t", "columns": [
        { "name": "id", "type": "int", "primaryKey": true }] }] });
    let definition = checked(&document);
    let imported = interchange::json::import(&interchange::json::export(&definition));
    assert_eq!(imported.findings, []);
    assert_eq!(checked(&imported.document), definition);
}

proptest! {
    #![proptest_config(Config { cases: 64, ..Config::default() })]

    #[test]
    fn generated_definitions(document in generator::document()) {
        assert_round_trip(&checked(&document));
    }

    #[test]
    fn any_text_is_survived(source in "[\\PC\n;'\"$/*\\\\-]{0,200}") {
        let imported = interchange::sql::import(&source);
        checked(&imported.document);
    }

    /// A script with a piece cut out of it is read, and what it gives is valid.
    #[test]
    fn any_torn_script_is_survived(from in 0_usize..9_000, length in 1_usize..400) {
        let source = include_str!("cases/pg_dump_18.sql");
        let from = from.min(source.len());
        let to = (from + length).min(source.len());
        let torn = format!("{}{}", &source[..from], &source[to..]);
        checked(&interchange::sql::import(&torn).document);
    }
}
