//! How often one account can do things: emails about one RSVP, drafts, forms and test emails.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Locale, Refusal,
    announcements::{AnnouncementForm, MAX_TESTS_PER_HOUR},
    emails::{MAX_RSVP_EMAILS, RSVP_EMAILS_WINDOW},
    events::RsvpState,
    forms::MAX_DRAFTS,
};
use store::{
    StoreError, announcements, events,
    outbox::{self, Outcome},
};
use tests::{Guild, guild_test};

const FORM: &str = "text/html";

/// Sends the pending emails. Returns the kind, UID and SEQUENCE of each.
async fn send_due(g: &Guild) -> Vec<(String, String, u64)> {
    let mut sent = Vec::new();
    for envelope in outbox::claim(&g.store, 100).await.unwrap() {
        let email = serde_json::to_value(&envelope.email).unwrap();
        let uid = email["event"]["uid"].as_str().unwrap().to_owned();
        sent.push((envelope.email.kind().to_owned(), uid, email["sequence"].as_u64().unwrap()));
        outbox::settle(&g.store, envelope.id, Outcome::Sent).await.unwrap();
    }
    sent
}

/// Changing an RSVP a hundred times sends a handful of emails. The last one has the final state and the
/// highest SEQUENCE of the one UID.
#[guild_test]
async fn many_changes_of_one_rsvp_send_few_emails(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(5)).await;
    let mei = g.actor("mei").await;
    let mut sent = Vec::new();
    for _ in 0..100 {
        g.rsvp(&mei, &slug, 0).await.unwrap();
        sent.extend(send_due(&g).await);
        events::leave(&g.store, &mei, &slug).await.unwrap();
        sent.extend(send_due(&g).await);
    }
    assert_eq!(sent.len() as u64, MAX_RSVP_EMAILS);
    assert_eq!(g.emails_of("left").await.len(), 1, "one email is pending");
    g.advance(RSVP_EMAILS_WINDOW);
    sent.extend(send_due(&g).await);
    assert_eq!(sent.len() as u64, MAX_RSVP_EMAILS + 1);
    let (kinds, sequences): (Vec<_>, Vec<_>) = sent.iter().map(|(kind, _, n)| (kind.as_str(), *n)).unzip();
    assert_eq!(kinds, ["confirmed", "left", "confirmed", "left"]);
    assert!(sequences.is_sorted() && sequences.last() == Some(&199), "{sequences:?}");
    assert!(sent.iter().all(|(_, uid, _)| *uid == sent[0].1));
    assert_eq!(events::page(&g.store, &mei, &slug).await.unwrap().rsvp.unwrap().state, RsvpState::Left);
    g.expect_emails("confirmed=2 left=2").await;
}

/// A pending email is sent before emails about changes of the event.
#[guild_test]
async fn a_pending_email_is_sent_before_later_ones_about_the_same_rsvp(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(5)).await;
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    for guests in [0, 1, 0, 1] {
        g.rsvp(&mei, &slug, guests).await.unwrap();
        send_due(&g).await;
    }
    assert_eq!(g.emails_of("confirmed").await.len(), 1, "one email is pending");
    events::cancel(&g.store, &grace, &slug, "").await.unwrap();
    g.advance(Duration::minutes(2));
    store::runner::run_due(&g.store).await.unwrap();
    let kinds: Vec<_> = send_due(&g).await.into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(kinds.first().map(String::as_str), Some("confirmed"), "{kinds:?}");
    g.expect_emails("cancelled=1 confirmed=4").await;
}

#[guild_test]
async fn an_unsent_email_is_replaced(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(5)).await;
    let other = g.event(Some(5)).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    for who in [&mei, &kofi] {
        g.rsvp(who, &slug, 0).await.unwrap();
        g.rsvp(who, &other, 0).await.unwrap();
    }
    g.rsvp(&mei, &slug, 1).await.unwrap();
    events::leave(&g.store, &mei, &slug).await.unwrap();
    assert_eq!(g.emails().await, "confirmed=3 left=1", "emails to other people and about other events stay");
    g.expect_emails("confirmed=3 left=1").await;
}

