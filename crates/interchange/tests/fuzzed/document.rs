//! Any bytes as a document: an answer comes, and what is accepted is sound.

use definition::shape::{DOCUMENT, Kind, Shape};
use definition::{Counting, Definition, Document};
use migration::plan_creation;
use serde_json::{Map, Value, json};
use sql::Ident;

/// What no JSON begins with. The bytes after it choose among what the format allows.
const TAPE: u8 = 0xFF;

/// Reads, checks and, when it is accepted, renders a document. Panics when a promise is broken.
pub(crate) fn try_out(bytes: &[u8]) {
    let document = match bytes {
        [TAPE, tape @ ..] => object(&mut tape.iter(), &DOCUMENT),
        bytes => match serde_json::from_slice(bytes) {
            Ok(document) => document,
            Err(_) => return,
        },
    };
    let checked = Document::parse(&document).check(None, &mut Counting::default());
    assert!(checked.definition.is_some() || !checked.problems.is_empty(), "refused without a word");
    let Some(definition) = checked.definition else { return };
    reads_back(&definition);
    renders(&definition);
}

/// What a version keeps is read as the same definition, with and without the one before.
fn reads_back(definition: &Definition) {
    let kept = definition.to_json();
    for previous in [None, Some(definition)] {
        let again = Document::parse(&kept).check(previous, &mut Counting::default());
        assert_eq!(again.definition.as_ref(), Some(definition), "{:#?}", again.problems);
    }
}

/// Each step is one statement of PostgreSQL's grammar, forward and back.
fn renders(definition: &Definition) {
    let ident = |name| Ident::new(name).expect("it is short");
    let plan = plan_creation(definition, &ident("tenant_1__fuzzed"), &ident("the role"));
    for step in &plan.steps {
        for statement in std::iter::once(&step.sql).chain(&step.rollback) {
            let text = statement.text();
            let found = pg_query::split_with_parser(text);
            assert_eq!(found.as_deref(), Ok(&[text][..]), "one step is one statement");
        }
    }
}

type Tape<'a> = std::slice::Iter<'a, u8>;

fn choose(tape: &mut Tape<'_>, count: usize) -> usize {
    usize::from(tape.next().copied().unwrap_or_default()) % count
}

/// An object of a shape; the first choice of everything is the simplest.
fn object(tape: &mut Tape<'_>, shape: &'static Shape) -> Value {
    let mut object = Map::new();
    for field in shape.fields {
        let wanted = if field.required { choose(tape, 16) != 15 } else { choose(tape, 3) == 2 };
        if wanted || field.key == "tables" {
            object.insert(field.key.to_owned(), value(tape, field.kind, field.key));
        }
    }
    object.into()
}

fn value(tape: &mut Tape<'_>, kind: Kind, key: &str) -> Value {
    match kind {
        Kind::Flag => (choose(tape, 2) == 1).into(),
        Kind::Word(words) => words[choose(tape, words.len())].into(),
        Kind::Object(shape) => object(tape, shape),
        Kind::List(of, _) => {
            (0..=choose(tape, 4)).map(|_| value(tape, *of, key)).collect::<Vec<_>>().into()
        }
        Kind::TextOr(shape) | Kind::TextsOr(shape) if choose(tape, 2) == 1 => object(tape, shape),
        Kind::Text | Kind::TextOr(_) => text(tape, key).into(),
        Kind::TextsOr(_) => json!([text(tape, key)]),
    }
}

/// A text that may stand at a key. There are few names, so that things refer to one another.
fn text(tape: &mut Tape<'_>, key: &str) -> &'static str {
    const NAMES: &[&str] = &["a", "b", "c", "it's \"d\"", "é", "A"];
    let texts: &[&str] = match key {
        "type" => &[
            "int",
            "text",
            "bigint",
            "timestamptz",
            "a",
            "b[]",
            "varchar(9)",
            "int4range",
            "jsonb",
            "bool",
            "numeric(9,2)",
            "text[]",
            "serial",
            "point",
            "citext",
            "char",
        ],
        "default" => {
            &["1", "'a'", "now()", "NULL", "'{}'", "true", "now() AT TIME ZONE 'UTC'", "a"]
        }
        "check" | "where" => &["a > 0", "true", "b IS NULL", "c = 'a'", "a < b", "A", "\"A\" = 1"],
        "generated" | "expression" => &["a", "a + 1", "lower(c)", "b || c", "a > 0", "(a"],
        "collation" => &["C", "de-x-icu", "default", "nope"],
        "operatorClass" => &["int4_ops", "text_pattern_ops", "gin_trgm_ops", "range_ops"],
        "operator" => &["=", "&&", "<>", "<"],
        "id" => &["1", "2", "3", "a b"],
        "description" => &["", "It's", "\\"],
        _ => NAMES,
    };
    texts[choose(tape, texts.len())]
}
