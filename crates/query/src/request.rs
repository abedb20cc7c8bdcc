//! What was asked, in no dialect: names are texts and nothing is known to exist.

use serde_json::value::RawValue;

/// Rows to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadRequest {
    /// What each row shows; none at all means every column.
    pub select: Option<Vec<SelectItem>>,
    /// What must hold for a row, all of it.
    pub filters: Vec<Filter>,
    /// How rows are sorted.
    pub order: Vec<OrderItem>,
    /// At most this many rows.
    pub limit: Option<u64>,
    /// So many rows are passed over.
    pub offset: u64,
    /// Whether all matching rows are counted.
    pub count: Count,
}

/// One thing that a row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectItem {
    /// Every column, in the table's order.
    All,
    /// One column.
    Column {
        /// Its name.
        name: String,
        /// What the answer calls it; without one, its name.
        alias: Option<String>,
        /// A type it is turned into, as the client spelled it.
        cast: Option<String>,
    },
}

/// A condition on one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The column's name.
    pub column: String,
    /// Whether the test must fail instead.
    pub negated: bool,
    /// The test.
    pub test: Test,
}

/// A test of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Against one value.
    Compare(Comparison, String),
    /// Against a pattern, in which `%` and `_` stand for others.
    Like {
        /// The pattern.
        pattern: String,
        /// Whether upper and lower case are one.
        any_case: bool,
    },
    /// Against a list.
    In(Vec<String>),
    /// Against what no value equals.
    Is(IsValue),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
}

/// What stands after `IS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsValue {
    /// `NULL`
    Null,
    /// `NOT NULL`
    NotNull,
    /// `TRUE`
    True,
    /// `FALSE`
    False,
    /// `UNKNOWN`
    Unknown,
}

/// One key of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderItem {
    /// The column's name.
    pub column: String,
    /// Up or down.
    pub direction: Direction,
    /// Where NULLs stand, when it was said.
    pub nulls: Option<Nulls>,
}

/// The direction of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// Where NULLs stand in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// Before everything else.
    First,
    /// After everything else.
    Last,
}

/// Whether an answer tells how many rows match in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// It does not.
    #[default]
    None,
    /// They are counted one by one.
    Exact,
}

/// One row as a client wrote it: names and JSON, in the order given. Numbers keep every digit.
pub type RowValues = Vec<(String, Box<RawValue>)>;

/// Rows to write.
#[derive(Clone, Debug)]
pub enum WriteRequest {
    /// New rows, all or none.
    Insert {
        /// The rows.
        rows: Vec<RowValues>,
        /// Whether they came as a list, so that a finding names the row it is about.
        listed: bool,
    },
    /// Some columns of one row.
    Update {
        /// The row's key, one text for each key column.
        key: Vec<String>,
        /// The new values.
        values: RowValues,
    },
    /// One row goes.
    Delete {
        /// The row's key.
        key: Vec<String>,
    },
}
