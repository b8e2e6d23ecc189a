//! Reverse mentoring (M32): offers to teach somebody with more experience.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{Actor, Locale, MentorRequestId, Refusal, mentoring::SignUpRole, mentorships::RequestState};
use store::{StoreError, blocks, mentorships, runner};
use tests::{Guild, guild_test};

const SENTENCE: &str = "I could show you how my team uses property tests.";

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn offer(g: &Guild, actor: &Actor, person: &str, key: &str) -> Result<MentorRequestId, StoreError> {
    mentorships::offer_to_teach(&g.store, actor, person, SENTENCE, key).await
}

async fn settle(g: &Guild, actor: &Actor, id: MentorRequestId, to: RequestState) -> Result<(), StoreError> {
    mentorships::settle_request(&g.store, actor, id, to, "Thursdays at 16:00").await
}

#[guild_test]
async fn m32_an_accepted_offer_is_a_mentorship_with_the_roles_exchanged(g: Guild) {
    g.demo().await;
    g.round(&g.actor("grace").await).await;
    let (sofia, kofi) = (g.actor("sofia").await, g.actor("kofi").await);
    let id = offer(&g, &sofia, "kofi-mensah", "key").await.unwrap();
    assert_eq!(offer(&g, &sofia, "kofi-mensah", "key").await.unwrap(), id, "the same form offers once");
    assert_eq!(refusal(offer(&g, &sofia, "kofi-mensah", "").await), Refusal::MentorRequestExists);
    g.expect_emails("mentor_requested=1").await;
    assert_eq!(mentorships::open_offers(&g.store, &sofia).await.unwrap().len(), 1);
    // The one who offers can't accept, and office hours are for requests to mentors.
    for (actor, to) in [
        (&sofia, RequestState::Accepted),
        (&kofi, RequestState::OfficeHours),
        (&kofi, RequestState::Withdrawn),
        (&g.actor("grace").await, RequestState::Accepted),
    ] {
        assert!(matches!(settle(&g, actor, id, to).await, Err(StoreError::NotFound)), "{to:?}");
    }
    for _ in 0..2 {
        settle(&g, &kofi, id, RequestState::Accepted).await.unwrap();
    }
    g.expect_emails("mentor_request_answered=1").await;
    for (actor, side) in [(&sofia, SignUpRole::Mentor), (&kofi, SignUpRole::Mentee)] {
        let page = mentorships::request(&g.store, actor, id).await.unwrap();
        let pair = mentorships::page(&g.store, actor, page.mentorship.unwrap()).await.unwrap();
        assert_eq!(pair.side, side);
    }
    // Control: asking a mentor gives the roles the other way round, which m25 tests.
    g.take_emails().await;
}

/// M32: without a running programme for both, nothing can be offered. And nobody offers to themselves, to absent members,
/// or across a block.
#[guild_test]
async fn m32_an_offer_needs_a_programme_for_both(g: Guild) {
    g.demo().await;
    let (sofia, kofi) = (g.actor("sofia").await, g.actor("kofi").await);
    assert!(offer(&g, &sofia, "sofia-petrova", "").await.is_err(), "to oneself");
    assert!(matches!(offer(&g, &sofia, "no such member", "").await, Err(StoreError::Invalid(_))));
    g.rows("UPDATE mentoring_rounds SET state = 'finished' RETURNING id").await;
    assert_eq!(refusal(offer(&g, &sofia, "kofi-mensah", "").await), Refusal::NoSharedProgramme);
    g.round(&g.actor("grace").await).await;
    let id = offer(&g, &sofia, "kofi-mensah", "").await.unwrap();
    // A block ends the offer, and hides both from each other.
    blocks::block(&g.store, &kofi, sofia.member().unwrap()).await.unwrap();
    assert!(matches!(settle(&g, &kofi, id, RequestState::Accepted).await, Err(StoreError::NotFound)));
    assert!(offer(&g, &sofia, "kofi-mensah", "").await.is_err());
    g.take_emails().await;
}

/// M32: three open requests and offers together, and seven days to answer.
#[guild_test]
async fn m32_offers_expire_after_seven_days(g: Guild) {
    g.demo().await;
    g.round(&g.actor("grace").await).await;
    let sofia = g.actor("sofia").await;
    for person in ["kofi-mensah", "grace-lindqvist", "ada-okonkwo"] {
        offer(&g, &sofia, person, "").await.unwrap();
    }
    assert_eq!(refusal(offer(&g, &sofia, "mei-tanaka", "").await), Refusal::TooManyMentorRequests { max: 3 });
    g.take_emails().await;
    g.advance(Duration::days(7));
    for _ in 0..2 {
        runner::run_due(&g.store).await.unwrap();
    }
    assert_eq!(g.emails_of("mentor_request_answered").await.len(), 3);
    assert_eq!(mentorships::open_offers(&g.store, &sofia).await.unwrap(), []);
    g.take_emails().await;
}

/// M32: only the two read an offer, and a form with a mistake keeps what was typed.
#[guild_test]
async fn m32_only_the_two_read_an_offer(g: Guild) {
    g.demo().await;
    g.round(&g.actor("grace").await).await;
    let (sofia, kofi) = (g.actor("sofia").await, g.actor("kofi").await);
    let id = offer(&g, &sofia, "kofi-mensah", "").await.unwrap();
    for key in ["grace", "ada", "mei"] {
        let found = mentorships::request(&g.store, &g.actor(key).await, id).await;
        assert!(matches!(found, Err(StoreError::NotFound)), "{key}");
    }
    let texts = "SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%property tests%'";
    assert_eq!(g.number(texts).await, 0, "the email has no text");
    assert_eq!(mentorships::request(&g.store, &kofi, id).await.unwrap().sentence, SENTENCE, "control");
    let html =
        g.page(&g.visit(Some("kofi"), &format!("/mentoring/requests/{id}"), Locale::En).await).await.html;
    assert!(html.contains("offers to teach you") && !html.contains("office hours"));
    let visit = g.visit(Some("mei"), "/mentoring/reverse", Locale::En).await;
    let fields = [("person", "Nobody Atall"), ("sentence", SENTENCE)];
    g.post(&visit, "/api/mentorships/offer", &fields, "text/html").await;
    let html = g.page(&visit).await.html;
    assert!(
        html.contains("Nobody Atall") && html.contains("property tests") && html.contains("aria-invalid")
    );
    g.take_emails().await;
}
