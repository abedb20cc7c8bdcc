//! Definition → SQL that plain psql runs.

use definition::Definition;
use definition::model::ManyToMany;
use serde_json::json;
use sql::Ident;

use super::DIRECTIVE;

/// Where the things are made.
const NAMESPACE: &str = "public";

/// The most characters of a line that is left on one.
const MAX_LINE_CHARS: usize = 80;

/// SQL that makes the definition in the namespace `public`: enums, tables, constraints, indexes,
/// foreign keys, triggers, comments. No roles, no rights, no rows.
///
/// What SQL has no words for, such as that a table is the junction of a many-to-many relationship,
/// stands in comments that [`super::import`] reads.
pub fn export(definition: &Definition) -> String {
    let namespace = Ident::new(NAMESPACE).expect("the namespace's name is short and not empty");
    let mut text =
        String::from("-- A definition of Tenanta as PostgreSQL's SQL; run it with psql.\n");
    let steps = migration::plan_structure(definition, &namespace);
    let mut before = "";
    for step in &steps {
        let statement = step.sql.text();
        let kind = first_words(statement);
        if kind != before {
            text.push('\n');
        }
        before = kind;
        text.push_str(&readable(statement));
        text.push_str(";\n");
    }
    text.push_str(&directives(definition));
    text
}

fn directives(definition: &Definition) -> String {
    let many = definition.many_to_many.iter().map(|one| {
        let ManyToMany { name, from, to, through } = one;
        let said = json!({
            "name": name, "type": "manyToMany",
            "from": { "table": from }, "to": { "table": to }, "through": through,
        });
        format!("{DIRECTIVE} many-to-many {said}\n")
    });
    let automatic = definition.tables.iter().flat_map(|table| {
        table.indexes.iter().filter(|index| index.automatic).map(|index| {
            format!("{DIRECTIVE} automatic-index {}\n", json!([table.name, index.name]))
        })
    });
    let lines: String = many.chain(automatic).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

/// `CREATE TABLE`, `ALTER TABLE` …: statements of a kind stand together.
fn first_words(statement: &str) -> &str {
    let end = statement.match_indices(' ').nth(1).map_or(statement.len(), |(at, _)| at);
    &statement[..end]
}

/// A long CREATE TABLE with a line for each column; everything else as it is.
fn readable(statement: &str) -> String {
    if !statement.starts_with("CREATE TABLE ") || statement.chars().count() <= MAX_LINE_CHARS {
        return statement.to_owned();
    }
    let mut text = String::with_capacity(statement.len() * 2);
    let (mut depth, mut quote) = (0_usize, None);
    let mut skip_space = false;
    for character in statement.chars() {
        if skip_space && character == ' ' {
            continue;
        }
        match (quote, character) {
            // A quote inside a quoted text is doubled, which closes and opens it again; a
            // backslash is doubled too, so it never hides the end.
            (Some(open), _) if open == character => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            _ => {}
        }
        let outermost = quote.is_none();
        match (outermost, depth, character) {
            (true, 1, '(') => text.push_str("(\n    "),
            (true, 1, ',') => text.push_str(",\n    "),
            (true, 0, ')') => text.push_str("\n)"),
            (_, _, other) => text.push(other),
        }
        skip_space = outermost && depth == 1 && matches!(character, ',' | '(');
    }
    text
}
