//! A namespace that is read back is what was made, and every change by hand is seen.
#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use definition::{Counting, Definition, Document};
use sql::{Ident, Sql};
use store::catalog::{self, Shape};
use store::testing::TestDatabase;
use tokio_postgres::Client;

/// The document of `definition`'s cases that has a bit of everything.
const EVERYTHING: &str = include_str!("../../definition/tests/cases/accepts_format_example.json");

/// Those whose operator classes documents may name.
const EXTENSIONS: &str = "CREATE EXTENSION btree_gin; CREATE EXTENSION btree_gist; \
                          CREATE EXTENSION intarray; CREATE EXTENSION pg_trgm; ";

fn definition(document: &str) -> Definition {
    let document = serde_json::from_str(document).unwrap();
    let checked = Document::parse(&document).check(None, &mut Counting::default());
    checked.definition.expect("the case is valid")
}

fn ident(name: &str) -> Ident {
    Ident::new(name).unwrap()
}

/// Makes a definition in a namespace of that name, with a role of the same name.
async fn make(client: &Client, definition: &Definition, namespace: &str) {
    let namespace = ident(namespace);
    let mut before = Sql::of("CREATE SCHEMA ");
    before.ident(&namespace).syntax("; CREATE ROLE ").ident(&namespace);
    before.syntax("; GRANT USAGE ON SCHEMA ").ident(&namespace).syntax(" TO ").ident(&namespace);
    client.batch_execute(before.text()).await.unwrap();
    let plan = migration::plan_creation(definition, &namespace, &namespace);
    client.batch_execute(&plan.sql()).await.unwrap();
}

/// A role belongs to the whole cluster, so each test names its own.
struct World {
    database: TestDatabase,
    client: Client,
    namespace: String,
    definition: Definition,
}

impl World {
    async fn new(document: &str) -> Self {
        let database = TestDatabase::create().await;
        let client = database.client().await;
        let definition = definition(document);
        let namespace = ["catalog_", database.name()].concat();
        make(&client, &definition, &namespace).await;
        Self { database, client, namespace, definition }
    }

    async fn read(&self) -> Shape {
        catalog::read(&self.client, &self.namespace).await.unwrap()
    }

    async fn expected(&mut self) -> Shape {
        let role = ident(&self.namespace);
        catalog::expected(&mut self.client, &self.definition, Some(&role)).await.unwrap()
    }

    /// Runs a script in the namespace, whose role it may call `the_role`, and tells what differs.
    async fn differs_after(&mut self, script: &str) -> Vec<String> {
        let expected = self.expected().await;
        let script = script.replace("the_role", &self.namespace);
        let transaction = self.client.transaction().await.unwrap();
        let path = ["SET LOCAL search_path = \"", &self.namespace, "\", public; "].concat();
        transaction.batch_execute(&[path, script].concat()).await.unwrap();
        let found = catalog::read(&transaction, &self.namespace).await.unwrap();
        transaction.rollback().await.unwrap();
        let told = found.differences(&expected);
        assert_eq!(told.is_empty(), found.digest() == expected.digest());
        told.iter().map(|it| it.to_string().replace(&self.namespace, "the_role")).collect()
    }
}

impl Drop for World {
    /// The role outlives the database.
    fn drop(&mut self) {
        let (config, role) = (self.database.postgres_config(), ident(&self.namespace));
        let remover = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let (client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(connection);
                let mut remove = Sql::of("DROP OWNED BY ");
                remove.ident(&role).syntax("; DROP ROLE ").ident(&role);
                client.batch_execute(remove.text()).await.ok();
            });
        });
        remover.join().ok();
    }
}

#[tokio::test]
async fn what_was_made_is_what_is_expected() {
    let mut seen = 0;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../definition/tests/cases");
    let database = TestDatabase::create().await;
    let mut client = database.client().await;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("accepts_") || path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let definition = definition(&std::fs::read_to_string(&path).unwrap());
        let namespace = ident(&["tenant_1__", &name].concat());
        let mut transaction = client.transaction().await.unwrap();
        let mut create = Sql::of(EXTENSIONS);
        create.syntax("CREATE SCHEMA ");
        create.ident(&namespace);
        transaction.batch_execute(create.text()).await.unwrap();
        for step in migration::plan_structure(&definition, &namespace) {
            transaction.batch_execute(step.sql.text()).await.unwrap();
        }
        let found = catalog::read(&transaction, namespace.as_str()).await.unwrap();
        let expected = catalog::expected(&mut transaction, &definition, None).await.unwrap();
        assert_eq!(found.differences(&expected), [], "{name}");
        assert_eq!(found.digest(), expected.digest(), "{name}");
        assert_eq!(found.contents.tables.len(), definition.tables.len(), "{name}");
        let text = format!("{found:?}");
        assert!(!text.contains("tenant_1__"), "{name}: {text}");
        seen += 1;
        transaction.rollback().await.unwrap();
    }
    assert!(seen >= 5, "the cases were not found");
}

