//! Questions to mentors (M27): the queue, the conversation of the two, and who reads them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, QuestionId, Refusal,
    policy::questions::QuestionRelation,
    questions::{QuestionChange, QuestionForm, QuestionState},
};
use store::{StoreError, blocks, questions, runner};
use tests::{Guild, guild_test};

const CANARY: &str = "Narwhaltoccata";

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn ask(g: &Guild, actor: &Actor, topic: &str, key: &str) -> Result<QuestionId, StoreError> {
    let form = QuestionForm {
        topic: topic.into(),
        text: format!("{CANARY}: how do I start?"),
        free: "After lunch".into(),
    };
    questions::ask(&g.store, actor, form.check().unwrap(), key).await
}

async fn change(g: &Guild, actor: &Actor, id: QuestionId, to: QuestionChange) -> Result<(), StoreError> {
    questions::change(&g.store, actor, id, to).await
}

async fn state(g: &Guild, actor: &Actor, id: QuestionId) -> QuestionState {
    questions::question(&g.store, actor, id).await.unwrap().state
}

#[guild_test]
async fn m27_a_question_is_picked_answered_and_closed(g: Guild) {
    g.demo().await;
    let (sofia, ada) = (g.actor("sofia").await, g.actor("ada").await);
    let id = ask(&g, &sofia, "threat-modelling", "key").await.unwrap();
    assert_eq!(ask(&g, &sofia, "threat-modelling", "key").await.unwrap(), id, "the same form asks once");
    change(&g, &ada, id, QuestionChange::Pick).await.unwrap();
    change(&g, &ada, id, QuestionChange::Pick).await.unwrap();
    g.expect_emails("question_news=1").await;
    for _ in 0..2 {
        questions::reply(&g.store, &ada, id, "Draw it first.", "reply").await.unwrap();
    }
    let waits = async |actor| questions::to_do(&g.store, actor).await.unwrap().len();
    assert_eq!((waits(&sofia).await, waits(&ada).await), (1, 0));
    questions::reply(&g.store, &sofia, id, "I will.", "").await.unwrap();
    assert_eq!((waits(&sofia).await, waits(&ada).await), (0, 1));
    let home = g.page(&g.visit(Some("ada"), "/", Locale::En).await).await.html;
    assert!(home.contains(&id.to_string()), "the home page says what waits");
    g.expect_emails("question_news=2").await;
    let page = questions::question(&g.store, &sofia, id).await.unwrap();
    let texts: Vec<_> = page.replies.iter().map(|reply| (reply.is_own, reply.text.as_str())).collect();
    assert_eq!(texts, [(false, "Draw it first."), (true, "I will.")]);
    change(&g, &sofia, id, QuestionChange::Close).await.unwrap();
    g.expect_emails("question_news=1").await;
    let late = questions::reply(&g.store, &ada, id, "One more thing", "").await;
    assert_eq!(refusal(late), Refusal::QuestionOver);
    // Ada is free for another one.
    let other = ask(&g, &sofia, "rust", "").await.unwrap();
    change(&g, &ada, other, QuestionChange::Pick).await.unwrap();
    g.take_emails().await;
}

/// M27: mentors see questions about their topics first, and members who teach nothing see none.
#[guild_test]
async fn m27_mentors_see_questions_about_their_topics_first(g: Guild) {
    g.demo().await;
    let sofia = g.actor("sofia").await;
    let rust = ask(&g, &sofia, "rust", "").await.unwrap();
    let threats = ask(&g, &sofia, "threat-modelling", "").await.unwrap();
    let ada = questions::questions(&g.store, &g.actor("ada").await).await.unwrap();
    let ids = |cards: &[questions::QuestionCard]| cards.iter().map(|card| card.id).collect::<Vec<_>>();
    assert_eq!((ids(&ada.of_my_topics), ids(&ada.others)), (vec![threats], vec![rust]));
    let jonas = g.actor("jonas").await;
    let page = questions::questions(&g.store, &jonas).await.unwrap();
    assert!(!page.can_pick && page.of_my_topics.is_empty() && page.others.is_empty());
    assert!(matches!(questions::question(&g.store, &jonas, rust).await, Err(StoreError::NotFound)));
    assert!(matches!(change(&g, &jonas, rust, QuestionChange::Pick).await, Err(StoreError::NotFound)));
}

