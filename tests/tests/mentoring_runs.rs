//! Runs of the solver: drafts, decisions, publishing, and matching again (M7 to M9, M12, M14, M22).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeSet;

use domain::{
    Actor, ProposalId, Refusal, Slug,
    mentoring::{
        Answer, DecisionKind, PricingState, RoundChange, RoundState, RunOrder, RunState, SignUpRole,
        UnmatchedReason,
    },
};
use sea_orm::ConnectionTrait as _;
use store::{
    StoreError, blocks,
    mentoring::{
        self, proposals,
        run::{self, Board, BoardPair},
    },
    runner,
};
use tests::{Guild, guild_test};
use uuid::Uuid;

/// The demo's round with a draft.
fn matched() -> Slug {
    Slug::parse("devsecops-mentoring-round-2").unwrap()
}

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn board(g: &Guild, number: i32) -> Board {
    run::board(&g.store, &g.actor("grace").await, &matched(), number, 0).await.unwrap()
}

/// Starts a run and does it, as the server's jobs do.
async fn run_again(g: &Guild) -> Board {
    let number = run::start(&g.store, &g.actor("grace").await, &matched()).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    board(g, number).await
}

async fn publish(g: &Guild, number: i32) -> run::Published {
    run::publish(&g.store, &g.actor("grace").await, &matched(), number).await.unwrap()
}

fn pairs(board: &Board) -> BTreeSet<(Uuid, Uuid)> {
    board.pairs.iter().map(|pair| (pair.mentee_id, pair.mentor_id)).collect()
}

fn pair_of<'b>(board: &'b Board, mentee: &str) -> &'b BoardPair {
    board.pairs.iter().find(|pair| pair.mentee.name == mentee).unwrap()
}

async fn decide(g: &Guild, mentee: Uuid, mentor: Uuid, decision: Option<DecisionKind>) {
    let grace = g.actor("grace").await;
    run::decide(&g.store, &grace, &matched(), mentee, mentor, decision).await.unwrap();
}

async fn change(g: &Guild, sql: &str) {
    assert!(g.raw().execute_unprepared(sql).await.unwrap().rows_affected() > 0, "{sql}");
}

async fn answer(g: &Guild, id: Uuid, answers: &[(SignUpRole, Answer)]) {
    for (side, answer) in answers {
        proposals::answer_by_link(&g.store, ProposalId(id), *side, *answer).await.unwrap();
    }
}

/// The id of the proposal of a pair.
async fn proposal(g: &Guild, pair: &BoardPair) -> Uuid {
    for row in g.rows("SELECT id, mentee_id, mentor_id FROM mentoring_proposals").await {
        let at = |column: usize| row.try_get_by_index::<Uuid>(column).unwrap();
        if (at(1), at(2)) == (pair.mentee_id, pair.mentor_id) {
            return at(0);
        }
    }
    panic!("there is no such proposal");
}

#[guild_test]
async fn m7_a_run_is_a_draft_with_figures_and_reasons(g: Guild) {
    g.demo().await;
    let board = board(&g, 1).await;
    let figures = board.run.figures.clone().unwrap();
    assert_eq!(board.run.state, RunState::Draft);
    assert_eq!((figures.mentees, figures.mentors, figures.places), (12, 6, 9));
    assert_eq!(figures.matched as usize, board.pairs.len());
    assert_eq!(figures.mentees as usize, board.pairs.len() + board.unmatched.len());
    assert!(figures.lowest <= figures.tenth_percentile && figures.tenth_percentile.is_some());
    for pair in &board.pairs {
        let parts = pair.parts;
        assert_eq!(parts.topics + parts.answers + parts.hours + parts.other, parts.total());
        assert!(parts.total() <= board.max_points && Some(parts.total()) >= figures.lowest);
    }
    let reason = |name: &str| {
        let found = board.unmatched.iter().find(|it| it.mentee.name == name);
        found.unwrap_or_else(|| panic!("{name} is matched: {:?}", board.unmatched)).reason.clone()
    };
    let topics = vec!["Accessibility".to_owned()];
    assert_eq!(reason("Anouk van der Zwaan"), UnmatchedReason::NoTopic { topics });
    let hannah = board.free_mentors.iter().any(|mentor| mentor.mentor.name == "Hannah Weiss");
    assert!(hannah, "nobody asked for what Hannah teaches");
    // Nobody was told anything.
    assert_eq!(board.round.state, RoundState::Closed);
}

#[guild_test]
async fn m7_a_pin_is_in_the_next_draft_and_a_forbidden_pair_is_in_none(g: Guild) {
    g.demo().await;
    let first = board(&g, 1).await;
    let forbidden = pair_of(&first, "Gwenllian Prydderch");
    decide(&g, forbidden.mentee_id, forbidden.mentor_id, Some(DecisionKind::Forbid)).await;
    // Zsófia's mentor becomes whoever Gwen had.
    let zsofia = first.mentees.iter().find(|(_, name)| name.starts_with("Zsófia")).map(|(id, _)| *id);
    let zsofia = zsofia.or_else(|| {
        first.unmatched.iter().find(|it| it.mentee.name.starts_with("Zsófia")).map(|it| it.mentee_id)
    });
    let pin = (zsofia.unwrap(), forbidden.mentor_id);
    decide(&g, pin.0, pin.1, Some(DecisionKind::Pin)).await;
    let second = run_again(&g).await;
    assert!(pairs(&second).contains(&pin));
    assert!(!pairs(&second).contains(&(forbidden.mentee_id, forbidden.mentor_id)));
    assert!(second.pairs.iter().any(|pair| pair.is_pinned));
    assert_eq!(second.before, Some(1));
    let grace = g.actor("grace").await;
    let moves = run::compare(&g.store, &grace, &matched(), 1, 2).await.unwrap();
    assert_eq!(moves, second.changes);
    assert!(moves.iter().any(|it| it.mentee.name == "Gwenllian Prydderch"));
    // Control: without the decisions, the draft is the first one again.
    decide(&g, pin.0, pin.1, None).await;
    decide(&g, forbidden.mentee_id, forbidden.mentor_id, None).await;
    assert_eq!(pairs(&run_again(&g).await), pairs(&first));
}

