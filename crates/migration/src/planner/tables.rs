//! Tables that appear, go, or are called otherwise.

use std::collections::{BTreeMap, BTreeSet};

use definition::Id;
use sql::{Ident, Sql};

use super::Planner;
use super::build::{Slot, draft};
use super::objects::{Objects, objects};
use crate::attic::{AtticContent, AtticName, indexes_of};
use crate::plan::LockMode;
use crate::render;

/// What is renamed. The row of each table is a type, so enums share a space of names with tables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Table,
    Index,
    Enum,
}

impl Planner<'_> {
    pub(super) fn plan_table_moves(&mut self) {
        let wanted: BTreeSet<&Id> = self.situation.after.tables.iter().map(|it| &it.id).collect();
        let gone: Vec<usize> = (0..self.now.tables.len())
            .filter(|at| !wanted.contains(&self.now.tables[*at].id))
            .collect();
        for at in gone {
            self.plan_table_to_attic(at);
        }
    }

    fn plan_table_to_attic(&mut self, at: usize) {
        let (start, now) = (self.start.tables[at].clone(), self.now.tables[at].clone());
        let enums = self.enums_of(now.columns.iter().map(|column| &column.data_type));
        let name = self.put_aside(AtticContent::Table(Box::new(now)), enums);
        let title = format!("the table `{}`", start.name);
        let namespace = self.namespace();
        for (position, index) in indexes_of(&start).enumerate() {
            let (from, to) = (index.ident(), name.index(position));
            let there = render::names::index(namespace, from, &to);
            let back = render::names::index(namespace, &to, from);
            self.add(Slot::Aside, draft(there, back, title.clone()));
        }
        let there = render::names::table(namespace, start.name.ident(), &name.ident());
        let back = render::names::table(namespace, &name.ident(), start.name.ident());
        let moved = draft(there, back, title.clone());
        self.add(Slot::Aside, moved.locks(&start.name, LockMode::AccessExclusive));
        let rights = |verb, preposition, table: &Ident| {
            let mut sql = Sql::of(verb);
            sql.syntax(" ALL ON ").qualified(namespace, table).syntax(preposition);
            sql.ident(self.situation.role);
            sql
        };
        let take = rights("REVOKE", " FROM ", &name.ident());
        let give = rights("GRANT", " TO ", &name.ident());
        self.add(Slot::Aside, draft(take, give, title));
        self.tell_dropped_table(at);
    }

    /// Tables, indexes and enums are renamed in one order, see [`Relation`].
    pub(super) fn plan_relation_renames(&mut self, all: &Objects) {
        let mut kinds: BTreeMap<Ident, Relation> = BTreeMap::new();
        let mut renames: Vec<(Ident, Ident)> = Vec::new();
        for (start, now) in self.start.enums.iter().zip(&self.now.enums) {
            if start.name != now.name && self.stays_that_type(&now.id) {
                kinds.insert(start.name.ident().clone(), Relation::Enum);
                renames.push((start.name.ident().clone(), now.name.ident().clone()));
            }
        }
        for (at, (pair, plan)) in &all.tables {
            let (start, now) = (&self.start.tables[*at], &self.now.tables[*at]);
            if start.name != now.name {
                kinds.insert(start.name.ident().clone(), Relation::Table);
                renames.push((start.name.ident().clone(), now.name.ident().clone()));
            }
            let held = objects(start);
            let wanted = objects(&self.situation.after.tables[pair.to]);
            for (from, to) in &plan.rename {
                let (from, to) = (held[*from].name().ident(), wanted[*to].name().ident());
                kinds.insert(from.clone(), Relation::Index);
                renames.push((from.clone(), to.clone()));
            }
        }
        for (from, to) in super::rename::ordered(renames, &mut || self.temporary_name()) {
            let kind = kinds.get(&from).copied().unwrap_or(Relation::Table);
            kinds.insert(to.clone(), kind);
            self.plan_relation_rename(kind, &from, &to);
        }
    }

    fn plan_relation_rename(&mut self, kind: Relation, from: &Ident, to: &Ident) {
        let namespace = self.namespace();
        let rename = |from: &Ident, to: &Ident| match kind {
            Relation::Table => render::names::table(namespace, from, to),
            Relation::Index => render::names::index(namespace, from, to),
            Relation::Enum => render::names::enumeration(namespace, from, to),
        };
        let title = match kind {
            Relation::Table => format!("the table `{}`", to.as_str()),
            Relation::Index => format!("the index `{}`", to.as_str()),
            Relation::Enum => format!("the enum `{}`", to.as_str()),
        };
        let mut step = draft(rename(from, to), rename(to, from), title);
        if let (Relation::Table, Some(name)) = (kind, definition::Name::new(from.as_str())) {
            step = step.locks(&name, LockMode::AccessExclusive);
        }
        self.add(Slot::Rename, step);
    }

    pub(super) fn plan_new_tables(&mut self) {
        let known: BTreeSet<Id> = self.now.tables.iter().map(|table| table.id.clone()).collect();
        let (namespace, role) = (self.namespace(), self.situation.role);
        for (at, table) in self.situation.after.tables.iter().enumerate() {
            if known.contains(&table.id) {
                continue;
            }
            let created = render::tables::create(namespace, table, at);
            self.stage(created.stage, Slot::Tables, created);
            for position in 0..objects(table).len() {
                let step = self.making(table, at, position);
                self.stage(step.stage, Slot::Attach, step);
            }
            let rest = render::triggers::track_updates(namespace, table, at)
                .into_iter()
                .chain([render::tables::grant((namespace, role), table, at)])
                .chain(render::comments::of_table(namespace, table, at));
            self.slots[Slot::Rest as usize].extend(rest);
        }
    }

    /// Whether a table of `start` comes back from the attic.
    pub(super) fn returns(&self, at: usize) -> bool {
        AtticName::parse(self.start.tables[at].name.as_str()).is_some()
    }
}
