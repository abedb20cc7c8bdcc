//! Things in the attic as they are recorded.
//!
//! A record is complete in itself: what it holds may be of no version, such as a column that came
//! back from the attic and was converted in one change. Tables and columns are kept as a small
//! document of the definition's own format. In it enums go by names of our own, because one that
//! waits in the attic itself has a name that no document may use.

use std::collections::BTreeMap;

use definition::column_type::ColumnType;
use definition::expression::{Context, Place};
use definition::model::{Column, Enum, EnumValue, Table};
use definition::{Counting, Definition, Document, Expression, Id, Name};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{AtticContent, AtticItem, AtticName, Conversion};
use crate::renames::{Names, Renames};

/// Why a record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a record of the attic cannot be read: {0}")]
pub struct SavedError(String);

/// A record.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Saved {
    kind: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    enums: Vec<SavedEnum>,
    /// A document with the one table that the thing is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<Value>,
    /// The indexes of that table that were added for foreign keys, which are not in the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    automatic: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<SavedEnum>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    values: Option<SavedValues>,
}

#[derive(Deserialize, Serialize)]
struct SavedEnum {
    id: Id,
    name: String,
    values: Vec<SavedValue>,
}

#[derive(Deserialize, Serialize)]
struct SavedValue {
    id: Id,
    name: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct SavedValues {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    forward: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fill: Option<String>,
    lenient: bool,
    /// The type; an enum's is told by its values alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to_enum: Option<String>,
    to_array: bool,
    to_values: Vec<SavedValue>,
    incarnation: i32,
    replaced_by: i32,
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
}

impl AtticItem {
    /// What is recorded of it beside its name and whether it waits.
    pub fn to_json(&self) -> Value {
        let saved = |document: Option<Value>| Saved {
            kind: self.content.kind().to_owned(),
            enums: self.enums.iter().map(SavedEnum::of).collect(),
            document,
            automatic: Vec::new(),
            item: None,
            subject: None,
            values: None,
        };
        let record = match &self.content {
            AtticContent::Table(table) => Saved {
                automatic: automatic(table),
                ..saved(Some(self.document((**table).clone())))
            },
            AtticContent::Enum(item) => Saved { item: Some(SavedEnum::of(item)), ..saved(None) },
            AtticContent::Rows { table, subject } => Saved {
                subject: Some(subject.clone()),
                automatic: automatic(table),
                ..saved(Some(self.document((**table).clone())))
            },
            AtticContent::Column { table, column } => saved(Some(self.alone(table, column))),
            AtticContent::Values { table, column, .. } => {
                Saved { values: self.values(), ..saved(Some(self.alone(table, column))) }
            }
        };
        json!(record)
    }

    /// Reads a record again.
    ///
    /// # Errors
    ///
    /// When it is none of ours.
    pub fn read(name: AtticName, waits: bool, saved: &Value) -> Result<Self, SavedError> {
        let saved: Saved =
            serde_json::from_value(saved.clone()).map_err(|error| SavedError(error.to_string()))?;
        let enums: Vec<Enum> = saved.enums.iter().map(SavedEnum::read).collect::<Result<_, _>>()?;
        let table = || {
            let document = saved.document.as_ref().ok_or_else(|| missing("document"))?;
            read_table(document, &saved.automatic, &enums)
        };
        let content = match saved.kind.as_str() {
            "table" => AtticContent::Table(Box::new(table()?)),
            "enum" => {
                let item = saved.item.as_ref().ok_or_else(|| missing("item"))?;
                AtticContent::Enum(Box::new(item.read()?))
            }
            "rows" => AtticContent::Rows {
                table: Box::new(table()?),
                subject: saved.subject.clone().ok_or_else(|| missing("subject"))?,
            },
            "column" => {
                let (table, column) = alone(table()?)?;
                AtticContent::Column { table, column }
            }
            "values" => {
                let values = saved.values.as_ref().ok_or_else(|| missing("values"))?;
                values.read(alone(table()?)?)?
            }
            other => return Err(SavedError(["there is no kind ", other].concat())),
        };
        Ok(Self { name, content, enums, waits })
    }

    /// The table in a document of its own.
    fn document(&self, mut table: Table) -> Value {
        for index in &mut table.indexes {
            index.automatic = false;
        }
        let names: Names =
            self.enums.iter().enumerate().map(|(at, it)| (it.name.clone(), stand_in(at))).collect();
        let renames = Renames::given(Names::new(), names, BTreeMap::new());
        let mut document = Definition { tables: vec![table], ..Definition::default() };
        document = renames.definition(&document);
        let mut document = document.to_json();
        let enums = self.enums.iter().enumerate().map(|(at, item)| {
            let values: Vec<&str> = item.values.iter().map(|value| value.name.as_str()).collect();
            json!({ "name": stand_in(at), "values": values })
        });
        document["enums"] = enums.collect();
        document
    }

