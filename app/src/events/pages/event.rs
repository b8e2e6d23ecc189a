//! `/events/{slug}`: when, where, my seat; then what it is about, and its agenda.

use domain::{
    Instant,
    events::{Event, EventStatus},
    reports::ReportKind,
};
use leptos::prelude::*;
use store::events::{self, EventPage as Loaded};

use super::{
    agenda::agenda, attendees::who_comes, card::kind_words, event_path, my_seat::seat_panel, people_path,
    slug_here, subjects::about as about_section,
};
use crate::{
    context::{locale, store, tr, tr_with, visit},
    i18n::{self, clocks},
    reports::pages::Report,
    ui::{Avatar, Crumbs, Paragraphs, Shape, Title, event_time_large, load, web_link},
};

/// One event.
#[component]
pub fn EventPage() -> impl IntoView {
    let slug = slug_here();
    load(async move {
        let (store, visit) = (store(), visit());
        let loaded = events::page(&store, &visit.actor, &slug?).await?;
        let attendees = events::attendees(&store, &visit.actor, &loaded.event.slug, 0).await?;
        let day = visit.query("day").and_then(|day| day.parse().ok());
        let details = &loaded.event.details;
        // On a phone the seat comes before it, so it stands twice, and a width shows one of them.
        let lead = |class: &'static str| {
            (!details.summary.is_empty()).then(|| view! { <p class=class>{details.summary.clone()}</p> })
        };
        Ok(view! {
            <Title text=details.title.clone() about=about(&loaded.event) />
            <article class="page event">
                <Crumbs above=vec![("/events".to_owned(), tr("events-title"))] />
                <header class="event-head">
                    <p class="eyebrow">{kind_words(details.kind)} {of_group(&loaded)}</p>
                    <h1>{details.title.clone()}</h1>
                    {lead("lead")}
                </header>
                {standing(&loaded.event)}
                <div class="event-facts">
                    <section class="fact" aria-labelledby="when">
                        <h2 id="when">{tr("event-when")}</h2>
                        {event_time_large(&visit, loaded.event.time())}
                    </section>
                    <section class="fact" aria-labelledby="where">
                        <h2 id="where">{tr("event-where")}</h2>
                        {place(&loaded, store.now())}
                    </section>
                    {seat_panel(&visit, &loaded, store.now())}
                </div>
                {host_tools(&loaded, store.now())}
                {lead("lead lead-again")}
                <Paragraphs text=details.description.clone() />
                {about_section(&loaded.about)}
                {hosted_by(&loaded)}
                {(loaded.event.status != EventStatus::Cancelled).then(|| who_comes(&loaded.event.slug, &attendees))}
                {agenda(&visit, &loaded, day)}
                {(!loaded.may_edit).then(|| view! { <p><Report kind=ReportKind::Event id=loaded.event.slug.to_string() /></p> })}
            </article>
        })
    })
}

/// Whose event it is; leads to their others.
fn of_group(loaded: &Loaded) -> Option<AnyView> {
    loaded.group.as_ref().map(|group| {
        let others = loaded.with.iter().map(|group| {
            view! { " · " <a href=format!("/groups/{}", group.slug)><bdi>{group.name.clone()}</bdi></a> }
        });
        let to = format!("/groups/{}", group.slug);
        view! { " · " <a href=to><bdi>{group.name.clone()}</bdi></a> {others.collect_view()} }.into_any()
    })
}

