//! Rescheduling and cancelling: people get each piece of news once (C4, C5).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Slug,
    events::{EventForm, RsvpState},
};
use store::events;
use tests::{Guild, guild_test};

async fn chores(g: &Guild) {
    store::runner::run_due(&g.store).await.unwrap();
}

/// Changes the event of [`Guild::event`]. Returns how many people the change concerns.
async fn edit(g: &Guild, slug: &Slug, change: impl FnOnce(&mut EventForm)) -> u32 {
    let host = g.actor("grace").await;
    let event = events::page(&g.store, &host, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    change(&mut form);
    events::edit(&g.store, &host, slug, form.check().unwrap(), event.version).await.unwrap().notified
}

async fn move_to(g: &Guild, slug: &Slug, time: &str) -> u32 {
    edit(g, slug, |form| form.time = time.into()).await
}

/// The emails about a new time for one RSVP: the old start, the new start and the SEQUENCE.
async fn moves(g: &Guild, uid: domain::RsvpId) -> Vec<(String, String, Option<u64>)> {
    let emails = g.emails_of("rescheduled").await;
    let of_rsvp = emails.iter().filter(|email| email["event"]["uid"] == uid.to_string());
    let clock = |facts: &serde_json::Value| facts["starts_at"].as_str().unwrap()[11..16].to_owned();
    of_rsvp.map(|email| (clock(&email["was"]), clock(&email["event"]), email["sequence"].as_u64())).collect()
}

fn expected_move(from: &str, to: &str, sequence: impl Into<Option<u64>>) -> (String, String, Option<u64>) {
    (from.to_owned(), to.to_owned(), sequence.into())
}

async fn advance_and_run_chores(g: &Guild, minutes: i64) {
    g.advance(Duration::minutes(minutes));
    chores(g).await;
}

#[guild_test]
async fn c4_edits_within_ten_minutes_are_one_email(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let seat = g.rsvp(&mei, &slug, 0).await.unwrap();
    let wait = g.rsvp(&kofi, &slug, 0).await.unwrap();
    assert_eq!((seat.state, wait.state), (RsvpState::Going, RsvpState::Waiting));
    g.advance(Duration::minutes(1));
    assert_eq!(move_to(&g, &slug, "19:00").await, 2, "both will be emailed");
    advance_and_run_chores(&g, 6).await;
    assert!(moves(&g, seat.id).await.is_empty());
    assert_eq!(move_to(&g, &slug, "19:30").await, 2);
    advance_and_run_chores(&g, 9).await;
    assert!(moves(&g, seat.id).await.is_empty(), "each edit restarts the ten minutes");
    advance_and_run_chores(&g, 1).await;
    chores(&g).await;
    assert_eq!(moves(&g, seat.id).await, [expected_move("17:00", "18:30", 1)]);
    assert_eq!(
        moves(&g, wait.id).await,
        [expected_move("17:00", "18:30", None)],
        "the person on the waitlist is emailed too"
    );
    // The next email begins with the time of the last one.
    g.advance(Duration::minutes(1));
    move_to(&g, &slug, "20:00").await;
    advance_and_run_chores(&g, 10).await;
    assert_eq!(moves(&g, seat.id).await[1], expected_move("18:30", "19:00", 2));
    g.expect_emails("confirmed=1 rescheduled=4 waitlisted=1").await;
}

#[guild_test]
async fn c4_repeated_edits_delay_the_email_by_half_an_hour_at_most(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let seat = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    for n in 0..4 {
        move_to(&g, &slug, &format!("19:{}0", n)).await;
        advance_and_run_chores(&g, 8).await;
    }
    assert_eq!(moves(&g, seat.id).await.len(), 1, "the email is sent after half an hour at the latest");
    g.expect_emails("confirmed=1 rescheduled=1").await;
}

#[guild_test]
async fn c4_an_event_that_is_moved_back_in_time_sends_no_email(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let seat = g.rsvp(&mei, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    move_to(&g, &slug, "19:00").await;
    g.advance(Duration::minutes(1));
    // He takes his seat at the new time, so moving back is news to him.
    let late = g.rsvp(&kofi, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    assert_eq!(move_to(&g, &slug, "18:00").await, 1);
    advance_and_run_chores(&g, 11).await;
    assert!(moves(&g, seat.id).await.is_empty());
    assert_eq!(moves(&g, late.id).await, [expected_move("18:00", "17:00", 1)]);
    g.expect_emails("confirmed=2 rescheduled=1").await;
}

#[guild_test]
async fn c4_people_who_confirmed_after_the_edit_get_no_email_about_it(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    g.advance(Duration::minutes(1));
    let first = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    move_to(&g, &slug, "19:00").await;
    g.advance(Duration::minutes(1));
    let second = g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    advance_and_run_chores(&g, 11).await;
    assert_eq!(moves(&g, first.id).await.len(), 1);
    assert!(moves(&g, second.id).await.is_empty(), "the confirmation had the new time");
    g.expect_emails("confirmed=2 rescheduled=1").await;
}

#[guild_test]
async fn c4_small_shifts_send_no_email_until_they_add_up(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let seat = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    assert_eq!(move_to(&g, &slug, "18:04").await, 0);
    advance_and_run_chores(&g, 30).await;
    assert!(moves(&g, seat.id).await.is_empty());
    assert_eq!(move_to(&g, &slug, "18:08").await, 1);
    advance_and_run_chores(&g, 30).await;
    assert_eq!(moves(&g, seat.id).await, [expected_move("17:00", "17:08", 1)]);
    g.expect_emails("confirmed=1 rescheduled=1").await;
}

#[guild_test]
async fn c4_within_a_day_of_the_start_people_are_emailed_at_once(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let seat = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.clock.set("2026-11-23T18:00:00Z".parse().unwrap());
    move_to(&g, &slug, "18:03").await;
    assert_eq!(
        moves(&g, seat.id).await,
        [expected_move("17:00", "17:03", 1)],
        "even a small shift is emailed"
    );
    move_to(&g, &slug, "18:10").await;
    assert_eq!(moves(&g, seat.id).await[1], expected_move("17:03", "17:10", 2));
    // A pending email is sent together with an urgent one.
    let other = g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    edit(&g, &slug, |form| form.place = "Another room".into()).await;
    assert_eq!(moves(&g, other.id).await.len(), 1);
    chores(&g).await;
    advance_and_run_chores(&g, 40).await;
    assert_eq!(moves(&g, other.id).await.len(), 1);
    g.expect_emails("confirmed=2 reminder=17 rescheduled=4").await;
}

#[guild_test]
async fn c5_a_cancellation_emails_everybody_once_with_the_time_that_they_know(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    move_to(&g, &slug, "19:00").await;
    g.advance(Duration::minutes(1));
    let host = g.actor("grace").await;
    assert_eq!(events::cancel(&g.store, &host, &slug, "Snow").await.unwrap(), 2);
    advance_and_run_chores(&g, 60).await;
    assert!(g.emails_of("rescheduled").await.is_empty(), "a cancelled event sends no email about a new time");
    let cancelled = g.emails_of("cancelled").await;
    assert_eq!(cancelled.len(), 2);
    assert!(cancelled.iter().all(|email| email["event"]["starts_at"] == "2026-11-24T17:00:00Z"));
    assert!(cancelled.iter().all(|email| email["reason"] == "Snow"));
    let page = events::page(&g.store, &kofi, &slug).await.unwrap();
    assert_eq!(page.event.cancel_reason, "Snow", "the page stays, with the reason");
    // The event is reinstated with its current time.
    assert_eq!(events::reinstate(&g.store, &host, &slug).await.unwrap(), 2);
    let back = g.emails_of("reinstated").await;
    assert!(back.iter().all(|email| email["event"]["starts_at"] == "2026-11-24T18:00:00Z"));
    g.expect_emails("cancelled=2 confirmed=1 reinstated=2 waitlisted=1").await;
}
