//! Whole documents.

use definition::model::IndexMethod;
use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::columns::{self, Column};
use crate::expressions::Place;
use crate::names::{self, Space};
use crate::types::{self, Enum};
use crate::{indexes, relationships};

/// A table while its document is made.
pub(crate) struct Table {
    pub(crate) name: String,
    /// The names of its columns.
    pub(crate) names: Space,
    /// The names of its constraints.
    pub(crate) constraints: Space,
    pub(crate) columns: Vec<Column>,
    /// What can be referred to: names of columns.
    pub(crate) keys: Vec<Vec<String>>,
    /// Whether it has a primary key.
    pub(crate) identified: bool,
    /// What else the document says of it.
    pub(crate) more: Map<String, Value>,
}

impl Table {
    fn new(name: String) -> Self {
        let mut table = Self {
            name,
            names: Space::default(),
            constraints: Space::default(),
            columns: Vec::new(),
            keys: Vec::new(),
            identified: false,
            more: Map::new(),
        };
        // A name of PostgreSQL's own columns is refused.
        table.names.reserve("ctid");
        table
    }

    /// The columns that are not computed.
    pub(crate) fn stored(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| !column.generated)
    }

    /// The column of this name.
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Adds to a list of the document.
    pub(crate) fn add(&mut self, list: &str, item: Value) {
        let list = self.more.entry(list).or_insert_with(|| json!([]));
        list.as_array_mut().expect("lists of a table are lists").push(item);
    }

    fn written(&self) -> Value {
        let mut object = Map::new();
        object.insert("name".to_owned(), self.name.as_str().into());
        let columns = self.columns.iter().map(Column::written).collect::<Vec<_>>();
        object.insert("columns".to_owned(), columns.into());
        object.extend(self.more.clone());
        Value::Object(object)
    }
}

/// A document that its check accepts.
pub(crate) fn any(choices: &mut Choices) -> Value {
    let mut relations = Space::default();
    let enums = enums(choices, &mut relations);
    let mut tables = Vec::new();
    for _ in 0..=choices.below(4) {
        let mut table = Table::new(relations.name(choices));
        primary_key(choices, &mut table, &enums, &mut relations);
        columns::data(choices, &mut table, &enums);
        tables.push(table);
    }
    let related = relationships::any(choices, &mut tables, &mut relations);
    for table in &mut tables {
        columns::computed(choices, table);
        columns::shorthands(choices, table);
        uniques(choices, table, &mut relations);
        checks(choices, table);
        indexes::any(choices, table, &mut relations);
        touch(choices, table);
        if let Some(text) = choices.maybe(25, names::text) {
            table.more.insert("description".to_owned(), text.into());
        }
    }
    let mut document = json!({
        "tables": tables.iter().map(Table::written).collect::<Vec<_>>(),
        "relationships": related,
    });
    let written = enums.iter().map(|item| enumeration(choices, item)).collect::<Vec<_>>();
    document["enums"] = written.into();
    document
}

fn enums(choices: &mut Choices, relations: &mut Space) -> Vec<Enum> {
    let mut enums = Vec::new();
    for _ in 0..choices.below(3) {
        let name = relations.name(choices);
        // An enum must not be called as a type is.
        if definition::ColumnType::parse(&name, &|_| false).is_err() {
            enums.push(Enum { name, values: names::values(choices) });
        }
    }
    enums
}

fn enumeration(choices: &mut Choices, item: &Enum) -> Value {
    let mut object = json!({ "name": item.name, "values": item.values });
    if let Some(text) = choices.maybe(30, names::text) {
        object["description"] = text.into();
    }
    object
}

fn primary_key(choices: &mut Choices, table: &mut Table, enums: &[Enum], relations: &mut Space) {
    // Most tables have a key of one column, some of several, some have none.
    let count = match choices.below(10) {
        0..=6 => 1,
        7 => 2,
        8 => 3,
        _ => return,
    };
    for _ in 0..count {
        let name = table.names.name(choices);
        let mut column = match choices.below(4) {
            0 => Column::new(name, types::named("bigint")),
            1 => columns::numbered(choices, name),
            2 => Column::new(name, types::named("uuid")),
            _ => Column::new(name, types::any(choices, enums)),
        };
        if !column.is_ordered() {
            column.data_type = types::named("text");
        }
        table.columns.push(column);
    }
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    table.identified = true;
    let mut key = json!({ "columns": names });
    let deferrable = deferrable(choices, &mut key, 10);
    if choices.percent(20) {
        let name = relations.shared(&mut table.constraints, choices);
        key["name"] = name.into();
    }
    if !deferrable {
        table.keys.push(names.clone());
    }
    let plain = key.as_object().is_some_and(|key| key.len() == 1);
    if plain && count == 1 {
        table.columns[0].more.insert("primaryKey".to_owned(), true.into());
    } else {
        table.more.insert("primaryKey".to_owned(), key);
    }
}

/// Says when a constraint is checked; whether it can be deferred.
pub(crate) fn deferrable(choices: &mut Choices, object: &mut Value, often: usize) -> bool {
    if !choices.percent(often) {
        return false;
    }
    let word = choices.pick(&["no", "initiallyImmediate", "initiallyDeferred"]);
    object["deferrable"] = word.into();
    word != "no"
}

fn uniques(choices: &mut Choices, table: &mut Table, relations: &mut Space) {
    for _ in 0..choices.below(3) {
        let fitting: Vec<String> = table
            .columns
            .iter()
            .filter(|column| column.is_ordered())
            .map(|column| column.name.clone())
            .collect();
        let columns = choices.some(&fitting, 3);
        if columns.is_empty() {
            continue;
        }
        let mut key = json!({ "columns": columns });
        deferrable(choices, &mut key, 20);
        key["nullsNotDistinct"] = choices.percent(20).into();
        indexes::include(choices, table, &mut key);
        if choices.percent(40) {
            let name = relations.shared(&mut table.constraints, choices);
            key["name"] = name.into();
        }
        table.add("uniques", key);
    }
}

fn checks(choices: &mut Choices, table: &mut Table) {
    for _ in 0..choices.below(3) {
        let columns = table.columns.clone();
        let expression = Place::of_check(&columns).condition(choices);
        let mut check = json!({ "expression": expression });
        if choices.percent(50) {
            check["name"] = table.constraints.name(choices).into();
        }
        table.add("checks", check);
    }
}

fn touch(choices: &mut Choices, table: &mut Table) {
    let times = ["timestamp", "timestamptz", "date", "datetime"];
    let fitting: Vec<String> = table
        .stored()
        .filter(|column| times.contains(&column.data_type.spelled.as_str()))
        .map(|column| column.name.clone())
        .collect();
    if let (Some(name), true) = (choices.one(&fitting), choices.percent(60)) {
        table.more.insert("trackUpdates".to_owned(), name.as_str().into());
    }
}

/// Every access method.
pub(crate) fn methods() -> Vec<IndexMethod> {
    IndexMethod::ALL.iter().map(|(_, method)| *method).collect()
}
