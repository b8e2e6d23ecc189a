//! Asking a mentor directly, outside of matching (M25).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{Actor, MentorRequestId, Refusal, Slug, mentoring::SignUpRole, mentorships::RequestState};
use store::{StoreError, mentorships, runner};
use tests::{Guild, guild_test};

const SENTENCE: &str = "I would like to lead our first threat model.";

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// Kofi offers two places in an open round of Grace's.
async fn offered(g: &Guild) -> Slug {
    g.demo().await;
    let round = g.round(&g.actor("grace").await).await;
    g.sign_up(&g.actor("kofi").await, &round, SignUpRole::Mentor, &["rust"], "").await;
    Slug::parse("kofi-mensah").unwrap()
}

async fn ask(g: &Guild, actor: &Actor, mentor: &Slug, key: &str) -> Result<MentorRequestId, StoreError> {
    mentorships::request_mentor(&g.store, actor, mentor, SENTENCE, key).await
}

async fn settle(g: &Guild, actor: &Actor, id: MentorRequestId, to: RequestState) -> Result<(), StoreError> {
    mentorships::settle_request(&g.store, actor, id, to, "Thursdays at 16:00").await
}

#[guild_test]
async fn m25_a_direct_request_counts_against_the_places(g: Guild) {
    let kofi_page = offered(&g).await;
    let kofi = g.actor("kofi").await;
    let askers = [g.actor("mei").await, g.actor("sofia").await, g.actor("ravi").await];
    let mut ids = Vec::new();
    for asker in &askers {
        let id = ask(&g, asker, &kofi_page, "key").await.unwrap();
        assert_eq!(ask(&g, asker, &kofi_page, "key").await.unwrap(), id, "the same form asks once");
        ids.push(id);
    }
    g.expect_emails("mentor_requested=3").await;
    for (asker, id) in askers.iter().zip(&ids).take(2) {
        settle(&g, &kofi, *id, RequestState::Accepted).await.unwrap();
        settle(&g, &kofi, *id, RequestState::Accepted).await.unwrap();
        let page = mentorships::request(&g.store, asker, *id).await.unwrap();
        mentorships::page(&g.store, asker, page.mentorship.unwrap()).await.unwrap();
    }
    assert_eq!(refusal(settle(&g, &kofi, ids[2], RequestState::Accepted).await), Refusal::MentorFull);
    let late = ask(&g, &g.actor("marek").await, &kofi_page, "").await;
    assert_eq!(refusal(late), Refusal::MentorFull);
    // Office hours need no place.
    settle(&g, &kofi, ids[2], RequestState::OfficeHours).await.unwrap();
    assert_eq!(mentorships::request(&g.store, &askers[2], ids[2]).await.unwrap().note, "Thursdays at 16:00");
    g.expect_emails("mentor_request_answered=3").await;
}

#[guild_test]
async fn m25_three_open_requests_at_most_and_seven_days_to_answer(g: Guild) {
    let kofi_page = offered(&g).await;
    let mei = g.actor("mei").await;
    let id = ask(&g, &mei, &kofi_page, "").await.unwrap();
    assert_eq!(refusal(ask(&g, &mei, &kofi_page, "").await), Refusal::MentorRequestExists);
    let copies =
        "UPDATE mentor_requests SET to_id = (SELECT id FROM members WHERE demo_key = 'ravi') RETURNING id";
    g.rows(copies).await;
    let round = g.rows("SELECT slug FROM mentoring_rounds ORDER BY created_at DESC LIMIT 1").await;
    let round = Slug::parse(&round[0].try_get_by_index::<String>(0).unwrap()).unwrap();
    for key in ["ravi", "marek", "sofia"] {
        g.sign_up(&g.actor(key).await, &round, SignUpRole::Mentor, &["rust"], "").await;
    }
    ask(&g, &mei, &kofi_page, "").await.unwrap();
    ask(&g, &mei, &page_of(&g, "marek").await, "").await.unwrap();
    let fourth = ask(&g, &mei, &page_of(&g, "sofia").await, "").await;
    assert_eq!(refusal(fourth), Refusal::TooManyMentorRequests { max: 3 });
    settle(&g, &mei, id, RequestState::Withdrawn).await.unwrap();
    ask(&g, &mei, &page_of(&g, "sofia").await, "").await.unwrap();
    g.take_emails().await;
    g.advance(Duration::days(7));
    runner::run_due(&g.store).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("mentor_request_answered").await.len(), 3);
    g.take_emails().await;
}

