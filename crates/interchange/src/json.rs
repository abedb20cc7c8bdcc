//! Documents as JSON text.

use definition::Definition;
use serde_json::Value;

use crate::finding::{Findings, Imported};

/// The canonical document of a definition, ids included, in the definition's own order.
pub fn export(definition: &Definition) -> String {
    let mut text = serde_json::to_string_pretty(&definition.to_json())
        .expect("a value has only text keys, so it is always JSON");
    text.push('\n');
    text
}

/// Reads a document, alone or in a schema as the server answers it. What the document says is
/// left to its check.
pub fn import(source: &str) -> Imported {
    let mut findings = Findings::default();
    let document = match serde_json::from_str(source) {
        Ok(Value::Object(mut object)) => match object.remove("definition") {
            Some(definition) => definition,
            None => Value::Object(object),
        },
        Ok(_) => {
            findings.error(1, "unreadable", "a document is a JSON object");
            Value::Object(serde_json::Map::new())
        }
        Err(error) => {
            findings.error(error.line().max(1), "unreadable", error.to_string());
            Value::Object(serde_json::Map::new())
        }
    };
    Imported { document, findings: findings.into_vec() }
}
