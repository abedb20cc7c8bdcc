//! Tables.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use super::ids::{Claims, Identified, Owner};
use super::naming::{Names, Thing, checked, described};
use crate::column_type::{Builtin, ColumnType, Family};
use crate::document::raw::{RawDocument, RawTable};
use crate::model::{Column, Table};
use crate::name::Name;
use crate::problem::Path;

/// A table while it is built, with what later steps ask for.
pub(super) struct Draft<'r> {
    pub(super) raw: &'r RawTable,
    pub(super) path: Path,
    pub(super) name: Name,
    pub(super) columns: Vec<Column>,
    /// Names of the table's constraints; PostgreSQL keeps them in one space per table.
    pub(super) constraints: Names,
}

impl Draft<'_> {
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.as_str() == name)
    }

    /// The columns as the document names them, with the types of the sound ones, so that a broken
    /// one is reported once.
    pub(super) fn typed_columns(&self) -> BTreeMap<&str, Option<&ColumnType>> {
        let named = self.raw.columns.iter().filter_map(|column| column.name.as_deref());
        let mut columns: BTreeMap<&str, Option<&ColumnType>> =
            named.map(|name| (name, None)).collect();
        let sound = self.columns.iter();
        columns.extend(sound.map(|column| (column.name.as_str(), Some(&column.data_type))));
        columns
    }

    pub(super) fn column_names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }
}

impl Builder<'_> {
    pub(super) fn tables(&mut self, raw: &RawDocument) {
        let list = Path::root().key("tables");
        let claims = Claims::of(
            raw.tables.iter().map(|raw| (&raw.id, raw.name.as_deref(), &raw.renamed_from)),
        );
        let mut seen = BTreeSet::new();
        for (position, item) in raw.tables.iter().enumerate() {
            let path = list.index(position);
            let name = checked(item.name.as_deref(), Thing::Table, &path, &mut self.problems);
            let Some(name) = name else { continue };
            if !seen.insert(name.clone()) {
                let message = format!("there are two tables called `{name}`");
                self.problems.error("duplicate_name", &path.key("name"), message);
                continue;
            }
            if self.enums.contains(name.as_str()) {
                let message = format!("a table and an enum are both called `{name}`");
                self.problems.error("duplicate_name", &path.key("name"), message);
            }
            let (table, constraints) = self.table(item, name, &claims, path);
            self.add_table(table, constraints);
        }
    }

    fn table(
        &mut self,
        raw: &RawTable,
        name: Name,
        claims: &Claims<'_>,
        path: Path,
    ) -> (Table, Names) {
        let thing = Identified {
            id: raw.id.as_deref(),
            name: name.as_str(),
            renamed_from: raw.renamed_from.as_deref(),
        };
        let id = self.ids.of(&thing, Owner::Tables, claims, (&path, &mut self.problems));
        self.places.tables.insert(name.clone(), path.clone());
        let mut draft =
            Draft { raw, path, name, columns: Vec::new(), constraints: Names::default() };
        self.columns(&mut draft, &id);
        let primary_key = self.primary_key(&mut draft);
        let uniques = self.uniques(&mut draft);
        let checks = self.checks(&mut draft);
        let exclusions = self.exclusions(&mut draft);
        let indexes = self.indexes(&draft);
        let track_updates = self.track_updates(&draft);
        if primary_key.is_none() && !draft.columns.is_empty() {
            self.problems
                .warning(
                    "no_primary_key",
                    &draft.path,
                    format!("`{}` has no primary key", draft.name),
                )
                .with_hint("Without one, single rows cannot be read, changed or deleted by key.");
        }
        let table = Table {
            id,
            description: described(raw.description.as_deref()),
            columns: draft.columns,
            name: draft.name,
            primary_key,
            uniques,
            checks,
            exclusions,
            indexes,
            track_updates,
        };
        (table, draft.constraints)
    }

    fn track_updates(&mut self, draft: &Draft<'_>) -> Option<Name> {
        let written = draft.raw.track_updates.as_deref()?;
        let path = draft.path.key("trackUpdates");
        let Some(column) = draft.column(written) else {
            self.unknown_column(written, draft.name.as_str(), draft.column_names(), &path);
            return None;
        };
        let scalar = column.data_type.scalar();
        let fits = scalar.is_some_and(|scalar| {
            scalar.family() == Family::Time
                && matches!(scalar, Builtin::Timestamp | Builtin::TimestampTz | Builtin::Date)
        });
        if !fits {
            let message = format!(
                "`{written}` is `{}`; the time of an update needs a timestamp",
                column.data_type
            );
            self.problems.error("type_mismatch", &path, message);
        }
        if column.generated.is_some() {
            self.problems.error(
                "generated_column",
                &path,
                format!("`{written}` is computed and cannot be set"),
            );
        }
        Some(column.name.clone())
    }
}
