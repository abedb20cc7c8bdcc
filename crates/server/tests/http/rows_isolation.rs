//! Whose rows: roles, keys, tenants, and PostgreSQL's own walls.

use serde_json::{Value, json};
use sql::Ident;
use store::DataPlace;

use crate::harness::{Caller, under};
use crate::rows::Shop;

#[tokio::test]
async fn viewers_read_and_editors_write() {
    let shop = Shop::open().await;
    let row = json!({ "line": "x" });
    for (role, may_write) in [("viewer", false), ("editor", true), ("admin", true)] {
        let key = shop.app.key(&shop.owner, &shop.tenant, role).await;
        key.get(&shop.at("notes")).await.expect(200);
        let written = key.post(&shop.at("notes"), row.clone()).await;
        match may_write {
            true => drop(written.expect(201)),
            false => drop(written.refused(403, "forbidden")),
        }
    }
    let viewer = shop.app.key(&shop.owner, &shop.tenant, "viewer").await;
    viewer.put(&shop.at("orders/1"), json!({})).await.refused(403, "forbidden");
    viewer.delete(&shop.at("orders/1")).await.refused(403, "forbidden");
    shop.app.anon().get(&shop.at("notes")).await.refused(401, "unauthenticated");
}

/// Every call about a table's rows, by somebody to whom it does not exist.
async fn nothing_exists(shop: &Shop, stranger: &Caller) {
    let body = || json!({ "line": "x" });
    for rest in ["notes", "orders/1", "nothing"] {
        let path = shop.at(rest);
        stranger.get(&path).await.refused(404, "not_found");
    }
    stranger.post(&shop.at("notes"), body()).await.refused(404, "not_found");
    stranger.put(&shop.at("orders/1"), body()).await.refused(404, "not_found");
    stranger.delete(&shop.at("orders/1")).await.refused(404, "not_found");
}

#[tokio::test]
async fn another_tenants_rows_do_not_exist() {
    let shop = Shop::open().await;
    let (stranger, _) = shop.app.owner("eve").await;
    nothing_exists(&shop, &stranger).await;
    let named = stranger.with("x-tenant-id", shop.tenant["id"].as_str().unwrap());
    nothing_exists(&shop, &named).await;
}

#[tokio::test]
async fn a_key_for_other_schemas_sees_nothing_here() {
    let shop = Shop::open().await;
    let other = json!({ "name": "other", "definition": { "tables": [{ "name": "notes",
        "columns": [{ "name": "line", "type": "text" }] }] } });
    let other = shop.owner.post("/api/schemas", other).await.expect(201);
    let key = json!({ "name": "k", "role": "editor", "schemas": [other["id"]] });
    let key = shop.owner.post(&under(&shop.tenant, "api-keys"), key).await.expect(201);
    let key = shop.app.anon().with("apikey", key["key"].as_str().unwrap());
    nothing_exists(&shop, &key).await;
    let path = format!("/api/schemas/{}/tables/notes/data", other["id"].as_str().unwrap());
    key.post(&path, json!({ "line": "x" })).await.expect(201);
}

