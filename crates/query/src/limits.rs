//! Every limit of a data request, by name.

/// Rows of one answer. A request without `limit`, or with a larger one, gets this many; its
/// `Content-Range` says so.
pub const MAX_ROWS: u64 = 1000;
/// Filters of one request.
pub const MAX_FILTERS: usize = 100;
/// Values of one `in.(…)` list.
pub const MAX_IN_VALUES: usize = 1000;
/// Items of one `select`.
pub const MAX_SELECT_ITEMS: usize = 500;
/// Items of one `order`.
pub const MAX_ORDER_ITEMS: usize = 20;
/// Columns that one row of a body may name; PostgreSQL's own limit.
pub const MAX_ROW_COLUMNS: usize = 1600;
/// Rows of one insert.
pub const MAX_INSERT_ROWS: usize = 10_000;
/// Parameters of one statement; PostgreSQL's protocol counts them in 16 bits.
pub const MAX_PARAMETERS: usize = 65_535;
/// Dimensions of an array; PostgreSQL's own limit.
pub const MAX_ARRAY_DIMENSIONS: usize = 6;
/// Characters of a client's text that a message repeats.
pub const MAX_QUOTED_CHARS: usize = 60;
