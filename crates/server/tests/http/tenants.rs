//! Tenants of the caller.

use serde_json::json;

use crate::harness::{TestApp, under};

#[tokio::test]
async fn a_tenant_has_a_namespace_and_a_project() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    let tenant = ada.post("/api/tenants", json!({ "name": " Acme " })).await.expect(201);
    assert_eq!(tenant["name"], "Acme");
    assert_eq!(tenant["role"], "owner");
    assert!(tenant["createdAt"].as_str().unwrap().ends_with('Z'));

    let projects = ada.get("/api/projects").await.expect(200);
    assert_eq!(projects["items"].as_array().unwrap().len(), 1);
    assert_eq!(projects["items"][0]["name"], "default");
    assert_eq!(projects["nextCursor"], json!(null));

    let table = format!("tenant_{}.projects", tenant["number"]);
    let client = app.database.client().await;
    let exists: bool =
        client.query_one("SELECT to_regclass($1) IS NOT NULL", &[&table]).await.unwrap().get(0);
    assert!(exists, "{table}");
}

#[tokio::test]
async fn a_failed_creation_leaves_nothing() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    let client = app.database.client().await;
    // The next number's namespace is taken, so the creation fails half-way.
    client
        .batch_execute(
            "DO $$ BEGIN EXECUTE format('CREATE SCHEMA tenant_%s',
                (SELECT last_value + 1 FROM public.tenant_number_seq)); END $$",
        )
        .await
        .unwrap();
    ada.post("/api/tenants", json!({ "name": "Acme" })).await.refused(409, "already_exists");
    let rows: i64 = client
        .query_one(
            "SELECT (SELECT count(*) FROM public.tenants)
                         + (SELECT count(*) FROM public.memberships)",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    assert_eq!(rows, 0);
    ada.post("/api/tenants", json!({ "name": "Acme" })).await.expect(201);
}

#[tokio::test]
async fn somebody_elses_tenant_does_not_exist() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let (bob, other) = app.owner("bob").await;
    let key = app.key(&bob, &other, "owner").await;
    for stranger in [&bob, &key] {
        for path in ["", "members", "api-keys", "audit"] {
            let theirs = stranger.get(&under(&tenant, path)).await.refused(404, "not_found");
            let nobodys = format!("/api/tenants/00000000-0000-7000-8000-000000000000/{path}");
            let nobodys = nobodys.trim_end_matches('/');
            let none = stranger.get(nobodys).await.refused(404, "not_found");
            assert_eq!(theirs["detail"], none["detail"]);
        }
        let name = json!({ "name": "Mine now" });
        stranger.patch(&under(&tenant, ""), name).await.refused(404, "not_found");
        stranger.delete(&under(&tenant, "")).await.refused(404, "not_found");
        let named = stranger.with("x-tenant-id", tenant["id"].as_str().unwrap());
        named.get("/api/projects").await.refused(404, "not_found");
    }
    assert_eq!(ada.get(&under(&tenant, "")).await.expect(200)["name"], "Acme");
    assert_eq!(bob.get("/api/tenants").await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn who_has_several_tenants_names_one() {
    let app = TestApp::new().await;
    let nobody = app.person("nobody").await;
    nobody.get("/api/projects").await.refused(400, "tenant_required");
    let (ada, tenant) = app.owner("ada").await;
    ada.get("/api/projects").await.expect(200);
    ada.post("/api/tenants", json!({ "name": "Second" })).await.expect(201);
    ada.get("/api/projects").await.refused(400, "tenant_required");
    ada.with("x-tenant-id", tenant["id"].as_str().unwrap()).get("/api/projects").await.expect(200);
    ada.with("x-tenant-id", "nonsense").get("/api/projects").await.refused(404, "not_found");
}

#[tokio::test]
async fn owners_rename_and_delete() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let admin = app.member(&ada, &tenant, "admin").await;
    let path = under(&tenant, "");
    let name = json!({ "name": "Acme 2" });
    admin.patch(&path, name.clone()).await.refused(403, "forbidden");
    assert_eq!(ada.patch(&path, name).await.expect(200)["name"], "Acme 2");

    ada.delete(&path).await.refused(409, "confirmation_required");
    ada.delete(&format!("{path}?confirm=Acme")).await.refused(409, "confirmation_required");
    admin.delete(&format!("{path}?confirm=Acme%202")).await.refused(403, "forbidden");
    let key = app.key(&ada, &tenant, "owner").await;
    key.delete(&format!("{path}?confirm=Acme%202")).await.refused(403, "forbidden");
    ada.delete(&format!("{path}?confirm=Acme%202")).await.expect(204);

    ada.get(&path).await.refused(404, "not_found");
    key.get("/api/projects").await.refused(401, "unauthenticated");
    assert_eq!(ada.get("/api/tenants").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn lists_come_in_pages() {
    let app = TestApp::new().await;
    let ada = app.person("ada").await;
    for name in ["a", "b", "c"] {
        ada.post("/api/tenants", json!({ "name": name })).await.expect(201);
    }
    let first = ada.get("/api/tenants?limit=2").await.expect(200);
    let names = |page: &serde_json::Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap();
        items.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&first), ["a", "b"]);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = ada.get(&format!("/api/tenants?limit=2&cursor={cursor}")).await.expect(200);
    assert_eq!(names(&second), ["c"]);
    assert_eq!(second["nextCursor"], json!(null));
    for query in ["limit=0", "limit=201", "limit=x", "cursor=x", "unknown=1"] {
        ada.get(&format!("/api/tenants?{query}")).await.refused(400, "invalid_query");
    }
}

#[tokio::test]
async fn changes_are_in_the_audit_log() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let editor = app.member(&ada, &tenant, "editor").await;
    ada.patch(&under(&tenant, ""), json!({ "name": "Acme 2" })).await.expect(200);
    let log = ada.get(&under(&tenant, "audit")).await.expect(200);
    let actions: Vec<_> =
        log["items"].as_array().unwrap().iter().map(|one| one["action"].clone()).collect();
    assert_eq!(actions, ["tenant.renamed", "member.added", "tenant.created"]);
    assert_eq!(log["items"][0]["actor"]["name"], "ada@example.org");
    assert_eq!(log["items"][0]["details"], json!({ "from": "Acme", "to": "Acme 2" }));
    let page = ada.get(&under(&tenant, "audit?limit=2")).await.expect(200);
    let rest = format!("audit?cursor={}", page["nextCursor"].as_str().unwrap());
    let rest = ada.get(&under(&tenant, &rest)).await.expect(200);
    assert_eq!(rest["items"][0]["action"], "tenant.created");
    editor.get(&under(&tenant, "audit")).await.refused(403, "forbidden");
}
