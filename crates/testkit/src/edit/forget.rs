//! What goes, with what cannot be without it.

use std::collections::BTreeSet;

use definition::column_type::{Builtin, ColumnType};
use definition::model::{IndexTarget, Table};
use definition::{Expression, Name};

use super::Editor;

impl Editor<'_> {
    pub(super) fn drop_table(&mut self) {
        let Some(at) = self.a_table() else { return };
        self.forget_table(at);
    }

    pub(super) fn forget_table(&mut self, at: usize) {
        let table = self.definition.tables.remove(at).name;
        self.definition.relationships.retain(|it| it.from.table != table && it.to.table != table);
        self.definition
            .many_to_many
            .retain(|it| it.from != table && it.to != table && it.through != table);
    }

    pub(super) fn drop_column(&mut self) {
        let Some((at, column)) = self.a_column() else { return };
        self.forget_column(at, column);
    }

    /// Drops a column, and what reads it.
    pub(super) fn forget_column(&mut self, at: usize, column: usize) {
        let name = self.table(at).columns.remove(column).name;
        self.forget_mentions(at, &name);
        let reads = |column: &definition::model::Column| {
            column.generated.as_ref().is_some_and(|it| it.columns().contains(name.as_str()))
        };
        while let Some(next) = self.definition.tables[at].columns.iter().position(reads) {
            self.forget_column(at, next);
        }
    }

    /// Drops what reads a column, except computed columns.
    pub(super) fn forget_mentions(&mut self, at: usize, column: &Name) {
        let table = &mut self.definition.tables[at];
        let reads = |it: &Expression| it.columns().contains(column.as_str());
        let is_on = |target: &IndexTarget| match target {
            IndexTarget::Column(name) => name == column,
            IndexTarget::Expression(it) => reads(it),
        };
        let is_key = |key: &definition::model::Key| {
            key.columns.contains(column) || key.include.contains(column)
        };
        table.primary_key = table.primary_key.take().filter(|key| !is_key(key));
        table.uniques.retain(|key| !is_key(key));
        table.checks.retain(|check| !reads(&check.expression));
        table.exclusions.retain(|it| {
            !it.elements.iter().any(|element| is_on(&element.target))
                && !it.predicate.as_ref().is_some_and(reads)
        });
        table.indexes.retain(|it| {
            !it.keys.iter().any(|key| is_on(&key.target))
                && !it.include.contains(column)
                && !it.predicate.as_ref().is_some_and(reads)
        });
        table.track_updates = table.track_updates.take().filter(|it| it != column);
        let name = table.name.clone();
        self.definition.relationships.retain(|it| {
            let is_at = |end: &definition::model::RelationshipEnd| {
                end.table == name && end.columns.contains(column)
            };
            !is_at(&it.from) && !is_at(&it.to)
        });
        self.forget_torn();
    }

    /// Drops many-to-many relationships whose junction table has lost a side.
    fn forget_torn(&mut self) {
        let relationships = &self.definition.relationships;
        self.definition.many_to_many.retain(|many| {
            let to = |side: &Name| {
                relationships.iter().any(|it| it.from.table == many.through && it.to.table == *side)
            };
            to(&many.from) && to(&many.to)
        });
    }

    /// An enum goes; its columns hold texts from now on.
    pub(super) fn drop_enum(&mut self) {
        let count = self.definition.enums.len();
        if count == 0 {
            return;
        }
        let at = self.choices.below(count);
        let name = self.definition.enums.remove(at).name;
        for table in 0..self.definition.tables.len() {
            for column in 0..self.definition.tables[table].columns.len() {
                let column = &mut self.definition.tables[table].columns[column];
                if column.data_type.enum_name() != Some(&name) {
                    continue;
                }
                let array = column.data_type.array;
                column.data_type = ColumnType { array, ..ColumnType::plain(Builtin::Text) };
                column.default = None;
                let column = column.name.clone();
                self.forget_mentions(table, &column);
            }
            self.forget_casts(table, &name);
        }
    }

    /// Drops what names an enum in an expression.
    fn forget_casts(&mut self, at: usize, name: &Name) {
        let table = &mut self.definition.tables[at];
        let names = |it: &Expression| it.enums().contains(name.as_str());
        table.checks.retain(|check| !names(&check.expression));
        table.indexes.retain(|it| !it.predicate.as_ref().is_some_and(names));
        table.exclusions.retain(|it| !it.predicate.as_ref().is_some_and(names));
        for column in &mut table.columns {
            column.default = column.default.take().filter(|it| !names(it));
        }
    }

    /// A key, a check, an exclusion, an index or a relationship goes.
    pub(super) fn drop_part(&mut self) {
        let kind = self.choices.below(7);
        let Some(at) = self.a_table() else { return };
        match kind {
            0 => {
                let key = self.table(at).primary_key.take();
                self.forget_references(at, key.map(|key| key.columns));
            }
            1 => {
                let key = gone(self.choices, &mut self.definition.tables[at].uniques);
                self.forget_references(at, key.map(|key| key.columns));
            }
            2 => drop(gone(self.choices, &mut self.definition.tables[at].checks)),
            3 => drop(gone(self.choices, &mut self.definition.tables[at].exclusions)),
            4 => drop(gone(self.choices, &mut self.definition.tables[at].indexes)),
            5 => {
                drop(gone(self.choices, &mut self.definition.relationships));
                self.forget_torn();
            }
            _ => drop(gone(self.choices, &mut self.definition.many_to_many)),
        }
    }

    /// Drops the relationships that refer to a key that is gone.
    fn forget_references(&mut self, at: usize, key: Option<Vec<Name>>) {
        let Some(key) = key else { return };
        let key: BTreeSet<Name> = key.into_iter().collect();
        let table: &Table = &self.definition.tables[at];
        let name = table.name.clone();
        self.definition.relationships.retain(|it| {
            it.to.table != name || it.to.columns.iter().cloned().collect::<BTreeSet<_>>() != key
        });
        self.forget_torn();
    }
}

fn gone<T>(choices: &mut crate::Choices, list: &mut Vec<T>) -> Option<T> {
    (!list.is_empty()).then(|| list.remove(choices.below(list.len())))
}
