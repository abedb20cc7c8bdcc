//! What a tenant's data model is.
//!
//! A client sends a [`Document`]: JSON with shorthands. Checking it gives either a [`Definition`],
//! complete and valid, or every [`Problem`] at once. Nothing here does I/O, reads a clock or makes
//! up anything random: the caller brings the ids.
//!
//! ```
//! use definition::{Counting, Document};
//! let document = serde_json::json!({ "tables": [{
//!     "name": "customers",
//!     "columns": [{ "name": "id", "type": "UUID", "primaryKey": true, "default": "gen_random_uuid()" }]
//! }]});
//! let checked = Document::parse(&document).check(None, &mut Counting::default());
//! let definition = checked.definition.expect("the document is valid");
//! assert_eq!(definition.tables[0].columns[0].data_type.to_string(), "uuid");
//! ```

mod build;
pub mod column_type;
mod document;
pub mod expression;
pub mod model;
mod name;
pub mod near;
pub mod operator_class;
mod path;
mod problem;
pub mod schema_name;

pub(crate) use build::is_reserved_word;
pub use column_type::ColumnType;
pub use document::{Checked, Document, Part, json_schema, shape};
pub use expression::Expression;
pub use model::Definition;
pub use name::{Counting, Id, IdSource, MAX_ID_CHARS, Name};
pub use path::Path;
pub use problem::{MAX_PROBLEMS, Problem, Problems, Severity};
