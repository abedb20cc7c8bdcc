//! Rows of schemas: one statement, under the schema's role, in one round trip.
//!
//! The statement comes from `query`, which knows nothing of connections; the place, with its role
//! and its lane, from [`Store::data_place`].

mod param;
mod run;

use sql::Sql;
use tokio_postgres::Row;

pub(crate) use param::TextParam;

use crate::schemas::DataPlace;
use crate::{Refusal, Store, StoreError};

/// What a statement for rows answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsAnswer {
    /// The rows as PostgreSQL wrote them; none when rows were only deleted.
    pub json: Option<String>,
    /// How many rows it is about.
    pub rows: i64,
    /// How many rows match in all, when that was asked.
    pub total: Option<i64>,
}

/// Whether a statement may change rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

impl Store {
    /// Runs a statement that only reads. Nothing when it was about one row that is not there.
    pub async fn read_rows(
        &self,
        place: &DataPlace,
        sql: &Sql,
    ) -> Result<Option<RowsAnswer>, StoreError> {
        self.run_rows(place, sql, Access::Read).await
    }

    /// Runs a statement that writes. Nothing when it was about one row that is not there.
    pub async fn write_rows(
        &self,
        place: &DataPlace,
        sql: &Sql,
    ) -> Result<Option<RowsAnswer>, StoreError> {
        self.run_rows(place, sql, Access::Write).await
    }

    async fn run_rows(
        &self,
        place: &DataPlace,
        sql: &Sql,
        access: Access,
    ) -> Result<Option<RowsAnswer>, StoreError> {
        let connection = self.data(place.lane).await?;
        let params: Vec<TextParam<'_>> = sql.params().iter().map(TextParam::of).collect();
        let rows = run::run(&connection, place, sql, &params, access).await?;
        rows.first().map(answer).transpose()
    }
}

fn answer(row: &Row) -> Result<RowsAnswer, StoreError> {
    Ok(RowsAnswer { json: row.try_get(0)?, rows: row.try_get(1)?, total: row.try_get(2)? })
}

impl Refusal {
    /// The number of the parameter whose text PostgreSQL could not read, `$1` being 1.
    pub fn parameter(&self) -> Option<usize> {
        let (_, rest) = self.context.as_deref()?.split_once("parameter $")?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse().ok()
    }
}
