//! Feeds (C12): their entries and UIDs, and cheap repeated requests.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Actor, events::EventForm};
use store::{Engine, events, feeds};
use tests::{Guild, event_form, guild_test};

async fn create_event(g: &Guild, change: impl FnOnce(&mut EventForm)) -> domain::Slug {
    let grace = g.actor("grace").await;
    let mut form = EventForm {
        title: "Fed zzz".into(),
        join_url: "https://meet.example.org/fed".into(),
        group: "north".into(),
        ..event_form(None)
    };
    change(&mut form);
    let slug =
        events::create(&g.store, &grace, form.check().unwrap(), &store::sign_in::new_token()).await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    slug
}

#[guild_test]
async fn c12_a_feed_keeps_cancelled_events_for_a_month(g: Guild) {
    g.demo().await;
    let slug = create_event(&g, |_| ()).await;
    let draft = EventForm { title: "Draft zzz".into(), ..event_form(None) }.check().unwrap();
    events::create(&g.store, &g.actor("grace").await, draft, "k").await.unwrap();
    let fed = async || {
        let feed = feeds::public(&g.store, None).await.unwrap();
        let titles: Vec<_> =
            feed.entries.into_iter().filter(|entry| entry.event.details.title.contains("zzz")).collect();
        titles.first().map(|entry| {
            (titles.len(), entry.event.status.name(), entry.event.details.join_link().map(str::to_owned))
        })
    };
    assert_eq!(fed().await, Some((1, "published", None)), "neither drafts nor links to join");
    events::cancel(&g.store, &g.actor("grace").await, &slug, "Snow").await.unwrap();
    assert_eq!(fed().await, Some((1, "cancelled", None)));
    g.advance(chrono::Duration::days(32));
    assert_eq!(fed().await, Some((1, "cancelled", None)), "the event was to take place in three days");
    g.advance(chrono::Duration::days(2));
    assert_eq!(fed().await, None);
}

#[guild_test]
async fn c12_a_members_own_feed_has_their_seats_and_their_groups_events(g: Guild) {
    g.demo().await;
    let (mei, leila) = (g.actor("mei").await, g.actor("leila").await);
    let mine = create_event(&g, |form| form.capacity = "1".into()).await;
    let of_my_group =
        create_event(&g, |form| (form.title, form.group) = ("Ours zzz".into(), "on-call".into())).await;
    create_event(&g, |form| (form.title, form.group) = ("Others zzz".into(), String::new())).await;
    let rsvp = g.rsvp(&mei, &mine, 0).await.unwrap();
    let token = feeds::make(&g.store, &mei).await.unwrap();
    let read = async |token: &str| {
        let feed = feeds::private(&g.store, token).await.unwrap();
        feed.entries.into_iter().filter(|entry| entry.event.details.title.contains("zzz")).collect::<Vec<_>>()
    };
    let entries = read(&token).await;
    let slugs: Vec<_> = entries.iter().map(|entry| &entry.event.slug).collect();
    assert!(slugs.contains(&&mine) && slugs.contains(&&of_my_group) && slugs.len() == 2, "{slugs:?}");
    let seat = entries.iter().find(|entry| entry.event.slug == mine).unwrap();
    assert_eq!(seat.rsvp.as_ref().map(|mine| mine.id), Some(rsvp.id), "the invitation’s UID");
    assert!(entries.iter().all(|entry| entry.event.details.join_link().is_none()));
    // Only a hash of the link is stored. A new link replaces the old one, and a removed link stops working.
    assert_eq!(
        g.number(&format!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM feeds WHERE CAST(token_hash AS TEXT) LIKE '%{token}%'"
        ))
        .await,
        0
    );
    let other = feeds::make(&g.store, &leila).await.unwrap();
    assert!(read(&other).await.iter().all(|entry| entry.event.slug != mine));
    let again = feeds::make(&g.store, &mei).await.unwrap();
    assert!(
        feeds::private(&g.store, &token).await.is_err() && feeds::private(&g.store, &again).await.is_ok()
    );
    feeds::revoke(&g.store, &mei).await.unwrap();
    assert!(feeds::private(&g.store, &again).await.is_err() && feeds::private(&g.store, "").await.is_err());
    assert!(feeds::private(&g.store, &other).await.is_ok());
    assert!(feeds::make(&g.store, &Actor::Anonymous).await.is_err());
    g.expect_emails("confirmed=1").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c12_repeated_requests_are_cheap() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let slug = create_event(&g, |form| form.title = "Fed zzz <b>&".into()).await;
    let mei = g.actor("mei").await;
    let rsvp = g.rsvp(&mei, &slug, 0).await.unwrap();
    let token = feeds::make(&g.store, &mei).await.unwrap();
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    for (end, kind) in
        [("ics", "text/calendar"), ("atom", "application/atom+xml"), ("json", "application/feed+json")]
    {
        for path in [format!("/events.{end}"), format!("/groups/north/events.{end}")] {
            let first = browser.get(&path).await;
            assert_eq!(first.status, 200, "{path}");
            assert!(first.header("content-type").starts_with(kind), "{path}");
            assert!(
                first.body.contains("Fed zzz") && !first.body.contains("meet.example.org"),
                "{path} {}",
                first.body
            );
            assert!(end != "atom" || !first.body.contains("<b>"), "{path}");
            let etag = first.header("etag").to_owned();
            let again =
                async || browser.send(reqwest::Method::GET, &path, &[("if-none-match", &etag)], None).await;
            let same = again().await;
            assert_eq!((same.status, same.body.as_str()), (304, ""), "{path}");
        }
        assert_eq!(browser.get(&format!("/groups/nowhere/events.{end}")).await.status, 404);
    }
    let feed: serde_json::Value = serde_json::from_str(&browser.get("/events.json").await.body).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let before = browser.get("/events.ics").await;
    events::cancel(&g.store, &g.actor("grace").await, &slug, "").await.unwrap();
    let after = browser
        .send(reqwest::Method::GET, "/events.ics", &[("if-none-match", before.header("etag"))], None)
        .await;
    assert!(after.status == 200 && after.body.contains("STATUS:CANCELLED"));
    let own = browser.get(&format!("/feeds/{token}.ics")).await;
    for calendar in [&after.body, &own.body] {
        for line in ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"] {
            assert_eq!(calendar.lines().filter(|known| *known == line).count(), 1, "{line}: {calendar}");
        }
        // A METHOD would require an ORGANIZER in each event (RFC 5546).
        assert!(!calendar.contains("METHOD:"), "{calendar}");
    }
    assert!(own.body.contains(&format!("UID:{}", rsvp.id)) && !own.body.contains(&token), "{}", own.body);
    for wrong in ["/feeds/x.ics", &format!("/feeds/{token}"), &format!("/feeds/{token}.ics.ics")] {
        assert_eq!(browser.get(wrong).await.status, 404, "{wrong}");
    }
    portal.stop().await;
}
