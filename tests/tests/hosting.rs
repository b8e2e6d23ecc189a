//! The events that a member hosts, and the number of pending requests for them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Refusal,
    events::{EventForm, Subjects},
};
use store::{StoreError, events, groups, search};
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
    assert_eq!(draft.drafts[0].card.slug, slug, "the most recently changed draft is first");
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
    let oldest: Vec<_> = now.oldest_requests.iter().filter(|request| request.event == slug).collect();
    assert_eq!(oldest.len(), 2, "the withdrawn request is gone");
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

#[guild_test]
async fn a_draft_is_deleted_with_everything_about_it(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let form = EventForm { title: "Zebrafinch plans".into(), ..event_form(None) };
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "to-delete").await.unwrap();
    let topics = Subjects::check(&[], &["rust".to_owned()], &[]).unwrap();
    events::set_subjects(&g.store, &grace, &slug, None, topics).await.unwrap();
    assert!(found(&g, &grace).await, "control: the draft can be found");
    let hidden = events::delete_draft(&g.store, &mei, &slug).await.unwrap_err();
    assert!(matches!(hidden, StoreError::NotFound), "a draft is hidden from others: {hidden}");
    events::delete_draft(&g.store, &grace, &slug).await.unwrap();
    assert!(!found(&g, &grace).await);
    let left = format!("SELECT id FROM events WHERE slug = '{slug}'");
    assert!(g.rows(&left).await.is_empty());
    let again = events::delete_draft(&g.store, &grace, &slug).await.unwrap_err();
    assert!(matches!(again, StoreError::NotFound));
}

async fn found(g: &Guild, who: &Actor) -> bool {
    search::search(&g.store, who, "Zebrafinch", None, 0).await.unwrap().hits.len() == 1
}

#[guild_test]
async fn only_drafts_are_deleted(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let slug = g.event(None).await;
    let refused = events::delete_draft(&g.store, &grace, &slug).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::NotDraft)), "{refused}");
    events::cancel(&g.store, &grace, &slug, "").await.unwrap();
    let refused = events::delete_draft(&g.store, &grace, &slug).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::NotDraft)), "{refused}");
    g.take_emails().await;
}
