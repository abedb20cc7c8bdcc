//! Schemas: made, found, changed, taken out of use, brought back.

use serde_json::{Value, json};

use crate::harness::{Caller, TestApp};

/// The example of the documents, exactly as it is printed there.
fn example() -> Value {
    json!({
        "name": "custom_schema",
        "description": "Custom schema for project data",
        "definition": { "tables": [{ "name": "custom_table", "columns": [
            { "name": "id", "type": "UUID", "primaryKey": true, "default": "uuid_generate_v4()" },
            { "name": "name", "type": "VARCHAR(255)", "notNull": true },
            { "name": "created_at", "type": "TIMESTAMP", "default": "NOW()" }
        ]}]}
    })
}

fn named(name: &str) -> Value {
    json!({ "name": name, "definition": { "tables": [] } })
}

fn with_column(column: &Value) -> Value {
    let id = json!({ "name": "id", "type": "int", "primaryKey": true });
    json!({ "name": "crm", "definition": { "tables": [{ "name": "t", "columns": [id, column] }] } })
}

fn path(schema: &Value) -> String {
    format!("/api/schemas/{}", schema["id"].as_str().unwrap())
}

async fn names(caller: &Caller, query: &str) -> Vec<String> {
    let list = caller.get(&format!("/api/schemas{query}")).await.expect(200);
    let items = list["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_example_of_the_documents_works_as_written() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let answer = ada.post("/api/schemas", example()).await;
    assert_eq!(answer.header("etag"), Some("\"1\""));
    let made = answer.expect(201);
    assert_eq!((&made["version"], &made["isActive"]), (&json!(1), &json!(true)));
    assert_eq!(made["namespace"], format!("tenant_{}__custom_schema", tenant["number"]));
    let columns = made["definition"]["tables"][0]["columns"].as_array().unwrap();
    assert!(columns.iter().all(|column| column["id"].is_string()), "{columns:?}");
    assert_eq!(ada.get(&path(&made)).await.expect(200), made);

    // The default works on a database without the extension.
    let rows = format!("{}/tables/custom_table/data", path(&made));
    let row = ada.post(&rows, json!({ "name": "first" })).await.expect(201);
    let row = row.get(0).unwrap_or(&row);
    assert_eq!(row["id"].as_str().unwrap().len(), 36);

    let versions = ada.get(&format!("{}/versions", path(&made))).await.expect(200);
    assert_eq!(versions["items"][0]["version"], 1);
    assert_eq!(versions["items"][0]["summary"], json!(["Add the table `custom_table`"]));
    let version = ada.get(&format!("{}/versions/1", path(&made))).await.expect(200);
    assert_eq!(version["definition"], made["definition"]);
    ada.get(&format!("{}/versions/2", path(&made))).await.refused(404, "not_found");
    let migrations = ada.get(&format!("{}/migrations", path(&made))).await.expect(200);
    assert_eq!(migrations["items"][0]["state"], "applied");
    assert!(migrations["items"][0]["sql"].as_str().unwrap().contains("CREATE TABLE"));
    assert!(migrations["items"][0]["rollbackSql"].as_str().unwrap().contains("DROP TABLE"));
}

#[tokio::test]
async fn an_invalid_document_is_answered_with_every_problem() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let body = json!({ "name": "Bad Name", "definition": { "tables": [
        { "name": "orders", "colums": [], "columns": [
            { "name": "id", "type": "uuid", "primaryKey": true },
            { "name": "total", "type": "numric", "check": "total > 0" },
            { "name": "who", "type": "int", "references": { "table": "custmers" } }]},
        { "name": "customers", "columns": [{ "name": "id", "type": "int", "primaryKey": true }] }
    ]}});
    let refusal = ada.post("/api/schemas", body).await.refused(422, "invalid_definition");
    let problems = refusal["problems"].as_array().unwrap();
    let found: Vec<_> = problems
        .iter()
        .map(|problem| (problem["code"].as_str().unwrap(), problem["path"].as_str().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("invalid_schema_name", "name"),
            ("unknown_key", "tables[0].colums"),
            ("unknown_type", "tables[0].columns[1].type"),
            ("unknown_table", "tables[0].columns[2].references.table"),
        ]
    );
    assert!(
        problems
            .iter()
            .all(|problem| problem["message"].is_string() && problem["hint"].is_string())
    );
    assert_eq!(names(&ada, "").await, Vec::<String>::new());
}

#[tokio::test]
async fn what_only_postgresql_finds_is_a_problem_of_the_definition_too() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    for (column, place) in [
        (json!({ "name": "n", "type": "inet", "default": "'999.1.1.1'" }), "tables[0]"),
        (
            json!({ "name": "n", "type": "point", "check": "n <@ 'nowhere'::box" }),
            "tables[0].checks[0]",
        ),
        (json!({ "name": "n", "type": "point", "generated": "'nowhere'" }), "tables[0]"),
    ] {
        let refusal =
            ada.post("/api/schemas", with_column(&column)).await.refused(422, "invalid_definition");
        assert_eq!(refusal["problems"][0]["code"], "refused_by_database", "{refusal}");
        assert_eq!(refusal["problems"][0]["path"], place, "{refusal}");
    }
    assert_eq!(names(&ada, "").await, Vec::<String>::new());
}

