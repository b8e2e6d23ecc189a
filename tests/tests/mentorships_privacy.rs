//! What a pair writes is for the two (M23): canaries in goals, notes, messages, meetings, agreements and feedback.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Locale,
    mentorships::{AgreementForm, FeedbackText, GoalForm, MeetingPlan, PairChange, Pulse},
};
use store::{StoreError, mentorships, runner};
use tests::{Guild, guild_test, mentorships::TestPair};

const CANARY: &str = "Quokkafugue";

/// A pair with a canary in everything that it can write.
async fn secrets(g: &Guild) -> TestPair {
    let pair = g.pair().await;
    let (mentee, id) = (&pair.mentee, pair.id);
    let goal = GoalForm { title: format!("{CANARY} goal"), ..GoalForm::default() };
    mentorships::save_goal(&g.store, mentee, id, goal.check(None).unwrap(), "").await.unwrap();
    let agreement = AgreementForm {
        cadence: "weekly".into(),
        channel: format!("{CANARY} channel"),
        confidentiality: "Ours".into(),
        ending: String::new(),
        version: "0".into(),
    };
    mentorships::save_agreement(&g.store, mentee, id, agreement.check().unwrap(), 0).await.unwrap();
    for (text, is_shared) in [("shared", true), ("private", false)] {
        let text = format!("{CANARY} {text} note");
        mentorships::add_note(&g.store, mentee, id, &text, is_shared, "").await.unwrap();
    }
    mentorships::send_message(&g.store, mentee, id, &format!("{CANARY} message"), "").await.unwrap();
    let times = mentorships::common_times_of(&g.store, mentee, id, 60).await.unwrap();
    let plan = MeetingPlan { times: times[..1].to_vec(), minutes: 60, place: format!("{CANARY} place") };
    mentorships::propose_meeting(&g.store, mentee, id, plan, "").await.unwrap();
    let meeting = mentorships::page(&g.store, mentee, id).await.unwrap().meetings[0].id;
    mentorships::accept_meeting(&g.store, &pair.mentor, id, meeting, times[0]).await.unwrap();
    pair
}

async fn can_read(g: &Guild, actor: &Actor, pair: &TestPair) -> bool {
    let page = mentorships::page(&g.store, actor, pair.id).await;
    let messages = mentorships::messages(&g.store, actor, pair.id).await;
    match (page, messages) {
        (Ok(_), Ok(_)) => true,
        (Err(StoreError::NotFound), Err(StoreError::NotFound)) => false,
        other => panic!("{other:?}"),
    }
}

/// M23: another member, another pair's mentor, a line manager, an organiser, the coordinator and an administrator.
#[guild_test]
async fn m23_only_the_two_read_what_a_pair_writes(g: Guild) {
    let pair = secrets(&g).await;
    let manager = format!(
        "UPDATE profiles SET manager_id = (SELECT id FROM members WHERE demo_key = 'kofi') \
         WHERE member_id = (SELECT id FROM members WHERE demo_key = '{}') RETURNING member_id",
        pair.mentee_key
    );
    g.rows(&manager).await;
    let id = pair.id;
    let paths = [
        format!("/mentoring/mentorships/{id}"),
        format!("/mentoring/mentorships/{id}/messages"),
        format!("/mentoring/mentorships/{id}/agreement"),
        format!("/mentoring/mentorships/{id}/goal"),
        format!("/mentoring/mentorships/{id}/meet"),
        format!("/mentoring/mentorships/{id}/end"),
        "/".to_owned(),
        "/mentoring".to_owned(),
        "/profile/data".to_owned(),
        "/mentoring/rounds/devsecops-mentoring-round-2/sign-ups".to_owned(),
        "/mentoring/rounds/devsecops-mentoring-round-2/runs/1".to_owned(),
        "/mentoring/programmes/devsecops-mentoring/pairs".to_owned(),
        "/admin/outbox".to_owned(),
        "/admin/audit".to_owned(),
    ];
    let outsiders = ["kofi", "marek", "ravi", "grace", "ada"];
    for key in outsiders.into_iter().filter(|key| ![pair.mentee_key.as_str(), &pair.mentor_key].contains(key))
    {
        let actor = g.actor(key).await;
        assert!(!can_read(&g, &actor, &pair).await, "{key}");
        for path in &paths {
            let visit = g.visit(Some(key), path, Locale::En).await;
            let html = g.page(&visit).await.html;
            assert!(!html.contains(CANARY), "{key} {path}");
        }
        let found = store::search::search(&g.store, &actor, CANARY, None, 0).await.unwrap();
        assert_eq!(found.count(None), 0, "{key}");
        let copy = store::data::copy_of(&g.store, &actor).await.unwrap();
        let copy: String = copy.tables.into_iter().map(|table| format!("{:?}", table.rows)).collect();
        assert!(!copy.contains(CANARY), "{key}");
    }
    // Control: both read it, and only its author reads the private note.
    let read = async |key: &str| {
        let visit = g.visit(Some(key), &paths[0], Locale::En).await;
        g.page(&visit).await.html
    };
    let (mentee, mentor) = (read(&pair.mentee_key).await, read(&pair.mentor_key).await);
    for part in ["goal", "channel", "shared note", "place"] {
        let text = format!("{CANARY} {part}");
        assert!(mentee.contains(&text) && mentor.contains(&text), "{part}");
    }
    let private = format!("{CANARY} private note");
    assert!(mentee.contains(&private) && !mentor.contains(&private));
    g.take_emails().await;
}

