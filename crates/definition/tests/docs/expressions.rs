//! The printed part of `docs/expressions.md`: operators, functions, words that expressions know.

use std::fmt::Write;

use definition::Expression;
use definition::expression::functions::{ALIASES, GROUPS, MANY, REFUSED};
use definition::expression::{
    COLLATIONS, CONFIGURATIONS, Clock, Context, FIELDS, Function, Place, Volatility, operators,
};

use crate::{assert_page, blocks, read};

/// What stands above this line is written by hand, what stands below is printed.
const MARK: &str = "<!-- From here on the page is printed by a test. -->\n";

const PLACES: [Place; 5] =
    [Place::Default, Place::Check, Place::Generated, Place::IndexKey, Place::Predicate];

#[test]
fn the_list_of_expressions_is_fresh() {
    let page = read("docs/expressions.md");
    let (written, _) = page.split_once(MARK).expect("the page has the mark");
    assert_page("docs/expressions.md", &[written, MARK, &printed()].concat());
}

fn printed() -> String {
    let mut page = String::new();
    let list = |words: &mut dyn Iterator<Item = &str>| {
        words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
    };
    write!(page, "\n## Operators\n\n{}\n", list(&mut operators())).unwrap();
    let clocks = list(&mut Clock::ALL.iter().map(|(word, _)| *word));
    write!(page, "\n## Words that read the clock\n\n{clocks}\n").unwrap();
    let fields = list(&mut FIELDS.iter().copied());
    write!(page, "\n## Fields of `extract`\n\n{fields}\n").unwrap();
    let collations = list(&mut COLLATIONS.iter().copied());
    write!(page, "\n## Collations\n\n{collations}, and ICU's, whose names end in `-x-icu`\n")
        .unwrap();
    let configurations = list(&mut CONFIGURATIONS.iter().copied());
    write!(page, "\n## Text search configurations\n\n{configurations}\n").unwrap();
    page.push_str("\n## Functions\n\n\"Anywhere\" means in all five places.\n");
    for group in GROUPS {
        write!(page, "\n### {}\n\n| function | arguments | where |\n|---|---|---|\n", group.title)
            .unwrap();
        group.functions.iter().for_each(|function| page.push_str(&row(function)));
    }
    page.push_str("\n### Other names\n\n| written | kept as |\n|---|---|\n");
    for (alias, name) in ALIASES {
        writeln!(page, "| `{alias}` | `{name}` |").unwrap();
    }
    page.push_str("\n### Refused by name\n\n| function | why |\n|---|---|\n");
    for (name, reason) in REFUSED {
        writeln!(page, "| `{name}` | {reason} |").unwrap();
    }
    page
}

fn row(function: &Function) -> String {
    let arguments = match (function.min, function.max) {
        (min, MANY) => format!("{min} or more"),
        (min, max) if min == max => format!("{min}"),
        (min, max) => format!("{min} to {max}"),
    };
    format!("| `{}` | {arguments} | {} |\n", function.name, places(function.volatility))
}

/// Where a function of this kind may be called.
fn places(volatility: Volatility) -> String {
    let named = |place: &Place| match place {
        Place::Default => "defaults",
        Place::Check => "checks",
        Place::Generated => "generated columns",
        Place::IndexKey => "index keys",
        Place::Predicate => "index predicates",
    };
    let lawful = PLACES.iter().filter(|place| volatility <= place.most_volatile());
    let lawful: Vec<&str> = lawful.map(named).collect();
    if lawful.len() == PLACES.len() { "anywhere".to_owned() } else { lawful.join(", ") }
}

/// Each line of a block `default`, `check`, `generated`, `index` or `where` is read in its place.
#[test]
fn every_example_of_an_expression_is_allowed() {
    let page = read("docs/expressions.md");
    let kinds = ["default", "check", "generated", "index", "where"];
    for (kind, place) in kinds.into_iter().zip(PLACES) {
        let examples: Vec<&str> = blocks(&page, kind).into_iter().flat_map(str::lines).collect();
        assert!(examples.len() >= 2, "the page shows no {kind}");
        for example in examples {
            let columns: &[&str] = if place == Place::Default { &[] } else { &COLUMNS };
            let columns = columns.iter().map(|name| (*name, None)).collect();
            let enums = [("order_status", None)].into();
            let context = Context { place, columns, enums, wanted: None, method: None };
            let read = Expression::parse(example, &context);
            assert!(read.is_ok(), "{kind}: {example}: {read:?}");
        }
    }
}

/// The columns that the page's examples speak of.
const COLUMNS: [&str; 12] = [
    "id",
    "email",
    "name",
    "status",
    "total",
    "price",
    "quantity",
    "starts_on",
    "ends_on",
    "tags",
    "details",
    "code",
];
