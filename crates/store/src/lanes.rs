//! The lanes of the data plane: login roles that own nothing and may only become schema roles.
//!
//! After any GRANT, the next `SET ROLE` of a connection rebuilds its login's list of memberships,
//! and a connection's catalog cache grows with the tables it has touched. Both stay small because a
//! lane serves at most [`LANE_CAPACITY`] schemas.

use rand::Rng;
use rand::distr::Alphanumeric;
use sql::{Ident, Sql};
use tokio_postgres::{Client, Transaction};

use crate::StoreError;
use crate::roles::ident;

/// How many schemas one lane serves.
pub const LANE_CAPACITY: i32 = 200;
/// Below this many lanes, a creation that finds every lane busy makes one instead of waiting.
const SPREAD_LANES: i64 = 4;
/// Length of a lane's password: 190 bits.
const PASSWORD_LENGTH: usize = 32;
/// The advisory lock of whoever makes a lane.
const NEW_LANE_LOCK: i64 = 0x0074_656e_616e_7462;

/// How a lane signs in.
pub(crate) struct LaneLogin {
    pub(crate) role_name: String,
    pub(crate) password: String,
}

impl LaneLogin {
    pub(crate) async fn fetch(client: &Client, lane: i32) -> Result<Self, StoreError> {
        let row = client
            .query_opt(
                "SELECT role_name, password FROM public.data_lanes WHERE number = $1",
                &[&lane],
            )
            .await?
            .ok_or(StoreError::NotFound("lane"))?;
        Ok(Self { role_name: row.try_get(0)?, password: row.try_get(1)? })
    }
}

/// Gives a schema's role to a lane with room, making a lane when there is none, and answers the
/// lane's number. Part of the transaction that creates the schema.
pub(crate) async fn assign(
    transaction: &Transaction<'_>,
    schema_role: &Ident,
) -> Result<i32, StoreError> {
    let (number, role_name) = match take_free(transaction).await? {
        Some(lane) => lane,
        None => take_busy_or_new(transaction).await?,
    };
    let mut grant = Sql::of("GRANT ");
    grant.ident(schema_role).syntax(" TO ").ident(&ident(role_name)?);
    transaction.batch_execute(grant.text()).await?;
    Ok(number)
}

/// Gives the place of a purged schema back. Dropping the role ends its membership.
pub(crate) async fn release(transaction: &Transaction<'_>, lane: i32) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE public.data_lanes SET schema_count = schema_count - 1 WHERE number = $1",
            &[&lane],
        )
        .await?;
    Ok(())
}

type Taken = (i32, String);

/// The fullest lane with room that no other creation holds.
async fn take_free(transaction: &Transaction<'_>) -> Result<Option<Taken>, StoreError> {
    let row = transaction
        .query_opt(
            "UPDATE public.data_lanes SET schema_count = schema_count + 1
              WHERE number = (SELECT number FROM public.data_lanes WHERE schema_count < $1
                               ORDER BY schema_count DESC, number
                                 FOR UPDATE SKIP LOCKED LIMIT 1)
          RETURNING number, role_name",
            &[&LANE_CAPACITY],
        )
        .await?;
    row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
}

/// Every lane is full or held by another creation: wait for one, or make one.
async fn take_busy_or_new(transaction: &Transaction<'_>) -> Result<Taken, StoreError> {
    transaction.query("SELECT pg_advisory_xact_lock($1)", &[&NEW_LANE_LOCK]).await?;
    let lanes: i64 =
        transaction.query_one("SELECT count(*) FROM public.data_lanes", &[]).await?.try_get(0)?;
    if lanes >= SPREAD_LANES
        && let Some(row) = transaction
            .query_opt(
                "UPDATE public.data_lanes SET schema_count = schema_count + 1
                  WHERE number = (SELECT number FROM public.data_lanes WHERE schema_count < $1
                                   ORDER BY schema_count, number FOR UPDATE LIMIT 1)
              RETURNING number, role_name",
                &[&LANE_CAPACITY],
            )
            .await?
    {
        return Ok((row.try_get(0)?, row.try_get(1)?));
    }
    create(transaction).await
}

async fn create(transaction: &Transaction<'_>) -> Result<Taken, StoreError> {
    let row = transaction
        .query_one(
            "SELECT coalesce(max(number), 0) + 1,
                    'tenanta_lane_' || (SELECT oid FROM pg_catalog.pg_database
                                         WHERE datname = current_database())
                                    || '_' || coalesce(max(number), 0) + 1,
                    current_database()::text
               FROM public.data_lanes",
            &[],
        )
        .await?;
    let (number, role_name): (i32, String) = (row.try_get(0)?, row.try_get(1)?);
    let password: String =
        rand::rng().sample_iter(Alphanumeric).take(PASSWORD_LENGTH).map(char::from).collect();
    // PostgreSQL gets the verifier: servers commonly log DDL, and with it what it says.
    let verifier = postgres_protocol::password::scram_sha_256(password.as_bytes());
    let role = ident(role_name.clone())?;
    let mut statements = Sql::of("CREATE ROLE ");
    statements.ident(&role).syntax(" LOGIN NOINHERIT PASSWORD ").literal(&verifier);
    statements.syntax("; GRANT CONNECT ON DATABASE ").ident(&ident(row.try_get(2)?)?);
    statements.syntax(" TO ").ident(&role);
    transaction.batch_execute(statements.text()).await?;
    transaction
        .execute(
            "INSERT INTO public.data_lanes (number, role_name, password, schema_count)
             VALUES ($1, $2, $3, 1)",
            &[&number, &role_name, &password],
        )
        .await?;
    Ok((number, role_name))
}
