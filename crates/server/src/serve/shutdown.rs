//! Stopping: the first signal asks, the time limit insists, the second signal ends it at once.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::console;

/// The exit code of a program that a signal ended.
const INTERRUPTED: i32 = 130;

/// Whether somebody has asked to stop.
pub(super) struct Stop {
    asked: watch::Receiver<bool>,
}

impl Stop {
    /// Listens for SIGINT and SIGTERM from now on.
    pub(super) fn new() -> Self {
        let (ask, asked) = watch::channel(false);
        tokio::spawn(async move {
            signalled().await;
            console::say("\n  Stopping. Press Ctrl-C again to stop at once.");
            let _ = ask.send(true);
            signalled().await;
            std::process::exit(INTERRUPTED);
        });
        Self { asked }
    }

    /// Ends when somebody asks to stop.
    pub(super) fn asked(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut asked = self.asked.clone();
        async move {
            // The sender lives as long as the process, so an error means nobody can ask.
            if asked.wait_for(|asked| *asked).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Ends when the time that running requests were given is over.
    pub(super) async fn overdue(&self, limit: Duration) {
        self.asked().await;
        tokio::time::sleep(limit).await;
    }
}

async fn signalled() {
    let interrupt = wait(SignalKind::interrupt());
    let terminate = wait(SignalKind::terminate());
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

async fn wait(kind: SignalKind) {
    match signal(kind) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(error) => {
            tracing::warn!(%error, "a signal cannot be listened for");
            std::future::pending::<()>().await;
        }
    }
}
