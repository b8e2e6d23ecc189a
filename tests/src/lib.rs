//! The test harness: a real database for each test, on SQLite and on PostgreSQL, with a clock that only the
//! test moves and with the demo's people.
//!
//! A test is written once, and [`guild_test`] runs its body on both engines. `cargo xtask test` starts a
//! private PostgreSQL and puts its address into `GUILDHALL_TEST_POSTGRES`. Without that variable these tests
//! fail, so that they never pass without having run.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

mod demo;
pub mod load;
pub mod mentoring;
pub mod mentorships;
pub mod portal;
pub mod postgres;
pub mod process;
mod template;

use std::sync::Arc;

pub mod pages;

use domain::{
    Actor, EmailId, Instant, KudosId, Slug,
    events::{EventForm, Rsvp},
    groups::{GroupDetails, GroupForm, GroupRole},
    kudos::KudosForm,
    members::Address,
};
use futures::future::join_all;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};
pub use store::Engine;
use store::{Clock, Store, StoreError, events, groups, sign_in};
use tempfile::TempDir;

use demo::Demo;
use template::{Content, copy_database, database_url, template};
pub use tests_macros::guild_test;

/// The time at which every test begins: noon on a Saturday.
pub const START: &str = "2026-11-21T12:00:00Z";

/// One test's installation: a database with its store and clock.
pub struct Guild {
    /// The store under test.
    pub store: Store,
    /// The store's clock. Clones share the time.
    pub clock: Clock,
    /// The address of the database, for starting servers on it.
    pub url: String,
    raw: DatabaseConnection,
    /// Whether the database is a copy of the demo, and whether the test said that it wants one.
    demo: Arc<Demo>,
    /// Keeps the folder of the SQLite file until the test is over.
    folder: Arc<TempDir>,
}

/// Runs a body that calls [`Guild::demo`] on one engine, then checks that it left nothing inconsistent.
pub fn run<F: Future<Output = ()>>(engine: Engine, body: impl FnOnce(Guild) -> F) {
    run_with(engine, Content::Demo, body);
}

/// Like [`run`], for a body that begins with an empty community.
pub fn run_empty<F: Future<Output = ()>>(engine: Engine, body: impl FnOnce(Guild) -> F) {
    run_with(engine, Content::Schema, body);
}

fn run_with<F: Future<Output = ()>>(engine: Engine, content: Content, body: impl FnOnce(Guild) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let guild = Guild::with(engine, content).await;
        let (store, raw, url) = (guild.store.clone(), guild.raw.clone(), guild.url.clone());
        let (_folder, demo) = (guild.folder.clone(), guild.demo.clone());
        body(guild).await;
        demo.check();
        assert_eq!(take_emails(&raw).await, "", "emails that the test did not expect");
        // Inconsistencies fail the test, for example seat counts that disagree with the RSVPs.
        for finding in store::doctor::examine(&store).await.unwrap() {
            assert_eq!(finding.problem, None, "{}", finding.check);
        }
        store.close().await;
        raw.close().await.unwrap();
        if engine == Engine::Postgres {
            let name = url.rsplit('/').next().unwrap();
            template::admin()
                .await
                .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
                .await
                .unwrap();
        }
    });
}

/// A folder for a test. It is in memory where that is possible, because SQLite waits for the disk at each commit.
fn scratch() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

impl Guild {
    /// Creates a database for a test that calls [`Guild::demo`].
    pub async fn new(engine: Engine) -> Self {
        Self::with(engine, Content::Demo).await
    }

    /// Creates an empty database with the current schema.
    pub async fn empty(engine: Engine) -> Self {
        Self::with(engine, Content::Schema).await
    }

    async fn with(engine: Engine, content: Content) -> Self {
        let folder = scratch();
        let url = match engine {
            Engine::Sqlite => {
                let file = folder.path().join("guildhall.db");
                std::fs::copy(template(engine, content).await, &file).unwrap();
                format!("sqlite://{}", file.display())
            }
            Engine::Postgres => {
                let name = format!("guild_{}", uuid::Uuid::now_v7().simple());
                copy_database(&name, content).await;
                database_url(&name)
            }
        };
        let raw = store::connect_for_migrations(&url).await.unwrap();
        let clock = Clock::fixed(START.parse().unwrap());
        let store = Store::open(&url, clock.clone()).await.unwrap();
        Self { store, clock, url, raw, demo: Arc::new(Demo::new(content)), folder: Arc::new(folder) }
    }

