//! Invitations and requests for one: the link that accepts, the limit for each address, and who may invite.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, InvitationRequestId, Locale, Refusal, Slug, Zone,
    invitations::{EMAILS_WINDOW, Invite, KEEP_DECIDED_FOR, REQUEST_LIFETIME, RequestForm},
};
use futures::future::join_all;
use reqwest::Method;
use store::{
    StoreError, admin, groups, recipients,
    settings::{self, SignUp},
    sign_in,
};
use tests::{Guild, guild_test, portal::Browser};

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        Err(StoreError::Invalid(problems)) => problems[0].why.clone(),
        other => panic!("{other:?}"),
    }
}

/// The demo, where newcomers need an invitation. Returns Ada, an administrator.
async fn invitation_only_demo(g: &Guild) -> Actor {
    g.demo().await;
    settings::set_sign_up(&g.store, SignUp::Invite).await.unwrap();
    g.actor("ada").await
}

async fn invite(g: &Guild, ada: &Actor, address: &str) -> u32 {
    admin::invite(&g.store, ada, Invite::check(address, "").unwrap()).await.unwrap().sent
}

async fn request(g: &Guild, address: &str) -> Result<(), StoreError> {
    let form = RequestForm::check("Noa", address, "I read your notes.").unwrap();
    admin::request(&g.store, form, Locale::En, Zone::UTC).await
}

async fn waiting(g: &Guild, ada: &Actor) -> Vec<InvitationRequestId> {
    admin::requests(&g.store, ada, 0).await.unwrap().0.into_iter().map(|request| request.id).collect()
}

/// The path of the link in the newest unsent invitation to the community.
async fn newest_link(g: &Guild) -> String {
    let email = g.emails_of("invitation").await.pop().unwrap();
    format!("/{}", email["link"].as_str().unwrap())
}

async fn set_organisers_invite(g: &Guild, yes: bool) {
    let yes = if yes { "TRUE" } else { "FALSE" };
    g.rows(&format!("UPDATE settings SET organisers_invite = {yes} RETURNING id")).await;
}

async fn members(g: &Guild, address: &str) -> i64 {
    g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM members WHERE address_key = '{address}'")).await
}

async fn is_signed_in(browser: &Browser) -> bool {
    browser.get("/profile").await.status == 200
}

/// A group that Kofi organises.
async fn kofis_group(g: &Guild) -> (Actor, Slug) {
    let kofi = g.actor("kofi").await;
    (kofi, g.night_owls(&[&kofi]).await)
}

/// Withdrawing and inviting again doesn't get around the limit of emails to a stranger, whoever invites.
#[guild_test]
async fn an_address_gets_three_emails_whatever_is_withdrawn(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let (kofi, group) = kofis_group(&g).await;
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(groups::invite(&g.store, &kofi, &group, "stranger@guild.example").await);
        if let Some(one) = groups::inbox(&g.store, &kofi, &group).await.unwrap().invitations.first() {
            groups::revoke_invitation(&g.store, &kofi, &group, one.id).await.unwrap();
        }
    }
    assert_eq!(g.emails().await, "group_invitation=3");
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
    assert_eq!(refused(answers.pop().unwrap()), Refusal::CannotEmail);
    assert_eq!(
        invite(&g, &ada, "stranger@guild.example").await,
        0,
        "all kinds of invitations count towards one limit"
    );
    assert_eq!(invite(&g, &ada, "other@guild.example").await, 1, "control");
    // The address of a member gets the same responses.
    for _ in 0..3 {
        groups::invite(&g.store, &kofi, &group, "leila@guild.example").await.unwrap();
        let one = groups::inbox(&g.store, &kofi, &group).await.unwrap().invitations.remove(0);
        groups::revoke_invitation(&g.store, &kofi, &group, one.id).await.unwrap();
    }
    let again = groups::invite(&g.store, &kofi, &group, "leila@guild.example").await;
    assert_eq!(refused(again), Refusal::CannotEmail);
    // A member who is invited by name has a limit for each group.
    for round in 0..4 {
        let sent = groups::invite(&g.store, &kofi, &group, "Mei Tanaka").await;
        assert_eq!(sent.is_ok(), round < 3, "{sent:?}");
        if let Some(one) = groups::inbox(&g.store, &kofi, &group).await.unwrap().invitations.first() {
            groups::revoke_invitation(&g.store, &kofi, &group, one.id).await.unwrap();
        }
    }
    g.advance(EMAILS_WINDOW);
    groups::invite(&g.store, &kofi, &group, "stranger@guild.example").await.unwrap();
    g.expect_emails("group_invitation=10 invitation=1").await;
}

