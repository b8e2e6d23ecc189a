//! `cargo xtask dist`: the one file that is handed out.

use crate::{child, progress::Report, run, site, wasm_target, workspace::Workspace};
use anyhow::{Context as _, Result};
use std::fs;

/// Builds the site and the server for people, and says where the file is.
pub(crate) fn dist(workspace: &Workspace, report: &mut Report) -> Result<()> {
    run::compiler()?;
    wasm_target::ensure(workspace, report)?;
    site::build(workspace, report, site::Options { release: true, keep_old: false })?;
    report.step("build the server", |line| {
        child::run(workspace.cargo(["build", "--profile", "dist", "-p", "server"]), line)
    })?;
    let built = workspace.server("dist");
    let place = workspace.root.join("target/dist/guildhall");
    // Without CARGO_TARGET_DIR it is there already, and a file copied onto itself would be emptied.
    if built != place {
        fs::create_dir_all(workspace.root.join("target/dist"))?;
        fs::copy(&built, &place).with_context(|| format!("Cannot copy {}", built.display()))?;
    }
    let size = fs::metadata(&place).context("The built server is missing")?.len();
    println!("target/dist/guildhall: {:.1} MB", size as f64 / 1_000_000.0);
    Ok(())
}
