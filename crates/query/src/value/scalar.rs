//! Values of types that are no arrays.

use definition::column_type::{Builtin, Family, Modifiers};
use definition::model::Enum;
use definition::near::nearest;
use serde_json::value::RawValue;

use super::json::Json;
use super::{Element, Misfit, number};

/// The text of a value that is not null.
pub(super) fn text(
    value: &Json<'_>,
    raw: &RawValue,
    element: &Element<'_>,
) -> Result<String, Misfit> {
    let fitted = match element {
        Element::Enum(of) => {
            string(value, || listed(of)).and_then(|text| enum_value(&text, of).map(|()| text))
        }
        Element::Builtin(builtin, modifiers) => builtin_text(value, raw, *builtin, *modifiers),
    };
    fitted.map_err(|misfit| misfit.instead_of(raw.get()))
}

fn builtin_text(
    value: &Json<'_>,
    raw: &RawValue,
    builtin: Builtin,
    modifiers: Modifiers,
) -> Result<String, Misfit> {
    match builtin.family() {
        Family::Boolean => boolean(value),
        Family::Integer => integer(value, builtin),
        Family::Decimal if builtin == Builtin::Money => money(value),
        Family::Decimal => decimal(value, modifiers),
        Family::Float => float(value),
        Family::Text => characters(value, builtin, modifiers),
        Family::Binary => binary(value, builtin, modifiers),
        Family::Uuid => uuid(value),
        Family::Document if matches!(builtin, Builtin::Json | Builtin::Jsonb) => {
            Ok(raw.get().to_owned())
        }
        Family::Time
        | Family::Document
        | Family::Range
        | Family::Network
        | Family::Geometry
        | Family::TextSearch => string(value, || written_as_text(builtin)),
    }
}

/// Whether the enum has this value.
pub(crate) fn enum_value(text: &str, of: &Enum) -> Result<(), Misfit> {
    let mut names = of.values.iter().map(|value| value.name.as_str());
    if names.clone().any(|name| name == text) {
        return Ok(());
    }
    let misfit = Misfit::new(listed(of)).instead_of(text);
    Err(match nearest(text, names.by_ref()) {
        Some(near) => misfit.hint(["Did you mean `", near, "`?"].concat()),
        None => misfit,
    })
}

/// How many values of an enum a message lists.
const MAX_LISTED: usize = 12;

fn listed(of: &Enum) -> String {
    let quoted = |name: &str| ["`", name, "`"].concat();
    let mut names: Vec<_> =
        of.values.iter().take(MAX_LISTED).map(|value| quoted(value.name.as_str())).collect();
    if of.values.len() > MAX_LISTED {
        names.push("…".to_owned());
    }
    ["one of ", &names.join(", ")].concat()
}

fn string(value: &Json<'_>, takes: impl FnOnce() -> String) -> Result<String, Misfit> {
    value.text().map(str::to_owned).ok_or_else(|| Misfit::new(takes()))
}

fn written_as_text(builtin: Builtin) -> String {
    let example = EXAMPLES.iter().find(|(known, _)| *known == builtin);
    let example = example.map_or(String::new(), |(_, text)| [", as \"", text, "\""].concat());
    ["a string that PostgreSQL reads as ", builtin.name(), &example].concat()
}

/// Texts of types whose form is not told by their name.
const EXAMPLES: [(Builtin, &str); 9] = [
    (Builtin::Date, "2026-01-31"),
    (Builtin::Time, "14:30:00"),
    (Builtin::TimeTz, "14:30:00+02:00"),
    (Builtin::Timestamp, "2026-01-31T14:30:00"),
    (Builtin::TimestampTz, "2026-01-31T14:30:00Z"),
    (Builtin::Interval, "1 day 02:30:00"),
    (Builtin::Int4Range, "[1,10)"),
    (Builtin::DateRange, "[2026-01-01,2026-02-01)"),
    (Builtin::Point, "(1.5,2)"),
];

fn boolean(value: &Json<'_>) -> Result<String, Misfit> {
    const WORDS: [&str; 10] = ["true", "false", "t", "f", "yes", "no", "on", "off", "1", "0"];
    if let Json::Bool(value) = value {
        return Ok(value.to_string());
    }
    let known = |text: &&str| WORDS.iter().any(|word| word.eq_ignore_ascii_case(text.trim()));
    let found = value.text().filter(known);
    found.map(str::to_owned).ok_or_else(|| Misfit::new("true or false"))
}

