//! Expressions by chance: PostgreSQL's catalog turned into a grammar of well-typed texts.
//!
//! A tape of bytes makes every choice, so the same tape gives the same text and a shorter tape a
//! simpler one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::world::ODD;

/// What `definition` knows of PostgreSQL's catalog.
const CATALOG: &str = include_str!("../../../definition/src/expression/typing/catalog.txt");

/// The bytes that choose.
pub(crate) struct Tape<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Tape<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.iter() }
    }

    /// One of `count`; the first when the tape has ended.
    fn choose(&mut self, count: usize) -> usize {
        let mut byte = || usize::from(self.bytes.next().copied().unwrap_or_default());
        let chosen = if count > 256 { byte() * 256 + byte() } else { byte() };
        chosen % count
    }

    fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.choose(items.len())]
    }
}

/// Texts by the type of what they say. `{type}` stands for an expression within brackets or
/// commas, `<type>` for an operand.
type Rules = BTreeMap<String, Vec<String>>;

/// What the catalog offers, and what the grammar says with words and signs of its own. Apart, as
/// there is far more of the former.
static RULES: LazyLock<[Rules; 2]> = LazyLock::new(|| {
    let mut rules = [Rules::new(), Rules::new()];
    let mut add = |of: usize, result: &str, text: String| {
        rules[of].entry(stands_for(result)).or_default().push(text);
    };
    for line in CATALOG.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        if let Some((result, text)) = of_catalog(&fields) {
            add(0, result, text);
        }
        if let ["type", name, ..] = fields.as_slice() {
            add(1, name, format!("CASE WHEN {{bool}} THEN {{{name}}} ELSE {{{name}}} END"));
            add(1, name, format!("coalesce({{{name}}}, {{{name}}})"));
            add(1, name, format!("CAST({{{name}}} AS {})", spelled(name)));
        }
    }
    for line in include_str!("shapes.txt").lines().filter(|line| !line.starts_with('#')) {
        let (result, text) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
        add(1, result, text.to_owned());
    }
    rules
});

/// A form of an operator, a function or a cast: its result's type and how it is written.
fn of_catalog<'c>(fields: &[&'c str]) -> Option<(&'c str, String)> {
    match *fields {
        ["operator", name, "-", right, result, _] => Some((result, format!("{name} <{right}>"))),
        ["operator", name, left, right, result, _] => {
            Some((result, format!("<{left}> {name} <{right}>")))
        }
        // What the grammar calls in the place of its words.
        ["function", "extract", ..] => None,
        ["function", name, result, _, defaults, variadic, ref arguments @ ..] => {
            let defaults: usize = defaults.parse().ok()?;
            let mut arguments = arguments[..arguments.len() - defaults].to_vec();
            if variadic != "-" {
                arguments.pop();
                arguments.extend([variadic; 2]);
            }
            let arguments: Vec<String> = arguments.iter().map(|of| format!("{{{of}}}")).collect();
            Some((result, format!("{name}({})", arguments.join(", "))))
        }
        ["cast", source, target, ..] => Some((target, format!("<{source}>::{}", spelled(target)))),
        _ => None,
    }
}

/// Every form of the catalog, its parts left open: the name and how it is written.
pub(crate) fn forms() -> impl Iterator<Item = (&'static str, String)> {
    CATALOG.lines().filter_map(|line| {
        let fields: Vec<&'static str> = line.split(' ').collect();
        let (_, text) = of_catalog(&fields)?;
        Some((fields[1], text))
    })
}

/// The type that is taken where any of a kind would do.
fn stands_for(declared: &str) -> String {
    match declared {
        "any" | "anyelement" | "anynonarray" | "anycompatible" | "anycompatiblenonarray" => "int4",
        "anyarray" | "anycompatiblearray" => "_int4",
        "anyenum" => "mood",
        "anyrange" | "anycompatiblerange" => "int4range",
        "anymultirange" => "int4multirange",
        other => other,
    }
    .to_owned()
}

/// A catalog's name as documents spell the type.
fn spelled(name: &str) -> String {
    match name.strip_prefix('_') {
        Some(element) => [&spelled(element), "[]"].concat(),
        // Without quotes, `char` is another type.
        None if name == "char" => "\"char\"".to_owned(),
        None => name.to_owned(),
    }
}

/// How deep expressions go; with brackets that is well within what the wall takes.
const MAX_DEPTH: usize = 5;

/// An expression of this type.
pub(crate) fn expression(tape: &mut Tape<'_>, of: &str) -> String {
    value(tape, of, MAX_DEPTH)
}

fn value(tape: &mut Tape<'_>, of: &str, depth: usize) -> String {
    let of = match of {
        "any" => ["text", "int4", "mood", "_text", "timestamptz"][tape.choose(5)].to_owned(),
        other => stands_for(other),
    };
    let rules = RULES[tape.choose(2)].get(&of).map_or(&[][..], Vec::as_slice);
    // Zero, which an ended tape gives, is a leaf.
    if depth == 0 || rules.is_empty() || tape.choose(4) == 0 {
        return leaf(tape, &of);
    }
    let rule = &rules[tape.choose(rules.len())];
    filled(rule, |part, is_operand| {
        let text = value(tape, part, depth - 1);
        if is_operand && tape.choose(4) != 0 { format!("({text})") } else { text }
    })
}

