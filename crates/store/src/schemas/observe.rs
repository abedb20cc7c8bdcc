//! Asking the data before a change: which rows would not fit?

use std::time::Duration;

use deadpool_postgres::Object;
use migration::{Observation, Probe};
use serde_json::Value;
use sql::Sql;
use tokio::time::Instant;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{IsolationLevel, Row};

use crate::rows::TextParam;
use crate::{Store, StoreError};

/// What the data answered to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Observed {
    /// It is known.
    Answer(Observation),
    /// It took too long to find out, somebody held the table, or the table has changed since.
    Unknown,
}

impl Store {
    /// Asks the data. Each question is a transaction that is always rolled back; the answers come
    /// in the order of the questions.
    pub async fn observe(&self, probes: &[Probe]) -> Result<Vec<Observed>, StoreError> {
        if probes.is_empty() {
            return Ok(Vec::new());
        }
        let limits = &self.config().changes;
        let end = Instant::now() + limits.probes_timeout;
        let mut connection = self.changes().await?;
        let mut answers = Vec::with_capacity(probes.len());
        for probe in probes {
            let left = end.saturating_duration_since(Instant::now());
            let timeout = limits.probe_timeout.min(left);
            // A limit of less than a millisecond would be none for PostgreSQL.
            if timeout.as_millis() == 0 {
                answers.push(Observed::Unknown);
                continue;
            }
            answers.push(observed(ask(&mut connection, probe, timeout).await)?);
        }
        Ok(answers)
    }
}

fn observed(answer: Result<Observation, StoreError>) -> Result<Observed, StoreError> {
    match answer {
        Ok(observation) => Ok(Observed::Answer(observation)),
        Err(
            error @ (StoreError::Timeout(_)
            | StoreError::Locked(_)
            | StoreError::Serialization(_)
            | StoreError::Undefined(_)),
        ) => {
            tracing::info!(%error, "a question to the data stays open");
            Ok(Observed::Unknown)
        }
        Err(error) => Err(error),
    }
}

async fn ask(
    connection: &mut Object,
    probe: &Probe,
    timeout: Duration,
) -> Result<Observation, StoreError> {
    let transaction = connection
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .start()
        .await?;
    let mut opening = Sql::of("SET LOCAL statement_timeout = ");
    opening.number(i128::try_from(timeout.as_millis()).unwrap_or(i128::MAX));
    transaction.batch_execute(opening.text()).await?;
    for statement in &probe.before {
        transaction.batch_execute(statement.text()).await?;
    }
    let mut observation = Observation::default();
    let counted = query(&transaction, &probe.count).await?;
    if let Some(row) = counted.first() {
        observation.rows = u64::try_from(row.try_get::<_, i64>(0)?).unwrap_or(0);
    }
    if observation.rows > 0 {
        let rows = query(&transaction, &probe.sample).await?;
        let rows = rows.iter().map(|row| row.try_get::<_, Option<Value>>(0));
        let rows = rows.map(|row| row.map(Option::unwrap_or_default));
        observation.sample_rows = rows.collect::<Result<Vec<_>, _>>()?;
    }
    transaction.rollback().await?;
    Ok(observation)
}

async fn query(
    transaction: &tokio_postgres::Transaction<'_>,
    sql: &Sql,
) -> Result<Vec<Row>, StoreError> {
    let params: Vec<TextParam<'_>> = sql.params().iter().map(TextParam::of).collect();
    let params: Vec<(&(dyn ToSql + Sync), Type)> =
        params.iter().map(|param| (param.as_sql(), Type::UNKNOWN)).collect();
    Ok(transaction.query_typed(sql.text(), &params).await?)
}
