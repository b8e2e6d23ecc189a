//! What people are emailed about an event: in an order in which no email contradicts the one before it, and no
//! more than there is to say (A1, A6, A11, C4, C5).
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

async fn later(g: &Guild, minutes: i64) {
    g.advance(Duration::minutes(minutes));
    store::chores::run(&g.store).await.unwrap();
}

/// Changes an event of Grace's. Answers with how many people that concerns.
async fn edit(g: &Guild, slug: &Slug, change: impl FnOnce(&mut EventForm)) -> u32 {
    let host = g.actor("grace").await;
    let event = events::page(&g.store, &host, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    change(&mut form);
    events::edit(&g.store, &host, slug, form.check().unwrap(), event.version).await.unwrap().told
}

async fn move_to(g: &Guild, slug: &Slug, time: &str) -> u32 {
    edit(g, slug, |form| form.time = time.into()).await
}

/// The emails to one of the demo's people about an event since they were last forgotten, in the order in which they
/// were posted.
async fn emails(g: &Guild, slug: &Slug, who: &str) -> Vec<(String, Value)> {
    let about = format!("address LIKE '{who}@%' AND payload LIKE '%\"slug\":\"{slug}\"%'");
    let sql = format!("SELECT kind, payload FROM emails WHERE {about} ORDER BY id");
    let read = |row: &sea_orm::QueryResult| {
        let payload: String = row.try_get("", "payload").unwrap();
        (row.try_get("", "kind").unwrap(), serde_json::from_str(&payload).unwrap())
    };
    g.rows(&sql).await.iter().map(read).collect()
}

/// The same, as `kind HH:MM`, with the start that each names in UTC.
async fn told(g: &Guild, slug: &Slug, who: &str) -> Vec<String> {
    let line = |(kind, payload): (String, Value)| match payload["event"]["starts_at"].as_str() {
        Some(starts) => format!("{kind} {}", &starts[11..16]),
        None => kind,
    };
    emails(g, slug, who).await.into_iter().map(line).collect()
}

async fn announce(g: &Guild, slug: &Slug) {
    let form = AnnouncementForm {
        subject: "Bring a laptop".into(),
        words: "And a charger.".into(),
        segments: vec![Segment::Going.name().to_owned(), Segment::Waiting.name().to_owned()],
        at: String::new(),
    };
    let host = g.actor("grace").await;
    announcements::schedule(&g.store, &host, slug, form.check().unwrap(), "words").await.unwrap();
}

/// An event at 17:00 UTC for one: Mei has the seat, Kofi waits. Everybody's emails are forgotten.
async fn one_going_one_waiting(g: &Guild) -> Slug {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    g.advance(Duration::minutes(1));
    g.clear_emails().await;
    slug
}

guild_test! {
    async fn c4_a_changed_title_alone_updates_the_calendars_of_those_with_a_seat(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        let mei = g.actor("mei").await;
        let feed = feeds::make(&g.store, &mei).await.unwrap();
        assert_eq!(edit(&g, &slug, |form| form.title = "Another evening".into()).await, 1, "the one with a seat");
        later(&g, 9).await;
        assert!(told(&g, &slug, "mei").await.is_empty(), "it is merged with what follows");
        later(&g, 1).await;
        let mine = emails(&g, &slug, "mei").await;
        assert_eq!((mine.len(), mine[0].0.as_str(), mine[0].1["sequence"].as_u64()), (1, "rescheduled", Some(1)));
        assert_eq!((&mine[0].1["was"]["title"], &mine[0].1["event"]["title"]), (&"An evening".into(), &"Another evening".into()));
        assert!(told(&g, &slug, "kofi").await.is_empty(), "who waits has no entry in a calendar");
        let entries = feeds::private(&g.store, &feed).await.unwrap().entries;
        let fed = entries.iter().find(|entry| entry.event.slug == slug).unwrap();
        assert_eq!((fed.event.details.title.as_str(), fed.mine.as_ref().unwrap().sequence), ("Another evening", 2));
    }

    async fn c4_a_title_and_a_time_are_one_email_and_a_title_taken_back_is_none(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        edit(&g, &slug, |form| form.title = "Another evening".into()).await;
        g.advance(Duration::minutes(1));
        assert_eq!(move_to(&g, &slug, "19:00").await, 2);
        later(&g, 10).await;
        let mine = emails(&g, &slug, "mei").await;
        assert_eq!((mine.len(), mine[0].1["sequence"].as_u64(), &mine[0].1["was"]["title"]), (1, Some(1), &"An evening".into()));
        assert_eq!(told(&g, &slug, "kofi").await, ["rescheduled 18:00"]);
        g.clear_emails().await;
        g.advance(Duration::minutes(1));
        edit(&g, &slug, |form| form.title = "A typo".into()).await;
        g.advance(Duration::minutes(1));
        assert_eq!(edit(&g, &slug, |form| form.title = "Another evening".into()).await, 0);
        later(&g, 20).await;
        assert!(told(&g, &slug, "mei").await.is_empty());
    }

    async fn c4_a_title_waits_for_more_edits_even_shortly_before_the_start(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        g.clock.set("2026-11-24T12:00:00Z".parse().unwrap());
        store::chores::run(&g.store).await.unwrap();
        g.clear_emails().await;
        edit(&g, &slug, |form| form.title = "Anohter evening".into()).await;
        later(&g, 1).await;
        edit(&g, &slug, |form| form.title = "Another evening".into()).await;
        assert!(told(&g, &slug, "mei").await.is_empty());
        later(&g, 10).await;
        let mine = emails(&g, &slug, "mei").await;
        assert_eq!((mine.len(), &mine[0].1["event"]["title"]), (1, &"Another evening".into()));
    }

    async fn c4_a_pending_change_is_told_before_an_announcement(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        move_to(&g, &slug, "19:00").await;
        announce(&g, &slug).await;
        later(&g, 3).await;
        for who in ["mei", "kofi"] {
            assert_eq!(told(&g, &slug, who).await, ["rescheduled 18:00", "announcement 18:00"], "{who}");
        }
        later(&g, 20).await;
        assert_eq!(told(&g, &slug, "mei").await.len(), 2, "and once");
    }

    async fn c4_a_pending_change_is_told_before_a_reminder(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        // Five minutes before the reminder.
        g.clock.set("2026-11-23T16:55:00Z".parse().unwrap());
        edit(&g, &slug, |form| form.place = "Another room".into()).await;
        later(&g, 5).await;
        assert_eq!(told(&g, &slug, "mei").await, ["rescheduled 17:00", "reminder 17:00"]);
        later(&g, 20).await;
        assert_eq!(told(&g, &slug, "mei").await.len(), 2);
    }

    async fn c4_a_pending_change_is_told_before_a_promotion_and_to_nobody_twice(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        g.rsvp(&g.actor("leila").await, &slug, 0).await.unwrap();
        g.advance(Duration::minutes(1));
        g.clear_emails().await;
        move_to(&g, &slug, "19:00").await;
        g.advance(Duration::minutes(1));
        events::leave(&g.store, &g.actor("mei").await, &slug).await.unwrap();
        assert_eq!(told(&g, &slug, "kofi").await, ["rescheduled 18:00", "promoted 18:00"]);
        assert!(told(&g, &slug, "leila").await.is_empty(), "for her it waits for more edits");
        later(&g, 10).await;
        assert_eq!(told(&g, &slug, "leila").await, ["rescheduled 18:00"]);
        assert_eq!(told(&g, &slug, "kofi").await.len(), 2);
        // The edit that makes room for somebody moves the event for them as well.
        g.advance(Duration::minutes(1));
        g.clear_emails().await;
        edit(&g, &slug, |form| (form.time, form.capacity) = ("20:00".into(), "2".into())).await;
        assert_eq!(told(&g, &slug, "leila").await, ["rescheduled 19:00", "promoted 19:00"]);
        assert_eq!(emails(&g, &slug, "leila").await[1].1["sequence"], 0, "nothing was in her calendar before");
        later(&g, 30).await;
        assert_eq!((told(&g, &slug, "leila").await.len(), told(&g, &slug, "kofi").await.len()), (2, 1));
    }

    async fn c4_a_pending_change_is_told_before_a_second_confirmation(g: Guild) {
        g.demo().await;
        let slug = g.event(None).await;
        let mei = g.actor("mei").await;
        g.rsvp(&mei, &slug, 0).await.unwrap();
        g.advance(Duration::minutes(1));
        g.clear_emails().await;
        move_to(&g, &slug, "19:00").await;
        g.advance(Duration::minutes(1));
        g.rsvp(&mei, &slug, 2).await.unwrap();
        assert_eq!(told(&g, &slug, "mei").await, ["rescheduled 18:00", "confirmed 18:00"]);
        let sequences: Vec<_> = emails(&g, &slug, "mei").await.iter().map(|(_, email)| email["sequence"].as_u64()).collect();
        assert_eq!(sequences, [Some(1), Some(2)]);
        later(&g, 30).await;
        assert_eq!(told(&g, &slug, "mei").await.len(), 2);
    }

    async fn c4_moved_announced_cancelled_and_reinstated_in_that_order(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        let host = g.actor("grace").await;
        move_to(&g, &slug, "19:00").await;
        announce(&g, &slug).await;
        later(&g, 3).await;
        events::cancel(&g.store, &host, &slug, "Snow").await.unwrap();
        later(&g, 2).await;
        assert_eq!(events::reinstate(&g.store, &host, &slug).await.unwrap(), 2);
        later(&g, 20).await;
        let order = ["rescheduled 18:00", "announcement 18:00", "cancelled 18:00", "reinstated 18:00"];
        for who in ["mei", "kofi"] {
            assert_eq!(told(&g, &slug, who).await, order, "{who}");
        }
        let sequences: Vec<_> = emails(&g, &slug, "mei").await.iter().filter_map(|(_, email)| email["sequence"].as_u64()).collect();
        assert_eq!(sequences, [1, 2, 3]);
    }

    async fn c4_what_changed_before_or_during_a_cancellation_is_told_with_the_reinstatement(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        let host = g.actor("grace").await;
        move_to(&g, &slug, "19:00").await;
        events::cancel(&g.store, &host, &slug, "Snow").await.unwrap();
        later(&g, 2).await;
        assert_eq!(told(&g, &slug, "mei").await, ["cancelled 17:00"], "the time that she knows");
        assert_eq!(edit(&g, &slug, |form| form.place = "Another room".into()).await, 0);
        later(&g, 20).await;
        assert_eq!(told(&g, &slug, "mei").await.len(), 1, "nobody hears of a change of what is off");
        events::reinstate(&g.store, &host, &slug).await.unwrap();
        let (kind, back) = emails(&g, &slug, "mei").await.pop().unwrap();
        assert_eq!((kind.as_str(), &back["was"]["starts_at"], &back["event"]["starts_at"]), ("reinstated", &"2026-11-24T17:00:00Z".into(), &"2026-11-24T18:00:00Z".into()));
        assert_eq!((&back["was"]["place"], &back["event"]["place"]), (&"c-base, Berlin".into(), &"Another room".into()));
        later(&g, 20).await;
        assert_eq!(told(&g, &slug, "mei").await.len(), 2);
    }

    async fn c5_a_cancellation_undone_within_two_minutes_is_told_to_nobody(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        let host = g.actor("grace").await;
        move_to(&g, &slug, "19:00").await;
        announce(&g, &slug).await;
        g.advance(Duration::minutes(1));
        assert_eq!(events::cancel(&g.store, &host, &slug, "A slip").await.unwrap(), 2, "both would be told");
        later(&g, 1).await;
        g.advance(Duration::seconds(59));
        store::chores::run(&g.store).await.unwrap();
        assert!(told(&g, &slug, "mei").await.is_empty() && told(&g, &slug, "kofi").await.is_empty());
        assert_eq!(events::reinstate(&g.store, &host, &slug).await.unwrap(), 0);
        // What waited goes on waiting: the change and the announcement.
        later(&g, 1).await;
        assert_eq!(told(&g, &slug, "mei").await, ["rescheduled 18:00", "announcement 18:00"]);
        later(&g, 60).await;
        assert_eq!((told(&g, &slug, "mei").await.len(), told(&g, &slug, "kofi").await.len()), (2, 2));
    }

    async fn c5_a_change_that_waited_is_told_after_an_undone_cancellation(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        let host = g.actor("grace").await;
        move_to(&g, &slug, "19:00").await;
        events::cancel(&g.store, &host, &slug, "").await.unwrap();
        g.advance(Duration::minutes(1));
        events::reinstate(&g.store, &host, &slug).await.unwrap();
        later(&g, 10).await;
        assert_eq!(told(&g, &slug, "mei").await, ["rescheduled 18:00"]);
        assert_eq!(told(&g, &slug, "kofi").await, ["rescheduled 18:00"]);
    }

    async fn c5_a_cancellation_goes_out_after_two_minutes_once_also_after_a_restart(g: Guild) {
        let slug = one_going_one_waiting(&g).await;
        let host = g.actor("grace").await;
        events::cancel(&g.store, &host, &slug, "Snow").await.unwrap();
        let due = g.now() + Duration::minutes(2);
        let again = Store::open(&g.url, g.clock.clone()).await.unwrap();
        assert!(store::chores::run(&again).await.unwrap().unwrap() <= due, "the server wakes in time");
        assert!(told(&g, &slug, "mei").await.is_empty());
        g.clock.set(due);
        let (a, b) = futures::join!(store::chores::run(&g.store), store::chores::run(&again));
        a.and(b).unwrap();
        again.close().await;
        let mine = emails(&g, &slug, "mei").await;
        assert_eq!((mine.len(), mine[0].0.as_str(), mine[0].1["sequence"].as_u64()), (1, "cancelled", Some(1)));
        assert_eq!((mine[0].1["reason"].as_str(), told(&g, &slug, "kofi").await.len()), (Some("Snow"), 1));
        assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM event_notices").await, 0);
    }

    async fn c5_who_leaves_before_a_cancellation_goes_out_loses_the_calendar_entry(g: Guild) {
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
        g.clear_emails().await;
        events::cancel(&g.store, &ada, &slug, "").await.unwrap();
        groups::remove(&g.store, &ada, &group, mei.member().unwrap()).await.unwrap();
        later(&g, 2).await;
        let mine = emails(&g, &slug, "mei").await;
        assert_eq!((mine.len(), mine[0].0.as_str()), (1, "group_left"));
        assert_eq!(mine[0].1["events"][0]["sequence"], 1, "its calendar part withdraws the invitation");
    }

    async fn a6_two_seats_wanted_and_one_free_is_one_true_email(g: Guild) {
        g.demo().await;
        let slug = g.event(Some(2)).await;
        let (mei, kofi, leila) = (g.actor("mei").await, g.actor("kofi").await, g.actor("leila").await);
        g.rsvp(&mei, &slug, 0).await.unwrap();
        let answer = g.rsvp(&kofi, &slug, 1).await.unwrap();
        assert_eq!((answer.state, answer.fewer_offer.map(|asked| asked.seats)), (RsvpState::Waiting, Some(1)));
        later(&g, 1).await;
        let his = emails(&g, &slug, "kofi").await;
        assert_eq!(his.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["waitlisted"]);
        assert_eq!((his[0].1["free"]["seats"].as_u64(), his[0].1["guests"].as_u64()), (Some(1), Some(1)));
        // One seat is asked about at a time, so the next is only told of the waitlist.
        g.rsvp(&leila, &slug, 1).await.unwrap();
        let hers = emails(&g, &slug, "leila").await;
        assert_eq!((hers.len(), &hers[0].1["free"]), (1, &Value::Null));
        assert_eq!(events::accept_fewer(&g.store, &kofi, &slug, 0).await.unwrap().state, RsvpState::Going);
        // A seat that comes free later is a question of its own.
        g.clear_emails().await;
        events::leave(&g.store, &mei, &slug).await.unwrap();
        assert_eq!(told(&g, &slug, "leila").await, ["fewer_offered 17:00"]);
    }

    async fn a6_approved_for_two_with_one_free_is_one_true_email(g: Guild) {
        g.demo().await;
        let slug = g.event(Some(1)).await;
        edit(&g, &slug, |form| form.approval = "on".into()).await;
        let kofi = g.actor("kofi").await;
        let asked = g.rsvp(&kofi, &slug, 1).await.unwrap();
        g.clear_emails().await;
        let host = g.actor("grace").await;
        events::approve(&g.store, &host, &slug, asked.id, WhenFull::Waitlist).await.unwrap();
        let his = emails(&g, &slug, "kofi").await;
        assert_eq!((his.len(), his[0].0.as_str(), his[0].1["free"]["seats"].as_u64()), (1, "waitlisted", Some(1)));
        assert_eq!(his[0].1["because"], "accepted");
    }

    async fn a1_only_a_changed_number_of_guests_is_confirmed_again_and_says_so(g: Guild) {
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
        // An unsent email is replaced by the next, which compares with the last one that was sent.
        for guests in [2, 1] {
            g.rsvp(&mei, &slug, guests).await.unwrap();
        }
        assert_eq!(confirmed().await[4..], [(Some(1), Some(0))]);
        // A seat that was given up and taken again is a new one.
        events::leave(&g.store, &mei, &slug).await.unwrap();
        g.clear_emails().await;
        g.rsvp(&mei, &slug, 1).await.unwrap();
        assert_eq!(confirmed().await, [(Some(1), None)]);
    }

    async fn a6_guests_who_get_their_seats_later_are_told_as_guests(g: Guild) {
        g.demo().await;
        let slug = g.event(Some(1)).await;
        let mei = g.actor("mei").await;
        g.rsvp(&mei, &slug, 0).await.unwrap();
        g.rsvp(&mei, &slug, 1).await.unwrap();
        g.clear_emails().await;
        edit(&g, &slug, |form| form.capacity = "2".into()).await;
        let mine = emails(&g, &slug, "mei").await;
        assert_eq!((mine.len(), mine[0].1["guests"].as_u64(), mine[0].1["guests_before"].as_u64()), (1, Some(1), Some(0)));
    }

    async fn a11_new_requests_are_one_email_to_everyone_who_may_approve_them(g: Guild) {
        g.demo().await;
        let (ada, grace, mei) = (g.actor("ada").await, g.actor("grace").await, g.actor("mei").await);
        let group = g.night_owls(&[&mei]).await;
        // Grace hosts: she organises in the community, and is a member of the group.
        groups::add(&g.store, &ada, &group, grace.member().unwrap(), GroupRole::CoOrganiser).await.unwrap();
        let mut form = event_form(None);
        (form.group, form.approval) = (group.to_string(), "on".into());
        let slug = events::create(&g.store, &grace, form.check().unwrap(), "owls").await.unwrap();
        events::publish(&g.store, &grace, &slug).await.unwrap();
        let (kofi, leila, sofia) = (g.actor("kofi").await, g.actor("leila").await, g.actor("sofia").await);
        g.clear_emails().await;
        g.rsvp(&kofi, &slug, 0).await.unwrap();
        g.advance(Duration::minutes(5));
        g.rsvp(&leila, &slug, 1).await.unwrap();
        g.rsvp(&sofia, &slug, 0).await.unwrap();
        events::leave(&g.store, &sofia, &slug).await.unwrap();
        // Another number of guests is no new request.
        g.rsvp(&leila, &slug, 0).await.unwrap();
        later(&g, 4).await;
        assert!(g.emails_of("new_requests").await.is_empty(), "more may follow within ten minutes");
        later(&g, 1).await;
        store::chores::run(&g.store).await.unwrap();
        for who in ["ada", "grace", "mei"] {
            let to_host = emails(&g, &slug, who).await;
            assert_eq!((to_host.len(), to_host[0].0.as_str()), (1, "new_requests"), "{who}");
            assert_eq!(to_host[0].1["requests"], 2, "the one that was withdrawn is not counted");
            assert_eq!(to_host[0].1["names"].as_array().unwrap().len(), 2);
        }
        assert_eq!(g.emails_of("new_requests").await.len(), 3);
        // The next request begins another ten minutes, and tells of nothing twice.
        g.clear_emails().await;
        g.rsvp(&sofia, &slug, 0).await.unwrap();
        later(&g, 10).await;
        let next = g.emails_of("new_requests").await;
        assert_eq!((next.len(), next[0]["requests"].as_u64()), (3, Some(1)));
    }

    async fn a11_requests_that_are_withdrawn_or_answered_in_time_are_no_email(g: Guild) {
        g.demo().await;
        let slug = g.event(None).await;
        edit(&g, &slug, |form| form.approval = "on".into()).await;
        let (grace, mei, kofi, leila) =
            (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await, g.actor("leila").await);
        g.rsvp(&mei, &slug, 0).await.unwrap();
        let (his, hers) = (g.rsvp(&kofi, &slug, 0).await.unwrap(), g.rsvp(&leila, &slug, 0).await.unwrap());
        events::leave(&g.store, &mei, &slug).await.unwrap();
        events::approve(&g.store, &grace, &slug, his.id, WhenFull::Ask).await.unwrap();
        events::decline_request(&g.store, &grace, &slug, hers.id, "").await.unwrap();
        later(&g, 10).await;
        assert!(g.emails_of("new_requests").await.is_empty());
        // Of an event that does not take place nobody is asked.
        g.rsvp(&mei, &slug, 0).await.unwrap();
        events::cancel(&g.store, &grace, &slug, "").await.unwrap();
        later(&g, 10).await;
        assert!(g.emails_of("new_requests").await.is_empty());
    }

    async fn f3_a_host_is_not_told_of_the_request_of_somebody_they_blocked(g: Guild) {
        g.demo().await;
        let slug = g.event(None).await;
        edit(&g, &slug, |form| form.approval = "on".into()).await;
        let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
        blocks::block(&g.store, &grace, mei.member().unwrap()).await.unwrap();
        g.rsvp(&mei, &slug, 0).await.unwrap();
        later(&g, 10).await;
        assert!(g.emails_of("new_requests").await.is_empty());
        g.rsvp(&mei, &slug, 0).await.unwrap();
        g.rsvp(&kofi, &slug, 0).await.unwrap();
        later(&g, 10).await;
        assert_eq!(g.emails_of("new_requests").await[0]["requests"], 1);
    }
}
