//! Calls for proposals (D1–D3): states, who reads what, reviews, and deadlines.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, Refusal, Slug, SubmissionId,
    groups::{GroupForm, GroupRole},
    members::Address,
    policy::proposals::SpeakerRelation,
    proposals::{
        CallForm, Decision, ProposalForm, ProposalText, ReviewForm, SubmissionChange, SubmissionState,
    },
};
use store::{
    StoreError, admin, data, groups, proposals,
    proposals::{CallPlace, SubmissionPage},
    runner, schedule,
};
use tests::{Guild, group_details, guild_test};

const CANARY: &str = "Pelicanquartet";

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn is_hidden<T>(result: Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::NotFound))
}

fn call_form() -> CallForm {
    CallForm {
        title: "Guild day".into(),
        text: "Tell us what *broke*.".into(),
        kinds: "Talk, 30\nWorkshop, 90".into(),
        zone: "Europe/Berlin".into(),
        anonymous: "yes".into(),
        ..CallForm::default()
    }
}

fn text(title: &str) -> ProposalText {
    let form = ProposalForm {
        title: title.into(),
        summary: format!("{title}: what **broke**."),
        kind: "Talk".into(),
        language: "English".into(),
        notes: "I gave it once before.".into(),
        do_not_record: "yes".into(),
    };
    form.check(false).unwrap()
}

/// A call of Grace's for an event of hers.
async fn call_for_event(g: &Guild, form: CallForm) -> (Slug, Slug) {
    let event = g.event(None).await;
    let place = CallPlace::Event(event.clone());
    let grace = g.actor("grace").await;
    let call = proposals::open(&g.store, &grace, &place, form.check().unwrap(), "key").await.unwrap();
    let again = proposals::open(&g.store, &grace, &place, form.check().unwrap(), "key").await.unwrap();
    assert_eq!(call, again, "the same form opens one call");
    g.take_emails().await;
    (call, event)
}

async fn write(g: &Guild, actor: &Actor, call: &Slug, title: &str, submit: bool) -> SubmissionId {
    proposals::write(&g.store, actor, call, text(title), submit, "").await.unwrap().0
}

/// Saves a text over the current one, whichever it is.
async fn save(
    g: &Guild,
    actor: &Actor,
    id: SubmissionId,
    text: ProposalText,
    submit: bool,
) -> Result<SubmissionState, StoreError> {
    match proposals::save(&g.store, actor, id, text.clone(), submit, -1).await {
        Err(StoreError::Refused(Refusal::ChangedMeanwhile { version })) => {
            proposals::save(&g.store, actor, id, text, submit, version).await
        }
        other => other,
    }
}

async fn page(g: &Guild, actor: &Actor, call: &Slug, id: SubmissionId) -> Result<SubmissionPage, StoreError> {
    proposals::submission(&g.store, actor, call, id).await
}

async fn state(g: &Guild, actor: &Actor, call: &Slug, id: SubmissionId) -> SubmissionState {
    page(g, actor, call, id).await.unwrap().state
}

async fn score(g: &Guild, actor: &Actor, id: SubmissionId, score: &str) -> Result<(), StoreError> {
    let form = ReviewForm { score: score.into(), comment: format!("{CANARY} comment") };
    proposals::review(&g.store, actor, id, form.check().unwrap()).await
}

/// The name of a member's page in URLs.
async fn page_name(g: &Guild, key: &str) -> String {
    let sql = format!(
        "SELECT slug FROM profiles WHERE member_id = (SELECT id FROM members WHERE demo_key = '{key}')"
    );
    g.rows(&sql).await[0].try_get_by_index(0).unwrap()
}

async fn html(g: &Guild, key: &str, path: &str) -> String {
    g.page(&g.visit(Some(key), path, Locale::En).await).await.html
}

