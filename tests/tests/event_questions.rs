//! Questions to people who register, and their answers (A8, B11).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, Refusal, Slug,
    events::{AnswerForm, EventForm, EventQuestionChange, EventQuestionForm, RsvpState},
    members::Address,
    series::SeriesForm,
};
use store::{
    StoreError, data,
    events::{self, PeopleFilter},
    series,
};
use tests::{Guild, event_form, guild_test};
use uuid::Uuid;

const CANARY: &str = "Okapisarsaparilla";

async fn question(g: &Guild, slug: &Slug, text: &str, required: bool) -> Uuid {
    let form = EventQuestionForm {
        text: text.into(),
        kind: "line".into(),
        required: if required { "yes" } else { "" }.into(),
        ..Default::default()
    };
    let grace = g.actor("grace").await;
    events::save_question(&g.store, &grace, slug, None, form.check().unwrap()).await.unwrap();
    events::questions_to_edit(&g.store, &grace, slug).await.unwrap().last().unwrap().0.id
}

async fn answer(
    g: &Guild,
    actor: &Actor,
    slug: &Slug,
    id: Uuid,
    text: &str,
) -> Result<Option<RsvpState>, StoreError> {
    let form = AnswerForm { questions: format!("{id}.1"), answer_0: text.into(), ..AnswerForm::default() };
    events::answer(&g.store, actor, slug, form.read().unwrap()).await
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[guild_test]
async fn a8_a_seat_is_held_until_its_member_has_answered(g: Guild) {
    g.demo().await;
    let (mei, kofi, sofia) = (g.actor("mei").await, g.actor("kofi").await, g.actor("sofia").await);
    let slug = g.event(Some(1)).await;
    let id = question(&g, &slug, "What do you eat?", true).await;
    let held = g.rsvp(&mei, &slug, 0).await.unwrap();
    assert!(held.state == RsvpState::Offered && held.holds_until.unwrap() > g.now());
    g.expect_emails("offer").await;
    assert_eq!(g.rsvp(&kofi, &slug, 0).await.unwrap().state, RsvpState::Waiting);
    assert_eq!(g.rsvp(&sofia, &slug, 0).await.unwrap().state, RsvpState::Waiting);
    g.expect_emails("waitlisted=2").await;
    // Accepting without an answer, on the page or by the link in the email, confirms nothing.
    assert_eq!(refusal(events::claim(&g.store, &mei, &slug).await), Refusal::AnswersNeeded);
    assert_eq!(
        refusal(events::by_link(&g.store, held.id, events::ByLink::Claim).await),
        Refusal::AnswersNeeded
    );
    assert!(matches!(answer(&g, &mei, &slug, id, " ").await, Err(StoreError::Invalid(_))));
    // The hold expires, and the next person's seat is held in turn.
    g.advance(Duration::hours(13));
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("offer offer_expired").await;
    assert_eq!(answer(&g, &mei, &slug, id, "Soup").await.unwrap(), Some(RsvpState::Left));
    assert_eq!(refusal(events::claim(&g.store, &mei, &slug).await), Refusal::OfferExpired);
    assert_eq!(answer(&g, &kofi, &slug, id, "Soup").await.unwrap(), Some(RsvpState::Going));
    g.expect_emails("confirmed").await;
    // Whoever answered while waiting is promoted at once.
    answer(&g, &sofia, &slug, id, "Bread").await.unwrap();
    events::leave(&g.store, &kofi, &slug).await.unwrap();
    g.expect_emails("left promoted").await;
    // Control: without a required question a seat is confirmed at once.
    let open = g.event(Some(1)).await;
    question(&g, &open, "Anything else?", false).await;
    assert_eq!(g.rsvp(&mei, &open, 0).await.unwrap().state, RsvpState::Going);
    g.expect_emails("confirmed").await;
}

#[guild_test]
async fn a8_an_approved_request_is_held_until_it_is_answered(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let form = EventForm { approval: "on".into(), ..event_form(None) };
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "k").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    let id = question(&g, &slug, "What do you eat?", true).await;
    let request = g.rsvp(&mei, &slug, 0).await.unwrap();
    assert_eq!(request.state, RsvpState::Pending);
    let state =
        events::approve(&g.store, &grace, &slug, request.id, domain::events::WhenFull::Ask).await.unwrap();
    assert_eq!(state, RsvpState::Offered);
    assert_eq!(answer(&g, &mei, &slug, id, "Soup").await.unwrap(), Some(RsvpState::Going));
    g.take_emails().await;
}