#[guild_test]
async fn m27_a_mentor_walks_away_and_the_question_keeps_its_place(g: Guild) {
    g.demo().await;
    let (sofia, jonas) = (g.actor("sofia").await, g.actor("jonas").await);
    let (ada, grace) = (g.actor("ada").await, g.actor("grace").await);
    let first = ask(&g, &sofia, "rust", "").await.unwrap();
    g.advance(Duration::hours(1));
    let second = ask(&g, &jonas, "rust", "").await.unwrap();
    change(&g, &ada, first, QuestionChange::Pick).await.unwrap();
    let secret = "Only Sofia and Ada read this.";
    questions::reply(&g.store, &ada, first, secret, "").await.unwrap();
    assert_eq!(refusal(change(&g, &ada, second, QuestionChange::Pick).await), Refusal::OneQuestionAtATime);
    assert_eq!(refusal(change(&g, &grace, first, QuestionChange::Pick).await), Refusal::QuestionTaken);
    for _ in 0..2 {
        change(&g, &ada, first, QuestionChange::WalkAway).await.unwrap();
    }
    g.expect_emails("question_news=3").await;
    let waiting: Vec<_> = questions::questions(&g.store, &grace)
        .await
        .unwrap()
        .others
        .into_iter()
        .map(|card| card.id)
        .collect();
    assert_eq!(waiting, [first, second]);
    // Neither the mentor who left nor the next one reads what was written. Its author does.
    change(&g, &grace, first, QuestionChange::Pick).await.unwrap();
    assert!(questions::question(&g.store, &grace, first).await.unwrap().replies.is_empty());
    assert!(matches!(questions::question(&g.store, &ada, first).await, Err(StoreError::NotFound)));
    assert_eq!(questions::question(&g.store, &sofia, first).await.unwrap().replies[0].text, secret);
    change(&g, &sofia, first, QuestionChange::PutBack).await.unwrap();
    assert_eq!(state(&g, &sofia, first).await, QuestionState::Waiting);
    g.expect_emails("question_news=2").await;
}

/// M27: of mentors who pick at once, one wins, and a mentor who picks two at once gets one.
#[guild_test]
async fn m27_of_two_mentors_who_pick_at_once_one_wins(g: Guild) {
    g.demo().await;
    let sofia = g.actor("sofia").await;
    let (ada, grace) = (g.actor("ada").await, g.actor("grace").await);
    let id = ask(&g, &sofia, "rust", "").await.unwrap();
    let pick = |actor, id| change(&g, actor, id, QuestionChange::Pick);
    let (one, two) = futures::join!(pick(&ada, id), pick(&grace, id));
    let (winner, lost) = if one.is_ok() { (&ada, two) } else { (&grace, one) };
    assert_eq!(refusal(lost), Refusal::QuestionTaken);
    change(&g, winner, id, QuestionChange::WalkAway).await.unwrap();
    let other = ask(&g, &sofia, "databases", "").await.unwrap();
    let (one, two) = futures::join!(pick(&ada, id), pick(&ada, other));
    assert!(one.is_ok() != two.is_ok());
    let picked = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentor_questions WHERE state = 'picked'";
    assert_eq!(g.number(picked).await, 1);
    g.take_emails().await;
}

