//! One round trip: three messages leave together, a transaction that takes the role, the statement,
//! the end of the transaction.
//!
//! All of them are queued when the future is first polled, so a request that is dropped half-way
//! cannot leave a transaction open. Were the role refused, the transaction would be aborted and the
//! statement with it; and the lane that is signed in owns nothing and inherits nothing.

use std::pin::pin;

use deadpool_postgres::Object;
use futures_util::future::{join3, maybe_done, poll_immediate};
use sql::Sql;
use tokio_postgres::types::Type;
use tokio_postgres::{Row, Statement};

use super::{Access, TextParam};
use crate::StoreError;
use crate::schemas::DataPlace;

/// Statements with more parameters than this are not kept prepared: bulk inserts of every length.
const MAX_KEPT_PARAMETERS: usize = 200;
/// How many statements one connection keeps. A lane's connections serve hundreds of schemas, and
/// clients can write requests of any form, so a full connection starts over.
const MAX_KEPT_STATEMENTS: usize = 500;

const COMMIT: &str = "COMMIT";

pub(super) async fn run(
    connection: &Object,
    place: &DataPlace,
    sql: &Sql,
    params: &[TextParam<'_>],
    access: Access,
) -> Result<Vec<Row>, StoreError> {
    let opening = opening(place, access);
    if params.len() > MAX_KEPT_PARAMETERS {
        return run_once(connection, &opening, sql, params).await;
    }
    let keyed = keyed(place, sql);
    match run_prepared(connection, &opening, &keyed, params).await {
        // The table changed since; PostgreSQL wants the statement anew.
        Err(StoreError::Stale(_)) => {
            connection.statement_cache.remove(keyed.text(), &[]);
            run_prepared(connection, &opening, &keyed, params).await
        }
        done => done,
    }
}

/// Opens a transaction under the schema's role.
fn opening(place: &DataPlace, access: Access) -> Sql {
    let mut opening = Sql::of(match access {
        Access::Read => "BEGIN READ ONLY; SET LOCAL ROLE ",
        Access::Write => "BEGIN READ WRITE; SET LOCAL ROLE ",
    });
    opening.ident(&place.role);
    opening
}

/// The statement with its schema and version in front: a schema that was changed, or purged and
/// made again, has other types behind the same names.
fn keyed(place: &DataPlace, sql: &Sql) -> Sql {
    let mut keyed = Sql::of("/* ");
    keyed.literal(&place.schema_id.to_string()).syntax(" ").number(place.version).syntax(" */ ");
    keyed.append(sql);
    keyed
}

/// A statement that is not worth keeping: parsed and run in one go.
async fn run_once(
    connection: &Object,
    opening: &Sql,
    sql: &Sql,
    params: &[TextParam<'_>],
) -> Result<Vec<Row>, StoreError> {
    let typed: Vec<_> = params.iter().map(|param| (param.as_sql(), Type::UNKNOWN)).collect();
    outcome(
        join3(
            connection.batch_execute(opening.text()),
            connection.query_typed(sql.text(), &typed),
            connection.batch_execute(COMMIT),
        )
        .await,
    )
}

/// A statement that its connection knows runs at once; another one is prepared first, in a
/// transaction of its own, because only the schema's role may look into the namespace.
async fn run_prepared(
    connection: &Object,
    opening: &Sql,
    sql: &Sql,
    params: &[TextParam<'_>],
) -> Result<Vec<Row>, StoreError> {
    let mut begun = pin!(maybe_done(connection.batch_execute(opening.text())));
    poll_immediate(begun.as_mut()).await;
    let mut prepared = pin!(connection.prepare_cached(sql.text()));
    let known = poll_immediate(prepared.as_mut()).await;
    let commit = connection.batch_execute(COMMIT);
    let answer = match known {
        Some(Ok(statement)) => {
            let ((), rows, committed) =
                join3(begun.as_mut(), query(connection, &statement, params), commit).await;
            (rows, committed)
        }
        Some(Err(error)) => {
            let ((), (), committed) = join3(begun.as_mut(), std::future::ready(()), commit).await;
            (Err(error), committed)
        }
        None => {
            let ((), statement, committed) = join3(begun.as_mut(), prepared, commit).await;
            let begun = begun.take_output().unwrap_or(Ok(()));
            let statement = outcome((begun, statement, committed))?;
            return run_new(connection, opening, &statement, params).await;
        }
    };
    outcome((begun.take_output().unwrap_or(Ok(())), answer.0, answer.1))
}

async fn run_new(
    connection: &Object,
    opening: &Sql,
    statement: &Statement,
    params: &[TextParam<'_>],
) -> Result<Vec<Row>, StoreError> {
    let done = outcome(
        join3(
            connection.batch_execute(opening.text()),
            query(connection, statement, params),
            connection.batch_execute(COMMIT),
        )
        .await,
    );
    if connection.statement_cache.size() >= MAX_KEPT_STATEMENTS {
        connection.statement_cache.clear();
    }
    done
}

type Outcome<T> = Result<T, tokio_postgres::Error>;

async fn query(
    connection: &Object,
    statement: &Statement,
    params: &[TextParam<'_>],
) -> Outcome<Vec<Row>> {
    let values: Vec<_> = params.iter().map(TextParam::as_sql).collect();
    connection.query(statement, &values).await
}

/// The first refusal is the cause of those after it. Constraints that are checked at the end of the
/// transaction refuse the last message.
fn outcome<T>(
    (begun, done, committed): (Outcome<()>, Outcome<T>, Outcome<()>),
) -> Result<T, StoreError> {
    begun?;
    let done = done?;
    committed?;
    Ok(done)
}
