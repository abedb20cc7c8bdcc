//! Members and their roles.

use serde_json::{Value, json};

use crate::harness::{TestApp, email, under};

fn member(tenant: &Value, user: &Value) -> String {
    under(tenant, &format!("members/{}", user["userId"].as_str().unwrap()))
}

#[tokio::test]
async fn owners_add_change_and_remove() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let bob = app.person("bob").await;
    bob.get(&under(&tenant, "")).await.refused(404, "not_found");

    let add = json!({ "email": "BOB@example.org", "role": "viewer" });
    let added = ada.post(&under(&tenant, "members"), add.clone()).await.expect(201);
    assert_eq!((&added["email"], &added["role"]), (&json!(email("bob")), &json!("viewer")));
    ada.post(&under(&tenant, "members"), add).await.refused(409, "already_member");
    assert_eq!(bob.get(&under(&tenant, "")).await.expect(200)["role"], "viewer");

    let path = member(&tenant, &added);
    bob.patch(&path, json!({ "role": "owner" })).await.refused(403, "forbidden");
    ada.patch(&path, json!({ "role": "emperor" })).await.refused(422, "invalid_body");
    assert_eq!(ada.patch(&path, json!({ "role": "admin" })).await.expect(200)["role"], "admin");
    // The change holds at once, whatever was remembered.
    assert_eq!(bob.get(&under(&tenant, "")).await.expect(200)["role"], "admin");

    ada.delete(&path).await.expect(204);
    bob.get(&under(&tenant, "")).await.refused(404, "not_found");
    ada.delete(&path).await.refused(404, "not_found");
}

#[tokio::test]
async fn everybody_sees_the_members_and_may_leave() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let viewer = app.member(&ada, &tenant, "viewer").await;
    let list = viewer.get(&under(&tenant, "members")).await.expect(200);
    let emails: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|one| one["email"].clone()).collect();
    assert_eq!(emails, [email("ada"), email("viewer")]);
    let page = viewer.get(&under(&tenant, "members?limit=1")).await.expect(200);
    let rest = format!("members?cursor={}", page["nextCursor"].as_str().unwrap());
    let rest = viewer.get(&under(&tenant, &rest)).await.expect(200);
    assert_eq!(rest["items"][0]["email"], email("viewer"));

    viewer.delete(&member(&tenant, &list["items"][0])).await.refused(403, "forbidden");
    viewer.delete(&member(&tenant, &list["items"][1])).await.expect(204);
    viewer.get(&under(&tenant, "members")).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_tenant_keeps_an_owner() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let list = ada.get(&under(&tenant, "members")).await.expect(200);
    let path = member(&tenant, &list["items"][0]);
    ada.patch(&path, json!({ "role": "viewer" })).await.refused(409, "last_owner");
    ada.delete(&path).await.refused(409, "last_owner");

    let second = app.member(&ada, &tenant, "owner").await;
    let list = ada.get(&under(&tenant, "members")).await.expect(200);
    let other = member(&tenant, &list["items"][1]);
    // Two owners who remove each other at once: one stays.
    let (one, two) = tokio::join!(ada.delete(&other), second.delete(&path));
    let removed = [one.status, two.status].iter().filter(|status| **status == 204).count();
    assert_eq!(removed, 1, "{} {}", one.body, two.body);
}

#[tokio::test]
async fn the_administrator_adds_people_without_an_account() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let (bob, other) = app.owner("bob").await;
    let unknown = json!({ "email": email("cleo"), "role": "editor" });
    let refusal = ada.post(&under(&tenant, "members"), unknown).await;
    assert_eq!(refusal.refused(422, "account_not_found")["path"], "email");

    let named = json!({ "email": email("cleo"), "role": "editor", "name": "Cleo" });
    let refusal = bob.post(&under(&other, "members"), named.clone()).await;
    refusal.refused(422, "account_not_found");
    let added = ada.post(&under(&tenant, "members"), named.clone()).await.expect(201);
    let login = json!({ "email": email("cleo"), "password": added["initialPassword"] });
    let session = app.anon().post("/api/auth/login", login).await.expect(200);
    assert_eq!(session["user"]["isAdmin"], false);
    // Cleo has an account now, so nothing is shown to whoever adds her next.
    let added = bob.post(&under(&other, "members"), named).await.expect(201);
    assert_eq!(added.get("initialPassword"), None);
}
