//! Background jobs: lanes, failures, workers that die, and the deletion of old data.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration as Wait,
};

use chrono::Duration;
use domain::{Instant, Slug};
use sea_orm::ConnectionTrait as _;
use store::{
    Channel, StoreError, events,
    jobs::{self, JobState, Next},
    outbox,
    runner::{self, Kind, Lane, Trigger, admin},
    search,
};
use tests::{Guild, event_form, guild_test};
use tokio::{task::JoinHandle, time::sleep};
use tokio_util::sync::CancellationToken;

/// The workers of a server.
struct Workers {
    stop: CancellationToken,
    running: JoinHandle<()>,
}

impl Workers {
    fn start(g: &Guild, kinds: Vec<Kind>) -> Self {
        let stop = CancellationToken::new();
        Self { running: tokio::spawn(server::jobs::run(g.store.clone(), kinds, stop.clone())), stop }
    }

    async fn stop(self) {
        self.stop.cancel();
        self.running.await.unwrap();
    }
}

/// A job that takes a minute, unless the server stops.
fn slow(name: &'static str, lane: Lane) -> Kind {
    Kind::new(name, lane, Trigger::Recurring, |_, job| async move {
        for _ in 0..600 {
            if job.stop.is_set() {
                return Ok(Next::More);
            }
            sleep(Wait::from_millis(100)).await;
        }
        Ok(Next::Done)
    })
}

/// The kinds of the server, and two slow ones that keep both workers of a lane busy.
fn with_slow(lane: Lane) -> Vec<Kind> {
    let slow = ["slow_one", "slow_two"].map(|name| slow(name, lane));
    slow.into_iter().chain(runner::standard()).collect()
}

async fn state(g: &Guild, kind: &str) -> Option<JobState> {
    jobs::status(&g.store, kind, "").await.unwrap().map(|status| status.state)
}

/// Checks a condition every 50 milliseconds. Returns whether it became true within this time.
async fn within(wait: Wait, condition: impl AsyncFn() -> bool) -> bool {
    let began = std::time::Instant::now();
    while began.elapsed() < wait {
        if condition().await {
            return true;
        }
        sleep(Wait::from_millis(50)).await;
    }
    false
}

/// Both workers of the lane are busy for the next minute.
async fn until_blocked(g: &Guild) {
    let blocked = async || {
        let running = Some(JobState::Running);
        state(g, "slow_one").await == running && state(g, "slow_two").await == running
    };
    assert!(within(Wait::from_secs(10), blocked).await);
}

/// An event with one seat. The first of three people gives it up, so the second has an offer and the third waits.
async fn event_with_offer(g: &Guild) -> Slug {
    let host = g.actor("grace").await;
    let form = domain::events::EventForm { promotion: "offer".into(), ..event_form(Some(1)) };
    let slug = events::create(&g.store, &host, form.check().unwrap(), "").await.unwrap();
    events::publish(&g.store, &host, &slug).await.unwrap();
    let crowd = g.crowd(3).await;
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    slug
}

/// A job that takes a minute delays no offer and no reminder. The control has the slow jobs in the other lane.
#[guild_test]
async fn a_slow_job_delays_no_offer_and_no_reminder(g: Guild) {
    g.demo().await;
    event_with_offer(&g).await;
    let other = g.event(None).await;
    g.rsvp(&g.actor("mei").await, &other, 0).await.unwrap();
    let offers = async || g.emails_of("offer").await.len();
    let workers = Workers::start(&g, with_slow(Lane::Long));
    until_blocked(&g).await;
    let before = offers().await;
    // A day before both events. The offer has expired.
    g.clock.set("2026-11-23T17:00:00Z".parse::<Instant>().unwrap());
    g.store.wake(Channel::Jobs);
    let began = std::time::Instant::now();
    let sent = async || {
        let reminders = g.emails_of("reminder").await;
        let reminded = reminders.iter().any(|email| email["event"]["slug"] == other.as_str());
        reminded && offers().await > before
    };
    assert!(within(Wait::from_secs(10), sent).await, "{}", g.emails().await);
    println!("{:?}: the offer and the reminder took {:?}", g.store.engine(), began.elapsed());
    assert_eq!(state(&g, "slow_one").await, Some(JobState::Running));
    workers.stop().await;
    let workers = Workers::start(&g, with_slow(Lane::Prompt));
    until_blocked(&g).await;
    let before = offers().await;
    g.advance(Duration::hours(13));
    g.store.wake(Channel::Jobs);
    let expired = async || !g.emails_of("offer_expired").await.is_empty() && offers().await != before;
    let expired_before = g.emails_of("offer_expired").await.len();
    let more = async || g.emails_of("offer_expired").await.len() > expired_before || expired().await;
    assert!(!within(Wait::from_secs(2), more).await, "control: {}", g.emails().await);
    workers.stop().await;
    runner::run_due(&g.store).await.unwrap();
    assert!(g.emails_of("offer_expired").await.len() > expired_before, "the control waits for something");
    g.take_emails().await;
}

