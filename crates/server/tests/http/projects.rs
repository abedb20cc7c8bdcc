//! Projects.

use serde_json::json;

use crate::harness::{TestApp, under};

#[tokio::test]
async fn a_project_is_made_changed_and_deleted() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let me = ada.get("/api/auth/me").await.expect(200);
    let body = json!({ "name": "CRM", "description": "Customers" });
    let made = ada.post("/api/projects", body.clone()).await.expect(201);
    assert_eq!(made["owners"], json!([me["user"]["id"]]));
    ada.post("/api/projects", body).await.refused(409, "name_taken");

    let path = format!("/api/projects/{}", made["id"].as_str().unwrap());
    let changed = ada.patch(&path, json!({ "name": "Sales" })).await.expect(200);
    assert_eq!((&changed["name"], &changed["description"]), (&json!("Sales"), &json!("Customers")));
    let changed = ada.patch(&path, json!({ "description": "" })).await.expect(200);
    assert_eq!(changed["description"], json!(null));
    ada.patch(&path, json!({ "name": "default" })).await.refused(409, "name_taken");
    assert_eq!(ada.get(&path).await.expect(200)["name"], "Sales");

    ada.delete(&path).await.expect(204);
    ada.get(&path).await.refused(404, "not_found");
    let last = ada.get("/api/projects").await.expect(200);
    let last = format!("/api/projects/{}", last["items"][0]["id"].as_str().unwrap());
    ada.delete(&last).await.refused(409, "last_project");
}

#[tokio::test]
async fn owners_of_a_project_may_change_it() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let editor = app.member(&ada, &tenant, "editor").await;
    let viewer = app.member(&ada, &tenant, "viewer").await;
    let id = editor.get("/api/auth/me").await.expect(200)["user"]["id"].clone();
    let body = json!({ "name": "CRM", "owners": [id] });
    editor.post("/api/projects", body.clone()).await.refused(403, "forbidden");
    let made = ada.post("/api/projects", body).await.expect(201);
    let path = format!("/api/projects/{}", made["id"].as_str().unwrap());
    viewer.get(&path).await.expect(200);
    viewer.patch(&path, json!({ "name": "Mine" })).await.refused(403, "forbidden");
    editor.patch(&path, json!({ "name": "Mine" })).await.expect(200);
}

#[tokio::test]
async fn owners_are_members() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let (bob, _) = app.owner("bob").await;
    let stranger = bob.get("/api/auth/me").await.expect(200)["user"]["id"].clone();
    let body = json!({ "name": "CRM", "owners": [stranger] });
    let refusal = ada.post("/api/projects", body).await.refused(422, "invalid_body");
    assert_eq!(refusal["path"], "owners");
}

#[tokio::test]
async fn a_project_of_another_tenant_does_not_exist() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let (bob, _) = app.owner("bob").await;
    let project = ada.get("/api/projects").await.expect(200)["items"][0]["id"].clone();
    let path = format!("/api/projects/{}", project.as_str().unwrap());
    bob.get(&path).await.refused(404, "not_found");
    bob.patch(&path, json!({ "name": "x" })).await.refused(404, "not_found");
    bob.delete(&path).await.refused(404, "not_found");
    ada.get("/api/projects/nonsense").await.refused(404, "not_found");
    let log = ada.get(&under(&tenant, "audit")).await.expect(200);
    assert_eq!(log["items"].as_array().unwrap().len(), 1);
}
