//! How seats are given: offers, approval, the two modes of a hybrid event, and what hosts can do. The numbers
//! are those of docs/behaviours.md.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Refusal, Slug,
    events::{EventForm, Mode, Rsvp, RsvpRequest, RsvpState, WhenFull},
};
use store::{
    StoreError,
    events::{self, ByLink},
};
use tests::{Guild, event_form, guild_test};

fn refusal<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("not a refusal: {other:?}"),
    }
}

/// A published event of Grace's with a changed form.
async fn event(g: &Guild, capacity: Option<u32>, change: impl FnOnce(&mut EventForm)) -> Slug {
    let slug = g.event(capacity).await;
    edit(g, &slug, change).await;
    slug
}

async fn edit(g: &Guild, slug: &Slug, change: impl FnOnce(&mut EventForm)) {
    let host = g.actor("grace").await;
    let event = events::page(&g.store, &host, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    change(&mut form);
    events::edit(&g.store, &host, slug, form.check().unwrap(), event.version).await.unwrap();
}

fn by_offer(form: &mut EventForm) {
    form.promotion = "offer".into();
}

fn by_request(form: &mut EventForm) {
    form.approval = "on".into();
}

fn hybrid(form: &mut EventForm) {
    form.join_url = "https://meet.example.org/canary".into();
    form.online_capacity = "1".into();
}

async fn rsvp_of(g: &Guild, actor: &Actor, slug: &Slug) -> Rsvp {
    events::page(&g.store, actor, slug).await.unwrap().rsvp.unwrap()
}

async fn chores(g: &Guild) {
    store::runner::run_due(&g.store).await.unwrap();
}

const ONLINE: RsvpRequest = RsvpRequest { guests: 0, mode: Mode::Online };

#[guild_test]
async fn a8_an_offer_holds_a_seat_until_it_is_claimed_declined_or_expires(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), by_offer).await;
    let crowd = g.crowd(5).await;
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    g.expect_emails("confirmed waitlisted").await;
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    assert_eq!(g.emails().await, "left=1 offer=1");
    let offer = rsvp_of(&g, &crowd[1], &slug).await;
    assert_eq!((offer.state, offer.holds_until), (RsvpState::Offered, Some(g.now() + Duration::hours(12))));
    let page = events::page(&g.store, &crowd[2], &slug).await.unwrap();
    assert_eq!(
        (page.event.going, page.event.waiting, page.position),
        (1, 3, Some(1)),
        "a seat on hold counts as going"
    );
    // A declined offer passes to the next person, and an expired one to the person after that.
    events::leave(&g.store, &crowd[1], &slug).await.unwrap();
    assert_eq!(rsvp_of(&g, &crowd[2], &slug).await.state, RsvpState::Offered);
    g.advance(Duration::hours(12) - Duration::seconds(1));
    chores(&g).await;
    assert_eq!(
        rsvp_of(&g, &crowd[2], &slug).await.state,
        RsvpState::Offered,
        "an offer is valid until its last second"
    );
    g.advance(Duration::seconds(1));
    assert_eq!(refusal(events::claim(&g.store, &crowd[2], &slug).await), Refusal::OfferExpired);
    chores(&g).await;
    assert_eq!(rsvp_of(&g, &crowd[2], &slug).await.state, RsvpState::Left);
    assert_eq!(g.emails().await, "left=2 offer=3 offer_expired=1");
    // The offer is claimed in its last second, twice.
    g.advance(Duration::hours(12) - Duration::seconds(1));
    for _ in 0..2 {
        assert_eq!(events::claim(&g.store, &crowd[3], &slug).await.unwrap().state, RsvpState::Going);
    }
    assert_eq!(g.emails().await, "confirmed=1 left=2 offer=3 offer_expired=1");
    assert_eq!(refusal(events::claim(&g.store, &crowd[4], &slug).await), Refusal::OfferExpired);
    g.expect_emails("confirmed=1 left=2 offer=3 offer_expired=1").await;
}

