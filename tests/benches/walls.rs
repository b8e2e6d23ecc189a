//! Open walls: the time from giving kudos until the last of this many walls shows it, and the memory of each (K9). Half of
//! the walls belong to members, and half to visitors.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use store::{kudos, readiness};
use tests::Guild;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::Notify,
};

use crate::{
    load::{SECRET, Server},
    measure::Bench,
};

pub(crate) const SIZE: usize = 5_000;
const RUNS: usize = 5;
/// Walls that are opened at the same time.
const AT_ONCE: usize = 50;

/// Counts the walls that have got the next event.
#[derive(Default)]
struct Arrivals {
    missing: AtomicUsize,
    all: Notify,
}

impl Arrivals {
    fn arrived(&self) {
        if self.missing.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.all.notify_one();
        }
    }
}

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    g.demo().await;
    let since = kudos::latest_seq(&g.store).await.unwrap();
    let keys: Vec<String> = g
        .rows("SELECT demo_key FROM members WHERE demo_key IS NOT NULL AND role = 'member' ORDER BY demo_key")
        .await
        .iter()
        .map(|row| row.try_get("", "demo_key").unwrap())
        .collect();
    let mut sessions = Vec::with_capacity(keys.len());
    for key in &keys {
        sessions.push(g.session_of(key).await);
    }
    // The memory of a server that is a process of its own.
    let server = Server::start(g).await;
    let before = server.memory();
    let host = server.address.trim_start_matches("http://");
    open_all(host, since, &sessions, bench.size, &Arc::default()).await;
    let used = server.memory().saturating_sub(before) as f64 / bench.size.max(1) as f64;
    println!("{} walls: {used:.1} kB each", bench.size);
    server.stop().await;
    // Behind a proxy, connections are not counted by their address.
    let portal = g.portal(&[("trusted_proxies", "1"), ("secret", SECRET)]).await;
    let address = portal.address().trim_start_matches("http://").to_owned();
    let arrivals = Arc::new(Arrivals::default());
    open_all(&address, since, &sessions, bench.size, &arrivals).await;
    bench
        .measure("an empty write (baseline)", 5 * RUNS, async |_| {
            readiness::probe(portal.store()).await.unwrap();
        })
        .await;
    let (mei, people) = (g.actor("mei").await, ["kofi", "ines", "grace", "tomas", "ravi"]);
    let mut forms = Vec::new();
    for (n, key) in people.iter().enumerate() {
        let text = format!("You explained the fifth bug of the day for the {n}th time, and kindly.");
        forms.push(g.kudos_form(&[&g.actor(key).await], &text).await.check().unwrap());
    }
    let walls = bench.size;
    let what = format!("kudos on {walls} walls");
    bench
        .measure(&what, RUNS, async |run| {
            arrivals.missing.store(walls, Ordering::Release);
            kudos::give(portal.store(), &mei, forms[run].clone(), "").await.unwrap();
            arrivals.all.notified().await;
        })
        .await;
    portal.stop().await;
}

/// Opens this many walls, and waits until each is open.
async fn open_all(host: &str, since: i64, sessions: &[String], many: usize, arrivals: &Arc<Arrivals>) {
    for first in (0..many).step_by(AT_ONCE) {
        let count = AT_ONCE.min(many - first);
        arrivals.missing.store(count, Ordering::Release);
        for n in first..first + count {
            let session = (n % 2 == 0).then(|| sessions[n / 2 % sessions.len()].as_str());
            let stream = open(host, since, session, n).await;
            tokio::spawn(follow(stream, arrivals.clone()));
        }
        arrivals.all.notified().await;
    }
}

/// Opens a wall. A network has a limit of its own, so the walls come from several.
async fn open(address: &str, since: i64, session: Option<&str>, n: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let cookie = session.map(|session| format!("cookie: guildhall={session}\r\n")).unwrap_or_default();
    let request = format!(
        "GET /kudos/stream?since={since} HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\n\
         x-forwarded-for: 198.18.{}.1\r\n{cookie}\r\n",
        n % 100
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Reads a wall and reports that it is open, and each time that it has got everything new.
async fn follow(mut stream: TcpStream, arrivals: Arc<Arrivals>) {
    let (mut tail, mut bytes) = (Vec::new(), [0_u8; 1024]);
    // A silent wall gets the first one again, so that the connection lives.
    let mut wanted = &b": open\n\n"[..];
    while let Ok(count @ 1..) = stream.read(&mut bytes).await {
        tail.extend_from_slice(&bytes[..count]);
        if tail.windows(wanted.len()).any(|part| part == wanted) {
            wanted = b"event: seen\n";
            arrivals.arrived();
            tail = Vec::new();
        }
        // The end of one read may be the beginning of what is wanted.
        let keep = tail.len().saturating_sub(16);
        tail.drain(..keep);
    }
}
