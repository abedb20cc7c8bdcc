//! What is put on once columns are what they should be.

use definition::model::Table;

use super::build::Slot;
use super::objects::{Object, Objects, objects};
use super::{Pair, Planner};
use crate::plan::{Estimate, Lock, LockMode, Step};
use crate::render;

impl Planner<'_> {
    pub(super) fn plan_attaching(&mut self, all: &Objects) {
        for (pair, plan) in all.tables.values() {
            self.plan_rows_back(*pair);
            for position in &plan.attach {
                self.plan_putting_on(*pair, *position);
            }
        }
        for to in &all.relate {
            self.plan_relating(*to);
        }
    }

    /// The step that makes an object of a table; `at` is the table's place in its definition.
    pub(super) fn making(&self, table: &Table, at: usize, position: usize) -> Step {
        let mut constraints = render::constraints::add_all(self.namespace(), table, at);
        if position < constraints.len() {
            return constraints.swap_remove(position);
        }
        let index = position - constraints.len();
        render::indexes::create(self.namespace(), table, (&table.indexes[index], at, index))
    }

    fn plan_putting_on(&mut self, pair: Pair, position: usize) {
        let table = self.situation.after.tables[pair.to].clone();
        let object = objects(&table)[position];
        self.ask_whether_rows_fit(pair, object);
        if self.is_large(pair.at) && self.plan_putting_on_online(pair, position, object) {
            return;
        }
        let mut step = self.making(&table, pair.to, position);
        let size = self.size(pair.at);
        step.scans = true;
        let (estimate, mode) = match object {
            Object::Check(_) => (Estimate::scan(size), LockMode::AccessExclusive),
            Object::Index(_) => (Estimate::index(size), LockMode::Share),
            Object::Primary(_) | Object::Unique(_) | Object::Exclusion(_) => {
                (Estimate::index(size), LockMode::AccessExclusive)
            }
        };
        step.estimate = estimate;
        step.locks = vec![Lock { table: table.name.clone(), mode }];
        self.stage(step.stage, Slot::Attach, step);
    }

    fn plan_relating(&mut self, to: usize) {
        let relationship = self.situation.after.relationships[to].clone();
        let place = |id_of: &definition::Name| {
            let wanted = self.after().table(id_of.as_str())?;
            self.now.tables.iter().position(|table| table.id == wanted.id)
        };
        let from = place(&relationship.from.table);
        let mut step = render::relationships::add(self.namespace(), &relationship, to);
        if let Some(at) = from {
            self.ask_for_orphans(at, &relationship);
            if self.is_large(at) && self.plan_relating_online(at, to, &relationship) {
                return;
            }
            step.scans = true;
            step.estimate = Estimate::scan(self.size(at));
        }
        self.stage(step.stage, Slot::Relate, step);
    }
}