/// A text with its places filled.
pub(crate) fn filled(rule: &str, mut fill: impl FnMut(&str, bool) -> String) -> String {
    let mut text = String::new();
    let mut rest = rule;
    loop {
        let place = |open: char, close: char| {
            rest.match_indices(open).find_map(|(at, _)| {
                let name = rest[at + 1..].split(close).next().unwrap_or_default();
                let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                let closed = rest[at + 1 + name.len()..].starts_with(close);
                (plain && closed && !name.is_empty()).then_some((at, name))
            })
        };
        let found = [(place('{', '}'), false), (place('<', '>'), true)];
        let first = found.into_iter().filter_map(|(place, is_operand)| Some((place?, is_operand)));
        let Some(((at, name), is_operand)) = first.min_by_key(|((at, _), _)| *at) else {
            text.push_str(rest);
            return text;
        };
        text.push_str(&rest[..at]);
        text.push_str(&fill(name, is_operand));
        rest = &rest[at + name.len() + 2..];
    }
}

/// Contents of quoted constants that want to get out.
const HOSTILE: [&str; 28] = [
    "",
    "x",
    "'",
    "''",
    "it's",
    "\\",
    "\\'",
    "\\\\",
    "a\\b",
    "\"",
    "$$",
    "$1",
    "$a$",
    "--",
    "/*",
    "*/",
    ";",
    "'; DROP TABLE x; --",
    "E'",
    "U&'",
    "'::regclass",
    "\n",
    "\r\n",
    "\u{1}",
    "\u{202e}",
    "\u{feff}",
    "\u{10ffff}",
    "%_?:a",
];

fn text(tape: &mut Tape<'_>) -> String {
    let mut content = String::new();
    for _ in 0..=tape.choose(3) {
        content.push_str(tape.one_of(&HOSTILE));
    }
    // With `E`, a backslash begins an escape.
    if tape.choose(4) == 3 {
        return ["E'", &content.replace('\\', "\\\\").replace('\'', "\\'"), "'"].concat();
    }
    ["'", &content.replace('\'', "''"), "'"].concat()
}

/// A constant or a column.
pub(crate) fn leaf(tape: &mut Tape<'_>, of: &str) -> String {
    let of = stands_for(of);
    let of = of.as_str();
    let constants: &[&str] = match of {
        "bool" => &["TRUE", "false", "'t'::bool"],
        "int2" => &["1::int2", "'-32768'::smallint"],
        "int4" => &["1", "0", "-1", "2147483647", "-2147483648", "007"],
        "int8" => &["9223372036854775807", "-9223372036854775808", "2147483648"],
        "numeric" => {
            &["1.5", ".5", "5.", "1e10", "1.50E-3", "-1.0", "9223372036854775808", "'NaN'::numeric"]
        }
        "date" => &["CURRENT_DATE", "date '2026-01-31'", "'infinity'::date"],
        "time" => &["LOCALTIME", "time '10:00'"],
        "timetz" => &["CURRENT_TIME", "time with time zone '10:00+02'"],
        "timestamp" => &["LOCALTIMESTAMP", "timestamp '2026-01-31 10:00'"],
        "timestamptz" => &["CURRENT_TIMESTAMP", "now()", "timestamptz '2026-01-31 10:00+00'"],
        "interval" => &["interval '1 day'", "'-3 months'::interval(3)"],
        "jsonb" => &["'{\"a\": [1, \"it''s\"]}'::jsonb", "jsonb '[]'"],
        "mood" => &["'fine'::mood", "'it''s'::mood"],
        "_text" => &["'{}'::text[]", "ARRAY['a', NULL]", "ARRAY[]::text[]"],
        "regconfig" => {
            return ["'english'::regconfig", "'pg_catalog.simple'::regconfig"][tape.choose(2)]
                .to_owned();
        }
        "char" => return ["'A'::\"char\"", "'D'::\"char\""][tape.choose(2)].to_owned(),
        "record" => return "ROW(\"integer\", \"text\")".to_owned(),
        // Neither a column nor a constant is of this type.
        "name" => return "'x'".to_owned(),
        _ => &["NULL"],
    };
    match (of, tape.choose(3)) {
        ("text" | "varchar" | "bpchar", 0) => text(tape),
        ("text", 1) => quoted(tape.one_of(&ODD)),
        (_, 0) => tape.one_of(constants).to_owned(),
        (_, _) => quoted(&super::world::column_type(&spelled(of)).to_string()),
    }
}

/// A name in double quotes.
fn quoted(name: &str) -> String {
    ["\"", &name.replace('"', "\"\""), "\""].concat()
}
