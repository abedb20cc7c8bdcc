//! The cluster on disk: made once and wholly, or not at all.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use super::account::Account;
use super::binaries::Binaries;
use super::error::EmbeddedError;
use super::folders::{Folders, create_private};
use super::process::Process;

/// The superuser of the cluster. Only the preparation of the database uses it.
pub(super) const SUPERUSER: &str = "tenanta";
/// What the name of a cluster begins with until it is whole.
const HALF_MADE: &str = "postgres.partial-";
/// How much of a program's last words an error quotes.
const QUOTED_CHARS: usize = 400;
/// What marks the lines of a log that tell the cause.
const GRAVE_WORDS: [&str; 5] = ["FATAL", "PANIC", "ERROR", "HINT", "error:"];

/// The major version that made the cluster; `None` when there is none yet.
pub(super) fn made_by(cluster: &Path) -> Result<Option<u32>, EmbeddedError> {
    let file = cluster.join("PG_VERSION");
    if file.exists() {
        let text = fs::read_to_string(&file).map_err(EmbeddedError::folder("read", &file))?;
        return text.trim().parse().map(Some).map_err(|_| foreign(cluster));
    }
    let is_empty = fs::read_dir(cluster).is_ok_and(|mut entries| entries.next().is_none());
    if is_empty || !cluster.exists() { Ok(None) } else { Err(foreign(cluster)) }
}

/// Makes the cluster. It is built beside its place and moved there when it is complete, so that one
/// half made by a killed process is never taken for a whole one.
pub(super) async fn create(
    folders: &Folders,
    account: &Account,
    binaries: &Binaries,
    durable: bool,
) -> Result<(), EmbeddedError> {
    remove_half_made(&folders.home)?;
    // The number keeps the dying `initdb` of a killed predecessor out of what we make here.
    let partial = folders.home.join([HALF_MADE, &std::process::id().to_string()].concat());
    create_private(&partial, account)?;
    let log = folders.home.join("initdb.log");
    run_initdb(&partial, &log, account, binaries, durable).await?;
    if folders.cluster.exists() {
        // It is empty, or `made_by` would have refused it.
        fs::remove_dir(&folders.cluster)
            .map_err(EmbeddedError::folder("replace", &folders.cluster))?;
    }
    fs::rename(&partial, &folders.cluster).map_err(EmbeddedError::folder("rename", &partial))?;
    fs::remove_file(&log).map_err(EmbeddedError::folder("remove", &log))
}

fn remove_half_made(home: &Path) -> Result<(), EmbeddedError> {
    let entries = fs::read_dir(home).map_err(EmbeddedError::folder("read", home))?;
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(HALF_MADE) {
            let path = entry.path();
            fs::remove_dir_all(&path).map_err(EmbeddedError::folder("remove", &path))?;
        }
    }
    Ok(())
}

async fn run_initdb(
    into: &Path,
    log: &Path,
    account: &Account,
    binaries: &Binaries,
    durable: bool,
) -> Result<(), EmbeddedError> {
    let mut command = program(&binaries.initdb(), into, account, log)?;
    command
        .arg("-D")
        .arg(into)
        .args(["-U", SUPERUSER, "-E", "UTF8", "--data-checksums"])
        // Sorting by code point is the same on every system; the character type beside it lets
        // lower(), ILIKE and trigrams know the letters beyond ASCII.
        .args(["--locale=C", "--lc-ctype=C.UTF-8"])
        .args(["--auth-local=trust", "--auth-host=scram-sha-256"]);
    if !durable {
        command.arg("--no-sync");
    }
    let spawned = Process::spawn(command);
    let initdb =
        spawned.map_err(|source| EmbeddedError::Spawn { program: binaries.initdb(), source })?;
    if initdb.exited().await.success() {
        return Ok(());
    }
    let detail = last_words(log, 0);
    if detail.contains("No space left on device") {
        return Err(EmbeddedError::DiskFull { dir: into.to_path_buf() });
    }
    Err(EmbeddedError::InitFailed { detail })
}

/// A command under the database's account, in the cluster's folder, with nothing inherited.
pub(super) fn program(
    path: &Path,
    inside: &Path,
    account: &Account,
    log: &Path,
) -> Result<Command, EmbeddedError> {
    let output = File::options().append(true).create(true).open(log);
    let output = output.map_err(EmbeddedError::folder("open", log))?;
    let errors = output.try_clone().map_err(EmbeddedError::folder("open", log))?;
    let mut command = Command::new(path);
    command
        .current_dir(inside)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors);
    account.run(&mut command);
    Ok(command)
}

/// The last lines of a log after byte `start` that say what went wrong, as one line.
pub(super) fn last_words(log: &Path, start: u64) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    let start = usize::try_from(start).unwrap_or(usize::MAX).min(bytes.len());
    let text = String::from_utf8_lossy(&bytes[start..]);
    let grave = |line: &&str| GRAVE_WORDS.iter().any(|word| line.contains(word));
    let mut lines: Vec<&str> = text.lines().rev().filter(grave).take(2).collect();
    if lines.is_empty() {
        lines = text.lines().rev().take(2).collect();
    }
    lines.reverse();
    lines.join("; ").chars().take(QUOTED_CHARS).collect()
}

fn foreign(cluster: &Path) -> EmbeddedError {
    EmbeddedError::ForeignFolder { dir: cluster.to_path_buf() }
}