#[guild_test]
async fn m7_swapping_exchanges_two_mentors(g: Guild) {
    g.demo().await;
    let first = board(&g, 1).await;
    let (one, other) = (pair_of(&first, "Ondřej Jeřábek"), pair_of(&first, "Võ Ngọc Khánh"));
    let grace = g.actor("grace").await;
    let same = run::swap(&g.store, &grace, &matched(), 1, one.mentee_id, one.mentee_id).await;
    assert!(matches!(same, Err(StoreError::Invalid(_))));
    let stranger = run::swap(&g.store, &grace, &matched(), 1, one.mentee_id, Uuid::nil()).await;
    assert!(matches!(stranger, Err(StoreError::Invalid(_))));
    if one.mentor_id != other.mentor_id {
        run::swap(&g.store, &grace, &matched(), 1, one.mentee_id, other.mentee_id).await.unwrap();
        let second = run_again(&g).await;
        let has_left_out = second.run.figures.clone().unwrap().has_pins_left_out;
        let wanted = [(one.mentee_id, other.mentor_id), (other.mentee_id, one.mentor_id)];
        let done = wanted.iter().filter(|pair| pairs(&second).contains(pair)).count();
        // A swap that the rules exclude is said to be left out.
        assert_eq!(done < 2, has_left_out);
    }
}

#[guild_test]
async fn m7_a_run_can_be_cancelled(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let number = run::start(&g.store, &grace, &matched()).await.unwrap();
    assert_eq!(refused(run::start(&g.store, &grace, &matched()).await), Refusal::RunGoing);
    run::cancel(&g.store, &grace, &matched(), number).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    let cancelled = board(&g, number).await;
    assert_eq!((cancelled.run.state, cancelled.pairs.len()), (RunState::Cancelled, 0));
    assert_eq!(refused(run::publish(&g.store, &grace, &matched(), number).await), Refusal::RunNotDraft);
    // Control: a run that nobody cancels makes a draft. Cancelling it then changes nothing.
    let draft = run_again(&g).await;
    run::cancel(&g.store, &grace, &matched(), draft.run.number).await.unwrap();
    assert_eq!(board(&g, draft.run.number).await.run.state, RunState::Draft);
}

#[guild_test]
async fn m7_only_coordinators_see_and_start_runs(g: Guild) {
    g.demo().await;
    // An administrator, an organiser and a mentor of the round are no coordinators.
    for key in ["ada", "ravi", "mei"] {
        let actor = g.actor(key).await;
        assert_eq!(refused(run::board(&g.store, &actor, &matched(), 1, 0).await), Refusal::NotAllowed);
        assert_eq!(refused(run::start(&g.store, &actor, &matched()).await), Refusal::NotAllowed);
        assert_eq!(refused(run::publish(&g.store, &actor, &matched(), 1).await), Refusal::NotAllowed);
    }
    assert_eq!(refused(run::runs(&g.store, &Actor::Anonymous, &matched()).await), Refusal::SignInFirst);
    // Control.
    assert!(run::board(&g.store, &g.actor("hannah").await, &matched(), 1, 0).await.is_ok());
}

/// The digests and the certificate of a run.
async fn bytes(g: &Guild, number: i32) -> Vec<String> {
    let sql = format!(
        "SELECT input_digest, instance_digest, figures, certificate FROM mentoring_runs r \
         JOIN mentoring_rounds o ON o.id = r.round_id WHERE o.slug = '{}' AND number = {number}",
        matched()
    );
    let row = &g.rows(&sql).await[0];
    (0..4).map(|at| row.try_get_by_index::<String>(at).unwrap()).collect()
}

#[guild_test]
async fn m8_the_same_input_and_seed_give_the_same_bytes(g: Guild) {
    g.demo().await;
    let (second, third) = (run_again(&g).await.run.number, run_again(&g).await.run.number);
    assert_eq!(bytes(&g, second).await, bytes(&g, third).await);
    assert_eq!(pairs(&board(&g, second).await), pairs(&board(&g, third).await));
    // Control: another seed gives other bytes, and other hours another input.
    change(&g, "UPDATE mentoring_rounds SET seed = 7").await;
    let fourth = run_again(&g).await.run.number;
    assert_eq!(bytes(&g, fourth).await[0], bytes(&g, third).await[0]);
    assert_ne!(bytes(&g, fourth).await[1], bytes(&g, third).await[1]);
    change(&g, "UPDATE mentoring_sign_ups SET places = places + 1 WHERE role = 'mentor'").await;
    let fifth = run_again(&g).await.run.number;
    assert_ne!(bytes(&g, fifth).await[0], bytes(&g, third).await[0]);
}

