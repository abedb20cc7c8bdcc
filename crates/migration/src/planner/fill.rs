//! Columns that take the place of others, and where their values come from.

use definition::column_type::ElementType;
use definition::model::Column;
use definition::{ColumnType, Expression, Name};
use sql::{Ident, Sql};

use super::Planner;
use super::build::{Slot, draft, helper};
use super::columns::Place;
use super::fate::Convert;
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
            Conversion::Expression {
                forward: convert.forward.clone(),
                lenient: convert.lenient,
                fill: convert.fill.clone(),
            },
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
        let made =
            draft(add, drop, title.clone()).at(path).locks(&table, LockMode::AccessExclusive);
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
        successor: Option<&AtticItem>,
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
            replaced_by: self.situation.version + 1,
        };
        let content = match successor {
            Some(item) => content.replaced_by(item),
            None => content,
        };
        let enums = self.enums_of([&now.data_type]);
        self.put_aside(content, enums)
    }

    /// The new column goes on numbering where the old one stands, which stops.
    pub(super) fn move_numbering(&mut self, place: &Place<'_>, old: &Ident) {
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
            let moved = helper(sql, title.clone()).locks(&table, LockMode::AccessExclusive);
            self.add(Slot::Alter, moved);
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

    pub(super) fn incarnation_of(&self, name: AtticName) -> i32 {
        let found = self.situation.attic.iter().find(|item| item.name == name);
        match found.map(|item| &item.content) {
            Some(AtticContent::Values { incarnation, .. }) => *incarnation,
            _ => 0,
        }
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

    pub(super) fn remade_name(&self, name: &Name) -> Option<Name> {
        let item = self.now.enums.iter().find(|item| item.name == *name)?;
        if !self.enum_sources.contains_key(&item.id) {
            return None;
        }
        let is_it = |aside: &&AtticItem| matches!(&aside.content, AtticContent::Enum(old) if old.id == item.id);
        self.put_aside.iter().find(is_it).map(|aside| aside.name.name())
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
        let filled = |value: Sql| match &convert.fill {
            None => value,
            Some(fill) => {
                let mut sql = Sql::of("coalesce(");
                sql.append(&value).syntax(", ").append(&cast(fill)).syntax(")");
                sql
            }
        };
        if !convert.lenient || convert.total {
            return (filled(cast(&reads(source.column))), None);
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
        (filled(call), Some(Function { create, drop }))
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
