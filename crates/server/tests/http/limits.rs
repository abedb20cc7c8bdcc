//! Limits say so when they are reached.

use std::time::Duration;

use serde_json::json;
use server::config::ByteSize;

use crate::harness::TestApp;

#[tokio::test]
async fn a_large_body_is_refused() {
    let app = TestApp::with(|config| config.body_limit = "1kB".parse::<ByteSize>().unwrap()).await;
    let ada = app.person("ada").await;
    let body = json!({ "name": "x".repeat(1000) });
    ada.post("/api/tenants", body.clone()).await.refused(413, "body_too_large");
    let again = ada.with("idempotency-key", "one");
    again.post("/api/tenants", body).await.refused(413, "body_too_large");
}

#[tokio::test]
async fn a_slow_request_is_given_up() {
    let app = TestApp::with(|config| config.request_timeout = Duration::from_secs(2)).await;
    let ada = app.person("ada").await;
    let mut client = app.database.client().await;
    let transaction = client.transaction().await.unwrap();
    transaction.batch_execute("LOCK TABLE public.tenants").await.unwrap();
    let answer = ada.post("/api/tenants", json!({ "name": "Acme" })).await;
    answer.refused(504, "timeout");
    transaction.rollback().await.unwrap();
    // Nothing of it happened, and nothing is left locked.
    assert_eq!(ada.get("/api/tenants").await.expect(200)["items"], json!([]));
    ada.post("/api/tenants", json!({ "name": "Acme" })).await.expect(201);
}

#[tokio::test]
async fn answers_are_compressed_where_the_client_accepts_it() {
    let app = TestApp::new().await;
    let plain = app.anon().get("/api/openapi.json").await;
    assert_eq!(plain.header("content-encoding"), None);
    for encoding in ["gzip", "br"] {
        let caller = app.anon().with("accept-encoding", encoding);
        let answer = caller.get("/api/openapi.json").await;
        assert_eq!(answer.header("content-encoding"), Some(encoding));
        assert!(answer.body.len() * 2 < plain.body.len());
    }
}
