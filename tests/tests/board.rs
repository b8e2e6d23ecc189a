//! The agenda board (D4–D6): the draft and who reads it, two editors, conflicts, releases, and the emails about them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Instant, Locale, Refusal, Slug,
    board::{ConflictKind, NewSession, SessionDetails, Slot},
    search::HitKind,
};
use store::{
    StoreError, events,
    runner::run_due,
    schedule::{self, BoardPage},
    search::search,
};
use tests::{Guild, guild_test};
use uuid::Uuid;

const CANARY: &str = "Marmotvioletta";

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn new(title: &str, speakers: &[&str]) -> NewSession {
    NewSession {
        title: title.to_owned(),
        speakers: speakers.iter().map(|name| (*name).to_owned()).collect(),
        minutes: 30,
        text: String::new(),
    }
}

/// An event of Grace's with two rooms.
pub(crate) struct Hall {
    pub(crate) grace: Actor,
    pub(crate) event: Slug,
    pub(crate) rooms: Vec<Uuid>,
    pub(crate) starts: Instant,
}

impl Hall {
    pub(crate) async fn new(g: &Guild) -> Self {
        g.demo().await;
        Self::another(g).await
    }

    /// Another one in the same demo. Making the demo again would remove the first.
    pub(crate) async fn another(g: &Guild) -> Self {
        let (grace, event) = (g.actor("grace").await, g.event(None).await);
        for name in ["Hall", "Cellar"] {
            schedule::add_room(&g.store, &grace, &event, name, None).await.unwrap();
            schedule::add_room(&g.store, &grace, &event, name, None).await.unwrap();
        }
        let loaded = schedule::board(&g.store, &grace, &event).await.unwrap();
        let rooms = loaded.board.rooms.iter().map(|room| room.id).collect();
        run_due(&g.store).await.unwrap();
        g.take_emails().await;
        Self { grace, event, rooms, starts: loaded.event.starts_at }
    }

    pub(crate) fn slot(&self, room: usize, minute: i64) -> Option<Slot> {
        Some(Slot { room: self.rooms[room], starts_at: self.starts + Duration::minutes(minute) })
    }

    pub(crate) async fn add(&self, g: &Guild, title: &str, speakers: &[&str]) -> Uuid {
        schedule::add_session(&g.store, &self.grace, &self.event, &new(title, speakers), "").await.unwrap()
    }

    /// Gives a session a slot, whatever the draft has now.
    pub(crate) async fn place(&self, g: &Guild, session: Uuid, slot: Option<Slot>) -> i32 {
        let seen = self.revision(g, session).await;
        schedule::place(&g.store, &self.grace, &self.event, session, seen, slot, 30).await.unwrap()
    }

    async fn revision(&self, g: &Guild, session: Uuid) -> i32 {
        let board = self.board(g).await.board;
        board.sessions.iter().find(|other| other.id == session).unwrap().revision
    }

    pub(crate) async fn board(&self, g: &Guild) -> BoardPage {
        schedule::board(&g.store, &self.grace, &self.event).await.unwrap()
    }

    pub(crate) async fn release(&self, g: &Guild, note: &str) -> Result<u32, StoreError> {
        let seen = self.board(g).await.revision;
        schedule::release(&g.store, &self.grace, &self.event, seen, note).await
    }

    /// Title, room and minutes after the start of the event of each session that everybody sees.
    async fn agenda(&self, g: &Guild) -> Vec<(String, String, i64)> {
        let page = events::page(&g.store, &Actor::Anonymous, &self.event).await.unwrap();
        let sessions = page.agenda.into_iter().flat_map(|day| day.sessions).map(|item| item.session);
        let item = |session: domain::schedule::ScheduleSession| {
            let minute = (session.starts_at - self.starts).num_minutes();
            (session.title, session.room, minute)
        };
        sessions.map(item).collect()
    }

