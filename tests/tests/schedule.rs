//! Schedules: importing the `schedule.xml` format of conferences into an event (the import part of D9).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Locale,
    schedule::{Schedule, ScheduleDay},
    search::HitKind,
};
use store::{StoreError, events, schedule, search::search};
use tests::{Guild, guild_test};

fn fixture() -> Schedule {
    server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule
}

async fn import(g: &Guild, file: &Schedule) -> schedule::Report {
    schedule::import(&g.store, &Actor::Operator, file, &[]).await.unwrap()
}

/// The row counts and versions that an import could change.
async fn everything(g: &Guild) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in
        ["events", "agenda_sessions", "rooms", "tracks", "speakers", "session_speakers", "audit", "emails"]
    {
        counts.push(g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}")).await);
    }
    counts.push(g.number("SELECT CAST(SUM(version) AS BIGINT) FROM events").await);
    counts
}

#[guild_test(empty)]
async fn d9_a_schedule_becomes_an_event_with_an_agenda(g: Guild) {
    let file = fixture();
    let sessions: usize = file.days.iter().map(|day| day.sessions.len()).sum();
    let report = import(&g, &file).await;
    assert_eq!(
        (report.added as usize, report.changed, report.removed, report.unchanged),
        (sessions, 0, 0, 0)
    );
    let page = events::page(&g.store, &Actor::Anonymous, &report.slug).await.unwrap();
    assert_eq!(page.event.details.title, file.title.trim());
    assert_eq!(page.event.zone(), file.zone);
    assert_eq!(page.agenda.len(), file.days.len());
    let mut read: Vec<_> =
        page.agenda.into_iter().flat_map(|day| day.sessions).map(|item| item.session).collect();
    let mut written: Vec<_> = file.days.into_iter().flat_map(|day| day.sessions).collect();
    read.sort_by(|a, b| a.guid.cmp(&b.guid));
    written.sort_by(|a, b| a.guid.cmp(&b.guid));
    assert_eq!(read, written, "reading and writing a schedule loses nothing");
}

#[guild_test(empty)]
async fn d9_the_same_file_twice_changes_nothing(g: Guild) {
    let file = fixture();
    let first = import(&g, &file).await;
    let before = everything(&g).await;
    let second = import(&g, &file).await;
    assert_eq!((second.slug, second.added, second.changed, second.removed), (first.slug, 0, 0, 0));
    assert_eq!(second.unchanged, first.added);
    assert_eq!(everything(&g).await, before);
}

#[guild_test(empty)]
async fn d9_a_changed_file_updates_by_guid(g: Guild) {
    let mut file = fixture();
    let first = import(&g, &file).await;
    file.days[0].sessions[0].title = "Another title".into();
    file.days[0].sessions[0].speakers.clear();
    let gone = file.days[1].sessions.pop().unwrap();
    let second = import(&g, &file).await;
    assert_eq!((second.added, second.changed, second.removed), (0, 1, 1));
    assert_eq!(second.unchanged, first.added - 2);
    let page = events::page(&g.store, &Actor::Anonymous, &second.slug).await.unwrap();
    let all: Vec<_> = page.agenda.iter().flat_map(|day| &day.sessions).map(|item| &item.session).collect();
    assert!(all.iter().any(|session| session.title == "Another title" && session.speakers.is_empty()));
    assert!(all.iter().all(|session| session.guid != gone.guid));
}

/// The slug of both acronyms would be `c-days`.
#[guild_test(empty)]
async fn d9_acronyms_are_compared_as_written(g: Guild) {
    let mut file = fixture();
    file.acronym = "C++ Days".into();
    let cpp = import(&g, &file).await;
    file.acronym = "C# Days".into();
    file.days[0].sessions.truncate(1);
    let csharp = import(&g, &file).await;
    assert_ne!(cpp.slug, csharp.slug);
    assert_eq!(csharp.removed, 0);
    file.acronym = "C++ Days".into();
    assert_eq!(import(&g, &file).await.slug, cpp.slug);
}

