//! Why the embedded PostgreSQL could not be had, each as one line a person can act on.

use std::io;
use std::path::{Path, PathBuf};

/// A reason the embedded PostgreSQL did not start.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// Neither an installed nor a bundled PostgreSQL was found.
    #[error(
        "no PostgreSQL 14 or newer was found (looked at: {looked}); install one (Debian: \
         apt-get install postgresql), run `make setup`, or set DATABASE_URL"
    )]
    BinariesMissing {
        /// Where it was looked for, and what was wrong there.
        looked: String,
    },
    /// The folder the configuration names holds no PostgreSQL that can be used.
    #[error("the PostgreSQL programs in {dir} cannot be used: {reason}")]
    BinariesUnusable {
        /// The folder that was named.
        dir: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Root cannot run PostgreSQL, and no account was found that can.
    #[error(
        "PostgreSQL refuses to run as root, and none of the users tenanta, postgres and nobody \
         exists here; make one (useradd --system tenanta) or start Tenanta as an ordinary user"
    )]
    NoAccount,
    /// The account of the database cannot enter a folder on the way to its data or programs.
    #[error(
        "the database runs as user {user}, who cannot enter {blocked} on the way to {path}; \
         choose another folder (TENANTA_DATA_DIR=/var/lib/tenanta), or chmod o+x {blocked}"
    )]
    Unreachable {
        /// The account the database runs as.
        user: String,
        /// The folder that bars the way.
        blocked: PathBuf,
        /// What should have been reached.
        path: PathBuf,
    },
    /// Another process works on this data folder.
    #[error("the data folder {dir} is in use by another running Tenanta{by}; stop that one first")]
    InUse {
        /// The data folder.
        dir: PathBuf,
        /// Who holds it, when that is known.
        by: String,
    },
    /// The data folder was made by another major version of PostgreSQL.
    #[error(
        "the database in {dir} was made by PostgreSQL {made_by}, and here is only {available}; \
         install PostgreSQL {made_by}, or choose another data folder"
    )]
    OtherVersion {
        /// The folder of the cluster.
        dir: PathBuf,
        /// The major version that made it.
        made_by: u32,
        /// The versions that were found.
        available: String,
    },
    /// The folder for the cluster holds something else.
    #[error("{dir} is neither empty nor a PostgreSQL cluster; choose another data folder")]
    ForeignFolder {
        /// The folder that was to become the cluster.
        dir: PathBuf,
    },
    /// A file or folder could not be made, read or removed.
    #[error("cannot {action} {path}: {source}")]
    Folder {
        /// What was tried: "create", "read" …
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No room is left where the data lives.
    #[error("no space is left on the disk that holds {dir}")]
    DiskFull {
        /// The data folder.
        dir: PathBuf,
    },
    /// Every folder that could hold the socket has too long a path.
    #[error("the path {dir} is too long for a Unix socket; choose a shorter data folder")]
    SocketPathTooLong {
        /// The data folder.
        dir: PathBuf,
    },
    /// A server left over from an earlier run would not stop.
    #[error("a PostgreSQL left over from an earlier run (process {pid}) does not stop; end it")]
    Leftover {
        /// Its process id.
        pid: i32,
    },
    /// A program could not be started at all.
    #[error("cannot start {program}: {source}")]
    Spawn {
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// `initdb` failed.
    #[error("the database could not be created: {detail}")]
    InitFailed {
        /// The last words of `initdb`.
        detail: String,
    },
    /// `postgres` ended before it answered.
    #[error("PostgreSQL did not start: {detail} (log: {log})")]
    StartFailed {
        /// The last words of the server's log.
        detail: String,
        /// Where the whole log is.
        log: PathBuf,
    },
    /// `postgres` runs and does not answer.
    #[error("PostgreSQL did not answer within {seconds} s (log: {log})")]
    StartTimeout {
        /// How long was waited.
        seconds: u64,
        /// Where the whole log is.
        log: PathBuf,
    },
    /// The roles and the database could not be prepared.
    #[error("the new database could not be prepared: {0}")]
    Bootstrap(#[from] tokio_postgres::Error),
}

impl EmbeddedError {
    /// Turns an I/O error on `path` into one line, naming a full disk as such.
    pub(super) fn folder(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| {
            let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded];
            if full.contains(&source.kind()) {
                Self::DiskFull { dir: path }
            } else {
                Self::Folder { action, path, source }
            }
        }
    }
}
