//! Signing in with providers over HTTP: a real OpenID Connect provider, and a substitute for GitHub. Attacks by
//! a hostile provider are tested in `server/src/sign_in/providers/oidc_tests.rs`.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use std::process::Stdio;

use axum::{Json, Router, routing};
use domain::members::Address;
use serde_json::json;
use tests::{
    Guild, guild_test,
    portal::{Answer, Browser, Portal},
};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

const ANONYMOUS: &str = "guildhall-browser";
const CALLBACK: &str = "/sign-in/with/oidc/callback";

/// The provider of `tests/e2e/support` as a separate process.
struct Provider {
    issuer: String,
    _process: Child,
}

impl Provider {
    async fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/support/oidc-main.mjs");
        let missing = "the provider of the tests needs Node and its packages: run `cargo xtask test`";
        let mut process = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect(missing);
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next_line().await.unwrap().expect(missing);
        Self { issuer: format!("http://127.0.0.1:{port}"), _process: process }
    }

    /// A demo portal that uses this provider. Its clock shows the provider's time.
    async fn portal(&self, g: &Guild) -> Portal {
        self.portal_of(g, None).await
    }

    /// The same portal with a member, who joins before the portal's mail worker starts.
    async fn portal_of(&self, g: &Guild, member: Option<&str>) -> Portal {
        g.demo().await;
        g.clock.set(store::Clock::system().now());
        if let Some(address) = member {
            g.joined(&Address::parse(address).unwrap()).await;
        }
        g.portal(&settings(&self.issuer)).await
    }
}

fn settings(issuer: &str) -> [(&'static str, &str); 4] {
    [
        ("oidc_issuer", issuer),
        ("oidc_client_id", "guildhall"),
        ("oidc_client_secret", "a-secret-between-guildhall-and-this-test"),
        ("oidc_label", "Test ID"),
    ]
}

/// Signs in at the provider. Returns the address that the provider redirects to.
async fn at_provider(portal: &Portal, browser: &Browser, login: &str, next: &str) -> String {
    let start = browser.get(&format!("/sign-in/with/oidc?next={next}")).await;
    assert_eq!(start.status, 303, "{start:?}");
    finish_there(portal, browser, start, login).await
}

async fn finish_there(portal: &Portal, browser: &Browser, start: Answer, login: &str) -> String {
    let callback = format!("{}{CALLBACK}", portal.address());
    let mut answer = browser.follow(start, Some(&callback)).await;
    while answer.location.is_empty() {
        assert_eq!(answer.status, 200, "{}", answer.body);
        let form = between(&answer.body, "action=\"", "\"");
        let prompt = between(&answer.body, "name=\"prompt\" value=\"", "\"");
        let done = browser.post(&form, &[("prompt", &prompt), ("login", login), ("password", "any")]).await;
        answer = browser.follow(done, Some(&callback)).await;
    }
    answer.location
}

fn between(text: &str, start: &str, end: &str) -> String {
    let from = text.find(start).unwrap_or_else(|| panic!("{start} is not in {text}")) + start.len();
    text[from..].split(end).next().unwrap().to_owned()
}

fn parameter(url: &str, name: &str) -> String {
    let (_, query) = url.split_once('?').unwrap();
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).unwrap().1.into_owned()
}