#[tokio::test]
async fn validation_answers_and_makes_nothing() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let valid = ada
        .post("/api/schemas/validate", json!({ "definition": example()["definition"] }))
        .await
        .expect(200);
    assert_eq!((&valid["isValid"], &valid["errors"]), (&json!(true), &json!([])));
    assert_eq!(valid["warnings"][0]["code"], "timestamp_without_zone");
    let invalid = json!({ "definition": { "tables": [{ "name": "t" }] } });
    let invalid = ada.post("/api/schemas/validate", invalid).await.expect(200);
    assert_eq!(invalid["isValid"], json!(false));
    assert_eq!(invalid["errors"][0]["code"], "missing_key");
    let dry = ada.post("/api/schemas?dryRun=true", example()).await.expect(200);
    assert_eq!(dry["validation"]["isValid"], json!(true));
    assert_eq!(dry["plan"]["reversible"], json!(true));
    assert_eq!(dry["plan"]["fingerprint"].as_str().unwrap().len(), 64);
    assert_eq!(names(&ada, "").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_list_is_searched_filtered_and_sorted() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let mut made = Vec::new();
    for name in ["crm", "shop", "stock"] {
        made.push(ada.post("/api/schemas", named(name)).await.expect(201));
    }
    ada.put(&path(&made[1]), json!({ "isActive": false, "description": "All we sell" }))
        .await
        .expect(200);
    ada.delete(&path(&made[0])).await.expect(204);
    assert_eq!(names(&ada, "").await, ["shop", "stock"]);
    assert_eq!(names(&ada, "?status=active").await, ["stock"]);
    assert_eq!(names(&ada, "?status=inactive").await, ["shop"]);
    assert_eq!(names(&ada, "?status=deleted").await, ["crm"]);
    assert_eq!(names(&ada, "?search=SELL").await, ["shop"]);
    assert_eq!(names(&ada, "?sort=-createdAt").await, ["stock", "shop"]);
    let first = ada.get("/api/schemas?limit=1").await.expect(200);
    let cursor = first["nextCursor"].as_str().unwrap();
    assert_eq!(names(&ada, &format!("?limit=1&cursor={cursor}")).await, ["stock"]);
    for (query, place) in [("?status=on", "status"), ("?sort=size", "sort"), ("?limit=0", "limit")]
    {
        let refusal = ada.get(&format!("/api/schemas{query}")).await.refused(400, "invalid_query");
        assert_eq!(refusal["path"], place);
    }
    ada.get("/api/schemas?colour=red").await.refused(400, "invalid_query");
}

#[tokio::test]
async fn a_schema_is_taken_out_of_use_and_brought_back_with_its_rows() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let made = ada.post("/api/schemas", example()).await.expect(201);
    let rows = format!("{}/tables/custom_table/data", path(&made));
    ada.post(&rows, json!({ "name": "kept" })).await.expect(201);
    ada.delete(&path(&made)).await.expect(204);
    ada.delete(&path(&made)).await.refused(404, "not_found");
    ada.get(&rows).await.refused(404, "not_found");
    ada.put(&path(&made), json!({ "name": "other" })).await.refused(404, "not_found");
    let waiting = ada.get(&path(&made)).await.expect(200);
    assert!(waiting["deletedAt"].is_string(), "{waiting}");
    let restored = ada.post(&format!("{}/restore", path(&made)), json!({})).await.expect(200);
    assert!(restored.get("deletedAt").is_none(), "{restored}");
    let kept = ada.get(&rows).await.expect(200);
    assert_eq!(kept[0]["name"], "kept");
}

#[tokio::test]
async fn a_purge_needs_an_owner_and_the_name() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let admin = app.member(&ada, &tenant, "admin").await;
    let made = ada.post("/api/schemas", named("crm")).await.expect(201);
    let purge = |confirm: &str| format!("{}?purge=true{confirm}", path(&made));
    admin.delete(&purge("&confirm=crm")).await.refused(403, "forbidden");
    ada.delete(&purge("")).await.refused(409, "confirmation_required");
    ada.delete(&purge("&confirm=shop")).await.refused(409, "confirmation_required");
    ada.delete(&purge("&confirm=crm")).await.expect(204);
    ada.get(&path(&made)).await.refused(404, "not_found");
    assert_eq!(names(&ada, "?status=deleted").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_change_of_what_was_changed_meanwhile_is_refused() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let made = ada.post("/api/schemas", example()).await.expect(201);
    let seen = ada.with("if-match", "\"1\"");
    let renamed = json!({ "name": "renamed", "definition": made["definition"] });
    assert_eq!(seen.put(&path(&made), renamed).await.expect(200)["name"], "renamed");
    let stale = ada.with("if-match", "\"7\"");
    let refusal =
        stale.put(&path(&made), json!({ "name": "late" })).await.refused(412, "version_conflict");
    assert_eq!(refusal["currentVersion"], 1);
    ada.with("if-match", "seven").put(&path(&made), json!({})).await.refused(400, "invalid_header");
    ada.put(&path(&made), json!({ "name": "Not A Name" })).await.refused(422, "invalid_definition");
    ada.post("/api/schemas", named("shop")).await.expect(201);
    ada.put(&path(&made), json!({ "name": "shop" })).await.refused(409, "name_taken");
}

