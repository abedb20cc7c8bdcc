//! Every script of the case folder: the document and the findings it gives.
#![cfg(feature = "sql-import")]

use definition::{Counting, Document};

#[test]
fn cases() {
    insta::glob!("cases/*.sql", |path| {
        let source = std::fs::read_to_string(path).unwrap();
        let imported = interchange::sql::import(&source);
        let checked = Document::parse(&imported.document).check(None, &mut Counting::default());
        assert!(checked.definition.is_some(), "{:#?}", checked.problems);
        insta::assert_json_snapshot!(imported);
    });
}