/// The order of sessions, rooms and days in a file is not content.
#[guild_test(empty)]
async fn d9_the_order_of_a_file_is_not_content(g: Guild) {
    let mut file = fixture();
    let first = import(&g, &file).await;
    let agenda = events::page(&g.store, &Actor::Anonymous, &first.slug).await.unwrap().agenda;
    file.days[0].sessions.remove(0);
    file.days[0].sessions.reverse();
    file.days[1].sessions.reverse();
    let second = import(&g, &file).await;
    assert_eq!((second.added, second.changed, second.removed), (0, 0, 1));
    assert_eq!(second.unchanged, first.added - 1);
    // An earlier first day renumbers the days, but changes no session.
    let earlier =
        ScheduleDay { index: 1, date: file.days[0].date.pred_opt().unwrap(), ..ScheduleDay::default() };
    file.days.iter_mut().for_each(|day| day.index += 1);
    file.days.insert(0, earlier);
    let third = import(&g, &file).await;
    assert_eq!((third.added, third.changed, third.removed, third.unchanged), (0, 0, 0, second.unchanged));
    let now = events::page(&g.store, &Actor::Anonymous, &first.slug).await.unwrap().agenda;
    assert_eq!((agenda[0].index, now[0].index), (1, 2));
    let ids = |days: &[schedule::AgendaDay]| {
        days.iter().flat_map(|day| &day.sessions).map(|item| item.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&now), ids(&agenda)[1..]);
}

/// A session that can no longer be read is not treated as removed.
#[guild_test(empty)]
async fn d9_a_session_that_cannot_be_read_stays(g: Guild) {
    let file = fixture();
    let first = import(&g, &file).await;
    let mut shorter = file.clone();
    let lost = shorter.days[0].sessions.remove(1).guid;
    let unread = [lost, "never seen".to_owned()];
    let second = schedule::import(&g.store, &Actor::Operator, &shorter, &unread).await.unwrap();
    assert_eq!((second.kept, second.removed, second.changed), (1, 0, 0));
    let third = import(&g, &shorter).await;
    assert_eq!((third.kept, third.removed), (0, 1));
    assert_eq!(third.unchanged, first.added - 1);
}

#[guild_test(empty)]
async fn d9_a_schedule_without_sessions_has_its_own_dates(g: Guild) {
    let mut file = fixture();
    file.days.iter_mut().for_each(|day| day.sessions.clear());
    file.about.starts = "2027-03-01".into();
    file.about.ends = "2027-03-02".into();
    let report = import(&g, &file).await;
    let event = events::page(&g.store, &Actor::Anonymous, &report.slug).await.unwrap().event;
    assert_eq!(event.details.starts.to_string(), "2027-03-01 00:00:00");
    assert_eq!(event.details.minutes, 2 * 24 * 60);
}

/// Pages and search read a publisher's text in the same way, so search finds what pages show.
#[guild_test(empty)]
async fn d9_search_finds_the_words_that_pages_show(g: Guild) {
    let mut file = fixture();
    let session = &mut file.days[0].sessions[0];
    session.title = "Marsupials: Vec<T>".into();
    session.summary = "<p>The wombat <strong>tooling</strong> of <a href=\"https://example.org/deep\">today</a> &amp; caf&eacute;.</p>".into();
    session.speakers[0].name = "S\u{f6}ren".into();
    let slug = import(&g, &file).await.slug;
    let found = search(&g.store, &Actor::Anonymous, "wombat", None, 0).await.unwrap();
    let shown: String = found.hits[0].snippet.iter().map(|piece| piece.text.as_str()).collect();
    assert!(shown.contains("The wombat tooling of today & café."), "{shown}");
    let title: String = found.hits[0].title.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(title, "Marsupials: Vec<T>");
    for markup in ["strong", "href", "example.org"] {
        let found = search(&g.store, &Actor::Anonymous, markup, None, 0).await.unwrap();
        assert_eq!(found.count(Some(HitKind::Session)), 0, "{markup}");
    }
    let visit = g.visit(None, &format!("/events/{slug}"), Locale::En).await;
    let page = g.page(&visit).await.html;
    assert!(page.contains("Marsupials: Vec&lt;T&gt;"), "{page}");
    assert!(page.contains("<strong>tooling</strong> of <a href=\"https://example.org/deep\""), "{page}");
}

