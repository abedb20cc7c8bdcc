//! JSON → the parts of a document that fit its shape, and a problem for each part that does not.

use serde_json::{Map, Value};

use super::shape::{Field, Kind, MAX_TEXT_CHARS, Shape};
use crate::near::nearest;
use crate::problem::{Path, Problems};

/// The way to a place. Its [`Path`] is made only for a problem: most places have none.
#[derive(Clone, Copy)]
pub(super) enum Trail<'a> {
    /// The document itself.
    Root,
    /// A key of an object.
    Key(&'a Trail<'a>, &'a str),
    /// An element of a list.
    Index(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    fn path(&self) -> Path {
        match self {
            Self::Root => Path::root(),
            Self::Key(above, key) => above.path().key(key),
            Self::Index(above, index) => above.path().index(*index),
        }
    }
}

/// What fits; list elements that do not fit stay as empty objects or texts, so that the positions
/// of the others do not move.
pub(super) fn object(
    value: &Value,
    shape: &'static Shape,
    at: &Trail<'_>,
    problems: &mut Problems,
) -> Map<String, Value> {
    let mut kept = Map::new();
    let Value::Object(given) = value else {
        problems.error(
            "wrong_type",
            &at.path(),
            format!("{} must be an object, not {}", article(shape.name), kind_of(value)),
        );
        return kept;
    };
    for (key, value) in given {
        match shape.fields.iter().find(|field| field.key == key) {
            Some(_) if value.is_null() => {}
            Some(field) => {
                if let Some(value) = read(value, field.kind, &Trail::Key(at, key), problems) {
                    kept.insert(key.clone(), value);
                }
            }
            None => unknown_key(key, shape, at, problems),
        }
    }
    for field in shape.fields.iter().filter(|field| field.required) {
        if given.get(field.key).is_none_or(Value::is_null) {
            missing(field, shape, at, problems);
        }
    }
    kept
}

fn unknown_key(key: &str, shape: &Shape, at: &Trail<'_>, problems: &mut Problems) {
    let shown: String = key.chars().take(80).collect();
    let message = format!("{} has no key `{shown}`", article(shape.name));
    let keys = shape.fields.iter().map(|field| field.key);
    let hint = match nearest(key, keys.clone()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("The keys are {}.", keys.collect::<Vec<_>>().join(", ")),
    };
    problems.error("unknown_key", &at.path().key(&shown), message).with_hint(hint);
}

fn missing(field: &Field, shape: &Shape, at: &Trail<'_>, problems: &mut Problems) {
    let message = format!("{} needs `{}`", article(shape.name), field.key);
    problems.error("missing_key", &at.path().key(field.key), message).with_hint(field.meaning);
}

/// The value, when it is of the kind.
fn read(value: &Value, kind: Kind, at: &Trail<'_>, problems: &mut Problems) -> Option<Value> {
    match (kind, value) {
        (Kind::Text | Kind::TextOr(_), Value::String(text)) => text_of(text, at, problems),
        (Kind::Flag, Value::Bool(_)) => Some(value.clone()),
        (Kind::Word(words), Value::String(word)) => word_of(word, words, at, problems),
        (Kind::Object(shape) | Kind::TextOr(shape) | Kind::TextsOr(shape), Value::Object(_)) => {
            Some(Value::Object(object(value, shape, at, problems)))
        }
        (Kind::List(of, most), Value::Array(items)) => list(items, *of, most, at, problems),
        (Kind::TextsOr(_), Value::Array(items)) => {
            list(items, Kind::Text, super::shape::MAX_KEY_COLUMNS, at, problems)
        }
        _ => {
            let message = format!("must be {}, not {}", expected(kind), kind_of(value));
            problems.error("wrong_type", &at.path(), message);
            None
        }
    }
}

fn text_of(text: &str, at: &Trail<'_>, problems: &mut Problems) -> Option<Value> {
    if text.contains('\0') {
        problems.error("nul_byte", &at.path(), "a NUL byte cannot be stored");
        return None;
    }
    if text.len() > MAX_TEXT_CHARS && text.chars().count() > MAX_TEXT_CHARS {
        problems.error(
            "text_too_long",
            &at.path(),
            format!("a text is at most {MAX_TEXT_CHARS} characters long"),
        );
        return None;
    }
    Some(Value::String(text.to_owned()))
}

fn word_of(
    word: &str,
    words: &[&'static str],
    at: &Trail<'_>,
    problems: &mut Problems,
) -> Option<Value> {
    let same = words.iter().find(|known| **known == word);
    if same.is_none() {
        let message = format!("must be one of {}", words.join(", "));
        let problem = problems.error("unknown_word", &at.path(), message);
        if let Some(near) = nearest(word, words.iter().copied()) {
            problem.with_hint(format!("Did you mean `{near}`?"));
        }
    }
    same.map(|word| Value::String((*word).to_owned()))
}

fn list(
    items: &[Value],
    of: Kind,
    most: usize,
    at: &Trail<'_>,
    problems: &mut Problems,
) -> Option<Value> {
    if items.len() > most {
        problems.error(
            "too_many",
            &at.path(),
            format!("has {} entries; at most {most} are taken", items.len()),
        );
        return None;
    }
    let placeholder = || match of {
        Kind::Text | Kind::Word(_) => Value::String(String::new()),
        Kind::Flag | Kind::Object(_) | Kind::List(..) | Kind::TextOr(_) | Kind::TextsOr(_) => {
            Value::Object(Map::new())
        }
    };
    let kept = items.iter().enumerate().map(|(position, item)| {
        read(item, of, &Trail::Index(at, position), problems).unwrap_or_else(placeholder)
    });
    Some(Value::Array(kept.collect()))
}

fn expected(kind: Kind) -> String {
    match kind {
        Kind::Text => "a text".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Word(words) => format!("one of {}", words.join(", ")),
        Kind::Object(_) => "an object".to_owned(),
        Kind::List(..) => "a list".to_owned(),
        Kind::TextOr(_) => "a text or an object".to_owned(),
        Kind::TextsOr(_) => "a list of texts or an object".to_owned(),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn article(name: &str) -> String {
    let vowel = name.starts_with(['a', 'e', 'i', 'o']);
    format!("{} {name}", if vowel { "an" } else { "a" })
}