fn integer(value: &Json<'_>, builtin: Builtin) -> Result<String, Misfit> {
    let range = number::integer_range(builtin);
    let found = value.spelled().filter(|text| number::is_integer(text, range));
    found
        .map(str::to_owned)
        .ok_or_else(|| Misfit::new(format!("a whole number from {} to {}", range.0, range.1)))
}

const NOT_FINITE: [&str; 7] = ["nan", "infinity", "-infinity", "+infinity", "inf", "-inf", "+inf"];

fn is_not_finite(text: &str) -> bool {
    NOT_FINITE.iter().any(|word| word.eq_ignore_ascii_case(text))
}

fn decimal(value: &Json<'_>, modifiers: Modifiers) -> Result<String, Misfit> {
    let text = value.spelled().unwrap_or_default();
    let not_finite = is_not_finite(text);
    if !number::is_decimal(text) && !not_finite {
        return Err(Misfit::new("a number"));
    }
    if let Modifiers::Two(precision, scale) = modifiers {
        let infinite = not_finite && !text.eq_ignore_ascii_case("nan");
        if infinite || !number::fits(text, precision, scale) {
            let whole = i64::from(precision) - i64::from(scale);
            return Err(Misfit::new(format!(
                "a number with at most {whole} digits before the point ({scale} after it are kept)"
            )));
        }
    }
    Ok(text.to_owned())
}

fn float(value: &Json<'_>) -> Result<String, Misfit> {
    let known = |text: &&str| number::is_decimal(text) || is_not_finite(text);
    let found = value.spelled().filter(known);
    found
        .map(str::to_owned)
        .ok_or_else(|| Misfit::new("a number, \"NaN\", \"Infinity\" or \"-Infinity\""))
}

fn money(value: &Json<'_>) -> Result<String, Misfit> {
    let found = value.spelled().map(str::to_owned);
    found.ok_or_else(|| Misfit::new("an amount, as \"12.50\""))
}

/// PostgreSQL cuts excess spaces off and refuses any other excess, without naming the column.
fn characters(value: &Json<'_>, builtin: Builtin, modifiers: Modifiers) -> Result<String, Misfit> {
    let text = string(value, || "a string".to_owned())?;
    let most = match modifiers {
        Modifiers::One(length) => length as usize,
        Modifiers::None | Modifiers::Two(..) => return Ok(text),
    };
    let length = text.trim_end_matches(' ').chars().count();
    if length > most {
        let name = builtin.name();
        return Err(Misfit::new(format!("at most {most} characters ({name}({most}))"))
            .hint(format!("The text has {length} characters.")));
    }
    Ok(text)
}

fn binary(value: &Json<'_>, builtin: Builtin, modifiers: Modifiers) -> Result<String, Misfit> {
    if builtin == Builtin::Bytea {
        return bytes(value);
    }
    let takes = || match (builtin, modifiers) {
        (Builtin::Bit, Modifiers::One(length)) => format!("a string of {length} digits 0 and 1"),
        (_, Modifiers::One(length)) => format!("a string of at most {length} digits 0 and 1"),
        (_, Modifiers::None | Modifiers::Two(..)) => "a string of digits 0 and 1".to_owned(),
    };
    let text = string(value, takes)?;
    let fits = match modifiers {
        Modifiers::One(length) if builtin == Builtin::Bit => text.len() == length as usize,
        Modifiers::One(length) => text.len() <= length as usize,
        Modifiers::None | Modifiers::Two(..) => true,
    };
    let is_bits = text.bytes().all(|digit| matches!(digit, b'0' | b'1'));
    if is_bits && fits { Ok(text) } else { Err(Misfit::new(takes())) }
}

/// Only the hex form: any other text would be taken as the bytes of its own letters.
fn bytes(value: &Json<'_>) -> Result<String, Misfit> {
    let takes = || "bytes as \"\\\\x\" and two hexadecimal digits for each".to_owned();
    let text = string(value, takes)?;
    let digits = text.strip_prefix("\\x").unwrap_or("-");
    let is_hex = digits.len().is_multiple_of(2) && digits.bytes().all(|d| d.is_ascii_hexdigit());
    if is_hex { Ok(text) } else { Err(Misfit::new(takes())) }
}

fn uuid(value: &Json<'_>) -> Result<String, Misfit> {
    let takes = || "a UUID, as \"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"".to_owned();
    let text = string(value, takes)?;
    let bare = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(&text);
    let digits = bare.bytes().filter(|byte| *byte != b'-');
    let is_uuid =
        digits.clone().count() == 32 && digits.into_iter().all(|digit| digit.is_ascii_hexdigit());
    if is_uuid { Ok(text) } else { Err(Misfit::new(takes())) }
}
