//! Tables.

use foldhash::{HashMap, HashSet};

use super::Builder;
use super::ids::{Claims, Identified, Owner};
use super::naming::{Names, Thing, checked, described};
use super::places::{ColumnPlace, TablePlace};
use crate::column_type::{Builtin, ColumnType, Family, ParsedType, TypeError};
use crate::document::raw::{RawDocument, RawTable};
use crate::expression::Meaning;
use crate::model::{Column, Table};
use crate::name::Name;
use crate::path::{Path, Spot};

/// A table while it is built, with what later steps ask for.
pub(super) struct Draft<'r> {
    pub(super) raw: &'r RawTable<'r>,
    /// Where in the document it stands.
    pub(super) position: usize,
    pub(super) name: Name,
    /// The types of all columns that have one, as they are written.
    pub(super) types: Vec<Option<Result<ParsedType, TypeError>>>,
    /// The sound columns.
    pub(super) columns: Vec<Column>,
    /// Every column that has a name of its own.
    pub(super) places: HashMap<Name, ColumnPlace>,
    /// Names of the table's constraints; PostgreSQL keeps them in one space per table.
    pub(super) constraints: Names,
}

impl Draft<'_> {
    pub(super) fn path(&self) -> Path<'static> {
        Spot::Table(self.position).path()
    }

    /// Where an element of one of its lists stands.
    pub(super) fn item(&self, list: &'static str, position: usize) -> Spot {
        Spot::Item(self.position, list, position)
    }

    /// Its sound column of this name.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.places.get(name)?.built.map(|position| &self.columns[position])
    }

    /// Whether the document gives it a column of this name, sound or not: a broken one is reported
    /// once.
    pub(super) fn names(&self, column: &str) -> bool {
        self.raw.columns.iter().any(|raw| raw.name.as_deref() == Some(column))
    }

    /// The type of a column as it is written.
    pub(super) fn written_type(&self, name: &str) -> Meaning<&ColumnType> {
        let named = self.raw.columns.iter().rposition(|raw| raw.name.as_deref() == Some(name));
        match named.map(|position| &self.types[position]) {
            None => Meaning::Nothing,
            Some(Some(Ok(parsed))) => Meaning::Sound(&parsed.column_type),
            Some(Some(Err(_)) | None) => Meaning::Unsound,
        }
    }

    pub(super) fn column_names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }
}

impl<'a> Builder<'a> {
    pub(super) fn tables(&mut self, raw: &'a RawDocument<'a>) {
        let claims = Claims::of(raw.tables.iter().map(|raw| Identified {
            id: raw.id.as_deref(),
            name: raw.name.as_deref(),
            renamed_from: raw.renamed_from.as_deref(),
        }));
        let mut seen = HashSet::default();
        for (position, item) in raw.tables.iter().enumerate() {
            let path = Spot::Table(position).path();
            let name = checked(item.name.as_deref(), Thing::Table, &path, &mut self.problems);
            let Some(name) = name else { continue };
            if !seen.insert(name.clone()) {
                let message = format!("there are two tables called `{name}`");
                self.problems.error("duplicate_name", &path.key("name"), message);
                continue;
            }
            if self.enums.contains_key(name.as_str()) {
                let message = format!("a table and an enum are both called `{name}`");
                self.problems.error("duplicate_name", &path.key("name"), message);
            }
            let draft = Draft {
                raw: item,
                position,
                name,
                types: Vec::new(),
                columns: Vec::with_capacity(item.columns.len()),
                places: HashMap::default(),
                constraints: Names::default(),
            };
            self.table(draft, &claims);
        }
    }

    fn table(&mut self, mut draft: Draft<'a>, claims: &Claims<'_>) {
        let raw = draft.raw;
        let thing = Identified {
            id: raw.id.as_deref(),
            name: raw.name.as_deref(),
            renamed_from: raw.renamed_from.as_deref(),
        };
        let path = draft.path();
        let id = self.ids.of(thing, Owner::Tables, claims, (&path, &mut self.problems));
        self.columns(&mut draft, &id);
        let primary_key = self.primary_key(&mut draft);
        let uniques = self.uniques(&mut draft);
        let checks = self.checks(&mut draft);
        let exclusions = self.exclusions(&mut draft);
        let indexes = self.indexes(&draft);
        let track_updates = self.track_updates(&draft);
        if primary_key.is_none() && !draft.columns.is_empty() {
            let message = format!("`{}` has no primary key", draft.name);
            self.problems
                .warning("no_primary_key", &path, message)
                .with_hint("Without one, single rows cannot be read, changed or deleted by key.");
        }
        let Draft { position, name, columns, places, constraints, .. } = draft;
        let spot = Spot::Table(position);
        let foreign_keys = Vec::new();
        self.places.add(&name, TablePlace { spot, columns: places, constraints, foreign_keys });
        self.definition.tables.push(Table {
            id,
            name,
            description: described(raw.description.as_deref()),
            columns,
            primary_key,
            uniques,
            checks,
            exclusions,
            indexes,
            track_updates,
        });
    }

    fn track_updates(&mut self, draft: &Draft<'_>) -> Option<Name> {
        let written = draft.raw.track_updates.as_deref()?;
        let path = draft.path();
        let path = path.key("trackUpdates");
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
