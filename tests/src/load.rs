//! Members who take seats, one after the other and many at once, over HTTP at real server processes: the load under
//! which processes are killed, databases restarted and backups made.
//!
//! Every member takes one seat at every event, and asks again until the answer is known. So what must be in the
//! database follows from what was answered. When all seats are taken, members ask for them again, which changes
//! nothing.

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

/// A community with members and events in a database.
pub struct Community {
    /// Where it is.
    pub url: String,
    /// Each member's address and session.
    pub members: Vec<(String, String)>,
    /// Its coming events. All have room for everybody.
    pub events: Vec<Slug>,
}

impl Community {
    /// Makes it in an empty database, by the clock of this machine.
    pub async fn found(url: &str, members: usize, events: usize) -> Self {
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

    /// Every seat that can be taken, for each worker in the order in which it takes them.
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
        name: "Ada".into(),
        address,
        zone: Zone::UTC,
    };
    let browser = sign_in::Browser { token: "", device: "test" };
    let opened = sign_in::setup(store, &token, setup, browser).await.unwrap();
    store::members::sign_in_session(store, &opened.token).await.unwrap().unwrap().actor
}

/// Signs a newcomer in by email. Answers with the address and the session.
async fn join(store: &Store, raw: &DatabaseConnection, i: usize) -> (String, String) {
    let text = format!("member{i}@guild.example");
    let (address, browser) = (Address::parse(&text).unwrap(), sign_in::new_token());
    sign_in::ask(store, sign_in::Ask::new(&address, &browser)).await.unwrap();
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

/// What became of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The seat is taken.
    Taken,
    /// 503, and whether it says when to come again.
    Unavailable(bool),
    /// The connection was refused, or it ended before the answer.
    Lost,
    /// Anything else.
    Other(String),
}

/// Asks a server for a seat. A connection for each request, as proxies do by default.
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
    let (status, again) = (answer.status().as_u16(), answer.headers().contains_key(header::RETRY_AFTER));
    match (status, answer.text().await) {
        (_, Err(_)) => Answer::Lost,
        (200, Ok(_)) => Answer::Taken,
        (503, Ok(_)) => Answer::Unavailable(again),
        (status, Ok(text)) => Answer::Other(format!("{status} {text}")),
    }
}

/// A client that knows neither proxies nor patience.
#[must_use]
pub fn client() -> Client {
    // Fails only when the process has one already.
    _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().timeout(Duration::from_secs(60)).build().unwrap()
}

/// A seat that a server said is taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Whose, and where.
    pub seat: Seat,
    /// When the request that was answered was sent.
    pub sent: Instant,
    /// When the answer was there.
    pub answered: Instant,
}

/// Everything that was answered so far.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// What was acknowledged, in the order in which it was. Each seat is here once.
    pub taken: Vec<Taken>,
    /// How many requests were done, those that asked again included.
    pub done: usize,
    /// How many requests were answered with 503.
    pub unavailable: usize,
    /// How many of them did not say when to come again.
    pub without_retry_after: usize,
    /// How many requests got no answer.
    pub lost: usize,
    /// Answers that no request should get.
    pub other: Vec<String>,
}

/// The addresses of the servers that take requests now.
pub type Targets = Arc<Mutex<Vec<String>>>;

/// Members at work.
pub struct Load {
    answers: Arc<Mutex<Answers>>,
    workers: Vec<JoinHandle<()>>,
    stop: tokio_util::sync::CancellationToken,
}

/// How many members ask at the same time.
const WORKERS: usize = 8;
/// How long each of them rests after an answer.
const PAUSE: Duration = Duration::from_millis(40);

impl Load {
    /// Begins to take the seats of a community.
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

    /// What was answered so far.
    #[must_use]
    pub fn answers(&self) -> Answers {
        self.answers.lock().unwrap().clone()
    }

    /// Waits until the answers are as `enough` wants them. Fails when that takes far too long.
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

    /// Waits until so many more requests are done.
    pub async fn progress(&self, requests: usize) {
        let before = self.answers.lock().unwrap().done;
        self.until("more requests to be done", |answers| answers.done >= before + requests).await;
    }

    /// Lets each member finish what they asked for, and tells what was answered.
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
                let done = self.note(taken, answer, turn < self.seats.len());
                tokio::time::sleep(PAUSE).await;
                if done {
                    break;
                }
            }
        }
    }

    /// Whether the seat is taken.
    fn note(&self, taken: Taken, answer: Answer, is_first: bool) -> bool {
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

/// What a database knows of the seats of members whose addresses begin with `member`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The seats that are taken.
    pub seats: BTreeSet<Seat>,
    /// How many confirmations are in the outbox for each seat.
    pub emails: BTreeMap<Seat, usize>,
    /// How many lines of the audit log there are for each member who took seats.
    pub audited: BTreeMap<String, usize>,
}

impl Kept {
    /// Reads it.
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

    /// What is half done: a seat without its one email and its line in the audit log, or the other way round.
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

    /// The acknowledged seats that are gone.
    #[must_use]
    pub fn forgotten(&self, answers: &Answers) -> Vec<Seat> {
        let seats = answers.taken.iter().map(|taken| &taken.seat);
        seats.filter(|seat| !self.seats.contains(seat)).cloned().collect()
    }
}

/// What a SQLite file finds wrong with itself.
pub async fn integrity(file: &Path) -> String {
    let db = store::connect_for_migrations(&format!("sqlite://{}", file.display())).await.unwrap();
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check")).await;
    let answer = row.unwrap().unwrap().try_get_by_index(0).unwrap();
    db.close().await.unwrap();
    answer
}

/// A number from the environment, for long runs.
#[must_use]
pub fn times(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |text| text.parse().expect("a whole number"))
}

/// Xorshift: the same numbers for the same seed, everywhere. The seed is printed, so that a run can be repeated with
/// `GUILDHALL_TEST_SEED`.
pub struct Dice(u64);

impl Dice {
    /// With a seed of this run's own, unless one is named.
    #[must_use]
    pub fn roll() -> Self {
        let own = u64::from_le_bytes(uuid::Uuid::now_v7().as_bytes()[8..].try_into().unwrap()) | 1;
        let seed = std::env::var("GUILDHALL_TEST_SEED").map_or(own, |text| text.parse().expect("a seed"));
        println!("GUILDHALL_TEST_SEED={seed}");
        Self(seed)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }
}