/// D1: from a draft to a session, with who made each change and when.
#[guild_test]
async fn d1_a_proposal_goes_from_a_draft_to_a_session(g: Guild) {
    g.demo().await;
    let (call, event) = call_for_event(&g, call_form()).await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let (id, _) = proposals::write(&g.store, &mei, &call, text("First words"), false, "key").await.unwrap();
    let again = proposals::write(&g.store, &mei, &call, text(CANARY), false, "key").await.unwrap();
    assert_eq!((id, SubmissionState::Draft), again, "the same form writes one proposal");
    let kept = page(&g, &mei, &call, id).await.unwrap().text.title;
    assert_eq!(kept, CANARY, "after the Back button, the newer text counts");
    // A draft belongs to its speaker. Organisers and others can't tell it from an absent one.
    for actor in [&grace, &kofi, &Actor::Anonymous] {
        assert!(is_hidden(page(&g, actor, &call, id).await));
        assert!(is_hidden(save(&g, actor, id, text("Mine"), false).await));
    }
    assert!(is_hidden(proposals::decide(&g.store, &grace, id, Some(Decision::Accept)).await));
    let managed = async |actor| proposals::manage(&g.store, actor, &call, None, 0).await;
    assert!(managed(&grace).await.unwrap().submissions.is_empty());
    for _ in 0..2 {
        proposals::change(&g.store, &mei, id, SubmissionChange::Submit).await.unwrap();
    }
    g.expect_emails("submission_news=1").await;
    // Control: once it was sent, the organiser reads it. Others still don't.
    let seen = managed(&grace).await.unwrap();
    assert_eq!(seen.submissions[0].speakers, ["Mei Tanaka"]);
    assert!(page(&g, &grace, &call, id).await.unwrap().organiser.is_some());
    assert!(is_hidden(page(&g, &kofi, &call, id).await));
    assert_eq!(refusal(managed(&kofi).await), Refusal::NotAllowed);
    assert!(!html(&g, "kofi", &format!("/proposals/{call}")).await.contains(CANARY));
    // The decision is hidden until it is sent.
    proposals::decide(&g.store, &grace, id, Some(Decision::Accept)).await.unwrap();
    let before = page(&g, &mei, &call, id).await.unwrap();
    assert!(before.organiser.is_none() && before.state == SubmissionState::Submitted);
    assert_eq!(
        refusal(proposals::change(&g.store, &mei, id, SubmissionChange::Confirm).await),
        Refusal::SubmissionOver
    );
    g.expect_emails("").await;
    assert_eq!(proposals::send_decisions(&g.store, &grace, &call, 14).await.unwrap(), 1);
    assert_eq!(
        proposals::send_decisions(&g.store, &grace, &call, 14).await.unwrap(),
        0,
        "nothing is sent twice"
    );
    for _ in 0..2 {
        runner::run_due(&g.store).await.unwrap();
    }
    let news = g.emails_of("submission_news").await;
    assert_eq!(news.len(), 1);
    g.take_emails().await;
    assert_eq!(state(&g, &mei, &call, id).await, SubmissionState::Accepted);
    assert_eq!(proposals::to_do(&g.store, &mei).await.unwrap().submissions.len(), 1);
    assert!(html(&g, "mei", "/").await.contains(&id.to_string()), "the home page asks to confirm");
    // The confirmed proposal becomes a session in the pool, which only hosts see.
    for _ in 0..2 {
        proposals::change(&g.store, &mei, id, SubmissionChange::Confirm).await.unwrap();
    }
    let pool = proposals::pool(&g.store, &grace, &event).await.unwrap();
    assert_eq!((pool.len(), pool[0].title.as_str(), pool[0].minutes), (1, CANARY, 30));
    assert_eq!(pool[0].speakers, ["Mei Tanaka"]);
    assert!(proposals::pool(&g.store, &kofi, &event).await.unwrap().is_empty());
    assert!(is_hidden(schedule::session(&g.store, &kofi, &event, pool[0].id).await));
    assert!(!html(&g, "kofi", &format!("/events/{event}")).await.contains(CANARY));
    assert!(html(&g, "grace", &format!("/events/{event}")).await.contains(CANARY));
    let linked = "SELECT CAST(COUNT(*) AS BIGINT) FROM speaker_links l JOIN members m ON m.id = l.member_id \
                  WHERE m.demo_key = 'mei' AND l.state = 'confirmed'";
    assert_eq!(g.number(linked).await, 1);
    let history = page(&g, &grace, &call, id).await.unwrap().organiser.unwrap().conversation.history;
    let states: Vec<_> = history.iter().map(|(state, _, by)| (state.name(), by.as_deref())).collect();
    let mei_did = Some("Mei Tanaka");
    assert_eq!(states[..2], [("draft", mei_did), ("submitted", mei_did)]);
    assert_eq!(states[2].0, "accepted");
    assert!(states[2].1.is_some() && states[2].1 != mei_did, "{states:?}");
    assert_eq!(states[3], ("confirmed", mei_did));
    // A speaker who can't come leaves the pool, and the organiser is told.
    proposals::change(&g.store, &mei, id, SubmissionChange::Decline).await.unwrap();
    assert!(proposals::pool(&g.store, &grace, &event).await.unwrap().is_empty());
    g.expect_emails("submission_news=1").await;
}

