//! Mentorships from the first meeting to graduation (M15 to M21, M26).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    CheckInId, Instant, Refusal,
    emails::{CalendarEntry, Email, Method},
    mentoring::MentorshipState,
    mentorships::{
        AgreementForm, FeedbackText, GoalForm, MeetingForm, MeetingPlan, MeetingState, NextStep, PairChange,
        Pulse,
    },
};
use store::{
    StoreError, blocks, data,
    mentorships::{self, GivenFeedback, MentorshipPage},
    runner,
};
use tests::{Guild, guild_test, mentorships::TestPair};

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        Err(StoreError::Invalid(problems)) => problems[0].why.clone(),
        other => panic!("{other:?}"),
    }
}

/// The first times that suit both.
async fn times(g: &Guild, pair: &TestPair) -> Vec<Instant> {
    mentorships::common_times_of(&g.store, &pair.mentee, pair.id, 60).await.unwrap()
}

async fn seen_by_mentee(g: &Guild, pair: &TestPair) -> MentorshipPage {
    mentorships::page(&g.store, &pair.mentee, pair.id).await.unwrap()
}

/// The calendar parts of the emails of a kind: method, UID and SEQUENCE.
async fn calendars(g: &Guild, kind: &str) -> Vec<(Method, String, u32)> {
    let mut found = Vec::new();
    for payload in g.emails_of(kind).await {
        let email: Email = serde_json::from_value(payload).unwrap();
        for part in email.calendars() {
            let CalendarEntry::Meeting(meeting) = part.entry else { panic!("not a meeting") };
            found.push((part.method, meeting.uid.to_string(), part.sequence));
        }
    }
    found
}

/// M17: the calendar entry keeps its UID, its SEQUENCE rises, and CANCEL removes it from both calendars.
#[guild_test]
async fn m17_a_meeting_is_proposed_agreed_moved_and_cancelled_in_both_calendars(g: Guild) {
    let pair = g.pair().await;
    let free = times(&g, &pair).await;
    let plan = |times: &[Instant]| MeetingPlan { times: times.to_vec(), minutes: 60, place: String::new() };
    let propose =
        async |plan, key| mentorships::propose_meeting(&g.store, &pair.mentee, pair.id, plan, key).await;
    let outside = free[0] + Duration::hours(9);
    assert!(!free.contains(&outside));
    assert_eq!(refusal(propose(plan(&[outside]), "").await), Refusal::TimesDoNotSuit);
    propose(plan(&free[..3]), "once").await.unwrap();
    propose(plan(&free[..3]), "once").await.unwrap();
    g.expect_emails("meeting_proposed=1").await;
    let meeting = seen_by_mentee(&g, &pair).await.meetings[0].id;
    let accept =
        async |actor, time| mentorships::accept_meeting(&g.store, actor, pair.id, meeting, time).await;
    assert_eq!(refusal(accept(&pair.mentee, free[0]).await), Refusal::NotYourAnswer);
    accept(&pair.mentor, free[1]).await.unwrap();
    accept(&pair.mentor, free[1]).await.unwrap();
    let uid = meeting.to_string();
    let invited = (Method::Request, uid.clone(), 1);
    assert_eq!(calendars(&g, "meeting_agreed").await, [invited.clone(), invited]);
    g.expect_emails("meeting_agreed=2").await;
    mentorships::move_meeting(&g.store, &pair.mentor, pair.id, meeting, vec![free[2]]).await.unwrap();
    assert_eq!(seen_by_mentee(&g, &pair).await.meetings[0].meeting.starts_at, Some(free[1]), "it holds");
    g.expect_emails("meeting_proposed=1").await;
    accept(&pair.mentee, free[2]).await.unwrap();
    let moved = (Method::Request, uid.clone(), 2);
    assert_eq!(calendars(&g, "meeting_agreed").await, [moved.clone(), moved]);
    g.expect_emails("meeting_agreed=2").await;
    mentorships::cancel_meeting(&g.store, &pair.mentee, pair.id, meeting).await.unwrap();
    mentorships::cancel_meeting(&g.store, &pair.mentee, pair.id, meeting).await.unwrap();
    let cancelled = (Method::Cancel, uid, 3);
    assert_eq!(calendars(&g, "meeting_cancelled").await, [cancelled.clone(), cancelled]);
    g.expect_emails("meeting_cancelled=2").await;
    let form = MeetingForm { minutes: "60".into(), place: String::new() };
    assert!(form.check(&[]).is_err());
}

