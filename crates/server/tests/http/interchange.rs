//! Definitions in other forms, out and in.

use serde_json::{Value, json};

use crate::harness::TestApp;

const DUMP: &str = "CREATE TYPE public.mood AS ENUM ('sad', 'ok');\n\
    CREATE TABLE public.people (id integer NOT NULL, mood public.mood DEFAULT 'ok'::public.mood);\n\
    ALTER TABLE ONLY public.people ADD CONSTRAINT people_pkey PRIMARY KEY (id);\n\
    GRANT ALL ON public.people TO somebody;\n\
    CREATE VIEW public.sad AS SELECT * FROM public.people WHERE mood = 'sad';\n";

fn import(format: &str, source: &str) -> Value {
    json!({ "format": format, "source": source })
}

#[tokio::test]
async fn sql_comes_in_and_goes_out_again() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let read = ada.post("/api/schemas/import", import("sql", DUMP)).await.expect(200);
    let told: Vec<(&Value, &Value)> = read["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (&finding["line"], &finding["code"]))
        .collect();
    assert_eq!(told, [(&json!(4), &json!("grant")), (&json!(5), &json!("view"))]);

    // What was read makes a schema, and that schema's SQL reads back to the same.
    let new = json!({ "name": "people", "definition": read["definition"] });
    let made = ada.post("/api/schemas", new).await.expect(201);
    let path = format!("/api/schemas/{}/export", made["id"].as_str().unwrap());
    let answer = ada.get(&format!("{path}?format=sql")).await;
    assert_eq!(answer.header("content-type"), Some("application/sql; charset=utf-8"));
    let script = answer.body.clone();
    assert!(script.contains("CREATE TABLE \"public\".\"people\""), "{script}");
    let again = ada.post("/api/schemas/import", import("sql", &script)).await.expect(200);
    assert_eq!(again["findings"], json!([]));
    assert_eq!(again["definition"]["tables"][0]["columns"][1]["default"], "'ok'::mood");

    let document = ada.get(&path).await.expect(200);
    assert_eq!(document, made["definition"]);
    let read = ada.post("/api/schemas/import", import("json", &document.to_string())).await;
    assert_eq!(read.expect(200), json!({ "definition": document, "findings": [] }));
}

#[tokio::test]
async fn nonsense_is_told_and_never_a_failure() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    for (format, source) in [("sql", "CREATE TABEL x;"), ("json", "{"), ("json", "[]")] {
        let read = ada.post("/api/schemas/import", import(format, source)).await.expect(200);
        assert_eq!(read["findings"][0]["code"], "unreadable", "{source}");
    }
    ada.post("/api/schemas/import", import("xml", "")).await.refused(422, "invalid_body");
    app.anon().post("/api/schemas/import", import("sql", "")).await.expect(401);
}

#[tokio::test]
async fn nobody_exports_what_is_another_tenants() {
    let app = TestApp::new().await;
    let (ada, _) = app.owner("ada").await;
    let (bob, _) = app.owner("bob").await;
    let empty = json!({ "name": "mine", "definition": { "tables": [] } });
    let made = ada.post("/api/schemas", empty).await.expect(201);
    let path = format!("/api/schemas/{}/export", made["id"].as_str().unwrap());
    bob.get(&path).await.expect(404);
    ada.get(&format!("{path}?format=pdf")).await.expect(400);
}
