//! Steps that commit by themselves.

use std::time::Duration;

use migration::Stage;

use super::course::{Course, open};
use super::patience::Patience;
use super::saved_plan::SavedStep;
use crate::StoreError;
use crate::schemas::apply::refused;

/// No limit: a validation reads a table of any size while others go on.
const UNLIMITED: Duration = Duration::ZERO;

impl Course {
    /// Runs a step inside a transaction that also saves the progress: it is done once, whatever
    /// happens.
    pub(super) async fn run_transactional(&mut self, position: usize) -> Result<(), StoreError> {
        let step = self.step(position);
        let limits = self.store.config().changes.clone();
        let mut patience = Patience::new(limits.step_wait);
        loop {
            let lock_wait = patience.lock_wait(limits.lock_wait);
            match self.attempt(position, &step, lock_wait).await {
                Ok(()) => return Ok(()),
                Err(error) => patience.after(error).await?,
            }
        }
    }

    async fn attempt(
        &mut self,
        position: usize,
        step: &SavedStep,
        lock_wait: Duration,
    ) -> Result<(), StoreError> {
        let next = self.record.progress.at(position + 1);
        let transaction = self.lock.connection().transaction().await?;
        open(&transaction, lock_wait, UNLIMITED).await?;
        let done = transaction.batch_execute(&step.sql).await;
        done.map_err(|error| refused(step, error.into()))?;
        self.record.save_progress(transaction.client(), next).await?;
        transaction.commit().await.map_err(|error| refused(step, error.into()))?;
        self.has_come_to(next);
        Ok(())
    }

    /// Runs a step outside of a transaction. When it was interrupted, by a crash or by a lock that
    /// was not granted, what it left half-made is removed before it is tried again.
    pub(super) async fn run_alone(&mut self, position: usize) -> Result<(), StoreError> {
        let step = self.step(position);
        let mut patience = Patience::new(self.store.config().changes.step_wait);
        let mut interrupted = self.inherited;
        loop {
            match self.attempt_alone(&step, interrupted).await {
                Ok(()) => break,
                Err(error) => patience.after(error).await?,
            }
            interrupted = true;
        }
        let next = self.record.progress.at(position + 1);
        self.record.save_progress(self.lock.connection(), next).await?;
        self.has_come_to(next);
        Ok(())
    }

    async fn attempt_alone(
        &mut self,
        step: &SavedStep,
        interrupted: bool,
    ) -> Result<(), StoreError> {
        let connection = self.lock.connection();
        // After the switch a step that was interrupted is simply run again.
        if let Some(back) = step.rollback_sql.as_ref()
            && interrupted
            && step.stage == Stage::Prepare
        {
            connection.batch_execute(back).await?;
        }
        let done = connection.batch_execute(&step.sql).await;
        done.map_err(|error| refused(step, error.into()))
    }
}
