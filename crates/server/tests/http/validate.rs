//! Validation of a definition and of its parts, and the published JSON Schema.

use serde_json::{Value, json};

use crate::harness::{Caller, TestApp};

const VALIDATE: &str = "/api/schemas/validate";

/// Codes and paths of the errors.
async fn errors(caller: &Caller, body: Value) -> Vec<String> {
    let answer = caller.post(VALIDATE, body).await.expect(200);
    let errors = answer["errors"].as_array().unwrap();
    assert_eq!(answer["isValid"], json!(errors.is_empty()));
    let told = |problem: &Value| {
        format!("{} at {}", problem["code"].as_str().unwrap(), problem["path"].as_str().unwrap())
    };
    errors.iter().map(told).collect()
}

#[tokio::test]
async fn one_table_column_or_relationship_is_checked_alone() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let definition = json!({ "tables": [
        { "name": "a", "columns": [{ "name": "id", "type": "int", "primaryKey": true }] },
        { "name": "b", "columns": [{ "name": "a_id", "type": "int" }] } ] });
    let table = json!({ "name": "c", "columns": [{ "name": "x", "type": "numric" }] });
    assert_eq!(errors(&ada, json!({ "table": table })).await, ["unknown_type at columns[0].type"]);
    let column = json!({ "name": "x", "type": "int", "generated": "now() + x" });
    assert_eq!(
        errors(&ada, json!({ "column": column })).await,
        ["function_not_allowed at generated"]
    );
    let relationship =
        |to: &str| json!({ "from": { "table": "b", "columns": ["a_id"] }, "to": { "table": to } });
    let body = |to: &str| json!({ "relationship": relationship(to), "definition": definition });
    assert_eq!(errors(&ada, body("a")).await, Vec::<String>::new());
    assert_eq!(errors(&ada, body("x")).await, ["unknown_table at to.table"]);
}

#[tokio::test]
async fn exactly_one_kind_of_thing_is_checked() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    for body in [
        json!({}),
        json!({ "definition": null }),
        json!({ "table": {}, "column": {} }),
        json!({ "relationship": {} }),
        json!({ "tabel": {} }),
    ] {
        let answer = ada.post(VALIDATE, body.clone()).await;
        assert!((400..=422).contains(&answer.status), "{body}: {}", answer.body);
    }
}

#[tokio::test]
async fn the_json_schema_is_published_to_everybody() {
    let app = TestApp::new().await;
    let answer = app.anon().get("/api/definition.schema.json").await;
    assert_eq!(answer.header("content-type"), Some("application/schema+json"));
    assert!(answer.header("etag").is_some_and(|tag| tag.starts_with('"') && tag.len() == 18));
    let schema = answer.expect(200);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["properties"]["tables"]["items"]["$ref"], "#/$defs/table");
}
