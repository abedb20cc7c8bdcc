//! Definition → document: the one canonical form, ids included, in the order of the definition.

mod members;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::{
    Check, Column, Deferrable, Definition, Enum, EnumValue, Exclusion, ExclusionElement, Identity,
    Index, IndexKey, IndexMethod, IndexTarget, Key, ManyToMany, NullsOrder, ReferentialAction,
    Relationship, RelationshipEnd, SortOrder, Table,
};
use crate::name::Name;
use members::{Canonical, Listed, Members, Shown, Spelled};

impl Definition {
    /// The canonical document. Reading it back gives the same definition. Its text is had several
    /// times as quickly by serializing the definition itself.
    pub fn to_json(&self) -> Value {
        serde_json::to_value(self).expect("a definition has no keys but texts")
    }
}

/// As the canonical document.
impl Serialize for Definition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Shown(self).serialize(serializer)
    }
}

impl Canonical for Definition {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        let relationships = self.relationships.iter().map(AnyRelationship::ForeignKey);
        let many = self.many_to_many.iter().map(AnyRelationship::ManyToMany);
        object.serialize_entry("enums", &Listed(self.enums.iter()))?;
        object.serialize_entry("tables", &Listed(self.tables.iter()))?;
        object.serialize_entry("relationships", &Listed(relationships.chain(many)))
    }
}

impl Canonical for Enum {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        object.serialize_entry("id", &self.id)?;
        object.serialize_entry("name", self.name.as_str())?;
        object.maybe("description", self.description.as_ref())?;
        object.serialize_entry("values", &Listed(self.values.iter()))
    }
}

impl Canonical for EnumValue {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        object.serialize_entry("id", &self.id)?;
        object.serialize_entry("name", self.name.as_str())
    }
}

impl Canonical for Table {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        let flagged = single_key(self);
        let columns = self.columns.iter();
        let columns = columns.map(|column| (column, flagged == Some(&column.name)));
        let primary_key = self.primary_key.as_ref().filter(|_| flagged.is_none());
        object.serialize_entry("id", &self.id)?;
        object.serialize_entry("name", self.name.as_str())?;
        object.maybe("description", self.description.as_ref())?;
        object.serialize_entry("columns", &Listed(columns))?;
        match primary_key {
            Some(key) if has_default_name(self, key) && says_only_columns(key) => {
                object.serialize_entry("primaryKey", &key.columns)?;
            }
            Some(key) => object.serialize_entry("primaryKey", &Shown(key))?,
            None => {}
        }
        object.list("uniques", &self.uniques)?;
        object.list("checks", &self.checks)?;
        object.list("exclusions", &self.exclusions)?;
        object.list("indexes", &self.indexes)?;
        object.maybe("trackUpdates", self.track_updates.as_ref().map(Name::as_str))
    }
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
    key.name.as_str().strip_prefix(table.name.as_str()) == Some("_pkey")
}

/// A column, and whether it is marked as the primary key.
impl Canonical for (&Column, bool) {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        let (column, is_key) = self;
        object.serialize_entry("id", &column.id)?;
        object.serialize_entry("name", column.name.as_str())?;
        object.serialize_entry("type", &Spelled(&column.data_type))?;
        object.flag("primaryKey", *is_key)?;
        object.flag("notNull", column.not_null && !is_key)?;
        object.maybe("default", column.default.as_ref().map(Spelled))?;
        object.maybe("generated", column.generated.as_ref().map(Spelled))?;
        object.maybe("identity", column.identity.map(Identity::word))?;
        object.maybe("collation", column.collation.as_ref().map(Name::as_str))?;
        object.maybe("description", column.description.as_ref())
    }
}

/// Of a primary key, `nullsNotDistinct` is never set.
impl Canonical for Key {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        object.serialize_entry("name", self.name.as_str())?;
        object.serialize_entry("columns", &self.columns)?;
        object.maybe("include", Some(&self.include).filter(|names| !names.is_empty()))?;
        object.flag("nullsNotDistinct", self.nulls_not_distinct)?;
        object.maybe("deferrable", deferrable(self.deferrable))
    }
}

impl Canonical for Check {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        object.serialize_entry("name", self.name.as_str())?;
        object.serialize_entry("expression", &Spelled(&self.expression))
    }
}