#[guild_test]
async fn m27_three_open_questions_at_most_and_fourteen_days(g: Guild) {
    g.demo().await;
    let (sofia, ada) = (g.actor("sofia").await, g.actor("ada").await);
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(ask(&g, &sofia, "rust", "").await.unwrap());
    }
    assert_eq!(refusal(ask(&g, &sofia, "rust", "").await), Refusal::TooManyQuestions { max: 3 });
    change(&g, &sofia, ids[0], QuestionChange::Withdraw).await.unwrap();
    // Control: one that was withdrawn makes room.
    ask(&g, &sofia, "rust", "").await.unwrap();
    change(&g, &ada, ids[1], QuestionChange::Pick).await.unwrap();
    questions::reply(&g.store, &ada, ids[1], "Read the book.", "").await.unwrap();
    g.take_emails().await;
    g.skip_weekly_kudos().await;
    g.advance(Duration::days(14));
    for _ in 0..2 {
        runner::run_due(&g.store).await.unwrap();
    }
    let news = g.emails_of("question_news").await;
    assert_eq!(news.len(), 2, "one for each question that nobody answered");
    assert_eq!(state(&g, &sofia, ids[1]).await, QuestionState::Answered);
    assert_eq!(state(&g, &sofia, ids[2]).await, QuestionState::Expired);
    g.take_emails().await;
}

/// M27: two people with a block between them never see each other's questions, and a picked one goes back.
#[guild_test]
async fn m27_a_block_hides_questions_and_puts_them_back(g: Guild) {
    g.demo().await;
    let (sofia, ada, grace) = (g.actor("sofia").await, g.actor("ada").await, g.actor("grace").await);
    let picked = ask(&g, &sofia, "threat-modelling", "").await.unwrap();
    let waiting = ask(&g, &sofia, "rust", "").await.unwrap();
    change(&g, &ada, picked, QuestionChange::Pick).await.unwrap();
    blocks::block(&g.store, &sofia, ada.member().unwrap()).await.unwrap();
    assert_eq!(state(&g, &sofia, picked).await, QuestionState::Waiting);
    let page = questions::questions(&g.store, &ada).await.unwrap();
    assert!(page.picked.is_empty() && page.of_my_topics.is_empty() && page.others.is_empty());
    for id in [picked, waiting] {
        assert!(matches!(questions::question(&g.store, &ada, id).await, Err(StoreError::NotFound)));
        assert!(matches!(change(&g, &ada, id, QuestionChange::Pick).await, Err(StoreError::NotFound)));
    }
    // Control: another mentor sees both.
    assert_eq!(questions::questions(&g.store, &grace).await.unwrap().others.len(), 2);
    g.take_emails().await;
}

/// M27: other members, a line manager, organisers and administrators read neither the question nor the replies.
#[guild_test]
async fn m27_only_the_two_read_the_replies_and_nobody_else_a_picked_question(g: Guild) {
    g.demo().await;
    let (sofia, mei) = (g.actor("sofia").await, g.actor("mei").await);
    let id = ask(&g, &sofia, "test-automation", "").await.unwrap();
    change(&g, &mei, id, QuestionChange::Pick).await.unwrap();
    questions::reply(&g.store, &mei, id, &format!("{CANARY} reply"), "").await.unwrap();
    let manager = "UPDATE profiles SET manager_id = (SELECT id FROM members WHERE demo_key = 'jonas') \
                   WHERE member_id = (SELECT id FROM members WHERE demo_key = 'sofia') RETURNING member_id";
    g.rows(manager).await;
    let page = format!("/mentoring/questions/{id}");
    let paths = ["/mentoring/questions", &page, "/", "/mentoring", "/admin/outbox", "/admin/audit"];
    for key in ["jonas", "grace", "ada", "kofi"] {
        let actor = g.actor(key).await;
        assert!(
            matches!(questions::question(&g.store, &actor, id).await, Err(StoreError::NotFound)),
            "{key}"
        );
        for path in paths {
            let visit = g.visit(Some(key), path, Locale::En).await;
            assert!(!g.page(&visit).await.html.contains(CANARY), "{key} {path}");
        }
        let found = store::search::search(&g.store, &actor, CANARY, None, 0).await.unwrap();
        assert_eq!(found.count(None), 0, "{key}");
        let copy = store::data::copy_of(&g.store, &actor).await.unwrap();
        let copy: String = copy.tables.into_iter().map(|table| format!("{:?}", table.rows)).collect();
        assert!(!copy.contains(CANARY), "{key}");
    }
    let leaks = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%{CANARY}%'");
    assert_eq!(g.number(&leaks).await, 0);
    // Control: the two read both.
    for key in ["sofia", "mei"] {
        let html = g.page(&g.visit(Some(key), &page, Locale::En).await).await.html;
        assert!(
            html.contains(&format!("{CANARY}: how")) && html.contains(&format!("{CANARY} reply")),
            "{key}"
        );
    }
    assert_eq!(questions::question(&g.store, &mei, id).await.unwrap().relation, QuestionRelation::Mentor);
    g.take_emails().await;
}

