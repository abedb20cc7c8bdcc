//! A tenant with a schema of notes, plans made by hand, and looks behind the store's back.

use std::time::Duration;

use definition::{Counting, Definition, Document, Name};
use migration::{
    AtticContent, AtticItem, AtticName, Estimate, Lock, LockMode, Options, Plan, Remedies, Run,
    Situation, Stage, Step, Subject,
};
use serde_json::Value;
use sql::{Ident, Sql};
use store::testing::TestDatabase;
use store::{
    Actor, Applied, Change, NewSchema, Registration, Schema, Store, StoreConfig, StoreError,
    TenantRef,
};
use tokio_postgres::Client;
use uuid::Uuid;

/// Version 1.
const NOTES: &str = r#"{ "tables": [{ "id": "t", "name": "notes", "columns": [
    { "id": "n", "name": "n", "type": "integer", "primaryKey": true },
    { "id": "x", "name": "text", "type": "text" } ] }] }"#;
/// Version 2: `text` is gone, `length` is new.
const LENGTHS: &str = r#"{ "tables": [{ "id": "t", "name": "notes", "columns": [
    { "id": "n", "name": "n", "type": "integer", "primaryKey": true },
    { "id": "l", "name": "length", "type": "integer" } ] }] }"#;

pub(crate) fn definition(document: &str) -> Definition {
    let document = serde_json::from_str(document).unwrap();
    let checked = Document::parse(&document).check(None, &mut Counting::default());
    checked.definition.expect("the document is valid")
}

pub(crate) fn notes() -> Definition {
    definition(NOTES)
}

pub(crate) fn lengths() -> Definition {
    definition(LENGTHS)
}

pub(crate) struct World {
    pub(crate) database: TestDatabase,
    pub(crate) store: Store,
    pub(crate) tenant: TenantRef,
    pub(crate) project: Uuid,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| ()).await
    }

    /// A world whose store is told something else than usual.
    pub(crate) async fn with(configure: impl FnOnce(&mut StoreConfig)) -> Self {
        let database = TestDatabase::create().await;
        let mut config = database.store_config();
        configure(&mut config);
        let store = Store::connect(config).await.unwrap();
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

    /// A world that does not wait for long.
    pub(crate) async fn impatient() -> Self {
        Self::with(|config| {
            config.changes.switch_wait = Duration::from_millis(400);
            config.changes.step_wait = Duration::from_millis(400);
            config.changes.alone_lock_wait = Duration::from_millis(100);
            config.changes.queue_wait = Duration::from_millis(300);
        })
        .await
    }

    /// A schema at version 1, with a few rows.
    pub(crate) async fn create(&self, name: &str) -> Schema {
        let made = self.create_from(name, &notes()).await;
        let mut insert = Sql::of("INSERT INTO ");
        insert
            .ident(&namespace(&made))
            .syntax(".notes SELECT n, repeat('a', n) FROM generate_series(1, 3) n");
        self.database.client().await.batch_execute(insert.text()).await.unwrap();
        made
    }

    pub(crate) async fn create_from(&self, name: &str, definition: &Definition) -> Schema {
        let (tenant, project_id, plan) = (self.tenant, self.project, &migration::plan_creation);
        let new = NewSchema { tenant, project_id, name, description: None, definition, plan };
        self.store.create_schema(&new, &Actor::System).await.unwrap()
    }

    pub(crate) async fn apply(
        &self,
        schema: &Schema,
        plan: &Plan,
        definition: &Definition,
    ) -> Result<Applied, StoreError> {
        let remedies = Remedies::default();
        let change = change(schema, plan, definition, &remedies);
        self.store.apply(&change, &Actor::System).await
    }

    /// Everything that a change may leave: what is in the namespace, and what tells of it.
    pub(crate) async fn traces(&self, schema: &Schema) -> Traces {
        Traces::of(&self.database.client().await, schema).await
    }

    /// The states of a schema's migrations, oldest first.
    pub(crate) async fn states(&self, schema: &Schema) -> Vec<String> {
        let states = "SELECT state FROM public.schema_migrations WHERE schema_id = $1 ORDER BY id";
        let rows = self.database.client().await.query(states, &[&schema.id]).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Runs statements on the schema's tables, as the control role.
    pub(crate) async fn run(&self, schema: &Schema, statements: &str) {
        let client = self.in_namespace(schema).await;
        client.batch_execute(statements).await.unwrap();
    }

    /// A connection whose search path is the schema's namespace.
    pub(crate) async fn in_namespace(&self, schema: &Schema) -> Client {
        let client = self.database.client().await;
        let mut path = Sql::of("SET search_path = ");
        path.ident(&namespace(schema));
        client.batch_execute(path.text()).await.unwrap();
        client
    }
}

pub(crate) fn change<'a>(
    schema: &Schema,
    plan: &'a Plan,
    definition: &'a Definition,
    remedies: &'a Remedies,
) -> Change<'a> {
    Change {
        id: Uuid::now_v7(),
        tenant: schema.tenant_id,
        schema_id: schema.id,
        plan,
        definition,
        message: Some("Shorter"),
        remedies,
        name: None,
        description: None,
        is_active: None,
    }
}