/// B11: nobody but the hosts and the author reads an answer.
#[guild_test]
async fn b11_answers_are_read_by_hosts_and_their_author(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let slug = g.event(None).await;
    let id = question(&g, &slug, "What do you eat?", true).await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    answer(&g, &mei, &slug, id, &format!("={CANARY}")).await.unwrap();
    let event = format!("/events/{slug}");
    let paths = [
        event.clone(),
        format!("{event}/attendees"),
        format!("{event}/answers"),
        format!("{event}/people"),
        format!("{event}/questions"),
        format!("/search?q={}", &CANARY[..12]),
        "/".to_owned(),
    ];
    for key in [None, Some("kofi"), Some("ravi")] {
        for path in &paths {
            let html = g.page(&g.visit(key, path, Locale::En).await).await.html;
            assert!(!html.contains(CANARY), "{key:?} {path}");
        }
    }
    let kofi = g.actor("kofi").await;
    let filter = PeopleFilter { states: vec![RsvpState::Going], words: String::new() };
    assert!(events::people(&g.store, &kofi, &slug, &filter, 0).await.is_err());
    assert!(events::own_answers(&g.store, &kofi, &slug).await.unwrap().answers.is_empty());
    let leaks = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%{CANARY}%'");
    assert_eq!(g.number(&leaks).await, 0);
    // Control: the host and the author read it, and it is in the author's copy.
    let people = events::people(&g.store, &grace, &slug, &filter, 0).await.unwrap();
    assert!(people.people[0].answers[0].text.contains(CANARY));
    let html = g.page(&g.visit(Some("grace"), &format!("{event}/people"), Locale::En).await).await.html;
    assert!(html.contains(CANARY));
    let html = g.page(&g.visit(Some("mei"), &format!("{event}/answers"), Locale::En).await).await.html;
    assert!(html.contains(CANARY));
    let copy = data::copy_of(&g.store, &mei).await.unwrap();
    let table = copy.tables.iter().find(|table| table.name == "event_answers").unwrap();
    assert!(table.rows[0].to_string().contains(CANARY));
    g.take_emails().await;
}

#[guild_test]
async fn b11_answers_keep_the_wording_and_copies_have_the_questions(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let slug = g.event(None).await;
    let id = question(&g, &slug, "What do you eat?", false).await;
    let other = question(&g, &slug, "What do you hope to learn?", false).await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    answer(&g, &mei, &slug, id, "Soup").await.unwrap();
    let form =
        EventQuestionForm { text: "Where do you live?".into(), kind: "line".into(), ..Default::default() };
    let changed = form.check().unwrap();
    assert_eq!(
        refusal(events::save_question(&g.store, &kofi, &slug, None, changed.clone()).await),
        Refusal::NotAllowed
    );
    events::save_question(&g.store, &grace, &slug, Some(id), changed).await.unwrap();
    events::change_question(&g.store, &grace, &slug, other, EventQuestionChange::Up).await.unwrap();
    let filter = PeopleFilter { states: vec![RsvpState::Going], words: String::new() };
    let people = events::people(&g.store, &grace, &slug, &filter, 0).await.unwrap();
    assert_eq!(people.people[0].answers[0].question, "What do you eat?");
    events::change_question(&g.store, &grace, &slug, id, EventQuestionChange::Remove).await.unwrap();
    let own = events::own_answers(&g.store, &mei, &slug).await.unwrap();
    assert_eq!((own.questions.len(), own.earlier[0].text.as_str()), (1, "Soup"));
    // A copy of the event asks the same, and has no answers.
    let copy = g.event(None).await;
    events::copy_questions_from(&g.store, &grace, &slug, &copy).await.unwrap();
    let copied = events::questions_to_edit(&g.store, &grace, &copy).await.unwrap();
    assert_eq!((copied.len(), copied[0].1), (1, 0));
    assert_eq!(copied[0].0.question.text, "What do you hope to learn?");
    // Ten are the most.
    for number in 1..10 {
        question(&g, &copy, &format!("Question {number}?"), false).await;
    }
    let form = EventQuestionForm { text: "One more?".into(), kind: "yes_no".into(), ..Default::default() };
    let more = events::save_question(&g.store, &grace, &copy, None, form.check().unwrap()).await;
    assert_eq!(refusal(more), Refusal::TooManyEventQuestions { max: 10 });
    g.take_emails().await;
}

