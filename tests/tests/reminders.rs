//! Reminders: each is sent once, for the current start of the event (B4, C4, C5).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{Actor, Instant, Slug, emails::EmailPreference};
use store::{events, preferences};
use tests::{Guild, event_form, guild_test};

async fn chores(g: &Guild) {
    store::runner::run_due(&g.store).await.unwrap();
}

/// The reminders of an event, as the hours before the start that they name, in the order of posting.
async fn reminders(g: &Guild, slug: &Slug) -> Vec<i64> {
    let emails = g.emails_of("reminder").await;
    let about_event = emails.iter().filter(|email| email["event"]["slug"] == slug.as_str());
    about_event.map(|email| email["hours"].as_i64().unwrap()).collect()
}

/// The demo and a published event of Grace's that Mei is going to: one hour in Berlin, three days from now.
async fn event_with_mei(g: &Guild) -> (Slug, Actor) {
    g.demo().await;
    let slug = g.event(None).await;
    let mei = g.actor("mei").await;
    g.rsvp(&mei, &slug, 1).await.unwrap();
    (slug, mei)
}

/// The start of the event before it is moved.
const START_OF_EVENT: &str = "2026-11-24T17:00:00Z";

fn before(hours: i64) -> Instant {
    START_OF_EVENT.parse::<Instant>().unwrap() - Duration::hours(hours)
}

async fn move_to(g: &Guild, slug: &Slug, date: &str, time: &str) {
    let host = g.actor("grace").await;
    let version = events::page(&g.store, &host, slug).await.unwrap().event.version;
    let mut form = event_form(None);
    (form.date, form.time) = (date.into(), time.into());
    events::edit(&g.store, &host, slug, form.check().unwrap(), version).await.unwrap();
}

#[guild_test]
async fn b4_a_reminder_is_sent_once_24_hours_before(g: Guild) {
    let (slug, _) = event_with_mei(&g).await;
    g.clock.set(before(24) - Duration::seconds(1));
    chores(&g).await;
    assert!(reminders(&g, &slug).await.is_empty());
    g.clock.set(before(24));
    let next = store::runner::run_due(&g.store).await.unwrap();
    chores(&g).await;
    assert_eq!(reminders(&g, &slug).await, [24]);
    assert!(next.is_none_or(|next| next > g.now()));
    g.advance(Duration::hours(23));
    chores(&g).await;
    assert_eq!(reminders(&g, &slug).await, [24], "an in-person event has only one reminder");
    g.expect_emails("confirmed=1 reminder=8").await;
}

#[guild_test]
async fn b4_only_online_events_have_a_reminder_an_hour_before(g: Guild) {
    let (slug, mei) = event_with_mei(&g).await;
    let host = g.actor("grace").await;
    let mut form = event_form(None);
    form.place = String::new();
    form.join_url = "https://meet.example.org/x".into();
    events::edit(&g.store, &host, &slug, form.check().unwrap(), 2).await.unwrap();
    g.advance(Duration::minutes(11));
    chores(&g).await;
    for hours in [24, 1] {
        g.clock.set(before(hours));
        chores(&g).await;
        chores(&g).await;
    }
    assert_eq!(reminders(&g, &slug).await, [24, 1]);
    let emails = g.emails_of("reminder").await;
    let last = emails.last().unwrap();
    assert_eq!(last["event"]["join_url"], "https://meet.example.org/x");
    let _ = mei;
    g.expect_emails("confirmed=1 reminder=9 rescheduled=1").await;
}

#[guild_test]
async fn reminders_go_to_people_with_a_seat_who_want_them(g: Guild) {
    let (slug, mei) = event_with_mei(&g).await;
    let (kofi, leila, sofia) = (g.actor("kofi").await, g.actor("leila").await, g.actor("sofia").await);
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    g.rsvp(&leila, &slug, 0).await.unwrap();
    events::leave(&g.store, &leila, &slug).await.unwrap();
    let off = vec![EmailPreference::check("reminders - off").unwrap()];
    preferences::save(&g.store, &kofi, off).await.unwrap();
    g.clock.set(before(24) + Duration::minutes(1));
    // She took her seat when the reminder was already due, so the confirmation replaces it.
    g.rsvp(&sofia, &slug, 0).await.unwrap();
    chores(&g).await;
    let emails = g.emails_of("reminder").await;
    let about_event: Vec<_> = emails.iter().filter(|email| email["event"]["slug"] == slug.as_str()).collect();
    assert_eq!(about_event.len(), 1);
    assert_eq!(about_event[0]["mailing"]["member"], mei.member().unwrap().to_string());
    assert_eq!(about_event[0]["guests"], 1);
    g.expect_emails("confirmed=3 left=1 reminder=7").await;
}

