//! Expressions of real schemas, weighted by how often they occur, pass the wall in their places.
//!
//! `wild/expressions.tsv` holds one line for each shape that was counted in 44 public schemas, with
//! columns and values made up, so that it is an expression of a table that PostgreSQL accepts.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod wild {
    pub(crate) mod corpus;
}

use std::fmt::Write;

use wild::corpus::{Line, corpus};

#[test]
fn each_expression_passes_or_is_refused_with_its_code() {
    let mut wrong = Vec::new();
    for line in corpus() {
        let found = line.parse();
        let code = found.as_ref().err().map_or("", |error| error.code);
        if code != line.code {
            wrong.push(format!("{}: {}\n  {found:?}", line.place, line.expression));
        }
    }
    assert!(wrong.is_empty(), "{} of the corpus:\n{}", wrong.len(), wrong.join("\n"));
}

/// A default that takes the next number of a sequence. A document says it with `identity`, and the
/// import of SQL does so: `crates/interchange/tests/wild.rs` imports each of these shapes.
fn is_sequence(line: &Line) -> bool {
    line.place == "default" && line.expression.starts_with("nextval(")
}

/// What reads a setting is refused on purpose, however often it occurs.
fn is_setting(line: &Line) -> bool {
    line.expression.contains("current_setting(")
}

/// What share of the lines that `counted` chooses is taken, in percent, by how often they occur:
/// the wall lets it pass, or the import says it with `identity`.
fn share(lines: &[Line], counted: impl Fn(&Line) -> bool, weight: impl Fn(&Line) -> u32) -> f64 {
    let (mut taken, mut all) = (0.0, 0.0);
    for line in lines.iter().filter(|line| counted(line)) {
        let weight = f64::from(weight(line));
        all += weight;
        taken += if line.code.is_empty() || is_sequence(line) { weight } else { 0.0 };
    }
    100.0 * taken / all
}

#[test]
fn at_least_98_of_100_are_taken() {
    let lines = corpus();
    let times = |line: &Line| line.times;
    assert_eq!((lines.len(), lines.iter().map(times).sum::<u32>()), (402, 10_504));
    let all = share(&lines, |_| true, times);
    let without_settings = share(&lines, |line| !is_setting(line), times);
    let expressions = share(&lines, |line| !is_setting(line) && !is_sequence(line), times);
    let by_schemas = share(&lines, |_| true, |line| line.schemas);
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/expressions.md");
    let page = std::fs::read_to_string(page).unwrap();
    for (what, share) in [
        ("all", all),
        ("without settings", without_settings),
        ("without settings and sequences", expressions),
        ("all, by the schemas that have them", by_schemas),
    ] {
        println!("{share:.2} % are taken: {what}");
        let row = format!("| {what} | {share:.2} % |");
        assert!(page.contains(&row), "docs/expressions.md has no row {row}");
    }
    assert!(all >= 96.8, "{all:.2} %");
    assert!(without_settings >= 98.0, "{without_settings:.2} %");
    assert!(expressions >= 98.0, "{expressions:.2} %");
}

/// Why shapes are refused: what they hold, the heading, the reason and what to do instead.
const REASONS: [[&str; 3]; 7] = [
    [
        "nextval(",
        "Sequences",
        "A sequence is said by `\"identity\"`, which makes it, owns it and grants the right to use it. \
         The import of SQL turns these defaults into it.",
    ],
    [
        "current_setting(",
        "Settings",
        "What a connection happens to have set is not part of the data. Let the client send the value.",
    ],
    [
        "user_function(",
        "Functions of the schema",
        "A schema has no functions of its own, so there is nothing to call.",
    ],
    [
        "AS citext)",
        "citext",
        "The type belongs to an extension. Use `text`, with an index on `lower(x)`.",
    ],
    ["AS hstore)", "hstore", "The type belongs to an extension. Use `jsonb`."],
    ["digest(", "pgcrypto", "The function belongs to an extension. Use `sha256(x)`."],
    ["st_convexhull(", "PostGIS", "The function belongs to an extension."],
];

/// `UPDATE_DOCS=1 cargo test -p definition --test wild` prints the page anew.
#[test]
fn every_refused_shape_is_listed_with_its_reason() {
    let mut left: Vec<Line> = corpus().into_iter().filter(|line| !line.code.is_empty()).collect();
    let mut page = HEAD.to_owned();
    for [word, heading, reason] in REASONS {
        let (lines, rest) = left.into_iter().partition(|line| line.expression.contains(word));
        left = rest;
        section(&mut page, heading, reason, lines);
    }
    let left: Vec<&str> = left.iter().map(|line| line.expression).collect();
    assert!(left.is_empty(), "refused without a reason: {left:#?}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/expressions-refused.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let stale = "is stale: run UPDATE_DOCS=1 cargo test -p definition --test wild";
    assert!(std::fs::read_to_string(path).unwrap_or_default() == page, "{path} {stale}");
}

fn section(page: &mut String, heading: &str, reason: &str, lines: Vec<Line>) {
    assert!(!lines.is_empty(), "nothing is refused because of {heading}");
    let times: u32 = lines.iter().map(|line| line.times).sum();
    write!(page, "\n## {heading}\n\n{reason} Refused this often: {times}.\n\n").unwrap();
    page.push_str("| where | times | schemas | shape | code |\n|---|---|---|---|---|\n");
    for line in lines {
        let Line { place, times, schemas, code, .. } = line;
        let shape = line.expression.replace('|', "\\|");
        writeln!(page, "| {place} | {times} | {schemas} | `{shape}` | `{code}` |").unwrap();
    }
}

const HEAD: &str = "# Counted expressions that are refused

What 44 public schemas hold in defaults, checks, generated columns and indexes was counted by shape;
[expressions.md](expressions.md) says what share of it is taken. These are all the shapes that the
expression wall refuses, with the reason. This page is printed from the corpus,
`crates/definition/tests/wild/expressions.tsv`, by a test, and a shape without a reason fails it. Names
of columns and values are made up; `user_function` stands for a function of the schema's own.
";
