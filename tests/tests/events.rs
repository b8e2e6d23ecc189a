//! Events: seats, the waitlist, changes and their emails, by the numbers of docs/behaviours.md.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::HashSet;

use chrono::Duration;
use domain::{Actor, Refusal, Slug, events::RsvpState, members::Address};
use futures::future::join_all;
use store::{
    StoreError,
    events::{self, Declined},
};
use tests::{Guild, event_form, guild_test};

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("not a refusal: {other:?}"),
    }
}

/// The state and waitlist position of every RSVP for an event, in waitlist order.
async fn states(g: &Guild, slug: &Slug) -> Vec<(String, i64)> {
    let sql = format!(
        "SELECT r.state, r.waitlist_seq FROM rsvps r JOIN events e ON e.id = r.event_id WHERE e.slug = '{slug}' ORDER BY r.waitlist_seq, r.id"
    );
    let rows = g.rows(&sql).await;
    rows.iter()
        .map(|row| (row.try_get("", "state").unwrap(), row.try_get("", "waitlist_seq").unwrap()))
        .collect()
}

async fn edit(g: &Guild, slug: &Slug, change: impl FnOnce(&mut domain::events::EventForm)) -> events::Edited {
    let host = g.actor("grace").await;
    let event = events::page(&g.store, &host, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    change(&mut form);
    events::edit(&g.store, &host, slug, form.check().unwrap(), event.version).await.unwrap()
}

#[guild_test]
async fn a1_a_double_click_is_one_rsvp_and_one_email(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(5)).await;
    let mei = g.actor("mei").await;
    let answers = join_all((0..20).map(|_| g.rsvp(&mei, &slug, 0))).await;
    let ids: HashSet<_> = answers.into_iter().map(|rsvp| rsvp.unwrap().id).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(g.emails().await, "confirmed=1");
    for _ in 0..2 {
        events::leave(&g.store, &mei, &slug).await.unwrap();
    }
    assert_eq!(g.emails().await, "left=1", "the unsent confirmation was replaced");
    g.expect_emails("left=1").await;
}

#[guild_test]
async fn a2_two_hundred_at_once_never_oversell(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(50)).await;
    let crowd = g.crowd(200).await;
    let answers = join_all(
        crowd.iter().enumerate().map(|(i, actor)| g.rsvp(actor, &slug, u8::try_from(i % 3).unwrap())),
    )
    .await;
    assert!(answers.iter().all(Result::is_ok));
    let page = events::page(&g.store, &crowd[0], &slug).await.unwrap();
    assert!(page.event.going <= 50 && page.event.going >= 48, "{}", page.event.going);
    let states = states(&g, &slug).await;
    assert_eq!(states.len(), 200);
    let positions: Vec<_> = states.iter().filter(|s| s.0 == "waiting").map(|s| s.1).collect();
    assert_eq!(
        positions,
        (1..=i64::try_from(positions.len()).unwrap()).collect::<Vec<_>>(),
        "commit order, no gaps"
    );
    let (going, waiting) = (states.len() - positions.len(), positions.len());
    g.expect_emails(&format!("confirmed={going} waitlisted={waiting}")).await;
}

#[guild_test]
async fn a5_more_capacity_promotes_in_order_with_one_email_each(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let crowd = g.crowd(4).await;
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    g.expect_emails("confirmed waitlisted").await;
    edit(&g, &slug, |form| form.capacity = "3".into()).await;
    assert_eq!(g.emails().await, "promoted=2");
    for (actor, state) in crowd.iter().zip(["going", "going", "going", "waiting"]) {
        let page = events::page(&g.store, actor, &slug).await.unwrap();
        assert_eq!(page.rsvp.unwrap().state.name(), state);
    }
    // Without a limit, everybody on the waitlist gets a seat.
    edit(&g, &slug, |form| form.capacity.clear()).await;
    assert_eq!(g.emails().await, "promoted=3");
    g.expect_emails("promoted=3").await;
}

#[guild_test]
async fn a4_less_capacity_removes_no_seats_and_pauses_promotion(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(3)).await;
    let crowd = g.crowd(4).await;
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    edit(&g, &slug, |form| form.capacity = "1".into()).await;
    let page = events::page(&g.store, &crowd[3], &slug).await.unwrap();
    assert_eq!((page.event.over_by(domain::events::Mode::OnSite), page.position), (2, Some(1)));
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    events::leave(&g.store, &crowd[1], &slug).await.unwrap();
    assert_eq!(events::page(&g.store, &crowd[3], &slug).await.unwrap().position, Some(1), "still full");
    events::leave(&g.store, &crowd[2], &slug).await.unwrap();
    assert_eq!(events::page(&g.store, &crowd[3], &slug).await.unwrap().rsvp.unwrap().state, RsvpState::Going);
    g.expect_emails("left=3 promoted=1 waitlisted=1").await;
}

