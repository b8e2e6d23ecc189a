//! Who sees who comes (F2).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::Actor;
use store::{StoreError, events};
use tests::{Guild, guild_test};

/// The names that somebody reads on the list of an event.
async fn names(g: &Guild, who: &Actor, slug: &domain::Slug) -> Vec<String> {
    let found = events::attendees(&g.store, who, slug, 0).await.unwrap();
    assert_eq!(found.people.len() as u64, found.shown);
    found.people.into_iter().map(|attendee| attendee.person.name).collect()
}

async fn let_see(g: &Guild, slug: &domain::Slug, list: &str) {
    let host = g.actor("grace").await;
    let event = events::page(&g.store, &host, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    form.attendee_list = list.into();
    events::edit(&g.store, &host, slug, form.check().unwrap(), event.version).await.unwrap();
}

guild_test! {
    async fn f2_the_host_says_who_sees_the_list(g: Guild) {
        g.demo().await;
        let slug = g.event(Some(5)).await;
        let (mei, ravi, grace) = (g.actor("mei").await, g.actor("ravi").await, g.actor("grace").await);
        g.rsvp(&mei, &slug, 1).await.unwrap();
        let readers = [Actor::Anonymous, ravi, mei, grace];
        for (list, seen) in [("nobody", [0, 0, 0, 1]), ("attendees", [0, 0, 1, 1]), ("members", [0, 1, 1, 1])] {
            let_see(&g, &slug, list).await;
            for (reader, seen) in readers.iter().zip(seen) {
                assert_eq!(names(&g, reader, &slug).await.len(), seen, "{list}: {reader:?}");
            }
        }
    }

    async fn f2_everybody_may_keep_out_of_it(g: Guild) {
        g.demo().await;
        let slug = g.event(Some(5)).await;
        let (mei, kofi, grace) = (g.actor("mei").await, g.actor("kofi").await, g.actor("grace").await);
        for who in [&mei, &kofi] {
            g.rsvp(who, &slug, 0).await.unwrap();
        }
        assert_eq!(names(&g, &kofi, &slug).await, ["Kofi Mensah", "Mei Tanaka"]);
        for _ in 0..2 {
            events::set_listed(&g.store, &mei, &slug, false).await.unwrap();
        }
        assert_eq!(names(&g, &kofi, &slug).await, ["Kofi Mensah"]);
        assert_eq!(names(&g, &grace, &slug).await, ["Kofi Mensah", "Mei Tanaka"], "who looks after it sees all");
        events::set_listed(&g.store, &mei, &slug, true).await.unwrap();
        assert_eq!(names(&g, &kofi, &slug).await, ["Kofi Mensah", "Mei Tanaka"]);
        // Who has no seat is on no list.
        let ravi = g.actor("ravi").await;
        assert!(matches!(events::set_listed(&g.store, &ravi, &slug, false).await, Err(StoreError::NotFound)));
    }

    async fn f2_who_waits_is_not_on_it(g: Guild) {
        g.demo().await;
        let slug = g.event(Some(1)).await;
        let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
        g.rsvp(&mei, &slug, 0).await.unwrap();
        g.rsvp(&kofi, &slug, 0).await.unwrap();
        assert_eq!(names(&g, &mei, &slug).await, ["Mei Tanaka"]);
        assert!(names(&g, &kofi, &slug).await.is_empty(), "who waits does not attend");
    }
}