#[guild_test]
async fn m8_a_draft_is_published_only_if_it_is_verified_and_unchanged(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let draft = board(&g, 1).await;
    // Somebody changed a sign-up after the run read it.
    let more = "UPDATE mentoring_sign_ups SET places = places + 1 WHERE role = 'mentor' AND places = 2";
    change(&g, more).await;
    assert_eq!(refused(run::publish(&g.store, &grace, &matched(), 1).await), Refusal::RunOutdated);
    change(&g, "UPDATE mentoring_sign_ups SET places = places - 1 WHERE role = 'mentor' AND places = 3")
        .await;
    // A decision of a coordinator counts too.
    let pair = &draft.pairs[0];
    decide(&g, pair.mentee_id, pair.mentor_id, Some(DecisionKind::Forbid)).await;
    assert_eq!(refused(run::publish(&g.store, &grace, &matched(), 1).await), Refusal::RunOutdated);
    decide(&g, pair.mentee_id, pair.mentor_id, None).await;
    // Somebody changed the stored draft: its best pair is gone, and the figures with it.
    let run = "SELECT id FROM mentoring_runs WHERE state = 'draft'";
    change(
        &g,
        &format!(
            "UPDATE mentoring_pairs SET score = -1 WHERE run_id = ({run}) AND score = (SELECT MAX(score) \
                  FROM mentoring_pairs WHERE run_id = ({run}))"
        ),
    )
    .await;
    change(&g, "DELETE FROM mentoring_pairs WHERE score = -1").await;
    assert_eq!(refused(run::publish(&g.store, &grace, &matched(), 1).await), Refusal::RunNotVerified);
    // Control: a fresh draft of the same sign-ups can be published, once.
    let fresh = run_again(&g).await;
    let published = publish(&g, fresh.run.number).await;
    assert_eq!(published.proposed as usize, fresh.pairs.len());
    assert_eq!(
        refused(run::publish(&g.store, &grace, &matched(), fresh.run.number).await),
        Refusal::RunNotDraft
    );
    g.take_emails().await;
}

/// M8: a draft of a round that was opened again or cancelled is not published. Control: of the closed round it is.
#[guild_test]
async fn m8_a_draft_is_published_only_while_its_round_is_closed(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    for state in ["open", "cancelled", "finished", "published", "closed"] {
        change(&g, &format!("UPDATE mentoring_rounds SET state = '{state}' WHERE slug = '{}'", matched()))
            .await;
        let published = run::publish(&g.store, &grace, &matched(), 1).await;
        if state == "closed" {
            assert!(published.unwrap().proposed > 0);
        } else {
            assert_eq!(refused(published), Refusal::RoundStateChanged, "{state}");
        }
    }
    g.take_emails().await;
}

#[guild_test]
async fn m9_publishing_is_one_transaction_with_different_emails_for_each_side(g: Guild) {
    g.demo().await;
    let draft = board(&g, 1).await;
    let published = publish(&g, 1).await;
    let (many, left_out) = (draft.pairs.len(), draft.unmatched.len());
    assert_eq!((published.proposed as usize, published.left_out as usize), (many, left_out));
    let priya = pair_of(&draft, "Ondřej Jeřábek");
    let to_mentee = g.emails_of("proposal_to_mentee").await;
    let to_mentor = g.emails_of("proposal_to_mentor").await;
    assert!(to_mentee.iter().any(|email| email["facts"]["partner"] == priya.mentor.name));
    assert!(to_mentor.iter().any(|email| email["facts"]["partner"] == "Ondřej Jeřábek"));
    // Admins can read emails, so no email has a goal.
    let goal = &priya.goal;
    assert!(!goal.is_empty());
    let everything = [to_mentee, to_mentor].concat();
    assert!(everything.iter().all(|email| !email.to_string().contains(goal.as_str())));
    assert_eq!(board(&g, 1).await.round.state, RoundState::Published);
    let free = draft.free_mentors.len();
    assert!(free > 0, "the demo has mentors without a mentee");
    let expected = format!(
        "no_mentee={free} not_matched={left_out} proposal_to_mentee={many} proposal_to_mentor={many}"
    );
    g.expect_emails(&expected).await;
}

/// The end of a round takes its pending proposals back. Everybody in a cancelled round is emailed once.
#[guild_test]
async fn m24_the_end_of_a_round_takes_its_proposals_back(g: Guild) {
    g.demo().await;
    publish(&g, 1).await;
    g.take_emails().await;
    let grace = g.actor("grace").await;
    let pending = async || {
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_proposals p JOIN mentoring_rounds r \
                   ON r.id = p.round_id WHERE p.state = 'pending' AND r.slug = ";
        g.number(&format!("{sql}'{}'", matched())).await
    };
    let before = pending().await;
    assert!(before > 1);
    mentoring::change_round(&g.store, &grace, &matched(), RoundChange::Finish).await.unwrap();
    assert_eq!(pending().await, 0);
    let ended = g.emails_of("proposal_ended").await;
    assert_eq!(ended.len() as i64, 2 * before);
    assert!(ended.iter().all(|email| email["because"] == "round_over"));
    g.expect_emails(&format!("proposal_ended={}", 2 * before)).await;
    // Another round is cancelled while people sign up.
    let other = g.round(&grace).await;
    for key in ["mei", "kofi"] {
        g.sign_up(&g.actor(key).await, &other, SignUpRole::Mentee, &["rust"], "To learn something new.")
            .await;
    }
    g.take_emails().await;
    mentoring::change_round(&g.store, &grace, &other, RoundChange::Cancel).await.unwrap();
    let kinds: Vec<_> =
        runner::standard().into_iter().filter(|kind| kind.name == "mentoring_cancelled").collect();
    for _ in 0..2 {
        runner::run_kinds(&g.store, &kinds).await.unwrap();
    }
    g.expect_emails("round_cancelled=2").await;
}