#[guild_test]
async fn a6_a_party_that_does_not_fit_keeps_its_place(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(3)).await;
    let crowd = g.crowd(4).await;
    g.rsvp(&crowd[0], &slug, 2).await.unwrap();
    g.rsvp(&crowd[1], &slug, 2).await.unwrap();
    g.rsvp(&crowd[2], &slug, 0).await.unwrap();
    // Two of three seats become free: too few for the first party on the waitlist, enough for the second.
    g.rsvp(&crowd[0], &slug, 0).await.unwrap();
    assert_eq!(events::page(&g.store, &crowd[1], &slug).await.unwrap().position, Some(1));
    assert_eq!(events::page(&g.store, &crowd[2], &slug).await.unwrap().rsvp.unwrap().state, RsvpState::Going);
    // The first party asks for fewer seats and fits at once.
    let rsvp = g.rsvp(&crowd[1], &slug, 0).await.unwrap();
    assert_eq!((rsvp.state, rsvp.guests), (RsvpState::Going, 0));
    // More guests than free seats join the waitlist while the member keeps their seat. The guests get seats
    // when there are enough.
    let rsvp = g.rsvp(&crowd[1], &slug, 2).await.unwrap();
    assert_eq!((rsvp.state, rsvp.guests, rsvp.guests_waiting), (RsvpState::Going, 0, 2));
    let page = events::page(&g.store, &crowd[1], &slug).await.unwrap();
    assert_eq!((page.event.going, page.event.waiting, page.position), (3, 2, Some(1)));
    g.expect_emails("confirmed fewer_offered promoted waitlisted").await;
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    assert_eq!(g.emails().await, "left=1", "one seat is too few for two");
    events::leave(&g.store, &crowd[2], &slug).await.unwrap();
    assert_eq!(g.emails().await, "confirmed=1 left=2");
    assert_eq!(g.emails_of("confirmed").await[0]["guests"], 2);
    g.expect_emails("confirmed=1 left=2").await;
}

#[guild_test]
async fn a7_each_freed_seat_is_given_away_once(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(10)).await;
    let crowd = g.crowd(20).await;
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    g.expect_emails("confirmed waitlisted").await;
    // Five people leave while the capacity is reduced by two.
    let leaving = join_all(crowd[..5].iter().map(|actor| events::leave(&g.store, actor, &slug)));
    let cut = edit(&g, &slug, |form| form.capacity = "8".into());
    let (left, _) = futures::join!(leaving, cut);
    assert!(left.iter().all(Result::is_ok));
    let page = events::page(&g.store, &crowd[0], &slug).await.unwrap();
    let promoted = g.emails_of("promoted").await.len();
    assert_eq!(page.event.going as usize, 5 + promoted);
    assert!((8..=10).contains(&page.event.going), "{}", page.event.going);
    assert_eq!(g.emails_of("left").await.len(), 5);
    g.expect_emails("left promoted").await;
}

#[guild_test]
async fn a13_the_servers_clock_decides(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(3)).await;
    edit(&g, &slug, |form| form.opens = "2026-11-22T10:00".into()).await;
    let mei = g.actor("mei").await;
    assert_eq!(refusal(g.rsvp(&mei, &slug, 0).await), Refusal::RegistrationNotOpen);
    g.advance(Duration::hours(22));
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.advance(Duration::days(30));
    let kofi = g.actor("kofi").await;
    assert_eq!(refusal(g.rsvp(&kofi, &slug, 0).await), Refusal::EventOver);
    g.expect_emails("confirmed=1").await;
}

#[guild_test]
async fn r1_five_hundred_people_compete_for_twenty_seats(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(20)).await;
    let crowd = g.crowd(500).await;
    let answers = join_all(crowd.iter().map(|actor| g.rsvp(actor, &slug, 0))).await;
    let going = answers.iter().filter(|a| a.as_ref().unwrap().state == RsvpState::Going).count();
    assert_eq!(going, 20);
    assert_eq!(g.emails().await, "confirmed=20 waitlisted=480");
    let positions: Vec<_> =
        states(&g, &slug).await.into_iter().filter(|s| s.0 == "waiting").map(|s| s.1).collect();
    assert_eq!(positions, (1..=480).collect::<Vec<_>>());
    g.expect_emails("confirmed=20 waitlisted=480").await;
}

