//! Shows progress: one line for each step, and errors.

use crate::{child::Failed, interrupt};
use anyhow::{Error, Result};
use std::{
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
    steps: Vec<(String, Duration)>,
    terminal: bool,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self { steps: Vec::new(), terminal: stdout().is_terminal() }
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
        self.steps.push((what.to_owned(), took));
        result
    }

    /// The steps so far and their sum, as a table.
    pub(crate) fn table(&self) -> String {
        let mut table = String::new();
        let mut sum = Duration::ZERO;
        for (what, took) in &self.steps {
            let _ = writeln!(table, "{what:<WIDTH$}{}", seconds(*took));
            sum += *took;
        }
        let _ = writeln!(table, "{:<WIDTH$}{}", "total", seconds(sum));
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
