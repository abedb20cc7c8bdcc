//! The columns of a table.

use definition::Id;
use definition::model::{Column, Table};

use super::Matched;
use crate::change::{Change, Facet};

/// Adds what differs in the columns of a table.
pub(super) fn compare(before: &Table, after: &Table, changes: &mut Vec<Change>) {
    if before.columns == after.columns {
        return;
    }
    let table = || after.name.clone();
    let boxed = |column: &Column| Box::new(column.clone());
    let columns = Matched::<_, &Id>::by(|column| &column.id, &before.columns, &after.columns);
    let drop = |column| Change::DropColumn { table: table(), column: boxed(column) };
    changes.extend(columns.gone().map(drop));
    for (earlier, later) in columns.kept() {
        let altered =
            |facet| Change::AlterColumn { table: table(), column: later.name.clone(), facet };
        changes.extend(facets(earlier, later).map(altered));
    }
    let add = |column| Change::AddColumn { table: table(), column: boxed(column) };
    changes.extend(columns.added().map(add));
}

/// The sides of a column that differ.
fn facets(before: &Column, after: &Column) -> impl Iterator<Item = Facet> {
    let data_type = pair(&before.data_type, &after.data_type);
    let collation = pair(&before.collation, &after.collation);
    let not_null = pair(&before.not_null, &after.not_null);
    let default = pair(&before.default, &after.default);
    let generated = pair(&before.generated, &after.generated);
    let identity = pair(&before.identity, &after.identity);
    let description = pair(&before.description, &after.description);
    [
        data_type.map(|(from, to)| Facet::Type { from, to }),
        collation.map(|(from, to)| Facet::Collation { from, to }),
        not_null.map(|(_, to)| Facet::NotNull(to)),
        default.map(|(from, to)| Facet::Default { from, to }),
        generated.map(|(from, to)| Facet::Generated { from, to }),
        identity.map(|(from, to)| Facet::Identity { from, to }),
        description.map(|(from, to)| Facet::Description { from, to }),
    ]
    .into_iter()
    .flatten()
}

fn pair<T: Clone + PartialEq>(from: &T, to: &T) -> Option<(T, T)> {
    (from != to).then(|| (from.clone(), to.clone()))
}
