//! `cargo xtask bench NAME`: runs a benchmark of tests/benches on SQLite and PostgreSQL, and prints one table.

use crate::{
    apt, child,
    postgres::Postgres,
    progress::Report,
    run, site, wasm_target,
    workspace::{Workspace, program},
};
use anyhow::{Context as _, Result};
use clap::Args;
use serde_json::Value;
use std::process::Command;

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

/// The benchmarks of changes, which must be on disk when they are confirmed, and of the server as a process of its own.
const DURABLE: &[&str] = &["emails", "growth", "kudos", "load", "overload", "rush"];

/// Builds and runs the benchmark.
pub(crate) fn bench(workspace: &Workspace, report: &mut Report, options: &Options) -> Result<()> {
    run::compiler()?;
    // The server is part of the program and embeds the site.
    wasm_target::ensure(workspace, report)?;
    site::build(workspace, report, site::Options { release: options.name == "load", keep_old: false })?;
    // One command for both, so that no dependency is compiled with two sets of features.
    let profile = if options.debug { "dev" } else { "bench" };
    let mut build =
        workspace.cargo(["build", "-p", "tests", "-p", "server", "--bench", "bench", "--bin", "guildhall"]);
    build.args(["--profile", profile, "--message-format", "json-render-diagnostics"]);
    let messages = report.step("build the benchmarks", |line| child::run(build, line))?;
    let program_of_benchmarks =
        executable(&messages).context("Cargo named no program for the benchmarks.")?;
    if options.name == "load" && program("wrk").is_none() && apt::usable() {
        report.step("install wrk", |line| apt::install("wrk", line))?;
    }
    let start =
        if DURABLE.contains(&options.name.as_str()) { Postgres::start_durable } else { Postgres::start };
    let postgres = report.step("start a private PostgreSQL", start)?;
    let mut bench = Command::new(program_of_benchmarks);
    bench.current_dir(workspace.root.join("tests"));
    bench.arg(&options.name).args(options.size.map(|size| size.to_string()));
    bench.env("GUILDHALL_TEST_POSTGRES", &postgres.url);
    bench.env("GUILDHALL_BIN", workspace.server(if options.debug { "debug" } else { "release" }));
    child::show(bench)
}

/// The program of the benchmarks, from the messages of cargo.
fn executable(messages: &str) -> Option<String> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut benches = messages.filter(|message| message["target"]["kind"][0] == "bench");
    benches.find_map(|message| message["executable"].as_str().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::executable;

    #[test]
    fn the_program_of_the_benchmarks_is_found() {
        let messages = r#"a line that is no message
{"target":{"kind":["bin"]},"executable":"/target/guildhall"}
{"target":{"kind":["bench"]},"executable":"/target/bench-1"}"#;
        assert_eq!(executable(messages).as_deref(), Some("/target/bench-1"));
        assert_eq!(executable(r#"{"target":{"kind":["bin"]},"executable":"/target/guildhall"}"#), None);
    }
}
