//! Our own tables at start: two servers at once, and a role that may too little.
#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use store::testing::TestDatabase;
use store::{Store, StoreConfig, StoreError};
use tokio_postgres::{Client, Config, NoTls};

/// The numbered files of `migrations/`.
fn migration_count() -> usize {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with(".sql")).count()
}

async fn connect(config: &Config) -> Client {
    let (client, connection) = config.connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// Takes everything of ours out of a database, as if nobody had ever migrated it.
async fn empty(database: &TestDatabase) {
    let client = database.client().await;
    client
        .batch_execute(
            "DO $$ DECLARE name text; BEGIN
                 FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                     EXECUTE format('DROP TABLE public.%I CASCADE', name);
                 END LOOP;
             END $$",
        )
        .await
        .unwrap();
}

#[tokio::test]
async fn servers_that_start_at_once_migrate_once() {
    let database = TestDatabase::create().await;
    empty(&database).await;
    let starts = (0..4).map(|_| Store::connect(database.store_config()));
    for store in futures_util::future::join_all(starts).await {
        assert!(store.unwrap().has_no_users().await.unwrap());
    }
    let history = "SELECT count(*) FROM public.refinery_schema_history";
    let count: i64 = database.client().await.query_one(history, &[]).await.unwrap().get(0);
    assert_eq!(usize::try_from(count).unwrap(), migration_count());
}

#[tokio::test]
async fn a_role_that_may_too_little_is_told_what_to_do() {
    let database = TestDatabase::create().await;
    let control = database.client().await;
    // Named like a lane, so that it goes away with the database.
    let role: String = control
        .query_one(
            "SELECT 'tenanta_lane_' || oid || '_weak' FROM pg_database
              WHERE datname = current_database()",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    control.batch_execute(&format!("CREATE ROLE {role} LOGIN PASSWORD 'weak'")).await.unwrap();
    let mut config = database.postgres_config();
    config.user(&role).password("weak");
    let refusal = |config: Config| async move {
        match Store::connect(StoreConfig::new(config)).await {
            Err(StoreError::Setup(text)) => text,
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("the role may too little"),
        }
    };
    let text = refusal(config.clone()).await;
    assert!(text.contains(&format!("ALTER ROLE {role} CREATEROLE")), "{text}");

    let mut nobody = config.clone();
    nobody.user("nobody_of_this_name");
    let text = refusal(nobody).await;
    assert!(text.starts_with("PostgreSQL refused the connection"), "{text}");
    assert!(connect(&config).await.simple_query("SELECT 1").await.is_ok());
}

#[tokio::test]
async fn an_unreachable_server_is_unavailable() {
    let mut config = Config::new();
    config.host("127.0.0.1").port(1).user("tenanta").dbname("tenanta");
    let error = Store::connect(StoreConfig::new(config)).await.err().unwrap();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
    assert!(error.to_string().contains("refused"), "{error}");
}