/// B11: a form without a required answer keeps what was typed, without JavaScript.
#[guild_test]
async fn b11_a_form_without_a_required_answer_keeps_what_was_typed(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let slug = g.event(None).await;
    let first = question(&g, &slug, "What do you eat?", true).await;
    let second = question(&g, &slug, "What do you hope to learn?", false).await;
    let visit = g.visit(Some("mei"), &format!("/events/{slug}/answers"), Locale::En).await;
    let taken =
        g.post(&visit, "/api/events/rsvp", &[("slug", slug.as_str()), ("guests", "0")], "text/html").await;
    assert_eq!(taken.location, format!("/events/{slug}/answers"));
    let ids = format!("{first}.1 {second}.1");
    let fields =
        [("slug", slug.as_str()), ("questions", &ids), ("answer_0", ""), ("answer_1", "How to rest")];
    g.post(&visit, "/api/events/answer", &fields, "text/html").await;
    let html = g.page(&visit).await.html;
    assert!(
        html.contains("How to rest") && html.contains("aria-invalid") && html.contains("What do you eat?")
    );
    let fields =
        [("slug", slug.as_str()), ("questions", &ids), ("answer_0", "Soup"), ("answer_1", "How to rest")];
    let answer = g.post(&visit, "/api/events/answer", &fields, "text/html").await;
    assert_eq!(answer.location, format!("/events/{slug}"));
    let own = events::own_answers(&g.store, &mei, &slug).await.unwrap();
    assert_eq!(own.answers.len(), 2);
    g.take_emails().await;
}

/// B11: the form that takes a seat asks the questions. Without a required answer nothing is saved, and nothing typed is lost.
#[guild_test]
async fn b11_the_seat_form_asks_the_questions(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let slug = g.event(Some(3)).await;
    let first = question(&g, &slug, "What do you eat?", true).await;
    let second = question(&g, &slug, "What do you hope to learn?", false).await;
    let page = format!("/events/{slug}");
    let visit = g.visit(Some("mei"), &page, Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("What do you eat?") && html.contains("name=\"answer_1\""));
    let ids = format!("{first}.1 {second}.1");
    let fields = |answer: &'static str| {
        let fields = [("guests", "2"), ("answer_0", answer), ("answer_1", "How to rest")];
        fields.map(|(name, value)| (name, value.to_owned()))
    };
    let post = async |answer| {
        let mut all = vec![("slug", slug.to_string()), ("questions", ids.clone())];
        all.extend(fields(answer));
        let all: Vec<_> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        g.post(&visit, "/api/events/rsvp", &all, "text/html").await.location
    };
    assert_eq!(post("").await, format!("{page}#seat"));
    let loaded = events::page(&g.store, &mei, &slug).await.unwrap();
    assert!(loaded.rsvp.is_none() && loaded.questions.answers.is_empty());
    let html = g.page(&visit).await.html;
    assert!(html.contains("How to rest") && html.contains("aria-invalid"));
    assert!(html.contains("<option value=\"2\" selected"), "the number of guests stays, too");
    assert_eq!(post("Soup").await, page);
    let loaded = events::page(&g.store, &mei, &slug).await.unwrap();
    assert_eq!(loaded.rsvp.unwrap().state, RsvpState::Going);
    assert_eq!(loaded.questions.answers.len(), 2);
    g.expect_emails("confirmed").await;
    // Whoever joins the waitlist answers at once, too, and gets the seat without another step.
    let kofi = g.actor("kofi").await;
    let form = AnswerForm { questions: ids.clone(), answer_0: "Bread".into(), ..AnswerForm::default() };
    let waits = events::rsvp_with_answers(&g.store, &kofi, &slug, 0.into(), form.read()).await.unwrap();
    assert_eq!(waits.state, RsvpState::Waiting);
    events::leave(&g.store, &mei, &slug).await.unwrap();
    g.expect_emails("left promoted waitlisted").await;
}

