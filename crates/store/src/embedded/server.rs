//! Starting the server program and waiting until it really answers.

use std::path::Path;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, NoTls};

use super::account::Account;
use super::binaries::Binaries;
use super::cluster::{SUPERUSER, last_words, program};
use super::error::EmbeddedError;
use super::folders::Folders;
use super::process::Process;

/// How long a start may take. Recovery after a crash replays the write-ahead log, which can be long.
const START_LIMIT: Duration = Duration::from_mins(10);
/// After this long the person who waits is told what is going on.
const TELL_AFTER: Duration = Duration::from_secs(3);
/// The pause between two knocks grows from the first to the second of these.
const KNOCK_EVERY: (Duration, Duration) = (Duration::from_millis(5), Duration::from_millis(100));
/// How long the remains of a killed server (its last backends) may bar a new one.
const REMAINS_LIMIT: Duration = Duration::from_secs(15);

/// What differs from PostgreSQL's own defaults; the configuration's settings come after these.
const SETTINGS: [(&str, &str); 13] = [
    // Only the Unix socket, and only for the account that runs the server.
    ("listen_addresses", ""),
    ("port", "5432"),
    ("unix_socket_permissions", "0700"),
    // The control role's, 64 for changes at once, and eight for each lane.
    ("max_connections", "500"),
    // Statements that touch many of the thousands of tables take a lock on each.
    ("max_locks_per_transaction", "256"),
    ("shared_buffers", "256MB"),
    ("max_wal_size", "2GB"),
    ("random_page_cost", "1.1"),
    // Compiling a query costs more than the short ones here take.
    ("jit", "off"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    // Errors of statements go to their clients; in the log they would grow at a tenant's will.
    ("log_min_messages", "log"),
    ("log_min_error_statement", "panic"),
];

/// Starts `postgres` and returns when it answers, with the connection that shows it.
pub(super) async fn start(
    folders: &Folders,
    account: &Account,
    binaries: &Binaries,
    settings: &[(String, String)],
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<(Process, Client), EmbeddedError> {
    let give_up = Instant::now() + REMAINS_LIMIT;
    loop {
        let log_starts_at = folders.put_aside_overgrown_log()?;
        let process = spawn(folders, account, binaries, settings)?;
        match wait_until_ready(&process, folders, log_starts_at, progress).await {
            Ok(client) => return Ok((process, client)),
            Err(error) if barred_by_remains(&error) && Instant::now() < give_up => {
                sleep(KNOCK_EVERY.1).await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// A connection as the cluster's superuser.
pub(super) async fn connect(
    socket: &Path,
    database: &str,
) -> Result<Client, tokio_postgres::Error> {
    let mut config = tokio_postgres::Config::new();
    config.host_path(socket).port(5432).user(SUPERUSER).dbname(database);
    let (client, connection) = config.connect(NoTls).await?;
    // It ends by itself with the client; an error on the way reaches whoever uses the client.
    tokio::spawn(connection);
    Ok(client)
}

fn spawn(
    folders: &Folders,
    account: &Account,
    binaries: &Binaries,
    settings: &[(String, String)],
) -> Result<Process, EmbeddedError> {
    let mut command = program(&binaries.postgres(), &folders.cluster, account, &folders.log)?;
    command.arg("-D").arg(&folders.cluster).arg("-k").arg(&folders.socket);
    if binaries.has_library("pg_stat_statements") {
        command.arg("-c").arg("shared_preload_libraries=pg_stat_statements");
    }
    let ours = SETTINGS.iter().map(|&(name, value)| (name, value));
    let theirs = settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in ours.chain(theirs) {
        command.arg("-c").arg(format!("{name}={value}"));
    }
    Process::spawn(command)
        .map_err(|source| EmbeddedError::Spawn { program: binaries.postgres(), source })
}

/// Knocks until the server lets us in, ends, or takes too long.
async fn wait_until_ready(
    process: &Process,
    folders: &Folders,
    log_starts_at: u64,
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<Client, EmbeddedError> {
    let started = Instant::now();
    let (mut pause, longest) = KNOCK_EVERY;
    let mut told = false;
    while started.elapsed() < START_LIMIT {
        tokio::select! {
            _ = process.exited() => return Err(start_failed(folders, log_starts_at)),
            answer = connect(&folders.socket, "postgres") => match answer {
                Ok(client) => return Ok(client),
                Err(error) if not_yet(&error) => {}
                Err(error) => return Err(error.into()),
            },
        }
        if !told && started.elapsed() > TELL_AFTER {
            told = true;
            progress("PostgreSQL is still starting: it may be recovering after an unclean end");
        }
        tokio::select! {
            _ = process.exited() => return Err(start_failed(folders, log_starts_at)),
            () = sleep(pause) => pause = (pause * 2).min(longest),
        }
    }
    Err(EmbeddedError::StartTimeout { seconds: START_LIMIT.as_secs(), log: folders.log.clone() })
}

/// No socket yet, nobody behind it yet, or a server that says it is still starting.
fn not_yet(error: &tokio_postgres::Error) -> bool {
    error.code().is_none_or(|code| *code == SqlState::CANNOT_CONNECT_NOW)
}

fn start_failed(folders: &Folders, log_starts_at: u64) -> EmbeddedError {
    let detail = last_words(&folders.log, log_starts_at);
    if detail.contains("No space left on device") {
        return EmbeddedError::DiskFull { dir: folders.home.clone() };
    }
    EmbeddedError::StartFailed { detail, log: folders.log.clone() }
}

/// PostgreSQL refuses a cluster whose killed server's backends have not all gone yet.
fn barred_by_remains(error: &EmbeddedError) -> bool {
    let EmbeddedError::StartFailed { detail, .. } = error else { return false };
    detail.contains("pre-existing shared memory block")
        || detail.contains("lock file \"postmaster.pid\" already exists")
}