/// A newcomer who arrives before the chores have run finds the waitlist in the right state.
#[guild_test]
async fn a8_a_newcomer_does_not_overtake_the_next_person_on_the_waitlist(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), by_offer).await;
    let crowd = g.crowd(4).await;
    for actor in &crowd[..3] {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    g.advance(Duration::hours(12));
    assert_eq!(g.rsvp(&crowd[3], &slug, 0).await.unwrap().state, RsvpState::Waiting);
    assert_eq!(rsvp_of(&g, &crowd[2], &slug).await.state, RsvpState::Offered);
    g.expect_emails("left=1 offer=2 offer_expired=1 waitlisted=3").await;
}

#[guild_test]
async fn a8_an_offer_that_expires_during_a_cancellation_is_made_again(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), by_offer).await;
    let crowd = g.crowd(2).await;
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    let host = g.actor("grace").await;
    assert_eq!(
        events::cancel(&g.store, &host, &slug, "").await.unwrap(),
        1,
        "a person with an offer is emailed"
    );
    g.advance(Duration::hours(13));
    chores(&g).await;
    assert_eq!(rsvp_of(&g, &crowd[1], &slug).await.state, RsvpState::Offered);
    g.expect_emails("cancelled left offer waitlisted").await;
    events::reinstate(&g.store, &host, &slug).await.unwrap();
    assert_eq!(g.emails().await, "offer=1 reinstated=1");
    assert_eq!(events::claim(&g.store, &crowd[1], &slug).await.unwrap().state, RsvpState::Going);
    g.expect_emails("confirmed=1 offer=1 reinstated=1").await;
}

#[guild_test]
async fn a9_shortly_before_the_start_people_get_offers_and_are_not_moved(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let crowd = g.crowd(2).await;
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    // The event starts on Tuesday at 17:00 UTC.
    g.advance(Duration::hours(74));
    g.expect_emails("confirmed waitlisted").await;
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    let offer = rsvp_of(&g, &crowd[1], &slug).await;
    assert_eq!((offer.state, offer.holds_until), (RsvpState::Offered, Some(g.now() + Duration::minutes(90))));
    assert_eq!(g.emails().await, "left=1 offer=1");
    g.expect_emails("left=1 offer=1").await;
}

#[guild_test]
async fn a6_a_party_that_does_not_fit_is_asked_to_come_with_fewer(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(3)).await;
    let crowd = g.crowd(4).await;
    for (actor, guests) in crowd.iter().zip([2, 2, 1, 0]) {
        g.rsvp(actor, &slug, guests).await.unwrap();
    }
    g.expect_emails("confirmed waitlisted").await;
    // Two seats become free. The third on the waitlist takes one, and nobody fits into the other, so the
    // first is asked.
    g.rsvp(&crowd[0], &slug, 0).await.unwrap();
    assert_eq!(rsvp_of(&g, &crowd[2], &slug).await.state, RsvpState::Going, "the first party that fits");
    assert_eq!(rsvp_of(&g, &crowd[1], &slug).await.skips, 1);
    assert_eq!(g.emails().await, "confirmed=1 promoted=1");
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    assert_eq!(rsvp_of(&g, &crowd[3], &slug).await.state, RsvpState::Going);
    // One seat becomes free and nobody else waits. The first party is asked and may take it.
    events::leave(&g.store, &crowd[3], &slug).await.unwrap();
    let asked = g.emails_of("fewer_offered").await;
    assert_eq!((asked.len(), asked[0]["free"].as_u64(), asked[0]["guests"].as_u64()), (1, Some(1), Some(2)));
    assert_eq!(
        refusal(events::accept_fewer(&g.store, &crowd[1], &slug, 2).await),
        Refusal::TooManyGuests { max: 1 }
    );
    assert_eq!(refusal(events::accept_fewer(&g.store, &crowd[1], &slug, 1).await), Refusal::NoSeatThere);
    g.expect_emails("fewer_offered left promoted").await;
    for _ in 0..2 {
        let answer = events::accept_fewer(&g.store, &crowd[1], &slug, 0).await.unwrap();
        assert_eq!((answer.state, answer.guests), (RsvpState::Going, 0));
    }
    assert_eq!(g.emails().await, "confirmed=1");
    g.expect_emails("confirmed=1").await;
}

