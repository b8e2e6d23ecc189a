//! Lists of events: what each field of the filter leaves out, and the group that an event belongs to.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Instant, Problem, Refusal, Slug,
    events::{Availability, EventForm, EventKind, Mode, RsvpRequest},
};
use store::{
    StoreError,
    events::{self, Filter, Place, Span},
    groups::GroupName,
};
use tests::{Guild, event_form, guild_test};

/// A published event of Grace's with a mark in its title. The mark keeps the demo's events out of the results.
async fn create_event(g: &Guild, title: &str, change: impl FnOnce(&mut EventForm)) -> Slug {
    let host = g.actor("grace").await;
    let mut form = EventForm { title: format!("{title} zzz"), ..event_form(None) };
    change(&mut form);
    let key = store::sign_in::new_token();
    let slug = events::create(&g.store, &host, form.check().unwrap(), &key).await.unwrap();
    events::publish(&g.store, &host, &slug).await.unwrap();
    slug
}

/// The titles of the test's own events that a filter finds, in order and without their mark.
async fn titles(g: &Guild, actor: &Actor, filter: Filter) -> Vec<String> {
    let filter = Filter { words: format!("zzz {}", filter.words), ..filter };
    let (cards, more) = events::list(&g.store, actor, &filter, 0).await.unwrap();
    assert!(!more);
    cards.into_iter().map(|card| card.title.replace(" zzz", "")).collect()
}

fn slug(text: &str) -> Option<Slug> {
    Slug::parse(text)
}

#[guild_test]
async fn each_field_of_the_filter_leaves_out_other_events(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    create_event(&g, "Talk", |form| form.group = "north".into()).await;
    let review = create_event(&g, "Review", |form| {
        (form.kind, form.place, form.join_url) =
            ("security_review".into(), String::new(), "https://meet.example.org/x".into());
        (form.group, form.time, form.capacity) = ("on-call".into(), "19:00".into(), "1".into());
    })
    .await;
    create_event(&g, "Both", |form| {
        (form.kind, form.join_url, form.time) =
            ("social".into(), "https://meet.example.org/y".into(), "20:00".into());
    })
    .await;
    let find = async |filter| titles(&g, &mei, filter).await;
    let none = Filter::default;
    assert_eq!(find(none()).await, ["Talk", "Review", "Both"]);
    assert_eq!(find(Filter { kind: Some(EventKind::SecurityReview), ..none() }).await, ["Review"]);
    assert!(find(Filter { kind: Some(EventKind::Demo), ..none() }).await.is_empty());
    assert_eq!(find(Filter { group: slug("north"), ..none() }).await, ["Talk"]);
    assert!(find(Filter { group: slug("no-such-group"), ..none() }).await.is_empty());
    assert_eq!(find(Filter { place: Some(Place::Online), ..none() }).await, ["Review", "Both"]);
    assert_eq!(find(Filter { place: Some(Place::OnSite), ..none() }).await, ["Talk", "Both"]);
    assert_eq!(find(Filter { free: true, ..none() }).await, ["Talk", "Review", "Both"]);
    g.rsvp(&g.actor("kofi").await, &review, 0).await.unwrap();
    assert_eq!(find(Filter { free: true, ..none() }).await, ["Talk", "Both"], "its only seat is taken");
    // All fields together.
    let all = Filter {
        kind: Some(EventKind::Social),
        place: Some(Place::OnSite),
        free: true,
        words: "BOTH".into(),
        ..none()
    };
    assert_eq!(find(all.clone()).await, ["Both"]);
    assert!(find(Filter { group: slug("north"), ..all }).await.is_empty());
    g.expect_emails("confirmed=1").await;
}

