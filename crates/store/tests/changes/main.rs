//! Changes and rollbacks on a real PostgreSQL: one runner for every case.
//!
//! A case is a file: versions of a document one after the other, with SQL that writes rows after
//! each. The runner applies each version, reads the catalog back and compares it with what the
//! definition should look like, plans again and finds nothing to do. Then it goes back to every
//! version and forth again, and compares structure and content: rows that nobody touched since hold
//! in every column what they held then, to the byte.
#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod runner;
mod world;

use std::path::PathBuf;

use runner::Case;

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_goes_there_and_back() {
    let only = std::env::var("TENANTA_TEST_CASE").unwrap_or_default();
    let cases: Vec<PathBuf> =
        cases().into_iter().filter(|path| path.to_string_lossy().contains(&only)).collect();
    assert!(!cases.is_empty(), "there is no case");
    let world = world::World::new().await;
    let mut failed = Vec::new();
    for path in &cases {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case = Case::read(path);
        if let Err(error) = case.run(&world).await {
            failed.push(format!("{name}: {error}"));
        }
    }
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), cases.len(), failed.join("\n\n"));
}
