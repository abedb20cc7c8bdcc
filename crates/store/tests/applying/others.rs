//! Changes among others: those who use the tables, and those who change the same schema.

use std::time::Duration;

use futures_util::future::join_all;
use store::{Actor, StoreError};
use tokio::time::{Instant, sleep};

use crate::harness::{World, in_steps, lengths, to_lengths};

#[tokio::test]
async fn a_lock_that_is_held_for_a_while_is_waited_for() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let client = world.in_namespace(&schema).await;
    client.batch_execute("BEGIN; INSERT INTO notes VALUES (10, 'ten')").await.unwrap();
    let (steps, definition) = (to_lengths(&schema), lengths());
    let applying = world.apply(&schema, &steps, &definition);
    let leaving = async {
        sleep(Duration::from_millis(700)).await;
        client.batch_execute("COMMIT").await.unwrap();
    };
    let (applied, ()) = tokio::join!(applying, leaving);
    assert_eq!(applied.unwrap().schema.version, 2);
    let rows = world.traces(&schema).await.rows;
    assert!(rows.contains(&r#"{"n":10,"length":3,"attic_2_1":"ten"}"#.to_owned()), "{rows:?}");
    assert_eq!(world.states(&schema).await, ["applied", "applied"]);
}

#[tokio::test]
async fn a_lock_that_is_held_for_too_long_is_refused() {
    let world = World::impatient().await;
    let schema = world.create("diary").await;
    let before = world.traces(&schema).await;
    let client = world.in_namespace(&schema).await;
    client.batch_execute("BEGIN; SELECT count(*) FROM notes").await.unwrap();
    let refused = world.apply(&schema, &to_lengths(&schema), &lengths()).await;
    assert!(matches!(refused, Err(StoreError::TablesInUse { .. })), "{refused:?}");
    let refused = world.apply(&schema, &in_steps(&schema), &lengths()).await;
    assert!(matches!(refused, Err(StoreError::TablesInUse { .. })), "{refused:?}");
    assert_eq!(world.traces(&schema).await, before);
    assert_eq!(world.states(&schema).await, ["applied", "failed", "undone"]);
    client.batch_execute("COMMIT").await.unwrap();
    world.apply(&schema, &to_lengths(&schema), &lengths()).await.unwrap();
}

#[tokio::test]
async fn nobody_waits_long_behind_a_change_that_waits() {
    let world = World::with(|config| config.changes.switch_wait = Duration::from_secs(3)).await;
    let schema = world.create("diary").await;
    let holder = world.in_namespace(&schema).await;
    holder.batch_execute("BEGIN; SELECT count(*) FROM notes").await.unwrap();
    let reader = world.in_namespace(&schema).await;
    let reading = async {
        let mut longest = Duration::ZERO;
        let end = Instant::now() + Duration::from_millis(1200);
        while Instant::now() < end {
            let started = Instant::now();
            reader.batch_execute("SELECT count(*) FROM notes").await.unwrap();
            longest = longest.max(started.elapsed());
        }
        holder.batch_execute("COMMIT").await.unwrap();
        longest
    };
    let (steps, definition) = (to_lengths(&schema), lengths());
    let (applied, longest) = tokio::join!(world.apply(&schema, &steps, &definition), reading);
    applied.unwrap();
    // One attempt holds the queue for a tenth of a second; the machine may be busy.
    assert!(longest < Duration::from_millis(900), "{longest:?}");
}

#[tokio::test]
async fn of_two_changes_at_once_one_wins() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    for staged in [false, true] {
        let schema = if staged { world.create("other").await } else { schema.clone() };
        let steps = if staged { in_steps(&schema) } else { to_lengths(&schema) };
        let definition = lengths();
        let (left, right) = tokio::join!(
            world.apply(&schema, &steps, &definition),
            world.apply(&schema, &steps, &definition)
        );
        assert_eq!(usize::from(left.is_ok()) + usize::from(right.is_ok()), 1);
        let refused = left.err().or(right.err()).unwrap();
        assert!(matches!(refused, StoreError::VersionConflict { current: 2 }), "{refused:?}");
        assert_eq!(world.states(&schema).await, ["applied", "applied"]);
    }
}