/// A mentee whose proposal ended is told when the next draft has no mentor for them, and only once. Control:
/// who was told before is not told again.
#[guild_test]
async fn m9_a_mentee_whose_proposal_ended_is_told_that_there_is_no_mentor_yet(g: Guild) {
    g.demo().await;
    publish(&g, 1).await;
    let first = board(&g, 1).await;
    let pair = pair_of(&first, "Gwenllian Prydderch");
    let id = proposal(&g, pair).await;
    answer(&g, id, &[(SignUpRole::Mentor, Answer::Decline)]).await;
    // Two more proposals of hers were declined, so that nobody is left to propose.
    let others: BTreeSet<Uuid> =
        first.pairs.iter().map(|it| it.mentor_id).filter(|id| *id != pair.mentor_id).collect();
    for mentor in others.iter().take(2) {
        copy_proposal(&g, pair.mentee_id, *mentor).await;
    }
    g.take_emails().await;
    let second = run_again(&g).await;
    assert!(second.unmatched.iter().any(|it| it.mentee_id == pair.mentee_id));
    assert_eq!(publish(&g, second.run.number).await.left_out, 1);
    assert_eq!(g.emails_of("not_matched").await.len(), 1);
    g.take_emails().await;
    let third = run_again(&g).await;
    assert_eq!(publish(&g, third.run.number).await.left_out, 0, "control");
    assert_eq!(g.emails_of("not_matched").await.len(), 0);
    g.take_emails().await;
}

/// M9: a mentor without a mentee is told once in a round. Mentors who have one, paused ones and suspended ones are not.
#[guild_test]
async fn m9_a_mentor_without_a_mentee_is_told_once(g: Guild) {
    g.demo().await;
    let draft = board(&g, 1).await;
    let mut free: Vec<Uuid> = draft.free_mentors.iter().map(|it| it.mentor_id).collect();
    free.sort();
    assert!(draft.free_mentors.iter().any(|it| it.mentor.name == "Hannah Weiss"));
    publish(&g, 1).await;
    let sql = "SELECT id FROM mentoring_sign_ups WHERE no_mentee_told_at IS NOT NULL";
    let mut told: Vec<Uuid> = g.rows(sql).await.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    told.sort();
    assert_eq!(told, free, "mentors who have a mentee are not told");
    let emails = g.emails_of("no_mentee").await;
    assert_eq!((emails.len(), emails[0]["slug"].as_str()), (free.len(), Some(matched().as_str())));
    g.take_emails().await;
    // Another draft, and Hannah still has no mentee.
    let again = async |change_first: &str| {
        change(&g, change_first).await;
        let next = run_again(&g).await;
        publish(&g, next.run.number).await;
        let emails = g.emails_of("no_mentee").await.len();
        g.take_emails().await;
        emails
    };
    let hannah = "(SELECT id FROM members WHERE name = 'Hannah Weiss')";
    let set = |what: &str| format!("UPDATE mentoring_sign_ups SET {what} WHERE member_id = {hannah}");
    assert_eq!(again(&set("places = places + 1")).await, 0, "nobody is told twice");
    assert_eq!(again(&set("no_mentee_told_at = NULL, paused_until = '2999-01-01'")).await, 0, "paused");
    change(&g, &set("paused_until = NULL")).await;
    let role = |role: &str| format!("UPDATE members SET role = '{role}' WHERE id = {hannah}");
    assert_eq!(again(&role("suspended")).await, 0, "suspended");
    change(&g, &set("no_mentee_told_at = NULL")).await;
    assert_eq!(again(&role("member")).await, 1, "control: she is told as soon as nothing is in the way");
}

/// A sign-up changes while a run computes. The draft is made again from what is true when it is saved.
#[guild_test]
async fn m8_a_run_saves_only_what_is_still_true_when_it_saves(g: Guild) {
    g.demo().await;
    let before = board(&g, 1).await.run.figures.unwrap().places;
    let grace = g.actor("grace").await;
    let number = run::start(&g.store, &grace, &matched()).await.unwrap();
    let id: Uuid =
        g.rows("SELECT id FROM mentoring_runs WHERE state = 'waiting'").await[0].try_get_by_index(0).unwrap();
    let (raw, changed) = (g.raw().clone(), std::sync::atomic::AtomicBool::new(false));
    // The run asks this while it computes, after it has read the sign-ups.
    let stop = move || {
        if !changed.swap(true, std::sync::atomic::Ordering::SeqCst) {
            let sql = "UPDATE mentoring_sign_ups SET places = places + 1 WHERE role = 'mentor'";
            tokio::runtime::Handle::current().block_on(raw.execute_unprepared(sql)).unwrap();
        }
        false
    };
    run::execute(&g.store, domain::RunId(id), stop).await.unwrap();
    let draft = board(&g, number).await;
    assert_eq!(draft.run.state, RunState::Draft);
    assert!(draft.run.figures.unwrap().places > before);
    // Control: what it saved is what it would read now, so it can be published.
    publish(&g, number).await;
    runner::run_due(&g.store).await.unwrap();
    g.take_emails().await;
}

