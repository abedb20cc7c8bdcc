//! The PostgREST dialect: query strings, keys in a path, and JSON bodies become requests.

mod body;
mod cursor;
mod filter;
mod key;
mod order;
mod query_string;
mod read;
mod select;

pub use body::{RowBody, RowsBody};
pub use key::parse_key;
pub use read::parse_read;
