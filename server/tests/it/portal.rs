//! A portal on a free port with an empty SQLite file, and a client that sends exact bytes.

use std::{collections::HashMap, net::SocketAddr, path::Path, time::Duration};

use server::{
    Running, Start,
    config::{Config, Sources},
    guard::Guards,
    start,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// A portal for one test.
pub(crate) struct Portal {
    pub(crate) running: Running,
    pub(crate) _data: TempDir,
}

/// A response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
    /// The size in bytes of headers and body, as received.
    pub(crate) bytes: usize,
}

impl Response {
    /// The value of a header, or empty.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

/// The configuration for these environment variables.
pub(crate) fn config(env: &[(&str, &str)]) -> Result<Config, server::failure::Failure> {
    let env = env.iter().map(|(key, value)| (format!("GUILDHALL_{key}"), (*value).to_owned())).collect();
    Config::load(&Sources { env, flags: HashMap::new() })
}

/// Settings for a free port and a temporary folder.
pub(crate) fn start_with(data: &TempDir, env: &[(&str, &str)]) -> Start {
    let folder = data.path().display().to_string();
    let mut all = vec![("PORT", "0"), ("DATA", folder.as_str())];
    all.extend(env);
    Start::new(config(&all).unwrap())
}

impl Portal {
    /// Starts a portal with these settings and all guards.
    pub(crate) async fn start(env: &[(&str, &str)]) -> Self {
        Self::without(env, |_| {}).await
    }

    /// Starts a portal with some guards switched off.
    pub(crate) async fn without(env: &[(&str, &str)], take: impl FnOnce(&mut Guards)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut with = start_with(&data, env);
        take(&mut with.guards);
        Self { running: start(with).await.unwrap(), _data: data }
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        self._data.path()
    }

    /// The origin of the portal.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.running.addr)
    }

    /// Sends a request with these header lines. Host and Connection are added if they are missing.
    pub(crate) async fn send(&self, first: &str, lines: &[&str], body: &str) -> Response {
        let mut head = format!("{first} HTTP/1.1\r\nconnection: close\r\n");
        let has = |name: &str| lines.iter().any(|line| line.to_lowercase().starts_with(name));
        if !has("host:") {
            head += &format!("host: {}\r\n", self.running.addr);
        }
        if !body.is_empty() && !has("content-length:") && !has("transfer-encoding:") {
            head += &format!("content-length: {}\r\n", body.len());
        }
        for line in lines {
            head += &format!("{line}\r\n");
        }
        self.raw(&format!("{head}\r\n{body}")).await
    }

    /// Sends a GET request like a browser that follows a link.
    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(&format!("GET {path}"), &["accept: text/html"], "").await
    }

    /// Sends a POST request like a browser that sends one of our forms.
    pub(crate) async fn post(&self, path: &str, lines: &[&str], body: &str) -> Response {
        let origin = format!("origin: {}", self.origin());
        let mut all =
            vec!["accept: text/html", "content-type: application/x-www-form-urlencoded", origin.as_str()];
        all.extend(lines);
        self.send(&format!("POST {path}"), &all, body).await
    }

    /// Sends bytes and reads until the server closes the connection.
    pub(crate) async fn raw(&self, bytes: &str) -> Response {
        parse(&raw(self.running.addr, bytes).await)
    }

    /// Signs in through the demo and returns the member's cookie.
    pub(crate) async fn sign_in(&self, key: &str) -> String {
        let answer = self.post("/sign-in/demo", &[], &format!("key={key}&next=/")).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        format!("cookie: {cookie}")
    }
}

/// Sends bytes and reads until the server closes the connection. Empty if it doesn't accept connections.
pub(crate) async fn raw(addr: SocketAddr, bytes: &str) -> Vec<u8> {
    let Ok(mut stream) = TcpStream::connect(addr).await else { return Vec::new() };
    // The server may respond and close before it has read everything.
    _ = stream.write_all(bytes.as_bytes()).await;
    let mut answer = Vec::new();
    let read = timeout(Duration::from_secs(30), stream.read_to_end(&mut answer)).await;
    _ = read.unwrap();
    answer
}

fn parse(bytes: &[u8]) -> Response {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Response { status, head: head.to_owned(), body: body.to_owned(), bytes: bytes.len() }
}
