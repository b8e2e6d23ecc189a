//! Measures how long something takes, and shows the results as a table.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    time::{Duration, Instant},
};

use sea_orm::ConnectionTrait as _;
use store::{Clock, Engine, Store};
use tests::Guild;

/// What a benchmark has measured on one engine.
pub(crate) struct Bench {
    /// The number of records that the benchmark makes.
    pub(crate) size: usize,
    measured: Vec<Measured>,
    baseline: Option<Duration>,
    /// The times with less data, by name.
    smaller: BTreeMap<String, Duration>,
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
        Self { size, measured: Vec::new(), baseline: None, smaller: BTreeMap::new() }
    }

    /// Compares what is measured from now on with the next measurement.
    pub(crate) fn new_baseline(&mut self) {
        self.baseline = None;
    }

    /// Runs `work` this many times, with the number of the run, and keeps the median of the times.
    pub(crate) async fn measure(&mut self, what: &str, runs: usize, mut work: impl AsyncFnMut(usize)) {
        if let Some(time) = median(runs, &mut work).await {
            let baseline = *self.baseline.get_or_insert(time);
            self.measured.push(Measured { what: what.to_owned(), time, baseline });
        }
    }

    /// Measures in the same way with more and more data: keeps the time of the first size as the baseline of the others.
    pub(crate) async fn compare(&mut self, what: &str, runs: usize, mut work: impl AsyncFnMut(usize)) {
        let Some(time) = median(runs, &mut work).await else { return };
        match self.smaller.get(what) {
            None => _ = self.smaller.insert(what.to_owned(), time),
            Some(&baseline) => {
                // At once, because filling such a database takes long, and the run can end early.
                println!("{what}: {time:.3?}, before {baseline:.3?}");
                self.measured.push(Measured { what: what.to_owned(), time, baseline });
            }
        }
    }

    pub(crate) fn finish(self) -> Vec<Measured> {
        self.measured
    }
}

async fn median(runs: usize, work: &mut impl AsyncFnMut(usize)) -> Option<Duration> {
    let mut times = Vec::new();
    for run in 0..runs {
        let started = Instant::now();
        work(run).await;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    times.get(runs / 2).copied()
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

/// The same data where a commit is on disk when it returns. The harness keeps SQLite files in memory. The server that
/// `cargo xtask bench` starts for PostgreSQL writes to disk already.
pub(crate) async fn on_disk(g: &Guild) -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = match g.store.engine() {
        Engine::Sqlite => {
            let file = folder.path().join("bench.db");
            g.raw().execute_unprepared(&format!("VACUUM INTO '{}'", file.display())).await.unwrap();
            format!("sqlite://{}", file.display())
        }
        Engine::Postgres => {
            let fsync = g.rows("SHOW fsync").await[0].try_get::<String>("", "fsync").unwrap();
            println!("PostgreSQL writes with fsync {fsync}.");
            g.url.clone()
        }
    };
    (Store::open(&url, Clock::fixed(g.now())).await.unwrap(), folder)
}