/// D1: the organisers ask, and the speaker answers.
#[guild_test]
async fn d1_a_speaker_answers_a_question_of_the_organisers(g: Guild) {
    g.demo().await;
    let (call, _) = call_for_event(&g, call_form()).await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let id = write(&g, &mei, &call, "Question me", true).await;
    g.take_emails().await;
    let ask = async |actor| proposals::ask_info(&g.store, actor, id, "Which tools?").await;
    assert!(is_hidden(ask(&kofi).await));
    for _ in 0..2 {
        ask(&grace).await.unwrap();
    }
    g.expect_emails("submission_news=1").await;
    assert_eq!(state(&g, &mei, &call, id).await, SubmissionState::InfoNeeded);
    assert!(proposals::to_do(&g.store, &mei).await.unwrap().submissions[0].is_question);
    assert!(is_hidden(proposals::answer_info(&g.store, &kofi, id, "Mine").await));
    proposals::answer_info(&g.store, &mei, id, "A pencil.").await.unwrap();
    g.expect_emails("submission_news=1").await;
    let asked = page(&g, &grace, &call, id).await.unwrap().organiser.unwrap().conversation.questions;
    assert_eq!((asked.len(), asked[0].answer.as_deref()), (1, Some("A pencil.")));
    assert_eq!(state(&g, &mei, &call, id).await, SubmissionState::Submitted);
    assert_eq!(refusal(proposals::answer_info(&g.store, &mei, id, "Again").await), Refusal::SubmissionOver);
}

/// D1: a proposal belongs to its speaker, and each call has a submission of its own. A call without an event is rolling.
#[guild_test]
async fn d1_the_same_proposal_is_sent_to_a_second_call(g: Guild) {
    g.demo().await;
    let (first, event) = call_for_event(&g, call_form()).await;
    let (ada, grace, mei) = (g.actor("ada").await, g.actor("grace").await, g.actor("mei").await);
    let group = groups::create(&g.store, &ada, group_details("Night shift"), "").await.unwrap();
    let open = async |actor: &Actor| {
        let place = CallPlace::Group(group.clone());
        let form = CallForm { title: "Any time".into(), kinds: "Talk, 45".into(), ..call_form() };
        proposals::open(&g.store, actor, &place, form.check().unwrap(), "").await
    };
    assert_eq!(refusal(open(&mei).await), Refusal::NotAllowed);
    let rolling = open(&ada).await.unwrap();
    let id = write(&g, &mei, &first, "What broke", true).await;
    let second = proposals::send_to(&g.store, &mei, id, &rolling).await.unwrap();
    assert_eq!(refusal(proposals::send_to(&g.store, &mei, id, &rolling).await), Refusal::ProposalSentBefore);
    let changed = text("What broke again");
    save(&g, &mei, second, changed, true).await.unwrap();
    assert_eq!(page(&g, &grace, &first, id).await.unwrap().text.title, "What broke");
    assert_eq!(page(&g, &ada, &rolling, second).await.unwrap().text.minutes, 45);
    assert!(is_hidden(page(&g, &grace, &rolling, second).await), "Grace does not run the group");
    // Accepted and confirmed, it waits for an event.
    proposals::decide(&g.store, &ada, second, Some(Decision::Accept)).await.unwrap();
    proposals::send_decisions(&g.store, &ada, &rolling, 14).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    let add = async |actor| proposals::add_to_event(&g.store, actor, second, &event).await;
    assert_eq!(refusal(add(&ada).await), Refusal::SubmissionOver);
    proposals::change(&g.store, &mei, second, SubmissionChange::Confirm).await.unwrap();
    assert!(page(&g, &ada, &rolling, second).await.unwrap().organiser.unwrap().needs_event);
    assert!(is_hidden(add(&grace).await), "Grace runs the event but not the call");
    for _ in 0..2 {
        add(&ada).await.unwrap();
    }
    assert_eq!(proposals::pool(&g.store, &grace, &event).await.unwrap().len(), 1);
    g.take_emails().await;
}

/// D1: a call ends with its event. Nobody proposes to an event that does not take place.
#[guild_test]
async fn d1_a_call_of_a_cancelled_event_takes_no_proposals(g: Guild) {
    g.demo().await;
    let (call, event) = call_for_event(&g, call_form()).await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let listed = async || {
        let calls = proposals::open_calls(&g.store, &mei).await.unwrap();
        calls.iter().any(|card| card.slug == call)
    };
    assert!(listed().await, "control");
    write(&g, &mei, &call, "In time", false).await;
    store::events::cancel(&g.store, &grace, &event, "").await.unwrap();
    assert!(!listed().await);
    let late = proposals::write(&g.store, &mei, &call, text("Too late"), false, "").await;
    assert_eq!(refusal(late), Refusal::CallClosed);
    g.take_emails().await;
}