/// A12: seats in person and online are counted separately.
#[guild_test]
async fn free_means_a_seat_in_person_or_online(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let both = create_event(&g, "Both", |form| {
        form.join_url = "https://meet.example.org/y".into();
        (form.capacity, form.online_capacity) = ("1".into(), "1".into());
    })
    .await;
    let found = async |place| titles(&g, &mei, Filter { free: true, place, ..Filter::default() }).await.len();
    let free =
        async || [found(None).await, found(Some(Place::OnSite)).await, found(Some(Place::Online)).await];
    let availability = async || {
        let filter = Filter { words: "zzz".into(), ..Filter::default() };
        events::list(&g.store, &mei, &filter, 0).await.unwrap().0[0].availability
    };
    assert_eq!(free().await, [1, 1, 1]);
    g.rsvp(&g.actor("kofi").await, &both, 0).await.unwrap();
    assert_eq!(free().await, [1, 0, 1], "the room is full");
    assert_eq!(availability().await, Availability::RoomFull, "its card says that online seats are free");
    let online = RsvpRequest { guests: 0, mode: Mode::Online };
    let leila = g.actor("leila").await;
    events::rsvp(&g.store, &leila, &both, online).await.unwrap();
    assert_eq!(free().await, [0, 0, 0]);
    assert_eq!(availability().await, Availability::Full);
    events::leave(&g.store, &g.actor("kofi").await, &both).await.unwrap();
    assert_eq!(free().await, [1, 1, 0], "the link is full");
    g.expect_emails("confirmed=1 left=1").await;
}

#[guild_test]
async fn my_events_are_those_with_a_seat_or_a_place_on_the_waitlist(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let my_events = || Filter { mine: true, ..Filter::default() };
    let going = create_event(&g, "Going", |_| ()).await;
    let waiting = create_event(&g, "Waiting", |form| form.capacity = "1".into()).await;
    let left = create_event(&g, "Left", |_| ()).await;
    create_event(&g, "Nobody", |_| ()).await;
    g.rsvp(&kofi, &waiting, 0).await.unwrap();
    for slug in [&going, &waiting, &left] {
        g.rsvp(&mei, slug, 0).await.unwrap();
    }
    events::leave(&g.store, &mei, &left).await.unwrap();
    let mut found = titles(&g, &mei, my_events()).await;
    found.sort_unstable();
    assert_eq!(found, ["Going", "Waiting"]);
    assert_eq!(titles(&g, &kofi, my_events()).await, ["Waiting"]);
    for actor in [Actor::Anonymous, g.actor("grace").await, Actor::Operator] {
        assert!(titles(&g, &actor, my_events()).await.is_empty(), "hosting an event is not a seat");
    }
    let cancelled = events::cancel(&g.store, &g.actor("grace").await, &going, "Snow").await;
    assert!(cancelled.is_ok());
    assert_eq!(titles(&g, &mei, my_events()).await.len(), 2, "a cancelled event stays until its planned end");
    assert_eq!(
        titles(&g, &mei, Filter { free: true, ..my_events() }).await.len(),
        0,
        "a cancelled event has no seats"
    );
    g.expect_emails("confirmed=2 left=1 waitlisted=1").await;
}

#[guild_test]
async fn each_word_of_a_search_must_occur_in_the_event(g: Guild) {
    g.demo().await;
    create_event(&g, "Übungen für Größere", |form| {
        (form.summary, form.place) = ("100% sure_thing".into(), "Café Löwen, KÖLN".into())
    })
    .await;
    let find = async |words: &str| {
        titles(&g, &Actor::Anonymous, Filter { words: words.into(), ..Filter::default() }).await.len()
    };
    for words in [
        "",
        "  ",
        "übungen",
        "ÜBUNGEN",
        "Übungen",
        "SURE_THING köln",
        "100%",
        "größere",
        "löwen CAFÉ",
        "übu gen",
        "\u{0} cafÉ\r\n",
    ] {
        assert_eq!(find(words).await, 1, "{words}");
    }
    for words in
        ["übungen nothing", "100_", "sure%thing", "1%0", "sure!_thing", "'; DROP TABLE events; --", "\\"]
    {
        assert_eq!(find(words).await, 0, "{words}");
    }
    // A search uses the first eight words. One of them is the test's own mark.
    assert_eq!(find("café café café café café café café nothing").await, 1);
    assert_eq!(find("café café café café café café nothing").await, 0);
    assert_eq!(find(&"x".repeat(5_000)).await, 0);
}