#[guild_test]
async fn c2_emails_have_one_uid_and_a_rising_sequence(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    assert_eq!(edit(&g, &slug, |form| form.title = "Another evening".into()).await.notified, 1);
    assert_eq!(edit(&g, &slug, |form| form.time = "19:00".into()).await.notified, 2);
    g.advance(Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    let host = g.actor("grace").await;
    assert_eq!(events::cancel(&g.store, &host, &slug, "Snow").await.unwrap(), 2);
    assert_eq!(
        events::cancel(&g.store, &host, &slug, "Snow").await.unwrap(),
        0,
        "cancelling again changes nothing"
    );
    g.advance(Duration::minutes(2));
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(events::reinstate(&g.store, &host, &slug).await.unwrap(), 2);
    events::leave(&g.store, &mei, &slug).await.unwrap();
    assert_eq!(
        g.emails().await,
        "cancelled=2 confirmed=1 left=1 promoted=1 reinstated=2 rescheduled=2 waitlisted=1"
    );
    let mut sequences = Vec::new();
    let mut uids = HashSet::new();
    for kind in ["confirmed", "rescheduled", "cancelled", "reinstated", "left"] {
        for email in g.emails_of(kind).await {
            if let Some(sequence) = email["sequence"].as_u64() {
                sequences.push(sequence);
                uids.insert(email["event"]["uid"].clone());
            }
        }
    }
    assert_eq!(
        (sequences, uids.len()),
        (vec![0, 1, 2, 3, 4], 1),
        "emails about the waitlist have no calendar part"
    );
    assert_eq!(g.emails_of("promoted").await[0]["sequence"], 0);
    g.expect_emails("cancelled=2 confirmed=1 left=1 promoted=1 reinstated=2 rescheduled=2 waitlisted=1")
        .await;
}

#[guild_test]
async fn c1_declining_in_the_calendar_gives_up_the_seat(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let uid = g.rsvp(&mei, &slug, 0).await.unwrap().id;
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    let address = |name: &str| Address::parse(&format!("{name}@guild.example")).unwrap();
    // The address must belong to the calendar entry. A wrong pair changes nothing.
    let unknown = domain::RsvpId(uuid::Uuid::now_v7());
    assert!(matches!(
        events::decline(&g.store, unknown, &address("mei"), 0).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(events::decline(&g.store, uid, &address("kofi"), 0).await, Err(StoreError::NotFound)));
    assert_eq!(events::page(&g.store, &kofi, &slug).await.unwrap().position, Some(1));
    assert_eq!(events::decline(&g.store, uid, &address("mei"), 0).await.unwrap(), Declined::GivenUp);
    // The same email again: its invitation has been withdrawn by now.
    assert_eq!(events::decline(&g.store, uid, &address("mei"), 0).await.unwrap(), Declined::Outdated(1));
    assert_eq!(events::page(&g.store, &kofi, &slug).await.unwrap().rsvp.unwrap().state, RsvpState::Going);
    assert_eq!((g.emails_of("left").await.len(), g.emails_of("promoted").await.len()), (1, 1));
    g.expect_emails("left=1 promoted=1 waitlisted=1").await;
}

/// RFC 5546, 2.1.5: declining an invitation that was replaced doesn't decline the newest one.
#[guild_test]
async fn c1_declining_an_older_invitation_keeps_the_seat(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let mei = g.actor("mei").await;
    let address = Address::parse("mei@guild.example").unwrap();
    let uid = g.rsvp(&mei, &slug, 0).await.unwrap().id;
    let state = async || events::page(&g.store, &mei, &slug).await.unwrap().rsvp.unwrap().state;
    // The seat was given up and taken again: SEQUENCE 0 invited, 1 withdrew the invitation, 2 invited
    // again.
    events::leave(&g.store, &mei, &slug).await.unwrap();
    g.rsvp(&mei, &slug, 0).await.unwrap();
    for late in [0, 1] {
        let done = events::decline(&g.store, uid, &address, late).await.unwrap();
        assert_eq!(done, Declined::Outdated(2), "{late}");
        assert_eq!(state().await, RsvpState::Going);
    }
    // The event moved, and the reply declined the old time.
    edit(&g, &slug, |form| form.time = "20:00".into()).await;
    g.advance(Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("rescheduled").await[0]["sequence"], 3);
    assert_eq!(events::decline(&g.store, uid, &address, 2).await.unwrap(), Declined::Outdated(3));
    assert_eq!(state().await, RsvpState::Going);
    assert_eq!(events::decline(&g.store, uid, &address, 3).await.unwrap(), Declined::GivenUp);
    assert_eq!(state().await, RsvpState::Left);
    g.expect_emails("confirmed=1 left=1 rescheduled=1").await;
}

#[guild_test]
async fn only_people_with_a_seat_see_the_link_to_join(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    edit(&g, &slug, |form| {
        form.join_url = "https://meet.example.org/canary".into();
        form.place.clear();
    })
    .await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    let sees = async |actor: &Actor| {
        events::page(&g.store, actor, &slug).await.unwrap().event.details.join_link().is_some()
    };
    assert!(sees(&mei).await && sees(&g.actor("grace").await).await);
    assert!(!sees(&kofi).await && !sees(&Actor::Anonymous).await);
    let told = serde_json::to_string(&g.emails_of("waitlisted").await).unwrap();
    assert!(!told.contains("canary"));
    assert!(serde_json::to_string(&g.emails_of("confirmed").await).unwrap().contains("canary"));
    g.expect_emails("confirmed=1 waitlisted=1").await;
}

#[guild_test]
async fn only_hosts_see_drafts(g: Guild) {
    g.demo().await;
    let host = g.actor("grace").await;
    let details = event_form(None).check().unwrap();
    let slug = events::create(&g.store, &host, details.clone(), "one").await.unwrap();
    assert_eq!(
        events::create(&g.store, &host, details.clone(), "one").await.unwrap(),
        slug,
        "a retry is safe"
    );
    assert_ne!(events::create(&g.store, &host, details, "two").await.unwrap(), slug);
    for actor in [Actor::Anonymous, g.actor("mei").await, g.actor("ravi").await] {
        assert!(matches!(events::page(&g.store, &actor, &slug).await, Err(StoreError::NotFound)));
        assert!(matches!(
            events::rsvp(&g.store, &actor, &slug, 0_u8).await,
            Err(StoreError::NotFound | StoreError::Refused(Refusal::SignInFirst))
        ));
        assert!(matches!(events::publish(&g.store, &actor, &slug).await, Err(StoreError::NotFound)));
        let (cards, _) = events::list(&g.store, &actor, &events::Filter::default(), 0).await.unwrap();
        assert!(cards.iter().all(|card| card.slug != slug));
    }
    assert!(events::page(&g.store, &g.actor("ada").await, &slug).await.unwrap().may_edit);
    assert_eq!(refusal(events::rsvp(&g.store, &host, &slug, 0_u8).await), Refusal::NotPublished);
}

#[guild_test]
async fn members_without_permission_cannot_change_an_event(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit";
    for actor in [g.actor("mei").await, g.actor("ravi").await, Actor::Anonymous] {
        let before = g.number(count).await;
        let details = event_form(Some(1)).check().unwrap();
        assert!(events::edit(&g.store, &actor, &slug, details.clone(), 2).await.is_err());
        assert!(events::cancel(&g.store, &actor, &slug, "").await.is_err());
        assert!(events::reinstate(&g.store, &actor, &slug).await.is_err());
        if actor.member() != g.actor("ravi").await.member() {
            assert!(events::create(&g.store, &actor, details, "key").await.is_err());
        }
        let after = g.number(count).await;
        assert!(after - before <= 1, "only the test's own sign-in was logged");
    }
    assert_eq!(events::page(&g.store, &Actor::Anonymous, &slug).await.unwrap().event.version, 2);
}

#[guild_test]
async fn two_editors_do_not_overwrite_each_other(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let host = g.actor("grace").await;
    let mut first = event_form(None);
    first.title = "First".into();
    events::edit(&g.store, &host, &slug, first.check().unwrap(), 2).await.unwrap();
    let second = event_form(Some(9)).check().unwrap();
    let told = refusal(events::edit(&g.store, &host, &slug, second, 2).await);
    assert_eq!(told, Refusal::ChangedMeanwhile { version: 3 });
    // Saving the same change again is not a conflict, so a retry is safe.
    assert!(events::edit(&g.store, &host, &slug, first.check().unwrap(), 2).await.is_ok());
}

#[guild_test]
async fn an_event_cannot_be_created_in_or_moved_to_the_past(g: Guild) {
    g.demo().await;
    let host = g.actor("grace").await;
    let mut form = event_form(None);
    form.date = "2026-11-20".into();
    let past = events::create(&g.store, &host, form.check().unwrap(), "key").await;
    assert!(matches!(past, Err(StoreError::Invalid(problems)) if problems[0].why == Refusal::InThePast));
    let slug = g.event(None).await;
    let moved = events::edit(&g.store, &host, &slug, form.check().unwrap(), 2).await;
    assert!(matches!(moved, Err(StoreError::Invalid(_))));
}

#[guild_test]
async fn a_member_without_an_address_gets_a_seat_but_no_email(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let nobody = Address::parse("nobody@guild.example").unwrap();
    let actor = g.joined(&nobody).await;
    use sea_orm::ConnectionTrait as _;
    g.raw()
        .execute_unprepared(
            "UPDATE members SET address = NULL, address_key = NULL WHERE address LIKE 'nobody%'",
        )
        .await
        .unwrap();
    g.rsvp(&actor, &slug, 0).await.unwrap();
    assert_eq!(g.emails().await, "");
}
