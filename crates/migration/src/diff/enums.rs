//! Enums and their values.

use definition::{Definition, Id};

use super::Matched;
use crate::change::Change;

/// Adds what differs in the enums.
pub(super) fn compare(before: &Definition, after: &Definition, changes: &mut Vec<Change>) {
    if before.enums == after.enums {
        return;
    }
    let enums = Matched::<_, &Id>::by(|item| &item.id, &before.enums, &after.enums);
    changes.extend(enums.gone().cloned().map(Change::DropEnum));
    for (earlier, later) in enums.kept() {
        let item = || later.name.clone();
        if earlier.values != later.values {
            let (from, to) = (earlier.values.clone(), later.values.clone());
            changes.push(Change::ChangeEnumValues { item: item(), from, to });
        }
        if earlier.description != later.description {
            let (from, to) = (earlier.description.clone(), later.description.clone());
            changes.push(Change::DescribeEnum { item: item(), from, to });
        }
    }
    changes.extend(enums.added().cloned().map(Change::AddEnum));
}
