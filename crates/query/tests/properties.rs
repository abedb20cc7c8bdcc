//! No input panics, and no text of a client becomes SQL text.

use definition::{Counting, Definition, Document};
use proptest::prelude::*;
use query::rest::{RowsBody, parse_key, parse_read};
use query::{Count, Target, WriteRequest};
use sql::Ident;

fn definition() -> Definition {
    let document = serde_json::json!({
        "enums": [{ "name": "mood", "values": ["good", "bad"] }],
        "tables": [{ "name": "t", "columns": [
            { "name": "id", "type": "bigint", "primaryKey": true },
            { "name": "n", "type": "numeric(4,2)" },
            { "name": "s", "type": "varchar(3)" },
            { "name": "b", "type": "bytea" },
            { "name": "m", "type": "mood" },
            { "name": "a", "type": "text[]" },
            { "name": "j", "type": "jsonb" },
            { "name": "u", "type": "uuid" }
        ] }]
    });
    let checked = Document::parse(&document).check(None, &mut Counting::default());
    checked.definition.expect("the document is valid")
}

fn namespace() -> Ident {
    Ident::new("ns").expect("a name")
}

/// Texts made of the grammar's own pieces meet more of the parser than random ones.
fn query_string() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "select", "order", "limit", "offset", "id", "n", "s", "m", "a", "=", "&", "eq.", "not.",
        "in.(", ")", "(", ",", "\"", "\\", "%", "%22", "%5C", "is.null", "like.", "*", "::",
        "text", ":", ".desc", ".", "->", "!", "é", "+", "1", "-1", "good", "'", ";",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        any::<String>().prop_map(serde_json::Value::from),
        "[-+]?[0-9]{0,9}[.]?[0-9]{0,9}(e[-+]?[0-9]{1,9})?".prop_map(serde_json::Value::from),
        "\\\\x[0-9a-f]{0,6}|[{]\"?[a-c,]{0,4}\"?[}]".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(8, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::btree_map("[a-z]{1,2}", inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_query_string_panics(query in query_string()) {
        let (definition, namespace) = (definition(), namespace());
        let target = Target::find(&definition, &namespace, "t").expect("the table exists");
        if let Ok(request) = parse_read(&query, Count::Exact)
            && let Ok(resolved) = target.read(&request)
        {
            let statement = resolved.statement().expect("within the limits");
            let placeholders = statement.sql().text().matches('$').count();
            prop_assert!(placeholders >= statement.sql().params().len());
        }
    }

    #[test]
    fn values_of_filters_are_parameters(value in "[a-z'\";\\\\$%-]{1,20}") {
        let (definition, namespace) = (definition(), namespace());
        let target = Target::find(&definition, &namespace, "t").expect("the table exists");
        let encoded: Vec<String> = value.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let request = parse_read(&format!("s=eq.{}", encoded.concat()), Count::None).expect("it is read");
        let statement = target.read(&request).and_then(|read| read.statement()).expect("valid");
        let bare = parse_read("s=eq.x", Count::None).expect("it is read");
        let expected = target.read(&bare).and_then(|read| read.statement()).expect("valid");
        prop_assert_eq!(statement.sql().text(), expected.sql().text());
        prop_assert_eq!(statement.sql().params(), &[Some(value)][..]);
    }

    #[test]
    fn no_row_panics(values in prop::collection::vec(json_value(), 8)) {
        let (definition, namespace) = (definition(), namespace());
        let target = Target::find(&definition, &namespace, "t").expect("the table exists");
        for (name, value) in ["id", "n", "s", "b", "m", "a", "j", "u"].into_iter().zip(values) {
            let body = serde_json::json!({ name: value }).to_string();
            let RowsBody { rows, listed } = serde_json::from_str(&body).expect("rows");
            let write = WriteRequest::Insert { rows, listed };
            if let Ok(resolved) = target.write(&write) {
                let statement = resolved.statement().expect("within the limits");
                let nul = |value: &Option<String>| value.as_ref().is_some_and(|v| v.contains('\0'));
                prop_assert!(!statement.sql().params().iter().any(nul));
            }
        }
    }

    #[test]
    fn no_body_and_no_key_panics(text in any::<String>(), parts in 0_usize..4) {
        drop(serde_json::from_str::<RowsBody>(&text));
        drop(parse_key(&text, parts));
    }
}
