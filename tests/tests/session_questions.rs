//! Questions to the speakers of a session (D14).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, MemberId, Refusal, SessionQuestionId, Slug,
    reports::{Decision, ReportKind},
    sessions::{QuestionChange, QuestionsOpen, SessionQuestionState},
};
use store::{
    StoreError, blocks, data, reports, schedule,
    sessions::{self, QuestionsPage},
};
use tests::{Guild, guild_test};
use uuid::Uuid;

/// The first session of a published event that Ada imported. It begins now, and Kofi is its speaker.
struct Session {
    event: Slug,
    id: Uuid,
    path: String,
}

async fn session(g: &Guild) -> Session {
    g.demo().await;
    let file = server::schedule::read(include_bytes!("../fixtures/schedule.xml"), None).unwrap().schedule;
    let ada = g.actor("ada").await;
    let event = schedule::import(&g.store, &ada, &file, &[]).await.unwrap().slug;
    let sql =
        "SELECT session_id, speaker_id FROM session_speakers WHERE position = 0 ORDER BY session_id LIMIT 1";
    let row = &g.rows(sql).await[0];
    let (id, speaker): (Uuid, Uuid) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
    schedule::propose_speaker(&g.store, &ada, &event, id, speaker, "kofi-mensah").await.unwrap();
    schedule::answer_speaker(&g.store, &g.actor("kofi").await, &event, speaker, true).await.unwrap();
    let loaded = schedule::session(&g.store, &ada, &event, id).await.unwrap();
    g.advance(loaded.item.session.starts_at - g.now());
    store::runner::run_due(&g.store).await.unwrap();
    g.take_emails().await;
    let path = format!("/events/{event}/sessions/{id}");
    Session { event, id, path }
}

impl Session {
    async fn ask(&self, g: &Guild, actor: &Actor, text: &str) -> Result<SessionQuestionId, StoreError> {
        sessions::ask(&g.store, actor, &self.event, self.id, text, "").await
    }

    async fn vote(
        &self,
        g: &Guild,
        actor: &Actor,
        id: SessionQuestionId,
        wanted: bool,
    ) -> Result<(), StoreError> {
        sessions::vote(&g.store, actor, &self.event, self.id, id, wanted).await
    }

    async fn change(
        &self,
        g: &Guild,
        actor: &Actor,
        id: SessionQuestionId,
        change: QuestionChange,
    ) -> Result<(), StoreError> {
        sessions::change_question(&g.store, actor, &self.event, self.id, id, change).await
    }

    async fn set_open(
        &self,
        g: &Guild,
        actor: &Actor,
        open: QuestionsOpen,
        everywhere: bool,
    ) -> Result<(), StoreError> {
        sessions::set_open(&g.store, actor, &self.event, self.id, open, everywhere).await
    }

    async fn page(&self, g: &Guild, actor: &Actor) -> QuestionsPage {
        let page = schedule::session(&g.store, actor, &self.event, self.id).await.unwrap();
        sessions::questions(&g.store, actor, &page).await.unwrap()
    }

