//! The emails that people get about an event: no email contradicts an earlier one, and nobody gets more emails
//! than necessary (A1, A6, A11, C4, C5).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Slug,
    announcements::{AnnouncementForm, Segment},
    events::{EventForm, RsvpState, WhenFull},
    groups::{GroupForm, GroupRole},
};
use serde_json::Value;
use store::{Store, announcements, blocks, events, feeds, groups};
use tests::{Guild, event_form, guild_test};

async fn advance_and_run_chores(g: &Guild, minutes: i64) {
    g.advance(Duration::minutes(minutes));
    store::runner::run_due(&g.store).await.unwrap();
}

/// Changes an event of Grace's. Returns how many people the change concerns.
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

/// The emails about an event to one of the demo's people since the last `expect_emails`, in the order of posting.
async fn emails(g: &Guild, slug: &Slug, person: &str) -> Vec<(String, Value)> {
    let about = format!("address LIKE '{person}@%' AND payload LIKE '%\"slug\":\"{slug}\"%'");
    let sql = format!("SELECT kind, payload FROM emails WHERE {about} ORDER BY id");
    let read = |row: &sea_orm::QueryResult| {
        let payload: String = row.try_get("", "payload").unwrap();
        (row.try_get("", "kind").unwrap(), serde_json::from_str(&payload).unwrap())
    };
    g.rows(&sql).await.iter().map(read).collect()
}

/// These emails as `kind HH:MM`, with the event's start in UTC.
async fn summaries(g: &Guild, slug: &Slug, person: &str) -> Vec<String> {
    let line = |(kind, payload): (String, Value)| match payload["event"]["starts_at"].as_str() {
        Some(starts) => format!("{kind} {}", &starts[11..16]),
        None => kind,
    };
    emails(g, slug, person).await.into_iter().map(line).collect()
}

async fn announce(g: &Guild, slug: &Slug) {
    let form = AnnouncementForm {
        subject: "Bring a laptop".into(),
        message: "And a charger.".into(),
        segments: vec![Segment::Going.name().to_owned(), Segment::Waiting.name().to_owned()],
        at: String::new(),
        reply: String::new(),
    };
    let host = g.actor("grace").await;
    announcements::schedule(&g.store, &host, slug, form.check().unwrap(), "words").await.unwrap();
}

/// An event at 17:00 UTC with one seat: Mei has it, Kofi is on the waitlist. The emails so far are deleted.
async fn event_with_one_going_and_one_waiting(g: &Guild) -> Slug {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    g.expect_emails("confirmed waitlisted").await;
    slug
}

#[guild_test]
async fn c4_a_changed_title_only_emails_people_with_a_calendar_entry(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    let mei = g.actor("mei").await;
    let feed = feeds::make(&g.store, &mei).await.unwrap();
    assert_eq!(
        edit(&g, &slug, |form| form.title = "Another evening".into()).await,
        1,
        "only the person with a seat"
    );
    advance_and_run_chores(&g, 9).await;
    assert!(summaries(&g, &slug, "mei").await.is_empty(), "it is merged with later edits");
    advance_and_run_chores(&g, 1).await;
    let her_emails = emails(&g, &slug, "mei").await;
    assert_eq!(
        (her_emails.len(), her_emails[0].0.as_str(), her_emails[0].1["sequence"].as_u64()),
        (1, "rescheduled", Some(1))
    );
    assert_eq!(
        (&her_emails[0].1["was"]["title"], &her_emails[0].1["event"]["title"]),
        (&"An evening".into(), &"Another evening".into())
    );
    assert!(summaries(&g, &slug, "kofi").await.is_empty(), "people on the waitlist have no calendar entry");
    let entries = feeds::private(&g.store, &feed).await.unwrap().entries;
    let feed_entry = entries.iter().find(|entry| entry.event.slug == slug).unwrap();
    assert_eq!(
        (feed_entry.event.details.title.as_str(), feed_entry.rsvp.as_ref().unwrap().sequence),
        ("Another evening", 2)
    );
    g.expect_emails("rescheduled=1").await;
}

