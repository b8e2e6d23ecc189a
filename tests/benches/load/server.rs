//! The release server as a process of its own, on the same data, on the disk.

use std::{
    fs,
    time::{Duration, Instant},
};

use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;
use tests::{Guild, process::Process};

use super::wrk::Target;

/// The secret of every server. Servers on one database need the same one.
pub(crate) const SECRET: &str = "uZ3mC8vQp1LrXw6TfKd9Ye2SbNh5Ga7J";

/// A running server.
pub(crate) struct Server {
    process: Process,
    /// Its address: `http://127.0.0.1:port`.
    pub(crate) address: String,
    /// The address of its database.
    pub(crate) url: String,
    /// The time until it gave the first answer.
    pub(crate) started_in: Duration,
    _folder: TempDir,
}

impl Server {
    /// Starts it on a copy of the guild's SQLite file, or on the guild's database in PostgreSQL.
    pub(crate) async fn start(g: &Guild) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match g.store.engine() {
            store::Engine::Sqlite => {
                let file = folder.path().join("guildhall.db");
                g.raw().execute_unprepared(&format!("VACUUM INTO '{}'", file.display())).await.unwrap();
                format!("sqlite://{}", file.display())
            }
            store::Engine::Postgres => g.url.clone(),
        };
        let started = Instant::now();
        let database = ("database_url", url.as_str());
        let settings = [database, ("trusted_proxies", "1"), ("demo", "true"), ("secret", SECRET)];
        let process = Process::serve(folder.path(), &settings).await;
        let address = process.address.clone();
        size(&format!("{address}/livez"), None).await;
        Self { process, address, url, started_in: started.elapsed(), _folder: folder }
    }

    /// The memory in use, in kilobytes.
    pub(crate) fn memory(&self) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    pub(crate) async fn stop(self) {
        self.process.stop().await;
    }
}

impl Target for Server {
    fn processor(&self) -> Duration {
        processor(&self.process.id().to_string())
    }
}

/// The processor time that a process has used. `self` is this one.
pub(super) fn processor(id: &str) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    // The name of the program may contain spaces, and ends with the last bracket.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = [11, 12].map(|n| fields[n].parse::<u64>().unwrap()).iter().sum();
    // Linux counts in hundredths of a second.
    Duration::from_millis(ticks * 10)
}

/// The size of a response body in bytes, as it comes over the network.
pub(super) async fn size(url: &str, session: Option<&str>) -> usize {
    let mut request = tests::load::client().get(url).header("accept-encoding", "br").header("accept", "text/html");
    if let Some(session) = session {
        request = request.header("cookie", format!("guildhall={session}"));
    }
    let answer = request.send().await.unwrap();
    assert!(answer.status().is_success(), "{url}: {}", answer.status());
    answer.bytes().await.unwrap().len()
}
