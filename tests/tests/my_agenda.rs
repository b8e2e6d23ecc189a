//! The agenda of a member: saved sessions, who reads them, and what happens when they move (D5, D6, D11).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{Actor, Refusal, board::ConflictKind, events::EventStatus};
use store::{
    StoreError, data, events, feeds,
    runner::run_due,
    schedule::{self, SessionEntry},
};
use tests::{Guild, guild_test};
use uuid::Uuid;

use crate::board::Hall;

/// A hall with two sessions that overlap and one after them, released.
async fn hall_with_three(g: &Guild) -> (Hall, [Uuid; 3]) {
    let hall = Hall::new(g).await;
    let sessions = [
        hall.add(g, "Passkeys", &["Mei T."]).await,
        hall.add(g, "Fuzzing", &["Nora Quist"]).await,
        hall.add(g, "Closing", &[]).await,
    ];
    hall.place(g, sessions[0], hall.slot(0, 0)).await;
    hall.place(g, sessions[1], hall.slot(1, 15)).await;
    hall.place(g, sessions[2], hall.slot(0, 60)).await;
    hall.release(g, "").await.unwrap();
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    (hall, sessions)
}

async fn save(g: &Guild, hall: &Hall, who: &Actor, session: Uuid, wanted: bool) -> Result<(), StoreError> {
    schedule::save_session(&g.store, who, &hall.event, session, wanted).await
}

async fn mine(g: &Guild, hall: &Hall, who: &Actor) -> Vec<String> {
    let loaded = schedule::my_agenda(&g.store, who, &hall.event).await.unwrap();
    loaded.days.into_iter().flat_map(|day| day.sessions).map(|item| item.session.title).collect()
}

async fn count(g: &Guild) -> i64 {
    g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM saved_sessions").await
}

/// D11: a session is saved once, however often the form is sent, and two that overlap are named together.
#[guild_test]
async fn d11_saved_sessions_overlap_visibly(g: Guild) {
    let (hall, [first, second, third]) = hall_with_three(&g).await;
    let mei = g.actor("mei").await;
    let before = count(&g).await;
    for session in [third, first, second, first] {
        save(&g, &hall, &mei, session, true).await.unwrap();
    }
    assert_eq!(count(&g).await, before + 3);
    assert_eq!(mine(&g, &hall, &mei).await, ["Passkeys", "Fuzzing", "Closing"]);
    let loaded = schedule::my_agenda(&g.store, &mei, &hall.event).await.unwrap();
    assert_eq!(loaded.clashes, [(first, second)]);
    let page = schedule::session(&g.store, &mei, &hall.event, first).await.unwrap();
    assert!(page.is_saved);
    assert_eq!(page.clashes, [(second, "Fuzzing".to_owned())]);
    for _ in 0..2 {
        save(&g, &hall, &mei, second, false).await.unwrap();
    }
    assert_eq!(mine(&g, &hall, &mei).await, ["Passkeys", "Closing"]);
    // The control: without the second session nothing overlaps, and its page says what would.
    let loaded = schedule::my_agenda(&g.store, &mei, &hall.event).await.unwrap();
    assert_eq!(loaded.clashes, []);
    let page = schedule::session(&g.store, &mei, &hall.event, second).await.unwrap();
    assert!(!page.is_saved);
    assert_eq!(page.clashes, [(first, "Passkeys".to_owned())]);
    // Only sessions that everybody sees can be saved.
    let draft = hall.add(&g, "Draft", &[]).await;
    hall.place(&g, draft, hall.slot(1, 120)).await;
    let other = Hall::another(&g).await;
    for (event, session) in [(&hall.event, draft), (&other.event, first), (&hall.event, Uuid::nil())] {
        let saved = schedule::save_session(&g.store, &mei, event, session, true).await;
        assert!(matches!(saved, Err(StoreError::NotFound)), "{saved:?}");
    }
    let visitor = save(&g, &hall, &Actor::Anonymous, first, true).await;
    assert!(matches!(visitor, Err(StoreError::Refused(Refusal::SignInFirst))), "{visitor:?}");
}

