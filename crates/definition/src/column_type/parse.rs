//! Reading a type as people spell it.

use std::borrow::Cow;

use super::builtin::ModifierRule;
use super::{Builtin, ColumnType, ElementType, Modifiers};
use crate::name::Name;
use crate::near::nearest;

/// The longest spelling of a type that is looked at.
const MAX_TYPE_CHARS: usize = 200;

/// A type, and whether it was spelled as one of the serial pseudo-types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedType {
    /// The type.
    pub column_type: ColumnType,
    /// `serial` and its kin mean an integer that PostgreSQL numbers.
    pub serial: bool,
}

/// Why a spelling is no type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypeError {
    /// Brackets, commas or characters where none belong.
    #[error("`{0}` cannot be read as a type")]
    Malformed(String),
    /// No type, no enum has that name.
    #[error("there is no type `{name}`")]
    Unknown {
        /// What was written.
        name: String,
        /// The nearest spelling that exists.
        nearest: Option<&'static str>,
    },
    /// The numbers in brackets do not fit the type.
    #[error("{0}")]
    Modifier(String),
}

/// A type among the schema's enums; one that is unknown may be a slip of the hand.
pub(super) fn parse(text: &str, is_enum: &dyn Fn(&str) -> bool) -> Result<ParsedType, TypeError> {
    read(text, is_enum, |unknown| nearest(unknown, Builtin::SPELLINGS.iter().copied()))
}

/// Whether it is a type of PostgreSQL.
pub(super) fn is_builtin(text: &str) -> bool {
    read(text, &|_| false, |_| None).is_ok()
}

fn read(
    text: &str,
    is_enum: &dyn Fn(&str) -> bool,
    near: impl Fn(&str) -> Option<&'static str>,
) -> Result<ParsedType, TypeError> {
    let malformed = || TypeError::Malformed(text.chars().take(MAX_TYPE_CHARS).collect());
    if text.len() > MAX_TYPE_CHARS && text.chars().count() > MAX_TYPE_CHARS {
        return Err(malformed());
    }
    let (rest, array) = strip_array(text.trim()).ok_or_else(malformed)?;
    if is_enum(rest) {
        return enum_type(rest, array).ok_or_else(malformed);
    }
    if let Some(quoted) = rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let name = quoted.replace("\"\"", "\"");
        return match name.as_str() {
            name if is_enum(name) => enum_type(name, array).ok_or_else(malformed),
            // PostgreSQL's spelling of bits of any length: without quotes it would be one bit.
            "bit" => Ok(any_bits(array)),
            _ => Err(TypeError::Unknown { name, nearest: None }),
        };
    }
    let (spelling, numbers) = split_modifiers(rest).ok_or_else(malformed)?;
    let serial = serial_type(&spelling);
    // SQL's `float(n)`: the precision is in bits and only chooses between the two widths.
    if let ("float", &[bits @ 1..=53]) = (&*spelling, numbers.as_slice()) {
        let mut column_type =
            ColumnType::plain(if bits <= 24 { Builtin::Real } else { Builtin::Double });
        column_type.array = array;
        return Ok(ParsedType { column_type, serial: false });
    }
    let found = serial.or_else(|| Builtin::spelled(&spelling));
    match found {
        Some(_) if serial.is_some() && (array || !numbers.is_empty()) => Err(malformed()),
        Some(builtin) => {
            let modifiers = modifiers(builtin, &numbers, &spelling)?;
            let element = ElementType::Builtin(builtin, modifiers);
            let column_type = ColumnType { element, array };
            Ok(ParsedType { column_type, serial: serial.is_some() })
        }
        None if numbers.is_empty() && is_enum(&spelling) => {
            enum_type(&spelling, array).ok_or_else(malformed)
        }
        None => Err(TypeError::Unknown { name: rest.to_owned(), nearest: near(&spelling) }),
    }
}

fn any_bits(array: bool) -> ParsedType {
    let element = ElementType::Builtin(Builtin::Bit, Modifiers::None);
    ParsedType { column_type: ColumnType { element, array }, serial: false }
}

fn enum_type(name: &str, array: bool) -> Option<ParsedType> {
    let element = ElementType::Enum(Name::new(name)?);
    Some(ParsedType { column_type: ColumnType { element, array }, serial: false })
}

/// Takes `[]`, `[3]`, `[][]` or ` ARRAY` off the end.
fn strip_array(text: &str) -> Option<(&str, bool)> {
    let mut rest = text;
    while let Some(head) = rest.strip_suffix(']') {
        let open = head.rfind('[')?;
        if !head[open + 1..].trim().chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        rest = head[..open].trim_end();
    }
    if rest.len() < text.len() {
        return Some((rest, true));
    }
    let cut = rest.len().checked_sub(" array".len()).filter(|cut| rest.is_char_boundary(*cut));
    Some(match cut {
        Some(cut) if rest[cut..].eq_ignore_ascii_case(" array") => (rest[..cut].trim_end(), true),
        _ => (rest, false),
    })
}

