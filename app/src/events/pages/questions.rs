//! `/events/{slug}/questions`: what the hosts ask people who register (B11).

use domain::{
    Slug,
    events::{
        AnswerKind, Event, EventQuestion, EventQuestionChange, EventQuestionForm, MAX_EVENT_QUESTION,
        MAX_EVENT_QUESTIONS,
    },
    forms::Fields,
};
use leptos::prelude::*;
use store::{
    events::{self, Unanswered},
    series,
};
use uuid::Uuid;

use super::{breadcrumbs, path_of, series::questions::questions_dates_path, slug_from_path};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::paths::fields_of,
    refill::refilled,
    ui::{Choice, Crumbs, Empty, Reader, Shape, Sheet, Title, load},
};

/// Path of the page.
#[must_use]
pub fn questions_path(slug: &str) -> String {
    format!("{}/questions", path_of(slug))
}

/// The key of the draft of a question. A new one has no id.
#[must_use]
pub fn question_draft(slug: &str, id: &str) -> String {
    format!("events/question/{slug}/{id}")
}

/// The page.
#[component]
pub fn QuestionsPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let loaded = events::page(&store, &visit.actor, &slug).await?;
        let questions = events::questions_to_edit(&store, &visit.actor, &slug).await?;
        let unanswered = events::unanswered(&store, &visit.actor, &slug).await?;
        let edited: Option<Uuid> = visit.query("edit").and_then(|id| id.parse().ok());
        let edited = edited.and_then(|id| questions.iter().find(|(one, _)| one.id == id));
        let start = edited.map_or_else(new_fields, |(one, _)| fields(one));
        let id = edited.map_or_else(String::new, |(one, _)| one.id.to_string());
        let (sheet, _) = refilled(&visit, &question_draft(slug.as_str(), &id), start).await?;
        let sheet = sheet
            .with_label("text", "question-of-event")
            .with_label("kind", "question-kind")
            .with_label("options", "question-options");
        let is_full = questions.len() >= MAX_EVENT_QUESTIONS && edited.is_none();
        let list = match questions.is_empty() {
            true => view! { <Empty title=tr("event-questions-none") text=tr("event-questions-none-text") /> }
                .into_any(),
            false => list(&loaded.event, &questions),
        };
        let form = match is_full {
            true => view! { <p class="notice">{tr("event-questions-full")}</p> }.into_any(),
            false => question_form(&loaded.event, &id, &sheet, edited.map_or(0, |(_, answers)| *answers)),
        };
        let others = match loaded.series.is_some() && !questions.is_empty() {
            true => Some(other_dates(&visit, &slug).await?),
            false => None,
        };
        Ok(view! {
            <Title text=tr("event-questions-title") />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(&loaded.event) />
                <h1>{tr("event-questions-title")}</h1>
                <p class="lead">{tr("event-questions-lead")}</p>
                {list}
                {missing(&visit, &loaded.event, unanswered)}
                {others}
                {form}
            </div>
        })
    })
}

/// Says at how many of the following dates people are asked something else, and leads to the preview of asking the same there.
async fn other_dates(visit: &Visit, slug: &Slug) -> Result<AnyView, AppError> {
    let preview = series::questions_preview(&store(), &visit.actor, slug).await?;
    let text = tr_with("series-questions-other", &[("count", i18n::number(preview.changes))]);
    let to = questions_dates_path(slug.as_str());
    let link = (preview.changes > 0).then(|| {
        view! { <p><a class="button plain small" href=to>{tr("series-questions-check")}</a></p> }
    });
    Ok(view! {
        <section class="part" aria-labelledby="other-dates">
            <h2 id="other-dates">{tr("series-questions-dates")}</h2>
            <p>{text}</p>
            {link}
        </section>
    }
    .into_any())
}

/// How many people with a seat still have to answer, and when they are emailed about it.
fn missing(visit: &Visit, event: &Event, unanswered: Unanswered) -> Option<AnyView> {
    let Unanswered { people, emailed_at } = unanswered;
    let emailed_at = emailed_at.map(|at| {
        let time = Reader::of(visit, event.zone()).time_and_zone(at, Shape::DateTime);
        view! { " " {tr("questions-emailed-at")} " " {time} "." }
    });
    let count = i18n::number(i64::try_from(people).unwrap_or(i64::MAX));
    (people > 0).then(|| {
        view! { <p class="notice">{tr_with("questions-unanswered", &[("people", count)])} {emailed_at}</p> }
            .into_any()
    })
}