/// B6, A8: a standing RSVP asks for the answers once. They are copied to each date with the same question.
#[guild_test]
async fn b6_answers_count_for_all_dates_of_a_series(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let slug = g.event(Some(9)).await;
    let id = question(&g, &slug, "What do you eat?", true).await;
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { cadence: "weekly".into(), count: "3".into(), ..SeriesForm::start(first) };
    let series =
        series::repeat(&g.store, &grace, &slug, form.check(first.and_time(Default::default())).unwrap())
            .await
            .unwrap();
    let refused = series::always(&g.store, &mei, &series).await;
    assert_eq!(refusal(refused), Refusal::SeriesAnswersNeeded);
    answer(&g, &mei, &slug, id, "Soup").await.unwrap();
    assert_eq!(series::always(&g.store, &mei, &series).await.unwrap(), 3);
    g.expect_emails("series_seats").await;
    let dates = series::page(&g.store, &mei, &series).await.unwrap().dates;
    for date in &dates {
        let page = events::page(&g.store, &mei, &date.slug).await.unwrap();
        assert_eq!(page.rsvp.unwrap().state, RsvpState::Going);
        assert_eq!(page.questions.answers.values().collect::<Vec<_>>(), ["Soup"]);
    }
    // Control: another question at one date holds the seat there.
    question(&g, &dates[1].slug, "How do you get there?", true).await;
    assert_eq!(g.rsvp(&kofi, &dates[1].slug, 0).await.unwrap().state, RsvpState::Offered);
    g.expect_emails("offer").await;
}

/// B11: the file for hosts has a column for each question, without formulas. Erasing the author erases the answers.
#[guild_test]
async fn b11_the_file_has_the_answers_without_formulas(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let slug = g.event(None).await;
    let id = question(&g, &slug, "What do you eat?", true).await;
    answer(&g, &mei, &slug, id, "=HYPERLINK(1)").await.unwrap();
    g.rsvp(&mei, &slug, 0).await.unwrap();
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    browser.set_cookie("guildhall", &g.session_of("grace").await);
    let table = browser.post(&format!("/events/{slug}/export"), &[]).await;
    assert!(
        table.body.contains(",What do you eat?") && table.body.contains(",'=HYPERLINK(1)"),
        "{}",
        table.body
    );
    portal.stop().await;
    let answers =
        async || g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM event_answers WHERE answer LIKE '=H%'").await;
    assert_eq!(answers().await, 1, "control");
    data::delete_now(&g.store, &Address::parse("mei@guild.example").unwrap()).await.unwrap();
    assert_eq!(answers().await, 0);
    g.take_emails().await;
}

/// The texts of the questions at each date of a series.
async fn dates_asked(g: &Guild, dates: &[Slug]) -> Vec<String> {
    let mut all = Vec::new();
    for date in dates {
        let questions = events::questions_to_edit(&g.store, &g.actor("grace").await, date).await.unwrap();
        let texts: Vec<String> = questions.into_iter().map(|(one, _)| one.question.text).collect();
        all.push(texts.join(" "));
    }
    all
}

