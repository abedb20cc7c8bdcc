//! The published contract.

use serde_json::Value;

use crate::harness::TestApp;

#[tokio::test]
async fn the_contract_is_published() {
    let app = TestApp::new().await;
    let document = app.anon().get("/api/openapi.json").await.expect(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let calls: Vec<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| format!("{path} {method}"))
        })
        .collect();
    insta::assert_snapshot!("calls", calls.join("\n"));
}

/// A path without a description, or a call whose body is `any`, helps nobody.
#[tokio::test]
async fn every_call_is_described() {
    let app = TestApp::new().await;
    let document = app.anon().get("/api/openapi.json").await.expect(200);
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, call) in item.as_object().unwrap() {
            let call_name = format!("{method} {path}");
            assert!(call["summary"].is_string(), "{call_name} has no summary");
            assert!(call["responses"]["default"].is_object(), "{call_name} never refuses");
            let placeholders = path.matches('{').count();
            let in_path = |one: &&Value| one["in"] == "path";
            let parameters = call["parameters"].as_array().cloned().unwrap_or_default();
            assert_eq!(parameters.iter().filter(in_path).count(), placeholders, "{call_name}");
        }
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let app = TestApp::new().await;
    let document = app.anon().get("/api/openapi.json").await.expect(200);
    let mut left = vec![&document];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    let pointer = reference.trim_start_matches('#');
                    assert!(document.pointer(pointer).is_some(), "{reference}");
                }
                left.extend(members.values());
            }
            Value::Array(items) => left.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere() {
    let app = TestApp::new().await;
    for path in ["/api/docs", "/api/docs/page.js", "/api/docs/page.css"] {
        let answer = app.anon().get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.body.contains("http://") && !answer.body.contains("https://"), "{path}");
    }
}