    /// The current time of the clock.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.store.now()
    }

    /// Moves the clock forward.
    pub fn advance(&self, time: chrono::Duration) {
        self.clock.set(self.now() + time);
    }

    /// One of the demo's people, signed in. `key` is their demo key, for example `mei`.
    pub async fn actor(&self, key: &str) -> Actor {
        let browser = sign_in::Browser { token: "", device: "test" };
        let opened = sign_in::as_demo(&self.store, key, browser).await.unwrap();
        store::members::sign_in_session(&self.store, &opened.token).await.unwrap().unwrap().actor
    }

    /// The session cookie of one of the demo's people. It signs them in.
    pub async fn session_of(&self, key: &str) -> String {
        let browser = sign_in::Browser { token: "", device: "test" };
        sign_in::as_demo(&self.store, key, browser).await.unwrap().token
    }

    /// Signs in `n` newcomers by email, all at once.
    pub async fn crowd(&self, n: usize) -> Vec<Actor> {
        let browsers: Vec<_> = (0..n).map(|_| sign_in::new_token()).collect();
        join_all(browsers.iter().enumerate().map(async |(i, browser)| {
            let address = Address::parse(&format!("member{i}@guild.example")).unwrap();
            sign_in::request_email(&self.store, sign_in::EmailRequest::new(&address, browser)).await.unwrap();
        }))
        .await;
        let mut links = vec![String::new(); n];
        for row in self.rows("SELECT address, payload FROM emails WHERE address LIKE 'member%'").await {
            let address: String = row.try_get("", "address").unwrap();
            let payload: String = row.try_get("", "payload").unwrap();
            let email: serde_json::Value = serde_json::from_str(&payload).unwrap();
            let i: usize = address["member".len()..address.find('@').unwrap()].parse().unwrap();
            links[i] = email["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        }
        self.forget("address LIKE 'member%'").await;
        join_all(links.iter().zip(&browsers).map(async |(link, token)| {
            let browser = sign_in::Browser { token, device: "test" };
            let opened = sign_in::by_link(&self.store, link, browser).await.unwrap();
            store::members::sign_in_session(&self.store, &opened.token).await.unwrap().unwrap().actor
        }))
        .await
    }

    /// Signs in by email with this address. A newcomer becomes a member.
    pub async fn joined(&self, address: &Address) -> Actor {
        let browser = sign_in::new_token();
        sign_in::request_email(&self.store, sign_in::EmailRequest::new(address, &browser)).await.unwrap();
        let link = self.newest_secret().await;
        self.forget(&format!("address = '{}'", address.as_str())).await;
        let browser = sign_in::Browser { token: &browser, device: "test" };
        let opened = sign_in::by_link(&self.store, &link, browser).await.unwrap();
        store::members::sign_in_session(&self.store, &opened.token).await.unwrap().unwrap().actor
    }

    /// Deletes the sign-in emails that the harness has read itself.
    async fn forget(&self, which: &str) {
        let delete = format!("DELETE FROM emails WHERE kind = 'sign_in' AND {which}");
        self.raw.execute_unprepared(&delete).await.unwrap();
    }

    /// The secret in the newest sign-in email that was not sent.
    pub async fn newest_secret(&self) -> String {
        let email = self.emails_of("sign_in").await.pop().expect("no sign-in email waits");
        email["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }

    /// A published event hosted by Grace: one hour in Berlin, three days from now.
    pub async fn event(&self, capacity: Option<u32>) -> Slug {
        let host = self.actor("grace").await;
        let form = event_form(capacity);
        let slug =
            events::create(&self.store, &host, form.check().unwrap(), &sign_in::new_token()).await.unwrap();
        events::publish(&self.store, &host, &slug).await.unwrap();
        slug
    }

    /// Creates a public group called Night owls that is organised by Ada and by these members.
    pub async fn night_owls(&self, with: &[&Actor]) -> Slug {
        let ada = self.actor("ada").await;
        let form = GroupForm {
            name: "Night owls".into(),
            slug: "night-owls".into(),
            kind: "chapter".into(),
            visibility: "public".into(),
            joining: "open".into(),
            ..GroupForm::default()
        };
        let slug = groups::create(&self.store, &ada, form.check().unwrap(), "").await.unwrap();
        for actor in with {
            let member = actor.member().unwrap();
            groups::add(&self.store, &ada, &slug, member, GroupRole::CoOrganiser).await.unwrap();
        }
        slug
    }

    /// Takes a seat, or joins the waitlist.
    pub async fn rsvp(&self, actor: &Actor, slug: &Slug, guests: u8) -> Result<Rsvp, StoreError> {
        events::rsvp(&self.store, actor, slug, guests).await
    }

    /// The form of kudos to some members, for the first value.
    pub async fn kudos_form(&self, to: &[&Actor], text: &str) -> KudosForm {
        let mut slugs = Vec::new();
        for actor in to {
            slugs.push(store::members::myself(&self.store, actor).await.unwrap().slug.to_string());
        }
        let value = store::kudos::values(&self.store).await.unwrap()[0].slug.to_string();
        KudosForm { to: slugs.join(" "), values: value, text: text.to_owned(), ..KudosForm::default() }
    }

    /// Gives public kudos to a member.
    pub async fn give_kudos(&self, from: &Actor, to: &Actor, text: &str) -> Result<KudosId, StoreError> {
        let form = self.kudos_form(&[to], text).await;
        store::kudos::give(&self.store, from, form.check()?, "").await
    }

    /// The payload of every pending email of a kind, in the order of posting.
    pub async fn emails_of(&self, kind: &str) -> Vec<serde_json::Value> {
        let rows = self
            .rows(&format!(
                "SELECT payload FROM emails WHERE kind = '{kind}' AND state = 'pending' ORDER BY id"
            ))
            .await;
        rows.iter()
            .map(|row| serde_json::from_str(&row.try_get::<String>("", "payload").unwrap()).unwrap())
            .collect()
    }

    /// The newest email to an address, whatever its state.
    pub async fn email_to(&self, address: &str) -> EmailId {
        let newest = format!("SELECT id FROM emails WHERE address = '{address}' ORDER BY id DESC LIMIT 1");
        EmailId(self.rows(&newest).await[0].try_get("", "id").unwrap())
    }

    /// The number of emails of each kind, as `kind=n`, sorted by kind.
    pub async fn emails(&self) -> String {
        let rows = self
            .rows("SELECT kind, CAST(COUNT(*) AS BIGINT) AS n FROM emails GROUP BY kind ORDER BY kind")
            .await;
        numbers(&rows)
    }

    /// Checks which emails were posted since the last check, and deletes them. A test that leaves an email
    /// unchecked fails. `"confirmed=2 left"` expects two emails of one kind and at least one of another.
    /// `failed:` before a kind stands for emails that could not be sent, or perhaps were.
    pub async fn expect_emails(&self, expected: &str) {
        let found = self.take_emails().await;
        assert!(is_expected(&found, expected), "expected the emails {expected:?}, found {found:?}");
    }

    /// Deletes all emails and returns their numbers, for a test that checks them in its own way.
    pub async fn take_emails(&self) -> String {
        take_emails(&self.raw).await
    }

    /// The single number that a query returns.
    pub async fn number(&self, sql: &str) -> i64 {
        self.rows(sql).await[0].try_get_by_index(0).unwrap()
    }

    /// The rows that a query returns, read past the store.
    pub async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        self.raw.query_all_raw(Statement::from_string(self.backend(), sql)).await.unwrap()
    }

    /// The database connection, for tests that damage data on purpose.
    #[must_use]
    pub fn raw(&self) -> &DatabaseConnection {
        &self.raw
    }

    fn backend(&self) -> DbBackend {
        self.raw.get_database_backend()
    }
}

/// The number of emails of each kind, which are deleted.
async fn take_emails(raw: &DatabaseConnection) -> String {
    let sql = "SELECT kind, CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT CASE WHEN state IN ('failed', 'unknown') \
               THEN 'failed:' || kind ELSE kind END AS kind FROM emails) AS every GROUP BY kind ORDER BY kind";
    let rows = raw.query_all_raw(Statement::from_string(raw.get_database_backend(), sql)).await.unwrap();
    raw.execute_unprepared("DELETE FROM emails").await.unwrap();
    numbers(&rows)
}

/// Rows of kinds and numbers as `kind=n`.
fn numbers(rows: &[QueryResult]) -> String {
    let line = |row: &QueryResult| {
        let (kind, n): (String, i64) = (row.try_get("", "kind").unwrap(), row.try_get("", "n").unwrap());
        format!("{kind}={n}")
    };
    rows.iter().map(line).collect::<Vec<_>>().join(" ")
}

fn is_expected(found: &str, expected: &str) -> bool {
    let (found, expected): (Vec<_>, Vec<_>) = (found.split(' ').collect(), expected.split(' ').collect());
    let matches = |found: &str, expected: &str| {
        found == expected || found.split_once('=').is_some_and(|(kind, _)| kind == expected)
    };
    found.len() == expected.len()
        && found.iter().zip(expected).all(|(found, expected)| matches(found, expected))
}

/// The form of an event: one hour in Berlin, three days from [`START`], with up to two guests.
#[must_use]
pub fn event_form(capacity: Option<u32>) -> EventForm {
    EventForm {
        title: "An evening".into(),
        kind: "talk".into(),
        summary: "Something".into(),
        place: "c-base, Berlin".into(),
        date: "2026-11-24".into(),
        time: "18:00".into(),
        zone: "Europe/Berlin".into(),
        minutes: "60".into(),
        capacity: capacity.map_or_else(String::new, |n| n.to_string()),
        guests_max: "2".into(),
        ..EventForm::default()
    }
}

/// An open chapter with this name.
#[must_use]
pub fn group_details(name: &str) -> GroupDetails {
    GroupForm { name: name.into(), kind: "chapter".into(), ..GroupForm::default() }.check().unwrap()
}
