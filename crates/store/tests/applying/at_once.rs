//! Changes of one transaction.

use migration::Remedies;
use sql::Sql;
use store::{Actor, PageRequest, StoreError};

use crate::harness::{World, back_to_notes, change, lengths, notes, text_set_aside, to_lengths};

const PAGE: PageRequest = PageRequest { limit: 10, after: None };

#[tokio::test]
async fn a_change_leaves_everything_it_promises() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let (plan, remedies) = (to_lengths(&schema), Remedies::default());
    let definition = lengths();
    let mut wanted = change(&schema, &plan, &definition, &remedies);
    wanted.name = Some("lengths");
    wanted.description = Some(Some("How long they are"));
    wanted.is_active = Some(false);
    let applied = world.store.apply(&wanted, &Actor::System).await.unwrap();
    assert!(applied.finished);
    assert_eq!((applied.schema.version, applied.schema.name.as_str()), (2, "lengths"));
    assert_eq!(applied.schema.description.as_deref(), Some("How long they are"));
    assert!(!applied.schema.is_active);
    assert_eq!(applied.schema.definition, definition.to_json());
    let traces = world.traces(&schema).await;
    assert_eq!((traces.version, traces.versions, traces.audits), (2, 2, 1));
    assert_eq!(traces.attic, ["2_1 column notes.text"]);
    assert!(traces.catalog.contains(&"column notes.attic_2_1 text f".to_owned()), "{traces:?}");
    assert!(
        traces.rows.contains(&r#"{"n":3,"length":3,"attic_2_1":"aaa"}"#.to_owned()),
        "{traces:?}"
    );
    // What tells of it.
    let version = world.store.version(schema.id, 2).await.unwrap();
    assert_eq!(version.message.as_deref(), Some("Shorter"));
    assert!(version.duration_ms.is_some());
    assert_eq!(world.store.definition_at(schema.id, 1).await.unwrap(), notes());
    assert_eq!(world.store.definition_at(schema.id, 2).await.unwrap(), definition);
    let migration = world.store.migration(schema.id, wanted.id).await.unwrap();
    assert_eq!((migration.from_version, migration.version), (1, 2));
    assert_eq!(
        (migration.state.as_str(), migration.message.as_deref()),
        ("applied", Some("Shorter"))
    );
    assert_eq!(migration.sql, plan.sql());
    assert_eq!(migration.rollback_sql, None, "these steps have no way back");
    assert_eq!(migration.plan["steps"][0]["stage"], "switch");
    assert!(migration.applied_at.is_some());
}

#[tokio::test]
async fn a_way_back_brings_the_data_back() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let before = world.traces(&schema).await;
    let there = world.apply(&schema, &to_lengths(&schema), &lengths()).await.unwrap();
    let state = world.store.schema_state(world.tenant.id, schema.id).await.unwrap();
    assert_eq!(state.attic, [text_set_aside()]);
    assert_eq!((state.schema.version, &state.definition), (2, &lengths()));
    world.apply(&there.schema, &back_to_notes(&there.schema), &notes()).await.unwrap();
    let after = world.traces(&schema).await;
    assert_eq!((after.version, after.attic), (3, vec!["3_1 column notes.length".to_owned()]));
    let text = |rows: &[String]| rows.iter().filter(|row| row.contains("\"text\":\"aa\"")).count();
    assert_eq!((text(&before.rows), text(&after.rows)), (1, 1));
    // What the plan takes back is there once.
    let mut again = back_to_notes(&there.schema);
    (again.from_version, again.to_version) = (3, 4);
    again.steps.clear();
    again.put_aside.clear();
    let refused = world.apply(&after_version(&there.schema, 3), &again, &notes()).await;
    assert!(matches!(refused, Err(StoreError::AtticChanged)), "{refused:?}");
}

fn after_version(schema: &store::Schema, version: i32) -> store::Schema {
    store::Schema { version, ..schema.clone() }
}

