//! Sending emails: one worker empties an outbox of this many confirmations with calendar parts. The mail server accepts
//! everything at once. The goal is 2,000 in a second.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use sea_orm::ConnectionTrait as _;
use server::mail::{MailConfig, worker};
use store::{Engine, events};
use tests::Guild;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    time::sleep,
};
use tokio_util::sync::CancellationToken;

use crate::measure::{Bench, on_disk};

pub(crate) const SIZE: usize = 5_000;

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    g.demo().await;
    fill(g, bench.size).await;
    let (store, _folder) = on_disk(g).await;
    let sink = Sink::start().await;
    let config = MailConfig {
        smtp: Some(sink.address.clone().into()),
        from: "Secure Synergy <guild@guild.example>".parse().unwrap(),
        public_url: "https://guild.example".to_owned(),
        community: "Secure Synergy".to_owned(),
        logo: None,
        links: server::links::Links::new(&"the secret of a benchmark is no secret".into()),
        mail_reply: false,
    };
    let stop = CancellationToken::new();
    let size = bench.size;
    let started = Instant::now();
    bench
        .measure(&format!("send {size} emails"), 1, async |_| {
            tokio::spawn(worker(store.clone(), config.clone(), stop.clone()).unwrap());
            while sink.accepted.load(Ordering::Relaxed) < size {
                assert!(started.elapsed() < Duration::from_secs(300), "the emails take too long");
                sleep(Duration::from_millis(1)).await;
            }
        })
        .await;
    println!("{:.0} emails a second", size as f64 / started.elapsed().as_secs_f64());
    stop.cancel();
    sleep(Duration::from_secs(1)).await;
    store.close().await;
}

/// Copies the confirmation of a seat to this many addresses.
async fn fill(g: &Guild, size: usize) {
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let form = tests::event_form(None);
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "bench").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    g.raw().execute_unprepared("DELETE FROM emails").await.unwrap();
    events::rsvp(&g.store, &mei, &slug, 0).await.unwrap();
    let id = match g.store.engine() {
        Engine::Sqlite => "randomblob(16)",
        Engine::Postgres => "gen_random_uuid()",
    };
    let sql = format!(
        "INSERT INTO emails (id, member_id, kind, address, name, zone, locale, payload, state, attempts, unknowns, cause, \
         posted_at, due_at, expires_at, settled_at, rsvp_id, secret, undeliverable, priority) \
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {size}) \
         SELECT {id}, member_id, kind, 'crowd-' || n || '@guild.example', name, zone, locale, payload, state, attempts, \
         unknowns, cause, posted_at, posted_at, expires_at, settled_at, NULL, secret, undeliverable, priority \
         FROM numbers, (SELECT * FROM emails LIMIT 1) AS pattern"
    );
    g.raw().execute_unprepared(&sql).await.unwrap();
    g.raw().execute_unprepared("DELETE FROM emails WHERE rsvp_id IS NOT NULL").await.unwrap();
    g.raw().execute_unprepared("ANALYZE").await.unwrap();
}

/// A mail server that accepts each email at once and forgets it.
struct Sink {
    address: String,
    accepted: Arc<AtomicUsize>,
}

impl Sink {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let accepted = Arc::new(AtomicUsize::new(0));
        let count = accepted.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                connection.set_nodelay(true).unwrap();
                tokio::spawn(serve(connection, count.clone()));
            }
        });
        Self { address, accepted }
    }
}

/// Speaks as much SMTP as the worker needs. Ends when the worker hangs up.
async fn serve(connection: TcpStream, accepted: Arc<AtomicUsize>) -> std::io::Result<()> {
    let mut connection = BufReader::new(connection);
    connection.write_all(b"220 sink\r\n").await?;
    let mut line = String::new();
    let mut in_data = false;
    loop {
        line.clear();
        if connection.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let answer: &[u8] = if in_data {
            if line != ".\r\n" {
                continue;
            }
            in_data = false;
            accepted.fetch_add(1, Ordering::Relaxed);
            b"250 accepted\r\n"
        } else if line.starts_with("EHLO") {
            b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
        } else if line.starts_with("DATA") {
            in_data = true;
            b"354 go on\r\n"
        } else {
            b"250 fine\r\n"
        };
        connection.write_all(answer).await?;
    }
}