/// A button that can't work is not shown, and the page says why. Control: before, it is there.
#[guild_test]
async fn m8_a_draft_of_a_cancelled_round_has_no_button_to_publish(g: Guild) {
    g.demo().await;
    let path = format!("/mentoring/rounds/{}/runs/1", matched());
    let page = async || {
        let visit = g.visit(Some("grace"), &path, domain::Locale::En).await;
        g.page(&visit).await.html
    };
    assert!(page().await.contains("/api/mentoring/publish"));
    for (state, why) in [
        ("cancelled", "the round is over"),
        ("open", "opened again"),
        ("published", "another draft was published first"),
    ] {
        change(&g, &format!("UPDATE mentoring_rounds SET state = '{state}' WHERE slug = '{}'", matched()))
            .await;
        let html = page().await;
        assert!(!html.contains("/api/mentoring/publish") && html.contains(why), "{state}");
    }
}

#[guild_test]
async fn m12_a_declined_pair_never_returns_in_the_round(g: Guild) {
    g.demo().await;
    publish(&g, 1).await;
    let first = board(&g, 1).await;
    let declined = pair_of(&first, "Gwenllian Prydderch");
    let id = proposal(&g, declined).await;
    answer(&g, id, &[(SignUpRole::Mentor, Answer::Decline)]).await;
    for _ in 0..2 {
        let next = run_again(&g).await;
        assert!(!pairs(&next).contains(&(declined.mentee_id, declined.mentor_id)));
    }
    // Control: had nobody declined, the pair would return.
    change(&g, "UPDATE mentoring_proposals SET state = 'withdrawn' WHERE state = 'declined'").await;
    let next = run_again(&g).await;
    assert!(pairs(&next).contains(&(declined.mentee_id, declined.mentor_id)), "control");
    g.take_emails().await;
}

#[guild_test]
async fn m14_accepted_pairs_stay_and_pending_ones_move_only_for_one_more_mentee(g: Guild) {
    g.demo().await;
    publish(&g, 1).await;
    let first = board(&g, 1).await;
    let accepted = &first.pairs[0];
    let id = proposal(&g, accepted).await;
    answer(&g, id, &[(SignUpRole::Mentee, Answer::Accept), (SignUpRole::Mentor, Answer::Accept)]).await;
    g.take_emails().await;
    // Nothing else changed, so nobody moves, and publishing proposes nothing.
    let second = run_again(&g).await;
    assert_eq!(second.run.order, RunOrder::Kept);
    assert!(!pairs(&second).contains(&(accepted.mentee_id, accepted.mentor_id)), "it is out of the instance");
    let pending: BTreeSet<_> =
        pairs(&first).into_iter().filter(|pair| *pair != (accepted.mentee_id, accepted.mentor_id)).collect();
    assert_eq!(pairs(&second), pending);
    assert!(second.moved.is_empty());
    let published = publish(&g, second.run.number).await;
    assert_eq!((published.proposed, published.withdrawn), (0, 0));
    assert_eq!(g.take_emails().await, "");
    let still =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM mentorships WHERE state = 'active' AND proposal_id IS NOT NULL";
    let before = g.number(still).await;
    // A mentor whose only mentee waits for an answer pauses: that proposal must move, and the page says so first.
    let moving = second.pairs.iter().find(|pair| pair.mentor_id != accepted.mentor_id).unwrap();
    change(
        &g,
        &format!("UPDATE mentoring_sign_ups SET missed_proposals = 2 WHERE {}", is(&g, moving.mentor_id)),
    )
    .await;
    let third = run_again(&g).await;
    assert!(third.moved.iter().any(|it| it.mentee == moving.mentee), "{:?}", third.moved);
    let published = publish(&g, third.run.number).await;
    assert_eq!(published.withdrawn as usize, third.moved.len());
    assert_eq!(g.number(still).await, before, "accepted pairs never move");
    assert!(g.take_emails().await.contains("proposal_ended"));
}

/// A condition for the row with this id, which SQLite stores as bytes.
fn is(g: &Guild, id: Uuid) -> String {
    match g.store.engine() {
        tests::Engine::Sqlite => format!("id = X'{}'", id.simple()),
        tests::Engine::Postgres => format!("id = '{id}'"),
    }
}

#[guild_test]
async fn m14_after_three_proposals_a_coordinator_looks_for_another_way(g: Guild) {
    g.demo().await;
    publish(&g, 1).await;
    let first = board(&g, 1).await;
    let mentee = first.pairs[0].mentee_id;
    // All of the mentee's proposals were declined: three of them.
    change(&g, &format!("UPDATE mentoring_proposals SET state = 'declined' WHERE mentee_{}", is(&g, mentee)))
        .await;
    let others: Vec<Uuid> =
        first.pairs.iter().map(|pair| pair.mentor_id).filter(|id| *id != first.pairs[0].mentor_id).collect();
    let others: BTreeSet<Uuid> = others.into_iter().collect();
    for mentor in others.iter().take(2) {
        copy_proposal(&g, mentee, *mentor).await;
    }
    let next = run_again(&g).await;
    let reason = &next.unmatched.iter().find(|it| it.mentee_id == mentee).unwrap().reason;
    assert_eq!(*reason, UnmatchedReason::AskedEnough { proposals: 3 });
    // The mentee reads that a coordinator looks for another way. Control: others read that they come first next
    // time.
    publish(&g, next.run.number).await;
    let told: Vec<bool> =
        g.emails_of("not_matched").await.iter().map(|email| email["had_enough"] == true).collect();
    assert_eq!(told.iter().filter(|had_enough| **had_enough).count(), 1, "{told:?}");
    g.take_emails().await;
}

