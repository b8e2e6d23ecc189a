//! Tests of `guildhall restore`: the backups that it accepts, and the data that it keeps.

#![cfg(unix)]

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use domain::{Zone, members::Address};
use sea_orm::ConnectionTrait as _;
use store::{Clock, Store, sign_in};

use crate::{
    command_line::{code_and_text, guildhall},
    installation::Serving,
};

fn url(data: &Path) -> String {
    format!("sqlite://{}", data.join("guildhall.db").display())
}

/// Sets up a community in a data folder. Returns the token of the admin's sign-in session.
async fn community(data: &Path) -> String {
    assert_eq!(code_and_text(&guildhall(data, &["admin", "accept-secret"], &[])).0, Some(0));
    let store = Store::open(&url(data), Clock::system()).await.unwrap();
    let token = sign_in::setup_token(&store).await.unwrap().unwrap();
    let address = Address::parse("ada@guild.example").unwrap();
    let setup = sign_in::Setup {
        community: "Guild".into(),
        tagline: String::new(),
        sign_up: store::settings::SignUp::Invite,
        colour: store::settings::Colour::default(),
        name: "Ada".into(),
        address,
        zone: Zone::UTC,
    };
    let browser = sign_in::Browser { token: "", device: "test" };
    let opened = sign_in::setup(&store, &token, setup, browser).await.unwrap();
    store.close().await;
    opened.token
}

fn path_text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// All files of a folder with content and modification time.
fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>, SystemTime)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.clone(), fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap())
        })
        .collect();
    files.sort();
    files
}

