//! `tenanta import FILE.sql`: the definition that a file of SQL describes, without a database.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use interchange::{Finding, Imported, Severity};

/// Everything came in; what was left out says nothing about tables.
const WHOLE: u8 = 0;
/// Something was left out or changed.
const INCOMPLETE: u8 = 1;
/// The file cannot be read.
const UNREADABLE: u8 = 2;

/// Prints the document to standard output and every finding, one a line, to standard error; with
/// `json`, both as one object to standard output. Fails with 1 when something that tells how the
/// data behaves was left out or changed, with 2 when the file cannot be read.
pub fn run(file: &Path, json: bool) -> ExitCode {
    let source = match read(file) {
        Ok(source) => source,
        Err(error) => {
            let message = [&file.display().to_string(), ": ", &error.to_string()].concat();
            crate::console::failure(&message);
            return ExitCode::from(UNREADABLE);
        }
    };
    let imported = interchange::sql::import(&source);
    // A closed pipe is the reader's choice, not a failure of the import.
    let _ = print(file, &imported, json);
    let lost = imported.findings.iter().any(|finding| finding.severity != Severity::Info);
    ExitCode::from(if lost { INCOMPLETE } else { WHOLE })
}

fn read(file: &Path) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file)?;
    }
    // Data of an old dump may be in another encoding; names and types hardly ever are.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn print(file: &Path, imported: &Imported, json: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, imported)?;
    } else {
        let mut told = std::io::stderr().lock();
        for finding in &imported.findings {
            writeln!(told, "{}", line(file, finding))?;
        }
        serde_json::to_writer_pretty(&mut out, &imported.document)?;
    }
    writeln!(out)?;
    out.flush()
}

fn line(file: &Path, finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let Finding { line, code, message, .. } = finding;
    let file = file.display();
    format!("{file}:{line}: {severity} {code}: {message}")
}
