//! What comes.

use definition::model::{
    Check, Column, Deferrable, EnumValue, Exclusion, ExclusionElement, ExclusionOperator, Index,
    IndexKey, IndexMethod, IndexTarget, Key, ManyToMany, NullsOrder, ReferentialAction,
    Relationship, RelationshipEnd, SortOrder, Table,
};
use definition::{IdSource, Name};

use super::Editor;

impl Editor<'_> {
    pub(super) fn add_table(&mut self) {
        let name = self.a_name();
        let table = self.empty_table(name);
        let at = self.choices.below(self.definition.tables.len() + 1);
        self.definition.tables.insert(at, table);
        for _ in 0..=self.choices.below(4) {
            self.add_column_to(at);
        }
        if self.choices.percent(70) {
            self.change_key(at);
        }
        if self.choices.percent(40) {
            let kind = self.choices.below(4);
            self.add_part_to(at, kind);
        }
    }

    pub(super) fn empty_table(&mut self, name: Name) -> Table {
        Table {
            id: self.ids.next_id(),
            name,
            description: None,
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            checks: Vec::new(),
            exclusions: Vec::new(),
            indexes: Vec::new(),
            track_updates: None,
        }
    }

    pub(super) fn add_column(&mut self) {
        if let Some(at) = self.a_table() {
            self.add_column_to(at);
        }
    }

    fn add_column_to(&mut self, at: usize) {
        let data_type = self.a_type();
        let mut column = Column {
            id: self.ids.next_id(),
            name: self.a_name(),
            data_type,
            not_null: self.choices.percent(30),
            default: None,
            generated: None,
            identity: None,
            collation: None,
            description: self.choices.maybe(20, |_| "What it is".to_owned()),
        };
        if self.choices.percent(50) {
            column.default = self.a_default(&column.data_type.clone());
        } else if self.choices.percent(30)
            && let Some((expression, data_type)) = self.a_computation(at)
        {
            (column.generated, column.data_type) = (Some(expression), data_type);
        }
        let count = self.definition.tables[at].columns.len();
        let place = if self.choices.percent(30) { self.choices.below(count + 1) } else { count };
        self.table(at).columns.insert(place, column);
    }

    /// An enum comes, or gains, loses or exchanges values.
    pub(super) fn change_enum(&mut self) {
        let act = self.choices.below(5);
        let count = self.definition.enums.len();
        if act == 0 || count == 0 {
            let values = (0..=self.choices.below(3)).map(|_| self.a_value()).collect();
            let (id, name) = (self.ids.next_id(), self.a_name());
            let item = definition::model::Enum { id, name, values, description: None };
            let at = self.choices.below(count + 1);
            self.definition.enums.insert(at, item);
            return;
        }
        let at = self.choices.below(count);
        let value = self.a_value();
        let item = &mut self.definition.enums[at];
        let place = self.choices.below(item.values.len() + 1);
        match act {
            1 => item.values.insert(place, value),
            2 if place < item.values.len() => drop(item.values.remove(place)),
            3 => item.values.rotate_left(place),
            _ => item.description = self.choices.maybe(70, |_| "What it lists".to_owned()),
        }
    }

    fn a_value(&mut self) -> EnumValue {
        EnumValue { id: self.ids.next_id(), name: self.a_name() }
    }

    pub(super) fn add_parts(&mut self) {
        let Some(at) = self.a_table() else { return };
        let kind = self.choices.below(4);
        for _ in 0..=self.choices.below(3) {
            self.add_part_to(at, kind);
        }
    }

    /// A key, a check, an index or an exclusion.
    fn add_part_to(&mut self, at: usize, kind: usize) {
        let count = self.definition.tables[at].columns.len();
        if count == 0 {
            return;
        }
        let column = self.choices.below(count);
        let name = self.a_name();
        match kind {
            0 => {
                let key = self.a_key(at, name);
                self.table(at).uniques.push(key);
            }
            1 => {
                if let Some(expression) = self.a_check(at, column) {
                    self.table(at).checks.push(Check { name, expression });
                }
            }
            2 => {
                let index = self.an_index(at, column, name);
                self.table(at).indexes.push(index);
            }
            _ => {
                let target =
                    IndexTarget::Column(self.definition.tables[at].columns[column].name.clone());
                let operator = ExclusionOperator::Equal;
                let elements = vec![ExclusionElement { target, operator_class: None, operator }];
                let predicate = self.a_predicate(at, column);
                let (method, deferrable) = (IndexMethod::BTree, Deferrable::No);
                let exclusion = Exclusion { name, method, elements, predicate, deferrable };
                self.table(at).exclusions.push(exclusion);
            }
        }
    }

    /// Another primary key, or a first one, or none.
    pub(super) fn change_key(&mut self, at: usize) {
        let name = match self.choices.percent(30) {
            true => self.a_name(),
            false => {
                let name = format!("{}_pkey", self.definition.tables[at].name);
                Name::new(&name).unwrap_or_else(|| self.a_name())
            }
        };
        let key = self.a_key(at, name);
        let table = self.table(at);
        for column in table.columns.iter_mut().filter(|it| key.columns.contains(&it.name)) {
            column.not_null = true;
        }
        table.primary_key = (!key.columns.is_empty()).then_some(key);
    }

    fn a_key(&mut self, at: usize, name: Name) -> Key {
        let columns = self.definition.tables[at].columns.iter().map(|column| column.name.clone());
        let columns: Vec<Name> = columns.collect();
        let mut columns: Vec<Name> = self.choices.some(&columns, 2).into_iter().cloned().collect();
        if columns.is_empty() {
            columns.extend(self.definition.tables[at].columns.first().map(|it| it.name.clone()));
        }
        let deferrable = self.choices.maybe(20, |_| Deferrable::InitiallyDeferred);
        let deferrable = deferrable.unwrap_or_default();
        Key { name, columns, nulls_not_distinct: false, include: Vec::new(), deferrable }
    }

    fn an_index(&mut self, at: usize, column: usize, name: Name) -> Index {
        let columns = &self.definition.tables[at].columns;
        let key = IndexKey {
            target: IndexTarget::Column(columns[column].name.clone()),
            collation: None,
            operator_class: None,
            order: if self.choices.percent(30) { SortOrder::Desc } else { SortOrder::Asc },
            nulls: self.choices.maybe(20, |_| NullsOrder::First),
        };
        let other = &columns[self.choices.below(columns.len())].name;
        let include = self.choices.maybe(30, |_| other.clone());
        let predicate = self.choices.percent(30).then(|| self.a_predicate(at, column)).flatten();
        Index {
            name,
            method: IndexMethod::BTree,
            keys: vec![key],
            unique: self.choices.percent(20),
            nulls_not_distinct: false,
            predicate,
            include: include.into_iter().collect(),
            automatic: false,
        }
    }

    /// A relationship, with columns for it; or one that is many to many.
    pub(super) fn add_relationship(&mut self) {
        let (Some(from), Some(to)) = (self.a_table(), self.a_table()) else { return };
        let name = self.a_name();
        if self.choices.percent(30) {
            let through = self.a_name();
            let tables = &self.definition.tables;
            let (from, to) = (tables[from].name.clone(), tables[to].name.clone());
            self.definition.many_to_many.push(ManyToMany { name, from, to, through });
            return;
        }
        let Some(key) = self.definition.tables[to].primary_key.clone() else { return };
        let types = self.definition.tables[to].key_columns().map(|column| column.data_type.clone());
        let types: Vec<_> = types.collect();
        let mut columns = Vec::new();
        for data_type in types {
            let (id, name) = (self.ids.next_id(), self.a_name());
            columns.push(name.clone());
            self.table(from).columns.push(Column {
                id,
                name,
                data_type,
                not_null: false,
                default: None,
                generated: None,
                identity: None,
                collation: None,
                description: None,
            });
        }
        let table = |at: usize| self.definition.tables[at].name.clone();
        let relationship = Relationship {
            name,
            from: RelationshipEnd { table: table(from), columns },
            to: RelationshipEnd { table: table(to), columns: key.columns },
            on_delete: ReferentialAction::NoAction,
            on_update: ReferentialAction::NoAction,
            deferrable: Deferrable::No,
        };
        let at = self.choices.below(self.definition.relationships.len() + 1);
        self.definition.relationships.insert(at, relationship);
    }
}