/// D11: which sessions a member saved is read by nobody else, and not by the member after they lose the event.
#[guild_test]
async fn d11_only_the_member_reads_what_they_saved(g: Guild) {
    let (hall, [first, ..]) = hall_with_three(&g).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let audit = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit";
    let audited = g.number(audit).await;
    save(&g, &hall, &mei, first, true).await.unwrap();
    assert_eq!(g.number(audit).await, audited, "admins read the audit log");
    let token = feeds::make(&g.store, &mei).await.unwrap();
    let other_token = feeds::make(&g.store, &kofi).await.unwrap();
    let fed =
        async |token: &str| -> Vec<SessionEntry> { feeds::private(&g.store, token).await.unwrap().sessions };
    let copied = async |key: &str| -> bool {
        let actor = g.actor(key).await;
        let copy = data::copy_of(&g.store, &actor).await.unwrap();
        let table = copy.tables.iter().find(|table| table.name == "saved_sessions").unwrap();
        format!("{:?}", table.rows).contains("saved_at")
    };
    // The member themselves.
    assert_eq!(mine(&g, &hall, &mei).await, ["Passkeys"]);
    assert!(events::page(&g.store, &mei, &hall.event).await.unwrap().saved.contains(&first));
    assert!(fed(&token).await.iter().any(|entry| entry.id == first));
    assert!(copied("mei").await);
    // Everybody else: another member, the organiser, an admin, visitors, feeds, copies.
    for key in ["kofi", "grace", "ada"] {
        let other = g.actor(key).await;
        assert_eq!(mine(&g, &hall, &other).await, Vec::<String>::new(), "{key}");
        assert!(!events::page(&g.store, &other, &hall.event).await.unwrap().saved.contains(&first), "{key}");
        let page = schedule::session(&g.store, &other, &hall.event, first).await.unwrap();
        assert!(!page.is_saved, "{key}");
    }
    assert!(events::page(&g.store, &Actor::Anonymous, &hall.event).await.unwrap().saved.is_empty());
    let visitor = schedule::my_agenda(&g.store, &Actor::Anonymous, &hall.event).await.unwrap_err();
    assert!(matches!(visitor, StoreError::Refused(Refusal::SignInFirst)), "{visitor:?}");
    assert!(fed(&other_token).await.iter().all(|entry| entry.id != first));
    assert!(!copied("kofi").await);
    // The event becomes one of a private group that Mei is not in.
    let group = g.night_owls(&[]).await;
    g.rows("UPDATE groups SET visibility = 'private' WHERE slug = 'night-owls' RETURNING id").await;
    g.rows(&format!(
        "UPDATE events SET group_id = (SELECT id FROM groups WHERE slug = '{group}') WHERE slug = '{}' RETURNING id",
        hall.event
    ))
    .await;
    assert!(fed(&token).await.iter().all(|entry| entry.id != first));
    let hidden = schedule::my_agenda(&g.store, &mei, &hall.event).await.unwrap_err();
    assert!(matches!(hidden, StoreError::NotFound), "{hidden:?}");
    let again = save(&g, &hall, &mei, first, true).await;
    assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");
    save(&g, &hall, &mei, first, false).await.unwrap();
    assert!(!copied("mei").await);
    g.take_emails().await;
}

