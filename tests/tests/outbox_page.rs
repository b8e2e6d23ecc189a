//! The outbox page for administrators (C6), and addresses whose emails bounce (C7).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Actor, EmailId, Refusal, Slug, emails::Email, events::RsvpState, members::Address};
use store::{
    StoreError, events,
    outbox::{
        self, Outcome,
        admin::{self, DeliveryStatus, EmailSelection},
    },
    suppressions,
};
use tests::{Guild, guild_test};

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Three people take a seat, which posts three emails, and one signs in.
async fn emails(g: &Guild) -> (Actor, Slug) {
    g.demo().await;
    let slug = g.event(None).await;
    for key in ["mei", "kofi", "tomas"] {
        g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap();
    }
    let address = Address::parse("somebody@guild.example").unwrap();
    store::sign_in::request_email(&g.store, store::sign_in::EmailRequest::new(&address, "browser"))
        .await
        .unwrap();
    (g.actor("ada").await, slug)
}

/// Ends every pending email to this address with `outcome`, and marks all others as sent.
async fn settle(g: &Guild, address: &str, outcome: Outcome) -> EmailId {
    let mut which = None;
    for email in outbox::claim(&g.store, 100).await.unwrap() {
        let this = email.to.address == address;
        which = if this { Some(email.id) } else { which };
        outbox::settle(&g.store, email.id, if this { outcome.clone() } else { Outcome::Sent }).await.unwrap();
    }
    which.unwrap()
}

async fn count(g: &Guild, actor: &Actor, status: DeliveryStatus) -> u64 {
    admin::status_counts(&g.store, actor)
        .await
        .unwrap()
        .iter()
        .filter(|status_count| status_count.status == status)
        .map(|status_count| status_count.count)
        .sum()
}

#[guild_test]
async fn c6_a_failed_email_can_be_inspected_and_sent_again(g: Guild) {
    let (ada, _) = emails(&g).await;
    assert_eq!(count(&g, &ada, DeliveryStatus::Pending).await, 4);
    let id = settle(
        &g,
        "mei@guild.example",
        Outcome::Failed("the mail server refused the message: 554 5.7.1".into()),
    )
    .await;
    assert_eq!(
        (count(&g, &ada, DeliveryStatus::Failed).await, count(&g, &ada, DeliveryStatus::Sent).await),
        (1, 3)
    );
    let (rows, more) =
        admin::rows(&g.store, &ada, DeliveryStatus::Failed, Some("confirmed"), 0).await.unwrap();
    assert_eq!((rows.len(), more, rows[0].id, rows[0].name.as_str()), (1, false, id, "Mei Tanaka"));
    assert!(rows[0].cause.contains("554") && rows[0].settled_at.is_some());
    let (row, inside) = admin::get(&g.store, &ada, id).await.unwrap();
    assert!(!row.secret);
    assert!(matches!(inside.unwrap().email, Email::Confirmed(_)));
    admin::retry(&g.store, &ada, EmailSelection::One(id)).await.unwrap();
    assert_eq!(
        refused(admin::retry(&g.store, &ada, EmailSelection::One(id)).await),
        Refusal::EmailAlreadySettled,
        "it is pending already"
    );
    assert_eq!(count(&g, &ada, DeliveryStatus::Pending).await, 1);
    assert_eq!(outbox::claim(&g.store, 10).await.unwrap().len(), 1);
    assert_eq!(
        refused(admin::cancel(&g.store, &ada, EmailSelection::One(id)).await),
        Refusal::EmailAlreadySettled,
        "it is being sent"
    );
    g.expect_emails("confirmed=3 sign_in=1").await;
}

#[guild_test]
async fn c6_a_sign_in_email_shows_its_secret_to_nobody(g: Guild) {
    let (ada, _) = emails(&g).await;
    let (rows, _) = admin::rows(&g.store, &ada, DeliveryStatus::Pending, Some("sign_in"), 0).await.unwrap();
    let (row, inside) = admin::get(&g.store, &ada, rows[0].id).await.unwrap();
    assert!(row.secret && inside.is_none());
    admin::cancel(&g.store, &ada, EmailSelection::One(row.id)).await.unwrap();
    assert_eq!(
        g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%sign-in/link%'").await,
        0
    );
    g.expect_emails("confirmed=3 sign_in=1").await;
}

