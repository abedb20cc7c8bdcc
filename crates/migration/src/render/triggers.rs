//! The trigger that keeps the time of each row's last update.

use definition::Name;
use definition::model::Table;
use sql::{Ident, Sql};

use super::step;
use crate::plan::Step;

/// The name of the trigger that keeps the time of updates, one per table; the names of its
/// functions begin so. No user's name does.
pub const TOUCH: &str = "tenanta_touch";

/// What a migration sets in its transaction so that its own writes are no updates of a row.
const QUIET: &str = "tenanta.quiet";

/// The function and the trigger, when the table asks for them.
pub(crate) fn track_updates(namespace: &Ident, table: &Table, position: usize) -> Vec<Step> {
    let Some(column) = &table.track_updates else { return Vec::new() };
    let (path, title) = place(table, position);
    let function = function_of(table);
    let mut create = Sql::of("CREATE ");
    define(&mut create, namespace, (&function, column));
    let mut drop = Sql::of("DROP FUNCTION ");
    drop.qualified(namespace, &function).syntax("()");
    let attach = step(
        trigger_on(namespace, table, &function),
        trigger_off(namespace, table),
        path.clone(),
        title.clone(),
    );
    vec![step(create, drop, path, title), attach]
}

/// The opposite of [`track_updates`]; `before` is the table as it was, under its new name.
pub(crate) fn untrack_updates(
    namespace: &Ident,
    table: &Table,
    before: &Table,
    position: usize,
) -> Vec<Step> {
    let mut steps = track_updates(namespace, before, position);
    steps.reverse();
    for step in &mut steps {
        if let Some(back) = step.rollback.take() {
            step.rollback = Some(std::mem::replace(&mut step.sql, back));
        }
        step.subject.path = place(table, position).0;
    }
    steps
}

/// Another column, or the same one under another name, is kept up to date.
pub(crate) fn track_another(
    namespace: &Ident,
    table: &Table,
    before: &Table,
    position: usize,
) -> Step {
    let (path, title) = place(table, position);
    let function = function_of(table);
    let replaced = |column: &Option<Name>| {
        let mut sql = Sql::of("CREATE OR REPLACE ");
        match column {
            Some(column) => define(&mut sql, namespace, (&function, column)),
            None => sql = Sql::new(),
        }
        sql
    };
    step(replaced(&table.track_updates), replaced(&before.track_updates), path, title)
}

fn place(table: &Table, position: usize) -> (String, String) {
    let path = format!("tables[{position}].trackUpdates");
    (path, format!("the time of updates of `{}`", table.name))
}

/// Named after the table's id, so that a rename of the table leaves it alone.
fn function_of(table: &Table) -> Ident {
    ident(&format!("{TOUCH}_{}", table.id.as_str()))
}

/// `FUNCTION "ns"."tenanta_touch_…"() …`: it keeps still while a migration fills columns, so that
/// only what people and programs write counts as an update.
fn define(sql: &mut Sql, namespace: &Ident, (function, column): (&Ident, &Name)) {
    let mut body = Sql::of("BEGIN IF pg_catalog.current_setting(");
    body.literal(QUIET).syntax(", true) IS DISTINCT FROM 'on' THEN NEW.");
    body.ident(column.ident()).syntax(" := pg_catalog.now(); END IF; RETURN NEW; END");
    sql.syntax("FUNCTION ").qualified(namespace, function);
    sql.syntax("() RETURNS trigger LANGUAGE plpgsql AS ").literal(body.text());
}

fn trigger_on(namespace: &Ident, table: &Table, function: &Ident) -> Sql {
    let mut sql = Sql::of("CREATE TRIGGER ");
    sql.ident(&ident(TOUCH)).syntax(" BEFORE UPDATE ON ").qualified(namespace, table.name.ident());
    sql.syntax(" FOR EACH ROW EXECUTE FUNCTION ").qualified(namespace, function).syntax("()");
    sql
}

fn trigger_off(namespace: &Ident, table: &Table) -> Sql {
    let mut sql = Sql::of("DROP TRIGGER ");
    sql.ident(&ident(TOUCH)).syntax(" ON ").qualified(namespace, table.name.ident());
    sql
}

fn ident(name: &str) -> Ident {
    Ident::new(name).expect("a short prefix and an id of at most 40 characters fit")
}

/// A function and a trigger that keep a column in step with another one: made and taken away.
///
/// `value` reads the old column by the name `row`, a variable of the function.
pub(crate) fn keep_in_step(
    namespace: &Ident,
    table: &Name,
    function: &Ident,
    (column, replacement, value, row): (&Name, &Name, &Sql, &Name),
) -> (Sql, Sql) {
    let mut body = Sql::of("DECLARE ");
    body.ident(row.ident()).syntax(" ").qualified(namespace, table.ident());
    body.syntax(".").ident(column.ident()).syntax("%TYPE := NEW.").ident(column.ident());
    body.syntax("; BEGIN NEW.").ident(replacement.ident()).syntax(" := ").append(value);
    body.syntax("; RETURN NEW; END");
    let mut create = Sql::of("CREATE FUNCTION ");
    create.qualified(namespace, function).syntax("() RETURNS trigger LANGUAGE plpgsql AS ");
    create.literal(body.text()).syntax("; CREATE TRIGGER ").ident(function);
    create.syntax(" BEFORE INSERT OR UPDATE ON ").qualified(namespace, table.ident());
    create.syntax(" FOR EACH ROW EXECUTE FUNCTION ").qualified(namespace, function).syntax("()");
    let mut drop = Sql::of("DROP FUNCTION IF EXISTS ");
    drop.qualified(namespace, function).syntax("() CASCADE");
    (create, drop)
}

/// The opposite of [`keep_in_step`], when nothing is in doubt.
pub(crate) fn leave_step(namespace: &Ident, table: &Name, function: &Ident) -> Sql {
    let mut sql = Sql::of("DROP TRIGGER ");
    sql.ident(function).syntax(" ON ").qualified(namespace, table.ident());
    sql.syntax("; DROP FUNCTION ").qualified(namespace, function).syntax("()");
    sql
}
