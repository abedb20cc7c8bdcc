//! What is taken off before columns change, and what only gets another name.

use sql::Sql;

use super::Planner;
use super::build::{Slot, draft};
use super::objects::{Object, Objects, objects};
use crate::plan::LockMode;
use crate::render;

impl Planner<'_> {
    pub(super) fn plan_detaching(&mut self, all: &Objects) {
        for at in &all.unrelate {
            self.plan_unrelating(*at);
        }
        for (at, (_, plan)) in &all.tables {
            for position in &plan.detach {
                self.plan_taking_off(*at, *position);
            }
        }
    }

    fn plan_unrelating(&mut self, at: usize) {
        let relationship = self.start.relationships[at].clone();
        let (from, to) = (&relationship.from.table, &relationship.to.table);
        let sql = render::drop_constraint(self.namespace(), from, &relationship.name);
        let back = render::relationships::add(self.namespace(), &relationship, at).sql;
        let title = format!("the relationship `{}` of `{from}`", relationship.name);
        let step = draft(sql, back, title)
            .locks(from, LockMode::AccessExclusive)
            .locks(to, LockMode::AccessExclusive);
        self.add(Slot::Unrelate, step);
    }

    fn plan_taking_off(&mut self, at: usize, position: usize) {
        let table = self.start.tables[at].clone();
        let held = objects(&table);
        let object = held[position];
        let name = object.name();
        let sql = match object {
            Object::Index(_) => {
                let mut sql = Sql::of("DROP INDEX ");
                sql.qualified(self.namespace(), name.ident());
                sql
            }
            Object::Primary(_) | Object::Unique(_) | Object::Check(_) | Object::Exclusion(_) => {
                render::drop_constraint(self.namespace(), &table.name, name)
            }
        };
        let back = self.making(&table, at, position).sql;
        let title = format!("`{name}` of `{}`", table.name);
        let step = draft(sql, back, title).locks(&table.name, LockMode::AccessExclusive);
        self.add(Slot::Detach, step);
    }
}
