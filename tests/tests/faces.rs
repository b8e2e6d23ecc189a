//! Faces of people on cards of events: whom a reader sees there.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Slug,
    events::EventForm,
    members::{Audience, Part},
};
use store::{
    blocks,
    events::{self, Filter},
    members,
};
use tests::{Guild, event_form, guild_test};

async fn published(g: &Guild, list: &str, title: &str) -> Slug {
    let host = g.actor("grace").await;
    let form = EventForm { attendee_list: list.into(), title: title.into(), ..event_form(Some(50)) };
    let key = store::sign_in::new_token();
    let slug = events::create(&g.store, &host, form.check().unwrap(), &key).await.unwrap();
    events::publish(&g.store, &host, &slug).await.unwrap();
    slug
}

/// The names on the card of an event.
async fn names(g: &Guild, reader: &Actor, event: &Slug) -> Vec<String> {
    let (cards, _) = events::list(&g.store, reader, &Filter::default(), 0).await.unwrap();
    let card = cards.into_iter().find(|card| card.slug == *event).unwrap();
    card.faces.into_iter().map(|face| face.name).collect()
}

/// F2: a card shows nobody whom the attendee list hides from this reader.
#[guild_test]
async fn f2_a_card_shows_only_people_on_the_list(g: Guild) {
    g.demo().await;
    let (mei, kofi, leila) = (g.actor("mei").await, g.actor("kofi").await, g.actor("leila").await);
    let open = published(&g, "members", "Open list").await;
    let closed = published(&g, "attendees", "List of attendees").await;
    let secret = published(&g, "nobody", "Secret list").await;
    for event in [&open, &closed, &secret] {
        g.rsvp(&kofi, event, 0).await.unwrap();
        g.rsvp(&leila, event, 0).await.unwrap();
    }
    assert_eq!(names(&g, &mei, &open).await.len(), 2);
    // Attendees see each other, and nobody sees a list that is for hosts only.
    assert!(names(&g, &mei, &closed).await.is_empty());
    assert_eq!(names(&g, &kofi, &closed).await.len(), 2);
    assert!(names(&g, &kofi, &secret).await.is_empty());
    assert!(names(&g, &Actor::Anonymous, &open).await.is_empty());
    // Control: each of these hides one of two people from the open list.
    events::set_listed(&g.store, &kofi, &open, false).await.unwrap();
    assert_eq!(names(&g, &mei, &open).await.len(), 1);
    events::set_listed(&g.store, &kofi, &open, true).await.unwrap();
    assert_eq!(names(&g, &mei, &open).await.len(), 2);
    blocks::block(&g.store, &mei, kofi.member().unwrap()).await.unwrap();
    assert_eq!(names(&g, &mei, &open).await.len(), 1);
    let hidden = format!("{}:{}", Part::Events.name(), Audience::Me.name());
    members::save_visibility(&g.store, &leila, vec![hidden]).await.unwrap();
    assert!(names(&g, &mei, &open).await.is_empty());
    assert_eq!(names(&g, &kofi, &open).await.len(), 1, "the own face only");
    g.take_emails().await;
}

/// However many events a list has, faces cost two queries.
#[guild_test]
async fn faces_cost_two_queries(g: Guild) {
    g.demo().await;
    let kofi = g.actor("kofi").await;
    let reads = async || {
        let before = g.store.reads();
        events::list(&g.store, &kofi, &Filter { mine: true, ..Filter::default() }, 0).await.unwrap();
        g.store.reads() - before
    };
    let mut counts = Vec::new();
    for n in 0..3 {
        let event = published(&g, "members", &format!("Evening {n}")).await;
        g.rsvp(&kofi, &event, 0).await.unwrap();
        counts.push(reads().await);
    }
    assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
    g.take_emails().await;
}
