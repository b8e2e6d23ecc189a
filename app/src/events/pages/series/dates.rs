//! `/events/{slug}/dates`: what a change of several dates does, before anything is saved (B5). The form of the edit or of the
//! cancellation leads here, and what was typed is kept as its draft.

use domain::{
    Problems,
    events::EventForm,
    forms::Fields,
    series::{DateOutcome, EditScope},
    time::ClockFlag,
};
use leptos::prelude::*;
use store::series::{self, DatePreview, DatesChange, DatesPreview};

use crate::{
    call::{draft_owner, redirect},
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::{breadcrumbs, event_path, fields_of, slug_from_path},
    i18n,
    ui::{Badge, Choice, Crumbs, Shape, Sheet, Title, Tone, event_time, load},
};

/// The choice of the dates that a change applies to, for a date that has others ahead of it.
#[must_use]
pub fn scope_field(sheet: &Sheet, help: &'static str) -> AnyView {
    let choices = EditScope::ALL
        .iter()
        .map(|scope| Choice::new(scope.name(), tr(&format!("series-scope-{}", scope.name()))))
        .collect();
    sheet.field("scope", "series-scope").needed().help(help).radios(choices)
}

/// The scope in a form. An empty text means this date only.
#[must_use]
pub fn read_scope(text: &str) -> EditScope {
    text.trim().parse().unwrap_or(EditScope::One)
}

/// The path of the preview.
#[must_use]
pub fn preview_path(event: &str, change: &str, scope: EditScope) -> String {
    format!("{event}/dates?change={change}&scope={}", scope.name())
}

/// The page.
#[component]
pub fn DatesPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let cancels = visit.query("change").as_deref() == Some("cancel");
        let form_page = format!("{}/{}", event_path(&slug), if cancels { "cancel" } else { "edit" });
        let scope = read_scope(&visit.query("scope").unwrap_or_default());
        let key = if cancels { format!("events/cancel/{slug}") } else { format!("events/edit/{slug}") };
        let draft = store::drafts::find(&store, &draft_owner(&visit), &key).await?;
        let typed = draft.map(|draft| draft.fields).unwrap_or_default();
        let read = || -> Result<(DatesChange, Fields), Problems> {
            if cancels {
                let reason = typed.get("reason").cloned().unwrap_or_default();
                return Ok((DatesChange::Cancel, Fields::from([("reason".to_owned(), reason)])));
            }
            let form: EventForm =
                serde_json::to_value(&typed).and_then(serde_json::from_value).unwrap_or_default();
            let details = form.check()?;
            Ok((DatesChange::Edit(Box::new(details)), fields_of(&form)))
        };
        // Without a form there is nothing to show. Its page says what is missing, and who may use it.
        let Ok((change, fields)) = read() else {
            redirect(&form_page);
            return Err(AppError::NotFound);
        };
        if scope == EditScope::One {
            redirect(&form_page);
            return Err(AppError::NotFound);
        }
        let preview = match series::preview(&store, &visit.actor, &slug, scope, change).await {
            Ok(preview) => preview,
            Err(store::StoreError::Invalid(problems)) => return Err(AppError::Invalid(problems)),
            Err(error) => return Err(error.into()),
        };
        let title = tr(if cancels { "series-cancel-dates" } else { "series-edit-dates" });
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(&preview.event) />
                <h1>{title}</h1>
                <p class="lead">{tr(&format!("series-scope-{}", scope.name()))}</p>
                {summary(&preview, cancels)}
                {list(&visit, &preview)}
                {confirm(&preview, cancels, scope, &fields, &form_page)}
            </div>
        })
    })
}

fn summary(preview: &DatesPreview, cancels: bool) -> AnyView {
    let counts = [
        ("dates", i18n::number(preview.changes)),
        ("people", i18n::number(preview.people)),
        ("emails", i18n::number(preview.emails)),
        ("later", i18n::number(preview.to_create)),
    ];
    let later = (preview.to_create > 0).then(|| {
        let key = if cancels { "series-dates-none-later" } else { "series-dates-later" };
        view! { <p class="help">{tr_with(key, &counts)}</p> }
    });
    view! {
        <div class="notice">
            <p>{tr_with("series-dates-people", &counts)} " " {tr_with("series-dates-emails", &counts)}</p>
        </div>
        {later}
    }
    .into_any()
}

