//! Where an expression stands, and what may be named there.

use foldhash::HashMap;

use super::tables::Draft;
use crate::column_type::ColumnType;
use crate::expression::{Meaning, Place, Surroundings};
use crate::model::{Definition, Enum, IndexMethod};

/// Where an expression stands, and what its table offers it.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    place: Place,
    columns: Columns<'a>,
    wanted: Option<&'a ColumnType>,
    method: Option<IndexMethod>,
}

/// The columns that an expression may read.
#[derive(Clone, Copy)]
enum Columns<'a> {
    None,
    /// Those of a table whose columns are built.
    Built(&'a Draft<'a>),
    /// Those of a table whose columns are being built, as they are written.
    Written(&'a Draft<'a>),
}

impl<'a> Site<'a> {
    /// A column's default.
    pub(super) fn default_of(wanted: Option<&'a ColumnType>) -> Self {
        Self { place: Place::Default, columns: Columns::None, wanted, method: None }
    }

    /// A generated column of a table. It may read columns that stand after it.
    pub(super) fn generated(table: &'a Draft<'a>, wanted: Option<&'a ColumnType>) -> Self {
        let columns = Columns::Written(table);
        Self { place: Place::Generated, columns, wanted, method: None }
    }

    /// A condition on the rows of a table.
    pub(super) fn of(place: Place, table: &'a Draft<'a>) -> Self {
        Self { place, columns: Columns::Built(table), wanted: None, method: None }
    }

    /// A key of an index on a table; the method, when no operator class is named.
    pub(super) fn index_key(table: &'a Draft<'a>, method: Option<IndexMethod>) -> Self {
        Self { method, ..Self::of(Place::IndexKey, table) }
    }

    /// The same with the schema's enums: all that are named, and those that are built.
    pub(super) fn among<'s>(
        &'s self,
        enums: &'s HashMap<&'s str, Option<usize>>,
        definition: &'s Definition,
    ) -> Reader<'s> {
        Reader { site: self, enums, definition }
    }
}

/// What an expression sees from its site.
pub(super) struct Reader<'s> {
    site: &'s Site<'s>,
    enums: &'s HashMap<&'s str, Option<usize>>,
    definition: &'s Definition,
}

impl Surroundings for Reader<'_> {
    fn place(&self) -> Place {
        self.site.place
    }

    fn wanted(&self) -> Option<&ColumnType> {
        self.site.wanted
    }

    fn method(&self) -> Option<IndexMethod> {
        self.site.method
    }

    fn column(&self, name: &str) -> Meaning<&ColumnType> {
        match self.site.columns {
            Columns::None => Meaning::Nothing,
            Columns::Built(draft) => match draft.column(name) {
                Some(column) => Meaning::Sound(&column.data_type),
                None if draft.names(name) => Meaning::Unsound,
                None => Meaning::Nothing,
            },
            Columns::Written(draft) => draft.written_type(name),
        }
    }

    fn column_names(&self) -> Vec<&str> {
        match self.site.columns {
            Columns::None => Vec::new(),
            Columns::Built(draft) | Columns::Written(draft) => super::in_order(
                draft.raw.columns.iter().filter_map(|column| column.name.as_deref()),
            ),
        }
    }

    fn enumeration(&self, name: &str) -> Meaning<&Enum> {
        match self.enums.get(name) {
            Some(Some(position)) => Meaning::Sound(&self.definition.enums[*position]),
            Some(None) => Meaning::Unsound,
            None => Meaning::Nothing,
        }
    }
}
