//! `cargo xtask gallery`: pictures of every page and letter, taken with Chromium. What is taken stands in
//! `tests/e2e/gallery/pages.mjs`.

use crate::{browser, child, progress::Report, run, workspace::Workspace};
use anyhow::{Context as _, Result};
use clap::Args;
use std::{
    ffi::OsStr,
    path::{PathBuf, absolute},
    process::Command,
};

/// What `gallery` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Where the pictures go [default: target/gallery].
    folder: Option<PathBuf>,
    /// Take only the pictures with this in their name: `--only event-full`, `--only 360-dark`.
    #[arg(long, value_name = "WORD")]
    only: Option<String>,
}

/// Takes the pictures; fails when a page did not answer as it should, complained, or is too wide.
pub(crate) fn gallery(workspace: &Workspace, report: &mut Report, options: &Options) -> Result<()> {
    let folder = match &options.folder {
        Some(folder) => absolute(folder).context("The folder for the pictures cannot be named")?,
        None => workspace.target.join("gallery"),
    };
    let mut arguments = vec![folder.as_os_str()];
    arguments.extend(options.only.as_deref().map(OsStr::new));
    drive(workspace, report, "gallery.mjs", &arguments)
}

/// Builds the portal, then runs a script of tests/e2e that starts it and looks at it with Chromium.
fn drive(workspace: &Workspace, report: &mut Report, script: &str, arguments: &[&OsStr]) -> Result<()> {
    browser::check_node()?;
    run::compiler()?;
    run::build(workspace, report, false, false)?;
    let folder = workspace.root.join("tests/e2e");
    report.step("fetch the packages from npm", |line| browser::packages(&folder, line))?;
    let chromium = report.step("find Chromium", browser::chromium)?;
    let mut node = Command::new("node");
    node.arg(script).args(arguments).current_dir(folder);
    node.env("GUILDHALL_BIN", workspace.server("debug")).env("GUILDHALL_CHROMIUM", chromium);
    child::show(node)
}
