//! Tests of the command line: output and exit codes.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output},
};

use sea_orm::ConnectionTrait;

/// Runs the program in a folder, with only these environment variables.
pub(crate) fn guildhall(data: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.args(args).current_dir(data).env_clear().env("GUILDHALL_DATA", data);
    command.envs(env.iter().map(|(key, value)| (format!("GUILDHALL_{key}"), value)));
    command.output().unwrap()
}

pub(crate) fn code_and_text(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[test]
fn a_failure_is_one_sentence_and_an_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    fs::write(data.join("file"), "").unwrap();
    let inside_a_file = data.join("file/data").display().to_string();
    for (args, env, code, sentence) in [
        (&["serve"][..], &[("PORT", port.as_str())][..], 78, "is already in use"),
        (&["serve", "--port", &port], &[], 78, "is already in use"),
        (&["serve"], &[("LISTEN", "192.0.2.1"), ("PUBLIC_URL", "https://a.example")], 78, "Cannot listen on"),
        (&["migrate", "--data", &inside_a_file], &[], 73, "Cannot write to"),
        (&["serve"], &[("PROT", "1")], 78, "Did you mean port?"),
        (&["migrate"], &[("DATABASE_URL", "postgres://127.0.0.1:1/none")], 69, "annot open the database"),
        (&["import", "schedule", "absent.xml"], &[], 74, "Cannot read"),
        (&["admin", "role", "nobody", "member"], &[], 64, "not a valid email address"),
        (&["admin", "role", "nobody@example.org", "king"], &[], 64, "Unknown role"),
        (&["admin", "role", "nobody@example.org", "member"], &[], 64, "No member has this email address"),
        (&["admin", "sign-in-link", "nobody@example.org"], &[], 64, "no sign-in email"),
    ] {
        let (ended, text) = code_and_text(&guildhall(data, args, env));
        assert_eq!(ended, Some(code), "{args:?}: {text}");
        let last = text.lines().last().unwrap_or_default();
        assert!(
            last.starts_with("guildhall: ") && last.contains(sentence) && last.ends_with('.'),
            "{args:?}: {text}"
        );
    }
}

#[test]
fn a_matching_is_solved_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let good = "p guildhall-match 2 2 3\nc 0 1\nc 1 1\na 0 0 900\na 1 0 950\na 0 1 400\n";
    fs::write(data.join("good"), good).unwrap();
    fs::write(data.join("bad"), good.replace("950", "1950")).unwrap();
    // Wrong settings don't matter for this command.
    let (code, text) =
        code_and_text(&guildhall(data, &["match", "good", "--json", "--pairs"], &[("PROT", "1")]));
    assert!(code == Some(0) && text.contains("\"matched\":2,"), "{text}");
    assert!(text.contains("\"verified\":true") && text.contains("\"pairs\":[[0,1],[1,0]]"), "{text}");
    let (code, text) = code_and_text(&guildhall(data, &["match", "good"], &[]));
    assert!(code == Some(0) && text.starts_with('{') && !text.contains("pairs"), "{text}");
    let (code, text) = code_and_text(&guildhall(data, &["match", "bad"], &[]));
    assert!(code == Some(65) && text.contains("line 5") && text.contains("1950"), "{text}");
    let (code, text) = code_and_text(&guildhall(data, &["match", "absent"], &[]));
    assert!(code == Some(74) && text.contains("Cannot read"), "{text}");
}

