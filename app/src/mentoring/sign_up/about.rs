//! The first step: topics, goal or places, the programme's questions, and languages.

use domain::{
    forms::Fields,
    members::{Language, Named},
    mentoring::{
        MAX_CONFIDENCE, MAX_GOAL, MAX_HOURS_A_MONTH, MAX_PLACES, Question, SignUp, SignUpRole, SignUpStep,
        USUAL_CONFIDENCE,
    },
};
use leptos::prelude::*;
use store::{lists, mentoring::SignUpForm};

use super::{buttons, keys, refill};
use crate::{
    context::{Visit, store, tr},
    error::AppError,
    ui::{Choice, Levels, Picker, Sheet, with_retired},
};

/// The values of the form.
fn fields_of(sign_up: &SignUp) -> Fields {
    let topic =
        |at: usize| sign_up.topics.get(at).map(|chosen| chosen.topic.slug.to_string()).unwrap_or_default();
    let words = |list: Vec<String>| list.join(" ");
    let taught = sign_up.topics.iter().map(|chosen| format!("{}:{}", chosen.topic.slug, chosen.confidence));
    let answers = sign_up.answers.iter().map(|(question, option)| format!("{question}:{option}"));
    let languages = sign_up.languages.iter().map(|language| language.tag().to_owned());
    let number = |number: i32| if number == 0 { String::new() } else { number.to_string() };
    Fields::from([
        ("topic_1".to_owned(), topic(0)),
        ("topic_2".to_owned(), topic(1)),
        ("topic_3".to_owned(), topic(2)),
        ("goal".to_owned(), sign_up.goal.clone()),
        ("places".to_owned(), number(sign_up.places)),
        ("hours_a_month".to_owned(), number(sign_up.hours_a_month)),
        ("paused_until".to_owned(), sign_up.paused_until.map(|day| day.to_string()).unwrap_or_default()),
        ("topics".to_owned(), words(taught.collect())),
        ("answers".to_owned(), words(answers.collect())),
        ("languages".to_owned(), words(languages.collect())),
    ])
}

/// The step.
pub(super) async fn view(visit: &Visit, form: &SignUpForm) -> Result<AnyView, AppError> {
    let sheet = refill(visit, form, SignUpStep::About, fields_of(&form.sign_up)).await?;
    let sheet = sheet
        .with_label("topic_1", "mentoring-topic-1")
        .with_label("topic_2", "mentoring-topic-2")
        .with_label("topic_3", "mentoring-topic-3")
        .with_label("goal", "mentoring-goal")
        .with_label("places", "mentoring-places")
        .with_label("hours_a_month", "mentoring-hours-a-month")
        .with_label("paused_until", "mentoring-paused-until")
        .with_label("topics", "mentoring-topics")
        .with_label("answers", "mentoring-questions")
        .with_label("languages", "mentoring-languages");
    let own = form.sign_up.topics.iter().map(|chosen| chosen.topic.clone()).collect();
    let topics = with_retired(lists::topics(&store()).await?, own);
    let first = match form.sign_up.role {
        SignUpRole::Mentee => mentee(&sheet, topics),
        SignUpRole::Mentor => mentor(&sheet, topics),
    };
    let languages = Language::all().map(|language| Choice::new(language.tag(), language.name())).collect();
    let prefilled = (!form.is_started).then(|| view! { <p class="help">{tr("mentoring-prefilled")}</p> });
    Ok(view! {
        <form method="post" action="/api/mentoring/save_about">
            {keys(form)}
            {sheet.summary()}
            {prefilled}
            {first}
            {questions(&sheet, &form.round.questions, form.sign_up.role)}
            <Picker name="languages" label="mentoring-languages" chosen=sheet.value("languages") choices=languages />
            {buttons()}
        </form>
    }
    .into_any())
}