#[guild_test]
async fn a6_when_a_party_does_not_answer_the_next_one_is_asked(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(2)).await;
    let crowd = g.crowd(4).await;
    for (actor, guests) in crowd.iter().zip([0, 0, 1, 1]) {
        g.rsvp(actor, &slug, guests).await.unwrap();
    }
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    g.advance(Duration::hours(2));
    assert_eq!(g.emails_of("fewer_offered").await.len(), 1);
    assert_eq!(refusal(events::accept_fewer(&g.store, &crowd[2], &slug, 0).await), Refusal::OfferExpired);
    chores(&g).await;
    chores(&g).await;
    let asked = g.emails_of("fewer_offered").await;
    assert_eq!(asked.len(), 2);
    assert_ne!(asked[0]["event"]["uid"], asked[1]["event"]["uid"]);
    assert_eq!(events::accept_fewer(&g.store, &crowd[3], &slug, 0).await.unwrap().state, RsvpState::Going);
    g.advance(Duration::days(1));
    chores(&g).await;
    assert_eq!(g.emails_of("fewer_offered").await.len(), 2, "each party is asked once");
    g.expect_emails("confirmed=2 fewer_offered=2 left=1 waitlisted=2").await;
}

#[guild_test]
async fn a11_a_request_is_approved_declined_or_waitlisted(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), by_request).await;
    let crowd = g.crowd(4).await;
    let mut ids = Vec::new();
    for actor in &crowd {
        for _ in 0..2 {
            let answer = g.rsvp(actor, &slug, 0).await.unwrap();
            assert_eq!(answer.state, RsvpState::Pending);
            ids.push(answer.id);
        }
    }
    ids.dedup();
    assert_eq!(g.emails().await, "requested=4");
    assert_eq!(
        events::page(&g.store, &crowd[0], &slug).await.unwrap().event.going,
        0,
        "a request holds no seat"
    );
    let host = g.actor("grace").await;
    let accept = async |i: usize, when| events::approve(&g.store, &host, &slug, ids[i], when).await;
    for actor in [&crowd[0], &g.actor("ravi").await] {
        assert_eq!(
            refusal(events::approve(&g.store, actor, &slug, ids[0], WhenFull::Ask).await),
            Refusal::NotAllowed
        );
    }
    g.expect_emails("requested").await;
    for _ in 0..2 {
        assert_eq!(accept(0, WhenFull::Ask).await.unwrap(), RsvpState::Going);
    }
    assert_eq!(refusal(accept(1, WhenFull::Ask).await), Refusal::FullChoose);
    assert_eq!(accept(1, WhenFull::Waitlist).await.unwrap(), RsvpState::Waiting);
    assert_eq!(accept(2, WhenFull::Override).await.unwrap(), RsvpState::Going);
    let page = events::page(&g.store, &host, &slug).await.unwrap();
    assert_eq!((page.event.going, page.event.over_by(Mode::OnSite)), (2, 1));
    assert_eq!(g.number("SELECT COUNT(*) FROM audit WHERE action = 'rsvp.override'").await, 1);
    for _ in 0..2 {
        events::decline_request(&g.store, &host, &slug, ids[3], "Next time").await.unwrap();
    }
    assert_eq!(g.emails().await, "approved=2 seat_declined=1 waitlisted=1");
    assert_eq!(g.emails_of("waitlisted").await[0]["because"], "accepted");
    assert_eq!(rsvp_of(&g, &crowd[3], &slug).await.message, "Next time");
    assert_eq!(refusal(g.rsvp(&crowd[3], &slug, 0).await), Refusal::RequestDeclinedByHost);
    // A declined person no longer has the event in their feed.
    let token = store::feeds::make(&g.store, &crowd[3]).await.unwrap();
    let feed = store::feeds::private(&g.store, &token).await.unwrap();
    assert!(feed.entries.iter().all(|entry| entry.event.slug != slug));
    assert!(events::my_seats(&g.store, &crowd[3]).await.unwrap().is_empty());
    assert_eq!(
        refusal(events::decline_request(&g.store, &host, &slug, ids[0], "").await),
        Refusal::NotAsking
    );
    assert_eq!(
        accept(3, WhenFull::Override).await.unwrap(),
        RsvpState::Going,
        "a host can change their mind"
    );
    g.expect_emails("approved=3 seat_declined=1 waitlisted=1").await;
}