pub(crate) fn namespace(schema: &Schema) -> Ident {
    Ident::new(schema.namespace.clone()).unwrap()
}

/// What is there of a schema, to be compared.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Traces {
    pub(crate) version: i32,
    pub(crate) versions: i64,
    pub(crate) attic: Vec<String>,
    pub(crate) audits: i64,
    /// Columns, indexes, constraints, triggers and functions.
    pub(crate) catalog: Vec<String>,
    /// Every row of every table.
    pub(crate) rows: Vec<String>,
}

impl Traces {
    async fn of(client: &Client, schema: &Schema) -> Self {
        let told = client
            .query_one(
                "SELECT version, (SELECT count(*) FROM public.schema_versions WHERE schema_id = s.id),
                        ARRAY(SELECT format('%s_%s %s %s', version, number, kind, subject)
                                FROM public.schema_attic WHERE schema_id = s.id AND waits ORDER BY 1),
                        (SELECT count(*) FROM public.audit_log
                          WHERE subject_id = s.id::text AND action = 'schema.changed')
                   FROM public.schemas s WHERE id = $1",
                &[&schema.id],
            )
            .await
            .unwrap();
        let catalog = client
            .query(
                "WITH n AS (SELECT oid FROM pg_namespace WHERE nspname = $1)
                 SELECT format('column %s.%s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull)
                   FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN n ON n.oid = relnamespace
                  WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped
                 UNION ALL
                 SELECT format('index %s %s', i.indexrelid::regclass, indisvalid)
                   FROM pg_index i JOIN pg_class c ON c.oid = indexrelid JOIN n ON n.oid = relnamespace
                 UNION ALL
                 SELECT format('constraint %s %s', conname, convalidated)
                   FROM pg_constraint JOIN n ON n.oid = connamespace
                 UNION ALL
                 SELECT format('trigger %s', tgname) FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
                   JOIN n ON n.oid = relnamespace WHERE NOT tgisinternal
                 UNION ALL
                 SELECT format('function %s', proname) FROM pg_proc JOIN n ON n.oid = pronamespace
                 ORDER BY 1",
                &[&schema.namespace],
            )
            .await
            .unwrap();
        Self {
            version: told.get(0),
            versions: told.get(1),
            attic: told.get(2),
            audits: told.get(3),
            catalog: catalog.iter().map(|row| row.get(0)).collect(),
            rows: rows(client, schema).await,
        }
    }
}

async fn rows(client: &Client, schema: &Schema) -> Vec<String> {
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = $1 ORDER BY 1";
    let mut found = Vec::new();
    for table in client.query(tables, &[&schema.namespace]).await.unwrap() {
        let table = Ident::new(table.get::<_, String>(0)).unwrap();
        let mut select = Sql::of("SELECT to_jsonb(t) FROM ");
        select.qualified(&namespace(schema), &table).syntax(" t");
        let rows = client.query(select.text(), &[]).await.unwrap();
        found.extend(rows.iter().map(|row| row.get::<_, Value>(0).to_string()));
    }
    found.sort();
    found
}

/// A step of a plan made by hand. `§` stands for the namespace.
pub(crate) fn step(schema: &Schema, stage: Stage, run: Run, sql: &'static str) -> Step {
    Step {
        sql: in_place(schema, sql),
        rollback: None,
        stage,
        run,
        locks: vec![Lock { table: Name::new("notes").unwrap(), mode: LockMode::RowExclusive }],
        rewrites: false,
        scans: false,
        estimate: Estimate::default(),
        subject: Subject { path: "tables[0]".to_owned(), title: sql.to_owned() },
    }
}

fn in_place(schema: &Schema, text: &'static str) -> Sql {
    let mut sql = Sql::new();
    for (position, part) in text.split('§').enumerate() {
        if position > 0 {
            sql.ident(&namespace(schema));
        }
        sql.syntax(part);
    }
    sql
}

/// The same with a way back.
pub(crate) fn back(schema: &Schema, step: Step, sql: &'static str) -> Step {
    Step { rollback: Some(in_place(schema, sql)), ..step }
}

/// A plan to the next version.
pub(crate) fn plan(schema: &Schema, steps: Vec<Step>) -> Plan {
    Plan { from_version: schema.version, to_version: schema.version + 1, steps, ..Plan::default() }
}

/// From notes to their lengths, in one transaction: `text` waits in the attic.
pub(crate) fn to_lengths(schema: &Schema) -> Plan {
    let switch = |sql| step(schema, Stage::Switch, Run::Transactional, sql);
    let steps = vec![
        switch("ALTER TABLE §.notes ADD COLUMN length integer"),
        switch("UPDATE §.notes SET length = char_length(text)"),
        switch("ALTER TABLE §.notes RENAME COLUMN text TO attic_2_1"),
        switch("CREATE INDEX notes_length_idx ON §.notes (length)"),
    ];
    Plan { put_aside: vec![text_set_aside()], ..plan(schema, steps) }
}

/// Back from lengths to notes at version 3.
pub(crate) fn back_to_notes(schema: &Schema) -> Plan {
    let switch = |sql| step(schema, Stage::Switch, Run::Transactional, sql);
    let steps = vec![
        switch("DROP INDEX §.notes_length_idx"),
        switch("ALTER TABLE §.notes RENAME COLUMN attic_2_1 TO text"),
        switch("ALTER TABLE §.notes RENAME COLUMN length TO attic_3_1"),
    ];
    let table = &lengths().tables[0];
    let content = AtticContent::Column {
        table: table.id.clone(),
        column: Box::new(table.columns[1].clone()),
    };
    Plan {
        put_aside: vec![waiting(AtticName { version: 3, number: 1 }, content)],
        taken_back: vec![AtticName { version: 2, number: 1 }],
        ..plan(schema, steps)
    }
}

pub(crate) fn text_set_aside() -> AtticItem {
    let table = &notes().tables[0];
    let content = AtticContent::Column {
        table: table.id.clone(),
        column: Box::new(table.columns[1].clone()),
    };
    waiting(AtticName { version: 2, number: 1 }, content)
}

/// Something in the attic that is of no enum.
pub(crate) fn waiting(name: AtticName, content: AtticContent) -> AtticItem {
    AtticItem { name, content, enums: Vec::new(), waits: true }
}

/// The same as [`to_lengths`], in three stages. The index is built by an expression of its own, so
/// that something can be made to happen in the middle of it.
pub(crate) fn in_steps(schema: &Schema) -> Plan {
    let of = |stage, run, sql| step(schema, stage, run, sql);
    let prepare = |run, sql, undo| back(schema, of(Stage::Prepare, run, sql), undo);
    let steps = vec![
        prepare(
            Run::Transactional,
            "ALTER TABLE §.notes ADD COLUMN length integer",
            "ALTER TABLE §.notes DROP COLUMN IF EXISTS length",
        ),
        prepare(
            Run::Transactional,
            "CREATE FUNCTION §.fill() RETURNS trigger LANGUAGE plpgsql AS
                 'BEGIN NEW.length := char_length(NEW.text); RETURN NEW; END';
             CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON §.notes
                FOR EACH ROW EXECUTE FUNCTION §.fill()",
            "DROP TRIGGER IF EXISTS fill ON §.notes; DROP FUNCTION IF EXISTS §.fill()",
        ),
        of(
            Stage::Prepare,
            Run::Batches,
            "UPDATE §.notes SET length = char_length(text) WHERE ctid >= $1::tid AND ctid < $2::tid",
        ),
        prepare(
            Run::Alone,
            "CREATE INDEX CONCURRENTLY notes_length_idx ON §.notes (length)",
            "DROP INDEX CONCURRENTLY IF EXISTS §.notes_length_idx",
        ),
        prepare(
            Run::Transactional,
            "ALTER TABLE §.notes ADD CONSTRAINT notes_length_check CHECK (length >= 0) NOT VALID",
            "ALTER TABLE §.notes DROP CONSTRAINT IF EXISTS notes_length_check",
        ),
        prepare(
            Run::Transactional,
            "ALTER TABLE §.notes VALIDATE CONSTRAINT notes_length_check",
            "SELECT 1",
        ),
        of(Stage::Switch, Run::Transactional, "DROP TRIGGER fill ON §.notes"),
        of(
            Stage::Switch,
            Run::Transactional,
            "ALTER TABLE §.notes RENAME COLUMN text TO attic_2_1",
        ),
        of(Stage::Finish, Run::Transactional, "DROP FUNCTION IF EXISTS §.fill()"),
        of(Stage::Finish, Run::Alone, "DROP INDEX CONCURRENTLY IF EXISTS §.nothing_idx"),
    ];
    Plan { put_aside: vec![text_set_aside()], ..plan(schema, steps) }
}

/// What the planner makes of a document.
pub(crate) struct Wish<'a> {
    pub(crate) document: &'a str,
    pub(crate) rollback_to: Option<i32>,
    pub(crate) remedies: Remedies,
    /// As if the tables were large.
    pub(crate) apart: bool,
}

