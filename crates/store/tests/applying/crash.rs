//! Connections that die: at every point of a change in three stages, and at any time.
//!
//! A bomb is a function that ends its own session when it is called for the n-th time. It sits in
//! triggers on our own tables, in every step, inside the build of an index and inside a batch; so
//! every point at which something was or was not committed is met by some n.

use std::time::Duration;

use migration::{Plan, Run, Stage};
use rand::Rng;
use store::{Schema, StoreError};
use tokio::time::sleep;
use tokio_postgres::Client;

use crate::harness::{Traces, World, back, in_steps, lengths, step};

const BOMB: &str = "
    CREATE SEQUENCE public.bombs;
    CREATE TABLE public.bomb_at (n bigint);
    INSERT INTO public.bomb_at VALUES (0);
    CREATE FUNCTION public.bomb() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('public.bombs') = (SELECT n FROM public.bomb_at) THEN
            PERFORM pg_terminate_backend(pg_backend_pid());
        END IF;
        RETURN 0;
    END $$;
    CREATE FUNCTION public.bomb_index(value integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
        $$ BEGIN RETURN value + public.bomb(); END $$;
    CREATE FUNCTION public.bomb_trigger() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM public.bomb(); RETURN coalesce(NEW, OLD); END $$;";
const TABLES: [&str; 5] =
    ["schemas", "schema_versions", "schema_migrations", "schema_attic", "audit_log"];

/// Lays the bombs.
async fn mine(world: &World) -> Client {
    let client = world.database.client().await;
    client.batch_execute(BOMB).await.unwrap();
    for table in TABLES {
        for time in ["BEFORE", "AFTER"] {
            let lay = format!(
                "CREATE TRIGGER bomb_{time} {time} INSERT OR UPDATE OR DELETE ON public.{table}
                    FOR EACH ROW EXECUTE FUNCTION public.bomb_trigger()"
            );
            client.batch_execute(&lay).await.unwrap();
        }
    }
    client
}

/// The n-th from now on goes off.
async fn arm(client: &Client, n: i64) {
    client.execute("UPDATE public.bomb_at SET n = $1", &[&n]).await.unwrap();
    client.execute("SELECT setval('public.bombs', 1, false)", &[]).await.unwrap();
}

/// How many were met since.
async fn met(client: &Client) -> i64 {
    let last = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM public.bombs";
    client.query_one(last, &[]).await.unwrap().get(0)
}

/// [`in_steps`] with a bomb before and after every step, and inside those that are long.
fn mined(schema: &Schema) -> Plan {
    let mut whole = in_steps(schema);
    let bomb = |stage, run| step(schema, stage, run, "SELECT public.bomb()");
    let mut steps = Vec::new();
    for mut made in whole.steps {
        let stage = made.stage;
        if made.sql.text().contains("CREATE INDEX") {
            let index = "CREATE INDEX CONCURRENTLY notes_length_idx
                             ON §.notes (public.bomb_index(length))";
            let drop = "DROP INDEX CONCURRENTLY IF EXISTS §.notes_length_idx";
            made = back(schema, step(schema, stage, Run::Alone, index), drop);
        }
        if made.run == Run::Batches {
            let fill = "UPDATE §.notes SET length = char_length(text) + public.bomb()
                         WHERE ctid >= $1::tid AND ctid < $2::tid";
            made = step(schema, stage, Run::Batches, fill);
        }
        let aside = if stage == Stage::Switch { Run::Transactional } else { Run::Alone };
        steps.extend([bomb(stage, aside), made, bomb(stage, Run::Transactional)]);
    }
    whole.steps = steps;
    whole
}

/// What a change that nothing disturbed leaves.
async fn undisturbed(world: &World) -> Traces {
    let schema = create(world, "undisturbed").await;
    world.apply(&schema, &mined(&schema), &lengths()).await.unwrap();
    named(world.traces(&schema).await, &schema)
}

/// Rows on two blocks, so that there is more than one batch.
async fn create(world: &World, name: &str) -> Schema {
    let schema = world.create(name).await;
    world
        .run(
            &schema,
            "ALTER TABLE notes ALTER COLUMN text SET STORAGE PLAIN;
             UPDATE notes SET text = repeat('a', 5000 + n) WHERE n < 3",
        )
        .await;
    schema
}

/// Without the name of the namespace, so that two schemas can be compared.
fn named(mut traces: Traces, schema: &Schema) -> Traces {
    for line in &mut traces.catalog {
        *line = line.replace(&schema.namespace, "§");
    }
    traces
}

async fn mined_world() -> (World, Client) {
    let world = World::with(|config| config.changes.blocks_per_batch = 1).await;
    let client = mine(&world).await;
    (world, client)
}

#[tokio::test]
async fn a_connection_that_dies_at_any_point_leaves_before_or_after() {
    let (world, client) = mined_world().await;
    let after = undisturbed(&world).await;
    let mut ends = [0, 0];
    for n in 1.. {
        arm(&client, 0).await;
        let schema = create(&world, &format!("diary_{n}")).await;
        let before = world.traces(&schema).await;
        arm(&client, n).await;
        let outcome = world.apply(&schema, &mined(&schema), &lengths()).await;
        if met(&client).await < n {
            assert!(outcome.unwrap().finished, "nothing went off");
            break;
        }
        if let Err(error) = &outcome {
            assert!(matches!(error, StoreError::Unavailable { .. }), "bomb {n}: {error:?}");
        }
        // As a server does: again and again, until PostgreSQL has noticed who died.
        for _ in 0..100 {
            if world.store.recover().await.unwrap().left == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let states = world.states(&schema).await;
        let traces = world.traces(&schema).await;
        match states.as_slice() {
            // The change had not begun.
            [_] => {
                assert_eq!(traces, before, "bomb {n}");
                ends[0] += 1;
            }
            [_, state] => {
                assert_eq!(state, "applied", "bomb {n}");
                assert_eq!(named(traces, &schema), after, "bomb {n}");
                ends[1] += 1;
            }
            more => panic!("bomb {n}: {more:?}"),
        }
    }
    assert!(ends[0] >= 1 && ends[1] >= 60, "{ends:?}");
}

#[tokio::test]
async fn a_connection_that_dies_while_undoing_leaves_before() {
    let (world, client) = mined_world().await;
    let mut undone = 0;
    for n in 1.. {
        arm(&client, 0).await;
        let schema = create(&world, &format!("diary_{n}")).await;
        let before = world.traces(&schema).await;
        // The switch is refused, and the way back of every step meets a bomb.
        let mut plan = mined(&schema);
        let switch = plan.stage(Stage::Switch).last().unwrap().0;
        plan.steps[switch] =
            step(&schema, Stage::Switch, Run::Transactional, "SELECT 1 / public.bomb()");
        for made in plan.steps.iter_mut().filter(|step| step.rollback.is_none()) {
            *made = back(&schema, made.clone(), "SELECT public.bomb()");
        }
        arm(&client, n).await;
        let outcome = world.apply(&schema, &plan, &lengths()).await;
        let over = met(&client).await < n;
        assert!(outcome.is_err());
        world.store.recover().await.unwrap();
        assert_eq!(world.traces(&schema).await, before, "bomb {n}");
        let states = world.states(&schema).await;
        assert!(states[1..].iter().all(|state| state == "undone"), "bomb {n}: {states:?}");
        undone += states.len() - 1;
        if over {
            break;
        }
    }
    assert!(undone >= 60, "{undone}");
}

#[tokio::test]
async fn a_connection_that_dies_at_any_time_leaves_before_or_after() {
    let world = World::with(|config| config.changes.blocks_per_batch = 1).await;
    let client = world.database.client().await;
    let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE application_name = 'tenanta changes' AND datname = current_database()";
    let undisturbed = create(&world, "undisturbed").await;
    world.apply(&undisturbed, &in_steps(&undisturbed), &lengths()).await.unwrap();
    let after = named(world.traces(&undisturbed).await, &undisturbed);
    for round in 0..30 {
        let schema = create(&world, &format!("diary_{round}")).await;
        let before = world.traces(&schema).await;
        let pause = Duration::from_micros(rand::rng().random_range(0..60_000));
        let killing = async {
            sleep(pause).await;
            client.query(kill, &[]).await.unwrap();
        };
        let (steps, definition) = (in_steps(&schema), lengths());
        let (outcome, ()) = tokio::join!(world.apply(&schema, &steps, &definition), killing);
        // Two heirs at once: one of them goes on, the other one leaves it alone.
        let other = world.database.store().await;
        let (one, two) = tokio::join!(world.store.recover(), other.recover());
        assert!(one.unwrap().completed + two.unwrap().completed <= 1);
        // Whoever was late sees it under way, and it ends.
        while world
            .states(&schema)
            .await
            .iter()
            .any(|state| state == "running" || state == "finishing")
        {
            world.store.recover().await.unwrap();
        }
        let traces = world.traces(&schema).await;
        if traces.version == 1 {
            assert!(outcome.is_err(), "after {pause:?}");
            assert_eq!(traces, before, "after {pause:?}");
        } else {
            assert_eq!(named(traces, &schema), after, "after {pause:?}");
        }
    }
}