/// B5, B11: the following dates ask what one date asks. A preview says how many people are asked, answers to a question stay
/// whatever its wording, and dates before and dates that have begun stay as they are.
#[guild_test]
async fn b11_the_following_dates_ask_the_same(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let event = g.event(Some(9)).await;
    let food = question(&g, &event, "Food?", true).await;
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { cadence: "weekly".into(), count: "5".into(), ..SeriesForm::start(first) };
    let rule = form.check(first.and_time(Default::default())).unwrap();
    let series = series::repeat(&g.store, &grace, &event, rule).await.unwrap();
    let dates = series::page(&g.store, &grace, &series).await.unwrap().dates;
    let dates: Vec<Slug> = dates.into_iter().map(|date| date.slug).collect();
    answer(&g, &mei, &event, food, "Soup").await.unwrap();
    series::always(&g.store, &mei, &series).await.unwrap();
    // Kofi comes to the third and the fourth date.
    for date in &dates[2..4] {
        let id = events::questions_to_edit(&g.store, &grace, date).await.unwrap()[0].0.id;
        answer(&g, &kofi, date, id, "Bread").await.unwrap();
        g.rsvp(&kofi, date, 0).await.unwrap();
    }
    g.take_emails().await;
    let preview = async |date: &Slug| series::questions_preview(&g.store, &grace, date).await.unwrap();
    let nothing = preview(&dates[1]).await;
    assert_eq!((nothing.changes, nothing.asked, nothing.dates.len()), (0, 0, 3), "control: all ask the same");
    // Another wording of the same question asks nobody, because it was answered.
    let second = events::questions_to_edit(&g.store, &grace, &dates[1]).await.unwrap()[0].0.id;
    let form = EventQuestionForm {
        text: "Which food?".into(),
        kind: "line".into(),
        required: "yes".into(),
        ..Default::default()
    };
    events::save_question(&g.store, &grace, &dates[1], Some(second), form.check().unwrap()).await.unwrap();
    let reworded = preview(&dates[1]).await;
    assert_eq!((reworded.changes, reworded.asked), (3, 0));
    // A new question asks Mei and Kofi, each once, and the earlier date not at all.
    let way = question(&g, &dates[1], "Which way?", true).await;
    let both = preview(&dates[1]).await;
    assert_eq!((both.changes, both.asked), (3, 2));
    assert!(matches!(
        series::questions_preview(&g.store, &kofi, &dates[1]).await,
        Err(StoreError::Refused(_))
    ));
    assert_eq!(refusal(series::apply_questions(&g.store, &kofi, &dates[1]).await), Refusal::NotAllowed);
    series::apply_questions(&g.store, &grace, &dates[1]).await.unwrap();
    assert_eq!(refusal(series::apply_questions(&g.store, &grace, &dates[1]).await), Refusal::SeriesBusy);
    store::runner::run_due(&g.store).await.unwrap();
    let same = "Which food? Which way?";
    assert_eq!(dates_asked(&g, &dates).await, ["Food?", same, same, same, same]);
    assert_eq!(preview(&dates[1]).await.changes, 0);
    // Everybody keeps their seat, and the answer to the reworded question.
    let own = events::page(&g.store, &kofi, &dates[3]).await.unwrap();
    assert_eq!(own.rsvp.unwrap().state, RsvpState::Going);
    assert_eq!((own.questions.answers.len(), own.questions.is_missing()), (1, true));
    g.expect_emails("").await;
    // One answer counts for all dates at which the member takes part.
    let form = AnswerForm {
        questions: format!("{second}.2 {way}.1"),
        answer_0: "Soup".into(),
        answer_1: "By train".into(),
        ..AnswerForm::default()
    };
    events::answer(&g.store, &mei, &dates[1], form.read().unwrap()).await.unwrap();
    for date in &dates[1..] {
        assert!(!events::page(&g.store, &mei, date).await.unwrap().questions.is_missing(), "{date}");
    }
    assert!(events::page(&g.store, &kofi, &dates[2]).await.unwrap().questions.is_missing(), "control");
    // A question that is removed goes at the following dates too, and one there alone.
    let third = events::questions_to_edit(&g.store, &grace, &dates[2]).await.unwrap()[1].0.id;
    events::change_question(&g.store, &grace, &dates[2], third, EventQuestionChange::Remove).await.unwrap();
    question(&g, &dates[4], "Anything else?", false).await;
    series::apply_questions(&g.store, &grace, &dates[2]).await.unwrap();
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(dates_asked(&g, &dates).await, ["Food?", same, "Which food?", "Which food?", "Which food?"]);
    // The past never changes.
    g.advance(Duration::days(22));
    question(&g, &dates[0], "Too late?", false).await;
    series::apply_questions(&g.store, &grace, &dates[0]).await.unwrap();
    store::runner::run_due(&g.store).await.unwrap();
    let late = "Food? Too late?";
    assert_eq!(dates_asked(&g, &dates).await, [late, same, "Which food?", late, late]);
    g.take_emails().await;
}