#[guild_test]
async fn a_person_who_wants_no_more_invitations_gets_none(g: Guild) {
    let ada = invitation_only_demo(&g).await;
    set_organisers_invite(&g, true).await;
    let (kofi, group) = kofis_group(&g).await;
    let hash = recipients::hash("Never@guild.example");
    recipients::opt_out(&g.store, &hash, true).await.unwrap();
    assert!(recipients::has_opted_out(&g.store, &hash).await.unwrap());
    assert_eq!(invite(&g, &ada, "never@guild.example").await, 0);
    let by_group = groups::invite(&g.store, &kofi, &group, "never@guild.example").await;
    assert_eq!(refused(by_group), Refusal::CannotEmail);
    request(&g, "never@guild.example").await.unwrap();
    assert_eq!((g.emails().await.as_str(), waiting(&g, &ada).await.len()), ("", 0));
    g.advance(EMAILS_WINDOW * 9);
    assert_eq!(invite(&g, &ada, "never@guild.example").await, 0, "the choice is permanent");
    recipients::opt_out(&g.store, &hash, false).await.unwrap();
    assert_eq!(invite(&g, &ada, "never@guild.example").await, 1, "unless they change their mind");
    g.expect_emails("invitation=1").await;
}

/// Where newcomers need an invitation, organisers of groups don't decide who may join the community.
#[guild_test]
async fn organisers_invite_strangers_only_where_the_settings_say_so(g: Guild) {
    let ada = invitation_only_demo(&g).await;
    let (kofi, group) = kofis_group(&g).await;
    for invitee in ["stranger@guild.example", "mei@guild.example"] {
        let answer = groups::invite(&g.store, &kofi, &group, invitee).await;
        assert_eq!(
            refused(answer),
            Refusal::InviteByName,
            "{invitee}: members and strangers get the same response"
        );
    }
    groups::invite(&g.store, &kofi, &group, "Mei Tanaka").await.unwrap();
    groups::invite(&g.store, &ada, &group, "by-ada@guild.example").await.unwrap();
    set_organisers_invite(&g, true).await;
    groups::invite(&g.store, &kofi, &group, "by-kofi@guild.example").await.unwrap();
    set_organisers_invite(&g, false).await;
    let links: Vec<String> = g
        .emails_of("group_invitation")
        .await
        .iter()
        .filter_map(|email| Some(email["link"]["path"].as_str()?.rsplit('/').next()?.to_owned()))
        .collect();
    let accept = async |link: &str| {
        let browser = sign_in::Browser { token: "", device: "test" };
        sign_in::by_invitation(&g.store, link, browser, Locale::En, Zone::UTC).await
    };
    assert_eq!(links.len(), 2, "the email to a member has no link that signs in");
    assert_eq!(accept(&links[0]).await.unwrap().next, format!("/groups/{group}"));
    assert_eq!(
        accept(&links[1]).await.map(drop).map_err(|fault| refused::<()>(Err(fault))),
        Err(Refusal::InviteOnly)
    );
    set_organisers_invite(&g, true).await;
    accept(&links[1]).await.unwrap();
    let people = groups::page(&g.store, &kofi, &group).await.unwrap().card.members;
    assert_eq!(people, 4, "Ada, Kofi and both newcomers");
    g.expect_emails("group_invitation=3").await;
}