#[guild_test]
async fn a11_three_days_without_an_answer_remind_the_host_once(g: Guild) {
    g.demo().await;
    let slug = event(&g, None, |form| {
        by_request(form);
        form.date = "2026-12-24".into();
    })
    .await;
    let crowd = g.crowd(3).await;
    for actor in &crowd[..2] {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    g.advance(Duration::hours(72) - Duration::seconds(1));
    g.rsvp(&crowd[2], &slug, 0).await.unwrap();
    // A changed number of guests doesn't restart the three days.
    g.rsvp(&crowd[0], &slug, 1).await.unwrap();
    chores(&g).await;
    assert_eq!(g.emails_of("request_waits").await.len(), 0);
    g.advance(Duration::seconds(1));
    for _ in 0..3 {
        chores(&g).await;
        g.rsvp(&crowd[0], &slug, 0).await.unwrap();
        g.rsvp(&crowd[0], &slug, 1).await.unwrap();
        g.advance(Duration::hours(1));
    }
    let reminded = g.emails_of("request_waits").await;
    assert_eq!((reminded.len(), reminded[0]["requests"].as_u64()), (1, Some(2)));
    assert_eq!(
        g.number("SELECT COUNT(*) FROM emails WHERE kind = 'request_waits' AND address LIKE 'grace%'").await,
        1
    );
    g.expect_emails("new_requests=1 reminder=7 request_waits=1 requested=3 weekly_kudos=3").await;
}

#[guild_test]
async fn a12_in_person_and_online_seats_are_separate(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), hybrid).await;
    let crowd = g.crowd(4).await;
    let rsvp = async |i: usize, request: RsvpRequest| events::rsvp(&g.store, &crowd[i], &slug, request).await;
    let state = |answer: Rsvp| (answer.state, answer.mode, answer.online_meanwhile);
    use Mode::{OnSite, Online};
    use RsvpState::{Going, Waiting};
    assert_eq!(state(rsvp(0, RsvpRequest::default()).await.unwrap()), (Going, OnSite, false));
    assert_eq!(state(rsvp(1, RsvpRequest::default()).await.unwrap()), (Waiting, OnSite, false));
    assert_eq!(
        state(events::also_online(&g.store, &crowd[1], &slug).await.unwrap()),
        (Waiting, OnSite, true)
    );
    assert_eq!(state(rsvp(2, ONLINE).await.unwrap()), (Waiting, Online, false));
    assert_eq!(refusal(rsvp(0, ONLINE).await), Refusal::NoSeatThere);
    let count = async || {
        let event = events::page(&g.store, &crowd[0], &slug).await.unwrap().event;
        (event.going, event.waiting, event.online_going, event.online_waiting)
    };
    assert_eq!(count().await, (1, 1, 1, 1));
    assert_eq!(
        g.emails().await,
        "confirmed=2 waitlisted=1",
        "one confirmation replaced the unsent waitlist email"
    );
    // The seat in the room becomes free: the person on its waitlist moves there, and their online seat goes
    // to the next one.
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    assert_eq!(state(rsvp_of(&g, &crowd[1], &slug).await), (Going, OnSite, false));
    assert_eq!(state(rsvp_of(&g, &crowd[2], &slug).await), (Going, Online, false));
    assert_eq!((count().await, g.emails_of("promoted").await.len()), ((1, 0, 1, 0), 2));
    let sequences: Vec<_> = g.emails_of("promoted").await.iter().map(|l| l["sequence"].as_u64()).collect();
    assert_eq!(sequences, [Some(1), Some(0)], "the same calendar entry moves to the room");
    // Switching from online to a full room keeps the online seat until a seat in the room is free.
    assert_eq!(state(rsvp(2, RsvpRequest::default()).await.unwrap()), (Waiting, OnSite, true));
    assert_eq!(state(rsvp(2, ONLINE).await.unwrap()), (Going, Online, false));
    assert_eq!(count().await, (1, 0, 1, 0));
    g.expect_emails("confirmed=2 left=1 promoted=2").await;
}

