//! What people wish for is private (M23): no number and no sentence that somebody else reads depends on it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Locale, Slug,
    mentoring::{DecisionKind, PreferenceKind, RoundChange, SignUpRole, UnmatchedReason},
};
use sea_orm::ConnectionTrait as _;
use store::{
    mentoring::{
        self, PreferenceChange,
        run::{self, Board},
    },
    runner,
};
use tests::{Engine, Guild, guild_test};
use uuid::Uuid;

fn matched() -> Slug {
    Slug::parse("devsecops-mentoring-round-2").unwrap()
}

async fn change(g: &Guild, sql: &str) -> u64 {
    g.raw().execute_unprepared(sql).await.unwrap().rows_affected()
}

fn literal(g: &Guild, id: Uuid) -> String {
    match g.store.engine() {
        Engine::Sqlite => format!("X'{}'", id.simple()),
        Engine::Postgres => format!("'{id}'"),
    }
}

async fn run_again(g: &Guild, round: &Slug) -> Board {
    let grace = g.actor("grace").await;
    let number = run::start(&g.store, &grace, round).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    run::board(&g.store, &grace, round, number, 0).await.unwrap()
}

/// Everything about pairs that a coordinator reads on a board, in the order of the page.
fn numbers(board: &Board) -> impl PartialEq + std::fmt::Debug + use<> {
    let pairs: Vec<_> =
        board.pairs.iter().map(|it| (it.mentee_id, it.mentor_id, it.parts, it.hours)).collect();
    let rest = format!("{:?} {:?}", board.unmatched, board.free_mentors);
    (board.run.figures.clone().unwrap(), pairs, board.max_points, rest)
}

/// What the solver minimised, which no page shows.
async fn cost(g: &Guild, number: i32) -> String {
    let sql = format!(
        "SELECT r.figures FROM mentoring_runs r JOIN mentoring_rounds o ON o.id = r.round_id \
         WHERE o.slug = '{}' AND r.number = {number}",
        matched()
    );
    let figures: String = g.rows(&sql).await[0].try_get_by_index(0).unwrap();
    serde_json::from_str::<serde_json::Value>(&figures).unwrap()["cost"].to_string()
}

/// M23: a coordinator chooses weights that make wishes stand out, and still learns nothing: whatever a person
/// of a matched pair wishes for, every number stays. Control: the cost that the solver minimised changes.
#[guild_test]
async fn m23_no_number_depends_on_the_wishes_of_others(g: Guild) {
    g.demo().await;
    let weights = "UPDATE mentoring_programmes SET topics_weight = 1, answers_weight = 1, wishes_weight = 990, \
                   hours_weight = 2, seniority_weight = 2, language_weight = 2, variety_weight = 2";
    change(&g, weights).await;
    run_again(&g, &matched()).await;
    let before = run_again(&g, &matched()).await;
    let (mut same_pairs, mut costs) = (0, std::collections::BTreeSet::new());
    for pair in before.pairs.iter().take(3) {
        for kind in ["would_like", "rather_not", "wish"] {
            let (author, about) = match kind {
                "wish" => (pair.mentee_id, pair.mentor_id),
                _ => (pair.mentor_id, pair.mentee_id),
            };
            let (author, about) = (literal(&g, author), literal(&g, about));
            let member = format!("(SELECT s.member_id FROM mentoring_sign_ups s WHERE s.id = {about})");
            let forget = format!(
                "DELETE FROM mentoring_preferences WHERE sign_up_id = {author} AND member_id = {member}"
            );
            let had = change(&g, &forget).await;
            let wish = format!(
                "INSERT INTO mentoring_preferences (sign_up_id, member_id, kind, position) \
                 SELECT {author}{cast}, {member}, '{kind}', 1",
                cast = if g.store.engine() == Engine::Postgres { "::uuid" } else { "" }
            );
            assert_eq!(change(&g, &wish).await, 1, "{had}");
            let after = run_again(&g, &matched()).await;
            costs.insert(cost(&g, after.run.number).await);
            change(&g, &forget).await;
            let pairs = |board: &Board| {
                let mut pairs: Vec<_> = board.pairs.iter().map(|it| (it.mentee_id, it.mentor_id)).collect();
                pairs.sort_unstable();
                pairs
            };
            // Back to a draft with the same pairs, so that as many are kept in the next comparison.
            run_again(&g, &matched()).await;
            if pairs(&after) == pairs(&before) {
                same_pairs += 1;
                assert_eq!(numbers(&after), numbers(&before), "{kind}");
            }
        }
    }
    assert!(same_pairs >= 4, "{same_pairs} comparisons");
    assert!(costs.len() > 1, "control: wishes count");
}

/// A round with one mentee and one mentor who teaches what the mentee asks for.
async fn round_of_two(g: &Guild) -> (Slug, Actor, Actor) {
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let round = g.round(&grace).await;
    // They work in one team.
    change(g, "UPDATE mentoring_programmes SET same_team_allowed = TRUE").await;
    g.sign_up(&mei, &round, SignUpRole::Mentee, &["rust"], "Learn").await;
    g.sign_up(&kofi, &round, SignUpRole::Mentor, &["rust"], "").await;
    mentoring::change_round(&g.store, &grace, &round, RoundChange::Close).await.unwrap();
    (round, mei, kofi)
}

