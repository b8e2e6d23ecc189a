//! `cargo xtask test`: runs all checks and tests, the fastest first.

use crate::{
    browser,
    child::{self, Failed},
    drift,
    postgres::Postgres,
    progress::{self, Report},
    run, site,
    slowest::{self, Timed},
    summary::{self, Tests},
    wasm_target,
    workspace::Workspace,
};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    thread,
    time::{Duration, Instant},
};

/// The arguments of `test`.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only tests whose name contains this text, and skip checks that are not tests.
    filter: Option<String>,
    /// Run only one part.
    #[arg(long, value_enum)]
    only: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting, clippy, unused dependencies.
    Lint,
    /// The Rust tests, on SQLite and PostgreSQL.
    Unit,
    /// The browser tests.
    Browser,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        match self.only {
            Some(only) => only == part,
            None => part != Part::Lint || self.filter.is_none(),
        }
    }
}

/// Runs all checks until one fails. Ends with the time of each part, the slowest tests, and the number of tests in
/// the last line.
pub(crate) fn test(workspace: &Workspace, report: &mut Report, options: &Options) -> ExitCode {
    let mut session = Session { workspace, report, options, tests: Tests::default(), times: Vec::new() };
    let mut code = ExitCode::SUCCESS;
    if let Err(error) = session.everything() {
        code = progress::explain(&error);
    }
    let (tests, times) = (session.tests, session.times);
    println!("\n{}\n{}", report.table(), slowest::table(times));
    if tests != Tests::default() {
        println!("{tests}");
    }
    code
}

struct Session<'a> {
    workspace: &'a Workspace,
    report: &'a mut Report,
    options: &'a Options,
    tests: Tests,
    times: Vec<Timed>,
}

impl Session<'_> {
    fn everything(&mut self) -> Result<()> {
        let browser = self.workspace.root.join("tests/e2e");
        if self.options.only != Some(Part::Lint) {
            // Check this first, because it would only fail after minutes of building.
            if !browser.is_dir() {
                bail!(
                    "The browser tests are missing, because there is no folder tests/e2e. Restore it and try again."
                );
            }
            browser::check_node()?;
        }
        run::compiler()?;
        if self.options.wants(Part::Lint) {
            self.report.part("lint");
            self.cargo("check the formatting", &["fmt", "--all", "--check"])?;
            self.report
                .step("look for unused code and dependencies", |_| drift::dependencies(self.workspace))?;
        }
        // The server embeds the site, so even clippy needs it.
        self.report.part("site");
        wasm_target::ensure(self.workspace, self.report)?;
        site::build(self.workspace, self.report, site::Options { release: false, keep_old: false })?;
        if self.options.wants(Part::Lint) {
            self.report.part("lint");
            let deny = ["--", "-D", "warnings"];
            self.cargo("lint the server code", &[&["clippy", "--all-targets"], &deny[..]].concat())?;
            let wasm = ["clippy", "-p", "frontend", "--target", wasm_target::TARGET];
            self.cargo("lint the browser code", &[&wasm, &deny[..]].concat())?;
            self.cargo("lint the tools", &[&["clippy", "-p", "xtask", "--all-targets"], &deny[..]].concat())?;
        }
        if self.options.only != Some(Part::Lint) {
            self.report.part("build");
            // One command for both, so that no dependency is compiled with two sets of features.
            self.cargo("build the tests and the server", &["build", "--bins", "--tests"])?;
            self.report.part("services");
            let postgres = self.report.step("start a private PostgreSQL", Postgres::start)?;
            // The Rust tests of emails and sign-in use servers from npm.
            self.report.step("fetch the packages from npm", |line| browser::packages(&browser, line))?;
            if self.options.wants(Part::Unit) {
                self.report.part("Rust tests");
                self.unit(&postgres)?;
            }
            if self.options.wants(Part::Browser) {
                self.report.part("browser tests");
                self.browser(&postgres, &browser)?;
            }
            if self.tests == Tests::default() {
                bail!("No test ran. Check the filter.");
            }
        }
        Ok(())
    }

    fn unit(&mut self, postgres: &Postgres) -> Result<()> {
        let seen = self.workspace.target.join("snapshots.txt");
        if seen.exists() {
            fs::remove_file(&seen)?;
        }
        let filter = self.options.filter.as_deref();
        let command = |arguments: &[&str]| {
            let mut command = self.workspace.cargo([]);
            command.args(arguments).args(filter);
            command.env("GUILDHALL_TEST_POSTGRES", &postgres.url).env("GUILDHALL_BIN", self.server());
            command.env("INSTA_UPDATE", "no").env("INSTA_SNAPSHOT_REFERENCES_FILE", &seen);
            command.env("CARGO_TERM_COLOR", "never").env("RUST_TEST_THREADS", at_once().to_string());
            command
        };
        let tools = command(&["test", "-p", "xtask", "--no-fail-fast"]);
        let documentation = command(&["test", "--doc", "--no-fail-fast"]);
        // Not nextest: it runs each test in its own process, which would create the demo data again each time.
        let main = command(&["test", "--bins", "--tests", "--no-fail-fast"]);
        self.tests("test the tools", tools, summary::cargo)?;
        self.tests("run Rust tests on SQLite and PostgreSQL", main, summary::cargo)?;
        self.tests("test the examples in the documentation", documentation, summary::cargo)?;
        if filter.is_none() {
            self.report.step("look for unused snapshots", |_| drift::snapshots(self.workspace, &seen))?;
        }
        Ok(())
    }

    fn browser(&mut self, postgres: &Postgres, folder: &Path) -> Result<()> {
        let chromium = self.report.step("find Chromium", browser::chromium)?;
        let times = self.workspace.target.join("browser-tests.json");
        let mut playwright = Command::new("npx");
        playwright.current_dir(folder).args([
            "--no-install",
            "playwright",
            "test",
            "--reporter",
            "list,json",
        ]);
        if let Some(filter) = &self.options.filter {
            playwright.args(["--pass-with-no-tests", "--grep", filter]);
        }
        playwright
            .env("GUILDHALL_TEST_POSTGRES", &postgres.url)
            .env("GUILDHALL_BIN", self.server())
            .env("GUILDHALL_CHROMIUM", chromium)
            .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &times)
            .env_remove("FORCE_COLOR")
            .env("NO_COLOR", "1");
        let result = self.tests("run the browser tests", playwright, summary::playwright);
        // A failed test is more important than missing times.
        let times = slowest::playwright(&times);
        result?;
        self.times.extend(times?);
        Ok(())
    }

    fn server(&self) -> PathBuf {
        self.workspace.server("debug")
    }

    fn cargo(&mut self, what: &str, arguments: &[&str]) -> Result<()> {
        let mut cargo = self.workspace.cargo([]);
        cargo.args(arguments);
        self.report.step(what, |line| child::run(cargo, line))?;
        Ok(())
    }

    /// Runs tests and counts them, even if some fail.
    fn tests(&mut self, what: &str, command: Command, count: fn(&str) -> Tests) -> Result<()> {
        let started = Instant::now();
        let mut lines: Vec<(Duration, String)> = Vec::new();
        let note = |text: &str| lines.push((started.elapsed(), text.to_owned()));
        let result = self.report.step(what, |line| child::watch(command, line, note));
        self.times.extend(slowest::cargo(&lines, at_once()));
        match &result {
            Ok(output) => self.tests += count(output),
            Err(error) => {
                if let Some(failed) = error.downcast_ref::<Failed>() {
                    self.tests += count(&failed.output);
                }
            }
        }
        result.map(|_| ())
    }
}

/// How many Rust tests run at the same time.
fn at_once() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
