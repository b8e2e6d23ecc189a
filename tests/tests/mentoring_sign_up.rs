//! Mentoring until sign-up closes: programmes, rounds and sign-ups (M1 to M6, M24).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Refusal, Slug,
    mentoring::{MissingPart, PreferenceKind, RoundChange, SignUpRole, SignUpState},
};
use store::{
    StoreError,
    mentoring::{self, Filter, PreferenceChange},
};
use tests::{
    Guild, guild_test,
    portal::{Browser, Portal},
};

use SignUpRole::{Mentee, Mentor};

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

async fn signed_in(g: &Guild, portal: &Portal, key: &str) -> Browser {
    let browser = portal.browser();
    browser.set_cookie("guildhall", &g.session_of(key).await);
    browser
}

/// The values of the radio buttons, boxes and hidden fields with this name.
fn values_of(html: &str, name: &str) -> Vec<String> {
    let tag = format!("name=\"{name}\"");
    let value =
        |part: &str| Some(part.split('>').next()?.split("value=\"").nth(1)?.split('"').next()?.to_owned());
    html.split(&tag).skip(1).filter_map(value).collect()
}

/// M2, M3: an organiser creates a programme and a round, and a mentee and a mentor sign up, all with plain forms.
#[guild_test]
async fn m2_a_round_is_created_and_signed_up_for_without_javascript(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let grace = signed_in(&g, &portal, "grace").await;
    let page = grace.get("/mentoring/programmes/new").await;
    let key = values_of(&page.body, "key").remove(0);
    let (form, _) = tests::mentoring::programme_form();
    let fields = serde_json::to_value(&form).unwrap();
    let fields: Vec<(String, String)> = fields
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("key", key.as_str()), ("question_id[]", ""), ("question_mentee[]", "How do you learn?")]);
    let options = [("question_mentor[]", ""), ("question_options[]", "Only one <b>")];
    let refused = grace.post("/api/mentoring/create_programme", &[&fields[..], &options].concat()).await;
    let refused = grace.follow(refused, None).await;
    assert!(refused.body.contains("Only one &lt;b&gt;"), "what was typed is kept");
    let options = [("question_mentor[]", ""), ("question_options[]", "By doing; By talking")];
    let created = grace.post("/api/mentoring/create_programme", &[&fields[..], &options].concat()).await;
    let created = grace.follow(created, None).await;
    assert!(created.body.contains("Programme created") && created.body.contains("Craft mentoring"));

    let page = grace.get("/mentoring/programmes/craft-mentoring/rounds/new").await;
    let key = values_of(&page.body, "key").remove(0);
    let form = g.round_form();
    let fields = [
        ("programme", "craft-mentoring"),
        ("name", &form.name),
        ("closes", &form.closes),
        ("zone", &form.zone),
        ("starts_on", &form.starts_on),
        ("ends_on", &form.ends_on),
        ("key", &key),
    ];
    let created = grace.follow(grace.post("/api/mentoring/create_round", &fields).await, None).await;
    assert!(created.body.contains("Round created"), "{}", created.body);
    let round = "craft-mentoring-spring";
    let open = [("slug", round), ("change", "open")];
    let opened = grace.follow(grace.post("/api/mentoring/change_round", &open).await, None).await;
    assert!(opened.body.contains("Sign-up is open"));

    // A mentor.
    let kofi = signed_in(&g, &portal, "kofi").await;
    assert!(kofi.get("/mentoring").await.body.contains("Become a mentor"));
    let path = format!("/mentoring/rounds/{round}/sign-up/mentor");
    let about = kofi.get(&format!("{path}/about")).await;
    let answers = values_of(&about.body, "answers[0]");
    assert_eq!(answers.len(), 2);
    let fields = [
        ("slug", round),
        ("role", "mentor"),
        ("places", "2"),
        ("hours_a_month", "4"),
        ("topics[]", "rust"),
        ("topics[]", "rust=3"),
        ("topics[]", "databases=1"),
        ("answers[0]", &answers[0]),
        ("languages[]", "en"),
    ];
    let saved = kofi.follow(kofi.post("/api/mentoring/save_about", &fields).await, None).await;
    assert!(saved.body.contains("name=\"hours[]\""), "the next step is the hours: {}", saved.body);
    let hours = [("slug", round), ("role", "mentor"), ("zone", "Europe/London")];
    let evenings = ["18", "19", "42", "43"].map(|hour| ("hours[]", hour));
    let saved = kofi.post("/api/mentoring/save_hours", &[&hours[..], &evenings].concat()).await;
    kofi.follow(saved, None).await;
    let unsent = kofi.get(&path).await;
    assert!(unsent.body.contains("Mentor: not sent yet") && unsent.body.contains("Send sign-up"));
    let send = [("slug", round), ("role", "mentor"), ("consent", "yes")];
    let sent = kofi.follow(kofi.post("/api/mentoring/submit", &send).await, None).await;
    assert!(sent.body.contains("You’re signed up"), "{}", sent.body);

    // A mentee, who forgets something first and comes back.
    let mei = signed_in(&g, &portal, "mei").await;
    let path = format!("/mentoring/rounds/{round}/sign-up/mentee");
    let long = "x".repeat(400);
    let wrong = [("slug", round), ("role", "mentee"), ("topic_1", "rust"), ("goal", long.as_str())];
    let refused = mei.follow(mei.post("/api/mentoring/save_about", &wrong).await, None).await;
    assert!(refused.body.contains("id=\"p-goal\"") && refused.body.contains(&long), "what was typed is kept");
    let later = [("slug", round), ("role", "mentee"), ("topic_1", "rust"), ("goal", ""), ("later", "yes")];
    let saved = mei.follow(mei.post("/api/mentoring/save_about", &later).await, None).await;
    assert!(saved.body.contains("Write your goal") && saved.body.contains("Answer every question"));
    assert!(!saved.body.contains("Send sign-up"), "it is not complete");
    assert!(mei.get("/mentoring").await.body.contains("Finish signing up as a mentee"), "it can be resumed");
    let page = mei.get(&format!("{path}/about")).await;
    let answers = values_of(&page.body, "answers[0]");
    let fields = [
        ("slug", round),
        ("role", "mentee"),
        ("topic_1", "rust"),
        ("topic_2", "databases"),
        ("goal", "I want to ship my first service by June."),
        ("answers[0]", &answers[0]),
        ("languages[]", "en"),
    ];
    mei.post("/api/mentoring/save_about", &fields).await;
    let hours = [("slug", round), ("role", "mentee"), ("zone", "UTC")];
    let saved = mei.post("/api/mentoring/save_hours", &[&hours[..], &evenings].concat()).await;
    let people = mei.follow(saved, None).await;
    assert!(people.body.contains("Teaches 1 of your 2 topics"), "{}", people.body);
    assert!(people.body.contains("4 shared hours a week"), "{}", people.body);
    let back = format!("{path}/people");
    let wish =
        [("slug", round), ("role", "mentee"), ("person", "kofi-mensah"), ("change", "wish"), ("back", &back)];
    let wished = mei.follow(mei.post("/api/mentoring/prefer", &wish).await, None).await;
    assert!(wished.body.contains("Your wish"));
    let whole = mei.get(&path).await;
    assert!(whole.body.contains("18:00–20:00") && whole.body.contains("I want to ship"));
    let send = [("slug", round), ("role", "mentee"), ("consent", "yes")];
    let sent = mei.follow(mei.post("/api/mentoring/submit", &send).await, None).await;
    assert!(sent.body.contains("You’re signed up"));
    let gone = [("slug", round), ("role", "mentee")];
    let withdrawn = mei.follow(mei.post("/api/mentoring/withdraw", &gone).await, None).await;
    assert!(withdrawn.body.contains("Mentee: withdrawn") && withdrawn.body.contains("Undo"));
    let undo = [("slug", round), ("role", "mentee")];
    let again = mei.follow(mei.post("/api/mentoring/submit", &undo).await, None).await;
    assert!(again.body.contains("You’re signed up"), "undoing needs no second consent");
    portal.stop().await;
}