fn mentee(sheet: &Sheet, topics: Vec<Named>) -> AnyView {
    let choices = |empty: &str| {
        let all = topics.iter().map(|topic| (topic.slug.to_string(), topic.name.clone()));
        std::iter::once((String::new(), tr(empty))).chain(all).collect::<Vec<_>>()
    };
    view! {
        {sheet
            .field("topic_1", "mentoring-topic-1")
            .help("help-mentoring-topic")
            .needed()
            .select(choices("mentoring-choose-topic"))}
        {sheet.field("topic_2", "mentoring-topic-2").select(choices("mentoring-no-topic"))}
        {sheet.field("topic_3", "mentoring-topic-3").select(choices("mentoring-no-topic"))}
        {sheet.field("goal", "mentoring-goal").help("help-mentoring-goal").needed().max(MAX_GOAL).input("text")}
    }
    .into_any()
}

fn mentor(sheet: &Sheet, topics: Vec<Named>) -> AnyView {
    let chosen = sheet.value("topics");
    let taught = chosen.split_whitespace().filter_map(|pair| pair.split_once(':'));
    let taught: Vec<&str> =
        taught.filter(|(_, confidence)| !confidence.is_empty()).map(|(topic, _)| topic).collect();
    // What the mentor teaches already comes first, so that it is in sight.
    let (own, others): (Vec<_>, Vec<_>) =
        topics.into_iter().partition(|topic| taught.contains(&topic.slug.as_str()));
    let items = own.into_iter().chain(others);
    let items = items.map(|topic| Choice::new(topic.slug.to_string(), topic.name)).collect();
    let choices = (1..=MAX_CONFIDENCE)
        .map(|number| Choice::new(number.to_string(), tr(&format!("mentoring-confidence-{number}"))));
    let levels = Levels {
        label: "mentoring-confidence-of",
        choices: choices.collect(),
        usual: USUAL_CONFIDENCE.to_string(),
        chosen: chosen.clone(),
    };
    let taught = taught.join(" ");
    view! {
        {sheet
            .field("places", "mentoring-places")
            .help("help-mentoring-places")
            .needed()
            .range(1, MAX_PLACES)
            .input("number")}
        {sheet
            .field("hours_a_month", "mentoring-hours-a-month")
            .help("help-mentoring-hours-a-month")
            .needed()
            .range(1, MAX_HOURS_A_MONTH)
            .input("number")}
        <div class="field" class:wrong=sheet.has_problem("topics") id="f-topics" tabindex="-1">
            {sheet.field("topics", "mentoring-topics").problem_line()}
            <Picker name="topics" label="mentoring-topics" chosen=taught choices=items levels />
            <p class="help">{tr("help-mentoring-topics")}</p>
        </div>
        {sheet.field("paused_until", "mentoring-paused-until").help("help-mentoring-paused").input("date")}
    }
    .into_any()
}

/// The programme's questions. Each is a group of radio buttons.
fn questions(sheet: &Sheet, questions: &[Question], role: SignUpRole) -> AnyView {
    let chosen = sheet.value("answers");
    let chosen: Vec<&str> = chosen.split_whitespace().collect();
    let groups = questions.iter().enumerate().map(|(at, question)| {
        let name = format!("answers[{at}]");
        let boxes = question.options.iter().map(|option| {
            let id = |id: Option<uuid::Uuid>| id.unwrap_or_default();
            let value = format!("{}:{}", id(question.id), id(option.id));
            let checked = chosen.contains(&value.as_str());
            view! {
                <label>
                    <input type="radio" name=name.clone() value=value checked=checked required />
                    <span>{option.text.clone()}</span>
                </label>
            }
        });
        let boxes = boxes.collect_view();
        let text = match role {
            SignUpRole::Mentee => question.mentee_text.clone(),
            SignUpRole::Mentor => question.mentor_text.clone(),
        };
        view! {
            <fieldset class="field">
                <legend>{text}</legend>
                <div class="checks">{boxes}</div>
            </fieldset>
        }
    });
    let groups = groups.collect_view();
    view! { <div class="mentoring-answers" id="f-answers" tabindex="-1">{sheet.field("answers", "mentoring-questions").problem_line()} {groups}</div> }
        .into_any()
}
