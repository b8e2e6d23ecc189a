//! A PostgreSQL server that a test owns, and can stop and start again.

use std::{
    net::{Ipv4Addr, TcpListener},
    os::unix::fs::{MetadataExt as _, chown},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// How to stop PostgreSQL.
#[derive(Clone, Copy, Debug)]
pub enum Shutdown {
    /// Ends sessions and writes all data first.
    Fast,
    /// Stops as if it had crashed. The server recovers when it starts again.
    Immediate,
}

/// A running PostgreSQL that listens on the loopback address only. Dropping it kills it.
pub struct Postgres {
    server: Child,
    port: u16,
    folder: TempDir,
}

impl Postgres {
    /// Creates a cluster and starts the server.
    pub async fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("guildhall-restarted-").tempdir().unwrap();
        if let Some(user) = unprivileged() {
            chown(folder.path(), Some(user), None).unwrap();
        }
        let mut initdb = program(folder.path(), "initdb");
        initdb.args(["--pgdata", "data", "--username", "guildhall", "--auth", "trust"]);
        initdb.args(["--encoding", "UTF8", "--locale", "C", "--no-sync"]);
        assert!(initdb.stdout(Stdio::null()).status().await.unwrap().success());
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let mut postgres = Self { server: server(folder.path(), port), port, folder };
        postgres.ready().await;
        postgres
    }

    /// The address of a database in this server.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://guildhall@127.0.0.1:{}/{database}", self.port)
    }

    /// Stops the server and waits until it has exited.
    pub async fn stop(&mut self, shutdown: Shutdown) {
        let signal = match shutdown {
            Shutdown::Fast => "-INT",
            Shutdown::Immediate => "-QUIT",
        };
        let id = self.server.id().unwrap().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().await.unwrap().success());
        self.server.wait().await.unwrap();
    }

    /// Starts the server again on the same port and data.
    pub async fn start_again(&mut self) {
        self.server = server(self.folder.path(), self.port);
        self.ready().await;
    }

    async fn ready(&mut self) {
        for _ in 0..600 {
            assert!(self.server.try_wait().unwrap().is_none(), "PostgreSQL exited");
            if let Ok(db) = Database::connect(self.url("postgres")).await {
                let responds = db.execute_unprepared("SELECT 1").await.is_ok();
                db.close().await.unwrap();
                if responds {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("PostgreSQL did not respond within a minute");
    }
}

/// Starts the server without `fsync`, which costs time. Data survives a kill, but not a power cut.
fn server(folder: &Path, port: u16) -> Child {
    let mut server = program(folder, "postgres");
    server.args(["-D", "data", "-p", &port.to_string()]);
    for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"] {
        server.args(["-c", setting]);
    }
    server.spawn().unwrap()
}

/// Prepares one of PostgreSQL's own programs. They refuse to run as root.
fn program(folder: &Path, name: &str) -> Command {
    let mut command = Command::new(programs().join(name));
    command.current_dir(folder).env("LC_ALL", "C").env_remove("PGDATA");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    if let Some(user) = unprivileged() {
        command.uid(user);
    }
    command
}

/// The id of another user to run PostgreSQL as, when the tests run as root.
fn unprivileged() -> Option<u32> {
    let folder = tempfile::tempdir().unwrap();
    if std::fs::metadata(folder.path()).unwrap().uid() != 0 {
        return None;
    }
    let id = |name: &str| {
        let output = std::process::Command::new("id").args(["-u", name]).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    Some(
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| id(name))
            .expect("neither the user postgres nor the user nobody exists"),
    )
}

/// The folder of PostgreSQL's programs. Debian has one for each version, other systems put the programs into
/// `PATH`.
fn programs() -> PathBuf {
    let debian = Path::new("/usr/lib/postgresql").read_dir().into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = debian.map(|entry| entry.path().join("bin")).collect();
    folders.sort_by_key(|folder| folder.parent().and_then(|v| v.file_name()?.to_str()?.parse::<u32>().ok()));
    folders.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    let found = folders.into_iter().find(|folder| folder.join("initdb").is_file());
    found.expect("PostgreSQL's initdb is neither in /usr/lib/postgresql nor in the path")
}
