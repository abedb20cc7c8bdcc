//! A table while it is changed.

use definition::Name;
use definition::model::{Check, Column, Exclusion, Index, Key, Table};

use super::slots::Slots;
use crate::change::Facet;

/// What is on a table.
pub(super) struct OpenTable {
    pub(super) columns: Slots<Column, Name>,
    pub(super) uniques: Slots<Key, Name>,
    pub(super) checks: Slots<Check, Name>,
    pub(super) exclusions: Slots<Exclusion, Name>,
    pub(super) indexes: Slots<Index, Name>,
}

impl OpenTable {
    /// Takes what is on a table out of it.
    pub(super) fn of(table: &mut Table) -> Self {
        Self {
            columns: Slots::of(std::mem::take(&mut table.columns), |it| it.name.clone()),
            uniques: Slots::of(std::mem::take(&mut table.uniques), |it| it.name.clone()),
            checks: Slots::of(std::mem::take(&mut table.checks), |it| it.name.clone()),
            exclusions: Slots::of(std::mem::take(&mut table.exclusions), |it| it.name.clone()),
            indexes: Slots::of(std::mem::take(&mut table.indexes), |it| it.name.clone()),
        }
    }

    /// Puts it back.
    pub(super) fn close(self, table: &mut Table) {
        table.columns = self.columns.into_vec();
        table.uniques = self.uniques.into_vec();
        table.checks = self.checks.into_vec();
        table.exclusions = self.exclusions.into_vec();
        table.indexes = self.indexes.into_vec();
    }

    /// Changes one side of a column.
    pub(super) fn alter(&mut self, column: &Name, facet: &Facet) {
        let Some(column) = self.columns.get_mut(column) else { return };
        match facet {
            Facet::Type { to, .. } => column.data_type = to.clone(),
            Facet::Collation { to, .. } => column.collation.clone_from(to),
            Facet::NotNull(to) => column.not_null = *to,
            Facet::Default { to, .. } => column.default.clone_from(to),
            Facet::Generated { to, .. } => column.generated.clone_from(to),
            Facet::Identity { to, .. } => column.identity = *to,
            Facet::Description { to, .. } => column.description.clone_from(to),
        }
    }
}