/// The same address with one parameter changed.
fn changed(url: &str, name: &str, value: &str) -> String {
    let (path, query) = url.split_once('?').unwrap();
    let pairs = form_urlencoded::parse(query.as_bytes())
        .map(|(key, old)| if key == name { (key, value.into()) } else { (key, old) })
        .collect::<Vec<_>>();
    format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

async fn is_signed_in(browser: &Browser) -> bool {
    browser.get("/profile/devices").await.status == 200
}

/// Checks that sign-in was refused: the sign-in page shows the reason, and the browser is not signed in.
async fn assert_refused(browser: &Browser, answer: &Answer, sentence: &str) {
    assert_eq!((answer.status, answer.location.as_str()), (303, "/sign-in"), "{answer:?}");
    let page = browser.get("/sign-in").await;
    assert!(page.body.contains(sentence), "{}", page.body);
    assert!(!is_signed_in(browser).await);
}

async fn members(g: &Guild) -> i64 {
    g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM members").await
}

const REFUSED: &str = "The other service didn’t sign you in";

#[guild_test]
async fn a_provider_signs_the_same_person_in_again(g: Guild) {
    let provider = Provider::start().await;
    let portal = provider.portal(&g).await;
    let before = members(&g).await;
    let browser = portal.browser();
    assert!(browser.get("/sign-in").await.body.contains("Sign in with Test ID"));
    let callback = at_provider(&portal, &browser, "vera", "/events").await;
    let answer = browser.get(&callback).await;
    // The provider gave a name, so only the time zone is asked for.
    assert_eq!((answer.status, answer.location.as_str()), (303, "/welcome?next=/events"));
    assert!(is_signed_in(&browser).await);
    let page = browser.get("/welcome?next=/events").await.body;
    assert!(page.contains("value=\"Vera Rubin\"") && page.contains("data-zone"), "{page}");
    assert_eq!(browser.cookie(ANONYMOUS), None);
    let profile = browser.get("/profile/account").await.body;
    assert!(profile.contains("Vera Rubin") && profile.contains("vera@example.org"), "{profile}");
    let row = &g.rows("SELECT issuer, subject, label FROM identities").await[0];
    let text = |column| row.try_get::<String>("", column).unwrap();
    assert_eq!(text("issuer"), provider.issuer);
    assert_eq!((text("subject"), text("label")), ("vera".to_owned(), "vrubin".to_owned()));
    let again = portal.browser();
    let callback = at_provider(&portal, &again, "vera", "/").await;
    assert_eq!(again.get(&callback).await.location, "/", "only newcomers are welcomed");
    assert!(again.get("/profile").await.body.contains("Vera Rubin"));
    assert_eq!(members(&g).await, before + 1);
    portal.stop().await;
    // The portal reminds people of the demo’s events, and how many are due depends on the time of day.
    g.take_emails().await;
}

#[guild_test]
async fn an_unverified_address_is_not_trusted(g: Guild) {
    let provider = Provider::start().await;
    // Ugo's provider sends an unverified address that belongs to a member.
    let portal = provider.portal_of(&g, Some("ugo@example.org")).await;
    let before = members(&g).await;
    let browser = portal.browser();
    let callback = at_provider(&portal, &browser, "ugo", "/").await;
    assert_eq!(browser.get(&callback).await.status, 303);
    assert!(is_signed_in(&browser).await);
    assert_eq!(members(&g).await, before + 1, "he gets an account of his own");
    assert!(!browser.get("/profile/account").await.body.contains("ugo@example.org"));
    portal.stop().await;
    // The portal reminds people of the demo’s events, and how many are due depends on the time of day.
    g.take_emails().await;
}

/// Nora's provider sends her address without saying whether it is verified, and her name with an escape
/// sequence.
#[guild_test]
async fn an_address_of_unknown_state_is_used_when_the_operator_trusts_the_provider(g: Guild) {
    let provider = Provider::start().await;
    let strict = provider.portal(&g).await;
    let browser = strict.browser();
    let callback = at_provider(&strict, &browser, "nora", "/").await;
    assert_eq!(browser.get(&callback).await.location, "/welcome");
    let profile = browser.get("/profile").await.body + &browser.get("/profile/account").await.body;
    assert!(
        profile.contains("value=\"Nora O&#39;Neil\"") || profile.contains("value=\"Nora O'Neil\""),
        "{profile}"
    );
    assert!(
        !profile.contains("nora@example.org") && profile.contains("haven’t added an email address"),
        "{profile}"
    );
    strict.stop().await;
    let trusting =
        g.portal(&[&settings(&provider.issuer)[..], &[("oidc_trust_addresses", "true")]].concat()).await;
    let browser = trusting.browser();
    let callback = at_provider(&trusting, &browser, "nora", "/").await;
    browser.get(&callback).await;
    let profile = browser.get("/profile/account").await.body;
    assert!(profile.contains("nora@example.org"), "she has an address now: {profile}");
    // An address that the provider calls unverified is still not trusted.
    let ugo = trusting.browser();
    let callback = at_provider(&trusting, &ugo, "ugo", "/").await;
    ugo.get(&callback).await;
    assert!(!ugo.get("/profile/account").await.body.contains("ugo@example.org"));
    trusting.stop().await;
    // The portal reminds people of the demo’s events, and how many are due depends on the time of day.
    g.take_emails().await;
}

#[guild_test]
async fn a_members_address_is_not_taken_over(g: Guild) {
    let provider = Provider::start().await;
    let portal = provider.portal_of(&g, Some("Vera@Example.org")).await;
    let browser = portal.browser();
    let callback = at_provider(&portal, &browser, "vera", "/").await;
    let answer = browser.get(&callback).await;
    assert_refused(&browser, &answer, "Another account already has this email address").await;
    portal.stop().await;
    // The portal reminds people of the demo’s events, and how many are due depends on the time of day.
    g.take_emails().await;
}

#[guild_test]
async fn a_callback_works_once_in_the_browser_that_started_it(g: Guild) {
    let provider = Provider::start().await;
    let portal = provider.portal(&g).await;
    let before = members(&g).await;
    let browser = portal.browser();

    // Another browser, which could even be signed in at the provider.
    let callback = at_provider(&portal, &browser, "vera", "/").await;
    let other = portal.browser();
    at_provider(&portal, &other, "ugo", "/").await;
    let answer = other.get(&callback).await;
    assert_refused(&other, &answer, REFUSED).await;

    // A wrong state, no state, and the state of another browser.
    let state = parameter(&callback, "state");
    let twisted = format!("{}x", &state[..state.len() - 1]);
    for wrong in ["", "x", &twisted] {
        let answer = browser.get(&changed(&callback, "state", wrong)).await;
        assert_refused(&browser, &answer, REFUSED).await;
    }

    // None of these attempts used up the sign-in. A response that names another issuer does.
    let answer = browser.get(&changed(&callback, "iss", "https://evil.example")).await;
    assert_refused(&browser, &answer, REFUSED).await;
    let answer = browser.get(&callback).await;
    assert_refused(&browser, &answer, REFUSED).await;

    // The code of another person's sign-in: PKCE detects it.
    let victim = at_provider(&portal, &portal.browser(), "ugo", "/").await;
    let own = at_provider(&portal, &browser, "vera", "/").await;
    let answer = browser.get(&changed(&own, "code", &parameter(&victim, "code"))).await;
    assert_refused(&browser, &answer, REFUSED).await;

    // The callback address of another provider.
    let own = at_provider(&portal, &browser, "vera", "/").await;
    let answer = browser.get(&own.replace("/with/oidc/", "/with/github/")).await;
    assert_refused(&browser, &answer, REFUSED).await;
    assert_eq!(members(&g).await, before);

    // Control: without changes it signs in. After that, the same response is refused.
    let own = at_provider(&portal, &browser, "vera", "/").await;
    let anonymous = browser.cookie(ANONYMOUS).unwrap();
    assert_eq!(browser.get(&own).await.location, "/welcome");
    assert!(is_signed_in(&browser).await);
    let replay = portal.browser();
    replay.set_cookie(ANONYMOUS, &anonymous);
    let answer = replay.get(&own).await;
    assert_refused(&replay, &answer, REFUSED).await;
    let fresh = at_provider(&portal, &replay, "vera", "/").await;
    let answer = replay.get(&changed(&fresh, "code", &parameter(&own, "code"))).await;
    assert_refused(&replay, &answer, REFUSED).await;

    // The sign-in expires after ten minutes.
    let late = at_provider(&portal, &replay, "vera", "/").await;
    g.advance(chrono::Duration::minutes(10));
    let answer = replay.get(&late).await;
    assert_refused(&replay, &answer, REFUSED).await;
    portal.stop().await;
    // The portal reminds people of the demo’s events, and how many are due depends on the time of day.
    g.take_emails().await;
}

#[guild_test]
async fn a_person_who_declines_at_the_provider_sees_other_ways_to_sign_in(g: Guild) {
    let provider = Provider::start().await;
    let portal = provider.portal(&g).await;
    let browser = portal.browser();
    let start = browser.get("/sign-in/with/oidc").await;
    let login = browser.follow(start, None).await;
    let abort = browser.get(&format!("{}/abort", login.url)).await;
    let callback = format!("{}{CALLBACK}", portal.address());
    let callback = browser.follow(abort, Some(&callback)).await.location;
    assert_eq!(parameter(&callback, "error"), "access_denied");
    let answer = browser.get(&callback).await;
    assert_refused(&browser, &answer, "or sign in by email").await;
    // The address of a provider that is not configured.
    let answer = browser.get("/sign-in/with/github").await;
    assert_refused(&browser, &answer, REFUSED).await;
    portal.stop().await;
    // The portal reminds people of the demo’s events, and how many are due depends on the time of day.
    g.take_emails().await;
}

#[guild_test]
async fn signing_in_by_email_works_when_the_provider_is_down(g: Guild) {
    let provider = Provider::start().await;
    let elsewhere = provider.issuer.replace("127.0.0.1", "localhost");
    g.demo().await;
    for (issuer, sentence) in [("http://127.0.0.1:9", "isn’t responding"), (&*elsewhere, REFUSED)] {
        let portal = g.portal(&settings(issuer)).await;
        let browser = portal.browser();
        let answer = browser.get("/sign-in/with/oidc").await;
        assert_refused(&browser, &answer, sentence).await;
        let answer = browser.post("/sign-in", &[("address", "new@guild.example")]).await;
        assert_eq!(answer.location, "/sign-in/code");
        portal.stop().await;
    }
    g.expect_emails("sign_in=2").await;
}

#[guild_test]
async fn a_member_connects_an_account_that_no_other_member_has(g: Guild) {
    let provider = Provider::start().await;
    g.demo().await;
    g.clock.set(store::Clock::system().now());
    let portal = g.portal(&[&settings(&provider.issuer)[..], &[("demo", "true")]].concat()).await;
    let before = members(&g).await;
    let browser = portal.browser();
    browser.post("/sign-in/demo", &[("key", "grace")]).await;
    let session = browser.cookie("guildhall").unwrap();
    let callback = at_provider(&portal, &browser, "ugo", "/events").await;
    assert_eq!(browser.get(&callback).await.location, "/profile");
    assert!(browser.get("/profile").await.body.contains("Connected"));
    // Connecting a provider starts a new session and ends the old one.
    assert_ne!(browser.cookie("guildhall").unwrap(), session);
    let thief = portal.browser();
    thief.set_cookie("guildhall", &session);
    assert!(!is_signed_in(&thief).await);
    // Ugo's account at the provider now signs in as Grace.
    let again = portal.browser();
    let callback = at_provider(&portal, &again, "ugo", "/profile").await;
    assert_eq!(again.get(&callback).await.location, "/profile");
    assert!(again.get("/profile").await.body.contains("Grace"));
    // It cannot be connected to another member too.
    let other = portal.browser();
    other.post("/sign-in/demo", &[("key", "ada")]).await;
    let callback = at_provider(&portal, &other, "ugo", "/").await;
    assert_eq!(other.get(&callback).await.location, "/profile");
    assert!(other.get("/profile").await.body.contains("connected to another member"));
    assert_eq!(members(&g).await, before);
    portal.stop().await;
    // The portal reminds people of the demo’s events, and how many are due depends on the time of day.
    g.take_emails().await;
}

/// GitHub cannot run in a test, so its side is answered as its documentation says.
#[guild_test]
async fn github_identifies_people_by_number(g: Guild) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let github = format!("http://{}", listener.local_addr().unwrap());
    let answers = Router::new()
        .route(
            "/login/oauth/access_token",
            routing::post(async || {
                Json(json!({ "access_token": "gho_x", "token_type": "bearer", "scope": "" }))
            }),
        )
        .route("/user", routing::get(async || Json(json!({ "id": 1, "login": "octocat", "name": null }))))
        .route(
            "/user/emails",
            routing::get(async || {
                Json(json!([{ "email": "octocat@example.org", "primary": true, "verified": true }]))
            }),
        );
    let server = tokio::spawn(async move { axum::serve(listener, answers).await });
    g.demo().await;
    let settings = [
        ("github_client_id", "us"),
        ("github_client_secret", "secret"),
        ("github_base_url", github.as_str()),
        ("github_api_url", github.as_str()),
    ];
    let portal = g.portal(&settings).await;
    let browser = portal.browser();
    assert!(browser.get("/sign-in").await.body.contains("Sign in with GitHub"));
    let start = browser.get("/sign-in/with/github?next=/events").await;
    assert!(start.location.starts_with(&format!("{github}/login/oauth/authorize?")), "{}", start.location);
    let state = parameter(&start.location, "state");
    assert_eq!(
        parameter(&start.location, "redirect_uri"),
        format!("{}/sign-in/with/github/callback", portal.address())
    );
    let answer = browser.get("/sign-in/with/github/callback?code=x&state=x").await;
    assert_refused(&browser, &answer, REFUSED).await;
    let answer = browser.get(&format!("/sign-in/with/github/callback?code=x&state={state}")).await;
    // Without a name at GitHub, a newcomer is asked for one.
    assert_eq!(answer.location, "/welcome?next=/events");
    assert!(is_signed_in(&browser).await);
    let row = &g.rows("SELECT issuer, subject, label FROM identities").await[0];
    let text = |column| row.try_get::<String>("", column).unwrap();
    assert_eq!(
        (text("issuer"), text("subject"), text("label")),
        (github, "1".to_owned(), "octocat".to_owned())
    );
    portal.stop().await;
    server.abort();
}
