//! Creating schemas on a real PostgreSQL: wholly or not at all.
#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use definition::{Counting, Definition, Document};
use migration::Plan;
use sql::{Ident, Sql};
use store::testing::TestDatabase;
use store::{
    Actor, NewSchema, PageRequest, Registration, Schema, SchemaChange, SchemaFilter, SchemaStatus,
    Store, StoreError, TenantRef,
};
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

/// The document of `definition`'s cases that has a bit of everything.
const EVERYTHING: &str = include_str!("../../definition/tests/cases/accepts_format_example.json");
const CYCLE: &str = include_str!("../../definition/tests/cases/accepts_foreign_key_cycle.json");

struct World {
    database: TestDatabase,
    store: Store,
    tenant: TenantRef,
    project: Uuid,
}

impl World {
    async fn new() -> Self {
        let database = TestDatabase::create().await;
        let store = Store::connect(database.store_config()).await.unwrap();
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

    async fn create(
        &self,
        name: &str,
        definition: &Definition,
        plan: &(dyn Fn(&Definition, &Ident, &Ident) -> Plan + Sync),
    ) -> Result<Schema, StoreError> {
        let (tenant, project_id) = (self.tenant, self.project);
        let new = NewSchema { tenant, project_id, name, description: None, definition, plan };
        self.store.create_schema(&new, &Actor::System).await
    }

    /// A connection that sees the catalog.
    async fn look(&self) -> Client {
        let (client, connection) = self.database.postgres_config().connect(NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    /// Everything a creation could leave behind.
    async fn traces(&self) -> Vec<i64> {
        let client = self.look().await;
        let own = format!("tenant\\_{}\\_\\_%", self.tenant.number);
        let row = client
            .query_one(
                "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE $1),
                        (SELECT count(*) FROM pg_roles WHERE rolname LIKE $1),
                        (SELECT count(*) FROM public.schemas),
                        (SELECT count(*) FROM public.schema_versions),
                        (SELECT count(*) FROM public.schema_migrations),
                        (SELECT count(*) FROM public.audit_log WHERE action = 'schema.created'),
                        (SELECT coalesce(sum(schema_count), 0)::bigint FROM public.data_lanes)",
                &[&own],
            )
            .await
            .unwrap();
        (0..row.len()).map(|column| row.get(column)).collect()
    }
}

fn definition(document: &str) -> Definition {
    let document = serde_json::from_str(document).unwrap();
    let checked = Document::parse(&document).check(None, &mut Counting::default());
    checked.definition.expect("the case is valid")
}

#[tokio::test]
async fn a_creation_leaves_everything_it_promises() {
    let world = World::new().await;
    let everything = definition(EVERYTHING);
    let made = world.create("shop", &everything, &migration::plan_creation).await.unwrap();
    assert_eq!(made.version, 1);
    assert_eq!(made.namespace, format!("tenant_{}__shop", world.tenant.number));
    assert_eq!(world.traces().await, [1, 1, 1, 1, 1, 1, 1]);
    // What was stored reads back as the definition that went in.
    let read = world.store.schema(world.tenant.id, made.id).await.unwrap();
    assert_eq!(definition(&read.definition.to_string()), everything);
    let client = world.look().await;
    let automatic = "SELECT count(*) FROM pg_indexes WHERE schemaname = $1 AND indexname = 'orders_customer_id_idx'";
    let count: i64 = client.query_one(automatic, &[&made.namespace]).await.unwrap().get(0);
    assert_eq!(count, 1, "a foreign key without an index gets one");
}

#[tokio::test]
async fn a_failure_at_any_statement_leaves_nothing() {
    let world = World::new().await;
    let everything = definition(EVERYTHING);
    let namespace = Ident::new("x").unwrap();
    let steps = migration::plan_creation(&everything, &namespace, &namespace).steps.len();
    let before = world.traces().await;
    for failing in 0..steps {
        let plan = move |definition: &Definition, namespace: &Ident, role: &Ident| {
            let mut plan = migration::plan_creation(definition, namespace, role);
            plan.steps[failing].sql = Sql::of("SELECT 1 / 0");
            plan
        };
        let error = world.create("shop", &everything, &plan).await.unwrap_err();
        assert!(matches!(error, StoreError::Step { .. }), "step {failing}: {error:?}");
        assert_eq!(world.traces().await, before, "step {failing} left something behind");
    }
    world.create("shop", &everything, &migration::plan_creation).await.unwrap();
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_leaves_nothing() {
    let world = World::new().await;
    let everything = definition(EVERYTHING);
    let before = world.traces().await;
    let plan = |definition: &Definition, namespace: &Ident, role: &Ident| {
        let mut plan = migration::plan_creation(definition, namespace, role);
        let middle = plan.steps.len() / 2;
        plan.steps[middle].sql = Sql::of("SELECT pg_terminate_backend(pg_backend_pid())");
        plan
    };
    let error = world.create("shop", &everything, &plan).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
    assert_eq!(world.traces().await, before);
}

#[tokio::test]
async fn a_cycle_of_foreign_keys_works() {
    let world = World::new().await;
    let cycle = definition(CYCLE);
    let made = world.create("staff", &cycle, &migration::plan_creation).await.unwrap();
    let client = world.look().await;
    let keys = "SELECT count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
                 WHERE n.nspname = $1 AND c.contype = 'f'";
    let count: i64 = client.query_one(keys, &[&made.namespace]).await.unwrap().get(0);
    assert_eq!(count, 3);
}

#[tokio::test]
async fn names_are_taken_once_and_free_again_after_deletion() {
    let world = World::new().await;
    let everything = definition(EVERYTHING);
    let create = || world.create("shop", &everything, &migration::plan_creation);
    let first = create().await.unwrap();
    assert!(matches!(create().await, Err(StoreError::NameTaken("schema"))));
    world.store.delete_schema(world.tenant.id, first.id, &Actor::System).await.unwrap();
    let second = create().await.unwrap();
    assert_eq!(second.namespace, format!("tenant_{}__shop__2", world.tenant.number));
    // The first waits; its name is another's now.
    let restored = world.store.restore_schema(world.tenant.id, first.id, &Actor::System).await;
    assert!(matches!(restored, Err(StoreError::NameTaken("schema"))));
    let renamed = SchemaChange { name: Some("store"), ..SchemaChange::default() };
    world.store.change_schema(world.tenant.id, second.id, &renamed, &Actor::System).await.unwrap();
    let back = world.store.restore_schema(world.tenant.id, first.id, &Actor::System).await.unwrap();
    assert_eq!((back.name.as_str(), back.deleted_at), ("shop", None));
}

#[tokio::test]
async fn two_creations_of_one_name_at_once_make_one() {
    let world = World::new().await;
    let everything = definition(EVERYTHING);
    let create = || world.create("shop", &everything, &migration::plan_creation);
    let (left, right) = tokio::join!(create(), create());
    assert_eq!(usize::from(left.is_ok()) + usize::from(right.is_ok()), 1);
    let refused = left.err().or(right.err()).unwrap();
    assert!(matches!(refused, StoreError::NameTaken("schema")), "{refused:?}");
    assert_eq!(world.traces().await, [1, 1, 1, 1, 1, 1, 1]);
}

#[tokio::test]
async fn a_purge_drops_everything() {
    let world = World::new().await;
    let everything = definition(EVERYTHING);
    let made = world.create("shop", &everything, &migration::plan_creation).await.unwrap();
    world.store.purge_schema(world.tenant.id, made.id, &Actor::System).await.unwrap();
    // Only the audit log remembers.
    assert_eq!(world.traces().await, [0, 0, 0, 0, 0, 1, 0]);
}

#[tokio::test]
async fn a_list_is_searched_filtered_and_paged() {
    let world = World::new().await;
    let everything = definition(EVERYTHING);
    let mut ids = Vec::new();
    for name in ["crm", "shop", "stock_100", "stock_200"] {
        ids.push(world.create(name, &everything, &migration::plan_creation).await.unwrap().id);
    }
    let inactive = SchemaChange { is_active: Some(false), ..SchemaChange::default() };
    world.store.change_schema(world.tenant.id, ids[1], &inactive, &Actor::System).await.unwrap();
    world.store.delete_schema(world.tenant.id, ids[0], &Actor::System).await.unwrap();
    let names = async |filter: SchemaFilter<'_>| {
        let mut names = Vec::new();
        let mut page = PageRequest { limit: 1, after: None };
        loop {
            let found = world.store.schemas(world.tenant.id, &filter, &page).await.unwrap();
            names.extend(found.items.iter().map(|item| item.schema.name.clone()));
            match found.next {
                Some(next) => page.after = Some(next),
                None => return names,
            }
        }
    };
    let with = |status| SchemaFilter { status, ..SchemaFilter::default() };
    let found = |search| SchemaFilter { search: Some(search), ..SchemaFilter::default() };
    assert_eq!(names(SchemaFilter::default()).await, ["shop", "stock_100", "stock_200"]);
    assert_eq!(names(with(SchemaStatus::Active)).await, ["stock_100", "stock_200"]);
    assert_eq!(names(with(SchemaStatus::Inactive)).await, ["shop"]);
    assert_eq!(names(with(SchemaStatus::Deleted)).await, ["crm"]);
    assert_eq!(names(found("STOCK")).await, ["stock_100", "stock_200"]);
    // The signs of LIKE mean themselves.
    assert_eq!(names(found("k_1")).await, ["stock_100"]);
    assert_eq!(names(found("s%k")).await, Vec::<String>::new());
    let newest =
        SchemaFilter { order: store::SchemaOrder::CreatedDescending, ..SchemaFilter::default() };
    assert_eq!(names(newest).await, ["stock_200", "stock_100", "shop"]);
    let only = SchemaFilter { only: Some(&ids[2..3]), ..SchemaFilter::default() };
    assert_eq!(names(only).await, ["stock_100"]);
}