#[guild_test]
async fn c6_all_emails_of_a_kind_can_be_cancelled_or_sent_again(g: Guild) {
    let (ada, _) = emails(&g).await;
    let all = |status| EmailSelection::Kind(status, "confirmed".to_owned());
    for email in outbox::claim(&g.store, 10).await.unwrap() {
        outbox::settle(&g.store, email.id, Outcome::Failed("its content cannot be read".into()))
            .await
            .unwrap();
    }
    assert_eq!(admin::retry(&g.store, &ada, all(DeliveryStatus::Failed)).await.unwrap(), 3);
    assert_eq!(
        (count(&g, &ada, DeliveryStatus::Failed).await, count(&g, &ada, DeliveryStatus::Pending).await),
        (1, 3),
        "the sign-in email stays pending"
    );
    assert_eq!(admin::cancel(&g.store, &ada, all(DeliveryStatus::Pending)).await.unwrap(), 3);
    assert_eq!(
        (count(&g, &ada, DeliveryStatus::Cancelled).await, count(&g, &ada, DeliveryStatus::Pending).await),
        (3, 0)
    );
    assert!(outbox::claim(&g.store, 10).await.unwrap().is_empty());
    for key in ["mei", "grace"] {
        let actor = g.actor(key).await;
        assert_eq!(
            refused(admin::cancel(&g.store, &actor, all(DeliveryStatus::Cancelled)).await),
            Refusal::NotAllowed
        );
        assert_eq!(refused(admin::status_counts(&g.store, &actor).await), Refusal::NotAllowed);
    }
    g.expect_emails("confirmed=3 failed:sign_in=1").await;
}

/// Pending emails in a restored database may have been sent before, so an administrator decides.
#[guild_test]
async fn r12_pending_emails_are_on_hold_until_an_administrator_releases_them(g: Guild) {
    let (ada, _) = emails(&g).await;
    let claimed = outbox::claim(&g.store, 2).await.unwrap();
    assert_eq!(outbox::hold_waiting(&g.store).await.unwrap(), 3);
    assert_eq!(outbox::hold_waiting(&g.store).await.unwrap(), 0);
    assert_eq!(
        (count(&g, &ada, DeliveryStatus::Held).await, count(&g, &ada, DeliveryStatus::Expired).await),
        (3, 1),
        "sign-in links expire"
    );
    assert_eq!(
        g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%sign-in/link%'").await,
        0
    );
    let confirmed = claimed.iter().find(|email| email.email.kind() == "confirmed").unwrap();
    outbox::settle(&g.store, confirmed.id, Outcome::Retry("451 4.3.0".into())).await.unwrap();
    g.advance(chrono::Duration::hours(1));
    assert!(outbox::claim(&g.store, 10).await.unwrap().is_empty(), "nothing on hold is sent");
    assert_eq!(outbox::waiting(&g.store).await.unwrap().held, 3);
    let page = g.page(&g.visit(Some("ada"), "/admin", domain::Locale::En).await).await.html;
    assert!(page.contains("/admin/outbox?status=held"), "administrators are told");
    admin::cancel(&g.store, &ada, EmailSelection::One(confirmed.id)).await.unwrap();
    assert_eq!(
        admin::retry(&g.store, &ada, EmailSelection::Kind(DeliveryStatus::Held, "confirmed".to_owned()))
            .await
            .unwrap(),
        2
    );
    assert_eq!(outbox::claim(&g.store, 10).await.unwrap().len(), 2);
    g.expect_emails("confirmed=3 sign_in=1").await;
}

