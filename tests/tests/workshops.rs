//! Workshops inside an event, with seats of their own (D7).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Instant, Locale, Refusal, Slug,
    board::{NewSession, Slot},
    events::RsvpState,
};
use futures::future::join_all;
use store::{
    StoreError,
    events::{self, Filter, Workshop},
    feeds, runner, schedule, sessions,
};
use tests::{Guild, guild_test};
use uuid::Uuid;

/// An event of Grace's with two workshops at the same time and one later.
struct Day {
    event: Slug,
    starts_at: Instant,
    /// The sessions.
    sessions: Vec<Uuid>,
}

async fn day(g: &Guild, seats: u32) -> Day {
    let grace = g.actor("grace").await;
    let event = g.event(None).await;
    let starts_at = schedule::board(&g.store, &grace, &event).await.unwrap().event.starts_at;
    let mut sessions = Vec::new();
    for (at, name) in ["Attic", "Cellar", "Garage"].into_iter().enumerate() {
        schedule::add_room(&g.store, &grace, &event, name, None).await.unwrap();
        let rooms = schedule::board(&g.store, &grace, &event).await.unwrap().board.rooms;
        let new = NewSession {
            title: format!("Narwhalknitting in the {name}"),
            speakers: Vec::new(),
            minutes: 30,
            text: String::new(),
        };
        let id = schedule::add_session(&g.store, &grace, &event, &new, "").await.unwrap();
        let hours = if at == 2 { 60 } else { 0 };
        let slot = Slot { room: rooms[at].id, starts_at: starts_at + Duration::minutes(hours) };
        schedule::place(&g.store, &grace, &event, id, 0, Some(slot), 30).await.unwrap();
        sessions.push(id);
    }
    let day = Day { event, starts_at, sessions };
    day.release(g).await;
    for session in &day.sessions {
        sessions::set_seats(&g.store, &grace, &day.event, *session, Some(seats)).await.unwrap();
    }
    g.take_emails().await;
    day
}

impl Day {
    async fn release(&self, g: &Guild) {
        let grace = g.actor("grace").await;
        let version = schedule::board(&g.store, &grace, &self.event).await.unwrap().revision;
        schedule::release(&g.store, &grace, &self.event, version, "").await.unwrap();
    }

    async fn workshop(&self, g: &Guild, actor: &Actor, at: usize) -> Workshop {
        let page = schedule::session(&g.store, actor, &self.event, self.sessions[at]).await.unwrap();
        events::workshop(&g.store, actor, page.item.workshop.unwrap()).await.unwrap()
    }

    async fn slug(&self, g: &Guild, at: usize) -> Slug {
        self.workshop(g, &g.actor("grace").await, at).await.page.event.slug
    }

