//! Columns that a table did not have, and computed ones.

use definition::model::Column;
use definition::{Expression, Name};
use sql::{Ident, Sql};

use super::Place;
use crate::attic::{AtticContent, AtticItem, AtticName, Conversion};
use crate::plan::{Estimate, LockMode};
use crate::planner::build::{Slot, draft, helper};
use crate::planner::{Pair, Planner};
use crate::remedy::Remedy;
use crate::render::columns as render;

impl Planner<'_> {
    pub(super) fn plan_new_columns(&mut self, pair: Pair) {
        let table = &self.situation.after.tables[pair.to];
        for wanted in &table.columns {
            let known = self.now.tables[pair.at].columns.iter().any(|now| now.id == wanted.id);
            if !known {
                self.plan_new_column(pair, wanted);
            }
        }
    }

    fn plan_new_column(&mut self, pair: Pair, wanted: &Column) {
        let table = self.situation.after.tables[pair.to].name.clone();
        let namespace = self.namespace();
        let title = format!("the column `{}` of `{table}`", wanted.name);
        let path = self.column_path(pair, wanted);
        let drop = || render::drop(namespace, &table, wanted.name.ident());
        let write = Estimate::write(self.size(pair.at));
        let lock = LockMode::AccessExclusive;
        if wanted.generated.is_some() {
            let sql = render::add_generated(namespace, &table, wanted);
            let step = draft(sql, drop(), title).at(path.clone()).locks(&table, lock);
            self.add(Slot::Compute, step.rewrites(write));
        } else if let Some(identity) = wanted.identity {
            let sql = render::add_identity(namespace, &table, wanted, identity);
            let step = draft(sql, drop(), title).at(path.clone()).locks(&table, lock);
            self.add(Slot::Columns, step.rewrites(write));
        } else {
            let sql = render::add_with_default(namespace, &table, wanted);
            let step = draft(sql, drop(), title).at(path.clone()).locks(&table, lock);
            let volatile = wanted.default.as_ref().is_some_and(is_volatile);
            self.add(Slot::Columns, if volatile { step.rewrites(write) } else { step });
            self.plan_first_values(pair, wanted, &table);
        }
        if let Some(text) = &wanted.description {
            let table = &self.situation.after.tables[pair.to];
            let say = |text| crate::render::comments::on_column(namespace, table, wanted, text);
            let title = format!("the description of `{}` of `{}`", wanted.name, table.name);
            self.add(Slot::Rest, draft(say(Some(text.as_str())), say(None), title).at(path));
        }
    }

    /// A new column that must not be empty needs a value for the rows that are there.
    fn plan_first_values(&mut self, pair: Pair, wanted: &Column, table: &Name) {
        if !wanted.not_null {
            return;
        }
        let subject =
            [self.start.tables[pair.at].name.as_str(), ".", wanted.name.as_str()].concat();
        match self.situation.remedies.of(&subject) {
            Some(Remedy::Fill(text)) => self.fill_new(pair, wanted, text),
            _ if wanted.default.is_none() => self.ask_for_first_values(pair, wanted, &subject),
            _ => {}
        }
        let namespace = self.namespace();
        let name = wanted.name.ident();
        let step = draft(
            render::not_null(namespace, table, name, true),
            render::not_null(namespace, table, name, false),
            format!("whether `{}` of `{table}` may be empty", wanted.name),
        );
        let scan = Estimate::scan(self.size(pair.at));
        let step = step.at(self.column_path(pair, wanted)).scans(scan);
        self.add(Slot::Alter, step.locks(table, LockMode::AccessExclusive));
    }

    fn fill_new(&mut self, pair: Pair, wanted: &Column, text: &str) {
        let Some(fill) = self.fill_expression(text, wanted) else { return };
        let table = self.situation.after.tables[pair.to].name.clone();
        self.fill_empty(pair, &table, (wanted, &fill));
    }

    /// Rows without a value get one.
    pub(in crate::planner) fn fill_empty(
        &mut self,
        pair: Pair,
        table: &Name,
        (wanted, fill): (&Column, &Expression),
    ) {
        let mut sql = Sql::of("UPDATE ");
        sql.qualified(self.namespace(), table.ident()).syntax(" SET ").ident(wanted.name.ident());
        sql.syntax(" = ").expression(&fill.fragment(self.namespace()));
        sql.syntax(" WHERE ").ident(wanted.name.ident()).syntax(" IS NULL");
        let title = format!("a value for `{}` of `{table}`", wanted.name);
        let step = helper(sql, title).scans(Estimate::scan(self.size(pair.at)));
        self.add(Slot::SetAside, step.locks(table, LockMode::RowExclusive));
    }

    /// A computed column, after everything that it reads.
    pub(super) fn plan_computed(&mut self, place: &Place<'_>) {
        let Place { pair, wanted, .. } = place;
        let table = self.situation.after.tables[pair.to].name.clone();
        let namespace = self.namespace();
        let sql = render::add_generated(namespace, &table, wanted);
        let back = render::drop(namespace, &table, wanted.name.ident());
        let title = format!("the computed column `{}` of `{table}`", wanted.name);
        let step = draft(sql, back, title)
            .at(self.column_path(*pair, wanted))
            .locks(&table, LockMode::AccessExclusive)
            .rewrites(Estimate::write(self.size(pair.at)));
        self.add(Slot::Compute, step);
        if wanted.not_null {
            let name = wanted.name.ident();
            let step = draft(
                render::not_null(namespace, &table, name, true),
                render::not_null(namespace, &table, name, false),
                format!("whether `{}` of `{table}` may be empty", wanted.name),
            );
            self.add(Slot::Compute, step.locks(&table, LockMode::AccessExclusive));
        }
    }

    /// What a column held goes to the attic, with a mark at the rows that were there.
    pub(super) fn plan_compute(&mut self, place: &Place<'_>) {
        let Place { pair, at, .. } = place;
        let name = self.put_values_aside(place, Conversion::Unrelated, None);
        self.plan_to_attic(*pair, *at, name);
        let table = self.situation.after.tables[pair.to].name.clone();
        let title = format!("what `{}` of `{table}` held before", place.wanted.name);
        let namespace = self.namespace();
        let marker = name.marker();
        for (act, value) in
            [("ADD COLUMN ", " boolean DEFAULT true"), ("ALTER COLUMN ", " SET DEFAULT false")]
        {
            let mut sql = crate::render::alter_table(namespace, &table);
            sql.syntax(act).ident(&marker).syntax(value);
            let step = helper(sql, title.clone()).locks(&table, LockMode::AccessExclusive);
            self.add(Slot::Columns, step);
        }
        self.plan_computed(place);
    }

    pub(super) fn plan_stop_computing(&mut self, place: &Place<'_>) {
        let Place { pair, now, wanted, .. } = place;
        let table = self.situation.after.tables[pair.to].name.clone();
        let sql = render::alter(self.namespace(), &table, wanted.name.ident(), "DROP EXPRESSION");
        let title = format!("the computed column `{}` of `{table}`", wanted.name);
        let step = helper(sql, title).at(self.column_path(*pair, wanted));
        self.add(Slot::Columns, step.locks(&table, LockMode::AccessExclusive));
        let retyped = now.data_type != wanted.data_type || now.collation != wanted.collation;
        if retyped {
            let namespace = self.namespace();
            let mut sql = render::change_type(namespace, &table, wanted);
            sql.syntax(" USING ").ident(wanted.name.ident()).syntax("::text::");
            wanted.data_type.write(&mut sql, namespace);
            let step = helper(sql, format!("the type of `{}` of `{table}`", wanted.name));
            let step = step.rewrites(Estimate::write(self.size(pair.at)));
            self.add(Slot::Columns, step.locks(&table, LockMode::AccessExclusive));
        }
    }

    /// Rows that were there get back what they held; later ones keep what was computed for them.
    pub(super) fn plan_uncompute(&mut self, place: &Place<'_>, item: AtticName) {
        let Place { pair, at, now, wanted } = place;
        self.taken_back.push(item);
        self.remember_computed(place, item);
        let table = self.situation.after.tables[pair.to].name.clone();
        let namespace = self.namespace();
        let computed = self.temporary_name();
        let title = format!("what `{}` of `{table}` held before", wanted.name);
        let rename =
            |from: &Ident, to: &Ident| crate::render::names::column(namespace, &table, from, to);
        let start = self.start.tables[pair.at].columns[*at].name.clone();
        let start_table = self.start.tables[pair.at].name.clone();
        let moved = crate::render::names::column(namespace, &start_table, start.ident(), &computed);
        self.add(
            Slot::Aside,
            helper(moved, title.clone()).locks(&start_table, LockMode::AccessExclusive),
        );
        let mut update = Sql::of("UPDATE ");
        update.qualified(namespace, table.ident()).syntax(" SET ").ident(&item.ident());
        update.syntax(" = ").ident(&computed).syntax("::text::");
        self.physical_type(&wanted.data_type).write(&mut update, namespace);
        update.syntax(" WHERE ").ident(&item.marker()).syntax(" IS NOT TRUE");
        let cost = Estimate::scan(self.size(pair.at));
        self.add(
            Slot::Columns,
            helper(update, title.clone()).scans(cost).locks(&table, LockMode::RowExclusive),
        );
        let drops =
            [computed.clone(), item.marker()].map(|name| render::drop(namespace, &table, &name));
        let back = rename(&item.ident(), wanted.name.ident());
        for sql in drops.into_iter().chain([back]) {
            let step = helper(sql, title.clone()).locks(&table, LockMode::AccessExclusive);
            self.add(Slot::Columns, step);
        }
        let fresh = Column { default: None, not_null: false, generated: None, ..(*now).clone() };
        let place = Place { pair: *pair, at: *at, now: &fresh, wanted };
        self.finish_column(&place);
    }

    /// A computed column leaves nothing behind, but a later rollback must know that it was there.
    fn remember_computed(&mut self, place: &Place<'_>, item: AtticName) {
        let incarnation = self.history(place).present();
        let content = AtticContent::Values {
            table: self.now.tables[place.pair.at].id.clone(),
            column: Box::new(place.now.clone()),
            conversion: Conversion::Unrelated,
            to: place.wanted.data_type.clone(),
            to_values: Vec::new(),
            incarnation,
            replaced_by: self.incarnation_of(item),
        };
        let name = self.attic_name();
        let enums = self.enums_of([&place.now.data_type]);
        self.put_aside.push(AtticItem { name, content, enums, waits: false });
    }
}

/// Whether each row gets a value of its own, so that PostgreSQL writes the table anew.
fn is_volatile(default: &Expression) -> bool {
    use definition::expression::{Node, Volatility};
    let mut volatile = false;
    default.node().walk(&mut |node| {
        if let Node::Call(function, _) = node {
            volatile |= function.volatility == Volatility::Volatile;
        }
    });
    volatile
}