    pub(crate) async fn link(&self, g: &Guild, session: Uuid, key: &str, confirms: bool) {
        let member = g.actor(key).await;
        let loaded = schedule::board_session(&g.store, &self.grace, &self.event, session).await.unwrap();
        let speaker = loaded.speakers[0].id;
        let sql = format!(
            "SELECT slug FROM profiles WHERE member_id = (SELECT id FROM members WHERE demo_key = '{key}')"
        );
        let page: String = g.rows(&sql).await[0].try_get_by_index(0).unwrap();
        schedule::propose_speaker(&g.store, &self.grace, &self.event, session, speaker, &page).await.unwrap();
        if confirms {
            schedule::answer_speaker(&g.store, &member, &self.event, speaker, true).await.unwrap();
        }
        run_due(&g.store).await.unwrap();
        g.take_emails().await;
    }
}

/// D4: what is planned is nobody's business until it is released.
#[guild_test]
async fn d4_only_organisers_see_the_draft(g: Guild) {
    let hall = Hall::new(&g).await;
    let session = hall.add(&g, CANARY, &["Nora Quist"]).await;
    hall.place(&g, session, hall.slot(0, 0)).await;
    let (mei, ada) = (g.actor("mei").await, g.actor("ada").await);
    for actor in [&mei, &Actor::Anonymous] {
        for result in [
            schedule::board(&g.store, actor, &hall.event).await.map(drop),
            schedule::board_session(&g.store, actor, &hall.event, session).await.map(drop),
            schedule::board_since(&g.store, actor, &hall.event, -1).await.map(drop),
            schedule::board_clock(&g.store, actor, &hall.event).await.map(drop),
            schedule::preview(&g.store, actor, &hall.event).await.map(drop),
            schedule::releases(&g.store, actor, &hall.event, None).await.map(drop),
            schedule::show_release(&g.store, actor, &hall.event, 1).await.map(drop),
            schedule::place(&g.store, actor, &hall.event, session, 0, None, 30).await.map(drop),
            schedule::add_room(&g.store, actor, &hall.event, "Attic", None).await,
            schedule::edit_room(&g.store, actor, &hall.event, hall.rooms[0], "Attic", None).await,
            schedule::remove_room(&g.store, actor, &hall.event, hall.rooms[1]).await,
            schedule::set_buffer(&g.store, actor, &hall.event, 5).await,
            schedule::add_session(&g.store, actor, &hall.event, &new("x", &[]), "").await.map(drop),
            schedule::remove_session(&g.store, actor, &hall.event, session).await,
            schedule::release(&g.store, actor, &hall.event, 1, "").await.map(drop),
            schedule::bring_back(&g.store, actor, &hall.event, 1).await.map(drop),
        ] {
            assert!(matches!(result, Err(StoreError::Refused(_))), "{result:?}");
        }
    }
    assert!(
        schedule::board(&g.store, &ada, &hall.event).await.is_ok(),
        "administrators may edit every event"
    );
    let places = async |key: Option<&'static str>| {
        let mut seen = Vec::new();
        for path in [
            format!("/events/{}", hall.event),
            format!("/events/{}/sessions/{session}", hall.event),
            "/events".to_owned(),
            "/search?q=Marmot".to_owned(),
        ] {
            let html = g.page(&g.visit(key, &path, Locale::En).await).await.html;
            seen.push(html.contains(CANARY));
        }
        let actor = match key {
            Some(key) => g.actor(key).await,
            None => Actor::Anonymous,
        };
        let found = search(&g.store, &actor, CANARY, None, 0).await.unwrap();
        seen.push(found.count(Some(HitKind::Session)) > 0);
        seen
    };
    for key in [None, Some("mei")] {
        assert_eq!(places(key).await, [false; 5], "{key:?}");
    }
    // The control: after a release everybody sees it.
    hall.release(&g, "").await.unwrap();
    for key in [None, Some("mei")] {
        let seen = places(key).await;
        assert!(seen[0] && seen[1] && seen[4], "{seen:?}");
    }
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
}

