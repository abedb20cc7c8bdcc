//! Document → definition: shorthands spelled out, names filled in, every rule checked.
//!
//! Building goes in the order in which things refer to one another: enums, tables with their
//! columns, keys, checks and indexes, junction tables, relationships, and last what concerns the
//! whole. Each step adds what it finds and goes on with what is sound, so that one look shows all.

mod advice;
mod columns;
mod constraints;
mod enums;
mod exclusions;
mod ids;
mod indexes;
mod junctions;
mod naming;
mod operators;
mod relationships;
mod tables;
mod whole;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::column_type::ColumnType;
use crate::document::raw::RawDocument;
use crate::expression::{Context, Expression, Place};
use crate::model::{Definition, IndexMethod, Table};
use crate::name::{IdSource, Name};
use crate::near::nearest;
use crate::problem::{Path, Problems};
use ids::Ids;
use naming::Names;
pub(crate) use naming::is_reserved_word;

/// Builds as much of the definition as is sound; whether it may be used, the problems say.
pub(crate) fn build<'a>(
    raw: &'a RawDocument,
    problems: Problems,
    previous: Option<&'a Definition>,
    source: &'a mut dyn IdSource,
) -> (Definition, Problems) {
    let named = |name: &Option<String>| name.clone();
    let mut builder = Builder {
        problems,
        ids: Ids::new(raw, previous, source),
        relations: Names::default(),
        enums: raw.enums.iter().filter_map(|item| named(&item.name)).collect(),
        tables: raw.tables.iter().filter_map(|item| named(&item.name)).collect(),
        definition: Definition::default(),
        positions: HashMap::new(),
        constraints: HashMap::new(),
        places: Places::default(),
    };
    builder.reserve_names(raw);
    builder.enums(raw);
    builder.tables(raw);
    builder.relationships(raw);
    builder.automatic_indexes();
    builder.whole();
    (builder.definition, builder.problems)
}

/// What is built so far, and what is known of the whole document from the start.
pub(super) struct Builder<'a> {
    pub(super) problems: Problems,
    pub(super) ids: Ids<'a>,
    /// Names of tables and indexes: PostgreSQL keeps them in one space.
    pub(super) relations: Names,
    /// Every enum the document names, sound or not, so that a broken one is reported once.
    pub(super) enums: BTreeSet<String>,
    /// Every table the document names.
    pub(super) tables: BTreeSet<String>,
    pub(super) definition: Definition,
    /// Where in the definition each table is, by name.
    pub(super) positions: HashMap<Name, usize>,
    /// The names of constraints, by table: PostgreSQL keeps them in one space per table.
    pub(super) constraints: HashMap<Name, Names>,
    pub(super) places: Places,
}

/// Where an expression stands, and what its table offers it.
pub(super) struct Site<'a> {
    pub(super) place: Place,
    pub(super) columns: BTreeMap<&'a str, Option<&'a ColumnType>>,
    pub(super) wanted: Option<&'a ColumnType>,
    pub(super) method: Option<IndexMethod>,
}

impl<'a> Site<'a> {
    /// Where no single type is wanted.
    pub(super) fn of(place: Place, columns: BTreeMap<&'a str, Option<&'a ColumnType>>) -> Self {
        Self { place, columns, wanted: None, method: None }
    }
}

/// Where in the document the built things came from, for problems found later.
#[derive(Default)]
pub(super) struct Places {
    /// By table name.
    pub(super) tables: BTreeMap<Name, Path>,
    /// By table and column name.
    pub(super) columns: BTreeMap<(Name, Name), Path>,
    /// By the name of a key, an exclusion or an index.
    pub(super) relations: BTreeMap<Name, Path>,
    /// In the order of the definition's relationships.
    pub(super) relationships: Vec<Path>,
}

impl Places {
    /// Where a table stands.
    pub(super) fn table(&self, table: &Name) -> Path {
        self.tables.get(table).cloned().unwrap_or_default()
    }

    /// Where a column stands.
    pub(super) fn column(&self, table: &Name, column: &Name) -> Path {
        self.columns.get(&(table.clone(), column.clone())).cloned().unwrap_or_default()
    }

    /// Where a key or an index stands; its table, when it was made up.
    pub(super) fn relation(&self, table: &Name, relation: &Name) -> Path {
        self.relations.get(relation).cloned().unwrap_or_else(|| self.table(table))
    }
}

impl Builder<'_> {
    /// Adds a table that is built.
    pub(super) fn add_table(&mut self, table: Table, constraints: Names) {
        self.positions.insert(table.name.clone(), self.definition.tables.len());
        self.constraints.insert(table.name.clone(), constraints);
        self.definition.tables.push(table);
    }

    /// The built table of this name; quicker than asking the definition.
    pub(super) fn built(&self, name: &str) -> Option<&Table> {
        let name = Name::new(name)?;
        self.positions.get(&name).map(|position| &self.definition.tables[*position])
    }

    /// Reads an expression, or says why not at its place.
    pub(super) fn expression(
        &mut self,
        text: &str,
        site: Site<'_>,
        path: &Path,
    ) -> Option<Expression> {
        let Site { place, columns, wanted, method } = site;
        let sound =
            |name: &str| self.definition.enums.iter().find(|item| item.name.as_str() == name);
        let enums = self.enums.iter().map(|name| (name.as_str(), sound(name))).collect();
        match Expression::parse(text, &Context { place, columns, enums, wanted, method }) {
            Ok(expression) => Some(expression),
            Err(error) => {
                let near: String = text.get(error.at..).unwrap_or("").chars().take(20).collect();
                let message = match (error.at, near.as_str()) {
                    (0, _) | (_, "") => error.message.clone(),
                    (_, near) => format!("{} (at `{near}`)", error.message),
                };
                self.problems.error(error.code, path, message).hint = error.hint;
                None
            }
        }
    }

    /// Reports a reference to a column that its table has not.
    pub(super) fn unknown_column<'n>(
        &mut self,
        column: &str,
        table: &str,
        known: impl IntoIterator<Item = &'n str>,
        path: &Path,
    ) {
        let near = nearest(column, known).map(|near| format!("Did you mean `{near}`?"));
        let message = format!("there is no column `{column}` in `{table}`");
        self.problems.error("unknown_column", path, message).hint = near;
    }

    /// Reports a reference to a table that the document has not.
    pub(super) fn unknown_table(&mut self, table: &str, path: &Path) {
        let near = nearest(table, self.tables.iter().map(String::as_str));
        let hint = near.map(|near| format!("Did you mean `{near}`?"));
        let message = format!("there is no table `{table}` in this schema");
        self.problems.error("unknown_table", path, message).hint = hint;
    }
}