#[guild_test]
async fn a12_only_people_online_see_the_link_to_join(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), |form| {
        hybrid(form);
        form.online_capacity = "2".into();
    })
    .await;
    let crowd = g.crowd(3).await;
    g.rsvp(&crowd[0], &slug, 0).await.unwrap();
    g.rsvp(&crowd[1], &slug, 0).await.unwrap();
    events::rsvp(&g.store, &crowd[2], &slug, ONLINE).await.unwrap();
    let sees = async |actor: &Actor| {
        events::page(&g.store, actor, &slug).await.unwrap().event.details.join_link().is_some()
    };
    assert!(!sees(&crowd[0]).await && !sees(&crowd[1]).await && !sees(&Actor::Anonymous).await);
    assert!(sees(&crowd[2]).await && sees(&g.actor("grace").await).await);
    let moves = g.emails_of("confirmed").await;
    let canary: Vec<_> = moves.iter().map(|email| email["event"]["join_url"].is_string()).collect();
    assert_eq!(canary, [false, true]);
    assert!(!serde_json::to_string(&g.emails_of("waitlisted").await).unwrap().contains("canary"));
    events::also_online(&g.store, &crowd[1], &slug).await.unwrap();
    assert!(sees(&crowd[1]).await);
    g.expect_emails("confirmed=3").await;
}

/// An event that becomes in-person or online only keeps everybody's seat.
#[guild_test]
async fn a12_changing_a_hybrid_event_to_one_mode_keeps_every_seat(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), hybrid).await;
    let crowd = g.crowd(3).await;
    for actor in &crowd[..2] {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    events::also_online(&g.store, &crowd[1], &slug).await.unwrap();
    events::rsvp(&g.store, &crowd[2], &slug, ONLINE).await.unwrap();
    edit(&g, &slug, |form| form.join_url.clear()).await;
    let event = events::page(&g.store, &crowd[0], &slug).await.unwrap().event;
    assert_eq!((event.going, event.waiting, event.online_going), (2, 1, 0));
    edit(&g, &slug, |form| {
        form.place.clear();
        form.join_url = "https://meet.example.org/x".into();
    })
    .await;
    assert_eq!(rsvp_of(&g, &crowd[0], &slug).await.mode, Mode::Online);
    g.expect_emails("confirmed=2 waitlisted=1").await;
}

