//! A whole definition out of nothing.

use definition::Definition;
use sql::Ident;

use crate::diff::diff;
use crate::plan::{Plan, Step};
use crate::render;

/// The steps that make `definition` in an empty namespace; `role` may then read and write its rows.
///
/// Foreign keys come after all tables, so a cycle of them is nothing special.
pub fn plan_creation(definition: &Definition, namespace: &Ident, role: &Ident) -> Plan {
    Plan {
        from_version: 0,
        to_version: 1,
        changes: diff(&Definition::default(), definition),
        steps: steps(definition, namespace, Some(role)),
        ..Plan::default()
    }
}

/// The steps that make `definition` in an empty namespace, without rights for anybody.
pub fn plan_structure(definition: &Definition, namespace: &Ident) -> Vec<Step> {
    steps(definition, namespace, None)
}

fn steps(definition: &Definition, namespace: &Ident, role: Option<&Ident>) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let tables = || definition.tables.iter().enumerate();
    for (position, item) in definition.enums.iter().enumerate() {
        steps.extend(render::enums::create(namespace, item, position));
    }
    for (position, table) in tables() {
        steps.push(render::tables::create(namespace, table, position));
    }
    for (position, table) in tables() {
        steps.extend(render::constraints::add_all(namespace, table, position));
    }
    for (position, table) in tables() {
        let indexes = table.indexes.iter().enumerate();
        steps.extend(
            indexes.map(|(at, index)| {
                render::indexes::create(namespace, table, (index, position, at))
            }),
        );
    }
    for (position, relationship) in definition.relationships.iter().enumerate() {
        steps.push(render::relationships::add(namespace, relationship, position));
    }
    for (position, table) in tables() {
        steps.extend(render::triggers::track_updates(namespace, table, position));
        steps.extend(role.map(|role| render::tables::grant((namespace, role), table, position)));
        steps.extend(render::comments::of_table(namespace, table, position));
    }
    steps
}
