//! What becomes of the columns of a table, and the steps for it.

mod decide;
mod history;
mod new;

use definition::Name;
use definition::model::Column;
use sql::Ident;

use super::build::{Slot, draft, helper, path_of};
use super::fate::{Fate, Retype};
use super::{Pair, Planner};
use crate::attic::{AtticContent, AtticName};
use crate::plan::{Estimate, LockMode};
use crate::render::columns as render;

/// A column that is there before and after.
pub(super) struct Place<'a> {
    pub(super) pair: Pair,
    /// Its position in `start` and `now`.
    pub(super) at: usize,
    /// As it is, in the names of `now`.
    pub(super) now: &'a Column,
    /// As it is wanted.
    pub(super) wanted: &'a Column,
}

impl Planner<'_> {
    /// The steps for the columns of a table.
    pub(super) fn plan_columns(&mut self, pair: Pair) {
        self.plan_column_renames(pair);
        for at in 0..self.now.tables[pair.at].columns.len() {
            let now = self.now.tables[pair.at].columns[at].clone();
            let table = &self.situation.after.tables[pair.to];
            let fate = self.fate(pair.at, at).clone();
            match table.columns.iter().find(|wanted| wanted.id == now.id) {
                Some(wanted) => self.plan_kept(&Place { pair, at, now: &now, wanted }, &fate),
                None => self.plan_gone(pair, at, &fate),
            }
        }
        self.plan_new_columns(pair);
    }

    fn plan_gone(&mut self, pair: Pair, at: usize, fate: &Fate) {
        let now = self.now.tables[pair.at].columns[at].clone();
        if *fate == Fate::Drop {
            self.plan_drop_computed(pair, at);
            return;
        }
        let content = AtticContent::Column {
            table: self.now.tables[pair.at].id.clone(),
            column: Box::new(self.as_it_was(pair, at)),
        };
        let name = self.put_aside(content, self.enums_of([&now.data_type]));
        self.plan_to_attic(pair, at, name);
        self.tell_dropped(pair, at);
    }

    /// A column as a person knew it: a name that only makes room for another one is no name.
    fn as_it_was(&self, pair: Pair, at: usize) -> Column {
        let (start, now) =
            (&self.start.tables[pair.at].columns[at], &self.now.tables[pair.at].columns[at]);
        let waits = AtticName::parse(start.name.as_str()).is_some();
        let name = if waits { &now.name } else { &start.name };
        Column { name: name.clone(), ..now.clone() }
    }

    /// A computed column holds nothing of its own.
    pub(super) fn plan_drop_computed(&mut self, pair: Pair, at: usize) {
        let (table, column) =
            (&self.start.tables[pair.at], &self.start.tables[pair.at].columns[at]);
        let sql = render::drop(self.namespace(), &table.name, column.name.ident());
        let back = render::add_generated(self.namespace(), &table.name, column);
        let step = draft(sql, back, format!("the column `{}` of `{}`", column.name, table.name))
            .locks(&table.name.clone(), LockMode::AccessExclusive);
        // After what hangs on it, which would go with it.
        self.add(Slot::Aside, step);
    }

    /// Renames a column into the attic and asks nothing of it there.
    pub(super) fn plan_to_attic(&mut self, pair: Pair, at: usize, name: AtticName) {
        let table = self.start.tables[pair.at].name.clone();
        let column = self.start.tables[pair.at].columns[at].clone();
        let (from, to) = (column.name.ident().clone(), name.ident());
        let namespace = self.namespace();
        let title = format!("the column `{}` of `{table}`", column.name);
        let rename =
            |from: &Ident, to: &Ident| crate::render::names::column(namespace, &table, from, to);
        let moved = draft(rename(&from, &to), rename(&to, &from), title.clone())
            .locks(&table, LockMode::AccessExclusive);
        self.add(Slot::Aside, moved);
        let attic = to;
        if column.not_null && column.identity.is_none() {
            let step = draft(
                render::not_null(namespace, &table, &attic, false),
                render::not_null(namespace, &table, &attic, true),
                title.clone(),
            );
            self.add(Slot::Aside, step.locks(&table, LockMode::AccessExclusive));
        }
        if column.default.is_some() {
            let step = draft(
                render::default(namespace, &table, &attic, None),
                render::default(namespace, &table, &attic, column.default.as_ref()),
                title,
            );
            self.add(Slot::Aside, step.locks(&table, LockMode::AccessExclusive));
        }
    }

    fn plan_column_renames(&mut self, pair: Pair) {
        let (start, now) = (&self.start.tables[pair.at], &self.now.tables[pair.at]);
        let table = now.name.clone();
        let stays = |at: usize| {
            matches!(self.fate(pair.at, at), Fate::Keep | Fate::StopComputing | Fate::Retype(_))
        };
        let renames: Vec<(Ident, Ident)> = start
            .columns
            .iter()
            .zip(&now.columns)
            .enumerate()
            .filter(|(at, (start, now))| start.name != now.name && stays(*at))
            .map(|(_, (start, now))| (start.name.ident().clone(), now.name.ident().clone()))
            .collect();
        let ordered = super::rename::ordered(renames, &mut || self.temporary_name());
        for (from, to) in ordered {
            let rename = |from: &Ident, to: &Ident| {
                crate::render::names::column(self.situation.namespace, &table, from, to)
            };
            let title = format!("the column `{}` of `{table}`", to.as_str());
            let step = draft(rename(&from, &to), rename(&to, &from), title);
            self.add(Slot::Rename, step.locks(&table, LockMode::AccessExclusive));
        }
    }

    fn plan_kept(&mut self, place: &Place<'_>, fate: &Fate) {
        match fate {
            Fate::Keep => self.plan_sides(place),
            Fate::Retype(how) => {
                self.plan_retype(place, *how);
                self.plan_sides(place);
            }
            Fate::Recompute => {
                self.plan_drop_computed(place.pair, place.at);
                self.plan_computed(place);
            }
            Fate::StopComputing => {
                self.plan_stop_computing(place);
                self.plan_sides(place);
            }
            Fate::Compute => self.plan_compute(place),
            Fate::Uncompute(item) => self.plan_uncompute(place, *item),
            Fate::Convert(convert) => self.plan_convert(place, convert),
            Fate::Unwind(levels) => self.plan_unwind(place, levels),
            // Only columns that are gone have these.
            Fate::PutAside | Fate::Drop => {}
        }
        self.plan_description(place);
    }

    /// What is asked of a column that stays the same one.
    pub(super) fn plan_sides(&mut self, place: &Place<'_>) {
        let Place { pair, now, wanted, .. } = place;
        let table = self.situation.after.tables[pair.to].name.clone();
        let name = wanted.name.ident();
        let namespace = self.namespace();
        let title = format!("the column `{}` of `{table}`", wanted.name);
        let path = self.column_path(*pair, wanted);
        if now.identity != wanted.identity {
            let sql = render::identity(namespace, &table, name, (now.identity, wanted.identity));
            let back = render::identity(namespace, &table, name, (wanted.identity, now.identity));
            self.add(
                Slot::Alter,
                draft(sql, back, title.clone())
                    .at(path.clone())
                    .locks(&table, LockMode::AccessExclusive),
            );
            if now.identity.is_none() {
                let on = render::continue_after_largest(namespace, &table, name);
                self.add(Slot::Alter, helper(on, title.clone()));
            }
        }
        let remade = wanted
            .default
            .as_ref()
            .is_some_and(|default| default.enums().into_iter().any(|name| self.is_remade(name)));
        if now.default != wanted.default || remade {
            let sql = render::default(namespace, &table, name, wanted.default.as_ref());
            let back = render::default(namespace, &table, name, now.default.as_ref());
            // A default goes before the numbering starts.
            let slot = if wanted.default.is_none() { Slot::Columns } else { Slot::Alter };
            let step = draft(sql, back, title.clone()).at(path.clone());
            self.add(slot, step.locks(&table, LockMode::AccessExclusive));
        }
        if now.not_null != wanted.not_null {
            self.plan_not_null(place, &table);
        }
    }

    fn plan_not_null(&mut self, place: &Place<'_>, table: &Name) {
        let Place { pair, at, wanted, .. } = place;
        let namespace = self.namespace();
        let name = wanted.name.ident();
        let title = format!("whether `{}` of `{table}` may be empty", wanted.name);
        let path = self.column_path(*pair, wanted);
        let sql = render::not_null(namespace, table, name, wanted.not_null);
        let back = render::not_null(namespace, table, name, !wanted.not_null);
        let step = draft(sql, back, title).at(path).locks(table, LockMode::AccessExclusive);
        if !wanted.not_null {
            self.add(Slot::Alter, step);
            return;
        }
        self.plan_rows_without_a_value(place);
        if self.is_large(pair.at) && self.plan_not_null_online(*pair, *at, wanted) {
            self.add(Slot::Alter, step);
        } else {
            let scan = Estimate::scan(self.size(pair.at));
            self.add(Slot::Alter, step.scans(scan));
        }
    }

    fn plan_retype(&mut self, place: &Place<'_>, how: Retype) {
        let Place { pair, now, wanted, .. } = place;
        let table = self.situation.after.tables[pair.to].name.clone();
        let namespace = self.namespace();
        let title = format!("the type of `{}` of `{table}`", wanted.name);
        let mut sql = render::change_type(namespace, &table, wanted);
        let mut back = render::change_type(
            namespace,
            &table,
            &Column { name: wanted.name.clone(), ..(*now).clone() },
        );
        if how == Retype::Text {
            for (sql, to) in [(&mut sql, &wanted.data_type), (&mut back, &now.data_type)] {
                sql.syntax(" USING ").ident(wanted.name.ident()).syntax("::text");
                sql.syntax(if to.array { "[]::" } else { "::" });
                to.write(sql, namespace);
            }
        }
        let step = draft(sql, back, title)
            .at(self.column_path(*pair, wanted))
            .locks(&table, LockMode::AccessExclusive);
        let step = match how {
            Retype::Catalog => step,
            Retype::Text => step.rewrites(Estimate::write(self.size(pair.at))),
        };
        self.add(Slot::Columns, step);
    }

    fn plan_description(&mut self, place: &Place<'_>) {
        let Place { pair, at, now, wanted } = place;
        let stays =
            matches!(self.fate(pair.at, *at), Fate::Keep | Fate::StopComputing | Fate::Retype(_));
        let had = if stays { now.description.as_deref() } else { None };
        if had == wanted.description.as_deref() {
            return;
        }
        let table = &self.situation.after.tables[pair.to];
        let say = |text| crate::render::comments::on_column(self.namespace(), table, wanted, text);
        let title = format!("the description of `{}` of `{}`", wanted.name, table.name);
        let step = draft(say(wanted.description.as_deref()), say(had), title);
        let path = self.column_path(*pair, wanted);
        self.add(Slot::Rest, step.at(path));
    }

    /// Where a column stands in the wanted document.
    pub(super) fn column_path(&self, pair: Pair, wanted: &Column) -> String {
        let columns = &self.situation.after.tables[pair.to].columns;
        let at = columns.iter().position(|column| column.id == wanted.id).unwrap_or_default();
        [&path_of(pair.to), ".columns[", &at.to_string(), "]"].concat()
    }
}
