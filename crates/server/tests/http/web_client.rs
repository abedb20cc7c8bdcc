//! The pages: the client where it was built, a page that says how to build it where it was not.

use crate::harness::TestApp;

#[tokio::test]
async fn pages_are_for_browsers_and_refusals_for_programs() {
    let app = TestApp::new().await;
    let browser = app.anon().with("accept", "text/html,*/*;q=0.8");
    for path in ["/", "/schemas", "/schemas/7/tables/orders"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("content-type").unwrap().starts_with("text/html"), "{path}");
    }
    browser.get("/assets/gone-1234.js").await.refused(404, "route_not_found");
    browser.get("/robots.txt").await.refused(404, "route_not_found");
    browser.get("/api/nothing").await.refused(404, "route_not_found");
    let program = app.anon().with("accept", "application/json");
    program.get("/schemas").await.refused(404, "route_not_found");
    browser.post("/schemas", serde_json::json!({})).await.refused(405, "method_not_allowed");
}
