//! Every accepted document of `definition`'s cases, as the SQL that creates it.

use definition::{Counting, Document};
use sql::Ident;

#[test]
fn creation() {
    insta::glob!("../../definition/tests/cases", "accepts_*.json", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let document = serde_json::from_str(&text).unwrap();
        let checked = Document::parse(&document).check(None, &mut Counting::default());
        let namespace = Ident::new("tenant_1__case").unwrap();
        let plan = migration::plan_creation(&checked.definition.unwrap(), &namespace, &namespace);
        assert!(plan.is_reversible());
        assert_eq!(plan.fingerprint(), plan.clone().fingerprint());
        let steps = plan.steps.iter().flat_map(|step| {
            let back = step.rollback.as_ref().map(|sql| format!("    back: {}", sql.text()));
            [
                format!("{} ({})", step.subject.path, step.subject.title),
                format!("    {}", step.sql.text()),
            ]
            .into_iter()
            .chain(back)
        });
        insta::assert_snapshot!(steps.collect::<Vec<_>>().join("\n"));
    });
}