#[guild_test]
async fn c4_a_new_title_and_time_are_one_email_and_an_undone_title_is_none(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    edit(&g, &slug, |form| form.title = "Another evening".into()).await;
    g.advance(Duration::minutes(1));
    assert_eq!(move_to(&g, &slug, "19:00").await, 2);
    advance_and_run_chores(&g, 10).await;
    let her_emails = emails(&g, &slug, "mei").await;
    assert_eq!(
        (her_emails.len(), her_emails[0].1["sequence"].as_u64(), &her_emails[0].1["was"]["title"]),
        (1, Some(1), &"An evening".into())
    );
    assert_eq!(summaries(&g, &slug, "kofi").await, ["rescheduled 18:00"]);
    g.expect_emails("rescheduled").await;
    g.advance(Duration::minutes(1));
    edit(&g, &slug, |form| form.title = "A typo".into()).await;
    g.advance(Duration::minutes(1));
    assert_eq!(edit(&g, &slug, |form| form.title = "Another evening".into()).await, 0);
    advance_and_run_chores(&g, 20).await;
    assert!(summaries(&g, &slug, "mei").await.is_empty());
}

#[guild_test]
async fn c4_a_title_waits_for_more_edits_even_shortly_before_the_start(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    g.clock.set("2026-11-24T12:00:00Z".parse().unwrap());
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("reminder").await;
    edit(&g, &slug, |form| form.title = "Anohter evening".into()).await;
    advance_and_run_chores(&g, 1).await;
    edit(&g, &slug, |form| form.title = "Another evening".into()).await;
    assert!(summaries(&g, &slug, "mei").await.is_empty());
    advance_and_run_chores(&g, 10).await;
    let her_emails = emails(&g, &slug, "mei").await;
    assert_eq!((her_emails.len(), &her_emails[0].1["event"]["title"]), (1, &"Another evening".into()));
    g.expect_emails("rescheduled=1").await;
}

#[guild_test]
async fn c4_a_pending_change_is_emailed_before_an_announcement(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    move_to(&g, &slug, "19:00").await;
    announce(&g, &slug).await;
    advance_and_run_chores(&g, 3).await;
    for person in ["mei", "kofi"] {
        assert_eq!(
            summaries(&g, &slug, person).await,
            ["rescheduled 18:00", "announcement 18:00"],
            "{person}"
        );
    }
    advance_and_run_chores(&g, 20).await;
    assert_eq!(summaries(&g, &slug, "mei").await.len(), 2, "only once");
    g.expect_emails("announcement=2 rescheduled=2").await;
}

#[guild_test]
async fn c4_a_pending_change_is_emailed_before_a_reminder(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    // It is five minutes before the reminder.
    g.clock.set("2026-11-23T16:55:00Z".parse().unwrap());
    edit(&g, &slug, |form| form.place = "Another room".into()).await;
    advance_and_run_chores(&g, 5).await;
    assert_eq!(summaries(&g, &slug, "mei").await, ["rescheduled 17:00", "reminder 17:00"]);
    advance_and_run_chores(&g, 20).await;
    assert_eq!(summaries(&g, &slug, "mei").await.len(), 2);
    g.expect_emails("reminder=8 rescheduled=2").await;
}

