//! What coordinators see of pairs and do about people (M18, M20), the guide, and the report of a round.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Refusal, Slug,
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{MeasureKind, PairChange, Pulse},
};
use store::{StoreError, mentoring, mentorships, runner};
use tests::{Guild, guild_test, mentorships::TestPair};

const PROGRAMME: &str = "devsecops-mentoring";

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn page_of(g: &Guild, actor: &Actor) -> Slug {
    store::members::myself(&g.store, actor).await.unwrap().slug
}

/// M18: a red pulse shows the pair to the coordinators, and the page shows nothing to anybody else.
#[guild_test]
async fn m18_coordinators_see_pulses_and_silent_pairs_and_nobody_else_does(g: Guild) {
    let pair = g.pair().await;
    let grace = g.actor("grace").await;
    let row = async || {
        let (_, rows) = mentorships::pairs(&g.store, &grace, &slug(PROGRAMME)).await.unwrap();
        rows.into_iter().find(|row| row.id == pair.id).unwrap()
    };
    assert!(!row().await.needs_help() && !row().await.is_silent);
    let page = mentorships::page(&g.store, &pair.mentee, pair.id).await.unwrap();
    let term = domain::mentorships::Term { started_at: g.now(), ends_on: page.ends_on };
    g.advance(term.at_percent(26) - g.now());
    runner::run_due(&g.store).await.unwrap();
    assert!(row().await.is_silent, "no meeting for three weeks");
    let sql = "SELECT id FROM mentorship_checks WHERE kind = 'quarter' ORDER BY id LIMIT 1";
    let id = domain::CheckInId(g.rows(sql).await[0].try_get_by_index(0).unwrap());
    mentorships::answer_check_in_by_link(&g.store, id, Pulse::Bad).await.unwrap();
    assert!(row().await.needs_help());
    for key in ["kofi", "ravi", "ada", "marek", pair.mentee_key.as_str(), pair.mentor_key.as_str()] {
        let seen = mentorships::pairs(&g.store, &g.actor(key).await, &slug(PROGRAMME)).await;
        assert_eq!(refusal(seen), Refusal::NotAllowed, "{key}");
    }
    // A coordinator who is one of the two sees other pairs only.
    let mentor = page_of(&g, &pair.mentor).await;
    mentoring::add_coordinator(&g.store, &grace, &slug(PROGRAMME), mentor.as_str()).await.unwrap();
    let (_, rows) = mentorships::pairs(&g.store, &pair.mentor, &slug(PROGRAMME)).await.unwrap();
    assert!(rows.iter().all(|row| row.id != pair.id) && !rows.is_empty());
    g.take_emails().await;
}

async fn take(g: &Guild, pair: &TestPair, kind: MeasureKind) -> domain::MeasureId {
    let (grace, person) = (g.actor("grace").await, page_of(g, &pair.mentor).await);
    let reason = "You missed three meetings.";
    mentorships::take_measure(&g.store, &grace, &slug(PROGRAMME), &person, kind, reason).await.unwrap()
}

async fn audited(g: &Guild, action: &str) -> i64 {
    g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = '{action}'")).await
}

/// M20: warn, then pause, then exclude, with an appeal. Every step is in the audit log.
#[guild_test]
async fn m20_warn_pause_exclude_with_an_appeal_all_audited(g: Guild) {
    let pair = g.pair().await;
    let grace = g.actor("grace").await;
    take(&g, &pair, MeasureKind::Warn).await;
    g.expect_emails("measure_taken=1").await;
    let pause = take(&g, &pair, MeasureKind::Pause).await;
    assert_eq!(take(&g, &pair, MeasureKind::Pause).await, pause, "a second click takes no second measure");
    let kept = mentorships::decide_measure(&g.store, &grace, pause, false).await;
    assert_eq!(refusal(kept), Refusal::MeasureOver, "there is no appeal to decide");
    g.take_emails().await;
    let state = async || mentorships::page(&g.store, &pair.mentee, pair.id).await.unwrap().state;
    assert_eq!(state().await, MentorshipState::Paused);
    let resume = async || mentorships::change(&g.store, &pair.mentee, pair.id, PairChange::Resume).await;
    assert_eq!(refusal(resume().await), Refusal::PausedInProgramme);
    mentorships::appeal(&g.store, &pair.mentor, pause, "I was ill.").await.unwrap();
    mentorships::appeal(&g.store, &pair.mentor, pause, "I was ill.").await.unwrap();
    mentorships::decide_measure(&g.store, &grace, pause, true).await.unwrap();
    g.expect_emails("measure_taken=1").await;
    resume().await.unwrap();
    g.expect_emails("pair_news=1").await;
    take(&g, &pair, MeasureKind::Exclude).await;
    assert_eq!(state().await, MentorshipState::Ended);
    for ended in g.emails_of("mentorship_ended").await {
        assert!(!ended.to_string().contains("missed"), "the partner learns only that it ended");
    }
    g.take_emails().await;
    let sign_up = mentoring::submit(
        &g.store,
        &pair.mentor,
        &slug("devsecops-mentoring-round-2"),
        SignUpRole::Mentor,
        true,
    )
    .await;
    assert_eq!(refusal(sign_up), Refusal::ExcludedFromProgramme);
    assert_eq!(audited(&g, "mentoring.measure").await, 3);
    assert_eq!(audited(&g, "mentoring.appeal").await, 1);
    assert_eq!(audited(&g, "mentoring.decide_measure").await, 1);
}

