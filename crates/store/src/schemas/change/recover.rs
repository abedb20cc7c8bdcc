//! What was under way when a server or a connection died, and who goes on with it.
//!
//! A change that is under way holds its schema's lock. Whoever gets that lock while a row still
//! says `running` or `finishing` is the heir, and there is only one.

use chrono::Utc;
use futures_util::StreamExt;
use futures_util::stream;
use uuid::Uuid;

use super::course::Course;
use super::finished;
use super::lock::ChangeLock;
use super::record::{Progress, Record, State};
use crate::{Store, StoreError};

/// How many changes one round looks at, and how many of them at once.
const ROUND: i64 = 100;
const AT_ONCE: usize = 8;
/// After a failure an heir waits for so many seconds, then twice as long, and so on to an end.
const FIRST_DELAY: i64 = 5;
const MOST_DOUBLINGS: u32 = 7;

/// What a round found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Changes that were brought to their end.
    pub completed: usize,
    /// Changes that could not be, and of which nothing is left.
    pub undone: usize,
    /// Changes that somebody else is at, or that have to be tried again later.
    pub left: usize,
}

/// What became of a change that was inherited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Completed,
    Undone,
    Left,
}

impl Store {
    /// Goes on with every change that nobody drives any more. Cheap when there is none; to be
    /// called at start and every few seconds, by any number of servers. It answers when all that
    /// it took on is done, which may be long.
    pub async fn recover(&self) -> Result<Recovery, StoreError> {
        self.close_idle_changes();
        let waiting = self.under_way().await?;
        let ends = stream::iter(waiting).map(|schema| self.inherit_if_free(schema));
        let ends: Vec<End> = ends.buffer_unordered(AT_ONCE).collect().await;
        let count = |end: End| ends.iter().filter(|other| **other == end).count();
        Ok(Recovery {
            completed: count(End::Completed),
            undone: count(End::Undone),
            left: count(End::Left),
        })
    }

    /// Takes the lock of a schema to change it, going on first with what another left.
    pub(in crate::schemas) async fn take_change_lock(
        &self,
        schema: Uuid,
    ) -> Result<ChangeLock, StoreError> {
        let mut lock = ChangeLock::wait(self, schema).await?;
        let Some(record) = Record::fetch(lock.connection(), schema).await? else {
            return Ok(lock);
        };
        let (store, id) = (self.clone(), record.id);
        let task = tokio::spawn(async move { store.inherit(lock, record).await });
        match tokio::time::timeout(self.config().changes.queue_wait, task).await {
            Ok(Ok(End::Completed | End::Undone)) => ChangeLock::wait(self, schema).await,
            _ => {
                tracing::info!(migration = %id, "a change has to wait for one that was left by another");
                Err(StoreError::ChangeInProgress)
            }
        }
    }

    /// Takes the lock of a schema that nobody changes and of which no change was left.
    pub(in crate::schemas) async fn take_free_lock(
        &self,
        schema: Uuid,
    ) -> Result<Option<ChangeLock>, StoreError> {
        let Some(mut lock) = ChangeLock::try_take(self, schema).await? else { return Ok(None) };
        if Record::fetch(lock.connection(), schema).await?.is_none() {
            return Ok(Some(lock));
        }
        lock.release().await;
        Ok(None)
    }

    async fn under_way(&self) -> Result<Vec<Uuid>, StoreError> {
        let rows = self
            .control()
            .await?
            .query(
                "SELECT schema_id FROM public.schema_migrations
                  WHERE state IN ('running', 'finishing')
                    AND coalesce((progress ->> 'notBefore')::bigint, 0) <= extract(epoch FROM now())
                  ORDER BY id LIMIT $1",
                &[&ROUND],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    async fn inherit_if_free(&self, schema: Uuid) -> End {
        let taken = async {
            let Some(mut lock) = ChangeLock::try_take(self, schema).await? else { return Ok(None) };
            // Looked at again: until we had the lock, another may have ended it.
            match Record::fetch(lock.connection(), schema).await? {
                Some(record) => Ok(Some((lock, record))),
                None => {
                    lock.release().await;
                    Ok(None)
                }
            }
        };
        match taken.await {
            Ok(Some((lock, record))) => self.inherit(lock, record).await,
            Ok(None) => End::Left,
            Err(error) => {
                let error: StoreError = error;
                tracing::warn!(%error, schema = %schema, "a change that was left could not be looked at");
                End::Left
            }
        }
    }

    async fn inherit(&self, lock: ChangeLock, record: Record) -> End {
        tracing::info!(migration = %record.id, schema = %record.schema_id, "going on with a change");
        let mut course = Course { store: self.clone(), lock, record, inherited: true };
        let end = match course.record.state {
            State::Running if course.record.progress.undoing => match course.undo(None).await {
                Ok(()) => End::Undone,
                Err(error) => {
                    tracing::error!(%error, migration = %course.record.id, "a change could not be undone yet");
                    End::Left
                }
            },
            State::New | State::Running => match course.switch_over().await {
                Ok(_) => completed(&mut course).await,
                // It was undone, unless even that was impossible for now.
                Err(_) if course.is_over().await => End::Undone,
                Err(error) => {
                    tracing::warn!(%error, migration = %course.record.id, "a change could not go on");
                    End::Left
                }
            },
            State::Finishing => completed(&mut course).await,
        };
        if end == End::Left {
            course.put_off().await;
        }
        course.lock.release().await;
        end
    }
}

async fn completed(course: &mut Course) -> End {
    if finished(course).await { End::Completed } else { End::Left }
}

impl Course {
    /// Whether no row says any longer that the change is under way.
    async fn is_over(&mut self) -> bool {
        let schema = self.record.schema_id;
        matches!(Record::fetch(self.lock.connection(), schema).await, Ok(None))
    }

    /// Lets some time pass before the next heir tries, the longer the more have tried in vain.
    async fn put_off(&mut self) {
        let failures = self.record.progress.failures + 1;
        let delay = FIRST_DELAY << failures.min(MOST_DOUBLINGS);
        let progress = Progress {
            failures,
            not_before: Utc::now().timestamp() + delay,
            ..self.record.progress
        };
        // Where that cannot be saved the database is gone, and with it the reason to wait.
        self.record.save_progress(self.lock.connection(), progress).await.ok();
    }
}
