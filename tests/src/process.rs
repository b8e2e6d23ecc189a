//! The program as a process of its own, so that it can be killed, restarted and looked at from outside.

use std::{
    path::{Path, PathBuf},
    process::{ExitStatus, Output, Stdio},
};

use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, ChildStdout, Command},
};

/// A running `guildhall serve`. Dropping it kills it.
pub struct Process {
    child: Child,
    /// Kept, so that a late line finds a reader.
    _lines: BufReader<ChildStdout>,
    /// Where it listens: `http://127.0.0.1:port`.
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
    // Members under test are faster than people.
    command.env("GUILDHALL_POSTS_PER_MINUTE", "100000");
    command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    command
}

/// Runs a command of the program to its end.
pub async fn guildhall(data: &Path, args: &[&str], settings: &[(&str, &str)]) -> Output {
    command(data, args, settings).stdout(Stdio::piped()).stderr(Stdio::piped()).output().await.unwrap()
}

impl Process {
    /// Starts it on a free port and waits until it listens.
    pub async fn serve(data: &Path, settings: &[(&str, &str)]) -> Self {
        let mut command = command(data, &["serve", "--port", "0"], settings);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("Ctrl-C") {
            assert_ne!(lines.read_line(&mut text).await.unwrap(), 0, "it ended before it listened: {text}");
        }
        let address = text.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
        Self { child, _lines: lines, address }
    }

    /// Kills it, as a power cut would.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Asks it to stop, as service managers do, and waits for its end.
    pub async fn stop(mut self) -> ExitStatus {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        self.child.wait().await.unwrap()
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}
