//! Rows in and out: the single-row calls, the list, and its grammar.

use serde_json::{Value, json};

use crate::harness::{Answer, Caller, TestApp};

/// A schema with tables to write to, and where its rows are reached.
pub(crate) struct Shop {
    pub(crate) app: TestApp,
    pub(crate) owner: Caller,
    pub(crate) tenant: Value,
    pub(crate) schema: Value,
}

impl Shop {
    /// Orders of customers, with their lines.
    pub(crate) async fn open() -> Self {
        Self::with(shop()).await
    }

    /// A schema of this definition.
    pub(crate) async fn with(definition: Value) -> Self {
        let app = TestApp::new().await;
        let (owner, tenant) = app.owner("ada").await;
        let schema = json!({ "name": "shop", "definition": definition });
        let schema = owner.post("/api/schemas", schema).await.expect(201);
        Self { app, owner, tenant, schema }
    }

    /// The path of a table's rows, with what follows it.
    pub(crate) fn at(&self, rest: &str) -> String {
        let (table, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let id = self.schema["id"].as_str().unwrap();
        format!("/api/schemas/{id}/tables/{table}/data{rest}")
    }

    pub(crate) async fn get(&self, rest: &str) -> Answer {
        self.owner.get(&self.at(rest)).await
    }

    pub(crate) async fn post(&self, rest: &str, body: &str) -> Answer {
        self.owner.send("POST", &self.at(rest), Some(body.to_owned())).await
    }

    pub(crate) async fn put(&self, rest: &str, body: &str) -> Answer {
        self.owner.send("PUT", &self.at(rest), Some(body.to_owned())).await
    }

    pub(crate) async fn delete(&self, rest: &str) -> Answer {
        self.owner.delete(&self.at(rest)).await
    }
}

/// A text as it stands in a URL, every byte encoded.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat()
}

fn shop() -> Value {
    json!({
        "enums": [{ "name": "order_status", "values": ["draft", "paid", "shipped"] }],
        "tables": [
            { "name": "customers", "columns": [
                { "name": "id", "type": "bigint", "primaryKey": true, "identity": "byDefault" },
                { "name": "email", "type": "text", "notNull": true, "unique": true }
            ] },
            { "name": "orders", "columns": [
                { "name": "id", "type": "bigint", "primaryKey": true, "identity": "byDefault" },
                { "name": "customer_id", "type": "bigint",
                  "references": { "table": "customers", "column": "id" } },
                { "name": "status", "type": "order_status", "notNull": true, "default": "'draft'" },
                { "name": "total", "type": "numeric(12,2)", "check": "total >= 0" },
                { "name": "placed_on", "type": "date" },
                { "name": "year", "type": "integer",
                  "generated": "extract(year from placed_on)::int" },
                { "name": "updated_at", "type": "timestamptz" }
              ], "trackUpdates": "updated_at" },
            { "name": "lines", "columns": [
                { "name": "order_id", "type": "bigint" },
                { "name": "product", "type": "text" },
                { "name": "amount", "type": "integer", "notNull": true, "default": "1" }
              ], "primaryKey": ["order_id", "product"] },
            { "name": "notes", "columns": [{ "name": "line", "type": "text" }] }
        ]
    })
}

