//! What resolving gives: the middle stage of a request.

use std::fmt;

use definition::column_type::ColumnType;
use definition::model::{Column, Table};
use sql::{Ident, Param};

use crate::request::{Count, Direction, Nulls, Test};

/// A request whose every name exists and whose every value has the right shape.
#[derive(Debug)]
pub struct Resolved<'a> {
    pub(crate) action: Action<'a>,
}

#[derive(Debug)]
pub(crate) enum Action<'a> {
    /// A page of rows.
    Read(ResolvedRead<'a>),
    /// One row by its key.
    ReadOne(ResolvedOne<'a>),
    /// New rows.
    Insert(ResolvedInsert<'a>),
    /// Some columns of one row.
    Update(ResolvedUpdate<'a>),
    /// One row goes.
    Delete(ResolvedDelete<'a>),
}

/// A table and where it lies.
#[derive(Clone, Copy)]
pub(crate) struct Relation<'a> {
    pub(crate) namespace: &'a Ident,
    pub(crate) table: &'a Table,
}

impl fmt::Debug for Relation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.namespace.as_str(), self.table.name)
    }
}

/// A column of the relation.
#[derive(Clone, Copy)]
pub(crate) struct ColumnRef<'a>(pub(crate) &'a Column);

impl<'a> ColumnRef<'a> {
    pub(crate) fn name(self) -> &'a str {
        self.0.name.as_str()
    }
}

impl fmt::Debug for ColumnRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.name, self.0.data_type)
    }
}

/// A page of rows, resolved.
#[derive(Debug)]
pub(crate) struct ResolvedRead<'a> {
    pub(crate) relation: Relation<'a>,
    pub(crate) output: Vec<Output<'a>>,
    pub(crate) filters: Vec<ResolvedFilter<'a>>,
    pub(crate) order: Vec<SortKey<'a>>,
    pub(crate) limit: u64,
    pub(crate) offset: u64,
    pub(crate) count: Count,
}

/// One key of the answer's objects.
#[derive(Debug)]
pub(crate) struct Output<'a> {
    pub(crate) name: Ident,
    pub(crate) column: ColumnRef<'a>,
    pub(crate) cast: Option<ColumnType>,
}

/// A condition on a column that exists and can do it.
#[derive(Debug)]
pub(crate) struct ResolvedFilter<'a> {
    pub(crate) column: ColumnRef<'a>,
    pub(crate) negated: bool,
    pub(crate) test: &'a Test,
}

/// One key of an order.
#[derive(Debug)]
pub(crate) struct SortKey<'a> {
    pub(crate) column: ColumnRef<'a>,
    pub(crate) direction: Direction,
    pub(crate) nulls: Option<Nulls>,
}

/// One column of a row's key, and its value.
#[derive(Debug)]
pub(crate) struct KeyPart<'a> {
    pub(crate) column: ColumnRef<'a>,
    pub(crate) value: &'a str,
}

/// One row by its key, resolved.
#[derive(Debug)]
pub(crate) struct ResolvedOne<'a> {
    pub(crate) relation: Relation<'a>,
    pub(crate) output: Vec<Output<'a>>,
    pub(crate) key: Vec<KeyPart<'a>>,
}

/// New rows, resolved: each row has a cell for each column.
#[derive(Debug)]
pub(crate) struct ResolvedInsert<'a> {
    pub(crate) relation: Relation<'a>,
    pub(crate) columns: Vec<ColumnRef<'a>>,
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) listed: bool,
}

/// What a new row brings for a column.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// Nothing: the column's default is taken.
    Default,
    /// This value, or NULL.
    Given(Param),
}

/// Changes of one row, resolved.
#[derive(Debug)]
pub(crate) struct ResolvedUpdate<'a> {
    pub(crate) relation: Relation<'a>,
    pub(crate) key: Vec<KeyPart<'a>>,
    pub(crate) values: Vec<(ColumnRef<'a>, Param)>,
}

/// The end of one row, resolved.
#[derive(Debug)]
pub(crate) struct ResolvedDelete<'a> {
    pub(crate) relation: Relation<'a>,
    pub(crate) key: Vec<KeyPart<'a>>,
}
