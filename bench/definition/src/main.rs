//! How long parsing, checking and normalising a definition takes, on one core and without a
//! database: `cargo run --release -p bench-definition`.
//!
//! With a word behind it, each measurement whose name has that word runs once, or as often as a
//! number behind the word says, for a profiler that is told to collect in `measured`.
#![expect(clippy::print_stdout, reason = "the figures are the output")]

use std::time::{Duration, Instant};

use definition::{Checked, Counting, Definition, Document, Part};
use nix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

/// How often each measurement is repeated.
const ROUNDS: usize = 21;

fn main() {
    let large = document(1_000, 20).to_string();
    let checked = check(&large, None);
    println!("{:<40} {:>10} {:>10} {:>10} {:>10}", "", "core", "best", "clock", "best");
    println!("1,000 tables x 20 columns, {} bytes of JSON", large.len());
    report("parse, check, normalise", || drop(text_of(&check(&large, None))));
    report("  of it reading the document", || drop(Document::read(&large)));
    report("  of it normalising", || drop(text_of(&checked)));
    report("by way of trees of JSON", || drop(check_tree(&parse(&large)).to_json()));
    report("  of it making a tree", || drop(parse(&large)));
    report("  of it reading the tree", {
        let tree = parse(&large);
        move || drop(Document::parse(&tree))
    });
    report("  of it checking the tree", {
        let tree = parse(&large);
        move || drop(check_tree(&tree))
    });
    report("  of it normalising to a tree", || drop(checked.to_json()));
    let canonical = text_of(&checked);
    report("against the version before", || drop(text_of(&check(&canonical, Some(&checked)))));
    let table = document(1, 20)["tables"][0].to_string();
    println!("one table x 20 columns, {} bytes of JSON", table.len());
    report("table: parse and check", || drop(Part::Table(&parse(&table)).check(None)));
    report("table: parse and check within the 1,000", {
        let whole = parse(&large);
        move || drop(Part::Table(&parse(&table)).check(Some(&whole)))
    });
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("it was printed from a value")
}

fn check(text: &str, previous: Option<&Definition>) -> Definition {
    let document = Document::read(text).expect("it was printed from a value");
    sound(document.check(previous, &mut Counting::default()))
}

fn check_tree(tree: &Value) -> Definition {
    sound(Document::parse(tree).check(None, &mut Counting::default()))
}

fn sound(checked: Checked) -> Definition {
    checked.definition.unwrap_or_else(|| panic!("{:#?}", checked.problems))
}

fn text_of(definition: &Definition) -> String {
    serde_json::to_string(definition).expect("a definition has no keys but texts")
}

fn report(what: &str, mut work: impl FnMut()) {
    let mut arguments = std::env::args().skip(1);
    let rounds = match (arguments.next(), arguments.next()) {
        (None, _) => ROUNDS,
        (Some(part), rounds) if what.contains(&part) => {
            rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
        }
        (Some(_), _) => return,
    };
    let rounds: Vec<Round> = (0..rounds).map(|_| measured(&mut work)).collect();
    let of = |time: fn(&Round) -> Duration| {
        let mut times: Vec<Duration> = rounds.iter().map(time).collect();
        times.sort();
        (times[times.len() / 2], times[0])
    };
    let ((wall, least_wall), (core, least_core)) = (of(|round| round.wall), of(|round| round.core));
    println!("{what:<40} {core:>10.2?} {least_core:>10.2?} {wall:>10.2?} {least_wall:>10.2?}");
}

/// How long one round took.
struct Round {
    wall: Duration,
    /// On the core alone, without waiting for it.
    core: Duration,
}

#[inline(never)]
fn measured(work: &mut dyn FnMut()) -> Round {
    let (start, begun) = (Instant::now(), core_time());
    work();
    Round { wall: start.elapsed(), core: core_time().saturating_sub(begun) }
}

fn core_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("every Linux has this clock").into()
}

/// Tables as people make them: a key, foreign keys, checks, defaults, indexes, an enum.
fn document(tables: usize, columns: usize) -> Value {
    let tables = (0..tables).map(|number| table(number, columns));
    json!({
        "enums": [{ "name": "state", "values": ["draft", "open", "done"] }],
        "tables": tables.collect::<Vec<_>>(),
    })
}

fn table(number: usize, columns: usize) -> Value {
    let mut all = vec![
        json!({ "name": "id", "type": "UUID", "primaryKey": true, "default": "gen_random_uuid()" }),
        json!({ "name": "state", "type": "state", "notNull": true, "default": "'draft'" }),
        json!({ "name": "total", "type": "NUMERIC(12,2)", "check": "total >= 0 OR state = 'draft'" }),
        json!({ "name": "created_at", "type": "TIMESTAMPTZ", "notNull": true, "default": "now()" }),
        json!({ "name": "updated_at", "type": "timestamp with time zone", "default": "now()" }),
        json!({ "name": "code", "type": "VARCHAR(20)", "unique": true }),
    ];
    if number > 0 {
        let table = format!("table_{}", number / 2);
        let reference = json!({ "table": table, "onDelete": "cascade" });
        all.push(json!({ "name": "parent_id", "type": "uuid", "references": reference }));
    }
    let kinds = ["text", "integer", "boolean", "jsonb", "date", "text[]", "bigint"];
    let rest = (all.len()..columns).map(|at| {
        json!({ "name": format!("column_{at}"), "type": kinds[at % kinds.len()], "description": "What it means" })
    });
    all.extend(rest);
    json!({
        "name": format!("table_{number}"),
        "description": "One row for each",
        "columns": all,
        "checks": [{ "expression": "updated_at >= created_at" }],
        "indexes": [
            { "columns": ["state", { "column": "created_at", "order": "desc" }] },
            { "columns": [{ "expression": "lower(code)" }], "where": "state <> 'done'" }
        ],
        "trackUpdates": "updated_at",
    })
}
