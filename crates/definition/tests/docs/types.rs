//! `docs/types.md`: every type a column may have.

use std::fmt::Write;

use definition::column_type::{Builtin, Family};
use definition::model::IndexMethod;
use definition::operator_class::{Input, OperatorClass};

use crate::assert_page;

const HEAD: &str = "# Types of columns

A column has one of these types of PostgreSQL, an array of one (`text[]`), or an enum of its own
schema. Spellings are read in any case; the first column is the one that is kept. Left out on
purpose are types that reach into PostgreSQL's catalog (`oid`, `regclass` …), pseudo-types, and the
server's own bookkeeping.

`serial`, `bigserial` and `smallserial` are read too: as `integer`, `bigint` and `smallint` with
`\"identity\": \"byDefault\"`. `float(n)` becomes `real` up to 24 bits and `double precision` above.

Keys, uniques and plain indexes need a type that PostgreSQL can order.

This page is printed by a test from `crates/definition/src/column_type/builtin.rs`.
";

const OPERATOR_CLASSES: &str = "
## Operator classes

What an index or an exclusion may name in `operatorClass`, by method. Where the column says
\"default\", an index on such a column needs to name none. Extensions are created by whoever runs the
database.
";

const FAMILIES: [(Family, &str); 13] = [
    (Family::Boolean, "True and false"),
    (Family::Integer, "Whole numbers"),
    (Family::Decimal, "Exact numbers"),
    (Family::Float, "Inexact numbers"),
    (Family::Text, "Text"),
    (Family::Binary, "Bytes and bits"),
    (Family::Time, "Dates and times"),
    (Family::Uuid, "Ids"),
    (Family::Document, "Documents"),
    (Family::Range, "Ranges"),
    (Family::Network, "Network addresses"),
    (Family::Geometry, "Shapes"),
    (Family::TextSearch, "Text search"),
];

#[test]
fn the_page_of_types_is_fresh() {
    let mut page = HEAD.to_owned();
    let mut listed = 0;
    for (family, title) in FAMILIES {
        write!(page, "\n## {title}\n\n| type | also written | in brackets | ordered |\n").unwrap();
        page.push_str("|---|---|---|---|\n");
        for builtin in Builtin::ALL.iter().filter(|builtin| builtin.family() == family) {
            listed += 1;
            page.push_str(&row(*builtin));
        }
    }
    assert_eq!(listed, Builtin::ALL.len(), "a family has no title");
    page.push_str(OPERATOR_CLASSES);
    for (word, method) in IndexMethod::ALL {
        write!(page, "\n### {word}\n\n| operator class | takes | default | extension |\n").unwrap();
        page.push_str("|---|---|---|---|\n");
        for class in OperatorClass::of(method) {
            page.push_str(&class_row(class));
        }
    }
    assert_page("docs/types.md", &page);
}

fn class_row(class: &OperatorClass) -> String {
    let takes = match class.input {
        Input::Of(types) => types
            .iter()
            .map(|builtin| format!("`{}`", builtin.name()))
            .collect::<Vec<_>>()
            .join(", "),
        Input::Array => "arrays".to_owned(),
        Input::ArrayOf(element) => format!("`{}[]`", element.name()),
        Input::Enum => "enums".to_owned(),
        Input::Range => "ranges".to_owned(),
        Input::Multirange => "multiranges".to_owned(),
    };
    let default = if class.is_default { "yes" } else { "no" };
    let extension = class.extension.map(|name| format!("`{name}`")).unwrap_or_default();
    format!("| `{}` | {takes} | {default} | {extension} |\n", class.name)
}

fn row(builtin: Builtin) -> String {
    let aliases: Vec<String> = builtin.aliases().iter().map(|alias| format!("`{alias}`")).collect();
    let brackets = builtin.brackets().unwrap_or_default();
    let ordered = if builtin.is_ordered() { "yes" } else { "no" };
    format!("| `{}` | {} | {brackets} | {ordered} |\n", builtin.name(), aliases.join(", "))
}