/// Adds a declined proposal of another mentor.
async fn copy_proposal(g: &Guild, mentee: Uuid, mentor: Uuid) {
    let literal = |id: Uuid| match g.store.engine() {
        tests::Engine::Sqlite => format!("X'{}'", id.simple()),
        tests::Engine::Postgres => format!("'{id}'::uuid"),
    };
    let columns = "round_id, run_id, state, score, topics_part, answers_part, hours_part, other_part, own_wish_part, \
                   overlap_hours, proposed_at, expires_at, reminders_sent";
    let sql = format!(
        "INSERT INTO mentoring_proposals (id, mentee_id, mentor_id, {columns}) SELECT {}, {}, {}, {columns} \
         FROM mentoring_proposals WHERE mentee_id = {} LIMIT 1",
        literal(Uuid::now_v7()),
        literal(mentee),
        literal(mentor),
        literal(mentee)
    );
    change(g, &sql).await;
}

/// After the draft is there, the pairs that were left out are checked, and the board says so. A draft that was
/// replaced before is not checked.
#[guild_test]
async fn m7_the_board_says_whether_the_pairs_left_out_would_be_better(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let number = run::start(&g.store, &grace, &matched()).await.unwrap();
    let id: Uuid =
        g.rows("SELECT id FROM mentoring_runs WHERE state = 'waiting'").await[0].try_get_by_index(0).unwrap();
    run::execute(&g.store, domain::RunId(id), || false).await.unwrap();
    let page = async || {
        let path = format!("/mentoring/rounds/{}/runs/{number}", matched());
        g.page(&g.visit(Some("grace"), &path, domain::Locale::En).await).await.html
    };
    assert_eq!(board(&g, number).await.pricing, None);
    assert!(page().await.contains("checking the others now"));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(board(&g, number).await.pricing, Some(PricingState::Complete));
    assert!(page().await.contains("None of them would make this draft better"));
    // Control: a sign-up that changed makes the draft outdated, and nobody proves anything about it.
    let number = run::start(&g.store, &grace, &matched()).await.unwrap();
    let id: Uuid =
        g.rows("SELECT id FROM mentoring_runs WHERE state = 'waiting'").await[0].try_get_by_index(0).unwrap();
    run::execute(&g.store, domain::RunId(id), || false).await.unwrap();
    change(&g, "UPDATE mentoring_sign_ups SET places = places + 1 WHERE role = 'mentor'").await;
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(board(&g, number).await.pricing, Some(PricingState::Stopped));
}

/// A published round that is matched every night proposes a mentor to somebody who signs up late (M6), and
/// takes no proposal back. Controls: without the setting nothing happens, and a night without anything new
/// leaves no draft.
#[guild_test]
async fn m14_every_night_late_sign_ups_get_a_proposal(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    publish(&g, 1).await;
    g.take_emails().await;
    let first = board(&g, 1).await;
    let runs = async || run::runs(&g.store, &grace, &matched()).await.unwrap().1.len();
    let proposals = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_proposals WHERE state = 'pending'";
    let before = g.number(proposals).await;
    let night = async || {
        g.advance(chrono::Duration::hours(24));
        runner::run_due(&g.store).await.unwrap();
    };
    // Somebody signs up late, for a topic that a mentor without a mentee teaches.
    let free = first.free_mentors.iter().find(|it| it.mentor.name == "Hannah Weiss").unwrap();
    let topic = format!(
        "SELECT t.slug FROM topics t JOIN mentoring_sign_up_topics s ON s.topic_id = t.id WHERE s.sign_up_{}",
        is(&g, free.mentor_id)
    );
    let topic: String = g.rows(&topic).await[0].try_get_by_index(0).unwrap();
    change(&g, "UPDATE mentoring_programmes SET same_team_allowed = TRUE, min_overlap_hours = 1").await;
    let late = g.actor("kofi").await;
    let hannah_week = "UPDATE mentoring_sign_ups SET zone = 'UTC', availability =                        (SELECT o.availability FROM mentoring_sign_ups o WHERE o.zone = 'UTC' AND o.member_id =                        (SELECT m.id FROM members m WHERE m.demo_key = 'kofi') LIMIT 1) WHERE ";
    g.sign_up(&late, &matched(), SignUpRole::Mentee, &[&topic], "Learn").await;
    change(&g, &format!("{hannah_week}{}", is(&g, free.mentor_id))).await;
    night().await;
    assert_eq!((g.number(proposals).await, runs().await), (before, 1), "control: nobody asked for it");
    assert_eq!(
        refused(run::set_nightly(&g.store, &g.actor("ada").await, &matched(), true).await),
        Refusal::NotAllowed
    );
    run::set_nightly(&g.store, &grace, &matched(), true).await.unwrap();
    night().await;
    assert_eq!(g.number(proposals).await, before + 1);
    let board = run::board(&g.store, &grace, &matched(), 2, 0).await.unwrap();
    assert_eq!((board.run.state, board.run.order), (RunState::Published, RunOrder::Kept));
    assert!(g.emails_of("proposal_to_mentee").await.len() == 1, "only the late one gets a proposal");
    g.take_emails().await;
    let before = runs().await;
    night().await;
    assert_eq!(runs().await, before, "control: a night without anything new leaves no draft");
    run::set_nightly(&g.store, &grace, &matched(), false).await.unwrap();
    assert_eq!(run::runs(&g.store, &grace, &matched()).await.unwrap().0.rematch_at, None);
    g.take_emails().await;
}

