//! Things in the attic as they are recorded.
//!
//! A record holds ids, names and what no version tells. The rest is read again in the versions on
//! both sides of the change that put the thing aside, which never change.

use std::collections::BTreeMap;

use definition::column_type::ColumnType;
use definition::expression::{Context, Place};
use definition::model::{Column, Enum, Table};
use definition::{Definition, Expression, Id, Name};
use serde_json::{Map, Value, json};

use super::{AtticContent, AtticItem, AtticName, Conversion};

/// Why a record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SavedError {
    /// A key is missing, or has a value that it cannot have.
    #[error("the record has no usable `{0}`")]
    Malformed(&'static str),
    /// The version before has no such thing.
    #[error("the version before has no {what} `{id}`")]
    Unknown {
        /// A table, a column, an enum.
        what: &'static str,
        /// The id that was looked for.
        id: String,
    },
    /// The wall does not let the expression through.
    #[error("the expression of the conversion is refused: {0}")]
    Expression(String),
}

impl AtticContent {
    /// What kind of thing it is, in one word: `table`, `column`, `values`, `enum` or `rows`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Table(_) => "table",
            Self::Column { .. } => "column",
            Self::Values { .. } => "values",
            Self::Enum(_) => "enum",
            Self::Rows { .. } => "rows",
        }
    }

    /// What a person calls it, in the names of the version before: `orders` or `orders.note`.
    pub fn subject(&self, before: &Definition) -> String {
        match self {
            Self::Table(table) => table.name.to_string(),
            Self::Enum(item) => item.name.to_string(),
            Self::Rows { subject, .. } => subject.clone(),
            Self::Column { table, column } | Self::Values { table, column, .. } => {
                match before.tables.iter().find(|candidate| candidate.id == *table) {
                    Some(table) => [table.name.as_str(), ".", column.name.as_str()].concat(),
                    None => column.name.to_string(),
                }
            }
        }
    }

    fn to_json(&self) -> Map<String, Value> {
        let mut saved = Map::new();
        let mut set = |key: &str, value: Value| saved.insert(key.to_owned(), value);
        set("kind", json!(self.kind()));
        match self {
            Self::Table(table) => {
                set("table", json!(table.id));
            }
            Self::Column { table, column } => {
                set("table", json!(table));
                set("column", json!(column.id));
                set("name", json!(column.name));
            }
            Self::Values { table, column, conversion, to } => {
                set("table", json!(table));
                set("column", json!(column.id));
                set("name", json!(column.name));
                set("to", json!(to.to_string()));
                if let Conversion::Expression { forward, lenient } = conversion {
                    set("forward", json!(forward.to_string()));
                    set("lenient", json!(lenient));
                }
            }
            Self::Enum(item) => {
                set("enum", json!(item.id));
            }
            Self::Rows { table, subject } => {
                set("table", json!(table.id));
                set("subject", json!(subject));
            }
        }
        saved
    }
}

impl AtticItem {
    /// What is recorded of it beside its name.
    pub fn to_json(&self) -> Value {
        Value::Object(self.content.to_json())
    }

    /// Reads a record again. `before` is the definition that was in force until the change,
    /// `after` the one since.
    pub fn read(
        name: AtticName,
        saved: &Value,
        before: &Definition,
        after: &Definition,
    ) -> Result<Self, SavedError> {
        let record = Record { saved, before, after };
        Ok(Self { name, content: record.content()? })
    }
}

/// A record and the versions on both sides of it.
struct Record<'a> {
    saved: &'a Value,
    before: &'a Definition,
    after: &'a Definition,
}

impl Record<'_> {
    fn content(&self) -> Result<AtticContent, SavedError> {
        match self.text("kind")? {
            "table" => Ok(AtticContent::Table(Box::new(self.table()?.clone()))),
            "column" => {
                let (table, column) = self.column()?;
                Ok(AtticContent::Column { table, column })
            }
            "values" => {
                let (table, column) = self.column()?;
                let conversion = self.conversion(&column)?;
                Ok(AtticContent::Values { table, column, conversion, to: self.target()? })
            }
            "enum" => Ok(AtticContent::Enum(Box::new(self.enumeration()?.clone()))),
            "rows" => {
                let subject = self.text("subject")?.to_owned();
                Ok(AtticContent::Rows { table: Box::new(self.table()?.clone()), subject })
            }
            _ => Err(SavedError::Malformed("kind")),
        }
    }

    fn text(&self, key: &'static str) -> Result<&str, SavedError> {
        self.saved[key].as_str().ok_or(SavedError::Malformed(key))
    }

    fn table(&self) -> Result<&Table, SavedError> {
        let id = self.text("table")?;
        let table = self.before.tables.iter().find(|table| table.id.as_str() == id);
        table.ok_or_else(|| SavedError::Unknown { what: "table", id: id.to_owned() })
    }

    /// The column as it was, under the name that the plan knew it by: a change may rename a column
    /// and convert its values at once.
    fn column(&self) -> Result<(Id, Box<Column>), SavedError> {
        let (table, id) = (self.table()?, self.text("column")?);
        let column = table.columns.iter().find(|column| column.id.as_str() == id);
        let unknown = || SavedError::Unknown { what: "column", id: id.to_owned() };
        let mut column = column.ok_or_else(unknown)?.clone();
        column.name = Name::new(self.text("name")?).ok_or(SavedError::Malformed("name"))?;
        Ok((table.id.clone(), Box::new(column)))
    }

    fn enumeration(&self) -> Result<&Enum, SavedError> {
        let id = self.text("enum")?;
        let item = self.before.enums.iter().find(|item| item.id.as_str() == id);
        item.ok_or_else(|| SavedError::Unknown { what: "enum", id: id.to_owned() })
    }

    fn target(&self) -> Result<ColumnType, SavedError> {
        let is_enum = |name: &str| self.enums().any(|item| item.name.as_str() == name);
        let parsed = ColumnType::parse(self.text("to")?, &is_enum);
        Ok(parsed.map_err(|_| SavedError::Malformed("to"))?.column_type)
    }

    fn conversion(&self, column: &Column) -> Result<Conversion, SavedError> {
        let Some(forward) = self.saved.get("forward") else { return Ok(Conversion::Unrelated) };
        let forward = forward.as_str().ok_or(SavedError::Malformed("forward"))?;
        let lenient = self.saved["lenient"].as_bool().ok_or(SavedError::Malformed("lenient"))?;
        let context = Context {
            // The place that takes a value of any type; what else a conversion may use was looked at
            // when it was planned, and so were the values of enums, which may differ on both sides.
            place: Place::Default,
            columns: BTreeMap::from([(column.name.as_str(), Some(&column.data_type))]),
            enums: self.enums().map(|item| (item.name.as_str(), None)).collect(),
            wanted: None,
            method: None,
        };
        match Expression::parse(forward, &context) {
            Ok(forward) => Ok(Conversion::Expression { forward, lenient }),
            Err(error) => Err(SavedError::Expression(error.message)),
        }
    }

    /// The enums of both versions: a conversion leads from one to the other.
    fn enums(&self) -> impl Iterator<Item = &Enum> {
        self.before.enums.iter().chain(&self.after.enums)
    }
}

