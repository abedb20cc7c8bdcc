//! What is told of any two versions is all that differs, and nothing else.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../../interchange/tests/generator/mod.rs"]
mod generator;

use std::collections::BTreeSet;

use definition::{Counting, Definition, Document};
use migration::{Act, Change, Kind, Renames, apply, diff, renamed};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use testkit::{Choices, edited, edits};

fn checked(document: &Value) -> Definition {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    checked.definition.unwrap_or_else(|| panic!("{:#?}\n{document:#}", checked.problems))
}

/// Versions that follow one another.
fn versions(document: &Value, edits: Vec<Choices>) -> Vec<Definition> {
    let mut document = checked(document).to_json();
    let mut versions = vec![checked(&document)];
    for mut choices in edits {
        document = edited(&document, &mut choices);
        versions.push(checked(&document));
    }
    versions
}

/// The first line that differs, and what was told.
#[track_caller]
fn assert_same(found: &Definition, wanted: &Definition, changes: &[Change]) {
    if found == wanted {
        return;
    }
    let text = |of: &Definition| serde_json::to_string_pretty(&of.to_json()).unwrap();
    let (found, wanted) = (text(found), text(wanted));
    let mut lines = found.lines().zip(wanted.lines());
    let first = lines.find(|(found, wanted)| found != wanted);
    let told: Vec<String> = changes.iter().map(Change::summary).collect();
    panic!("{first:#?}\n{told:#?}\nfound {found}\nwanted {wanted}");
}

#[track_caller]
fn assert_told(before: &Definition, after: &Definition) {
    let changes = diff(before, after);
    assert_same(&apply(before, &changes), after, &changes);
    assert_eq!(changes.is_empty(), before == after);

    let is_rename = |change: &&Change| change.act() == Act::Rename;
    let renames: Vec<Change> = changes.iter().take_while(is_rename).cloned().collect();
    assert_same(&apply(before, &renames), &renamed(before, after), &renames);
    let there = Renames::between(before, after);
    assert_same(&there.inverse().definition(&there.definition(before)), before, &renames);

    let place = |change: &Change| match (change.kind(), change.act()) {
        (Kind::Order, _) => 4,
        (_, Act::Rename) => 0,
        (_, Act::Drop) => 1,
        (_, Act::Alter) => 2,
        (_, Act::Add) => 3,
    };
    assert!(changes.iter().is_sorted_by_key(place), "what goes is told before what comes");
}

fn steps() -> impl Strategy<Value = Vec<Choices>> {
    prop::collection::vec(edits(), 1..4)
}

proptest! {
    #![proptest_config(Config { cases: 96, ..Config::default() })]

    #[test]
    fn what_is_told_leads_from_any_version_to_any_other(
        document in generator::document(),
        steps in steps(),
    ) {
        let versions = versions(&document, steps);
        for before in &versions {
            for after in &versions {
                assert_told(before, after);
            }
        }
        let mut walked = versions[0].clone();
        for pair in versions.windows(2) {
            walked = apply(&walked, &diff(&pair[0], &pair[1]));
        }
        assert_same(&walked, &versions[versions.len() - 1], &[]);
    }

    /// Of documents that have nothing to do with one another, ids and names may be the same by
    /// chance.
    #[test]
    fn what_is_told_leads_from_any_document_to_any_other(
        one in generator::document(),
        other in generator::document(),
    ) {
        let (one, other) = (checked(&one), checked(&other));
        assert_told(&one, &other);
        assert_told(&one, &Definition::default());
        assert_told(&Definition::default(), &other);
    }
}

/// What a change is, with the side of a column or the list that it concerns.
fn variant(change: &Change) -> String {
    let text = format!("{change:?}");
    let word =
        |text: &str| -> String { text.chars().take_while(char::is_ascii_alphanumeric).collect() };
    let within = if text.starts_with("AlterColumn") { "facet: " } else { "Reorder(" };
    match text.split_once(within) {
        Some((_, rest)) => [word(&text), word(rest)].join(" "),
        None => word(&text),
    }
}

/// The properties above mean something: among the edits there is every kind of change.
#[test]
fn every_kind_of_change_is_tried() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..200 {
        let document = generator::document().new_tree(&mut runner).unwrap().current();
        let edits = (0..6).map(|_| edits().new_tree(&mut runner).unwrap().current());
        let versions = versions(&document, edits.collect());
        let pairs = versions.windows(2);
        seen.extend(pairs.flat_map(|pair| diff(&pair[0], &pair[1])).map(|it| variant(&it)));
    }
    let wanted = "RenameEnum RenameEnumValue RenameTable RenameColumn RenameIndex AddEnum DropEnum \
        ChangeEnumValues DescribeEnum AddTable DropTable DescribeTable TrackUpdates AddColumn \
        DropColumn ChangePrimaryKey AddUnique DropUnique AddCheck DropCheck AddExclusion \
        DropExclusion AddIndex DropIndex AddRelationship DropRelationship AddManyToMany \
        DropManyToMany";
    let mut wanted: BTreeSet<String> = wanted.split_whitespace().map(str::to_owned).collect();
    let facets = "Type Collation NotNull Default Generated Identity Description";
    wanted.extend(facets.split(' ').map(|facet| ["AlterColumn ", facet].concat()));
    let orders = "Enums Tables Columns Uniques Checks Exclusions Indexes Relationships ManyToMany";
    wanted.extend(orders.split(' ').map(|order| ["Reorder ", order].concat()));
    assert_eq!(seen, wanted);
}
