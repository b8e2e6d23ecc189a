//! `/events/{slug}/answers`: the reader's answers to the questions of an event (B11). A seat that is held for them is
//! theirs when they have answered (A8).

use domain::{
    Slug,
    events::{
        self as rules, ANSWER_FIELDS, AnswerKind, Event, EventQuestion, MAX_LINE, MAX_LONG, Rsvp, RsvpState,
    },
};
use leptos::prelude::*;
use store::events::{self, OwnAnswers};

use super::{breadcrumbs, event_path, path_of, slug_from_path};
use crate::{
    context::{Visit, store, tr, visit},
    error::AppError,
    refill::refilled,
    ui::{Choice, Crumbs, Empty, Reader, Shape, Sheet, Title, load},
};

/// Path of the page.
#[must_use]
pub fn answers_path(slug: &str) -> String {
    format!("{}/answers", path_of(slug))
}

/// The key of the draft of the answers.
#[must_use]
pub fn answers_draft(slug: &str) -> String {
    format!("events/answers/{slug}")
}

/// The page.
#[component]
pub fn AnswersPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let loaded = events::page(&store, &visit.actor, &slug).await?;
        let own = events::own_answers(&store, &visit.actor, &slug).await?;
        let sheet = answer_sheet(&visit, &slug, &own).await?;
        let has_begun = store.now() >= loaded.event.starts_at;
        let body = match own.questions.is_empty() {
            true => view! { <Empty title=tr("answers-none") text=tr("answers-none-text") /> }.into_any(),
            false if has_begun => view! { <p class="notice">{tr("answers-over")}</p> }.into_any(),
            false => form(&loaded.event, &own, loaded.rsvp.as_ref(), &sheet),
        };
        Ok(view! {
            <Title text=tr("answers-title") />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(&loaded.event) />
                <h1>{tr("answers-title")}</h1>
                <p class="lead">{tr("answers-lead")}</p>
                {held(&visit, &loaded.event, loaded.rsvp.as_ref())}
                {body}
                {earlier(&own)}
            </div>
        })
    })
}

/// What the reader typed, or what they answered before.
///
/// # Errors
/// `Unavailable` or `Internal` when the draft can't be read.
pub async fn answer_sheet(visit: &Visit, slug: &Slug, own: &OwnAnswers) -> Result<Sheet, AppError> {
    let start = rules::answer_fields(&own.questions, &own.answers).into_iter().collect();
    let (mut sheet, _) = refilled(visit, &answers_draft(slug.as_str()), start).await?;
    for (question, (answer, picked)) in own.questions.iter().zip(ANSWER_FIELDS) {
        let text = &question.question.text;
        sheet = sheet.asking(answer, text.clone()).asking(picked, text.clone());
    }
    Ok(sheet)
}

/// The fields of all questions, for a form that posts an `AnswerForm`.
#[must_use]
pub fn answer_fields(sheet: &Sheet, own: &OwnAnswers) -> AnyView {
    let fields =
        own.questions.iter().zip(ANSWER_FIELDS).map(|(question, names)| field(sheet, question, names));
    view! {
        <input type="hidden" name="questions" value=rules::shown_questions(&own.questions) />
        {sheet.summary()}
        {fields.collect_view()}
    }
    .into_any()
}

/// Until when the seat is held.
fn held(visit: &Visit, event: &Event, rsvp: Option<&Rsvp>) -> Option<AnyView> {
    let until = rsvp.filter(|rsvp| rsvp.state == RsvpState::Offered)?.holds_until?;
    let time = Reader::of(visit, event.zone()).time_and_zone(until, Shape::DateTime);
    Some(view! { <p class="notice">{tr("answers-held-until")} " " {time}</p> }.into_any())
}

fn form(event: &Event, own: &OwnAnswers, rsvp: Option<&Rsvp>, sheet: &Sheet) -> AnyView {
    let is_held = rsvp.is_some_and(|rsvp| rsvp.state == RsvpState::Offered);
    let key = if is_held { "answers-confirm" } else { "answers-save" };
    view! {
        <form method="post" action="/api/events/answer">
            <input type="hidden" name="slug" value=event.slug.to_string() />
            {answer_fields(sheet, own)}
            <div class="row">
                <button class="button">{tr(key)}</button>
                <a class="button plain" href=event_path(&event.slug)>{tr("form-back")}</a>
            </div>
        </form>
    }
    .into_any()
}

/// The field of one question.
fn field(sheet: &Sheet, question: &EventQuestion, (answer, picked): (&'static str, &'static str)) -> AnyView {
    let question = &question.question;
    let name = if question.kind == AnswerKind::Several { picked } else { answer };
    let field = sheet.field(name, "answers-title").asking(question.text.clone());
    let field = if question.required { field.needed() } else { field };
    let options = || {
        let options = question.options.iter().enumerate();
        options.map(|(number, option)| Choice::new(number.to_string(), option.clone())).collect::<Vec<_>>()
    };
    match question.kind {
        AnswerKind::Line => field.max(MAX_LINE).input("text"),
        AnswerKind::Text => field.max(MAX_LONG).area(4),
        AnswerKind::One => field.radios(options()),
        AnswerKind::Several => field.checks(options()),
        AnswerKind::YesNo => {
            field.radios(vec![Choice::new("yes", tr("answers-yes")), Choice::new("no", tr("answers-no"))])
        }
    }
}

/// Answers to questions that have another wording now, or were removed.
fn earlier(own: &OwnAnswers) -> Option<AnyView> {
    (!own.earlier.is_empty()).then(|| {
        let items = own.earlier.iter().map(|answer| {
            view! { <dt>{answer.question.clone()}</dt><dd class="plain-text">{answer.text.clone()}</dd> }
        });
        view! {
            <section aria-labelledby="earlier">
                <h2 id="earlier">{tr("answers-earlier")}</h2>
                <p class="help">{tr("answers-earlier-text")}</p>
                <dl class="facts">{items.collect_view()}</dl>
            </section>
        }
        .into_any()
    })
}
