//! How many sign-in emails one address gets, and that nobody locks its owner out.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::members::Address;
use reqwest::Method;
use tests::{
    Guild, guild_test,
    portal::{Answer, Browser, Portal},
};

const KNOWN: &str = "guildhall-known";

/// A portal behind one proxy, with a member who is called Ada Known.
async fn portal(g: &Guild, proxies: &str) -> Portal {
    g.demo().await;
    g.joined(&Address::parse("known@guild.example").unwrap()).await;
    g.clear_emails().await;
    // The member joined a while ago.
    g.advance(Duration::days(2));
    g.portal(&[("trusted_proxies", proxies)]).await
}

async fn ask(browser: &Browser, network: &str, address: &str) -> Answer {
    let home = browser.home().to_owned();
    let headers =
        [("origin", home.as_str()), ("sec-fetch-site", "same-origin"), ("x-forwarded-for", network)];
    let form = form_urlencoded::Serializer::new(String::new()).append_pair("address", address).finish();
    browser.send(Method::POST, "/sign-in", &headers, Some(form)).await
}

/// How many sign-in emails there are to an address, sent or not.
async fn emails(g: &Guild, address: &str) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE kind = 'sign_in' AND address =";
    g.number(&format!("{sql} '{address}'")).await
}

/// What can be told from an answer and the page behind it.
async fn seen(browser: &Browser, answer: &Answer) -> (u16, String, usize, String) {
    let page = browser.get(&answer.location).await;
    (answer.status, answer.location.clone(), answer.body.len(), page.body)
}

/// Five anonymous requests for an address, then its owner's. Answers how many emails came of each.
async fn attacked(g: &Guild, portal: &Portal) -> (i64, i64) {
    let mut answers = Vec::new();
    for _ in 0..7 {
        let stranger = portal.browser();
        let answer = ask(&stranger, "198.51.100.7", "known@guild.example").await;
        answers.push(seen(&stranger, &answer).await);
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "an email that is not sent looks like one that is"
    );
    let before = emails(g, "known@guild.example").await;
    ask(&portal.browser(), "192.0.2.1", "known@guild.example").await;
    (before, emails(g, "known@guild.example").await - before)
}

guild_test! {
    async fn nobody_locks_an_address_out(g: Guild) {
        let portal = portal(&g, "1").await;
        assert_eq!(attacked(&g, &portal).await, (5, 1));
        // Beyond the limit the page waits for a code like any other, and no code fits.
        let stranger = portal.browser();
        ask(&stranger, "198.51.100.7", "known@guild.example").await;
        let answer = stranger.post("/sign-in/code", &[("code", "1234 5678")]).await;
        assert_eq!(answer.location, "/sign-in/code");
        // Capitals are no way around it.
        ask(&portal.browser(), "198.51.100.7", "KNOWN@guild.example").await;
        assert_eq!(emails(&g, "known@guild.example").await, 6);
        g.advance(Duration::minutes(10));
        ask(&portal.browser(), "198.51.100.7", "known@guild.example").await;
        assert_eq!(emails(&g, "known@guild.example").await, 7, "the limit ends");
        portal.stop().await;
    }

    /// The control of the one above: who cannot be told apart shares one budget.
    async fn without_networks_all_share_one_budget(g: Guild) {
        let portal = portal(&g, "0").await;
        assert_eq!(attacked(&g, &portal).await, (5, 0));
        portal.stop().await;
    }

    async fn a_stranger_gets_twenty_emails_a_day_at_most(g: Guild) {
        let portal = portal(&g, "1").await;
        for round in 0..12 {
            for network in 0..3 {
                ask(&portal.browser(), &format!("198.51.{network}.7"), "stranger@guild.example").await;
            }
            assert!(emails(&g, "stranger@guild.example").await <= 20, "round {round}");
            g.advance(Duration::minutes(11));
        }
        assert_eq!(emails(&g, "stranger@guild.example").await, 20);
        g.advance(Duration::days(1));
        ask(&portal.browser(), "198.51.0.7", "stranger@guild.example").await;
        assert_eq!(emails(&g, "stranger@guild.example").await, 21, "the next day");
        let left = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM code_emails").await;
        assert_eq!(left, 1, "what counts no more is forgotten");
        portal.stop().await;
    }

    async fn a_browser_that_signed_in_before_has_a_budget_of_its_own(g: Guild) {
        let portal = portal(&g, "1").await;
        let owner = portal.browser();
        ask(&owner, "192.0.2.1", "known@guild.example").await;
        let mail = portal.sign_in_email_to("known@guild.example").await;
        owner.post(&mail.link, &[]).await;
        assert!(owner.cookie(KNOWN).is_some());
        owner.post("/sign-out", &[]).await;
        for network in 0..6 {
            for _ in 0..5 {
                ask(&portal.browser(), &format!("198.51.{network}.7"), "known@guild.example").await;
            }
        }
        assert_eq!(emails(&g, "known@guild.example").await, 20);
        // A browser that never signed in, and one that signed in as somebody else, get none today.
        ask(&portal.browser(), "192.0.2.1", "known@guild.example").await;
        let other = portal.browser();
        ask(&other, "192.0.2.9", "other@guild.example").await;
        other.post(&portal.sign_in_email_to("other@guild.example").await.link, &[]).await;
        ask(&other, "192.0.2.9", "known@guild.example").await;
        assert_eq!(emails(&g, "known@guild.example").await, 20);
        // The owner's own browser does, wherever it is now, and signs in.
        ask(&owner, "203.0.113.1", "known@guild.example").await;
        assert_eq!(emails(&g, "known@guild.example").await, 21);
        portal.stop().await;
    }

    /// Many requests at the same moment are counted one by one.
    async fn parallel_requests_are_counted(g: Guild) {
        g.demo().await;
        let address = Address::parse("stranger@guild.example").unwrap();
        let asks = (0..40).map(|i| {
            store::sign_in::request_email(&g.store, store::sign_in::EmailRequest::new(&address, &format!("browser {i}")))
        });
        assert!(futures::future::join_all(asks).await.into_iter().all(|asked| asked.is_ok()));
        assert_eq!(emails(&g, "stranger@guild.example").await, 20);
        g.clear_emails().await;
    }
}
