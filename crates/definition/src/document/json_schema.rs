//! The format as JSON Schema (draft 2020-12), printed from the tables that documents are read
//! against.

use serde_json::{Map, Value, json};

use super::shape::{self, Field, Kind, MAX_KEY_COLUMNS, MAX_TEXT_CHARS, Shape};

/// What a text never holds.
const WITHOUT_NUL: &str = "^[^\\u0000]*$";

/// What an editor offers for a key.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "type",
        &[
            "uuid",
            "text",
            "varchar(80)",
            "bigint",
            "numeric(12,2)",
            "boolean",
            "timestamptz",
            "date",
            "jsonb",
            "text[]",
        ],
    ),
    ("default", &["gen_random_uuid()", "now()", "0", "'draft'", "false"]),
    ("check", &["total >= 0", "length(code) <= 20"]),
    ("generated", &["lower(email)", "price * quantity"]),
    ("expression", &["lower(email)", "ends_on > starts_on"]),
    ("where", &["deleted_at IS NULL"]),
    ("trackUpdates", &["updated_at"]),
    ("collation", &["C", "de-x-icu"]),
    ("operatorClass", &["text_pattern_ops", "jsonb_path_ops", "gin_trgm_ops"]),
];

/// A schema that takes what [`crate::Document::parse`] takes without a problem of form, and
/// nothing else.
pub fn json_schema() -> Value {
    let mut definitions = Map::new();
    let Value::Object(mut root) = object(&shape::DOCUMENT, &mut definitions) else {
        unreachable!("a shape is printed as an object")
    };
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!("Tenanta definition"));
    root.insert("description".into(), json!("The enums, tables and relationships of a schema."));
    root.insert("$defs".into(), Value::Object(definitions));
    Value::Object(root)
}

/// An object with exactly these keys.
fn object(shape: &'static Shape, definitions: &mut Map<String, Value>) -> Value {
    let properties: Map<String, Value> = shape
        .fields
        .iter()
        .map(|field| (field.key.to_owned(), property(field, definitions)))
        .collect();
    let required: Vec<&str> =
        shape.fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    let mut object = json!({
        "title": shape.name,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn property(field: &Field, definitions: &mut Map<String, Value>) -> Value {
    let kind = kind(field.kind, definitions);
    // `null` is the same as leaving a key out.
    let kind = if field.required { kind } else { nullable(kind) };
    let mut described = json!({ "description": field.meaning });
    let members = described.as_object_mut().expect("it was made an object");
    if let Value::Object(kind) = kind {
        members.extend(kind);
    }
    if let Some((_, examples)) = EXAMPLES.iter().find(|(key, _)| *key == field.key) {
        members.insert("examples".into(), json!(examples));
    }
    described
}

fn kind(kind: Kind, definitions: &mut Map<String, Value>) -> Value {
    match kind {
        Kind::Text => {
            json!({ "type": "string", "maxLength": MAX_TEXT_CHARS, "pattern": WITHOUT_NUL })
        }
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Object(shape) => reference(shape, definitions),
        Kind::List(of, most) => {
            json!({ "type": "array", "maxItems": most, "items": self::kind(*of, definitions) })
        }
        Kind::TextOr(shape) => {
            json!({ "oneOf": [self::kind(Kind::Text, definitions), reference(shape, definitions)] })
        }
        Kind::TextsOr(shape) => {
            let texts = self::kind(Kind::List(&Kind::Text, MAX_KEY_COLUMNS), definitions);
            json!({ "oneOf": [texts, reference(shape, definitions)] })
        }
    }
}

/// The shape under `$defs`, printed when it is first met.
fn reference(shape: &'static Shape, definitions: &mut Map<String, Value>) -> Value {
    let key = key_of(shape.name);
    if !definitions.contains_key(&key) {
        // Taken before it is printed, so that a shape that holds itself would end.
        definitions.insert(key.clone(), Value::Null);
        let printed = object(shape, definitions);
        definitions.insert(key.clone(), printed);
    }
    json!({ "$ref": format!("#/$defs/{key}") })
}

/// `index key` → `indexKey`.
fn key_of(name: &str) -> String {
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut key, word| {
        let (head, tail) = word.split_at(1);
        key.push_str(&head.to_uppercase());
        key.push_str(tail);
        key
    })
}

/// The same, or `null`.
fn nullable(mut kind: Value) -> Value {
    if let Some(name) = kind.get("type").cloned() {
        kind["type"] = json!([name, "null"]);
        return kind;
    }
    if let Some(choices) = ["enum", "oneOf"].into_iter().find(|key| kind.get(key).is_some()) {
        let null = if choices == "enum" { Value::Null } else { json!({ "type": "null" }) };
        kind[choices].as_array_mut().expect("choices are a list").push(null);
        return kind;
    }
    json!({ "oneOf": [kind, { "type": "null" }] })
}
