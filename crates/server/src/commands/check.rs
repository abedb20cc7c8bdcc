//! `tenanta check FILE`: the problems of a definition file, without a database.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use definition::{Document, Problem, Severity};

use crate::ids::RandomIds;

/// Every problem was printed, and none forbids the definition.
const VALID: u8 = 0;
/// The definition has errors.
const INVALID: u8 = 1;
/// The file cannot be read as JSON.
const UNREADABLE: u8 = 2;

/// Prints every problem, one a line. Fails with 1 when the definition has errors, with 2 when the
/// file cannot be read.
pub fn run(file: &Path) -> ExitCode {
    let document = match read(file) {
        Ok(document) => document,
        Err(message) => {
            crate::console::failure(&[&file.display().to_string(), ": ", &message].concat());
            return ExitCode::from(UNREADABLE);
        }
    };
    let checked = Document::parse(&document).check(None, &mut RandomIds);
    let mut out = std::io::stdout().lock();
    let printed =
        checked.problems.iter().try_for_each(|problem| writeln!(out, "{}", line(file, problem)));
    let summary = printed.and_then(|()| writeln!(out, "{}", summary(&checked.problems)));
    // A closed pipe is the reader's choice, not a failure of the check.
    let _ = summary.and_then(|()| out.flush());
    ExitCode::from(if checked.definition.is_some() { VALID } else { INVALID })
}

/// A file with a definition, or with a whole schema as the server answers it.
fn read(file: &Path) -> Result<serde_json::Value, String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let mut value: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| error.to_string())?;
    match value.get_mut("definition") {
        Some(definition) => Ok(definition.take()),
        None => Ok(value),
    }
}

fn line(file: &Path, problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = file.display().to_string();
    let hint = problem.hint.as_deref().map(|hint| [" ", hint].concat()).unwrap_or_default();
    [
        &place,
        ": ",
        severity,
        " ",
        problem.code,
        " at ",
        shown(&problem.path),
        ": ",
        &problem.message,
        ".",
        &hint,
    ]
    .concat()
}

fn shown(path: &str) -> &str {
    if path.is_empty() { "the document" } else { path }
}

fn summary(problems: &[Problem]) -> String {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = problems.len() - errors;
    [&errors.to_string(), " errors, ", &warnings.to_string(), " warnings"].concat()
}
