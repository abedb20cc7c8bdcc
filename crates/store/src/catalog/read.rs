//! Reading a namespace: a handful of queries in one round trip, all of them led by indexes from the
//! namespace to what lies in it, so that other namespaces cost nothing.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::try_join_all;
use tokio_postgres::types::Type;
use tokio_postgres::{GenericClient, Row};

use super::rows::{self, GrantOn, Rows};
use super::shape::{Contents, Enum, Function, Other, Shape, Table};
use crate::StoreError;

/// The queries, in the order in which [`read`] takes their rows.
const QUERIES: [&str; 9] = [
    include_str!("queries/relations.sql"),
    include_str!("queries/columns.sql"),
    include_str!("queries/constraints.sql"),
    include_str!("queries/indexes.sql"),
    include_str!("queries/triggers.sql"),
    include_str!("queries/enums.sql"),
    include_str!("queries/functions.sql"),
    include_str!("queries/others.sql"),
    include_str!("queries/grants.sql"),
];

/// Prefixes that no user's name has: what is set aside, and what a change makes for itself. They
/// are reserved in `definition`'s rules for names.
const APART: [&str; 2] = ["attic_", "tenanta_"];

/// Reads what lies in a namespace. Nothing lies in one that does not exist.
///
/// Whoever reads while somebody changes the namespace may see a part of the change, or be refused;
/// take the schema's lock first.
pub async fn read<C>(client: &C, namespace: &str) -> Result<Shape, StoreError>
where
    C: GenericClient + Sync,
{
    // Handed over before the first is awaited, so that all of them travel together.
    let parameter = [(&namespace as &(dyn tokio_postgres::types::ToSql + Sync), Type::TEXT)];
    let answers = QUERIES.map(|query| client.query_typed(query, &parameter));
    let answers: Vec<Vec<Row>> = try_join_all(answers).await?;
    assembled(Rows { namespace }, &answers)
}

fn assembled(rows: Rows<'_>, answers: &[Vec<Row>]) -> Result<Shape, StoreError> {
    let [relations, columns, constraints, indexes, triggers, enums, functions, others, grants] =
        answers
    else {
        return Err(StoreError::Corrupt("a query of the catalog gave no answer".to_owned()));
    };
    let mut tables = Tables::default();
    for row in relations {
        let table = rows.table(row)?;
        tables.0.insert(table.name.clone(), table);
    }
    for row in columns {
        let (table, column) = rows.column(row)?;
        tables.change(&table, |table| table.columns.push(column));
    }
    for row in constraints {
        let (table, constraint) = rows.constraint(row)?;
        tables.change(&table, |table| table.constraints.push(constraint));
    }
    for row in indexes {
        let (table, (index, of_constraint)) = rows.index(row)?;
        tables.change(&table, |table| {
            let mut before = table.constraints.iter_mut();
            match before.find(|constraint| of_constraint && constraint.name == index.name) {
                Some(constraint) => constraint.index = Some(index),
                None => table.indexes.push(index),
            }
        });
    }
    for row in triggers {
        let (table, trigger) = rows.trigger(row)?;
        tables.change(&table, |table| table.triggers.push(trigger));
    }
    let mut contents = Contents {
        enums: enums.iter().map(rows::enumeration).collect::<Result<_, _>>()?,
        tables: tables.sorted(),
        functions: functions.iter().map(|row| rows.function(row)).collect::<Result<_, _>>()?,
        others: others.iter().map(|row| rows.other(row)).collect::<Result<_, _>>()?,
    };
    contents.enums.sort_by(|left, right| left.name.cmp(&right.name));
    let key = |function: &Function| (function.name.clone(), function.arguments.clone());
    contents.functions.sort_by_key(key);
    contents.others.sort();
    let mut shape = Shape { contents, ..Shape::default() };
    for row in grants {
        give(&mut shape, rows::grant(row)?);
    }
    set_apart(&mut shape);
    Ok(shape)
}

/// Tables while their parts come in.
#[derive(Default)]
struct Tables(BTreeMap<String, Table>);

impl Tables {
    /// A part of a table that came or went between two queries is left to the next reading.
    fn change(&mut self, name: &str, change: impl FnOnce(&mut Table)) {
        self.0.get_mut(name).map(change);
    }

