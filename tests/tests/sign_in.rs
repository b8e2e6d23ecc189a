//! Signing in by email over HTTP, as a member does it and as attackers try to.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{members::Address, next::with_next};
use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use tests::{
    Guild, guild_test,
    portal::{Answer, Browser, Portal},
};

const SESSION: &str = "guildhall";
const ANONYMOUS: &str = "guildhall-browser";

/// A demo portal, and a browser that requested a sign-in email for Ada, who is a member.
async fn sign_in_requested(g: &Guild, next: &str) -> (Portal, Browser, tests::portal::SignInEmail) {
    g.demo().await;
    g.joined(&Address::parse("known@guild.example").unwrap()).await;
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    let answer = request_sign_in(&browser, "known@guild.example", next).await;
    assert_eq!((answer.status, answer.location), (303, with_next("/sign-in/code", next)));
    let email = portal.sign_in_email_to("known@guild.example").await;
    (portal, browser, email)
}

async fn request_sign_in(browser: &Browser, address: &str, next: &str) -> Answer {
    browser.post("/sign-in", &[("address", address), ("next", next)]).await
}

async fn is_signed_in(browser: &Browser) -> bool {
    browser.get("/profile/devices").await.status == 200
}

/// The observable parts of a response, without values that differ for every request.
fn shape(answer: &Answer) -> (u16, String, usize, Vec<String>) {
    let names = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
    (answer.status, answer.location.clone(), answer.body.len(), names)
}

#[guild_test]
async fn a_link_signs_in_the_browser_that_requested_it(g: Guild) {
    let (portal, browser, email) = sign_in_requested(&g, "/events?page=1").await;
    let page = browser.get("/sign-in/code").await;
    assert!(
        page.body.contains("known@guild.example") && page.body.contains("one-time-code"),
        "{}",
        page.body
    );
    let page = browser.get(&email.link).await;
    assert_eq!(
        (page.status, page.header("cache-control"), page.header("referrer-policy")),
        (200, "no-store", "strict-origin")
    );
    assert!(page.body.contains("<form method=\"post\">"), "{}", page.body);
    assert!(!page.body.contains(email.link.rsplit('/').next().unwrap()), "the secret is in the page");
    assert!(!is_signed_in(&browser).await);
    let answer = browser.post(&email.link, &[]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/welcome?next=/events%3Fpage%3D1"));
    assert!(is_signed_in(&browser).await);
    assert_eq!(browser.cookie(ANONYMOUS), None);
    portal.stop().await;
    g.expect_emails("sign_in=1").await;
}

#[guild_test]
async fn a_link_works_once(g: Guild) {
    let (portal, browser, email) = sign_in_requested(&g, "/").await;
    let anonymous = browser.cookie(ANONYMOUS).unwrap();
    browser.post(&email.link, &[]).await;
    // The same browser with its cookies, and the code of the same email.
    let again = portal.browser();
    again.set_cookie(ANONYMOUS, &anonymous);
    for answer in
        [again.post(&email.link, &[]).await, again.post("/sign-in/code", &[("code", &email.code)]).await]
    {
        assert_eq!((answer.status, answer.location.as_str()), (303, "/sign-in"));
    }
    assert!(!is_signed_in(&again).await);
    portal.stop().await;
    g.expect_emails("sign_in=1").await;
}

/// Mail scanners open links and some press buttons, but never in the browser that requested the email.
#[guild_test]
async fn a_mail_scanner_neither_signs_in_nor_uses_up_the_link(g: Guild) {
    let (portal, browser, email) = sign_in_requested(&g, "/").await;
    let scanner = portal.browser();
    for method in [Method::GET, Method::HEAD, Method::GET] {
        let answer = scanner.send(method, &email.link, &[], None).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.body.contains("<form method=\"post\">"), "{}", answer.body);
    }
    let answer = scanner.post(&email.link, &[]).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("in the browser where you asked"), "{}", answer.body);
    // Scripts post without an origin.
    assert_eq!(scanner.send(Method::POST, &email.link, &[], Some(String::new())).await.status, 403);
    assert!(!is_signed_in(&scanner).await);
    assert_eq!(browser.post(&email.link, &[]).await.status, 303);
    assert!(is_signed_in(&browser).await);
    portal.stop().await;
    g.expect_emails("sign_in=1").await;
}

