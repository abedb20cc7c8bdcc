//! Changes by cookie come from our own pages only.

use serde_json::json;

use crate::harness::{Caller, TestApp, account};

async fn by_cookie(app: &TestApp) -> Caller {
    let session = app.anon().post("/api/auth/register", account("ada")).await.expect(201);
    let cookie = format!("tenanta_session={}", session["token"].as_str().unwrap());
    app.anon().with("cookie", &cookie)
}

#[tokio::test]
async fn the_client_may_change_things() {
    let app = TestApp::new().await;
    let client = by_cookie(&app).await.with("x-tenanta-client", "web");
    client.get("/api/tenants").await.expect(200);
    client.post("/api/tenants", json!({ "name": "Acme" })).await.expect(201);
    let same = client.with("sec-fetch-site", "same-origin");
    same.post("/api/tenants", json!({ "name": "Acme" })).await.expect(201);
}

#[tokio::test]
async fn a_foreign_page_may_not() {
    let app = TestApp::new().await;
    let cookie = by_cookie(&app).await;
    let client = cookie.with("x-tenanta-client", "web");
    let foreign = [
        cookie.clone(),
        client.with("sec-fetch-site", "cross-site"),
        client.with("sec-fetch-site", "same-site"),
        client.with("host", "tenanta.example").with("origin", "https://evil.example"),
        client.with("content-type", "text/plain"),
        client.with("content-type", "application/x-www-form-urlencoded"),
    ];
    for caller in foreign {
        let answer = caller.post("/api/tenants", json!({ "name": "Acme" })).await;
        answer.refused(403, "csrf_refused");
    }
    // Reading stays possible: a foreign page cannot see the answer.
    cookie.get("/api/tenants").await.expect(200);
    assert_eq!(cookie.get("/api/tenants").await.expect(200)["items"], json!([]));
}