#[tokio::test]
async fn a_change_does_not_wait_for_ever_for_another() {
    let world = World::impatient().await;
    let schema = world.create("diary").await;
    let holder = world.database.client().await;
    let hold = "SELECT pg_advisory_lock(hashtextextended($1::uuid::text, 0))";
    holder.query(hold, &[&schema.id]).await.unwrap();
    let refused = world.apply(&schema, &to_lengths(&schema), &lengths()).await;
    assert!(matches!(refused, Err(StoreError::ChangeInProgress)), "{refused:?}");
    let refused = world.store.purge_schema(world.tenant.id, schema.id, &Actor::System).await;
    assert!(matches!(refused, Err(StoreError::ChangeInProgress)), "{refused:?}");
    drop(holder);
    assert_eq!(world.states(&schema).await, ["applied"]);
    // Whoever gave up left no lock behind.
    let mut patient = 0;
    while world.apply(&schema, &to_lengths(&schema), &lengths()).await.is_err() {
        patient += 1;
        assert!(patient < 20);
    }
}

#[tokio::test]
async fn fifty_schemas_change_at_once() {
    let world = World::new().await;
    let mut schemas = Vec::new();
    for number in 0..50 {
        schemas.push(world.create(&format!("diary_{number}")).await);
    }
    // Each of them waits for a lock, so that all are under way at the same time.
    let mut holders = Vec::new();
    for schema in &schemas {
        let holder = world.in_namespace(schema).await;
        holder.batch_execute("BEGIN; LOCK TABLE notes IN SHARE MODE").await.unwrap();
        holders.push(holder);
    }
    let applying = join_all(schemas.iter().enumerate().map(async |(number, schema)| {
        let steps = if number % 2 == 0 { to_lengths(schema) } else { in_steps(schema) };
        world.apply(schema, &steps, &lengths()).await
    }));
    let leaving = async {
        let client = world.database.client().await;
        let busy = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
                       AND pid IN (SELECT pid FROM pg_stat_activity
                                    WHERE application_name = 'tenanta changes'
                                      AND datname = current_database())";
        loop {
            let row = client.query_one(busy, &[]).await.unwrap();
            if row.get::<_, i64>(0) >= 50 {
                break;
            }
            sleep(Duration::from_millis(10)).await;
        }
        // Requests do not notice: the control pool has its connections for itself.
        world.store.ping().await.unwrap();
        for holder in holders {
            holder.batch_execute("COMMIT").await.unwrap();
        }
    };
    let (applied, ()) = tokio::join!(applying, leaving);
    for applied in applied {
        assert_eq!(applied.unwrap().schema.version, 2);
    }
}

#[tokio::test]
async fn a_schema_taken_out_of_use_meanwhile_is_left_as_it_was() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let client = world.in_namespace(&schema).await;
    client.batch_execute("BEGIN; LOCK TABLE notes IN SHARE MODE").await.unwrap();
    let deleting = async {
        // The change has begun and waits.
        while world.states(&schema).await.len() < 2 {
            sleep(Duration::from_millis(5)).await;
        }
        world.store.delete_schema(world.tenant.id, schema.id, &Actor::System).await.unwrap();
        client.batch_execute("COMMIT").await.unwrap();
    };
    let before = world.traces(&schema).await;
    let definition = lengths();
    let steps = in_steps(&schema);
    let (refused, ()) = tokio::join!(world.apply(&schema, &steps, &definition), deleting);
    assert!(matches!(refused, Err(StoreError::NotFound("schema"))), "{refused:?}");
    assert_eq!(world.traces(&schema).await, before);
    assert_eq!(world.states(&schema).await, ["applied", "undone"]);
}