#[guild_test]
async fn a_code_works_only_in_the_browser_that_requested_it(g: Guild) {
    let (portal, browser, email) = sign_in_requested(&g, "/").await;
    let other = portal.browser();
    request_sign_in(&other, "somebody.else@guild.example", "/").await;
    let answer = other.post("/sign-in/code", &[("code", &email.code)]).await;
    assert_eq!(answer.location, "/sign-in/code");
    assert!(!is_signed_in(&other).await);
    assert!(email.code.len() == 9 && email.code.as_bytes()[4] == b' ', "{email:?}");
    let answer = browser.post("/sign-in/code", &[("code", &email.code)]).await;
    assert_eq!(answer.status, 303);
    assert!(is_signed_in(&browser).await);
    portal.stop().await;
    g.expect_emails("sign_in=2").await;
}

#[guild_test]
async fn a_sign_in_ends_after_five_wrong_codes(g: Guild) {
    let (portal, browser, email) = sign_in_requested(&g, "/").await;
    let wrong = if email.code.starts_with('0') { "1111 1111" } else { "0000 0000" };
    for left in [4, 3, 2] {
        let answer = browser.post("/sign-in/code", &[("code", wrong)]).await;
        assert_eq!(answer.location, "/sign-in/code");
        let page = browser.get("/sign-in/code").await;
        assert!(page.body.contains(&format!("{left} more times")), "{}", page.body);
    }
    assert_eq!(browser.post("/sign-in/code", &[("code", "not even digits")]).await.location, "/sign-in/code");
    assert_eq!(browser.post("/sign-in/code", &[("code", wrong)]).await.location, "/sign-in");
    // Now neither the right code nor the link works.
    assert_eq!(browser.post("/sign-in/code", &[("code", &email.code)]).await.location, "/sign-in");
    assert_eq!(browser.post(&email.link, &[]).await.location, "/sign-in");
    assert!(!is_signed_in(&browser).await);
    portal.stop().await;
    g.expect_emails("sign_in=1").await;
}

#[guild_test]
async fn a_sign_in_expires_after_ten_minutes(g: Guild) {
    let (portal, browser, email) = sign_in_requested(&g, "/").await;
    g.advance(Duration::minutes(10));
    let page = browser.get(&email.link).await;
    assert!(page.body.contains("Ask for a new"), "{}", page.body);
    assert_eq!(browser.post(&email.link, &[]).await.location, "/sign-in");
    assert_eq!(browser.post("/sign-in/code", &[("code", &email.code)]).await.location, "/sign-in");
    assert!(!is_signed_in(&browser).await);
    portal.stop().await;
    g.expect_emails("sign_in=1").await;
}

/// The demo lets newcomers join. Where only invited people may join, only the email says so.
#[guild_test]
async fn known_and_unknown_addresses_get_the_same_response(g: Guild) {
    let (portal, _, _) = sign_in_requested(&g, "/").await;
    g.raw().execute_unprepared("UPDATE settings SET sign_up = 'invite'").await.unwrap();
    let (known, unknown) = (portal.browser(), portal.browser());
    let answers = [
        request_sign_in(&known, "known@guild.example", "/").await,
        request_sign_in(&unknown, "unknown@guild.example", "/").await,
    ];
    assert_eq!(shape(&answers[0]), shape(&answers[1]));
    let pages = [known.get("/sign-in/code").await, unknown.get("/sign-in/code").await];
    assert_eq!(pages[0].status, pages[1].status);
    assert_eq!(pages[0].body.replace("known@", "@"), pages[1].body.replace("unknown@", "@"));
    assert_eq!(portal.sign_in_email_to("unknown@guild.example").await.link, "");
    for browser in [known, unknown] {
        assert_eq!(browser.post("/sign-in/code", &[("code", "1234 5678")]).await.location, "/sign-in/code");
    }
    portal.stop().await;
    g.expect_emails("no_account=1 sign_in=2").await;
}

