//! Edits of a document as a careless or a wicked client makes them.

use serde_json::{Map, Value};

use crate::choices::Choices;
use crate::names;

/// What stands where something else should.
const VALUES: &str = include_str!("mutation/values.txt");
/// Types, good and bad.
const TYPES: &str = include_str!("mutation/types.txt");
/// Expressions, good and bad, some of which read what may not be there.
const EXPRESSIONS: &str = include_str!("mutation/expressions.txt");
/// Words of the format, and such as are none.
const WORDS: &str = include_str!("mutation/words.txt");
/// Every key of the format.
const KEYS: &str = include_str!("mutation/keys.txt");

/// Keys that hold expressions.
const OF_EXPRESSIONS: [&str; 5] = ["default", "check", "generated", "expression", "where"];

/// The document after a few edits.
pub(crate) fn mutated(mut document: Value, choices: &mut Choices) -> Value {
    for _ in 0..=choices.below(4) {
        edit(&mut document, choices);
    }
    document
}

fn edit(document: &mut Value, choices: &mut Choices) {
    let before = document.clone();
    let Some(place) = place(document, choices) else { return };
    match place {
        Place::Object(object) => edit_object(object, &before, choices),
        Place::List(list) => edit_list(list, &before, choices),
    }
}

/// An object or a list of the document.
enum Place<'a> {
    Object(&'a mut Map<String, Value>),
    List(&'a mut Vec<Value>),
}

/// Walks down to some object or list.
fn place<'a>(value: &'a mut Value, choices: &mut Choices) -> Option<Place<'a>> {
    let stop = choices.percent(15);
    match value {
        Value::Object(object) => {
            let deeper: Vec<String> = object
                .iter()
                .filter(|(_, value)| value.is_object() || value.is_array())
                .map(|(key, _)| key.clone())
                .collect();
            match choices.one(&deeper) {
                Some(key) if !stop => place(&mut object[key], choices),
                _ => Some(Place::Object(object)),
            }
        }
        Value::Array(list) => {
            let at = choices.below(list.len());
            match list.get(at) {
                Some(Value::Object(_) | Value::Array(_)) if !stop => place(&mut list[at], choices),
                _ => Some(Place::List(list)),
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Some part of the document, to be put elsewhere.
fn somewhere(value: &Value, choices: &mut Choices) -> Value {
    let children: Vec<&Value> = match value {
        Value::Object(object) => object.values().collect(),
        Value::Array(list) => list.iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    match choices.one(&children) {
        Some(child) if choices.percent(85) => somewhere(child, choices),
        _ => value.clone(),
    }
}

fn edit_object(object: &mut Map<String, Value>, before: &Value, choices: &mut Choices) {
    let keys: Vec<String> = object.keys().cloned().collect();
    let key = choices.one(&keys).cloned().unwrap_or_default();
    match choices.below(9) {
        // A value of the kind that stands there.
        0..=3 => {
            let value = fitting(&key, before, choices);
            object.insert(key, value);
        }
        4 => drop(object.shift_remove(&key)),
        5 => {
            if let Some(value) = object.shift_remove(&key) {
                object.insert(line(KEYS, choices).to_owned(), value);
            }
        }
        6 => {
            let key = line(KEYS, choices).to_owned();
            let value = fitting(&key, before, choices);
            object.insert(key, value);
        }
        7 => drop(object.insert(key, somewhere(before, choices))),
        _ => drop(object.insert(key, odd(choices))),
    }
}

fn edit_list(list: &mut Vec<Value>, before: &Value, choices: &mut Choices) {
    let at = choices.below(list.len());
    match choices.below(6) {
        0 if !list.is_empty() => drop(list.remove(at)),
        1 | 2 if !list.is_empty() => {
            let item = list[at].clone();
            let to = choices.below(list.len() + 1);
            list.insert(to, item);
        }
        3 if !list.is_empty() => {
            let other = choices.below(list.len());
            list.swap(at, other);
        }
        4 if !list.is_empty() => list[at] = somewhere(before, choices),
        5 => list.push(somewhere(before, choices)),
        _ => list.push(odd(choices)),
    }
}

/// One of the lines.
fn line(lines: &'static str, choices: &mut Choices) -> &'static str {
    let lines: Vec<&str> = lines.lines().collect();
    choices.pick(&lines)
}

fn odd(choices: &mut Choices) -> Value {
    serde_json::from_str(line(VALUES, choices)).expect("the values are JSON")
}

/// A value that the key could have: one that the document gives to such a key, or another.
fn fitting(key: &str, before: &Value, choices: &mut Choices) -> Value {
    if choices.percent(50) {
        let mut given = Vec::new();
        of_key(before, key, &mut given);
        if let Some(value) = choices.one(&given) {
            return (*value).clone();
        }
    }
    match key {
        "type" => line(TYPES, choices).into(),
        _ if OF_EXPRESSIONS.contains(&key) => expression(before, choices).into(),
        "name" | "table" | "column" | "through" | "trackUpdates" | "renamedFrom" | "id" => {
            names::any(choices).into()
        }
        "primaryKey" | "notNull" | "unique" | "nullsNotDistinct" | "automatic" => {
            choices.percent(60).into()
        }
        "description" => names::text(choices).into(),
        "columns" | "include" | "values" => {
            let count = choices.below(3);
            (0..count).map(|_| Value::from(names::any(choices))).collect()
        }
        _ => line(WORDS, choices).into(),
    }
}

/// The values that the document gives to such a key.
fn of_key<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(object) => {
            for (known, value) in object {
                let alike = known == key
                    || OF_EXPRESSIONS.contains(&key) && OF_EXPRESSIONS.contains(&known.as_str());
                if alike {
                    found.push(value);
                }
                of_key(value, key, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|item| of_key(item, key, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// An expression of the list, or one of the document with a word of another in it.
fn expression(before: &Value, choices: &mut Choices) -> String {
    let mut given = Vec::new();
    of_key(before, "check", &mut given);
    let given: Vec<&str> = given.into_iter().filter_map(Value::as_str).collect();
    let (Some(left), true) = (choices.one(&given), choices.percent(50)) else {
        return line(EXPRESSIONS, choices).to_owned();
    };
    let right = match choices.one(&given) {
        Some(right) if choices.percent(50) => right,
        _ => line(EXPRESSIONS, choices),
    };
    let mut words: Vec<&str> = left.split(' ').collect();
    let others: Vec<&str> = right.split(' ').collect();
    let at = choices.below(words.len());
    match (choices.below(3), choices.one(&others)) {
        (0, _) => drop(words.remove(at)),
        (1, Some(other)) => words.insert(at, other),
        (_, other) => words[at] = other.copied().unwrap_or_default(),
    }
    words.join(" ")
}