#[guild_test]
async fn test_emails_are_limited_by_member_and_hour(g: Guild) {
    g.demo().await;
    let (grace, ada) = (g.actor("grace").await, g.actor("ada").await);
    let slugs = [g.event(None).await, g.event(None).await];
    let content = AnnouncementForm {
        subject: "Bring a laptop".into(),
        message: "And a charger.".into(),
        ..AnnouncementForm::default()
    };
    let trial = async |who, i: u64| {
        announcements::send_test(&g.store, who, &slugs[(i % 2) as usize], content.check_test().unwrap()).await
    };
    for i in 0..MAX_TESTS_PER_HOUR {
        trial(&grace, i).await.unwrap();
    }
    let wait = Duration::hours(1).num_seconds();
    assert!(
        matches!(trial(&grace, 0).await, Err(StoreError::Refused(Refusal::SlowDown { seconds })) if seconds == wait)
    );
    assert_eq!(g.emails_of("announcement").await.len() as u64, MAX_TESTS_PER_HOUR);
    trial(&ada, 0).await.unwrap();
    g.advance(Duration::hours(1));
    trial(&grace, 0).await.unwrap();
    g.expect_emails("announcement=12").await;
}

/// Drafts are kept only for people who can send the form, and each person has a limited number.
#[guild_test]
async fn drafts_are_few_and_only_for_members_with_permission(g: Guild) {
    g.demo().await;
    g.rows("UPDATE members SET role = 'suspended' WHERE demo_key = 'tomas' RETURNING id").await;
    let drafts = async |key: &str| {
        let id = g.actor(key).await.member().unwrap();
        let all = g.rows("SELECT form, member_id FROM drafts ORDER BY expires_at, form").await;
        let is_own = |row: &&sea_orm::QueryResult| row.try_get_by_index::<uuid::Uuid>(1).unwrap() == id.0;
        all.iter().filter(is_own).map(|row| row.try_get_by_index::<String>(0).unwrap()).collect::<Vec<_>>()
    };
    let invite = async |key: &str, slug: &str| {
        let visit = g.visit(Some(key), "/", Locale::En).await;
        g.post(&visit, "/api/groups/invite", &[("slug", slug), ("invitee", "Nobody Atall")], FORM).await
    };
    let group = g.night_owls(&[]).await;
    for i in 0..30 {
        invite("mei", &format!("no-such-group-{i}")).await;
        invite("tomas", group.as_str()).await;
    }
    // Mei may not invite, so no draft is kept.
    invite("mei", group.as_str()).await;
    assert_eq!((drafts("mei").await, drafts("tomas").await), (Vec::<String>::new(), Vec::new()));
    invite("ada", group.as_str()).await;
    assert_eq!(drafts("ada").await, ["groups/invite/night-owls"], "control");
    for i in 0..30 {
        g.advance(Duration::seconds(1));
        let visit = g.visit(Some("ada"), "/", Locale::En).await;
        let slug = format!("invented-{i:02}");
        g.post(&visit, "/api/events/edit", &[("slug", &slug), ("title", "")], FORM).await;
    }
    let kept = drafts("ada").await;
    assert_eq!(kept.len() as u64, MAX_DRAFTS);
    assert_eq!(
        kept.last().map(String::as_str),
        Some("events/edit/invented-29"),
        "the newest drafts are kept"
    );
}

/// One member can send a limited number of forms, and reads when to try again. Others are not affected.
#[guild_test]
async fn one_member_can_send_a_limited_number_of_forms(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(5)).await;
    for guarded in [true, false] {
        let portal = g.portal_without(&[("posts_per_minute", "1")], |guards| guards.account = guarded).await;
        let [mei, kofi] = ["mei", "kofi"].map(|key| (key, portal.browser()));
        for (key, browser) in [&mei, &kofi] {
            browser.set_cookie("guildhall", &g.session_of(key).await);
        }
        let hide = async |browser: &tests::portal::Browser| {
            browser.post("/api/events/set_listed", &[("slug", slug.as_str()), ("shown", "no")]).await
        };
        for _ in 0..2 {
            assert_eq!(hide(&mei.1).await.status, 303);
        }
        let third = hide(&mei.1).await;
        if guarded {
            assert_eq!(third.status, 429);
            assert!(third.header("retry-after").parse::<u32>().unwrap() <= 61);
            assert!(
                third.body.contains("<!DOCTYPE html>") && third.body.contains("then try again"),
                "{}",
                third.body
            );
        } else {
            assert_eq!(third.status, 303, "control");
        }
        assert_eq!(hide(&kofi.1).await.status, 303);
        assert_eq!(mei.1.get("/events").await.status, 200, "reading is not counted");
        assert_eq!(mei.1.post("/sign-out", &[]).await.status, 303, "signing out always works");
        portal.stop().await;
    }
}
