//! Members prove an email address with a code: after signing in with a provider that vouches for none, when
//! they change their address, and when an administrator changes it for them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{Actor, Locale, MemberId, Refusal, members::Address};
use store::{
    StoreError, members,
    sign_in::{self, Browser, ProvedIdentity},
};
use tests::{Guild, guild_test};

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// Signs in with a provider that has verified `verified`, or no address.
async fn by_provider(g: &Guild, subject: &str, verified: Option<&str>) -> sign_in::NewSession {
    let identity = ProvedIdentity {
        issuer: "https://id.example.org".into(),
        subject: subject.into(),
        label: subject.into(),
        name: "Olga".into(),
        verified_address: verified.map(address),
        locale: Locale::En,
    };
    let browser = Browser { token: "", device: "test" };
    sign_in::by_provider(&g.store, &Actor::Anonymous, identity, "/", browser).await.unwrap()
}

async fn actor_of(g: &Guild, token: &str) -> Actor {
    members::sign_in_session(&g.store, token).await.unwrap().unwrap().actor
}

async fn address_of(g: &Guild, actor: &Actor) -> Option<String> {
    let id = actor.member().unwrap();
    let sql = match g.url.starts_with("sqlite") {
        true => format!("SELECT address FROM members WHERE lower(hex(id)) = '{}'", id.0.simple()),
        false => format!("SELECT address FROM members WHERE id = '{id}'"),
    };
    g.rows(&sql).await[0].try_get("", "address").unwrap()
}

/// The code in the newest email that asks a member to prove an address.
async fn newest_code(g: &Guild) -> String {
    g.emails_of("prove_address").await.pop().unwrap()["code"].as_str().unwrap().to_owned()
}

/// A well-formed code that differs from this one.
fn wrong(code: &str) -> &'static str {
    if code.starts_with('0') { "1111 1111" } else { "0000 0000" }
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[guild_test]
async fn a_member_without_an_address_is_asked_for_one_and_proves_it(g: Guild) {
    g.demo().await;
    let opened = by_provider(&g, "olga", None).await;
    assert!(opened.newcomer, "she is asked for her time zone");
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    browser.set_cookie("guildhall", &opened.token);
    assert!(browser.get("/events").await.body.contains("can’t email you"));
    let form = [("name", "Olga"), ("zone", "Europe/Berlin"), ("locale", "en"), ("next", "/events")];
    let answer = browser.post("/api/members/profile", &form).await;
    assert_eq!(answer.location, "/profile/address?next=/events");
    let page = browser.get(&answer.location).await.body;
    assert!(page.contains("Skip for now") && page.contains("name=\"address\""), "{page}");
    let typo =
        browser.post("/api/members/address", &[("address", "olga@nowhere"), ("next", "/events")]).await;
    assert!(browser.get(&typo.location).await.body.contains("Enter an email address"));
    let asked =
        browser.post("/api/members/address", &[("address", "olga@guild.example"), ("next", "/events")]).await;
    assert_eq!(asked.location, "/profile/address?next=/events");
    let page = browser.get(&asked.location).await.body;
    assert!(page.contains("olga@guild.example") && page.contains("name=\"code\""), "{page}");
    let mail = portal.sign_in_email_to("olga@guild.example").await;
    let answer = browser
        .post("/api/members/confirm_address", &[("code", wrong(&mail.code)), ("next", "/events")])
        .await;
    assert_eq!(answer.location, "/profile/address?next=/events");
    assert!(browser.get(&answer.location).await.body.contains("4 more times"));
    let answer =
        browser.post("/api/members/confirm_address", &[("code", &mail.code), ("next", "/events")]).await;
    assert_eq!(answer.location, "/events");
    assert!(!browser.get("/events").await.body.contains("can’t email you"));
    assert!(browser.get("/profile/account").await.body.contains("olga@guild.example"));
    // She can now sign in by email too, to the same account.
    let other = portal.browser();
    other.post("/sign-in", &[("address", "olga@guild.example")]).await;
    let mail = portal.next_sign_in_email_to("olga@guild.example", 2).await;
    other.post(&mail.link, &[]).await;
    assert!(other.get("/profile").await.body.contains("value=\"Olga\""));
    portal.stop().await;
    g.expect_emails("prove_address=1 sign_in=1").await;
}

