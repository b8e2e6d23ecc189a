//! Follow-the-sun (B8): what an organiser sees of the audience's local hours while choosing a time, and series whose start times
//! take turns.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Actor, Locale, Slug, groups::GroupRole};
use sea_orm::ConnectionTrait as _;
use store::{groups, series};
use tests::{Guild, group_details, guild_test};
use uuid::Uuid;

/// A group of Grace's with `people` of a crowd, whose clocks are in Tokyo.
async fn far_away(g: &Guild, name: &str, people: &[Actor]) -> Slug {
    let (ada, grace) = (g.actor("ada").await, g.actor("grace").await);
    let group = groups::create(&g.store, &ada, group_details(name), "").await.unwrap();
    groups::add(&g.store, &ada, &group, grace.member().unwrap(), GroupRole::Organiser).await.unwrap();
    for person in people {
        let member = person.member().unwrap();
        groups::add(&g.store, &ada, &group, member, GroupRole::Member).await.unwrap();
        set(g, member.0, "zone = 'Asia/Tokyo'").await;
    }
    g.take_emails().await;
    group
}

async fn set(g: &Guild, member: Uuid, change: &str) {
    // SQLite keeps ids as bytes, and PostgreSQL as ids of its own kind.
    let literal = match g.raw().get_database_backend() {
        sea_orm::DatabaseBackend::Sqlite => format!("x'{}'", member.simple()),
        _ => format!("'{member}'"),
    };
    g.raw().execute_unprepared(&format!("UPDATE members SET {change} WHERE id = {literal}")).await.unwrap();
}

/// The form of an event of Grace's in a group at noon in London, as a form that came back shows it.
async fn form(g: &Guild, group: &Slug) -> String {
    let visit = g.visit(Some("grace"), "/events/new", Locale::En).await;
    let fields = [
        ("title", ""),
        ("kind", "talk"),
        ("group", group.as_str()),
        ("place", "The loft"),
        ("zone", "Europe/London"),
        ("date", "2027-01-12"),
        ("time", "12:00"),
        ("minutes", "60"),
    ];
    g.post(&visit, "/api/events/create", &fields, "text/html").await;
    g.page(&visit).await.html
}

/// B8: while an organiser chooses a time, they see the local hours of groups of five or more people, and nothing about fewer.
#[guild_test]
async fn b8_an_organiser_sees_the_local_hours_of_five_people_or_more(g: Guild) {
    g.demo().await;
    let crowd = g.crowd(5).await;
    let line = "5 people, score";
    let five = far_away(&g, "Five", &crowd).await;
    let html = form(&g, &five).await;
    assert!(html.contains(line) && html.contains("21:00") && html.contains("Tokyo"), "{html}");
    // Four people are no line, whether one is missing or suspended.
    let four = far_away(&g, "Four", &crowd[..4]).await;
    assert!(!form(&g, &four).await.contains(line));
    set(&g, crowd[0].member().unwrap().0, "role = 'suspended'").await;
    assert!(!form(&g, &five).await.contains(line));
    set(&g, crowd[0].member().unwrap().0, "role = 'member'").await;
    assert!(form(&g, &five).await.contains(line), "control");
    // A private group that the reader does not see has no audience.
    let ada = g.actor("ada").await;
    let private = domain::groups::GroupForm {
        name: "Inner circle".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        ..Default::default()
    };
    let inner = groups::create(&g.store, &ada, private.check().unwrap(), "").await.unwrap();
    for person in &crowd {
        groups::add(&g.store, &ada, &inner, person.member().unwrap(), GroupRole::Member).await.unwrap();
    }
    let audience = async |who: &Actor| groups::audience(&g.store, who, Some(&inner)).await.unwrap().len();
    assert_eq!((audience(&g.actor("grace").await).await, audience(&Actor::Anonymous).await), (0, 0));
    assert!(audience(&ada).await > 0, "control");
    g.take_emails().await;
}

/// B8: before a rotating series is created, a table adds up the inconvenience of each region, and its dates have the start times
/// in turn.
#[guild_test]
async fn b8_a_rotating_series_has_its_times_in_turn(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let crowd = g.crowd(5).await;
    let group = far_away(&g, "Tokyo five", &crowd).await;
    let form = domain::events::EventForm { group: group.to_string(), ..tests::event_form(Some(5)) };
    let event = store::events::create(&g.store, &grace, form.check().unwrap(), "").await.unwrap();
    let path = format!("/events/{event}/repeat");
    let query =
        |times: &str| format!("{path}?cadence=weekly&short_month=&ends=after&count=6&until=&times={times}");
    let shown =
        async |times: &str| g.page(&g.visit(Some("grace"), &query(times), Locale::En).await).await.html;
    // Tokyo at 18:00 in Berlin is 2:00, at 10:00 it is 18:00. With turns, three of six nights are left.
    let html = shown("10:00").await;
    assert!(html.contains("id=\"shares\"") && html.contains("Tokyo"), "{html}");
    assert!(html.contains(">18<") && html.contains(">36<"), "{html}");
    // Control: without turns there is nothing to share, and the table is not shown.
    assert!(!shown("").await.contains("id=\"shares\""));
    let visit = g.visit(Some("grace"), &path, Locale::En).await;
    let fields = [
        ("slug", event.as_str()),
        ("cadence", "weekly"),
        ("ends", "after"),
        ("count", "6"),
        ("times", "10:00"),
    ];
    let made = g.post(&visit, "/api/series/repeat", &fields, "text/html").await;
    assert_eq!(made.location, format!("/series/{event}"));
    let dates = series::page(&g.store, &grace, &event).await.unwrap().dates;
    let times: Vec<String> =
        dates.iter().map(|date| date.zone.wall(date.starts_at).format("%d. %H:%M").to_string()).collect();
    assert_eq!(times, ["24. 18:00", "01. 10:00", "08. 18:00", "15. 10:00", "22. 18:00", "29. 10:00"]);
    g.take_emails().await;
}