/// D4: the second editor of the same session is told, and decides.
#[guild_test]
async fn d4_two_editors_merge(g: Guild) {
    let hall = Hall::new(&g).await;
    let ada = g.actor("ada").await;
    let (first, second) = (hall.add(&g, "First", &[]).await, hall.add(&g, "Second", &[]).await);
    let place = async |actor: &Actor, session, seen, slot| {
        schedule::place(&g.store, actor, &hall.event, session, seen, slot, 30).await
    };
    // Both opened the board before anybody moved anything. Different sessions merge.
    let by_grace = place(&hall.grace, first, 0, hall.slot(0, 0)).await.unwrap();
    place(&ada, second, 0, hall.slot(0, 30)).await.unwrap();
    // The same session does not: Ada sees Grace's version.
    let refused = refusal(place(&ada, first, 0, hall.slot(1, 60)).await);
    assert_eq!(refused, Refusal::ChangedMeanwhile { version: by_grace.into() });
    let loaded = schedule::board_session(&g.store, &ada, &hall.event, first).await.unwrap();
    assert_eq!(loaded.session.slot, hall.slot(0, 0));
    assert_eq!(loaded.change.unwrap().by.as_deref(), Some("Grace Lindqvist"));
    // Having seen it, she replaces it. The same form again changes nothing.
    let by_ada = place(&ada, first, by_grace, hall.slot(1, 60)).await.unwrap();
    assert_eq!(place(&ada, first, by_grace, hall.slot(1, 60)).await.unwrap(), by_ada);
    assert!(place(&hall.grace, first, by_grace, hall.slot(0, 0)).await.is_err());
    // What both wanted is no conflict.
    assert_eq!(place(&hall.grace, first, 0, hall.slot(1, 60)).await.unwrap(), by_ada);
    let since = schedule::board_since(&g.store, &hall.grace, &hall.event, by_ada).await.unwrap();
    assert!(since.is_none());
    assert!(schedule::board_since(&g.store, &hall.grace, &hall.event, by_grace).await.unwrap().is_some());
    // A room of another event is no room.
    let other = g.event(None).await;
    schedule::add_room(&g.store, &hall.grace, &other, "Elsewhere", None).await.unwrap();
    let room = schedule::board(&g.store, &hall.grace, &other).await.unwrap().board.rooms[0].id;
    let slot = Some(Slot { room, starts_at: hall.starts });
    assert!(matches!(place(&ada, first, by_ada, slot).await, Err(StoreError::Invalid(_))));
}

/// D4: the same through the forms, without a script.
#[guild_test]
async fn d4_forms_show_both_versions(g: Guild) {
    let hall = Hall::new(&g).await;
    let session = hall.add(&g, "Passkeys", &["Nora Quist"]).await;
    let path = format!("/events/{}/board/sessions/{session}", hall.event);
    hall.place(&g, session, hall.slot(0, 0)).await;
    let html = g.page(&g.visit(Some("grace"), &path, Locale::En).await).await.html;
    assert!(html.contains("Nora Quist") && html.contains("Grace Lindqvist moved it"), "{html}");
    let board = format!("/events/{}/board", hall.event);
    let html = g.page(&g.visit(Some("grace"), &board, Locale::En).await).await.html;
    assert!(html.contains("Passkeys") && html.contains("Release…"), "{html}");
}

/// D4: rooms and sessions that are used stay.
#[guild_test]
async fn d4_what_is_used_cannot_be_removed(g: Guild) {
    let hall = Hall::new(&g).await;
    let session = hall.add(&g, "Passkeys", &[]).await;
    hall.place(&g, session, hall.slot(0, 0)).await;
    let remove_room =
        async |at: usize| schedule::remove_room(&g.store, &hall.grace, &hall.event, hall.rooms[at]).await;
    assert_eq!(refusal(remove_room(0).await), Refusal::RoomInUse);
    let remove = async || schedule::remove_session(&g.store, &hall.grace, &hall.event, session).await;
    assert_eq!(refusal(remove().await), Refusal::SessionInUse);
    hall.release(&g, "").await.unwrap();
    hall.place(&g, session, None).await;
    assert_eq!(refusal(remove().await), Refusal::SessionInUse, "everybody sees it");
    assert_eq!(refusal(remove_room(0).await), Refusal::RoomInUse);
    assert_eq!(hall.agenda(&g).await.len(), 1);
    hall.release(&g, "").await.unwrap();
    assert_eq!(hall.agenda(&g).await.len(), 0);
    remove().await.unwrap();
    remove().await.unwrap();
    remove_room(0).await.unwrap();
    remove_room(1).await.unwrap();
    assert!(hall.board(&g).await.board.rooms.is_empty());
    let first =
        schedule::add_session(&g.store, &hall.grace, &hall.event, &new("x", &[]), "key").await.unwrap();
    let again =
        schedule::add_session(&g.store, &hall.grace, &hall.event, &new("x", &[]), "key").await.unwrap();
    assert_eq!(first, again, "the same form adds one session");
}

