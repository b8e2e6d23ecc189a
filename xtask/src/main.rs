//! The project's own tools: `cargo xtask run | test | dev | gallery | figures | bench | site | dist`.
//!
//! They contain everything besides cargo that is needed to build Guildhall. So a new machine needs only two
//! commands, and `Cargo.lock` pins the version of each tool.

mod apt;
mod bench;
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
mod slowest;
mod summary;
mod test;
mod wasm_target;
mod workspace;

use clap::{Parser, Subcommand};
use progress::Report;
use std::process::ExitCode;
use workspace::Workspace;

/// Build, run and test Guildhall.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and start Guildhall with a demo community.
    Run(run::Options),
    /// Run all checks and tests, on SQLite, on PostgreSQL and in a browser.
    Test(test::Options),
    /// Like `run`, but rebuild and restart after every change.
    Dev(run::Options),
    /// Take a screenshot of every page and email: target/gallery/index.html.
    Gallery(gallery::Options),
    /// Measure the loading time, layout shift and size of pages.
    Figures(gallery::Figures),
    /// Measure one part of the store on SQLite and PostgreSQL.
    Bench(bench::Options),
    /// Build the files that the browser loads: target/site.
    Site {
        /// Optimise for size, as in a release.
        #[arg(long)]
        release: bool,
    },
    /// Build the binary for distribution: target/dist/guildhall.
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
        Task::Bench(options) => bench::bench(&workspace, &mut report, &options)?,
        Task::Site { release } => {
            wasm_target::ensure(&workspace, &mut report)?;
            let hash = site::build(&workspace, &mut report, site::Options { release, keep_old: false })?;
            println!("target/site/a/{hash}");
        }
        Task::Dist => dist::dist(&workspace, &mut report)?,
    }
    Ok(ExitCode::SUCCESS)
}