#[guild_test]
async fn a_request_is_stored_once_and_answered_once(g: Guild) {
    let ada = invitation_only_demo(&g).await;
    for address in ["noa@guild.example", "Noa@guild.example", "noa@guild.example"] {
        request(&g, address).await.unwrap();
    }
    assert_eq!((waiting(&g, &ada).await.len(), g.emails().await.as_str()), (1, "invitation_requested=1"));
    assert_eq!(g.emails_of("invitation_requested").await[0]["member"], false);
    assert_eq!(admin::requests_waiting(&g.store, &ada).await.unwrap(), 1);
    // A member is emailed that they have an account already. Nobody else learns that.
    request(&g, "mei@guild.example").await.unwrap();
    assert_eq!(g.emails_of("invitation_requested").await[1]["member"], true);
    assert_eq!(waiting(&g, &ada).await.len(), 1);
    g.expect_emails("invitation_requested").await;
    let noa = waiting(&g, &ada).await[0];
    assert_eq!(refused(admin::approve(&g.store, &g.actor("grace").await, noa).await), Refusal::NotAllowed);
    for _ in 0..2 {
        admin::approve(&g.store, &ada, noa).await.unwrap();
    }
    assert_eq!(refused(admin::decline(&g.store, &ada, noa, "").await), Refusal::DecidedAlready);
    assert_eq!((waiting(&g, &ada).await.len(), g.emails().await.as_str()), (0, "invitation=1"));
    request(&g, "noa@guild.example").await.unwrap();
    assert_eq!(waiting(&g, &ada).await.len(), 0, "they have an invitation already");
    g.expect_emails("invitation").await;
    request(&g, "lee@guild.example").await.unwrap();
    let lee = waiting(&g, &ada).await[0];
    for _ in 0..2 {
        admin::decline(&g.store, &ada, lee, "We are full.\nTry again in spring.").await.unwrap();
    }
    assert_eq!(g.emails().await, "invitation_requested=1 request_declined=1");
    assert_eq!(g.emails_of("request_declined").await[0]["words"], "We are full.\nTry again in spring.");
    request(&g, "lee@guild.example").await.unwrap();
    assert_eq!(waiting(&g, &ada).await.len(), 0, "a new request is possible only later");
    let audited = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN ('invitation.approve', 'invitation.decline')";
    assert_eq!(g.number(audited).await, 2);
    g.advance(KEEP_DECIDED_FOR);
    store::runner::run_due(&g.store).await.unwrap();
    let kept = "SELECT CAST(COUNT(*) AS BIGINT) FROM invitation_requests";
    assert_eq!(g.number(kept).await, 0, "old requests are deleted with their addresses");
    request(&g, "lee@guild.example").await.unwrap();
    g.advance(REQUEST_LIFETIME);
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.number(kept).await, 0);
    settings::set_sign_up(&g.store, SignUp::Open).await.unwrap();
    assert_eq!(refused(request(&g, "max@guild.example").await), Refusal::NoRequestNeeded);
    g.expect_emails("invitation_requested=2 reminder=34 request_declined=1").await;
}

/// Requests come from strangers, so their number is limited.
#[guild_test]
async fn requests_are_limited(g: Guild) {
    let ada = invitation_only_demo(&g).await;
    for i in 0..domain::invitations::MAX_REQUESTS_PER_DAY {
        request(&g, &format!("r{i}@guild.example")).await.unwrap();
    }
    assert_eq!(refused(request(&g, "more@guild.example").await), Refusal::TooManyRequests);
    g.advance(Duration::days(1));
    request(&g, "more@guild.example").await.unwrap();
    assert_eq!(waiting(&g, &ada).await.len() as u64, admin::PAGE, "the list has pages");
    g.expect_emails("invitation_requested=201").await;
}

/// R3 in small: when many people open one link at once, one of them gets the account.
#[guild_test]
async fn r3_an_invitation_link_creates_one_account(g: Guild) {
    let ada = invitation_only_demo(&g).await;
    invite(&g, &ada, "race@guild.example").await;
    let link = newest_link(&g).await;
    let secret = link.rsplit('/').next().unwrap();
    let opened = join_all((0..16).map(|_| async {
        let browser = sign_in::Browser { token: "", device: "test" };
        sign_in::by_invitation(&g.store, secret, browser, Locale::En, Zone::UTC).await
    }))
    .await;
    let (done, late): (Vec<_>, Vec<_>) = opened.into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), members(&g, "race@guild.example").await), (1, 1));
    for answer in late {
        assert_eq!(refused(answer.map(drop)), Refusal::InvitationUsed);
    }
    g.expect_emails("invitation=1").await;
}

