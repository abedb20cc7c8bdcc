//! Tables and what is on them.

use definition::model::Table;
use definition::{Definition, Id, Name};

use super::{Matched, columns};
use crate::change::Change;

/// Adds what differs in the tables. A table that appears or goes takes along what is on it.
pub(super) fn compare(before: &Definition, after: &Definition, changes: &mut Vec<Change>) {
    if before.tables == after.tables {
        return;
    }
    let tables = Matched::<_, &Id>::by(|table| &table.id, &before.tables, &after.tables);
    let boxed = |table: &Table| Box::new(table.clone());
    changes.extend(tables.gone().map(|table| Change::DropTable(boxed(table))));
    for (earlier, later) in tables.kept().filter(|(earlier, later)| earlier != later) {
        itself(earlier, later, changes);
        columns::compare(earlier, later, changes);
        keys(earlier, later, changes);
        checks(earlier, later, changes);
        exclusions(earlier, later, changes);
        indexes(earlier, later, changes);
    }
    changes.extend(tables.added().map(|table| Change::AddTable(boxed(table))));
}

fn itself(before: &Table, after: &Table, changes: &mut Vec<Change>) {
    let table = || after.name.clone();
    if before.description != after.description {
        let (from, to) = (before.description.clone(), after.description.clone());
        changes.push(Change::DescribeTable { table: table(), from, to });
    }
    if before.track_updates != after.track_updates {
        let (from, to) = (before.track_updates.clone(), after.track_updates.clone());
        changes.push(Change::TrackUpdates { table: table(), from, to });
    }
}

fn keys(before: &Table, after: &Table, changes: &mut Vec<Change>) {
    let table = || after.name.clone();
    if before.primary_key != after.primary_key {
        let (from, to) = (before.primary_key.clone(), after.primary_key.clone());
        changes.push(Change::ChangePrimaryKey { table: table(), from, to });
    }
    let both = Matched::<_, &Name>::by(|key| &key.name, &before.uniques, &after.uniques);
    let (gone, new) = both.replaced();
    changes.extend(gone.cloned().map(|key| Change::DropUnique { table: table(), key }));
    changes.extend(new.cloned().map(|key| Change::AddUnique { table: table(), key }));
}

fn checks(before: &Table, after: &Table, changes: &mut Vec<Change>) {
    let table = || after.name.clone();
    let both = Matched::<_, &Name>::by(|check| &check.name, &before.checks, &after.checks);
    let (gone, new) = both.replaced();
    changes.extend(gone.cloned().map(|check| Change::DropCheck { table: table(), check }));
    changes.extend(new.cloned().map(|check| Change::AddCheck { table: table(), check }));
}

fn exclusions(before: &Table, after: &Table, changes: &mut Vec<Change>) {
    let table = || after.name.clone();
    let both = Matched::<_, &Name>::by(|it| &it.name, &before.exclusions, &after.exclusions);
    let (gone, new) = both.replaced();
    let drop = |exclusion| Change::DropExclusion { table: table(), exclusion };
    let add = |exclusion| Change::AddExclusion { table: table(), exclusion };
    changes.extend(gone.cloned().map(drop));
    changes.extend(new.cloned().map(add));
}

fn indexes(before: &Table, after: &Table, changes: &mut Vec<Change>) {
    let table = || after.name.clone();
    let both = Matched::<_, &Name>::by(|index| &index.name, &before.indexes, &after.indexes);
    let (gone, new) = both.replaced();
    changes.extend(gone.cloned().map(|index| Change::DropIndex { table: table(), index }));
    changes.extend(new.cloned().map(|index| Change::AddIndex { table: table(), index }));
}