/// The file is in Latin-1, has no acronym, guid or time zone, and one session can't be read.
#[test]
fn a_schedule_that_breaks_the_format_is_imported_with_notes() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let file = "<?xml version='1.0' encoding='ISO-8859-1'?>\n<schedule><conference><title>F\u{ea}te</title></conference>\
                <day index='1' date='2027-02-06'><room name='Main'><event id='1'><start>09:00</start>\
                <duration>00:25</duration><title>Welcome</title><persons/></event>\n<event id='2'><start>10:00</start>\
                <title>How long?</title></event></room></day></schedule>";
    let latin: Vec<u8> = file.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    fs::write(data.join("old.xml"), latin).unwrap();
    let import = |more: &[&str]| {
        let args = [&["import", "schedule", "old.xml"], more].concat();
        code_and_text(&guildhall(data, &args, &[]))
    };
    let (code, text) = import(&["--zone", "Europe/Paris", "--strict"]);
    assert!(code == Some(65) && text.contains("nothing was imported"), "{text}");
    let (code, text) = import(&["--zone", "Europe/Paris"]);
    assert!(code == Some(0) && text.contains("F\u{ea}te to /events/"), "{text}");
    assert!(text.contains("Sessions: 1 added"), "{text}");
    assert!(text.contains("line 3, column 1: the session was left out: it has no duration"), "{text}");
    let (code, text) = import(&["--zone", "Europe/Paris"]);
    assert!(code == Some(0) && text.contains("0 removed, 1 unchanged"), "{text}");
    let (code, text) = import(&[]);
    assert!(code == Some(65) && text.contains("--zone"), "{text}");
}

#[test]
fn the_demo_is_created_once_checked_and_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let copy = data.join("copy");
    fs::create_dir(&copy).unwrap();
    // With the permissions that Guildhall sets, so that `doctor` finds no problem.
    for folder in [data, &copy] {
        fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    }
    let target = copy.join("guildhall.db").display().to_string();

    let (code, text) = code_and_text(&guildhall(data, &["backup", &target], &[]));
    assert_eq!(code, Some(74), "{text}");
    let (code, text) = code_and_text(&guildhall(data, &["demo"], &[]));
    assert!(code == Some(0) && text.contains("members and"), "{text}");
    let (code, text) = code_and_text(&guildhall(data, &["demo"], &[]));
    assert!(code == Some(64) && text.contains("not empty"), "{text}");
    let (code, text) = code_and_text(&guildhall(data, &["doctor"], &[]));
    assert!(code == Some(0) && text.contains("ok     the database file is intact"), "{text}");
    let (code, everybody) = code_and_text(&guildhall(data, &["admin", "list"], &[]));
    assert!(code == Some(0) && everybody.contains("administrator"), "{everybody}");
    let (code, text) =
        code_and_text(&guildhall(data, &["admin", "role", "grace@guild.example", "member"], &[]));
    assert_eq!(code, Some(0), "{text}");

    let (code, text) = code_and_text(&guildhall(data, &["backup", &target], &[]));
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = code_and_text(&guildhall(data, &["backup", &target], &[]));
    assert!(code == Some(73) && text.contains("already exists"), "{text}");
    let (code, text) = code_and_text(&guildhall(&copy, &["doctor"], &[]));
    assert_eq!(code, Some(0), "{text}");
    let listed = |data: &Path| code_and_text(&guildhall(data, &["admin", "list"], &[])).1;
    assert_eq!(listed(data), listed(&copy));
    assert_ne!(listed(data), everybody);
}

/// Runs the program in a folder, with an email as its standard input.
fn piped(data: &Path, args: &[&str], email: &str) -> (Option<i32>, String) {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_guildhall"))
        .args(args)
        .env_clear()
        .env("GUILDHALL_DATA", data)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(email.as_bytes()).unwrap();
    code_and_text(&child.wait_with_output().unwrap())
}