/// A reminder expires when the event starts. It contains no secret, so its content is kept.
#[guild_test]
async fn c6_an_expired_email_keeps_its_content(g: Guild) {
    let (ada, _) = emails(&g).await;
    g.expect_emails("confirmed sign_in").await;
    g.clock.set("2026-11-23T17:00:00Z".parse().unwrap());
    store::runner::run_due(&g.store).await.unwrap();
    g.rows("DELETE FROM emails WHERE address <> 'mei@guild.example' OR kind <> 'reminder' RETURNING id")
        .await;
    let id = settle(&g, "mei@guild.example", Outcome::Failed("a template of this email failed".into())).await;
    let (row, inside) = admin::get(&g.store, &ada, id).await.unwrap();
    assert!(!row.secret && row.can_retry);
    assert!(matches!(inside.unwrap().email, Email::Reminder(_)));
    let copy = store::data::copy_of(&g.store, &g.actor("mei").await).await.unwrap();
    let rows = serde_json::to_string(&copy.tables.iter().find(|table| table.name == "emails").unwrap().rows)
        .unwrap();
    assert!(rows.contains("An evening"), "her own data export contains it too: {rows}");
    admin::retry(&g.store, &ada, EmailSelection::One(id)).await.unwrap();
    assert_eq!(
        settle(&g, "mei@guild.example", Outcome::Failed("a template of this email failed".into())).await,
        id
    );
    g.advance(chrono::Duration::days(2));
    assert!(!admin::get(&g.store, &ada, id).await.unwrap().0.can_retry, "the event has started");
    assert_eq!(
        refused(admin::retry(&g.store, &ada, EmailSelection::One(id)).await),
        Refusal::EmailAlreadySettled
    );
    g.expect_emails("failed:reminder=2").await;
}

/// Row 6 of `doctor`: anybody can enter an address that refuses everything, so refused emails are not an
/// error.
#[guild_test]
async fn c6_doctor_reports_refused_emails_without_calling_them_an_error(g: Guild) {
    emails(&g).await;
    let found = async || {
        let findings = store::doctor::examine(&g.store).await.unwrap();
        findings.into_iter().find(|finding| finding.check.contains("email")).unwrap()
    };
    let refused = Outcome::Bounced("the mail server refused the recipient: 550 5.1.1".into());
    settle(&g, "mei@guild.example", refused).await;
    let finding = found().await;
    assert!(finding.problem.is_none() && finding.note.unwrap().contains("1 refused by a mail server"));
    let slug = g.event(None).await;
    g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    settle(&g, "kofi@guild.example", Outcome::Failed("its content cannot be read".into())).await;
    assert!(found().await.problem.unwrap().contains("1 failed because of an error in Guildhall"));
    g.expect_emails("confirmed=2 failed:confirmed=2 sign_in=1").await;
}

/// The page of the event and the form for emails show hosts how many people cannot be reached, and what to
/// do.
#[guild_test]
async fn c7_hosts_see_how_many_people_cannot_be_reached(g: Guild) {
    let (_, slug) = emails(&g).await;
    let grace = g.actor("grace").await;
    let shown = async |words: &str| {
        for page in ["people", "emails"] {
            let visit = g.visit(Some("grace"), &format!("/events/{slug}/{page}"), domain::Locale::En).await;
            let html = g.page(&visit).await.html;
            assert_eq!(html.contains("reach them another way"), !words.is_empty(), "{page}");
            assert!(html.contains(words), "{page}: {words}");
        }
    };
    shown("").await;
    settle(
        &g,
        "mei@guild.example",
        Outcome::Bounced("the mail server refused the recipient: 550 5.1.1".into()),
    )
    .await;
    shown("Emails to 1 of 3 people bounce.").await;
    let address = Address::parse("kofi@guild.example").unwrap();
    let email = g.email_to("kofi@guild.example").await;
    assert!(suppressions::record_bounce(&g.store, &address, email, "550 5.1.1").await.unwrap());
    shown("Emails to 2 of 3 people bounce.").await;
    // People who left or were declined get no emails, so they don't count.
    events::leave(&g.store, &g.actor("kofi").await, &slug).await.unwrap();
    assert_eq!(events::unreachable(&g.store, &grace, &slug).await.unwrap(), (1, 2));
    g.rows("UPDATE rsvps SET state = 'declined' WHERE state = 'left' RETURNING id").await;
    assert_eq!(events::unreachable(&g.store, &grace, &slug).await.unwrap(), (1, 2));
    suppressions::clear_bounce(&g.store, &g.actor("mei").await).await.unwrap();
    shown("").await;
    g.expect_emails("confirmed=2 email_confirmed=1 failed:confirmed=1 left=1 sign_in=1").await;
}

