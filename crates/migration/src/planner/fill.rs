//! Columns that take the place of others, and where their values come from.

use definition::column_type::ElementType;
use definition::model::{Column, EnumValue};
use definition::{ColumnType, Expression, Name};
use sql::{Ident, Sql};

use super::build::{Slot, draft, helper};
use super::columns::Place;
use super::fate::{Convert, Unwind};
use super::{Pair, Planner};
use crate::attic::{AtticContent, AtticItem, AtticName, Conversion};
use crate::plan::{Estimate, LockMode};
use crate::render::columns as render;

/// Where a value comes from, as SQL: a column, or a column of the row in a trigger.
pub(super) struct Source<'a> {
    /// The name that the expression reads.
    pub(super) reads: &'a Name,
    /// The column that it should read instead.
    pub(super) column: &'a Name,
}

impl Planner<'_> {
    /// A new column filled from the old one, which goes to the attic.
    pub(super) fn plan_convert(&mut self, place: &Place<'_>, convert: &Convert) {
        let Place { pair, at, now, wanted } = place;
        let name = self.put_values_aside(
            place,
            Conversion::Expression { forward: convert.forward.clone(), lenient: convert.lenient },
            None,
        );
        if self.is_large(pair.at) && self.plan_convert_online(place, convert, name) {
            self.finish_column(place);
            return;
        }
        self.plan_to_attic(*pair, *at, name);
        let table = self.situation.after.tables[pair.to].name.clone();
        let title = format!("the column `{}` of `{table}`", wanted.name);
        let add = render::add(self.namespace(), &table, wanted.name.ident(), wanted);
        let drop = render::drop(self.namespace(), &table, wanted.name.ident());
        let path = self.column_path(*pair, wanted);
        let made = draft(add, drop, title.clone()).at(path).locks(&table, LockMode::AccessExclusive);
        self.add(Slot::Columns, made);
        if !convert.total {
            self.ask_for_conversions(*pair, *at, wanted);
        }
        let source = Source { reads: &now.name, column: &name.name() };
        let (value, function) = self.value(convert, &source, &wanted.data_type);
        let mut update = Sql::of("UPDATE ");
        update.qualified(self.namespace(), table.ident()).syntax(" SET ");
        update.ident(wanted.name.ident()).syntax(" = ").append(&value);
        if !reads_nothing_else(convert, wanted) {
            update.syntax(" WHERE ").ident(&name.ident()).syntax(" IS NOT NULL");
        }
        self.with_function(function, |planner| {
            let cost = Estimate::write(planner.size(pair.at));
            let filled = helper(update, title).rewrites(cost);
            planner.add(Slot::Columns, filled.locks(&table, LockMode::RowExclusive));
        });
        if let (Some(_), Some(_)) = (now.identity, wanted.identity) {
            self.move_numbering(place, &name.ident());
        }
        self.finish_column(place);
    }

    /// The values that a column held, recorded for a rollback.
    pub(super) fn put_values_aside(
        &mut self,
        place: &Place<'_>,
        conversion: Conversion,
        replaced_by: Option<i32>,
    ) -> AtticName {
        let Place { pair, now, wanted, .. } = place;
        let incarnation = self.history(place).present();
        let to_enum = wanted.data_type.enum_name();
        let to_values = to_enum.and_then(|name| self.after().enumeration(name.as_str()));
        let content = AtticContent::Values {
            table: self.now.tables[pair.at].id.clone(),
            column: Box::new((*now).clone()),
            conversion,
            to: wanted.data_type.clone(),
            to_values: to_values.map(|item| item.values.clone()).unwrap_or_default(),
            incarnation,
            replaced_by: replaced_by.unwrap_or(self.situation.version + 1),
        };
        let enums = self.enums_of([&now.data_type]);
        self.put_aside(content, enums)
    }

    /// The new column goes on numbering where the old one stands, which stops.
    fn move_numbering(&mut self, place: &Place<'_>, old: &Ident) {
        let Place { pair, wanted, .. } = place;
        let table = self.situation.after.tables[pair.to].name.clone();
        let new = wanted.name.ident();
        let title = format!("the numbering of `{}` of `{table}`", wanted.name);
        let namespace = self.namespace();
        let not_null = render::not_null(namespace, &table, new, true);
        let add = render::identity(namespace, &table, new, (None, wanted.identity));
        let go_on = render::continue_sequence(namespace, &table, (old, new));
        let stop = render::identity(namespace, &table, old, (wanted.identity, None));
        let ease = render::not_null(namespace, &table, old, false);
        for sql in [not_null, add, go_on, stop, ease] {
            let step = helper(sql, title.clone()).locks(&table, LockMode::AccessExclusive);
            self.add(Slot::Alter, step);
        }
    }

    /// Whatever is asked of a column that was made anew: default, whether it may be empty.
    pub(super) fn finish_column(&mut self, place: &Place<'_>) {
        let Place { pair, at, now, wanted } = place;
        let fresh = Column {
            default: None,
            not_null: wanted.identity.is_some(),
            identity: if now.identity.is_some() { wanted.identity } else { None },
            ..(*now).clone()
        };
        if now.not_null && wanted.not_null && now.generated.is_none() {
            // Values that cannot be converted leave gaps.
            self.plan_rows_without_a_value(place);
        }
        let place = Place { pair: *pair, at: *at, now: &fresh, wanted };
        self.plan_sides(&place);
    }

    /// What a column was made of takes its place again.
    pub(super) fn plan_unwind(&mut self, place: &Place<'_>, levels: &[Unwind]) {
        let Place { pair, at, now, wanted } = place;
        let Some(last) = levels.last() else { return };
        let back = self.backwards(place, levels);
        let incarnation = self.incarnation_of(last.item);
        let name = self.put_values_aside(place, back, Some(incarnation));
        self.taken_back.push(last.item);
        self.plan_to_attic(*pair, *at, name);
        let table = self.situation.after.tables[pair.to].name.clone();
        let mut source = (name.name(), now.name.clone());
        for level in levels {
            self.plan_level(*pair, level, (&source.0, &source.1));
            source = (level.item.name(), level.item.name());
        }
        let namespace = self.namespace();
        let rename = |from: &Ident, to: &Ident| {
            crate::render::names::column(namespace, &table, from, to)
        };
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
        let title = format!("what `{}` of `{table}` held before", read_as);
        let attic = level.item.name();
        let there = Source { reads: &level.reads, column: &attic };
        let forward = Convert { forward: level.forward.clone(), lenient: level.lenient, total: false };
        let (held, held_by) = self.text_of(&forward, &there, &level.item);
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

    /// How the values that are put aside now could have been made into those that come back: by
    /// the plain conversion. Where it matters, it agrees with what comes back: a value that was
    /// not touched is the conversion of the one that comes back.
    fn backwards(&self, place: &Place<'_>, levels: &[Unwind]) -> Conversion {
        match levels {
            [only] => Conversion::Expression {
                forward: only.back.forward.clone(),
                lenient: only.back.lenient,
            },
            _ => match self.conversion(place, None) {
                Ok(convert) => Conversion::Expression {
                    forward: convert.forward,
                    lenient: !convert.total,
                },
                Err(_) => Conversion::Unrelated,
            },
        }
    }

    pub(super) fn incarnation_of(&self, name: AtticName) -> i32 {
        let found = self.situation.attic.iter().find(|item| item.name == name);
        match found.map(|item| &item.content) {
            Some(AtticContent::Values { incarnation, .. }) => *incarnation,
            _ => 0,
        }
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

    /// A type as PostgreSQL calls it once things are renamed: an enum that becomes another type
    /// waits in the attic by then.
    pub(super) fn physical_type(&self, data_type: &ColumnType) -> ColumnType {
        let mut physical = data_type.clone();
        if let ElementType::Enum(name) = &mut physical.element
            && let Some(aside) = self.remade_name(name)
        {
            *name = aside;
        }
        physical
    }

    fn remade_name(&self, name: &Name) -> Option<Name> {
        let item = self.now.enums.iter().find(|item| item.name == *name)?;
        if !self.enum_sources.contains_key(&item.id) {
            return None;
        }
        let is_it = |aside: &&AtticItem| {
            matches!(&aside.content, AtticContent::Enum(old) if old.id == item.id)
        };
        self.put_aside.iter().find(is_it).map(|aside| aside.name.name())
    }

    /// A column's value as text, an enum's value called as it was when an item was put aside.
    fn labels_then(&self, source: &Name, item: AtticName) -> Sql {
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
        item: &AtticName,
    ) -> (Sql, Option<Function>) {
        let found = self.situation.attic.iter().find(|known| known.name == *item);
        let to = match found.map(|known| &known.content) {
            Some(AtticContent::Values { to, .. }) if to.enum_name().is_none() => to.clone(),
            _ => ColumnType::plain(definition::column_type::Builtin::Text),
        };
        let (value, function) = self.value(convert, source, &to);
        let mut text = Sql::of("(");
        text.append(&value).syntax(")::text");
        (text, function)
    }

    /// The value of a conversion, cast to its type; with the function that it needs when what
    /// cannot be converted becomes NULL.
    pub(super) fn value(
        &mut self,
        convert: &Convert,
        source: &Source<'_>,
        to: &ColumnType,
    ) -> (Sql, Option<Function>) {
        let namespace = self.namespace();
        let reads = |column: &Name| {
            let renamed = |name: &Name| (name == source.reads).then(|| column.clone());
            convert.forward.renamed(&renamed, &|_| None)
        };
        let cast = |expression: &Expression| {
            let mut sql = Sql::of("(");
            sql.expression(&expression.fragment(namespace)).syntax(")::");
            to.write(&mut sql, namespace);
            sql
        };
        if !convert.lenient || convert.total {
            return (cast(&reads(source.column)), None);
        }
        let parameter = Name::new("value").expect("a short word is a name");
        let name = self.temporary_name();
        let mut body = Sql::of("BEGIN RETURN ");
        body.append(&cast(&reads(&parameter)));
        body.syntax("; EXCEPTION WHEN data_exception OR cannot_coerce THEN RETURN NULL; END");
        let mut create = Sql::of("CREATE FUNCTION ");
        create.qualified(namespace, &name).syntax("(\"value\" anyelement) RETURNS ");
        to.write(&mut create, namespace);
        create.syntax(" LANGUAGE plpgsql AS ").literal(body.text());
        let mut drop = Sql::of("DROP FUNCTION ");
        drop.qualified(namespace, &name).syntax("(anyelement)");
        let mut call = Sql::new();
        call.qualified(namespace, &name).syntax("(").ident(source.column.ident()).syntax(")");
        (call, Some(Function { create, drop }))
    }

    /// Adds steps between the making and the dropping of a function.
    fn with_function(&mut self, function: Option<Function>, steps: impl FnOnce(&mut Self)) {
        let title = "a conversion that lets nothing fail";
        if let Some(function) = &function {
            self.add(Slot::Columns, helper(function.create.clone(), title));
        }
        steps(self);
        if let Some(function) = function {
            self.add(Slot::Columns, helper(function.drop, title));
        }
    }
}

/// A function that only lives while columns are filled.
pub(super) struct Function {
    pub(super) create: Sql,
    pub(super) drop: Sql,
}

/// Whether a row without a value may get one: then every row is filled, not only those with one.
fn reads_nothing_else(convert: &Convert, wanted: &Column) -> bool {
    wanted.not_null || convert.forward.columns().is_empty()
}
