//! `cargo xtask gallery | figures`: takes screenshots of the portal and measures its pages with Chromium.
//! `tests/e2e/gallery/pages.mjs` and `tests/e2e/figures.mjs` list the pages.

use crate::{browser, child, progress::Report, run, workspace::Workspace};
use anyhow::{Context as _, Result};
use clap::Args;
use std::{
    ffi::OsStr,
    path::{PathBuf, absolute},
    process::Command,
};

/// The arguments of `gallery`.
#[derive(Args)]
pub(crate) struct Options {
    /// The folder for the screenshots [default: target/gallery, or docs with --readme].
    folder: Option<PathBuf>,
    /// Take only screenshots whose name contains this text, for example `--only event-full` or `--only 360-dark`.
    #[arg(long, value_name = "WORD")]
    only: Option<String>,
    /// Take the two pictures of the README instead.
    #[arg(long, conflicts_with = "only")]
    readme: bool,
}

/// The arguments of `figures`.
#[derive(Args)]
pub(crate) struct Figures {
    /// How many times to measure each page.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    runs: u8,
}

/// Takes the screenshots. Fails if a page has the wrong status, logs an error or is too wide.
pub(crate) fn gallery(workspace: &Workspace, report: &mut Report, options: &Options) -> Result<()> {
    let folder = match &options.folder {
        Some(folder) => absolute(folder).context("Cannot resolve the folder for the screenshots")?,
        None if options.readme => workspace.root.join("docs"),
        None => workspace.target.join("gallery"),
    };
    if options.readme {
        return drive(workspace, report, "readme.mjs", &[folder.as_os_str()]);
    }
    let mut arguments = vec![folder.as_os_str()];
    arguments.extend(options.only.as_deref().map(OsStr::new));
    drive(workspace, report, "gallery.mjs", &arguments)
}

/// Measures pages. Fails if the layout shifts or if scripts run before the first paint.
pub(crate) fn figures(workspace: &Workspace, report: &mut Report, options: &Figures) -> Result<()> {
    drive(workspace, report, "figures.mjs", &[OsStr::new(&options.runs.to_string())])
}

/// Builds the portal, then runs a script in tests/e2e that starts the portal and opens it with Chromium.
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
