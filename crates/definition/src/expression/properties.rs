//! Properties of all expressions: what is printed reads back, and nothing panics or runs away.
//! `PROPTEST_CASES=10000` tries more than the usual 256 cases of each.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::tree::{Clock, Node};
use super::{Context, Expression, Place, functions, lexer, operators, parser, print};
use crate::column_type::ColumnType;
use crate::name::Name;

const PLACES: [Place; 5] =
    [Place::Default, Place::Check, Place::Generated, Place::IndexKey, Place::Predicate];
const COLUMNS: [(&str, &str); 6] = [
    ("a", "integer"),
    ("b", "text"),
    ("tags", "text[]"),
    ("Odd \"Name", "boolean"),
    ("select", "jsonb"),
    ("größe", "numeric"),
];

fn type_of(spelling: &str) -> ColumnType {
    ColumnType::parse(spelling, &|name| name == "mood").unwrap().column_type
}

fn in_context<T>(place: Place, look: impl FnOnce(&Context<'_>) -> T) -> T {
    let types = COLUMNS.map(|(name, spelling)| (name, type_of(spelling)));
    let columns: BTreeMap<&str, Option<&ColumnType>> =
        types.iter().map(|(name, known)| (*name, Some(known))).collect();
    let enums = [("mood", None)].into();
    look(&Context { place, columns, enums, wanted: None, method: None })
}

fn leaf() -> impl Strategy<Value = Node> {
    prop_oneof![
        Just(Node::Null),
        any::<bool>().prop_map(Node::Bool),
        "[1-9][0-9]{0,12}(\\.[0-9]{1,4})?(e[+-]?[0-9]{1,3})?".prop_map(Node::Number),
        "[^\\x00]{0,12}".prop_map(Node::Text),
        prop::sample::select(&COLUMNS).prop_map(|(name, _)| Node::Column(Name::new(name).unwrap())),
        prop::sample::select(&Clock::ALL).prop_map(|(_, clock)| Node::Clock(clock)),
        Just(Node::Configuration("english")),
    ]
}

fn boxed(node: impl Strategy<Value = Node>) -> impl Strategy<Value = Box<Node>> {
    node.prop_map(Box::new)
}

fn types() -> impl Strategy<Value = ColumnType> {
    let spellings = [
        "integer",
        "varchar(9)",
        "numeric(9,2)",
        "text[]",
        "timestamptz(3)",
        "mood",
        "mood[]",
        "char(2)",
    ];
    prop::sample::select(spellings.to_vec()).prop_map(type_of)
}

fn with_words(node: &BoxedStrategy<Node>) -> impl Strategy<Value = Node> + use<> {
    let one = || boxed(node.clone());
    let tests = ["NULL", "TRUE", "FALSE", "UNKNOWN"];
    let between = ["BETWEEN", "NOT BETWEEN", "BETWEEN SYMMETRIC", "NOT BETWEEN SYMMETRIC"];
    let like = ["LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE", "SIMILAR TO", "NOT SIMILAR TO"];
    let list = prop::collection::vec(node.clone(), 1..4);
    prop_oneof![
        (one(), any::<bool>(), prop::sample::select(tests.to_vec()))
            .prop_map(|(x, not, t)| Node::Is(x, not, t)),
        (one(), any::<bool>(), one()).prop_map(|(a, not, b)| Node::IsDistinct(a, not, b)),
        (one(), any::<bool>(), list).prop_map(|(x, not, list)| Node::In(x, not, list)),
        (one(), prop::sample::select(between.to_vec()), one(), one())
            .prop_map(|(x, words, low, high)| Node::Between(x, words, low, high)),
        (one(), prop::sample::select(like.to_vec()), one(), prop::option::of(one()))
            .prop_map(|(x, words, y, escape)| Node::Like(x, words, y, escape)),
        (
            one(),
            prop::sample::select(&["=", "<", "~"]),
            prop::sample::select(&["ANY", "ALL"]),
            one()
        )
            .prop_map(|(x, operator, word, array)| Node::Quantified(x, operator, word, array)),
        (one(), one()).prop_map(|(x, zone)| Node::AtTimeZone(x, zone)),
        one().prop_map(|x| Node::Collate(x, Name::new("C").unwrap())),
        one().prop_map(|x| Node::Extract("year", x)),
    ]
}

fn with_signs(node: &BoxedStrategy<Node>) -> impl Strategy<Value = Node> + use<> {
    let one = || boxed(node.clone());
    let infix: Vec<&'static str> = operators().chain(["AND", "OR"]).collect();
    prop_oneof![
        (prop::sample::select(&["NOT ", "-", "+", "~ "]), one())
            .prop_map(|(s, x)| Node::Prefix(s, x)),
        (one(), prop::sample::select(infix), one())
            .prop_map(|(a, sign, b)| Node::Infix(a, sign, b)),
        (one(), types()).prop_map(|(x, target)| Node::Cast(x, target)),
        (one(), one()).prop_map(|(x, index)| Node::Subscript(x, index)),
        (one(), prop::option::of(one()), prop::option::of(one()))
            .prop_map(|(x, from, to)| Node::Slice(x, from, to)),
    ]
}

fn with_lists(node: &BoxedStrategy<Node>) -> impl Strategy<Value = Node> + use<> {
    let one = || boxed(node.clone());
    let list = |range: std::ops::Range<usize>| prop::collection::vec(node.clone(), range);
    let call = |name: &'static str, range: std::ops::Range<usize>| {
        let function = functions::find(name).unwrap();
        list(range).prop_map(move |arguments| Node::Call(function, arguments))
    };
    let arms = prop::collection::vec((node.clone(), node.clone()), 1..3);
    prop_oneof![
        call("lower", 1..2),
        call("coalesce", 1..4),
        call("substring", 2..4),
        call("position", 2..3),
        call("btrim", 1..3),
        call("now", 0..1),
        (prop::option::of(one()), arms, prop::option::of(one()))
            .prop_map(|(operand, arms, otherwise)| Node::Case(operand, arms, otherwise)),
        list(0..4).prop_map(Node::Array),
        list(0..4).prop_map(Node::Row),
    ]
}

