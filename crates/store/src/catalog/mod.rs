//! Reading a live namespace back: for tests, for finding what somebody changed by hand, and for
//! taking such changes over.
//!
//! [`read`] gives the [`Shape`] of a namespace, [`expected`] the shape that a definition should
//! have; [`Shape::differences`] says in plain words where the two part, [`Shape::digest`] whether
//! they do. PostgreSQL spells the texts on both sides, and the name of the namespace stands in
//! none of them.

mod adopt;
mod difference;
mod expected;
mod items;
mod read;
mod rows;
pub mod shape;
mod text;

pub use adopt::{Adopted, Before, Finding, adopt};
pub use difference::{Deviation, Difference, Digest, MAX_DIFFERENCES};
pub use expected::expected;
pub use items::Kind;
pub use read::read;
pub use shape::Shape;
