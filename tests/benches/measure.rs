//! Measures how long something takes, and shows the results as a table.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

/// What a benchmark has measured on one engine.
pub(crate) struct Bench {
    /// The number of records that the benchmark makes.
    pub(crate) size: usize,
    measured: Vec<Measured>,
}

/// The name of a measurement and its median.
pub(crate) type Measured = (String, Duration);

impl Bench {
    pub(crate) fn new(size: usize) -> Self {
        Self { size, measured: Vec::new() }
    }

    /// Runs `work` this many times, with the number of the run, and keeps the median of the times.
    pub(crate) async fn measure(&mut self, what: &str, runs: usize, mut work: impl AsyncFnMut(usize)) {
        let mut times = Vec::new();
        for run in 0..runs {
            let started = Instant::now();
            work(run).await;
            times.push(started.elapsed());
        }
        times.sort_unstable();
        if let Some(median) = times.get(runs / 2) {
            self.measured.push((what.to_owned(), *median));
        }
    }

    pub(crate) fn finish(self) -> Vec<Measured> {
        self.measured
    }
}

/// The medians of both engines in milliseconds, each with its ratio to the first line of its engine.
pub(crate) fn table([sqlite, postgres]: &[Vec<Measured>; 2]) -> String {
    let mut table = format!("{:<44}{:>17}{:>20}\n", "", "SQLite", "PostgreSQL");
    for ((what, one), (_, other)) in sqlite.iter().zip(postgres) {
        let cell = |time: &Duration, all: &[Measured]| {
            let base = all.first().map_or(1.0, |(_, base)| base.as_secs_f64());
            format!("{:>10.3} ms {:>6.1}", time.as_secs_f64() * 1000.0, time.as_secs_f64() / base)
        };
        let _ = writeln!(table, "{what:<44}{}{}", cell(one, sqlite), cell(other, postgres));
    }
    table
}