/// The link is opened in one tab while another tab waits for the code.
#[guild_test]
async fn the_waiting_tab_continues_by_itself(g: Guild) {
    let (portal, browser, email) = sign_in_requested(&g, "/events?page=1").await;
    let waiting = with_next("/sign-in/code", "/events?page=1");
    let page = browser.get(&waiting).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("/waiting.js") && page.body.contains(&format!("<a href=\"{waiting}\"")),
        "{}",
        page.body
    );
    browser.post(&email.link, &[]).await;
    // The waiting tab continues by itself, by script or by its link, and also when the code is typed there.
    let again = browser.get(&waiting).await;
    assert_eq!((again.status, again.location.as_str()), (303, "/events?page=1"));
    let typed = browser.post("/sign-in/code", &[("code", &email.code), ("next", "/events?page=1")]).await;
    assert_eq!((typed.status, typed.location.as_str()), (303, "/events?page=1"));
    let elsewhere = browser.post("/sign-in/code", &[("code", &email.code), ("next", "//evil.example")]).await;
    assert_eq!(elsewhere.location, "/");
    // The link also works in a browser that is already signed in.
    assert!(browser.get(&email.link).await.body.contains("You’re signed in"));
    assert_eq!(browser.post(&email.link, &[]).await.location, "/");
    assert!(is_signed_in(&browser).await);
    // A member who is signed in here but requested the email elsewhere reads where to type the code.
    let phone = portal.browser();
    request_sign_in(&phone, "known@guild.example", "/").await;
    let email = portal.next_sign_in_email_to("known@guild.example", 2).await;
    assert!(browser.get(&email.link).await.body.contains("in the browser where you asked"));
    // Control: other browsers are not signed in.
    let other = portal.browser();
    assert_eq!(other.get(&waiting).await.status, 200);
    let answer = other.post("/sign-in/code", &[("code", &email.code), ("next", "/events")]).await;
    assert_eq!(answer.location, "/sign-in?next=/events");
    portal.stop().await;
    g.expect_emails("sign_in=2").await;
}

