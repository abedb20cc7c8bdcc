//! Document → definition: shorthands spelled out, names filled in, every rule checked.
//!
//! Building goes in the order in which things refer to one another: enums, tables with their
//! columns, keys, checks and indexes, junction tables, relationships, and last what concerns the
//! whole. Each step adds what it finds and goes on with what is sound, so that one look shows all.

mod advice;
mod before;
mod columns;
mod constraints;
mod enums;
mod exclusions;
mod ids;
mod indexes;
mod junctions;
mod naming;
mod operators;
mod places;
mod relationships;
mod site;
mod tables;
mod whole;

use foldhash::{HashMap, HashSet};

use crate::document::raw::{RawDocument, Text};
use crate::expression::Expression;
use crate::model::{Definition, Table};
use crate::name::IdSource;
use crate::near::nearest;
use crate::path::Path;
use crate::problem::Problems;
use ids::Ids;
use naming::Names;
pub(crate) use naming::is_reserved_word;
use places::Places;
use site::Site;

/// Builds as much of the definition as is sound; whether it may be used, the problems say. Beside
/// the document, it is told the tables that were left out of it.
pub(crate) fn build<'a>(
    (raw, elsewhere): (&'a RawDocument<'a>, &'a [&'a str]),
    problems: Problems,
    previous: Option<&'a Definition>,
    source: &'a mut dyn IdSource,
) -> (Definition, Problems) {
    let enums = raw.enums.iter().filter_map(|item| item.name.as_deref());
    let tables = raw.tables.iter().filter_map(|item| item.name.as_deref());
    let mut builder = Builder {
        problems,
        ids: Ids::new(raw, previous, source),
        relations: Names::default(),
        enums: enums.map(|name| (name, None)).collect(),
        tables: tables.chain(elsewhere.iter().copied()).collect(),
        definition: Definition::default(),
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
struct Builder<'a> {
    problems: Problems,
    ids: Ids<'a>,
    /// Names of tables and indexes: PostgreSQL keeps them in one space.
    relations: Names,
    /// Every enum the document names, so that a broken one is reported once; the sound ones with
    /// their position in the definition.
    enums: HashMap<&'a str, Option<usize>>,
    /// Every table the document names.
    tables: HashSet<&'a str>,
    definition: Definition,
    places: Places,
}

impl Builder<'_> {
    /// The built table of this name.
    fn built(&self, name: &str) -> Option<&Table> {
        self.places.built(&self.definition, name)
    }

    /// Reads an expression, or says why not at its place.
    fn expression(&mut self, text: &str, site: &Site<'_>, path: &Path<'_>) -> Option<Expression> {
        match Expression::read(text, &site.among(&self.enums, &self.definition)) {
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
    fn unknown_column<'n>(
        &mut self,
        column: &str,
        table: &str,
        known: impl IntoIterator<Item = &'n str>,
        path: &Path<'_>,
    ) {
        let near = nearest(column, known).map(|near| format!("Did you mean `{near}`?"));
        let message = format!("there is no column `{column}` in `{table}`");
        self.problems.error("unknown_column", path, message).hint = near;
    }

    /// Reports a reference to a table that the document has not.
    fn unknown_table(&mut self, table: &str, path: &Path<'_>) {
        let near = nearest(table, in_order(self.tables.iter().copied()));
        let hint = near.map(|near| format!("Did you mean `{near}`?"));
        let message = format!("there is no table `{table}` in this schema");
        self.problems.error("unknown_table", path, message).hint = hint;
    }
}

/// Names in alphabetical order, so that of several that are equally near the same one is offered.
fn in_order<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names
}

/// The choice of a word that its shape has already checked.
fn chosen<T: Copy>(words: &[(&'static str, T)], word: Option<&Text<'_>>) -> Option<T> {
    let word = word?;
    words.iter().find(|(known, _)| known == word).map(|(_, choice)| *choice)
}
