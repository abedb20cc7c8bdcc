//! Primary keys, uniques, checks and exclusions.

use definition::Name;
use definition::model::{Deferrable, Key, Table};
use sql::{Ident, Sql};

use super::{alter_table, column_list, drop_constraint, step};
use crate::plan::Step;

pub(crate) fn add_all(namespace: &Ident, table: &Table, position: usize) -> Vec<Step> {
    let path = format!("tables[{position}]");
    let primary = table.primary_key.iter().map(|key| {
        let body = key_body("PRIMARY KEY ", key);
        add(namespace, table, (&key.name, &body), (format!("{path}.primaryKey"), "the primary key"))
    });
    let uniques = table.uniques.iter().enumerate().map(|(at, key)| {
        let body = key_body(
            if key.nulls_not_distinct { "UNIQUE NULLS NOT DISTINCT " } else { "UNIQUE " },
            key,
        );
        add(
            namespace,
            table,
            (&key.name, &body),
            (format!("{path}.uniques[{at}]"), "the unique constraint"),
        )
    });
    let checks = table.checks.iter().enumerate().map(|(at, check)| {
        let mut body = Sql::of("CHECK (");
        body.expression(&check.expression.fragment(namespace)).syntax(")");
        add(namespace, table, (&check.name, &body), (format!("{path}.checks[{at}]"), "the check"))
    });
    let exclusions = table.exclusions.iter().enumerate().map(|(at, exclusion)| {
        let body = super::exclusions::body(namespace, exclusion);
        let place = (format!("{path}.exclusions[{at}]"), "the exclusion");
        add(namespace, table, (&exclusion.name, &body), place)
    });
    primary.chain(uniques).chain(checks).chain(exclusions).collect()
}

fn add(
    namespace: &Ident,
    table: &Table,
    (name, body): (&Name, &Sql),
    (path, kind): (String, &str),
) -> Step {
    let mut sql = alter_table(namespace, &table.name);
    sql.syntax("ADD CONSTRAINT ").ident(name.ident()).syntax(" ").append(body);
    let back = drop_constraint(namespace, &table.name, name);
    step(sql, back, path, format!("{kind} `{name}` of `{}`", table.name))
}

fn key_body(keyword: &'static str, key: &Key) -> Sql {
    let mut body = Sql::of(keyword);
    column_list(&mut body, &key.columns);
    if !key.include.is_empty() {
        body.syntax(" INCLUDE ");
        column_list(&mut body, &key.include);
    }
    deferrable(&mut body, key.deferrable);
    body
}

/// When a constraint is checked.
pub(crate) fn deferrable(sql: &mut Sql, choice: Deferrable) {
    sql.syntax(match choice {
        Deferrable::No => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    });
}