/// M1: one person is both, and is not offered to themselves.
#[guild_test]
async fn m1_one_person_can_be_mentor_and_mentee(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let round = g.round(&grace).await;
    g.sign_up(&mei, &round, Mentee, &["rust"], "Learn").await;
    g.sign_up(&mei, &round, Mentor, &["databases"], "").await;
    let form = mentoring::form(&g.store, &mei, &round, Mentee).await.unwrap();
    assert_eq!(form.round.card.mine.len(), 2);
    let people = mentoring::people(&g.store, &mei, &form, &Filter::default(), 0).await.unwrap();
    assert!(people.people.is_empty());
    let kofi = g.actor("kofi").await;
    g.sign_up(&kofi, &round, Mentor, &["rust", "databases"], "").await;
    let people = mentoring::people(&g.store, &mei, &form, &Filter::default(), 0).await.unwrap();
    let [only] = &people.people[..] else { panic!("{people:?}") };
    assert_eq!((only.shared_topics, only.shared_half_hours), (1, 10));
    let wish = PreferenceChange::Set(PreferenceKind::Wish);
    let own = mentoring::set_preference(&g.store, &mei, &round, Mentee, &slug("mei-tanaka"), wish).await;
    assert!(matches!(own, Err(StoreError::Refused(Refusal::Oneself))));
}

