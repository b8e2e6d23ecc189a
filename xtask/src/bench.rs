//! `cargo xtask bench NAME`: runs a benchmark of tests/benches on SQLite and PostgreSQL, and prints one table.

use crate::{
    apt, child,
    postgres::Postgres,
    progress::Report,
    run, site, wasm_target,
    workspace::{Workspace, program},
};
use anyhow::Result;
use clap::Args;

/// The arguments of `bench`.
#[derive(Args)]
pub(crate) struct Options {
    /// The benchmark. Each has a file in tests/benches.
    name: String,
    /// The number of records to make, for example members. Each benchmark has its own default.
    #[arg(long)]
    size: Option<u32>,
    /// Don't optimise, for trying out a new benchmark. Its times mean nothing.
    #[arg(long)]
    debug: bool,
}

/// Builds and runs the benchmark.
pub(crate) fn bench(workspace: &Workspace, report: &mut Report, options: &Options) -> Result<()> {
    run::compiler()?;
    // The server is part of the program and embeds the site.
    wasm_target::ensure(workspace, report)?;
    site::build(workspace, report, site::Options { release: options.name == "load", keep_old: false })?;
    let profile = if options.debug { "dev" } else { "bench" };
    let command =
        || workspace.cargo(["bench", "--quiet", "-p", "tests", "--bench", "bench", "--profile", profile]);
    let mut build = command();
    build.arg("--no-run");
    report.step("build the benchmarks", |line| child::run(build, line))?;
    // The load runs against the server as a process of its own.
    let is_load = options.name == "load";
    if is_load {
        let mut server =
            workspace.cargo(["build", "-p", "server", "--bin", "guildhall", "--profile", profile]);
        server.arg("--quiet");
        report.step("build the server", |line| child::run(server, line))?;
        if program("wrk").is_none() && apt::usable() {
            report.step("install wrk", |line| apt::install("wrk", line))?;
        }
    }
    // What is measured there is how many changes are on disk in a second.
    let is_durable = options.name == "kudos" || is_load;
    let start = if is_durable { Postgres::start_durable } else { Postgres::start };
    let postgres = report.step("start a private PostgreSQL", start)?;
    let mut bench = command();
    bench.arg("--").arg(&options.name).args(options.size.map(|size| size.to_string()));
    bench.env("GUILDHALL_TEST_POSTGRES", &postgres.url);
    bench.env("GUILDHALL_BIN", workspace.server(if options.debug { "debug" } else { "release" }));
    child::show(bench)
}