#[guild_test]
async fn every_sign_in_starts_a_new_session_and_ends_the_old_one(g: Guild) {
    let (portal, browser, email) = sign_in_requested(&g, "/").await;
    // A session cookie that an attacker planted is not used.
    browser.set_cookie(SESSION, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    browser.post(&email.link, &[]).await;
    let first = browser.cookie(SESSION).unwrap();
    assert_ne!(first, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    g.advance(Duration::minutes(1));
    request_sign_in(&browser, "known@guild.example", "/").await;
    let mut email = portal.sign_in_email_to("known@guild.example").await;
    for _ in 0..100 {
        if portal.emails().await >= 2 {
            email = portal.sign_in_email_to("known@guild.example").await;
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(browser.post(&email.link, &[]).await.status, 303);
    let second = browser.cookie(SESSION).unwrap();
    assert_ne!(first, second);
    let thief = portal.browser();
    thief.set_cookie(SESSION, &first);
    assert!(!is_signed_in(&thief).await);
    assert!(is_signed_in(&browser).await);
    // Signing out ends the session on the server, not only in the browser.
    assert_eq!(browser.post("/sign-out", &[]).await.location, "/");
    assert_eq!(browser.cookie(SESSION), None);
    thief.set_cookie(SESSION, &second);
    assert!(!is_signed_in(&thief).await);
    portal.stop().await;
    g.expect_emails("sign_in=2").await;
}

#[guild_test]
async fn a_refused_sign_in_form_keeps_its_input(g: Guild) {
    let (portal, _, _) = sign_in_requested(&g, "/").await;
    let browser = portal.browser();
    let hostile = "\"><script>alert(1)</script>@guild";
    let answer = request_sign_in(&browser, hostile, "/events?page=2").await;
    assert_eq!(answer.location, "/sign-in?next=/events%3Fpage%3D2");
    let page = browser.get(&answer.location).await;
    assert!(page.body.contains("Enter an email address"), "{}", page.body);
    assert!(
        page.body.contains("&lt;script&gt;alert(1)") && !page.body.contains("<script>alert"),
        "{}",
        page.body
    );
    assert!(page.body.contains("value=\"/events?page=2\""), "{}", page.body);
    // Other browsers don't see the draft.
    assert!(!portal.browser().get("/sign-in").await.body.contains("alert(1)"));
    // A valid address is not kept as a draft.
    request_sign_in(&browser, "new@guild.example", "/").await;
    assert!(!browser.get("/sign-in").await.body.contains("alert(1)"));
    portal.stop().await;
    g.expect_emails("sign_in=2").await;
}

#[guild_test]
async fn signing_in_never_redirects_to_another_site(g: Guild) {
    let (portal, browser, email) = sign_in_requested(&g, "//evil.example/").await;
    assert_eq!(browser.post(&email.link, &[]).await.location, "/welcome");
    let elsewhere = portal.browser();
    for next in ["https://evil.example", "/\\evil.example", "/\t/evil.example", "/%2f/evil.example"] {
        let page = elsewhere.get(&format!("/sign-in?next={}", next.replace('\t', "%09"))).await;
        assert!(!page.body.contains("evil.example\""), "{next}: {}", page.body);
    }
    portal.stop().await;
    g.expect_emails("sign_in=1").await;
}

#[guild_test]
async fn over_https_cookies_belong_to_this_host_only(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[("public_url", "https://guild.example")]).await;
    let browser = portal.browser();
    let headers =
        [("host", "guild.example"), ("origin", "https://guild.example"), ("sec-fetch-site", "same-origin")];
    let form = Some("address=new%40guild.example".to_owned());
    let answer = browser.send(Method::POST, "/sign-in", &headers, form).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-guildhall-browser="), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    portal.stop().await;
    g.expect_emails("sign_in=1").await;
}

#[guild_test(empty)]
async fn the_setup_link_works_once(g: Guild) {
    let token = store::sign_in::setup_token(&g.store).await.unwrap().unwrap();
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    assert_eq!(browser.get("/setup?token=wrong").await.status, 409);
    assert_eq!(browser.get(&format!("/setup?token={token}")).await.status, 200);
    let form = |token, zone| {
        [
            ("token", token),
            ("community", "Guild"),
            ("name", "Ada"),
            ("address", "ada@guild.example"),
            ("zone", zone),
        ]
    };
    let answer = browser.post("/setup", &form(&token, "Mars/Olympus")).await;
    assert_eq!(answer.location, format!("/setup?token={token}"));
    let page = browser.get(&answer.location).await;
    assert!(page.body.contains("Mars/Olympus") && page.body.contains("ada@guild.example"), "{}", page.body);
    assert_eq!(browser.post("/setup", &form("wrong", "Europe/London")).await.location, "/setup?token=wrong");
    assert!(!is_signed_in(&browser).await);
    assert_eq!(browser.post("/setup", &form(&token, "Europe/London")).await.location, "/");
    assert!(is_signed_in(&browser).await);
    let late = portal.browser();
    late.post("/setup", &form(&token, "Europe/London")).await;
    assert!(!is_signed_in(&late).await);
    portal.stop().await;
}

#[guild_test]
async fn only_a_demo_signs_in_the_demos_people(g: Guild) {
    g.demo().await;
    let closed = g.portal(&[]).await;
    let browser = closed.browser();
    assert_eq!(browser.post("/sign-in/demo", &[("key", "grace")]).await.status, 404);
    assert!(!browser.get("/sign-in").await.body.contains("/sign-in/demo"));
    closed.stop().await;
    let open = g.portal(&[("demo", "true")]).await;
    let browser = open.browser();
    assert!(browser.get("/sign-in").await.body.contains("/sign-in/demo"));
    let answer = browser.post("/sign-in/demo", &[("key", "grace"), ("next", "/profile")]).await;
    assert_eq!(answer.location, "/profile");
    assert!(is_signed_in(&browser).await);
    assert_eq!(open.browser().post("/sign-in/demo", &[("key", "nobody")]).await.location, "/sign-in");
    open.stop().await;
}