/// A draft of a night that would take a proposal back waits for a coordinator. Control: the same draft is
/// published by one.
#[guild_test]
async fn m14_a_night_takes_no_proposal_back(g: Guild) {
    g.demo().await;
    publish(&g, 1).await;
    g.take_emails().await;
    let first = board(&g, 1).await;
    let grace = g.actor("grace").await;
    run::set_nightly(&g.store, &grace, &matched(), true).await.unwrap();
    // A mentor with pending proposals pauses, so the next draft takes them back.
    let mentor = first.pairs[0].mentor_id;
    change(&g, &format!("UPDATE mentoring_sign_ups SET missed_proposals = 2 WHERE {}", is(&g, mentor))).await;
    g.advance(chrono::Duration::hours(24));
    runner::run_due(&g.store).await.unwrap();
    let second = board(&g, 2).await;
    assert_eq!(second.run.state, RunState::Draft);
    assert!(!second.moved.is_empty());
    assert_eq!(g.emails_of("proposal_ended").await.len(), 0);
    assert!(publish(&g, 2).await.withdrawn > 0, "control");
    g.take_emails().await;
}

/// A round that is over is not matched again. Control: the day before, the next night is set.
#[guild_test]
async fn m14_the_nights_end_with_the_round(g: Guild) {
    g.demo().await;
    publish(&g, 1).await;
    let grace = g.actor("grace").await;
    run::set_nightly(&g.store, &grace, &matched(), true).await.unwrap();
    let night = async || {
        g.advance(chrono::Duration::hours(24));
        runner::run_due(&g.store).await.unwrap();
        run::runs(&g.store, &grace, &matched()).await.unwrap().0.rematch_at
    };
    assert!(night().await.is_some(), "control");
    change(&g, "UPDATE mentoring_rounds SET starts_on = '2020-01-01', ends_on = '2020-07-01'").await;
    assert_eq!(night().await, None);
    g.take_emails().await;
}

#[guild_test]
async fn m22_the_same_pair_is_not_matched_again_for_two_rounds(g: Guild) {
    g.demo().await;
    // Ada mentors Selam in the first round. In the second one, Selam signs up again.
    let sql = "SELECT m.name, w.name FROM mentorships p JOIN members m ON m.id = p.mentee_id \
               JOIN members w ON w.id = p.mentor_id WHERE w.demo_key = 'ada' LIMIT 1";
    let name: String = g.rows(sql).await[0].try_get_by_index(0).unwrap();
    let second = "SELECT id FROM mentoring_rounds WHERE slug = 'devsecops-mentoring-round-2'";
    let mentee = format!("SELECT id FROM members WHERE name = '{name}'");
    // Their sign-up moves to the second round.
    change(
        &g,
        &format!("UPDATE mentoring_sign_ups SET round_id = ({second}) WHERE role = 'mentee' AND member_id = ({mentee})"),
    )
    .await;
    change(&g, "UPDATE mentorships SET state = 'ended'").await;
    let with_ada = |board: &Board| {
        board.pairs.iter().any(|it| it.mentee.name == name && it.mentor.name == "Ada Okonkwo")
    };
    let pin = async |g: &Guild| {
        let board = run_again(g).await;
        let ada = "SELECT s.id FROM mentoring_sign_ups s JOIN members m ON m.id = s.member_id JOIN mentoring_rounds r \
                   ON r.id = s.round_id WHERE m.demo_key = 'ada' AND r.slug = 'devsecops-mentoring-round-2'";
        let ada: Uuid = g.rows(ada).await[0].try_get_by_index(0).unwrap();
        let all = board.unmatched.iter().map(|it| (it.mentee_id, &it.mentee.name));
        let all = all.chain(board.pairs.iter().map(|it| (it.mentee_id, &it.mentee.name)));
        let id = all.clone().find(|(_, other)| **other == name).unwrap().0;
        decide(g, id, ada, Some(DecisionKind::Pin)).await;
        run_again(g).await
    };
    let cooling = pin(&g).await;
    assert!(!with_ada(&cooling), "not even a pin makes it possible");
    assert!(cooling.run.figures.clone().unwrap().has_pins_left_out);
    // Control: a programme without a cool-down matches them.
    change(&g, "UPDATE mentoring_programmes SET cool_down_rounds = 0").await;
    assert!(with_ada(&run_again(&g).await), "control");
}