    /// The open questions that an actor sees, in their order.
    async fn open(&self, g: &Guild, actor: &Actor) -> Vec<String> {
        self.page(g, actor).await.open.into_iter().map(|question| question.text).collect()
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[guild_test]
async fn d14_members_ask_and_vote_and_speakers_answer(g: Guild) {
    let session = session(&g).await;
    let (ada, kofi, mei, sofia) =
        (g.actor("ada").await, g.actor("kofi").await, g.actor("mei").await, g.actor("sofia").await);
    let first = session.ask(&g, &mei, "What broke first?").await.unwrap();
    let second = session.ask(&g, &sofia, "Who paid for it?").await.unwrap();
    assert_eq!(session.open(&g, &mei).await, ["What broke first?", "Who paid for it?"]);
    // A vote counts once, and the author's own vote not at all.
    for actor in [&mei, &mei, &sofia, &kofi] {
        session.vote(&g, actor, second, true).await.unwrap();
    }
    let page = session.page(&g, &mei).await;
    assert_eq!((page.open[0].id, page.open[0].votes, page.open[0].is_voted), (second, 3, true));
    assert!(page.open[0].asker.is_some());
    session.vote(&g, &mei, second, false).await.unwrap();
    assert_eq!(session.page(&g, &mei).await.open[0].votes, 2);
    // Only speakers and organisers moderate.
    let by_mei = session.change(&g, &mei, second, QuestionChange::Answer).await;
    assert_eq!(refusal(by_mei), Refusal::NotAllowed);
    session.change(&g, &kofi, second, QuestionChange::Answer).await.unwrap();
    session.change(&g, &ada, first, QuestionChange::Hide).await.unwrap();
    let page = session.page(&g, &sofia).await;
    assert_eq!((page.open.len(), page.answered.len(), page.hidden.len()), (0, 1, 0));
    assert_eq!(refusal(session.vote(&g, &ada, second, true).await), Refusal::SessionQuestionsClosed);
    // The author and those who moderate still see a hidden question.
    for actor in [&mei, &kofi, &ada] {
        assert_eq!(session.page(&g, actor).await.hidden[0].state, SessionQuestionState::Hidden);
    }
    assert!(matches!(session.vote(&g, &sofia, first, true).await, Err(StoreError::NotFound)));
    session.change(&g, &kofi, first, QuestionChange::Reopen).await.unwrap();
    session.vote(&g, &sofia, first, true).await.unwrap();
    assert_eq!(session.open(&g, &sofia).await, ["What broke first?"]);
    // Only the author deletes it.
    let by_kofi = sessions::withdraw(&g.store, &kofi, first).await;
    assert!(matches!(by_kofi, Err(StoreError::NotFound)), "{by_kofi:?}");
    for _ in 0..2 {
        sessions::withdraw(&g.store, &mei, first).await.unwrap();
    }
    assert!(session.open(&g, &mei).await.is_empty());
    g.expect_emails("").await;
}

#[guild_test]
async fn d14_questions_open_when_the_organisers_say(g: Guild) {
    let session = session(&g).await;
    let (ada, kofi, mei) = (g.actor("ada").await, g.actor("kofi").await, g.actor("mei").await);
    let closed = Refusal::SessionQuestionsClosed;
    // Control: now, they are open.
    session.ask(&g, &mei, "Is it open?").await.unwrap();
    g.advance(Duration::days(3));
    assert_eq!(refusal(session.ask(&g, &mei, "And now?").await), closed);
    assert!(!session.page(&g, &mei).await.may_ask);
    assert_eq!(refusal(session.set_open(&g, &mei, QuestionsOpen::Always, false).await), Refusal::NotAllowed);
    session.set_open(&g, &kofi, QuestionsOpen::Always, false).await.unwrap();
    session.ask(&g, &mei, "And now?").await.unwrap();
    // A speaker decides for the own session, and an organiser for all.
    let everywhere = session.set_open(&g, &kofi, QuestionsOpen::Closed, true).await;
    assert_eq!(refusal(everywhere), Refusal::NotAllowed);
    session.set_open(&g, &ada, QuestionsOpen::Closed, true).await.unwrap();
    assert_eq!(refusal(session.ask(&g, &mei, "And now again?").await), closed);
    assert_eq!(session.open(&g, &mei).await.len(), 2, "what was asked stays");
    session.set_open(&g, &kofi, QuestionsOpen::Always, false).await.unwrap();
    session.ask(&g, &mei, "And now again?").await.unwrap();
    assert_eq!(g.number("SELECT COUNT(*) FROM session_questions_open").await, 2);
}

#[guild_test]
async fn d14_a_member_has_five_open_questions_at_most(g: Guild) {
    let session = session(&g).await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(session.ask(&g, &mei, &format!("Question {n}?")).await.unwrap());
    }
    let many = Refusal::TooManySessionQuestions { max: 5 };
    assert_eq!(refusal(session.ask(&g, &mei, "One more?").await), many);
    session.ask(&g, &sofia, "And mine?").await.unwrap();
    session.change(&g, &g.actor("ada").await, ids[0], QuestionChange::Answer).await.unwrap();
    // The same form sent twice asks once.
    let again = || sessions::ask(&g.store, &mei, &session.event, session.id, "One more?", "key");
    assert_eq!(again().await.unwrap(), again().await.unwrap());
    assert_eq!(refusal(session.ask(&g, &mei, "One more?").await), many);
}

#[guild_test]
async fn d14_votes_at_once_are_counted_once_each(g: Guild) {
    let session = session(&g).await;
    let id = session.ask(&g, &g.actor("mei").await, "How many?").await.unwrap();
    let crowd = g.crowd(16).await;
    let votes = crowd.iter().chain(&crowd).map(|actor| session.vote(&g, actor, id, true));
    for vote in futures::future::join_all(votes).await {
        vote.unwrap();
    }
    let page = session.page(&g, &crowd[0]).await;
    assert_eq!(page.open[0].votes, 17);
    assert_eq!(g.number("SELECT COUNT(*) FROM session_question_votes").await, 16);
}

#[guild_test]
async fn d14_blocked_and_suspended_members_and_visitors_see_no_questions(g: Guild) {
    let session = session(&g).await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    let id = session.ask(&g, &mei, "Tangerinevole?").await.unwrap();
    let sees = async |key: Option<&str>| {
        g.page(&g.visit(key, &session.path, Locale::En).await).await.html.contains("Tangerinevole")
    };
    assert!(sees(Some("sofia")).await && !sees(None).await, "visitors don't see what members ask");
    blocks::block(&g.store, &mei, sofia.member().unwrap()).await.unwrap();
    assert!(!sees(Some("sofia")).await && sees(Some("kofi")).await);
    assert!(matches!(session.vote(&g, &sofia, id, true).await, Err(StoreError::NotFound)));
    blocks::unblock(&g.store, &mei, sofia.member().unwrap()).await.unwrap();
    assert!(sees(Some("sofia")).await);
    suspend(&g, &mei).await;
    assert!(!sees(Some("sofia")).await);
    let suspended = g.actor("mei").await;
    assert_eq!(refusal(session.ask(&g, &suspended, "May I?").await), Refusal::Suspended);
    assert_eq!(refusal(session.ask(&g, &Actor::Anonymous, "May I?").await), Refusal::SignInFirst);
}

async fn suspend(g: &Guild, member: &Actor) {
    let id: MemberId = member.member().unwrap();
    let reason = "For this test, and for no other reason.";
    store::admin::suspend(&g.store, &g.actor("ada").await, id, reason).await.unwrap();
    g.take_emails().await;
}

#[guild_test]
async fn d14_a_reported_question_is_hidden_until_it_is_decided(g: Guild) {
    let session = session(&g).await;
    let (ada, mei, sofia) = (g.actor("ada").await, g.actor("mei").await, g.actor("sofia").await);
    let id = session.ask(&g, &mei, "Is this fair?").await.unwrap();
    let text = "This is not a question but an insult.";
    let report = async |actor: &Actor| {
        reports::report(&g.store, actor, ReportKind::Question, &id.to_string(), text).await
    };
    assert_eq!(refusal(report(&mei).await), Refusal::Oneself);
    let filed = report(&sofia).await.unwrap();
    assert!(session.open(&g, &sofia).await.is_empty());
    assert!(session.page(&g, &mei).await.open[0].is_reported, "its author sees why");
    assert!(matches!(sessions::withdraw(&g.store, &mei, id).await, Err(StoreError::NotFound)));
    let found = reports::get(&g.store, &ada, filed).await.unwrap();
    assert_eq!(found.subject.unwrap().page, Some(session.path.clone()));
    reports::decide(&g.store, &ada, filed, Decision::Nothing, "It is a fair question.").await.unwrap();
    assert_eq!(session.open(&g, &sofia).await, ["Is this fair?"]);
    g.take_emails().await;
    assert_eq!(refusal(report(&Actor::Anonymous).await), Refusal::SignInFirst);
}

/// D14: the forms on the page of a session work without JavaScript and keep what was typed.
#[guild_test]
async fn d14_the_forms_of_the_page_ask_and_vote(g: Guild) {
    let session = session(&g).await;
    let id = session.id.to_string();
    let mei = g.visit(Some("mei"), &session.path, Locale::En).await;
    let about = [("slug", session.event.as_str()), ("session", id.as_str())];
    let ask = async |text: &str| {
        let fields = [&about[..], &[("question", text)]].concat();
        g.post(&mei, "/api/sessions/ask", &fields, "text/html").await;
    };
    ask(&"long ".repeat(80)).await;
    assert!(g.page(&mei).await.html.contains("long long long"), "what was typed stays");
    ask("What is <b>bold</b>?").await;
    let html = g.page(&mei).await.html;
    assert!(html.contains("What is &lt;b&gt;bold&lt;/b&gt;?") && !html.contains("<b>bold"));
    let question = session.page(&g, &g.actor("mei").await).await.open[0].id.to_string();
    let sofia = g.visit(Some("sofia"), &session.path, Locale::En).await;
    let fields = [&about[..], &[("id", question.as_str()), ("wanted", "yes")]].concat();
    g.post(&sofia, "/api/sessions/vote", &fields, "text/html").await;
    assert!(g.page(&sofia).await.html.contains("2 votes"));
    let kofi = g.visit(Some("kofi"), &session.path, Locale::En).await;
    let fields = [&about[..], &[("id", question.as_str()), ("act", "answer")]].concat();
    g.post(&kofi, "/api/sessions/question", &fields, "text/html").await;
    assert!(g.page(&sofia).await.html.contains("1 answered question"));
    let fields = [&about[..], &[("open", "closed")]].concat();
    g.post(&kofi, "/api/sessions/questions_open", &fields, "text/html").await;
    assert!(g.page(&sofia).await.html.contains("Questions are closed."));
}

#[guild_test]
async fn d14_questions_and_votes_are_erased_with_the_member(g: Guild) {
    let session = session(&g).await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    let id = session.ask(&g, &mei, "Will I be forgotten?").await.unwrap();
    session.ask(&g, &sofia, "And what I want?").await.unwrap();
    session.vote(&g, &sofia, id, true).await.unwrap();
    data::request_deletion(&g.store, &sofia).await.unwrap();
    g.advance(Duration::days(8));
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.number("SELECT COUNT(*) FROM session_questions").await, 1);
    assert_eq!(g.number("SELECT COUNT(*) FROM session_questions WHERE votes = 1").await, 1);
    assert_eq!(g.number("SELECT COUNT(*) FROM session_question_votes").await, 0);
    g.take_emails().await;
}