/// Opening the link doesn't use it up, so mail scanners do no harm. The button works in any browser.
#[guild_test]
async fn an_invitation_link_creates_the_account_and_signs_in(g: Guild) {
    let ada = invitation_only_demo(&g).await;
    invite(&g, &ada, "noa@guild.example").await;
    let link = newest_link(&g).await;
    let portal = g.portal(&[]).await;
    let scanner = portal.browser();
    for method in [Method::GET, Method::HEAD, Method::GET] {
        assert_eq!(scanner.send(method, &link, &[], None).await.status, 200);
    }
    let foreign =
        scanner.send(Method::POST, &link, &[("origin", "https://evil.example")], Some(String::new())).await;
    assert_eq!((foreign.status, members(&g, "noa@guild.example").await), (403, 0));
    let browser = portal.browser();
    let page = browser.get(&link).await;
    assert!(
        page.body.contains("noa@guild.example") && page.body.contains("Accept and sign in"),
        "{}",
        page.body
    );
    assert!(!page.header("cache-control").contains("public"));
    let answer = browser.post(&link, &[]).await;
    assert!(answer.location.starts_with("/welcome"), "{answer:?}");
    assert!(is_signed_in(&browser).await);
    assert_eq!(members(&g, "noa@guild.example").await, 1);
    // A used link no longer signs anybody in, not even into the account that it created.
    let other = portal.browser();
    for answer in [other.get(&link).await, other.post(&link, &[]).await] {
        assert_eq!(answer.status, 410);
        assert!(answer.body.contains("This address already has an account"), "{}", answer.body);
    }
    assert!(!is_signed_in(&other).await);
    // Members who are signed in keep their account.
    invite(&g, &ada, "lee@guild.example").await;
    let second = {
        let sent = g
            .rows("SELECT payload FROM emails WHERE kind = 'invitation' AND address = 'lee@guild.example'")
            .await;
        let payload: String = sent[0].try_get_by_index(0).unwrap();
        payload
    };
    assert!(second.contains("invitations/") || second == "{}", "the secret goes once it is sent");
    portal.stop().await;
    g.expect_emails("invitation=2").await;
}

#[guild_test]
async fn a_link_that_no_longer_works_says_why_and_what_to_do(g: Guild) {
    let ada = invitation_only_demo(&g).await;
    let mut links = Vec::new();
    for address in ["gone@guild.example", "old@guild.example", "again@guild.example", "here@guild.example"] {
        invite(&g, &ada, address).await;
        links.push((address, newest_link(&g).await));
    }
    let (rows, _) = admin::invitations(&g.store, &ada, 0).await.unwrap();
    let id = |address: &str| rows.iter().find(|row| row.address == address).unwrap().id;
    admin::revoke(&g.store, &ada, id("gone@guild.example")).await.unwrap();
    g.advance(Duration::hours(1));
    admin::resend(&g.store, &ada, id("again@guild.example")).await.unwrap();
    let fresh = newest_link(&g).await;
    // A person joined by signing in with the invited address. The link doesn't open their account.
    g.joined(&domain::members::Address::parse("here@guild.example").unwrap()).await;
    g.rows("UPDATE invitations SET expires_at = '2026-11-20T00:00:00+00:00' WHERE address = 'old@guild.example' RETURNING id").await;
    g.expect_emails("invitation").await;
    let portal = g.portal(&[]).await;
    for ((address, link), says) in
        links.iter().zip(["was withdrawn", "has expired", "no longer works", "already has an account"])
    {
        let browser = portal.browser();
        for answer in [browser.get(link).await, browser.post(link, &[]).await] {
            assert_eq!(answer.status, 410, "{address}");
            assert!(says.split('|').any(|says| answer.body.contains(says)), "{address}: {}", answer.body);
            assert!(
                answer.body.contains("href=\"/request-invitation\"")
                    || answer.body.contains("href=\"/sign-in\"")
            );
        }
        assert!(!is_signed_in(&browser).await, "{address}");
    }
    let browser = portal.browser();
    assert!(browser.post(&fresh, &[]).await.location.starts_with("/welcome"));
    let page = browser.get(&links[1].1).await;
    assert!(page.status == 200 && page.body.contains("sign out first"), "{}", page.body);
    portal.stop().await;
}

