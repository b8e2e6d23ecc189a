//! `cargo xtask dist`: builds the binary for distribution.

use crate::{child, progress::Report, run, site, wasm_target, workspace::Workspace};
use anyhow::{Context as _, Result};
use std::fs;

/// Builds the site and the server for release, and prints the path and the size of the binary.
pub(crate) fn dist(workspace: &Workspace, report: &mut Report) -> Result<()> {
    run::compiler()?;
    wasm_target::ensure(workspace, report)?;
    site::build(workspace, report, site::Options { release: true, keep_old: false })?;
    report.step("build the server", |line| {
        child::run(workspace.cargo(["build", "--profile", "dist", "-p", "server"]), line)
    })?;
    let built = workspace.server("dist");
    let target = workspace.root.join("target/dist/guildhall");
    // Without CARGO_TARGET_DIR, the paths are the same, and copying a file to itself would empty it.
    if built != target {
        fs::create_dir_all(workspace.root.join("target/dist"))?;
        fs::copy(&built, &target).with_context(|| format!("Cannot copy {}", built.display()))?;
    }
    let size = fs::metadata(&target).context("The built server is missing")?.len();
    println!("target/dist/guildhall: {:.1} MB", size as f64 / 1_000_000.0);
    Ok(())
}
