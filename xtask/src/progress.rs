//! Shows progress: one line for each step, and errors.

use crate::{child::Failed, interrupt};
use anyhow::{Error, Result};
use std::{
    collections::BTreeSet,
    env,
    fmt::Write as _,
    io::{IsTerminal as _, Write as _, stderr, stdout},
    process::ExitCode,
    time::{Duration, Instant},
};

/// Name, time and detail together are shorter than 80 columns, because a wrapped line can't be rewritten.
const WIDTH: usize = 42;
const DETAIL: usize = 26;

/// The steps so far, with the time that each took.
pub(crate) struct Report {
    steps: Vec<(&'static str, String, Duration)>,
    part: &'static str,
    terminal: bool,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self { steps: Vec::new(), part: "", terminal: stdout().is_terminal() }
    }

    /// The steps from now on belong to this part. A part can be continued later.
    pub(crate) fn part(&mut self, part: &'static str) {
        self.part = part;
    }

    /// Runs a step and shows its name and how long it took.
    pub(crate) fn step<T>(&mut self, what: &str, work: impl FnOnce(&Line) -> Result<T>) -> Result<T> {
        interrupt::check()?;
        let line = Line { what: what.to_owned(), since: Instant::now(), terminal: self.terminal };
        print!("{what:<WIDTH$}");
        let _ = stdout().flush();
        let result = work(&line);
        let took = line.since.elapsed();
        // On a terminal, the line was rewritten with details, so clear it.
        let start = if self.terminal { format!("\r\x1b[2K{what:<WIDTH$}") } else { String::new() };
        let mark = if result.is_ok() { "" } else { "  failed" };
        println!("{start}{}", colour(self.terminal, result.is_ok(), &format!("{}{mark}", seconds(took))));
        self.steps.push((self.part, what.to_owned(), took));
        result
    }

    /// The parts so far, each with its time and its steps, and the sum.
    pub(crate) fn table(&self) -> String {
        let mut parts: Vec<&str> = self.steps.iter().map(|(part, ..)| *part).collect();
        let mut known = BTreeSet::new();
        parts.retain(|part| known.insert(*part));
        let mut table = String::new();
        for part in parts {
            let steps = self.steps.iter().filter(|(of, ..)| *of == part);
            let sum = steps.clone().map(|(.., took)| *took).sum();
            let _ = writeln!(table, "{part:<WIDTH$}{}", seconds(sum));
            for (_, what, took) in steps {
                let _ = writeln!(table, "  {what:<WIDTH$}{}", seconds(*took));
            }
        }
        let total = self.steps.iter().map(|(.., took)| *took).sum();
        let _ = writeln!(table, "{:<WIDTH$}{}", "total", seconds(total));
        table
    }
}

/// The line of the current step.
pub(crate) struct Line {
    what: String,
    since: Instant,
    terminal: bool,
}

impl Line {
    #[cfg(test)]
    pub(crate) fn silent() -> Self {
        Self { what: String::new(), since: Instant::now(), terminal: false }
    }

    /// Shows a detail of the current step. Does nothing if the output isn't a terminal.
    pub(crate) fn busy_with(&self, detail: &str) {
        if self.terminal {
            let detail: String = detail.trim().chars().filter(|c| !c.is_control()).take(DETAIL).collect();
            print!("\r\x1b[2K{:<WIDTH$}{}  {detail}", self.what, seconds(self.since.elapsed()));
            let _ = stdout().flush();
        }
    }
}

/// Prints why the command failed. Returns the exit code.
pub(crate) fn explain(error: &Error) -> ExitCode {
    let failed = error.chain().find_map(|cause| cause.downcast_ref::<Failed>());
    if interrupt::is_stopping() {
        eprintln!("Stopped.");
        return ExitCode::from(interrupt::EXIT_CODE);
    }
    let sentence = match failed {
        // The output contains the cause. The outermost sentence says what to do.
        Some(failed) => {
            // The output is empty if it was already shown.
            if !failed.output.is_empty() {
                eprintln!("\n{}", failed.output.trim_end());
            }
            error.to_string()
        }
        None => format!("{error:#}"),
    };
    eprintln!("\n{}", colour(stderr().is_terminal(), false, &sentence));
    ExitCode::from(failed.map_or(1, |failed| failed.code))
}

fn seconds(time: Duration) -> String {
    format!("{:>7.1} s", time.as_secs_f64())
}

fn colour(terminal: bool, good: bool, text: &str) -> String {
    if terminal && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) {
        format!("\x1b[{}m{text}\x1b[0m", if good { 32 } else { 31 })
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_adds_up_the_steps_of_each_part() {
        let mut report = Report::new();
        let step = |part, what: &str, took| (part, what.to_owned(), Duration::from_secs(took));
        report.steps = vec![step("lint", "a", 1), step("build", "b", 2), step("lint", "c", 3)];
        let table = report.table();
        let words: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        let expected = ["lint 4.0 s", "a 1.0 s", "c 3.0 s", "build 2.0 s", "b 2.0 s", "total 6.0 s"];
        assert_eq!(words, expected.map(|line| line.split(' ').collect::<Vec<_>>()));
    }
}