/// The home page of an invitation-only community doesn't invite people to sign in. It has a form to request
/// an invitation.
#[guild_test]
async fn the_home_page_says_that_the_community_is_invitation_only(g: Guild) {
    let ada = invitation_only_demo(&g).await;
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    let home = browser.get("/").await.body;
    assert!(home.contains("Invitation only") && home.contains("href=\"/request-invitation\""));
    assert!(!home.contains("Join the community") && !home.to_lowercase().contains("open community"));
    let wrong =
        browser.post("/request-invitation", &[("name", "Noa"), ("address", "noa"), ("reason", "")]).await;
    assert_eq!(wrong.location, "/request-invitation");
    let form = browser.get("/request-invitation").await.body;
    assert!(form.contains("value=\"Noa\"") && form.contains("aria-invalid"), "the form keeps its input");
    let mut answers = Vec::new();
    for address in ["noa@guild.example", "mei@guild.example"] {
        let fields = [("name", "Noa"), ("address", address), ("reason", "I read your notes.")];
        let answer = browser.post("/request-invitation", &fields).await;
        answers.push((answer.status, answer.location.clone(), browser.get(&answer.location).await.body));
    }
    assert_eq!(answers[0], answers[1], "the responses don't reveal who is a member");
    assert!(answers[0].2.contains("received your request"), "{}", answers[0].2);
    assert_eq!(waiting(&g, &ada).await.len(), 1);
    settings::set_sign_up(&g.store, SignUp::Open).await.unwrap();
    let home = browser.get("/").await.body;
    assert!(home.contains("Join the community") && !home.contains("Invitation only"), "control");
    assert!(browser.get("/request-invitation").await.body.contains("Anyone can join"));
    portal.stop().await;
    g.expect_emails("invitation_requested=2").await;
}

/// A signed link stops all emails about invitations to its address. Its page can allow them again.
#[guild_test]
async fn a_link_in_each_invitation_stops_further_ones(g: Guild) {
    let ada = invitation_only_demo(&g).await;
    invite(&g, &ada, "noa@guild.example").await;
    let portal = g.portal(&[]).await;
    let raw = portal.email_text_to("noa@guild.example").await;
    let at = raw.find("/unsubscribe/").unwrap();
    let link: String = raw[at..].chars().take_while(|c| !c.is_whitespace() && !"\"<>".contains(*c)).collect();
    let browser = portal.browser();
    let hash = recipients::hash("noa@guild.example");
    assert!(browser.get(&link).await.body.contains("Never email me again"));
    assert!(!recipients::has_opted_out(&g.store, &hash).await.unwrap(), "opening the page changes nothing");
    assert_eq!(browser.post(&link, &[("page", "yes")]).await.location, link);
    assert!(recipients::has_opted_out(&g.store, &hash).await.unwrap());
    assert!(browser.get(&link).await.body.contains("Allow invitations again"));
    browser.post(&link, &[("back", "yes")]).await;
    assert!(!recipients::has_opted_out(&g.store, &hash).await.unwrap());
    // Mail programs send this request by themselves, without our page.
    let one_click = browser.send(Method::POST, &link, &[], Some("List-Unsubscribe=One-Click".into())).await;
    assert_eq!((one_click.status, recipients::has_opted_out(&g.store, &hash).await.unwrap()), (200, true));
    assert_eq!(browser.get(&format!("{link}x")).await.status, 404);
    portal.stop().await;
    g.expect_emails("invitation=1").await;
}