/// M27: a form with a mistake keeps what was typed, without JavaScript.
#[guild_test]
async fn m27_a_question_that_is_too_short_is_kept(g: Guild) {
    g.demo().await;
    let visit = g.visit(Some("sofia"), "/mentoring/questions/new", Locale::En).await;
    let fields = [("topic", "rust"), ("text", "Too short"), ("free", "Mondays")];
    g.post(&visit, "/api/questions/ask", &fields, "text/html").await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("Too short") && html.contains("Mondays") && html.contains("aria-invalid"));
    let asked = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentor_questions";
    assert_eq!(g.number(asked).await, 0);
    let fields = [("topic", "rust"), ("text", "How do I test a parser without mocks?"), ("free", "")];
    g.post(&visit, "/api/questions/ask", &fields, "text/html").await;
    assert_eq!(g.number(asked).await, 1);
}

/// M27: mentors no longer see the question of a suspended member, also by its address. Whoever picked it before does.
#[guild_test]
async fn m27_the_question_of_a_suspended_member_is_hidden(g: Guild) {
    g.demo().await;
    let (sofia, ada, grace) = (g.actor("sofia").await, g.actor("ada").await, g.actor("grace").await);
    let picked = ask(&g, &sofia, "rust", "").await.unwrap();
    let waiting = ask(&g, &sofia, "rust", "").await.unwrap();
    change(&g, &ada, picked, QuestionChange::Pick).await.unwrap();
    g.take_emails().await;
    // Control: Grace sees the other one before.
    assert!(questions::question(&g.store, &grace, waiting).await.is_ok());
    g.rows("UPDATE members SET role = 'suspended' WHERE demo_key = 'sofia' RETURNING id").await;
    assert!(matches!(questions::question(&g.store, &grace, waiting).await, Err(StoreError::NotFound)));
    assert!(matches!(change(&g, &grace, waiting, QuestionChange::Pick).await, Err(StoreError::NotFound)));
    let page = questions::questions(&g.store, &grace).await.unwrap();
    assert!(page.of_my_topics.is_empty() && page.others.is_empty());
    assert!(questions::question(&g.store, &ada, picked).await.is_ok());
    // The suspended member gets no email.
    questions::reply(&g.store, &ada, picked, "Read the book.", "").await.unwrap();
    g.expect_emails("").await;
}

/// M27: nobody writes replies without end, and the other one gets few emails about them.
#[guild_test]
async fn m27_thirty_replies_an_hour(g: Guild) {
    g.demo().await;
    let (sofia, ada) = (g.actor("sofia").await, g.actor("ada").await);
    let id = ask(&g, &sofia, "rust", "").await.unwrap();
    change(&g, &ada, id, QuestionChange::Pick).await.unwrap();
    g.take_emails().await;
    for n in 0..30 {
        questions::reply(&g.store, &ada, id, &format!("Reply {n}"), "").await.unwrap();
    }
    let one_more = questions::reply(&g.store, &ada, id, "One more", "").await;
    assert_eq!(refusal(one_more), Refusal::SlowDown { seconds: 3600 });
    // Control: the other one can still write.
    questions::reply(&g.store, &sofia, id, "Thank you!", "").await.unwrap();
    let to_sofia = g.emails_of("question_news").await.len();
    assert_eq!(to_sofia, 9 + 1, "nine and the one about the pick, and one to Ada");
    g.take_emails().await;
}