#[tokio::test]
async fn a_row_is_added_read_changed_and_deleted() {
    let shop = Shop::open().await;
    let added = shop.post("orders", r#"{"total": 10.50, "placed_on": "2026-01-31"}"#).await;
    let row = added.expect(201)[0].clone();
    assert_eq!(
        (&row["id"], &row["status"], &row["year"]),
        (&json!(1), &json!("draft"), &json!(2026))
    );
    assert_eq!(row["updated_at"], Value::Null);

    let path = "orders/1";
    assert_eq!(shop.get(path).await.expect(200), row);
    let changed = shop.put(path, r#"{"status": "paid"}"#).await.expect(200);
    assert_eq!((&changed["status"], &changed["placed_on"]), (&json!("paid"), &json!("2026-01-31")));
    assert!(changed["updated_at"].as_str().unwrap().ends_with("+00:00"), "{changed}");
    assert_eq!(shop.put(path, "{}").await.expect(200), changed);

    assert_eq!(shop.delete(path).await.expect(204), Value::Null);
    shop.get(path).await.refused(404, "not_found");
    shop.put(path, r#"{"status": "paid"}"#).await.refused(404, "not_found");
    shop.delete(path).await.refused(404, "not_found");
}

#[tokio::test]
async fn many_rows_are_added_wholly_or_not_at_all() {
    let shop = Shop::open().await;
    let rows = r#"[{"id": 7, "total": 1}, {"status": "paid"}, {}]"#;
    let added = shop.post("orders", rows).await.expect(201);
    assert_eq!(added.as_array().unwrap().len(), 3);
    assert_eq!((&added[0]["id"], &added[1]["status"]), (&json!(7), &json!("paid")));
    assert_eq!(shop.post("orders", "[]").await.expect(201), json!([]));

    let refused = shop.post("orders", r#"[{"id": 8}, {"total": -1}]"#).await;
    refused.refused(422, "check_violation");
    shop.get("orders/8").await.refused(404, "not_found");

    // More parameters than are kept prepared.
    let rows: Vec<Value> = (0..500).map(|n| json!({ "order_id": n, "product": "tea" })).collect();
    let added = shop.post("lines", &Value::from(rows).to_string()).await.expect(201);
    assert_eq!(added.as_array().unwrap().len(), 500);
}

#[tokio::test]
async fn a_key_of_several_columns_is_parted_by_commas() {
    let shop = Shop::open().await;
    let row = r#"{"order_id": 1, "product": "tea, green/ü %"}"#;
    shop.post("lines", row).await.expect(201);
    let path = "lines/1,tea%2C%20green%2F%C3%BC%20%25";
    assert_eq!(shop.get(path).await.expect(200)["amount"], 1);
    assert_eq!(shop.put(path, r#"{"amount": 5}"#).await.expect(200)["amount"], 5);
    shop.get("lines/1").await.refused(400, "invalid_key");
    shop.get("lines/1,a,b").await.refused(400, "invalid_key");
    shop.delete(path).await.expect(204);
}

async fn orders(shop: &Shop) {
    let rows: Vec<Value> = (1..=20)
        .map(|id| {
            let status = ["draft", "paid", "shipped"][id % 3];
            let total = if id % 5 == 0 { Value::Null } else { json!(id * 10) };
            json!({ "id": id, "status": status, "total": total })
        })
        .collect();
    shop.post("orders", &Value::from(rows).to_string()).await.expect(201);
}

/// The ids a query string gives, in its order.
async fn ids(shop: &Shop, query: &str) -> Vec<i64> {
    let rows = shop.get(&format!("orders?select=id&{query}")).await;
    assert!(matches!(rows.status, 200 | 206), "{query}: {}", rows.body);
    let rows: Value = serde_json::from_str(&rows.body).unwrap();
    rows.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_cut() {
    let shop = Shop::open().await;
    orders(&shop).await;
    for (query, expected) in [
        ("id=eq.7", vec![7]),
        ("id=gt.18", vec![19, 20]),
        ("id=gte.18&id=lt.20", vec![18, 19]),
        ("id=lte.2", vec![1, 2]),
        ("id=neq.1&limit=2", vec![2, 3]),
        ("id=in.(3,1,99)", vec![1, 3]),
        ("id=in.()", vec![]),
        ("id=not.in.(1,2,3)&limit=1", vec![4]),
        ("total=is.null", vec![5, 10, 15, 20]),
        ("total=not.is.null&limit=1&offset=4", vec![6]),
        ("status=eq.paid&order=id.desc&limit=2", vec![19, 16]),
        ("status=in.(paid,%22shipped%22)&limit=3", vec![1, 2, 4]),
        ("order=total.desc.nullslast&limit=2", vec![19, 18]),
        ("order=total.desc&limit=2", vec![5, 10]),
        ("order=status.desc,id.desc&limit=2", vec![20, 17]),
        ("total=eq.10.00", vec![1]),
        ("limit=0", vec![]),
    ] {
        assert_eq!(ids(&shop, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn text_is_matched_by_pattern() {
    let shop = Shop::open().await;
    shop.post(
        "notes",
        r#"[{"line": "Tea"}, {"line": "tea 50%"}, {"line": "a_b"}, {"line": null}]"#,
    )
    .await
    .expect(201);
    for (filter, expected) in [
        ("line=like.tea*", 1),
        ("line=ilike.TEA*", 2),
        ("line=not.ilike.tea*", 1),
        ("line=like.*%5C%25", 1),
        ("line=like.a_b", 1),
        ("line=eq.a_b", 1),
        ("line=is.null", 1),
        ("line=in.(Tea,%22tea%2050%25%22)", 2),
    ] {
        let rows = shop.get(&format!("notes?{filter}")).await.expect(200);
        assert_eq!(rows.as_array().unwrap().len(), expected, "{filter}: {rows}");
    }
}

#[tokio::test]
async fn columns_are_chosen_renamed_and_cast() {
    let shop = Shop::open().await;
    orders(&shop).await;
    let first = |rows: Value| rows[0].clone();
    let rows = shop.get("orders?select=number:id,total::text&limit=1").await.expect(200);
    assert_eq!(first(rows), json!({ "number": 1, "total": "10.00" }));
    let rows = shop.get("orders?select=*,id::text&id=eq.3").await.expect(200);
    assert_eq!((&rows[0]["id"], &rows[0]["status"]), (&json!("3"), &json!("draft")));
    let rows = shop.get("orders?select=&limit=2").await.expect(200);
    assert_eq!(rows, json!([{}, {}]));
    let row = shop.get("orders/3?select=id").await.expect(200);
    assert_eq!(row, json!({ "id": 3 }));
}

#[tokio::test]
async fn an_answer_tells_its_place_among_all() {
    let shop = Shop::open().await;
    orders(&shop).await;
    let counted = shop.owner.with("prefer", "count=exact");
    let range =
        |answer: &Answer| (answer.status, answer.header("content-range").unwrap().to_owned());
    for (query, counts, status, expected) in [
        ("orders?limit=5", false, 200, "0-4/*"),
        ("orders?id=eq.99", false, 200, "*/*"),
        ("orders?limit=5", true, 206, "0-4/20"),
        ("orders?limit=5&offset=15", true, 206, "15-19/20"),
        ("orders?status=eq.paid", true, 200, "0-6/7"),
        ("orders?id=eq.99", true, 200, "*/0"),
    ] {
        let caller = if counts { &counted } else { &shop.owner };
        let answer = caller.get(&shop.at(query)).await;
        assert_eq!(range(&answer), (status, expected.to_owned()), "{query}");
    }
    counted.get(&shop.at("orders?offset=21")).await.refused(416, "invalid_range");
    let head = counted.send("HEAD", &shop.at("orders?limit=1"), None).await;
    assert_eq!((range(&head), head.body.as_str()), ((206, "0-0/20".to_owned()), ""));
}

#[tokio::test]
async fn one_answer_holds_a_thousand_rows_at_most() {
    let shop = Shop::open().await;
    let rows: Vec<Value> = (0..1001).map(|n| json!({ "line": n.to_string() })).collect();
    shop.post("notes", &Value::from(rows).to_string()).await.expect(201);
    for query in ["notes", "notes?limit=5000"] {
        let answer = shop.get(query).await;
        assert_eq!(answer.header("content-range"), Some("0-999/*"));
        assert_eq!(answer.expect(200).as_array().unwrap().len(), 1000);
    }
}
