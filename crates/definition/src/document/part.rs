//! One table, column or relationship alone, as an editor sends it while somebody types.

use serde_json::{Map, Value, json};

use super::Document;
use crate::build;
use crate::name::Counting;
use crate::problem::{Problem, Problems};

/// A part of a document that is checked by itself.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// A table.
    Table(&'a Value),
    /// A column.
    Column(&'a Value),
    /// A relationship; only its definition tells whether what it joins is there.
    Relationship(&'a Value),
}

/// The table that a column is put into. Its name never shows: what concerns it is left out.
const TABLE_OF_COLUMN: &str = "the table of the column";

impl Part<'_> {
    /// Everything found in the part, with paths that begin at the part. What surrounds it comes
    /// from `definition`, in which it replaces the thing of its id or name; faults of the
    /// definition elsewhere are left out. Without a definition, what only that could tell is left
    /// out too: whether a table it refers to exists, or a column beside a column.
    pub fn check(self, definition: Option<&Value>) -> Vec<Problem> {
        let mut whole = match definition {
            Some(Value::Object(whole)) => whole.clone(),
            Some(_) | None => Map::new(),
        };
        let (place, unknown) = match self {
            Self::Table(table) => (put(&mut whole, "tables", table), "unknown_table"),
            Self::Column(column) => {
                let table = json!({ "name": TABLE_OF_COLUMN, "columns": [column] });
                let place = put(&mut whole, "tables", &table) + ".columns[0]";
                return found(
                    whole,
                    &place,
                    &["unknown_column", alone(definition, "unknown_table")],
                );
            }
            Self::Relationship(relationship) => {
                (put(&mut whole, "relationships", relationship), "unknown_table")
            }
        };
        found(whole, &place, &[alone(definition, unknown)])
    }
}

/// The code to leave out when there is no definition.
fn alone(definition: Option<&Value>, code: &'static str) -> &'static str {
    if definition.is_none() { code } else { "" }
}

/// Puts a part where its like stands, or at the end; its place.
fn put(whole: &mut Map<String, Value>, list: &str, part: &Value) -> String {
    let entry = whole.entry(list).or_insert_with(|| json!([]));
    if !entry.is_array() {
        *entry = json!([]);
    }
    let items = entry.as_array_mut().expect("it was made a list");
    let same = |key: &str| {
        let wanted = part.get(key).filter(|value| value.is_string());
        wanted.and_then(|wanted| items.iter().position(|item| item.get(key) == Some(wanted)))
    };
    let at = same("id").or_else(|| same("name")).unwrap_or(items.len());
    if at == items.len() {
        items.push(part.clone());
    } else {
        items[at] = part.clone();
    }
    format!("{list}[{at}]")
}

/// What checking the whole finds in one place.
fn found(whole: Map<String, Value>, place: &str, without: &[&str]) -> Vec<Problem> {
    let whole = Value::Object(whole);
    let document = Document::parse(&whole);
    let problems: Problems =
        build::build(&document.raw, document.problems, None, &mut Counting::default()).1;
    problems.within(place, without).into_vec()
}