#[guild_test]
async fn c4_a_new_start_has_its_own_reminder(g: Guild) {
    let (slug, _) = event_with_mei(&g).await;
    g.clock.set(before(24));
    chores(&g).await;
    assert_eq!(reminders(&g, &slug).await, [24]);
    move_to(&g, &slug, "2026-11-27", "18:00").await;
    g.advance(Duration::minutes(11));
    chores(&g).await;
    assert_eq!(reminders(&g, &slug).await, [24]);
    g.clock.set(before(24) + Duration::days(3));
    chores(&g).await;
    assert_eq!(reminders(&g, &slug).await, [24, 24]);
    // An email about a start within the next day replaces the reminder.
    move_to(&g, &slug, "2026-11-27", "14:00").await;
    chores(&g).await;
    g.advance(Duration::hours(1));
    chores(&g).await;
    assert_eq!(reminders(&g, &slug).await, [24, 24]);
    g.expect_emails("confirmed=1 reminder=9 rescheduled=2").await;
}

#[guild_test]
async fn c5_a_cancelled_event_sends_no_reminders(g: Guild) {
    let (slug, _) = event_with_mei(&g).await;
    let host = g.actor("grace").await;
    events::cancel(&g.store, &host, &slug, "").await.unwrap();
    g.clock.set(before(24));
    chores(&g).await;
    assert!(reminders(&g, &slug).await.is_empty());
    events::reinstate(&g.store, &host, &slug).await.unwrap();
    chores(&g).await;
    assert_eq!(reminders(&g, &slug).await, [24]);
    g.expect_emails("cancelled=1 confirmed=1 reinstated=1 reminder=8").await;
}

/// After downtime, the server sends late reminders only when they are still useful.
#[guild_test]
async fn b4_a_reminder_that_is_too_late_is_not_sent(g: Guild) {
    let (slug, _) = event_with_mei(&g).await;
    g.clock.set(before(1));
    chores(&g).await;
    assert!(reminders(&g, &slug).await.is_empty());
    let _ = slug;
    g.expect_emails("confirmed=1").await;
}

/// Jumps of the clock, restarts and two processes at once: everybody with a seat gets each reminder once.
/// R13: each reminder is sent once.
#[guild_test]
async fn b4_each_reminder_is_sent_once_whatever_happens(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let host = g.actor("grace").await;
    let mut slugs = Vec::new();
    for n in 0..12_i64 {
        let starts = g.now() + Duration::hours(30 + 7 * n);
        let mut form = event_form(None);
        form.title = format!("Reminded {n}");
        form.zone = "UTC".into();
        form.date = starts.format("%Y-%m-%d").to_string();
        form.time = starts.format("%H:%M").to_string();
        if n % 2 == 0 {
            form.place = String::new();
            form.join_url = "https://meet.example.org/x".into();
        }
        let slug = events::create(&g.store, &host, form.check().unwrap(), &form.title).await.unwrap();
        events::publish(&g.store, &host, &slug).await.unwrap();
        g.rsvp(&mei, &slug, 0).await.unwrap();
        slugs.push(slug);
    }
    let mut state = 99_u64;
    let mut again = store::Store::open(&g.url, g.clock.clone()).await.unwrap();
    for n in 0..90 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        g.advance(Duration::minutes(5 + i64::try_from(state >> 33).unwrap() % 120));
        if n % 9 == 8 {
            again.close().await;
            again = store::Store::open(&g.url, g.clock.clone()).await.unwrap();
        }
        let (a, b) = futures::join!(store::runner::run_due(&g.store), store::runner::run_due(&again));
        a.and(b).unwrap();
    }
    again.close().await;
    let emails = g.emails_of("reminder").await;
    for (n, slug) in slugs.iter().enumerate() {
        let of = |hours: i64| {
            emails.iter().filter(|l| l["event"]["slug"] == slug.as_str() && l["hours"] == hours).count()
        };
        assert_eq!(of(24), 1, "{n}");
        // A jump of the clock may skip the hour before the start. A reminder is never sent twice.
        assert!(of(1) <= 1 && (n % 2 == 0 || of(1) == 0), "{n}");
    }
    g.expect_emails("confirmed=12 reminder=44").await;
}
