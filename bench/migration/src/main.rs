//! How long finding a change of a large definition takes, on one core and without a database:
//! `cargo run --release -p bench-migration`.
#![expect(clippy::print_stdout, reason = "the figures are the output")]

mod documents;

use std::time::{Duration, Instant};

use definition::{Counting, Definition, Document};
use migration::{Renames, apply, diff, renamed};
use serde_json::Value;

/// How often each measurement is repeated; the median counts.
const ROUNDS: usize = 31;

fn main() {
    let before = check(&documents::large(1_000, 20), None);
    let after = check(&documents::changed(&before.to_json()), Some(&before));
    let changes = diff(&before, &after);
    assert!(apply(&before, &changes) == after, "the changes are all that differs");
    println!("1,000 tables x 20 columns, {} changes", changes.len());
    report("diff", || drop(diff(&before, &after)));
    report("  of it what is called otherwise", || drop(Renames::between(&before, &after)));
    report("  of it the old in new names", || drop(renamed(&before, &after)));
    report("diff of what is the same", || drop(diff(&before, &before)));
    report("apply", || drop(apply(&before, &changes)));

    let after = check(&documents::with_value_renamed(&before.to_json()), Some(&before));
    println!(
        "a value of the enum of every table is renamed, {} changes",
        diff(&before, &after).len()
    );
    report("diff", || drop(diff(&before, &after)));

    let (empty, whole) = (Definition::default(), &before);
    println!("everything is new, {} changes", diff(&empty, whole).len());
    report("diff", || drop(diff(&empty, whole)));

    let after = check(&documents::with_other_ids(&before.to_json()), None);
    println!("everything is replaced by its like, {} changes", diff(&before, &after).len());
    report("diff", || drop(diff(&before, &after)));

    let before = check(&documents::large(3, 20), None);
    let mut document = before.to_json();
    document["tables"][0]["columns"][9]["type"] = "numeric".into();
    let after = check(&document, Some(&before));
    println!("3 tables x 20 columns, {} change", diff(&before, &after).len());
    report("diff", || drop(diff(&before, &after)));
}

fn check(document: &Value, previous: Option<&Definition>) -> Definition {
    let checked = Document::parse(document).check(previous, &mut Counting::default());
    checked.definition.unwrap_or_else(|| panic!("{:#?}", checked.problems))
}

fn report(what: &str, mut work: impl FnMut()) {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    let (best, median) = (times[0], times[ROUNDS / 2]);
    println!("{what:<40} {median:>10.2?} (best {best:.2?})");
}
