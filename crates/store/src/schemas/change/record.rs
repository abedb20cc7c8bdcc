//! A migration as a row of `public.schema_migrations`: all that a run needs, so that whoever reads
//! it can go on where another stopped.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sql::Ident;
use tokio_postgres::{Client, Row};
use uuid::Uuid;

use super::saved_plan::SavedPlan;
use crate::{Actor, StoreError, roles};

/// A migration that is about to run, or was begun.
pub(super) struct Record {
    pub(super) id: Uuid,
    pub(super) schema_id: Uuid,
    pub(super) tenant_id: Uuid,
    pub(super) namespace: Ident,
    pub(super) from_version: i32,
    pub(super) version: i32,
    pub(super) state: State,
    pub(super) plan: SavedPlan,
    /// What will be in force; nothing once it is.
    pub(super) definition: Value,
    pub(super) message: Option<String>,
    pub(super) remedies: Value,
    pub(super) request: Request,
    pub(super) progress: Progress,
}

/// How far a migration has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// There is no row of it yet.
    New,
    /// Its row says `running`: before the switch.
    Running,
    /// Its row says `finishing`: after it.
    Finishing,
}

/// Who asked, and what else of the schema changes in the same go.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    pub(super) actor: Actor,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// Whether the description is another one, or none.
    #[serde(default)]
    pub(super) describes: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) is_active: Option<bool>,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Progress {
    /// The step that is worked on; every one of the stage before it is done.
    pub(super) step: usize,
    /// The block it has come to.
    pub(super) block: i64,
    /// The blocks there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) blocks: Option<i64>,
    /// Whether what was done is being undone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) undoing: bool,
    /// How often an heir tried in vain.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) failures: u32,
    /// When the next one may try, in seconds of the epoch.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) not_before: i64,
}

fn is_zero<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Progress {
    /// At the beginning of a step.
    pub(super) fn at(self, step: usize) -> Self {
        Self { step, block: 0, blocks: None, ..self }
    }
}

/// What an inserted row says of the outcome.
pub(super) enum Outcome<'a> {
    /// It goes on after this row.
    Running,
    /// It is done, after so many milliseconds.
    Applied(i64),
    /// It was refused.
    Failed(&'a Value),
}

impl Record {
    /// The migration of a schema that is under way.
    pub(super) async fn fetch(client: &Client, schema: Uuid) -> Result<Option<Self>, StoreError> {
        let found = client
            .query_opt(
                "SELECT m.id, m.schema_id, s.tenant_id, s.namespace, m.from_version, m.version, m.state, m.plan,
                        m.definition, m.message, m.remedies, m.request, m.progress
                   FROM public.schema_migrations m JOIN public.schemas s ON s.id = m.schema_id
                  WHERE m.schema_id = $1 AND m.state IN ('running', 'finishing')",
                &[&schema],
            )
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// Writes the row.
    pub(super) async fn insert(
        &self,
        client: &Client,
        outcome: Outcome<'_>,
    ) -> Result<(), StoreError> {
        let (state, definition, took, error) = match outcome {
            Outcome::Running => ("running", Some(&self.definition), None, None),
            Outcome::Applied(milliseconds) => ("applied", None, Some(milliseconds), None),
            Outcome::Failed(error) => ("failed", None, None, Some(error)),
        };
        client
            .execute(
                "INSERT INTO public.schema_migrations
                     (id, schema_id, from_version, version, state, plan, sql, rollback_sql, created_by, definition,
                      message, remedies, request, progress, started_at, applied_at, duration_ms, error)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, now(),
                         CASE WHEN $5 = 'applied' THEN clock_timestamp() END, $15, $16)",
                &[
                    &self.id,
                    &self.schema_id,
                    &self.from_version,
                    &self.version,
                    &state,
                    &json!(self.plan),
                    &self.plan.sql(),
                    &self.plan.rollback_sql(),
                    &self.request.actor.to_string(),
                    &definition,
                    &self.message,
                    &self.remedies,
                    &json!(self.request),
                    &json!(self.progress),
                    &took,
                    &error,
                ],
            )
            .await?;
        Ok(())
    }