/// The mail server is unavailable and the admin is signed out, so the sign-in email waits in the outbox. A
/// delivery report only mutes an address with the Message-ID of an email to it. `doctor` doesn't report refused
/// emails as a problem.
#[tokio::test]
async fn an_operator_handles_emails_that_do_not_arrive() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    // With the permissions that Guildhall sets, so that `doctor` finds no problem.
    fs::set_permissions(data, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    assert_eq!(code_and_text(&guildhall(data, &["demo"], &[])).0, Some(0));
    let url = format!("sqlite://{}", data.join("guildhall.db").display());
    let store = store::Store::open(&url, store::Clock::system()).await.unwrap();
    let address = domain::members::Address::parse("Ada@guild.example").unwrap();
    let browser = store::sign_in::new_token();
    store::sign_in::request_email(&store, store::sign_in::EmailRequest::new(&address, &browser))
        .await
        .unwrap();

    let show = || {
        code_and_text(&guildhall(data, &["admin", "sign-in-link", "ada@guild.example"], &[("PORT", "3141")]))
    };
    let (code, text) = show();
    assert!(code == Some(0) && text.contains("Link: http://127.0.0.1:3141/sign-in/link/"), "{text}");
    let link = text.lines().next().unwrap().rsplit('/').next().unwrap();
    assert!(store::sign_in::link_use(&store, link, &browser).await.is_ok(), "it signs in");

    let email = store::outbox::waiting_sign_in(&store, &address).await.unwrap().unwrap().id;
    let report = |message_id: String| {
        format!(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
             Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n\
             Final-Recipient: rfc822;ada@guild.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\n\
             Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}@127.0.0.1>\r\n--b--\r\n"
        )
    };
    let forged = report("01a200e9-cba3-7582-aa21-54be9edc57ee".to_owned());
    let (code, text) = piped(data, &["mail", "bounce"], &forged);
    assert!(code == Some(0) && text.contains("emails to 0 addresses"), "{text}");
    let (code, text) = piped(data, &["mail", "bounce"], &report(email.to_string()));
    assert!(code == Some(0) && text.contains("emails to 1 address."), "{text}");

    let claimed = store::outbox::claim(&store, 10).await.unwrap();
    let refused =
        store::outbox::Outcome::Bounced("the mail server refused the recipient: 550 5.1.1".to_owned());
    store::outbox::settle(&store, claimed[0].id, refused).await.unwrap();
    assert_eq!(show().0, Some(64), "the email has ended, and its secret with it");
    let (code, text) = code_and_text(&guildhall(data, &["doctor"], &[]));
    assert!(code == Some(0) && text.contains("note   every email is sent or waiting: 1 refused"), "{text}");
    let (code, text) = code_and_text(&guildhall(data, &["mail", "hold"], &[]));
    assert!(code == Some(0) && text.contains("on hold."), "{text}");
    store.close().await;
}

/// R11: a database of a newer Guildhall is refused, and so is one from before the first release.
#[tokio::test]
async fn a_database_that_cannot_be_migrated_is_refused() {
    let sqlite = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", sqlite.path().join("guildhall.db").display());
    refuses(sqlite.path(), &url, &[]).await;
    // `cargo xtask test` starts this PostgreSQL.
    let Ok(server) = std::env::var("GUILDHALL_TEST_POSTGRES") else { return };
    let (database, folder) = (empty_database(&server, "refused").await, tempfile::tempdir().unwrap());
    refuses(folder.path(), &database.url, &[("DATABASE_URL", &database.url)]).await;
    database.drop().await;
}

/// Changes the list of migrations of a good database, and checks that each command refuses it and changes
/// nothing.
async fn refuses(data: &Path, url: &str, env: &[(&str, &str)]) {
    let older = "made by a version of Guildhall from before the first release";
    for (change, undo, refusal) in [
        (
            "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_mars', 0)",
            "DELETE FROM seaql_migrations WHERE version LIKE '%mars'",
            "belongs to a newer version of Guildhall",
        ),
        (
            "UPDATE seaql_migrations SET version = 'm20261121_000001_members' WHERE version LIKE '%baseline'",
            "UPDATE seaql_migrations SET version = 'm20261127_000001_baseline' WHERE version LIKE '%members'",
            older,
        ),
        // Tables without a list of migrations, and with an empty one.
        ("ALTER TABLE seaql_migrations RENAME TO kept", "ALTER TABLE kept RENAME TO seaql_migrations", older),
        (
            "CREATE TABLE kept AS SELECT * FROM seaql_migrations; DELETE FROM seaql_migrations",
            "INSERT INTO seaql_migrations SELECT * FROM kept; DROP TABLE kept",
            older,
        ),
    ] {
        // Control: without the change the database is fine.
        assert_eq!(code_and_text(&guildhall(data, &["migrate"], env)).0, Some(0));
        let execute = async |sql| {
            let db = store::connect_for_migrations(url).await.unwrap();
            db.execute_unprepared(sql).await.unwrap();
            db.close().await.unwrap();
        };
        execute(change).await;
        for command in ["migrate", "serve", "doctor"] {
            let env = [env, &[("PORT", "0")]].concat();
            let (code, text) = code_and_text(&guildhall(data, &[command], &env));
            assert!(code == Some(78) && text.contains(refusal), "{change}: {command}: {code:?} {text}");
        }
        execute(undo).await;
    }
    assert_eq!(code_and_text(&guildhall(data, &["migrate"], env)).0, Some(0));
}