/// B11: without JavaScript, the page of questions leads to the preview, and the preview to the change.
#[guild_test]
async fn b11_the_page_of_questions_leads_to_the_following_dates(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let event = g.event(Some(9)).await;
    question(&g, &event, "Food?", true).await;
    let alone = format!("/events/{event}/questions");
    let html = g.page(&g.visit(Some("grace"), &alone, Locale::En).await).await.html;
    assert!(!html.contains("Other dates of the series"), "control: an event without a series");
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { cadence: "weekly".into(), count: "4".into(), ..SeriesForm::start(first) };
    let rule = form.check(first.and_time(Default::default())).unwrap();
    let series = series::repeat(&g.store, &grace, &event, rule).await.unwrap();
    let visit = g.visit(Some("grace"), &alone, Locale::En).await;
    assert!(g.page(&visit).await.html.contains("The following dates ask the same questions."));
    question(&g, &event, "Which way?", false).await;
    let html = g.page(&visit).await.html;
    let preview = format!("{alone}/dates");
    assert!(html.contains("3 of the following dates ask something else.") && html.contains(&preview));
    let html = g.page(&g.visit(Some("grace"), &preview, Locale::En).await).await.html;
    assert!(html.contains("Change the questions of 3 dates"));
    let fields = [("slug", event.as_str()), ("dates", "2")];
    let other = g.post(&visit, "/api/series/questions", &fields, "text/html").await;
    assert_eq!(other.location, preview, "the preview showed other dates");
    let fields = [("slug", event.as_str()), ("dates", "3")];
    let saved = g.post(&visit, "/api/series/questions", &fields, "text/html").await;
    assert_eq!(saved.location, format!("/series/{series}"));
    store::runner::run_due(&g.store).await.unwrap();
    assert!(g.page(&visit).await.html.contains("The following dates ask the same questions."));
    g.take_emails().await;
}