#[tokio::test]
async fn who_may_make_and_see_schemas() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let made = ada.post("/api/schemas", named("crm")).await.expect(201);
    let editor = app.member(&ada, &tenant, "editor").await;
    let viewer = app.member(&ada, &tenant, "viewer").await;
    for caller in [&editor, &viewer] {
        caller.get(&path(&made)).await.expect(200);
        caller.post("/api/schemas", named("other")).await.refused(403, "forbidden");
        caller.put(&path(&made), json!({ "isActive": false })).await.refused(403, "forbidden");
        caller.delete(&path(&made)).await.refused(403, "forbidden");
    }
    let (bob, _) = app.owner("bob").await;
    for method in ["GET", "PUT", "DELETE"] {
        let body = (method == "PUT").then(|| "{}".to_owned());
        bob.send(method, &path(&made), body).await.refused(404, "not_found");
    }
    let anon = app.anon();
    anon.get("/api/schemas").await.refused(401, "unauthenticated");
    anon.post("/api/schemas", named("x")).await.refused(401, "unauthenticated");
    let foreign = json!({ "name": "x", "projectId": made["projectId"], "definition": {} });
    let refusal = bob.post("/api/schemas", foreign).await.refused(422, "invalid_body");
    assert_eq!(refusal["path"], "projectId");
}

#[tokio::test]
async fn a_key_limited_to_schemas_sees_no_others() {
    let app = TestApp::new().await;
    let (ada, tenant) = app.owner("ada").await;
    let one = ada.post("/api/schemas", named("one")).await.expect(201);
    let two = ada.post("/api/schemas", named("two")).await.expect(201);
    let key = json!({ "name": "robot", "role": "admin", "schemas": [one["id"]] });
    let key = ada.post(&crate::harness::under(&tenant, "api-keys"), key).await.expect(201);
    let robot = app.anon().with("apikey", key["key"].as_str().unwrap());
    assert_eq!(names(&robot, "").await, ["one"]);
    robot.get(&path(&one)).await.expect(200);
    robot.get(&path(&two)).await.refused(404, "not_found");
    robot.post("/api/schemas", named("three")).await.refused(403, "forbidden");
}

#[tokio::test]
async fn nothing_that_can_be_sent_is_a_fault_of_the_server() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let long = "x".repeat(5_000);
    let bodies = [
        "null".to_owned(),
        "[]".to_owned(),
        "7".to_owned(),
        "{}".to_owned(),
        r#"{"name":1,"definition":{}}"#.to_owned(),
        r#"{"name":"x","definition":null}"#.to_owned(),
        r#"{"name":"x","definition":[]}"#.to_owned(),
        r#"{"name":"x","definition":{"tables":{}}}"#.to_owned(),
        r#"{"name":"x","definition":{"tables":[null,1,"a",[],{}]}}"#.to_owned(),
        r#"{"name":"x\u0000","definition":{}}"#.to_owned(),
        r#"{"name":"x","description":"\u0000","definition":{}}"#.to_owned(),
        r#"{"name":"x","definition":{"tables":[{"name":"a\u0000b","columns":[]}]}}"#.to_owned(),
        r#"{"name":"x","definition":{"tables":[{"name":"\ud800","columns":[]}]}}"#.to_owned(),
        r#"{"name":"x","surprise":true,"definition":{}}"#.to_owned(),
        format!(r#"{{"name":"x","definition":{deep}}}"#),
        format!(r#"{{"name":"x","definition":{{"tables":{deep}}}}}"#),
        format!(r#"{{"name":"{long}","definition":{{}}}}"#),
        format!(r#"{{"name":"x","definition":{{"tables":[{{"name":"{long}","columns":[]}}]}}}}"#),
    ];
    for body in bodies {
        let answer = ada.send("POST", "/api/schemas", Some(body.clone())).await;
        assert!(
            (400..500).contains(&answer.status),
            "{body:.200} gave {}: {}",
            answer.status,
            answer.body
        );
    }
    let hostile =
        ["\"; DROP SCHEMA public; --", "a'b", "a\\b", "$1", "日本語", "sélect", "a b", "A", "1a"];
    for name in hostile {
        let columns = json!([{ "name": name, "type": "int", "primaryKey": true }]);
        let table = json!({ "name": name, "columns": columns, "description": name });
        let answer = ada
            .post("/api/schemas", json!({ "name": "hostile", "definition": { "tables": [table] } }))
            .await;
        let made = answer.expect(201);
        assert_eq!(made["definition"]["tables"][0]["name"], name);
        ada.delete(&format!("{}?purge=true&confirm=hostile", path(&made))).await.expect(204);
    }
}
