//! The one type that holds SQL text.
//!
//! Every statement that carries a name or a value is built here, so a reader who wants to know
//! whether something can be injected has one small crate to read. There are five ways into the
//! buffer and no sixth:
//!
//! * [`Sql::syntax`] takes a `&'static str`: a literal in our source, so no run-time string fits;
//! * [`Sql::ident`] takes an [`Ident`], always quoted, its quotes doubled;
//! * [`Sql::literal`] takes any text and writes it as a quoted constant (DDL has no parameters);
//! * [`Sql::param`] pushes `$n` and the value together, so the two cannot drift apart;
//! * [`Sql::expression`] takes a [`Fragment`], which only the expression wall vouches for.
//!
//! ```
//! use sql::{Ident, Sql};
//! let mut sql = Sql::new();
//! sql.syntax("SELECT * FROM ").ident(&Ident::new("odd\"name")?).syntax(" WHERE id = ").param("7");
//! assert_eq!(sql.text(), "SELECT * FROM \"odd\"\"name\" WHERE id = $1");
//! # Ok::<(), sql::IdentError>(())
//! ```

mod buffer;
mod fragment;
mod ident;

pub use buffer::{Param, Sql};
pub use fragment::Fragment;
pub use ident::{Ident, IdentError, MAX_IDENT_BYTES};
