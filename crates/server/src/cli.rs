//! The command line: sub-commands, and how a failure is told.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::{commands, console, serve};

/// Real PostgreSQL tables for every tenant, designed by the tenant.
#[derive(Parser)]
#[command(name = "tenanta", version, arg_required_else_help = true)]
#[command(about = "Real PostgreSQL tables for every tenant, designed by the tenant")]
#[command(after_help = "Every setting of `tenanta serve` is also an environment variable; \
                        see `tenanta serve --help`.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server, on an embedded PostgreSQL or on one of your own
    Serve(Box<Config>),
    /// Print every problem of a definition file; `-` reads standard input
    Check {
        /// The definition, as JSON
        file: PathBuf,
    },
    /// Print the definition that a file of SQL describes, and what of it does not come in
    Import {
        /// What `pg_dump --schema-only` wrote, or SQL written by hand; `-` reads standard input
        file: PathBuf,
        /// Print the findings too, as JSON beside the definition
        #[arg(long)]
        json: bool,
    },
}

/// Runs a sub-command to its end.
pub fn run(cli: Cli) -> ExitCode {
    match cli.command {
        Command::Check { file } => commands::check::run(&file),
        Command::Import { file, json } => commands::import::run(&file, json),
        Command::Serve(config) => match serve::run(*config) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                console::failure(&error.to_string());
                ExitCode::FAILURE
            }
        },
    }
}
