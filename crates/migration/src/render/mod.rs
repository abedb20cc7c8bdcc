//! Things of a definition as SQL, forward and back.
//!
//! Only forms that Citus takes too: constraints are named and added by an ALTER TABLE of their
//! own, identity columns appear in CREATE TABLE only, nothing is moved between namespaces.

pub(crate) mod columns;
pub(crate) mod comments;
pub(crate) mod constraints;
pub(crate) mod enums;
pub(crate) mod exclusions;
pub(crate) mod indexes;
pub(crate) mod names;
pub(crate) mod relationships;
pub(crate) mod tables;
pub(crate) mod triggers;

use definition::Name;
use sql::{Ident, Sql};

use crate::plan::{Estimate, Lock, LockMode, Run, Stage, Step, Subject};

/// A step on new, empty things: nobody waits, nothing is rewritten.
fn step(sql: Sql, rollback: Sql, path: String, title: String) -> Step {
    Step {
        sql,
        rollback: Some(rollback),
        stage: Stage::Switch,
        run: Run::Transactional,
        locks: Vec::new(),
        rewrites: false,
        scans: false,
        estimate: Estimate::default(),
        subject: Subject { path, title },
    }
}

fn locking(mut step: Step, tables: &[&Name], mode: LockMode) -> Step {
    step.locks = tables.iter().map(|table| Lock { table: (*table).clone(), mode }).collect();
    step
}

/// `ALTER TABLE "ns"."table" `.
pub(crate) fn alter_table(namespace: &Ident, table: &Name) -> Sql {
    let mut sql = Sql::of("ALTER TABLE ");
    sql.qualified(namespace, table.ident()).syntax(" ");
    sql
}

/// `ALTER TABLE "ns"."table" DROP CONSTRAINT "name"`.
pub(crate) fn drop_constraint(namespace: &Ident, table: &Name, constraint: &Name) -> Sql {
    let mut sql = alter_table(namespace, table);
    sql.syntax("DROP CONSTRAINT ").ident(constraint.ident());
    sql
}

/// ` COLLATE "pg_catalog"."C"`: the collations that a definition may name are all PostgreSQL's own.
fn collate(sql: &mut Sql, collation: &Name) {
    sql.syntax(" COLLATE pg_catalog.").ident(collation.ident());
}

/// `("a", "b")`.
fn column_list(sql: &mut Sql, columns: &[Name]) {
    sql.syntax("(").idents(columns.iter().map(Name::ident)).syntax(")");
}