/// A8, B6: a standing RSVP is one email, also where seats are held until other questions are answered. Each has its deadline.
#[guild_test]
async fn b6_held_seats_of_a_standing_rsvp_are_in_the_same_email(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let event = g.event(Some(9)).await;
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { cadence: "weekly".into(), count: "4".into(), ..SeriesForm::start(first) };
    let rule = form.check(first.and_time(Default::default())).unwrap();
    let series = series::repeat(&g.store, &grace, &event, rule).await.unwrap();
    let dates = series::page(&g.store, &grace, &series).await.unwrap().dates;
    for date in &dates[2..] {
        question(&g, &date.slug, "How do you get there?", true).await;
    }
    g.take_emails().await;
    series::always(&g.store, &mei, &series).await.unwrap();
    let email = g.emails_of("series_seats").await.remove(0);
    let offers = email["offers"].as_array().unwrap();
    assert_eq!((email["seats"].as_array().unwrap().len(), offers.len()), (2, 2));
    g.expect_emails("series_seats=1").await;
    for (offer, date) in offers.iter().zip(&dates[2..]) {
        let rsvp = events::page(&g.store, &mei, &date.slug).await.unwrap().rsvp.unwrap();
        let until: domain::Instant = serde_json::from_value(offer["until"].clone()).unwrap();
        assert_eq!((rsvp.state, rsvp.holds_until), (RsvpState::Offered, Some(until)));
        assert_eq!(offer["questions"].as_bool(), Some(true));
    }
    // Control: answered at one of them, both are hers.
    let id = events::questions_to_edit(&g.store, &grace, &dates[2].slug).await.unwrap()[0].0.id;
    assert_eq!(answer(&g, &mei, &dates[2].slug, id, "By train").await.unwrap(), Some(RsvpState::Going));
    events::claim(&g.store, &mei, &dates[3].slug).await.unwrap();
    g.expect_emails("confirmed=2").await;
}

/// Lets everything happen that is due after some minutes.
async fn wait(g: &Guild, minutes: i64) {
    g.advance(Duration::minutes(minutes));
    store::runner::run_due(&g.store).await.unwrap();
}

/// B11: people who have a seat already are asked once by email, however many questions are new.
#[guild_test]
async fn b11_people_with_a_seat_are_emailed_about_new_questions_once(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let (sofia, ravi, grace) = (g.actor("sofia").await, g.actor("ravi").await, g.actor("grace").await);
    let slug = g.event(Some(3)).await;
    for member in [&mei, &kofi, &sofia, &ravi] {
        g.rsvp(member, &slug, 0).await.unwrap();
    }
    g.expect_emails("confirmed=3 waitlisted").await;
    let optional = question(&g, &slug, "Anything else?", false).await;
    wait(&g, 31).await;
    g.expect_emails("").await;
    // Two questions within some minutes. Kofi answers before the email is due.
    let food = question(&g, &slug, "Food?", true).await;
    let unanswered = async |host| events::unanswered(&g.store, host, &slug).await;
    let first = unanswered(&grace).await.unwrap();
    assert_eq!(
        (first.people, first.emailed_at),
        (3, Some(g.now() + Duration::minutes(10))),
        "not who waits for a seat"
    );
    assert_eq!(refusal(unanswered(&mei).await), Refusal::NotAllowed);
    wait(&g, 6).await;
    let way = question(&g, &slug, "Which way?", true).await;
    let form = AnswerForm {
        questions: format!("{optional}.1 {food}.1 {way}.1"),
        answer_0: "No".into(),
        answer_1: "Soup".into(),
        answer_2: "By train".into(),
        ..AnswerForm::default()
    };
    events::answer(&g.store, &kofi, &slug, form.read().unwrap()).await.unwrap();
    wait(&g, 6).await;
    g.expect_emails("").await;
    wait(&g, 5).await;
    for email in g.emails_of("questions_added").await {
        assert_eq!(email["dates"][0]["slug"].as_str(), Some(slug.as_str()));
    }
    g.expect_emails("questions_added=2").await;
    assert_eq!(unanswered(&grace).await.unwrap(), events::Unanswered { people: 2, emailed_at: None });
    let own = events::page(&g.store, &mei, &slug).await.unwrap();
    assert_eq!(own.rsvp.unwrap().state, RsvpState::Going, "nobody loses the seat");
    wait(&g, 31).await;
    g.expect_emails("").await;
    // Another wording asks nobody, and a question that everybody has to answer from now on asks those without an answer.
    let change = async |id, text: &str| {
        let form = EventQuestionForm {
            text: text.into(),
            kind: "line".into(),
            required: "yes".into(),
            ..Default::default()
        };
        events::save_question(&g.store, &grace, &slug, Some(id), form.check().unwrap()).await.unwrap();
    };
    change(food, "Which food?").await;
    wait(&g, 31).await;
    g.expect_emails("").await;
    change(optional, "Anything else?").await;
    wait(&g, 31).await;
    g.expect_emails("questions_added=2").await;
    // A new place is told first. Nobody is asked about an event that is cancelled.
    question(&g, &slug, "Shoe size?", true).await;
    let page = events::page(&g.store, &grace, &slug).await.unwrap().event;
    let form = EventForm { place: "Room 9".into(), ..page.details.to_form(page.version) };
    events::edit(&g.store, &grace, &slug, form.check().unwrap(), page.version).await.unwrap();
    wait(&g, 11).await;
    wait(&g, 2).await;
    let kinds = g.rows("SELECT kind FROM emails ORDER BY id").await;
    let kinds: Vec<String> = kinds.iter().map(|row| row.try_get("", "kind").unwrap()).collect();
    let (told, asked) = kinds.split_at(4);
    assert!(told.iter().all(|kind| kind == "rescheduled") && asked.len() == 3, "{kinds:?}");
    g.expect_emails("questions_added=3 rescheduled=4").await;
    question(&g, &slug, "Hat size?", true).await;
    events::cancel(&g.store, &grace, &slug, "").await.unwrap();
    wait(&g, 31).await;
    g.expect_emails("cancelled=4").await;
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM event_notices").await, 0);
}

