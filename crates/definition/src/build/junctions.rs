//! Many-to-many relationships: a junction table with a foreign key to each side.

use super::Builder;
use super::constraints::plain_key;
use super::ids::{Claims, Identified, Owner};
use super::naming::{Names, Thing, checked, fitted};
use crate::document::raw::{RawEnd, RawRelationship};
use crate::model::{Column, ManyToMany, Table};
use crate::name::{Id, Name};
use crate::problem::Path;

impl Builder<'_> {
    pub(super) fn many_to_many(&mut self, raw: &RawRelationship, path: &Path) {
        let Some(from) = self.side(&raw.from, &path.key("from")) else { return };
        let Some(to) = self.side(&raw.to, &path.key("to")) else { return };
        let through = raw.through.clone().unwrap_or_else(|| fitted(&format!("{from}_{to}"), ""));
        let place = path.key("through");
        let Some(through) = checked(Some(&through), Thing::Table, &place, &mut self.problems)
        else {
            return;
        };
        let name = raw.name.clone().unwrap_or_else(|| through.to_string());
        let Some(name) = checked(Some(&name), Thing::Constraint, path, &mut self.problems) else {
            return;
        };
        if self.definition.many_to_many.iter().any(|other| other.name == name) {
            self.problems.error(
                "duplicate_name",
                &path.key("name"),
                format!("there are two relationships called `{name}`"),
            );
            return;
        }
        if self.built(through.as_str()).is_none() && !self.tables.contains(through.as_str()) {
            if !self.relations.take(&through) {
                let message =
                    format!("the junction table needs a name of its own; `{through}` is taken");
                self.problems.error("duplicate_name", &place, message);
                return;
            }
            let id = self.ids_for_junction(&through, path);
            self.add_table(empty_table(id, through.clone()), Names::default());
            self.places.tables.insert(through.clone(), place.clone());
        }
        let sides = if from == to { ["from_", "to_"] } else { ["", ""] };
        for (side, prefix) in [&from, &to].into_iter().zip(sides) {
            self.join_side(&through, (side, prefix), raw, path);
        }
        self.junction_key(&through);
        self.definition.many_to_many.push(ManyToMany { name, from, to, through });
    }

    fn side(&mut self, raw: &RawEnd, path: &Path) -> Option<Name> {
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

    fn ids_for_junction(&mut self, through: &Name, path: &Path) -> Id {
        let thing = Identified { id: None, name: through.as_str(), renamed_from: None };
        let claims = Claims::default();
        self.ids.of(&thing, Owner::Tables, &claims, (path, &mut self.problems))
    }

    /// Adds what is missing of one side: the columns that hold its key, and the foreign key.
    fn join_side(
        &mut self,
        through: &Name,
        (side, prefix): (&Name, &str),
        raw: &RawRelationship,
        path: &Path,
    ) {
        let referred = |relationship: &&crate::model::Relationship| relationship.to.table == *side;
        let keys: Vec<_> =
            self.definition.relationships_from(through.as_str()).filter(referred).collect();
        // A self-relationship needs two keys to the same table.
        let needed = if prefix == "to_" { 2 } else { 1 };
        if keys.len() >= needed {
            return;
        }
        let key: Vec<Column> = self
            .built(side.as_str())
            .into_iter()
            .flat_map(|table| table.key_columns().cloned())
            .collect();
        let names = self.junction_names(through, &format!("{prefix}{side}"), &key);
        for (column, name) in key.iter().zip(&names) {
            self.junction_column(through, column, name, path);
        }
        let relationship = RawRelationship {
            from: RawEnd { table: Some(through.to_string()), columns: names },
            to: RawEnd { table: Some(side.to_string()), columns: Vec::new() },
            // Rows of a junction mean nothing without both sides.
            on_delete: raw.on_delete.clone().or(Some("cascade".to_owned())),
            on_update: raw.on_update.clone(),
            deferrable: raw.deferrable.clone(),
            ..RawRelationship::default()
        };
        self.relationship(&relationship, path);
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

    fn junction_column(&mut self, through: &Name, key: &Column, name: &str, path: &Path) {
        let Some(name) = checked(Some(name), Thing::Column, path, &mut self.problems) else {
            return;
        };
        let Some(&position) = self.positions.get(through) else { return };
        if self.definition.tables[position].column(name.as_str()).is_some() {
            return;
        }
        let table = self.definition.tables[position].id.clone();
        let thing = Identified { id: None, name: name.as_str(), renamed_from: None };
        let owner = Owner::Columns(table.as_str());
        let id = self.ids.of(&thing, owner, &Claims::default(), (path, &mut self.problems));
        self.places.columns.insert((through.clone(), name.clone()), path.clone());
        self.definition.tables[position].columns.push(Column {
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

    /// The two foreign keys together identify a row, unless the document says otherwise.
    fn junction_key(&mut self, through: &Name) {
        let columns: Vec<Name> = self
            .definition
            .relationships_from(through.as_str())
            .flat_map(|key| key.from.columns.clone())
            .collect();
        let Some(table) = self.definition.tables.iter_mut().find(|table| table.name == *through)
        else {
            return;
        };
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
