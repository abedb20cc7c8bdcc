//! Columns.

use definition::model::IndexMethod;
use definition::operator_class::OperatorClass;
use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::document::Table;
use crate::expressions::Place;
use crate::names;
use crate::types::{self, ColumnType, Enum, Sort};

/// A column while its document is made.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) data_type: ColumnType,
    pub(crate) not_null: bool,
    pub(crate) generated: bool,
    pub(crate) numbered: bool,
    /// What else the document says of it.
    pub(crate) more: Map<String, Value>,
}

impl Column {
    pub(crate) fn new(name: String, data_type: ColumnType) -> Self {
        Self {
            name,
            data_type,
            not_null: false,
            generated: false,
            numbered: false,
            more: Map::new(),
        }
    }

    /// Whether a key can be made of it.
    pub(crate) fn is_ordered(&self) -> bool {
        self.parsed().is_ordered()
    }

    /// Whether texts can be ordered by a collation.
    pub(crate) fn is_text(&self) -> bool {
        self.parsed().is_text()
    }

    /// The type as the check reads it.
    pub(crate) fn parsed(&self) -> definition::ColumnType {
        let spelled = self.data_type.spelled.as_str();
        let parsed = definition::ColumnType::parse(spelled, &|name| {
            self.data_type.of_enum && spelled.contains(&name.replace('"', "\"\""))
        });
        parsed.expect("the generator spells types that are known").column_type
    }

    /// Whether an index of this method takes it without naming an operator class.
    pub(crate) fn fits(&self, method: IndexMethod) -> bool {
        OperatorClass::default_for(method, &self.parsed()).is_some()
    }

    pub(crate) fn written(&self) -> Value {
        let mut object = self.more.clone();
        object.insert("name".to_owned(), self.name.as_str().into());
        object.insert("type".to_owned(), self.data_type.spelled.as_str().into());
        if self.not_null {
            object.insert("notNull".to_owned(), true.into());
        }
        Value::Object(object)
    }
}

/// The columns that only hold data, besides those of keys.
pub(crate) fn data(choices: &mut Choices, table: &mut Table, enums: &[Enum]) {
    for _ in 0..choices.below(7) {
        let name = table.names.name(choices);
        let mut column = Column::new(name, types::any(choices, enums));
        column.not_null = choices.percent(40);
        if let Some(default) = choices.maybe(40, |choices| default(choices, &column.data_type)) {
            column.more.insert("default".to_owned(), default.into());
        }
        described(choices, &mut column);
        if column.is_text() {
            let collations = ["C", "POSIX", "default", "de-x-icu", "ucs_basic", "und-x-icu"];
            if let Some(collation) = choices.maybe(20, |choices| choices.pick(&collations)) {
                column.more.insert("collation".to_owned(), collation.into());
            }
        }
        table.columns.push(column);
    }
    if choices.percent(15) {
        let name = table.names.name(choices);
        table.columns.push(numbered(choices, name));
    }
}

/// A whole number that PostgreSQL counts.
pub(crate) fn numbered(choices: &mut Choices, name: String) -> Column {
    let spelled = choices.pick(&["bigint", "integer", "smallint"]);
    let mut column = Column::new(name, types::named(spelled));
    let identity = choices.pick(&["always", "byDefault"]);
    column.more.insert("identity".to_owned(), identity.into());
    column.numbered = true;
    column.not_null = true;
    column
}

fn default(choices: &mut Choices, data_type: &ColumnType) -> String {
    let place = Place { columns: &[], stable: true, texts_of_columns: false };
    if data_type.sort != Sort::Other && choices.percent(50) {
        return place.of(choices, data_type.sort);
    }
    choices.one(&data_type.constants).cloned().unwrap_or_default()
}

fn described(choices: &mut Choices, column: &mut Column) {
    if let Some(text) = choices.maybe(25, names::text) {
        column.more.insert("description".to_owned(), text.into());
    }
}

/// Columns that are computed from those that are there.
pub(crate) fn computed(choices: &mut Choices, table: &mut Table) {
    if !table.stored().any(|column| column.data_type.sort == Sort::Text) {
        return;
    }
    for _ in 0..choices.below(3) {
        let spelled =
            choices.pick(&["integer", "text", "boolean", "numeric", "jsonb", "timestamp"]);
        let data_type = types::named(spelled);
        let sources: Vec<Column> = table.stored().cloned().collect();
        let place = Place { columns: &sources, stable: false, texts_of_columns: true };
        let expression = place.of(choices, data_type.sort);
        let name = table.names.name(choices);
        let mut column = Column::new(name, data_type);
        column.generated = true;
        column.not_null = choices.percent(20);
        column.more.insert("generated".to_owned(), expression.into());
        described(choices, &mut column);
        table.columns.push(column);
    }
}

/// Checks and uniques that stand with their columns.
pub(crate) fn shorthands(choices: &mut Choices, table: &mut Table) {
    for at in 0..table.columns.len() {
        if choices.percent(10) && table.columns[at].is_ordered() {
            table.columns[at].more.insert("unique".to_owned(), json!(true));
        }
        if choices.percent(15) {
            let columns: Vec<Column> = table.columns.clone();
            let condition = Place::of_check(&columns).condition(choices);
            table.columns[at].more.insert("check".to_owned(), condition.into());
        }
    }
}
