//! The community that the server works for, and the members who take seats.

use std::{sync::Mutex, time::Instant};

use domain::{Slug, events::EventForm};
use futures::{StreamExt as _, stream};
use sea_orm::ConnectionTrait as _;
use store::{Clock, Engine, events};
use tests::{
    Guild,
    load::{Answer, client, take_seat},
};

use super::{server::Server, wrk::Target as _};

/// Seats that are taken at each number of callers.
const SEATS: usize = 2_000;
/// Members who take seats.
const MEMBERS: usize = 500;

pub(crate) struct Data {
    pub(crate) engine: &'static str,
    /// The path of an event with people.
    pub(crate) event: String,
    /// The session of the member who reads the pages.
    pub(crate) session: String,
    /// Sessions of the members who take seats.
    sessions: Vec<String>,
    /// Events without a limit, one for each number of callers and seat of a member.
    events: Mutex<Vec<Slug>>,
}

impl Data {
    /// Fills the database.
    pub(crate) async fn fill(g: &Guild, size: usize) -> Self {
        g.demo().await;
        let (members, events) = (u32::try_from(size).unwrap(), u32::try_from(size / 2).unwrap());
        store::seed::crowd(&g.store, members, events).await.unwrap();
        store::seed::crowd_rsvps(&g.store, members * 20).await.unwrap();
        store::seed::crowd_kudos(&g.store, members * 2).await.unwrap();
        let mut open = Vec::new();
        for _ in 0..SEATS / MEMBERS * super::CONNECTIONS.len() {
            open.push(event(g).await);
        }
        let sessions = store::seed::crowd_sessions(&g.store, u32::try_from(MEMBERS.min(size)).unwrap()).await.unwrap();
        g.raw().execute_unprepared("ANALYZE").await.unwrap();
        let busy = "SELECT slug FROM events WHERE status = 'published' ORDER BY going DESC, id LIMIT 1";
        let event: String = g.rows(busy).await[0].try_get("", "slug").unwrap();
        Self {
            engine: match g.store.engine() {
                Engine::Sqlite => "SQLite",
                Engine::Postgres => "PostgreSQL",
            },
            event: format!("/events/{event}"),
            session: g.session_of(super::READER).await,
            sessions,
            events: Mutex::new(open),
        }
    }

    /// Takes seats, this many at once. Each member takes one seat at each event.
    pub(super) async fn take_seats(&self, server: &Server, callers: usize) -> String {
        let events: Vec<_> = {
            let mut left = self.events.lock().unwrap();
            let from = left.len() - SEATS / MEMBERS;
            left.split_off(from)
        };
        let client = client();
        let pairs = events.iter().flat_map(|event| self.sessions.iter().map(move |session| (event, session)));
        let (before, started) = (server.processor(), Instant::now());
        let taken: Vec<f64> = stream::iter(pairs)
            .map(async |(event, session)| {
                let sent = Instant::now();
                let answer = take_seat(&client, &server.address, session, event).await;
                assert_eq!(answer, Answer::Taken);
                sent.elapsed().as_secs_f64() * 1000.0
            })
            .buffer_unordered(callers)
            .collect()
            .await;
        let (wall, used) = (started.elapsed(), server.processor() - before);
        let count = taken.len();
        let mut sorted = taken;
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| sorted[((count - 1) as f64 * share) as usize];
        format!(
            "{:<28}{callers:>9}{:>13.0}{:>8.2}ms{:>8.2}ms{:>10.3} ms   longest {:.0} ms",
            "RSVP, durable",
            count as f64 / wall.as_secs_f64(),
            at(0.5),
            at(0.99),
            used.as_secs_f64() * 1000.0 / count as f64,
            at(1.0),
        )
    }
}

/// An event without a limit, in ten days by the server's clock. The guild's own clock stands still.
async fn event(g: &Guild) -> Slug {
    let day = (Clock::system().now() + chrono::Duration::days(10)).format("%Y-%m-%d").to_string();
    let form = EventForm { date: day, ..tests::event_form(None) };
    let grace = g.actor("grace").await;
    let key = store::sign_in::new_token();
    let slug = events::create(&g.store, &grace, form.check().unwrap(), &key).await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    slug
}
