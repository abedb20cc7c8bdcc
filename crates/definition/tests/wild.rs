//! Expressions of real schemas, weighted by how often they occur, pass the wall in their places.
//!
//! `wild/expressions.tsv` holds one line for each shape that was counted in 44 public schemas, with
//! columns and values made up, so that it is an expression of a table that PostgreSQL accepts.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod wild {
    pub(crate) mod corpus;
}

use wild::corpus::{Line, corpus};

/// What share of all lines that `counted` chooses pass, in percent, by how often they occur.
fn share(lines: &[Line], counted: impl Fn(&Line) -> bool, weight: impl Fn(&Line) -> u32) -> f64 {
    let sum = |passing: bool| -> f64 {
        let lines = lines.iter().filter(|line| counted(line) && (!passing || line.code.is_empty()));
        lines.map(|line| f64::from(weight(line))).sum()
    };
    100.0 * sum(true) / sum(false)
}

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

#[test]
fn at_least_98_of_100_pass() {
    let lines = corpus();
    let times = |line: &Line| line.times;
    // A sequence in a default is what `identity` says in a definition; settings of the session are
    // refused on purpose. Both are told apart, for they are many in few schemas.
    let sequence = |line: &Line| line.expression.starts_with("nextval(");
    let setting = |line: &Line| line.expression.contains("current_setting(");
    let rest = share(&lines, |line| !sequence(line) && !setting(line), times);
    let without_sequences = share(&lines, |line| !sequence(line), times);
    let all = share(&lines, |_| true, times);
    let by_schemas = share(&lines, |line| !sequence(line), |line| line.schemas);
    println!("{by_schemas:.2} % pass without sequences, weighted by schemas");
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/expressions.md");
    let page = std::fs::read_to_string(page).unwrap();
    for (what, share) in [
        ("all", all),
        ("without sequences", without_sequences),
        ("without sequences and settings", rest),
    ] {
        let row = format!("| {what} | {share:.2} % |");
        assert!(page.contains(&row), "docs/expressions.md has no row {row}");
    }
    assert!(rest >= 98.0, "{rest:.2} %");
    assert!(without_sequences >= 95.9, "{without_sequences:.2} %");
    assert!(all >= 75.5, "{all:.2} %");
}
