//! Every case folder: requests in, and their resolved form, SQL and parameters, or their refusal,
//! as one snapshot.
//!
//! `tests/cases/<topic>/request.json` is a list of requests; a topic without a `definition.json` of
//! its own uses the one beside the topics.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use definition::{Counting, Definition, Document};
use query::rest::{RowBody, RowsBody, parse_key, parse_read};
use query::{Count, QueryError, Statement, Target, WriteRequest};
use serde::Deserialize;
use serde_json::value::RawValue;
use sql::Ident;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Case {
    table: String,
    #[serde(default)]
    count: bool,
    #[serde(default)]
    query: String,
    key: Option<String>,
    insert: Option<Box<RawValue>>,
    update: Option<Box<RawValue>>,
    #[serde(default)]
    delete: bool,
}

#[test]
fn cases() {
    insta::glob!("cases/*/request.json", |path| {
        let folder = path.parent().expect("a file lies in a folder");
        let definition = definition(folder);
        let text = fs::read_to_string(path).expect("the case can be read");
        let cases: Vec<Box<RawValue>> = serde_json::from_str(&text).expect("the case is a list");
        let told: Vec<String> = cases.iter().map(|case| tell(&definition, case.get())).collect();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(told.join("\n\n"));
        });
    });
}

fn definition(folder: &Path) -> Definition {
    let own = folder.join("definition.json");
    let shared = folder.with_file_name("definition.json");
    let file = if own.exists() { own } else { shared };
    let text = fs::read_to_string(file).expect("the definition can be read");
    let document = serde_json::from_str(&text).expect("the definition is JSON");
    let checked = Document::parse(&document).check(None, &mut Counting::default());
    checked.definition.unwrap_or_else(|| panic!("{:#?}", checked.problems))
}

/// The request, and what became of it.
fn tell(definition: &Definition, request: &str) -> String {
    let case: Case = serde_json::from_str(request).expect("the case is known");
    let namespace = Ident::new("tenant_1__shop").expect("a namespace");
    let compact = request.split_whitespace().collect::<Vec<_>>().join(" ");
    match render(definition, &namespace, &case) {
        Ok((resolved, statement)) => told(&compact, &resolved, &statement),
        Err(error) => {
            let (path, hint) = (error.path().unwrap_or("-"), error.hint().unwrap_or_default());
            format!("### {compact}\n{} at {path}: {error} {hint}", error.code())
        }
    }
}

fn told(request: &str, resolved: &str, statement: &Statement) -> String {
    let mut text = format!("### {request}\n{resolved}\n{}", statement.sql().text());
    for (position, value) in statement.sql().params().iter().enumerate() {
        let place = statement.place(position + 1).map(query::Place::path);
        let value = value.as_deref().unwrap_or("NULL");
        let _ = write!(text, "\n${} {}: {value}", position + 1, place.as_deref().unwrap_or("-"));
    }
    text
}

fn render(
    definition: &Definition,
    namespace: &Ident,
    case: &Case,
) -> Result<(String, Statement), QueryError> {
    let target = Target::find(definition, namespace, &case.table)?;
    let key = match &case.key {
        Some(key) => Some(parse_key(key, target.key_parts()?)?),
        None => None,
    };
    let count = if case.count { Count::Exact } else { Count::None };
    let read = parse_read(&case.query, count)?;
    let write = write(case, key.clone());
    let resolved = match (&write, &key) {
        (Some(write), _) => target.write(write)?,
        (None, Some(key)) => target.read_one(key, &read)?,
        (None, None) => target.read(&read)?,
    };
    Ok((format!("{resolved:?}"), resolved.statement()?))
}

fn write(case: &Case, key: Option<Vec<String>>) -> Option<WriteRequest> {
    if let Some(body) = &case.insert {
        let RowsBody { rows, listed } = serde_json::from_str(body.get()).expect("rows");
        return Some(WriteRequest::Insert { rows, listed });
    }
    let key = key?;
    if let Some(body) = &case.update {
        let RowBody(values) = serde_json::from_str(body.get()).expect("a row");
        return Some(WriteRequest::Update { key, values });
    }
    case.delete.then_some(WriteRequest::Delete { key })
}
