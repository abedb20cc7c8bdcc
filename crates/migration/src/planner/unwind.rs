//! Columns that get back what they held before a conversion.

use definition::model::{Column, EnumValue};
use definition::{ColumnType, Name};
use sql::{Ident, Sql};

use super::build::{Slot, draft, helper};
use super::columns::Place;
use super::fate::{Convert, Unwind};
use super::fill::{Function, Source};
use super::{Pair, Planner};
use crate::attic::{AtticContent, AtticItem, AtticName, Conversion};
use crate::plan::{Estimate, LockMode};
use crate::render::columns as render;

impl Planner<'_> {
    /// What a column was made of takes its place again.
    pub(super) fn plan_unwind(&mut self, place: &Place<'_>, levels: &[Unwind]) {
        let Place { pair, at, now, wanted } = place;
        let (Some(first), Some(last)) = (levels.first(), levels.last()) else { return };
        let successor = self.known(first.item).cloned();
        let name = self.put_values_aside(place, recorded(&first.back), successor.as_ref());
        self.plan_to_attic(*pair, *at, name);
        let table = self.situation.after.tables[pair.to].name.clone();
        let mut source = (name.name(), now.name.clone());
        for level in levels {
            self.taken_back.push(level.item);
            self.plan_level(*pair, level, (&source.0, &source.1));
            source = (level.item.name(), level.item.name());
        }
        for pass in levels.windows(2) {
            self.plan_passing(*pair, &pass[0], &pass[1]);
        }
        let namespace = self.namespace();
        let rename =
            |from: &Ident, to: &Ident| crate::render::names::column(namespace, &table, from, to);
        let (from, to) = (last.item.ident(), wanted.name.ident());
        let title = format!("the column `{}` of `{table}`", wanted.name);
        let renamed = draft(rename(&from, to), rename(to, &from), title)
            .at(self.column_path(*pair, wanted))
            .locks(&table, LockMode::AccessExclusive);
        self.add(Slot::Columns, renamed);
        self.retype_taken_back(place, &last.column);
        if let (Some(_), Some(_)) = (now.identity, wanted.identity) {
            let old = name.ident();
            self.move_numbering(place, &old);
        }
        self.finish_column(place);
    }

    /// One level of unwinding: rows whose value was changed since get it back by conversion, all
    /// others keep what they had.
    fn plan_level(&mut self, pair: Pair, level: &Unwind, (source, read_as): (&Name, &Name)) {
        let table = self.situation.after.tables[pair.to].name.clone();
        let title = format!("what `{read_as}` of `{table}` held before");
        let attic = level.item.name();
        let there = Source { reads: &level.reads, column: &attic };
        let forward = level.forwards();
        let (held, held_by) = self.text_of(&forward, &there, level.item);
        let (value, function) = self.value(
            &level.back,
            &Source { reads: read_as, column: source },
            &self.physical_type(&level.column.data_type),
        );
        let mut update = Sql::of("UPDATE ");
        update.qualified(self.namespace(), table.ident()).syntax(" SET ");
        update.ident(attic.ident()).syntax(" = ").append(&value).syntax(" WHERE ");
        let now = self.labels_then(source, level.item);
        update.append(&now).syntax(" IS DISTINCT FROM ").append(&held);
        let functions = function.into_iter().chain(held_by).collect::<Vec<_>>();
        for function in &functions {
            self.add(Slot::Columns, helper(function.create.clone(), title.clone()));
        }
        let cost = Estimate::write(self.size(pair.at));
        let step = helper(update, title.clone()).rewrites(cost);
        self.add(Slot::Columns, step.locks(&table, LockMode::RowExclusive));
        for function in functions {
            self.add(Slot::Columns, helper(function.drop, title.clone()));
        }
    }

    /// What lies between holds what it would hold now, and goes back to the attic: the way there
    /// may be gone again.
    fn plan_passing(&mut self, pair: Pair, level: &Unwind, next: &Unwind) {
        let (Some(held), Some(successor)) =
            (self.known(level.item).cloned(), self.known(next.item).cloned())
        else {
            return;
        };
        let reads = level.item.name();
        let renamed = |name: &Name| (*name == reads).then(|| level.reads.clone());
        let back = Convert {
            forward: next.back.forward.renamed(&renamed, &|_| None),
            ..next.back.clone()
        };
        let content = held.content.converted(recorded(&back)).replaced_by(&successor);
        let name = self.put_aside(content, held.enums);
        let table = self.situation.after.tables[pair.to].name.clone();
        let namespace = self.namespace();
        let rename =
            |from: &Ident, to: &Ident| crate::render::names::column(namespace, &table, from, to);
        let (from, to) = (level.item.ident(), name.ident());
        let title = format!("what `{}` of `{table}` held between", level.reads);
        let moved = draft(rename(&from, &to), rename(&to, &from), title);
        self.add(Slot::Columns, moved.locks(&table, LockMode::AccessExclusive));
    }

    /// An item of the attic by its name.
    fn known(&self, name: AtticName) -> Option<&AtticItem> {
        self.situation.attic.iter().find(|item| item.name == name)
    }

    /// A column that comes back may still be of a narrower type, or of an enum that is another
    /// type by now.
    fn retype_taken_back(&mut self, place: &Place<'_>, held: &Column) {
        let Place { pair, wanted, .. } = place;
        let remade = held.data_type.enum_name().is_some_and(|name| self.is_remade(name.as_str()));
        if held.data_type == wanted.data_type && held.collation == wanted.collation && !remade {
            return;
        }
        let table = self.situation.after.tables[pair.to].name.clone();
        let namespace = self.namespace();
        let mut sql = render::change_type(namespace, &table, wanted);
        sql.syntax(" USING ").ident(wanted.name.ident());
        if wanted.data_type.enum_name().is_some() {
            sql.syntax(if wanted.data_type.array { "::text[]" } else { "::text" });
        }
        sql.syntax("::");
        wanted.data_type.write(&mut sql, namespace);
        let step = helper(sql, format!("the type of `{}` of `{table}`", wanted.name))
            .at(self.column_path(*pair, wanted))
            .locks(&table, LockMode::AccessExclusive)
            .rewrites(Estimate::write(self.size(pair.at)));
        self.add(Slot::Columns, step);
    }

    /// A column's value as text, an enum's value called as it was when an item was put aside.
    pub(super) fn labels_then(&self, source: &Name, item: AtticName) -> Sql {
        let mut plain = Sql::new();
        plain.ident(source.ident()).syntax("::text");
        let found = self.situation.attic.iter().find(|known| known.name == item);
        let Some(AtticContent::Values { to_values, to, .. }) = found.map(|known| &known.content)
        else {
            return plain;
        };
        let live = to.enum_name().and_then(|name| {
            let id = to_values.first().map(|value| &value.id)?;
            let has = |held: &[EnumValue]| held.iter().any(|value| value.id == *id);
            let by_id = self.now.enums.iter().find(|known| has(&known.values));
            by_id.or_else(|| self.now.enums.iter().find(|known| known.name == *name))
        });
        let Some(live) = live.filter(|_| !to.array) else { return plain };
        let renamed: Vec<(&EnumValue, &EnumValue)> = live
            .values
            .iter()
            .filter_map(|now| Some((now, to_values.iter().find(|then| then.id == now.id)?)))
            .filter(|(now, then)| now.name != then.name)
            .collect();
        if renamed.is_empty() {
            return plain;
        }
        let mut sql = Sql::of("CASE ");
        sql.append(&plain);
        for (now, then) in renamed {
            sql.syntax(" WHEN ").literal(now.name.as_str());
            sql.syntax(" THEN ").literal(then.name.as_str());
        }
        sql.syntax(" ELSE ").append(&plain).syntax(" END");
        sql
    }

    /// A conversion's value as text.
    fn text_of(
        &mut self,
        convert: &Convert,
        source: &Source<'_>,
        item: AtticName,
    ) -> (Sql, Option<Function>) {
        let found = self.situation.attic.iter().find(|known| known.name == item);
        let to = match found.map(|known| &known.content) {
            Some(AtticContent::Values { to, .. }) if to.enum_name().is_none() => to.clone(),
            _ => ColumnType::plain(definition::column_type::Builtin::Text),
        };
        let (value, function) = self.value(convert, source, &to);
        let mut text = Sql::of("(");
        text.append(&value).syntax(")::text");
        (text, function)
    }
}

/// A conversion as the attic keeps it.
fn recorded(convert: &Convert) -> Conversion {
    Conversion::Expression {
        forward: convert.forward.clone(),
        lenient: convert.lenient,
        fill: convert.fill.clone(),
    }
}