/// D5: a room or a person in two places blocks a release, everything else warns.
#[guild_test]
async fn d5_only_double_bookings_block_a_release(g: Guild) {
    let hall = Hall::new(&g).await;
    let first = hall.add(&g, "First", &["Nora Quist"]).await;
    let second = hall.add(&g, "Second", &["Nora Quist", "Omar Reyes"]).await;
    let kinds = async || -> Vec<ConflictKind> {
        hall.board(&g).await.conflicts.into_iter().map(|conflict| conflict.kind).collect()
    };
    hall.place(&g, first, hall.slot(0, 0)).await;
    hall.place(&g, second, hall.slot(0, 15)).await;
    let found = kinds().await;
    assert!(matches!(found[..], [ConflictKind::Room { .. }, ConflictKind::Person { .. }]), "{found:?}");
    assert_eq!(refusal(hall.release(&g, "").await), Refusal::AgendaConflicts { count: 2 });
    hall.place(&g, second, hall.slot(1, 15)).await;
    assert_eq!(refusal(hall.release(&g, "").await), Refusal::AgendaConflicts { count: 1 });
    assert!(hall.agenda(&g).await.is_empty());
    hall.place(&g, second, hall.slot(0, 35)).await;
    assert_eq!(kinds().await, []);
    schedule::set_buffer(&g.store, &hall.grace, &hall.event, 10).await.unwrap();
    let loaded = schedule::board_session(&g.store, &hall.grace, &hall.event, second).await.unwrap();
    let omar = loaded.speakers.iter().find(|speaker| speaker.name == "Omar Reyes").unwrap().id;
    let span = Some((hall.starts, hall.starts + Duration::minutes(60)));
    schedule::set_available(&g.store, &hall.grace, &hall.event, omar, span).await.unwrap();
    let found = kinds().await;
    assert!(
        matches!(
            found[..],
            [ConflictKind::Buffer { minutes: 5, .. }, ConflictKind::Unavailable { .. }]
                | [ConflictKind::Unavailable { .. }, ConflictKind::Buffer { minutes: 5, .. }]
        ),
        "{found:?}"
    );
    assert_eq!(hall.release(&g, "").await.unwrap(), 1);
    assert_eq!(hall.agenda(&g).await.len(), 2);
}

/// D5: a member who speaks at two events at once, as far as the organiser may know.
#[guild_test]
async fn d5_one_person_at_two_events(g: Guild) {
    let hall = Hall::new(&g).await;
    let other = Hall::another(&g).await;
    let there = other.add(&g, "There", &["Mei"]).await;
    other.place(&g, there, other.slot(0, 0)).await;
    other.release(&g, "").await.unwrap();
    other.link(&g, there, "mei", true).await;
    let here = hall.add(&g, "Here", &["Mei T."]).await;
    let minute = (other.starts - hall.starts).num_minutes();
    hall.place(&g, here, hall.slot(0, minute)).await;
    // Nobody may speak for Mei: without her answer there is no conflict.
    assert_eq!(hall.board(&g).await.conflicts, []);
    hall.place(&g, here, hall.slot(0, minute + 30)).await;
    hall.release(&g, "").await.unwrap();
    hall.link(&g, here, "mei", true).await;
    hall.place(&g, here, hall.slot(0, minute + 5)).await;
    let found = hall.board(&g).await.conflicts;
    assert!(matches!(&found[..], [one] if matches!(one.kind, ConflictKind::Elsewhere { .. })), "{found:?}");
    assert_eq!(refusal(hall.release(&g, "").await), Refusal::AgendaConflicts { count: 1 });
    hall.place(&g, here, hall.slot(0, minute + 30)).await;
    assert_eq!(hall.board(&g).await.conflicts, []);
}

