//! Handles Ctrl-C and similar signals: stops the running children, so that everything is cleaned up.

use anyhow::{Context, Result, bail};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

/// The exit code that shells expect of a program that was ended by Ctrl-C.
pub(crate) const EXIT_CODE: u8 = 130;

static STOPPING: AtomicBool = AtomicBool::new(false);
static CHILDREN: Mutex<Vec<i32>> = Mutex::new(Vec::new());

/// Handles Ctrl-C from now on. A second Ctrl-C kills the children.
pub(crate) fn install() -> Result<()> {
    ctrlc::set_handler(|| {
        let again = STOPPING.swap(true, Ordering::SeqCst);
        let signal = if again { Signal::SIGKILL } else { Signal::SIGTERM };
        for child in CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            // A child that has just ended needs no signal.
            let _ = killpg(Pid::from_raw(*child), signal);
        }
    })
    .context("Cannot handle Ctrl-C.")
}

/// Whether Ctrl-C was pressed.
pub(crate) fn is_stopping() -> bool {
    STOPPING.load(Ordering::SeqCst)
}

/// Fails if Ctrl-C was pressed. Called between steps.
pub(crate) fn check() -> Result<()> {
    if is_stopping() {
        bail!("Stopped.");
    }
    Ok(())
}

/// Registers a child that leads its own process group. It gets a signal on Ctrl-C until this value is dropped.
pub(crate) struct ChildGuard(i32);

impl ChildGuard {
    /// `id` is the process ID of a child that was started with `process_group(0)`.
    pub(crate) fn new(id: u32) -> Result<Self> {
        let id = i32::try_from(id).context("A process id is too large.")?;
        CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).push(id);
        Ok(Self(id))
    }

    /// Sends a signal to the child and its process group.
    pub(crate) fn signal(&self, signal: Signal) {
        // A child that has just ended needs no signal.
        let _ = killpg(Pid::from_raw(self.0), signal);
    }
}

impl Drop for ChildGuard {
    fn drop(&mut self) {
        CHILDREN.lock().unwrap_or_else(PoisonError::into_inner).retain(|child| *child != self.0);
    }
}
