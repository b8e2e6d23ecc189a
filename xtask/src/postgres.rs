//! Starts a temporary PostgreSQL for the tests. Its folder is deleted at the end, even after Ctrl-C or errors.

use crate::{apt, child, progress::Line, workspace::program};
use anyhow::{Context, Result, bail};
use nix::{
    sys::{
        signal::{Signal, kill},
        statvfs::statvfs,
    },
    unistd::{Pid, User, geteuid},
};
use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener},
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

const OWNER: &str = "guildhall";
const LOG: &str = "log";

/// A running PostgreSQL. Dropping it stops the server and deletes its data.
pub(crate) struct Postgres {
    server: Child,
    /// The URL for the tests. They create their own databases next to the one it names.
    pub(crate) url: String,
    // Fields are dropped after `drop`, so the folder is deleted after the server has stopped.
    folder: TempDir,
}

impl Postgres {
    /// Creates a cluster for tests and starts it on a free port of the loopback address. Its data is temporary and
    /// doesn't have to survive a crash.
    pub(crate) fn start(line: &Line) -> Result<Self> {
        // Each test copies a template of several hundred files and drops the copy, which is three times as fast in memory.
        let settings = [
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_wal_size=256MB",
            // Databases live for a second. Nothing has to be vacuumed in them.
            "autovacuum=off",
        ];
        Self::start_with(line, &settings, in_memory())
    }

    /// Creates a cluster that writes to disk like one in production, and starts it.
    pub(crate) fn start_durable(line: &Line) -> Result<Self> {
        Self::start_with(line, &[], None)
    }

    /// `parent` is where its folder is made. The default is the system's folder for temporary files.
    fn start_with(line: &Line, more: &[&str], parent: Option<&Path>) -> Result<Self> {
        let programs = programs(line)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix("guildhall-postgres-");
        let folder = parent.map_or_else(|| builder.tempdir(), |parent| builder.tempdir_in(parent))?;
        // PostgreSQL refuses to run as root.
        let user = if geteuid().is_root() { Some(unprivileged()?) } else { None };
        if let Some(user) = &user {
            chown(folder.path(), Some(user.uid.as_raw()), Some(user.gid.as_raw()))?;
        }
        let command = |name: &str| {
            let mut command = Command::new(programs.join(name));
            command.current_dir(folder.path()).env("LC_ALL", "C").env_remove("PGDATA");
            if let Some(user) = &user {
                command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
            }
            command
        };
        let data = folder.path().join("data");
        let mut initdb = command("initdb");
        initdb.arg("--pgdata").arg(&data);
        initdb.args([
            "--username",
            OWNER,
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--no-sync",
        ]);
        child::run(initdb, line)?;

        let port = free_port()?;
        let log = folder.path().join(LOG);
        let mut server = command("postgres");
        server.arg("-D").arg(&data).arg("-p").arg(port.to_string());
        let settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=400"];
        for setting in settings.iter().chain(more) {
            server.args(["-c", setting]);
        }
        // In its own process group, so that Ctrl-C doesn't reach the server. `drop` stops it after the tests.
        server.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(&log)?);
        let server = server.spawn().context("Cannot start PostgreSQL.")?;
        let url = format!("postgres://{OWNER}@127.0.0.1:{port}/postgres");
        let mut postgres = Self { server, url, folder };
        postgres.wait(&programs, port)?;
        Ok(postgres)
    }

    fn wait(&mut self, programs: &Path, port: u16) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(30) {
            if self.server.try_wait()?.is_some() {
                break;
            }
            let mut ready = Command::new(programs.join("pg_isready"));
            ready.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
            if child::stdout(ready).is_ok() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.path().join(LOG)).unwrap_or_default();
        bail!("PostgreSQL did not start:\n{log}")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGQUIT stops the server immediately. The data is no longer needed.
        if let Ok(id) = i32::try_from(self.server.id()) {
            let _ = kill(Pid::from_raw(id), Signal::SIGQUIT);
        }
        let _ = self.server.wait();
    }
}

/// A folder in memory with room for the databases of the tests. A container may have a very small one.
fn in_memory() -> Option<&'static Path> {
    const FOLDER: &str = "/dev/shm";
    const MIN_FREE_BYTES: u128 = 2 << 30;
    let free = statvfs(FOLDER).ok()?;
    (u128::from(free.blocks_available()) * u128::from(free.fragment_size()) >= MIN_FREE_BYTES)
        .then(|| Path::new(FOLDER))
}

/// The folder with `initdb` and `postgres`. Installs PostgreSQL first, if it is missing and apt can be used.
fn programs(line: &Line) -> Result<PathBuf> {
    if let Some(folder) = find() {
        return Ok(folder);
    }
    if apt::usable() {
        apt::install("postgresql", line)?;
    }
    find().context("PostgreSQL is missing. Install it (`initdb` must be in PATH) and try again.")
}

fn find() -> Option<PathBuf> {
    let version = |folder: &PathBuf| -> Option<u32> { folder.file_name()?.to_str()?.parse().ok() };
    let mut debian: Vec<PathBuf> = Path::new("/usr/lib/postgresql")
        .read_dir()
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    debian.sort_by_key(version);
    let newest =
        debian.into_iter().rev().map(|folder| folder.join("bin")).find(|bin| bin.join("initdb").is_file());
    newest.or_else(|| program("initdb")?.parent().map(Path::to_path_buf))
}

fn unprivileged() -> Result<User> {
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| User::from_name(name).ok().flatten())
        .context("PostgreSQL does not run as root, and there is no user `nobody`. Try again as another user.")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn postgres_starts_and_leaves_nothing_behind() {
        let postgres = Postgres::start(&Line::silent()).unwrap();
        let address = postgres.url.split(['@', '/']).nth(3).unwrap().to_owned();
        let folder = postgres.folder.path().to_owned();
        assert!(TcpStream::connect(&address).is_ok() && folder.exists());
        drop(postgres);
        assert!(TcpStream::connect(&address).is_err() && !folder.exists());
    }
}
