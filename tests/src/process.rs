//! Runs the program as a separate process, so that a test can kill, restart and observe it.

use std::{
    path::{Path, PathBuf},
    process::{ExitStatus, Output, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, ChildStdout, Command},
};

/// A running `guildhall serve`. Dropping it kills it.
pub struct Process {
    child: Child,
    /// Keeps the pipe open, so that the server can still print.
    _lines: BufReader<ChildStdout>,
    /// The address of the server: `http://127.0.0.1:port`.
    pub address: String,
}

/// The program that `cargo xtask test` has built.
fn program() -> PathBuf {
    std::env::var_os("GUILDHALL_BIN")
        .expect("GUILDHALL_BIN names no program: run these tests with `cargo xtask test`")
        .into()
}

fn command(data: &Path, args: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program());
    command.args(args).env_clear().env("GUILDHALL_DATA", data);
    command.envs(settings.iter().map(|(key, value)| (format!("GUILDHALL_{}", key.to_uppercase()), value)));
    // Tests post faster than people.
    command.env("GUILDHALL_POSTS_PER_MINUTE", "100000");
    command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    command
}

/// Runs a command of the program and waits for its output.
pub async fn guildhall(data: &Path, args: &[&str], settings: &[(&str, &str)]) -> Output {
    command(data, args, settings).stdout(Stdio::piped()).stderr(Stdio::piped()).output().await.unwrap()
}

/// Runs a command of the program and kills it after some time. Returns whether it was still running.
pub async fn killed_after(data: &Path, args: &[&str], settings: &[(&str, &str)], time: Duration) -> bool {
    let mut child = command(data, args, settings).stdout(Stdio::null()).spawn().unwrap();
    let ended = tokio::time::timeout(time, child.wait()).await.is_ok();
    child.kill().await.unwrap();
    !ended
}

impl Process {
    /// Starts `guildhall serve` on a free port and waits until it listens.
    pub async fn serve(data: &Path, settings: &[(&str, &str)]) -> Self {
        let mut command = command(data, &["serve", "--port", "0"], settings);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("Ctrl-C") {
            assert_ne!(
                lines.read_line(&mut text).await.unwrap(),
                0,
                "the server exited before it listened: {text}"
            );
        }
        let address = text.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
        Self { child, _lines: lines, address }
    }

    /// The number by which the system knows the process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// Kills the process without a warning, as the system would do when memory runs out.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Asks the process to stop with SIGTERM, as service managers do, and waits until it has exited.
    pub async fn stop(mut self) -> ExitStatus {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        self.child.wait().await.unwrap()
    }

    /// Whether the process is running.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}
