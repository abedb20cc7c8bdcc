//! How tightly operators bind, after PostgreSQL's manual, section "Operator Precedence".

use std::sync::LazyLock;

use foldhash::HashMap;

pub(super) const OR: u8 = 1;
pub(super) const AND: u8 = 2;
pub(super) const NOT: u8 = 3;
pub(super) const IS: u8 = 4;
pub(super) const COMPARISON: u8 = 5;
pub(super) const RANGE: u8 = 6;
pub(super) const OTHER: u8 = 7;
pub(super) const SUM: u8 = 8;
pub(super) const PRODUCT: u8 = 9;
pub(super) const POWER: u8 = 10;
pub(super) const TIME_ZONE: u8 = 11;
pub(super) const COLLATE: u8 = 12;
pub(super) const SIGN: u8 = 13;
pub(super) const SUBSCRIPT: u8 = 14;
pub(super) const CAST: u8 = 15;
pub(super) const ATOM: u8 = 16;

/// Every allowed operator with how tightly it binds.
const OPERATORS: &[(&str, u8)] = &[
    ("=", COMPARISON),
    ("<>", COMPARISON),
    ("<", COMPARISON),
    (">", COMPARISON),
    ("<=", COMPARISON),
    (">=", COMPARISON),
    ("+", SUM),
    ("-", SUM),
    ("*", PRODUCT),
    ("/", PRODUCT),
    ("%", PRODUCT),
    ("^", POWER),
    ("||", OTHER),
    ("~", OTHER),
    ("~*", OTHER),
    ("!~", OTHER),
    ("!~*", OTHER),
    ("~~", OTHER),
    ("~~*", OTHER),
    ("!~~", OTHER),
    ("!~~*", OTHER),
    ("->", OTHER),
    ("->>", OTHER),
    ("#>", OTHER),
    ("#>>", OTHER),
    ("#-", OTHER),
    ("@>", OTHER),
    ("<@", OTHER),
    ("@?", OTHER),
    ("@@", OTHER),
    ("?", OTHER),
    ("?|", OTHER),
    ("?&", OTHER),
    ("&&", OTHER),
    ("-|-", OTHER),
    ("<<", OTHER),
    (">>", OTHER),
    ("<<=", OTHER),
    (">>=", OTHER),
    ("&<", OTHER),
    ("&>", OTHER),
    ("&", OTHER),
    ("|", OTHER),
    ("#", OTHER),
    ("^@", OTHER),
];

/// Every allowed operator that is made of signs.
pub fn operators() -> impl Iterator<Item = &'static str> {
    OPERATORS.iter().map(|(operator, _)| *operator)
}

/// The operator as we write it, and how tightly it binds.
pub(super) fn of_operator(operator: &str) -> Option<(&'static str, u8)> {
    static KNOWN: LazyLock<HashMap<&str, (&str, u8)>> = LazyLock::new(|| {
        let known = OPERATORS.iter().map(|(operator, level)| (*operator, (*operator, *level)));
        known.chain([("!=", ("<>", COMPARISON))]).collect()
    });
    KNOWN.get(operator).copied()
}

/// How tightly the operator of a tree's node binds.
pub(super) fn of_infix(operator: &str) -> u8 {
    match operator {
        "OR" => OR,
        "AND" => AND,
        other => of_operator(other).map_or(OTHER, |(_, level)| level),
    }
}
