//! Rules that concern the whole definition.

use std::collections::BTreeMap;

use super::Builder;
use crate::document::shape::{MAX_COLUMNS, MAX_KEY_COLUMNS, MAX_PARTS, MAX_TABLES};
use crate::model::Definition;
use crate::name::Name;
use crate::problem::Path;

impl Builder<'_> {
    pub(super) fn whole(&mut self) {
        self.sizes();
        self.relation_names();
        self.relationship_names();
        // Lent, so that findings can be added meanwhile.
        let definition = std::mem::take(&mut self.definition);
        self.advice(&definition);
        self.definition = definition;
    }

    /// What shorthands added counts too: the whole is kept in full and must be read again.
    fn sizes(&mut self) {
        let mut over = Vec::new();
        let mut bound = |path: Path, count: usize, most: usize| {
            if count > most {
                over.push((path, count, most));
            }
        };
        let Definition { tables, relationships, many_to_many, .. } = &self.definition;
        bound(Path::root().key("tables"), tables.len(), MAX_TABLES);
        let between = relationships.len() + many_to_many.len();
        bound(Path::root().key("relationships"), between, MAX_PARTS);
        for table in tables {
            let path = self.places.tables.get(&table.name).cloned().unwrap_or_default();
            bound(path.key("columns"), table.columns.len(), MAX_COLUMNS);
            bound(path.key("uniques"), table.uniques.len(), MAX_PARTS);
            bound(path.key("checks"), table.checks.len(), MAX_PARTS);
            bound(path.key("indexes"), table.indexes.len(), MAX_PARTS);
            let key = table.primary_key.as_ref().map_or(0, |key| key.columns.len());
            bound(path.key("primaryKey"), key, MAX_KEY_COLUMNS);
        }
        for (path, count, most) in over {
            let message = format!(
                "has {count} entries with those that are added to it; at most {most} are taken"
            );
            self.problems.error("too_many", &path, message);
        }
    }

    /// Tables and indexes share one space of names in PostgreSQL.
    fn relation_names(&mut self) {
        let mut seen: BTreeMap<Name, &'static str> = BTreeMap::new();
        let mut clashes = Vec::new();
        for table in &self.definition.tables {
            let keys =
                table.primary_key.iter().chain(&table.uniques).map(|key| (&key.name, "a key"));
            let exclusions = table.exclusions.iter().map(|item| (&item.name, "an exclusion"));
            let indexes = table.indexes.iter().map(|index| (&index.name, "an index"));
            let table_itself = std::iter::once((&table.name, "a table"));
            for (name, kind) in table_itself.chain(keys).chain(exclusions).chain(indexes) {
                match seen.get(name) {
                    Some(other) => clashes.push((
                        table.name.clone(),
                        format!("{other} and {kind} are both called `{name}`"),
                    )),
                    None => drop(seen.insert(name.clone(), kind)),
                }
            }
        }
        for (table, message) in clashes {
            let path = self.places.tables.get(&table).cloned().unwrap_or_default();
            self.problems
                .error("duplicate_name", &path, message)
                .with_hint("Tables, keys and indexes of a schema share one space of names.");
        }
    }

    fn relationship_names(&mut self) {
        let mut seen: BTreeMap<(Name, Name), Path> = BTreeMap::new();
        let keys = self.definition.relationships.iter().zip(&self.places.relationships);
        let mut clashes = Vec::new();
        for (relationship, path) in keys {
            let key = (relationship.from.table.clone(), relationship.name.clone());
            let table = self.built(relationship.from.table.as_str());
            let constraint = table.is_some_and(|table| {
                let mut keys = table.primary_key.iter().chain(&table.uniques);
                keys.any(|key| key.name == relationship.name)
                    || table.checks.iter().any(|check| check.name == relationship.name)
                    || table.exclusions.iter().any(|item| item.name == relationship.name)
            });
            if seen.insert(key, path.clone()).is_some() || constraint {
                clashes.push((
                    path.clone(),
                    relationship.from.table.clone(),
                    relationship.name.clone(),
                ));
            }
        }
        for (path, table, name) in clashes {
            let message = format!("`{table}` has two constraints called `{name}`");
            self.problems.error("duplicate_name", &path.key("name"), message);
        }
    }
}
