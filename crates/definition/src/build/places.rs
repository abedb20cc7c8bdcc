//! Where the built things are: in the document they came from, and in the definition.

use foldhash::{HashMap, HashSet};

use super::naming::Names;
use crate::model::{Definition, Table};
use crate::name::Name;
use crate::path::{Path, Spot};

/// What is known of the things that are built.
#[derive(Default)]
pub(super) struct Places {
    /// Where in the definition each table is, by name.
    positions: HashMap<Name, usize>,
    /// In the order of the definition's tables.
    tables: Vec<TablePlace>,
    /// By the name of a key or an index.
    pub(super) relations: HashMap<Name, Spot>,
    /// In the order of the definition's relationships.
    pub(super) relationships: Vec<Spot>,
    /// The names of many-to-many relationships.
    pub(super) many_to_many: HashSet<Name>,
}

/// What is known of a built table.
pub(super) struct TablePlace {
    pub(super) spot: Spot,
    pub(super) columns: HashMap<Name, ColumnPlace>,
    /// The names of its constraints: PostgreSQL keeps them in one space per table.
    pub(super) constraints: Names,
    /// The foreign keys out of it, by their position in the definition.
    pub(super) foreign_keys: Vec<usize>,
}

/// What is known of a column that has a name of its own.
#[derive(Clone, Copy)]
pub(super) struct ColumnPlace {
    pub(super) spot: Spot,
    /// Where in its table it is; nothing for one that is unsound.
    pub(super) built: Option<usize>,
}

impl Places {
    /// Adds a table at the end of the definition.
    pub(super) fn add(&mut self, name: &Name, place: TablePlace) {
        self.positions.insert(name.clone(), self.tables.len());
        self.tables.push(place);
    }

    /// Where in the definition a table is.
    pub(super) fn position(&self, table: &str) -> Option<usize> {
        self.positions.get(table).copied()
    }

    /// The built table of this name; quicker than asking the definition.
    pub(super) fn built<'d>(&self, definition: &'d Definition, table: &str) -> Option<&'d Table> {
        self.position(table).map(|position| &definition.tables[position])
    }

    /// What is known of a table, by its position in the definition.
    pub(super) fn known(&self, table: usize) -> &TablePlace {
        &self.tables[table]
    }

    /// The same, to add to it.
    pub(super) fn known_mut(&mut self, table: usize) -> &mut TablePlace {
        &mut self.tables[table]
    }

    /// Where a table stands in the document.
    pub(super) fn table(&self, table: &Name) -> Path<'static> {
        let position = self.position(table.as_str());
        position.map_or(*Path::ROOT, |position| self.tables[position].spot.path())
    }

    /// Where a column stands in the document.
    pub(super) fn column(&self, table: &Name, column: &Name) -> Path<'static> {
        let table = self.position(table.as_str()).map(|position| &self.tables[position]);
        let place = table.and_then(|table| table.columns.get(column));
        place.map_or(*Path::ROOT, |place| place.spot.path())
    }

    /// Where a key or an index stands in the document; its table, when it was made up.
    pub(super) fn relation(&self, table: &Name, relation: &Name) -> Path<'static> {
        self.relations.get(relation).map_or_else(|| self.table(table), |spot| spot.path())
    }
}
