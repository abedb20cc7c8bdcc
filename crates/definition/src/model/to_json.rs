//! Definition → document: the one canonical form, ids included, in the order of the definition.

use serde_json::{Map, Value, json};

use super::{
    Column, Deferrable, Definition, Enum, Exclusion, ExclusionElement, Index, IndexKey,
    IndexMethod, IndexTarget, Key, ManyToMany, ReferentialAction, Relationship, SortOrder, Table,
};
use crate::name::Name;

impl Definition {
    /// The canonical document. Reading it back gives the same definition.
    pub fn to_json(&self) -> Value {
        let relationships = self
            .relationships
            .iter()
            .map(relationship)
            .chain(self.many_to_many.iter().map(many_to_many));
        json!({
            "enums": self.enums.iter().map(enumeration).collect::<Vec<_>>(),
            "tables": self.tables.iter().map(table).collect::<Vec<_>>(),
            "relationships": relationships.collect::<Vec<_>>(),
        })
    }
}

/// An object that leaves out what is absent.
#[derive(Default)]
struct Object(Map<String, Value>);

impl Object {
    fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    fn maybe(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }

    fn flag(self, key: &str, value: bool) -> Self {
        self.maybe(key, value.then_some(true))
    }

    fn list(self, key: &str, items: Vec<Value>) -> Self {
        self.maybe(key, (!items.is_empty()).then_some(items))
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

fn enumeration(item: &Enum) -> Value {
    let value = |value: &super::EnumValue| json!({ "id": value.id, "name": value.name });
    Object::default()
        .set("id", item.id.as_str())
        .set("name", item.name.as_str())
        .maybe("description", item.description.clone())
        .set("values", item.values.iter().map(value).collect::<Vec<_>>())
        .done()
}

fn table(table: &Table) -> Value {
    let flagged = single_key(table);
    Object::default()
        .set("id", table.id.as_str())
        .set("name", table.name.as_str())
        .maybe("description", table.description.clone())
        .set("columns", table.columns.iter().map(|column| self::column(column, flagged)).collect::<Vec<_>>())
        .maybe("primaryKey", table.primary_key.as_ref().filter(|_| flagged.is_none()).map(|key| primary_key(table, key)))
        .list("uniques", table.uniques.iter().map(unique).collect())
        .list(
            "checks",
            table.checks.iter().map(|check| json!({ "name": check.name, "expression": check.expression.to_string() })).collect(),
        )
        .list("exclusions", table.exclusions.iter().map(exclusion).collect())
        .list("indexes", table.indexes.iter().map(index).collect())
        .maybe("trackUpdates", table.track_updates.as_ref().map(Name::as_str))
        .done()
}

/// The key column, when a flag on it says all there is to say.
fn single_key(table: &Table) -> Option<&Name> {
    let key = table.primary_key.as_ref().filter(|key| has_default_name(table, key))?;
    match key.columns.as_slice() {
        [column] if says_only_columns(key) => Some(column),
        _ => None,
    }
}

fn says_only_columns(key: &Key) -> bool {
    key.deferrable == Deferrable::No && key.include.is_empty()
}

fn has_default_name(table: &Table, key: &Key) -> bool {
    key.name.as_str() == format!("{}_pkey", table.name)
}

fn primary_key(table: &Table, key: &Key) -> Value {
    if has_default_name(table, key) && says_only_columns(key) {
        return names(&key.columns);
    }
    Object::default()
        .set("name", key.name.as_str())
        .set("columns", names(&key.columns))
        .list("include", texts(&key.include))
        .maybe("deferrable", deferrable(key.deferrable))
        .done()
}

fn column(column: &Column, key: Option<&Name>) -> Value {
    let is_key = key == Some(&column.name);
    Object::default()
        .set("id", column.id.as_str())
        .set("name", column.name.as_str())
        .set("type", column.data_type.to_string())
        .flag("primaryKey", is_key)
        .flag("notNull", column.not_null && !is_key)
        .maybe("default", column.default.as_ref().map(ToString::to_string))
        .maybe("generated", column.generated.as_ref().map(ToString::to_string))
        .maybe("identity", column.identity.map(super::Identity::word))
        .maybe("collation", column.collation.as_ref().map(Name::as_str))
        .maybe("description", column.description.clone())
        .done()
}

fn unique(key: &Key) -> Value {
    Object::default()
        .set("name", key.name.as_str())
        .set("columns", names(&key.columns))
        .list("include", texts(&key.include))
        .flag("nullsNotDistinct", key.nulls_not_distinct)
        .maybe("deferrable", deferrable(key.deferrable))
        .done()
}

fn exclusion(exclusion: &Exclusion) -> Value {
    Object::default()
        .set("name", exclusion.name.as_str())
        .set("method", exclusion.method.word())
        .set("elements", exclusion.elements.iter().map(exclusion_element).collect::<Vec<_>>())
        .maybe("where", exclusion.predicate.as_ref().map(ToString::to_string))
        .maybe("deferrable", deferrable(exclusion.deferrable))
        .done()
}

fn exclusion_element(element: &ExclusionElement) -> Value {
    let (column, expression) = target(&element.target);
    Object::default()
        .maybe("column", column)
        .maybe("expression", expression)
        .maybe("operatorClass", element.operator_class.as_ref().map(Name::as_str))
        .set("operator", element.operator.word())
        .done()
}

fn target(target: &IndexTarget) -> (Option<&str>, Option<String>) {
    match target {
        IndexTarget::Column(name) => (Some(name.as_str()), None),
        IndexTarget::Expression(expression) => (None, Some(expression.to_string())),
    }
}

fn index(index: &Index) -> Value {
    Object::default()
        .set("name", index.name.as_str())
        .maybe("method", (index.method != IndexMethod::BTree).then(|| index.method.word()))
        .set("columns", index.keys.iter().map(index_key).collect::<Vec<_>>())
        .flag("unique", index.unique)
        .flag("nullsNotDistinct", index.nulls_not_distinct)
        .maybe("where", index.predicate.as_ref().map(ToString::to_string))
        .list("include", texts(&index.include))
        .flag("automatic", index.automatic)
        .done()
}

fn index_key(key: &IndexKey) -> Value {
    let (column, expression) = target(&key.target);
    let plain = key.order == SortOrder::Asc
        && key.nulls.is_none()
        && key.collation.is_none()
        && key.operator_class.is_none();
    if let (Some(column), true) = (column, plain) {
        return Value::from(column);
    }
    Object::default()
        .maybe("column", column)
        .maybe("expression", expression)
        .maybe("collation", key.collation.as_ref().map(Name::as_str))
        .maybe("operatorClass", key.operator_class.as_ref().map(Name::as_str))
        .maybe("order", (key.order != SortOrder::Asc).then(|| key.order.word()))
        .maybe("nulls", key.nulls.map(super::NullsOrder::word))
        .done()
}

fn relationship(relationship: &Relationship) -> Value {
    let end = |end: &super::RelationshipEnd| json!({ "table": end.table, "columns": names(&end.columns) });
    let action =
        |action: ReferentialAction| (action != ReferentialAction::NoAction).then(|| action.word());
    Object::default()
        .set("name", relationship.name.as_str())
        .set("from", end(&relationship.from))
        .set("to", end(&relationship.to))
        .maybe("onDelete", action(relationship.on_delete))
        .maybe("onUpdate", action(relationship.on_update))
        .maybe("deferrable", deferrable(relationship.deferrable))
        .done()
}

fn many_to_many(relationship: &ManyToMany) -> Value {
    json!({
        "name": relationship.name,
        "type": "manyToMany",
        "from": { "table": relationship.from },
        "to": { "table": relationship.to },
        "through": relationship.through,
    })
}

fn deferrable(choice: Deferrable) -> Option<&'static str> {
    (choice != Deferrable::No).then(|| choice.word())
}

fn names(names: &[Name]) -> Value {
    Value::from(texts(names))
}

fn texts(names: &[Name]) -> Vec<Value> {
    names.iter().map(|name| Value::from(name.as_str())).collect()
}