/// M17: the other one hears that proposed times are cancelled. The one who cancels gets no email.
#[guild_test]
async fn m17_cancelling_proposed_times_tells_the_other_one(g: Guild) {
    let pair = g.pair().await;
    let free = mentorships::common_times_of(&g.store, &pair.mentee, pair.id, 60).await.unwrap();
    let plan = MeetingPlan { times: free[..1].to_vec(), minutes: 60, place: String::new() };
    mentorships::propose_meeting(&g.store, &pair.mentee, pair.id, plan, "").await.unwrap();
    g.expect_emails("meeting_proposed=1").await;
    let meeting = seen_by_mentee(&g, &pair).await.meetings[0].id;
    for _ in 0..2 {
        mentorships::cancel_meeting(&g.store, &pair.mentee, pair.id, meeting).await.unwrap();
    }
    let to = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM emails e JOIN members m ON m.id = e.member_id \
         WHERE e.kind = 'pair_news' AND m.demo_key = '{}'",
        pair.mentor_key
    );
    assert_eq!(g.number(&to).await, 1);
    g.expect_emails("pair_news=1").await;
}

/// M17, M18: the second missed meeting alerts the coordinators once, and never the partner.
#[guild_test]
async fn m18_two_missed_meetings_alert_the_coordinators_and_not_the_partner(g: Guild) {
    let pair = g.pair().await;
    for number in 1..=3 {
        let (meeting, time) = g.agree_on_a_meeting(&pair).await;
        g.take_emails().await;
        g.advance(time - g.now() + Duration::minutes(9));
        let report = async || mentorships::report_missed(&g.store, &pair.mentee, pair.id, meeting).await;
        assert_eq!(refusal(report().await), Refusal::NotMissedYet);
        g.advance(Duration::minutes(2));
        report().await.unwrap();
        report().await.unwrap();
        // Grace and Hannah coordinate.
        g.expect_emails(if number == 2 { "pair_alert=2" } else { "" }).await;
    }
    let page = mentorships::page(&g.store, &pair.mentor, pair.id).await.unwrap();
    assert_eq!(page.meetings[0].meeting.state, MeetingState::Agreed, "only the reporter reads it");
    assert_eq!(seen_by_mentee(&g, &pair).await.meetings[0].meeting.state, MeetingState::Missed);
}

/// M15: a nudge on day 7, and a question on day 10 with one click. A second run changes nothing.
#[guild_test]
async fn m15_a_nudge_on_day_7_and_a_question_on_day_10(g: Guild) {
    let pair = g.pair().await;
    let run = async || {
        runner::run_due(&g.store).await.unwrap();
        runner::run_due(&g.store).await.unwrap();
        let found = g.take_emails().await;
        let own = |kind: &&str| kind.starts_with("pair_news") || kind.starts_with("check_in_asked");
        found.split(' ').filter(own).collect::<Vec<_>>().join(" ")
    };
    g.advance(Duration::days(7) - Duration::hours(1));
    assert_eq!(run().await, "");
    g.advance(Duration::hours(2));
    assert_eq!(run().await, "pair_news=2");
    g.advance(Duration::days(3));
    assert_eq!(run().await, "check_in_asked=2");
    let NextStep::CheckIn(id, _) = seen_by_mentee(&g, &pair).await.next else { panic!("a check-in waits") };
    mentorships::answer_check_in_by_link(&g.store, id, Pulse::Good).await.unwrap();
    mentorships::answer_check_in_by_link(&g.store, id, Pulse::Good).await.unwrap();
    let other = mentorships::answer_check_in_by_link(&g.store, id, Pulse::Bad).await;
    assert_eq!(refusal(other), Refusal::CheckInOver);
}

