//! Changes done to a definition: what the tests believe, and what tells the order of things.

mod slots;
mod table;

use std::collections::{HashMap, HashSet};

use definition::model::{Enum, ManyToMany, Relationship, Table};
use definition::{Definition, Name};

use crate::change::{Change, Order};
use crate::renames::Renames;
use slots::Slots;
use table::OpenTable;

/// What `before` becomes by these changes. Applied to what [`diff`](crate::diff()) found, it gives
/// the definition that was compared with.
pub fn apply(before: &Definition, changes: &[Change]) -> Definition {
    let renamed = Renames::of_changes(before, changes).definition(before);
    Draft::of(renamed).with(changes).done()
}

/// A definition that is being changed. Its renames are done already.
pub(crate) struct Draft {
    enums: Slots<Enum, Name>,
    tables: Slots<Table, Name>,
    /// What is on the tables that are changed.
    open: HashMap<Name, OpenTable>,
    relationships: Slots<Relationship, (Name, Name)>,
    many_to_many: Slots<ManyToMany, Name>,
    /// Tables that went, and whose relationships are still there.
    gone: HashSet<Name>,
}

impl Draft {
    pub(crate) fn of(definition: Definition) -> Self {
        let Definition { enums, tables, relationships, many_to_many } = definition;
        let key = |it: &Relationship| (it.from.table.clone(), it.name.clone());
        Self {
            enums: Slots::of(enums, |it| it.name.clone()),
            tables: Slots::of(tables, |it| it.name.clone()),
            open: HashMap::new(),
            relationships: Slots::of(relationships, key),
            many_to_many: Slots::of(many_to_many, |it| it.name.clone()),
            gone: HashSet::new(),
        }
    }

    pub(crate) fn with(mut self, changes: &[Change]) -> Self {
        for change in changes {
            self.change(change);
        }
        self
    }

    pub(crate) fn done(mut self) -> Definition {
        self.swept();
        for (name, open) in self.open {
            if let Some(table) = self.tables.get_mut(&name) {
                open.close(table);
            }
        }
        Definition {
            enums: self.enums.into_vec(),
            tables: self.tables.into_vec(),
            relationships: self.relationships.into_vec(),
            many_to_many: self.many_to_many.into_vec(),
        }
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::RenameEnum { .. }
            | Change::RenameEnumValue { .. }
            | Change::RenameTable { .. }
            | Change::RenameColumn { .. }
            | Change::RenameIndex { .. } => {}
            Change::AddEnum(item) => self.enums.put(item.clone()),
            Change::DropEnum(item) => self.enums.remove(&item.name),
            Change::ChangeEnumValues { item, to, .. } => {
                self.enum_of(item, |it| it.values.clone_from(to));
            }
            Change::DescribeEnum { item, to, .. } => {
                self.enum_of(item, |it| it.description.clone_from(to));
            }
            Change::AddTable(table) => self.swept().tables.put((**table).clone()),
            Change::DropTable(table) => {
                self.open.remove(&table.name);
                self.tables.remove(&table.name);
                self.gone.insert(table.name.clone());
            }
            Change::DescribeTable { table, to, .. } => {
                self.table(table, |it| it.description.clone_from(to));
            }
            Change::TrackUpdates { table, to, .. } => {
                self.table(table, |it| it.track_updates.clone_from(to));
            }
            Change::ChangePrimaryKey { table, to, .. } => {
                self.table(table, |it| it.primary_key.clone_from(to));
            }
            Change::AddRelationship(it) => self.swept().relationships.put(it.clone()),
            Change::DropRelationship(it) => {
                self.relationships.remove(&(it.from.table.clone(), it.name.clone()));
            }
            Change::AddManyToMany(it) => self.swept().many_to_many.put(it.clone()),
            Change::DropManyToMany(it) => self.many_to_many.remove(&it.name),
            Change::Reorder(order) => self.swept().reorder(order),
            Change::AddColumn { table, column } => {
                self.on(table, |it| it.columns.put((**column).clone()));
            }
            Change::DropColumn { table, column } => {
                self.on(table, |it| it.columns.remove(&column.name));
            }
            Change::AlterColumn { table, column, facet } => {
                self.on(table, |it| it.alter(column, facet));
            }
            Change::AddUnique { table, key } => self.on(table, |it| it.uniques.put(key.clone())),
            Change::DropUnique { table, key } => self.on(table, |it| it.uniques.remove(&key.name)),
            Change::AddCheck { table, check } => self.on(table, |it| it.checks.put(check.clone())),
            Change::DropCheck { table, check } => {
                self.on(table, |it| it.checks.remove(&check.name));
            }
            Change::AddExclusion { table, exclusion } => {
                self.on(table, |it| it.exclusions.put(exclusion.clone()));
            }
            Change::DropExclusion { table, exclusion } => {
                self.on(table, |it| it.exclusions.remove(&exclusion.name));
            }
            Change::AddIndex { table, index } => self.on(table, |it| it.indexes.put(index.clone())),
            Change::DropIndex { table, index } => {
                self.on(table, |it| it.indexes.remove(&index.name));
            }
        }
    }

    fn enum_of(&mut self, name: &Name, change: impl FnOnce(&mut Enum)) {
        self.enums.get_mut(name).map(change);
    }

    fn table(&mut self, name: &Name, change: impl FnOnce(&mut Table)) {
        self.tables.get_mut(name).map(change);
    }

    /// Changes what is on a table.
    fn on(&mut self, name: &Name, change: impl FnOnce(&mut OpenTable)) {
        let Some(table) = self.tables.get_mut(name) else { return };
        change(self.open.entry(name.clone()).or_insert_with(|| OpenTable::of(table)));
    }

    /// Lets relationships go with their tables.
    fn swept(&mut self) -> &mut Self {
        let gone = std::mem::take(&mut self.gone);
        if !gone.is_empty() {
            let stays = |table: &Name| !gone.contains(table);
            self.relationships.retain(|it| stays(&it.from.table) && stays(&it.to.table));
            self.many_to_many.retain(|it| [&it.from, &it.to, &it.through].into_iter().all(stays));
        }
        self
    }

    fn reorder(&mut self, order: &Order) {
        match order {
            Order::Enums(ids) => self.enums.reorder(ids, |it| it.id.clone()),
            Order::Tables(ids) => self.tables.reorder(ids, |it| it.id.clone()),
            Order::Relationships(keys) => {
                self.relationships.reorder(keys, |it| (it.from.table.clone(), it.name.clone()));
            }
            Order::ManyToMany(names) => self.many_to_many.reorder(names, |it| it.name.clone()),
            Order::Columns(table, ids) => {
                self.on(table, |on| on.columns.reorder(ids, |it| it.id.clone()));
            }
            Order::Uniques(table, names) => {
                self.on(table, |on| on.uniques.reorder(names, |it| it.name.clone()));
            }
            Order::Checks(table, names) => {
                self.on(table, |on| on.checks.reorder(names, |it| it.name.clone()));
            }
            Order::Exclusions(table, names) => {
                self.on(table, |on| on.exclusions.reorder(names, |it| it.name.clone()));
            }
            Order::Indexes(table, names) => {
                self.on(table, |on| on.indexes.reorder(names, |it| it.name.clone()));
            }
        }
    }
}