#[guild_test]
async fn a_code_ends_after_five_wrong_entries(g: Guild) {
    g.demo().await;
    let olga = actor_of(&g, &by_provider(&g, "olga", None).await.token).await;
    members::ask_address(&g.store, &olga, address("olga@guild.example")).await.unwrap();
    let code = newest_code(&g).await;
    for left in [4, 3, 2, 1] {
        let why = refused(members::prove_address(&g.store, &olga, wrong(&code)).await);
        assert_eq!(why, Refusal::CodeWrong { left });
    }
    assert_eq!(refused(members::prove_address(&g.store, &olga, "no code").await), Refusal::SignInExpired);
    assert_eq!(refused(members::prove_address(&g.store, &olga, &code).await), Refusal::SignInExpired);
    assert_eq!(members::address_to_prove(&g.store, &olga).await.unwrap(), None);
    assert_eq!(address_of(&g, &olga).await, None);
    // A new code works for a day.
    for (wait, proved) in [(Duration::days(1), false), (Duration::hours(23), true)] {
        members::ask_address(&g.store, &olga, address("olga@guild.example")).await.unwrap();
        let code = newest_code(&g).await;
        g.advance(wait);
        assert_eq!(members::prove_address(&g.store, &olga, &code).await.is_ok(), proved, "{wait}");
    }
    g.expect_emails("prove_address=3").await;
}

#[guild_test]
async fn a_code_works_only_for_the_member_who_requested_it(g: Guild) {
    g.demo().await;
    let olga = actor_of(&g, &by_provider(&g, "olga", None).await.token).await;
    let eve = actor_of(&g, &by_provider(&g, "eve", None).await.token).await;
    members::ask_address(&g.store, &olga, address("olga@guild.example")).await.unwrap();
    let code = newest_code(&g).await;
    assert_eq!(refused(members::prove_address(&g.store, &eve, &code).await), Refusal::SignInExpired);
    // Eve may enter Olga's address, but she cannot read its mailbox. The address stays Olga's.
    members::ask_address(&g.store, &eve, address("olga@guild.example")).await.unwrap();
    assert!(matches!(
        refused(members::prove_address(&g.store, &eve, &code).await),
        Refusal::CodeWrong { .. }
    ));
    members::prove_address(&g.store, &olga, &code).await.unwrap();
    assert_eq!(address_of(&g, &olga).await.as_deref(), Some("olga@guild.example"));
    g.expect_emails("prove_address=2").await;
}

/// Entering an address doesn't reveal whether a member has it. The right code does, but only the owner of
/// the mailbox has it.
#[guild_test]
async fn another_members_address_cannot_be_taken_over(g: Guild) {
    g.demo().await;
    let olga = actor_of(&g, &by_provider(&g, "olga", None).await.token).await;
    members::ask_address(&g.store, &olga, address("MEI@guild.example")).await.unwrap();
    let code = newest_code(&g).await;
    assert_eq!(refused(members::prove_address(&g.store, &olga, &code).await), Refusal::AddressTaken);
    assert_eq!(address_of(&g, &olga).await, None);
    assert_eq!(address_of(&g, &g.actor("mei").await).await.as_deref(), Some("mei@guild.example"));
    g.expect_emails("prove_address=1").await;
}

#[guild_test]
async fn the_old_address_is_notified_of_the_new_one(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    members::ask_address(&g.store, &mei, address("mei@another.example")).await.unwrap();
    assert_eq!(
        address_of(&g, &mei).await.as_deref(),
        Some("mei@guild.example"),
        "it changes only after it is proved"
    );
    members::prove_address(&g.store, &mei, &newest_code(&g).await).await.unwrap();
    assert_eq!(address_of(&g, &mei).await.as_deref(), Some("mei@another.example"));
    assert_eq!(g.emails().await, "address_changed=1 prove_address=1");
    let notified = g.rows("SELECT address FROM emails WHERE kind = 'address_changed'").await;
    assert_eq!(notified[0].try_get::<String>("", "address").unwrap(), "mei@guild.example");
    g.expect_emails("address_changed=1 prove_address=1").await;
}

