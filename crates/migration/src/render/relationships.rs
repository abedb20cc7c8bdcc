//! Foreign keys.

use definition::model::{ReferentialAction, Relationship};
use sql::{Ident, Sql};

use super::{alter_table, column_list, drop_constraint, locking, step};
use crate::plan::{LockMode, Step};

pub(crate) fn add(namespace: &Ident, relationship: &Relationship, position: usize) -> Step {
    let (from, to) = (&relationship.from, &relationship.to);
    let mut sql = alter_table(namespace, &from.table);
    sql.syntax("ADD CONSTRAINT ").ident(relationship.name.ident()).syntax(" ");
    sql.append(&body(namespace, relationship));
    let back = drop_constraint(namespace, &from.table, &relationship.name);
    let title = format!("the relationship `{}` of `{}`", relationship.name, from.table);
    let added = step(sql, back, format!("relationships[{position}]"), title);
    locking(added, &[&from.table, &to.table], LockMode::ShareRowExclusive)
}

/// `FOREIGN KEY (…) REFERENCES … (…) …`.
pub(crate) fn body(namespace: &Ident, relationship: &Relationship) -> Sql {
    let (from, to) = (&relationship.from, &relationship.to);
    let mut sql = Sql::of("FOREIGN KEY ");
    column_list(&mut sql, &from.columns);
    sql.syntax(" REFERENCES ").qualified(namespace, to.table.ident()).syntax(" ");
    column_list(&mut sql, &to.columns);
    sql.syntax(match relationship.on_delete {
        ReferentialAction::NoAction => "",
        ReferentialAction::Restrict => " ON DELETE RESTRICT",
        ReferentialAction::Cascade => " ON DELETE CASCADE",
        ReferentialAction::SetNull => " ON DELETE SET NULL",
        ReferentialAction::SetDefault => " ON DELETE SET DEFAULT",
    });
    sql.syntax(match relationship.on_update {
        ReferentialAction::NoAction => "",
        ReferentialAction::Restrict => " ON UPDATE RESTRICT",
        ReferentialAction::Cascade => " ON UPDATE CASCADE",
        ReferentialAction::SetNull => " ON UPDATE SET NULL",
        ReferentialAction::SetDefault => " ON UPDATE SET DEFAULT",
    });
    super::constraints::deferrable(&mut sql, relationship.deferrable);
    sql
}
