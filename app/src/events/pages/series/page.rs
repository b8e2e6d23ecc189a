//! `/series/{slug}`: all dates of a series that the reader may see.

use domain::{Instant, events::EventStatus};
use leptos::prelude::*;
use store::{events::EventCard, series};

use super::{
    paths::{rule_text, series_path},
    section::always_form,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::{
        card::{badges, first_zone, kind_label, place_of, seats_text},
        event_path, slug_from_path,
    },
    i18n,
    ui::{ButtonLink, Crumbs, Look, Progress, Shape, Title, event_time, load, time_of},
};

/// The page.
#[component]
pub fn SeriesPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit) = (store(), visit());
        let loaded = series::page(&store, &visit.actor, &slug?).await?;
        let now = store.now();
        let (ahead, past): (Vec<_>, Vec<_>) =
            loaded.dates.clone().into_iter().partition(|event| event.ends_at > now);
        // The next date that is like the others.
        let usual = ahead.iter().find(|date| !date.series_changed).or(ahead.first()).or(past.last());
        let usual = usual.cloned().ok_or(AppError::NotFound)?;
        // An ended series can still have dates to cancel.
        let end = (loaded.may_manage && (!loaded.is_ended || !ahead.is_empty())).then(|| {
            view! {
                <ButtonLink href=format!("{}/end", series_path(&loaded.slug)) look=Look::Plain>
                    {tr("series-end")}
                </ButtonLink>
            }
        });
        let saving = loaded.saving.map(|(done, total)| {
            let counts = [("done", i18n::number(done)), ("total", i18n::number(total))];
            let text = tr_with("series-saving", &counts);
            view! {
                <section class="notice" role="status" data-working="">
                    <p>{text.clone()}</p>
                    <Progress label=text done=Some(done) of=total />
                </section>
                <script src=format!("{}/working.js", visit.assets) async></script>
                <p><a class="button plain" href=series_path(&loaded.slug)>{tr("series-saving-refresh")}</a></p>
            }
        });
        let ended = loaded.is_ended.then(|| view! { <p class="notice">{tr("series-ended")}</p> });
        let later = u32::try_from(loaded.to_create).unwrap_or(u32::MAX);
        let later = (later > 0).then(|| {
            view! { <p class="help">{tr_with("series-later", &[("count", i18n::number(later))])}</p> }
        });
        // At a hybrid event, members choose how they come, so nobody takes the seat for them.
        let is_hybrid = ahead.first().is_some_and(|event| event.online && !event.place.is_empty());
        let has_dates = !ahead.is_empty() || loaded.to_create > 0;
        let wants = loaded.always.filter(|always| *always || (has_dates && !is_hybrid));
        let always = always_form(&loaded.slug, wants);
        let ahead = match ahead.is_empty() {
            true => view! { <p>{tr("series-none-ahead")}</p> }.into_any(),
            false => dates(&visit, &ahead, &usual, now),
        };
        let group = usual.group.as_ref().map(|group| {
            let to = format!("/groups/{}", group.slug);
            view! { " · " <a href=to><bdi>{group.name.clone()}</bdi></a> }
        });
        let summary =
            (!usual.summary.is_empty()).then(|| view! { <p class="lead">{usual.summary.clone()}</p> });
        let past = (!past.is_empty()).then(|| {
            view! {
                <section class="part" aria-labelledby="past">
                    <h2 id="past">{tr("series-past")}</h2>
                    {dates(&visit, &past, &usual, now)}
                </section>
            }
        });
        Ok(view! {
            <Title text=usual.title.clone() />
            <div class="page">
                <Crumbs above=vec![("/events".to_owned(), tr("events-title"))] />
                <div class="page-head">
                    <div>
                        <p class="eyebrow">{kind_label(usual.kind)} {group}</p>
                        <h1>{usual.title.clone()}</h1>
                    </div>
                    {end}
                </div>
                {summary}
                <p>{rule_text(&loaded.rule)}</p>
                {place_of(&usual).map(|place| view! { <p class="card-place">{place}</p> })}
                {saving}
                {ended}
                {always}
                <section class="part" aria-labelledby="ahead">
                    <h2 id="ahead">{tr("series-ahead-title")}</h2>
                    {ahead}
                    {later}
                </section>
                {past}
            </div>
        })
    })
}

/// The dates, each with what differs from the usual one.
fn dates(visit: &Visit, dates: &[EventCard], usual: &EventCard, now: Instant) -> AnyView {
    let rows = dates.iter().map(|event| view! { <li>{row(visit, event, usual, now)}</li> }).collect_view();
    view! { <ul class="rows" role="list">{rows}</ul> }.into_any()
}

fn row(visit: &Visit, event: &EventCard, usual: &EventCard, now: Instant) -> AnyView {
    let title = (event.title != usual.title).then(|| view! { <p>{event.title.clone()}</p> });
    let place = place_of(event).filter(|place| Some(place) != place_of(usual).as_ref());
    let has_seats = event.status == EventStatus::Published && (now < event.ends_at || event.going > 0);
    let waiting = (event.waiting > 0 && now < event.ends_at)
        .then(|| view! { " · " {tr_with("card-waiting", &[("waiting", i18n::number(event.waiting))])} });
    view! {
        <div>
            <p>
                <strong>
                    <a href=event_path(&event.slug)>{time_of(event.starts_at, first_zone(visit, event), Shape::FullDate)}</a>
                </strong>
                " " {badges(event, now)}
            </p>
            {title}
            {event_time(visit, event.time(), Shape::Time)}
            {place.map(|place| view! { <p class="card-place">{place}</p> })}
        </div>
        {has_seats.then(|| view! { <p class="help">{seats_text(event, now)} {waiting}</p> })}
    }
    .into_any()
}
