//! The day of an event: what runs now and next (D12), the screens of rooms (D13), and calendars of rooms (D15).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{Actor, Locale, Refusal};
use store::{StoreError, runner::run_due, schedule};
use tests::{Guild, guild_test};
use uuid::Uuid;

use crate::board::Hall;

/// A hall with two sessions in the first room and one in the other, released.
async fn hall_with_three(g: &Guild) -> (Hall, [Uuid; 3]) {
    let hall = Hall::new(g).await;
    let sessions = [
        hall.add(g, "Opening, in short", &["Nora Quist"]).await,
        hall.add(g, "Passkeys", &[]).await,
        hall.add(g, "Fuzzing", &[]).await,
    ];
    hall.place(g, sessions[0], hall.slot(0, 0)).await;
    hall.place(g, sessions[1], hall.slot(0, 30)).await;
    hall.place(g, sessions[2], hall.slot(1, 10)).await;
    hall.release(g, "").await.unwrap();
    run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    (hall, sessions)
}

/// Makes the event of the hall one of a private group that only its host and Ada are in.
async fn hide(g: &Guild, hall: &Hall) {
    let group = g.night_owls(&[&hall.grace]).await;
    g.rows("UPDATE groups SET visibility = 'private' WHERE slug = 'night-owls' RETURNING id").await;
    let sql = format!(
        "UPDATE events SET group_id = (SELECT id FROM groups WHERE slug = '{group}') WHERE slug = '{}' RETURNING id",
        hall.event
    );
    g.rows(&sql).await;
}

