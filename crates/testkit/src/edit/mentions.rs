//! Where a table names its columns and holds expressions.

use definition::Expression;
use definition::Name;
use definition::column_type::{ColumnType, ElementType};
use definition::model::{Definition, IndexTarget, Table};

/// Every place that names a column, except in expressions; the columns' own names too.
pub(super) fn column_names(table: &mut Table, visit: &mut dyn FnMut(&mut Name)) {
    table.columns.iter_mut().for_each(|column| visit(&mut column.name));
    for key in table.primary_key.iter_mut().chain(&mut table.uniques) {
        key.columns.iter_mut().chain(&mut key.include).for_each(&mut *visit);
    }
    let mut target = |target: &mut IndexTarget| match target {
        IndexTarget::Column(name) => visit(name),
        IndexTarget::Expression(_) => {}
    };
    for exclusion in &mut table.exclusions {
        exclusion.elements.iter_mut().for_each(|element| target(&mut element.target));
    }
    for index in &mut table.indexes {
        index.keys.iter_mut().for_each(|key| target(&mut key.target));
    }
    table.indexes.iter_mut().flat_map(|index| &mut index.include).for_each(&mut *visit);
    table.track_updates.iter_mut().for_each(visit);
}

/// Every expression of a table.
pub(super) fn expressions(table: &mut Table, visit: &mut dyn FnMut(&mut Expression)) {
    for column in &mut table.columns {
        column.default.iter_mut().chain(&mut column.generated).for_each(&mut *visit);
    }
    table.checks.iter_mut().for_each(|check| visit(&mut check.expression));
    let mut target = |target: &mut IndexTarget| match target {
        IndexTarget::Column(_) => {}
        IndexTarget::Expression(expression) => visit(expression),
    };
    for exclusion in &mut table.exclusions {
        exclusion.elements.iter_mut().for_each(|element| target(&mut element.target));
    }
    for index in &mut table.indexes {
        index.keys.iter_mut().for_each(|key| target(&mut key.target));
    }
    table.exclusions.iter_mut().filter_map(|it| it.predicate.as_mut()).for_each(&mut *visit);
    table.indexes.iter_mut().filter_map(|it| it.predicate.as_mut()).for_each(visit);
}

/// Calls tables otherwise wherever they are named.
pub(super) fn rename_tables(definition: &mut Definition, new: &dyn Fn(&Name) -> Option<Name>) {
    let rename = |name: &mut Name| {
        if let Some(new) = new(name) {
            *name = new;
        }
    };
    definition.tables.iter_mut().for_each(|table| rename(&mut table.name));
    for relationship in &mut definition.relationships {
        rename(&mut relationship.from.table);
        rename(&mut relationship.to.table);
    }
    for many in &mut definition.many_to_many {
        [&mut many.from, &mut many.to, &mut many.through].into_iter().for_each(rename);
    }
}

/// Calls columns of one table otherwise wherever they are named.
pub(super) fn rename_columns(
    definition: &mut Definition,
    at: usize,
    new: &dyn Fn(&Name) -> Option<Name>,
) {
    let mut rename = |name: &mut Name| {
        if let Some(new) = new(name) {
            *name = new;
        }
    };
    let table = &mut definition.tables[at];
    column_names(table, &mut rename);
    expressions(table, &mut |expression| *expression = expression.renamed(new, &|_| None));
    for relationship in &mut definition.relationships {
        for end in [&mut relationship.from, &mut relationship.to] {
            if end.table == definition.tables[at].name {
                end.columns.iter_mut().for_each(&mut rename);
            }
        }
    }
}

/// Calls enums otherwise wherever they are named.
pub(super) fn rename_enums(definition: &mut Definition, new: &dyn Fn(&Name) -> Option<Name>) {
    for item in &mut definition.enums {
        item.name = new(&item.name).unwrap_or_else(|| item.name.clone());
    }
    for table in &mut definition.tables {
        for column in &mut table.columns {
            let ColumnType { element, array } = &column.data_type;
            if let ElementType::Enum(name) = element
                && let Some(name) = new(name)
            {
                column.data_type = ColumnType { element: ElementType::Enum(name), array: *array };
            }
        }
        expressions(table, &mut |expression| *expression = expression.renamed(&|_| None, new));
    }
}
