//! A definition in other forms.
//!
//! What comes in becomes a *document*, never a definition: it passes
//! [`definition::Document::check`] like every client's, and so do the expressions in it. What a
//! document has no place for is told in a [`Finding`] with its line, and the rest still comes in.
//!
//! ```
//! # #[cfg(feature = "sql-import")] {
//! let imported = interchange::sql::import("CREATE TABLE t (id integer PRIMARY KEY);\nGRANT ALL ON t TO x;");
//! assert_eq!(imported.document["tables"][0]["name"], "t");
//! assert_eq!((imported.findings[0].line, imported.findings[0].code), (2, "grant"));
//! # }
//! ```

mod finding;
pub mod json;
pub mod sql;

pub use finding::{Finding, Imported, MAX_FINDINGS, Severity};