/// M4: wishes have ranks without gaps, at most five, and a person is in one list only.
#[guild_test]
async fn m4_wishes_are_ranked_and_others_are_blocked_in_private(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let round = g.round(&grace).await;
    let say = async |person: &str, change| {
        mentoring::set_preference(&g.store, &mei, &round, Mentee, &slug(person), change).await
    };
    let names = async || {
        let form = mentoring::form(&g.store, &mei, &round, Mentee).await.unwrap();
        let name =
            |named: &mentoring::StatedPreference| format!("{} {}", named.kind.name(), named.person.slug);
        form.people.iter().map(name).collect::<Vec<_>>()
    };
    let wish = PreferenceChange::Set(PreferenceKind::Wish);
    for person in ["kofi-mensah", "grace-lindqvist", "sofia-petrova"] {
        say(person, wish).await.unwrap();
    }
    say("sofia-petrova", PreferenceChange::Up).await.unwrap();
    say("kofi-mensah", PreferenceChange::Set(PreferenceKind::Never)).await.unwrap();
    assert_eq!(names().await, ["never kofi-mensah", "wish sofia-petrova", "wish grace-lindqvist"]);
    let like = PreferenceChange::Set(PreferenceKind::WouldLike);
    assert!(matches!(say("kofi-mensah", like).await, Err(StoreError::Invalid(_))), "that is for mentors");
    assert!(matches!(say("nobody-at-all", wish).await, Err(StoreError::Invalid(_))));
    say("kofi-mensah", PreferenceChange::Clear).await.unwrap();
    assert_eq!(names().await.len(), 2);
}

/// M5, M6: a sign-up can be edited until sign-up closes, then it is fixed, and late ones are still accepted.
#[guild_test]
async fn m6_late_sign_ups_are_accepted_and_early_ones_are_fixed(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let round = g.round(&grace).await;
    g.sign_up(&mei, &round, Mentee, &["rust"], "Learn").await;
    g.sign_up(&mei, &round, Mentee, &["databases"], "Learn more").await;
    g.advance(Duration::days(11));
    let form = mentoring::form(&g.store, &mei, &round, Mentee).await.unwrap();
    assert_eq!(form.fixed, Some(Refusal::SignUpIsFixed));
    assert_eq!(form.sign_up.goal, "Learn more");
    let wish = PreferenceChange::Set(PreferenceKind::Wish);
    let late = mentoring::set_preference(&g.store, &mei, &round, Mentee, &slug("kofi-mensah"), wish).await;
    assert!(matches!(late, Err(StoreError::Refused(Refusal::SignUpIsFixed))));
    g.sign_up(&kofi, &round, Mentee, &["rust"], "Late").await;
    let form = mentoring::form(&g.store, &kofi, &round, Mentee).await.unwrap();
    assert_eq!(form.sign_up.state, SignUpState::Submitted);
    assert!(form.sign_up.submitted_at.unwrap() > form.round.card.details.closes_at);
    mentoring::withdraw(&g.store, &mei, &round, Mentee).await.unwrap();
}

/// M24: a sign-up that lacks something is not sent, and a draft of a round takes none.
#[guild_test]
async fn m24_only_complete_sign_ups_are_sent_and_only_to_open_rounds(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let round = g.round(&grace).await;
    let send = async || mentoring::submit(&g.store, &mei, &round, Mentee, true).await;
    assert!(matches!(send().await, Err(StoreError::Refused(Refusal::SignUpIncomplete { .. }))));
    g.sign_up(&mei, &round, Mentee, &["rust"], "Learn").await;
    send().await.unwrap();
    let form = mentoring::form(&g.store, &mei, &round, Mentee).await.unwrap();
    assert_eq!(form.sign_up.missing(&form.round.questions), Vec::<MissingPart>::new());
    let draft = {
        let details = g.round_form().check().unwrap();
        mentoring::create_round(&g.store, &grace, &form.round.programme.slug, details, "").await.unwrap()
    };
    let hidden = mentoring::round(&g.store, &mei, &draft).await;
    assert!(matches!(hidden, Err(StoreError::NotFound)), "drafts are for coordinators");
    let own = mentoring::submit(&g.store, &grace, &draft, Mentor, true).await;
    assert!(matches!(own, Err(StoreError::Refused(Refusal::MentoringNotOpen))));
    let publish = mentoring::change_round(&g.store, &grace, &round, RoundChange::Publish).await;
    assert!(matches!(publish, Err(StoreError::Refused(Refusal::RoundStateChanged))));
    let other = mentoring::change_round(&g.store, &g.actor("ada").await, &round, RoundChange::Close).await;
    assert!(matches!(other, Err(StoreError::Refused(Refusal::NotAllowed))), "an admin is no coordinator");
}

