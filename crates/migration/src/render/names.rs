//! Renames, which keep everything that hangs on a thing.

use definition::Name;
use sql::{Ident, Sql};

use super::alter_table;

/// `ALTER TABLE "ns"."from" RENAME TO "to"`.
pub(crate) fn table(namespace: &Ident, from: &Ident, to: &Ident) -> Sql {
    let mut sql = Sql::of("ALTER TABLE ");
    sql.qualified(namespace, from).syntax(" RENAME TO ").ident(to);
    sql
}

/// `ALTER TABLE "ns"."table" RENAME COLUMN "from" TO "to"`.
pub(crate) fn column(namespace: &Ident, on: &Name, from: &Ident, to: &Ident) -> Sql {
    let mut sql = alter_table(namespace, on);
    sql.syntax("RENAME COLUMN ").ident(from).syntax(" TO ").ident(to);
    sql
}

/// `ALTER INDEX "ns"."from" RENAME TO "to"`; a constraint that owns the index is renamed with it.
pub(crate) fn index(namespace: &Ident, from: &Ident, to: &Ident) -> Sql {
    let mut sql = Sql::of("ALTER INDEX ");
    sql.qualified(namespace, from).syntax(" RENAME TO ").ident(to);
    sql
}

/// `ALTER TYPE "ns"."from" RENAME TO "to"`.
pub(crate) fn enumeration(namespace: &Ident, from: &Ident, to: &Ident) -> Sql {
    let mut sql = Sql::of("ALTER TYPE ");
    sql.qualified(namespace, from).syntax(" RENAME TO ").ident(to);
    sql
}

/// `ALTER TYPE "ns"."item" RENAME VALUE 'from' TO 'to'`.
pub(crate) fn enum_value(namespace: &Ident, item: &Name, from: &str, to: &str) -> Sql {
    let mut sql = Sql::of("ALTER TYPE ");
    sql.qualified(namespace, item.ident()).syntax(" RENAME VALUE ").literal(from);
    sql.syntax(" TO ").literal(to);
    sql
}