/// D1: co-speakers are invited, and decide themselves.
#[guild_test]
async fn d1_co_speakers_are_invited_and_decide(g: Guild) {
    g.demo().await;
    let (call, _) = call_for_event(&g, call_form()).await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let id = write(&g, &mei, &call, "Together", true).await;
    g.take_emails().await;
    let invite = async |actor, person| proposals::invite_speaker(&g.store, actor, id, person).await;
    assert!(is_hidden(invite(&kofi, "mei-tanaka").await));
    assert_eq!(refusal(invite(&mei, "mei-tanaka").await), Refusal::SpeaksAlready);
    for _ in 0..2 {
        invite(&mei, "kofi-mensah").await.unwrap();
    }
    g.expect_emails("co_speaker_invited=1").await;
    assert_eq!(proposals::to_do(&g.store, &kofi).await.unwrap().invitations.len(), 1);
    let own = page(&g, &kofi, &call, id).await.unwrap().own.unwrap();
    assert!(own.relation == SpeakerRelation::Invited && !own.can_edit);
    assert_eq!(refusal(save(&g, &kofi, id, text("Mine"), false).await), Refusal::NotAllowed);
    let speakers = async || {
        proposals::manage(&g.store, &grace, &call, None, 0).await.unwrap().submissions[0].speakers.clone()
    };
    assert_eq!(speakers().await, ["Mei Tanaka"], "nobody is named before they accept");
    for _ in 0..2 {
        proposals::answer_invitation(&g.store, &kofi, id, true).await.unwrap();
    }
    assert_eq!(speakers().await, ["Mei Tanaka", "Kofi Mensah"]);
    save(&g, &kofi, id, text("Together now"), false).await.unwrap();
    let withdraw = proposals::change(&g.store, &kofi, id, SubmissionChange::Withdraw).await;
    assert_eq!(refusal(withdraw), Refusal::NotAllowed, "only its speaker withdraws it");
    proposals::answer_invitation(&g.store, &kofi, id, false).await.unwrap();
    assert!(is_hidden(page(&g, &kofi, &call, id).await));
    assert_eq!(speakers().await, ["Mei Tanaka"]);
    assert_eq!(refusal(invite(&mei, "kofi-mensah").await), Refusal::SpokeBefore);
    proposals::change(&g.store, &mei, id, SubmissionChange::Withdraw).await.unwrap();
    assert!(is_hidden(page(&g, &grace, &call, id).await), "what was withdrawn is its speaker's own");
    assert_eq!(state(&g, &mei, &call, id).await, SubmissionState::Withdrawn);
    // Organisers don't follow what the speaker writes next.
    assert!(proposals::manage(&g.store, &grace, &call, None, 0).await.unwrap().submissions.is_empty());
    assert!(proposals::export(&g.store, &grace, &call).await.unwrap().is_empty());
    g.take_emails().await;
}

/// D1: an organiser who speaks learns the decision when everybody does, and doesn't make it.
#[guild_test]
async fn d1_organisers_do_not_decide_about_their_own_proposals(g: Guild) {
    g.demo().await;
    let (call, _) = call_for_event(&g, call_form()).await;
    let (grace, ada) = (g.actor("grace").await, g.actor("ada").await);
    let id = write(&g, &grace, &call, "By the host", true).await;
    let decide = async |actor: &Actor| proposals::decide(&g.store, actor, id, Some(Decision::Reject)).await;
    assert_eq!(refusal(decide(&grace).await), Refusal::NotAllowed);
    assert_eq!(refusal(proposals::ask_info(&g.store, &grace, id, "Why?").await), Refusal::NotAllowed);
    // Control: another organiser decides, and sees it.
    decide(&ada).await.unwrap();
    let seen = async |actor: &Actor| {
        let row = proposals::export(&g.store, actor, &call).await.unwrap()[0].decision;
        (row, page(&g, actor, &call, id).await.unwrap().organiser.unwrap().decision)
    };
    assert_eq!(seen(&ada).await, (Some(Decision::Reject), Some(Decision::Reject)));
    assert_eq!(seen(&grace).await, (None, None));
    g.take_emails().await;
}

/// D1: the speakers of a decided proposal are fixed, and one who leaves is not named in the agenda.
#[guild_test]
async fn d1_a_speaker_who_leaves_is_not_in_the_pool(g: Guild) {
    g.demo().await;
    let (call, event) = call_for_event(&g, call_form()).await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let id = write(&g, &mei, &call, "Together", true).await;
    proposals::invite_speaker(&g.store, &mei, id, "kofi-mensah").await.unwrap();
    proposals::answer_invitation(&g.store, &kofi, id, true).await.unwrap();
    proposals::decide(&g.store, &grace, id, Some(Decision::Accept)).await.unwrap();
    proposals::send_decisions(&g.store, &grace, &call, 14).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    proposals::change(&g.store, &mei, id, SubmissionChange::Confirm).await.unwrap();
    let late = proposals::invite_speaker(&g.store, &mei, id, &page_name(&g, "sofia").await).await;
    assert_eq!(refusal(late), Refusal::SubmissionOver);
    let pool = async || proposals::pool(&g.store, &grace, &event).await.unwrap();
    assert_eq!(pool().await[0].speakers, ["Mei Tanaka", "Kofi Mensah"], "control");
    proposals::answer_invitation(&g.store, &kofi, id, false).await.unwrap();
    assert_eq!(pool().await[0].speakers, ["Mei Tanaka"]);
    // The copy of the speaker's data has the text, and an erased speaker leaves none behind.
    let copy = data::copy_of(&g.store, &mei).await.unwrap();
    let sent = &copy.tables.iter().find(|table| table.name == "submissions").unwrap().rows;
    assert!(sent.iter().any(|row| row["title"] == "Together" && row.get("decision").is_none()));
    data::delete_now(&g.store, &Address::parse("mei@guild.example").unwrap()).await.unwrap();
    assert!(pool().await.is_empty());
    g.take_emails().await;
}

