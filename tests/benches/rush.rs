//! A rush for seats (R1): 10,000 members ask for 100 seats, 64 at a time. On PostgreSQL two servers share the database.

use std::time::{Duration, Instant};

use domain::events::EventForm;
use futures::{StreamExt as _, stream};
use sea_orm::{ConnectionTrait as _, Database, DbBackend, Statement};
use store::{Clock, Engine, events};
use tests::{
    Guild,
    load::{Answer, client, take_seat},
};

use crate::{load::Server, measure::Bench};

/// Members who ask.
pub(crate) const SIZE: usize = 10_000;
const SEATS: u32 = 100;
const AT_ONCE: usize = 64;

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    g.demo().await;
    let members = u32::try_from(bench.size).unwrap();
    store::seed::crowd(&g.store, members, 0).await.unwrap();
    let sessions = store::seed::crowd_sessions(&g.store, members).await.unwrap();
    let grace = g.actor("grace").await;
    let day = (Clock::system().now() + chrono::Duration::days(10)).format("%Y-%m-%d").to_string();
    let form = EventForm { date: day, ..tests::event_form(Some(SEATS)) };
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "rush").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    g.raw().execute_unprepared("ANALYZE").await.unwrap();
    let mut servers = vec![Server::start(g).await];
    if g.store.engine() == Engine::Postgres {
        servers.push(Server::start(g).await);
    }
    let (client, started) = (client(), Instant::now());
    let mut waits: Vec<Duration> = stream::iter(sessions.iter().enumerate())
        .map(async |(n, session)| {
            let asked = Instant::now();
            let answer = take_seat(&client, &servers[n % servers.len()].address, session, &slug).await;
            assert_eq!(answer, Answer::Taken);
            asked.elapsed()
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let took = started.elapsed();
    waits.sort_unstable();
    let at = |share: usize| waits[(waits.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!(
        "{members} members and {} servers: {:.0} answers a second, p50 {:.0} ms, p99 {:.0} ms, longest {:.0} ms",
        servers.len(),
        f64::from(members) / took.as_secs_f64(),
        at(50),
        at(99),
        at(100),
    );
    let counts = counts(&servers[0].url, slug.as_str()).await;
    assert_eq!(counts, (i64::from(SEATS), i64::from(members - SEATS), i64::from(members)), "going, waiting, people");
    for server in servers {
        server.stop().await;
    }
}

/// How many have a seat, how many wait, and how many people that is.
async fn counts(url: &str, slug: &str) -> (i64, i64, i64) {
    let db = Database::connect(url).await.unwrap();
    let backend = db.get_database_backend();
    let of = if backend == DbBackend::Postgres { "$1" } else { "?" };
    let sql = format!(
        "SELECT COUNT(CASE WHEN r.state = 'going' THEN 1 END) AS going, COUNT(CASE WHEN r.state = 'waiting' THEN 1 END) \
         AS waiting, COUNT(DISTINCT r.member_id) AS people FROM rsvps r JOIN events e ON e.id = r.event_id WHERE e.slug = {of}"
    );
    let statement = Statement::from_sql_and_values(backend, sql, [slug.into()]);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    let count = |name| row.try_get::<i64>("", name).unwrap();
    (count("going"), count("waiting"), count("people"))
}
