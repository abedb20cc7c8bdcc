//! A child process that a thread of its own looks after, so that it ends when we do.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::sync::watch;

/// A running child. The system tells it of our death through the *thread* that started it, so that
/// thread must live as long as the child: a worker of the async runtime might not.
#[derive(Debug)]
pub(super) struct Process {
    /// Empty once the child is gone, so that no signal can hit a stranger with its old number.
    running: Arc<Mutex<Option<Pid>>>,
    exit: watch::Receiver<Option<ExitStatus>>,
    /// Closes when the keeper thread is done.
    finished: Mutex<mpsc::Receiver<()>>,
}

impl Process {
    /// Starts `command` in a process group of its own: Ctrl-C in a terminal reaches us, not it.
    pub(super) fn spawn(mut command: Command) -> io::Result<Self> {
        command.process_group(0);
        end_with_parent(&mut command);
        let running = Arc::new(Mutex::new(None));
        let (exit_sender, exit) = watch::channel(None);
        let (finish_sender, finished) = mpsc::channel();
        let (start_sender, started) = mpsc::sync_channel(1);
        let slot = Arc::clone(&running);
        thread::Builder::new().name("postgres-keeper".to_owned()).spawn(move || {
            let _open_until_the_end = finish_sender;
            match command.spawn() {
                Ok(child) => {
                    *lock(&slot) = Some(pid_of(&child));
                    // The starter waits for this message, so it is there to hear it.
                    start_sender.send(Ok(())).ok();
                    exit_sender.send(Some(keep(child, &slot))).ok();
                }
                Err(error) => {
                    start_sender.send(Err(error)).ok();
                }
            }
        })?;
        started.recv().map_err(io::Error::other)??;
        Ok(Self { running, exit, finished: Mutex::new(finished) })
    }

    /// Sends a signal, if the child is still there.
    pub(super) fn signal(&self, signal: Signal) {
        if let Some(pid) = *lock(&self.running) {
            // It may be gone between two instructions; it has then done what we wanted of it.
            kill(pid, signal).ok();
        }
    }

    /// The child's number while it runs.
    pub(super) fn id(&self) -> Option<i32> {
        lock(&self.running).map(Pid::as_raw)
    }

    /// Waits for the end of the child.
    pub(super) async fn exited(&self) -> ExitStatus {
        let mut exit = self.exit.clone();
        let seen = exit.wait_for(Option::is_some).await.map(|status| *status);
        seen.ok().flatten().unwrap_or_default()
    }

    /// Waits for the end of the child, but not longer than `limit`.
    pub(super) async fn exited_within(&self, limit: Duration) -> Option<ExitStatus> {
        tokio::time::timeout(limit, self.exited()).await.ok()
    }

    /// The same where nothing can be awaited.
    pub(super) fn block_until_exit(&self, limit: Duration) {
        let finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        finished.recv_timeout(limit).ok();
    }
}

/// Waits for the child, and forgets its number before the system may give it to another.
fn keep(mut child: Child, slot: &Mutex<Option<Pid>>) -> ExitStatus {
    wait_without_reaping(&child);
    *lock(slot) = None;
    child.wait().unwrap_or_default()
}

#[cfg(target_os = "linux")]
fn wait_without_reaping(child: &Child) {
    use nix::sys::wait::{Id, WaitPidFlag, waitid};
    let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
    while waitid(Id::Pid(pid_of(child)), flags) == Err(nix::errno::Errno::EINTR) {}
}

#[cfg(not(target_os = "linux"))]
fn wait_without_reaping(_child: &Child) {}

/// Asks the system to interrupt the child when its starter dies, however it dies: PostgreSQL then
/// shuts down cleanly even after a `kill -9` of ours.
#[cfg(target_os = "linux")]
#[expect(
    unsafe_code,
    reason = "the only way to set a parent-death signal is between fork and exec"
)]
fn end_with_parent(command: &mut Command) {
    use nix::sys::prctl::set_pdeathsig;
    use nix::unistd::getppid;
    let parent = Pid::this();
    // SAFETY: the closure only makes two system calls, both allowed between fork and exec; it
    // neither allocates nor takes a lock.
    unsafe {
        command.pre_exec(move || {
            set_pdeathsig(Signal::SIGINT)?;
            // The parent may have died before the wish was recorded.
            if getppid() == parent { Ok(()) } else { Err(io::ErrorKind::NotFound.into()) }
        });
    }
}

#[cfg(not(target_os = "linux"))]
fn end_with_parent(_command: &mut Command) {}

fn pid_of(child: &Child) -> Pid {
    Pid::from_raw(i32::try_from(child.id()).expect("process numbers fit pid_t"))
}

fn lock(slot: &Mutex<Option<Pid>>) -> MutexGuard<'_, Option<Pid>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}
