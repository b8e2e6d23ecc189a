//! Tests of the installation's files and secret, and of commands with a closed standard output.

#![cfg(unix)]

use std::{
    fs,
    io::{BufRead as _, BufReader, pipe},
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _, chown},
        process::CommandExt as _,
    },
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::command_line::{code_and_text, guildhall};

/// A running portal that has printed its address.
pub(crate) struct Serving(Child);

impl Serving {
    /// Starts the portal with a command that ends in the program and its arguments.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("Ctrl-C") {
            assert_ne!(lines.read_line(&mut text).unwrap(), 0, "it ended: {text}");
        }
        Self(child)
    }

    /// Starts the portal with a data folder.
    pub(crate) fn on(data: &Path, env: &[(&str, &str)]) -> Self {
        Self::start(command(data, &["serve", "--port", "0"], env))
    }

    /// Stops the portal with a signal.
    pub(crate) fn stop(mut self) {
        Command::new("kill").arg(self.0.id().to_string()).status().unwrap();
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // The process has already ended, unless the test failed.
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// The program with only these environment variables.
fn command(data: &Path, args: &[&str], env: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.args(args).env_clear().env("GUILDHALL_DATA", data);
    command.envs(env.iter().map(|(key, value)| (format!("GUILDHALL_{key}"), value)));
    command
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    chmod(data, 0o700);
    fs::write(data.join("match"), "p guildhall-match 1 1 1\nc 0 1\na 0 0 900\n").unwrap();
    for args in [
        &["migrate"][..],
        &["doctor"],
        &["admin", "list"],
        &["admin", "accept-secret"],
        &["backup", "copy.db"],
        &["restore", "copy.db", "--verify"],
        &["restore", "copy.db"],
        &["mail", "reply"],
        &["mail", "retry"],
        &["match", "match"],
        &["--help"],
    ] {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let mut command = command(data, args, &[]);
        command.current_dir(data).stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped());
        let (code, text) = code_and_text(&command.output().unwrap());
        assert!(code == Some(0) && !text.contains("panicked"), "{args:?}: {code:?} {text}");
    }
    // A full disk is an error.
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = command(data, &["admin", "list"], &[]);
    let (code, text) = code_and_text(&command.stdout(full).stderr(Stdio::piped()).output().unwrap());
    assert!(code == Some(74) && text.contains("Cannot write to standard output"), "{code:?} {text}");
}

#[test]
fn only_the_owner_can_open_the_files_whatever_the_umask() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let open = |args: &[&str]| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_guildhall")]).args(args);
        shell.env_clear().env("GUILDHALL_DATA", &data);
        shell
    };
    let serving = Serving::start(open(&["serve", "--port", "0"]));
    let backup = data.join("copy.db");
    let (code, text) = code_and_text(&open(&["backup", backup.to_str().unwrap()]).output().unwrap());
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(mode(&data), 0o700);
    let mut names = Vec::new();
    for entry in fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    names.sort();
    let expected = ["copy.db", "copy.db.secret", "guildhall.db", "guildhall.db-shm", "guildhall.db-wal"];
    assert_eq!(names, [&expected[..], &["migrate.lock", "secret"]].concat());
    serving.stop();

    // An older Guildhall left them readable. The next start fixes the database. `doctor` reports the others.
    let (code, text) = code_and_text(&guildhall(&data, &["doctor"], &[]));
    assert!(code == Some(0) && text.contains("ok     the data folder and its files are private"), "{text}");
    chmod(&data, 0o755);
    chmod(&data.join("guildhall.db"), 0o644);
    chmod(&data.join("secret"), 0o640);
    let (code, text) = code_and_text(&guildhall(&data, &["doctor"], &[]));
    assert_eq!(code, Some(1), "{text}");
    assert_eq!(mode(&data.join("guildhall.db")), 0o600);
    assert!(
        text.contains("chmod 700") && text.contains("chmod 600") && !text.contains("guildhall.db"),
        "{text}"
    );
}

