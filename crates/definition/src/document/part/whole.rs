//! A definition with a part put in, and what is found in the part.

use serde_json::Value;

use super::focus::narrow;
use crate::build;
use crate::document::raw::RawDocument;
use crate::document::read::{self, Place, Readable};
use crate::document::shape::{ENUM, Kind, MAX_PARTS, MAX_TABLES, RELATIONSHIP, Shape, TABLE};
use crate::name::Counting;
use crate::path::Path;
use crate::problem::{Problem, Problems};

/// The lists of a definition.
pub(super) struct Whole<'v> {
    enums: Vec<&'v Value>,
    pub(super) tables: Vec<&'v Value>,
    pub(super) relationships: Vec<&'v Value>,
}

/// A definition in which a part was put.
pub(super) struct Put<'v> {
    pub(super) whole: Whole<'v>,
    pub(super) list: List,
    /// Where in its list the part stands.
    pub(super) position: usize,
}

/// The list that a part stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Tables,
    Relationships,
}

impl<'v> Whole<'v> {
    /// What a definition lists; nothing where it does not have the form of one.
    pub(super) fn of(definition: Option<&'v Value>) -> Self {
        let list = |key| {
            let items = definition.and_then(|whole| whole.get(key)).and_then(Value::as_array);
            items.into_iter().flatten().collect()
        };
        Self { enums: list("enums"), tables: list("tables"), relationships: list("relationships") }
    }

    pub(super) fn with_table(mut self, table: &'v Value) -> Put<'v> {
        let position = put(&mut self.tables, table);
        Put { whole: self, list: List::Tables, position }
    }

    pub(super) fn with_relationship(mut self, relationship: &'v Value) -> Put<'v> {
        let position = put(&mut self.relationships, relationship);
        Put { whole: self, list: List::Relationships, position }
    }

    fn read(&self, problems: &mut Problems) -> RawDocument<'v> {
        RawDocument {
            enums: each(&self.enums, (&ENUM, "enums"), problems),
            tables: each(&self.tables, (&TABLE, "tables"), problems),
            relationships: each(&self.relationships, (&RELATIONSHIP, "relationships"), problems),
            ..RawDocument::default()
        }
    }
}

/// Puts a part where its like stands, or at the end; its position.
fn put<'v>(items: &mut Vec<&'v Value>, part: &'v Value) -> usize {
    let same = |key: &str| {
        let wanted = part.get(key).filter(|value| value.is_string())?;
        items.iter().position(|item| item.get(key) == Some(wanted))
    };
    let at = same("id").or_else(|| same("name")).unwrap_or(items.len());
    if at == items.len() {
        items.push(part);
    } else {
        items[at] = part;
    }
    at
}

/// Reads the objects of a list.
fn each<'v, T: Readable<'v>>(
    items: &[&'v Value],
    (shape, key): (&'static Shape, &str),
    problems: &mut Problems,
) -> Vec<T> {
    let list = Path::ROOT.key(key);
    let read = items.iter().enumerate().map(|(position, item)| {
        let mut into = T::default();
        let (kind, at) = (Kind::Object(shape), list.index(position));
        read::value(*item, &mut into, Place { kind, at: &at, problems })
            .expect("a tree of JSON is sound");
        into
    });
    read.collect()
}

impl Put<'_> {
    /// What a check of the whole finds in the part, or at a place of it.
    pub(super) fn found(mut self, place: &str, without: &[&str]) -> Vec<Problem> {
        let Whole { enums, tables, relationships } = &mut self.whole;
        // A list that is too long is not read at all.
        for (list, most) in [(enums, MAX_PARTS), (tables, MAX_TABLES), (relationships, MAX_PARTS)] {
            if list.len() > most {
                list.clear();
            }
        }
        let (list, items) = match self.list {
            List::Tables => ("tables", &self.whole.tables),
            List::Relationships => ("relationships", &self.whole.relationships),
        };
        if items.is_empty() {
            return Vec::new();
        }
        let elsewhere = narrow(&mut self);
        let mut problems = Problems::new();
        let raw = self.whole.read(&mut problems);
        let ids = &mut Counting::default();
        let (_, problems) = build::build((&raw, &elsewhere), problems, None, ids);
        problems.within(&format!("{list}[{}]{place}", self.position), without).into_vec()
    }
}
