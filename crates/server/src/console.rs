//! What a person at a terminal reads. Everything else goes to the log.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the one place that prints")]

use std::io::Write;

/// A line of progress while something takes its time.
pub(crate) fn progress(line: &str) {
    println!("  · {line}");
    flush();
}

/// Text as it stands.
pub(crate) fn say(text: &str) {
    println!("{text}");
    flush();
}

/// Why the program ends without having done what it was asked.
pub(crate) fn failure(text: &str) {
    eprintln!("tenanta: {text}");
}

/// A reader behind a pipe wants to see a line when it is written; if it has gone, so be it.
fn flush() {
    let _ = std::io::stdout().flush();
}
