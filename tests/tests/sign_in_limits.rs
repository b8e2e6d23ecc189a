//! The limits of sign-in emails for an address, and that attackers cannot lock its owner out.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::members::Address;
use reqwest::Method;
use tests::{
    Guild, guild_test,
    portal::{Answer, Browser, Portal},
};

const KNOWN: &str = "guildhall-known";

/// A portal behind one proxy, with a member called Ada Known.
async fn portal(g: &Guild, proxies: &str) -> Portal {
    g.demo().await;
    g.joined(&Address::parse("known@guild.example").unwrap()).await;
    g.skip_weekly_kudos().await;
    // The member joined a while ago.
    g.advance(Duration::days(2));
    g.portal(&[("trusted_proxies", proxies)]).await
}

async fn request_sign_in(browser: &Browser, network: &str, address: &str) -> Answer {
    let home = browser.home().to_owned();
    let headers =
        [("origin", home.as_str()), ("sec-fetch-site", "same-origin"), ("x-forwarded-for", network)];
    let form = form_urlencoded::Serializer::new(String::new()).append_pair("address", address).finish();
    browser.send(Method::POST, "/sign-in", &headers, Some(form)).await
}

/// The number of sign-in emails to an address, sent or not.
async fn emails(g: &Guild, address: &str) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE kind = 'sign_in' AND address =";
    g.number(&format!("{sql} '{address}'")).await
}

/// Everything that a client can observe of a response and the page that it redirects to.
async fn observable(browser: &Browser, answer: &Answer) -> (u16, String, usize, String) {
    let page = browser.get(&answer.location).await;
    (answer.status, answer.location.clone(), answer.body.len(), page.body)
}

/// Requests an address five times as a stranger, then as its owner. Returns how many emails each of them
/// caused.
async fn emails_after_attack(g: &Guild, portal: &Portal) -> (i64, i64) {
    let mut answers = Vec::new();
    for _ in 0..7 {
        let stranger = portal.browser();
        let answer = request_sign_in(&stranger, "198.51.100.7", "known@guild.example").await;
        answers.push(observable(&stranger, &answer).await);
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "a request over the limit gets the same response"
    );
    let before = emails(g, "known@guild.example").await;
    request_sign_in(&portal.browser(), "192.0.2.1", "known@guild.example").await;
    (before, emails(g, "known@guild.example").await - before)
}

#[guild_test]
async fn an_attacker_cannot_lock_out_the_owner_of_an_address(g: Guild) {
    let portal = portal(&g, "1").await;
    assert_eq!(emails_after_attack(&g, &portal).await, (5, 1));
    // Beyond the limit, the page asks for a code as usual, but no code works.
    let stranger = portal.browser();
    request_sign_in(&stranger, "198.51.100.7", "known@guild.example").await;
    let answer = stranger.post("/sign-in/code", &[("code", "1234 5678")]).await;
    assert_eq!(answer.location, "/sign-in/code");
    // Capital letters don't get around the limit.
    request_sign_in(&portal.browser(), "198.51.100.7", "KNOWN@guild.example").await;
    assert_eq!(emails(&g, "known@guild.example").await, 6);
    g.advance(Duration::minutes(10));
    request_sign_in(&portal.browser(), "198.51.100.7", "known@guild.example").await;
    assert_eq!(emails(&g, "known@guild.example").await, 7, "the limit expires");
    portal.stop().await;
    g.expect_emails("reminder=10 sign_in=7").await;
}

/// Control for the test above: clients that cannot be told apart share one limit.
#[guild_test]
async fn clients_on_one_network_share_one_limit(g: Guild) {
    let portal = portal(&g, "0").await;
    assert_eq!(emails_after_attack(&g, &portal).await, (5, 0));
    portal.stop().await;
    g.expect_emails("reminder=10 sign_in=5").await;
}

#[guild_test]
async fn a_stranger_gets_twenty_emails_a_day_at_most(g: Guild) {
    let portal = portal(&g, "1").await;
    for round in 0..12 {
        for network in 0..3 {
            request_sign_in(&portal.browser(), &format!("198.51.{network}.7"), "stranger@guild.example")
                .await;
        }
        assert!(emails(&g, "stranger@guild.example").await <= 20, "round {round}");
        g.advance(Duration::minutes(11));
    }
    assert_eq!(emails(&g, "stranger@guild.example").await, 20);
    g.advance(Duration::days(1));
    request_sign_in(&portal.browser(), "198.51.0.7", "stranger@guild.example").await;
    assert_eq!(emails(&g, "stranger@guild.example").await, 21, "the next day");
    let left = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM code_emails").await;
    assert_eq!(left, 1, "expired counters are deleted");
    portal.stop().await;
    g.expect_emails("reminder=10 sign_in=21").await;
}

#[guild_test]
async fn a_browser_that_signed_in_before_has_its_own_limit(g: Guild) {
    let portal = portal(&g, "1").await;
    let owner = portal.browser();
    request_sign_in(&owner, "192.0.2.1", "known@guild.example").await;
    let mail = portal.sign_in_email_to("known@guild.example").await;
    owner.post(&mail.link, &[]).await;
    assert!(owner.cookie(KNOWN).is_some());
    owner.post("/sign-out", &[]).await;
    for network in 0..6 {
        for _ in 0..5 {
            request_sign_in(&portal.browser(), &format!("198.51.{network}.7"), "known@guild.example").await;
        }
    }
    assert_eq!(emails(&g, "known@guild.example").await, 20);
    // A browser that never signed in and one that signed in as another member get no email today.
    request_sign_in(&portal.browser(), "192.0.2.1", "known@guild.example").await;
    let other = portal.browser();
    request_sign_in(&other, "192.0.2.9", "other@guild.example").await;
    other.post(&portal.sign_in_email_to("other@guild.example").await.link, &[]).await;
    request_sign_in(&other, "192.0.2.9", "known@guild.example").await;
    assert_eq!(emails(&g, "known@guild.example").await, 20);
    // The owner's browser does, on any network, and can sign in.
    request_sign_in(&owner, "203.0.113.1", "known@guild.example").await;
    assert_eq!(emails(&g, "known@guild.example").await, 21);
    portal.stop().await;
    g.expect_emails("reminder=10 sign_in=22").await;
}

/// Many requests at the same moment are counted one by one.
#[guild_test]
async fn parallel_requests_are_counted(g: Guild) {
    g.demo().await;
    let address = Address::parse("stranger@guild.example").unwrap();
    let requests = (0..40).map(|i| {
        store::sign_in::request_email(
            &g.store,
            store::sign_in::EmailRequest::new(&address, &format!("browser {i}")),
        )
    });
    assert!(futures::future::join_all(requests).await.into_iter().all(|asked| asked.is_ok()));
    assert_eq!(emails(&g, "stranger@guild.example").await, 20);
    g.expect_emails("sign_in=20").await;
}