fn new_fields() -> Fields {
    fields_of(&EventQuestionForm { kind: AnswerKind::Line.name().to_owned(), ..EventQuestionForm::default() })
}

fn fields(one: &EventQuestion) -> Fields {
    let question = &one.question;
    fields_of(&EventQuestionForm {
        text: question.text.clone(),
        kind: question.kind.name().to_owned(),
        options: question.options.join("\n"),
        required: if question.required { "yes" } else { "" }.to_owned(),
    })
}

fn kind_text(kind: AnswerKind) -> String {
    tr(match kind {
        AnswerKind::Line => "question-kind-line",
        AnswerKind::Text => "question-kind-text",
        AnswerKind::One => "question-kind-one",
        AnswerKind::Several => "question-kind-several",
        AnswerKind::YesNo => "question-kind-yes-no",
    })
}

fn list(event: &Event, questions: &[(EventQuestion, u64)]) -> AnyView {
    let last = questions.len().saturating_sub(1);
    let items = questions.iter().enumerate().map(|(at, (one, answers))| {
        let question = &one.question;
        let options = (!question.options.is_empty())
            .then(|| view! { <p class="help">{question.options.join(" · ")}</p> });
        let required = tr(if question.required { "question-required" } else { "question-optional" });
        let count = i18n::number(i64::try_from(*answers).unwrap_or(i64::MAX));
        let moves = [
            (at > 0, EventQuestionChange::Up, "question-up"),
            (at < last, EventQuestionChange::Down, "question-down"),
            (true, EventQuestionChange::Remove, "question-remove"),
        ];
        let buttons = moves.into_iter().filter(|(can, ..)| *can).map(|(_, change, key)| {
            view! {
                <button class="button small plain" name="act" value=change.name()>
                    {tr(key)} <span class="sr-only">": " {question.text.clone()}</span>
                </button>
            }
        });
        let edit = format!("{}?edit={}#question", questions_path(event.slug.as_str()), one.id);
        view! {
            <li>
                <div>
                    <p><strong>{question.text.clone()}</strong></p>
                    <p class="help">{kind_text(question.kind)} " · " {required} " · " {tr_with("question-answers", &[("count", count)])}</p>
                    {options}
                </div>
                <form class="row" method="post" action="/api/events/change_question">
                    <input type="hidden" name="slug" value=event.slug.to_string() />
                    <input type="hidden" name="id" value=one.id.to_string() />
                    <a class="button small plain" href=edit>{tr("question-edit")} <span class="sr-only">": " {question.text.clone()}</span></a>
                    {buttons.collect_view()}
                </form>
            </li>
        }
    });
    view! { <ol class="rows" role="list">{items.collect_view()}</ol> }.into_any()
}

fn question_form(event: &Event, id: &str, sheet: &Sheet, answers: u64) -> AnyView {
    let (title, button) = match id.is_empty() {
        true => ("question-new", "question-add"),
        false => ("question-change", "form-save"),
    };
    let kinds = AnswerKind::ALL.iter().map(|kind| (kind.name().to_owned(), kind_text(*kind))).collect();
    let required =
        vec![Choice::new("yes", tr("question-is-required")), Choice::new("", tr("question-is-optional"))];
    let back = (!id.is_empty()).then(|| {
        view! { <a class="button plain" href=questions_path(event.slug.as_str())>{tr("form-back")}</a> }
    });
    let answered = (answers > 0).then(|| view! { <p class="notice">{tr("question-answered")}</p> });
    view! {
        <section aria-labelledby="question">
            <h2 id="question">{tr(title)}</h2>
            {answered}
            <form method="post" action="/api/events/save_question">
                <input type="hidden" name="slug" value=event.slug.to_string() />
                <input type="hidden" name="id" value=id.to_owned() />
                {sheet.summary()}
                {sheet.field("text", "question-of-event").help("help-question-of-event").needed().max(MAX_EVENT_QUESTION).input("text")}
                {sheet.field("kind", "question-kind").needed().select(kinds)}
                <div class="only-options">{sheet.field("options", "question-options").depends().help("help-question-options").max(2_400).area(4)}</div>
                {sheet.field("required", "question-needs").needed().help("help-question-needs").radios(required)}
                <div class="row"><button class="button">{tr(button)}</button> {back}</div>
            </form>
        </section>
    }
    .into_any()
}
