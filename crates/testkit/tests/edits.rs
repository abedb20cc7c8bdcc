//! Edits give documents that the check accepts, and keep ids to what they were given to.

use std::collections::BTreeMap;

use definition::{Counting, Document};
use proptest::prelude::*;
use serde_json::{Value, json};
use testkit::{Choices, edited, edits};

fn canonical(document: &Value) -> Value {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    checked.definition.unwrap_or_else(|| panic!("{:#?}\n{document:#}", checked.problems)).to_json()
}

fn people() -> Value {
    canonical(&json!({
        "enums": [{ "name": "mood", "values": ["sad", "glad"] }],
        "tables": [
            { "name": "people", "columns": [
                { "name": "id", "type": "int", "primaryKey": true },
                { "name": "mood", "type": "mood", "default": "'sad'", "check": "mood <> 'glad'" },
                { "name": "boss", "type": "int", "references": { "table": "people" } },
            ] },
            { "name": "teams", "columns": [{ "name": "id", "type": "int", "primaryKey": true }] },
        ],
        "relationships": [
            { "type": "manyToMany", "from": { "table": "people" }, "to": { "table": "teams" } },
        ],
    }))
}

/// What each id belongs to: a table, a column, an enum, a value.
fn owners(value: &Value, key: &str, owners: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(id)) = object.get("id") {
                owners.insert(id.clone(), key.to_owned());
            }
            object.iter().for_each(|(key, value)| self::owners(value, key, owners));
        }
        Value::Array(items) => items.iter().for_each(|item| self::owners(item, key, owners)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_same_numbers_make_the_same_edits() {
    let numbers = vec![3, 15, 7, 2, 9, 1, 22, 4];
    let edit = || edited(&people(), &mut Choices::new(numbers.clone()));
    assert_ne!(edit(), people());
    assert_eq!(edit(), edit());
}

proptest! {
    #[test]
    fn every_version_is_valid_and_ids_stay_what_they_are(
        edits in prop::collection::vec(edits(), 1..5)
    ) {
        let mut version = people();
        let mut known = BTreeMap::new();
        owners(&version, "", &mut known);
        for mut choices in edits {
            version = edited(&version, &mut choices);
            prop_assert_eq!(canonical(&version), version.clone());
            let mut now = BTreeMap::new();
            owners(&version, "", &mut now);
            for (id, owner) in now {
                let before = known.entry(id).or_insert_with(|| owner.clone());
                prop_assert_eq!(&*before, &owner);
            }
        }
    }
}
