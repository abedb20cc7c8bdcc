//! Sub-commands that need no server.

pub mod check;
pub mod import;