async fn page_of(g: &Guild, key: &str) -> Slug {
    store::members::myself(&g.store, &g.actor(key).await).await.unwrap().slug
}

#[guild_test]
async fn m25_only_the_two_read_a_request(g: Guild) {
    let kofi_page = offered(&g).await;
    let mei = g.actor("mei").await;
    let id = ask(&g, &mei, &kofi_page, "").await.unwrap();
    for key in ["grace", "ada", "ravi"] {
        let actor = g.actor(key).await;
        assert!(
            matches!(mentorships::request(&g.store, &actor, id).await, Err(StoreError::NotFound)),
            "{key}"
        );
        let answer = settle(&g, &actor, id, RequestState::Declined).await;
        assert!(matches!(answer, Err(StoreError::NotFound)), "{key}");
    }
    // The mentee can't accept for the mentor, and the mentor can't withdraw.
    for (actor, to) in [(&mei, RequestState::Accepted), (&g.actor("kofi").await, RequestState::Withdrawn)] {
        assert!(matches!(settle(&g, actor, id, to).await, Err(StoreError::NotFound)));
    }
    let kofi = g.actor("kofi").await;
    assert_eq!(mentorships::request(&g.store, &kofi, id).await.unwrap().sentence, SENTENCE, "control");
    let texts = "SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%threat model%'";
    assert_eq!(g.number(texts).await, 0, "the email has no text");
    g.take_emails().await;
}

/// M25: a mentor who withdrew, and people with a block between them, begin nothing.
#[guild_test]
async fn m25_a_request_begins_nothing_after_the_mentor_withdrew_or_a_block(g: Guild) {
    let kofi_page = offered(&g).await;
    let (kofi, mei, sofia) = (g.actor("kofi").await, g.actor("mei").await, g.actor("sofia").await);
    let of_mei = ask(&g, &mei, &kofi_page, "").await.unwrap();
    let of_sofia = ask(&g, &sofia, &kofi_page, "").await.unwrap();
    store::blocks::block(&g.store, &sofia, kofi.member().unwrap()).await.unwrap();
    let withdrawn = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentor_requests WHERE state = 'withdrawn'";
    assert_eq!(g.number(withdrawn).await, 1);
    assert!(matches!(settle(&g, &kofi, of_sofia, RequestState::Accepted).await, Err(StoreError::NotFound)));
    g.rows("UPDATE mentoring_sign_ups SET state = 'withdrawn' RETURNING id").await;
    assert_eq!(refusal(settle(&g, &kofi, of_mei, RequestState::Accepted).await), Refusal::MentorRequestOver);
    settle(&g, &kofi, of_mei, RequestState::Declined).await.unwrap();
    g.take_emails().await;
}

/// M25: whoever withdraws a request and asks again and again sends few requests, and none without end.
#[guild_test]
async fn m25_ten_requests_a_day(g: Guild) {
    let kofi_page = offered(&g).await;
    let mei = g.actor("mei").await;
    let ask_and_withdraw = async || {
        let id = ask(&g, &mei, &kofi_page, "").await?;
        settle(&g, &mei, id, RequestState::Withdrawn).await
    };
    for _ in 0..10 {
        ask_and_withdraw().await.unwrap();
    }
    assert_eq!(refusal(ask_and_withdraw().await), Refusal::SlowDown { seconds: 86_400 });
    // Control: the day after, there is room again.
    g.skip_weekly_kudos().await;
    g.advance(Duration::days(1));
    ask_and_withdraw().await.unwrap();
    g.take_emails().await;
}