/// D6: each release is kept, names its differences, and can be brought back.
#[guild_test]
async fn d6_releases_are_kept_and_can_be_brought_back(g: Guild) {
    let hall = Hall::new(&g).await;
    assert_eq!(refusal(hall.release(&g, "").await), Refusal::NothingToRelease);
    let (first, second) = (hall.add(&g, "First", &[]).await, hall.add(&g, "Second", &[]).await);
    hall.place(&g, first, hall.slot(0, 0)).await;
    let seen = hall.board(&g).await.revision;
    hall.place(&g, second, hall.slot(0, 30)).await;
    let late = schedule::release(&g.store, &hall.grace, &hall.event, seen, "").await;
    assert_eq!(refusal(late), Refusal::BoardChanged, "nobody releases what they did not see");
    assert_eq!(hall.release(&g, "The first").await.unwrap(), 1);
    assert_eq!(hall.release(&g, "The first").await.unwrap(), 1, "the same form again releases nothing");
    let one = hall.agenda(&g).await;
    assert_eq!(one, [("First".into(), "Hall".into(), 0), ("Second".into(), "Hall".into(), 30)]);
    let content = "SELECT content || digest FROM agenda_releases WHERE number = 1";
    let stored: String = g.rows(content).await[0].try_get_by_index(0).unwrap();

    hall.place(&g, first, hall.slot(1, 5)).await;
    hall.place(&g, second, None).await;
    schedule::edit_room(&g.store, &hall.grace, &hall.event, hall.rooms[1], "Vault", None).await.unwrap();
    assert_eq!(hall.agenda(&g).await, one, "the draft changes nothing");
    assert_eq!(hall.release(&g, "The second").await.unwrap(), 2);
    assert_eq!(hall.agenda(&g).await, [("First".into(), "Vault".into(), 5)]);
    let page = schedule::show_release(&g.store, &hall.grace, &hall.event, 2).await.unwrap();
    let short: Vec<_> = page
        .changes
        .iter()
        .map(|change| (change.title.as_str(), change.before.is_some(), change.after.is_some()))
        .collect();
    assert_eq!(short, [("First", true, true), ("Second", true, false)]);
    assert_eq!((page.sessions, page.is_last, page.card.note.as_str()), (1, true, "The second"));
    let (_, cards) = schedule::releases(&g.store, &hall.grace, &hall.event, None).await.unwrap();
    let cards: Vec<_> = cards.iter().map(|card| (card.number, card.is_import, card.by.clone())).collect();
    let grace = Some("Grace Lindqvist".to_owned());
    assert_eq!(cards, [(2, false, grace.clone()), (1, false, grace)]);

    assert_eq!(schedule::bring_back(&g.store, &hall.grace, &hall.event, 1).await.unwrap(), 0);
    assert_eq!(hall.agenda(&g).await.len(), 1, "it is in the draft first");
    assert_eq!(hall.release(&g, "").await.unwrap(), 3);
    assert_eq!(hall.agenda(&g).await, one);
    let now: String = g.rows(content).await[0].try_get_by_index(0).unwrap();
    assert_eq!(now, stored, "a release never changes");
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    // The control: a release that was changed is noticed.
    g.rows("UPDATE agenda_releases SET content = '[]' WHERE number = 1 RETURNING id").await;
    let changed = schedule::show_release(&g.store, &hall.grace, &hall.event, 1).await;
    assert!(matches!(changed, Err(StoreError::Corrupt(_))), "{changed:?}");
}

