//! Defaults that number rows, in every shape that was counted in public schemas, come in as identity
//! columns; that is why `docs/expressions.md` counts them as taken.
#![cfg(feature = "sql-import")]

use definition::model::Identity;
use definition::{Counting, Definition, Document};

/// The counted shapes: place, times, schemas, type, columns, expression, code of the refusal.
const CORPUS: &str = include_str!("../../definition/tests/wild/expressions.tsv");

/// The definition that a script gives, and the codes of what was found about it.
fn imported(script: &str) -> (Definition, Vec<&'static str>) {
    let imported = interchange::sql::import(script);
    let checked = Document::parse(&imported.document).check(None, &mut Counting::default());
    let definition = checked.definition.unwrap_or_else(|| panic!("{:#?}", checked.problems));
    (definition, imported.findings.iter().map(|finding| finding.code).collect())
}

/// The expressions of the corpus that call `nextval`.
fn numbering() -> Vec<(&'static str, &'static str)> {
    let lines = CORPUS.lines().filter(|line| !line.starts_with('#'));
    let fields = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    fields.filter(|fields| fields[5].contains("nextval")).map(|one| (one[0], one[5])).collect()
}

/// The name of the sequence that an expression takes numbers from.
fn sequence(expression: &str) -> &str {
    expression.split('\'').nth(1).unwrap_or_else(|| panic!("no constant: {expression}"))
}

#[test]
fn each_counted_shape_is_a_default_that_becomes_identity() {
    let numbering = numbering();
    assert_eq!(numbering.len(), 2, "{numbering:?}");
    for (place, expression) in numbering {
        assert_eq!(place, "default", "{expression}");
        let sequence = sequence(expression);
        let create = format!("CREATE SEQUENCE {sequence};");
        let owned = format!("ALTER SEQUENCE {sequence} OWNED BY t.id;");
        let later = format!("ALTER TABLE t ALTER COLUMN id SET DEFAULT {expression};");
        for data_type in ["smallint", "integer", "bigint"] {
            let table = |more: &str| {
                format!("CREATE TABLE t (id {data_type} NOT NULL {more}, PRIMARY KEY (id));")
            };
            let within = table(&format!("DEFAULT {expression}"));
            for script in [
                // By hand, as older tools write it, and as pg_dump does.
                [create.clone(), within.clone()].concat(),
                within.clone(),
                [create.clone(), within, owned.clone()].concat(),
                [table(""), create.clone(), owned.clone(), later.clone()].concat(),
            ] {
                let (definition, findings) = imported(&script);
                let column = &definition.tables[0].columns[0];
                assert_eq!(column.identity, Some(Identity::ByDefault), "{script}");
                assert_eq!(column.data_type.to_string(), data_type, "{script}");
                assert_eq!((&column.default, findings), (&None, Vec::new()), "{script}");
            }
        }
    }
}

/// What `identity` cannot say is left out and told, never taken for something else.
#[test]
fn a_shared_sequence_is_told() {
    for (_, expression) in numbering() {
        let sequence = sequence(expression);
        let script = format!(
            "CREATE SEQUENCE {sequence}; CREATE TABLE t (id int PRIMARY KEY DEFAULT {expression}); \
             CREATE TABLE u (id int PRIMARY KEY DEFAULT {expression});"
        );
        let (definition, findings) = imported(&script);
        assert_eq!(findings, ["shared_sequence", "shared_sequence"], "{script}");
        let columns = definition.tables.iter().flat_map(|table| &table.columns);
        assert!(
            columns.clone().all(|column| column.identity.is_none() && column.default.is_none())
        );
    }
}
