//! The trigger that keeps the time of each row's last update.

use definition::model::Table;
use sql::{Ident, Sql};

use super::step;
use crate::plan::Step;

/// The name of the trigger that keeps the time of updates, one per table; the names of its
/// functions begin so. No user's name does.
pub const TOUCH: &str = "tenanta_touch";

/// The function and the trigger, when the table asks for them.
pub(crate) fn track_updates(namespace: &Ident, table: &Table, position: usize) -> Vec<Step> {
    let Some(column) = &table.track_updates else { return Vec::new() };
    let path = format!("tables[{position}].trackUpdates");
    let title = format!("the time of updates of `{}`", table.name);
    // Named after the table's id, so that a rename of the table leaves it alone.
    let function = ident(&format!("{TOUCH}_{}", table.id.as_str()));
    let mut body = Sql::of("BEGIN NEW.");
    body.ident(column.ident()).syntax(" := pg_catalog.now(); RETURN NEW; END");
    let mut create = Sql::of("CREATE FUNCTION ");
    create.qualified(namespace, &function).syntax("() RETURNS trigger LANGUAGE plpgsql AS ");
    create.literal(body.text());
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