#[guild_test]
async fn a_member_cannot_flood_a_stranger(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    for _ in 0..5 {
        members::ask_address(&g.store, &mei, address("stranger@guild.example")).await.unwrap();
    }
    let again = members::ask_address(&g.store, &mei, address("stranger@guild.example")).await;
    assert_eq!(refused(again), Refusal::SlowDown { seconds: 600 });
    assert_eq!(g.emails().await, "prove_address=5");
    // The limit doesn't keep the owner of the address from signing in.
    g.joined(&address("stranger@guild.example")).await;
    g.expect_emails("prove_address=5").await;
}

#[guild_test]
async fn an_administrator_starts_a_change_and_the_member_proves_it(g: Guild) {
    g.demo().await;
    let olga = actor_of(&g, &by_provider(&g, "olga", None).await.token).await;
    let id: MemberId = olga.member().unwrap();
    let (ada, grace) = (g.actor("ada").await, g.actor("grace").await);
    let new = || address("olga@guild.example");
    assert_eq!(refused(members::ask_address_of(&g.store, &grace, id, new()).await), Refusal::NotAllowed);
    assert_eq!(refused(members::ask_address_of(&g.store, &olga, id, new()).await), Refusal::NotAllowed);
    members::ask_address_of(&g.store, &ada, id, new()).await.unwrap();
    let code = newest_code(&g).await;
    assert_eq!(refused(members::prove_address(&g.store, &ada, &code).await), Refusal::SignInExpired);
    assert_eq!(members::address_to_prove(&g.store, &olga).await.unwrap(), Some(new()));
    members::prove_address(&g.store, &olga, &code).await.unwrap();
    assert_eq!(address_of(&g, &olga).await.as_deref(), Some("olga@guild.example"));
    g.expect_emails("prove_address=1").await;
}

#[guild_test]
async fn an_address_that_the_provider_verifies_later_is_saved(g: Guild) {
    g.demo().await;
    let olga = actor_of(&g, &by_provider(&g, "olga", None).await.token).await;
    // An address is not taken from another member, and it doesn't replace an existing one.
    by_provider(&g, "olga", Some("mei@guild.example")).await;
    assert_eq!(address_of(&g, &olga).await, None);
    assert!(!by_provider(&g, "olga", Some("olga@guild.example")).await.newcomer);
    assert_eq!(address_of(&g, &olga).await.as_deref(), Some("olga@guild.example"));
    by_provider(&g, "olga", Some("other@guild.example")).await;
    assert_eq!(address_of(&g, &olga).await.as_deref(), Some("olga@guild.example"));
}

#[guild_test]
async fn an_international_address_is_stored_in_ascii_and_shown_as_typed(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    let answer = browser.post("/sign-in", &[("address", "anna@bücher.example")]).await;
    assert_eq!(answer.location, "/sign-in/code");
    assert!(browser.get("/sign-in/code").await.body.contains("anna@bücher.example"));
    let mail = portal.sign_in_email_to("anna@xn--bcher-kva.example").await;
    browser.post(&mail.link, &[]).await;
    assert!(browser.get("/profile/account").await.body.contains("anna@bücher.example"));
    let stored = g.rows("SELECT address, address_key FROM members WHERE address LIKE 'anna@%'").await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].try_get::<String>("", "address").unwrap(), "anna@xn--bcher-kva.example");
    // Another spelling of the same address signs in to the same account.
    let again = portal.browser();
    again.post("/sign-in", &[("address", "Anna@XN--bcher-kva.example")]).await;
    again.post(&portal.next_sign_in_email_to("anna@xn--bcher-kva.example", 2).await.link, &[]).await;
    assert!(again.get("/profile/account").await.body.contains("anna@bücher.example"));
    portal.stop().await;
    g.expect_emails("sign_in=2").await;
}