#[guild_test]
async fn blocked_pairs_are_never_proposed(g: Guild) {
    g.demo().await;
    let first = board(&g, 1).await;
    let pair = pair_of(&first, "Gwenllian Prydderch");
    let key = if pair.mentor.name == "Ada Okonkwo" { "ada" } else { "ravi" };
    let (gwen, mentor) = (g.actor("gwen").await, g.actor(key).await);
    blocks::block(&g.store, &gwen, mentor.member().unwrap()).await.unwrap();
    // The draft was made before the block, so it can't be published.
    let grace = g.actor("grace").await;
    assert_eq!(refused(run::publish(&g.store, &grace, &matched(), 1).await), Refusal::RunOutdated);
    decide(&g, pair.mentee_id, pair.mentor_id, Some(DecisionKind::Pin)).await;
    let second = run_again(&g).await;
    assert!(!pairs(&second).contains(&(pair.mentee_id, pair.mentor_id)), "not even a pin makes it possible");
    // Control: without the block, the pin is kept.
    blocks::unblock(&g.store, &gwen, mentor.member().unwrap()).await.unwrap();
    let third = run_again(&g).await;
    assert!(pairs(&third).contains(&(pair.mentee_id, pair.mentor_id)), "control");
    // A block also ends a proposal that waits for an answer.
    publish(&g, third.run.number).await;
    blocks::block(&g.store, &mentor, gwen.member().unwrap()).await.unwrap();
    let id = proposal(&g, pair).await;
    let read = proposals::page(&g.store, &gwen, ProposalId(id)).await;
    assert!(matches!(read, Err(StoreError::NotFound)));
    assert_eq!(g.emails_of("proposal_ended").await.len(), 2);
    g.take_emails().await;
}

#[guild_test]
async fn an_exported_round_has_no_names_and_the_same_optimum(g: Guild) {
    g.demo().await;
    let text = run::export(&g.store, &matched()).await.unwrap();
    assert!(!text.contains("Ada") && !text.contains("Gwen"));
    let instance = matching::read(text.as_bytes()).unwrap();
    let solved = matching::solve(&instance);
    let figures = board(&g, 1).await.run.figures.unwrap();
    let stored: serde_json::Value = serde_json::from_str(&bytes(&g, 1).await[2]).unwrap();
    assert_eq!(
        (solved.matched, solved.cost.to_string().as_str()),
        (figures.matched, stored["cost"].as_str().unwrap())
    );
    assert_eq!(solved_independently(&text), (i64::from(solved.matched), solved.cost as i64));
    // Control: with another cost of sharing a mentor, the optimum has another cost.
    let other = text.replace("o load 2500", "o load 2600");
    assert_ne!(solved_independently(&other), solved_independently(&text));
    let rounds = run::export_rounds(&g.store).await.unwrap();
    assert_eq!(rounds.len(), 3);
    let absent = run::export(&g.store, &Slug::parse("no-such-round").unwrap()).await;
    assert!(matches!(absent, Err(StoreError::NotFound)));
}

/// Solves an exported round in another way than the crate `matching`: it sends one unit of flow after the other along
/// the cheapest path, which Bellman and Ford's method finds. Returns the number of matches and the cost. Only for
/// rounds without pins, bans and people who come first.
fn solved_independently(text: &str) -> (i64, i64) {
    // Edges: from, to, whether it is free, cost. The reverse of an edge follows it.
    let mut edges: Vec<(usize, usize, bool, i64)> = Vec::new();
    let add = |edges: &mut Vec<_>, from, to, cost: i64| {
        edges.push((from, to, true, cost));
        edges.push((to, from, false, -cost));
    };
    let (mut mentees, mut load, mut places) = (0, 0_i64, Vec::new());
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words[at].parse::<usize>().unwrap();
        match words[0] {
            "p" => mentees = number(2),
            "o" if words[1] == "load" => load = number(2) as i64,
            "c" => places.push(number(2)),
            _ => {}
        }
    }
    // Node 0 is the source, 1 the sink, then the mentees, then the places of each mentor.
    let first_place: Vec<usize> =
        places.iter().scan(2 + mentees, |next, many| Some(std::mem::replace(next, *next + many))).collect();
    let nodes = 2 + mentees + places.iter().sum::<usize>();
    for mentee in 0..mentees {
        add(&mut edges, 0, 2 + mentee, 0);
    }
    for (first, many) in first_place.iter().zip(&places) {
        (0..*many).for_each(|place| add(&mut edges, first + place, 1, place as i64 * load));
    }
    for line in text.lines().filter(|line| line.starts_with("a ")) {
        let numbers: Vec<usize> = line[2..].split(' ').map(|word| word.parse().unwrap()).collect();
        let miss = 1000 - numbers[2] as i64;
        for place in 0..places[numbers[1]] {
            add(&mut edges, 2 + numbers[0], first_place[numbers[1]] + place, miss * miss);
        }
    }
    let (mut matched, mut total) = (0, 0);
    loop {
        let mut best: Vec<Option<(i64, usize)>> = vec![None; nodes];
        best[0] = Some((0, usize::MAX));
        for _ in 0..nodes {
            for (at, &(from, to, free, cost)) in edges.iter().enumerate() {
                let Some((so_far, _)) = best[from].filter(|_| free) else { continue };
                if best[to].is_none_or(|(known, _)| so_far + cost < known) {
                    best[to] = Some((so_far + cost, at));
                }
            }
        }
        let Some((cost, mut at)) = best[1] else { return (matched, total) };
        (matched, total) = (matched + 1, total + cost);
        while at != usize::MAX {
            edges[at].2 = false;
            edges[at ^ 1].2 = true;
            at = best[edges[at].0].unwrap().1;
        }
    }
}