#[cfg(test)]
mod tests {
    use definition::{Counting, Document};

    use super::*;

    fn definition(document: &Value) -> Definition {
        let checked = Document::parse(document).check(None, &mut Counting::default());
        checked.definition.expect("the document is valid")
    }

    fn before() -> Definition {
        definition(&json!({
            "enums": [{ "id": "e", "name": "mood", "values": ["sad", "glad"] }],
            "tables": [{ "id": "t", "name": "notes", "columns": [
                { "id": "n", "name": "n", "type": "integer", "primaryKey": true },
                { "id": "m", "name": "mood", "type": "mood" },
                { "id": "x", "name": "text", "type": "text" },
            ]}],
        }))
    }

    fn after() -> Definition {
        definition(&json!({
            "enums": [{ "id": "e2", "name": "feeling", "values": ["glad"] }],
            "tables": [{ "id": "t", "name": "notes", "columns": [
                { "id": "n", "name": "n", "type": "integer", "primaryKey": true },
            ]}],
        }))
    }

    #[track_caller]
    fn reads_back(content: AtticContent) {
        let item = AtticItem { name: AtticName { version: 2, number: 1 }, content };
        let read = AtticItem::read(item.name, &item.to_json(), &before(), &after());
        assert_eq!(read.as_ref(), Ok(&item), "{}", item.to_json());
    }

    #[test]
    fn every_kind_reads_back() {
        let before = before();
        let table = &before.tables[0];
        let column = |position: usize| Box::new(table.columns[position].clone());
        reads_back(AtticContent::Table(Box::new(table.clone())));
        reads_back(AtticContent::Column { table: table.id.clone(), column: column(2) });
        reads_back(AtticContent::Enum(Box::new(before.enums[0].clone())));
        let subject = "notes.text".to_owned();
        reads_back(AtticContent::Rows { table: Box::new(table.clone()), subject });
        reads_back(AtticContent::Values {
            table: table.id.clone(),
            column: column(2),
            conversion: Conversion::Unrelated,
            to: ColumnType::plain(definition::column_type::Builtin::Integer),
        });
    }

    #[test]
    fn a_conversion_reads_its_column_and_the_enums_of_both_versions() {
        let before = before();
        let table = &before.tables[0];
        // Renamed in the same change.
        let column = Column { name: Name::new("old").unwrap(), ..table.columns[1].clone() };
        let saved = json!({ "kind": "values", "table": "t", "column": "m", "name": "old",
            "to": "feeling", "forward": "CAST(CAST(old AS text) AS feeling)", "lenient": true });
        let name = AtticName { version: 2, number: 1 };
        let item = AtticItem::read(name, &saved, &before, &after()).unwrap();
        let AtticContent::Values { column: read, conversion, to, .. } = &item.content else {
            panic!("{item:?}");
        };
        assert_eq!((**read).clone(), column);
        assert_eq!(to.to_string(), "feeling");
        assert!(matches!(conversion, Conversion::Expression { lenient: true, .. }));
        reads_back(item.content);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let name = AtticName { version: 2, number: 1 };
        let read = |saved: Value| AtticItem::read(name, &saved, &before(), &after()).unwrap_err();
        assert_eq!(read(json!({})), SavedError::Malformed("kind"));
        assert_eq!(read(json!({ "kind": "table" })), SavedError::Malformed("table"));
        let unknown = SavedError::Unknown { what: "table", id: "u".to_owned() };
        assert_eq!(read(json!({ "kind": "table", "table": "u" })), unknown);
        let other = json!({ "kind": "values", "table": "t", "column": "x", "name": "text",
            "to": "integer", "forward": "n + pg_sleep(1)", "lenient": false });
        assert!(matches!(read(other), SavedError::Expression(_)));
    }

    #[test]
    fn subjects_are_told_in_the_names_of_the_version_before() {
        let before = before();
        let table = &before.tables[0];
        let column = AtticContent::Column {
            table: table.id.clone(),
            column: Box::new(table.columns[2].clone()),
        };
        assert_eq!(column.subject(&before), "notes.text");
        assert_eq!(AtticContent::Table(Box::new(table.clone())).subject(&before), "notes");
    }
}
