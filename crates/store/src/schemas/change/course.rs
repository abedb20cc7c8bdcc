//! The course of one change: the steps before the switch, the switch, the steps after it.
//!
//! Whoever holds the schema's lock drives it, from wherever its record stands. The one who began it
//! and an heir after a crash do the same.

use std::time::Duration;

use migration::{Run, Stage};
use sql::Sql;
use tokio_postgres::Transaction;

use super::lock::ChangeLock;
use super::record::{Progress, Record};
use super::saved_plan::SavedStep;
use crate::{Schema, Store, StoreError};

/// A change on its way.
pub(super) struct Course {
    pub(super) store: Store,
    pub(super) lock: ChangeLock,
    pub(super) record: Record,
    /// Whether the step that the record names may have been begun by another.
    pub(super) inherited: bool,
}

impl Course {
    /// Everything up to the new version. When it cannot be, nothing of it is left, unless the
    /// connection was lost: then an heir goes on.
    pub(super) async fn switch_over(&mut self) -> Result<Schema, StoreError> {
        let switched = match self.run_stage(Stage::Prepare).await {
            Ok(()) => self.switch().await,
            Err(error) => Err(error),
        };
        match switched {
            Ok(schema) => Ok(schema),
            Err(error) => Err(self.give_up(error).await),
        }
    }

    /// What is left to do once the version is in force.
    pub(super) async fn finish(&mut self) -> Result<(), StoreError> {
        if self.record.plan.stage(Stage::Finish).is_empty() {
            // The switch has said so.
            return Ok(());
        }
        self.run_stage(Stage::Finish).await?;
        self.record.save_finished(self.lock.connection()).await
    }

    /// The steps of a stage, from the one that the record names.
    async fn run_stage(&mut self, stage: Stage) -> Result<(), StoreError> {
        for position in self.record.plan.stage(stage) {
            let at = self.record.progress;
            if position < at.step {
                continue;
            }
            if position > at.step {
                self.record.progress = at.at(position);
            }
            match self.record.plan.steps[position].run {
                Run::Transactional => self.run_transactional(position).await?,
                Run::Alone => self.run_alone(position).await?,
                Run::Batches => self.run_batches(position).await?,
            }
            self.inherited = false;
        }
        Ok(())
    }

    /// The step at this position. Its text was rendered by the planner; after a crash it is what we
    /// read from `public.schema_migrations`, which nobody but the control role can write.
    pub(super) fn step(&self, position: usize) -> SavedStep {
        self.record.plan.steps[position].clone()
    }

    /// Something was done up to here, and with it the progress committed.
    pub(super) fn has_come_to(&mut self, progress: Progress) {
        self.record.progress = progress;
    }
}

/// Begins a transaction of a change: no lock is waited for longer than a moment, triggers that keep
/// the time of updates look away, and what is checked late is checked at once, because PostgreSQL
/// refuses to alter a table that has checks outstanding.
pub(in crate::schemas) async fn open(
    transaction: &Transaction<'_>,
    lock_wait: Duration,
    statement_timeout: Duration,
) -> Result<(), StoreError> {
    let milliseconds = |time: Duration| i128::try_from(time.as_millis()).unwrap_or(i128::MAX);
    let mut opening = Sql::of("SET LOCAL lock_timeout = ");
    opening.number(milliseconds(lock_wait)).syntax("; SET LOCAL statement_timeout = ");
    opening.number(milliseconds(statement_timeout));
    opening.syntax("; SET LOCAL tenanta.quiet = 'on'; SET CONSTRAINTS ALL IMMEDIATE");
    Ok(transaction.batch_execute(opening.text()).await?)
}
