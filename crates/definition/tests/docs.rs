//! The documentation of the format, held to the code.
//!
//! `docs/types.md`, the list in `docs/expressions.md` and the answers in `docs/problems.md` are
//! printed from here, so they cannot go stale: `UPDATE_DOCS=1 cargo test -p definition --test docs`
//! prints them anew.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod docs {
    pub(crate) mod expressions;
    pub(crate) mod problems;
    pub(crate) mod types;
}

use std::fs;
use std::path::PathBuf;

use definition::{Checked, Counting, Definition, Document};

/// A file of the project, by its path from the root.
fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Compares a page with what it should say, or prints it anew.
#[track_caller]
fn assert_page(name: &str, wanted: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path(name), wanted).unwrap();
    }
    let stale = "is stale: run UPDATE_DOCS=1 cargo test -p definition --test docs";
    assert!(fs::read_to_string(path(name)).unwrap_or_default() == wanted, "{name} {stale}");
}

/// The content of every fenced block of this kind.
fn blocks<'a>(text: &'a str, kind: &str) -> Vec<&'a str> {
    let fence = format!("```{kind}\n");
    text.split(fence.as_str())
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap_or_default())
        .collect()
}

fn check(document: &str, previous: Option<&Definition>) -> Checked {
    let document = serde_json::from_str(document)
        .unwrap_or_else(|error| panic!("{error} in the example\n{document}"));
    Document::parse(&document).check(previous, &mut Counting::default())
}

#[test]
fn every_example_of_the_format_is_valid() {
    let page = read("docs/definition.md");
    let examples = blocks(&page, "json");
    assert!(examples.len() >= 5, "the examples were not found");
    for example in examples {
        let checked = check(example, None);
        assert!(checked.definition.is_some(), "{example}\n{:#?}", checked.problems);
    }
}

#[test]
fn the_limits_of_the_format_are_those_of_the_code() {
    use definition::{expression, schema_name, shape};
    let page = read("docs/definition.md");
    for (name, limit) in [
        ("MAX_TABLES", shape::MAX_TABLES),
        ("MAX_COLUMNS", shape::MAX_COLUMNS),
        ("MAX_PARTS", shape::MAX_PARTS),
        ("MAX_ENUM_VALUES", shape::MAX_ENUM_VALUES),
        ("MAX_KEY_COLUMNS", shape::MAX_KEY_COLUMNS),
        ("MAX_TEXT_CHARS", shape::MAX_TEXT_CHARS),
        ("MAX_IDENT_BYTES", sql::MAX_IDENT_BYTES),
        ("MAX_SCHEMA_NAME_CHARS", schema_name::MAX_SCHEMA_NAME_CHARS),
        ("MAX_ID_CHARS", definition::MAX_ID_CHARS),
        ("MAX_EXPRESSION_BYTES", expression::MAX_EXPRESSION_BYTES),
        ("MAX_DEPTH", expression::MAX_DEPTH),
        ("MAX_NODES", expression::MAX_NODES),
        ("MAX_PROBLEMS", definition::MAX_PROBLEMS),
    ] {
        let row = format!("| `{name}` | {limit} |");
        assert!(page.contains(&row), "docs/definition.md has no row beginning {row}");
    }
}
