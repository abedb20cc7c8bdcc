//! Changing schemas over HTTP: shown, agreed to, run, and taken back with the data.

use serde_json::{Value, json};

use crate::harness::{Caller, TestApp};

fn notes(columns: &Value) -> Value {
    json!({ "tables": [{ "name": "notes", "columns": columns }] })
}

fn first() -> Value {
    notes(&json!([
        { "name": "id", "type": "integer", "primaryKey": true },
        { "name": "note", "type": "text" },
        { "name": "amount", "type": "text" },
    ]))
}

struct World {
    app: TestApp,
    owner: Caller,
    schema: Value,
    path: String,
    data: String,
}

/// A schema with three rows.
async fn world() -> World {
    let app = TestApp::new().await;
    let (owner, _) = app.owner("ada").await;
    let body = json!({ "name": "shop", "definition": first() });
    let schema = owner.post("/api/schemas", body).await.expect(201);
    let path = format!("/api/schemas/{}", schema["id"].as_str().unwrap());
    let data = format!("{path}/tables/notes/data");
    let rows = json!([
        { "id": 1, "note": "one", "amount": "007" },
        { "id": 2, "note": null, "amount": "12" },
        { "id": 3, "note": "it's three", "amount": "x" },
    ]);
    owner.post(&data, rows).await.expect(201);
    World { app, owner, schema, path, data }
}

/// The definition in force, changed.
async fn changed(world: &World, change: impl FnOnce(&mut Vec<Value>)) -> Value {
    let mut definition = world.owner.get(&world.path).await.expect(200)["definition"].take();
    change(definition["tables"][0]["columns"].as_array_mut().unwrap());
    definition
}

#[tokio::test]
async fn a_dropped_column_comes_back_with_its_values() {
    let world = world().await;
    let (owner, path) = (&world.owner, &world.path);
    let without = changed(&world, |columns| {
        columns.remove(1);
    })
    .await;

    let shown =
        owner.post(&format!("{path}/plan"), json!({ "definition": without })).await.expect(200);
    let plan = &shown["plan"];
    assert_eq!(shown["validation"]["isValid"], true);
    assert_eq!(plan["fromVersion"], 1);
    assert_eq!(plan["changes"][0]["summary"], "Drop `note` of `notes`");
    assert_eq!(plan["hazards"][0]["key"], "data_loss:notes.note");
    assert_eq!(
        plan["steps"][0]["locks"][0],
        json!({ "table": "notes", "mode": "accessExclusive" })
    );

    let body = json!({ "definition": without });
    let refused = owner.put(path, body).await.expect(409);
    assert_eq!(refused["code"], "hazards_unacknowledged");
    assert_eq!(refused["plan"]["fingerprint"], plan["fingerprint"]);

    let body = json!({ "definition": without, "acknowledge": ["data_loss:notes.note"],
        "planFingerprint": plan["fingerprint"], "message": "Nobody reads them" });
    let made = owner.put(path, body).await;
    assert_eq!(made.header("etag"), Some("\"2\""));
    assert_eq!(made.expect(200)["version"], 2);
    let row = owner.get(&format!("{}/1", world.data)).await.expect(200);
    assert_eq!(row, json!({ "id": 1, "amount": "007" }));
    owner.post(&world.data, json!({ "id": 4, "amount": "9" })).await.expect(201);

    let attic = owner.get(&format!("{path}/attic")).await.expect(200);
    assert_eq!(attic["items"][0]["kind"], "column");
    assert_eq!(attic["items"][0]["subject"], "notes.note");
    assert_eq!(attic["items"][0]["version"], 2);

    let back = owner.post(&format!("{path}/rollback/1?dryRun=true"), json!({})).await.expect(200);
    assert_eq!(back["plan"]["changes"][0]["summary"], "Add `note` (text) to `notes`");
    assert_eq!(owner.get(path).await.expect(200)["version"], 2);
    let back = owner.post(&format!("{path}/rollback/1"), json!({})).await.expect(200);
    assert_eq!(back["version"], 3);
    assert_eq!(back["definition"], world.schema["definition"]);
    let rows = owner.get(&format!("{}?order=id&select=id,note", world.data)).await.expect(200);
    let expected = json!([
        { "id": 1, "note": "one" }, { "id": 2, "note": null },
        { "id": 3, "note": "it's three" }, { "id": 4, "note": null },
    ]);
    assert_eq!(rows, expected);

    let log = owner.get(&format!("{path}/changelog")).await.expect(200);
    assert_eq!(log["items"][0]["message"], "Back to version 1");
    assert_eq!(log["items"][1]["headline"], "Drop `note` of `notes`");
    assert_eq!(log["items"][1]["message"], "Nobody reads them");
    let diff = owner.get(&format!("{path}/versions/2/diff/1")).await.expect(200);
    assert_eq!(diff["changes"][0]["act"], "add");
    let migrations = owner.get(&format!("{path}/migrations")).await.expect(200);
    assert_eq!(migrations["items"][0]["state"], "applied");
    let id = migrations["items"][1]["id"].as_str().unwrap();
    let migration = owner.get(&format!("{path}/migrations/{id}")).await.expect(200);
    assert!(migration["steps"][0]["sql"].as_str().unwrap().contains("RENAME COLUMN"));
    assert!(migration["rollbackSql"].is_string());
}

