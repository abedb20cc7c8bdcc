//! What nests without end is refused with a plain problem, and what is as deep as may be is walked,
//! both on a thread with a stack of two megabytes, which is what a server's worker has.

use definition::column_type::ColumnType;
use definition::expression::{Context, Place};
use definition::{Counting, Document, Expression};
use serde_json::{Value, json};

const STACK: usize = 2 * 1024 * 1024;
const TIMES: usize = 100_000;

/// Runs on a small stack; an overflow would end the process.
fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run);
    thread.expect("a thread starts").join().expect("it does not panic")
}

fn nested(open: &str, inside: &str, close: &str, times: usize) -> String {
    [&open.repeat(times), inside, &close.repeat(times)].concat()
}

/// What opens, what stands inside, what closes.
const NESTS: [(&str, &str, &str); 18] = [
    ("(", "a", ")"),
    ("((", "a", "), 1)"),
    ("t[", "1", "]::integer"),
    ("ARRAY[", "a", "]"),
    ("ROW(", "a", ")"),
    ("CAST(", "a", " AS integer)"),
    ("", "a", "::integer"),
    ("NOT ", "true", ""),
    ("- ", "a", ""),
    ("~ ", "a", ""),
    ("CASE WHEN true THEN ", "a", " END"),
    ("CASE ", "a", " WHEN 1 THEN 1 END"),
    ("coalesce(", "a", ", 1)"),
    ("true IN (", "true", ")"),
    ("a + (", "a", ")"),
    ("", "a", " + 1"),
    ("", "t", "[1]"),
    ("", "true", " AND true"),
];

/// The codes of the problems of a document.
fn codes(document: &Value) -> Vec<&'static str> {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    checked.problems.iter().map(|problem| problem.code).collect()
}

fn table(column: &Value, checks: &Value) -> Value {
    let columns = [
        json!({ "name": "a", "type": "int", "primaryKey": true }),
        json!({ "name": "t", "type": "text[]" }),
        column.clone(),
    ];
    json!({ "tables": [{ "name": "x", "columns": columns, "checks": checks }] })
}

#[test]
fn expressions_without_end_are_plain_problems() {
    for (open, inside, close) in NESTS {
        for (times, code) in
            [(TIMES, "text_too_long"), (9_000 / (open.len() + close.len()), "expression_too_long")]
        {
            let text = nested(open, inside, close, times);
            let found = on_a_small_stack(move || {
                let mut found = codes(&table(
                    &json!({ "name": "b", "type": "int", "default": text }),
                    &json!([]),
                ));
                found.extend(codes(&table(
                    &json!({ "name": "b", "type": "int", "generated": text }),
                    &json!([]),
                )));
                found.extend(codes(&table(
                    &json!({ "name": "b", "type": "int", "check": text }),
                    &json!([]),
                )));
                found.extend(codes(&table(
                    &json!({ "name": "b", "type": "int" }),
                    &json!([{ "expression": text }]),
                )));
                found
            });
            assert_eq!(found.len(), 4, "{open}{inside}{close}: {found:?}");
            assert!(found.iter().all(|found| *found == code), "{open}{inside}{close}: {found:?}");
        }
    }
}

#[test]
fn the_wall_itself_bounds_what_it_reads() {
    for (open, inside, close) in NESTS {
        let text = nested(open, inside, close, TIMES);
        let code = on_a_small_stack(move || {
            let context = Context {
                place: Place::Check,
                columns: [("a", None), ("t", None)].into(),
                enums: [].into(),
                wanted: None,
                method: None,
            };
            Expression::parse(&text, &context).map_err(|error| error.code).map(drop)
        });
        assert_eq!(code, Err("expression_too_long"), "{open}{inside}{close}");
    }
}

/// The deepest of each kind that is accepted is read, typed, printed, compared and dropped.
#[test]
fn what_is_as_deep_as_may_be_fits_the_stack() {
    for (open, inside, close) in NESTS {
        let (deepest, code) = on_a_small_stack(move || {
            let namespace = sql::Ident::new("deep").expect("it is short");
            let (integer, texts) = ["integer", "text[]"]
                .map(|spelling| {
                    ColumnType::parse(spelling, &|_| false).expect("it is a type").column_type
                })
                .into();
            let context = Context {
                place: Place::Check,
                columns: [("a", Some(&integer)), ("t", Some(&texts))].into(),
                enums: [].into(),
                wanted: None,
                method: None,
            };
            let mut deepest = 0;
            for times in 0.. {
                let text = ["(", &nested(open, inside, close, times), ") IS NULL"].concat();
                match Expression::parse(&text, &context) {
                    Ok(found) => {
                        let kept = found.to_string();
                        assert_eq!(Expression::parse(&kept, &context).as_ref(), Ok(&found.clone()));
                        assert!(!found.fragment(&namespace).as_str().is_empty());
                        deepest = times;
                    }
                    Err(error) => return (deepest, error.code),
                }
            }
            unreachable!("some depth is refused")
        });
        assert_eq!(code, "expression_too_deep", "{open}{inside}{close} after {deepest}");
        assert!(deepest >= 12, "{open}{inside}{close}: {deepest}");
    }
}

#[test]
fn types_and_names_without_end_are_plain_problems() {
    for (open, inside, close) in
        [("", "int", "[]"), ("", "int", " array"), ("numeric(", "1", ")"), ("\"", "a", "\"")]
    {
        let text = nested(open, inside, close, TIMES);
        let found = on_a_small_stack(move || {
            codes(&table(&json!({ "name": "b", "type": text }), &json!([])))
        });
        assert_eq!(found, ["text_too_long"], "{open}{inside}{close}");
    }
}

/// The reader of JSON has a bound of its own, below which every document of the format stays.
#[test]
fn json_without_end_is_an_error_of_json() {
    for (open, inside, close) in [
        ("[", "", "]"),
        ("{\"tables\":", "1", "}"),
        ("{\"tables\":[", "", "]}"),
        ("[{\"columns\":", "[]", "}]"),
    ] {
        for text in [nested(open, inside, close, TIMES), open.repeat(TIMES)] {
            let message = on_a_small_stack(move || match serde_json::from_str::<Value>(&text) {
                Ok(document) => format!("{:?}", codes(&document)),
                Err(error) => error.to_string(),
            });
            assert!(message.starts_with("recursion limit exceeded"), "{open}: {message}");
        }
        // What the reader of JSON just takes is a problem of the format, wherever it stands.
        for place in ["tables", "enums", "relationships", "nonsense"] {
            let text = nested(open, inside, close, 60);
            let found = on_a_small_stack(move || {
                let value: Value = serde_json::from_str(&text).expect("it is JSON");
                codes(&json!({ place: value }))
            });
            assert!(!found.is_empty(), "{open} as {place}");
        }
    }
}
