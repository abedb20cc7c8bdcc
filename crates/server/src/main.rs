//! The binary `tenanta`. Everything is in the library; this reads the command line.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    server::cli::run(server::cli::Cli::parse())
}
