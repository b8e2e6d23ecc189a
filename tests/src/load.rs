//! Load for the reliability tests: members take seats over HTTP at real server processes, one after the other
//! and many at once. During that load the tests kill processes, restart databases and make backups.
//!
//! Every member takes one seat at every event, and repeats the request until the server confirms it. The
//! responses therefore say what must be in the database. When all seats are taken, members send their requests
//! again, which changes nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use domain::{Actor, Slug, Zone, events::EventForm, members::Address};
use futures::future::join_all;
use reqwest::{Client, header};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait as _;
use store::{Clock, Store, events, settings, sign_in};
use tokio::task::JoinHandle;

/// A member's seat at an event: the member's address and the event's slug.
pub type Seat = (String, String);

/// A community with members and events in a database of its own.
pub struct Community {
    /// The address of the database.
    pub url: String,
    /// Each member's email address and session cookie.
    pub members: Vec<(String, String)>,
    /// The slugs of its upcoming events. None of them has a capacity.
    pub events: Vec<Slug>,
}

impl Community {
    /// Creates the community in an empty database. Its events start relative to this machine's clock.
    pub async fn create(url: &str, members: usize, events: usize) -> Self {
        let raw = store::connect_for_migrations(url).await.unwrap();
        migrations::Migrator::up(&raw, None).await.unwrap();
        let store = Store::open(url, Clock::system()).await.unwrap();
        let ada = administrator(&store).await;
        settings::set_sign_up(&store, settings::SignUp::Open).await.unwrap();
        let day = (store.now() + chrono::Duration::days(10)).format("%Y-%m-%d").to_string();
        let event = async |i: usize| {
            let form =
                EventForm { title: format!("Evening {i}"), date: day.clone(), ..crate::event_form(None) };
            let slug = events::create(&store, &ada, form.check().unwrap(), &i.to_string()).await.unwrap();
            events::publish(&store, &ada, &slug).await.unwrap();
            slug
        };
        let mut slugs = Vec::new();
        for i in 0..events {
            slugs.push(event(i).await);
        }
        let people = join_all((0..members).map(|i| join(&store, &raw, i))).await;
        store.close().await;
        raw.close().await.unwrap();
        Self { url: url.to_owned(), members: people, events: slugs }
    }

    /// The seats that each worker takes, in order, as the numbers of the member and the event.
    fn plan(&self, workers: usize) -> Vec<Vec<(usize, usize)>> {
        let mut plan = vec![Vec::new(); workers];
        for event in 0..self.events.len() {
            for member in 0..self.members.len() {
                plan[member % workers].push((member, event));
            }
        }
        plan
    }
}

async fn administrator(store: &Store) -> Actor {
    let token = sign_in::setup_token(store).await.unwrap().unwrap();
    let address = Address::parse("ada@guild.example").unwrap();
    let setup = sign_in::Setup {
        community: "Guild".into(),
        tagline: String::new(),
        sign_up: settings::SignUp::Invite,
        colour: settings::Colour::default(),
        name: "Ada".into(),
        address,
        zone: Zone::UTC,
    };
    let browser = sign_in::Browser { token: "", device: "test" };
    let opened = sign_in::setup(store, &token, setup, browser).await.unwrap();
    store::members::sign_in_session(store, &opened.token).await.unwrap().unwrap().actor
}

/// Signs a newcomer in by email. Returns the address and the session cookie.
async fn join(store: &Store, raw: &DatabaseConnection, i: usize) -> (String, String) {
    let text = format!("member{i}@guild.example");
    let (address, browser) = (Address::parse(&text).unwrap(), sign_in::new_token());
    sign_in::request_email(store, sign_in::EmailRequest::new(&address, &browser)).await.unwrap();
    let sql = format!("SELECT payload FROM emails WHERE address = '{text}' AND kind = 'sign_in'");
    let email = rows(raw, &sql).await.remove(0).try_get::<String>("", "payload").unwrap();
    let email: serde_json::Value = serde_json::from_str(&email).unwrap();
    let link = email["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let browser = sign_in::Browser { token: &browser, device: "test" };
    (text, sign_in::by_link(store, &link, browser).await.unwrap().token)
}

async fn rows(db: &DatabaseConnection, sql: &str) -> Vec<sea_orm::QueryResult> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap()
}

/// The outcome of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The server confirmed the seat.
    Taken,
    /// Status 503, and whether the response has a `Retry-After` header.
    Unavailable(bool),
    /// The connection was refused, or it ended before the response.
    Lost,
    /// Any other response: its status and text.
    Other(String),
}

