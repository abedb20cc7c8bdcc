//! Renames as changes, and changes as renames.

use std::collections::BTreeMap;

use definition::{Definition, Name};

use super::labels::Typed;
use super::{Names, Renames};
use crate::attic::indexes_of;
use crate::change::Change;

impl Renames {
    /// One change for each thing of `before` that is called otherwise.
    pub(crate) fn changes(&self, before: &Definition) -> Vec<Change> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut changes = self.of_enums(before);
        for table in &before.tables {
            if let Some(to) = self.tables.get(&table.name) {
                let (id, from) = (table.id.clone(), table.name.clone());
                changes.push(Change::RenameTable { id, from, to: to.clone() });
            }
        }
        for table in &before.tables {
            let Some(names) = self.columns.get(&table.name) else { continue };
            let now = self.table_name(&table.name);
            changes.extend(table.columns.iter().filter_map(|column| {
                let (id, from) = (column.id.clone(), column.name.clone());
                let to = names.get(&from)?.clone();
                Some(Change::RenameColumn { table: now.clone(), id, from, to })
            }));
        }
        for table in &before.tables {
            let Some(names) = self.indexes.get(&table.name) else { continue };
            let now = self.table_name(&table.name);
            changes.extend(indexes_of(table).filter_map(|from| {
                let (table, from, to) = (now.clone(), from.clone(), names.get(from)?.clone());
                Some(Change::RenameIndex { table, from, to })
            }));
        }
        changes
    }

    fn of_enums(&self, before: &Definition) -> Vec<Change> {
        let mut changes = Vec::new();
        for item in &before.enums {
            if let Some(to) = self.enums.get(&item.name) {
                let (id, from) = (item.id.clone(), item.name.clone());
                changes.push(Change::RenameEnum { id, from, to: to.clone() });
            }
        }
        for item in &before.enums {
            let Some(names) = self.values.get(&item.name) else { continue };
            let now = self.enum_name(&item.name);
            changes.extend(item.values.iter().filter_map(|value| {
                let (id, from) = (value.id.clone(), value.name.clone());
                let to = names.get(&from)?.clone();
                Some(Change::RenameEnumValue { item: now.clone(), id, from, to })
            }));
        }
        changes
    }

    /// What is called otherwise by these changes of `before`.
    pub(crate) fn of_changes(before: &Definition, changes: &[Change]) -> Self {
        let mut renames = Self::default();
        for change in changes {
            if let Change::RenameTable { from, to, .. } = change {
                renames.tables.insert(from.clone(), to.clone());
            } else if let Change::RenameEnum { from, to, .. } = change {
                renames.enums.insert(from.clone(), to.clone());
            }
        }
        let (tables, enums) = (super::turned(&renames.tables), super::turned(&renames.enums));
        for change in changes {
            if let Change::RenameColumn { table, from, to, .. } = change {
                add(&mut renames.columns, (table, &tables), (from, to));
            } else if let Change::RenameIndex { table, from, to } = change {
                add(&mut renames.indexes, (table, &tables), (from, to));
            } else if let Change::RenameEnumValue { item, from, to, .. } = change {
                add(&mut renames.values, (item, &enums), (from, to));
            }
        }
        if !renames.values.is_empty() {
            renames.typed = Typed::of(before);
        }
        renames
    }
}

/// Adds the new name of something whose owner is told by its new name.
fn add(to: &mut BTreeMap<Name, Names>, (owner, before): (&Name, &Names), names: (&Name, &Name)) {
    let owner = before.get(owner).unwrap_or(owner);
    to.entry(owner.clone()).or_default().insert(names.0.clone(), names.1.clone());
}
