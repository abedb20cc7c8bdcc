//! Every case folder: a document, and what checking it gives.
//!
//! A case whose name begins with `accepts_` must be accepted, and its canonical form must read
//! back to the same definition; one that begins with `refuses_` must be refused.

use definition::{Checked, Counting, Document};

fn check(document: &serde_json::Value) -> Checked {
    Document::parse(document).check(None, &mut Counting::default())
}

#[test]
fn cases() {
    insta::glob!("cases/*.json", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let document = serde_json::from_str(&text).unwrap();
        let checked = check(&document);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert_eq!(
            checked.definition.is_some(),
            name.starts_with("accepts_"),
            "{:#?}",
            checked.problems
        );
        let canonical = checked.definition.as_ref().map(definition::Definition::to_json);
        if let Some(canonical) = &canonical {
            let again = check(canonical);
            assert_eq!(again.definition, checked.definition, "{:#?}", again.problems);
        }
        insta::assert_json_snapshot!(serde_json::json!({
            "definition": canonical,
            "problems": checked.problems,
        }));
    });
}