/// For search engines and previews.
fn about(event: &Event) -> String {
    let details = &event.details;
    let when = clocks::lines(locale(), &event.time(), None, Shape::DateTimeYear).0;
    [details.summary.clone(), when, details.place.clone()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What stands above everything else: a draft, a cancellation.
fn standing(event: &Event) -> AnyView {
    match event.status {
        EventStatus::Published => ().into_any(),
        EventStatus::Draft => view! {
            <div class="notice"><p>{tr("event-draft")}</p></div>
        }
        .into_any(),
        EventStatus::Cancelled => view! {
            <div class="notice bad">
                <p><strong>{tr("event-cancelled")}</strong></p>
                {(!event.cancel_reason.is_empty()).then(|| view! { <p class="written">{event.cancel_reason.clone()}</p> })}
            </div>
        }
        .into_any(),
    }
}

fn place(loaded: &Loaded, now: Instant) -> AnyView {
    let details = &loaded.event.details;
    if details.place.is_empty() && !loaded.agenda.is_empty() {
        return view! { <p class="where-place"><a href="#agenda">{tr("event-rooms")}</a></p> }.into_any();
    }
    let online = details.place.is_empty();
    let place = if online { tr("event-online") } else { details.place.clone() };
    // There is nothing to join once it is over or cancelled, for its hosts neither.
    let on = loaded.event.status != EventStatus::Cancelled && now < loaded.event.ends_at;
    let join = details.join_link().filter(|_| on).and_then(web_link).map(|url| {
        view! { <p><a href=url rel="noreferrer">{tr("event-join")}</a></p> }
    });
    let may_join = on && (online || loaded.event.hybrid());
    let later = (may_join && join.is_none()).then(|| view! { <p class="help">{tr("event-join-later")}</p> });
    view! { <p class="where-place">{place}</p> {join} {later} }.into_any()
}

fn hosted_by(loaded: &Loaded) -> Option<AnyView> {
    let host = loaded.host.clone().filter(|host| !host.is_empty())?;
    let text = tr_with("event-host", &[("name", i18n::quote(host.clone()))]);
    Some(view! { <p class="row"><Avatar name=host />{text}</p> }.into_any())
}

/// What its hosts may do with it.
fn host_tools(loaded: &Loaded, now: Instant) -> Option<AnyView> {
    if !loaded.may_edit {
        return None;
    }
    let slug = loaded.event.slug.clone();
    let button = |action: &'static str, key: &'static str| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="slug" value=slug.to_string() />
                <button class="button small">{tr(key)}</button>
            </form>
        }
    };
    let over = now >= loaded.event.ends_at;
    let next = match loaded.event.status {
        _ if over => None,
        EventStatus::Draft => Some(button("/api/events/publish", "event-publish")),
        EventStatus::Cancelled => Some(button("/api/events/reinstate", "event-reinstate")),
        EventStatus::Published => None,
    };
    let cancel = loaded.event.open(now).is_ok().then(|| {
        view! { <a class="button small plain" href=format!("{}/cancel", event_path(&slug))>{tr("event-cancel")}</a> }
    });
    let published = loaded.event.status == EventStatus::Published;
    let stands = loaded.event.status != EventStatus::Cancelled && !over;
    let too_many = loaded.event.pools().iter().map(|mode| loaded.event.over_by(*mode)).sum::<u32>();
    let too_many = (published && !over && too_many > 0)
        .then(|| view! { <p>{tr_with("event-over-capacity", &[("over", i18n::number(too_many))])}</p> });
    let asking = (published && !over && loaded.asking > 0).then(|| {
        let text = tr_with("event-requests", &[("n", i18n::number(loaded.asking))]);
        view! { <p><a href=people_path(slug.as_str(), "pending")>{text}</a></p> }
    });
    Some(
        view! {
            <section class="tools" aria-label=tr("event-tools")>
                <p class="eyebrow">{tr("event-tools")}</p>
                {too_many}
                {asking}
                <div class="row">
                    {next}
                    <a class="button small plain" href=format!("{}/edit", event_path(&slug))>{tr("event-edit")}</a>
                    {published.then(|| view! { <a class="button small plain" href=format!("{}/emails", event_path(&slug))>{tr("announce-link")}</a> })}
                    {stands.then(|| view! { <a class="button small plain" href=format!("{}/cohosts", event_path(&slug))>{tr("cohost-title")}</a> })}
                    <a class="button small plain" href=format!("{}/people", event_path(&slug))>{tr("event-people")}</a>
                    {cancel}
                </div>
            </section>
        }
        .into_any(),
    )
}
