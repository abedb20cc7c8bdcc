//! What stays and becomes different.

use definition::model::{Deferrable, Identity, IndexMethod, ReferentialAction, SortOrder};

use super::Editor;

impl Editor<'_> {
    /// One side of a column.
    pub(super) fn alter_column(&mut self) {
        let Some((at, column)) = self.a_column() else { return };
        let data_type = self.table(at).columns[column].data_type.clone();
        let side = self.choices.below(8);
        let default = self.choices.percent(70).then(|| self.a_default(&data_type)).flatten();
        let computed = self.a_computation(at);
        let identity = self.choices.maybe(70, |_| Identity::ByDefault);
        let collation = self.choices.maybe(70, |_| definition::Name::new("C")).flatten();
        let words = self.choices.below(5);
        let it = &mut self.table(at).columns[column];
        match side {
            0 | 1 => it.not_null = !it.not_null,
            2 | 3 => it.default = default,
            4 => {
                it.description = (words > 0).then(|| ["What it is, ", &words.to_string()].concat());
            }
            5 => match (it.generated.take(), computed) {
                (None, Some((expression, data_type))) => {
                    it.generated = Some(expression);
                    (it.data_type, it.default, it.identity) = (data_type, None, None);
                }
                _ => it.default = default,
            },
            6 | 7 if data_type.is_text() => it.collation = collation,
            _ => {
                it.identity = identity;
                if identity.is_some() {
                    (it.default, it.not_null) = (None, true);
                }
            }
        }
    }

    /// Another type; what depended on the old one goes, when it is not for the check to decide.
    pub(super) fn change_type(&mut self) {
        let Some((at, column)) = self.a_column() else { return };
        let data_type = self.a_type();
        let keeps = self.choices.percent(40);
        let default = self.choices.percent(30).then(|| self.a_default(&data_type)).flatten();
        let it = &mut self.table(at).columns[column];
        it.data_type = data_type;
        it.collation = None;
        if keeps {
            return;
        }
        (it.default, it.identity) = (default, None);
        let name = it.name.clone();
        self.forget_mentions(at, &name);
    }

    /// What is said of a table, its key, its trigger, one of its indexes or keys.
    pub(super) fn alter_table(&mut self) {
        let Some(at) = self.a_table() else { return };
        let words = self.choices.below(4);
        match self.choices.below(5) {
            0 => {
                let said = (words > 0).then(|| ["What a row is, ", &words.to_string()].concat());
                self.table(at).description = said;
            }
            1 => {
                let count = self.definition.tables[at].columns.len();
                let column = self.choices.below(count);
                let names = self.definition.tables[at].columns.get(column);
                let name = names.filter(|_| words > 0).map(|it| it.name.clone());
                self.table(at).track_updates = name;
            }
            2 => self.change_key(at),
            3 => {
                let count = self.definition.tables[at].indexes.len();
                let which = self.choices.below(count);
                let Some(index) = self.table(at).indexes.get_mut(which) else { return };
                match words {
                    0 => index.unique = !index.unique,
                    1 => index.method = IndexMethod::Brin,
                    2 => index.predicate = None,
                    _ => index.keys.iter_mut().for_each(|key| key.order = SortOrder::Desc),
                }
            }
            _ => {
                let count = self.definition.tables[at].uniques.len();
                let which = self.choices.below(count);
                let Some(key) = self.table(at).uniques.get_mut(which) else { return };
                match words {
                    0 => key.nulls_not_distinct = !key.nulls_not_distinct,
                    1 => key.columns.reverse(),
                    _ => key.deferrable = Deferrable::InitiallyImmediate,
                }
            }
        }
    }

    /// What a foreign key does.
    pub(super) fn alter_relationship(&mut self) {
        let count = self.definition.relationships.len();
        let which = self.choices.below(count);
        let (_, action) = ReferentialAction::ALL[self.choices.below(5)];
        let (_, deferrable) = Deferrable::ALL[self.choices.below(3)];
        let Some(it) = self.definition.relationships.get_mut(which) else { return };
        match self.choices.below(3) {
            0 => it.on_delete = action,
            1 => it.on_update = action,
            _ => it.deferrable = deferrable,
        }
    }
}