    /// Saves how far it is, in the transaction of what was done or after what has none.
    pub(super) async fn save_progress(
        &self,
        client: &Client,
        progress: Progress,
    ) -> Result<(), StoreError> {
        let update = "UPDATE public.schema_migrations SET progress = $2
                       WHERE id = $1 AND state IN ('running', 'finishing')";
        self.updated(client.execute(update, &[&self.id, &json!(progress)]).await?)
    }

    /// The version is in force: the end, or the beginning of the last stage.
    pub(super) async fn save_switched(
        &self,
        client: &Client,
        finished: bool,
    ) -> Result<(), StoreError> {
        let update = "UPDATE public.schema_migrations
                         SET state = CASE WHEN $2 THEN 'applied' ELSE 'finishing' END, definition = NULL,
                             progress = $3, applied_at = clock_timestamp(),
                             duration_ms = extract(epoch FROM clock_timestamp() - started_at) * 1000
                       WHERE id = $1 AND state = 'running'";
        let progress = json!(Progress::default());
        self.updated(client.execute(update, &[&self.id, &finished, &progress]).await?)
    }

    /// Nothing is left to do.
    pub(super) async fn save_finished(&self, client: &Client) -> Result<(), StoreError> {
        let update = "UPDATE public.schema_migrations SET state = 'applied', error = NULL
                       WHERE id = $1 AND state = 'finishing'";
        self.updated(client.execute(update, &[&self.id]).await?)
    }

    /// It is being undone, and why; an heir that does not know leaves the reason as it is.
    pub(super) async fn save_undoing(
        &self,
        client: &Client,
        progress: Progress,
        error: Option<&Value>,
    ) -> Result<(), StoreError> {
        let update =
            "UPDATE public.schema_migrations SET progress = $2, error = coalesce($3, error)
                       WHERE id = $1 AND state = 'running'";
        self.updated(client.execute(update, &[&self.id, &json!(progress), &error]).await?)
    }

    /// Nothing of it is left.
    pub(super) async fn save_undone(&self, client: &Client) -> Result<(), StoreError> {
        let update = "UPDATE public.schema_migrations SET state = 'undone', definition = NULL
                       WHERE id = $1 AND state = 'running'";
        self.updated(client.execute(update, &[&self.id]).await?)
    }

    /// A row goes away with its schema, when that is purged.
    #[expect(clippy::unused_self, reason = "it reads as what happened to this row")]
    fn updated(&self, rows: u64) -> Result<(), StoreError> {
        if rows == 1 { Ok(()) } else { Err(StoreError::NotFound("schema")) }
    }
}

fn read(row: &Row) -> Result<Record, StoreError> {
    let state: &str = row.try_get(6)?;
    Ok(Record {
        id: row.try_get(0)?,
        schema_id: row.try_get(1)?,
        tenant_id: row.try_get(2)?,
        namespace: roles::ident(row.try_get(3)?)?,
        from_version: row.try_get(4)?,
        version: row.try_get(5)?,
        state: if state == "finishing" { State::Finishing } else { State::Running },
        plan: saved(row, 7)?,
        definition: row.try_get::<_, Option<Value>>(8)?.unwrap_or_default(),
        message: row.try_get(9)?,
        remedies: row.try_get::<_, Option<Value>>(10)?.unwrap_or_default(),
        request: saved(row, 11)?,
        progress: saved(row, 12)?,
    })
}

fn saved<T: for<'a> Deserialize<'a>>(row: &Row, column: usize) -> Result<T, StoreError> {
    serde_json::from_value(row.try_get(column)?)
        .map_err(|error| StoreError::Corrupt(error.to_string()))
}
