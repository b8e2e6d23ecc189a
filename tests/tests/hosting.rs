//! The events that a member hosts, and the number of pending requests for them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use store::{events, groups};
use tests::{Guild, event_form, guild_test};

#[guild_test]
async fn hosts_see_their_events_drafts_and_waiting_requests(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let before = events::hosting(&g.store, &grace).await.unwrap();
    let mut form = event_form(None);
    form.approval = "on".into();
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "hosted").await.unwrap();
    let draft = events::hosting(&g.store, &grace).await.unwrap();
    assert_eq!(draft.drafts.len(), before.drafts.len() + 1);
    assert_eq!(draft.drafts[0].slug, slug, "the most recently changed draft is first");
    events::publish(&g.store, &grace, &slug).await.unwrap();
    let crowd = g.crowd(3).await;
    for who in &crowd {
        g.rsvp(who, &slug, 0).await.unwrap();
    }
    events::leave(&g.store, &crowd[2], &slug).await.unwrap();
    let now = events::hosting(&g.store, &grace).await.unwrap();
    assert_eq!(now.drafts.len(), before.drafts.len());
    assert_eq!(now.requests, before.requests + 2);
    let hosted_event = now.upcoming.iter().find(|hosted| hosted.card.slug == slug).unwrap();
    assert_eq!(hosted_event.requests, 2);
    // People who only requested a seat host nothing.
    let none = events::hosting(&g.store, &crowd[0]).await.unwrap();
    assert_eq!((none.upcoming.len(), none.drafts.len(), none.requests), (0, 0, 0));
    // Requests for past events need no answer.
    g.advance(Duration::days(4));
    let over = events::hosting(&g.store, &grace).await.unwrap();
    assert!(over.upcoming.iter().all(|hosted| hosted.card.slug != slug));
    assert_eq!(over.requests, before.requests);
    g.expect_emails("left=1 requested=2").await;
}

#[guild_test]
async fn co_organisers_host_the_events_of_their_groups(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let group = g.night_owls(&[&grace, &mei]).await;
    let before = events::hosting(&g.store, &mei).await.unwrap().upcoming.len();
    let mut form = event_form(None);
    form.group = group.to_string();
    form.approval = "on".into();
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "of-group").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    groups::join(&g.store, &kofi, &group).await.unwrap();
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    let her_events = events::hosting(&g.store, &mei).await.unwrap();
    assert_eq!(her_events.upcoming.len(), before + 1);
    assert_eq!(her_events.upcoming.iter().find(|hosted| hosted.card.slug == slug).unwrap().requests, 1);
    let his_events = events::hosting(&g.store, &kofi).await.unwrap();
    assert!(his_events.upcoming.iter().all(|hosted| hosted.card.slug != slug), "members do not host");
    g.expect_emails("requested=1").await;
}