/// R12: checking a backup changes nothing.
#[tokio::test]
async fn checking_a_backup_changes_nothing() {
    let (data, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    community(data.path()).await;
    let file = |name: &str| backups.path().join(name);
    let good = file("good.db");
    assert_eq!(code_and_text(&guildhall(data.path(), &["backup", path_text(&good)], &[])).0, Some(0));

    let bytes = fs::read(&good).unwrap();
    let mut flipped = bytes.clone();
    let (from, to) = (bytes.len() / 2, bytes.len() / 2 + 4096);
    flipped[from..to].iter_mut().for_each(|byte| *byte ^= 0x55);
    fs::write(file("damaged.db"), &flipped).unwrap();
    fs::write(file("cut.db"), &bytes[..bytes.len() / 2]).unwrap();
    fs::write(file("text.db"), "a,b,c\n1,2,3\n").unwrap();
    fs::write(file("empty.db"), "").unwrap();
    fs::write(file("dump.pg"), b"PGDMP\x01\x0e\x00 and so on").unwrap();
    fs::write(file("torn.db"), &bytes).unwrap();
    fs::write(file("torn.db-wal"), "frames").unwrap();
    for (name, change) in [
        (
            "newer.db",
            "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_mars', 0)",
        ),
        ("astray.db", "PRAGMA foreign_keys = OFF; DELETE FROM members"),
        ("other.db", "DROP TABLE seaql_migrations"),
        ("older.db", "UPDATE seaql_migrations SET version = 'm20261121_000001_members'"),
    ] {
        fs::copy(&good, file(name)).unwrap();
        let db = store::connect_for_migrations(&format!("sqlite://{}", file(name).display())).await.unwrap();
        db.execute_unprepared(change).await.unwrap();
        db.close().await.unwrap();
    }

    let before = snapshot(backups.path());
    for (name, code, sentence) in [
        ("good.db", 0, "is a valid backup: 1 member, 0 events, last changed 2"),
        ("damaged.db", 65, "SQLite reports"),
        ("cut.db", 65, "SQLite reports"),
        ("text.db", 65, "not written by guildhall backup"),
        ("empty.db", 65, "not written by guildhall backup"),
        ("dump.pg", 65, "pg_restore"),
        ("torn.db", 65, "copied from a running database"),
        ("astray.db", 65, "refers to a missing row"),
        ("other.db", 65, "another program"),
        ("newer.db", 78, "newer version of Guildhall"),
        ("older.db", 78, "before the first release"),
        ("absent.db", 74, "Cannot read"),
    ] {
        let path = file(name);
        let (ended, text) =
            code_and_text(&guildhall(data.path(), &["restore", path_text(&path), "--verify"], &[]));
        assert!(ended == Some(code) && text.contains(sentence), "{name}: {ended:?} {text}");
        if code != 0 {
            // A backup that fails the check isn't restored either, even with `--replace`.
            let (ended, text) =
                code_and_text(&guildhall(data.path(), &["restore", path_text(&path), "--replace"], &[]));
            assert!(ended == Some(code) && text.contains(sentence), "{name}: {ended:?} {text}");
        }
    }
    assert_eq!(snapshot(backups.path()), before, "a check leaves no trace");
    assert!(
        code_and_text(&guildhall(data.path(), &["admin", "list"], &[])).1.contains("Ada"),
        "and nothing was replaced"
    );
}

/// R12: a restored community equals the backup.
#[tokio::test]
async fn a_backup_is_restored_and_existing_data_is_kept() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, second) = (first.path(), second.path());
    let session = community(first).await;
    fs::write(first.join("guildhall.toml"), "log = \"text\"\n").unwrap();
    let backup = first.join("backup.db");
    let (code, text) = code_and_text(&guildhall(first, &["backup", path_text(&backup)], &[]));
    assert!(
        code == Some(0) && text.contains("backup.db.secret") && text.contains("backup.db.toml"),
        "{text}"
    );
    let restore = |data: &Path, more: &[&str]| {
        code_and_text(&guildhall(data, &[&["restore", path_text(&backup)], more].concat(), &[]))
    };

    // On a new machine, with the secret from the backup.
    let (code, text) = restore(second, &[]);
    assert!(code == Some(0) && text.contains("1 member,") && text.contains("Restored the secret"), "{text}");
    assert_eq!(fs::read(first.join("secret")).unwrap(), fs::read(second.join("secret")).unwrap());
    Serving::on(second, &[]).stop();
    let signed_in = async |data: &Path| {
        let store = Store::open(&url(data), Clock::system()).await.unwrap();
        let found = store::members::sign_in_session(&store, &session).await.unwrap().is_some();
        store.close().await;
        found
    };
    assert!(!signed_in(second).await && signed_in(first).await);

    // An existing community is only replaced with `--replace`, and never while the portal runs.
    let before = fs::read(second.join("guildhall.db")).unwrap();
    let (code, text) = restore(second, &[]);
    assert!(code == Some(64) && text.contains("contains 1 member.") && text.contains("--replace"), "{text}");
    let serving = Serving::on(second, &[]);
    let (code, text) = restore(second, &["--replace"]);
    assert!(code == Some(75) && text.contains("is in use. Stop Guildhall first"), "{text}");
    let (code, text) = code_and_text(&guildhall(second, &["restore", "--in-place"], &[]));
    assert!(code == Some(75) && text.contains("is in use"), "{text}");
    serving.stop();
    assert_eq!(fs::read(second.join("guildhall.db")).unwrap().len(), before.len());
    let (code, text) = restore(second, &["--replace"]);
    assert!(code == Some(0) && text.contains("The previous database is now"), "{text}");
    let kept: Vec<_> = snapshot(second).into_iter().map(|(path, ..)| path).collect();
    let kept = kept.iter().find(|path| path_text(path).contains("guildhall.db.replaced-")).unwrap();
    assert_eq!(code_and_text(&guildhall(second, &["restore", path_text(kept), "--verify"], &[])).0, Some(0));
    assert!(!kept.parent().unwrap().join("guildhall.db.restoring").exists());

    // A broken database can be replaced too, and is also kept.
    fs::write(second.join("guildhall.db"), "no database").unwrap();
    let (code, text) = restore(second, &[]);
    assert!(code == Some(64) && text.contains("cannot be read"), "{text}");
    assert_eq!(restore(second, &["--replace"]).0, Some(0));
    Serving::on(second, &[]).stop();

    // Without the secret, the command says so, because the next start would fail.
    fs::remove_file(first.join("backup.db.secret")).unwrap();
    fs::remove_file(second.join("secret")).unwrap();
    let (code, text) = restore(second, &["--replace"]);
    assert!(code == Some(0) && text.contains("The secret of this database is missing"), "{text}");
}

#[test]
fn on_postgres_the_operator_is_told_to_use_pg_restore() {
    let folder = tempfile::tempdir().unwrap();
    let env = [("DATABASE_URL", "postgres://127.0.0.1:1/none")];
    let (code, text) = code_and_text(&guildhall(folder.path(), &["restore", "x"], &env));
    assert!(code == Some(64) && text.contains("pg_restore") && text.contains("--in-place"), "{text}");
    let (code, text) = code_and_text(&guildhall(folder.path(), &["restore"], &[]));
    assert_eq!(code, Some(2), "{text}");
}