#[guild_test]
async fn a_range_of_time_is_listed_on_one_page(g: Guild) {
    g.demo().await;
    let at = |text: &str| text.parse::<Instant>().unwrap();
    let host = g.actor("grace").await;
    for i in 0..25 {
        create_event(&g, &format!("Day {i:02}"), |form| form.date = format!("2026-12-{:02}", i + 1)).await;
    }
    let cancelled = slug("day-03-zzz").unwrap();
    events::cancel(&g.store, &host, &cancelled, "").await.unwrap();
    let between = |a: &str, b: &str| Filter { span: Span::Between(at(a), at(b)), ..Filter::default() };
    // 18:00 in Berlin is 17:00 UTC. An event at the start of the range is listed, one at its end is not.
    let some = between("2026-12-03T17:00:00Z", "2026-12-05T17:00:00Z");
    assert_eq!(titles(&g, &host, some.clone()).await, ["Day 02", "Day 03"]);
    assert_eq!(titles(&g, &host, between("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")).await.len(), 25);
    assert!(titles(&g, &host, between("2026-12-05T17:00:00Z", "2026-12-03T17:00:00Z")).await.is_empty());
    let coming = Filter { words: "zzz".into(), ..Filter::default() };
    let (cards, more) = events::list(&g.store, &host, &coming, 0).await.unwrap();
    assert_eq!((cards.len(), more), (20, true), "a list without a range has pages");
    g.advance(chrono::Duration::days(40));
    assert_eq!(titles(&g, &host, some).await, ["Day 02", "Day 03"], "past events are listed too");
    let past = Filter { span: Span::Past, words: "zzz".into(), ..Filter::default() };
    let (cards, _) = events::list(&g.store, &host, &past, 1).await.unwrap();
    assert_eq!(cards.len(), 4, "past events that were cancelled are left out");
    // Drafts are only for their hosts in this list too.
    let draft = events::create(
        &g.store,
        &host,
        EventForm { title: "Draft zzz".into(), date: "2027-01-20".into(), ..event_form(None) }
            .check()
            .unwrap(),
        "d",
    )
    .await;
    assert!(draft.is_ok());
    let january = between("2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z");
    assert_eq!(titles(&g, &host, january.clone()).await, ["Draft"]);
    assert!(titles(&g, &g.actor("mei").await, january).await.is_empty());
}

#[guild_test]
async fn an_event_belongs_to_a_group(g: Guild) {
    g.demo().await;
    let host = g.actor("grace").await;
    let slug = create_event(&g, "Held", |form| form.group = "north".into()).await;
    let page = events::page(&g.store, &Actor::Anonymous, &slug).await.unwrap();
    let north = GroupName { slug: Slug::parse("north").unwrap(), name: "Stockholm and the North".into() };
    assert_eq!((page.group.as_ref(), page.host.as_deref()), (Some(&north), Some("Grace Lindqvist")));
    let (cards, _) =
        events::list(&g.store, &host, &Filter { words: "zzz".into(), ..Filter::default() }, 0).await.unwrap();
    assert_eq!((cards[0].group.as_ref(), cards[0].host.as_deref()), (Some(&north), Some("Grace Lindqvist")));
    // The form shows the group, and saving keeps, changes or removes it. An unknown group is refused.
    let save = async |change: fn(&mut EventForm)| {
        let event = events::page(&g.store, &host, &slug).await.unwrap().event;
        let mut form = event.details.to_form(event.version);
        change(&mut form);
        events::edit(&g.store, &host, &slug, form.check().unwrap(), event.version).await
    };
    let group = async || {
        events::page(&g.store, &host, &slug).await.unwrap().group.map(|group| group.slug.to_string())
    };
    save(|form| form.title = "Held zzz still".into()).await.unwrap();
    assert_eq!(group().await.as_deref(), Some("north"));
    let edited = save(|form| form.group = "on-call".into()).await.unwrap();
    assert_eq!((group().await.as_deref(), edited.moved), (Some("on-call"), false));
    let unknown = save(|form| form.group = "nobody".into()).await;
    let problem = Problem { field: "group".into(), why: Refusal::BadChoice };
    assert!(matches!(unknown, Err(StoreError::Invalid(problems)) if problems == [problem]));
    events::cancel(&g.store, &host, &slug, "").await.unwrap();
    events::reinstate(&g.store, &host, &slug).await.unwrap();
    assert_eq!(group().await.as_deref(), Some("on-call"));
    save(|form| form.group.clear()).await.unwrap();
    assert_eq!(group().await, None);
}
