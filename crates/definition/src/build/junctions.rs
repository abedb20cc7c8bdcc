//! Many-to-many relationships: a junction table with a foreign key to each side.

use foldhash::{HashMap, HashMapExt};

use super::Builder;
use super::constraints::plain_key;
use super::ids::{Claims, Owner};
use super::naming::{Names, Thing, checked, fitted};
use super::places::{ColumnPlace, TablePlace};
use crate::document::raw::{RawEnd, RawRelationship, Text};
use crate::model::{Column, ManyToMany, Relationship, Table};
use crate::name::{Id, Name};
use crate::path::{Path, Spot};

impl Builder<'_> {
    pub(super) fn many_to_many(&mut self, raw: &RawRelationship<'_>, position: usize) {
        let spot = Spot::Relationship(position);
        let path = &spot.path();
        let Some(from) = self.side(&raw.from, &path.key("from")) else { return };
        let Some(to) = self.side(&raw.to, &path.key("to")) else { return };
        let through = raw.through.as_deref();
        let through = through.map_or_else(|| fitted(&format!("{from}_{to}"), ""), str::to_owned);
        let place = Spot::Through(position).path();
        let Some(through) = checked(Some(&through), Thing::Table, &place, &mut self.problems)
        else {
            return;
        };
        let name = raw.name.as_deref().unwrap_or(through.as_str());
        let Some(name) = checked(Some(name), Thing::Constraint, path, &mut self.problems) else {
            return;
        };
        if self.places.many_to_many.contains(&name) {
            let message = format!("there are two relationships called `{name}`");
            self.problems.error("duplicate_name", &path.key("name"), message);
            return;
        }
        if self.built(through.as_str()).is_none() && !self.tables.contains(through.as_str()) {
            if !self.relations.take(&through) || self.enums.contains_key(through.as_str()) {
                let message =
                    format!("the junction table needs a name of its own; `{through}` is taken");
                self.problems.error("duplicate_name", &place, message);
                return;
            }
            self.add_junction(&through, position);
        }
        let sides = if from == to { ["from_", "to_"] } else { ["", ""] };
        for (side, prefix) in [&from, &to].into_iter().zip(sides) {
            self.join_side(&through, (side, prefix), raw, spot);
        }
        self.junction_key(&through);
        self.places.many_to_many.insert(name.clone());
        self.definition.many_to_many.push(ManyToMany { name, from, to, through });
    }

    fn side(&mut self, raw: &RawEnd<'_>, path: &Path<'_>) -> Option<Name> {
        let written = raw.table.as_deref()?;
        let Some(table) = self.built(written) else {
            if !self.tables.contains(written) {
                self.unknown_table(written, &path.key("table"));
            }
            return None;
        };
        if table.primary_key.is_none() {
            let message = format!("`{written}` has no primary key to refer to");
            self.problems.error("target_not_unique", path, message);
            return None;
        }
        Some(table.name.clone())
    }

    fn add_junction(&mut self, name: &Name, position: usize) {
        let path = Spot::Relationship(position).path();
        let said = (&path, &mut self.problems);
        let thing = (name.as_str(), None);
        let id = self.ids.unwritten(thing, Owner::Tables, &Claims::default(), said);
        self.places.add(
            name,
            TablePlace {
                spot: Spot::Through(position),
                columns: HashMap::new(),
                constraints: Names::default(),
                foreign_keys: Vec::new(),
            },
        );
        self.definition.tables.push(empty_table(id, name.clone()));
    }

    /// Adds what is missing of one side: the columns that hold its key, and the foreign key.
    fn join_side(
        &mut self,
        through: &Name,
        (side, prefix): (&Name, &str),
        raw: &RawRelationship<'_>,
        spot: Spot,
    ) {
        // What is called after the other side is not this one.
        let other = ["to_", side.as_str(), "_"].concat();
        let is_other = |column: &Name| prefix == "from_" && column.as_str().starts_with(&other);
        let referred =
            |key: &&Relationship| key.to.table == *side && !key.from.columns.iter().any(is_other);
        let keys = self.foreign_keys(through).filter(referred).count();
        // A self-relationship needs two keys to the same table.
        let needed = if prefix == "to_" { 2 } else { 1 };
        if keys >= needed {
            return;
        }
        let key: Vec<Column> = self
            .built(side.as_str())
            .into_iter()
            .flat_map(|table| table.key_columns().cloned())
            .collect();
        let names = self.junction_names(through, &format!("{prefix}{side}"), &key);
        for (column, name) in key.iter().zip(&names) {
            self.junction_column(through, column, name, spot);
        }
        let columns = names.iter().map(|name| Text::from(name.as_str())).collect();
        let relationship = RawRelationship {
            from: RawEnd { table: Some(through.as_str().into()), columns },
            to: RawEnd { table: Some(side.as_str().into()), columns: Vec::new() },
            // Rows of a junction mean nothing without both sides.
            on_delete: raw.on_delete.clone().or(Some("cascade".into())),
            on_update: raw.on_update.clone(),
            deferrable: raw.deferrable.clone(),
            ..RawRelationship::default()
        };
        self.relationship(&relationship, spot);
    }

    /// The columns that hold a side's key, called after it. A name that is cut to fit gets a number
    /// that makes it one of its own.
    fn junction_names(&self, through: &Name, side: &str, key: &[Column]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for column in key {
            let whole = format!("{side}_{}", column.name);
            let taken = |name: &String| {
                let there = self.built(through.as_str()).and_then(|table| table.column(name));
                names.contains(name) || there.is_some()
            };
            let mut numbered = (1..).map(|number| fitted(&whole, &format!("_{number}")));
            let name = match fitted(&whole, "") == whole {
                true => whole.clone(),
                false => numbered.find(|name| !taken(name)).unwrap_or_default(),
            };
            names.push(name);
        }
        names
    }

    fn junction_column(&mut self, through: &Name, key: &Column, name: &str, spot: Spot) {
        let path = spot.path();
        let Some(name) = checked(Some(name), Thing::Column, &path, &mut self.problems) else {
            return;
        };
        let Some(position) = self.places.position(through.as_str()) else { return };
        let table = &mut self.definition.tables[position];
        if table.column(name.as_str()).is_some() {
            return;
        }
        let owner = Owner::Columns(table.id.as_str());
        let said = (&path, &mut self.problems);
        let id = self.ids.unwritten((name.as_str(), None), owner, &Claims::default(), said);
        let place = ColumnPlace { spot, built: Some(table.columns.len()) };
        self.places.known_mut(position).columns.insert(name.clone(), place);
        table.columns.push(Column {
            id,
            name,
            data_type: key.data_type.clone(),
            not_null: true,
            default: None,
            generated: None,
            identity: None,
            collation: key.collation.clone(),
            description: None,
        });
    }

    /// The foreign keys out of a table.
    fn foreign_keys(&self, table: &Name) -> impl Iterator<Item = &Relationship> {
        let place = self.places.position(table.as_str()).map(|table| self.places.known(table));
        let keys = place.into_iter().flat_map(|place| &place.foreign_keys);
        keys.map(|position| &self.definition.relationships[*position])
    }

    /// The two foreign keys together identify a row, unless the document says otherwise.
    fn junction_key(&mut self, through: &Name) {
        let mut columns: Vec<Name> = Vec::new();
        for key in self.foreign_keys(through) {
            let more = key.from.columns.iter().filter(|column| !columns.contains(column));
            let more: Vec<Name> = more.cloned().collect();
            columns.extend(more);
        }
        let Some(position) = self.places.position(through.as_str()) else { return };
        let table = &mut self.definition.tables[position];
        if table.primary_key.is_some() || columns.is_empty() {
            return;
        }
        for column in table.columns.iter_mut().filter(|column| columns.contains(&column.name)) {
            column.not_null = true;
        }
        let name = self.relations.make(&[through.as_str()], "pkey");
        table.primary_key = Some(plain_key(name, columns));
    }
}

fn empty_table(id: Id, name: Name) -> Table {
    Table {
        id,
        name,
        description: None,
        columns: Vec::new(),
        primary_key: None,
        uniques: Vec::new(),
        checks: Vec::new(),
        exclusions: Vec::new(),
        indexes: Vec::new(),
        track_updates: None,
    }
}