/// M23: a person whom somebody never wants to be matched with gets the same sentence as one whose pair the
/// coordinator ruled out, and it has no count. Control: without either, the two are matched.
#[guild_test]
async fn m23_the_reason_of_a_mentee_without_a_mentor_betrays_no_block(g: Guild) {
    g.demo().await;
    let (round, _, _) = round_of_two(&g).await;
    let grace = g.actor("grace").await;
    let first = run_again(&g, &round).await;
    assert_eq!(first.pairs.len(), 1, "control");
    let pair = (first.pairs[0].mentee_id, first.pairs[0].mentor_id);
    let decide = async |decision| {
        run::decide(&g.store, &grace, &round, pair.0, pair.1, decision).await.unwrap();
    };
    decide(Some(DecisionKind::Forbid)).await;
    let ruled_out = run_again(&g, &round).await;
    decide(None).await;
    let author = literal(&g, pair.1);
    let never = format!(
        "INSERT INTO mentoring_preferences (sign_up_id, member_id, kind, position) SELECT {author}{cast}, \
         (SELECT s.member_id FROM mentoring_sign_ups s WHERE s.id = {}), 'never', 0",
        literal(&g, pair.0),
        cast = if g.store.engine() == Engine::Postgres { "::uuid" } else { "" }
    );
    change(&g, &never).await;
    let private = run_again(&g, &round).await;
    decide(Some(DecisionKind::Forbid)).await;
    let both = run_again(&g, &round).await;
    for board in [&ruled_out, &private, &both] {
        assert_eq!(board.unmatched[0].reason, UnmatchedReason::Several);
        assert_eq!(board.run.figures, ruled_out.run.figures);
    }
    // A pin that can't be followed says that it wasn't, and not why.
    decide(Some(DecisionKind::Pin)).await;
    let figures = run_again(&g, &round).await.run.figures.unwrap();
    assert!(figures.has_pins_left_out && figures.matched == 0);
}

/// M23: goals and wishes are on no page, in no search, export, feed or email that a line manager, an organiser
/// or an administrator reads, after proposals were sent too. Control: the two people and the coordinator read
/// the goal.
#[guild_test]
async fn m23_after_publishing_goals_and_wishes_stay_with_their_readers(g: Guild) {
    const GOAL: &str = "Perihelionvole is my goal";
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let round = g.round(&grace).await;
    change(&g, "UPDATE mentoring_programmes SET same_team_allowed = TRUE").await;
    let wish = PreferenceChange::Set(PreferenceKind::Wish);
    let person = Slug::parse("kofi-mensah").unwrap();
    mentoring::set_preference(&g.store, &mei, &round, SignUpRole::Mentee, &person, wish).await.unwrap();
    g.sign_up(&mei, &round, SignUpRole::Mentee, &["rust"], GOAL).await;
    g.sign_up(&kofi, &round, SignUpRole::Mentor, &["rust"], "").await;
    // Ravi, an organiser, becomes Mei's line manager too. Ada is an administrator.
    let manager = "UPDATE profiles SET manager_id = (SELECT id FROM members WHERE demo_key = 'ravi') \
                   WHERE member_id = (SELECT id FROM members WHERE demo_key = 'mei')";
    assert_eq!(change(&g, manager).await, 1);
    mentoring::change_round(&g.store, &grace, &round, RoundChange::Close).await.unwrap();
    let board = run_again(&g, &round).await;
    run::publish(&g.store, &grace, &round, board.run.number).await.unwrap();
    let id = "SELECT p.id, p.mentee_id FROM mentoring_proposals p JOIN mentoring_rounds r ON r.id = p.round_id \
              WHERE r.slug = ";
    let row = &g.rows(&format!("{id}'{round}'")).await[0];
    let (proposal, sign_up) =
        (row.try_get_by_index::<Uuid>(0).unwrap(), row.try_get_by_index::<Uuid>(1).unwrap());
    let pages = [
        "/".to_owned(),
        "/mentoring".to_owned(),
        format!("/mentoring/rounds/{round}"),
        format!("/mentoring/rounds/{round}/runs/1"),
        format!("/mentoring/rounds/{round}/sign-ups"),
        format!("/mentoring/sign-ups/{sign_up}"),
        format!("/mentoring/proposals/{proposal}"),
        "/members/mei-tanaka".to_owned(),
        "/search?q=Perihelionvole".to_owned(),
    ];
    let read = async |key: &str, path: &str| {
        let visit = g.visit(Some(key), path, Locale::En).await;
        g.page(&visit).await.html
    };
    let goal = "is my goal";
    for key in ["ravi", "ada", "sofia"] {
        for path in &pages {
            let html = read(key, path).await;
            assert!(!html.contains(goal) && !html.contains("Your wish"), "{key} {path}");
        }
        let actor = g.actor(key).await;
        assert!(mentoring::export(&g.store, &actor, &round).await.is_err(), "{key}");
        let copy = format!("{:?}", store::data::copy_of(&g.store, &actor).await.unwrap().tables);
        assert!(!copy.contains(goal), "{key}");
    }
    // Controls: the coordinator reads the goal on the board, and the two on the proposal. Only Mei reads her
    // wish.
    assert!(read("grace", &pages[3]).await.contains(goal));
    let (hers, his) = (read("mei", &pages[6]).await, read("kofi", &pages[6]).await);
    assert!(hers.contains(goal) && his.contains(goal));
    assert!(hers.contains("Your wish") && !his.contains("Your wish"));
    assert!(!read("grace", &pages[3]).await.contains("Your wish"));
    // No email, feed entry or instance for the solver has a goal or says what was wished for.
    let rows = g.rows("SELECT payload FROM emails").await;
    let emails: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert!(emails.len() > 1 && emails.iter().all(|email| !email.contains(goal) && !email.contains("wish")));
    assert!(!mentoring::export(&g.store, &grace, &round).await.unwrap().contains("kofi-mensah;"));
    assert!(!run::export(&g.store, &round).await.unwrap().contains("goal"));
    g.take_emails().await;
}