/// D1: somebody who left a private group can only withdraw what they sent to its call.
#[guild_test]
async fn d1_a_former_member_of_a_private_group_only_withdraws(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let form = GroupForm {
        name: "Quiet ones".into(),
        kind: "chapter".into(),
        purpose: "Talks that stay here.".into(),
        visibility: "private".into(),
        ..GroupForm::default()
    };
    let group = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    groups::add(&g.store, &Actor::Operator, &group, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    let place = CallPlace::Group(group.clone());
    let call = proposals::open(&g.store, &ada, &place, call_form().check().unwrap(), "").await.unwrap();
    let id = write(&g, &mei, &call, "For us", true).await;
    let save = async |title| save(&g, &mei, id, text(title), false).await;
    save("Control: members change it").await.unwrap();
    groups::leave(&g.store, &mei, &group).await.unwrap();
    g.take_emails().await;
    assert!(is_hidden(save("Too late").await));
    assert!(is_hidden(proposals::send_to(&g.store, &mei, id, &call).await));
    // What is decided later reaches nobody who can't see the call.
    proposals::ask_info(&g.store, &ada, id, "How long is it?").await.unwrap();
    g.expect_emails("").await;
    proposals::change(&g.store, &mei, id, SubmissionChange::Withdraw).await.unwrap();
}

/// D1: a speaker who has three days left to confirm is reminded once.
#[guild_test]
async fn d1_a_speaker_is_reminded_to_confirm_once(g: Guild) {
    g.demo().await;
    let (call, _) = call_for_event(&g, call_form()).await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let (late, done) =
        (write(&g, &mei, &call, "Late", true).await, write(&g, &kofi, &call, "Done", true).await);
    for id in [late, done] {
        proposals::decide(&g.store, &grace, id, Some(Decision::Accept)).await.unwrap();
    }
    proposals::send_decisions(&g.store, &grace, &call, 14).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    proposals::change(&g.store, &kofi, done, SubmissionChange::Confirm).await.unwrap();
    g.take_emails().await;
    g.skip_weekly_kudos().await;
    let sent = async |days| {
        g.advance(Duration::days(days));
        for _ in 0..2 {
            runner::run_due(&g.store).await.unwrap();
        }
        let count = g.emails_of("submission_news").await.len();
        g.take_emails().await;
        count
    };
    assert_eq!((sent(10).await, sent(1).await, sent(1).await), (0, 1, 0));
}

/// D2: a reviewer of an anonymous call sees no name, link or picture, on any path.
#[guild_test]
async fn d2_reviewers_of_an_anonymous_call_see_no_names(g: Guild) {
    g.demo().await;
    let (call, event) = call_for_event(&g, call_form()).await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let id = write(&g, &mei, &call, CANARY, true).await;
    let path = format!("/proposals/{call}/submissions/{id}");
    assert!(is_hidden(page(&g, &kofi, &call, id).await), "control: Kofi reviews nothing yet");
    proposals::add_reviewer(&g.store, &grace, &call, "kofi-mensah").await.unwrap();
    assert_eq!(proposals::to_do(&g.store, &kofi).await.unwrap().reviews[0].count, 1);
    let names = ["Mei", "Tanaka", "mei-tanaka"];
    for path in [
        path.clone(),
        format!("/proposals/{call}/review"),
        format!("/search?q={CANARY}"),
        "/proposals".into(),
    ] {
        let html = html(&g, "kofi", &path).await;
        let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        assert!(names.iter().all(|name| !main.contains(name)), "{path}");
    }
    assert!(html(&g, "kofi", &path).await.contains(CANARY), "control: the proposal is there");
    let found = html(&g, "kofi", "/search?q=Pelicanquartet").await;
    assert!(!found.contains("/submissions/"), "search knows no proposals");
    // The speaker was promised that. Nobody can change it now.
    let named = CallForm { title: "With names".into(), anonymous: String::new(), ..call_form() };
    let changed = proposals::edit(&g.store, &grace, &call, named.check().unwrap()).await;
    assert!(matches!(changed, Err(StoreError::Invalid(problems)) if problems[0].field == "anonymous"));
    // Control: a call changes before anything was sent to it, and in a call with names the same reviewer sees them.
    let place = CallPlace::Event(event);
    let open = proposals::open(&g.store, &grace, &place, call_form().check().unwrap(), "").await.unwrap();
    proposals::edit(&g.store, &grace, &open, named.check().unwrap()).await.unwrap();
    proposals::add_reviewer(&g.store, &grace, &open, "kofi-mensah").await.unwrap();
    let other = write(&g, &mei, &open, "With names", true).await;
    let with_names = html(&g, "kofi", &format!("/proposals/{open}/submissions/{other}")).await;
    assert!(with_names.contains("Mei Tanaka"));
    // An organiser who reviews too sees no names either.
    let shown = async || proposals::export(&g.store, &grace, &call).await.unwrap()[0].speakers.clone();
    assert_eq!(shown().await, ["Mei Tanaka"]);
    proposals::add_reviewer(&g.store, &grace, &call, &page_name(&g, "grace").await).await.unwrap();
    assert!(shown().await.is_empty());
    let seen = page(&g, &grace, &call, id).await.unwrap();
    let organiser = seen.organiser.unwrap();
    assert!(organiser.speakers.is_none() && organiser.reviews.is_none());
    assert!(organiser.conversation.history.iter().all(|(.., by)| by.is_none()));
    let main = html(&g, "grace", &format!("/proposals/{call}/manage")).await;
    assert!(!main.contains("Mei Tanaka"));
    g.take_emails().await;
}

/// D2: the scores of others are hidden until a reviewer gave their own. Abstaining is not zero and opens nothing. Speakers
/// never read reviews.
#[guild_test]
async fn d2_scores_of_others_are_hidden_until_the_own_one_is_given(g: Guild) {
    g.demo().await;
    let (call, _) = call_for_event(&g, call_form()).await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let (kofi, sofia, jonas) = (g.actor("kofi").await, g.actor("sofia").await, g.actor("jonas").await);
    let id = write(&g, &mei, &call, "Score me", true).await;
    assert!(is_hidden(score(&g, &kofi, id, "5").await), "control: only reviewers score");
    for key in ["kofi", "sofia", "jonas"] {
        proposals::add_reviewer(&g.store, &grace, &call, &page_name(&g, key).await).await.unwrap();
    }
    score(&g, &kofi, id, "5").await.unwrap();
    score(&g, &sofia, id, "abstain").await.unwrap();
    let others = async |actor| page(&g, actor, &call, id).await.unwrap().reviewer.unwrap().others;
    assert_eq!(others(&jonas).await, None);
    assert_eq!(others(&sofia).await, None, "abstaining opens nothing");
    score(&g, &jonas, id, "2").await.unwrap();
    // Control: after the own score, both are there.
    assert_eq!(others(&jonas).await.unwrap().len(), 2);
    let managed = proposals::manage(&g.store, &grace, &call, None, 0).await.unwrap();
    let row = &managed.submissions[0];
    assert_eq!((row.median, row.scores, row.abstentions), (Some(3.5), 2, 1));
    score(&g, &jonas, id, "5").await.unwrap();
    let managed = proposals::manage(&g.store, &grace, &call, None, 0).await.unwrap();
    assert_eq!(
        (managed.submissions[0].median, managed.submissions[0].scores),
        (Some(5.0), 2),
        "it replaces the first"
    );
    // The speaker reads no review, and the organiser does.
    let own = html(&g, "mei", &format!("/proposals/{call}/submissions/{id}")).await;
    assert!(!own.contains(CANARY));
    assert!(
        html(&g, "grace", &format!("/proposals/{call}/submissions/{id}")).await.contains(CANARY),
        "control"
    );
    g.take_emails().await;
}

/// D2: nobody reviews their own proposal, one of a co-speaker, or one of their mentee or mentor.
#[guild_test]
async fn d2_a_conflict_of_interest_is_out_of_the_queue(g: Guild) {
    let pair = g.pair().await;
    let (call, _) = call_for_event(&g, call_form()).await;
    let ada = g.actor("ada").await;
    let of_mentee = write(&g, &pair.mentee, &call, "By the mentee", true).await;
    let of_mentor = write(&g, &pair.mentor, &call, "By the mentor", true).await;
    let of_ada = write(&g, &ada, &call, "By somebody else", true).await;
    for key in [&pair.mentee_key, &pair.mentor_key] {
        let slug = page_name(&g, key).await;
        proposals::add_reviewer(&g.store, &g.actor("grace").await, &call, &slug).await.unwrap();
    }
    for actor in [&pair.mentee, &pair.mentor] {
        let queue = proposals::queue(&g.store, actor, &call).await.unwrap();
        let ids: Vec<_> = queue.open.iter().map(|item| item.id).collect();
        assert_eq!(ids, [of_ada], "control: the proposal of somebody else is there");
        for id in [of_mentee, of_mentor] {
            assert!(is_hidden(score(&g, actor, id, "5").await));
        }
        score(&g, actor, of_ada, "4").await.unwrap();
    }
    // Somebody who is asked to speak with a reviewer is a conflict from then on.
    let other = write(&g, &ada, &call, "Together", true).await;
    let slug = page_name(&g, &pair.mentor_key).await;
    score(&g, &pair.mentor, other, "4").await.unwrap();
    proposals::invite_speaker(&g.store, &ada, other, &slug).await.unwrap();
    assert!(is_hidden(score(&g, &pair.mentor, other, "5").await));
    assert!(is_hidden(score(&g, &pair.mentor, of_ada, "5").await), "a co-speaker's other proposal too");
    // They know who speaks, so declining opens nothing.
    proposals::answer_invitation(&g.store, &pair.mentor, other, false).await.unwrap();
    assert!(is_hidden(score(&g, &pair.mentor, other, "5").await));
    g.take_emails().await;
}

/// D2: the table for spreadsheets runs no formula, and only organisers get it.
#[guild_test]
async fn d2_the_table_is_for_organisers_and_runs_no_formula(g: Guild) {
    g.demo().await;
    let (call, _) = call_for_event(&g, call_form()).await;
    let mei = g.actor("mei").await;
    write(&g, &mei, &call, "=HYPERLINK(\"https://evil.example\")", true).await;
    g.take_emails().await;
    let portal = g.portal(&[]).await;
    let path = format!("/proposals/{call}/proposals.csv");
    let (organiser, other) = (portal.browser(), portal.browser());
    organiser.set_cookie("guildhall", &g.session_of("grace").await);
    other.set_cookie("guildhall", &g.session_of("kofi").await);
    let table = organiser.get(&path).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.body.contains("\"'=HYPERLINK(") && table.body.contains("Mei Tanaka"), "{}", table.body);
    let refused = other.get(&path).await;
    assert!(refused.status == 403 && !refused.body.contains("HYPERLINK"));
}

