//! The page of an event in each of its states: full, over capacity, past and cancelled.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use app::{context::Visit, flash::Flash};
use chrono::Duration;
use domain::{
    Locale, Slug,
    events::{EventForm, Mode, RsvpRequest},
};
use store::{Engine, events};
use tests::{Guild, event_form};

const FORM: &str = "text/html,application/xhtml+xml";
const LINK: &str = "https://meet.example.org/x";

async fn guild() -> Guild {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    g
}

/// A published event of Grace's with a changed form.
async fn create_event(g: &Guild, change: impl FnOnce(&mut EventForm)) -> Slug {
    let grace = g.actor("grace").await;
    let mut form = event_form(Some(2));
    change(&mut form);
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "made").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    slug
}

async fn edit_event(g: &Guild, slug: &Slug, change: impl FnOnce(&mut EventForm)) {
    let grace = g.actor("grace").await;
    let event = events::page(&g.store, &grace, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    change(&mut form);
    events::edit(&g.store, &grace, slug, form.check().unwrap(), event.version).await.unwrap();
}

async fn visit(g: &Guild, key: &str, path: &str) -> Visit {
    g.visit(Some(key), path, Locale::En).await
}

/// The page of an event for one of the demo's people.
async fn html(g: &Guild, key: &str, slug: &Slug) -> String {
    g.page(&visit(g, key, &format!("/events/{slug}")).await).await.html
}

fn online(guests: u8) -> RsvpRequest {
    RsvpRequest { guests, mode: Mode::Online }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_past_event_offers_nothing_to_join_or_cancel() {
    let g = guild().await;
    let slug = create_event(&g, |form| form.join_url = LINK.into()).await;
    for (key, mode) in [("mei", Mode::OnSite), ("kofi", Mode::OnSite), ("ravi", Mode::OnSite)] {
        events::rsvp(&g.store, &g.actor(key).await, &slug, RsvpRequest { guests: 0, mode }).await.unwrap();
    }
    events::rsvp(&g.store, &g.actor("leila").await, &slug, online(0)).await.unwrap();
    let cancel = format!("/events/{slug}/cancel");
    let before = html(&g, "grace", &slug).await;
    assert!(before.contains(LINK) && before.contains(&cancel) && before.contains("1 on the waitlist"));
    assert!(html(&g, "leila", &slug).await.contains(LINK));
    g.advance(Duration::days(4));
    for key in ["grace", "leila", "ravi"] {
        let after = html(&g, key, &slug).await;
        assert!(after.contains("This event is over."), "{key}");
        for gone in [
            LINK,
            &cancel,
            "on the waitlist<",
            "1 on the waitlist",
            "find the meeting link here",
            "/api/events/reinstate",
        ] {
            assert!(!after.contains(gone), "{key} reads {gone}");
        }
    }
    let form = g.page(&visit(&g, "grace", &cancel).await).await;
    assert!(!form.html.contains("/api/events/cancel"), "a past event offers no form to cancel it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_event_offers_nothing_to_join() {
    let g = guild().await;
    let slug = create_event(&g, |form| form.join_url = LINK.into()).await;
    events::rsvp(&g.store, &g.actor("leila").await, &slug, online(0)).await.unwrap();
    events::cancel(&g.store, &g.actor("grace").await, &slug, "The room is flooded.").await.unwrap();
    for key in ["grace", "leila", "mei"] {
        let after = html(&g, key, &slug).await;
        assert!(after.contains("The room is flooded."));
        assert!(!after.contains(LINK) && !after.contains("find the meeting link here"), "{key}");
    }
}

/// A12: an event is not full while only its room is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a12_a_full_room_still_offers_online_seats() {
    let g = guild().await;
    let slug = create_event(&g, |form| {
        (form.join_url, form.online_capacity) = (LINK.into(), "1".into());
        form.title = "Both ways".into();
    })
    .await;
    let badge = async || {
        let list = g.page(&visit(&g, "ravi", "/events?q=Both+ways").await).await.html;
        ["Online seats only", ">Full<"].map(|text| list.contains(text))
    };
    assert_eq!(badge().await, [false, false]);
    for key in ["mei", "kofi"] {
        g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap();
    }
    assert_eq!(badge().await, [true, false]);
    assert!(html(&g, "ravi", &slug).await.contains("All in-person seats are taken."));
    events::rsvp(&g.store, &g.actor("leila").await, &slug, online(0)).await.unwrap();
    assert_eq!(badge().await, [false, true]);
    // A person on the waitlist still reads that the event is full.
    g.rsvp(&g.actor("ravi").await, &slug, 0).await.unwrap();
    assert_eq!(badge().await, [false, true]);
}

/// A4: every page says when an event is over capacity.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a4_every_page_says_that_an_event_is_over_capacity() {
    let g = guild().await;
    let slug = create_event(&g, |form| (form.title, form.capacity) = ("Crowded".into(), "4".into())).await;
    for key in ["mei", "kofi", "ravi", "leila"] {
        g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap();
    }
    edit_event(&g, &slug, |form| form.capacity = "2".into()).await;
    for key in ["mei", "grace", "sofia"] {
        let page = html(&g, key, &slug).await;
        assert!(page.contains("4 of 2 seats taken · over capacity by 2"), "{key}");
    }
    let list = g.page(&visit(&g, "sofia", "/events?q=Crowded").await).await.html;
    assert!(list.contains("4 of 2 seats taken, over capacity by 2") && list.contains(">Full<"));
}

/// A6: when a party of two finds one free seat, the page has one message and one choice of seats.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a6_the_form_says_what_each_number_of_seats_leads_to() {
    let g = guild().await;
    let slug = create_event(&g, |_| ()).await;
    g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    let path = format!("/events/{slug}");
    let before = html(&g, "mei", &slug).await;
    for text in [
        "1 seat is free now. To bring guests, join the waitlist.",
        "1 seat: available now",
        "2 seats: join the waitlist",
    ] {
        assert!(before.contains(text), "{text}");
    }
    let mei = visit(&g, "mei", &path).await;
    let fields = |guests| [("slug", slug.as_str()), ("guests", guests)];
    let answer = g.post(&mei, "/api/events/rsvp", &fields("1"), FORM).await;
    assert_eq!(answer.flash, Some(Flash::Counted { key: "flash-rsvp-waiting-some".into(), count: 1 }));
    let waits = html(&g, "mei", &slug).await;
    assert_eq!(waits.matches("name=\"guests\"").count(), 1, "one picker");
    assert!(waits.contains("You’re waiting for 2 seats. 1 seat is free now"));
    assert!(waits.contains("2 seats: no change") && waits.contains("1 seat: available now"));
    // The same form takes the free seat.
    let answer = g.post(&mei, "/api/events/rsvp", &fields("0"), FORM).await;
    assert_eq!(answer.flash, Some(Flash::success("flash-rsvp-going")));
    // With a seat, the form says which guests would join the waitlist.
    edit_event(&g, &slug, |form| form.capacity = "3".into()).await;
    let more = html(&g, "mei", &slug).await;
    assert!(
        more.contains("2 seats: available now")
            && more.contains("3 seats: your extra guests join the waitlist")
    );
}

