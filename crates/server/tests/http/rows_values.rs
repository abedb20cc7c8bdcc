//! Every type of the definition format, written and read back with not a digit lost.

use std::collections::{BTreeMap, BTreeSet};

use definition::column_type::Builtin;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::rows::{Shop, encoded};

/// A type, a value as it is sent, and the same value as it is answered; both are JSON text.
const VALUES: &[(&str, &str, &str)] = &[
    ("boolean", "true", "true"),
    ("boolean", "\"f\"", "false"),
    ("smallint", "-32768", "-32768"),
    ("integer", "2147483647", "2147483647"),
    ("bigint", "9223372036854775807", "9223372036854775807"),
    ("bigint", "\"-9223372036854775808\"", "-9223372036854775808"),
    (
        "numeric",
        "12345678901234567890.123456789012345678901234567890",
        "12345678901234567890.123456789012345678901234567890",
    ),
    ("numeric", "\"NaN\"", "\"NaN\""),
    ("numeric", "1.50", "1.50"),
    ("numeric", "1e3", "1000"),
    ("numeric(12,2)", "9999999999.99", "9999999999.99"),
    ("numeric(4,2)", "\"1.005\"", "1.01"),
    ("money", "\"12.50\"", "\"$12.50\""),
    ("real", "0.1", "0.1"),
    ("double precision", "0.1", "0.1"),
    ("double precision", "1.7976931348623157e308", "1.7976931348623157e+308"),
    ("double precision", "\"-Infinity\"", "\"-Infinity\""),
    ("text", r#""q\"\\'\n\té😀 $1 %s""#, r#""q\"\\'\n\té😀 $1 %s""#),
    ("text", "\"\"", "\"\""),
    ("text", "null", "null"),
    ("varchar(5)", "\"ÄÖÜ€😀\"", "\"ÄÖÜ€😀\""),
    ("varchar(3)", "\"abc  \"", "\"abc\""),
    ("char(3)", "\"a\"", "\"a  \""),
    ("bytea", r#""\\x00FF""#, r#""\\x00ff""#),
    ("bytea", r#""\\x""#, r#""\\x""#),
    ("bit(3)", "\"101\"", "\"101\""),
    ("varbit(8)", "\"10\"", "\"10\""),
    ("date", "\"2026-01-31\"", "\"2026-01-31\""),
    ("date", "\"infinity\"", "\"infinity\""),
    ("date", "\"0044-03-15 BC\"", "\"0044-03-15 BC\""),
    ("time", "\"23:59:59.123456\"", "\"23:59:59.123456\""),
    ("timetz", "\"12:00:00+05:30\"", "\"12:00:00+05:30\""),
    ("timestamp", "\"2026-01-31 14:30:00.5\"", "\"2026-01-31T14:30:00.5\""),
    ("timestamptz", "\"2026-01-31T14:30:00+02:00\"", "\"2026-01-31T12:30:00+00:00\""),
    ("timestamptz", "\"2026-01-31T14:30:00.123456Z\"", "\"2026-01-31T14:30:00.123456+00:00\""),
    ("timestamptz", "\"infinity\"", "\"infinity\""),
    ("interval", "\"P1Y2M3DT4H5M6.789S\"", "\"1 year 2 mons 3 days 04:05:06.789\""),
    (
        "uuid",
        "\"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11\"",
        "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"",
    ),
    ("json", r#"{"b":1.50,"a":[null,"x"],"b":2}"#, r#"{"b":1.50,"a":[null,"x"],"b":2}"#),
    ("json", "\"text\"", "\"text\""),
    ("jsonb", r#"{"b":12345678901234567890.10}"#, r#"{"b": 12345678901234567890.10}"#),
    ("jsonb", "[1,2]", "[1, 2]"),
    ("jsonpath", r#""$.a[*]""#, r#""$.\"a\"[*]""#),
    ("xml", "\"<a>1</a>\"", "\"<a>1</a>\""),
    ("inet", "\"10.1.2.3/8\"", "\"10.1.2.3/8\""),
    ("cidr", "\"2001:db8::/32\"", "\"2001:db8::/32\""),
    ("macaddr", "\"08-00-2b-01-02-03\"", "\"08:00:2b:01:02:03\""),
    ("macaddr8", "\"08:00:2b:01:02:03:04:05\"", "\"08:00:2b:01:02:03:04:05\""),
    ("point", "\"(1.5,2)\"", "\"(1.5,2)\""),
    ("line", "\"{1,2,3}\"", "\"{1,2,3}\""),
    ("lseg", "\"[(0,0),(1,1)]\"", "\"[(0,0),(1,1)]\""),
    ("box", "\"(1,1),(0,0)\"", "\"(1,1),(0,0)\""),
    ("path", "\"((0,0),(1,1))\"", "\"((0,0),(1,1))\""),
    ("polygon", "\"((0,0),(1,1),(1,0))\"", "\"((0,0),(1,1),(1,0))\""),
    ("circle", "\"<(0,0),1>\"", "\"<(0,0),1>\""),
    ("tsvector", "\"'cat':2 'fat':1\"", "\"'cat':2 'fat':1\""),
    ("tsquery", "\"fat & cat\"", "\"'fat' & 'cat'\""),
    ("int4range", "\"[1,9]\"", "\"[1,10)\""),
    ("int8range", "\"[1,9223372036854775807)\"", "\"[1,9223372036854775807)\""),
    ("numrange", "\"(0.10,0.20]\"", "\"(0.10,0.20]\""),
    ("daterange", "\"[2026-01-01,2026-02-01)\"", "\"[2026-01-01,2026-02-01)\""),
    ("tsrange", "\"empty\"", "\"empty\""),
    ("tstzrange", "\"[2026-01-01 00:00:00+00,)\"", "\"[\\\"2026-01-01 00:00:00+00\\\",)\""),
    ("int4multirange", "\"{[1,3),[5,7)}\"", "\"{[1,3),[5,7)}\""),
    ("int8multirange", "\"{}\"", "\"{}\""),
    ("nummultirange", "\"{[0.5,1.5]}\"", "\"{[0.5,1.5]}\""),
    ("datemultirange", "\"{[2026-01-01,2026-02-01)}\"", "\"{[2026-01-01,2026-02-01)}\""),
    ("tsmultirange", "\"{}\"", "\"{}\""),
    ("tstzmultirange", "\"{}\"", "\"{}\""),
    ("mood", "\"so so\"", "\"so so\""),
    ("mood[]", "[\"good\",null]", "[\"good\",null]"),
    ("text[]", r#"["a,b","q\"\\","NULL",null,"{}",""]"#, r#"["a,b","q\"\\","NULL",null,"{}",""]"#),
    ("text[]", "[]", "[]"),
    ("text[]", "\"{a,b}\"", "[\"a\",\"b\"]"),
    ("bigint[]", "[[1,2],[3,9223372036854775807]]", "[[1,2],[3,9223372036854775807]]"),
    ("numeric(5,1)[]", "[1.25,\"2\"]", "[1.3,2.0]"),
    ("timestamptz[]", "[\"2026-01-31T14:30:00Z\"]", "[\"2026-01-31T14:30:00+00:00\"]"),
    ("jsonb[]", "[[1],{\"a\":\"x\"},\"t\"]", "[[1],{\"a\": \"x\"},\"t\"]"),
    ("box[]", "[\"(1,1),(0,0)\",\"(2,2),(0,0)\"]", "[\"(1,1),(0,0)\",\"(2,2),(0,0)\"]"),
    ("bytea[]", r#"["\\x00"]"#, r#"["\\x00"]"#),
    ("boolean[]", "[true,false,null]", "[true,false,null]"),
    ("uuid[]", "[]", "[]"),
    ("int4range[]", "[\"[1,2)\",\"empty\"]", "[\"[1,2)\",\"empty\"]"),
];

/// One column for each value, named by its place in the table.
fn definition() -> Value {
    let columns = VALUES.iter().enumerate();
    let columns =
        columns.map(|(n, (data_type, ..))| json!({ "name": format!("c{n}"), "type": data_type }));
    let key = json!({ "name": "id", "type": "integer", "primaryKey": true });
    let columns: Vec<Value> = std::iter::once(key).chain(columns).collect();
    json!({
        "enums": [{ "name": "mood", "values": ["good", "so so"] }],
        "tables": [{ "name": "values", "columns": columns }]
    })
}

/// The columns that came back otherwise than expected.
fn differences(row: &str) -> Vec<String> {
    let row: BTreeMap<String, Box<RawValue>> = serde_json::from_str(row).unwrap();
    let told = |n: usize| row[&format!("c{n}")].get();
    VALUES
        .iter()
        .enumerate()
        .filter(|(n, (.., expected))| told(*n) != *expected)
        .map(|(n, (data_type, sent, expected))| {
            format!("{data_type}: sent {sent}, expected {expected}, got {}", told(n))
        })
        .collect()
}

#[tokio::test]
async fn every_type_comes_back_as_it_was_sent() {
    let shop = Shop::with(definition()).await;
    let sent = |id: i32, values: &dyn Fn(usize) -> &'static str| {
        let parts = (0..VALUES.len()).map(|n| format!(",\"c{n}\":{}", values(n)));
        format!("{{\"id\":{id}{}}}", parts.collect::<String>())
    };
    let answer = shop.post("values", &sent(1, &|n| VALUES[n].1)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let row = answer.body.trim_start_matches('[').trim_end_matches(']').to_owned();
    assert_eq!(differences(&row), Vec::<String>::new());
    assert_eq!(differences(&shop.get("values/1").await.body), Vec::<String>::new());

    // What was answered may be sent again and means the same, by PUT as well.
    shop.post("values", r#"{"id": 2}"#).await.expect(201);
    let again = shop.put("values/2", &sent(2, &|n| VALUES[n].2)).await;
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!(differences(&again.body), Vec::<String>::new());
}

#[test]
fn no_type_is_left_out() {
    let base = |data_type: &str| data_type.split(['(', '[']).next().unwrap_or_default().to_owned();
    let tried: BTreeSet<String> = VALUES.iter().map(|(data_type, ..)| base(data_type)).collect();
    let missing: Vec<&str> = Builtin::ALL
        .iter()
        .map(|builtin| builtin.name())
        .filter(|name| !tried.contains(*name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[tokio::test]
async fn every_type_with_an_order_is_found_by_its_value() {
    let shop = Shop::with(definition()).await;
    let parts = VALUES.iter().enumerate();
    let parts: Vec<String> = parts.map(|(n, (_, sent, _))| format!(",\"c{n}\":{sent}")).collect();
    let body = parts.concat();
    shop.post("values", &format!("{{\"id\":1{body}}}")).await.expect(201);
    for (n, (data_type, _, answered)) in VALUES.iter().enumerate() {
        if answered.starts_with('[') || answered.starts_with('{') || *answered == "null" {
            continue;
        }
        let text: String =
            serde_json::from_str(answered).unwrap_or_else(|_| (*answered).to_owned());
        let answer = shop.get(&format!("values?select=id&c{n}=eq.{}", encoded(&text))).await;
        if answer.body.contains("unsupported_operator") {
            continue;
        }
        // jsonb compares documents, so a bare text is no value of it; all others find the row.
        assert_eq!(answer.body, "[{\"id\":1}]", "{data_type} {text}");
    }
}
