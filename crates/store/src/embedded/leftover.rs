//! A server left over from an earlier run. Ours ends with its parent by itself; this deals with the
//! one that is still at it, and with the traces of one that was killed.

use std::fs;
use std::path::Path;
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::{Instant, sleep};

use super::error::EmbeddedError;
use super::folders::Folders;

/// What is tried in turn with a leftover server, and how long each may take: it first gets the time
/// to finish the shutdown that the death of its parent began.
const PERSUASION: [(Option<Signal>, Duration); 3] = [
    (None, Duration::from_secs(2)),
    (Some(Signal::SIGINT), Duration::from_secs(30)),
    (Some(Signal::SIGQUIT), Duration::from_secs(10)),
];
/// How often its end is looked for. It is no child of ours, so nothing tells us.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Ends a leftover server of this cluster. The caller holds the data folder's lock, so nobody else
/// can have started it for use.
pub(super) async fn settle(
    folders: &Folders,
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<(), EmbeddedError> {
    let pid_file = folders.cluster.join("postmaster.pid");
    let Some(pid) = recorded_pid(&pid_file) else { return Ok(()) };
    if serves(pid, &folders.cluster) {
        progress("Ending a PostgreSQL left over from an earlier run");
        return end(pid, &folders.cluster).await;
    }
    // The number may meanwhile belong to a stranger, which PostgreSQL would take for a running
    // server; the file is what misleads it.
    match fs::remove_file(&pid_file) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(EmbeddedError::folder("remove", &pid_file)(error)),
    }
}

async fn end(pid: Pid, cluster: &Path) -> Result<(), EmbeddedError> {
    for (signal, limit) in PERSUASION {
        if let Some(signal) = signal {
            // It may have gone this instant, which is what we want.
            kill(pid, signal).ok();
        }
        let until = Instant::now() + limit;
        while Instant::now() < until {
            if !serves(pid, cluster) {
                return Ok(());
            }
            sleep(LOOK_EVERY).await;
        }
    }
    Err(EmbeddedError::Leftover { pid: pid.as_raw() })
}

/// The first line of `postmaster.pid`.
fn recorded_pid(pid_file: &Path) -> Option<Pid> {
    let text = fs::read_to_string(pid_file).ok()?;
    let number: i32 = text.lines().next()?.trim().parse().ok()?;
    (number > 1).then(|| Pid::from_raw(number))
}

/// Whether process `pid` is there and is the server of this cluster: a server's working folder is
/// its cluster.
#[cfg(target_os = "linux")]
fn serves(pid: Pid, cluster: &Path) -> bool {
    is_alive(pid) && fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder == cluster)
}

/// Elsewhere the working folder of another process cannot be read; a living one is believed.
#[cfg(not(target_os = "linux"))]
fn serves(pid: Pid, _cluster: &Path) -> bool {
    is_alive(pid)
}

fn is_alive(pid: Pid) -> bool {
    !matches!(kill(pid, None), Err(Errno::ESRCH))
}
