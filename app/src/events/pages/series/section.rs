//! What the page of an event says about its series.

use domain::Slug;
use leptos::prelude::*;
use store::{events::EventPage as Loaded, series};

use super::paths::{cadence_text, series_path};
use crate::{
    context::{Visit, store, tr, tr_with},
    error::AppError,
    events::pages::event_path,
    i18n,
    ui::{Shape, time_of},
};

/// The series of an event with the dates around it. `None` for an event that does not repeat.
///
/// # Errors
/// `Unavailable` or `Internal` when the database does not answer.
pub async fn section(visit: &Visit, loaded: &Loaded) -> Result<Option<AnyView>, AppError> {
    let Some(place) = loaded.series else { return Ok(None) };
    let place = series::place_of(&store(), &visit.actor, place).await?;
    let cadence = cadence_text(place.rule.cadence, place.rule.first);
    let line = |event: &store::events::EventCard| {
        view! { <a href=event_path(&event.slug)>{time_of(event.starts_at, event.zone, Shape::DateTimeYear)}</a> }
    };
    let next = place.next.iter().map(|event| view! { <li>{line(event)}</li> }).collect_view();
    let next = (!place.next.is_empty()).then(|| {
        view! { <p>{tr("series-next")}</p> <ul>{next}</ul> }
    });
    let previous = place.previous.as_ref().map(|event| {
        view! { <p>{tr("series-previous")} " " {line(event)}</p> }
    });
    Ok(Some(
        view! {
            <section class="part" aria-labelledby="series">
                <h2 id="series">{tr("series-title")}</h2>
                <p>
                    {tr_with("series-part", &[("cadence", i18n::quote(cadence))])} " "
                    <a href=series_path(&place.slug)>{tr("series-all")}</a>
                </p>
                {loaded.series_changed.then(|| view! { <p>{tr("series-changed-own")}</p> })}
                {previous}
                {next}
                {always_form(&place.slug, place.always.filter(|always| *always || !loaded.event.details.is_hybrid()))}
            </section>
        }
        .into_any(),
    ))
}

/// The form that always saves the reader a seat, or stops it. `None` for visitors.
#[must_use]
pub fn always_form(slug: &Slug, always: Option<bool>) -> Option<AnyView> {
    let (action, key, text, class) = match always? {
        true => ("/api/series/stop", "series-stop", "series-stop-text", "button small plain"),
        false => ("/api/series/always", "series-always", "series-always-text", "button small"),
    };
    Some(
        view! {
            <form method="post" action=action>
                <input type="hidden" name="slug" value=slug.to_string() />
                <p>{tr(text)}</p>
                <button class=class>{tr(key)}</button>
            </form>
        }
        .into_any(),
    )
}
