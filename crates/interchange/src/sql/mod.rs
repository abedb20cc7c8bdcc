//! Definitions as SQL.

mod export;
#[cfg(feature = "sql-import")]
mod import;
#[cfg(not(feature = "sql-import"))]
mod no_import;

pub use export::export;
#[cfg(feature = "sql-import")]
pub use import::{MAX_SOURCE_BYTES, MAX_STATEMENT_BYTES, MAX_STATEMENTS, import};
#[cfg(not(feature = "sql-import"))]
pub use no_import::import;

/// How a comment begins that carries what SQL has no words for.
const DIRECTIVE: &str = "-- tenanta:";