#[tokio::test]
async fn a_schema_out_of_use_keeps_its_rows_to_itself() {
    let shop = Shop::open().await;
    shop.post("notes", r#"{"line": "kept"}"#).await.expect(201);
    let schema = format!("/api/schemas/{}", shop.schema["id"].as_str().unwrap());
    shop.owner.put(&schema, json!({ "isActive": false })).await.expect(200);
    shop.get("notes").await.refused(409, "schema_inactive");
    shop.post("notes", "{}").await.refused(409, "schema_inactive");
    shop.owner.put(&schema, json!({ "isActive": true })).await.expect(200);
    assert_eq!(shop.get("notes").await.expect(200), json!([{ "line": "kept" }]));
    assert!(shop.owner.delete(&schema).await.status < 300);
    shop.get("notes").await.refused(404, "not_found");
}

async fn place(shop: &Shop) -> DataPlace {
    let id = |value: &Value| value["id"].as_str().unwrap().parse().unwrap();
    shop.app.store.data_place(id(&shop.tenant), id(&shop.schema)).await.unwrap()
}

/// PostgreSQL's answer to a statement that no request could ever become.
async fn run(shop: &Shop, place: &DataPlace, text: &'static str) -> Result<String, String> {
    let mut sql = sql::Sql::of("SELECT (");
    sql.syntax(text).syntax(")::text, 1::bigint, NULL::bigint");
    match shop.app.store.read_rows(place, &sql).await {
        Ok(answer) => Ok(answer.and_then(|answer| answer.json).unwrap_or_default()),
        Err(error) => Err(error.refusal().map(|r| r.sqlstate.clone()).unwrap_or_default()),
    }
}

#[tokio::test]
async fn statements_run_under_the_role_of_the_schema_and_reach_nothing_else() {
    let shop = Shop::open().await;
    let place = place(&shop).await;
    let role = Ok(place.role.as_str().to_owned());
    assert_eq!(run(&shop, &place, "SELECT current_user").await, role);
    let read_only = run(&shop, &place, "SELECT current_setting('transaction_read_only')").await;
    assert_eq!(read_only, Ok("on".to_owned()));
    let denied = Err("42501".to_owned());
    for table in ["public.users", "public.schemas", "public.api_keys", "public.data_lanes"] {
        let mut sql = sql::Sql::of("SELECT count(*)::text, 1::bigint, NULL::bigint FROM ");
        let (namespace, name) = table.split_once('.').unwrap();
        sql.qualified(&Ident::new(namespace).unwrap(), &Ident::new(name).unwrap());
        let error = shop.app.store.read_rows(&place, &sql).await.unwrap_err();
        assert_eq!(error.refusal().unwrap().sqlstate, "42501", "{table}");
    }
    assert_eq!(run(&shop, &place, "SELECT pg_read_file('/etc/hostname')").await, denied);
    assert_eq!(run(&shop, &place, "SELECT rolpassword FROM pg_authid LIMIT 1").await, denied);
    // Neither a refusal nor a success leaves the role behind.
    assert_eq!(run(&shop, &place, "SELECT current_user").await, role);
}

#[tokio::test]
async fn one_schema_cannot_reach_another_of_the_same_lane() {
    let shop = Shop::open().await;
    let second = json!({ "name": "second", "definition": { "tables": [{ "name": "secrets",
        "columns": [{ "name": "line", "type": "text" }] }] } });
    let second = shop.owner.post("/api/schemas", second).await.expect(201);
    let place = place(&shop).await;
    let namespace = Ident::new(second["namespace"].as_str().unwrap()).unwrap();
    let mut sql = sql::Sql::of("SELECT count(*)::text, 1::bigint, NULL::bigint FROM ");
    sql.qualified(&namespace, &Ident::new("secrets").unwrap());
    // Under its own role the statement works and stays prepared on the connection …
    let tenant = shop.tenant["id"].as_str().unwrap().parse().unwrap();
    let id = second["id"].as_str().unwrap().parse().unwrap();
    let its_own = shop.app.store.data_place(tenant, id).await.unwrap();
    for _ in 0..3 {
        shop.app.store.read_rows(&its_own, &sql).await.unwrap();
    }
    // … and under another role it is refused all the same.
    let error = shop.app.store.read_rows(&place, &sql).await.unwrap_err();
    assert_eq!(error.refusal().unwrap().sqlstate, "42501");
}

#[tokio::test]
async fn the_role_of_a_schema_owns_nothing() {
    let shop = Shop::open().await;
    let place = place(&shop).await;
    for statement in ["TRUNCATE ", "DROP TABLE ", "ALTER TABLE "] {
        let mut sql = sql::Sql::of(statement);
        sql.qualified(&place.namespace, &Ident::new("notes").unwrap());
        if statement.starts_with("ALTER") {
            sql.syntax(" ADD COLUMN x integer");
        }
        let error = shop.app.store.write_rows(&place, &sql).await.unwrap_err();
        assert_eq!(error.refusal().unwrap().sqlstate, "42501", "{statement}");
    }
    // A statement that only reads cannot write.
    let mut sql = sql::Sql::of("DELETE FROM ");
    sql.qualified(&place.namespace, &Ident::new("notes").unwrap());
    sql.syntax(" RETURNING NULL::text, 1::bigint, NULL::bigint");
    let error = shop.app.store.read_rows(&place, &sql).await.unwrap_err();
    assert_eq!(error.refusal().unwrap().sqlstate, "25006");
}