    fn sorted(self) -> Vec<Table> {
        let mut tables: Vec<Table> = self.0.into_values().collect();
        for table in &mut tables {
            table.constraints.sort_by(|left, right| left.name.cmp(&right.name));
            table.indexes.sort_by(|left, right| left.name.cmp(&right.name));
            table.triggers.sort_by(|left, right| left.name.cmp(&right.name));
        }
        tables
    }
}

fn give(shape: &mut Shape, given: GrantOn) {
    let GrantOn { kind, name, column, grant } = given;
    let name = name.unwrap_or_default();
    let contents = &mut shape.contents;
    let grants = match (kind.as_str(), column) {
        ("namespace", _) => Some(&mut shape.grants),
        ("relation", None) => {
            contents.tables.iter_mut().find(|table| table.name == name).map(|it| &mut it.grants)
        }
        ("relation", Some(column)) => {
            let table = contents.tables.iter_mut().find(|table| table.name == name);
            let columns = table.map(|table| table.columns.iter_mut());
            columns.into_iter().flatten().find(|it| it.name == column).map(|it| &mut it.grants)
        }
        ("type", _) => {
            contents.enums.iter_mut().find(|item| item.name == name).map(|it| &mut it.grants)
        }
        (_, _) => {
            contents.functions.iter_mut().find(|item| item.name == name).map(|it| &mut it.grants)
        }
    };
    // What no definition makes is told as a whole, with whatever rights on it.
    if let Some(grants) = grants {
        grants.push(grant);
        grants.sort();
    }
}

fn is_apart(name: &str) -> bool {
    let touch = name.starts_with(migration::TOUCH);
    APART.iter().any(|prefix| name.starts_with(prefix)) && !touch
}

/// Moves what has a reserved name out of the contents.
fn set_apart(shape: &mut Shape) {
    let Contents { enums, tables, functions, others } = std::mem::take(&mut shape.contents);
    let (apart, enums): (Vec<Enum>, _) = enums.into_iter().partition(|it| is_apart(&it.name));
    shape.apart.enums = apart;
    shape.contents.enums = enums;
    for mut table in tables {
        if is_apart(&table.name) {
            shape.apart.tables.push(table);
            continue;
        }
        shape.apart.tables.extend(parts_apart(&mut table));
        shape.contents.tables.push(table);
    }
    let waiting = functions_of_apart(&shape.contents, &shape.apart);
    let (apart, functions): (Vec<Function>, _) =
        functions.into_iter().partition(|it| is_apart(&it.name) || waiting.contains(&it.name));
    shape.apart.functions = apart;
    shape.contents.functions = functions;
    let (apart, others): (Vec<Other>, _) = others
        .into_iter()
        .partition(|it| is_apart(&it.name) || it.table.as_deref().is_some_and(is_apart));
    shape.apart.others = apart;
    shape.contents.others = others;
}

/// The parts of a table that have a reserved name, as a table of their own.
fn parts_apart(table: &mut Table) -> Option<Table> {
    fn taken<T>(list: &mut Vec<T>, name: impl Fn(&T) -> &str) -> Vec<T> {
        let (apart, kept) = std::mem::take(list).into_iter().partition(|part| is_apart(name(part)));
        *list = kept;
        apart
    }
    let apart = Table {
        name: table.name.clone(),
        columns: taken(&mut table.columns, |column| &column.name),
        constraints: taken(&mut table.constraints, |constraint| &constraint.name),
        indexes: taken(&mut table.indexes, |index| &index.name),
        triggers: taken(&mut table.triggers, |trigger| &trigger.name),
        ..Table::default()
    };
    let any = !apart.columns.is_empty()
        || !apart.constraints.is_empty()
        || !apart.indexes.is_empty()
        || !apart.triggers.is_empty();
    any.then_some(apart)
}

/// Functions that only triggers set apart call: a table in the attic keeps its own.
fn functions_of_apart(contents: &Contents, apart: &Contents) -> BTreeSet<String> {
    let called = |contents: &Contents| -> BTreeSet<String> {
        let triggers = contents.tables.iter().flat_map(|table| &table.triggers);
        triggers.map(|trigger| trigger.function.clone()).collect()
    };
    called(apart).difference(&called(contents)).cloned().collect()
}