/// A refused recipient: the member sees a warning on every page, and the host sees how many people cannot
/// be reached.
#[guild_test]
async fn c7_a_bounce_stops_emails_to_an_address_until_it_works_again(g: Guild) {
    let (ada, slug) = emails(&g).await;
    let grace = g.actor("grace").await;
    assert_eq!(events::unreachable(&g.store, &grace, &slug).await.unwrap(), (0, 3));
    settle(
        &g,
        "mei@guild.example",
        Outcome::Bounced("the mail server refused the recipient: 550 5.1.1".into()),
    )
    .await;
    assert_eq!(events::unreachable(&g.store, &grace, &slug).await.unwrap(), (1, 3));
    assert!(matches!(
        events::unreachable(&g.store, &g.actor("kofi").await, &slug).await,
        Err(StoreError::NotFound)
    ));
    assert_eq!(count(&g, &ada, DeliveryStatus::Failed).await, 1, "the email counts as failed");
    let visit = g.visit(Some("mei"), "/", domain::Locale::En).await;
    assert_eq!(visit.notices.bounced, Some(g.now()));
    assert!(g.page(&visit).await.html.contains("/api/data/clear_bounce"), "the banner has its button");
    assert!(g.visit(Some("kofi"), "/", domain::Locale::En).await.notices.bounced.is_none());
    let suppression = suppressions::own_bounce(&g.store, &visit.actor).await.unwrap().unwrap();
    assert!(suppression.cause.contains("550 5.1.1"));
    suppressions::clear_bounce(&g.store, &visit.actor).await.unwrap();
    suppressions::clear_bounce(&g.store, &visit.actor).await.unwrap();
    assert_eq!(g.emails_of("email_confirmed").await.len(), 1, "one test email");
    assert_eq!(events::unreachable(&g.store, &grace, &slug).await.unwrap(), (0, 3));
    g.expect_emails("confirmed=2 email_confirmed=1 failed:confirmed=1 sign_in=1").await;
}

#[guild_test]
async fn c7_other_failures_stop_no_emails_and_a_sign_in_ends_a_bounce(g: Guild) {
    emails(&g).await;
    let mei = g.actor("mei").await;
    settle(&g, "mei@guild.example", Outcome::Failed("its content cannot be read".into())).await;
    assert!(
        suppressions::own_bounce(&g.store, &mei).await.unwrap().is_none(),
        "the failure was not caused by the address"
    );
    let address = Address::parse("Mei@guild.example").unwrap();
    let [to_mei, to_kofi] = [g.email_to("mei@guild.example").await, g.email_to("kofi@guild.example").await];
    for forged in [to_kofi, EmailId(uuid::Uuid::now_v7())] {
        assert!(
            !suppressions::record_bounce(&g.store, &address, forged, "550").await.unwrap(),
            "that email was not sent to her"
        );
    }
    assert!(suppressions::own_bounce(&g.store, &mei).await.unwrap().is_none());
    assert!(suppressions::record_bounce(&g.store, &address, to_mei, "550 5.1.1").await.unwrap());
    assert!(suppressions::own_bounce(&g.store, &mei).await.unwrap().is_some());
    let stranger = Address::parse("somebody@guild.example").unwrap();
    let to_stranger = g.email_to("somebody@guild.example").await;
    assert!(
        !suppressions::record_bounce(&g.store, &stranger, to_stranger, "550").await.unwrap(),
        "the address belongs to no member"
    );
    g.joined(&address).await;
    assert!(suppressions::own_bounce(&g.store, &mei).await.unwrap().is_none());
    assert_eq!(g.rsvp(&mei, &g.event(None).await, 0).await.unwrap().state, RsvpState::Going);
    g.expect_emails("confirmed=3 failed:confirmed=1 sign_in=2").await;
}
