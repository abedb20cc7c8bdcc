//! What a step should cost, from PostgreSQL's statistics.

use std::collections::BTreeMap;

use definition::Name;

/// What is known of the tables' sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// By the table's name in the version in force.
    pub tables: BTreeMap<Name, TableStatistics>,
}

/// The size of one table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableStatistics {
    /// Rows, as PostgreSQL estimates them.
    pub rows: u64,
    /// Bytes of its rows on disk, without its indexes.
    pub bytes: u64,
    /// Bytes of its indexes on disk.
    pub index_bytes: u64,
}

/// What a step should cost. Zero where it does not depend on the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// Rows it reads or writes.
    pub rows: u64,
    /// Bytes it reads or writes.
    pub bytes: u64,
    /// Bytes of write-ahead log it makes.
    pub wal_bytes: u64,
    /// Seconds it takes.
    pub seconds: f64,
}

/// Bytes that one core reads of a table in a second. Modest on purpose: a forecast that is too
/// high disappoints nobody.
const SCAN_BYTES_PER_SECOND: f64 = 200e6;
/// Rows that one core puts into an index in a second.
const INDEX_ROWS_PER_SECOND: f64 = 400e3;
/// Rows that one core writes anew in a second.
const WRITE_ROWS_PER_SECOND: f64 = 100e3;
/// Bytes of an index for each row: a key of a few words and its pointer.
const INDEX_BYTES_PER_ROW: u64 = 40;

impl Statistics {
    /// The size of a table; nothing for one that is new.
    pub fn of(&self, table: &Name) -> TableStatistics {
        self.tables.get(table).copied().unwrap_or_default()
    }
}

impl Estimate {
    /// Reading every row.
    pub fn scan(table: TableStatistics) -> Self {
        Self {
            rows: table.rows,
            bytes: table.bytes,
            wal_bytes: 0,
            seconds: seconds(table.bytes, SCAN_BYTES_PER_SECOND),
        }
    }

    /// Building an index.
    pub fn index(table: TableStatistics) -> Self {
        let scan = Self::scan(table);
        Self {
            wal_bytes: table.rows * INDEX_BYTES_PER_ROW,
            seconds: scan.seconds + seconds(table.rows, INDEX_ROWS_PER_SECOND),
            ..scan
        }
    }

    /// Writing every row anew, the entries of its indexes too.
    pub fn write(table: TableStatistics) -> Self {
        let scan = Self::scan(table);
        Self {
            wal_bytes: table.bytes + table.index_bytes,
            seconds: scan.seconds + seconds(table.rows, WRITE_ROWS_PER_SECOND),
            ..scan
        }
    }
}

/// Sizes of tables are far below what a double counts exactly.
#[expect(clippy::cast_precision_loss, reason = "an estimate needs no 53 bits")]
fn seconds(amount: u64, per_second: f64) -> f64 {
    amount as f64 / per_second
}