/// D11: the private calendar follows a session: it moves with it, says that it is cancelled, and forgets it.
#[guild_test]
async fn d11_the_calendar_follows_a_saved_session(g: Guild) {
    let (hall, [first, second, _]) = hall_with_three(&g).await;
    let mei = g.actor("mei").await;
    for session in [first, second] {
        save(&g, &hall, &mei, session, true).await.unwrap();
    }
    let token = feeds::make(&g.store, &mei).await.unwrap();
    let fed = async || -> Vec<SessionEntry> {
        let sessions = feeds::private(&g.store, &token).await.unwrap().sessions;
        sessions.into_iter().filter(|entry| entry.event.slug == hall.event).collect()
    };
    let before = fed().await;
    assert_eq!(before.iter().map(|entry| entry.id).collect::<Vec<_>>(), [first, second]);
    hall.place(&g, first, hall.slot(1, 90)).await;
    assert_eq!(fed().await[0].session.starts_at, hall.starts, "a draft changes nothing");
    g.advance(Duration::minutes(1));
    hall.release(&g, "").await.unwrap();
    let after = fed().await;
    let moved = after.iter().find(|entry| entry.id == first).unwrap();
    assert_eq!(moved.session.starts_at, hall.starts + Duration::minutes(90));
    assert_eq!(moved.session.room, "Cellar");
    assert!(moved.sequence > before[0].sequence && moved.updated_at > before[0].updated_at);
    // A session without a slot is gone, and so is one that the member removed.
    hall.place(&g, second, None).await;
    hall.release(&g, "").await.unwrap();
    assert_eq!(fed().await.iter().map(|entry| entry.id).collect::<Vec<_>>(), [first]);
    events::cancel(&g.store, &hall.grace, &hall.event, "Snow").await.unwrap();
    let cancelled = fed().await;
    assert_eq!(cancelled[0].event.status, EventStatus::Cancelled);
    assert!(cancelled[0].sequence > moved.sequence);
    save(&g, &hall, &mei, first, false).await.unwrap();
    assert!(fed().await.is_empty());
    run_due(&g.store).await.unwrap();
    g.take_emails().await;
}

/// D6: people who saved a session that moves or disappears get one email with all of them, speakers or not.
#[guild_test]
async fn d6_people_who_saved_a_session_hear_of_its_move(g: Guild) {
    let (hall, [first, second, third]) = hall_with_three(&g).await;
    hall.link(&g, first, "mei", true).await;
    let [mei, kofi, sofia, ines] =
        [g.actor("mei").await, g.actor("kofi").await, g.actor("sofia").await, g.actor("ines").await];
    // Mei speaks in the first and saved it too. Kofi saved two that change, Sofia one that stays.
    for (who, session) in
        [(&mei, first), (&mei, second), (&kofi, first), (&kofi, second), (&sofia, third), (&ines, first)]
    {
        save(&g, &hall, who, session, true).await.unwrap();
    }
    save(&g, &hall, &ines, first, false).await.unwrap();
    hall.place(&g, first, hall.slot(1, 120)).await;
    hall.place(&g, second, None).await;
    hall.release(&g, "").await.unwrap();
    run_due(&g.store).await.unwrap();
    let emails = g.emails_of("agenda_changed").await;
    g.expect_emails("agenda_changed=2").await;
    for email in emails {
        assert_eq!(email["sessions"].as_array().unwrap().len(), 2, "{email}");
    }
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    // The control: the session that stayed moves, and only the member who saved it hears of it.
    hall.place(&g, third, hall.slot(1, 180)).await;
    hall.release(&g, "").await.unwrap();
    run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("agenda_changed").await.remove(0)["sessions"].as_array().unwrap().len(), 1);
    g.expect_emails("agenda_changed=1").await;
}

/// D5: more members saved a session than its room holds. It warns, and blocks no release.
#[guild_test]
async fn d5_more_people_than_the_room_holds(g: Guild) {
    let (hall, [first, ..]) = hall_with_three(&g).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    schedule::edit_room(&g.store, &hall.grace, &hall.event, hall.rooms[0], "Hall", Some(1)).await.unwrap();
    let kinds = async || -> Vec<ConflictKind> {
        hall.board(&g).await.conflicts.into_iter().map(|conflict| conflict.kind).collect()
    };
    save(&g, &hall, &mei, first, true).await.unwrap();
    assert_eq!(kinds().await, [], "one fits");
    save(&g, &hall, &kofi, first, true).await.unwrap();
    assert_eq!(kinds().await, [ConflictKind::Capacity { capacity: 1, sign_ups: 2 }]);
    hall.place(&g, first, hall.slot(0, 5)).await;
    hall.release(&g, "").await.unwrap();
    assert_eq!(kinds().await, [ConflictKind::Capacity { capacity: 1, sign_ups: 2 }]);
    hall.place(&g, first, hall.slot(1, 120)).await;
    assert_eq!(kinds().await, [], "the other room has no limit");
    run_due(&g.store).await.unwrap();
    g.expect_emails("agenda_changed=2").await;
}