#[tokio::test]
async fn rows_that_do_not_fit_stand_in_the_way_until_something_is_chosen() {
    let world = world().await;
    let (owner, path) = (&world.owner, &world.path);
    let numbers = changed(&world, |columns| columns[2]["type"] = json!("integer")).await;
    let refused = owner.put(path, json!({ "definition": numbers })).await.expect(409);
    assert_eq!(refused["code"], "rows_do_not_fit");
    let hazards = refused["plan"]["hazards"].as_array().unwrap();
    let hazard = hazards.iter().find(|hazard| hazard["severity"] == "blocking").unwrap();
    assert_eq!(hazard["subject"], "notes.amount");
    assert_eq!(hazard["rows"], 1);
    assert_eq!(hazard["sampleRows"][0]["amount"], "x");

    let bad =
        json!({ "definition": numbers, "remedies": { "notes.amount": { "cast": "pg_sleep(1)" } } });
    let refused = owner.put(path, bad).await.expect(422);
    assert_eq!(refused["code"], "invalid_remedy");
    assert_eq!(refused["path"], "remedies.notes.amount");

    let chosen = json!({ "definition": numbers, "remedies": { "notes.amount": "setAside" } });
    owner.put(path, chosen).await.expect(200);
    let rows = owner.get(&format!("{}?order=id&select=id,amount", world.data)).await.expect(200);
    let expected =
        json!([{ "id": 1, "amount": 7 }, { "id": 2, "amount": 12 }, { "id": 3, "amount": null }]);
    assert_eq!(rows, expected);
    owner.put(&format!("{}/2", world.data), json!({ "amount": 13 })).await.expect(200);

    owner.post(&format!("{path}/rollback/1"), json!({})).await.expect(200);
    let rows = owner.get(&format!("{}?order=id&select=id,amount", world.data)).await.expect(200);
    let expected = json!([
        { "id": 1, "amount": "007" }, { "id": 2, "amount": "13" }, { "id": 3, "amount": "x" },
    ]);
    assert_eq!(rows, expected, "what was changed since is converted, all else is as it was");
}

#[tokio::test]
async fn whoever_has_seen_an_earlier_version_is_told_what_changed_since() {
    let world = world().await;
    let (owner, path) = (&world.owner, &world.path);
    let more = changed(&world, |columns| {
        columns
            .push(json!({ "name": "more", "type": "boolean", "notNull": true, "default": "true" }));
    })
    .await;
    let first = owner.with("if-match", "\"1\"");
    first.put(path, json!({ "definition": more })).await.expect(200);
    let refused = first.put(path, json!({ "definition": more })).await.expect(412);
    assert_eq!(refused["code"], "version_conflict");
    assert_eq!(refused["currentVersion"], 2);
    assert_eq!(refused["changes"][0]["summary"], "Add `more` (boolean) to `notes`");
    // The same again changes nothing and makes no version.
    let same = owner.put(path, json!({ "definition": more })).await.expect(200);
    assert_eq!(same["version"], 2);
}

#[tokio::test]
async fn a_plan_that_is_no_longer_the_one_shown_is_refused() {
    let world = world().await;
    let (owner, path) = (&world.owner, &world.path);
    let more =
        changed(&world, |columns| columns.push(json!({ "name": "a", "type": "text" }))).await;
    let other =
        changed(&world, |columns| columns.push(json!({ "name": "b", "type": "text" }))).await;
    let shown =
        owner.put(&format!("{path}?dryRun=true"), json!({ "definition": more })).await.expect(200);
    let body = json!({ "definition": other, "planFingerprint": shown["plan"]["fingerprint"] });
    let refused = owner.put(path, body).await.expect(409);
    assert_eq!(refused["code"], "plan_changed");
    assert!(refused["plan"]["steps"][0]["sql"].as_str().unwrap().contains("\"b\""));
    assert_eq!(owner.get(path).await.expect(200)["version"], 1);
}

#[tokio::test]
async fn an_invalid_definition_is_answered_with_all_its_problems_and_changes_nothing() {
    let world = world().await;
    let (owner, path) = (&world.owner, &world.path);
    let bad = changed(&world, |columns| {
        columns[1]["type"] = json!("txet");
        columns[2]["default"] = json!("pg_sleep(1)");
    })
    .await;
    let refused = owner.put(path, json!({ "definition": bad })).await.expect(422);
    assert_eq!(refused["problems"].as_array().unwrap().len(), 2);
    let shown = owner.post(&format!("{path}/plan"), json!({ "definition": bad })).await.expect(200);
    assert_eq!(shown["validation"]["isValid"], false);
    assert_eq!(shown["plan"], Value::Null);
    assert_eq!(owner.get(path).await.expect(200)["version"], 1);
}

#[tokio::test]
async fn only_those_who_own_the_project_may_change_and_others_see_nothing() {
    let world = world().await;
    let (owner, path) = (&world.owner, &world.path);
    let tenant = owner.get("/api/tenants").await.expect(200)["items"][0].take();
    let editor = world.app.member(owner, &tenant, "editor").await;
    editor.put(path, json!({ "definition": first() })).await.expect(403);
    editor.post(&format!("{path}/rollback/1"), json!({})).await.expect(403);
    let (stranger, _) = world.app.owner("eve").await;
    stranger.post(&format!("{path}/plan"), json!({ "definition": first() })).await.expect(404);
    stranger.get(&format!("{path}/versions/1/diff/1")).await.expect(404);
    owner.post(&format!("{path}/rollback/9"), json!({})).await.expect(404);
}