/// B5, B11: new questions at many dates are one email for each person, in batches. An answer at one date counts for all.
#[guild_test]
async fn b11_new_questions_at_many_dates_are_one_email(g: Guild) {
    g.demo().await;
    let (grace, mei, sofia) = (g.actor("grace").await, g.actor("mei").await, g.actor("sofia").await);
    let event = g.event(None).await;
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { cadence: "weekly".into(), count: "4".into(), ..SeriesForm::start(first) };
    let rule = form.check(first.and_time(Default::default())).unwrap();
    let series = series::repeat(&g.store, &grace, &event, rule).await.unwrap();
    let dates = series::page(&g.store, &grace, &series).await.unwrap().dates;
    let dates: Vec<Slug> = dates.into_iter().map(|date| date.slug).collect();
    series::always(&g.store, &mei, &series).await.unwrap();
    let crowd = g.crowd(45).await;
    for member in &crowd {
        g.rsvp(member, &dates[1], 0).await.unwrap();
    }
    for date in &dates[..2] {
        g.rsvp(&sofia, date, 0).await.unwrap();
    }
    g.take_emails().await;
    let food = question(&g, &dates[0], "Food?", true).await;
    answer(&g, &sofia, &dates[0], food, "Soup").await.unwrap();
    let preview = series::questions_preview(&g.store, &grace, &dates[0]).await.unwrap();
    assert_eq!((preview.changes, preview.emails), (3, 46), "Sofia has answered");
    series::apply_questions(&g.store, &grace, &dates[0]).await.unwrap();
    wait(&g, 0).await;
    g.expect_emails("").await;
    wait(&g, 11).await;
    let dates_in: Vec<usize> = g
        .emails_of("questions_added")
        .await
        .iter()
        .map(|email| email["dates"].as_array().unwrap().len())
        .collect();
    assert_eq!(dates_in.iter().filter(|dates| **dates == 1).count(), 45);
    assert_eq!(dates_in.iter().filter(|dates| **dates == 4).count(), 1, "Mei has a seat at each");
    g.expect_emails("questions_added=46").await;
    assert!(!events::page(&g.store, &sofia, &dates[1]).await.unwrap().questions.is_missing());
    wait(&g, 31).await;
    g.expect_emails("").await;
    // Control: another question asks Sofia, too.
    question(&g, &dates[1], "Which way?", true).await;
    wait(&g, 11).await;
    g.expect_emails("questions_added=47").await;
}