/// A new room is no news to people online, and a new link is no news to people in the room.
#[guild_test]
async fn c4_people_in_person_and_online_only_hear_about_their_own_place(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(5), hybrid).await;
    let crowd = g.crowd(2).await;
    // A minute later, so that this is a separate edit.
    g.advance(Duration::minutes(1));
    let room = g.rsvp(&crowd[0], &slug, 0).await.unwrap();
    let online = events::rsvp(&g.store, &crowd[1], &slug, ONLINE).await.unwrap();
    let moves = async || {
        g.advance(Duration::minutes(11));
        chores(&g).await;
        let emails = g.emails_of("rescheduled").await;
        g.expect_emails("rescheduled").await;
        emails
            .iter()
            .map(|l| {
                (
                    l["event"]["uid"].as_str().unwrap().to_owned(),
                    l["sequence"].as_u64(),
                    l["was"]["place"].as_str().unwrap().to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    g.expect_emails("confirmed").await;
    g.advance(Duration::minutes(1));
    edit(&g, &slug, |form| form.place = "Upstairs".into()).await;
    assert_eq!(moves().await, [(room.id.to_string(), Some(1), "c-base, Berlin".to_owned())]);
    edit(&g, &slug, |form| form.join_url = "https://meet.example.org/other".into()).await;
    assert_eq!(moves().await, [(online.id.to_string(), Some(1), String::new())]);
    // A new time is news to both groups. People online still don't get the room.
    edit(&g, &slug, |form| form.time = "19:00".into()).await;
    let mut both = moves().await;
    both.sort_by_key(|(.., position)| position.len());
    assert_eq!(
        both,
        [
            (online.id.to_string(), Some(2), String::new()),
            (room.id.to_string(), Some(2), "Upstairs".to_owned())
        ]
    );
}

/// A person who waits for the room and joins online until then has a seat. They get reminders, are on the
/// list of attendees, and keep their calendar entry when the offer of the room is withdrawn.
#[guild_test]
async fn a12_an_online_seat_while_waiting_for_the_room_is_a_real_seat(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(2), |form| {
        hybrid(form);
        by_offer(form);
    })
    .await;
    let crowd = [g.actor("mei").await, g.actor("kofi").await, g.actor("leila").await];
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    let answer = events::also_online(&g.store, &crowd[2], &slug).await.unwrap();
    assert_eq!((answer.state, answer.online_meanwhile), (RsvpState::Waiting, true));
    let host = g.actor("grace").await;
    assert_eq!(events::attendees(&g.store, &host, &slug, 0).await.unwrap().shown, 3);
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    assert_eq!(rsvp_of(&g, &crowd[2], &slug).await.state, RsvpState::Offered);
    edit(&g, &slug, |form| form.capacity = "1".into()).await;
    g.expect_emails("confirmed left offer").await;
    assert_eq!(events::move_back(&g.store, &host, &slug, Mode::OnSite, 1).await.unwrap(), 1);
    let bumped = g.emails_of("moved_back").await;
    assert_eq!((bumped.len(), bumped[0]["sequence"].as_u64()), (1, None), "the calendar entry stays");
    let answer = rsvp_of(&g, &crowd[2], &slug).await;
    assert_eq!((answer.state, answer.online_meanwhile), (RsvpState::Waiting, true));
    g.clock.set("2026-11-23T17:00:01Z".parse().unwrap());
    chores(&g).await;
    let reminded = g.emails_of("reminder").await;
    assert!(reminded.iter().any(|email| email["event"]["uid"] == answer.id.to_string()), "{reminded:?}");
    g.expect_emails("moved_back=1 reminder=9").await;
}

#[guild_test]
async fn a4_the_host_can_move_the_last_people_back_to_the_waitlist(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(4)).await;
    let crowd = g.crowd(5).await;
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    edit(&g, &slug, |form| form.capacity = "2".into()).await;
    let host = g.actor("grace").await;
    let bump =
        async |actor: &Actor, typed| events::move_back(&g.store, actor, &slug, Mode::OnSite, typed).await;
    g.expect_emails("confirmed waitlisted").await;
    assert_eq!(refusal(bump(&crowd[0], 2).await), Refusal::NotAllowed);
    assert_eq!(refusal(bump(&host, 3).await), Refusal::NumberDiffers { over: 2 });
    assert_eq!(g.emails().await, "");
    assert_eq!(bump(&host, 2).await.unwrap(), 2);
    assert_eq!(bump(&host, 2).await.unwrap(), 0, "repeating it changes nothing");
    assert_eq!(g.emails().await, "moved_back=2");
    assert_eq!(g.emails_of("moved_back").await[0]["sequence"], 1, "their calendar entries are cancelled");
    assert_eq!(g.number("SELECT COUNT(*) FROM audit WHERE action = 'rsvp.move_back'").await, 2);
    // They are back at the top of the waitlist, in the order in which they got their seats.
    for (actor, position) in crowd.iter().zip([None, None, Some(1), Some(2), Some(3)]) {
        assert_eq!(events::page(&g.store, actor, &slug).await.unwrap().position, position);
    }
    events::leave(&g.store, &crowd[0], &slug).await.unwrap();
    assert_eq!(rsvp_of(&g, &crowd[2], &slug).await.state, RsvpState::Going);
    g.expect_emails("left=1 moved_back=2 promoted=1").await;
}

#[guild_test]
async fn a10_a_link_can_do_what_its_member_can_do(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), by_offer).await;
    let crowd = g.crowd(3).await;
    let mut ids = Vec::new();
    for actor in &crowd {
        ids.push(g.rsvp(actor, &slug, 0).await.unwrap().id);
    }
    let act = async |id, act| events::by_link(&g.store, id, act).await;
    assert_eq!(refusal(act(ids[1], ByLink::Claim).await), Refusal::OfferExpired);
    for _ in 0..2 {
        act(ids[0], ByLink::Leave).await.unwrap();
    }
    act(ids[1], ByLink::Claim).await.unwrap();
    assert_eq!(rsvp_of(&g, &crowd[1], &slug).await.state, RsvpState::Going);
    assert_eq!(refusal(act(ids[2], ByLink::Fewer(0)).await), Refusal::OfferExpired);
    let nobodys = domain::RsvpId(uuid::Uuid::now_v7());
    assert!(matches!(act(nobodys, ByLink::Leave).await, Err(StoreError::NotFound)));
    assert_eq!(event_form(None).approval, "", "an empty form means the default");
    g.expect_emails("confirmed=1 left=1 offer=1 waitlisted=1").await;
}