    /// The state of an actor's RSVP at a workshop.
    async fn state(&self, g: &Guild, actor: &Actor, at: usize) -> Option<RsvpState> {
        self.workshop(g, actor, at).await.page.rsvp.map(|rsvp| rsvp.state)
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[guild_test]
async fn d7_a_workshop_has_seats_for_people_with_a_seat_at_the_event(g: Guild) {
    g.demo().await;
    let day = day(&g, 1).await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    let slug = day.slug(&g, 0).await;
    assert_eq!(refusal(g.rsvp(&mei, &slug, 0).await), Refusal::WorkshopNeedsSeat);
    for actor in [&mei, &sofia] {
        g.rsvp(actor, &day.event, 0).await.unwrap();
    }
    assert_eq!(refusal(g.rsvp(&mei, &slug, 1).await), Refusal::TooManyGuests { max: 0 });
    assert_eq!(g.rsvp(&mei, &slug, 0).await.unwrap().state, RsvpState::Going);
    assert_eq!(g.rsvp(&sofia, &slug, 0).await.unwrap().state, RsvpState::Waiting);
    g.expect_emails("confirmed=3 waitlisted=1").await;
    // Leaving the event leaves its workshops too, and the next person is promoted.
    events::leave(&g.store, &mei, &day.event).await.unwrap();
    assert_eq!(day.state(&g, &mei, 0).await, Some(RsvpState::Left));
    assert_eq!(day.state(&g, &sofia, 0).await, Some(RsvpState::Going));
    g.expect_emails("left=2 promoted=1").await;
    // More seats and no seats.
    let grace = g.actor("grace").await;
    let set = async |seats| {
        sessions::set_seats(&g.store, &grace, &day.event, day.sessions[0], seats).await.unwrap();
    };
    set(Some(5)).await;
    assert_eq!(day.workshop(&g, &mei, 0).await.page.event.details.capacity, Some(5));
    set(None).await;
    let page = schedule::session(&g.store, &mei, &day.event, day.sessions[0]).await.unwrap();
    assert_eq!(page.item.workshop, None);
    g.advance(Duration::minutes(3));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("cancelled").await.len(), 1);
    g.take_emails().await;
    let by_mei = sessions::set_seats(&g.store, &mei, &day.event, day.sessions[1], Some(9)).await;
    assert_eq!(refusal(by_mei), Refusal::NotAllowed);
}

#[guild_test]
async fn d7_overlapping_workshops_are_refused_and_swapped_in_one_step(g: Guild) {
    g.demo().await;
    let day = day(&g, 1).await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    let (one, same_time, later) = (day.slug(&g, 0).await, day.slug(&g, 1).await, day.slug(&g, 2).await);
    for actor in [&mei, &sofia] {
        g.rsvp(actor, &day.event, 0).await.unwrap();
    }
    g.rsvp(&mei, &one, 0).await.unwrap();
    assert_eq!(refusal(g.rsvp(&mei, &same_time, 0).await), Refusal::WorkshopOverlaps);
    assert_eq!(day.workshop(&g, &mei, 1).await.overlaps.len(), 1);
    // Control: one that does not overlap is free to book.
    g.rsvp(&mei, &later, 0).await.unwrap();
    // Nobody loses a seat for a workshop that is full.
    g.rsvp(&sofia, &same_time, 0).await.unwrap();
    g.take_emails().await;
    assert_eq!(refusal(events::swap_workshop(&g.store, &mei, &same_time).await), Refusal::WorkshopFull);
    assert_eq!(day.state(&g, &mei, 0).await, Some(RsvpState::Going));
    assert_eq!(day.state(&g, &mei, 1).await, None);
    g.expect_emails("").await;
    events::leave(&g.store, &sofia, &same_time).await.unwrap();
    events::swap_workshop(&g.store, &mei, &same_time).await.unwrap();
    assert_eq!(day.state(&g, &mei, 0).await, Some(RsvpState::Left));
    assert_eq!(day.state(&g, &mei, 1).await, Some(RsvpState::Going));
    assert_eq!(day.state(&g, &mei, 2).await, Some(RsvpState::Going));
    g.expect_emails("confirmed=1 left=2").await;
}

#[guild_test]
async fn d7_the_last_seat_goes_once_and_swaps_lose_none(g: Guild) {
    g.demo().await;
    let day = day(&g, 1).await;
    let crowd = g.crowd(64).await;
    let (one, other) = (day.slug(&g, 0).await, day.slug(&g, 1).await);
    for actor in &crowd {
        g.rsvp(actor, &day.event, 0).await.unwrap();
    }
    let states = join_all(crowd.iter().map(|actor| g.rsvp(actor, &one, 0))).await;
    let going = states.iter().filter(|rsvp| rsvp.as_ref().unwrap().state == RsvpState::Going).count();
    assert_eq!(going, 1);
    // All want to swap to the one free seat at the same time. One gets it, and the next one gets the seat that is free then.
    let swaps = join_all(crowd.iter().map(|actor| events::swap_workshop(&g.store, actor, &other))).await;
    assert_eq!(swaps.iter().filter(|swap| swap.is_ok()).count(), 1);
    for swap in swaps.into_iter().filter(Result::is_err) {
        assert_eq!(refusal(swap), Refusal::WorkshopFull);
    }
    let seats = "SELECT COUNT(*) FROM rsvps r JOIN events e ON e.id = r.event_id \
                 WHERE e.parent_id IS NOT NULL AND r.state = 'going'";
    assert_eq!(g.number(seats).await, 2);
    let active = "SELECT COUNT(*) FROM rsvps r JOIN events e ON e.id = r.event_id \
                  WHERE e.parent_id IS NOT NULL AND r.state IN ('going', 'waiting')";
    assert_eq!(g.number(active).await, 64, "nobody lost a place");
    // Two at once who swap with each other, and everybody who leaves the event: nothing is left over.
    join_all(crowd.iter().map(|actor| events::leave(&g.store, actor, &day.event))).await;
    assert_eq!(g.number(active).await, 0);
    g.take_emails().await;
}

#[guild_test]
async fn d7_a_release_that_moves_a_workshop_tells_its_people(g: Guild) {
    g.demo().await;
    let day = day(&g, 5).await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    g.rsvp(&mei, &day.event, 0).await.unwrap();
    g.rsvp(&mei, &day.slug(&g, 0).await, 0).await.unwrap();
    g.take_emails().await;
    let loaded = schedule::board(&g.store, &grace, &day.event).await.unwrap().board;
    let session = loaded.sessions.iter().find(|session| session.id == day.sessions[0]).unwrap();
    let slot = Slot { room: loaded.rooms[0].id, starts_at: day.starts_at + Duration::minutes(60) };
    let seen = session.revision;
    schedule::place(&g.store, &grace, &day.event, session.id, seen, Some(slot), 30).await.unwrap();
    day.release(&g).await;
    g.advance(Duration::minutes(11));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("rescheduled").await.len(), 1);
    g.take_emails().await;
    assert_eq!(day.workshop(&g, &mei, 0).await.page.event.starts_at, slot.starts_at);
}