#[tokio::test]
async fn a_creation_with_its_role_is_as_expected_and_leaves_no_trace_of_the_comparison() {
    let mut world = World::new(EVERYTHING).await;
    let before = world.read().await;
    let expected = world.expected().await;
    assert_eq!(before.differences(&expected), []);
    assert!(before.apart.is_empty());
    assert_eq!(before.grants[0].rights, "USAGE");
    let scratch = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'tenanta\\_scratch%'";
    let left: i64 = world.client.query_one(scratch, &[]).await.unwrap().get(0);
    assert_eq!(left, 0);
}

#[tokio::test]
async fn every_change_by_hand_is_told() {
    let mut world = World::new(EVERYTHING).await;
    assert_eq!(world.differs_after("SELECT 1").await, Vec::<String>::new());
    let changes = include_str!("catalog/by_hand.sql");
    let mut told = String::new();
    for change in changes.split(";\n").map(str::trim).filter(|change| !change.is_empty()) {
        told.push_str(change);
        told.push('\n');
        let differences = world.differs_after(change).await;
        assert!(!differences.is_empty(), "nothing was told of: {change}");
        told.extend(differences.iter().map(|difference| format!("    {difference}\n")));
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn what_is_set_apart_is_no_difference_but_is_known() {
    let mut world = World::new(EVERYTHING).await;
    let script = include_str!("catalog/apart.sql");
    assert_eq!(world.differs_after(script).await, Vec::<String>::new());
    let path = ["SET search_path = \"", &world.namespace, "\", public; "].concat();
    world.client.batch_execute(&[path.as_str(), script].concat()).await.unwrap();
    let apart = world.read().await.apart;
    let names = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>().join(" ");
    let tables = apart.tables.iter().map(|table| {
        let columns = names(table.columns.iter().map(|it| &it.name).collect());
        let constraints = names(table.constraints.iter().map(|it| &it.name).collect());
        let indexes = names(table.indexes.iter().map(|it| &it.name).collect());
        let triggers = names(table.triggers.iter().map(|it| &it.name).collect());
        format!("{}: {columns} | {constraints} | {indexes} | {triggers}\n", table.name)
    });
    let enums = names(apart.enums.iter().map(|it| &it.name).collect());
    let functions = names(apart.functions.iter().map(|it| &it.name).collect());
    let others = names(apart.others.iter().map(|it| &it.name).collect());
    let tables: String = tables.collect();
    insta::assert_snapshot!(format!(
        "{tables}enums {enums}\nfunctions {functions}\nothers {others}"
    ));
}

/// How many rows of PostgreSQL's catalog a reading touches.
async fn rows_touched(client: &mut Client, namespace: &str) -> i64 {
    let count = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint \
                   FROM pg_stat_xact_sys_tables WHERE schemaname = 'pg_catalog'";
    let transaction = client.transaction().await.unwrap();
    let mut counts = Vec::new();
    for reading in [false, false, true] {
        if reading {
            catalog::read(&transaction, namespace).await.unwrap();
        }
        counts.push(transaction.query_one(count, &[]).await.unwrap().get::<_, i64>(0));
    }
    // Counting touches rows as well, each time the same.
    (counts[2] - counts[1]) - (counts[1] - counts[0])
}

#[tokio::test]
async fn other_namespaces_cost_nothing() {
    let mut world = World::new(EVERYTHING).await;
    catalog::read(&world.client, &world.namespace).await.unwrap();
    world.client.batch_execute("ANALYZE").await.unwrap();
    let alone = rows_touched(&mut world.client, &world.namespace).await;
    let neighbours = "DO $$ BEGIN
        FOR i IN 1..100 LOOP
            EXECUTE format('CREATE SCHEMA neighbour_%s', i);
            FOR j IN 1..20 LOOP
                EXECUTE format('CREATE TABLE neighbour_%s.t%s (id int PRIMARY KEY, a int CHECK (a > 0))', i, j);
            END LOOP;
        END LOOP; END $$; ANALYZE";
    world.client.batch_execute(neighbours).await.unwrap();
    let mut fresh = world.database.client().await;
    catalog::read(&fresh, &world.namespace).await.unwrap();
    let among_others = rows_touched(&mut fresh, &world.namespace).await;
    // Among others indexes are taken where a small catalog was simply read.
    assert!(among_others < 5_000, "{among_others} rows, alone {alone}");
    let tables: i64 = fresh.query_one("SELECT count(*) FROM pg_class", &[]).await.unwrap().get(0);
    assert!(among_others < tables && tables > 4_000, "{among_others} rows of {tables}");
}
