//! The published JSON Schema takes and refuses what the parser takes and refuses.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use definition::{Counting, Document, json_schema, shape};
use jsonschema::Validator;
use serde_json::{Value, json};

/// The codes of what does not have the form of a document; all else is beyond a JSON Schema.
const OF_FORM: [&str; 7] = [
    "unknown_key",
    "wrong_type",
    "missing_key",
    "unknown_word",
    "too_many",
    "text_too_long",
    "nul_byte",
];

fn validator() -> Validator {
    let schema = json_schema();
    assert!(jsonschema::meta::is_valid(&schema), "it is no JSON Schema");
    jsonschema::draft202012::new(&schema).unwrap()
}

/// Compares the two on one document.
#[track_caller]
fn agree(validator: &Validator, document: &Value) {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    let of_form = checked.problems.iter().find(|problem| OF_FORM.contains(&problem.code));
    let accepted = validator.is_valid(document);
    assert_eq!(accepted, of_form.is_none(), "{of_form:?}\n{document:#}");
}

/// Every document of the case corpus.
fn corpus() -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let corpus: Vec<Value> = files.map(read).collect();
    assert!(corpus.len() >= 9, "the corpus was not found");
    corpus
}

/// Every place of a document, as a JSON pointer.
fn places(value: &Value, at: &str, places: &mut Vec<String>) {
    places.push(at.to_owned());
    if let Value::Object(members) = value {
        for (key, member) in members {
            let key = key.replace('~', "~0").replace('/', "~1");
            self::places(member, &format!("{at}/{key}"), places);
        }
    }
    if let Value::Array(items) = value {
        for (position, item) in items.iter().enumerate() {
            self::places(item, &format!("{at}/{position}"), places);
        }
    }
}

#[test]
fn the_schema_agrees_with_the_parser_on_the_corpus() {
    let validator = validator();
    for document in corpus() {
        agree(&validator, &document);
    }
    agree(&validator, &json!({ "$schema": "/api/definition.schema.json", "tables": [] }));
    agree(&validator, &json!({ "tables": [{ "$schema": "x", "name": "t", "columns": [] }] }));
}

/// Every place of every document is replaced by each kind of value, emptied of one key, and given
/// a key too many.
#[test]
fn the_schema_agrees_with_the_parser_on_every_mutation_of_the_corpus() {
    let validator = validator();
    let values = [
        json!(null),
        json!(true),
        json!(7),
        json!("x"),
        json!("a\u{0}b"),
        json!([]),
        json!(["x"]),
        json!([null]),
        json!({}),
        json!({ "name": "x" }),
    ];
    let mut compared = 0;
    for document in corpus() {
        let mut all = Vec::new();
        places(&document, "", &mut all);
        for place in all {
            for value in &values {
                let mut mutated = document.clone();
                *mutated.pointer_mut(&place).unwrap() = value.clone();
                agree(&validator, &mutated);
                compared += 1;
            }
            let mut mutated = document.clone();
            let Some(Value::Object(members)) = mutated.pointer_mut(&place) else { continue };
            members.insert("surplus".to_owned(), json!(1));
            agree(&validator, &mutated);
            let Some(Value::Object(members)) = document.pointer(&place) else { continue };
            for key in members.keys() {
                let mut mutated = document.clone();
                let members = mutated.pointer_mut(&place).and_then(Value::as_object_mut);
                members.unwrap().shift_remove(key);
                agree(&validator, &mutated);
                compared += 1;
            }
        }
    }
    assert!(compared > 5_000, "only {compared} documents were compared");
}

#[test]
fn the_schema_has_the_limits_of_the_parser() {
    let validator = validator();
    let text = |length: usize| json!({ "tables": [{ "name": "t", "columns": [], "description": "漢".repeat(length) }] });
    agree(&validator, &text(shape::MAX_TEXT_CHARS));
    agree(&validator, &text(shape::MAX_TEXT_CHARS + 1));
    let key = |length: usize| json!({ "tables": [{ "name": "t", "columns": [], "primaryKey": vec!["a"; length] }] });
    agree(&validator, &key(shape::MAX_KEY_COLUMNS));
    agree(&validator, &key(shape::MAX_KEY_COLUMNS + 1));
    let values = |length: usize| json!({ "enums": [{ "name": "e", "values": vec!["a"; length] }] });
    agree(&validator, &values(shape::MAX_ENUM_VALUES));
    agree(&validator, &values(shape::MAX_ENUM_VALUES + 1));
    let accepted =
        [text(shape::MAX_TEXT_CHARS), key(shape::MAX_KEY_COLUMNS), values(shape::MAX_ENUM_VALUES)];
    assert!(accepted.iter().all(|document| validator.is_valid(document)));
}

/// What an editor shows: every key says what it means.
#[test]
fn every_key_is_described() {
    let schema = json_schema();
    let definitions = schema["$defs"].as_object().unwrap().values();
    for object in definitions.chain([&schema]) {
        for (key, property) in object["properties"].as_object().unwrap() {
            assert!(property["description"].is_string(), "{key} of {}", object["title"]);
        }
    }
}
