//! The log: structured, on standard error, so that standard output stays for people.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// What talks about its own work is heard only when it is asked for by name.
const QUIET: &str = "refinery_core=warn";

/// Starts logging for the rest of the process.
pub(crate) fn start(config: &Config) -> Result<(), String> {
    let filter = EnvFilter::try_new([QUIET, &config.log].join(","))
        .map_err(|error| ["--log cannot be read: ", &error.to_string()].concat())?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let started = match config.log_format {
        LogFormat::Text => builder.with_target(false).compact().try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    // A second start in one process, as tests do, keeps the first log.
    if let Err(error) = started {
        tracing::debug!(%error, "logging had started before");
    }
    Ok(())
}
