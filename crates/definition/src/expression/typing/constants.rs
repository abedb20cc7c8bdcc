//! Quoted constants that are read as another type: whether that can go well.
//!
//! Only what is cheap and certain is refused here; the rest PostgreSQL says.

use super::types::Type;
use super::{Checker, spelled};
use crate::expression::error::ExpressionError;
use crate::expression::tree::Node;
use crate::expression::type_names::{CONFIGURATIONS, unknown_configuration};
use crate::near::nearest;

impl Checker<'_> {
    /// Refuses a quoted constant that cannot be of this type.
    pub(super) fn constant(&self, node: &Node, target: &Type) -> Result<(), ExpressionError> {
        let Node::Text(text) = node else { return Ok(()) };
        self.note(node, target);
        let refusal = || {
            let message = format!("{} cannot be read as `{target}`", spelled(node));
            ExpressionError::new("invalid_constant", 0, message)
        };
        match target {
            Type::Enum(name) => {
                let Some(found) = self.context.enumeration(name.as_str()).sound() else {
                    return Ok(());
                };
                let mut values = found.values.iter().map(|value| value.name.as_str());
                // An enum without values has its own problem.
                if found.values.is_empty() || values.clone().any(|value| value == text) {
                    return Ok(());
                }
                let near = nearest(text, values.clone());
                let all: Vec<String> = values.by_ref().take(8).map(|v| format!("'{v}'")).collect();
                Err(refusal().hint(match near {
                    Some(near) => format!("Did you mean '{near}'?"),
                    None => format!("Its values are {}.", all.join(", ")),
                }))
            }
            Type::Builtin("regconfig") => {
                let name = text.strip_prefix("pg_catalog.").unwrap_or(text);
                let known = CONFIGURATIONS.contains(&name);
                if known { Ok(()) } else { Err(unknown_configuration(0, text)) }
            }
            Type::Builtin(_) | Type::EnumArray(_) if !is_plausible(text, target) => {
                Err(match example(target) {
                    Some(example) => refusal().hint(format!("Write it as {example}.")),
                    None => refusal(),
                })
            }
            Type::Builtin(_) | Type::EnumArray(_) | Type::Untold | Type::Unknown | Type::Row => {
                Ok(())
            }
        }
    }
}

fn is_plausible(text: &str, target: &Type) -> bool {
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
    if target.element().is_some() {
        return text.starts_with(['{', '[']) && text.ends_with('}');
    }
    let Type::Builtin(name) = target else { return true };
    match *name {
        "int2" => text.parse::<i16>().is_ok(),
        "int4" => text.parse::<i32>().is_ok(),
        "int8" => text.parse::<i64>().is_ok(),
        "numeric" | "float4" | "float8" => is_number(text),
        "bool" => is_boolean(text),
        "uuid" => is_uuid(text),
        "date" | "timestamp" | "timestamptz" => is_moment(text),
        "time" | "timetz" => {
            ["now", "allballs"].iter().any(|word| text.eq_ignore_ascii_case(word))
                || text.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_alphabetic())
                    && text.contains(|c: char| c.is_ascii_digit())
        }
        "interval" => text.contains(|c: char| c.is_ascii_digit()),
        "json" | "jsonb" => is_json(text),
        "bytea" => text.strip_prefix("\\x").is_none_or(|hex| {
            hex.chars().all(|c| c.is_ascii_hexdigit() || c.is_ascii_whitespace())
        }),
        "bit" | "varbit" => text.chars().all(|c| c.is_ascii_hexdigit() || "bBxX".contains(c)),
        "inet" | "cidr" => {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_hexdigit() || ".:/".contains(c))
        }
        _ if target.range().is_some() => text.starts_with('{') && text.ends_with('}'),
        _ if target.bounds().is_some() => {
            text.eq_ignore_ascii_case("empty")
                || text.starts_with(['[', '(']) && text.ends_with([']', ')'])
        }
        _ => true,
    }
}

fn example(target: &Type) -> Option<&'static str> {
    if target.element().is_some() {
        return Some("'{first,second}', or with brackets: ARRAY[…]");
    }
    let Type::Builtin(name) = target else { return None };
    match *name {
        "uuid" => Some("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
        "date" => Some("'2026-01-31'"),
        "timestamp" => Some("'2026-01-31 18:30'"),
        "timestamptz" => Some("'2026-01-31 18:30+00'"),
        "time" | "timetz" => Some("'18:30'"),
        "interval" => Some("'3 days'"),
        "bool" => Some("TRUE or FALSE"),
        "json" | "jsonb" => Some("JSON, with texts in double quotes: '{\"a\": \"b\"}'"),
        "int2" | "int4" | "int8" => Some("a whole number without quotes"),
        "numeric" | "float4" | "float8" => Some("a number without quotes"),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if ["nan", "inf", "infinity"].iter().any(|word| unsigned.eq_ignore_ascii_case(word)) {
        return true;
    }
    let (digits, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let whole = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    whole(before)
        && whole(after)
        && !(before.is_empty() && after.is_empty())
        && whole(exponent)
        && !exponent.is_empty()
}

fn is_boolean(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let begins = |word: &str, least: usize| text.len() >= least && word.starts_with(&text);
    begins("true", 1)
        || begins("false", 1)
        || begins("yes", 1)
        || begins("no", 1)
        || begins("on", 2)
        || begins("off", 2)
        || text == "1"
        || text == "0"
}

fn is_uuid(text: &str) -> bool {
    let bare = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    let digits = bare.chars().filter(|c| *c != '-');
    digits.clone().count() == 32 && digits.clone().all(|c| c.is_ascii_hexdigit())
}

/// A day with or without a time. The shape most people write is looked at, the rest needs a digit.
fn is_moment(text: &str) -> bool {
    const WORDS: [&str; 7] =
        ["epoch", "infinity", "-infinity", "now", "today", "tomorrow", "yesterday"];
    if WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return true;
    }
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => is_day(year, month, day),
            _ => text.contains(|c: char| c.is_ascii_digit()),
        },
        _ => text.contains(|c: char| c.is_ascii_digit()),
    }
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_json(text: &str) -> bool {
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => true,
        // What nests deeper than the reader goes is left to PostgreSQL.
        Err(error) => error.to_string().contains("recursion limit"),
    }
}
