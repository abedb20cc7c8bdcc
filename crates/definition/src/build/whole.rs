//! Rules that concern the whole definition.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::Builder;
use crate::document::shape::{MAX_COLUMNS, MAX_KEY_COLUMNS, MAX_PARTS, MAX_TABLES};
use crate::model::Definition;
use crate::path::Path;

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
        let Self { definition, places, problems, .. } = self;
        let mut bound = |path: &Path<'_>, count: usize, most: usize| {
            if count > most {
                let message = format!(
                    "has {count} entries with those that are added to it; at most {most} are taken"
                );
                problems.error("too_many", path, message);
            }
        };
        let Definition { tables, relationships, many_to_many, .. } = &*definition;
        bound(&Path::ROOT.key("tables"), tables.len(), MAX_TABLES);
        let between = relationships.len() + many_to_many.len();
        bound(&Path::ROOT.key("relationships"), between, MAX_PARTS);
        for table in tables {
            let path = places.table(&table.name);
            bound(&path.key("columns"), table.columns.len(), MAX_COLUMNS);
            bound(&path.key("uniques"), table.uniques.len(), MAX_PARTS);
            bound(&path.key("checks"), table.checks.len(), MAX_PARTS);
            bound(&path.key("indexes"), table.indexes.len(), MAX_PARTS);
            let key = table.primary_key.as_ref().map_or(0, |key| key.columns.len());
            bound(&path.key("primaryKey"), key, MAX_KEY_COLUMNS);
        }
    }

    /// Tables and indexes share one space of names in PostgreSQL.
    fn relation_names(&mut self) {
        let mut seen: HashMap<&str, &'static str> =
            HashMap::with_capacity(self.definition.tables.len() * 4);
        for table in &self.definition.tables {
            let keys =
                table.primary_key.iter().chain(&table.uniques).map(|key| (&key.name, "a key"));
            let exclusions = table.exclusions.iter().map(|item| (&item.name, "an exclusion"));
            let indexes = table.indexes.iter().map(|index| (&index.name, "an index"));
            let table_itself = std::iter::once((&table.name, "a table"));
            for (name, kind) in table_itself.chain(keys).chain(exclusions).chain(indexes) {
                let Some(other) = seen.get(name.as_str()) else {
                    seen.insert(name.as_str(), kind);
                    continue;
                };
                let message = format!("{other} and {kind} are both called `{name}`");
                self.problems
                    .error("duplicate_name", &self.places.table(&table.name), message)
                    .with_hint("Tables, keys and indexes of a schema share one space of names.");
            }
        }
    }

    fn relationship_names(&mut self) {
        let mut seen: HashSet<(&str, &str)> = HashSet::default();
        let spots = self.places.relationships.iter();
        for (relationship, spot) in self.definition.relationships.iter().zip(spots) {
            let (table, name) = (&relationship.from.table, &relationship.name);
            let built = self.places.built(&self.definition, table.as_str());
            let constraint = built.is_some_and(|table| {
                let mut keys = table.primary_key.iter().chain(&table.uniques);
                keys.any(|key| key.name == *name)
                    || table.checks.iter().any(|check| check.name == *name)
                    || table.exclusions.iter().any(|item| item.name == *name)
            });
            if !seen.insert((table.as_str(), name.as_str())) || constraint {
                let message = format!("`{table}` has two constraints called `{name}`");
                self.problems.error("duplicate_name", &spot.path().key("name"), message);
            }
        }
    }
}
