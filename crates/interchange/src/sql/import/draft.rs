//! A document while it is read, with the line that each part stands on.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// An object of the document and where it came from.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// The line it begins on.
    pub(super) line: usize,
    /// Lines of keys that were said elsewhere, as by an ALTER TABLE.
    pub(super) lines: BTreeMap<&'static str, usize>,
    pub(super) object: Map<String, Value>,
}

impl Part {
    pub(super) fn new(line: usize) -> Self {
        Self { line, ..Self::default() }
    }

    pub(super) fn named(line: usize, name: &str) -> Self {
        Self::new(line).with("name", (!name.is_empty()).then_some(name))
    }

    /// Sets a key, when there is something to set.
    pub(super) fn with(mut self, key: &'static str, value: Option<impl Into<Value>>) -> Self {
        if let Some(value) = value {
            self.object.insert(key.to_owned(), value.into());
        }
        self
    }

    /// Sets a key that a statement on another line says.
    pub(super) fn set(&mut self, line: usize, key: &'static str, value: impl Into<Value>) {
        self.object.insert(key.to_owned(), value.into());
        self.lines.insert(key, line);
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.object.get(key).and_then(Value::as_str)
    }

    pub(super) fn name(&self) -> &str {
        self.text("name").unwrap_or_default()
    }

    pub(super) fn line_of(&self, key: &str) -> usize {
        self.lines.get(key).copied().unwrap_or(self.line)
    }

    fn value(&self) -> Value {
        Value::Object(self.object.clone())
    }
}

/// A table while it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Everything but the lists.
    pub(super) part: Part,
    pub(super) columns: Vec<Part>,
    pub(super) primary_key: Option<Part>,
    pub(super) uniques: Vec<Part>,
    pub(super) checks: Vec<Part>,
    pub(super) exclusions: Vec<Part>,
    pub(super) indexes: Vec<Part>,
}

impl Table {
    pub(super) fn name(&self) -> &str {
        self.part.name()
    }

    pub(super) fn column(&mut self, name: &str) -> Option<&mut Part> {
        self.columns.iter_mut().find(|column| column.name() == name)
    }

    /// One of its lists, by its key in documents.
    pub(super) fn list(&mut self, key: &str) -> Option<&mut Vec<Part>> {
        match key {
            "columns" => Some(&mut self.columns),
            "uniques" => Some(&mut self.uniques),
            "checks" => Some(&mut self.checks),
            "exclusions" => Some(&mut self.exclusions),
            "indexes" => Some(&mut self.indexes),
            _ => None,
        }
    }

    fn value(&self) -> Value {
        let mut object = self.part.object.clone();
        let mut set = |key: &str, value: Value| object.insert(key.to_owned(), value);
        set("columns", values(&self.columns));
        if let Some(key) = &self.primary_key {
            set("primaryKey", key.value());
        }
        for (key, list) in [
            ("uniques", &self.uniques),
            ("checks", &self.checks),
            ("exclusions", &self.exclusions),
            ("indexes", &self.indexes),
        ] {
            if !list.is_empty() {
                set(key, values(list));
            }
        }
        Value::Object(object)
    }
}

/// The whole document while it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) enums: Vec<Part>,
    pub(super) tables: Vec<Table>,
    pub(super) relationships: Vec<Part>,
}

impl Draft {
    pub(super) fn document(&self) -> Value {
        let tables: Vec<Value> = self.tables.iter().map(Table::value).collect();
        serde_json::json!({
            "enums": values(&self.enums),
            "tables": tables,
            "relationships": values(&self.relationships),
        })
    }
}

fn values(parts: &[Part]) -> Value {
    parts.iter().map(Part::value).collect()
}