impl Canonical for Exclusion {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        object.serialize_entry("name", self.name.as_str())?;
        object.serialize_entry("method", self.method.word())?;
        object.serialize_entry("elements", &Listed(self.elements.iter()))?;
        object.maybe("where", self.predicate.as_ref().map(Spelled))?;
        object.maybe("deferrable", deferrable(self.deferrable))
    }
}

impl Canonical for ExclusionElement {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        target(&self.target, object)?;
        object.maybe("operatorClass", self.operator_class.as_ref().map(Name::as_str))?;
        object.serialize_entry("operator", self.operator.word())
    }
}

fn target<M: SerializeMap>(target: &IndexTarget, object: &mut M) -> Result<(), M::Error> {
    match target {
        IndexTarget::Column(name) => object.serialize_entry("column", name.as_str()),
        IndexTarget::Expression(text) => object.serialize_entry("expression", &Spelled(text)),
    }
}

impl Canonical for Index {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        let method = (self.method != IndexMethod::BTree).then(|| self.method.word());
        object.serialize_entry("name", self.name.as_str())?;
        object.maybe("method", method)?;
        object.serialize_entry("columns", &Listed(self.keys.iter()))?;
        object.flag("unique", self.unique)?;
        object.flag("nullsNotDistinct", self.nulls_not_distinct)?;
        object.maybe("where", self.predicate.as_ref().map(Spelled))?;
        object.maybe("include", Some(&self.include).filter(|names| !names.is_empty()))?;
        object.flag("automatic", self.automatic)
    }
}

impl Canonical for IndexKey {
    fn name_alone(&self) -> Option<&Name> {
        let plain = self.order == SortOrder::Asc
            && self.nulls.is_none()
            && self.collation.is_none()
            && self.operator_class.is_none();
        match &self.target {
            IndexTarget::Column(name) if plain => Some(name),
            IndexTarget::Column(_) | IndexTarget::Expression(_) => None,
        }
    }

    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        target(&self.target, object)?;
        object.maybe("collation", self.collation.as_ref().map(Name::as_str))?;
        object.maybe("operatorClass", self.operator_class.as_ref().map(Name::as_str))?;
        object.maybe("order", (self.order != SortOrder::Asc).then(|| self.order.word()))?;
        object.maybe("nulls", self.nulls.map(NullsOrder::word))
    }
}

/// Both kinds stand in one list.
enum AnyRelationship<'a> {
    ForeignKey(&'a Relationship),
    ManyToMany(&'a ManyToMany),
}

impl Canonical for AnyRelationship<'_> {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        match self {
            Self::ForeignKey(relationship) => relationship.members(object),
            Self::ManyToMany(relationship) => relationship.members(object),
        }
    }
}

impl Canonical for Relationship {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        let action = |action: ReferentialAction| {
            (action != ReferentialAction::NoAction).then(|| action.word())
        };
        object.serialize_entry("name", self.name.as_str())?;
        object.serialize_entry("from", &Shown(&self.from))?;
        object.serialize_entry("to", &Shown(&self.to))?;
        object.maybe("onDelete", action(self.on_delete))?;
        object.maybe("onUpdate", action(self.on_update))?;
        object.maybe("deferrable", deferrable(self.deferrable))
    }
}

impl Canonical for RelationshipEnd {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        object.serialize_entry("table", self.table.as_str())?;
        object.serialize_entry("columns", &self.columns)
    }
}

impl Canonical for ManyToMany {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        object.serialize_entry("name", self.name.as_str())?;
        object.serialize_entry("type", "manyToMany")?;
        object.serialize_entry("from", &Shown(&Side(&self.from)))?;
        object.serialize_entry("to", &Shown(&Side(&self.to)))?;
        object.serialize_entry("through", self.through.as_str())
    }
}

/// A table that is one side of a many-to-many relationship.
struct Side<'a>(&'a Name);

impl Canonical for Side<'_> {
    fn members<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        object.serialize_entry("table", self.0.as_str())
    }
}

fn deferrable(choice: Deferrable) -> Option<&'static str> {
    (choice != Deferrable::No).then(|| choice.word())
}
