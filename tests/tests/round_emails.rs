//! Emails of coordinators to people of a round (M29).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Refusal, Slug,
    emails::{Delivery, EmailCategory},
    mentoring::{RoundAudience, RoundEmailState},
};
use store::{StoreError, mentoring, runner, suppressions};
use tests::{Guild, guild_test, mentorships::TestPair};

const TEXT: &str = "Half an hour is enough for the first meeting.";

fn round() -> Slug {
    Slug::parse("devsecops-mentoring-round-2").unwrap()
}

async fn write(g: &Guild, actor: &Actor, audience: RoundAudience, key: &str) -> Result<(), StoreError> {
    mentoring::write_to_round(&g.store, actor, &round(), audience, TEXT, key).await
}

async fn count(g: &Guild, audience: RoundAudience) -> u64 {
    let page = mentoring::round_emails(&g.store, &g.actor("grace").await, &round()).await.unwrap();
    page.counts.into_iter().find(|(one, _)| *one == audience).unwrap().1
}

fn refusal(result: Result<(), StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// A pair of a round that Grace coordinates, with the number of people in pairs without a meeting.
async fn pair(g: &Guild) -> (TestPair, u64) {
    let pair = g.pair().await;
    let people = count(g, RoundAudience::NoMeeting).await;
    assert!(people >= 2);
    (pair, people)
}

#[guild_test]
async fn m29_an_email_is_held_and_then_sent_once_a_day(g: Guild) {
    let (_pair, people) = pair(&g).await;
    let grace = g.actor("grace").await;
    write(&g, &grace, RoundAudience::NoMeeting, "key").await.unwrap();
    write(&g, &grace, RoundAudience::NoMeeting, "key").await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    g.advance(Duration::minutes(5));
    for _ in 0..2 {
        runner::run_due(&g.store).await.unwrap();
    }
    g.expect_emails(&format!("round_email={people}")).await;
    let page = mentoring::round_emails(&g.store, &grace, &round()).await.unwrap();
    assert_eq!((page.emails.len(), page.emails[0].state), (1, RoundEmailState::Sent));
    assert_eq!(refusal(write(&g, &grace, RoundAudience::NoMeeting, "").await), Refusal::RoundEmailToday);
    assert_eq!(refusal(write(&g, &grace, RoundAudience::Silent, "").await), Refusal::NobodyToEmail);
    let sent = page.emails[0].id;
    let late = mentoring::cancel_round_email(&g.store, &grace, &round(), sent).await;
    assert_eq!(refusal(late), Refusal::RoundEmailSent);
}

#[guild_test]
async fn m29_a_held_email_can_be_cancelled(g: Guild) {
    let (_pair, people) = pair(&g).await;
    let grace = g.actor("grace").await;
    write(&g, &grace, RoundAudience::NoMeeting, "").await.unwrap();
    let id = mentoring::round_emails(&g.store, &grace, &round()).await.unwrap().emails[0].id;
    for _ in 0..2 {
        mentoring::cancel_round_email(&g.store, &grace, &round(), id).await.unwrap();
    }
    g.advance(Duration::minutes(6));
    runner::run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    // Control: one that was cancelled does not count as the email of the day.
    write(&g, &grace, RoundAudience::NoMeeting, "").await.unwrap();
    g.advance(Duration::minutes(6));
    runner::run_due(&g.store).await.unwrap();
    g.expect_emails(&format!("round_email={people}")).await;
}

/// M29: a member who turned these emails off gets none, and the coordinator's number does not tell.
#[guild_test]
async fn m29_preferences_count_and_stay_private(g: Guild) {
    let (pair, people) = pair(&g).await;
    let off = format!("{} - {}", EmailCategory::Mentoring.name(), Delivery::Off.name());
    let choice = domain::emails::EmailPreference::check(&off).unwrap();
    store::preferences::save(&g.store, &pair.mentee, vec![choice]).await.unwrap();
    assert_eq!(count(&g, RoundAudience::NoMeeting).await, people);
    write(&g, &g.actor("grace").await, RoundAudience::NoMeeting, "").await.unwrap();
    g.advance(Duration::minutes(6));
    runner::run_due(&g.store).await.unwrap();
    g.expect_emails(&format!("round_email={}", people - 1)).await;
}

/// M29: a member whose address bounces gets none, and the coordinator's number does not tell.
#[guild_test]
async fn m29_no_email_goes_to_an_address_that_bounces(g: Guild) {
    let (pair, people) = pair(&g).await;
    let grace = g.actor("grace").await;
    write(&g, &grace, RoundAudience::NoMeeting, "").await.unwrap();
    assert_eq!(sent(&g).await, people, "control");
    g.advance(Duration::hours(25));
    write(&g, &grace, RoundAudience::NoMeeting, "again").await.unwrap();
    g.advance(Duration::minutes(6));
    let to = format!("SELECT address FROM members WHERE demo_key = '{}'", pair.mentee_key);
    let address: String = g.rows(&to).await[0].try_get_by_index(0).unwrap();
    let address = domain::members::Address::parse(&address).unwrap();
    runner::run_due(&g.store).await.unwrap();
    let email = g.email_to(address.as_str()).await;
    assert!(suppressions::record_bounce(&g.store, &address, email, "550 5.1.1").await.unwrap());
    g.take_emails().await;
    g.advance(Duration::hours(25));
    assert_eq!(count(&g, RoundAudience::NoMeeting).await, people);
    write(&g, &grace, RoundAudience::NoMeeting, "once more").await.unwrap();
    assert_eq!(sent(&g).await, people - 1);
}

/// M29: only coordinators write, and admins are none.
#[guild_test]
async fn m29_only_coordinators_write_to_people_of_a_round(g: Guild) {
    let (pair, _) = pair(&g).await;
    for actor in [g.actor("kofi").await, pair.mentee] {
        assert!(matches!(write(&g, &actor, RoundAudience::NoMeeting, "").await, Err(StoreError::Refused(_))));
        let page = mentoring::round_emails(&g.store, &actor, &round()).await;
        assert!(matches!(page, Err(StoreError::Refused(_))));
    }
}

/// M29: people who have not answered a proposal are an audience until they answer.
#[guild_test]
async fn m29_people_who_have_not_answered_can_be_emailed(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    mentoring::run::publish(&g.store, &grace, &round(), 1).await.unwrap();
    g.take_emails().await;
    let people = count(&g, RoundAudience::Invited).await;
    assert!(people > 2);
    write(&g, &grace, RoundAudience::Invited, "").await.unwrap();
    g.advance(Duration::minutes(6));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("round_email").await.len() as u64, people);
    g.take_emails().await;
}

