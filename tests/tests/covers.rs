//! Covers that hosts upload for events: who sees them, and where they appear.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use app::flash::Flash;
use domain::{
    Actor, Locale, Refusal, Slug,
    events::{CoverSize, EventForm},
    groups::{GroupForm, GroupRole},
};
use image::{ImageFormat, RgbImage};
use store::{
    Engine, StoreError,
    events::{self, CoverFiles, Filter},
    groups,
};
use tests::{
    Guild, event_form, guild_test,
    portal::{Answer, Browser, Portal},
};

fn files(name: &str) -> CoverFiles {
    CoverFiles { small: format!("{name}, small").into_bytes(), large: format!("{name}, large").into_bytes() }
}

async fn draft(g: &Guild, host: &Actor, form: EventForm) -> Slug {
    let key = store::sign_in::new_token();
    events::create(&g.store, host, form.check().unwrap(), &key).await.unwrap()
}

async fn sees(g: &Guild, actor: &Actor, slug: &Slug) -> bool {
    let cover = events::cover(&g.store, actor, slug, None, CoverSize::Small).await;
    assert!(matches!(cover, Ok(_) | Err(StoreError::NotFound)), "{cover:?}");
    cover.is_ok()
}

/// F7: readers of the event are readers of its cover.
#[guild_test]
async fn a_cover_is_as_visible_as_its_event(g: Guild) {
    g.demo().await;
    g.take_emails().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let event = draft(&g, &grace, event_form(Some(5))).await;
    events::save_cover(&g.store, &grace, &event, Some(files("one")), "A room").await.unwrap();
    assert!(sees(&g, &grace, &event).await);
    assert!(!sees(&g, &mei, &event).await && !sees(&g, &Actor::Anonymous, &event).await);
    // Control: only the draft hid it.
    events::publish(&g.store, &grace, &event).await.unwrap();
    assert!(sees(&g, &mei, &event).await && sees(&g, &Actor::Anonymous, &event).await);
    g.take_emails().await;
}

#[guild_test]
async fn a_private_groups_cover_is_for_its_members(g: Guild) {
    g.demo().await;
    g.take_emails().await;
    let (kofi, mei, grace) = (g.actor("kofi").await, g.actor("mei").await, g.actor("grace").await);
    let private = |visibility: &str| GroupForm {
        name: format!("A {visibility} circle"),
        kind: "chapter".into(),
        visibility: visibility.into(),
        ..GroupForm::default()
    };
    for (visibility, others) in [("private", false), ("public", true)] {
        let form = private(visibility).check().unwrap();
        let group = groups::create(&g.store, &Actor::Operator, form, "").await.unwrap();
        groups::add(&g.store, &Actor::Operator, &group, kofi.member().unwrap(), GroupRole::Organiser)
            .await
            .unwrap();
        groups::add(&g.store, &Actor::Operator, &group, mei.member().unwrap(), GroupRole::Member)
            .await
            .unwrap();
        let event = draft(&g, &kofi, EventForm { group: group.to_string(), ..event_form(Some(5)) }).await;
        events::save_cover(&g.store, &kofi, &event, Some(files("one")), "").await.unwrap();
        events::publish(&g.store, &kofi, &event).await.unwrap();
        assert!(sees(&g, &mei, &event).await);
        // Control: in the other group, everybody sees it.
        for reader in [&grace, &Actor::Anonymous] {
            assert_eq!(sees(&g, reader, &event).await, others, "{visibility}");
        }
    }
    g.take_emails().await;
}

#[guild_test]
async fn only_hosts_change_a_cover(g: Guild) {
    g.demo().await;
    g.take_emails().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let event = draft(&g, &grace, event_form(Some(5))).await;
    events::publish(&g.store, &grace, &event).await.unwrap();
    let card = async || {
        let (cards, _) = events::list(&g.store, &mei, &Filter::default(), 0).await.unwrap();
        cards.into_iter().find(|card| card.slug == event).unwrap().cover
    };
    for change in [
        events::save_cover(&g.store, &mei, &event, Some(files("hers")), "").await,
        events::remove_cover(&g.store, &mei, &event).await,
        events::may_save_cover(&g.store, &mei, &event).await,
    ] {
        assert!(change.is_err());
    }
    assert_eq!(card().await, None);
    // A text alone needs a picture.
    let text_only = events::save_cover(&g.store, &grace, &event, None, "A room").await;
    assert!(matches!(text_only, Err(StoreError::Refused(Refusal::PictureMissing))), "{text_only:?}");
    // Control: the host may.
    events::may_save_cover(&g.store, &grace, &event).await.unwrap();
    events::save_cover(&g.store, &grace, &event, Some(files("one")), "A room").await.unwrap();
    let first = card().await.unwrap();
    assert_eq!(first.alternative, "A room");
    events::save_cover(&g.store, &grace, &event, None, "A hall").await.unwrap();
    let renamed = card().await.unwrap();
    assert_eq!((&renamed.hash, renamed.alternative.as_str()), (&first.hash, "A hall"));
    // A replaced picture has another name, and the old one is gone.
    events::save_cover(&g.store, &grace, &event, Some(files("two")), "A hall").await.unwrap();
    let second = card().await.unwrap();
    let named = async |hash: &str| events::cover(&g.store, &mei, &event, Some(hash), CoverSize::Large).await;
    assert_eq!(named(&second.hash).await.unwrap(), b"two, large");
    assert!(matches!(named(&first.hash).await, Err(StoreError::NotFound)));
    // An edit of the event keeps it.
    let edit = EventForm { title: "Another title".into(), ..event_form(Some(5)) };
    events::edit(&g.store, &grace, &event, edit.check().unwrap(), 2).await.unwrap();
    assert!(card().await.is_some());
    events::remove_cover(&g.store, &grace, &event).await.unwrap();
    assert_eq!(card().await, None);
    assert!(!sees(&g, &grace, &event).await);
    g.take_emails().await;
}