fn list(visit: &Visit, preview: &DatesPreview) -> AnyView {
    let lines = preview.dates.iter().map(|date| view! { <li>{line(visit, date)}</li> }).collect_view();
    view! {
        <section class="part" aria-labelledby="dates">
            <h2 id="dates">{tr("series-dates")}</h2>
            <ol class="series-dates">{lines}</ol>
        </section>
    }
    .into_any()
}

/// What happens to a date, in the words of this key.
pub(super) fn outcome_badge(outcome: DateOutcome, key: &str) -> AnyView {
    let tone = match outcome {
        DateOutcome::Changes => Tone::Brass,
        DateOutcome::Cancelled => Tone::Bad,
        DateOutcome::Draft => Tone::Draft,
        DateOutcome::Same | DateOutcome::ChangedOnItsOwn | DateOutcome::Begun | DateOutcome::TooLate => {
            Tone::Quiet
        }
    };
    let text = tr(key);
    view! { <Badge tone>{text}</Badge> }.into_any()
}

fn line(visit: &Visit, date: &DatePreview) -> AnyView {
    let changes = date.outcome == DateOutcome::Changes;
    let outcome = match (date.outcome, date.now.is_some()) {
        (DateOutcome::Changes, false) => "series-outcome-cancels".to_owned(),
        (outcome, _) => format!("series-outcome-{}", outcome.name().replace('_', "-")),
    };
    let moves = date.now.filter(|now| now.starts != date.was.starts || now.ends != date.was.ends);
    let was = event_time(visit, date.was, Shape::DateTimeYear);
    let times = match moves {
        Some(now) => view! {
            <del aria-label=tr("series-dates-before")>{was}</del>
            <ins aria-label=tr("series-dates-after")>{event_time(visit, now, Shape::DateTimeYear)}</ins>
        }
        .into_any(),
        None if changes && date.now.is_none() => view! { <del>{was}</del> }.into_any(),
        None => was,
    };
    let clock = match date.flag {
        ClockFlag::Exact => None,
        ClockFlag::Gap { .. } => Some(tr("series-clock-gap")),
        ClockFlag::Fold => Some(tr("series-clock-fold")),
    };
    let people =
        (date.people > 0).then(|| tr_with("series-dates-seats", &[("people", i18n::number(date.people))]));
    view! {
        {times}
        <p class="help">{outcome_badge(date.outcome, &outcome)} " " {people}</p>
        {clock.map(|text| view! { <p class="help">{text}</p> })}
    }
    .into_any()
}

fn confirm(
    preview: &DatesPreview,
    cancels: bool,
    scope: EditScope,
    fields: &Fields,
    form_page: &str,
) -> AnyView {
    let back = view! { <a class="button plain" href=form_page.to_owned()>{tr("series-dates-back")}</a> };
    if preview.changes == 0 {
        return view! { <p>{tr("series-dates-nothing")}</p> <div class="row">{back}</div> }.into_any();
    }
    let (action, key, class) = match cancels {
        true => ("/api/series/cancel", "series-dates-cancel", "button danger"),
        false => ("/api/series/edit", "series-dates-save", "button"),
    };
    let hidden = fields
        .iter()
        .map(|(name, value)| {
            view! { <input type="hidden" name=name.clone() value=value.clone() /> }
        })
        .collect_view();
    view! {
        <form method="post" action=action>
            <input type="hidden" name="slug" value=preview.event.slug.to_string() />
            <input type="hidden" name="scope" value=scope.name() />
            <input type="hidden" name="dates" value=preview.changes.to_string() />
            {hidden}
            <div class="row">
                <button class=class>{tr_with(key, &[("count", i18n::number(preview.changes))])}</button>
                {back}
            </div>
        </form>
    }
    .into_any()
}