/// D3: nothing can be started or changed after the deadline. A draft that was started in time gets 15 minutes more, and
/// the page says so.
#[guild_test]
async fn d3_a_deadline_has_fifteen_minutes_of_grace_for_drafts(g: Guild) {
    g.demo().await;
    let (now, mei) = (g.now(), g.actor("mei").await);
    let closes = now + Duration::hours(2);
    let form =
        CallForm { closes: closes.format("%Y-%m-%dT%H:%M").to_string(), zone: "UTC".into(), ..call_form() };
    let (call, _) = call_for_event(&g, form).await;
    let draft = write(&g, &mei, &call, "In time", false).await;
    let sent = write(&g, &mei, &call, "Sent", true).await;
    let shown = html(&g, "mei", &format!("/proposals/{call}")).await;
    assert!(shown.contains("15 more minutes"), "the page states it");
    g.advance(Duration::hours(2) + Duration::minutes(5));
    let late = proposals::write(&g.store, &mei, &call, text("Too late"), false, "").await;
    assert_eq!(refusal(late), Refusal::CallClosed);
    assert_eq!(refusal(save(&g, &mei, sent, text("Changed"), false).await), Refusal::CallClosed);
    // Control: the draft that was started in time.
    save(&g, &mei, draft, text("In time, changed"), true).await.unwrap();
    assert_eq!(state(&g, &mei, &call, draft).await, SubmissionState::Submitted);
    let other = "UPDATE submissions SET state = 'draft' WHERE title = 'Sent' RETURNING id";
    g.rows(other).await;
    g.advance(Duration::minutes(11));
    let over = proposals::change(&g.store, &mei, sent, SubmissionChange::Submit).await;
    assert_eq!(refusal(over), Refusal::CallClosed, "the grace is over");
    // What was typed while the call closed is shown once more, to be copied, and to nobody else.
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    browser.set_cookie("guildhall", &g.session_of("mei").await);
    for (form, field) in [("submit".to_owned(), None), (format!("submissions/{draft}/edit"), Some(draft))] {
        let page = format!("/proposals/{call}/{form}");
        let before = browser.get(&page).await.body;
        assert!(!before.contains("This call has closed"), "nothing was typed yet");
        let typed = format!("Typed too late {}", field.is_some());
        let id = field.map(|id| id.to_string()).unwrap_or_default();
        let fields = [
            ("call", call.as_str()),
            ("id", &id),
            ("act", "submit"),
            ("title", &typed),
            ("summary", "Long."),
        ];
        let to = if field.is_some() { "/api/proposals/save" } else { "/api/proposals/write" };
        let fields = [&fields[..], &[("kind", "Talk"), ("language", "English")]].concat();
        let shown = browser.follow(browser.post(to, &fields).await, None).await;
        assert!(shown.body.contains("This call has closed") && shown.body.contains(&typed), "{}", shown.body);
        assert!(shown.body.contains("This call no longer takes proposals"));
        assert!(!html(&g, "kofi", &page).await.contains(&typed));
    }
    g.take_emails().await;
}

