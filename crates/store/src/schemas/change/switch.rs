//! The switch to a new version: the steps in one transaction with everything that tells of them.

use std::time::Instant;

use deadpool_postgres::Transaction;
use migration::{Run, Stage};
use serde_json::{Value, json};
use sql::Sql;
use uuid::Uuid;

use super::course::{Course, open};
use super::patience::Patience;
use super::record::{Outcome, Record, State};
use super::saved_plan::{SavedName, SavedStep};
use crate::schemas::{Schema, apply, create, row, settings, versions};
use crate::{Store, StoreError};

const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))";

impl Course {
    /// Makes the new version be in force, or changes nothing. While others hold the tables it is
    /// tried again, each time from the beginning, so that nobody waits behind us for long.
    pub(super) async fn switch(&mut self) -> Result<Schema, StoreError> {
        let limits = self.store.config().changes.clone();
        let mut patience = Patience::new(limits.switch_wait);
        let started = Instant::now();
        loop {
            let lock_wait = patience.lock_wait(limits.lock_wait);
            let statement_timeout = self.store.config().control_statement_timeout;
            let connection = self.lock.connection();
            let attempt = async {
                let transaction = connection.transaction().await?;
                open(&transaction, lock_wait, statement_timeout).await?;
                let schema = attempt(&self.store, &transaction, &self.record, started).await?;
                transaction.commit().await?;
                Ok::<_, StoreError>(schema)
            };
            match attempt.await {
                Ok(schema) => {
                    self.record.state = State::Finishing;
                    self.record.progress = super::record::Progress::default();
                    return Ok(schema);
                }
                Err(error) => patience.after(error).await?,
            }
        }
    }
}

/// What tells of the change comes before the steps: it holds nothing that others want, and the
/// locks of the steps are held for less long.
async fn attempt(
    store: &Store,
    transaction: &Transaction<'_>,
    record: &Record,
    started: Instant,
) -> Result<Schema, StoreError> {
    transaction.query(LOCK, &[&record.schema_id]).await?;
    let before = settings::hold(transaction, record.tenant_id, record.schema_id).await?;
    refuse_moved(&before, record)?;
    if let Some(name) = record.request.name.as_ref().filter(|name| **name != before.name) {
        create::refuse_taken_name(transaction, record.tenant_id, name).await?;
    }
    let after = update(transaction, record).await?;
    let actor = &record.request.actor;
    let told = (record.plan.changes.as_slice(), record.message.as_deref());
    versions::save(transaction, &after, told, actor).await?;
    take_back(transaction, record).await?;
    put_aside(transaction, record, store.config().retention_days).await?;
    settings::record(
        transaction,
        &after,
        "schema.changed",
        details(&before, &after, record),
        actor,
    )
    .await?;
    apply::run(transaction, steps(record)?).await?;
    if record.state == State::New {
        let took = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
        record.insert(transaction.client(), Outcome::Applied(took)).await?;
    } else {
        let finished = record.plan.stage(Stage::Finish).is_empty();
        record.save_switched(transaction.client(), finished).await?;
    }
    Ok(after)
}

fn refuse_moved(before: &Schema, record: &Record) -> Result<(), StoreError> {
    if before.deleted_at.is_some() {
        return Err(StoreError::NotFound("schema"));
    }
    if before.version != record.from_version {
        return Err(StoreError::VersionConflict { current: before.version });
    }
    Ok(())
}

fn steps(record: &Record) -> Result<Vec<&SavedStep>, StoreError> {
    let positions = record.plan.stage(Stage::Switch);
    let steps: Vec<&SavedStep> = positions.into_iter().map(|at| &record.plan.steps[at]).collect();
    match steps.iter().find(|step| step.run != Run::Transactional) {
        Some(step) => {
            Err(StoreError::Corrupt(["not for a transaction: ", step.title.as_str()].concat()))
        }
        None => Ok(steps),
    }
}

async fn update(transaction: &Transaction<'_>, record: &Record) -> Result<Schema, StoreError> {
    let mut statement = Sql::of(
        "UPDATE public.schemas
            SET version = $2, definition = $3, name = coalesce($4, name),
                description = CASE WHEN $5 THEN $6 ELSE description END,
                is_active = coalesce($7, is_active), updated_at = now(), updated_by = $8
          WHERE id = $1 RETURNING ",
    );
    statement.syntax(row::COLUMNS);
    let request = &record.request;
    let changed = transaction
        .query_one(
            statement.text(),
            &[
                &record.schema_id,
                &record.version,
                &record.definition,
                &request.name,
                &request.describes,
                &request.description,
                &request.is_active,
                &request.actor.to_string(),
            ],
        )
        .await?;
    row::schema(&changed)
}

/// What the plan takes back no longer waits in the attic. It must have been there.
async fn take_back(transaction: &Transaction<'_>, record: &Record) -> Result<(), StoreError> {
    let (versions, numbers) = columns(record.plan.taken_back.iter());
    let taken = transaction
        .execute(
            "UPDATE public.schema_attic SET waits = false
              WHERE schema_id = $1 AND waits AND (version, number) IN (SELECT * FROM unnest($2::integer[], $3::integer[]))",
            &[&record.schema_id, &versions, &numbers],
        )
        .await?;
    if usize::try_from(taken).is_ok_and(|taken| taken == versions.len()) {
        Ok(())
    } else {
        Err(StoreError::AtticChanged)
    }
}

async fn put_aside(
    transaction: &Transaction<'_>,
    record: &Record,
    retention_days: u16,
) -> Result<(), StoreError> {
    let items = &record.plan.put_aside;
    if items.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = items.iter().map(|_| Uuid::now_v7()).collect();
    let (versions, numbers) = columns(items.iter().map(|item| &item.name));
    let kinds: Vec<&str> = items.iter().map(|item| item.kind.as_str()).collect();
    let subjects: Vec<&str> = items.iter().map(|item| item.subject.as_str()).collect();
    let waits: Vec<bool> = items.iter().map(|item| item.waits).collect();
    let contents: Vec<&Value> = items.iter().map(|item| &item.content).collect();
    transaction
        .execute(
            "INSERT INTO public.schema_attic (schema_id, id, version, number, kind, subject, content, waits,
                                             expires_at)
             SELECT $1, id, version, number, kind, subject, content, waits, now() + make_interval(days => $8)
               FROM unnest($2::uuid[], $3::integer[], $4::integer[], $5::text[], $6::text[], $7::jsonb[],
                           $9::boolean[])
                    AS item (id, version, number, kind, subject, content, waits)",
            &[
                &record.schema_id,
                &ids,
                &versions,
                &numbers,
                &kinds,
                &subjects,
                &contents,
                &i32::from(retention_days),
                &waits,
            ],
        )
        .await?;
    Ok(())
}

fn columns<'a>(names: impl Iterator<Item = &'a SavedName>) -> (Vec<i32>, Vec<i32>) {
    names.map(|name| (name.version, name.number)).unzip()
}

/// What the audit log keeps. The changes themselves stand with the version.
fn details(before: &Schema, after: &Schema, record: &Record) -> Value {
    let mut details = settings::differences(before, after);
    details["version"] = json!([before.version, after.version]);
    details["changes"] = json!(record.plan.changes.len());
    details["migration"] = json!(record.id);
    details
}
