//! The mail worker with a real mail server that works, refuses, hangs or is down (C6, R6).

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use std::{
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};

use domain::members::Address;
use server::mail::{MailConfig, worker};
use store::{
    Channel, mailbox,
    outbox::{self, Outcome},
    sign_in,
};
use tempfile::TempDir;
use tests::{Guild, guild_test};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

/// The mail server of `tests/e2e/support`. It writes each complete email to a file.
pub(crate) struct Smtp {
    pub(crate) address: String,
    port: String,
    folder: TempDir,
    process: Child,
}

impl Smtp {
    pub(crate) async fn start() -> Self {
        Self::with("none").await
    }

    /// Starts a server on the port of an earlier one.
    async fn start_on_port(port: &str) -> Self {
        Self::at("none", port).await
    }

    /// Kills the server with its connections. Returns its port.
    async fn kill(mut self) -> String {
        self.process.kill().await.unwrap();
        self.port
    }

    /// Starts a server with `starttls` or `tls` and a self-signed certificate.
    async fn with(security: &str) -> Self {
        Self::at(security, "0").await
    }

    async fn at(security: &str, port: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/support/smtp-main.mjs");
        let missing = "the mail server of the tests needs Node and its packages: run `cargo xtask test`";
        let mut process = Command::new("node")
            .arg(script)
            .arg(folder.path())
            .args([security, port])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect(missing);
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next_line().await.unwrap().expect(missing);
        Self { address: format!("smtp://127.0.0.1:{port}"), port, folder, process }
    }

    /// Every email, in the order of arrival.
    pub(crate) fn emails(&self) -> Vec<String> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .collect();
        files.sort();
        files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }

    fn connections(&self) -> usize {
        std::fs::read_to_string(self.folder.path().join("connections")).unwrap().parse().unwrap()
    }
}

pub(crate) fn header(mail: &str, name: &str) -> String {
    let start = format!("{name}: ");
    mail.lines().find_map(|line| line.strip_prefix(&start)).unwrap().to_owned()
}

/// A mail worker that runs until it is stopped.
pub(crate) struct Running {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    fn start(guild: &Guild, smtp: Option<&str>) -> Self {
        Self::of_portal(guild, smtp, "https://guild.example")
    }

    /// Starts a worker for the portal at this address, which ends its Message-IDs with the address' host.
    pub(crate) fn of_portal(guild: &Guild, smtp: Option<&str>, public_url: &str) -> Self {
        let config = MailConfig {
            smtp: smtp.map(|address| address.to_owned().into()),
            from: "Secure Synergy <guild@guild.example>".parse().unwrap(),
            public_url: public_url.to_owned(),
            community: "Secure Synergy".to_owned(),
            logo: None,
            links: server::links::Links::new(&"the secret of a test is no secret".into()),
            mail_reply: false,
        };
        let (store, stop) = (guild.store.clone(), CancellationToken::new());
        let token = stop.clone();
        let task = tokio::spawn(worker(store, config, token).unwrap());
        Self { stop, task }
    }

    /// Stops the worker and returns how long that took.
    pub(crate) async fn stop(self) -> Duration {
        let begun = Instant::now();
        self.stop.cancel();
        self.task.await.unwrap();
        begun.elapsed()
    }
}

async fn request_sign_in(guild: &Guild, address: &str) {
    let address = Address::parse(address).unwrap();
    let browser = sign_in::new_token();
    sign_in::request_email(&guild.store, sign_in::EmailRequest::new(&address, &browser)).await.unwrap();
}