/// M15: an agreement needs both, and a change asks the other one again.
#[guild_test]
async fn m15_both_agree_to_the_agreement(g: Guild) {
    let pair = g.pair().await;
    let form = AgreementForm {
        cadence: "weekly".into(),
        channel: "Video".into(),
        confidentiality: "Ours".into(),
        ending: String::new(),
        version: "0".into(),
    };
    let save = async |actor, version| {
        mentorships::save_agreement(&g.store, actor, pair.id, form.check().unwrap(), version).await
    };
    save(&pair.mentee, 0).await.unwrap();
    let agreed = async || {
        let (_, mentee, mentor, _) = seen_by_mentee(&g, &pair).await.agreement.unwrap();
        (mentee, mentor)
    };
    assert_eq!(agreed().await, (true, false));
    mentorships::agree(&g.store, &pair.mentor, pair.id, 1).await.unwrap();
    assert_eq!(agreed().await, (true, true));
    assert!(matches!(refusal(save(&pair.mentor, 0).await), Refusal::ChangedMeanwhile { version: 1 }));
    save(&pair.mentor, 1).await.unwrap();
    assert_eq!(agreed().await, (false, true), "the mentee has to agree to the change");
    let stale = mentorships::agree(&g.store, &pair.mentee, pair.id, 1).await;
    assert!(matches!(refusal(stale), Refusal::ChangedMeanwhile { .. }));
}

/// M16: both write the goals of their pair, and no other pair's.
#[guild_test]
async fn m16_both_write_goals(g: Guild) {
    let pair = g.pair().await;
    let form = GoalForm { title: "Lead a threat model".into(), ..GoalForm::default() };
    for _ in 0..2 {
        let goal = form.check(None).unwrap();
        mentorships::save_goal(&g.store, &pair.mentee, pair.id, goal, "key").await.unwrap();
    }
    let goals = seen_by_mentee(&g, &pair).await.goals;
    assert_eq!(goals.len(), 1, "the same form creates one");
    let id = goals[0].id;
    let done = GoalForm { progress: "100".into(), ..form };
    mentorships::save_goal(&g.store, &pair.mentor, pair.id, done.check(id).unwrap(), "").await.unwrap();
    assert_eq!(seen_by_mentee(&g, &pair).await.goals[0].progress, 100);
    mentorships::remove_goal(&g.store, &pair.mentor, pair.id, id.unwrap()).await.unwrap();
    assert!(seen_by_mentee(&g, &pair).await.goals.is_empty());
}

/// M18: check-ins come at 25, 50 and 75 % of the term. A bad answer alerts the coordinators, and not the partner.
#[guild_test]
async fn m18_check_ins_and_a_red_pulse(g: Guild) {
    let pair = g.pair().await;
    let page = seen_by_mentee(&g, &pair).await;
    let term = domain::mentorships::Term { started_at: g.now(), ends_on: page.ends_on };
    let mut asked = Vec::new();
    for percent in [25, 50, 75] {
        g.advance(term.at_percent(percent) - g.now() + Duration::hours(1));
        runner::run_due(&g.store).await.unwrap();
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentorship_checks WHERE kind <> 'connected'";
        asked.push(g.number(sql).await);
        g.take_emails().await;
    }
    assert_eq!(asked, [2, 4, 6], "one for each of the two");
    let sql = "SELECT id FROM mentorship_checks WHERE kind = 'half' ORDER BY id LIMIT 1";
    let id = CheckInId(g.rows(sql).await[0].try_get_by_index(0).unwrap());
    mentorships::answer_check_in_by_link(&g.store, id, Pulse::Bad).await.unwrap();
    assert_eq!(g.emails().await, "pair_alert=2");
    let alert = g.emails_of("pair_alert").await[0].to_string();
    assert!(!alert.contains("mentee_answer") && !alert.contains("half"), "{alert}");
    g.expect_emails("pair_alert=2").await;
    let other = mentorships::answer_check_in(&g.store, &g.actor("kofi").await, id, Pulse::Good).await;
    assert!(matches!(other, Err(StoreError::NotFound)));
}

