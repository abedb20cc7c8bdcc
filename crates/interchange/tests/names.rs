//! Hostile names that are accepted are quoted rightly: what PostgreSQL's own grammar reads in our SQL
//! is, but for the name, what it reads in the SQL of a plain name.
#![cfg(feature = "sql-import")]

#[path = "../../definition/tests/attacks"]
mod attacks {
    pub(crate) mod lines;
    pub(crate) mod names;
}

use std::collections::BTreeMap;

use attacks::lines::lines;
use attacks::names::{document, places};
use definition::{Counting, Document};
use migration::plan_creation;
use serde_json::Value;
use sql::Ident;

/// A name that nothing else holds.
const PLAIN: &str = "plainzz";

/// The statements of a creation and of its way back.
fn statements(place: &str, name: &str) -> Vec<String> {
    let checked = Document::parse(&document(place, name)).check(None, &mut Counting::default());
    let definition = checked.definition.unwrap_or_else(|| panic!("{place}: {name:?}"));
    let ident = |name: &str| Ident::new(name).expect("it is short");
    let plan = plan_creation(&definition, &ident("tenant_1__names"), &ident("the role"));
    let statements =
        plan.steps.iter().flat_map(|step| std::iter::once(&step.sql).chain(&step.rollback));
    statements.map(|statement| statement.text().to_owned()).collect()
}

/// The statements with a plain name that hold it, where they stand, and as PostgreSQL's grammar
/// reads them.
fn plain(place: &str) -> Vec<Option<Value>> {
    let statements = statements(place, PLAIN).into_iter();
    statements.map(|text| text.contains(PLAIN).then(|| tree(&text))).collect()
}

/// What PostgreSQL's grammar reads.
fn tree(text: &str) -> Value {
    let parsed = pg_query::parse(text, 0).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(parsed.protobuf.stmts.len(), 1, "{text}");
    let mut tree = serde_json::to_value(&parsed.protobuf).expect("a tree is data");
    without_places(&mut tree);
    match body(&tree) {
        // The one function of a schema sets a column; what it sets is SQL once more.
        Some(body) => {
            let begin = "BEGIN IF pg_catalog.current_setting('tenanta.quiet', true) IS DISTINCT FROM 'on' THEN ";
            let rest = body.strip_prefix(begin).unwrap_or_else(|| panic!("{body}"));
            let end = " := pg_catalog.now(); END IF; RETURN NEW; END";
            let set = rest.strip_suffix(end).unwrap_or_else(|| panic!("{body}"));
            Value::Array(vec![self::tree(&["SELECT ", set].concat()), tree])
        }
        None => tree,
    }
}

/// The body of a function.
fn body(tree: &Value) -> Option<&str> {
    match tree {
        Value::Object(object) => object.values().find_map(body),
        Value::Array(items) => items.iter().find_map(body),
        Value::String(text) => text.starts_with("BEGIN ").then_some(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Where a part stands in the text differs with the length of the name.
fn without_places(tree: &mut Value) {
    match tree {
        Value::Object(object) => {
            for key in [
                "location",
                "stmt_len",
                "stmt_location",
                "list_start",
                "list_end",
                "arg_location",
                "rexpr_list_start",
                "rexpr_list_end",
            ] {
                object.remove(key);
            }
            object.values_mut().for_each(without_places);
        }
        Value::Array(items) => items.iter_mut().for_each(without_places),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The tree of a plain name with another name in its place; how often that was put in.
fn renamed(tree: &mut Value, name: &str) -> usize {
    match tree {
        Value::Object(object) => object.values_mut().map(|value| renamed(value, name)).sum(),
        Value::Array(items) => items.iter_mut().map(|item| renamed(item, name)).sum(),
        Value::String(text) => {
            let times = text.matches(PLAIN).count();
            // Only the body of a function is SQL once more.
            let quoted = |name: &str| ["\"", &name.replace('"', "\"\""), "\""].concat();
            *text = text.replace(&quoted(PLAIN), &quoted(name)).replace(PLAIN, name);
            times
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

#[test]
fn accepted_names_come_out_of_postgresqls_grammar_as_they_went_in() {
    let mut known: BTreeMap<&str, Vec<Option<Value>>> = BTreeMap::new();
    let (mut names, mut times) = (0, 0);
    for (code, place, name) in lines(include_str!("../../definition/tests/attacks/names.txt")) {
        for place in places(place).into_iter().filter(|place| is_of_document(place)) {
            // Names made of a junction's are cut when it is long, so they hold it no more.
            if code != "accepted" || (place == "junction" && name.len() > 40) {
                continue;
            }
            let wanted = known.entry(place).or_insert_with(|| plain(place));
            let found = statements(place, &name);
            assert_eq!(found.len(), wanted.len(), "{place}: {name:?}");
            for (found, wanted) in found.iter().zip(wanted) {
                let Some(mut wanted) = wanted.clone() else { continue };
                times += renamed(&mut wanted, &name);
                assert_eq!(tree(found), wanted, "{place}: {name:?}");
            }
            names += 1;
        }
    }
    println!("{names} names stand {times} times in statements");
    assert!(names > 1_000 && times > 5 * names, "{names}, {times}");
}

/// Whether the place is one of a document with all places; others stand in no SQL.
fn is_of_document(place: &str) -> bool {
    places("everywhere").contains(&place)
}
