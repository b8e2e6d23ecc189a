//! What a community says about itself: its logo and its longer texts.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use app::flash::Flash;
use domain::{Actor, Refusal, community::CommunityText};
use image::{ImageFormat, RgbImage};
use store::{
    Engine, StoreError,
    events::{self, Filter},
    settings::{self, TextVersion},
};
use tests::{
    Guild, guild_test,
    portal::{Answer, Browser, Portal},
};

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// F10
#[guild_test]
async fn f10_only_admins_change_the_logo_and_an_old_one_is_gone(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    assert_eq!(refused(settings::save_logo(&g.store, &mei, vec![1], (9, 9)).await), Refusal::NotAllowed);
    assert_eq!(refused(settings::may_save_logo(&mei).map(|()| 0)), Refusal::NotAllowed);
    settings::save_logo(&g.store, &ada, b"one".to_vec(), (320, 80)).await.unwrap();
    let logo = async || settings::load(&g.store).await.unwrap().logo;
    let one = logo().await.unwrap();
    assert_eq!(settings::logo(&g.store, &one.name()).await.unwrap(), b"one", "control");
    assert_eq!(refused(settings::remove_logo(&g.store, &mei).await), Refusal::NotAllowed);
    settings::save_logo(&g.store, &ada, b"two".to_vec(), (80, 80)).await.unwrap();
    let two = logo().await.unwrap();
    assert!(matches!(settings::logo(&g.store, &one.name()).await, Err(StoreError::NotFound)));
    assert_eq!(settings::logo(&g.store, &two.name()).await.unwrap(), b"two");
    settings::remove_logo(&g.store, &ada).await.unwrap();
    settings::remove_logo(&g.store, &ada).await.unwrap();
    assert_eq!(logo().await, None);
    assert!(matches!(settings::logo(&g.store, &two.name()).await, Err(StoreError::NotFound)));
    let audited = async |action: &str| {
        g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = '{action}'")).await
    };
    assert_eq!((audited("settings.logo").await, audited("settings.logo_removed").await), (2, 1));
}

/// F11
#[guild_test]
async fn f11_each_version_of_a_text_is_kept_and_none_is_overwritten(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let kind = CommunityText::Privacy;
    let save =
        async |text: &str, version: u32| settings::change_text(&g.store, &ada, kind, text, version).await;
    let kept = async || settings::text_versions(&g.store, &ada, kind).await.unwrap();
    assert_eq!((kept().await.len(), settings::text(&g.store, kind).await.unwrap()), (0, String::new()));
    assert_eq!(refused(settings::change_text(&g.store, &mei, kind, "Hers", 0).await), Refusal::NotAllowed);
    save("We keep little.", 0).await.unwrap();
    assert_eq!(refused(save("Late", 0).await), Refusal::ChangedMeanwhile { version: 1 });
    save("We keep less.", 1).await.unwrap();
    save("We keep less.", 2).await.unwrap();
    assert_eq!(
        kept().await.iter().map(|one| one.version).collect::<Vec<_>>(),
        [2, 1],
        "control: two changes"
    );
    let (before, TextVersion { text, version, .. }) =
        settings::text_version(&g.store, &ada, kind, 2).await.unwrap();
    assert_eq!((before.as_str(), text.as_str(), version), ("We keep little.", "We keep less.", 2));
    assert_eq!(settings::text_version(&g.store, &ada, kind, 1).await.unwrap().0, "");
    for missing in [0, 3, u32::MAX] {
        let found = settings::text_version(&g.store, &ada, kind, missing).await;
        assert!(matches!(found, Err(StoreError::NotFound)), "{missing}: {found:?}");
    }
    assert_eq!(refused(settings::text_versions(&g.store, &mei, kind).await), Refusal::NotAllowed);
    assert_eq!(refused(settings::text_version(&g.store, &mei, kind, 1).await), Refusal::NotAllowed);
    // Other texts have versions of their own.
    assert_eq!(settings::text_versions(&g.store, &ada, CommunityText::Conduct).await.unwrap()[0].version, 1);
    assert_eq!(settings::text(&g.store, kind).await.unwrap(), "We keep less.");
}

/// F11
#[guild_test]
async fn f11_a_removed_code_of_conduct_is_not_linked(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let has = async || settings::load(&g.store).await.unwrap().has_conduct;
    assert!(has().await, "control: the demo has one");
    settings::change_text(&g.store, &ada, CommunityText::Conduct, "", 1).await.unwrap();
    assert!(!has().await);
    settings::change_text(&g.store, &ada, CommunityText::Welcome, "Hello", 1).await.unwrap();
    assert!(!has().await);
    settings::change_text(&g.store, &ada, CommunityText::Conduct, "Be kind.", 2).await.unwrap();
    assert!(has().await);
}

fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, image::Rgb([10, 90, 60]))
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
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