/// D6: only people whose sessions moved are emailed, once each.
#[guild_test]
async fn d6_only_those_affected_are_emailed(g: Guild) {
    let hall = Hall::new(&g).await;
    let (moved, stays) =
        (hall.add(&g, "Moved", &["Mei T."]).await, hall.add(&g, "Stays", &["Kofi M."]).await);
    let asked = hall.add(&g, "Asked", &["Sofia"]).await;
    let also = hall.add(&g, "Also moved", &["Mei T."]).await;
    for (at, session) in [moved, stays, asked, also].into_iter().enumerate() {
        hall.place(&g, session, hall.slot(0, 30 * i64::try_from(at).unwrap())).await;
    }
    hall.release(&g, "").await.unwrap();
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    hall.link(&g, moved, "mei", true).await;
    hall.link(&g, stays, "kofi", true).await;
    hall.link(&g, asked, "sofia", false).await;
    hall.place(&g, moved, hall.slot(1, 5)).await;
    hall.place(&g, asked, hall.slot(1, 65)).await;
    hall.place(&g, also, None).await;
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    hall.release(&g, "").await.unwrap();
    run_due(&g.store).await.unwrap();
    let email = g.emails_of("agenda_changed").await.remove(0);
    g.expect_emails("agenda_changed=1").await;
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    let sessions = email["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2, "{email}");
    assert_eq!(sessions[0]["title"], "Moved");
    assert_eq!(
        (&sessions[0]["before"]["room"], &sessions[0]["after"]["room"]),
        (&"Hall".into(), &"Cellar".into())
    );
    assert!(sessions[1]["after"].is_null(), "{email}");
    // A title of a room is a move too, and a release without a move emails nobody.
    schedule::edit_room(&g.store, &hall.grace, &hall.event, hall.rooms[1], "Vault", None).await.unwrap();
    hall.release(&g, "").await.unwrap();
    run_due(&g.store).await.unwrap();
    g.expect_emails("agenda_changed").await;
    let more = hall.add(&g, "More", &["Nobody in particular"]).await;
    hall.place(&g, more, hall.slot(0, 240)).await;
    hall.release(&g, "").await.unwrap();
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
}

/// D6, D9: an import is a release, and leaves what was planned here alone.
#[guild_test]
async fn d6_an_import_is_a_release(g: Guild) {
    g.demo().await;
    let mut file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let ada = g.actor("ada").await;
    let slug = schedule::import(&g.store, &ada, &file, &[]).await.unwrap().slug;
    schedule::import(&g.store, &ada, &file, &[]).await.unwrap();
    let numbers = async || -> Vec<(u32, bool)> {
        let (_, cards) = schedule::releases(&g.store, &ada, &slug, None).await.unwrap();
        cards.iter().map(|card| (card.number, card.is_import)).collect()
    };
    assert_eq!(numbers().await, [(1, true)], "the same file again is no release");
    let loaded = schedule::board(&g.store, &ada, &slug).await.unwrap();
    assert_eq!(loaded.changes, 0);
    // One session is added and released here, and one of the file is moved in the draft only.
    let own = schedule::add_session(&g.store, &ada, &slug, &new(CANARY, &[]), "").await.unwrap();
    let room = loaded.board.rooms[0].id;
    let late = loaded.event.ends_at + Duration::hours(1);
    let slot = Some(Slot { room, starts_at: late });
    schedule::place(&g.store, &ada, &slug, own, 0, slot, 30).await.unwrap();
    // Two sessions of the file overlap. Everybody sees that already, so it blocks no release. A new conflict does.
    let preview = schedule::preview(&g.store, &ada, &slug).await.unwrap();
    assert_eq!((preview.conflicts.len(), preview.known.len()), (0, 1));
    let overlaps = preview.known[0].session;
    let moved = loaded.board.sessions.iter().find(|session| session.id != overlaps).unwrap().clone();
    schedule::place(&g.store, &ada, &slug, moved.id, 0, slot, moved.minutes).await.unwrap();
    let clash = schedule::board(&g.store, &ada, &slug).await.unwrap();
    assert_eq!(
        refusal(schedule::release(&g.store, &ada, &slug, clash.revision, "").await),
        Refusal::AgendaConflicts { count: 1 }
    );
    let at = |id| clash.board.sessions.iter().find(|session| session.id == id).unwrap().revision;
    schedule::place(&g.store, &ada, &slug, moved.id, at(moved.id), moved.slot, moved.minutes).await.unwrap();
    let seen = schedule::board(&g.store, &ada, &slug).await.unwrap().revision;
    schedule::release(&g.store, &ada, &slug, seen, "").await.unwrap();
    let back = schedule::board(&g.store, &ada, &slug).await.unwrap();
    let moved = back.board.sessions.iter().find(|session| session.id == moved.id).unwrap().clone();
    let later = Some(Slot { room, starts_at: late + Duration::hours(1) });
    schedule::place(&g.store, &ada, &slug, moved.id, moved.revision, later, moved.minutes).await.unwrap();
    let sessions = file.days.iter_mut().flat_map(|day| &mut day.sessions);
    let other = sessions.into_iter().find(|one| one.title != moved.title).unwrap();
    other.minutes += 5;
    schedule::import(&g.store, &ada, &file, &[]).await.unwrap();
    assert_eq!(numbers().await, [(3, true), (2, false), (1, true)]);
    let now = schedule::board(&g.store, &ada, &slug).await.unwrap();
    let find = |id| now.board.sessions.iter().find(|session| session.id == id).unwrap();
    assert_eq!(find(moved.id).slot, later, "the draft of other sessions stays");
    let page = events::page(&g.store, &Actor::Anonymous, &slug).await.unwrap();
    let shown = page.agenda.iter().flat_map(|day| &day.sessions).any(|item| item.session.title == CANARY);
    assert!(!shown, "the file does not have the session");
    assert_eq!(find(own).title, CANARY, "but it was not deleted");
}

/// D6: an import that removes sessions tells their confirmed speakers and the people who saved them, once each.
#[guild_test]
async fn d6_an_import_that_removes_sessions_tells_their_people(g: Guild) {
    g.demo().await;
    let mut file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let ahead = Duration::days((g.now() - file.span().unwrap().0).num_days() + 30);
    for day in &mut file.days {
        day.date += ahead;
        day.sessions.iter_mut().for_each(|session| session.starts_at += ahead);
    }
    let ada = g.actor("ada").await;
    let slug = schedule::import(&g.store, &Actor::Operator, &file, &[]).await.unwrap().slug;
    let page = events::page(&g.store, &ada, &slug).await.unwrap();
    let items: Vec<_> = page.agenda.into_iter().flat_map(|day| day.sessions).collect();
    let id_of = |guid: &str| items.iter().find(|item| item.session.guid == guid).unwrap().id;
    let first_of = |day: usize| file.days[day].sessions[0].guid.clone();
    let (one, other, stays) = (first_of(0), first_of(1), file.days[1].sessions[1].guid.clone());
    let speaks = file.days[0].sessions.iter().position(|session| !session.speakers.is_empty()).unwrap();
    let spoken = file.days[0].sessions[speaks].guid.clone();
    let [mei, kofi, sofia] = [g.actor("mei").await, g.actor("kofi").await, g.actor("sofia").await];
    // Mei saved two that go, Kofi speaks in one, and Sofia saved one that stays.
    for (who, guid) in [(&mei, &one), (&mei, &other), (&sofia, &stays)] {
        schedule::save_session(&g.store, who, &slug, id_of(guid), true).await.unwrap();
    }
    let speaker = schedule::session(&g.store, &ada, &slug, id_of(&spoken)).await.unwrap().speakers[0].id;
    schedule::propose_speaker(&g.store, &ada, &slug, id_of(&spoken), speaker, "kofi-mensah").await.unwrap();
    schedule::answer_speaker(&g.store, &kofi, &slug, speaker, true).await.unwrap();
    run_due(&g.store).await.unwrap();
    g.take_emails().await;
    for day in &mut file.days {
        day.sessions.retain(|session| ![&one, &other, &spoken].contains(&&session.guid));
    }
    schedule::import(&g.store, &Actor::Operator, &file, &[]).await.unwrap();
    run_due(&g.store).await.unwrap();
    let mut counts: Vec<usize> = g
        .emails_of("agenda_changed")
        .await
        .iter()
        .map(|email| email["sessions"].as_array().unwrap().len())
        .collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 2]);
    g.expect_emails("agenda_changed=2").await;
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM session_removals").await, 0);
    // The same file again removes nothing, so nobody hears of it.
    schedule::import(&g.store, &Actor::Operator, &file, &[]).await.unwrap();
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
}