impl<'a> Wish<'a> {
    pub(crate) fn of(document: &'a str) -> Self {
        Self { document, rollback_to: None, remedies: Remedies::default(), apart: false }
    }
}

impl World {
    /// The plan to a wish, with the definition it leads to.
    pub(crate) async fn plan(&self, schema: Uuid, wish: &Wish<'_>) -> (Plan, Definition) {
        let state = self.store.schema_state(self.tenant.id, schema).await.unwrap();
        let document = serde_json::from_str(wish.document).unwrap();
        let checked = Document::parse(&document)
            .check(Some(&state.definition), &mut Counting::default())
            .definition
            .expect("the document is valid");
        let situation = Situation {
            version: state.schema.version,
            before: &state.definition,
            after: &checked,
            rollback_to: wish.rollback_to,
            attic: &state.attic,
            statistics: &state.statistics,
            remedies: &wish.remedies,
            namespace: &state.place.namespace,
            role: &state.place.role,
            options: if wish.apart { Options { online_rows: 0 } } else { Options::default() },
        };
        let plan = migration::plan_change(&situation).expect("it can be planned");
        (plan, checked)
    }

    /// Plans a wish and applies it.
    pub(crate) async fn change(
        &self,
        schema: &Schema,
        wish: &Wish<'_>,
    ) -> Result<Schema, StoreError> {
        let (plan, definition) = self.plan(schema.id, wish).await;
        let wanted = change(schema, &plan, &definition, &wish.remedies);
        self.store.apply(&wanted, &Actor::System).await.map(|applied| applied.schema)
    }
}
