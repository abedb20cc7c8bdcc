//! Going back: what was prepared for a version that cannot be is removed.

use migration::{Run, Stage};
use serde_json::Value;

use super::course::{Course, open};
use super::failure;
use super::patience::Patience;
use super::record::{Progress, State};
use super::saved_plan::SavedStep;
use crate::StoreError;

impl Course {
    /// Undoes what was done and records why; answers the reason. Were the connection lost, nobody
    /// could say what was done, so that is left to an heir.
    pub(super) async fn give_up(&mut self, error: StoreError) -> StoreError {
        if self.record.state == State::New {
            failure::save(&self.store, &self.record, &error).await;
            return error;
        }
        if error.is_lost() {
            return error;
        }
        if let Err(left) = self.undo(Some(&failure::to_json(&error))).await {
            tracing::error!(error = %left, migration = %self.record.id, "a change could not be undone yet");
        }
        error
    }

    /// Runs the way back of every step up to the one that was worked on, the last one first. All of
    /// them put up with there being nothing to undo, so that this can be begun anew at any time.
    pub(super) async fn undo(&mut self, reason: Option<&Value>) -> Result<(), StoreError> {
        let progress = Progress { undoing: true, ..self.record.progress };
        self.record.save_undoing(self.lock.connection(), progress, reason).await?;
        self.has_come_to(progress);
        for position in self.record.plan.stage(Stage::Prepare).into_iter().rev() {
            let step = self.step(position);
            // A transaction that did not commit has left nothing.
            let half_done = position == progress.step && step.run != Run::Transactional;
            if position < progress.step || half_done {
                self.undo_step(&step).await?;
            }
        }
        self.record.save_undone(self.lock.connection()).await
    }

    async fn undo_step(&mut self, step: &SavedStep) -> Result<(), StoreError> {
        let Some(back) = step.rollback_sql.as_ref() else { return Ok(()) };
        let limits = self.store.config().changes.clone();
        let statement_timeout = self.store.config().control_statement_timeout;
        let mut patience = Patience::new(limits.step_wait);
        loop {
            let connection = self.lock.connection();
            let attempt = async {
                if step.run == Run::Alone {
                    return Ok(connection.batch_execute(back).await?);
                }
                let transaction = connection.transaction().await?;
                open(&transaction, patience.lock_wait(limits.lock_wait), statement_timeout).await?;
                transaction.batch_execute(back).await?;
                Ok::<(), StoreError>(transaction.commit().await?)
            };
            match attempt.await {
                Ok(()) => return Ok(()),
                Err(error) => patience.after(error).await?,
            }
        }
    }
}
