//! Isolation held by PostgreSQL itself: what the roles of the data plane may and may not do.
#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use definition::{Counting, Definition, Document};
use store::testing::TestDatabase;
use store::{Actor, LANE_CAPACITY, NewSchema, Registration, Schema, Store, StoreError, TenantRef};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

const NOTES: &str = r#"{ "tables": [{ "name": "notes", "columns": [
    { "name": "id", "type": "UUID", "primaryKey": true, "default": "gen_random_uuid()" },
    { "name": "text", "type": "TEXT" } ] }] }"#;

struct World {
    database: TestDatabase,
    store: Store,
    tenant: TenantRef,
    project: Uuid,
}

impl World {
    async fn new() -> Self {
        let database = TestDatabase::create().await;
        let store = database.store().await;
        let user = store::NewUser { email: "ada@example.org", name: "Ada", password_hash: "x" };
        let Registration::Made(owner) = store.register(&user, true, &Actor::System).await.unwrap()
        else {
            panic!("the first account is always made");
        };
        let tenant = store.create_tenant("Acme", owner.id, &Actor::System).await.unwrap();
        let tenant = TenantRef { id: tenant.id, number: tenant.number };
        let project = store.default_project(tenant).await.unwrap().id;
        Self { database, store, tenant, project }
    }

    async fn create(&self, name: &str) -> Result<Schema, StoreError> {
        let definition = notes();
        let new = NewSchema {
            tenant: self.tenant,
            project_id: self.project,
            name,
            description: None,
            definition: &definition,
            plan: &migration::plan_creation,
        };
        self.store.create_schema(&new, &Actor::System).await
    }

