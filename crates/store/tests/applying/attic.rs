//! The attic: what waits there, how it goes for good, and rows that come back.

use std::collections::BTreeMap;

use definition::Name;
use migration::{Remedies, Remedy};
use sql::Sql;
use store::{Actor, AtticEntry, PageRequest, Purged, PutBack, Schema, StoreError};
use uuid::Uuid;

use crate::harness::{Wish, World, definition, namespace};

const PAGE: PageRequest = PageRequest { limit: 50, after: None };
/// A bit of everything that can be put aside.
const SHOP: &str = r#"{
    "enums": [{ "id": "e", "name": "state", "values": ["open", "paid"] }],
    "tables": [
        { "id": "o", "name": "orders", "trackUpdates": "changed", "columns": [
            { "id": "oi", "name": "id", "type": "integer", "primaryKey": true },
            { "id": "on", "name": "note", "type": "text" },
            { "id": "os", "name": "state", "type": "state" },
            { "id": "ot", "name": "total", "type": "text" },
            { "id": "oc", "name": "changed", "type": "timestamptz" } ] },
        { "id": "c", "name": "customers", "columns": [
            { "id": "ci", "name": "id", "type": "integer", "primaryKey": true },
            { "id": "cs", "name": "state", "type": "state" } ] } ] }"#;
/// The note is gone.
const WITHOUT_NOTE: &str = r#"{
    "enums": [{ "id": "e", "name": "state", "values": ["open", "paid"] }],
    "tables": [
        { "id": "o", "name": "orders", "trackUpdates": "changed", "columns": [
            { "id": "oi", "name": "id", "type": "integer", "primaryKey": true },
            { "id": "os", "name": "state", "type": "state" },
            { "id": "ot", "name": "total", "type": "text" },
            { "id": "oc", "name": "changed", "type": "timestamptz" } ] },
        { "id": "c", "name": "customers", "columns": [
            { "id": "ci", "name": "id", "type": "integer", "primaryKey": true },
            { "id": "cs", "name": "state", "type": "state" } ] } ] }"#;
/// Only customers, without their state.
const WITHOUT_ORDERS: &str = r#"{ "tables": [
    { "id": "c", "name": "customers", "columns": [
        { "id": "ci", "name": "id", "type": "integer", "primaryKey": true } ] } ] }"#;

async fn shop(world: &World) -> Schema {
    let schema = world.create_from("shop", &definition(SHOP)).await;
    world
        .run(
            &schema,
            "INSERT INTO orders SELECT n, repeat('x', 500), 'paid', n::text FROM generate_series(1, 1000) n;
             INSERT INTO customers VALUES (1, 'open')",
        )
        .await;
    schema
}

/// Version 2 puts the note aside, version 3 the orders, the state of customers and the enum.
async fn emptied(world: &World) -> Schema {
    let schema = shop(world).await;
    let second = world.change(&schema, &Wish::of(WITHOUT_NOTE)).await.unwrap();
    world.change(&second, &Wish::of(WITHOUT_ORDERS)).await.unwrap()
}

async fn listed(world: &World, schema: &Schema) -> Vec<AtticEntry> {
    world.store.attic(schema.id, &PAGE).await.unwrap().items
}

fn told(entries: &[AtticEntry]) -> Vec<String> {
    let mut told: Vec<String> = entries
        .iter()
        .map(|entry| format!("{} {} {}", entry.name.version, entry.kind, entry.subject))
        .collect();
    told.sort();
    told
}

fn find<'a>(entries: &'a [AtticEntry], kind: &str, subject: &str) -> &'a AtticEntry {
    let found = entries.iter().find(|entry| entry.kind == kind && entry.subject == subject);
    found.unwrap_or_else(|| panic!("{kind} {subject} in {entries:?}"))
}

impl World {
    async fn purge(&self, schema: &Schema, item: Uuid) -> Result<(), StoreError> {
        self.store.purge_attic_item(self.tenant.id, schema.id, item, &Actor::System).await
    }
}