/// A job that counts its runs, and ends as the function says.
fn counted(
    name: &'static str,
    runs: &Arc<AtomicU32>,
    end: impl Fn() -> Result<Next, StoreError> + Send + Sync + Clone + 'static,
) -> Kind {
    let runs = runs.clone();
    Kind::new(name, Lane::Prompt, Trigger::Recurring, move |_, _| {
        runs.fetch_add(1, Ordering::Relaxed);
        let end = end.clone();
        async move { end() }
    })
}

/// A job that always fails or panics is tried ever later, and others run in spite of it.
#[guild_test]
async fn a_job_that_always_fails_backs_off_and_stops_no_other(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let [failing, panicking, healthy] = [(); 3].map(|()| Arc::new(AtomicU32::new(0)));
    let now = g.now();
    let kinds = [
        counted("failing", &failing, || Err(StoreError::Corrupt("on purpose".into()))),
        counted("panicking", &panicking, || panic!("on purpose")),
        counted("healthy", &healthy, move || Ok(Next::At(now))),
    ];
    let runs = |of: &Arc<AtomicU32>| of.load(Ordering::Relaxed);
    // Only what is due now, and each kind at most once.
    let once = async || {
        for kind in &kinds {
            runner::plan(&g.store, std::slice::from_ref(kind)).await.unwrap();
            for job in jobs::claim(&g.store, &[kind.name], 1).await.unwrap() {
                assert_eq!(runner::run(&g.store, kind, job).await.is_err(), kind.name != "healthy");
            }
        }
    };
    let mut wait = 10;
    for attempt in 1..=9 {
        once().await;
        assert_eq!([runs(&failing), runs(&panicking)], [attempt, attempt]);
        let (rows, _) = admin::rows(&g.store, &ada, JobState::Pending, 0).await.unwrap();
        for kind in ["failing", "panicking"] {
            let row = rows.iter().find(|row| row.kind == kind).unwrap();
            assert_eq!(
                (row.attempts, row.due_at),
                (attempt, Some(g.now() + Duration::seconds(wait))),
                "{kind}"
            );
            assert!(row.last_error.contains("on purpose"), "{}", row.last_error);
        }
        g.advance(Duration::seconds(wait - 1));
        once().await;
        assert_eq!(runs(&failing), attempt, "it waits");
        g.advance(Duration::seconds(1));
        wait = (wait * 2).min(3600);
    }
    assert_eq!(runs(&healthy), 18, "control");
    once().await;
    assert_eq!(state(&g, "failing").await, Some(JobState::Failed));
    once().await;
    assert_eq!((runs(&failing), runs(&healthy)), (10, 20), "a failed job waits for an admin, or a day");
    g.advance(Duration::days(1));
    let cured = counted("failing", &failing, || Ok(Next::At("2030-01-01T00:00:00Z".parse().unwrap())));
    runner::run_kinds(&g.store, &[cured]).await.unwrap();
    assert_eq!((runs(&failing), state(&g, "failing").await), (11, Some(JobState::Pending)));
}

