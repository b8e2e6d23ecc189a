//! `cargo xtask dev`: like `run`, but rebuilds and restarts after every change.

use crate::{
    interrupt::{self, ChildGuard},
    progress::{self, Report},
    run::{self, Options},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use nix::sys::signal::Signal;
use notify::{EventKind, RecursiveMode, Watcher as _};
use std::{
    os::unix::process::CommandExt as _,
    process::Child,
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

const WATCHED: [&str; 9] =
    ["domain", "store", "app", "server", "frontend", "migrations", "style", "assets", "locales"];
/// The time without changes before a build starts, because editors write files in several steps.
const DEBOUNCE: Duration = Duration::from_millis(200);
/// A server that hasn't stopped after this time is killed.
const STOP_TIMEOUT: Duration = Duration::from_secs(15);

/// Builds and serves until Ctrl-C. If a build fails, its output is shown and the previous server keeps running.
pub(crate) fn dev(workspace: &Workspace, report: &mut Report, options: &Options) -> Result<()> {
    run::check(options)?;
    let (send, edits) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let edit = event.is_ok_and(|event| {
            // Reads are events too, and a build reads all files.
            matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_))
        });
        if edit {
            // After the end of `dev`, there is no receiver.
            let _ = send.send(());
        }
    })?;
    for folder in WATCHED.map(|name| workspace.root.join(name)).iter().filter(|folder| folder.is_dir()) {
        watcher
            .watch(folder, RecursiveMode::Recursive)
            .with_context(|| format!("Cannot watch {}", folder.display()))?;
    }

    let mut server: Option<Server> = None;
    while !interrupt::is_stopping() {
        match run::build(workspace, report, options.release, server.is_some()) {
            Ok(()) => {
                // Stop the old server first, because two servers can't share a port.
                drop(server.take());
                server = Some(Server::start(workspace, options)?);
            }
            Err(_) if interrupt::is_stopping() => break,
            Err(error) => {
                progress::explain(&error);
                let stays = if server.is_some() { " The previous server keeps running." } else { "" };
                println!("Waiting for the next change.{stays}");
            }
        }
        wait(&edits, server.as_mut())?;
    }
    Ok(())
}

/// Waits for a change, and then until there are no more changes. Returns early on Ctrl-C.
fn wait(edits: &Receiver<()>, mut server: Option<&mut Server>) -> Result<()> {
    let mut reported = false;
    while !interrupt::is_stopping() {
        if edits.recv_timeout(DEBOUNCE).is_ok() {
            while edits.recv_timeout(DEBOUNCE).is_ok() {}
            return Ok(());
        }
        if let Some(server) = &mut server
            && !reported
            && let Some(status) = server.child.try_wait()?
            && !interrupt::is_stopping()
        {
            println!("The server stopped ({status}). Waiting for the next change.");
            reported = true;
        }
    }
    Ok(())
}

/// A running server. Dropping it stops the server gracefully.
struct Server {
    child: Child,
    guard: ChildGuard,
}

impl Server {
    fn start(workspace: &Workspace, options: &Options) -> Result<Self> {
        let mut command = run::serve(workspace, options)?;
        let child = command.process_group(0).spawn().context("Cannot start the server")?;
        let guard = ChildGuard::new(child.id())?;
        Ok(Self { child, guard })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // If the server has ended, its process ID may belong to another process by now.
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        self.guard.signal(Signal::SIGTERM);
        let signalled = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if signalled.elapsed() > STOP_TIMEOUT {
                self.guard.signal(Signal::SIGKILL);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}
