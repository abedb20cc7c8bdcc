//! Changes that prepare and finish apart from the switch.

use std::time::Duration;

use migration::{Remedies, Run, Stage, Step};
use store::{Actor, Recovery, Schema, StoreError};
use tokio::time::{sleep, timeout};

use crate::harness::{World, back, change, in_steps, lengths, plan, step};

#[tokio::test]
async fn a_change_in_three_stages_ends_like_one_at_once() {
    let world = World::with(|config| config.changes.blocks_per_batch = 1).await;
    let schema = world.create("diary").await;
    world.run(&schema, "INSERT INTO notes SELECT n, 'many' FROM generate_series(4, 3000) n").await;
    let applied = world.apply(&schema, &in_steps(&schema), &lengths()).await.unwrap();
    assert!(applied.finished);
    let traces = world.traces(&schema).await;
    assert_eq!((traces.version, traces.versions, traces.audits), (2, 2, 1));
    assert_eq!(traces.attic, ["2_1 column notes.text"]);
    for expected in [
        "constraint notes_length_check t",
        &format!("index {}.notes_length_idx t", schema.namespace),
    ] {
        assert!(traces.catalog.iter().any(|found| found == expected), "{expected}: {traces:?}");
    }
    assert!(!traces.catalog.iter().any(|found| found.starts_with("function")), "{traces:?}");
    assert_eq!(traces.rows.iter().filter(|row| row.contains("\"length\":4")).count(), 2997);
    let migration = world.store.migration(schema.id, applied.migration).await.unwrap();
    assert_eq!(migration.state, "applied");
    assert!(migration.duration_ms.is_some());
    let under_way = "SELECT definition IS NULL FROM public.schema_migrations WHERE id = $1";
    let row = world.database.client().await.query_one(under_way, &[&migration.id]).await.unwrap();
    assert!(row.get::<_, bool>(0), "the version keeps the definition");
}

#[tokio::test]
async fn progress_is_told_while_a_step_goes_on() {
    let world = World::with(|config| config.changes.blocks_per_batch = 1).await;
    let schema = world.create("diary").await;
    world.run(&schema, "INSERT INTO notes SELECT n, 'many' FROM generate_series(4, 3000) n").await;
    // Somebody holds a row in the middle of the table.
    let client = world.in_namespace(&schema).await;
    client.batch_execute("BEGIN; SELECT FROM notes WHERE n = 2000 FOR UPDATE").await.unwrap();
    let shorten = "UPDATE §.notes SET text = '' WHERE ctid >= $1::tid AND ctid < $2::tid";
    let shorten = step(&schema, Stage::Prepare, Run::Batches, shorten);
    let steps = plan(&schema, vec![shorten]);
    let (definition, remedies) = (lengths(), Remedies::default());
    let wanted = change(&schema, &steps, &definition, &remedies);
    let applying = world.store.apply(&wanted, &Actor::System);
    let looking = async {
        wait_until(async || {
            let Ok(found) = world.store.migration(schema.id, wanted.id).await else { return false };
            let progress = found.progress.unwrap();
            let block = progress["block"].as_i64().unwrap();
            assert_eq!(found.state, "running");
            assert!(block == 0 || block < progress["blocks"].as_i64().unwrap(), "{progress}");
            block > 2
        })
        .await;
        client.batch_execute("COMMIT").await.unwrap();
    };
    let (applied, ()) = tokio::join!(applying, looking);
    assert!(applied.unwrap().finished);
}

/// A change whose step at a position is refused.
fn failing_at(schema: &Schema, position: usize) -> migration::Plan {
    let mut steps = in_steps(schema);
    let Step { stage, run, rollback, .. } = steps.steps[position].clone();
    let bad = match run {
        Run::Batches => "SELECT 1 / 0 WHERE $1::tid < $2::tid",
        Run::Transactional | Run::Alone => "SELECT 1 / 0",
    };
    steps.steps[position] = Step { rollback, ..step(schema, stage, run, bad) };
    steps
}

#[tokio::test]
async fn a_refusal_before_or_at_the_switch_undoes_everything() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let before = world.traces(&schema).await;
    let steps = in_steps(&schema).steps;
    let refusable = steps.iter().filter(|step| step.stage != Stage::Finish).count();
    for position in 0..refusable {
        let error = world.apply(&schema, &failing_at(&schema, position), &lengths()).await;
        assert!(matches!(error, Err(StoreError::Step { .. })), "step {position}: {error:?}");
        assert_eq!(world.traces(&schema).await, before, "step {position} left something behind");
    }
    let states = world.states(&schema).await;
    assert_eq!(states[0], "applied");
    assert!(states[1..].iter().all(|state| state == "undone"), "{states:?}");
    assert_eq!(world.store.recover().await.unwrap(), Recovery::default());
    assert!(world.apply(&schema, &in_steps(&schema), &lengths()).await.unwrap().finished);
}