/// A11: publishing an event with approval doesn't promise seats.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a11_publishing_an_event_says_how_people_get_seats() {
    let g = guild().await;
    let grace = g.actor("grace").await;
    for (approval, text) in [("", "flash-event-published"), ("on", "flash-event-published-approval")] {
        let form = EventForm { approval: approval.into(), ..event_form(Some(2)) };
        let slug = events::create(&g.store, &grace, form.check().unwrap(), approval).await.unwrap();
        let visit = visit(&g, "grace", &format!("/events/{slug}")).await;
        let answer = g.post(&visit, "/api/events/publish", &[("slug", slug.as_str())], FORM).await;
        assert_eq!(answer.flash, Some(Flash::success(text)));
    }
}

/// A11: a request from late yesterday evening was made "yesterday", although it is only nine hours old.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a11_a_request_is_dated_by_the_readers_calendar() {
    let g = guild().await;
    let slug = create_event(&g, |form| form.approval = "on".into()).await;
    // It is 21 November, 12:00 UTC. Accra, where Kofi lives, uses UTC all year.
    g.advance(Duration::hours(11));
    g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    assert!(html(&g, "kofi", &slug).await.contains("You sent the request today, "));
    g.advance(Duration::hours(9));
    assert!(html(&g, "kofi", &slug).await.contains("You sent the request yesterday, "));
    let people = g.page(&visit(&g, "grace", &format!("/events/{slug}/people")).await).await.html;
    assert!(people.contains("(today)"), "it was after midnight in Stockholm");
}

/// A11: hosts see on the home page how many people request seats, with a link to answer them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a11_hosts_see_requests_and_drafts_on_home() {
    let g = guild().await;
    let slug =
        create_event(&g, |form| (form.title, form.approval) = ("By request".into(), "on".into())).await;
    let grace = g.actor("grace").await;
    let form = EventForm { title: "Half a plan".into(), ..event_form(None) };
    events::create(&g.store, &grace, form.check().unwrap(), "draft").await.unwrap();
    let answer = format!("/events/{slug}/people?show=pending");
    assert!(
        !g.page(&visit(&g, "grace", "/").await).await.html.contains(&answer),
        "there are no requests yet"
    );
    for key in ["mei", "kofi"] {
        g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap();
    }
    let home = g.page(&visit(&g, "grace", "/").await).await.html;
    // The names are there too, so that a request is approved with one click.
    let names = ["Mei Tanaka", "Approve Kofi Mensah"];
    for text in ["Events you host", "Answer 2 requests", &answer, "Half a plan"].iter().chain(&names) {
        assert!(home.contains(text), "{text}");
    }
    let other = g.page(&visit(&g, "mei", "/").await).await.html;
    assert!(!other.contains(&answer) && !other.contains("Half a plan"));
}
