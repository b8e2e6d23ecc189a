//! Schedules: the field's `schedule.xml` read into an event (D9's import half).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Actor, schedule::Schedule};
use store::{Fault, events, schedule};
use tests::{Guild, guild_test};

fn fixture() -> Schedule {
    server::schedule::read(include_str!("../fixtures/schedule.xml"), None).unwrap()
}

async fn import(g: &Guild, file: &Schedule) -> schedule::Report {
    schedule::import(&g.store, &Actor::Operator, file).await.unwrap()
}

/// Everything that an import may touch, as one text.
async fn everything(g: &Guild) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in
        ["events", "agenda_sessions", "rooms", "tracks", "speakers", "session_speakers", "audit", "letters"]
    {
        counts.push(g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}")).await);
    }
    counts.push(g.number("SELECT CAST(SUM(version) AS BIGINT) FROM events").await);
    counts
}

guild_test! {
    async fn d9_a_schedule_becomes_an_event_with_an_agenda(g: Guild) {
        let file = fixture();
        let sessions: usize = file.days.iter().map(|day| day.sessions.len()).sum();
        let report = import(&g, &file).await;
        assert_eq!((report.added as usize, report.changed, report.removed, report.unchanged), (sessions, 0, 0, 0));
        let page = events::page(&g.store, &Actor::Anonymous, &report.slug).await.unwrap();
        assert_eq!(page.event.details.title, file.title.trim());
        assert_eq!(page.event.zone(), file.zone);
        assert_eq!(page.agenda.len(), file.days.len());
        let mut read: Vec<_> = page.agenda.into_iter().flat_map(|day| day.sessions).map(|item| item.session).collect();
        let mut written: Vec<_> = file.days.into_iter().flat_map(|day| day.sessions).collect();
        read.sort_by(|a, b| a.guid.cmp(&b.guid));
        written.sort_by(|a, b| a.guid.cmp(&b.guid));
        assert_eq!(read, written, "nothing is lost");
    }

    async fn d9_the_same_file_twice_changes_nothing(g: Guild) {
        let file = fixture();
        let first = import(&g, &file).await;
        let before = everything(&g).await;
        let second = import(&g, &file).await;
        assert_eq!((second.slug, second.added, second.changed, second.removed), (first.slug, 0, 0, 0));
        assert_eq!(second.unchanged, first.added);
        assert_eq!(everything(&g).await, before);
    }

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

    async fn d9_only_administrators_and_the_operator_import(g: Guild) {
        g.demo().await;
        let before = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM events").await;
        for who in [Actor::Anonymous, g.actor("mei").await, g.actor("grace").await] {
            assert!(matches!(schedule::import(&g.store, &who, &fixture()).await, Err(Fault::Refused(_))));
        }
        assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM events").await, before);
        assert!(schedule::import(&g.store, &g.actor("ada").await, &fixture()).await.is_ok());
    }
}
