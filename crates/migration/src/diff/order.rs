//! Lists that hold the same things in another order.

use std::collections::HashMap;

use definition::model::{Relationship, Table};
use definition::{Definition, Id, Name};

use crate::change::{Change, Order};

/// What is listed in another order in `after`, which has the same things as `before`.
pub(super) fn compare(before: &Definition, after: &Definition) -> Vec<Change> {
    let mut orders = Vec::new();
    let enums = moved(&before.enums, &after.enums, |it| &it.id);
    orders.extend(enums.map(|list| Order::Enums(owned(list))));
    let tables = moved(&before.tables, &after.tables, |it| &it.id);
    orders.extend(tables.map(|list| Order::Tables(owned(list))));
    let places: HashMap<&Id, &Table> =
        before.tables.iter().map(|table| (&table.id, table)).collect();
    for table in &after.tables {
        if let Some(earlier) = places.get(&table.id) {
            in_table(earlier, table, &mut orders);
        }
    }
    let key = |it: &Relationship| (it.from.table.clone(), it.name.clone());
    if before.relationships != after.relationships {
        let list = after.relationships.iter().map(key).collect();
        orders.push(Order::Relationships(list));
    }
    let many = moved(&before.many_to_many, &after.many_to_many, |it| &it.name);
    orders.extend(many.map(|list| Order::ManyToMany(owned(list))));
    orders.into_iter().map(Change::Reorder).collect()
}

fn in_table(before: &Table, after: &Table, orders: &mut Vec<Order>) {
    let columns = moved(&before.columns, &after.columns, |it| &it.id);
    orders.extend(columns.map(|list| Order::Columns(after.name.clone(), owned(list))));
    let mut tell = |list: Option<Vec<&Name>>, order: fn(Name, Vec<Name>) -> Order| {
        orders.extend(list.map(|list| order(after.name.clone(), owned(list))));
    };
    tell(moved(&before.uniques, &after.uniques, |it| &it.name), Order::Uniques);
    tell(moved(&before.checks, &after.checks, |it| &it.name), Order::Checks);
    tell(moved(&before.exclusions, &after.exclusions, |it| &it.name), Order::Exclusions);
    tell(moved(&before.indexes, &after.indexes, |it| &it.name), Order::Indexes);
}

/// What tells things apart, in its new order when that is another one.
fn moved<'a, T, K: PartialEq>(
    before: &'a [T],
    after: &'a [T],
    key: impl Fn(&'a T) -> &'a K,
) -> Option<Vec<&'a K>> {
    let same = before.iter().map(&key).eq(after.iter().map(&key));
    (!same).then(|| after.iter().map(key).collect())
}

fn owned<K: Clone>(list: Vec<&K>) -> Vec<K> {
    list.into_iter().cloned().collect()
}
