//! `tenanta check FILE`: the problems of a definition file, without a database.

use std::path::Path;
use std::process::ExitCode;

/// Prints every problem; fails when one is an error.
pub fn run(file: &Path) -> ExitCode {
    crate::console::failure(&["cannot check ", &file.display().to_string()].concat());
    ExitCode::FAILURE
}