/// D4: the title, the text and the speakers are changed on the board. Two editors see both versions.
#[guild_test]
async fn d4_details_of_a_session_change_on_the_board(g: Guild) {
    let hall = Hall::new(&g).await;
    let id = hall.add(&g, "Passkeys", &["Mei T.", "Nora Quist"]).await;
    hall.place(&g, id, hall.slot(0, 0)).await;
    hall.release(&g, "").await.unwrap();
    hall.link(&g, id, "mei", true).await;
    let loaded = async || schedule::board_session(&g.store, &hall.grace, &hall.event, id).await.unwrap();
    let before = loaded().await;
    let wanted = SessionDetails {
        title: "Passkeys, finally".into(),
        speakers: vec!["Mei T.".into(), "Quist, Otto".into()],
        track: "Sign-in".into(),
        summary: String::new(),
        text: "One.\n\nTwo **bold** words.".into(),
    };
    let edit = async |who: &Actor, seen: i64, wanted: &SessionDetails| {
        schedule::edit_session(&g.store, who, &hall.event, id, seen, wanted).await
    };
    let mei = g.actor("mei").await;
    assert_eq!(refusal(edit(&mei, before.details_version, &wanted).await), Refusal::NotAllowed);
    // The same form twice is one change.
    for _ in 0..2 {
        edit(&hall.grace, before.details_version, &wanted).await.unwrap();
    }
    let page = schedule::session(&g.store, &Actor::Anonymous, &hall.event, id).await.unwrap();
    assert_eq!(page.item.session.title, "Passkeys, finally");
    assert_eq!(page.item.session.track, "Sign-in");
    let calendar = async |track| schedule::calendar(&g.store, &mei, &hall.event, None, Some(track)).await;
    let (_, name, entries) = calendar(page.item.track.unwrap()).await.unwrap();
    assert_eq!((name.as_deref(), entries.len()), (Some("Sign-in"), 1));
    assert!(page.item.session.description.contains("<strong>bold</strong>"));
    let names: Vec<&str> = page.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    assert_eq!(names, ["Mei T.", "Quist, Otto"]);
    let page = schedule::session(&g.store, &mei, &hall.event, id).await.unwrap();
    assert!(page.speakers[0].link.is_some(), "who stays keeps the link to the member");
    assert!(!hall.board(&g).await.board.sessions.is_empty());
    let found = search(&g.store, &Actor::Anonymous, "finally", None, 0).await.unwrap();
    let title: String = found.hits[0].title.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(title, "Passkeys, finally");
    // Somebody else saw the version before.
    let other = SessionDetails { title: "Passwords".into(), ..before.details.clone() };
    let now = loaded().await;
    assert_eq!(
        refusal(edit(&hall.grace, before.details_version, &other).await),
        Refusal::ChangedMeanwhile { version: now.details_version }
    );
    edit(&hall.grace, now.details_version, &other).await.unwrap();
    assert_eq!(loaded().await.details.title, "Passwords");
    run_due(&g.store).await.unwrap();
    g.take_emails().await;
}

/// D9: the text of a session from a file keeps its links while only its title changes.
#[guild_test]
async fn d9_an_edited_session_exports_what_nobody_changed(g: Guild) {
    g.demo().await;
    let file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let ada = g.actor("ada").await;
    let slug = schedule::import(&g.store, &ada, &file, &[]).await.unwrap().slug;
    let page = events::page(&g.store, &ada, &slug).await.unwrap();
    for item in page.agenda.iter().flat_map(|day| &day.sessions) {
        let loaded = schedule::board_session(&g.store, &ada, &slug, item.id).await.unwrap();
        let wanted = SessionDetails { title: "Renamed".into(), ..loaded.details };
        schedule::edit_session(&g.store, &ada, &slug, item.id, loaded.details_version, &wanted)
            .await
            .unwrap();
    }
    let after = schedule::whole(&g.store, &ada, &slug).await.unwrap();
    let after = format!("{:?}", after);
    for session in page.agenda.iter().flat_map(|day| &day.sessions).map(|item| &item.session) {
        let kept = format!("{:?}", session.description);
        assert!(after.contains(&kept), "{kept}");
        let kept = format!("{:?}", session.speakers);
        assert!(after.contains(&kept), "{kept}");
    }
    g.take_emails().await;
}
