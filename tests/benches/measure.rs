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
    baseline: Option<Duration>,
}

/// One line of the table.
pub(crate) struct Measured {
    what: String,
    /// The median.
    time: Duration,
    /// The baseline that it is compared with.
    baseline: Duration,
}

impl Bench {
    pub(crate) fn new(size: usize) -> Self {
        Self { size, measured: Vec::new(), baseline: None }
    }

    /// Compares what is measured from now on with the next measurement.
    pub(crate) fn new_baseline(&mut self) {
        self.baseline = None;
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
        if let Some(&time) = times.get(runs / 2) {
            let baseline = *self.baseline.get_or_insert(time);
            self.measured.push(Measured { what: what.to_owned(), time, baseline });
        }
    }

    pub(crate) fn finish(self) -> Vec<Measured> {
        self.measured
    }
}

/// The medians of both engines in milliseconds, each with its ratio to the baseline on its engine.
pub(crate) fn table([sqlite, postgres]: &[Vec<Measured>; 2]) -> String {
    let mut table = format!("{:<44}{:>17}{:>20}\n", "", "SQLite", "PostgreSQL");
    for (one, other) in sqlite.iter().zip(postgres) {
        let cell = |it: &Measured| {
            let ratio = it.time.as_secs_f64() / it.baseline.as_secs_f64();
            format!("{:>10.3} ms {ratio:>6.1}", it.time.as_secs_f64() * 1000.0)
        };
        let _ = writeln!(table, "{:<44}{}{}", one.what, cell(one), cell(other));
    }
    table
}
