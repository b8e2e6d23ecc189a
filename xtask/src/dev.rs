//! `cargo xtask dev`: like `run`, and again after every edit.

use crate::{
    interrupt::{self, Told},
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
/// An editor writes a file in several goes.
const QUIET: Duration = Duration::from_millis(200);
/// A server that does not end by then is ended.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Builds and serves until Ctrl-C. A build that fails is shown, and the server before it stays.
pub(crate) fn dev(workspace: &Workspace, report: &mut Report, options: &Options) -> Result<()> {
    run::check(options)?;
    let (send, edits) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let edit = event.is_ok_and(|event| {
            // Reading is an event too, and building reads everything.
            matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_))
        });
        if edit {
            // Nobody listens once the call has ended.
            let _ = send.send(());
        }
    })?;
    for folder in WATCHED.map(|name| workspace.root.join(name)).iter().filter(|folder| folder.is_dir()) {
        watcher
            .watch(folder, RecursiveMode::Recursive)
            .with_context(|| format!("Cannot watch {}", folder.display()))?;
    }

    let mut server: Option<Server> = None;
    while !interrupt::asked() {
        match run::build(workspace, report, options.release, server.is_some()) {
            Ok(()) => {
                // Two servers cannot share a port: the old one goes first.
                drop(server.take());
                server = Some(Server::start(workspace, options)?);
            }
            Err(_) if interrupt::asked() => break,
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

/// Waits for an edit, and then until the editor has finished; ends early on Ctrl-C.
fn wait(edits: &Receiver<()>, mut server: Option<&mut Server>) -> Result<()> {
    let mut said = false;
    while !interrupt::asked() {
        if edits.recv_timeout(QUIET).is_ok() {
            while edits.recv_timeout(QUIET).is_ok() {}
            return Ok(());
        }
        if let Some(server) = &mut server
            && !said
            && let Some(status) = server.child.try_wait()?
            && !interrupt::asked()
        {
            println!("The server stopped ({status}). Waiting for the next change.");
            said = true;
        }
    }
    Ok(())
}

/// A running server; dropping it lets it finish what it is doing.
struct Server {
    child: Child,
    told: Told,
}

impl Server {
    fn start(workspace: &Workspace, options: &Options) -> Result<Self> {
        let mut command = run::serve(workspace, options)?;
        let child = command.process_group(0).spawn().context("Cannot start the server")?;
        let told = Told::new(child.id())?;
        Ok(Self { child, told })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already ended, and its id may be another's by now.
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        self.told.end(Signal::SIGTERM);
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if asked.elapsed() > TIMEOUT {
                self.told.end(Signal::SIGKILL);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}
