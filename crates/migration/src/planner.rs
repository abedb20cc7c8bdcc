//! From changes to steps.
//!
//! The planner looks at three pictures of the same schema: `start`, what PostgreSQL has, in the
//! names it has there, with what comes back from the attic; `now`, the same in the names that
//! things will have; and `after`, what is wanted. What has the same id is the same thing. First
//! each column and enum gets its [`Fate`]; then everything that hangs on a column that becomes
//! another one is taken off, and put on again at the end.

mod attach;
mod build;
mod columns;
mod conversion;
mod detach;
mod enums;
mod error;
mod fate;
mod fill;
mod hazards;
mod objects;
mod online;
mod probes;
mod rename;
mod rest;
mod set_aside;
mod start;
mod tables;
mod unwind;
mod view;

use std::collections::BTreeMap;

use definition::model::{Enum, Table};
use definition::{Definition, Id, Name};
use sql::Ident;

use crate::attic::{AtticContent, AtticItem, AtticName};
use crate::diff::diff;
use crate::plan::{Hazard, Plan, Probe, Stage, Step, TableStatistics};
use crate::renames::renamed;
use crate::situation::Situation;
use build::Slot;
use fate::Fates;
use objects::Objects;

pub(crate) use conversion::as_text;
pub use error::PlanError;

/// The plan that leads from the definition in force to another one.
///
/// A definition of an earlier version, ids included, makes a rollback of it: what has the same id
/// in the attic is taken back, with its rows.
///
/// # Errors
///
/// When a remedy is no expression that fits its place.
pub fn plan_change(situation: &Situation<'_>) -> Result<Plan, PlanError> {
    let changes = diff(situation.before, situation.after);
    let start = start::start(situation);
    let now = renamed(&start.definition, situation.after);
    let mut planner = Planner {
        situation: *situation,
        now,
        start: start.definition,
        enum_sources: BTreeMap::new(),
        fates: Fates::default(),
        replacements: BTreeMap::new(),
        slots: Default::default(),
        prepare: Vec::new(),
        finish: Vec::new(),
        hazards: Vec::new(),
        probes: Vec::new(),
        put_aside: Vec::new(),
        taken_back: start.taken_back,
        temporary: 0,
    };
    planner.decide()?;
    planner.plan_everything();
    let mut steps = planner.prepare;
    steps.extend(planner.slots.into_iter().flatten());
    steps.extend(planner.finish);
    Ok(Plan {
        from_version: situation.version,
        to_version: situation.version + 1,
        changes,
        steps,
        hazards: planner.hazards,
        probes: planner.probes,
        put_aside: planner.put_aside,
        taken_back: planner.taken_back,
    })
}

/// What is known and decided while a plan is made.
pub(crate) struct Planner<'a> {
    situation: Situation<'a>,
    /// What PostgreSQL has, in its names there.
    start: Definition,
    /// The same things in the same places, in the names of what is wanted.
    now: Definition,
    /// Enums that become another type, by id, and where that type comes from.
    enum_sources: BTreeMap<Id, enums::Source>,
    fates: Fates,
    /// The names under which columns of large tables are made ready, by the places of their table
    /// and of themselves.
    replacements: BTreeMap<(usize, usize), Name>,
    slots: [Vec<Step>; Slot::COUNT],
    prepare: Vec<Step>,
    finish: Vec<Step>,
    hazards: Vec<Hazard>,
    probes: Vec<Probe>,
    put_aside: Vec<AtticItem>,
    taken_back: Vec<AtticName>,
    temporary: u32,
}

/// A table that is there before and after: its place in `start` and `now`, and in `after`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) at: usize,
    pub(crate) to: usize,
}

impl<'a> Planner<'a> {
    fn after(&self) -> &'a Definition {
        self.situation.after
    }

    fn namespace(&self) -> &'a Ident {
        self.situation.namespace
    }

    /// The tables that are there before and after.
    fn pairs(&self) -> Vec<Pair> {
        let places: BTreeMap<&Id, usize> =
            self.after().tables.iter().enumerate().map(|(at, table)| (&table.id, at)).collect();
        let pair =
            |(at, table): (usize, &Table)| places.get(&table.id).map(|to| Pair { at, to: *to });
        self.now.tables.iter().enumerate().filter_map(pair).collect()
    }

    /// How large a table of `start` is.
    fn size(&self, at: usize) -> TableStatistics {
        self.situation.statistics.of(&self.start.tables[at].name)
    }

    /// Whether others should go on while this table is changed.
    fn is_large(&self, at: usize) -> bool {
        self.size(at).rows > self.situation.options.online_rows
    }

    /// The next free name in the attic.
    fn attic_name(&self) -> AtticName {
        let number = i32::try_from(self.put_aside.len()).unwrap_or(i32::MAX).saturating_add(1);
        AtticName { version: self.situation.version + 1, number }
    }

    /// Puts something aside under the next free name.
    fn put_aside(&mut self, content: AtticContent, enums: Vec<Enum>) -> AtticName {
        let name = self.attic_name();
        self.put_aside.push(AtticItem { name, content, enums, waits: true });
        name
    }

    /// A name that nothing of a user's has and nothing keeps.
    fn temporary_name(&mut self) -> Ident {
        self.temporary += 1;
        let version = (self.situation.version + 1).to_string();
        Ident::new(["tenanta_", &version, "_", &self.temporary.to_string()].concat())
            .expect("two numbers behind a short word fit")
    }

    /// The fates of enums and columns, before any step is made.
    fn decide(&mut self) -> Result<(), PlanError> {
        self.decide_enums();
        for pair in self.pairs() {
            self.decide_columns(pair)?;
        }
        Ok(())
    }

    fn plan_everything(&mut self) {
        let objects = Objects::of(self);
        self.plan_enums();
        self.plan_table_moves();
        self.plan_relation_renames(&objects);
        self.plan_new_tables();
        for pair in self.pairs() {
            self.plan_columns(pair);
        }
        self.plan_detaching(&objects);
        self.plan_attaching(&objects);
        self.plan_rest();
        self.tell_hazards();
    }

    fn stage(&mut self, stage: Stage, slot: Slot, step: Step) {
        match stage {
            Stage::Prepare => self.prepare.push(step),
            Stage::Switch => self.slots[slot as usize].push(step),
            Stage::Finish => self.finish.push(step),
        }
    }
}