/// D3: "anywhere on earth" is twelve hours behind UTC, on the page too.
#[guild_test]
async fn d3_anywhere_on_earth_is_open_until_the_day_is_over_everywhere(g: Guild) {
    g.demo().await;
    let day = (g.now() + Duration::days(2)).format("%Y-%m-%dT23:59").to_string();
    let form = CallForm { closes: day, anywhere: "yes".into(), zone: "Asia/Tokyo".into(), ..call_form() };
    let expected = form.check().unwrap().closes_at.unwrap();
    let (call, _) = call_for_event(&g, form).await;
    let shown = html(&g, "mei", &format!("/proposals/{call}")).await;
    assert!(shown.contains("anywhere on earth"));
    let mei = g.actor("mei").await;
    g.advance(expected - g.now() - Duration::minutes(1));
    write(&g, &mei, &call, "Just in time", true).await;
    g.advance(Duration::minutes(1));
    let late = proposals::write(&g.store, &mei, &call, text("Too late"), true, "").await;
    assert_eq!(refusal(late), Refusal::CallClosed);
    g.take_emails().await;
}

/// D1: two speakers who edit the same text at once both see it. Nothing is overwritten unread, and nothing typed is lost.
#[guild_test]
async fn d1_two_speakers_do_not_overwrite_each_other(g: Guild) {
    g.demo().await;
    let (call, _) = call_for_event(&g, call_form()).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let id = write(&g, &mei, &call, "Falcons", false).await;
    proposals::invite_speaker(&g.store, &mei, id, "kofi-mensah").await.unwrap();
    proposals::answer_invitation(&g.store, &kofi, id, true).await.unwrap();
    let seen = proposals::version_of(&text("Falcons"));
    let edit = format!("/proposals/{call}/submissions/{id}/edit");
    let shown = async |key| g.page(&g.visit(Some(key), &edit, Locale::En).await).await.html;
    assert!(shown("kofi").await.contains(&format!("value=\"{seen}\"")), "the form carries the version");
    proposals::save(&g.store, &mei, id, text("Falcons of Mei"), false, seen).await.unwrap();
    let late = proposals::save(&g.store, &kofi, id, text("Falcons of Kofi"), false, seen).await;
    let newer = proposals::version_of(&text("Falcons of Mei"));
    assert_eq!(refusal(late), Refusal::ChangedMeanwhile { version: newer });
    // The same text as theirs is no conflict, and having seen their text, it can be replaced.
    proposals::save(&g.store, &kofi, id, text("Falcons of Mei"), false, seen).await.unwrap();
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    browser.set_cookie("guildhall", &g.session_of("kofi").await);
    let (id_text, seen_text) = (id.to_string(), seen.to_string());
    let mine = [
        ("call", call.as_str()),
        ("id", id_text.as_str()),
        ("version", seen_text.as_str()),
        ("act", "draft"),
        ("title", "Falcons of Kofi"),
        ("summary", "Kestreltypewriter"),
    ];
    browser.post("/api/proposals/save", &mine).await;
    let both = browser.get(&edit).await.body;
    assert!(both.contains("Falcons of Mei") && both.contains("Kestreltypewriter"), "{both}");
    assert!(both.contains(&format!("value=\"{newer}\"")), "the next save replaces what was shown");
    portal.stop().await;
    proposals::save(&g.store, &kofi, id, text("Falcons of Kofi"), false, newer).await.unwrap();
    g.take_emails().await;
}

