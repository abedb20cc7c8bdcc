//! Hostile expressions: each is refused, with the code that is said for it.
//!
//! A line of `attacks/expressions.txt` is a code, a place and an expression; `\n` and `\u{…}` stand
//! for characters that would not be seen.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod attacks {
    pub(crate) mod lines;
}

use std::collections::BTreeMap;

use attacks::lines::lines;
use definition::column_type::ColumnType;
use definition::expression::{Context, ExpressionError, Place};
use definition::model::{Enum, EnumValue};
use definition::{Expression, Id, Name};

const COLUMNS: [(&str, &str); 6] = [
    ("a", "integer"),
    ("b", "text"),
    ("c", "jsonb"),
    ("d", "date"),
    ("t", "text[]"),
    ("mood", "mood"),
];

fn parse(place: &str, text: &str) -> Result<Expression, ExpressionError> {
    let place = match place {
        "default" => Place::Default,
        "check" => Place::Check,
        "generated" => Place::Generated,
        "index" => Place::IndexKey,
        "where" => Place::Predicate,
        other => panic!("no place: {other}"),
    };
    let types = COLUMNS.map(|(name, spelling)| {
        (name, ColumnType::parse(spelling, &|name| name == "mood").unwrap().column_type)
    });
    let value = EnumValue { id: Id::new("1").unwrap(), name: Name::new("fine").unwrap() };
    let mood = Enum {
        id: Id::new("2").unwrap(),
        name: Name::new("mood").unwrap(),
        values: vec![value],
        description: None,
    };
    let columns = match place {
        Place::Default => BTreeMap::new(),
        Place::Check | Place::Generated | Place::IndexKey | Place::Predicate => {
            types.iter().map(|(name, known)| (*name, Some(known))).collect()
        }
    };
    let text_type = ColumnType::parse("text", &|_| false).unwrap().column_type;
    let wanted = matches!(place, Place::Default | Place::Generated).then_some(&text_type);
    let enums = [("mood", Some(&mood))].into();
    Expression::parse(text, &Context { place, columns, enums, wanted, method: None })
}

#[test]
fn each_attack_is_refused_with_its_code() {
    let lines = lines(include_str!("attacks/expressions.txt"));
    assert!(lines.len() >= 590, "{} attacks", lines.len());
    let mut wrong = Vec::new();
    for (code, place, text) in lines {
        match parse(place, &text) {
            Ok(read) => wrong.push(format!("PASSES\t{place}\t{text}\t{read}")),
            Err(error) if error.code != code => {
                wrong.push(format!("{}\t{place}\t{text}\t{}", error.code, error.message));
            }
            Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{} attacks answer otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let nested = |open: &str, inside: &str, close: &str, times: usize| {
        [open.repeat(times), inside.to_owned(), close.repeat(times)].concat()
    };
    for (text, code) in [
        (nested("(", "a", ")", 100_000), "expression_too_long"),
        (nested("(", "a", ")", 4_000), "expression_too_deep"),
        ("(".repeat(8_000), "expression_too_deep"),
        (nested("NOT ", "true", "", 1_500), "expression_too_deep"),
        (nested("- ", "a", "", 3_000), "expression_too_deep"),
        (nested("lower(", "b", ")", 1_000), "expression_too_deep"),
        (nested("ARRAY[", "a", "]", 1_000), "expression_too_deep"),
        (nested("ROW(", "a", ")", 1_000), "expression_too_deep"),
        (nested("t[", "1", "]", 1_000), "expression_too_deep"),
        (nested("CAST(", "a", " AS integer)", 400), "expression_too_deep"),
        (nested("CASE WHEN true THEN ", "true", " END", 300), "expression_too_deep"),
        (nested("CASE ", "a", " WHEN 1 THEN 1 END", 300), "expression_too_deep"),
        (nested("a IN (", "a", ")", 1_000), "expression_too_deep"),
        (nested("nullif(", "a", ", 1)", 600), "expression_too_deep"),
        (nested("", "a", "::integer", 800), "expression_too_deep"),
        (nested("", "t", "[1]", 400), "expression_too_deep"),
        (nested("", "t", "[1]", 2_000), "expression_too_long"),
        (nested("", "a", " + 1", 400), "expression_too_deep"),
        (nested("", "a", " + 1", 1_900), "expression_too_long"),
        (nested("", "a", " + 1", 190), "check_not_boolean"),
        (nested("", "a", "::integer", 190), "check_not_boolean"),
        (nested("", "true", " AND true", 400), "expression_too_deep"),
        (["a = ", &"9".repeat(9_000)].concat(), "expression_too_long"),
        (["b = '", &"x".repeat(9_000), "'"].concat(), "expression_too_long"),
    ] {
        let answer = parse("check", &text).map_err(|error| error.code);
        let answer = answer.map_or_else(|code| code, |_| "PASSES");
        assert_eq!(answer, code, "{}…", text.chars().take(40).collect::<String>());
    }
}