/// Asks a server for a seat. Each request has its own connection, as with proxies by default.
pub async fn take_seat(client: &Client, address: &str, session: &str, slug: &Slug) -> Answer {
    let request = client
        .post(format!("{address}/api/events/rsvp"))
        .header(header::ORIGIN, address)
        .header(header::ACCEPT, "application/json")
        .header(header::CONNECTION, "close")
        .header(header::COOKIE, format!("guildhall={session}"))
        .header("x-forwarded-for", "192.0.2.1")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(format!("slug={slug}&guests=0"));
    let Ok(answer) = request.send().await else { return Answer::Lost };
    let (status, has_retry_after) =
        (answer.status().as_u16(), answer.headers().contains_key(header::RETRY_AFTER));
    match (status, answer.text().await) {
        (_, Err(_)) => Answer::Lost,
        (200, Ok(_)) => Answer::Taken,
        (503, Ok(_)) => Answer::Unavailable(has_retry_after),
        (status, Ok(text)) => Answer::Other(format!("{status} {text}")),
    }
}

/// An HTTP client that ignores proxy settings. A request may take up to a minute.
#[must_use]
pub fn client() -> Client {
    // Fails only when the process has a provider already.
    _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().tls_certs_only([]).timeout(Duration::from_secs(60)).build().unwrap()
}

/// A seat that a server confirmed.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The seat.
    pub seat: Seat,
    /// When the confirmed request was sent.
    pub sent: Instant,
    /// When the response arrived.
    pub answered: Instant,
}

/// All responses so far.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The confirmed seats, each once, in the order of their confirmation.
    pub taken: Vec<Taken>,
    /// The number of requests that were confirmed, including repeated ones.
    pub done: usize,
    /// The number of requests that got a 503.
    pub unavailable: usize,
    /// The number of 503 responses without a `Retry-After` header.
    pub without_retry_after: usize,
    /// The number of requests without a response.
    pub lost: usize,
    /// Responses that no request should get.
    pub other: Vec<String>,
}

/// The addresses of the servers that take requests at the moment. Tests change the list.
pub type Targets = Arc<Mutex<Vec<String>>>;

/// Members who send requests until they are stopped.
pub struct Load {
    answers: Arc<Mutex<Answers>>,
    workers: Vec<JoinHandle<()>>,
    stop: tokio_util::sync::CancellationToken,
}

/// How many members send requests at the same time.
const WORKERS: usize = 8;
/// How long a worker waits after each response.
const PAUSE: Duration = Duration::from_millis(40);

impl Load {
    /// Starts the requests for all seats of a community.
    #[must_use]
    pub fn start(community: &Community, targets: &Targets) -> Self {
        let (answers, stop) = (Arc::default(), tokio_util::sync::CancellationToken::new());
        let workers = community.plan(WORKERS).into_iter().enumerate().map(|(worker, plan)| {
            let seats = plan.into_iter().map(|(member, event)| {
                let (address, session) = community.members[member].clone();
                (address, session, community.events[event].clone())
            });
            let work = Worker {
                worker,
                seats: seats.collect(),
                targets: targets.clone(),
                answers: Arc::clone(&answers),
                stop: stop.clone(),
            };
            tokio::spawn(work.run())
        });
        Self { workers: workers.collect(), answers: Arc::clone(&answers), stop }
    }

    /// A copy of the responses so far.
    #[must_use]
    pub fn answers(&self) -> Answers {
        self.answers.lock().unwrap().clone()
    }