/// Sends what waits, and returns how many emails that were.
async fn sent(g: &Guild) -> u64 {
    g.advance(Duration::minutes(6));
    runner::run_due(&g.store).await.unwrap();
    let sent = g.emails_of("round_email").await.len() as u64;
    g.take_emails().await;
    sent
}

/// M29: nobody hears from coordinators twice in a day. The notification of somebody who chose no emails counts too.
#[guild_test]
async fn m29_a_person_gets_one_email_a_day(g: Guild) {
    let (pair, people) = pair(&g).await;
    let grace = g.actor("grace").await;
    let choose = async |delivery: Delivery| {
        let choice = format!("{} - {}", EmailCategory::Mentoring.name(), delivery.name());
        let choice = domain::emails::EmailPreference::check(&choice).unwrap();
        store::preferences::save(&g.store, &pair.mentee, vec![choice]).await.unwrap();
    };
    choose(Delivery::Off).await;
    write(&g, &grace, RoundAudience::NoMeeting, "").await.unwrap();
    assert_eq!(sent(&g).await, people - 1);
    choose(Delivery::Now).await;
    // The limit of the round no longer applies, so only the limit of each person does.
    g.rows("DELETE FROM mentoring_round_emails RETURNING id").await;
    write(&g, &grace, RoundAudience::NoMeeting, "").await.unwrap();
    assert_eq!(sent(&g).await, 0);
    // Control: the day after they do.
    g.skip_weekly_kudos().await;
    g.advance(Duration::days(1));
    write(&g, &grace, RoundAudience::NoMeeting, "").await.unwrap();
    assert_eq!(sent(&g).await, people);
}

/// M29: people in a block with the author get no email, and the count doesn't tell. Suspended members are not counted.
#[guild_test]
async fn m29_no_email_reaches_suspended_members_or_crosses_a_block(g: Guild) {
    let (pair, people) = pair(&g).await;
    let grace = g.actor("grace").await;
    store::blocks::block(&g.store, &pair.mentee, grace.member().unwrap()).await.unwrap();
    assert_eq!(count(&g, RoundAudience::NoMeeting).await, people);
    let suspend =
        format!("UPDATE members SET role = 'suspended' WHERE demo_key = '{}' RETURNING id", pair.mentor_key);
    g.rows(&suspend).await;
    assert_eq!(count(&g, RoundAudience::NoMeeting).await, people - 1);
    write(&g, &grace, RoundAudience::NoMeeting, "").await.unwrap();
    assert_eq!(sent(&g).await, people - 2);
}

/// M29: a pair is silent when its last meeting started three weeks ago and none is planned.
#[guild_test]
async fn m29_silent_pairs_are_an_audience(g: Guild) {
    let (pair, without) = pair(&g).await;
    let silent = count(&g, RoundAudience::Silent).await;
    let (_, time) = g.agree_on_a_meeting(&pair).await;
    // Control: with a planned meeting they are in neither.
    assert_eq!(count(&g, RoundAudience::NoMeeting).await, without - 2);
    assert_eq!(count(&g, RoundAudience::Silent).await, silent);
    g.advance(time - g.now() + Duration::days(21) - Duration::minutes(1));
    assert_eq!(count(&g, RoundAudience::Silent).await, silent);
    g.advance(Duration::minutes(1));
    assert_eq!(count(&g, RoundAudience::Silent).await, silent + 2);
    assert_eq!(count(&g, RoundAudience::NoMeeting).await, without - 2);
    g.take_emails().await;
}
