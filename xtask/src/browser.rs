//! Provides what the browser tests need: Node, npm packages and Chromium.

use crate::{apt, child, progress::Line, workspace::program};
use anyhow::{Context, Result, bail};
use sha2::{Digest as _, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const OLDEST_NODE: u32 = 20;

/// Checks that Node and npm are installed and that Node is new enough.
pub(crate) fn check_node() -> Result<()> {
    let mut node = Command::new("node");
    node.arg("--version");
    let version = child::stdout(node).ok().and_then(|text| major(&text));
    match version {
        Some(version) if version >= OLDEST_NODE && program("npm").is_some() => Ok(()),
        _ => {
            bail!("The browser tests need Node {OLDEST_NODE} or newer with npm. Install it and try again.")
        }
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs the packages of the lock file, unless they are installed already.
pub(crate) fn packages(folder: &Path, line: &Line) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json")).context(
        "tests/e2e/package-lock.json is missing. Run `npm install` in tests/e2e and commit the file.",
    )?;
    let wanted: String = Sha256::digest(&lock).iter().map(|byte| format!("{byte:02x}")).collect();
    let stamp = folder.join("node_modules/.guildhall-lock");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder);
    // The tests use the Chromium of this machine.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    child::run(npm, line)?;
    fs::write(stamp, wanted)?;
    Ok(())
}

/// The path of Chromium. Installs it first, if it is missing and apt can be used.
pub(crate) fn chromium(line: &Line) -> Result<PathBuf> {
    let find = || ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| program(name));
    if let Some(path) = find() {
        return Ok(path);
    }
    if apt::usable() {
        apt::install("chromium", line)?;
    }
    find().context("The browser tests need Chromium. Install `chromium` or `google-chrome` and try again.")
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!(major("v20.19.2\n"), Some(20));
        assert_eq!(major("unknown"), None);
    }
}
