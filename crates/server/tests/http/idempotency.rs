//! Creations that are sent twice.

use serde_json::json;

use crate::harness::{TestApp, under};

#[tokio::test]
async fn the_same_request_happens_once() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await.with("idempotency-key", "one");
    let body = json!({ "name": "Acme" });
    let first = ada.post("/api/tenants", body.clone()).await.expect(201);
    let second = ada.post("/api/tenants", body).await;
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    assert_eq!(second.header("content-type"), Some("application/json"));
    assert_eq!(second.expect(201), first);
    assert_eq!(ada.get("/api/tenants").await.expect(200)["items"].as_array().unwrap().len(), 1);

    let other = json!({ "name": "Other" });
    ada.post("/api/tenants", other.clone()).await.refused(422, "idempotency_mismatch");
    // Another caller's key is another key.
    let bob = app.person("bob").await.with("idempotency-key", "one");
    bob.post("/api/tenants", other).await.expect(201);
}

#[tokio::test]
async fn two_at_once_happen_once() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await.with("idempotency-key", "one");
    let body = json!({ "name": "Acme" });
    let (one, two) =
        tokio::join!(ada.post("/api/tenants", body.clone()), ada.post("/api/tenants", body));
    for answer in [&one, &two] {
        assert!([201, 409].contains(&answer.status), "{}", answer.body);
    }
    assert_eq!(ada.get("/api/tenants").await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_failed_request_may_be_sent_again() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await.with("idempotency-key", "one");
    ada.post("/api/tenants", json!({ "name": "" })).await.refused(422, "invalid_body");
    ada.post("/api/tenants", json!({ "name": "Acme" })).await.expect(201);
}

#[tokio::test]
async fn a_secret_is_not_repeated() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let ada = ada.with("idempotency-key", "one");
    let body = json!({ "name": "k", "role": "viewer" });
    let path = under(&tenant, "api-keys");
    ada.post(&path, body.clone()).await.expect(201);
    ada.post(&path, body).await.refused(409, "idempotency_secret");
    assert_eq!(ada.get(&path).await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_cannot_claim_a_key() {
    let app = TestApp::new().await;
    let anon = app.anon().with("idempotency-key", "one");
    anon.post("/api/tenants", json!({ "name": "Acme" })).await.refused(401, "unauthenticated");
    let ada = app.person("ada").await.with("idempotency-key", &"x".repeat(256));
    ada.post("/api/tenants", json!({ "name": "Acme" })).await.refused(400, "invalid_header");
}
