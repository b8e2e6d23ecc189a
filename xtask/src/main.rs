//! The project's own tools: `cargo xtask run | test | dev | gallery | figures | site | dist`.
//!
//! Everything a person needs to build Guildhall besides cargo itself is here, so that a bare machine works with two
//! commands and the version of each tool is in `Cargo.lock`.

mod apt;
mod browser;
mod build_std;
mod child;
mod compress;
mod css;
mod dev;
mod dist;
mod drift;
mod gallery;
mod interrupt;
mod postgres;
mod progress;
mod run;
mod site;
mod summary;
mod test;
mod wasm_target;
mod workspace;

use clap::{Parser, Subcommand};
use progress::Report;
use std::process::ExitCode;
use workspace::Workspace;

/// Guildhall's own tools.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and start a community filled with demo data.
    Run(run::Options),
    /// Check and test everything, on both database engines and in a browser.
    Test(test::Options),
    /// Like `run`, and again after every edit.
    Dev(run::Options),
    /// Take a picture of every page and letter, to be looked at: target/gallery/index.html.
    Gallery(gallery::Options),
    /// Measure how fast pages are, how still they stand and what they weigh.
    Figures(gallery::Figures),
    /// Build what the browser loads into `target/site`.
    Site {
        /// Optimise for size, as for people.
        #[arg(long)]
        release: bool,
    },
    /// Build the one file that is handed out: `target/dist/guildhall`.
    Dist,
}

fn main() -> ExitCode {
    match start(Cli::parse()) {
        Ok(code) => code,
        Err(error) => progress::explain(&error),
    }
}

fn start(cli: Cli) -> anyhow::Result<ExitCode> {
    interrupt::install()?;
    let workspace = Workspace::find()?;
    let mut report = Report::new();
    match cli.command {
        Task::Run(options) => run::run(&workspace, &mut report, &options)?,
        Task::Test(options) => return Ok(test::test(&workspace, &mut report, &options)),
        Task::Dev(options) => dev::dev(&workspace, &mut report, &options)?,
        Task::Gallery(options) => gallery::gallery(&workspace, &mut report, &options)?,
        Task::Figures(options) => gallery::figures(&workspace, &mut report, &options)?,
        Task::Site { release } => {
            wasm_target::ensure(&workspace, &mut report)?;
            let hash = site::build(&workspace, &mut report, site::Options { release, keep_old: false })?;
            println!("target/site/a/{hash}");
        }
        Task::Dist => dist::dist(&workspace, &mut report)?,
    }
    Ok(ExitCode::SUCCESS)
}
