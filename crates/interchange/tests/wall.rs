//! The expression wall against PostgreSQL's own grammar: what we render means there what our tree
//! says, and what we read is what PostgreSQL would read.
#![cfg(feature = "sql-import")]

mod oracle;

use std::collections::BTreeSet;

use definition::expression::functions::GROUPS;
use definition::expression::{Node, Place, operators};
use oracle::grammar::{Tape, expression, filled, forms, leaf};
use oracle::world::{PLACES, parse};
use oracle::{assert_read, assert_rendered};
use proptest::prelude::*;

/// Tries a text in every place, as it is and as a condition; the trees that were accepted.
fn try_out(text: &str) -> Vec<Node> {
    let condition = ["(", text, ") IS NULL"].concat();
    let mut accepted = Vec::new();
    for place in PLACES {
        let text = match place {
            Place::Check | Place::Predicate => &condition,
            Place::Default | Place::Generated | Place::IndexKey => text,
        };
        if let Ok(found) = parse(place, text) {
            assert_rendered(&found);
            assert_read(text, &found);
            let kept = found.to_string();
            assert_eq!(parse(place, &kept).as_ref(), Ok(&found), "{text} is kept as {kept}");
            assert_read(&kept, &found);
            accepted.push(found.node().clone());
        }
    }
    accepted
}

#[test]
fn every_operator_and_function_means_the_same_in_postgresql() {
    let mut names = BTreeSet::new();
    let (mut tried, mut taken) = (0, 0);
    for (name, form) in forms() {
        // The second choice of each leaf is a column.
        let text = filled(&form, |of, _| leaf(&mut Tape::new(&[2]), of));
        tried += 1;
        if try_out(&text).is_empty() {
            println!("refused: {text}");
        } else {
            taken += 1;
            names.insert(name);
        }
    }
    println!("{taken} of {tried} forms of the catalog are accepted");
    let by_words = ["coalesce", "nullif", "greatest", "least"];
    let listed = GROUPS.iter().flat_map(|group| group.functions).map(|function| function.name);
    let missing: Vec<&str> = listed
        .chain(operators())
        .filter(|name| !names.contains(name) && !by_words.contains(name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new(), "no form of these was accepted");
    assert!(taken * 100 >= tried * 90, "{taken} of {tried}");
}

/// Which kind of node this is.
fn kind(node: &Node) -> String {
    let debugged = format!("{node:?}");
    debugged.split(['(', ' ']).next().unwrap_or_default().to_owned()
}

#[test]
fn expressions_by_chance_have_every_kind_of_node() {
    let mut state = 1_u64;
    let mut kinds = BTreeSet::new();
    let mut accepted = 0;
    let rounds = 4_000;
    for round in 0..rounds {
        let bytes: Vec<u8> = (0..200)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (state >> 56).to_le_bytes()[0]
            })
            .collect();
        let of = TYPES[round % TYPES.len()];
        let trees = try_out(&expression(&mut Tape::new(&bytes), of));
        accepted += usize::from(!trees.is_empty());
        for tree in &trees {
            tree.walk(&mut |node| {
                kinds.insert(kind(node));
            });
        }
    }
    println!("{accepted} of {rounds} expressions by chance are accepted");
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    assert_eq!(kinds, KINDS);
    assert!(accepted * 2 >= rounds, "{accepted} of {rounds}");
}

const TYPES: [&str; 12] = [
    "bool",
    "int4",
    "text",
    "numeric",
    "_int4",
    "_text",
    "jsonb",
    "timestamptz",
    "timestamp",
    "interval",
    "tsvector",
    "int4range",
];

const KINDS: [&str; 25] = [
    "Array",
    "AtTimeZone",
    "Between",
    "Bool",
    "Call",
    "Case",
    "Cast",
    "Clock",
    "Collate",
    "Column",
    "Configuration",
    "Extract",
    "In",
    "Infix",
    "Is",
    "IsDistinct",
    "Like",
    "Null",
    "Number",
    "Prefix",
    "Quantified",
    "Row",
    "Slice",
    "Subscript",
    "Text",
];

/// Deeper than `pg_query` can hand over a tree, so only that the grammar takes it is looked at.
#[test]
fn what_is_as_deep_as_the_wall_takes_is_not_too_deep_for_postgresql() {
    let namespace = sql::Ident::new("deep").expect("it is short");
    for (open, inside, close) in [
        ("", "1", " + 1"),
        ("", "1", "::integer"),
        ("1 - (", "1", ")"),
        ("- (1 + ", "1", ")"),
        ("NOT (NULL = ", "TRUE", ")"),
        ("coalesce(NULL, ", "1", ")"),
        ("CASE WHEN true THEN ", "1", " END"),
        ("ARRAY[", "1", "]"),
    ] {
        let nested = |times| [&open.repeat(times), inside, &close.repeat(times)].concat();
        let read = |times| parse(Place::Default, &nested(times));
        let deepest = (1..300).rev().find(|times| read(*times).is_ok()).unwrap_or_default();
        assert!(deepest >= 12, "{open}{inside}{close}: {deepest}");
        let found = read(deepest).expect("it was read before");
        let statement = ["SELECT ", found.fragment(&namespace).as_str()].concat();
        let split = pg_query::split_with_parser(&statement);
        assert_eq!(split.as_deref(), Ok(&[statement.as_str()][..]), "{statement}");
    }
}

proptest! {
    #[test]
    fn expressions_by_chance_mean_the_same_in_postgresql(
        tape in prop::collection::vec(any::<u8>(), 0..200),
        of in prop::sample::select(&TYPES),
    ) {
        try_out(&expression(&mut Tape::new(&tape), of));
    }
}