/// An empty database on a test's PostgreSQL server.
struct EmptyDatabase {
    url: String,
    name: String,
    server: sea_orm::DatabaseConnection,
}

impl EmptyDatabase {
    async fn drop(self) {
        self.server.execute_unprepared(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).await.unwrap();
    }
}

async fn empty_database(server: &str, name: &str) -> EmptyDatabase {
    let name = format!("{name}_{}", std::process::id());
    let db = store::connect_for_migrations(server).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (before, query) = server.split_once('?').unwrap_or((server, ""));
    let url = format!("{}/{name}?{query}", before.rsplit_once('/').unwrap().0);
    EmptyDatabase { url, name, server: db }
}

#[test]
fn postgres_is_backed_up_with_pg_dump() {
    let folder = tempfile::tempdir().unwrap();
    let env = [("DATABASE_URL", "postgres://127.0.0.1:1/none")];
    let (code, text) = code_and_text(&guildhall(folder.path(), &["backup", "x"], &env));
    assert!(code == Some(64) && text.contains("pg_dump"), "{text}");
}

/// Runs `guildhall migrate` four times at once. All have to succeed, and exactly one applies the migrations.
fn race(data: &Path, env: &[(&str, &str)]) {
    let outputs: Vec<Output> = std::thread::scope(|scope| {
        let racers: Vec<_> = (0..4).map(|_| scope.spawn(|| guildhall(data, &["migrate"], env))).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    let texts: Vec<String> = outputs.iter().map(|output| code_and_text(output).1).collect();
    assert!(outputs.iter().all(|output| output.status.success()), "{texts:?}");
    assert_eq!(texts.iter().filter(|text| !text.contains("(0 migrations")).count(), 1, "{texts:?}");
}

/// R11: processes that start at the same time migrate only once.
#[tokio::test]
async fn processes_that_start_at_once_migrate_once() {
    let folder = tempfile::tempdir().unwrap();
    race(folder.path(), &[]);
    // `cargo xtask test` starts this PostgreSQL.
    let Ok(server) = std::env::var("GUILDHALL_TEST_POSTGRES") else { return };
    let database = empty_database(&server, "race").await;
    race(folder.path(), &[("DATABASE_URL", &database.url)]);
    database.drop().await;
}

/// Starts the portal, reads its address, stops it, and reads the rest of its output.
#[cfg(unix)]
#[test]
fn a_first_run_prints_the_address_and_stops_on_a_signal() {
    use std::io::{BufRead, BufReader, Read};
    for (args, expected) in [
        (&["serve", "--port", "0"][..], "with this one-time link: http://127.0.0.1:"),
        (&["serve", "--port", "0", "--demo"], "  Sign in as Ada"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        command
            .args(args)
            .env_clear()
            .env("GUILDHALL_DATA", folder.path())
            .stdout(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("Ctrl-C") {
            assert_ne!(lines.read_line(&mut text).unwrap(), 0, "{text}");
        }
        assert!(
            text.starts_with("Guildhall is running at http://127.0.0.1:") && text.contains(expected),
            "{text}"
        );
        Command::new("kill").arg(child.id().to_string()).status().unwrap();
        assert!(child.wait().unwrap().success());
        lines.read_to_string(&mut text).unwrap();
    }
}
