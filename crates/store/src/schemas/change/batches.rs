//! A step that goes over a table, one range of blocks after the other.
//!
//! Each range is a short transaction that also saves how far it came. Rows that others move behind
//! the end while it runs were written after the step began, and so by the rules of the steps before
//! it.

use std::time::Duration;

use super::course::{Course, open};
use super::patience::Patience;
use super::record::Progress;
use super::saved_plan::SavedStep;
use crate::StoreError;
use crate::rows::TextParam;
use crate::schemas::apply::refused;

impl Course {
    /// Goes over the table of the step's first lock, from the block that the record names.
    pub(super) async fn run_batches(&mut self, position: usize) -> Result<(), StoreError> {
        let step = self.step(position);
        let limits = self.store.config().changes.clone();
        let blocks = match self.record.progress.blocks {
            Some(blocks) => blocks,
            None => self.count_blocks(&step).await?,
        };
        while self.record.progress.block < blocks {
            let mut patience = Patience::new(limits.step_wait);
            let to = self.record.progress.block + i64::from(limits.blocks_per_batch.max(1));
            let next =
                Progress { block: to.min(blocks), blocks: Some(blocks), ..self.record.progress };
            loop {
                let lock_wait = patience.lock_wait(limits.lock_wait);
                match self.attempt_batch(&step, next, lock_wait).await {
                    Ok(()) => break,
                    Err(error) => patience.after(error).await?,
                }
            }
        }
        let next = self.record.progress.at(position + 1);
        self.record.save_progress(self.lock.connection(), next).await?;
        self.has_come_to(next);
        Ok(())
    }

    async fn attempt_batch(
        &mut self,
        step: &SavedStep,
        next: Progress,
        lock_wait: Duration,
    ) -> Result<(), StoreError> {
        let statement_timeout = self.store.config().control_statement_timeout;
        let range = [self.record.progress.block, next.block].map(|block| Some(tid(block)));
        let [from, to] = [TextParam::of(&range[0]), TextParam::of(&range[1])];
        let transaction = self.lock.connection().transaction().await?;
        open(&transaction, lock_wait, statement_timeout).await?;
        let statement = transaction.prepare_cached(&step.sql).await;
        let statement = statement.map_err(|error| refused(step, error.into()))?;
        let done = transaction.execute(&statement, &[from.as_sql(), to.as_sql()]).await;
        done.map_err(|error| refused(step, error.into()))?;
        self.record.save_progress(transaction.client(), next).await?;
        transaction.commit().await.map_err(|error| refused(step, error.into()))?;
        self.has_come_to(next);
        Ok(())
    }

    async fn count_blocks(&mut self, step: &SavedStep) -> Result<i64, StoreError> {
        let nowhere = || StoreError::Corrupt(["no table for ", &step.title].concat());
        let table = step.locks.first().ok_or_else(nowhere)?;
        let count = "SELECT pg_relation_size(to_regclass(format('%I.%I', $1::text, $2::text)))
                            / current_setting('block_size')::bigint";
        let namespace = self.record.namespace.as_str().to_owned();
        let row = self.lock.connection().query_one(count, &[&namespace, &table.table]).await?;
        row.try_get::<_, Option<i64>>(0)?.ok_or_else(nowhere)
    }
}

/// The first row of a block.
fn tid(block: i64) -> String {
    ["(", &block.to_string(), ",0)"].concat()
}