/// D2: the audit log does not tell admins who wrote an anonymous proposal, and neither does its filter.
#[guild_test]
async fn d2_the_audit_log_hides_anonymous_speakers(g: Guild) {
    g.demo().await;
    let (call, _) = call_for_event(&g, call_form()).await;
    let (ada, grace, mei) = (g.actor("ada").await, g.actor("grace").await, g.actor("mei").await);
    let id = write(&g, &mei, &call, "Falcons", true).await;
    let log = async |actor: &str| {
        let filter = admin::LogFilter { actor: actor.into(), record: Some(id.0), ..Default::default() };
        let lines = admin::log(&g.store, &ada, &filter, 0).await.unwrap().0;
        lines.into_iter().map(|line| (line.action, line.actor)).collect::<Vec<_>>()
    };
    let of_mei = |lines: &[(String, admin::LogActor)]| {
        lines
            .iter()
            .filter(|(_, actor)| matches!(actor, admin::LogActor::Member(_, name) if name == "Mei Tanaka"))
            .count()
    };
    let lines = log("").await;
    assert!(
        !lines.is_empty() && lines.iter().all(|(_, actor)| *actor == admin::LogActor::Hidden),
        "{lines:?}"
    );
    assert!(log("Mei").await.is_empty());
    // After the decision, only reviewers don't read it.
    proposals::decide(&g.store, &grace, id, Some(Decision::Accept)).await.unwrap();
    proposals::send_decisions(&g.store, &grace, &call, 14).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    assert!(of_mei(&log("").await) > 0 && of_mei(&log("Mei").await) > 0, "control");
    proposals::add_reviewer(&g.store, &grace, &call, "ada-okonkwo").await.unwrap();
    assert_eq!(of_mei(&log("").await), 0);
    assert!(log("Mei").await.is_empty());
    g.take_emails().await;
}
