//! Ctrl-C, and the signals that mean the same: the running children are told, and what was started is put away.

use anyhow::{Context, Result, bail};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

/// The code a shell expects of a program that Ctrl-C ended.
pub(crate) const EXIT_CODE: u8 = 130;

static ASKED: AtomicBool = AtomicBool::new(false);
static CHILDREN: Mutex<Vec<i32>> = Mutex::new(Vec::new());

/// Answers Ctrl-C from now on. A second one does not wait for the children.
pub(crate) fn install() -> Result<()> {
    ctrlc::set_handler(|| {
        let again = ASKED.swap(true, Ordering::SeqCst);
        let signal = if again { Signal::SIGKILL } else { Signal::SIGTERM };
        for child in CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            // A child that has just ended needs no signal.
            let _ = killpg(Pid::from_raw(*child), signal);
        }
    })
    .context("Cannot handle Ctrl-C.")
}

/// Whether the person asked to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Fails once the person asked to stop; called between steps.
pub(crate) fn check() -> Result<()> {
    if asked() {
        bail!("Stopped.");
    }
    Ok(())
}

/// A child that leads its own process group and is told about Ctrl-C while this value lives.
pub(crate) struct Told(i32);

impl Told {
    /// `id` must be the process id of a child started with `process_group(0)`.
    pub(crate) fn new(id: u32) -> Result<Self> {
        let id = i32::try_from(id).context("A process id is too large.")?;
        CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).push(id);
        Ok(Self(id))
    }

    /// Asks the child, and what it started, to end.
    pub(crate) fn end(&self, signal: Signal) {
        // A child that has just ended needs no signal.
        let _ = killpg(Pid::from_raw(self.0), signal);
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).retain(|child| *child != self.0);
    }
}