    /// Waits until `enough` accepts the responses. Panics after about a minute.
    pub async fn until(&self, what: &str, enough: impl Fn(&Answers) -> bool) {
        for _ in 0..6000 {
            if enough(&self.answers.lock().unwrap()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let answers = self.answers();
        panic!(
            "waited too long for {what}: {} done, {} unavailable, {} lost, others {:?}",
            answers.done, answers.unavailable, answers.lost, answers.other
        );
    }

    /// Waits until this many more requests are confirmed.
    pub async fn progress(&self, requests: usize) {
        let before = self.answers.lock().unwrap().done;
        self.until("more requests to be done", |answers| answers.done >= before + requests).await;
    }

    /// Lets each worker finish its request, and returns all responses.
    pub async fn stop(self) -> Answers {
        self.stop.cancel();
        for worker in self.workers {
            worker.await.unwrap();
        }
        Arc::into_inner(self.answers).unwrap().into_inner().unwrap()
    }
}

struct Worker {
    worker: usize,
    seats: Vec<(String, String, Slug)>,
    targets: Targets,
    answers: Arc<Mutex<Answers>>,
    stop: tokio_util::sync::CancellationToken,
}

impl Worker {
    async fn run(self) {
        let client = client();
        let mut asked = self.worker;
        for (turn, (address, session, slug)) in self.seats.iter().cycle().enumerate() {
            loop {
                if self.stop.is_cancelled() {
                    return;
                }
                let target = {
                    let targets = self.targets.lock().unwrap();
                    asked += 1;
                    targets.get(asked % targets.len().max(1)).cloned()
                };
                let Some(target) = target else {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    continue;
                };
                let sent = Instant::now();
                let answer = take_seat(&client, &target, session, slug).await;
                let seat = (address.clone(), slug.to_string());
                let taken = Taken { seat, sent, answered: Instant::now() };
                let done = self.record(taken, answer, turn < self.seats.len());
                tokio::time::sleep(PAUSE).await;
                if done {
                    break;
                }
            }
        }
    }

    /// Records a response. Returns whether the seat is confirmed.
    fn record(&self, taken: Taken, answer: Answer, is_first: bool) -> bool {
        let mut answers = self.answers.lock().unwrap();
        match answer {
            Answer::Taken => {
                answers.done += 1;
                if is_first {
                    answers.taken.push(taken);
                }
                return true;
            }
            Answer::Unavailable(says_when) => {
                answers.unavailable += 1;
                answers.without_retry_after += usize::from(!says_when);
            }
            Answer::Lost => answers.lost += 1,
            Answer::Other(text) => answers.other.push(text),
        }
        false
    }
}

/// What a database holds about the members whose addresses begin with `member`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredSeats {
    /// The members' confirmed seats.
    pub seats: BTreeSet<Seat>,
    /// The number of confirmation emails in the outbox for each seat.
    pub emails: BTreeMap<Seat, usize>,
    /// The number of audit log entries about taken seats for each member's address.
    pub audited: BTreeMap<String, usize>,
}

impl StoredSeats {
    /// Reads the rows.
    pub async fn read(db: &DatabaseConnection) -> Self {
        let mut kept = Self::default();
        let seats = "SELECT m.address, e.slug FROM rsvps r JOIN members m ON m.id = r.member_id \
                     JOIN events e ON e.id = r.event_id WHERE r.state = 'going' AND m.address LIKE 'member%'";
        for row in rows(db, seats).await {
            kept.seats.insert((row.try_get("", "address").unwrap(), row.try_get("", "slug").unwrap()));
        }
        let emails =
            "SELECT address, payload FROM emails WHERE kind = 'confirmed' AND address LIKE 'member%'";
        for row in rows(db, emails).await {
            let payload: String = row.try_get("", "payload").unwrap();
            let payload: serde_json::Value = serde_json::from_str(&payload).unwrap();
            let slug = payload["event"]["slug"].as_str().unwrap().to_owned();
            *kept.emails.entry((row.try_get("", "address").unwrap(), slug)).or_default() += 1;
        }
        let audited = "SELECT m.address FROM audit a JOIN members m ON m.id = a.member_id \
                       WHERE a.action = 'rsvp.take' AND m.address LIKE 'member%'";
        for row in rows(db, audited).await {
            *kept.audited.entry(row.try_get("", "address").unwrap()).or_default() += 1;
        }
        kept
    }

    /// Incomplete changes: a seat without its one email and its audit log entry, or one of these without a
    /// seat.
    #[must_use]
    pub fn half_done(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for seat in &self.seats {
            *taken.entry(seat.0.clone()).or_default() += 1;
            let emails = self.emails.get(seat).copied().unwrap_or(0);
            if emails != 1 {
                wrong.push(format!("{seat:?} has {emails} emails"));
            }
        }
        wrong.extend(
            self.emails
                .keys()
                .filter(|seat| !self.seats.contains(seat))
                .map(|seat| format!("{seat:?} has only an email")),
        );
        if taken != self.audited {
            wrong.push(format!("{taken:?} seats are taken, and {:?} were audited", self.audited));
        }
        wrong
    }

    /// The confirmed seats that are missing in the database.
    #[must_use]
    pub fn missing(&self, answers: &Answers) -> Vec<Seat> {
        let seats = answers.taken.iter().map(|taken| &taken.seat);
        seats.filter(|seat| !self.seats.contains(seat)).cloned().collect()
    }
}

/// The result of SQLite's own integrity check, which is `ok` for a sound file.
pub async fn integrity(file: &Path) -> String {
    let db = store::connect_for_migrations(&format!("sqlite://{}", file.display())).await.unwrap();
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check")).await;
    let answer = row.unwrap().unwrap().try_get_by_index(0).unwrap();
    db.close().await.unwrap();
    answer
}

/// A number from an environment variable, which makes a long run possible.
#[must_use]
pub fn times(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |text| text.parse().expect("a whole number"))
}

/// A xorshift generator: the same seed gives the same numbers on every machine. The seed is printed, and
/// `GUILDHALL_TEST_SEED` repeats a run with it.
pub struct Dice(u64);

impl Dice {
    /// A generator with a new seed, or with the seed from `GUILDHALL_TEST_SEED`.
    #[must_use]
    pub fn roll() -> Self {
        let own = u64::from_le_bytes(uuid::Uuid::now_v7().as_bytes()[8..].try_into().unwrap()) | 1;
        let seed = std::env::var("GUILDHALL_TEST_SEED").map_or(own, |text| text.parse().expect("a seed"));
        println!("GUILDHALL_TEST_SEED={seed}");
        Self(seed)
    }

    /// A number from 0 to `n` - 1.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }
}