#[tokio::test]
async fn what_waits_is_listed_with_its_size() {
    let world = World::new().await;
    let schema = emptied(&world).await;
    world.run(&schema, "ANALYZE").await;
    let entries = listed(&world, &schema).await;
    let all =
        ["2 column orders.note", "3 column customers.state", "3 enum state", "3 table orders"];
    assert_eq!(told(&entries), all);
    // The note lies in a table that is in the attic itself.
    let note = find(&entries, "column", "orders.note");
    assert!((400_000..600_000).contains(&note.size_bytes.unwrap()), "{note:?}");
    assert_eq!(note.rows, Some(1000));
    let orders = find(&entries, "table", "orders");
    assert!(orders.size_bytes.unwrap() > note.size_bytes.unwrap(), "{orders:?}");
    assert_eq!(find(&entries, "enum", "state").size_bytes, None);
    let days = (orders.expires_at - orders.created_at).num_days();
    assert_eq!(days, 30);
    // In pages, too.
    let mut paged = Vec::new();
    let mut page = PageRequest { limit: 1, after: None };
    loop {
        let found = world.store.attic(schema.id, &page).await.unwrap();
        paged.extend(found.items.iter().map(|entry| entry.id));
        match found.next {
            Some(next) => page.after = Some(next),
            None => break,
        }
    }
    assert_eq!(paged, entries.iter().map(|entry| entry.id).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_purged_is_gone_and_what_is_needed_is_not() {
    let world = World::new().await;
    let schema = emptied(&world).await;
    let entries = listed(&world, &schema).await;
    let (state, note) =
        (find(&entries, "enum", "state").id, find(&entries, "column", "orders.note").id);
    let refused = world.purge(&schema, state).await;
    assert!(matches!(refused, Err(StoreError::StillNeeded(_))), "{refused:?}");
    assert_eq!(told(&listed(&world, &schema).await).len(), 4, "nothing was removed");
    // Nobody else's, and nothing that is not there.
    let foreign =
        world.store.purge_attic_item(Uuid::now_v7(), schema.id, note, &Actor::System).await;
    assert!(matches!(foreign, Err(StoreError::NotFound("schema"))), "{foreign:?}");
    let nothing = world.purge(&schema, Uuid::now_v7()).await;
    assert!(matches!(nothing, Err(StoreError::NotFound("attic item"))), "{nothing:?}");
    for (kind, subject) in [("column", "customers.state"), ("table", "orders"), ("enum", "state")] {
        world.purge(&schema, find(&entries, kind, subject).id).await.unwrap();
    }
    // The note went with its table.
    assert_eq!(told(&listed(&world, &schema).await), Vec::<String>::new());
    let left = world.traces(&schema).await.catalog;
    let attic = |line: &String| line.contains("attic_") || line.starts_with("function");
    assert!(!left.iter().any(attic), "{left:?}");
    let audits = "SELECT count(*) FROM public.audit_log WHERE action = 'attic.purged'";
    let row = world.database.client().await.query_one(audits, &[]).await.unwrap();
    assert_eq!(row.get::<_, i64>(0), 3);
}

#[tokio::test]
async fn a_rollback_after_a_purge_makes_anew_what_is_gone() {
    let world = World::new().await;
    let schema = emptied(&world).await;
    for entry in listed(&world, &schema).await {
        if ["orders", "customers.state"].contains(&entry.subject.as_str()) {
            world.purge(&schema, entry.id).await.unwrap();
        }
    }
    let back = Wish { rollback_to: Some(1), ..Wish::of(SHOP) };
    let restored = world.change(&schema, &back).await.unwrap();
    assert_eq!(restored.version, 4);
    let traces = world.traces(&schema).await;
    assert!(traces.catalog.contains(&"column orders.note text f".to_owned()), "{traces:?}");
    assert_eq!(traces.rows, [r#"{"id":1,"state":null}"#], "what was purged is empty");
    world.run(&schema, "INSERT INTO orders VALUES (1, 'n', 'open', '1')").await;
    world.run(&schema, "UPDATE orders SET note = 'm' WHERE changed IS NULL").await;
    let rows = world.traces(&schema).await.rows;
    assert!(
        rows.iter().any(|row| row.contains("\"changed\":\"2")),
        "the trigger is there: {rows:?}"
    );
}

#[tokio::test]
async fn a_purge_waits_for_a_moment_and_no_longer() {
    let world = World::impatient().await;
    let schema = shop(&world).await;
    let second = world.change(&schema, &Wish::of(WITHOUT_NOTE)).await.unwrap();
    let note = listed(&world, &second).await[0].id;
    let client = world.in_namespace(&schema).await;
    client.batch_execute("BEGIN; SELECT count(*) FROM orders").await.unwrap();
    let refused = world.purge(&schema, note).await;
    assert!(matches!(refused, Err(StoreError::TablesInUse { .. })), "{refused:?}");
    client.batch_execute("COMMIT").await.unwrap();
    world.purge(&schema, note).await.unwrap();
}

#[tokio::test]
async fn what_has_expired_is_removed_a_little_at_a_time() {
    let world = World::new().await;
    let schema = emptied(&world).await;
    let other = world.create("other").await;
    let client = world.database.client().await;
    assert_eq!(world.store.purge_expired().await.unwrap(), Purged::default());
    client.execute("UPDATE public.schema_attic SET expires_at = now()", &[]).await.unwrap();
    // Somebody reads the orders; the enum is needed by them.
    let reader = world.in_namespace(&schema).await;
    reader.batch_execute("BEGIN; SELECT count(*) FROM attic_3_1").await.ok();
    let table = find(&listed(&world, &schema).await, "table", "orders").name.to_string();
    let mut read = Sql::of("ROLLBACK; BEGIN; SELECT count(*) FROM ");
    read.qualified(&namespace(&schema), &sql::Ident::new(table).unwrap());
    reader.batch_execute(read.text()).await.unwrap();
    let purged = world.store.purge_expired().await.unwrap();
    // The note lies in the orders, too.
    assert_eq!(purged, Purged { items: 1, schemas: 0, left: 3 });
    reader.batch_execute("COMMIT").await.unwrap();
    // They are left alone for a while.
    assert_eq!(world.store.purge_expired().await.unwrap(), Purged::default());
    client.execute("UPDATE public.schema_attic SET tried_at = NULL", &[]).await.unwrap();
    let purged = world.store.purge_expired().await.unwrap();
    assert_eq!(purged.items + purged.left, 3);
    assert_eq!(told(&listed(&world, &schema).await), Vec::<String>::new());
    // Schemas that were taken out of use.
    world.store.delete_schema(world.tenant.id, other.id, &Actor::System).await.unwrap();
    assert_eq!(world.store.purge_expired().await.unwrap(), Purged::default());
    let long_ago =
        "UPDATE public.schemas SET deleted_at = now() - interval '31 days' WHERE id = $1";
    client.execute(long_ago, &[&other.id]).await.unwrap();
    assert_eq!(
        world.store.purge_expired().await.unwrap(),
        Purged { items: 0, schemas: 1, left: 0 }
    );
    let gone = world.store.schema(world.tenant.id, other.id).await;
    assert!(matches!(gone, Err(StoreError::NotFound("schema"))));
}

/// Totals are numbers from now on, and every order has one.
const NUMBERS: &str = r#"{
    "enums": [{ "id": "e", "name": "state", "values": ["open", "paid"] }],
    "tables": [
        { "id": "o", "name": "orders", "columns": [
            { "id": "oi", "name": "id", "type": "integer", "primaryKey": true },
            { "id": "on", "name": "note", "type": "varchar(5)", "notNull": true },
            { "id": "os", "name": "state", "type": "state" } ] } ] }"#;
const TEXTS: &str = r#"{
    "enums": [{ "id": "e", "name": "state", "values": ["open", "paid"] }],
    "tables": [
        { "id": "o", "name": "orders", "columns": [
            { "id": "oi", "name": "id", "type": "integer", "primaryKey": true },
            { "id": "on", "name": "note", "type": "varchar(5)" },
            { "id": "os", "name": "state", "type": "state" } ] } ] }"#;

/// Two orders without a note were set aside.
async fn with_rows_aside(world: &World) -> (Schema, Uuid) {
    let schema = world.create_from("shop", &definition(TEXTS)).await;
    world
        .run(
            &schema,
            "INSERT INTO orders VALUES (1, 'one', 'open'), (2, NULL, 'paid'), (3, NULL, NULL)",
        )
        .await;
    let remedies = Remedies([("orders.note".to_owned(), Remedy::SetAside)].into());
    let wish = Wish { remedies, ..Wish::of(NUMBERS) };
    let schema = world.change(&schema, &wish).await.unwrap();
    let entries = listed(world, &schema).await;
    let rows = find(&entries, "rows", "orders.note").id;
    (schema, rows)
}

fn corrected(row: &str, column: &str, value: &str) -> PutBack {
    let corrections: BTreeMap<Name, sql::Param> =
        [(Name::new(column).unwrap(), Some(value.to_owned()))].into();
    PutBack { row: row.to_owned(), corrections }
}

#[tokio::test]
async fn rows_that_were_set_aside_come_back_with_corrections_all_or_none() {
    let world = World::new().await;
    let (schema, item) = with_rows_aside(&world).await;
    let (tenant, store) = (world.tenant.id, &world.store);
    let rows = async |limit| {
        let page = PageRequest { limit, after: None };
        store.rows_set_aside(tenant, schema.id, item, &page).await.unwrap()
    };
    let found = rows(10).await.items;
    let jsons: Vec<&str> = found.iter().map(|row| row.json.as_str()).collect();
    assert_eq!(
        jsons,
        [r#"{"id":2,"note":null,"state":"paid"}"#, r#"{"id":3,"note":null,"state":null}"#]
    );
    let first = rows(1).await;
    let second = PageRequest { limit: 1, after: first.next };
    let second = store.rows_set_aside(tenant, schema.id, item, &second).await.unwrap();
    assert_eq!((&second.items[0], second.next), (&found[1], None));
    let place = (tenant, schema.id);
    let before = world.traces(&schema).await;
    let put = async |rows: &[PutBack]| store.put_back(place, item, rows, &Actor::System).await;
    let (two, three) = (found[0].row.as_str(), found[1].row.as_str());
    // As they are they do not fit; nor does a note that is too long, which is not cut short.
    for second in [
        PutBack { row: three.to_owned(), ..PutBack::default() },
        corrected(three, "note", "much too long"),
    ] {
        let refused = put(&[corrected(two, "note", "two"), second]).await.unwrap_err();
        let StoreError::Row { row, source } = &refused else { panic!("{refused:?}") };
        assert_eq!(row, three);
        assert!(
            matches!(**source, StoreError::NotNull(_) | StoreError::InvalidValue(_)),
            "{source:?}"
        );
    }
    for (bad, what) in [
        (corrected(two, "nothing", "x"), "column"),
        (corrected("(9,9)", "note", "x"), "row"),
        (corrected("1; DROP TABLE orders", "note", "x"), "row"),
    ] {
        let refused = put(&[bad]).await;
        assert!(matches!(refused, Err(StoreError::NotFound(it)) if it == what), "{refused:?}");
    }
    assert_eq!(world.traces(&schema).await, before);
    assert_eq!(
        put(&[corrected(two, "note", "two"), corrected(three, "note", "it's")]).await.unwrap(),
        2
    );
    assert_eq!(
        world.traces(&schema).await.rows,
        [
            r#"{"id":1,"note":"one","state":"open"}"#,
            r#"{"id":2,"note":"two","state":"paid"}"#,
            r#"{"id":3,"note":"it's","state":null}"#,
        ]
    );
    let twice = put(&[corrected(two, "note", "two")]).await;
    assert!(
        matches!(twice, Err(StoreError::NotFound("row") | StoreError::Row { .. })),
        "{twice:?}"
    );
}

#[tokio::test]
async fn rows_come_back_under_the_present_definition() {
    let world = World::new().await;
    let (schema, item) = with_rows_aside(&world).await;
    // Renamed, another enum value, a new column with a default, another type of key.
    let later = r#"{
        "enums": [{ "id": "e", "name": "stage", "values": ["open", "paid"] }],
        "tables": [{ "id": "o", "name": "sales", "columns": [
            { "id": "oi", "name": "id", "type": "bigint", "primaryKey": true },
            { "id": "on", "name": "remark", "type": "text", "notNull": true },
            { "id": "os", "name": "stage", "type": "stage" },
            { "id": "ox", "name": "extra", "type": "integer", "default": "7" } ] } ] }"#;
    world.change(&schema, &Wish::of(later)).await.unwrap();
    let page = world.store.rows_set_aside(world.tenant.id, schema.id, item, &PAGE).await.unwrap();
    let rows = [corrected(&page.items[0].row, "remark", "a longer one")];
    let place = (world.tenant.id, schema.id);
    world.store.put_back(place, item, &rows, &Actor::System).await.unwrap();
    let found = world.traces(&schema).await.rows;
    // Behind it stands what the converted key held before.
    let expected = r#"{"id":2,"extra":7,"stage":"paid","remark":"a longer one""#;
    assert!(found.iter().any(|row| row.starts_with(expected)), "{found:?}");
    // Purged, the rest is gone.
    world.purge(&schema, item).await.unwrap();
    let gone = world.store.rows_set_aside(world.tenant.id, schema.id, item, &PAGE).await;
    assert!(matches!(gone, Err(StoreError::NotFound("attic item"))));
}
