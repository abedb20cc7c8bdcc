//! Other things under the names of those before.

use definition::IdSource;

use super::{Editor, mentions};

impl Editor<'_> {
    /// Another table of the same name and shape: what referred to the one before refers to it.
    pub(super) fn replace_table(&mut self) {
        let Some(at) = self.a_table() else { return };
        let ids = &mut *self.ids;
        let table = &mut self.definition.tables[at];
        table.id = ids.next_id();
        table.columns.iter_mut().for_each(|column| column.id = ids.next_id());
    }

    /// Another column of the same name and kind.
    pub(super) fn replace_column(&mut self) {
        let Some((at, column)) = self.a_column() else { return };
        self.table(at).columns[column].id = self.ids.next_id();
        if self.choices.percent(20)
            && let Some(item) = self.definition.enums.first_mut()
        {
            item.id = self.ids.next_id();
            item.values.iter_mut().for_each(|value| value.id = self.ids.next_id());
        }
    }

    /// A table or a column goes, and another one is called like it from now on.
    pub(super) fn take_over_name(&mut self) {
        let Some((at, column)) = self.a_column() else { return };
        if self.choices.percent(30) {
            let name = self.table(at).name.clone();
            self.forget_table(at);
            let Some(heir) = self.a_table() else { return };
            let old = self.table(heir).name.clone();
            mentions::rename_tables(&mut self.definition, &|it| (*it == old).then(|| name.clone()));
            return;
        }
        let name = self.table(at).columns[column].name.clone();
        self.forget_column(at, column);
        let count = self.definition.tables[at].columns.len();
        let heir = self.choices.below(count);
        let Some(old) = self.table(at).columns.get(heir).map(|it| it.name.clone()) else { return };
        mentions::rename_columns(&mut self.definition, at, &|it| {
            (*it == old).then(|| name.clone())
        });
    }
}