/// A worker dies while it runs a job. Another one runs the job once more, when the lease has ended.
#[guild_test]
async fn a_job_of_a_dead_worker_runs_once_more(g: Guild) {
    g.demo().await;
    search::rebuild(&g.store).await.unwrap();
    let runs = Arc::new(AtomicU32::new(0));
    let (begun, store) = (runs.clone(), g.store.clone());
    let worker = tokio::spawn(async move {
        let endless = Kind::new("search_index", Lane::Long, Trigger::Verb, move |_, _| {
            begun.fetch_add(1, Ordering::Relaxed);
            std::future::pending()
        });
        runner::run_kinds(&store, &[endless]).await
    });
    assert!(within(Wait::from_secs(10), async || runs.load(Ordering::Relaxed) == 1).await);
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled());
    let (next, again) = (runs.clone(), g.store.clone());
    let kinds = [Kind::new("search_index", Lane::Long, Trigger::Verb, move |_, _| {
        next.fetch_add(1, Ordering::Relaxed);
        async { Ok(Next::Done) }
    })];
    let run = async || runner::run_kinds(&again, &kinds).await.unwrap();
    run().await;
    g.advance(jobs::LEASE - Duration::seconds(1));
    run().await;
    assert_eq!(runs.load(Ordering::Relaxed), 1, "control: the lease has not ended");
    g.advance(Duration::seconds(1));
    tokio::join!(run(), run());
    assert_eq!((runs.load(Ordering::Relaxed), state(&g, "search_index").await), (2, Some(JobState::Done)));
    g.advance(Duration::hours(1));
    run().await;
    assert_eq!(runs.load(Ordering::Relaxed), 2);
    // A job whose worker dies each time may be what kills the server, so it isn't tried for ever.
    search::rebuild(&g.store).await.unwrap();
    for _ in 0..10 {
        assert_eq!(jobs::claim(&g.store, &["search_index"], 1).await.unwrap().len(), 1);
        g.advance(jobs::LEASE);
    }
    assert!(jobs::claim(&g.store, &["search_index"], 1).await.unwrap().is_empty());
    assert_eq!(state(&g, "search_index").await, Some(JobState::Failed));
}

/// A worker that was only slow comes back after another one has taken its job over. It can save nothing.
#[guild_test]
async fn a_late_worker_saves_nothing(g: Guild) {
    g.demo().await;
    let standard = runner::standard();
    let kind = standard.iter().find(|kind| kind.name == "search_index").unwrap();
    let documents = async || g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM search_documents").await;
    let all = documents().await;
    let empty = async || {
        g.raw().execute_unprepared("DELETE FROM search_documents").await.unwrap();
        search::rebuild(&g.store).await.unwrap();
    };
    let claim = async || jobs::claim(&g.store, &["search_index"], 1).await.unwrap().pop().unwrap();
    empty().await;
    let late = claim().await;
    g.advance(jobs::LEASE);
    runner::run_due(&g.store).await.unwrap();
    assert_eq!((documents().await, state(&g, "search_index").await), (all, Some(JobState::Done)));
    g.raw().execute_unprepared("DELETE FROM search_documents").await.unwrap();
    let refused = runner::run(&g.store, kind, late).await;
    assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    assert_eq!((documents().await, state(&g, "search_index").await), (0, Some(JobState::Done)));
    // Control: a worker whose lease goes on saves its batch.
    empty().await;
    runner::run(&g.store, kind, claim().await).await.unwrap();
    assert!(documents().await > 0);
    runner::run_due(&g.store).await.unwrap();
    assert_eq!((documents().await, search::missing(&g.store).await.unwrap()), (all, 0));
}

/// An admin cancels a job while it runs. It stops within about a second, and its worker takes the next job.
#[guild_test]
async fn a_running_job_can_be_cancelled(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    search::rebuild(&g.store).await.unwrap();
    let endless = Kind::new("search_index", Lane::Long, Trigger::Verb, |_, _| std::future::pending());
    let workers = Workers::start(&g, vec![endless]);
    let running = async || state(&g, "search_index").await == Some(JobState::Running);
    assert!(within(Wait::from_secs(10), running).await);
    let (rows, _) = admin::rows(&g.store, &ada, JobState::Running, 0).await.unwrap();
    assert!(rows[0].can_cancel && !rows[0].can_retry);
    admin::cancel(&g.store, &ada, rows[0].id).await.unwrap();
    assert_eq!(state(&g, "search_index").await, Some(JobState::Cancelled));
    // The workers stop at once, because no job runs any more.
    sleep(Wait::from_millis(1500)).await;
    let began = std::time::Instant::now();
    workers.stop().await;
    assert!(began.elapsed() < Wait::from_secs(1), "{:?}", began.elapsed());
    g.advance(Duration::hours(1));
    assert_eq!(state(&g, "search_index").await, Some(JobState::Cancelled));
}