/// F10: it is on pages and in emails, and a refused file changes nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_uploaded_logo_is_shown_on_pages_and_in_emails() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let (ada, mei, stranger) =
        (signed_in(&portal, "ada").await, signed_in(&portal, "mei").await, portal.browser());
    let upload =
        async |by: &Browser, bytes: &[u8]| by.upload_with("/admin/logo", "picture", bytes, &[]).await;
    assert_eq!(upload(&mei, &picture(9, 9)).await.status, 403);
    assert_eq!(
        flash_of(&upload(&ada, b"<svg onload=alert(1)>").await),
        Some(Flash::Refused(Refusal::PictureUnreadable))
    );
    assert_eq!(flash_of(&upload(&ada, b"").await), Some(Flash::Refused(Refusal::PictureMissing)));
    assert!(!stranger.get("/").await.body.contains("own-logo"), "control: no logo yet");
    let preview = async || stranger.get("/covers/talk-1/no-such-event/card.jpg").await.body;
    let without_logo = preview().await;
    assert_eq!(without_logo, stranger.get("/covers/talk-1.jpg").await.body);
    let saved = upload(&ada, &picture(800, 200)).await;
    assert_eq!(flash_of(&saved), Some(Flash::success("flash-logo-saved")));
    let logo = settings::load(&g.store).await.unwrap().logo.unwrap();
    assert_eq!((logo.width, logo.height), (480, 120));
    let html = stranger.get("/").await.body;
    let shown = format!("src=\"{}\" alt=\"Secure Synergy\" width=\"160\" height=\"40\"", logo.path());
    assert!(html.contains(&shown), "{html}");
    let file = stranger.get(&logo.path()).await;
    assert_eq!((file.status, file.header("content-type")), (200, "image/png"));
    assert_eq!(file.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(stranger.get("/logo/none-4x3.png").await.status, 404);
    assert_ne!(preview().await, without_logo, "previews of links show the logo");
    // A square one is beside the name.
    upload(&ada, &picture(80, 80)).await;
    let square = settings::load(&g.store).await.unwrap().logo.unwrap();
    let html = stranger.get("/").await.body;
    assert!(html.contains(&format!("src=\"{}\" alt=\"\" width=\"40\"", square.path())), "{html}");
    assert_eq!(stranger.get(&logo.path()).await.status, 404);
    stranger.post("/sign-in", &[("address", "noa@example.org")]).await;
    let email = portal.email_text_to("noa@example.org").await;
    assert!(email.contains(&format!("{}{}", portal.address(), square.path())), "{email}");
    let removed = ada.post("/api/admin/remove_logo", &[]).await;
    assert_eq!(flash_of(&removed), Some(Flash::success("flash-logo-removed")));
    assert!(!stranger.get("/").await.body.contains("own-logo"));
    assert_eq!(preview().await, without_logo);
    portal.stop().await;
}

/// F11, F5: the form works without JavaScript, and nothing typed is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn texts_are_shown_where_people_join_and_compared_in_the_audit_log() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let (ada, stranger) = (signed_in(&portal, "ada").await, portal.browser());
    let long = "x".repeat(10_001);
    let form = [("kind", "conduct"), ("version", "1")];
    let refused = ada.post("/api/admin/text", &[&form[..], &[("text", long.as_str())]].concat()).await;
    assert_eq!(refused.location, "/admin/settings/conduct");
    let page = ada.get(&refused.location).await.body;
    assert!(page.contains("p-text") && page.contains(&long), "the typed text stays");
    let text = "Be **kind** & <script>alert(1)</script> patient.";
    let saved = ada.post("/api/admin/text", &[&form[..], &[("text", text)]].concat()).await;
    assert_eq!(flash_of(&saved), Some(Flash::success("flash-text-saved")));
    let conduct = stranger.get("/conduct").await.body;
    assert!(conduct.contains("<strong>kind</strong>") && !conduct.contains("<script>alert"), "{conduct}");
    for path in ["/sign-in", "/events"] {
        assert!(stranger.get(path).await.body.contains("href=\"/conduct\""), "{path}");
    }
    let (cards, _) = events::list(&g.store, &Actor::Anonymous, &Filter::default(), 0).await.unwrap();
    let mut registers = None;
    for path in cards.iter().map(|card| format!("/events/{}", card.slug)) {
        if stranger.get(&path).await.body.contains(&format!("action=\"{path}/register\"")) {
            registers = Some(path);
            break;
        }
    }
    let registers = registers.unwrap();
    let agrees = async || stranger.get(&registers).await.body.contains("you agree to follow our rules");
    assert!(agrees().await, "the form of an event links to it too");
    let audit = ada.get("/admin/audit").await.body;
    assert!(audit.contains("Version of the code of conduct: 1 → 2"), "{audit}");
    assert!(audit.contains("href=\"/admin/settings/conduct?version=2\""), "{audit}");
    let both = ada.get("/admin/settings/conduct?version=2").await.body;
    assert!(both.contains("What we expect") && both.contains("Be **kind** &amp;"), "{both}");
    let again = ada.get("/admin/settings/conduct?from=1&fresh=1").await.body;
    assert!(again.contains("Ask before you record"), "{again}");
    assert!(stranger.get("/").await.body.contains("Come to an event first."));
    let privacy =
        ada.post("/api/admin/text", &[("kind", "privacy"), ("version", "0"), ("text", "Ours")]).await;
    assert_eq!(flash_of(&privacy), Some(Flash::success("flash-text-saved")));
    let privacy = stranger.get("/privacy").await.body;
    assert!(privacy.find("Ours").unwrap() < privacy.find("What we keep").unwrap(), "{privacy}");
    // Without a text there is no page.
    ada.post("/api/admin/text", &[("kind", "conduct"), ("version", "2"), ("text", " ")]).await;
    assert_eq!(stranger.get("/conduct").await.status, 404);
    assert!(!stranger.get("/sign-in").await.body.contains("/conduct"));
    assert!(!agrees().await);
    portal.stop().await;
}
