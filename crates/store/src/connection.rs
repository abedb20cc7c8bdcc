//! The pools: two for the control role, of which one is for changes of schemas, so that requests do
//! not wait for them; and one for each lane of the data plane.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use tokio::sync::Mutex;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::lanes::LaneLogin;
use crate::{StoreConfig, StoreError, bootstrap, tls};

/// For how long an unused connection of the changes is kept: their number follows bursts.
const IDLE_CHANGE_CONNECTION: Duration = Duration::from_mins(1);

/// Access to one database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    config: StoreConfig,
    tls: MakeRustlsConnect,
    control: Pool,
    changes: Pool,
    lanes: Mutex<BTreeMap<i32, Pool>>,
}

impl Store {
    /// Opens the control pool and brings our own tables up to date.
    pub async fn connect(config: StoreConfig) -> Result<Self, StoreError> {
        let tls = tls::connector(&config.tls)?;
        bootstrap::run(&config, &tls).await?;
        let settings = Settings {
            application_name: "tenanta control",
            search_path: "public",
            statement_timeout: config.control_statement_timeout,
            lock_timeout: config.lock_timeout,
        };
        let control =
            pool(&config, &tls, settings.on(&config, &config.control), config.control_connections)?;
        let changes = changes(&config, &tls)?;
        let lanes = Mutex::new(BTreeMap::new());
        Ok(Self { inner: Arc::new(Inner { config, tls, control, changes, lanes }) })
    }

    /// What it was told.
    pub(crate) fn config(&self) -> &StoreConfig {
        &self.inner.config
    }

    /// A connection of the control role.
    pub(crate) async fn control(&self) -> Result<Object, StoreError> {
        Ok(self.inner.control.get().await?)
    }

    /// A connection of the control role for a change of a schema: its statements have no limit of
    /// time but the one that their transaction sets.
    pub(crate) async fn changes(&self) -> Result<Object, StoreError> {
        Ok(self.inner.changes.get().await?)
    }

    /// Closes connections for changes that nobody has used for a while.
    pub(crate) fn close_idle_changes(&self) {
        self.inner.changes.retain(|_, metrics| metrics.last_used() < IDLE_CHANGE_CONNECTION);
    }

    /// A connection of a lane. The lane may only become the role of a schema it serves.
    pub(crate) async fn data(&self, lane: i32) -> Result<Object, StoreError> {
        Ok(self.lane_pool(lane).await?.get().await?)
    }

    /// Whether PostgreSQL answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.control().await?.simple_query("SELECT 1").await?;
        Ok(())
    }

    /// PostgreSQL's version, as it says it itself: `15.20`, `18.1`.
    pub async fn server_version(&self) -> Result<String, StoreError> {
        let row = self.control().await?.query_one("SHOW server_version", &[]).await?;
        let version: String = row.try_get(0)?;
        Ok(version.split(' ').next().unwrap_or_default().to_owned())
    }

    /// Closes every connection; whatever still runs fails.
    pub async fn close(&self) {
        self.inner.control.close();
        self.inner.changes.close();
        for pool in self.inner.lanes.lock().await.values() {
            pool.close();
        }
    }

    /// Lanes never change once made, so a pool is made once and kept.
    async fn lane_pool(&self, lane: i32) -> Result<Pool, StoreError> {
        let mut lanes = self.inner.lanes.lock().await;
        if let Some(pool) = lanes.get(&lane) {
            return Ok(pool.clone());
        }
        let login = LaneLogin::fetch(&*self.control().await?, lane).await?;
        let config = &self.inner.config;
        let mut address = config.control.clone();
        address.user(login.role_name).password(login.password);
        let settings = Settings {
            application_name: "tenanta data",
            search_path: "pg_catalog",
            statement_timeout: config.data_statement_timeout,
            lock_timeout: config.lock_timeout,
        };
        let pool =
            pool(config, &self.inner.tls, settings.on(config, &address), config.lane_connections)?;
        lanes.insert(lane, pool.clone());
        Ok(pool)
    }
}

/// What every session of a pool starts with.
struct Settings {
    application_name: &'static str,
    search_path: &'static str,
    statement_timeout: Duration,
    lock_timeout: Duration,
}

impl Settings {
    /// The address with these settings as start-up options, after those the user gave.
    fn on(&self, config: &StoreConfig, address: &tokio_postgres::Config) -> tokio_postgres::Config {
        let milliseconds = |time: Duration| time.as_millis().to_string();
        let mut options = address.get_options().unwrap_or_default().to_owned();
        for (name, value) in [
            // What rows look like in JSON must not depend on how somebody set the database up.
            ("TimeZone", "UTC".to_owned()),
            ("DateStyle", "ISO".to_owned()),
            ("IntervalStyle", "postgres".to_owned()),
            ("bytea_output", "hex".to_owned()),
            ("extra_float_digits", "1".to_owned()),
            ("lc_monetary", "C".to_owned()),
            ("search_path", self.search_path.to_owned()),
            ("statement_timeout", milliseconds(self.statement_timeout)),
            ("lock_timeout", milliseconds(self.lock_timeout)),
            (
                "idle_in_transaction_session_timeout",
                milliseconds(config.idle_in_transaction_timeout),
            ),
        ] {
            options.push_str(" -c ");
            options.push_str(name);
            options.push('=');
            options.push_str(&value);
        }
        let mut address = address.clone();
        address.options(options).application_name(self.application_name);
        address
    }
}

/// The pool of changes. Their statements may run for hours: an index of a large table, built while
/// others write to it. What such a statement waits for holds nobody up, so it waits for longer.
fn changes(config: &StoreConfig, tls: &MakeRustlsConnect) -> Result<Pool, StoreError> {
    let settings = Settings {
        application_name: "tenanta changes",
        search_path: "public",
        statement_timeout: Duration::ZERO,
        lock_timeout: config.changes.alone_lock_wait,
    };
    pool(config, tls, settings.on(config, &config.control), config.changes.connections)
}

fn pool(
    config: &StoreConfig,
    tls: &MakeRustlsConnect,
    address: tokio_postgres::Config,
    size: usize,
) -> Result<Pool, StoreError> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(address, tls.clone(), recycling);
    Pool::builder(manager)
        .max_size(size)
        .wait_timeout(Some(config.wait_timeout))
        .create_timeout(Some(config.wait_timeout))
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(|error| StoreError::Setup(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_set_stays_and_ours_comes_after() {
        let mut address = tokio_postgres::Config::new();
        address.options("-c DateStyle=German -c TimeZone=CET");
        let config = StoreConfig::new(address);
        let statement_timeout = Duration::from_secs(7);
        let settings = Settings {
            application_name: "test",
            search_path: "pg_catalog",
            statement_timeout,
            lock_timeout: Duration::from_secs(1),
        };
        let made = settings.on(&config, &config.control);
        let options = made.get_options().unwrap();
        assert!(options.starts_with("-c DateStyle=German -c TimeZone=CET -c TimeZone=UTC"));
        assert!(options.contains("-c statement_timeout=7000 -c lock_timeout="), "{options}");
        assert!(options.contains("-c search_path=pg_catalog"), "{options}");
        assert_eq!(made.get_application_name(), Some("test"));
    }
}
