//! Making single steps.

use definition::Name;
use sql::Sql;

use super::Planner;
use crate::plan::{Estimate, Lock, LockMode, Run, Stage, Step, Subject};

/// The order of things inside the one transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// Foreign keys are taken off, then everything else that hangs on what changes.
    Unrelate,
    /// The same for constraints, indexes and computed columns.
    Detach,
    /// Tables, columns and enums go to the attic.
    Aside,
    /// Things get their new names.
    Rename,
    /// Enums are made.
    Types,
    /// Tables are made.
    Tables,
    /// Columns are made and filled.
    Columns,
    /// Rows that do not fit are set aside.
    SetAside,
    /// Columns get their defaults and whether they may be empty.
    Alter,
    /// Computed columns are made: they may need columns filled before.
    Compute,
    /// Keys, checks, exclusions and indexes are put on.
    Attach,
    /// Foreign keys are put on.
    Relate,
    /// Triggers, rights, descriptions.
    Rest,
}

impl Slot {
    /// How many there are.
    pub(super) const COUNT: usize = 13;
}

/// A step in the making.
pub(super) struct Draft {
    step: Step,
}

/// A step whose effect and way back are these statements.
pub(super) fn draft(sql: Sql, rollback: Sql, title: impl Into<String>) -> Draft {
    Draft {
        step: Step {
            sql,
            rollback: Some(rollback),
            stage: Stage::Switch,
            run: Run::Transactional,
            locks: Vec::new(),
            rewrites: false,
            scans: false,
            estimate: Estimate::default(),
            subject: Subject { path: String::new(), title: title.into() },
        },
    }
}

/// A step that only helps others and leaves nothing.
pub(super) fn helper(sql: Sql, title: impl Into<String>) -> Draft {
    // There is nothing to undo.
    draft(sql, Sql::of("SELECT 1"), title)
}

impl Draft {
    /// Where in the wanted document the thing stands.
    pub(super) fn at(mut self, path: impl Into<String>) -> Self {
        self.step.subject.path = path.into();
        self
    }

    pub(super) fn locks(mut self, table: &Name, mode: LockMode) -> Self {
        self.step.locks.push(Lock { table: table.clone(), mode });
        self
    }

    pub(super) fn scans(mut self, estimate: Estimate) -> Self {
        self.step.scans = true;
        self.step.estimate = estimate;
        self
    }

    pub(super) fn rewrites(mut self, estimate: Estimate) -> Self {
        self.step.rewrites = true;
        self.step.scans = true;
        self.step.estimate = estimate;
        self
    }

    pub(super) fn run(mut self, run: Run) -> Self {
        self.step.run = run;
        self
    }

    pub(super) fn stage(mut self, stage: Stage) -> Self {
        self.step.stage = stage;
        self
    }
}

/// Where a table stands in the wanted document.
pub(super) fn path_of(to: usize) -> String {
    ["tables[", &to.to_string(), "]"].concat()
}

impl Planner<'_> {
    /// Adds a step at its place in the one transaction, or to its stage outside of it.
    pub(super) fn add(&mut self, slot: Slot, draft: Draft) {
        let step = draft.step;
        self.stage(step.stage, slot, step);
    }
}
