//! A database of its own for each test (feature `testing`).
//!
//! A template is migrated once; each test gets a copy of it. Roles belong to the whole cluster, so
//! the copies must not meet there: tenant numbers of a copy start at a thousand times its OID, and
//! with them the names of its namespaces and roles differ from those of every other copy.
//!
//! The server is the one that `TENANTA_TEST_DATABASE_URL` names (its role needs CREATEDB and
//! CREATEROLE), otherwise an embedded one that lives as long as this process.

mod server;

use std::sync::atomic::{AtomicBool, Ordering};

use sql::{Ident, Sql};
use tokio_postgres::{Client, Config, NoTls};
use uuid::Uuid;

use crate::{Store, StoreConfig};

pub use server::{ENVIRONMENT_VARIABLE, EmbeddedTestServer};

/// The database every test database is a copy of.
const TEMPLATE: &str = "tenanta_test_template";
/// "tentests" in ASCII: the advisory lock on the template.
const TEMPLATE_LOCK: i64 = 0x7465_6e74_6573_7473;
/// How many tenant numbers one test database has for itself.
const TENANTS_PER_DATABASE: i64 = 1000;

/// Whether this process has brought the template up to date.
static TEMPLATE_IS_READY: AtomicBool = AtomicBool::new(false);

/// A database of one test. Dropping it removes it and its roles.
#[derive(Debug)]
pub struct TestDatabase {
    server: Config,
    name: Ident,
    oid: i64,
}

impl TestDatabase {
    /// A fresh database with our own tables in it.
    pub async fn create() -> Self {
        let server = server::config().await;
        let admin = connect(&server).await;
        make_template_ready(&admin, &server).await;
        let database = copy_template(&admin, server).await;
        set_first_tenant(&database).await;
        database
    }

    /// How to reach it, as the control role.
    pub fn postgres_config(&self) -> Config {
        on(&self.server, &self.name)
    }

    /// What [`Store::connect`] takes.
    pub fn store_config(&self) -> StoreConfig {
        StoreConfig::new(self.postgres_config())
    }

    /// A store on it.
    pub async fn store(&self) -> Store {
        Store::connect(self.store_config()).await.expect("a test database takes a store")
    }

    /// A plain connection as the control role, to look behind the store's back.
    pub async fn client(&self) -> Client {
        connect(&self.postgres_config()).await
    }

    /// Its name in PostgreSQL.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }
}

impl Drop for TestDatabase {
    /// A test may be inside a runtime or may be panicking, so the removal has a thread of its own.
    /// What cannot be removed stays behind; a test must not fail for that.
    fn drop(&mut self) {
        let (server, name, oid) = (self.server.clone(), self.name.clone(), self.oid);
        let remover = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.ok().map(|runtime| runtime.block_on(remove(&server, &name, oid)))
        });
        remover.join().ok();
    }
}

/// Makes and migrates the template, once in each process and one process at a time.
async fn make_template_ready(admin: &Client, server: &Config) {
    if TEMPLATE_IS_READY.load(Ordering::Acquire) {
        return;
    }
    admin.query("SELECT pg_advisory_lock($1)", &[&TEMPLATE_LOCK]).await.expect("the lock is ours");
    if !TEMPLATE_IS_READY.load(Ordering::Acquire) {
        let template = ident(TEMPLATE);
        create_if_missing(admin, &template).await;
        if migrate(server, &template).await.is_err() {
            // It was left by other migrations than today's.
            drop_database(admin, &template).await.expect("nobody uses the template");
            create_if_missing(admin, &template).await;
            migrate(server, &template).await.expect("our migrations run on an empty database");
        }
        TEMPLATE_IS_READY.store(true, Ordering::Release);
    }
    admin.query("SELECT pg_advisory_unlock($1)", &[&TEMPLATE_LOCK]).await.expect("it was ours");
}

async fn migrate(server: &Config, template: &Ident) -> Result<(), crate::StoreError> {
    Store::connect(StoreConfig::new(on(server, template))).await?.close().await;
    Ok(())
}

async fn create_if_missing(admin: &Client, name: &Ident) {
    let known = "SELECT FROM pg_database WHERE datname = $1";
    if admin.query_opt(known, &[&name.as_str()]).await.expect("the list is readable").is_none() {
        let mut create = Sql::of("CREATE DATABASE ");
        create.ident(name);
        admin.batch_execute(create.text()).await.expect("the test role has CREATEDB");
    }
}

async fn copy_template(admin: &Client, server: Config) -> TestDatabase {
    let name = ident(&["tenanta_test_", &Uuid::new_v4().simple().to_string()].concat());
    let mut create = Sql::of("CREATE DATABASE ");
    create.ident(&name).syntax(" TEMPLATE ").ident(&ident(TEMPLATE));
    // Shared: copies may be made side by side, but not while the template is open for migration.
    let lock = "SELECT pg_advisory_lock_shared($1)";
    admin.query(lock, &[&TEMPLATE_LOCK]).await.expect("the lock is free soon");
    admin.batch_execute(create.text()).await.expect("the template can be copied");
    let unlock = "SELECT pg_advisory_unlock_shared($1)";
    admin.query(unlock, &[&TEMPLATE_LOCK]).await.expect("it was ours");
    let oid = "SELECT oid::bigint FROM pg_database WHERE datname = $1";
    let row = admin.query_one(oid, &[&name.as_str()]).await.expect("it was just made");
    TestDatabase { server, name, oid: row.get(0) }
}

async fn set_first_tenant(database: &TestDatabase) {
    let before_first = database.oid * TENANTS_PER_DATABASE;
    let restart = "SELECT setval('public.tenant_number_seq', $1, true)";
    let client = database.client().await;
    client.query(restart, &[&before_first]).await.expect("the sequence is in the template");
}

/// Removes a database, whoever is still connected, and then the roles that served it alone.
async fn remove(server: &Config, name: &Ident, oid: i64) -> Result<(), tokio_postgres::Error> {
    let admin = connect(server).await;
    drop_database(&admin, name).await?;
    let roles = "SELECT rolname::text FROM pg_roles
                  WHERE rolname LIKE 'tenanta\\_lane\\_' || $1::bigint || '\\_%'
                     OR substring(rolname FROM '^tenant_([0-9]{1,18})(?:_|$)')::bigint
                        BETWEEN $1 * $2 + 1 AND ($1 + 1) * $2";
    for row in admin.query(roles, &[&oid, &TENANTS_PER_DATABASE]).await? {
        let mut drop_role = Sql::of("DROP ROLE IF EXISTS ");
        drop_role.ident(&ident(row.get(0)));
        admin.batch_execute(drop_role.text()).await?;
    }
    Ok(())
}

async fn drop_database(admin: &Client, name: &Ident) -> Result<(), tokio_postgres::Error> {
    let mut statement = Sql::of("DROP DATABASE IF EXISTS ");
    statement.ident(name).syntax(" WITH (FORCE)");
    admin.batch_execute(statement.text()).await
}

async fn connect(config: &Config) -> Client {
    let (client, connection) = config.connect(NoTls).await.expect("the test server answers");
    // It ends with the client.
    tokio::spawn(connection);
    client
}

fn on(server: &Config, database: &Ident) -> Config {
    let mut config = server.clone();
    config.dbname(database.as_str());
    config
}

fn ident(name: &str) -> Ident {
    Ident::new(name).expect("a name of PostgreSQL or ours")
}