/// M19: leaving needs no reason. The partner learns only that it ended, and the meeting leaves their calendar.
#[guild_test]
async fn m19_leaving_tells_the_partner_only_that_it_ended(g: Guild) {
    let pair = g.pair().await;
    g.agree_on_a_meeting(&pair).await;
    g.take_emails().await;
    let name = store::members::myself(&g.store, &pair.mentee).await.unwrap().name;
    mentorships::change(&g.store, &pair.mentee, pair.id, PairChange::Leave).await.unwrap();
    for ended in g.emails_of("mentorship_ended").await {
        assert!(!ended.to_string().contains(&name), "it names nobody");
    }
    assert_eq!(calendars(&g, "mentorship_ended").await.len(), 2);
    g.expect_emails("mentorship_ended=2").await;
    let again = mentorships::change(&g.store, &pair.mentor, pair.id, PairChange::Leave).await;
    assert_eq!(refusal(again), Refusal::MentorshipOver);
    let late = mentorships::send_message(&g.store, &pair.mentor, pair.id, "Why?", "").await;
    assert_eq!(refusal(late), Refusal::MentorshipOver);
}

/// M19: a break stops reminders and meetings until one of the two resumes.
#[guild_test]
async fn m19_a_break_stops_the_clock(g: Guild) {
    let pair = g.pair().await;
    let change = async |actor, change| mentorships::change(&g.store, actor, pair.id, change).await;
    let (meeting, _) = g.agree_on_a_meeting(&pair).await;
    g.take_emails().await;
    change(&pair.mentee, PairChange::Pause).await.unwrap();
    g.expect_emails("pair_news=1").await;
    // What was planned can still be cancelled.
    mentorships::cancel_meeting(&g.store, &pair.mentor, pair.id, meeting).await.unwrap();
    g.expect_emails("meeting_cancelled=2").await;
    g.advance(Duration::days(20));
    runner::run_due(&g.store).await.unwrap();
    let emails = g.take_emails().await;
    assert!(!emails.contains("pair_news") && !emails.contains("check_in"), "{emails}");
    let goal = GoalForm { title: "x".into(), ..GoalForm::default() }.check(None).unwrap();
    let paused = mentorships::save_goal(&g.store, &pair.mentor, pair.id, goal, "").await;
    assert_eq!(refusal(paused), Refusal::MentorshipPaused);
    change(&pair.mentor, PairChange::Resume).await.unwrap();
    assert_eq!(seen_by_mentee(&g, &pair).await.state, MentorshipState::Active);
    g.expect_emails("pair_news=1").await;
}

fn feedback(helped: &str) -> FeedbackText {
    FeedbackText { helped: helped.into(), better: String::new() }
}

/// M21: feedback is shown when both have given it.
#[guild_test]
async fn m21_feedback_is_released_when_both_have_given_it(g: Guild) {
    let pair = g.pair().await;
    let give = async |actor, text| mentorships::give_feedback(&g.store, actor, pair.id, feedback(text)).await;
    assert_eq!(refusal(give(&pair.mentee, "Early").await), Refusal::CheckInOver);
    mentorships::change(&g.store, &pair.mentor, pair.id, PairChange::Finish).await.unwrap();
    g.expect_emails("pair_news=1").await;
    assert_eq!(seen_by_mentee(&g, &pair).await.next, NextStep::GiveFeedback);
    assert_eq!(give(&pair.mentor, "Your questions").await.unwrap(), GivenFeedback::Waiting);
    assert_eq!(give(&pair.mentor, "Your questions").await.unwrap(), GivenFeedback::Waiting);
    assert_eq!(seen_by_mentee(&g, &pair).await.feedback, None, "not before both have given it");
    assert_eq!(give(&pair.mentee, "Your patience").await.unwrap(), GivenFeedback::Released);
    assert_eq!(seen_by_mentee(&g, &pair).await.feedback, Some(feedback("Your questions")));
    g.expect_emails("pair_news=2").await;
}

