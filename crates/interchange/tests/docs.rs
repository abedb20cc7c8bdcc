//! `docs/import.md` names every code of a finding.

use std::path::{Path, PathBuf};

/// Every quoted word of the sources that a finding begins with.
fn codes() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path: PathBuf = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                text += &std::fs::read_to_string(path).expect("a source is text");
            }
        }
    }
    let calls = ["error(", "warning(", "info(", "tally(", "unread("];
    let mut codes = Vec::new();
    for call in calls {
        for rest in text.split(call).skip(1) {
            let head = rest.split(';').next().unwrap_or_default();
            let word = head.split('"').nth(1).unwrap_or_default();
            let is_code = |c: char| c.is_ascii_lowercase() || c == '_';
            if !word.is_empty() && word.chars().all(is_code) {
                codes.push(word.to_owned());
            }
        }
    }
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn every_code_is_documented() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/import.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let codes = codes();
    assert!(codes.len() > 30, "the codes were not found: {codes:?}");
    let missing: Vec<&String> =
        codes.iter().filter(|code| !page.contains(&format!("`{code}`"))).collect();
    assert!(missing.is_empty(), "docs/import.md lacks {missing:?}");
}