#[tokio::test]
async fn an_index_that_cannot_be_built_is_removed() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    world.run(&schema, "INSERT INTO notes VALUES (9, 'a')").await;
    let before = world.traces(&schema).await;
    // PostgreSQL leaves an invalid index behind.
    let index = "CREATE UNIQUE INDEX CONCURRENTLY notes_text_key ON §.notes (text)";
    let index = step(&schema, Stage::Prepare, Run::Alone, index);
    let index = back(&schema, index, "DROP INDEX CONCURRENTLY IF EXISTS §.notes_text_key");
    let refused = world.apply(&schema, &plan(&schema, vec![index]), &lengths()).await.unwrap_err();
    let StoreError::Step { source, .. } = &refused else { panic!("{refused:?}") };
    assert!(matches!(**source, StoreError::Unique(_)), "{source:?}");
    assert_eq!(world.traces(&schema).await, before);
}

#[tokio::test]
async fn a_change_outlives_the_one_who_asked() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let client = world.in_namespace(&schema).await;
    client.batch_execute("BEGIN; LOCK TABLE notes IN SHARE MODE").await.unwrap();
    let asked = timeout(Duration::from_millis(200), async {
        world.apply(&schema, &in_steps(&schema), &lengths()).await
    });
    assert!(asked.await.is_err(), "it waits for the lock");
    assert_eq!(world.traces(&schema).await.version, 1);
    client.batch_execute("COMMIT").await.unwrap();
    wait_until(async || world.states(&schema).await == ["applied", "applied"]).await;
    assert_eq!(world.traces(&schema).await.version, 2);
}

#[tokio::test]
async fn what_cannot_be_undone_yet_is_undone_later() {
    let world = World::impatient().await;
    let schema = world.create("diary").await;
    // Whoever holds a row lets triggers be made, but not dropped, and the row not be written.
    let client = world.in_namespace(&schema).await;
    client.batch_execute("BEGIN; SELECT FROM notes WHERE n = 2 FOR UPDATE").await.unwrap();
    let trigger = "CREATE TRIGGER calm BEFORE UPDATE ON §.notes
                    FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()";
    let trigger = step(&schema, Stage::Prepare, Run::Transactional, trigger);
    let fill = "UPDATE §.notes SET text = '' WHERE ctid >= $1::tid AND ctid < $2::tid";
    let fill = step(&schema, Stage::Prepare, Run::Batches, fill);
    let trigger = back(&schema, trigger, "DROP TRIGGER IF EXISTS calm ON §.notes");
    let steps = plan(&schema, vec![trigger, fill]);
    let refused = world.apply(&schema, &steps, &lengths()).await;
    assert!(matches!(refused, Err(StoreError::TablesInUse { .. })), "{refused:?}");
    assert_eq!(world.states(&schema).await, ["applied", "running"]);
    assert_eq!(world.store.recover().await.unwrap().left, 1);
    client.batch_execute("COMMIT").await.unwrap();
    // Nobody else changes the schema before that.
    let next = world.apply(&schema, &in_steps(&schema), &lengths()).await.unwrap();
    assert_eq!(world.states(&schema).await, ["applied", "undone", "applied"]);
    assert_eq!(next.schema.version, 2);
    let catalog = world.traces(&schema).await.catalog;
    assert!(!catalog.iter().any(|found| found.starts_with("trigger")), "{catalog:?}");
}

#[tokio::test]
async fn what_is_left_after_the_switch_is_done_later() {
    let world = World::impatient().await;
    let schema = world.create("diary").await;
    // Somebody reads the table: its index cannot be dropped yet.
    let drop = step(&schema, Stage::Finish, Run::Transactional, "DROP INDEX IF EXISTS §.old_idx");
    world.run(&schema, "CREATE INDEX old_idx ON notes (text)").await;
    let client = world.in_namespace(&schema).await;
    client.batch_execute("BEGIN; SELECT count(*) FROM notes").await.unwrap();
    let applied = world.apply(&schema, &plan(&schema, vec![drop]), &lengths()).await.unwrap();
    assert!(!applied.finished);
    assert_eq!(world.states(&schema).await, ["applied", "finishing"]);
    assert_eq!(world.traces(&schema).await.version, 2);
    assert_eq!(world.store.recover().await.unwrap().left, 1);
    // The next heir waits a little, unless another change needs the schema.
    assert_eq!(world.store.recover().await.unwrap(), Recovery::default());
    client.batch_execute("COMMIT").await.unwrap();
    let nothing = plan(&applied.schema, Vec::new());
    let next = world.apply(&applied.schema, &nothing, &lengths()).await.unwrap();
    assert_eq!(next.schema.version, 3);
    assert_eq!(world.states(&schema).await, ["applied", "applied", "applied"]);
    let index = format!("index {}.old_idx t", schema.namespace);
    assert!(!world.traces(&schema).await.catalog.contains(&index));
}

async fn wait_until(holds: impl AsyncFn() -> bool) {
    let looking = async {
        while !holds().await {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(20), looking).await.expect("it comes about");
}