/// M21: after 14 days, feedback is shown although the other one gave none.
#[guild_test]
async fn m21_feedback_is_released_after_14_days(g: Guild) {
    let pair = g.pair().await;
    mentorships::change(&g.store, &pair.mentor, pair.id, PairChange::Peers).await.unwrap();
    mentorships::give_feedback(&g.store, &pair.mentor, pair.id, feedback("Your questions")).await.unwrap();
    g.advance(Duration::days(14) - Duration::hours(1));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(seen_by_mentee(&g, &pair).await.feedback, None);
    g.advance(Duration::hours(2));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(seen_by_mentee(&g, &pair).await.feedback, Some(feedback("Your questions")));
    let late = mentorships::give_feedback(&g.store, &pair.mentee, pair.id, feedback("Late")).await;
    assert_eq!(refusal(late), Refusal::CheckInOver);
    g.take_emails().await;
}

/// M21: the term is extended once, when both want it.
#[guild_test]
async fn m21_a_term_is_extended_once_when_both_want_it(g: Guild) {
    let pair = g.pair().await;
    let before = seen_by_mentee(&g, &pair).await.ends_on;
    mentorships::extend(&g.store, &pair.mentee, pair.id).await.unwrap();
    mentorships::extend(&g.store, &pair.mentee, pair.id).await.unwrap();
    assert_eq!(seen_by_mentee(&g, &pair).await.ends_on, before, "one alone changes nothing");
    mentorships::extend(&g.store, &pair.mentor, pair.id).await.unwrap();
    assert_eq!(seen_by_mentee(&g, &pair).await.ends_on, before + Duration::weeks(8));
    assert_eq!(refusal(mentorships::extend(&g.store, &pair.mentor, pair.id).await), Refusal::ExtendedBefore);
    g.expect_emails("pair_news=2").await;
}

/// M26: messages are for the two, and the email has no text.
#[guild_test]
async fn m26_a_message_reaches_the_other_one_and_its_email_has_no_text(g: Guild) {
    let pair = g.pair().await;
    for _ in 0..2 {
        mentorships::send_message(&g.store, &pair.mentee, pair.id, "Platypusdrum", "key").await.unwrap();
    }
    let (_, messages) = mentorships::messages(&g.store, &pair.mentor, pair.id).await.unwrap();
    assert_eq!(messages.len(), 1, "the same form sends one");
    assert!(!messages[0].is_own);
    assert!(!g.emails_of("mentor_message").await[0].to_string().contains("Platypusdrum"));
    g.expect_emails("mentor_message=1").await;
}

/// Erasing a member ends the mentorship, cancels its meetings, and deletes what the two wrote together.
#[guild_test]
async fn erasing_a_member_ends_their_mentorship_cleanly(g: Guild) {
    let pair = g.pair().await;
    g.agree_on_a_meeting(&pair).await;
    let goal = GoalForm { title: "Platypusdrum".into(), ..GoalForm::default() }.check(None).unwrap();
    mentorships::save_goal(&g.store, &pair.mentee, pair.id, goal, "").await.unwrap();
    g.take_emails().await;
    data::request_deletion(&g.store, &pair.mentee).await.unwrap();
    g.advance(Duration::days(8));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("mentorship_ended").await.len(), 1);
    let page = mentorships::page(&g.store, &pair.mentor, pair.id).await.unwrap();
    assert_eq!((page.state, page.partner.is_none(), page.goals.len()), (MentorshipState::Ended, true, 0));
    g.take_emails().await;
}

/// A block ends the mentorship between the two, and neither reads its page any more.
#[guild_test]
async fn a_block_ends_the_mentorship(g: Guild) {
    let pair = g.pair().await;
    blocks::block(&g.store, &pair.mentee, pair.mentor.member().unwrap()).await.unwrap();
    g.expect_emails("mentorship_ended=2").await;
    for actor in [&pair.mentee, &pair.mentor] {
        assert!(matches!(mentorships::page(&g.store, actor, pair.id).await, Err(StoreError::NotFound)));
    }
}