fn picture(colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(320, 240, image::Rgb(colour)).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn flash_of(answer: &Answer) -> Option<Flash> {
    let cookies = answer.headers.get_all("set-cookie").iter();
    cookies.filter_map(|cookie| app::flash::find(cookie.to_str().unwrap().split(';').next().unwrap())).next()
}

async fn signed_in(portal: &Portal, key: &str) -> Browser {
    let browser = portal.browser();
    assert_eq!(browser.post("/sign-in/demo", &[("key", key)]).await.status, 303);
    browser
}

/// F5: the form works without JavaScript, and a refused file costs no text.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_uploaded_cover_is_shown_on_pages_in_previews_and_in_emails() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let ada = g.actor("ada").await;
    let event = draft(&g, &ada, event_form(Some(5))).await;
    let portal = g.portal(&[("demo", "true")]).await;
    let (host, member, stranger) =
        (signed_in(&portal, "ada").await, signed_in(&portal, "mei").await, portal.browser());
    let (page, path) = (format!("/events/{event}"), format!("/events/{event}/cover"));
    let text = [("alternative", "Twenty people & a <b>cake</b>")];
    let refused = host.upload_with(&path, "picture", b"<svg onload=alert(1)>", &text).await;
    assert_eq!(flash_of(&refused), Some(Flash::Refused(Refusal::PictureUnreadable)));
    assert!(host.get(&refused.location).await.body.contains("value=\"Twenty people &amp; a &lt;b&gt;cake"));
    assert_eq!(
        flash_of(&host.upload_with(&path, "picture", b"", &text).await),
        Some(Flash::Refused(Refusal::PictureMissing))
    );
    let long = [("alternative", "x".repeat(201))];
    let long: Vec<(&str, &str)> = long.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let long = host.upload_with(&path, "picture", &picture([200, 0, 0]), &long).await;
    assert!(host.get(&long.location).await.body.contains("p-alternative"));
    assert_eq!(member.upload_with(&path, "picture", &picture([200, 0, 0]), &text).await.status, 404);
    let saved = host.upload_with(&path, "picture", &picture([0, 200, 0]), &text).await;
    assert_eq!((flash_of(&saved), saved.location), (Some(Flash::success("flash-cover-saved")), page.clone()));
    // The draft's cover is for its hosts. The email's address shows a generated one meanwhile.
    let cover = events::page(&g.store, &ada, &event).await.unwrap().event.cover.unwrap();
    let small = format!("{path}/{}", cover.file(CoverSize::Small));
    let in_emails = format!("/covers/talk-1/{event}.jpg");
    assert_eq!(host.get(&small).await.status, 200);
    for browser in [&member, &stranger] {
        assert_eq!(browser.get(&small).await.status, 404);
    }
    let hidden = stranger.get(&in_emails).await;
    assert_eq!(hidden.body, stranger.get("/covers/talk-1/no-such-event.jpg").await.body);
    assert_eq!(hidden.body, stranger.get("/covers/talk-1.jpg").await.body);
    events::publish(&g.store, &ada, &event).await.unwrap();
    // Control: only the draft hid it.
    let shown = stranger.get(&small).await;
    assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
    assert_eq!(shown.header("cache-control"), "private, max-age=600");
    assert_eq!(shown.header("cross-origin-resource-policy"), "cross-origin");
    let mailed = stranger.get(&in_emails).await;
    assert_eq!(mailed.body, shown.body);
    assert_eq!(mailed.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(stranger.get(&format!("/covers/party-1/{event}.jpg")).await.status, 404);
    let large = format!("{path}/{}", cover.file(CoverSize::Large));
    let html = stranger.get(&page).await.body;
    assert!(
        html.contains(&format!("property=\"og:image\" content=\"{}/covers/", portal.address()))
            && html.contains(&format!("/{event}/card.jpg\"")),
        "{html}"
    );
    let preview = stranger.get(&format!("/covers/talk-1/{event}/card.jpg")).await;
    assert_eq!(preview.body, stranger.get(&large).await.body);
    assert!(
        html.contains("alt=\"Twenty people &amp; a &lt;b&gt;cake&lt;/b&gt;\" width=\"640\" height=\"360\""),
        "{html}"
    );
    let list = stranger.get("/events").await.body;
    assert!(list.contains(&format!("src=\"{small}\"")) && !list.contains(&large));
    let removed = host.post("/api/events/remove_cover", &[("slug", event.as_str())]).await;
    assert_eq!(flash_of(&removed), Some(Flash::success("flash-cover-removed")));
    assert_eq!(host.get(&small).await.status, 404);
    assert!(!stranger.get(&page).await.body.contains(&path));
    portal.stop().await;
}

/// F7: a copy of an event has a copy of its cover, if its author may edit the original.
#[guild_test]
async fn f7_a_duplicated_event_keeps_its_cover(g: Guild) {
    g.demo().await;
    let (grace, ada) = (g.actor("grace").await, g.actor("ada").await);
    let from = draft(&g, &grace, event_form(Some(5))).await;
    let files = CoverFiles { small: b"small".to_vec(), large: b"large".to_vec() };
    events::save_cover(&g.store, &grace, &from, Some(files), "A table").await.unwrap();
    let copy = draft(&g, &grace, EventForm { title: "Again".into(), ..event_form(Some(5)) }).await;
    events::copy_cover(&g.store, &grace, &from, &copy).await.unwrap();
    let cover = async |by: &Actor, slug: &Slug| events::page(&g.store, by, slug).await.unwrap().event.cover;
    assert_eq!(cover(&grace, &copy).await, cover(&grace, &from).await);
    assert_eq!(cover(&grace, &copy).await.unwrap().alternative, "A table", "control");
    // The original keeps its cover when the copy loses its own.
    events::remove_cover(&g.store, &grace, &copy).await.unwrap();
    assert!(cover(&grace, &from).await.is_some());
    // Nobody copies the cover of a draft that they don't see.
    let hidden = draft(&g, &ada, EventForm { title: "Hidden".into(), ..event_form(Some(5)) }).await;
    let files = CoverFiles { small: b"canary".to_vec(), large: b"canary".to_vec() };
    events::save_cover(&g.store, &ada, &hidden, Some(files), "").await.unwrap();
    let other = draft(&g, &grace, EventForm { title: "Other".into(), ..event_form(Some(5)) }).await;
    events::copy_cover(&g.store, &grace, &hidden, &other).await.unwrap();
    assert_eq!(cover(&grace, &other).await, None);
    // The form of a copy carries the original along.
    let visit = g.visit(Some("grace"), &format!("/events/new?from={from}"), Locale::En).await;
    assert!(g.page(&visit).await.html.contains(&format!("name=\"from\" value=\"{from}\"")));
    g.take_emails().await;
}

/// F7: organisers give a group a cover. Whoever sees the group sees it, and nobody else.
#[guild_test]
async fn f7_the_cover_of_a_group_follows_its_visibility(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let form = GroupForm {
        name: "Canarygroup".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        ..GroupForm::default()
    };
    let slug = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    let files = || Some(CoverFiles { small: b"small".to_vec(), large: b"large".to_vec() });
    assert!(groups::save_cover(&g.store, &mei, &slug, files(), "").await.is_err(), "she can't see it");
    assert!(groups::may_save_cover(&g.store, &mei, &slug).await.is_err());
    groups::may_save_cover(&g.store, &ada, &slug).await.unwrap();
    groups::save_cover(&g.store, &ada, &slug, files(), "Six people").await.unwrap();
    let cover = groups::page(&g.store, &ada, &slug).await.unwrap().card.cover.unwrap();
    assert_eq!(cover.alternative, "Six people");
    let read = async |by: &Actor| groups::cover(&g.store, by, &slug, &cover.hash, CoverSize::Small).await;
    assert_eq!(read(&ada).await.unwrap(), b"small", "control");
    for reader in [&mei, &Actor::Anonymous] {
        assert!(matches!(read(reader).await, Err(StoreError::NotFound)));
    }
    let visit = g.visit(Some("ada"), &format!("/groups/{slug}"), Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains(&format!("/groups/{slug}/cover/{}-1280.jpg", cover.hash)), "{html}");
    groups::add(&g.store, &ada, &slug, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    assert!(read(&mei).await.is_ok());
    let refused = groups::save_cover(&g.store, &mei, &slug, files(), "").await;
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::NotAllowed))), "members don't change it");
    groups::remove_cover(&g.store, &ada, &slug).await.unwrap();
    assert!(read(&ada).await.is_err());
    g.take_emails().await;
}