/// M20: only coordinators take measures, and only its person and they read one.
#[guild_test]
async fn m20_a_measure_is_for_its_person_and_the_coordinators(g: Guild) {
    let pair = g.pair().await;
    let id = take(&g, &pair, MeasureKind::Warn).await;
    let person = page_of(&g, &pair.mentor).await;
    for key in ["kofi", "ada", pair.mentee_key.as_str()] {
        let actor = g.actor(key).await;
        assert!(
            matches!(mentorships::measure(&g.store, &actor, id).await, Err(StoreError::NotFound)),
            "{key}"
        );
        let taken =
            mentorships::take_measure(&g.store, &actor, &slug(PROGRAMME), &person, MeasureKind::Warn, "x")
                .await;
        assert_eq!(refusal(taken), Refusal::NotAllowed, "{key}");
        let decided = mentorships::decide_measure(&g.store, &actor, id, true).await;
        assert!(matches!(decided, Err(StoreError::NotFound)), "{key}");
    }
    // Control: these two read it.
    for actor in [&pair.mentor, &g.actor("hannah").await] {
        assert!(mentorships::measure(&g.store, actor, id).await.is_ok());
    }
    g.take_emails().await;
}

/// M20: a coordinator decides nothing about the other person of their own pair.
#[guild_test]
async fn m20_another_coordinator_decides_about_the_pair_of_a_coordinator(g: Guild) {
    let pair = g.pair().await;
    let (grace, hannah) = (g.actor("grace").await, g.actor("hannah").await);
    let sql = "UPDATE mentorships SET mentee_id = (SELECT id FROM members WHERE demo_key = 'grace') \
               WHERE id = (SELECT id FROM mentorships ORDER BY id DESC LIMIT 1)";
    sea_orm::ConnectionTrait::execute_unprepared(g.raw(), sql).await.unwrap();
    let person = page_of(&g, &pair.mentor).await;
    let warn = async |actor: &Actor| {
        mentorships::take_measure(&g.store, actor, &slug(PROGRAMME), &person, MeasureKind::Warn, "x").await
    };
    assert_eq!(refusal(warn(&grace).await), Refusal::MeasureOwnPair);
    // Control: the other coordinator can, and only they can lift it.
    let id = warn(&hannah).await.unwrap();
    let lifted = mentorships::decide_measure(&g.store, &grace, id, true).await;
    assert_eq!(refusal(lifted), Refusal::MeasureOwnPair);
    mentorships::decide_measure(&g.store, &hannah, id, true).await.unwrap();
    g.take_emails().await;
}

/// A pair reads the guide of its programme, and coordinators write it.
#[guild_test]
async fn coordinators_write_the_guide_that_pairs_read(g: Guild) {
    let pair = g.pair().await;
    let grace = g.actor("grace").await;
    let save = async |actor: &Actor, version| {
        mentorships::save_guide(&g.store, actor, &slug(PROGRAMME), "Say hello.", version).await
    };
    assert_eq!(refusal(save(&pair.mentor, 0).await), Refusal::NotAllowed);
    save(&grace, 0).await.unwrap();
    assert!(matches!(refusal(save(&grace, 0).await), Refusal::ChangedMeanwhile { version: 1 }));
    assert_eq!(mentorships::page(&g.store, &pair.mentee, pair.id).await.unwrap().guide, "Say hello.");
}

/// The report has aggregates of five or more.
#[guild_test]
async fn a_report_leaves_out_numbers_below_five(g: Guild) {
    let _pair = g.pair().await;
    let round = slug("devsecops-mentoring-round-2");
    let report = mentorships::report(&g.store, &g.actor("grace").await, &round).await.unwrap();
    let figure = |name: &str| report.figures.iter().find(|figure| figure.name == name).unwrap().number;
    assert_eq!(figure("pairs"), None, "one pair");
    assert_eq!(figure("left"), Some(0));
    // Control: there are enough mentees to count.
    assert!(figure("mentees").is_some_and(|number| number >= 5));
    assert!(report.csv().contains("pairs,<5\r\n"));
    let seen = mentorships::report(&g.store, &g.actor("ada").await, &round).await;
    assert_eq!(refusal(seen), Refusal::NotAllowed);
}