    /// A connection as a lane, as the store itself would open it.
    async fn lane(&self, number: i32) -> Client {
        let control = self.database.client().await;
        let login = "SELECT role_name, password FROM public.data_lanes WHERE number = $1";
        let row = control.query_one(login, &[&number]).await.unwrap();
        let mut config = self.database.postgres_config();
        config.user(row.get::<_, &str>(0)).password(row.get::<_, &str>(1));
        let (client, connection) = config.connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    async fn lane_counts(&self) -> Vec<i32> {
        let counts = "SELECT schema_count FROM public.data_lanes ORDER BY number";
        let rows = self.database.client().await.query(counts, &[]).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }
}

fn notes() -> Definition {
    let document = serde_json::from_str(NOTES).unwrap();
    let checked = Document::parse(&document).check(None, &mut Counting::default());
    checked.definition.expect("the document is valid")
}

/// The statement is refused for want of a right, and for nothing else.
async fn assert_forbidden(client: &Client, statement: &str) {
    let error = client.batch_execute(statement).await.expect_err(statement);
    assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{statement}: {error}");
}

#[tokio::test]
async fn neither_lane_nor_schema_role_reaches_our_own_tables() {
    let world = World::new().await;
    let made = world.create("one").await.unwrap();
    let lane = world.lane(1).await;
    let tables = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
                   WHERE schemaname = 'public' OR schemaname ~ '^tenant_[0-9]+$'";
    let rows = world.database.client().await.query(tables, &[]).await.unwrap();
    let tables: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert!(tables.len() > 12, "{tables:?}");
    for as_role in [None, Some(&made.namespace)] {
        if let Some(role) = as_role {
            lane.batch_execute(&format!("SET ROLE {role}")).await.unwrap();
        }
        for table in &tables {
            assert_forbidden(&lane, &format!("SELECT FROM {table}")).await;
            assert_forbidden(&lane, &format!("DELETE FROM {table}")).await;
        }
        assert_forbidden(&lane, "CREATE TABLE public.mine (id int)").await;
        assert_forbidden(&lane, "CREATE TEMPORARY TABLE mine (id int)").await;
        assert_forbidden(&lane, "CREATE SCHEMA mine").await;
        assert_forbidden(&lane, "CREATE ROLE mine").await;
        assert_forbidden(&lane, "SELECT nextval('public.tenant_number_seq')").await;
    }
}

#[tokio::test]
async fn a_lane_reads_rows_only_as_the_schemas_role() {
    let world = World::new().await;
    let made = world.create("one").await.unwrap();
    let table = format!("{}.notes", made.namespace);
    let lane = world.lane(1).await;
    assert_forbidden(&lane, &format!("SELECT FROM {table}")).await;
    lane.batch_execute(&format!("SET ROLE {}", made.namespace)).await.unwrap();
    lane.batch_execute(&format!("INSERT INTO {table} (text) VALUES ('x')")).await.unwrap();
    for statement in [
        format!("DROP TABLE {table}"),
        format!("TRUNCATE {table}"),
        format!("ALTER TABLE {table} ADD COLUMN more int"),
        format!("CREATE INDEX ON {table} (text)"),
        format!("CREATE TABLE {}.more (id int)", made.namespace),
        format!("GRANT SELECT ON {table} TO PUBLIC"),
        format!("DROP SCHEMA {}", made.namespace),
    ] {
        let error = lane.batch_execute(&statement).await;
        // PostgreSQL warns and grants nothing, where the right to grant is missing entirely.
        if statement.starts_with("GRANT") {
            let granted = "SELECT has_table_privilege('public', $1, 'SELECT')";
            let control = world.database.client().await;
            let row = control.query_one(granted, &[&table]).await.unwrap();
            assert!(!row.get::<_, bool>(0), "{statement}");
            continue;
        }
        let error = error.expect_err(&statement);
        assert_eq!(error.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{statement}: {error}");
    }
}

#[tokio::test]
async fn a_schemas_role_does_not_reach_another_schema() {
    let world = World::new().await;
    let one = world.create("one").await.unwrap();
    let two = world.create("two").await.unwrap();
    let lane = world.lane(1).await;
    lane.batch_execute(&format!("SET ROLE {}", one.namespace)).await.unwrap();
    assert_forbidden(&lane, &format!("SELECT FROM {}.notes", two.namespace)).await;
    lane.batch_execute("RESET ROLE").await.unwrap();

    // A schema of another lane is out of reach for the lane itself, too.
    let control = world.database.client().await;
    let full = "UPDATE public.data_lanes SET schema_count = $1";
    control.execute(full, &[&LANE_CAPACITY]).await.unwrap();
    let three = world.create("three").await.unwrap();
    assert_eq!(world.lane_counts().await, [LANE_CAPACITY, 1]);
    assert_forbidden(&lane, &format!("SET ROLE {}", three.namespace)).await;
    let second = world.lane(2).await;
    second.batch_execute(&format!("SET ROLE {}", three.namespace)).await.unwrap();
    assert_forbidden(&second, &format!("SET ROLE {}", one.namespace)).await;
    let control_role = world.database.postgres_config().get_user().unwrap().to_owned();
    assert_forbidden(&second, &format!("SET ROLE {control_role}")).await;
}

#[tokio::test]
async fn schemas_made_at_once_each_find_a_lane() {
    let world = World::new().await;
    let names = ["a", "b", "c", "d", "e", "f"];
    let creations = names.map(|name| world.create(name));
    for made in futures_util::future::join_all(creations).await {
        made.unwrap();
    }
    let counts = world.lane_counts().await;
    assert_eq!(counts.iter().sum::<i32>(), 6, "{counts:?}");
    assert!(counts.len() <= 4, "{counts:?}");
}

#[tokio::test]
async fn a_role_name_taken_in_the_cluster_is_no_obstacle() {
    let world = World::new().await;
    let taken = format!("tenant_{}__one", world.tenant.number);
    let control = world.database.client().await;
    control.batch_execute(&format!("CREATE ROLE {taken}")).await.unwrap();
    let made = world.create("one").await.unwrap();
    assert_eq!(made.namespace, taken);
    let place = world.store.data_place(world.tenant.id, made.id).await.unwrap();
    assert_ne!(place.role.as_str(), taken);
    let lane = world.lane(place.lane).await;
    lane.batch_execute(&format!("SET ROLE \"{}\"", place.role.as_str())).await.unwrap();
    lane.batch_execute(&format!("SELECT FROM {taken}.notes")).await.unwrap();
}