/// D12: on the day, the page begins with each room's now and next, and with the reader's own sessions.
#[guild_test]
async fn d12_the_day_begins_with_now_and_next(g: Guild) {
    let (hall, [_, second, _]) = hall_with_three(&g).await;
    let mei = g.actor("mei").await;
    schedule::save_session(&g.store, &mei, &hall.event, second, true).await.unwrap();
    let page = async |who: Option<&str>| {
        let visit = g.visit(who, &format!("/events/{}", hall.event), Locale::En).await;
        g.page(&visit).await.html
    };
    // The control: days before, there is no such section.
    assert!(!page(None).await.contains("Now and next"));
    let until = hall.starts + Duration::minutes(20) - g.now();
    g.advance(until);
    let html = page(None).await;
    let section = html.split("class=\"now\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(section.contains("Opening, in short") && section.contains("10 minutes left"), "{section}");
    assert!(section.contains("Passkeys") && section.contains("in 10 minutes"), "{section}");
    assert!(section.contains("Fuzzing") && section.contains("20 minutes left"), "{section}");
    assert!(!section.contains("Your sessions"), "{section}");
    let html = page(Some("mei")).await;
    let section = html.split("class=\"now\"").nth(1).unwrap();
    let (own, rooms) = section.split_once("now-rooms").unwrap();
    assert!(own.contains("Your sessions") && own.contains("Passkeys") && !own.contains("Fuzzing"), "{own}");
    assert!(rooms.contains("Fuzzing"));
    g.advance(Duration::minutes(60));
    assert!(!page(None).await.contains("Now and next"), "everything is over");
    g.take_emails().await;
}

/// D13: the link needs no account and ends when an organiser says so. It never shows what visitors may not see.
#[guild_test]
async fn d13_a_screen_shows_what_visitors_see(g: Guild) {
    let (hall, _) = hall_with_three(&g).await;
    let room = hall.rooms[0];
    for key in ["mei", "kofi"] {
        let other = g.actor(key).await;
        let refused = schedule::screen_number(&g.store, &other, &hall.event, room).await;
        assert!(matches!(refused, Err(StoreError::Refused(Refusal::NotAllowed))), "{refused:?}");
        let refused = schedule::end_screens(&g.store, &other, &hall.event, room, 0).await;
        assert!(matches!(refused, Err(StoreError::Refused(Refusal::NotAllowed))), "{refused:?}");
    }
    let number = schedule::screen_number(&g.store, &hall.grace, &hall.event, room).await.unwrap();
    let screen = async |number: i32| {
        schedule::room_screen(&g.store, &hall.event, room, number, g.now())
            .await
            .map(|screen| screen.sessions.into_iter().map(|session| session.title).collect::<Vec<_>>())
    };
    assert_eq!(screen(number).await.unwrap(), ["Opening, in short", "Passkeys"]);
    // A draft is nobody's business.
    let draft = hall.add(&g, "Canarydraft", &[]).await;
    hall.place(&g, draft, hall.slot(0, 90)).await;
    assert_eq!(screen(number).await.unwrap().len(), 2);
    let another = Hall::another(&g).await;
    let wrong = schedule::room_screen(&g.store, &another.event, room, number, g.now()).await;
    assert!(matches!(wrong, Err(StoreError::NotFound)), "{wrong:?}");
    for _ in 0..2 {
        schedule::end_screens(&g.store, &hall.grace, &hall.event, room, number).await.unwrap();
    }
    assert!(matches!(screen(number).await, Err(StoreError::NotFound)), "the link was ended");
    let newer = schedule::screen_number(&g.store, &hall.grace, &hall.event, room).await.unwrap();
    assert_eq!(newer, number + 1, "ending it twice ends one link");
    assert_eq!(screen(newer).await.unwrap().len(), 2);
    hide(&g, &hall).await;
    assert!(matches!(screen(newer).await, Err(StoreError::NotFound)), "the event is private now");
    assert!(
        schedule::screen_numbers(&g.store, &hall.grace, &hall.event).await.is_ok_and(|all| all.is_none())
    );
    g.take_emails().await;
}

/// D13, D15: over HTTP, the screen loads itself again without a script, and each room is a calendar.
#[guild_test]
async fn d15_rooms_are_calendars(g: Guild) {
    let (hall, [first, second, third]) = hall_with_three(&g).await;
    let portal = g.portal(&[]).await;
    let session = g.session_of("grace").await;
    let grace = portal.browser();
    let link = format!("/events/{}/board/rooms/{}/screen", hall.event, hall.rooms[0]);
    let cookie = format!("guildhall={session}");
    let link = grace.send(reqwest::Method::GET, &link, &[("cookie", &cookie)], None).await.location;
    assert!(link.contains("/screen/"), "{link}");
    let screen = portal.browser().get(&link).await;
    assert_eq!((screen.status, screen.header("refresh")), (200, "30"));
    assert!(screen.body.contains("Opening, in short") && !screen.body.contains("<form"), "{}", screen.body);
    let wrong = format!("/events/{}/screen/wrong", hall.event);
    assert_eq!(portal.browser().get(&wrong).await.status, 404);

    let calendar = async |query: &str| {
        portal.browser().get(&format!("/events/{}/schedule.ics{query}", hall.event)).await
    };
    let all = calendar("").await;
    assert!(all.header("content-type").starts_with("text/calendar"));
    for id in [first, second, third] {
        assert!(all.body.contains(&format!("UID:{id}")), "{}", all.body);
    }
    let room = format!("?room={}", hall.rooms[0]);
    let one = calendar(&room).await.body;
    assert!(one.contains(&format!("UID:{first}")) && one.contains(&format!("UID:{second}")), "{one}");
    assert!(!one.contains(&third.to_string()) && !one.contains("METHOD:"), "{one}");
    assert!(one.contains("SUMMARY:Opening\\, in short") && one.contains("LOCATION:Hall"), "{one}");
    for unknown in ["?room=x", &format!("?room={}", Uuid::nil()), &format!("?track={}", Uuid::nil())] {
        assert_eq!(calendar(unknown).await.status, 404, "{unknown}");
    }
    // The session moves to the other room with the same UID and a higher SEQUENCE.
    let sequence = |body: &str| -> u32 {
        let event = body.split("BEGIN:VEVENT").find(|event| event.contains(&first.to_string())).unwrap();
        event.lines().find_map(|line| line.strip_prefix("SEQUENCE:")).unwrap().parse().unwrap()
    };
    hall.place(&g, first, hall.slot(1, 60)).await;
    hall.release(&g, "").await.unwrap();
    let moved = calendar(&format!("?room={}", hall.rooms[1])).await.body;
    assert!(sequence(&moved) > sequence(&one));
    assert!(!calendar(&room).await.body.contains(&first.to_string()));
    hide(&g, &hall).await;
    assert_eq!(calendar("").await.status, 404, "the event is private now");
    assert!(schedule::calendar(&g.store, &g.actor("ada").await, &hall.event, None, None).await.is_ok());
    let visitor = schedule::calendar(&g.store, &Actor::Anonymous, &hall.event, None, None).await;
    assert!(matches!(visitor, Err(StoreError::NotFound)), "{visitor:?}");
    portal.stop().await;
    g.take_emails().await;
}
