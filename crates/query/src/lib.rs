//! From a data request to one SQL statement.
//!
//! A request passes three stages, each with a type of its own, so that a later stage cannot receive
//! what an earlier one has not finished:
//!
//! 1. [`rest`] reads a URL and a JSON body into a [`ReadRequest`] or a [`WriteRequest`]: what was
//!    asked, in no dialect, every name still a text;
//! 2. [`Target`] resolves names into columns of one [`definition::Definition`] and JSON into
//!    parameters: every "no such table", "no such column" and "wrong type" is born there;
//! 3. [`Resolved::statement`] renders one [`Statement`]: SQL with the place of each parameter.
//!
//! Nothing here speaks to a database. Every statement answers one row of three columns: the JSON
//! text, how many rows it holds, and how many rows match in all where that was asked. A statement
//! for one row answers no row at all when there is none.

mod error;
pub mod limits;
mod request;
mod resolve;
pub mod rest;
mod statement;
mod value;

pub use error::QueryError;
pub use request::{
    Comparison, Count, Direction, Filter, IsValue, Nulls, OrderItem, ReadRequest, RowValues,
    SelectItem, Test, WriteRequest,
};
pub use resolve::{Resolved, Target};
pub use statement::{Place, Statement};