#[guild_test]
async fn c4_a_pending_change_is_emailed_before_a_promotion_and_only_once(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    g.rsvp(&g.actor("leila").await, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    g.expect_emails("waitlisted").await;
    move_to(&g, &slug, "19:00").await;
    g.advance(Duration::minutes(1));
    events::leave(&g.store, &g.actor("mei").await, &slug).await.unwrap();
    assert_eq!(summaries(&g, &slug, "kofi").await, ["rescheduled 18:00", "promoted 18:00"]);
    assert!(summaries(&g, &slug, "leila").await.is_empty(), "her email waits for more edits");
    advance_and_run_chores(&g, 10).await;
    assert_eq!(summaries(&g, &slug, "leila").await, ["rescheduled 18:00"]);
    assert_eq!(summaries(&g, &slug, "kofi").await.len(), 2);
    // An edit that makes room for a person also moves the event for them.
    g.advance(Duration::minutes(1));
    g.expect_emails("left promoted rescheduled").await;
    edit(&g, &slug, |form| (form.time, form.capacity) = ("20:00".into(), "2".into())).await;
    assert_eq!(summaries(&g, &slug, "leila").await, ["rescheduled 19:00", "promoted 19:00"]);
    assert_eq!(emails(&g, &slug, "leila").await[1].1["sequence"], 0, "she had no calendar entry before");
    advance_and_run_chores(&g, 30).await;
    assert_eq!((summaries(&g, &slug, "leila").await.len(), summaries(&g, &slug, "kofi").await.len()), (2, 1));
    g.expect_emails("promoted=1 rescheduled=2").await;
}

#[guild_test]
async fn c4_a_pending_change_is_emailed_before_a_second_confirmation(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let mei = g.actor("mei").await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    g.expect_emails("confirmed").await;
    move_to(&g, &slug, "19:00").await;
    g.advance(Duration::minutes(1));
    g.rsvp(&mei, &slug, 2).await.unwrap();
    assert_eq!(summaries(&g, &slug, "mei").await, ["rescheduled 18:00", "confirmed 18:00"]);
    let sequences: Vec<_> =
        emails(&g, &slug, "mei").await.iter().map(|(_, email)| email["sequence"].as_u64()).collect();
    assert_eq!(sequences, [Some(1), Some(2)]);
    advance_and_run_chores(&g, 30).await;
    assert_eq!(summaries(&g, &slug, "mei").await.len(), 2);
    g.expect_emails("confirmed=1 rescheduled=1").await;
}

#[guild_test]
async fn c4_emails_arrive_in_the_order_of_the_changes(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    let host = g.actor("grace").await;
    move_to(&g, &slug, "19:00").await;
    announce(&g, &slug).await;
    advance_and_run_chores(&g, 3).await;
    events::cancel(&g.store, &host, &slug, "Snow").await.unwrap();
    advance_and_run_chores(&g, 2).await;
    assert_eq!(events::reinstate(&g.store, &host, &slug).await.unwrap(), 2);
    advance_and_run_chores(&g, 20).await;
    let order = ["rescheduled 18:00", "announcement 18:00", "cancelled 18:00", "reinstated 18:00"];
    for person in ["mei", "kofi"] {
        assert_eq!(summaries(&g, &slug, person).await, order, "{person}");
    }
    let sequences: Vec<_> =
        emails(&g, &slug, "mei").await.iter().filter_map(|(_, email)| email["sequence"].as_u64()).collect();
    assert_eq!(sequences, [1, 2, 3]);
    g.expect_emails("announcement=2 cancelled=2 reinstated=2 rescheduled=2").await;
}

#[guild_test]
async fn c4_changes_around_a_cancellation_are_in_the_email_about_the_reinstatement(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    let host = g.actor("grace").await;
    move_to(&g, &slug, "19:00").await;
    events::cancel(&g.store, &host, &slug, "Snow").await.unwrap();
    advance_and_run_chores(&g, 2).await;
    assert_eq!(
        summaries(&g, &slug, "mei").await,
        ["cancelled 17:00"],
        "the email names the time that she knows"
    );
    assert_eq!(edit(&g, &slug, |form| form.place = "Another room".into()).await, 0);
    advance_and_run_chores(&g, 20).await;
    assert_eq!(summaries(&g, &slug, "mei").await.len(), 1, "changes of a cancelled event are not announced");
    events::reinstate(&g.store, &host, &slug).await.unwrap();
    let (kind, back) = emails(&g, &slug, "mei").await.pop().unwrap();
    assert_eq!(
        (kind.as_str(), &back["was"]["starts_at"], &back["event"]["starts_at"]),
        ("reinstated", &"2026-11-24T17:00:00Z".into(), &"2026-11-24T18:00:00Z".into())
    );
    assert_eq!(
        (&back["was"]["place"], &back["event"]["place"]),
        (&"c-base, Berlin".into(), &"Another room".into())
    );
    advance_and_run_chores(&g, 20).await;
    assert_eq!(summaries(&g, &slug, "mei").await.len(), 2);
    g.expect_emails("cancelled=2 reinstated=2").await;
}

#[guild_test]
async fn c5_a_cancellation_undone_within_two_minutes_sends_no_email(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    let host = g.actor("grace").await;
    move_to(&g, &slug, "19:00").await;
    announce(&g, &slug).await;
    g.advance(Duration::minutes(1));
    assert_eq!(events::cancel(&g.store, &host, &slug, "A slip").await.unwrap(), 2, "both would be emailed");
    advance_and_run_chores(&g, 1).await;
    g.advance(Duration::seconds(59));
    store::runner::run_due(&g.store).await.unwrap();
    assert!(summaries(&g, &slug, "mei").await.is_empty() && summaries(&g, &slug, "kofi").await.is_empty());
    assert_eq!(events::reinstate(&g.store, &host, &slug).await.unwrap(), 0);
    // The change and the announcement that were pending stay pending.
    advance_and_run_chores(&g, 1).await;
    assert_eq!(summaries(&g, &slug, "mei").await, ["rescheduled 18:00", "announcement 18:00"]);
    advance_and_run_chores(&g, 60).await;
    assert_eq!((summaries(&g, &slug, "mei").await.len(), summaries(&g, &slug, "kofi").await.len()), (2, 2));
    g.expect_emails("announcement=2 rescheduled=2").await;
}

#[guild_test]
async fn c5_a_pending_change_is_emailed_after_an_undone_cancellation(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    let host = g.actor("grace").await;
    move_to(&g, &slug, "19:00").await;
    events::cancel(&g.store, &host, &slug, "").await.unwrap();
    g.advance(Duration::minutes(1));
    events::reinstate(&g.store, &host, &slug).await.unwrap();
    advance_and_run_chores(&g, 10).await;
    assert_eq!(summaries(&g, &slug, "mei").await, ["rescheduled 18:00"]);
    assert_eq!(summaries(&g, &slug, "kofi").await, ["rescheduled 18:00"]);
    g.expect_emails("rescheduled=2").await;
}

#[guild_test]
async fn c5_a_cancellation_is_emailed_once_after_two_minutes_even_after_a_restart(g: Guild) {
    let slug = event_with_one_going_and_one_waiting(&g).await;
    let host = g.actor("grace").await;
    events::cancel(&g.store, &host, &slug, "Snow").await.unwrap();
    let due = g.now() + Duration::minutes(2);
    let again = Store::open(&g.url, g.clock.clone()).await.unwrap();
    assert!(store::runner::run_due(&again).await.unwrap().unwrap() <= due, "the server wakes in time");
    assert!(summaries(&g, &slug, "mei").await.is_empty());
    g.clock.set(due);
    let (a, b) = futures::join!(store::runner::run_due(&g.store), store::runner::run_due(&again));
    a.and(b).unwrap();
    again.close().await;
    let her_emails = emails(&g, &slug, "mei").await;
    assert_eq!(
        (her_emails.len(), her_emails[0].0.as_str(), her_emails[0].1["sequence"].as_u64()),
        (1, "cancelled", Some(1))
    );
    assert_eq!(
        (her_emails[0].1["reason"].as_str(), summaries(&g, &slug, "kofi").await.len()),
        (Some("Snow"), 1)
    );
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM event_notices").await, 0);
    g.expect_emails("cancelled=2").await;
}

#[guild_test]
async fn c5_a_person_who_leaves_before_the_cancellation_email_loses_the_calendar_entry(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let form = GroupForm {
        name: "Quiet owls".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        joining: "invitation".into(),
        ..GroupForm::default()
    };
    let group = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    groups::add(&g.store, &ada, &group, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    let mut form = event_form(None);
    form.group = group.to_string();
    let slug = events::create(&g.store, &ada, form.check().unwrap(), "owls").await.unwrap();
    events::publish(&g.store, &ada, &slug).await.unwrap();
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.expect_emails("confirmed").await;
    events::cancel(&g.store, &ada, &slug, "").await.unwrap();
    groups::remove(&g.store, &ada, &group, mei.member().unwrap()).await.unwrap();
    advance_and_run_chores(&g, 2).await;
    let her_emails = emails(&g, &slug, "mei").await;
    assert_eq!((her_emails.len(), her_emails[0].0.as_str()), (1, "group_left"));
    assert_eq!(her_emails[0].1["events"][0]["sequence"], 1, "its calendar part cancels the invitation");
    g.expect_emails("group_left=1").await;
}

#[guild_test]
async fn a6_a_party_of_two_with_one_seat_free_gets_one_email(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(2)).await;
    let (mei, kofi, leila) = (g.actor("mei").await, g.actor("kofi").await, g.actor("leila").await);
    g.rsvp(&mei, &slug, 0).await.unwrap();
    let answer = g.rsvp(&kofi, &slug, 1).await.unwrap();
    assert_eq!((answer.state, answer.fewer_offer.map(|asked| asked.seats)), (RsvpState::Waiting, Some(1)));
    advance_and_run_chores(&g, 1).await;
    let kofis_emails = emails(&g, &slug, "kofi").await;
    assert_eq!(kofis_emails.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["waitlisted"]);
    assert_eq!(
        (kofis_emails[0].1["free"]["seats"].as_u64(), kofis_emails[0].1["guests"].as_u64()),
        (Some(1), Some(1))
    );
    // Only one party is offered a seat at a time, so the next one is only added to the waitlist.
    g.rsvp(&leila, &slug, 1).await.unwrap();
    let leilas_emails = emails(&g, &slug, "leila").await;
    assert_eq!((leilas_emails.len(), &leilas_emails[0].1["free"]), (1, &Value::Null));
    assert_eq!(events::accept_fewer(&g.store, &kofi, &slug, 0).await.unwrap().state, RsvpState::Going);
    // A seat that is freed later leads to a new offer.
    g.expect_emails("confirmed waitlisted").await;
    events::leave(&g.store, &mei, &slug).await.unwrap();
    assert_eq!(summaries(&g, &slug, "leila").await, ["fewer_offered 17:00"]);
    g.expect_emails("fewer_offered=1 left=1").await;
}

#[guild_test]
async fn a6_an_approved_party_of_two_with_one_seat_free_gets_one_email(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    edit(&g, &slug, |form| form.approval = "on".into()).await;
    let kofi = g.actor("kofi").await;
    let asked = g.rsvp(&kofi, &slug, 1).await.unwrap();
    g.expect_emails("requested").await;
    let host = g.actor("grace").await;
    events::approve(&g.store, &host, &slug, asked.id, WhenFull::Waitlist).await.unwrap();
    let kofis_emails = emails(&g, &slug, "kofi").await;
    assert_eq!(
        (kofis_emails.len(), kofis_emails[0].0.as_str(), kofis_emails[0].1["free"]["seats"].as_u64()),
        (1, "waitlisted", Some(1))
    );
    assert_eq!(kofis_emails[0].1["because"], "accepted");
    g.expect_emails("waitlisted=1").await;
}

#[guild_test]
async fn a1_only_a_changed_number_of_guests_is_confirmed_again(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let mei = g.actor("mei").await;
    let confirmed = async || {
        let of = |email: &Value| (email["guests"].as_u64(), email["guests_before"].as_u64());
        emails(&g, &slug, "mei").await.iter().map(|(_, email)| of(email)).collect::<Vec<_>>()
    };
    for guests in [0, 0, 2, 2, 1, 0] {
        g.rsvp(&mei, &slug, guests).await.unwrap();
        g.rows("UPDATE emails SET state = 'sent', settled_at = posted_at RETURNING id").await;
    }
    let all = [(Some(0), None), (Some(2), Some(0)), (Some(1), Some(2)), (Some(0), Some(1))];
    assert_eq!(confirmed().await, all);
    // An unsent email is replaced by the next one, which compares with the last one sent.
    for guests in [2, 1] {
        g.rsvp(&mei, &slug, guests).await.unwrap();
    }
    assert_eq!(confirmed().await[4..], [(Some(1), Some(0))]);
    // A seat that was given up and taken again counts as a new seat.
    events::leave(&g.store, &mei, &slug).await.unwrap();
    g.expect_emails("confirmed left").await;
    g.rsvp(&mei, &slug, 1).await.unwrap();
    assert_eq!(confirmed().await, [(Some(1), None)]);
    g.expect_emails("confirmed=1").await;
}

#[guild_test]
async fn a6_a_member_is_emailed_when_their_guests_get_seats_later(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let mei = g.actor("mei").await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.rsvp(&mei, &slug, 1).await.unwrap();
    g.expect_emails("confirmed").await;
    edit(&g, &slug, |form| form.capacity = "2".into()).await;
    let her_emails = emails(&g, &slug, "mei").await;
    assert_eq!(
        (her_emails.len(), her_emails[0].1["guests"].as_u64(), her_emails[0].1["guests_before"].as_u64()),
        (1, Some(1), Some(0))
    );
    g.expect_emails("confirmed=1").await;
}

#[guild_test]
async fn a11_new_requests_are_one_email_to_each_person_who_can_approve_them(g: Guild) {
    g.demo().await;
    let (ada, grace, mei) = (g.actor("ada").await, g.actor("grace").await, g.actor("mei").await);
    let group = g.night_owls(&[&mei]).await;
    // Grace hosts the event. She organises events in the community and belongs to the group.
    groups::add(&g.store, &ada, &group, grace.member().unwrap(), GroupRole::CoOrganiser).await.unwrap();
    let mut form = event_form(None);
    (form.group, form.approval) = (group.to_string(), "on".into());
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "owls").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    let (kofi, leila, sofia) = (g.actor("kofi").await, g.actor("leila").await, g.actor("sofia").await);
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(5));
    g.rsvp(&leila, &slug, 1).await.unwrap();
    g.rsvp(&sofia, &slug, 0).await.unwrap();
    events::leave(&g.store, &sofia, &slug).await.unwrap();
    // A changed number of guests is not a new request.
    g.rsvp(&leila, &slug, 0).await.unwrap();
    advance_and_run_chores(&g, 4).await;
    assert!(g.emails_of("new_requests").await.is_empty(), "more may follow within ten minutes");
    advance_and_run_chores(&g, 1).await;
    store::runner::run_due(&g.store).await.unwrap();
    for person in ["ada", "grace", "mei"] {
        let to_host = emails(&g, &slug, person).await;
        assert_eq!((to_host.len(), to_host[0].0.as_str()), (1, "new_requests"), "{person}");
        assert_eq!(to_host[0].1["requests"], 2, "the one that was withdrawn is not counted");
        assert_eq!(to_host[0].1["names"].as_array().unwrap().len(), 2);
    }
    assert_eq!(g.emails_of("new_requests").await.len(), 3);
    // The next request starts another ten minutes. Its email doesn't count earlier requests again.
    g.expect_emails("left new_requests requested").await;
    g.rsvp(&sofia, &slug, 0).await.unwrap();
    advance_and_run_chores(&g, 10).await;
    let next = g.emails_of("new_requests").await;
    assert_eq!((next.len(), next[0]["requests"].as_u64()), (3, Some(1)));
    g.expect_emails("new_requests=3 requested=1").await;
}

