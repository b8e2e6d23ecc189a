//! R9, aborted requests do no harm: clients hang up within 50 ms of requesting a seat.
//!
//! `GUILDHALL_R9_ABORTS` sets the number of requests. The goal in docs/behaviours.md is 10,000.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::time::Duration;

use futures::future::join_all;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use store::{Engine, events, sign_in};
use tests::{
    Guild, event_form, guild_test,
    load::{Answer, Dice, StoredSeats, client, take_seat, times},
};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

/// The number of requests at the same time.
const BATCH_SIZE: usize = 25;
const MEMBERS: usize = 20;

#[guild_test]
async fn r9_aborted_requests_do_no_harm(g: Guild) {
    let aborts = times("GUILDHALL_R9_ABORTS", 500);
    g.demo().await;
    let sessions = sessions(&g).await;
    let slugs = upcoming_events(&g, aborts / MEMBERS).await;
    let portal = g.portal(&[]).await;
    let address = portal.address();
    let mut dice = Dice::roll();
    let seats: Vec<_> = slugs.iter().flat_map(|slug| sessions.iter().map(move |who| (who, slug))).collect();
    for some in seats.chunks(BATCH_SIZE) {
        join_all(some.iter().map(|(session, slug)| {
            abort(&address, session, slug.as_str(), Duration::from_micros(dice.below(50_000)))
        }))
        .await;
    }
    settled(&g).await;
    let kept = StoredSeats::read(g.raw()).await;
    assert_eq!(kept.half_done(), Vec::<String>::new());
    println!("{} of {} seats were taken before their clients hung up", kept.seats.len(), seats.len());

    // Every connection of the pool still works. There are more requests at once than connections.
    let client = client();
    let again = seats.iter().rev().take(2 * MEMBERS);
    let answers = join_all(again.map(|(session, slug)| take_seat(&client, &address, session, slug))).await;
    assert!(answers.iter().all(|answer| *answer == Answer::Taken), "{answers:?}");
    assert_eq!(StoredSeats::read(g.raw()).await.half_done(), Vec::<String>::new());
    portal.stop().await;
    g.expect_emails("confirmed sign_in").await;
}

/// Control: the check finds a transaction that was left open.
#[guild_test(empty)]
async fn r9_negative_control_an_open_transaction_is_found(g: Guild) {
    assert!(!is_in_transaction(&g).await);
    let other = store::connect_for_migrations(&g.url).await.unwrap();
    let left = other.begin().await.unwrap();
    left.execute_unprepared("DELETE FROM drafts").await.unwrap();
    assert!(is_in_transaction(&g).await);
    left.rollback().await.unwrap();
    assert!(!is_in_transaction(&g).await);
    other.close().await.unwrap();
}

/// The session cookies of newcomers.
async fn sessions(g: &Guild) -> Vec<String> {
    let session = async |i: usize| {
        let address = domain::members::Address::parse(&format!("member{i}@guild.example")).unwrap();
        let browser = sign_in::new_token();
        sign_in::request_email(&g.store, sign_in::EmailRequest::new(&address, &browser)).await.unwrap();
        let link = g.newest_secret().await;
        let browser = sign_in::Browser { token: &browser, device: "test" };
        sign_in::by_link(&g.store, &link, browser).await.unwrap().token
    };
    let mut sessions = Vec::new();
    for i in 0..MEMBERS {
        sessions.push(session(i).await);
    }
    sessions
}

/// Upcoming events without a capacity.
async fn upcoming_events(g: &Guild, count: usize) -> Vec<domain::Slug> {
    let host = g.actor("grace").await;
    let mut slugs = Vec::new();
    for i in 0..count {
        let form = domain::events::EventForm { title: format!("Evening {i}"), ..event_form(None) };
        let slug = events::create(&g.store, &host, form.check().unwrap(), &format!("key{i}")).await.unwrap();
        events::publish(&g.store, &host, &slug).await.unwrap();
        slugs.push(slug);
    }
    slugs
}

/// Requests a seat and hangs up after a while, whatever the server is doing then.
async fn abort(address: &str, session: &str, slug: &str, after: Duration) {
    let host = address.trim_start_matches("http://");
    let body = format!("slug={slug}&guests=0");
    let request = format!(
        "POST /api/events/rsvp HTTP/1.1\r\nhost: {host}\r\norigin: {address}\r\naccept: application/json\r\n\
         cookie: guildhall={session}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(after).await;
    drop(stream);
}

/// Waits until no transaction is open. Panics when one stays open.
async fn settled(g: &Guild) {
    for _ in 0..200 {
        if !is_in_transaction(g).await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("a connection was left in a transaction");
}

/// Whether some connection is in a transaction.
async fn is_in_transaction(g: &Guild) -> bool {
    match g.store.engine() {
        Engine::Postgres => {
            let sql = "SELECT COUNT(*) FROM pg_stat_activity \
                       WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
            g.number(sql).await > 0
        }
        Engine::Sqlite => {
            // On SQLite, an open transaction that has written keeps others from starting to write.
            g.raw().execute_unprepared("PRAGMA busy_timeout = 100").await.unwrap();
            let begun = g.raw().execute_unprepared("BEGIN IMMEDIATE").await.is_ok();
            if begun {
                g.raw().execute_unprepared("ROLLBACK").await.unwrap();
            }
            !begun
        }
    }
}