/// `timestamp(3) with time zone` → (`timestamp with time zone`, [3]).
fn split_modifiers(text: &str) -> Option<(Cow<'_, str>, Vec<i64>)> {
    // Most types are one word in lower case.
    if !text.is_empty() && text.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'_')) {
        return Some((Cow::Borrowed(text), Vec::new()));
    }
    let (head, numbers, tail) = match text.split_once('(') {
        None => (text, Vec::new(), ""),
        Some((head, rest)) => {
            let (inside, tail) = rest.split_once(')')?;
            let numbers = inside.trim().split(',').map(|number| number.trim().parse().ok());
            (head, numbers.collect::<Option<_>>()?, tail)
        }
    };
    let mut spelling = String::with_capacity(head.len() + tail.len());
    for word in head.split_whitespace().chain(tail.split_whitespace()) {
        spelling.push_str(if spelling.is_empty() { "" } else { " " });
        spelling.push_str(&word.to_lowercase());
    }
    let allowed = |c: char| c.is_alphanumeric() || c == ' ' || c == '_';
    (!spelling.is_empty() && spelling.chars().all(allowed)).then_some((spelling.into(), numbers))
}

fn serial_type(spelling: &str) -> Option<Builtin> {
    match spelling {
        "serial" | "serial4" => Some(Builtin::Integer),
        "bigserial" | "serial8" => Some(Builtin::BigInt),
        "smallserial" | "serial2" => Some(Builtin::SmallInt),
        _ => None,
    }
}

fn modifiers(builtin: Builtin, numbers: &[i64], spelling: &str) -> Result<Modifiers, TypeError> {
    let refuse = |rule: String| Err(TypeError::Modifier(rule));
    match (builtin.modifier_rule(), numbers) {
        // SQL's `char` and `bit` without a length are of length 1; `bpchar` is unbounded.
        (ModifierRule::Length(_), [])
            if ["char", "character", "nchar", "bit"].contains(&spelling) =>
        {
            Ok(Modifiers::One(1))
        }
        (_, []) => Ok(Modifiers::None),
        (ModifierRule::None, _) => refuse(format!("`{spelling}` takes no numbers in brackets")),
        (ModifierRule::Length(max), &[length]) => match u32::try_from(length) {
            Ok(length) if (1..=max).contains(&length) => Ok(Modifiers::One(length)),
            _ => refuse(format!("the length of `{spelling}` is from 1 to {max}")),
        },
        (ModifierRule::SecondDigits, &[digits]) => match u32::try_from(digits) {
            Ok(digits) if digits <= 6 => Ok(Modifiers::One(digits)),
            _ => refuse(format!("`{spelling}` keeps 0 to 6 digits of a second")),
        },
        (ModifierRule::Numeric, &[precision]) => numeric(precision, 0),
        (ModifierRule::Numeric, &[precision, scale]) => numeric(precision, scale),
        (_, _) => refuse(format!("`{spelling}` takes fewer numbers in brackets")),
    }
}

/// PostgreSQL 14 refuses a scale below 0 or above the precision, so we do everywhere.
fn numeric(precision: i64, scale: i64) -> Result<Modifiers, TypeError> {
    match (u32::try_from(precision), i32::try_from(scale)) {
        (Ok(precision @ 1..=1000), Ok(scale))
            if scale >= 0 && scale.unsigned_abs() <= precision =>
        {
            Ok(Modifiers::Two(precision, scale))
        }
        _ => Err(TypeError::Modifier(
            "`numeric` has 1 to 1000 digits, of which 0 to all stand after the point".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> String {
        match parse(text, &|name| name == "order_status" || name == "Odd Name") {
            Ok(parsed) if parsed.serial => format!("serial {}", parsed.column_type),
            Ok(parsed) => parsed.column_type.to_string(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn every_usual_spelling_becomes_one() {
        for (written, kept) in [
            ("INT", "integer"),
            ("int8", "bigint"),
            ("VARCHAR(255)", "varchar(255)"),
            ("character  varying ( 20 )", "varchar(20)"),
            ("character(3)", "char(3)"),
            ("char", "char(1)"),
            ("bpchar", "bpchar"),
            ("bit", "bit(1)"),
            ("\"bit\"[]", "\"bit\"[]"),
            ("timestamp (3) with time zone", "timestamptz(3)"),
            ("TIMESTAMP", "timestamp"),
            ("Double Precision", "double precision"),
            ("float(24)", "real"),
            ("float(25)[]", "double precision[]"),
            ("numeric(10)", "numeric(10,0)"),
            ("decimal(12, 2)", "numeric(12,2)"),
            ("text[]", "text[]"),
            ("integer ARRAY", "integer[]"),
            ("int[3][3]", "integer[]"),
            ("order_status", "order_status"),
            ("ORDER_STATUS[]", "order_status[]"),
            ("\"Odd Name\"", "\"Odd Name\""),
            ("bigserial", "serial bigint"),
        ] {
            assert_eq!(spelled(written), kept, "{written}");
        }
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for (written, why) in [
            ("", "error: `` cannot be read as a type"),
            ("varchar(", "error: `varchar(` cannot be read as a type"),
            ("varchar(0)", "error: the length of `varchar` is from 1 to 10485760"),
            ("uuid(3)", "error: `uuid` takes no numbers in brackets"),
            (
                "numeric(5,7)",
                "error: `numeric` has 1 to 1000 digits, of which 0 to all stand after the point",
            ),
            ("timestamp(9)", "error: `timestamp` keeps 0 to 6 digits of a second"),
            ("regclass", "error: there is no type `regclass`"),
            ("text; drop table x", "error: `text; drop table x` cannot be read as a type"),
            ("pg_catalog.text", "error: `pg_catalog.text` cannot be read as a type"),
            ("serial[]", "error: `serial[]` cannot be read as a type"),
        ] {
            assert_eq!(spelled(written), why, "{written}");
        }
    }

    #[test]
    fn a_near_spelling_is_offered() {
        let found = parse("varcher", &|_| false);
        assert!(matches!(found, Err(TypeError::Unknown { nearest: Some("varchar"), .. })));
    }
}
