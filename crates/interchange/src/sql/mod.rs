//! Definitions as SQL.

mod export;
#[cfg(feature = "sql-import")]
mod import;

pub use export::export;
#[cfg(feature = "sql-import")]
pub use import::{MAX_SOURCE_BYTES, MAX_STATEMENT_BYTES, MAX_STATEMENTS, import};

/// How a comment begins that carries what SQL has no words for.
const DIRECTIVE: &str = "-- tenanta:";