#[tokio::test]
async fn a_refusal_of_any_step_changes_nothing_and_is_recorded() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let before = world.traces(&schema).await;
    let steps = to_lengths(&schema).steps.len();
    for failing in 0..steps {
        let mut plan = to_lengths(&schema);
        plan.steps[failing].sql = Sql::of("SELECT 1 / 0");
        plan.steps[failing].subject.path = format!("tables[0].columns[{failing}]");
        let error = world.apply(&schema, &plan, &lengths()).await.unwrap_err();
        let StoreError::Step { path, source, .. } = &error else { panic!("{error:?}") };
        assert_eq!(*path, format!("tables[0].columns[{failing}]"));
        assert!(matches!(**source, StoreError::InvalidValue(_)), "{source:?}");
        assert_eq!(world.traces(&schema).await, before, "step {failing} left something behind");
    }
    assert_eq!(world.states(&schema).await, ["applied", "failed", "failed", "failed", "failed"]);
    let failed = world.store.migrations(schema.id, &PAGE).await.unwrap().items;
    let error = failed[0].error.as_ref().unwrap();
    assert_eq!(
        (error["sqlstate"].as_str(), error["path"].as_str()),
        (Some("22012"), Some("tables[0].columns[3]"))
    );
    world.apply(&schema, &to_lengths(&schema), &lengths()).await.unwrap();
}

#[tokio::test]
async fn migrations_are_paged_whatever_their_versions() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let mut broken = to_lengths(&schema);
    broken.steps[0].sql = Sql::of("SELECT 1 / 0");
    for _ in 0..3 {
        world.apply(&schema, &broken, &lengths()).await.unwrap_err();
    }
    let mut seen = Vec::new();
    let mut page = PageRequest { limit: 2, after: None };
    loop {
        let found = world.store.migrations(schema.id, &page).await.unwrap();
        seen.extend(found.items.into_iter().map(|migration| (migration.version, migration.state)));
        match found.next {
            Some(next) => page.after = Some(next),
            None => break,
        }
    }
    let failed = (2, "failed".to_owned());
    assert_eq!(seen, [failed.clone(), failed.clone(), failed, (1, "applied".to_owned())]);
}

#[tokio::test]
async fn a_connection_lost_at_any_step_changes_nothing() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let before = world.traces(&schema).await;
    for dying in 0..to_lengths(&schema).steps.len() {
        let mut plan = to_lengths(&schema);
        plan.steps[dying].sql = Sql::of("SELECT pg_terminate_backend(pg_backend_pid())");
        let error = world.apply(&schema, &plan, &lengths()).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
        assert_eq!(world.traces(&schema).await, before, "step {dying} left something behind");
    }
    assert_eq!(world.states(&schema).await, ["applied"]);
    world.apply(&schema, &to_lengths(&schema), &lengths()).await.unwrap();
}

#[tokio::test]
async fn a_plan_of_another_version_is_refused() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    world.apply(&schema, &to_lengths(&schema), &lengths()).await.unwrap();
    let late = world.apply(&schema, &to_lengths(&schema), &lengths()).await;
    assert!(matches!(late, Err(StoreError::VersionConflict { current: 2 })), "{late:?}");
    // Nobody else's schema, and none that is out of use.
    let foreign = store::Schema { tenant_id: uuid::Uuid::now_v7(), ..schema.clone() };
    let refused = world.apply(&foreign, &to_lengths(&schema), &lengths()).await;
    assert!(matches!(refused, Err(StoreError::NotFound("schema"))), "{refused:?}");
    world.store.delete_schema(world.tenant.id, schema.id, &Actor::System).await.unwrap();
    let refused = world.apply(&schema, &to_lengths(&schema), &lengths()).await;
    assert!(matches!(refused, Err(StoreError::NotFound("schema"))), "{refused:?}");
    assert_eq!(world.states(&schema).await, ["applied", "applied"]);
}

#[tokio::test]
async fn a_name_that_is_taken_changes_nothing() {
    let world = World::new().await;
    let (schema, _other) = (world.create("diary").await, world.create("other").await);
    let before = world.traces(&schema).await;
    let (plan, remedies, definition) = (to_lengths(&schema), Remedies::default(), lengths());
    let mut wanted = change(&schema, &plan, &definition, &remedies);
    wanted.name = Some("other");
    let refused = world.store.apply(&wanted, &Actor::System).await;
    assert!(matches!(refused, Err(StoreError::NameTaken("schema"))), "{refused:?}");
    assert_eq!(world.traces(&schema).await, before);
}

#[tokio::test]
async fn a_saved_version_never_changes_whoever_tries() {
    let world = World::new().await;
    let schema = world.create("diary").await;
    let client = world.database.client().await;
    let update = "UPDATE public.schema_versions SET message = 'other' WHERE schema_id = $1";
    let refused = client.execute(update, &[&schema.id]).await.unwrap_err();
    assert!(refused.as_db_error().unwrap().message().contains("never changes"), "{refused:?}");
    // It goes with its schema all the same.
    world.store.purge_schema(world.tenant.id, schema.id, &Actor::System).await.unwrap();
}