/// Waits until `count` emails have this state.
pub(crate) async fn until(guild: &Guild, state: &str, count: i64) {
    let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE state = '{state}'");
    let begun = Instant::now();
    while guild.number(&sql).await != count {
        let states = guild.rows("SELECT state, cause FROM emails").await;
        let states: Vec<(String, String)> = states
            .iter()
            .map(|row| (row.try_get("", "state").unwrap(), row.try_get("", "cause").unwrap()))
            .collect();
        assert!(begun.elapsed() < Duration::from_secs(20), "{count} emails should be {state}: {states:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until `count` emails are pending because the server could not be reached. Their attempts are not
/// counted.
async fn until_untried(guild: &Guild, count: i64) {
    let untried = "SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE state = 'pending' AND attempts = 0 AND cause <> ''";
    let begun = Instant::now();
    while guild.number(untried).await != count
        || outbox::next_due(&guild.store).await.unwrap().is_none_or(|due| due <= guild.now())
    {
        assert!(begun.elapsed() < Duration::from_secs(20), "{count} emails should be held");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Skips the backoff. The posted email wakes the worker.
fn after_backoff(guild: &Guild) {
    after(guild, 2);
}

fn after(guild: &Guild, minutes: i64) {
    guild.advance(chrono::Duration::minutes(minutes));
    guild.store.wake(Channel::Emails);
}

/// R6: one email for each outcome: accepted, refused permanently, refused for now, and interrupted.
#[guild_test(empty)]
async fn each_email_ends_in_the_right_state(g: Guild) {
    let smtp = Smtp::start().await;
    for address in
        ["amara@guild.example", "refuse@guild.example", "busy@guild.example", "reset@guild.example"]
    {
        request_sign_in(&g, address).await;
    }
    let worker = Running::start(&g, Some(&smtp.address));
    until(&g, "sent", 1).await;
    until(&g, "failed", 1).await;
    until(&g, "pending", 2).await;
    assert_eq!(smtp.emails().len(), 2, "Amara's email, and the interrupted one");

    let causes = g.rows("SELECT cause FROM emails WHERE cause <> '' ORDER BY address").await;
    let causes: Vec<String> = causes.iter().map(|row| row.try_get("", "cause").unwrap()).collect();
    assert_eq!(causes[0], "the mail server refused the recipient: 451 4.3.0");
    assert_eq!(causes[1], "the mail server refused the recipient: 550 5.1.1");
    assert!(causes[2].starts_with("the connection ended before the mail server confirmed"), "{}", causes[2]);
    assert!(!causes.join(" ").contains('@'), "{causes:?}");

    after_backoff(&g);
    until(&g, "sent", 3).await;
    let ids: Vec<String> = smtp.emails().iter().map(|mail| header(mail, "Message-ID")).collect();
    assert_eq!(ids.len(), 4);
    let cut_off: Vec<_> = smtp
        .emails()
        .iter()
        .filter(|mail| mail.contains("reset@guild"))
        .map(|m| header(m, "Message-ID"))
        .collect();
    assert_eq!(cut_off.len(), 2);
    assert_eq!(cut_off[0], cut_off[1], "the repeated email has the same Message-ID");
    assert!(smtp.emails().iter().all(|mail| header(mail, "Auto-Submitted") == "auto-generated"));
    worker.stop().await;
    g.expect_emails("failed:no_account=1 no_account=3").await;
}

/// R6: an email that cannot be rendered, or whose data cannot be read, doesn't block others.
#[guild_test(empty)]
async fn an_unreadable_email_does_not_block_others(g: Guild) {
    let smtp = Smtp::start().await;
    for address in ["a@guild.example", "b@guild.example", "c@guild.example", "refuse@guild.example"] {
        request_sign_in(&g, address).await;
    }
    g.rows("UPDATE emails SET address = 'nobody' WHERE address = 'a@guild.example' RETURNING id").await;
    g.rows("UPDATE emails SET payload = '{}' WHERE address = 'b@guild.example' RETURNING id").await;
    let worker = Running::start(&g, Some(&smtp.address));
    until(&g, "sent", 1).await;
    until(&g, "failed", 3).await;
    assert_eq!(smtp.emails().len(), 1);
    worker.stop().await;
    g.expect_emails("failed:no_account=3 no_account=1").await;
}

/// R6: when the mail server is down, no email is lost. Pending emails are sent when it is back.
#[guild_test(empty)]
async fn no_email_is_lost_when_the_mail_server_is_down(g: Guild) {
    for n in 0..60 {
        request_sign_in(&g, &format!("member{n}@guild.example")).await;
    }
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let kill = format!("smtp://{}", free.local_addr().unwrap());
    drop(free);
    let worker = Running::start(&g, Some(&kill));
    until_untried(&g, 60).await;
    assert!(worker.stop().await < Duration::from_secs(1));
    g.advance(chrono::Duration::minutes(2));
    let smtp = Smtp::start().await;
    let worker = Running::start(&g, Some(&smtp.address));
    until(&g, "sent", 60).await;
    assert_eq!(smtp.emails().len(), 60);
    worker.stop().await;
    g.expect_emails("no_account=60").await;
}

/// R6: an outage of the mail server uses up no attempts. A minute after it is back, everything is sent.
#[guild_test(empty)]
async fn a_mail_server_that_is_back_gets_pending_emails_at_once(g: Guild) {
    let smtp = Smtp::start().await;
    let worker = Running::start(&g, Some(&smtp.address));
    request_sign_in(&g, "first@guild.example").await;
    until(&g, "sent", 1).await;
    let port = smtp.kill().await;
    for n in 0..3 {
        request_sign_in(&g, &format!("member{n}@guild.example")).await;
    }
    for _ in 0..5 {
        until_untried(&g, 3).await;
        after(&g, 1);
    }
    until_untried(&g, 3).await;
    let smtp = Smtp::start_on_port(&port).await;
    after(&g, 1);
    until(&g, "sent", 4).await;
    assert_eq!(smtp.emails().len(), 3);
    worker.stop().await;
    g.expect_emails("no_account=4").await;
}

/// C7: an email that could not be tried counts no attempt. Like any other email, it is given up after 72
/// hours.
#[guild_test]
async fn c7_an_email_that_could_not_be_tried_waits_for_three_days(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    let attempts = async || g.number("SELECT CAST(attempts AS BIGINT) FROM emails").await;
    let settle = async |outcome: fn(String) -> Outcome| {
        let email = outbox::claim(&g.store, 10).await.unwrap().pop().unwrap();
        outbox::settle(&g.store, email.id, outcome("away".to_owned())).await.unwrap();
        outbox::next_due(&g.store).await.unwrap().map(|due| (due - g.now()).num_minutes())
    };
    for _ in 0..71 {
        assert_eq!((settle(Outcome::Held).await, attempts().await), (Some(1), 0));
        g.advance(chrono::Duration::hours(1));
    }
    // A real attempt is counted, and the next one waits longer.
    assert_eq!((settle(Outcome::Retry).await, attempts().await), (Some(1), 1));
    g.advance(chrono::Duration::minutes(2));
    assert_eq!((settle(Outcome::Retry).await, attempts().await), (Some(2), 2));
    g.advance(chrono::Duration::minutes(58));
    assert_eq!(settle(Outcome::Held).await, None);
    assert_eq!(outbox::waiting(&g.store).await.unwrap().failed, 1);
    g.expect_emails("failed:confirmed=1").await;
}

/// R6: sign-in secrets are only sent to a server that proves its identity. `127.1` and `::ffff:127.0.0.1`
/// are this machine, but not under a name that is known to be local, so they count as remote.
#[guild_test(empty)]
async fn no_email_goes_to_a_server_that_cannot_be_trusted(g: Guild) {
    let days = [
        ("none", "smtp://127.1:", "the mail server offers no STARTTLS, so nothing is sent to it"),
        ("starttls", "smtp://[::ffff:127.0.0.1]:", "STARTTLS with the mail server failed"),
        ("tls", "smtps://localhost:", "the mail server sent no greeting"),
    ];
    for (security, scheme, cause) in days {
        let smtp = Smtp::with(security).await;
        request_sign_in(&g, "amara@guild.example").await;
        let worker = Running::start(&g, Some(&format!("{scheme}{}", smtp.port)));
        until_untried(&g, 1).await;
        worker.stop().await;
        let cause_text: String = g.rows("SELECT cause FROM emails").await[0].try_get_by_index(0).unwrap();
        assert!(cause_text.starts_with(cause), "{security}: {cause_text}");
        assert_eq!(cause_text.contains("certificate"), security != "none", "{security}: {cause_text}");
        assert_eq!(smtp.emails().len(), 0, "{security}");
        g.expect_emails("no_account").await;
    }
}

/// Five hundred emails are sent over two connections, each once.
#[guild_test(empty)]
async fn two_connections_carry_many_emails(g: Guild) {
    let smtp = Smtp::start().await;
    let worker = Running::start(&g, Some(&smtp.address));
    for n in 0..500 {
        request_sign_in(&g, &format!("member{n}@guild.example")).await;
    }
    until(&g, "sent", 500).await;
    worker.stop().await;
    let mut ids: Vec<String> = smtp.emails().iter().map(|mail| header(mail, "Message-ID")).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((smtp.emails().len(), ids.len()), (500, 500));
    assert!(smtp.connections() <= 2, "{}", smtp.connections());
    g.expect_emails("no_account=500").await;
}

/// Without a mail server, complete emails go to the built-in mailbox.
#[guild_test(empty)]
async fn without_a_mail_server_emails_go_to_the_built_in_mailbox(g: Guild) {
    let worker = Running::start(&g, None);
    request_sign_in(&g, "amara@guild.example").await;
    until(&g, "sent", 1).await;
    let emails = mailbox::newest(&g.store, 10).await.unwrap();
    assert_eq!(emails.len(), 1);
    assert_eq!(emails[0].to, "amara@guild.example");
    assert_eq!(
        emails[0].subject, "There’s no Guildhall account with this address",
        "the email has the community's current name"
    );
    let raw = String::from_utf8(emails[0].raw.clone()).unwrap();
    assert_eq!(header(&raw, "Message-ID"), format!("<{}@guild.example>", emails[0].email));
    worker.stop().await;
    g.expect_emails("no_account=1").await;
}

/// R6: a recipient whose server never answers blocks one connection. Other emails use the second
/// connection. Two emails to that recipient never block both.
#[guild_test(empty)]
async fn one_hanging_recipient_does_not_block_others(g: Guild) {
    let smtp = Smtp::start().await;
    for _ in 0..2 {
        request_sign_in(&g, "stall@slow.example").await;
    }
    let worker = Running::start(&g, Some(&smtp.address));
    until(&g, "sending", 2).await;
    for n in 0..60 {
        request_sign_in(&g, &format!("member{n}@guild.example")).await;
    }
    until(&g, "sent", 60).await;
    let stalled =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE state = 'sending' AND address LIKE 'stall%'";
    assert_eq!(g.number(stalled).await, 2, "both emails to that recipient are still in progress");
    worker.stop().await;
    g.expect_emails("no_account=62").await;
}

/// A local connection is encrypted when the server offers it, whatever its certificate. The name and
/// password are only sent then. Otherwise the cause says why they were not.
#[guild_test(empty)]
async fn a_local_submission_port_gets_name_and_password_after_starttls(g: Guild) {
    for (security, login, cause) in [
        (
            "none",
            "guild:secret@",
            "the mail server offers no sign-in with username and password and no STARTTLS",
        ),
        ("submission", "guild:wrong@", "the mail server did not accept our username and password: 535 5.7.8"),
    ] {
        let smtp = Smtp::with(security).await;
        request_sign_in(&g, "amara@guild.example").await;
        let worker = Running::start(&g, Some(&format!("smtp://{login}localhost:{}", smtp.port)));
        until_untried(&g, 1).await;
        worker.stop().await;
        let cause_text: String = g.rows("SELECT cause FROM emails").await[0].try_get_by_index(0).unwrap();
        assert!(cause_text.starts_with(cause), "{security}: {cause_text}");
        g.expect_emails("no_account").await;
    }
    let smtp = Smtp::with("submission").await;
    request_sign_in(&g, "amara@guild.example").await;
    let worker = Running::start(&g, Some(&format!("smtp://guild:secret@localhost:{}", smtp.port)));
    until(&g, "sent", 1).await;
    worker.stop().await;
    assert_eq!(smtp.emails().len(), 1);
    g.expect_emails("no_account=1").await;
}

/// R6: a mail server that hangs doesn't keep the portal from stopping. The interrupted email may have
/// arrived, so it is sent again with the same Message-ID. The other email was sent over the other
/// connection.
#[guild_test(empty)]
async fn a_hanging_mail_server_does_not_block_stopping(g: Guild) {
    let smtp = Smtp::start().await;
    request_sign_in(&g, "hang@guild.example").await;
    request_sign_in(&g, "amara@guild.example").await;
    let worker = Running::start(&g, Some(&smtp.address));
    while smtp.emails().len() < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let took = worker.stop().await;
    assert!(took < Duration::from_secs(5), "{took:?}");
    until(&g, "sent", 1).await;
    assert_eq!(outbox::waiting(&g.store).await.unwrap().pending, 1);
    let unknowns = "SELECT CAST(SUM(unknowns) AS BIGINT) FROM emails";
    assert_eq!(g.number(unknowns).await, 1);
    g.expect_emails("no_account=2").await;
}
