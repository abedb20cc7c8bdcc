//! Refusals: their form, and that no input is a fault of ours.

use serde_json::json;

use crate::harness::TestApp;

#[tokio::test]
async fn malformed_json_has_line_and_column() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    let answer = ada.send("POST", "/api/tenants", Some("{\n  \"name\": }".to_owned())).await;
    let refusal = answer.refused(400, "malformed_json");
    assert_eq!((&refusal["line"], &refusal["column"]), (&json!(2), &json!(11)));
    assert!(refusal["detail"].as_str().unwrap().contains("line 2, column 11"));
    ada.send("POST", "/api/tenants", Some(String::new())).await.refused(400, "malformed_json");
    let deep = "[".repeat(100_000);
    ada.send("POST", "/api/tenants", Some(deep)).await.refused(422, "invalid_body");
}

#[tokio::test]
async fn a_wrong_shape_has_a_path() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    for (body, path) in [
        (json!({ "name": 7 }), json!("name")),
        (json!({ "name": "Acme", "size": 1 }), json!("size")),
        (json!({}), json!(null)),
        (json!([]), json!(null)),
    ] {
        let refusal = ada.post("/api/tenants", body).await.refused(422, "invalid_body");
        assert_eq!(refusal["path"], path, "{refusal}");
    }
}

#[tokio::test]
async fn only_json_is_read() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    for kind in ["text/plain", "application/xml", "json"] {
        let caller = ada.with("content-type", kind);
        let answer = caller.post("/api/tenants", json!({ "name": "Acme" })).await;
        answer.refused(415, "unsupported_media_type");
    }
    let caller = ada.with("content-type", "application/json; charset=utf-8");
    caller.post("/api/tenants", json!({ "name": "Acme" })).await.expect(201);
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() {
    let app = TestApp::new().await;
    app.anon().get("/api/nothing").await.refused(404, "route_not_found");
    app.anon().get("/api").await.refused(404, "route_not_found");
    app.anon().get("/health/nothing").await.refused(404, "route_not_found");
    let answer = app.anon().put("/api/tenants", json!({})).await;
    assert!(answer.header("allow").unwrap().contains("POST"));
    answer.refused(405, "method_not_allowed");
}

#[tokio::test]
async fn every_answer_has_an_id_and_a_time() {
    let app = TestApp::new().await;
    let answer = app.anon().get("/health/live").await;
    assert!(answer.header("server-timing").unwrap().contains("total;dur="));
    assert_eq!(answer.header("x-request-id").unwrap().len(), 32);
    let chosen = app.anon().with("x-request-id", "trace-7").get("/api/nothing").await;
    assert_eq!(chosen.header("x-request-id"), Some("trace-7"));
    assert_eq!(chosen.refused(404, "route_not_found")["requestId"], "trace-7");
    let odd = app.anon().with("x-request-id", "a b\"c").get("/health/live").await;
    assert_eq!(odd.header("x-request-id").unwrap().len(), 32);
}

#[tokio::test]
async fn answers_tell_browsers_what_never_happens() {
    let app = TestApp::new().await;
    for path in ["/api/server", "/", "/api/nothing"] {
        let answer = app.anon().get(path).await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    }
    let answer = app.anon().get("/api/server").await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn strange_text_is_kept_or_refused_and_never_a_fault() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    for name in ["'; DROP TABLE users; --", "\u{202e}x", "😀", "a\u{0301}", "\"$1\"", "%s"] {
        let made = ada.post("/api/tenants", json!({ "name": name })).await.expect(201);
        assert_eq!(made["name"], name);
    }
    for name in ["\0", "a\u{7}b", "\n"] {
        ada.post("/api/tenants", json!({ "name": name })).await.refused(422, "invalid_body");
    }
    let lone = r#"{"name":"\ud800"}"#.to_owned();
    ada.send("POST", "/api/tenants", Some(lone)).await.refused(400, "malformed_json");
}

#[tokio::test]
async fn a_lost_database_is_a_503() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    app.store.close().await;
    ada.get("/api/tenants").await.refused(503, "unavailable");
    let answer = app.anon().get("/health/ready").await;
    assert!(answer.header("retry-after").is_some());
    answer.refused(503, "unavailable");
    app.anon().get("/health/live").await.expect(200);
}

#[tokio::test]
async fn a_fault_of_ours_tells_nothing() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    let client = app.database.client().await;
    client.batch_execute("ALTER TABLE public.memberships RENAME TO gone").await.unwrap();
    let refusal = ada.get("/api/tenants").await.refused(500, "internal");
    let text = refusal.to_string();
    assert!(!text.contains("memberships") && !text.contains("relation"), "{text}");
}
