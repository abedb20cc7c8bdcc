//! Rows that do not fit, and rows that come back.

use definition::model::{Column, Table};
use definition::{Expression, Name};
use sql::Sql;

use super::build::{Slot, helper};
use super::columns::Place;
use super::fate::Fate;
use super::{Pair, Planner};
use crate::attic::{AtticContent, AtticItem, AtticName};
use crate::plan::{Estimate, LockMode};
use crate::remedy::Remedy;

impl Planner<'_> {
    /// Rows that meet a condition, in the names of the wanted table, leave it and are kept.
    pub(super) fn set_rows_aside(&mut self, pair: Pair, subject: &str, condition: &Sql) {
        let table = self.situation.after.tables[pair.to].clone();
        let types = table.columns.iter().map(|column| &column.data_type);
        let enums = self.wanted_enums(types);
        let content =
            AtticContent::Rows { table: Box::new(table.clone()), subject: subject.to_owned() };
        let name = self.put_aside(content, enums);
        let mut keep = Sql::of("CREATE TABLE ");
        keep.qualified(self.namespace(), &name.ident()).syntax(" AS SELECT * FROM ");
        keep.qualified(self.namespace(), table.name.ident()).syntax(" WHERE ").append(condition);
        let mut delete = Sql::of("DELETE FROM ");
        delete.qualified(self.namespace(), table.name.ident()).syntax(" WHERE ").append(condition);
        let cost = Estimate::scan(self.size(pair.at));
        for sql in [keep, delete] {
            let step = helper(sql, format!("rows of `{}` that do not fit", table.name));
            self.add(Slot::SetAside, step.scans(cost).locks(&table.name, LockMode::RowExclusive));
        }
    }

    fn wanted_enums<'t>(
        &self,
        types: impl Iterator<Item = &'t definition::ColumnType>,
    ) -> Vec<definition::model::Enum> {
        let names: std::collections::BTreeSet<&Name> =
            types.filter_map(definition::ColumnType::enum_name).collect();
        names
            .into_iter()
            .filter_map(|name| self.after().enumeration(name.as_str()).cloned())
            .collect()
    }

    /// A column that must not be empty from now on.
    pub(super) fn plan_rows_without_a_value(&mut self, place: &Place<'_>) {
        let Place { pair, at, now, wanted } = place;
        let subject = self.subject(*pair, *at);
        let returns =
            AtticName::parse(self.start.tables[pair.at].columns[*at].name.as_str()).is_some();
        let table = self.situation.after.tables[pair.to].name.clone();
        let remedy = self.situation.remedies.of(&subject).cloned();
        if let Some(Remedy::Fill(text)) = &remedy {
            if let Some(fill) = self.fill_expression(text, wanted) {
                self.fill_empty(*pair, &table, (wanted, &fill));
            }
        } else if remedy == Some(Remedy::SetAside) {
            let mut condition = Sql::new();
            condition.ident(wanted.name.ident()).syntax(" IS NULL");
            self.set_rows_aside(*pair, &subject, &condition);
        } else if let (true, Some(default)) = (returns, &wanted.default) {
            // Rows that were written while the column was away get its default.
            self.fill_empty(*pair, &table, (wanted, default));
            return;
        }
        self.ask_for_values(*pair, wanted, &subject, (remedy.is_some(), now.not_null));
    }

    /// The expression of a remedy; that it fits was found out when the columns were decided, or the
    /// probe tells that rows are still without a value.
    pub(super) fn fill_expression(&self, text: &str, wanted: &Column) -> Option<Expression> {
        use definition::expression::{Context, Place as Where};
        let enums =
            self.after().enums.iter().map(|item| (item.name.as_str(), Some(item))).collect();
        let context = Context {
            place: Where::Default,
            columns: std::collections::BTreeMap::new(),
            enums,
            wanted: Some(&wanted.data_type),
            method: None,
        };
        Expression::parse(text, &context).ok()
    }

    /// A rollback brings back the rows that later versions had set aside.
    pub(super) fn plan_rows_back(&mut self, pair: Pair) {
        let Some(version) = self.situation.rollback_to else { return };
        let id = &self.situation.after.tables[pair.to].id;
        let attic = self.situation.attic;
        let rows = attic.iter().filter(|item| item.waits && item.name.version > version);
        let items: Vec<(&AtticItem, &Table)> = rows
            .filter_map(|item| {
                Some((item, item.content.as_rows().filter(|table| table.id == *id)?))
            })
            .collect();
        for (item, held) in items {
            self.taken_back.push(item.name);
            self.plan_item_back(pair, item.name, held);
        }
    }

    fn plan_item_back(&mut self, pair: Pair, item: AtticName, held: &Table) {
        let table = &self.situation.after.tables[pair.to];
        let pairs: Vec<(&Column, Name, bool)> = table
            .columns
            .iter()
            .filter(|column| column.generated.is_none())
            .filter_map(|column| {
                let (name, alike) = self.held_as(pair, column, item, held)?;
                Some((column, name, alike))
            })
            .collect();
        let mut insert = Sql::of("INSERT INTO ");
        insert.qualified(self.namespace(), table.name.ident()).syntax(" (");
        insert.idents(pairs.iter().map(|(column, ..)| column.name.ident()));
        insert.syntax(") OVERRIDING SYSTEM VALUE SELECT ");
        insert.list(&pairs, ", ", |sql, (column, name, alike)| {
            sql.ident(name.ident());
            if !alike {
                sql.syntax(if column.data_type.array { "::text[]::" } else { "::text::" });
                column.data_type.write(sql, self.namespace());
            }
        });
        insert.syntax(" FROM ").qualified(self.namespace(), &item.ident());
        let mut drop = Sql::of("DROP TABLE ");
        drop.qualified(self.namespace(), &item.ident());
        let title = format!("rows of `{}` that were set aside", table.name);
        let name = table.name.clone();
        for sql in [insert, drop] {
            let step = helper(sql, title.clone()).locks(&name, LockMode::RowExclusive);
            self.add(Slot::SetAside, step);
        }
    }

    /// Under which name rows that were set aside hold a column's value, and whether its type is
    /// the wanted one: what comes back from the attic they hold under its name there.
    fn held_as(
        &self,
        pair: Pair,
        wanted: &Column,
        item: AtticName,
        held: &Table,
    ) -> Option<(Name, bool)> {
        let at = self.now.tables[pair.at].columns.iter().position(|now| now.id == wanted.id);
        let from_attic = at.and_then(|at| match self.fate(pair.at, at) {
            Fate::Unwind(levels) => levels.last().map(|level| level.item),
            Fate::Uncompute(item) => Some(*item),
            Fate::Keep
            | Fate::PutAside
            | Fate::Drop
            | Fate::Recompute
            | Fate::Retype(_)
            | Fate::Convert(_)
            | Fate::StopComputing
            | Fate::Compute => {
                AtticName::parse(self.start.tables[pair.at].columns[at].name.as_str())
            }
        });
        if let Some(attic) = from_attic.filter(|attic| *attic <= item) {
            return Some((attic.name(), false));
        }
        let column = held.columns.iter().find(|column| column.id == wanted.id)?;
        let plain = column.data_type == wanted.data_type && wanted.data_type.enum_name().is_none();
        Some((column.name.clone(), plain))
    }
}
