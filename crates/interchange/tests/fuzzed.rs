//! What a fuzzer found worth keeping is tried out again: `fuzz/corpus` holds inputs that reach all
//! the code that its runs reached. CONTRIBUTING.md says how to run the fuzzer itself.
#![cfg(feature = "sql-import")]

#[expect(dead_code, reason = "the corpus needs a part of it")]
mod oracle;

mod fuzzed {
    pub(crate) mod document;
    pub(crate) mod expression;
}

use std::path::Path;

/// Tries out each file of a corpus, and says which one it was when a promise is broken.
fn replay(name: &str, try_out: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let entries = std::fs::read_dir(&folder).expect("the corpus is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it is listed").path()).collect();
    paths.sort();
    assert!(paths.len() >= 50, "{} inputs in {}", paths.len(), folder.display());
    for path in paths {
        let bytes = std::fs::read(&path).expect("it is a file");
        let tried = std::panic::catch_unwind(|| try_out(&bytes));
        assert!(tried.is_ok(), "{}", path.display());
    }
}

#[test]
fn documents() {
    replay("document", fuzzed::document::try_out);
}

#[test]
fn expressions() {
    replay("expression", fuzzed::expression::try_out);
}
