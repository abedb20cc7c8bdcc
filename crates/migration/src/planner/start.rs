//! What PostgreSQL has, with what comes back from the attic.

use std::collections::{BTreeMap, BTreeSet};

use definition::column_type::ElementType;
use definition::model::{Column, Table};
use definition::{Definition, Id, Name};

use crate::attic::{AtticContent, AtticItem, AtticName, indexes_of};
use crate::situation::Situation;

pub(super) struct Start {
    pub(super) definition: Definition,
    pub(super) taken_back: Vec<AtticName>,
}

/// The definition in force in PostgreSQL's names, with every table and column added that is wanted
/// and waits in the attic.
pub(super) fn start(situation: &Situation<'_>) -> Start {
    let mut start = Start { definition: situation.before.clone(), taken_back: Vec::new() };
    let physical = Physical { situation };
    let present: BTreeSet<&Id> = situation.before.tables.iter().map(|table| &table.id).collect();
    for wanted in situation.after.tables.iter().filter(|table| !present.contains(&table.id)) {
        if let Some((item, table)) = newest(situation.attic, |content| {
            content.as_table().filter(|table| table.id == wanted.id)
        }) {
            start.definition.tables.push(physical.table(item, table));
            start.taken_back.push(item.name);
        }
    }
    let places: BTreeMap<&Id, usize> =
        situation.after.tables.iter().enumerate().map(|(at, table)| (&table.id, at)).collect();
    for table in &mut start.definition.tables {
        let Some(wanted) = places.get(&table.id).map(|at| &situation.after.tables[*at]) else {
            continue;
        };
        for column in missing(table, wanted) {
            let found = newest(situation.attic, |content| {
                let (owner, dropped) = content.as_column()?;
                (*owner == wanted.id && dropped.id == column.id).then_some(dropped)
            });
            if let Some((item, dropped)) = found {
                table.columns.push(physical.column(item, dropped));
                start.taken_back.push(item.name);
            }
        }
    }
    start
}

/// Columns that are wanted, not there, and hold values of their own.
fn missing<'a>(table: &Table, wanted: &'a Table) -> Vec<&'a Column> {
    let present: BTreeSet<&Id> = table.columns.iter().map(|column| &column.id).collect();
    let wanted = wanted.columns.iter().filter(|column| column.generated.is_none());
    wanted.filter(|column| !present.contains(&column.id)).collect()
}

/// The item put aside last that holds something.
pub(super) fn newest<'a, T>(
    attic: &'a [AtticItem],
    held: impl Fn(&'a AtticContent) -> Option<T>,
) -> Option<(&'a AtticItem, T)> {
    let waiting = attic.iter().filter(|item| item.waits);
    let found = waiting.filter_map(|item| Some((item, held(&item.content)?)));
    found.max_by_key(|(item, _)| item.name)
}

/// Knows what things in the attic are called in PostgreSQL.
pub(super) struct Physical<'a> {
    pub(super) situation: &'a Situation<'a>,
}

impl Physical<'_> {
    /// A table as it lies in the attic.
    fn table(&self, item: &AtticItem, table: &Table) -> Table {
        let mut table = table.clone();
        table.name = item.name.name();
        let names: Vec<Name> = (0..indexes_of(&table).count())
            .map(|at| Name::new(item.name.index(at).as_str()).expect("an identifier is a name"))
            .collect();
        let keys = table.primary_key.iter_mut().chain(&mut table.uniques).map(|key| &mut key.name);
        let exclusions = table.exclusions.iter_mut().map(|exclusion| &mut exclusion.name);
        let indexes = table.indexes.iter_mut().map(|index| &mut index.name);
        for (held, name) in keys.chain(exclusions).chain(indexes).zip(names) {
            *held = name;
        }
        for column in &mut table.columns {
            self.rename_enum(item, column);
        }
        table
    }

    /// A column as it lies in the attic: nothing is asked of it there.
    fn column(&self, item: &AtticItem, column: &Column) -> Column {
        let mut column = column.clone();
        column.name = item.name.name();
        column.not_null = column.identity.is_some();
        column.default = None;
        self.rename_enum(item, &mut column);
        column
    }

    fn rename_enum(&self, item: &AtticItem, column: &mut Column) {
        if let ElementType::Enum(name) = &mut column.data_type.element
            && let Some(called) = self.enum_name(item, name)
        {
            *name = called;
        }
    }

    /// What an enum, as an item knows it, is called in PostgreSQL today. An enum whose values
    /// changed by making another type left the old type, and everything put aside before with it,
    /// in the attic.
    pub(super) fn enum_name(&self, item: &AtticItem, name: &Name) -> Option<Name> {
        if AtticName::parse(name.as_str()).is_some() {
            return Some(name.clone());
        }
        let id = &item.enums.iter().find(|known| known.name == *name)?.id;
        let put_aside = self.situation.attic.iter().filter(|other| {
            other.waits
                && other.content.as_enum().is_some_and(|old| old.id == *id)
                && other.name.version >= item.name.version
        });
        if let Some(old) = put_aside.min_by_key(|other| other.name) {
            return Some(old.name.name());
        }
        let present = self.situation.before.enums.iter().find(|live| live.id == *id)?;
        Some(present.name.clone())
    }
}
