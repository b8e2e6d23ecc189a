//! What the form of a new event starts with, and what it accepts.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Slug, events::EventForm};
use store::{Engine, StoreError, events};
use tests::{Guild, event_form, guild_test};

/// The page of the form as it is shown to one of the demo's people.
async fn form_page(g: &Guild, who: &str, path: &str) -> String {
    let visit = g.visit(Some(who), path, domain::Locale::En).await;
    g.page(&visit).await.html
}

async fn create(g: &Guild, who: &str, form: EventForm) -> Slug {
    let host = g.actor(who).await;
    events::create(&g.store, &host, form.check().unwrap(), &store::sign_in::new_token()).await.unwrap()
}

#[guild_test]
async fn a_copy_starts_with_everything_but_the_dates(g: Guild) {
    g.demo().await;
    let form = EventForm { end_time: "21:15".into(), minutes: String::new(), ..event_form(Some(17)) };
    let slug = create(&g, "grace", EventForm { title: "A canary in Berlin".into(), ..form }).await;
    let page = form_page(&g, "grace", &format!("/events/new?from={slug}")).await;
    for expected in [
        "value=\"A canary in Berlin\"",
        "value=\"18:00\"",
        "value=\"21:15\"",
        "value=\"17\"",
        "This is a copy of",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("2026-11-24"), "{page}");
    // Only hosts can copy an event. Grace's draft is hidden from Mei, and she may not edit what is published.
    let mei = g.actor("mei").await;
    assert!(matches!(events::to_copy(&g.store, &mei, &slug).await, Err(StoreError::NotFound)));
    events::publish(&g.store, &g.actor("grace").await, &slug).await.unwrap();
    assert!(matches!(events::to_copy(&g.store, &mei, &slug).await, Err(StoreError::NotFound)));
}

#[guild_test]
async fn a_new_event_starts_like_the_last_one_of_the_group(g: Guild) {
    g.demo().await;
    let owls = g.night_owls(&[]).await;
    let last = EventForm {
        title: "Owls at night".into(),
        group: owls.to_string(),
        place: "The barn".into(),
        time: "22:00".into(),
        end_time: "01:30".into(),
        zone: "Europe/Lisbon".into(),
        minutes: String::new(),
        ..event_form(Some(9))
    };
    create(&g, "ada", last).await;
    let page = form_page(&g, "ada", &format!("/events/new?group={owls}")).await;
    for expected in
        ["value=\"The barn\"", "value=\"22:00\"", "value=\"01:30\"", "value=\"Europe/Lisbon\"", "value=\"9\""]
    {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("Owls at night"), "{page}");
    // Somebody who doesn't organise the group learns nothing from its events.
    let mei = g.actor("mei").await;
    assert_eq!(events::last(&g.store, &mei, Some(&owls)).await.unwrap(), None);
}

#[guild_test]
async fn an_event_can_be_subscribed_to_and_shared(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(3)).await;
    let page = form_page(&g, "mei", &format!("/events/{slug}")).await;
    assert!(page.contains("data-share") && page.contains("/share.js"), "{page}");
    assert!(page.contains(&format!("/events/{slug}\"")), "{page}");
    for path in ["/events", "/groups/on-call"] {
        let page = form_page(&g, "mei", path).await;
        assert!(page.contains("href=\"webcal://") && page.contains("events.ics\""), "{path}");
    }
}

/// F5: without JavaScript, a preview costs nothing that was typed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_shows_the_text_and_keeps_the_form() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let browser = portal.browser();
    assert_eq!(browser.post("/sign-in/demo", &[("key", "grace")]).await.status, 303);
    let typed = [
        ("title", "Half a title"),
        ("description", "Bring **a laptop**\n\n- and <script>tea</script>"),
        ("capacity", "many"),
    ];
    let to = "/preview?field=description&draft=events%2Fnew&page=%2Fevents%2Fnew";
    let answer = browser.post(to, &typed).await;
    assert_eq!(answer.location, "/events/new?preview=description#preview-description");
    let page = browser.get(&answer.location).await.body;
    for expected in
        ["<strong>a laptop</strong>", "value=\"Half a title\"", "value=\"many\"", "&lt;script&gt;tea"]
    {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("<script>tea"), "{page}");
    // Control: the form shows the preview only when it was asked for.
    let plain = browser.get("/events/new").await.body;
    assert!(plain.contains("value=\"Half a title\"") && !plain.contains("<strong>a laptop"), "{plain}");
    // A script gets the HTML only. The way back never leads to another site.
    let form = "text=%2A%2Abold%2A%2A".to_owned();
    let headers =
        [("accept", "application/json"), ("origin", browser.home()), ("sec-fetch-site", "same-origin")];
    let html = browser.send(reqwest::Method::POST, "/preview?field=text", &headers, Some(form)).await.body;
    assert_eq!(serde_json::from_str::<String>(&html).unwrap().trim(), "<p><strong>bold</strong></p>");
    let away = browser.post("/preview?field=x&draft=y&page=https%3A%2F%2Fevil.example", &typed).await;
    assert!(away.location.starts_with("/?preview=x"), "{}", away.location);
    assert!(portal.browser().post(to, &typed).await.location.starts_with("/sign-in"));
    portal.stop().await;
}
