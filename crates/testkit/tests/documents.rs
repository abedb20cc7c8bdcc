//! What is called valid is accepted, and what is broken is answered.
//! `PROPTEST_CASES=10000` tries more than the usual 256 cases of each.

use definition::{Counting, Document};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn valid_documents_are_accepted(document in testkit::document()) {
        let checked = Document::parse(&document).check(None, &mut Counting::default());
        let errors = checked.problems.iter().filter(|problem| problem.severity == definition::Severity::Error);
        let errors: Vec<_> = errors.collect();
        prop_assert!(checked.definition.is_some(), "{errors:#?}\n{document}");
    }

    /// Whatever was accepted reads back from its canonical form as the same definition.
    #[test]
    fn broken_documents_are_answered(document in testkit::mutated()) {
        let checked = Document::parse(&document).check(None, &mut Counting::default());
        let Some(definition) = checked.definition else { return Ok(()) };
        let again = Document::parse(&definition.to_json()).check(Some(&definition), &mut Counting::default());
        prop_assert_eq!(again.definition.as_ref(), Some(&definition), "{:#?}\n{:#}", again.problems, document);
    }
}