/// A command run as root must not leave files that the service can't open. This test only runs as root.
#[test]
fn a_command_run_as_root_does_not_lock_the_service_out() {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return;
    }
    const SERVICE: u32 = 65534;
    let folder = tempfile::tempdir().unwrap();
    chmod(folder.path(), 0o755);
    // The built program may be in a folder that only root can read.
    let program = folder.path().join("guildhall");
    fs::copy(env!("CARGO_BIN_EXE_guildhall"), &program).unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    chmod(&data, 0o700);
    chown(&data, Some(SERVICE), Some(SERVICE)).unwrap();

    let service = |args: &[&str]| {
        let mut command = Command::new(&program);
        command.args(args).env_clear().env("GUILDHALL_DATA", &data).current_dir("/");
        code_and_text(&command.uid(SERVICE).gid(SERVICE).output().unwrap())
    };
    let (code, text) = code_and_text(&guildhall(&data, &["admin", "accept-secret"], &[]));
    assert_eq!(code, Some(0), "{text}");
    for entry in fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(fs::metadata(&path).unwrap().uid(), SERVICE, "{}", path.display());
    }
    let (code, text) = service(&["migrate"]);
    assert_eq!(code, Some(0), "{text}");

    // A lock file from an older Guildhall only has to be readable. If it isn't, the error names its owner.
    let lock = data.join("migrate.lock");
    chown(&lock, Some(0), Some(0)).unwrap();
    chmod(&lock, 0o644);
    let (code, text) = service(&["migrate"]);
    assert_eq!(code, Some(0), "{text}");
    chmod(&lock, 0o600);
    let (code, text) = service(&["migrate"]);
    assert!(code == Some(73) && text.contains("belongs to user 0") && text.contains("chown"), "{text}");
    chown(&lock, Some(SERVICE), Some(SERVICE)).unwrap();
    chown(data.join("guildhall.db"), Some(0), Some(0)).unwrap();
    let (code, text) = service(&["migrate"]);
    assert!(code == Some(69) && text.contains("belongs to user 0") && text.contains("chown"), "{text}");
}

/// A start with another secret fails. The operator can restore the old secret or accept the new one.
fn another_secret_is_refused(data: &Path, env: &[(&str, &str)]) {
    let serve = || code_and_text(&command(data, &["serve", "--port", "0"], env).output().unwrap());
    let secret = data.join("secret");
    Serving::on(data, env).stop();
    let first = fs::read_to_string(&secret).unwrap();

    fs::remove_file(&secret).unwrap();
    let (code, text) = serve();
    assert!(code == Some(78) && text.contains("secret is missing"), "{text}");
    assert!(!secret.exists(), "none is made behind the operator's back");

    fs::write(&secret, "another secret of forty-three characters ok").unwrap();
    let (code, text) = serve();
    assert!(code == Some(78) && text.contains("is not the secret of this database"), "{text}");
    assert!(text.contains("admin accept-secret") && text.lines().count() == 1, "{text}");
    let set = [env, &[("SECRET", "Zm9ydHktdGhyZWUgY2hhcmFjdGVycyBvZiByYW5kb20")]].concat();
    let (code, text) = code_and_text(&command(data, &["serve", "--port", "0"], &set).output().unwrap());
    assert!(code == Some(78) && text.contains("The setting secret is not"), "{text}");

    fs::write(&secret, &first).unwrap();
    Serving::on(data, env).stop();
    fs::remove_file(&secret).unwrap();
    let (code, text) = code_and_text(&command(data, &["admin", "accept-secret"], env).output().unwrap());
    assert_eq!(code, Some(0), "{text}");
    Serving::on(data, env).stop();
    assert_ne!(fs::read_to_string(&secret).unwrap(), first);
}

#[tokio::test]
async fn a_database_notices_another_secret() {
    use sea_orm::ConnectionTrait as _;
    let folder = tempfile::tempdir().unwrap();
    another_secret_is_refused(folder.path(), &[]);
    // `cargo xtask test` starts this PostgreSQL.
    let Ok(server) = std::env::var("GUILDHALL_TEST_POSTGRES") else { return };
    let name = format!("secret_{}", std::process::id());
    let db = store::connect_for_migrations(&server).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    another_secret_is_refused(folders[0].path(), &[("DATABASE_URL", &url)]);
    // A second instance with its own data folder.
    let second = folders[1].path();
    let serve = || command(second, &["serve", "--port", "0"], &[("DATABASE_URL", &url)]);
    let (code, text) = code_and_text(&serve().output().unwrap());
    assert!(code == Some(78) && text.contains("copy it from another instance"), "{text}");
    fs::copy(folders[0].path().join("secret"), second.join("secret")).unwrap();
    Serving::start(serve()).stop();
    db.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    db.close().await.unwrap();
}