/// D6, D7: a release that removes a workshop sends its people one email, about the cancellation. Whoever only saved the
/// session hears of the session.
#[guild_test]
async fn d7_a_release_that_removes_a_workshop_sends_one_email(g: Guild) {
    g.demo().await;
    let day = day(&g, 5).await;
    let (grace, mei, sofia) = (g.actor("grace").await, g.actor("mei").await, g.actor("sofia").await);
    for actor in [&mei, &sofia] {
        g.rsvp(actor, &day.event, 0).await.unwrap();
    }
    g.rsvp(&mei, &day.slug(&g, 0).await, 0).await.unwrap();
    schedule::save_session(&g.store, &sofia, &day.event, day.sessions[0], true).await.unwrap();
    g.take_emails().await;
    let loaded = schedule::board(&g.store, &grace, &day.event).await.unwrap().board;
    let session = loaded.sessions.iter().find(|session| session.id == day.sessions[0]).unwrap();
    schedule::place(&g.store, &grace, &day.event, session.id, session.revision, None, 30).await.unwrap();
    day.release(&g).await;
    g.advance(Duration::minutes(3));
    runner::run_due(&g.store).await.unwrap();
    let to = async |kind| -> String {
        let rows = g.rows(&format!("SELECT address FROM emails WHERE kind = '{kind}'")).await;
        rows.iter().map(|row| row.try_get::<String>("", "address").unwrap()).collect()
    };
    assert_eq!(to("cancelled").await, "mei@guild.example");
    assert_eq!(to("agenda_changed").await, "sofia@guild.example");
    g.expect_emails("agenda_changed=1 cancelled=1").await;
}

/// D7: the list of the member's own events names their workshops under each event, and no other list does.
#[guild_test]
async fn d7_own_events_name_their_workshops(g: Guild) {
    g.demo().await;
    let day = day(&g, 1).await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    for actor in [&mei, &sofia] {
        g.rsvp(actor, &day.event, 0).await.unwrap();
        g.rsvp(actor, &day.slug(&g, 0).await, 0).await.unwrap();
    }
    let own = async |actor: &Actor, mine| {
        let filter = Filter { mine, ..Filter::default() };
        let (events, _) = events::list(&g.store, actor, &filter, 0).await.unwrap();
        let card = events.into_iter().find(|card| card.slug == day.event).unwrap();
        card.workshops.into_iter().map(|workshop| (workshop.title, workshop.my_rsvp)).collect::<Vec<_>>()
    };
    let title = "Narwhalknitting in the Attic".to_owned();
    assert_eq!(own(&mei, true).await, [(title.clone(), RsvpState::Going)]);
    assert_eq!(own(&sofia, true).await, [(title, RsvpState::Waiting)]);
    assert_eq!(own(&mei, false).await, []);
    let page = g.page(&g.visit(Some("mei"), "/events?mine=yes", Locale::En).await).await.html;
    assert!(page.contains("Narwhalknitting in the Attic"));
    g.take_emails().await;
}

/// D7: a workshop is on the page of its session, and in no list.
#[guild_test]
async fn d7_a_workshop_is_no_event_of_its_own(g: Guild) {
    g.demo().await;
    let day = day(&g, 5).await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    g.rsvp(&mei, &day.event, 0).await.unwrap();
    let slug = day.slug(&g, 0).await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    for actor in [&grace, &mei, &Actor::Anonymous] {
        assert!(matches!(events::page(&g.store, actor, &slug).await, Err(StoreError::NotFound)));
        let filter = Filter { words: "Narwhalknitting".into(), ..Filter::default() };
        assert!(events::list(&g.store, actor, &filter, 0).await.unwrap().0.is_empty());
    }
    let page = async |key, path: &str| g.page(&g.visit(key, path, Locale::En).await).await.html;
    for (key, path) in [(Some("mei"), "/events?mine=1"), (Some("grace"), "/"), (None, "/events")] {
        assert!(!page(key, path).await.contains("Narwhalknitting"), "{path}");
    }
    let session = format!("/events/{}/sessions/{}", day.event, day.sessions[0]);
    assert!(page(Some("mei"), &session).await.contains("seat-panel"));
    let people = page(Some("grace"), &format!("/events/{slug}/people")).await;
    assert!(people.contains("Narwhalknitting") && people.contains("Mei"));
    // Whoever does not see the event does not see the workshop.
    let hide = format!("UPDATE events SET status = 'draft' WHERE slug = '{}'", day.event);
    sea_orm::ConnectionTrait::execute_unprepared(g.raw(), &hide).await.unwrap();
    assert!(matches!(events::workshop_session(&g.store, &mei, &slug).await, Err(StoreError::NotFound)));
    assert!(events::workshop_session(&g.store, &grace, &slug).await.is_ok());
    assert!(matches!(g.rsvp(&mei, &slug, 0).await, Err(StoreError::NotFound)));
    g.take_emails().await;
}