#[guild_test]
async fn d9_only_administrators_and_the_operator_import(g: Guild) {
    g.demo().await;
    let before = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM events").await;
    for who in [Actor::Anonymous, g.actor("mei").await, g.actor("grace").await] {
        assert!(matches!(
            schedule::import(&g.store, &who, &fixture(), &[]).await,
            Err(StoreError::Refused(_))
        ));
    }
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM events").await, before);
    assert!(schedule::import(&g.store, &g.actor("ada").await, &fixture(), &[]).await.is_ok());
}

/// The export of an event over HTTP, imported again, changes nothing.
#[guild_test]
async fn d9_an_exported_schedule_is_the_imported_one(g: Guild) {
    g.demo().await;
    // Next year, because an event that is over cannot be edited.
    let text = include_str!("../fixtures/schedule.xml").replace("2026-06-", "2027-06-");
    let mut file = server::schedule::read(text.as_bytes(), None).unwrap().schedule;
    file.acronym = "GildenTage26".into();
    let slug = import(&g, &file).await.slug;
    let portal = g.portal(&[]).await;
    let visitor = portal.browser();
    let xml = visitor.get(&format!("/events/{slug}/schedule.xml")).await;
    assert_eq!((xml.status, xml.header("content-type")), (200, "application/xml; charset=utf-8"));
    let read = server::schedule::read(xml.body.as_bytes(), None).unwrap();
    let again = import(&g, &read.schedule).await;
    assert_eq!((again.slug.clone(), again.added, again.removed), (slug.clone(), 0, 0));

    let json = visitor.get(&format!("/events/{slug}/schedule.json")).await;
    assert_eq!((json.status, json.header("content-type")), (200, "application/json; charset=utf-8"));
    let read = server::schedule::read(json.body.as_bytes(), None).unwrap();
    let again = import(&g, &read.schedule).await;
    assert_eq!((again.slug, again.added, again.removed), (slug.clone(), 0, 0));

    // An event that visitors may not see has no file for them. Control: the file above.
    let ada = g.actor("ada").await;
    let group = g.night_owls(&[]).await;
    store::groups::edit(
        &g.store,
        &ada,
        &group,
        domain::groups::GroupDetails {
            visibility: domain::groups::Visibility::Private,
            ..tests::group_details("Night owls")
        },
        1,
    )
    .await
    .unwrap();
    let event = events::page(&g.store, &ada, &slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    (form.group, form.place) = (group.to_string(), "Hall".into());
    events::edit(&g.store, &ada, &slug, form.check().unwrap(), event.version).await.unwrap();
    for form in ["xml", "json"] {
        assert_eq!(visitor.get(&format!("/events/{slug}/schedule.{form}")).await.status, 404, "{form}");
    }
    portal.stop().await;
    g.take_emails().await;
}

/// D12: on a day of the event, the agenda opens on that day. A night that runs past midnight belongs to its day.
#[guild_test(empty)]
async fn d12_the_agenda_opens_on_the_day(g: Guild) {
    let mut file = fixture();
    let ahead = chrono::Duration::days((g.now() - file.span().unwrap().0).num_days() + 30);
    for day in &mut file.days {
        day.date += ahead;
        day.sessions.iter_mut().for_each(|session| session.starts_at += ahead);
    }
    let slug = import(&g, &file).await.slug;
    let shown = async |query: &str| {
        let html = g.page(&g.visit(None, &format!("/events/{slug}{query}"), Locale::En).await).await.html;
        let agenda = html.split("id=\"agenda\"").nth(1).unwrap().to_owned();
        let tab = agenda.split("aria-current=\"page\"").nth(1).unwrap();
        tab.split("datetime=\"").nth(1).unwrap()[..10].to_owned()
    };
    let date = |day: usize| file.days[day].date.to_string();
    assert_eq!(shown("").await, date(0), "before the event");
    g.advance(file.days[1].sessions[0].starts_at - g.now());
    assert_eq!(shown("").await, date(1));
    assert_eq!(shown(&format!("?day={}", file.days[0].index)).await, date(0), "another day on request");
    g.advance(chrono::Duration::days(30));
    assert_eq!(shown("").await, date(0), "after the event");
}
