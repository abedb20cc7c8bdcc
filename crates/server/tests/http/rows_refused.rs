//! Bad input about rows: what is answered, and that nothing is ever a fault of ours.

use serde_json::{Value, json};

use crate::rows::{Shop, encoded};

#[tokio::test]
async fn broken_constraints_are_told_in_the_words_of_the_definition() {
    let shop = Shop::open().await;
    shop.post("customers", r#"{"id": 1, "email": "a@b"}"#).await.expect(201);
    shop.post("orders", r#"{"id": 1, "customer_id": 1}"#).await.expect(201);

    let twice = shop
        .post("customers", r#"{"id": 2, "email": "a@b"}"#)
        .await
        .refused(409, "unique_violation");
    let detail = "`email` must be unique: another row of customers already has this value.";
    assert_eq!((&twice["detail"], &twice["path"]), (&json!(detail), &json!("email")));
    assert_eq!(
        (&twice["constraint"], &twice["columns"]),
        (&json!("customers_email_key"), &json!(["email"]))
    );

    let same_key = shop.post("customers", r#"{"id": 1, "email": "c@d"}"#).await;
    assert_eq!(same_key.refused(409, "unique_violation")["path"], "id");

    let lost =
        shop.put("orders/1", r#"{"customer_id": 99}"#).await.refused(409, "foreign_key_violation");
    let detail = "`customer_id` must name a row of customers that exists.";
    assert_eq!((&lost["detail"], &lost["path"]), (&json!(detail), &json!("customer_id")));

    let needed = shop.delete("customers/1").await.refused(409, "foreign_key_violation");
    let detail = "Rows of orders still refer to this row of customers by `customer_id`.";
    assert_eq!(needed["detail"], detail);

    let negative = shop.put("orders/1", r#"{"total": -1}"#).await.refused(422, "check_violation");
    assert_eq!(negative["detail"], "A row of orders must satisfy `total >= 0`.");

    let missing = shop.post("customers", "{}").await.refused(422, "not_null_violation");
    assert_eq!(
        (&missing["detail"], &missing["path"]),
        (&json!("`email` of customers needs a value."), &json!("email"))
    );
    let emptied = shop.put("customers/1", r#"{"email": null}"#).await;
    assert_eq!(emptied.refused(422, "not_null_violation")["path"], "email");
}

#[tokio::test]
async fn constraints_checked_at_the_end_refuse_too() {
    let shop = Shop::with(json!({
        "tables": [
            { "name": "parents", "columns": [{ "name": "id", "type": "integer", "primaryKey": true }] },
            { "name": "children", "columns": [
                { "name": "id", "type": "integer", "primaryKey": true },
                { "name": "parent_id", "type": "integer" }
            ] }
        ],
        "relationships": [{ "name": "children_parent", "deferrable": "initiallyDeferred",
            "from": { "table": "children", "columns": ["parent_id"] },
            "to": { "table": "parents", "columns": ["id"] } }]
    }))
    .await;
    let lost = shop.post("children", r#"{"id": 1, "parent_id": 7}"#).await;
    assert_eq!(lost.refused(409, "foreign_key_violation")["constraint"], "children_parent");
    assert_eq!(shop.get("children").await.expect(200), json!([]));
}

#[tokio::test]
async fn a_wrong_value_names_its_column() {
    let shop = Shop::open().await;
    for (body, path) in [
        (r#"{"total": "abc"}"#, "total"),
        (r#"{"total": 12345678901}"#, "total"),
        (r#"{"placed_on": "2026-02-30"}"#, "placed_on"),
        (r#"{"placed_on": "soon"}"#, "placed_on"),
        (r#"{"id": 9223372036854775808}"#, "id"),
        (r#"{"id": true}"#, "id"),
        (r#"{"status": "payd"}"#, "status"),
        (r#"[{"total": 1}, {"placed_on": "soon"}]"#, "[1].placed_on"),
    ] {
        let refused = shop.post("orders", body).await.refused(400, "invalid_value");
        assert_eq!(refused["path"], path, "{body}: {refused}");
    }
    // The same in filters and keys.
    for (query, path) in [
        ("orders?placed_on=gt.soon", "placed_on"),
        ("orders?id=in.(1,x)", "id"),
        ("orders?total=lt.1,5", "total"),
        ("orders?updated_at=eq.9999999-01-01", "updated_at"),
        ("orders/x", "id"),
        ("orders/99999999999999999999", "id"),
    ] {
        let refused = shop.get(query).await.refused(400, "invalid_value");
        assert_eq!(refused["path"], path, "{query}: {refused}");
    }
    let near = shop.post("orders", r#"{"status": "payd"}"#).await.refused(400, "invalid_value");
    assert_eq!(near["hint"], "Did you mean `paid`?");
}

#[tokio::test]
async fn unknown_names_are_refused_with_the_nearest() {
    let shop = Shop::open().await;
    let table = shop.get("order").await.refused(404, "unknown_table");
    assert_eq!(table["hint"], "Did you mean `orders`?");
    for (query, path) in [
        ("orders?select=totl", "select"),
        ("orders?totl=eq.1", "totl"),
        ("orders?order=totl", "order"),
    ] {
        let refused = shop.get(query).await.refused(400, "unknown_column");
        assert_eq!(
            (&refused["path"], &refused["hint"]),
            (&json!(path), &json!("Did you mean `total`?"))
        );
    }
    shop.post("orders", r#"{"totl": 1}"#).await.refused(400, "unknown_column");
    shop.post("orders", r#"{"year": 2026}"#).await.refused(400, "read_only_column");
    shop.get("notes/1").await.refused(400, "no_primary_key");
    shop.get("orders?select=id,customers(email)").await.refused(400, "unsupported_select");
}

#[tokio::test]
async fn bodies_and_headers_are_checked() {
    let shop = Shop::open().await;
    let broken = shop.post("orders", "{\n  \"total\": 1,\n}").await.refused(400, "malformed_json");
    assert_eq!((&broken["line"], &broken["column"]), (&json!(3), &json!(1)));
    for body in ["1", "null", "[1]", r#"{"id":1,"id":2}"#] {
        shop.post("orders", body).await.refused(422, "invalid_body");
    }
    shop.put("orders/1", "[{}]").await.refused(422, "invalid_body");
    let form = shop.owner.with("content-type", "application/x-www-form-urlencoded");
    let body = Some("total=1".to_owned());
    form.send("POST", &shop.at("orders"), body).await.refused(415, "unsupported_media_type");
    let csv = shop.owner.with("accept", "text/csv");
    csv.get(&shop.at("orders")).await.refused(406, "not_acceptable");
    shop.owner.patch(&shop.at("orders"), json!({})).await.refused(405, "method_not_allowed");
    shop.delete("orders?id=eq.1").await.refused(405, "method_not_allowed");
}

/// Whatever is in a query string, a key or a value: an answer or a refusal, never a fault of ours.
#[tokio::test]
async fn no_input_is_a_fault_of_ours() {
    let shop = Shop::open().await;
    let texts = nasty_texts();
    for text in &texts {
        let encoded = encoded(text);
        for query in [
            format!("notes?line=eq.{encoded}"),
            format!("notes?line=like.{encoded}"),
            format!("notes?line=in.({encoded})"),
            format!("notes?line={encoded}"),
            format!("notes?{encoded}=eq.1"),
            format!("notes?select={encoded}"),
            format!("notes?order={encoded}"),
            format!("notes?limit={encoded}"),
            format!("orders?id=eq.{encoded}"),
            format!("orders?placed_on=gt.{encoded}"),
            format!("orders/{encoded}"),
            format!("lines/1,{encoded}"),
            format!("{encoded}?limit=1"),
        ] {
            let answer = shop.get(&query).await;
            assert!(answer.status < 500, "{query}: {} {}", answer.status, answer.body);
        }
        let row = json!({ "line": text }).to_string();
        let answer = shop.post("notes", &row).await;
        assert!(answer.status < 500, "{row}: {}", answer.body);
        if answer.status == 201 {
            let found = shop.get(&format!("notes?line=eq.{encoded}")).await.expect(200);
            assert_eq!(found[0]["line"], Value::from(text.as_str()));
        }
    }
}

#[rustfmt::skip]
const NASTY: &[&str] = &[
    "", " ", "'", "''", "\"", "\\", "\\'", "'; DROP TABLE notes; --", "\"; DROP TABLE notes; --",
    "$1", "$$", "$tag$", "%s%n", "%", "%%", "_", "*", "()", "(", ")", ",", ".", ":", "::",
    "::text", "->", "->>a", "!", "!inner", "*,*", "...a", "a.b.c", "not.", "not.not.eq.1", "eq",
    "eq.", "is.", "is.null", "in.", "in.(", "in.()", "{}", "{", "}", "[", "[]", "[0:1]={1,2}",
    "null", "NULL", "NaN", "-Infinity", "1e400", "1e-400", "0x10", "1_000", "-0", "+1",
    "99999999999999999999999", "0001-01-01 BC", "infinity", "2026-13-01", "24:00:00", "é",
    "e\u{301}", "😀", "\u{202e}abc", "\u{feff}", "\u{7f}", "\u{1}", "\n\r\t", "\0", "line\u{2028}",
    "pg_catalog.pg_class", "ctid", "xmin", "tableoid", "count()", "id::regclass", "select", "or",
    "(a.eq.1,b.eq.2)", "\\x00", "\\u0000",
];

fn nasty_texts() -> Vec<String> {
    let long = [("x", 5_000), ("(", 2_000), ("\"", 2_001), ("{", 2_000)];
    let long = long.into_iter().map(|(text, times)| text.repeat(times));
    NASTY.iter().map(|&text| text.to_owned()).chain(long).collect()
}

/// Values that are large or deep rather than odd.
#[tokio::test]
async fn extremes_are_refused_and_not_faults() {
    let shop = Shop::with(json!({
        "tables": [{ "name": "t", "columns": [
            { "name": "id", "type": "text", "primaryKey": true },
            { "name": "j", "type": "jsonb" },
            { "name": "a", "type": "integer[]" },
            { "name": "n", "type": "numeric" },
            { "name": "x", "type": "xml" },
            { "name": "p", "type": "jsonpath" }
        ] }]
    }))
    .await;
    let deep = |open: &str, close: &str, n: usize| open.repeat(n) + &close.repeat(n);
    // Random enough not to be compressed below the limit of an index entry.
    let mut seed = 7_u32;
    let mut letter = |_| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'A' + u8::try_from((seed >> 24) % 58).unwrap())
    };
    let long: String = (0..20_000).map(&mut letter).filter(|c| *c != '\\').collect();
    for (body, status) in [
        (format!(r#"{{"id":"1","j":{}}}"#, deep("[", "]", 100_000)), 400),
        (format!(r#"{{"id":"2","a":{}}}"#, deep("[", "]", 7)), 400),
        (r#"{"id":"3","a":[[1],[2,3]]}"#.to_owned(), 400),
        (r#"{"id":"4","n":1e999999}"#.to_owned(), 400),
        (r#"{"id":"5","n":1e-999999}"#.to_owned(), 400),
        (r#"{"id":"6","x":"<a>"}"#.to_owned(), 400),
        (r#"{"id":"7","p":"$["}"#.to_owned(), 400),
        (r#"{"id":"8","j":"\u0000"}"#.to_owned(), 400),
        (r#"{"id":"9","j":{"a":"\ud800"}}"#.to_owned(), 400),
        (r#"{"id":"10","a":"{1,"}"#.to_owned(), 400),
        (format!(r#"{{"id":"{long}"}}"#), 400),
    ] {
        let answer = shop.post("t", &body).await;
        let start: String = body.chars().take(60).collect();
        let told: String = answer.body.chars().take(300).collect();
        assert_eq!(answer.status, status, "{start}: {told}");
    }
    let filters = "id=eq.1&".repeat(101);
    shop.get(&format!("t?{filters}")).await.refused(400, "too_many");
    let values = "1,".repeat(1_001);
    shop.get(&format!("t?id=in.({values})")).await.refused(400, "too_many");
    let rows = format!("[{}{{}}]", "{},".repeat(10_000));
    shop.post("t", &rows).await.refused(400, "too_many");
    let wide: Vec<String> = (0..10_000)
        .map(|n| format!(r#"{{"id":"{n}","j":1,"a":[],"n":1,"x":"","p":"$","id2":1}}"#))
        .collect();
    shop.post("t", &format!("[{}]", wide.join(","))).await.refused(400, "unknown_column");
}