/// D7: a workshop is among the member's seats, in their own agenda and once in their calendar, and leaves all of them.
#[guild_test]
async fn d7_a_workshop_is_in_the_agenda_of_its_people(g: Guild) {
    g.demo().await;
    let day = day(&g, 5).await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    g.rsvp(&mei, &day.event, 0).await.unwrap();
    let token = feeds::make(&g.store, &mei).await.unwrap();
    let titles = async || {
        let feed = feeds::private(&g.store, &token).await.unwrap();
        let events = feed.entries.into_iter().map(|entry| entry.event.details.title);
        let sessions = feed.sessions.into_iter().map(|entry| entry.session.title);
        events.chain(sessions).filter(|title| title.contains("Narwhalknitting")).collect::<Vec<_>>()
    };
    let mine = async || {
        let agenda = schedule::my_agenda(&g.store, &mei, &day.event).await.unwrap();
        let cards = events::my_seats(&g.store, &mei).await.unwrap();
        let cards = cards.into_iter().filter(|card| card.title.contains("Narwhalknitting")).count();
        (agenda.days.iter().map(|day| day.sessions.len()).sum::<usize>(), cards)
    };
    assert_eq!((mine().await, titles().await.len()), ((0, 0), 0));
    let slug = day.slug(&g, 0).await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    assert_eq!((mine().await, titles().await.len()), ((1, 1), 1));
    // A release moves another workshop of hers over it, which the page says.
    g.rsvp(&mei, &day.slug(&g, 2).await, 0).await.unwrap();
    assert_eq!(day.workshop(&g, &mei, 0).await.overlaps, Vec::<String>::new());
    let board = schedule::board(&g.store, &grace, &day.event).await.unwrap().board;
    let garage = board.sessions.iter().find(|session| session.id == day.sessions[2]).unwrap();
    let slot = Slot { room: board.rooms[2].id, starts_at: day.starts_at };
    schedule::place(&g.store, &grace, &day.event, garage.id, garage.revision, Some(slot), 30).await.unwrap();
    g.take_emails().await;
    day.release(&g).await;
    g.advance(Duration::minutes(11));
    runner::run_due(&g.store).await.unwrap();
    // One email: the one about the seat, and none about the agenda.
    g.expect_emails("rescheduled=1").await;
    assert_eq!(day.workshop(&g, &mei, 0).await.overlaps.len(), 1);
    let session = format!("/events/{}/sessions/{}", day.event, day.sessions[0]);
    let html = g.page(&g.visit(Some("mei"), &session, Locale::En).await).await.html;
    assert!(html.contains("This workshop overlaps with another one"), "{html}");
    events::leave(&g.store, &mei, &day.event).await.unwrap();
    assert_eq!((mine().await, titles().await.len()), ((0, 0), 0));
    g.take_emails().await;
}

/// D7, A10: who leaves a private group gives up its workshops too, and gets one email.
#[guild_test]
async fn d7_leaving_a_private_group_gives_up_its_workshops_in_one_email(g: Guild) {
    g.demo().await;
    let day = day(&g, 5).await;
    let mei = g.actor("mei").await;
    g.rsvp(&mei, &day.event, 0).await.unwrap();
    g.rsvp(&mei, &day.slug(&g, 0).await, 0).await.unwrap();
    let group = g.night_owls(&[&mei]).await;
    g.rows("UPDATE groups SET visibility = 'private' WHERE slug = 'night-owls' RETURNING id").await;
    g.rows(&format!(
        "UPDATE events SET group_id = (SELECT id FROM groups WHERE slug = '{group}') \
         WHERE slug = '{0}' OR parent_id = (SELECT id FROM events WHERE slug = '{0}') RETURNING id",
        day.event
    ))
    .await;
    g.take_emails().await;
    store::groups::leave(&g.store, &mei, &group).await.unwrap();
    g.expect_emails("group_left=1").await;
    let active = "SELECT COUNT(*) FROM rsvps r JOIN events e ON e.id = r.event_id \
                  WHERE e.parent_id IS NOT NULL AND r.state IN ('going', 'waiting')";
    assert_eq!(g.number(active).await, 0);
}
