//! Runs `wrk` and reads its report.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

/// How long each page is asked for.
const SECONDS: u64 = 3;

/// A process under load.
pub(super) trait Target {
    /// The processor time that it has used.
    fn processor(&self) -> Duration;
}

pub(super) struct Wrk {
    session: String,
}

/// What one run of `wrk` measured.
pub(super) struct Load {
    pub(super) per_second: f64,
    /// The time of the middle response, with its unit.
    pub(super) median: String,
    /// 99 of 100 responses were faster.
    pub(super) slowest: String,
    /// The server's processor time for one request.
    pub(super) processor: Duration,
}

impl Wrk {
    pub(super) fn new(session: &str) -> Self {
        Self { session: session.to_owned() }
    }

    /// Asks for a page on this many connections.
    pub(super) async fn load(&self, target: &impl Target, url: &str, connections: usize, member: bool) -> Load {
        let mut command = Command::new("wrk");
        command.args(["--latency", "-t1", &format!("-c{connections}"), &format!("-d{SECONDS}s")]);
        command.args(["--timeout", "30s", "-H", "accept-encoding: br", "-H", "accept: text/html"]);
        if member {
            command.args(["-H", &format!("cookie: guildhall={}", self.session)]);
        }
        command.arg(url).stdin(Stdio::null());
        let before = target.processor();
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let used = target.processor() - before;
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}");
        assert!(!text.contains("Non-2xx"), "{url}: {text}");
        let after = |label: &str| {
            let line = text.lines().find(|line| line.trim_start().starts_with(label));
            let line = line.unwrap_or_else(|| panic!("no {label} in {text}"));
            line.trim_start().trim_start_matches(label).trim().to_owned()
        };
        let requests: f64 = text
            .lines()
            .find_map(|line| line.trim().split_once(" requests in "))
            .map(|(count, _)| count.parse().unwrap())
            .unwrap();
        Load {
            per_second: after("Requests/sec:").parse().unwrap(),
            median: after("50%"),
            slowest: after("99%"),
            processor: used.div_f64(requests.max(1.0)),
        }
    }
}