#[guild_test]
async fn a11_requests_withdrawn_or_answered_in_time_send_no_email(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    edit(&g, &slug, |form| form.approval = "on".into()).await;
    let (grace, mei, kofi, leila) =
        (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await, g.actor("leila").await);
    g.rsvp(&mei, &slug, 0).await.unwrap();
    let (kofis_rsvp, leilas_rsvp) =
        (g.rsvp(&kofi, &slug, 0).await.unwrap(), g.rsvp(&leila, &slug, 0).await.unwrap());
    events::leave(&g.store, &mei, &slug).await.unwrap();
    events::approve(&g.store, &grace, &slug, kofis_rsvp.id, WhenFull::Ask).await.unwrap();
    events::decline_request(&g.store, &grace, &slug, leilas_rsvp.id, "").await.unwrap();
    advance_and_run_chores(&g, 10).await;
    assert!(g.emails_of("new_requests").await.is_empty());
    // Requests for a cancelled event send no email.
    g.rsvp(&mei, &slug, 0).await.unwrap();
    events::cancel(&g.store, &grace, &slug, "").await.unwrap();
    advance_and_run_chores(&g, 10).await;
    assert!(g.emails_of("new_requests").await.is_empty());
    g.expect_emails("approved=1 cancelled=2 left=1 requested=3 seat_declined=1").await;
}

#[guild_test]
async fn f3_a_host_gets_no_email_about_a_request_from_a_blocked_member(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    edit(&g, &slug, |form| form.approval = "on".into()).await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    blocks::block(&g.store, &grace, mei.member().unwrap()).await.unwrap();
    g.rsvp(&mei, &slug, 0).await.unwrap();
    advance_and_run_chores(&g, 10).await;
    assert!(g.emails_of("new_requests").await.is_empty());
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    advance_and_run_chores(&g, 10).await;
    assert_eq!(g.emails_of("new_requests").await[0]["requests"], 1);
    g.expect_emails("new_requests=1 requested=2").await;
}
