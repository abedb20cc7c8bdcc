//! API keys.

use serde_json::json;

use crate::harness::{TestApp, under};

#[tokio::test]
async fn a_key_is_shown_once_and_kept_hashed() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let path = under(&tenant, "api-keys");
    let made = ada.post(&path, json!({ "name": "nightly", "role": "editor" })).await.expect(201);
    let key = made["key"].as_str().unwrap();
    assert!(key.starts_with("tnt_") && key.len() >= 47, "{key}");
    assert!(key.starts_with(made["prefix"].as_str().unwrap()));

    let list = ada.get(&path).await;
    assert!(!list.body.contains(key));
    let list = list.expect(200);
    assert_eq!(list["items"][0]["id"], made["id"]);
    assert_eq!(list["items"][0]["schemas"], json!(null));
    let client = app.database.client().await;
    let row = client.query_one("SELECT k::text FROM public.api_keys k", &[]).await.unwrap();
    assert!(!row.get::<_, String>(0).contains(&key[10..]));
}

#[tokio::test]
async fn a_key_knows_its_tenant_and_its_role() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let made = ada
        .post(&under(&tenant, "api-keys"), json!({ "name": "k", "role": "viewer" }))
        .await
        .expect(201);
    let bearer = format!("Bearer {}", made["key"].as_str().unwrap());
    for caller in [
        app.anon().with("apikey", made["key"].as_str().unwrap()),
        app.anon().with("authorization", &bearer),
    ] {
        caller.get("/api/projects").await.expect(200);
        let list = caller.get("/api/tenants").await.expect(200);
        assert_eq!(list["items"][0]["id"], tenant["id"]);
        assert_eq!(list["items"][0]["role"], "viewer");
        caller.post("/api/projects", json!({ "name": "p" })).await.refused(403, "forbidden");
        caller.post("/api/tenants", json!({ "name": "t" })).await.refused(403, "forbidden");
        caller.get("/api/auth/me").await.refused(403, "forbidden");
        caller.get(&under(&tenant, "api-keys")).await.refused(403, "forbidden");
    }
    let used = ada.get(&under(&tenant, "api-keys")).await.expect(200);
    assert!(used["items"][0]["lastUsedAt"].is_string());
}

#[tokio::test]
async fn a_revoked_or_expired_key_is_nobody() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let path = under(&tenant, "api-keys");
    let made = ada.post(&path, json!({ "name": "k", "role": "viewer" })).await.expect(201);
    let key = app.anon().with("apikey", made["key"].as_str().unwrap());
    key.get("/api/projects").await.expect(200);
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    ada.delete(&one).await.expect(204);
    key.get("/api/projects").await.refused(401, "unauthenticated");
    ada.delete(&one).await.refused(404, "not_found");
    assert_eq!(ada.get(&path).await.expect(200)["items"], json!([]));

    let made = ada
        .post(&path, json!({ "name": "k", "role": "viewer", "expiresAt": "2999-01-01T00:00:00Z" }))
        .await
        .expect(201);
    let client = app.database.client().await;
    client.execute("UPDATE public.api_keys SET expires_at = now()", &[]).await.unwrap();
    let key = app.anon().with("apikey", made["key"].as_str().unwrap());
    key.get("/api/projects").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_key_cannot_do_more_than_its_maker() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let admin = app.member(&ada, &tenant, "admin").await;
    let editor = app.member(&ada, &tenant, "editor").await;
    let path = under(&tenant, "api-keys");
    let owner_key = json!({ "name": "k", "role": "owner" });
    admin.post(&path, owner_key.clone()).await.refused(403, "forbidden");
    editor.post(&path, json!({ "name": "k", "role": "viewer" })).await.refused(403, "forbidden");
    let key = app.key(&admin, &tenant, "admin").await;
    key.post(&path, owner_key).await.refused(403, "forbidden");
    key.post(&path, json!({ "name": "k", "role": "viewer" })).await.expect(201);
}

#[tokio::test]
async fn a_key_bound_to_schemas_leaves_the_tenant_alone() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let column = json!({ "name": "id", "type": "UUID", "primaryKey": true });
    let definition = json!({ "tables": [{ "name": "notes", "columns": [column] }] });
    let schema = json!({ "name": "one", "definition": definition });
    let schema = ada.post("/api/schemas", schema).await.expect(201);
    let body = json!({ "name": "k", "role": "owner", "schemas": [schema["id"]] });
    let made = ada.post(&under(&tenant, "api-keys"), body).await.expect(201);
    let key = app.anon().with("apikey", made["key"].as_str().unwrap());

    key.get("/api/projects").await.expect(200);
    let project = json!({ "name": "p" });
    key.post("/api/projects", project).await.refused(403, "forbidden");
    key.patch(&under(&tenant, ""), json!({ "name": "x" })).await.refused(403, "forbidden");
    key.get(&under(&tenant, "audit")).await.refused(403, "forbidden");
    let wider = json!({ "name": "k", "role": "owner" });
    key.post(&under(&tenant, "api-keys"), wider).await.refused(403, "forbidden");
    let member = json!({ "email": "ada@example.org", "role": "owner" });
    key.post(&under(&tenant, "members"), member).await.refused(403, "forbidden");
}

#[tokio::test]
async fn impossible_keys_are_refused_with_their_place() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let path = under(&tenant, "api-keys");
    let unknown = json!(["00000000-0000-7000-8000-000000000000"]);
    for (field, value) in [
        ("name", json!("")),
        ("schemas", json!([])),
        ("schemas", unknown),
        ("expiresAt", json!("2001-01-01T00:00:00Z")),
    ] {
        let mut body = json!({ "name": "k", "role": "viewer" });
        body[field] = value;
        let refusal = ada.post(&path, body).await.refused(422, "invalid_body");
        assert_eq!(refusal["path"], field);
    }
}
