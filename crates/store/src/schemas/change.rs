//! Changing a schema in use by a plan: wholly or not at all, whatever happens in the middle.
//!
//! A plan that only switches is one transaction. One that prepares or finishes apart is a row of
//! `public.schema_migrations` from its first step on; it runs in a task of its own, so that it
//! outlives the request that asked for it, and an heir goes on should it die: see [`recover`].

mod batches;
mod course;
mod failure;
mod limits;
mod lock;
mod patience;
mod record;
mod recover;
mod saved_plan;
mod steps;
mod switch;
mod undo;

use std::time::Duration;

use definition::Definition;
use migration::{Plan, Remedies, Stage};
use serde_json::json;
use sql::Sql;
use tokio::sync::oneshot;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use self::course::Course;
use self::record::{Outcome, Progress, Record, Request, State};
use super::{Schema, row, versions};
use crate::{Actor, Store, StoreError, roles};

pub(super) use course::open;
pub use limits::ChangeLimits;
pub(super) use lock::ChangeLock;
pub(super) use patience::Patience;
pub use recover::Recovery;
pub(super) use saved_plan::SavedPlan;
pub(crate) use saved_plan::SavedStep;

/// How long the answer to a change waits for what is left to do once its version is in force.
const FINISH_WAIT: Duration = Duration::from_secs(10);

/// A change of a schema, planned.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What its migration will be called: a version 7 UUID, so that migrations sort by age.
    pub id: Uuid,
    /// Whose the schema is.
    pub tenant: Uuid,
    /// The schema.
    pub schema_id: Uuid,
    /// What to do. It starts from the version that must still be in force.
    pub plan: &'a Plan,
    /// What will be in force.
    pub definition: &'a Definition,
    /// What the author says.
    pub message: Option<&'a str>,
    /// What was chosen for rows that do not fit, for the record.
    pub remedies: &'a Remedies,
    /// Another name of the schema, in the same go.
    pub name: Option<&'a str>,
    /// Another description, or none.
    pub description: Option<Option<&'a str>>,
    /// Whether its rows can be reached.
    pub is_active: Option<bool>,
}

/// A change that was made.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The schema at its new version.
    pub schema: Schema,
    /// The migration.
    pub migration: Uuid,
    /// Whether nothing is left to do. Otherwise the last steps go on by themselves.
    pub finished: bool,
}

impl Store {
    /// Runs a plan. When it answers, the new version is in force; when it refuses, nothing was
    /// changed, unless the database was lost: then it ends by itself, one way or the other.
    pub async fn apply(&self, change: &Change<'_>, actor: &Actor) -> Result<Applied, StoreError> {
        let mut lock = self.take_change_lock(change.schema_id).await?;
        let record = match self.record(&mut lock, change, actor).await {
            Ok(record) => record,
            Err(error) => {
                lock.release().await;
                return Err(error);
            }
        };
        let course = Course { store: self.clone(), lock, record, inherited: false };
        if change.plan.steps.iter().all(|step| step.stage == Stage::Switch) {
            at_once(course).await
        } else {
            by_stages(course).await
        }
    }

    /// What will be recorded, once it is sure that the plan starts from the version in force.
    async fn record(
        &self,
        lock: &mut ChangeLock,
        change: &Change<'_>,
        actor: &Actor,
    ) -> Result<Record, StoreError> {
        let mut statement = Sql::of("SELECT ");
        statement
            .syntax(row::COLUMNS)
            .syntax(" FROM public.schemas WHERE id = $1 AND tenant_id = $2 AND deleted_at IS NULL");
        let ids: [&(dyn ToSql + Sync); 2] = [&change.schema_id, &change.tenant];
        let found = lock.connection().query_opt(statement.text(), &ids).await?;
        let schema = row::schema(&found.ok_or(StoreError::NotFound("schema"))?)?;
        let plan = change.plan;
        if schema.version != plan.from_version {
            return Err(StoreError::VersionConflict { current: schema.version });
        }
        let before = versions::definition_of(&schema.definition)?;
        Ok(Record {
            id: change.id,
            schema_id: schema.id,
            tenant_id: schema.tenant_id,
            namespace: roles::ident(schema.namespace)?,
            from_version: schema.version,
            version: schema.version + 1,
            state: State::New,
            plan: SavedPlan::of(plan, &before),
            definition: change.definition.to_json(),
            message: change.message.map(str::to_owned),
            remedies: json!(change.remedies),
            request: Request {
                actor: actor.clone(),
                name: change.name.map(str::to_owned),
                describes: change.description.is_some(),
                description: change.description.flatten().map(str::to_owned),
                is_active: change.is_active,
            },
            progress: Progress::default(),
        })
    }
}

/// One transaction, in the caller's own time: were the caller gone, nothing would have happened.
async fn at_once(mut course: Course) -> Result<Applied, StoreError> {
    let switched = course.switch().await;
    let outcome = match switched {
        Ok(schema) => Ok(Applied { schema, migration: course.record.id, finished: true }),
        Err(error) => Err(course.give_up(error).await),
    };
    course.lock.release().await;
    outcome
}

/// Stage after stage, in a task of its own.
async fn by_stages(mut course: Course) -> Result<Applied, StoreError> {
    let begun = course.record.insert(course.lock.connection(), Outcome::Running).await;
    if let Err(error) = begun {
        course.lock.release().await;
        return Err(error);
    }
    course.record.state = State::Running;
    let migration = course.record.id;
    let (switched, outcome) = oneshot::channel();
    let task = tokio::spawn(async move {
        let outcome = course.switch_over().await;
        let goes_on = outcome.is_ok();
        // Whoever asked may be gone; the change is made all the same.
        switched.send(outcome).ok();
        let finished = goes_on && finished(&mut course).await;
        course.lock.release().await;
        finished
    });
    let gone = |_| StoreError::Unavailable {
        message: "the task of a change ended before the change did".to_owned(),
        source: None,
    };
    let schema = outcome.await.map_err(gone)??;
    let finished = matches!(tokio::time::timeout(FINISH_WAIT, task).await, Ok(Ok(true)));
    Ok(Applied { schema, migration, finished })
}

/// Whether the last stage is done; otherwise an heir tries again.
async fn finished(course: &mut Course) -> bool {
    match course.finish().await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, migration = %course.record.id, "the last steps of a change are left to be done");
            false
        }
    }
}
