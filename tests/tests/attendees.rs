//! Who sees the list of attendees (F2).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::Actor;
use store::{StoreError, events};
use tests::{Guild, guild_test};

/// The names that a reader sees on an event's list of attendees.
async fn names(g: &Guild, actor: &Actor, slug: &domain::Slug) -> Vec<String> {
    let found = events::attendees(&g.store, actor, slug, 0).await.unwrap();
    assert_eq!(found.people.len() as u64, found.shown);
    found.people.into_iter().map(|attendee| attendee.person.name).collect()
}

async fn set_list_visibility(g: &Guild, slug: &domain::Slug, list: &str) {
    let host = g.actor("grace").await;
    let event = events::page(&g.store, &host, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    form.attendee_list = list.into();
    events::edit(&g.store, &host, slug, form.check().unwrap(), event.version).await.unwrap();
}

#[guild_test]
async fn f2_the_host_chooses_who_sees_the_list(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(5)).await;
    let (mei, ravi, grace) = (g.actor("mei").await, g.actor("ravi").await, g.actor("grace").await);
    g.rsvp(&mei, &slug, 1).await.unwrap();
    let readers = [Actor::Anonymous, ravi, mei, grace];
    for (list, seen) in [("nobody", [0, 0, 0, 1]), ("attendees", [0, 0, 1, 1]), ("members", [0, 1, 1, 1])] {
        set_list_visibility(&g, &slug, list).await;
        for (reader, seen) in readers.iter().zip(seen) {
            assert_eq!(names(&g, reader, &slug).await.len(), seen, "{list}: {reader:?}");
        }
    }
    g.expect_emails("confirmed=1").await;
}

#[guild_test]
async fn f2_every_attendee_can_hide_from_the_list(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(5)).await;
    let (mei, kofi, grace) = (g.actor("mei").await, g.actor("kofi").await, g.actor("grace").await);
    for actor in [&mei, &kofi] {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    assert_eq!(names(&g, &kofi, &slug).await, ["Kofi Mensah", "Mei Tanaka"]);
    for _ in 0..2 {
        events::set_listed(&g.store, &mei, &slug, false).await.unwrap();
    }
    assert_eq!(names(&g, &kofi, &slug).await, ["Kofi Mensah"]);
    assert_eq!(names(&g, &grace, &slug).await, ["Kofi Mensah", "Mei Tanaka"], "organisers see everybody");
    events::set_listed(&g.store, &mei, &slug, true).await.unwrap();
    assert_eq!(names(&g, &kofi, &slug).await, ["Kofi Mensah", "Mei Tanaka"]);
    // A member without a seat is on no list.
    let ravi = g.actor("ravi").await;
    assert!(matches!(events::set_listed(&g.store, &ravi, &slug, false).await, Err(StoreError::NotFound)));
    g.expect_emails("confirmed=2").await;
}

#[guild_test]
async fn f2_people_on_the_waitlist_are_not_on_the_list(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    g.rsvp(&mei, &slug, 0).await.unwrap();
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    assert_eq!(names(&g, &mei, &slug).await, ["Mei Tanaka"]);
    assert!(names(&g, &kofi, &slug).await.is_empty(), "people on the waitlist are not attendees");
    g.expect_emails("confirmed=1 waitlisted=1").await;
}

#[guild_test]
async fn f2_people_from_ones_own_groups_are_counted(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(5)).await;
    let (mei, kofi, ravi) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ravi").await);
    g.rows("DELETE FROM group_members RETURNING member_id").await;
    g.night_owls(&[&mei, &kofi]).await;
    for actor in [&mei, &kofi, &ravi] {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    let seen = async |actor: &Actor| {
        let found = events::attendees(&g.store, actor, &slug, 0).await.unwrap();
        (found.shown, found.from_groups)
    };
    assert_eq!((seen(&mei).await, seen(&ravi).await), ((3, 1), (3, 0)));
    // Attendees who hide are in no number.
    events::set_listed(&g.store, &kofi, &slug, false).await.unwrap();
    assert_eq!(seen(&mei).await, (2, 0));
    // Nothing is counted for a reader who may not see the list.
    set_list_visibility(&g, &slug, "nobody").await;
    assert_eq!(seen(&mei).await, (0, 0));
    g.expect_emails("confirmed=3").await;
}