/// The link in an email opens a page that works signed out. Opening it changes nothing and signs nobody in,
/// only its button acts.
#[guild_test]
async fn a10_the_link_in_an_email_works_signed_out(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), hybrid).await;
    let mei = g.actor("mei").await;
    events::rsvp(&g.store, &mei, &slug, ONLINE).await.unwrap();
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    let link = seat_link_to(&g, "mei@").await;
    for _ in 0..2 {
        let page = browser.get(&link).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert!(page.body.contains("An evening") && page.body.contains("name=\"act\" value=\"leave\""));
        assert!(!page.body.contains("canary"), "the page behind the link doesn't show where to join");
    }
    assert_eq!(rsvp_of(&g, &mei, &slug).await.state, RsvpState::Going, "opening the page changes nothing");
    assert_eq!(browser.get("/profile").await.status, 303, "nobody is signed in");
    let claim = browser.post(&link, &[("act", "claim")]).await;
    assert_eq!(claim.status, 303, "claiming a confirmed seat again is allowed");
    let foreign = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let refused = browser.send(reqwest::Method::POST, &link, &foreign, Some("act=leave".into())).await;
    assert_eq!(refused.status, 403);
    assert_eq!(rsvp_of(&g, &mei, &slug).await.state, RsvpState::Going);
    let left = browser.follow(browser.post(&link, &[("act", "leave")]).await, None).await;
    assert!(left.url.ends_with(&link) && !left.body.contains("value=\"leave\""));
    assert_eq!(rsvp_of(&g, &mei, &slug).await.state, RsvpState::Left);
    for forged in ["/seat/AAAA".to_owned(), format!("{link}A"), link.replace("/seat/", "/seat/A")] {
        assert_eq!(browser.get(&forged).await.status, 404);
        assert_eq!(browser.post(&forged, &[("act", "leave")]).await.status, 404);
    }
    assert_eq!(browser.post(&link, &[("act", "sign-in")]).await.status, 404);
    portal.stop().await;
    g.expect_emails("confirmed=1 left=1").await;
}

#[guild_test]
async fn a11_hosts_answer_requests_on_a_page_that_only_they_see(g: Guild) {
    g.demo().await;
    let slug = event(&g, Some(1), by_request).await;
    let mei = g.actor("mei").await;
    let id = g.rsvp(&mei, &slug, 0).await.unwrap().id;
    let path = format!("/events/{slug}/people?show=pending");
    let see = async |actor: Option<&str>| {
        let visit = g.visit(actor, &path, domain::Locale::En).await;
        let page = g.page(&visit).await;
        (page.status.as_u16(), page.html.contains(&id.to_string()))
    };
    assert_eq!(see(Some("grace")).await, (200, true));
    assert_eq!(see(Some("mei")).await, (403, false));
    let host = g.visit(Some("grace"), &path, domain::Locale::En).await;
    let fields = [("slug", slug.as_str()), ("rsvp", &id.to_string()), ("when_full", "ask")];
    let answer = g.post(&host, "/api/events/approve", &fields, "text/html").await;
    assert_eq!((answer.status.as_u16(), answer.location), (303, path));
    assert_eq!(rsvp_of(&g, &mei, &slug).await.state, RsvpState::Going);
    g.expect_emails("approved=1 requested=1").await;
}

/// The path of the seat link in the newest email to an address.
async fn seat_link_to(g: &Guild, address: &str) -> String {
    for _ in 0..200 {
        let emails = store::mailbox::newest(&g.store, 50).await.unwrap();
        if let Some(mail) = emails.into_iter().find(|mail| mail.to.contains(address)) {
            let text = String::from_utf8_lossy(&mail.raw).replace("=\r\n", "");
            let token = text.split_once("/seat/").expect("the email has no link to the seat").1;
            let end =
                token.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c)).unwrap_or(token.len());
            return format!("/seat/{}", &token[..end]);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no email arrived at {address}");
}
