//! Changes and rollbacks on a real PostgreSQL: one runner for every case.
//!
//! A case is a file: versions of a document one after the other, with SQL that writes rows after
//! each. The runner applies each version, reads the catalog back and compares it with what the
//! definition should look like, plans again and finds nothing to do. Then it goes back to every
//! version and forth again, and compares structure and content: rows that nobody touched since hold
//! in every column what they held then, to the byte.
#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod case;
mod content;
mod live;
mod world;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use case::Case;
use futures_util::{StreamExt, stream};

/// How many cases run side by side.
const AT_ONCE: usize = 4;

/// Every case of the folder, by topic and name.
fn cases() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/changes/cases");
    let topics = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let topics = topics.filter(|path| path.is_dir());
    let mut cases: Vec<PathBuf> = topics
        .flat_map(|topic| std::fs::read_dir(topic).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    cases.sort();
    cases
}

fn name_of(path: &Path) -> String {
    let parts: Vec<_> =
        path.with_extension("").iter().rev().take(2).map(ToOwned::to_owned).collect();
    [parts[1].to_string_lossy(), parts[0].to_string_lossy()].join("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_goes_there_and_back() {
    let only = std::env::var("TENANTA_TEST_CASE").unwrap_or_default();
    let cases: Vec<PathBuf> =
        cases().into_iter().filter(|path| name_of(path).contains(&only)).collect();
    assert!(!cases.is_empty(), "there is no case");
    let world = Arc::new(world::World::new().await);
    let runs = cases.iter().map(|path| {
        let (world, name, case) = (Arc::clone(&world), name_of(path), Case::read(path));
        // A task of its own: a panic in one case says nothing about the others.
        let run = tokio::spawn(async move { case.run(&world).await });
        async move {
            match run.await {
                Ok(Ok(())) => None,
                Ok(Err(error)) => Some(format!("{name}: {error}")),
                Err(panic) => Some(format!("{name}: {panic}")),
            }
        }
    });
    let failed: Vec<String> =
        stream::iter(runs).buffered(AT_ONCE).filter_map(|failed| async { failed }).collect().await;
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), cases.len(), failed.join("\n\n"));
}