fn tree() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(5, 40, 4, |node| {
        let node = node.boxed();
        prop_oneof![with_words(&node), with_signs(&node), with_lists(&node)]
    })
}

/// Reads a text without looking at types.
fn read(text: &str) -> Result<Node, super::ExpressionError> {
    let tokens = lexer::tokens(text)?;
    in_context(Place::Check, |context| parser::parse(tokens, text.len(), context))
}

const WORDS: &[&str] = &[
    "a",
    "b",
    "tags",
    "nope",
    "1",
    "1.5",
    "1e5",
    "'x'",
    "''",
    "'2026-01-31'",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    "::",
    ":",
    "+",
    "-",
    "*",
    "=",
    "<>",
    "<",
    "||",
    "->",
    "->>",
    "~",
    "@>",
    "?",
    "and",
    "or",
    "not",
    "is",
    "null",
    "true",
    "in",
    "between",
    "like",
    "escape",
    "case",
    "when",
    "then",
    "else",
    "end",
    "cast",
    "as",
    "integer",
    "text",
    "numeric(3,1)",
    "array",
    "row",
    "any",
    "all",
    "at",
    "time",
    "zone",
    "collate",
    "\"C\"",
    "lower",
    "coalesce",
    "now",
    "extract",
    "year",
    "from",
    "for",
    "substring",
    "trim",
    "position",
    "distinct",
    "symmetric",
    "mood",
    "date",
    "interval",
    "E'\\n'",
    "\"Odd \"\"Name\"",
    "$1",
    ";",
    "--",
    "/*",
    "select",
    "\u{202e}",
    "größe",
];

proptest! {
    #[test]
    fn a_printed_tree_reads_back_to_itself(tree in tree()) {
        let text = print::text(&tree, print::Style::Document);
        let again = read(&text);
        prop_assert_eq!(again.as_ref(), Ok(&tree), "{}", text);
        prop_assert_eq!(print::text(&again.unwrap(), print::Style::Document), text);
    }

    #[test]
    fn words_in_any_order_do_no_harm(words in prop::collection::vec(prop::sample::select(WORDS), 0..30)) {
        unharmed(&words.join(" "))?;
        unharmed(&words.concat())?;
    }

    #[test]
    fn any_text_does_no_harm(text in "\\PC{0,60}|.{0,60}") {
        unharmed(&text)?;
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        unharmed(&String::from_utf8_lossy(&bytes))?;
    }
}

/// Whatever the text is, an answer comes; and what is allowed is printed and read again alike.
fn unharmed(text: &str) -> Result<(), TestCaseError> {
    for place in PLACES {
        in_context(place, |context| {
            let Ok(found) = Expression::parse(text, context) else { return Ok(()) };
            let again = Expression::parse(&found.to_string(), context);
            prop_assert_eq!(again, Ok(found), "{}", text);
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn nesting_does_not_multiply_the_work() {
    // Each of these would take until the end of days if a level looked at its operand twice.
    for (open, close) in [
        ("nullif(", ", 1)"),
        ("(", ") BETWEEN 1 AND 2"),
        ("(", ") IN (1, 2, 3)"),
        ("CASE ", " WHEN 1 THEN 1 WHEN 2 THEN 2 END"),
        ("(", ") IS DISTINCT FROM TRUE"),
        ("coalesce(", ", 1)"),
        ("ARRAY[", "][1]"),
    ] {
        let text = [open.repeat(18), "a".to_owned(), close.repeat(18)].concat();
        in_context(Place::IndexKey, |context| drop(Expression::parse(&text, context)));
    }
}