    /// A column in a document of its own. Its default and how it was computed may read things that
    /// are not in it, and are told by the version before.
    fn alone(&self, table: &Id, column: &Column) -> Value {
        let column = Column { default: None, generated: None, ..column.clone() };
        self.document(Table {
            id: table.clone(),
            name: Name::new("alone").expect("a short word is a name"),
            description: None,
            columns: vec![column],
            primary_key: None,
            uniques: Vec::new(),
            checks: Vec::new(),
            exclusions: Vec::new(),
            indexes: Vec::new(),
            track_updates: None,
        })
    }

    fn values(&self) -> Option<SavedValues> {
        let AtticContent::Values { conversion, to, to_values, incarnation, replaced_by, .. } =
            &self.content
        else {
            return None;
        };
        let (forward, lenient, fill) = match conversion {
            Conversion::Expression { forward, lenient, fill } => {
                (Some(forward.to_string()), *lenient, fill.as_ref().map(ToString::to_string))
            }
            Conversion::Unrelated => (None, false, None),
        };
        Some(SavedValues {
            forward,
            fill,
            lenient,
            to: to.enum_name().is_none().then(|| to.to_string()),
            to_enum: to.enum_name().map(ToString::to_string),
            to_array: to.array,
            to_values: to_values.iter().map(SavedValue::of).collect(),
            incarnation: *incarnation,
            replaced_by: *replaced_by,
        })
    }
}

impl SavedEnum {
    fn of(item: &Enum) -> Self {
        Self {
            id: item.id.clone(),
            name: item.name.to_string(),
            values: item.values.iter().map(SavedValue::of).collect(),
        }
    }

    fn read(&self) -> Result<Enum, SavedError> {
        Ok(Enum {
            id: self.id.clone(),
            name: name(&self.name)?,
            values: self.values.iter().map(SavedValue::read).collect::<Result<_, _>>()?,
            description: None,
        })
    }
}

impl SavedValue {
    fn of(value: &EnumValue) -> Self {
        Self { id: value.id.clone(), name: value.name.to_string() }
    }

