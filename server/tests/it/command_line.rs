//! The program as an operator meets it: what it says and how it ends.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output},
};

use sea_orm::ConnectionTrait;

/// Runs the program in a folder, with nothing set but what is said here.
fn guildhall(data: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.args(args).current_dir(data).env_clear().env("GUILDHALL_DATA", data);
    command.envs(env.iter().map(|(key, value)| (format!("GUILDHALL_{key}"), value)));
    command.output().unwrap()
}

fn says(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[test]
fn what_stops_it_is_one_sentence_and_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    fs::write(data.join("file"), "").unwrap();
    let inside_a_file = data.join("file/data").display().to_string();
    for (args, env, code, sentence) in [
        (&["serve"][..], &[("PORT", port.as_str())][..], 78, "is taken by another program"),
        (&["serve", "--port", &port], &[], 78, "is taken by another program"),
        (&["serve"], &[("LISTEN", "192.0.2.1"), ("PUBLIC_URL", "https://a.example")], 78, "Cannot listen on"),
        (&["migrate", "--data", &inside_a_file], &[], 73, "cannot be written"),
        (&["serve"], &[("PROT", "1")], 78, "did you mean port"),
        (&["migrate"], &[("DATABASE_URL", "postgres://127.0.0.1:1/none")], 69, "cannot be opened"),
        (&["import", "schedule", "absent.xml"], &[], 74, "cannot be read"),
        (&["admin", "role", "nobody", "member"], &[], 64, "not a mail address"),
        (&["admin", "role", "nobody@example.org", "king"], &[], 64, "no role"),
        (&["admin", "role", "nobody@example.org", "member"], &[], 64, "Nobody here has that address"),
        (&["admin", "sign-in-link", "nobody@example.org"], &[], 64, "no sign-in mail"),
    ] {
        let (ended, text) = says(&guildhall(data, args, env));
        assert_eq!(ended, Some(code), "{args:?}: {text}");
        let last = text.lines().last().unwrap_or_default();
        assert!(last.starts_with("guildhall: ") && last.contains(sentence) && last.ends_with('.'), "{args:?}: {text}");
    }
}

#[test]
fn the_demo_is_made_once_looked_at_and_copied() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let copy = data.join("copy");
    fs::create_dir(&copy).unwrap();
    let target = copy.join("guildhall.db").display().to_string();

    let (code, text) = says(&guildhall(data, &["backup", &target], &[]));
    assert_eq!(code, Some(74), "{text}");
    let (code, text) = says(&guildhall(data, &["demo"], &[]));
    assert!(code == Some(0) && text.contains("people and"), "{text}");
    let (code, text) = says(&guildhall(data, &["demo"], &[]));
    assert!(code == Some(64) && text.contains("not empty"), "{text}");
    let (code, text) = says(&guildhall(data, &["doctor"], &[]));
    assert!(code == Some(0) && text.contains("ok     the database file is sound"), "{text}");
    let (code, everybody) = says(&guildhall(data, &["admin", "list"], &[]));
    assert!(code == Some(0) && everybody.contains("administrator"), "{everybody}");
    let (code, text) = says(&guildhall(data, &["admin", "role", "ada@guild.example", "organiser"], &[]));
    assert_eq!(code, Some(0), "{text}");

    let (code, text) = says(&guildhall(data, &["backup", &target], &[]));
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = says(&guildhall(data, &["backup", &target], &[]));
    assert!(code == Some(73) && text.contains("exists already"), "{text}");
    let (code, text) = says(&guildhall(&copy, &["doctor"], &[]));
    assert_eq!(code, Some(0), "{text}");
    let listed = |data: &Path| says(&guildhall(data, &["admin", "list"], &[])).1;
    assert_eq!(listed(data), listed(&copy));
    assert_ne!(listed(data), everybody);
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert_eq!(says(&guildhall(data, &["migrate"], &[])).0, Some(0));
    let url = format!("sqlite://{}", data.join("guildhall.db").display());
    let db = store::connect_for_migrations(&url).await.unwrap();
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_mars', 0)";
    db.execute_unprepared(newer).await.unwrap();
    db.close().await.unwrap();
    for command in ["migrate", "serve", "doctor"] {
        let (code, text) = says(&guildhall(data, &[command], &[("PORT", "0")]));
        assert!(code == Some(78) && text.contains("belongs to a newer Guildhall"), "{command}: {text}");
    }
}

#[test]
fn postgres_is_backed_up_with_its_own_tool() {
    let folder = tempfile::tempdir().unwrap();
    let env = [("DATABASE_URL", "postgres://127.0.0.1:1/none")];
    let (code, text) = says(&guildhall(folder.path(), &["backup", "x"], &env));
    assert!(code == Some(64) && text.contains("pg_dump"), "{text}");
}