/// M23: emails that admins can read contain nothing that a pair wrote. Meetings are in secret emails only.
#[guild_test]
async fn m23_no_email_that_admins_read_contains_what_a_pair_writes(g: Guild) {
    let pair = secrets(&g).await;
    let open = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%{CANARY}%'");
    // Control: the place is in the calendar invitations.
    assert_eq!(g.number(&open).await, 2);
    assert_eq!(g.number(&format!("{open} AND NOT secret")).await, 0);
    mentorships::change(&g.store, &pair.mentee, pair.id, PairChange::Finish).await.unwrap();
    let text = FeedbackText { helped: format!("{CANARY} feedback"), better: String::new() };
    mentorships::give_feedback(&g.store, &pair.mentee, pair.id, text).await.unwrap();
    assert_eq!(g.number(&format!("{open} AND NOT secret")).await, 0);
    let audit = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_changes WHERE old_value LIKE '%Quokka%' OR new_value LIKE '%Quokka%'";
    assert_eq!(g.number(audit).await, 0);
    g.take_emails().await;
}

/// M18, M23: admins read neither the link that answers a check-in nor the alert that follows from an answer.
#[guild_test]
async fn m23_admins_read_no_check_ins_and_no_alerts(g: Guild) {
    let pair = g.pair().await;
    let ends_on = mentorships::page(&g.store, &pair.mentee, pair.id).await.unwrap().ends_on;
    let term = domain::mentorships::Term { started_at: g.now(), ends_on };
    g.advance(term.at_percent(26) - g.now());
    runner::run_due(&g.store).await.unwrap();
    let sql = "SELECT id FROM mentorship_checks WHERE kind = 'quarter' ORDER BY id LIMIT 1";
    let id = domain::CheckInId(g.rows(sql).await[0].try_get_by_index(0).unwrap());
    mentorships::answer_check_in_by_link(&g.store, id, Pulse::Bad).await.unwrap();
    let asked = mentorships::check_in_by_link(&g.store, id).await.unwrap();
    assert!(asked.is_answered && asked.is_open);
    for kind in ["check_in_asked", "pair_alert"] {
        let sent = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE kind = '{kind}'");
        assert!(g.number(&sent).await > 0, "{kind}");
        assert_eq!(g.number(&format!("{sent} AND NOT secret")).await, 0, "{kind}");
    }
    g.take_emails().await;
    // The link does not work for ever.
    g.advance(chrono::Duration::days(30));
    assert!(!mentorships::check_in_by_link(&g.store, id).await.unwrap().is_open);
}