    fn read(&self) -> Result<EnumValue, SavedError> {
        Ok(EnumValue { id: self.id.clone(), name: name(&self.name)? })
    }
}

impl SavedValues {
    fn read(&self, (table, column): (Id, Box<Column>)) -> Result<AtticContent, SavedError> {
        let to = match (&self.to, &self.to_enum) {
            (Some(text), _) => parse_type(text)?,
            (None, Some(text)) => ColumnType {
                element: definition::column_type::ElementType::Enum(name(text)?),
                array: self.to_array,
            },
            (None, None) => return Err(missing("to")),
        };
        let conversion = match &self.forward {
            Some(text) => Conversion::Expression {
                forward: read_forward(text, &column)?,
                lenient: self.lenient,
                fill: match &self.fill {
                    Some(text) => Some(read_forward(text, &column)?),
                    None => None,
                },
            },
            None => Conversion::Unrelated,
        };
        Ok(AtticContent::Values {
            table,
            column,
            conversion,
            to,
            to_values: self.to_values.iter().map(SavedValue::read).collect::<Result<_, _>>()?,
            incarnation: self.incarnation,
            replaced_by: self.replaced_by,
        })
    }
}

/// The text passes the wall again, as every expression that becomes SQL.
fn read_forward(text: &str, column: &Column) -> Result<Expression, SavedError> {
    let plain = crate::planner::as_text(&column.data_type);
    let context = Context {
        place: Place::Default,
        columns: BTreeMap::from([(column.name.as_str(), Some(&plain))]),
        enums: BTreeMap::new(),
        wanted: None,
        method: None,
    };
    Expression::parse(text, &context).map_err(|error| SavedError(error.message))
}

fn parse_type(text: &str) -> Result<ColumnType, SavedError> {
    let parsed = ColumnType::parse(text, &|_| false);
    parsed.map(|parsed| parsed.column_type).map_err(|_| SavedError(["no type: ", text].concat()))
}

fn read_table(document: &Value, automatic: &[String], enums: &[Enum]) -> Result<Table, SavedError> {
    let checked = Document::parse(document).check(None, &mut Counting::default());
    let definition = checked.definition.ok_or_else(|| {
        let first = checked.problems.first().map(|problem| problem.message.clone());
        SavedError(first.unwrap_or_default())
    })?;
    let names = enums.iter().enumerate().map(|(at, it)| (stand_in(at), it.name.clone())).collect();
    let renames = Renames::given(Names::new(), names, BTreeMap::new());
    let table = definition.tables.first().ok_or_else(|| missing("table"))?;
    let mut table = renames.table(table);
    for index in &mut table.indexes {
        index.automatic = automatic.iter().any(|name| name == index.name.as_str());
    }
    Ok(table)
}

fn automatic(table: &Table) -> Vec<String> {
    let indexes = table.indexes.iter().filter(|index| index.automatic);
    indexes.map(|index| index.name.to_string()).collect()
}

fn alone(mut table: Table) -> Result<(Id, Box<Column>), SavedError> {
    let column = table.columns.pop().ok_or_else(|| missing("column"))?;
    Ok((table.id, Box::new(column)))
}

fn stand_in(at: usize) -> Name {
    Name::new(&["e", &at.to_string()].concat()).expect("a letter and a number are a name")
}

fn name(text: &str) -> Result<Name, SavedError> {
    Name::new(text).ok_or_else(|| SavedError(["no name: ", text].concat()))
}

fn missing(what: &str) -> SavedError {
    SavedError([what, " is missing"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition() -> Definition {
        let document = json!({
            "enums": [{ "id": "e", "name": "mood", "values": ["sad", "it's glad"] }],
            "tables": [{ "id": "t", "name": "notes", "columns": [
                { "id": "n", "name": "n", "type": "integer", "primaryKey": true, "identity": "always" },
                { "id": "m", "name": "mood", "type": "mood", "default": "'sad'" },
                { "id": "o", "name": "moods", "type": "mood[]" },
                { "id": "x", "name": "text", "type": "varchar(20)", "notNull": true, "collation": "C" },
                { "id": "g", "name": "twice", "type": "integer", "generated": "n * 2" },
                { "id": "p", "name": "parent", "type": "integer", "references": { "table": "notes" } },
            ], "checks": [{ "expression": "mood <> 'sad' OR text <> ''" }],
               "indexes": [{ "columns": ["text"], "where": "mood = 'sad'" }] }],
        });
        let checked = Document::parse(&document).check(None, &mut Counting::default());
        checked.definition.expect("the document is valid")
    }

    #[track_caller]
    fn reads_back(content: AtticContent, enums: Vec<Enum>) {
        let name = AtticName { version: 2, number: 1 };
        let item = AtticItem { name, content, enums, waits: true };
        assert_eq!(AtticItem::read(name, true, &item.to_json()), Ok(item));
    }

    #[test]
    fn every_kind_reads_back() {
        let definition = definition();
        let table = &definition.tables[0];
        let enums = vec![Enum { description: None, ..definition.enums[0].clone() }];
        reads_back(AtticContent::Table(Box::new(table.clone())), enums.clone());
        reads_back(AtticContent::Enum(Box::new(enums[0].clone())), Vec::new());
        let subject = "notes.text".to_owned();
        reads_back(AtticContent::Rows { table: Box::new(table.clone()), subject }, enums.clone());
        for column in &table.columns {
            let column = Box::new(Column { default: None, generated: None, ..column.clone() });
            reads_back(AtticContent::Column { table: table.id.clone(), column }, enums.clone());
        }
        let column = Box::new(table.columns[3].clone());
        let context = Context {
            place: Place::Default,
            columns: BTreeMap::from([("text", Some(&column.data_type))]),
            enums: BTreeMap::new(),
            wanted: None,
            method: None,
        };
        let forward = Expression::parse("coalesce(\"text\"::integer, 7)", &context).unwrap();
        for (to, to_values) in [
            (ColumnType::plain(definition::column_type::Builtin::Integer), Vec::new()),
            (table.columns[2].data_type.clone(), enums[0].values.clone()),
        ] {
            reads_back(
                AtticContent::Values {
                    table: table.id.clone(),
                    column: column.clone(),
                    conversion: Conversion::Expression {
                        forward: forward.clone(),
                        lenient: true,
                        fill: Some(forward.clone()),
                    },
                    to,
                    to_values,
                    incarnation: 3,
                    replaced_by: 7,
                },
                enums.clone(),
            );
        }
    }

    /// An enum may be called as only things in the attic are.
    #[test]
    fn an_enum_of_the_attic_keeps_its_name() {
        let mut definition = definition();
        let aside = Name::new("attic_3_1").unwrap();
        let names = Names::from([(definition.enums[0].name.clone(), aside.clone())]);
        definition = Renames::given(Names::new(), names, BTreeMap::new()).definition(&definition);
        let enums = vec![Enum { description: None, ..definition.enums[0].clone() }];
        assert_eq!(enums[0].name, aside);
        reads_back(AtticContent::Table(Box::new(definition.tables[0].clone())), enums);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        let name = AtticName { version: 2, number: 1 };
        for record in [
            json!({}),
            json!({ "kind": "table" }),
            json!({ "kind": "chair" }),
            json!({ "kind": "column", "document": { "tables": [] } }),
            json!({ "kind": "values", "document": { "tables": [{ "name": "t", "columns": [
                { "name": "c", "type": "int" }] }] }, "values": { "lenient": false, "to": "integer",
                "forward": "pg_sleep(1)", "toArray": false, "toValues": [], "incarnation": 0, "replacedBy": 1 } }),
        ] {
            assert!(AtticItem::read(name, true, &record).is_err(), "{record}");
        }
    }

    #[test]
    fn subjects_are_told_in_the_names_of_the_version_before() {
        let before = definition();
        let table = &before.tables[0];
        let column = AtticContent::Column {
            table: table.id.clone(),
            column: Box::new(table.columns[3].clone()),
        };
        assert_eq!(column.subject(&before), "notes.text");
        assert_eq!(AtticContent::Table(Box::new(table.clone())).subject(&before), "notes");
    }
}