/// Old data is deleted, and nothing that still counts: emails that wait, and what isn't old enough.
#[guild_test]
async fn only_old_data_that_is_over_is_deleted(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let keys = ["kofi", "mei", "ines", "tomas"];
    for key in keys {
        g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap();
    }
    for email in outbox::claim(&g.store, 4).await.unwrap() {
        outbox::settle(&g.store, email.id, outbox::Outcome::Sent).await.unwrap();
    }
    let run = async |sql: String| {
        assert_eq!(g.raw().execute_unprepared(&sql).await.unwrap().rows_affected(), 1, "{sql}");
    };
    let member = |key: &str| format!("member_id = (SELECT id FROM members WHERE demo_key = '{key}')");
    let days_ago = |days: i64| {
        let at = g.now() - Duration::days(days);
        at.format("%Y-%m-%d %H:%M:%S+00:00").to_string()
    };
    // Emails: one was sent 91 days ago, two lately, and one waits since 91 days.
    run(format!("UPDATE emails SET settled_at = '{}' WHERE {}", days_ago(91), member("kofi"))).await;
    run(format!("UPDATE emails SET settled_at = '{}' WHERE {}", days_ago(89), member("mei"))).await;
    let waits = "state = 'held', settled_at = NULL";
    run(format!("UPDATE emails SET {waits}, posted_at = '{}' WHERE {}", days_ago(91), member("tomas"))).await;
    // Devices: signed in until 8, 6 and -1 days ago.
    for key in keys {
        let ended = format!("DELETE FROM sign_in_sessions WHERE {}", member(key));
        g.raw().execute_unprepared(&ended).await.unwrap();
        g.session_of(key).await;
    }
    for (key, days) in [("kofi", 8), ("mei", 6), ("ines", -1)] {
        let expired = days_ago(days);
        run(format!("UPDATE sign_in_sessions SET expires_at = '{expired}' WHERE {}", member(key))).await;
    }
    // Notifications: read 181 and 179 days ago, and unread since 366 and 364 days.
    let rows: [(i64, Option<i64>); 4] = [(400, Some(181)), (400, Some(179)), (366, None), (364, None)];
    for (key, (made, read)) in keys.into_iter().zip(rows) {
        let read = read.map_or("NULL".to_owned(), |days| format!("'{}'", days_ago(days)));
        // Each email has an id that no notification has.
        run(format!(
            "INSERT INTO notifications (id, member_id, kind, link, created_at, read_at) \
             SELECT e.id, e.member_id, 'test', '/', '{}', {read} FROM emails e WHERE e.{}",
            days_ago(made),
            member(key)
        ))
        .await;
    }
    let left = async |table: &str| {
        let sql = format!(
            "SELECT m.demo_key FROM {table} r JOIN members m ON m.id = r.member_id \
             WHERE m.demo_key IN ('kofi', 'mei', 'ines', 'tomas') ORDER BY m.demo_key"
        );
        let keys = g.rows(&sql).await;
        keys.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect::<Vec<_>>().join(" ")
    };
    // In two days, there are new emails and notifications too.
    let emails = "(SELECT * FROM emails WHERE kind = 'confirmed')";
    let notifications = "(SELECT * FROM notifications WHERE kind = 'test')";
    for table in [emails, "sign_in_sessions", notifications] {
        assert_eq!(left(table).await, "ines kofi mei tomas", "{table}");
    }
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(left(emails).await, "ines mei tomas");
    assert_eq!(left("sign_in_sessions").await, "ines mei tomas");
    assert_eq!(left(notifications).await, "mei tomas");
    // Control: the rest goes when its time has come, except the email that waits.
    g.advance(Duration::days(2));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(left(emails).await, "ines tomas");
    assert_eq!(left("sign_in_sessions").await, "ines tomas");
    assert_eq!(left(notifications).await, "");
    g.take_emails().await;
}
