//! Rescheduling and cancelling: who is told what they did not know, once (C4, C5).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Slug,
    events::{EventForm, RsvpState},
};
use store::events;
use tests::{Guild, guild_test};

async fn chores(g: &Guild) {
    store::chores::run(&g.store).await.unwrap();
}

/// Changes the event of [`Guild::event`] to what `change` makes of its form; how many people that concerns.
async fn edit(g: &Guild, slug: &Slug, change: impl FnOnce(&mut EventForm)) -> u32 {
    let host = g.actor("grace").await;
    let event = events::page(&g.store, &host, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    change(&mut form);
    events::edit(&g.store, &host, slug, form.check().unwrap(), event.version).await.unwrap().told
}

async fn at(g: &Guild, slug: &Slug, time: &str) -> u32 {
    edit(g, slug, |form| form.time = time.into()).await
}

/// The reschedules to one answer: from when to when, and its SEQUENCE.
async fn told(g: &Guild, uid: domain::RsvpId) -> Vec<(String, String, Option<u64>)> {
    let emails = g.emails_of("rescheduled").await;
    let mine = emails.iter().filter(|email| email["event"]["uid"] == uid.to_string());
    let clock = |facts: &serde_json::Value| facts["starts_at"].as_str().unwrap()[11..16].to_owned();
    mine.map(|email| (clock(&email["was"]), clock(&email["event"]), email["sequence"].as_u64())).collect()
}

fn move_of(from: &str, to: &str, sequence: impl Into<Option<u64>>) -> (String, String, Option<u64>) {
    (from.to_owned(), to.to_owned(), sequence.into())
}

async fn later(g: &Guild, minutes: i64) {
    g.advance(Duration::minutes(minutes));
    chores(g).await;
}

guild_test! {
    async fn c4_edits_within_ten_minutes_are_one_mail(g: Guild) {
        g.demo().await;
        let slug = g.event(Some(1)).await;
        let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
        let seat = g.rsvp(&mei, &slug, 0).await.unwrap();
        let wait = g.rsvp(&kofi, &slug, 0).await.unwrap();
        assert_eq!((seat.state, wait.state), (RsvpState::Going, RsvpState::Waiting));
        g.advance(Duration::minutes(1));
        assert_eq!(at(&g, &slug, "19:00").await, 2, "both will be told");
        later(&g, 6).await;
        assert!(told(&g, seat.id).await.is_empty());
        assert_eq!(at(&g, &slug, "19:30").await, 2);
        later(&g, 9).await;
        assert!(told(&g, seat.id).await.is_empty(), "the ten minutes begin anew");
        later(&g, 1).await;
        chores(&g).await;
        assert_eq!(told(&g, seat.id).await, [move_of("17:00", "18:30", 1)]);
        assert_eq!(told(&g, wait.id).await, [move_of("17:00", "18:30", None)], "who waits is told, too");
        // The next move begins from what they were told.
        g.advance(Duration::minutes(1));
        at(&g, &slug, "20:00").await;
        later(&g, 10).await;
        assert_eq!(told(&g, seat.id).await[1], move_of("18:30", "19:00", 2));
    }

    async fn c4_edits_cannot_put_it_off_for_ever(g: Guild) {
        g.demo().await;
        let slug = g.event(None).await;
        let seat = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
        g.advance(Duration::minutes(1));
        for n in 0..4 {
            at(&g, &slug, &format!("19:{}0", n)).await;
            later(&g, 8).await;
        }
        assert_eq!(told(&g, seat.id).await.len(), 1, "after half an hour at the latest");
    }

    async fn c4_moved_back_in_time_nobody_is_told(g: Guild) {
        g.demo().await;
        let slug = g.event(None).await;
        let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
        let seat = g.rsvp(&mei, &slug, 0).await.unwrap();
        g.advance(Duration::minutes(1));
        at(&g, &slug, "19:00").await;
        g.advance(Duration::minutes(1));
        // He takes his seat at the new time, so the way back is news to him.
        let late = g.rsvp(&kofi, &slug, 0).await.unwrap();
        g.advance(Duration::minutes(1));
        assert_eq!(at(&g, &slug, "18:00").await, 1);
        later(&g, 11).await;
        assert!(told(&g, seat.id).await.is_empty());
        assert_eq!(told(&g, late.id).await, [move_of("18:00", "17:00", 1)]);
    }

    async fn c4_who_answered_meanwhile_is_not_told_again(g: Guild) {
        g.demo().await;
        let slug = g.event(None).await;
        g.advance(Duration::minutes(1));
        let first = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
        g.advance(Duration::minutes(1));
        at(&g, &slug, "19:00").await;
        g.advance(Duration::minutes(1));
        let second = g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
        later(&g, 11).await;
        assert_eq!(told(&g, first.id).await.len(), 1);
        assert!(told(&g, second.id).await.is_empty(), "the confirmation said so");
    }

    async fn c4_a_slight_shift_is_silent_until_it_adds_up(g: Guild) {
        g.demo().await;
        let slug = g.event(None).await;
        let seat = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
        g.advance(Duration::minutes(1));
        assert_eq!(at(&g, &slug, "18:04").await, 0);
        later(&g, 30).await;
        assert!(told(&g, seat.id).await.is_empty());
        assert_eq!(at(&g, &slug, "18:08").await, 1);
        later(&g, 30).await;
        assert_eq!(told(&g, seat.id).await, [move_of("17:00", "17:08", 1)]);
    }

    async fn c4_within_a_day_of_the_start_people_are_told_at_once(g: Guild) {
        g.demo().await;
        let slug = g.event(None).await;
        let seat = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
        g.clock.set("2026-11-23T18:00:00Z".parse().unwrap());
        at(&g, &slug, "18:03").await;
        assert_eq!(told(&g, seat.id).await, [move_of("17:00", "17:03", 1)], "slight as it is");
        at(&g, &slug, "18:10").await;
        assert_eq!(told(&g, seat.id).await[1], move_of("17:03", "17:10", 2));
        // A move that waits goes with one that does not.
        let other = g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
        edit(&g, &slug, |form| form.place = "Another room".into()).await;
        assert_eq!(told(&g, other.id).await.len(), 1);
        chores(&g).await;
        later(&g, 40).await;
        assert_eq!(told(&g, other.id).await.len(), 1);
    }

    async fn c5_cancelling_tells_everybody_once_and_by_the_time_they_know(g: Guild) {
        g.demo().await;
        let slug = g.event(Some(1)).await;
        let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
        g.rsvp(&mei, &slug, 0).await.unwrap();
        g.rsvp(&kofi, &slug, 0).await.unwrap();
        g.advance(Duration::minutes(1));
        at(&g, &slug, "19:00").await;
        g.advance(Duration::minutes(1));
        let host = g.actor("grace").await;
        assert_eq!(events::cancel(&g.store, &host, &slug, "Snow").await.unwrap(), 2);
        later(&g, 60).await;
        assert!(g.emails_of("rescheduled").await.is_empty(), "nobody hears of a move of what is off");
        let cancelled = g.emails_of("cancelled").await;
        assert_eq!(cancelled.len(), 2);
        assert!(cancelled.iter().all(|email| email["event"]["starts_at"] == "2026-11-24T17:00:00Z"));
        assert!(cancelled.iter().all(|email| email["reason"] == "Snow"));
        let page = events::page(&g.store, &kofi, &slug).await.unwrap();
        assert_eq!(page.event.cancel_reason, "Snow", "the page stays, with the reason");
        // After all: as it is now.
        assert_eq!(events::reinstate(&g.store, &host, &slug).await.unwrap(), 2);
        let back = g.emails_of("reinstated").await;
        assert!(back.iter().all(|email| email["event"]["starts_at"] == "2026-11-24T18:00:00Z"));
    }
}