/// A programme for a group is hidden from people who don't see the group, and only its members sign up.
#[guild_test]
async fn a_programme_of_a_private_group_stays_in_it(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    let group = g.night_owls(&[&mei]).await;
    g.rows(&format!("UPDATE groups SET visibility = 'private' WHERE slug = '{group}' RETURNING id")).await;
    let (form, questions) = tests::mentoring::programme_form();
    let form = domain::mentoring::ProgrammeForm { group: group.to_string(), ..form };
    let programme =
        mentoring::create_programme(&g.store, &ada, form.check(&questions).unwrap(), "").await.unwrap();
    assert_ne!(programme.as_str(), "craft-mentoring", "a taken slug reveals nothing");
    let details = g.round_form().check().unwrap();
    let round = mentoring::create_round(&g.store, &ada, &programme, details, "").await.unwrap();
    mentoring::change_round(&g.store, &ada, &round, RoundChange::Open).await.unwrap();
    g.sign_up(&mei, &round, Mentee, &["rust"], "Learn").await;
    assert!(matches!(mentoring::programme(&g.store, &kofi, &programme).await, Err(StoreError::NotFound)));
    assert!(matches!(mentoring::form(&g.store, &kofi, &round, Mentee).await, Err(StoreError::NotFound)));
    let lists = async |actor| {
        let rounds = mentoring::overview(&g.store, actor).await.unwrap().rounds;
        rounds.iter().any(|card| card.slug == round)
    };
    assert!(!lists(&kofi).await && lists(&mei).await);
}

/// Questions keep their answers when a programme is edited, and a removed option takes its answers with it.
#[guild_test]
async fn an_edited_question_keeps_its_answers(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let round = g.round(&grace).await;
    g.sign_up(&mei, &round, Mentee, &["rust"], "Learn").await;
    let form = mentoring::form(&g.store, &mei, &round, Mentee).await.unwrap();
    let programme = form.round.programme.slug.clone();
    let page = mentoring::programme(&g.store, &grace, &programme).await.unwrap();
    let edit = async |options: &str, version: i32| {
        let mut question = page.details.questions[0].to_form();
        question.options = options.to_owned();
        let details = page.details.to_form(None).check(&[question]).unwrap();
        mentoring::edit_programme(&g.store, &grace, &programme, details, version).await
    };
    let answers =
        async || mentoring::form(&g.store, &mei, &round, Mentee).await.unwrap().sign_up.answers.len();
    edit("By reading; By doing", 1).await.unwrap();
    assert_eq!(answers().await, 1);
    let stale = edit("By doing; By talking", 1).await;
    assert!(matches!(stale, Err(StoreError::Refused(Refusal::ChangedMeanwhile { version: 2 }))));
    edit("By reading; By talking", 2).await.unwrap();
    assert_eq!(answers().await, 0);
}

/// A programme keeps at least one coordinator, and the choice is in the audit log.
#[guild_test]
async fn a_programme_keeps_a_coordinator(g: Guild) {
    g.demo().await;
    let (grace, ada, mei) = (g.actor("grace").await, g.actor("ada").await, g.actor("mei").await);
    let programme = g.programme(&grace).await;
    let alone = mentoring::remove_coordinator(&g.store, &grace, &programme, &slug("grace-lindqvist")).await;
    assert!(matches!(alone, Err(StoreError::Refused(Refusal::LastCoordinator))));
    let stranger = mentoring::add_coordinator(&g.store, &mei, &programme, "mei-tanaka").await;
    assert!(matches!(stranger, Err(StoreError::Refused(Refusal::NotAllowed))));
    mentoring::add_coordinator(&g.store, &ada, &programme, "Mei Tanaka").await.unwrap();
    let entries = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'mentoring.add_coordinator'";
    assert_eq!(g.number(entries).await, 1);
    mentoring::remove_coordinator(&g.store, &mei, &programme, &slug("grace-lindqvist")).await.unwrap();
    assert!(!mentoring::programme(&g.store, &grace, &programme).await.unwrap().may_coordinate);
}
