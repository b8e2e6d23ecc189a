//! Runs the program in its own process, so that tests can check its memory, log and exit.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::sleep,
};

/// A running `guildhall serve` with an empty data folder.
pub(crate) struct Process {
    child: Child,
    data: TempDir,
    pub(crate) addr: SocketAddr,
    /// The token in the setup link.
    setup: String,
}

impl Process {
    /// Starts the program with these settings and waits until it listens.
    pub(crate) fn start(env: &[(&str, &str)]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        command.args(["serve", "--port", "0"]).env_clear().env("GUILDHALL_DATA", data.path());
        command.envs(env.iter().map(|(key, value)| (format!("GUILDHALL_{key}"), value)));
        // A file and not a pipe, because a full pipe would block the process.
        command.stderr(File::create(data.path().join("stderr")).unwrap()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("Ctrl-C") {
            assert_ne!(lines.read_line(&mut text).unwrap(), 0, "{text}");
        }
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        let after =
            |mark: &str| text.split(mark).nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        let addr = after("Guildhall is running at http://").parse().unwrap();
        let setup = after("/setup?token=");
        Self { child, data, addr, setup }
    }

    /// The program's log so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.data.path().join("stderr")).unwrap()
    }

    /// Sets up the portal. Returns the cookie header of the admin.
    pub(crate) async fn administrator(&self) -> String {
        let body = format!(
            "token={}&community=Guild&name=Ada&address=ada%40example.org&zone=Europe%2FBerlin",
            self.setup
        );
        let head = format!(
            "POST /setup HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\naccept: text/html\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {1}\r\n\r\n",
            self.addr,
            body.len()
        );
        let answer = self.send(format!("{head}{body}").as_bytes()).await;
        let mut cookies = answer.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
        let session = cookies.find(|cookie| cookie.starts_with("guildhall=")).unwrap();
        format!("cookie: {}\r\n", session.split(';').next().unwrap())
    }

    /// The headers of a picture upload, including these lines.
    pub(crate) fn upload(&self, length: usize, lines: &str) -> String {
        format!(
            "POST /profile/picture HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\naccept: text/html\r\n\
             connection: close\r\n{lines}content-type: multipart/form-data; boundary=part\r\n\
             content-length: {length}\r\n\r\n",
            self.addr
        )
    }

    /// Sends bytes and reads until the server closes the connection. Empty if there is no response.
    pub(crate) async fn send(&self, bytes: &[u8]) -> String {
        self.send_all(&[bytes]).await
    }

    /// Sends several parts of bytes and reads until the server closes the connection.
    pub(crate) async fn send_all(&self, parts: &[&[u8]]) -> String {
        let Ok(mut stream) = TcpStream::connect(self.addr).await else { return String::new() };
        // The server may respond and close before it has read everything.
        for bytes in parts {
            _ = stream.write_all(bytes).await;
        }
        let mut answer = Vec::new();
        _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The highest memory use so far, in bytes.
    pub(crate) fn peak(&self) -> usize {
        self.status("VmHWM:")
    }

    /// The current memory use, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.status("VmRSS:")
    }

    fn status(&self, line: &str) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kib = status.lines().find_map(|text| text.strip_prefix(line)).unwrap();
        kib.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    /// Sends SIGTERM, like service managers.
    pub(crate) fn terminate(&self) {
        let kill = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
    }

    /// Waits for the end of the process, for at most this time. Returns its exit status.
    pub(crate) async fn ended(&mut self, within: Duration) -> Option<ExitStatus> {
        let begun = Instant::now();
        while begun.elapsed() < within {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            sleep(Duration::from_millis(20)).await;
        }
        None
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // This only fails if the process has already ended.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
