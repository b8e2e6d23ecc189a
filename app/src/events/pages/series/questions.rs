//! `/events/{slug}/questions/dates`: what happens when the following dates of a series ask what this one asks, before anything is
//! saved (B5, B11).

use domain::series::DateOutcome;
use leptos::prelude::*;
use store::series::{self, QuestionsDate, QuestionsPreview};

use super::dates::outcome_badge;
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::{breadcrumbs, questions::questions_path, slug_from_path},
    i18n,
    ui::{Crumbs, Shape, Title, event_time, load},
};

/// Path of the page.
#[must_use]
pub fn questions_dates_path(slug: &str) -> String {
    format!("{}/dates", questions_path(slug))
}

/// The page.
#[component]
pub fn QuestionsDatesPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let preview = series::questions_preview(&store, &visit.actor, &slug).await?;
        let mut above = breadcrumbs(&preview.event);
        above.push((questions_path(slug.as_str()), tr("event-questions-title")));
        Ok(view! {
            <Title text=tr("series-questions-title") />
            <div class="page narrow">
                <Crumbs above />
                <h1>{tr("series-questions-title")}</h1>
                {summary(&preview)}
                {list(&visit, &preview)}
                {confirm(&preview)}
            </div>
        })
    })
}

fn summary(preview: &QuestionsPreview) -> AnyView {
    let counts = [("people", i18n::number(preview.asked)), ("later", i18n::number(preview.to_create))];
    let later = (preview.to_create > 0 && preview.changes > 0)
        .then(|| view! { <p class="help">{tr_with("series-dates-later", &counts)}</p> });
    let asked = (preview.changes > 0).then(|| {
        view! {
            <div class="notice">
                <p>{tr_with("series-questions-asked", &counts)}</p>
                <p>{tr_with("series-questions-emails", &[("people", i18n::number(preview.emails))])}</p>
                <p>{tr("series-questions-kept")}</p>
            </div>
        }
    });
    view! { {asked} {later} }.into_any()
}

fn list(visit: &Visit, preview: &QuestionsPreview) -> AnyView {
    let lines = preview.dates.iter().map(|date| view! { <li>{line(visit, date)}</li> }).collect_view();
    view! {
        <section class="part" aria-labelledby="dates">
            <h2 id="dates">{tr("series-dates")}</h2>
            <ol class="series-dates">{lines}</ol>
        </section>
    }
    .into_any()
}

fn line(visit: &Visit, date: &QuestionsDate) -> AnyView {
    let people =
        (date.people > 0).then(|| tr_with("series-dates-seats", &[("people", i18n::number(date.people))]));
    let outcome = match date.outcome {
        DateOutcome::Changes => "series-questions-change".to_owned(),
        DateOutcome::Same => "series-questions-same".to_owned(),
        outcome => format!("series-outcome-{}", outcome.name().replace('_', "-")),
    };
    view! {
        {event_time(visit, date.time, Shape::DateTimeYear)}
        <p class="help">{outcome_badge(date.outcome, &outcome)} " " {people}</p>
    }
    .into_any()
}

fn confirm(preview: &QuestionsPreview) -> AnyView {
    let slug = preview.event.slug.to_string();
    let back = view! { <a class="button plain" href=questions_path(&slug)>{tr("series-questions-back")}</a> };
    if preview.changes == 0 {
        return view! { <p>{tr("series-questions-nothing")}</p> <div class="row">{back}</div> }.into_any();
    }
    let save = tr_with("series-questions-save", &[("count", i18n::number(preview.changes))]);
    view! {
        <form method="post" action="/api/series/questions">
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="dates" value=preview.changes.to_string() />
            <div class="row"><button class="button">{save}</button> {back}</div>
        </form>
    }
    .into_any()
}
