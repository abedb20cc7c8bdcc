//! What is called otherwise from one definition to the next, applied to parts of the one before.

mod between;
mod labels;
mod listed;
mod parts;
pub(crate) mod relations;
mod taken;

use std::collections::BTreeMap;

use definition::{Definition, Name};

use labels::Typed;

/// New names by old ones. What is not in it keeps its name.
pub(crate) type Names = BTreeMap<Name, Name>;

/// New names for the things of a definition, all given at once: two things may swap their names.
///
/// A thing that goes although its name is taken by another one is given a name that nobody has,
/// `orders_old`, so that after the renames every name means one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renames {
    tables: Names,
    enums: Names,
    /// By the table's old name.
    columns: BTreeMap<Name, Names>,
    /// By the enum's old name.
    values: BTreeMap<Name, Names>,
    /// Keys, exclusions and indexes, by the table's old name.
    indexes: BTreeMap<Name, Names>,
    /// What tells the values of enums in expressions.
    typed: Typed,
}

/// The definition before with everything called as it is called after.
pub fn renamed(before: &Definition, after: &Definition) -> Definition {
    Renames::between(before, after).definition(before)
}

impl Renames {
    /// Given names: tables, enums, and columns by the table's old name.
    pub(crate) fn given(tables: Names, enums: Names, columns: BTreeMap<Name, Names>) -> Self {
        Self { tables, enums, columns, ..Self::default() }
    }

    /// Whether everything keeps its name.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What a table is called now.
    pub fn table_name<'a>(&'a self, table: &'a Name) -> &'a Name {
        self.tables.get(table).unwrap_or(table)
    }

    /// What an enum is called now.
    pub fn enum_name<'a>(&'a self, item: &'a Name) -> &'a Name {
        self.enums.get(item).unwrap_or(item)
    }

    /// What a column is called now; `table` is the old name.
    pub fn column_name<'a>(&'a self, table: &Name, column: &'a Name) -> &'a Name {
        within(&self.columns, table, column)
    }

    /// What a value of an enum is called now; `item` is the old name.
    pub fn value_name<'a>(&'a self, item: &Name, value: &'a Name) -> &'a Name {
        within(&self.values, item, value)
    }

    /// What a key, an exclusion or an index is called now; `table` is the old name.
    pub fn index_name<'a>(&'a self, table: &Name, index: &'a Name) -> &'a Name {
        within(&self.indexes, table, index)
    }

    /// The way back: what was renamed is called again as it was.
    pub fn inverse(&self) -> Self {
        let inside = |things: &BTreeMap<Name, Names>, owners: &Names| {
            let turned = things
                .iter()
                .map(|(owner, names)| (owners.get(owner).unwrap_or(owner).clone(), turned(names)));
            turned.collect()
        };
        Self {
            tables: turned(&self.tables),
            enums: turned(&self.enums),
            columns: inside(&self.columns, &self.tables),
            values: inside(&self.values, &self.enums),
            indexes: inside(&self.indexes, &self.tables),
            typed: self.typed.renamed(self),
        }
    }
}

fn within<'a>(things: &'a BTreeMap<Name, Names>, owner: &Name, name: &'a Name) -> &'a Name {
    things.get(owner).and_then(|names| names.get(name)).unwrap_or(name)
}

fn turned(names: &Names) -> Names {
    names.iter().map(|(old, new)| (new.clone(), old.clone())).collect()
}
