//! Our own tables, brought up to date at start.
//!
//! The numbered files of `migrations/` run under an advisory lock, so that two servers may start at
//! once. What PostgreSQL must grant is asked before anything is touched, and said in one sentence.

use std::time::Duration;

use tokio_postgres::Client;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{StoreConfig, StoreError};

mod embedded {
    refinery::embed_migrations!("../../migrations");
}

/// The oldest PostgreSQL we speak to.
const OLDEST_VERSION: i32 = 140_000;
/// "tenanta" in ASCII: the advisory lock that one migrating server holds.
const MIGRATION_LOCK: i64 = 0x0074_656e_616e_7461;
/// How long a server waits for another one that is migrating.
const LOCK_WAIT: Duration = Duration::from_mins(2);

/// Checks what the control role may do, then runs the migrations that are missing.
pub(crate) async fn run(config: &StoreConfig, tls: &MakeRustlsConnect) -> Result<(), StoreError> {
    let mut address = config.control.clone();
    address.application_name("tenanta migration");
    let (mut client, connection) = address.connect(tls.clone()).await.map_err(unreachable)?;
    let driver = tokio::spawn(connection);
    check_rights(&client).await?;
    let outcome = migrate(&mut client).await;
    // Closing the session also frees the lock, whatever became of the migration.
    drop(client);
    if let Ok(Err(error)) = driver.await {
        tracing::debug!(%error, "the migrating connection ended with an error");
    }
    outcome
}

/// A refused login is a matter of set-up; its text is for the person who starts the server.
fn unreachable(error: tokio_postgres::Error) -> StoreError {
    match error.as_db_error() {
        Some(report) => {
            StoreError::Setup(["PostgreSQL refused the connection: ", report.message()].concat())
        }
        None => error.into(),
    }
}

async fn check_rights(client: &Client) -> Result<(), StoreError> {
    let row = client
        .query_one(
            "SELECT current_user::text, current_database()::text,
                    current_setting('server_version_num')::int,
                    pg_is_in_recovery(),
                    rolsuper OR rolcreaterole,
                    has_database_privilege(current_database(), 'CREATE'),
                    has_schema_privilege('public', 'CREATE')
               FROM pg_catalog.pg_roles WHERE rolname = current_user",
            &[],
        )
        .await?;
    let (role, database): (&str, &str) = (row.try_get(0)?, row.try_get(1)?);
    let fail = |parts: &[&str]| Err(StoreError::Setup(parts.concat()));
    if row.try_get::<_, i32>(2)? < OLDEST_VERSION {
        return fail(&["PostgreSQL 14 or newer is needed"]);
    }
    if row.try_get(3)? {
        return fail(&[
            "this PostgreSQL is a read-only standby; point DATABASE_URL at the primary",
        ]);
    }
    if !row.try_get::<_, bool>(4)? {
        return fail(&[
            "the role ",
            role,
            " may not create roles; run: ALTER ROLE ",
            role,
            " CREATEROLE",
        ]);
    }
    if !row.try_get::<_, bool>(5)? {
        let grant = ["GRANT CREATE ON DATABASE ", database, " TO ", role].concat();
        return fail(&["the role ", role, " may not create namespaces; run: ", &grant]);
    }
    if !row.try_get::<_, bool>(6)? {
        let grant = ["GRANT CREATE ON SCHEMA public TO ", role].concat();
        return fail(&["the role ", role, " may not create tables in public; run: ", &grant]);
    }
    Ok(())
}

async fn migrate(client: &mut Client) -> Result<(), StoreError> {
    let wait = LOCK_WAIT.as_millis().to_string();
    client.query("SELECT set_config('lock_timeout', $1, false)", &[&wait]).await?;
    client.batch_execute("SET search_path = public; SET client_min_messages = warning").await?;
    client.query("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK]).await?;
    let report = embedded::migrations::runner()
        .run_async(client)
        .await
        .map_err(|error| StoreError::Migration(Box::new(error)))?;
    for migration in report.applied_migrations() {
        tracing::info!(migration.name = migration.name(), "migrated our own tables");
    }
    harden(client).await
}

/// Takes from everybody what only the control role needs. Where the database belongs to somebody
/// else PostgreSQL answers with a warning and nothing changes.
async fn harden(client: &Client) -> Result<(), StoreError> {
    client
        .batch_execute(
            "SET client_min_messages = error;
             REVOKE CREATE ON SCHEMA public FROM PUBLIC;
             DO $$ BEGIN
                 EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
             END $$;
             RESET client_min_messages",
        )
        .await?;
    Ok(())
}
