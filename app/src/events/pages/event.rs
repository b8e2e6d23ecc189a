//! `/events/{slug}`: time, venue and the reader's seat, then the description and the agenda.

use domain::{
    Instant,
    events::{Event, EventStatus},
    reports::ReportKind,
};
use leptos::prelude::*;
use store::{
    StoreError,
    events::{self, CohostPeople, EventPage as Loaded},
};

use super::{
    agenda::agenda,
    attendees::attendees_section,
    card::kind_label,
    cohost_people::{cohost_names, cohost_question},
    conversation::conversation,
    cover::CoverPicture,
    event_path, keep,
    my_seat::{seat_panel, seat_sheet},
    now::now_section,
    people_path,
    proposals::proposals,
    questions::questions_path,
    register::register_sheet,
    series::section,
    session_path, slug_from_path,
    subjects::about as about_section,
};
use crate::{
    call::redirect,
    context::{locale, store, tr, tr_with, visit},
    flash,
    i18n::{self, clocks},
    kudos::wall,
    members::card::{member_path, picture_path_of},
    reports::pages::Report,
    ui::{Avatar, Crumbs, Markdown, Shape, Title, address_with, event_time_large, load, web_link},
};

/// The page of one event.
#[component]
pub fn EventPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit) = (store(), visit());
        let slug = slug?;
        let loaded = match events::page(&store, &visit.actor, &slug).await {
            Err(StoreError::NotFound) => {
                // Emails about a workshop lead to it, and it is on the page of its session (D7).
                let (event, session) = events::workshop_session(&store, &visit.actor, &slug).await?;
                flash::keep();
                redirect(
                    &session.map_or_else(|| event_path(&event), |session| session_path(&event, session)),
                );
                return Ok(().into_any());
            }
            loaded => loaded?,
        };
        let attendees = events::attendees(&store, &visit.actor, &loaded.event.slug, 0).await?;
        let cohosts = events::cohost_people(&store, &visit.actor, &loaded.event.slug).await?;
        let day = visit.query("day").and_then(|day| day.parse().ok());
        // People thank each other for events that have begun.
        let has_begun = loaded.event.status == EventStatus::Published && loaded.event.starts_at < store.now();
        let may_give = has_begun && visit.member.is_some();
        let kudos = wall::section(&visit, "event", &loaded.event.slug, may_give).await?;
        let proposals = proposals(&visit, &loaded, store.now()).await?;
        let conversation = conversation(&visit, &loaded.event).await?;
        let series = section::section(&visit, &loaded).await?;
        let answers = seat_sheet(&visit, &loaded).await?;
        let register = register_sheet(&visit, &loaded.event.slug).await?;
        let details = &loaded.event.details;
        let cover = CoverPicture::of(details.kind, &loaded.event.slug, loaded.event.cover.as_ref());
        let shown = if cover.alternative.is_empty() { &details.title } else { &cover.alternative };
        let preview = (cover.preview.clone(), shown.clone());
        // The summary is in the page twice, because on a phone it follows the seat. CSS shows one of them.
        let summary = |class: &'static str| {
            (!details.summary.is_empty()).then(|| view! { <p class=class>{details.summary.clone()}</p> })
        };
        Ok(view! {
            <Title text=details.title.clone() about=description(&loaded.event) picture=preview />
            <article class="page event">
                <Crumbs above=vec![("/events".to_owned(), tr("events-title"))] />
                {status_notice(&loaded.event)}
                {now_section(&visit, &loaded.event, &loaded.agenda, &loaded.saved, store.now())}
                <div class="event-grid">
                    {cover.large()}
                    <div class="event-head">
                        <header>
                            <p class="eyebrow">{kind_label(details.kind)} {group_links(&loaded)}</p>
                            <h1>{details.title.clone()}</h1>
                            {summary("lead")}
                        </header>
                        <div class="event-facts">
                            <section class="fact" aria-labelledby="when">
                                <h2 id="when">{tr("event-when")}</h2>
                                {event_time_large(&visit, loaded.event.time())}
                            </section>
                            <section class="fact" aria-labelledby="where">
                                <h2 id="where">{tr("event-where")}</h2>
                                {place(&loaded, store.now())}
                            </section>
                        </div>
                    </div>
                    <div class="event-seat">
                        {seat_panel(&visit, &loaded, answers.as_ref(), register.as_ref(), store.now())}
                        {keep::links(&visit, &loaded, store.now())}
                    </div>
                    <div class="event-body">
                        {cohost_question(&loaded.event.slug, &cohosts)}
                        {host_tools(&loaded, store.now())}
                        {proposals}
                        {summary("lead lead-on-phones")}
                        {hosted_by(&loaded, &cohosts)}
                        <Markdown text=details.description.clone() />
                        {series}
                        {about_section(&loaded.about)}
                        {(loaded.event.status != EventStatus::Cancelled).then(|| attendees_section(&loaded.event.slug, &attendees))}
                    </div>
                </div>
                {agenda(&visit, &loaded, day, store.now())}
                {conversation}
                {kudos}
                {(!loaded.may_edit).then(|| view! { <p><Report kind=ReportKind::Event id=loaded.event.slug.to_string() /></p> })}
            </article>
        }
        .into_any())
    })
}

/// Links to the pages of the hosting groups.
fn group_links(loaded: &Loaded) -> Option<AnyView> {
    loaded.group.as_ref().map(|group| {
        let others = loaded.cohosts.iter().map(|group| {
            view! { " · " <a href=format!("/groups/{}", group.slug)><bdi>{group.name.clone()}</bdi></a> }
        });
        let to = format!("/groups/{}", group.slug);
        view! { " · " <a href=to><bdi>{group.name.clone()}</bdi></a> {others.collect_view()} }.into_any()
    })
}

/// A short description for search engines and link previews.
fn description(event: &Event) -> String {
    let details = &event.details;
    let when = clocks::lines(locale(), &event.time(), None, Shape::DateTimeYear).0;
    [details.summary.clone(), when, details.place.clone()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The notice above everything else: draft or cancelled.
fn status_notice(event: &Event) -> AnyView {
    match event.status {
        EventStatus::Published => ().into_any(),
        EventStatus::Draft => view! {
            <div class="notice"><p>{tr("event-draft")}</p></div>
        }
        .into_any(),
        EventStatus::Cancelled => view! {
            <div class="notice bad">
                <p><strong>{tr("event-cancelled")}</strong></p>
                {(!event.cancel_reason.is_empty()).then(|| view! { <p class="plain-text">{event.cancel_reason.clone()}</p> })}
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
    // The link is useless once the event is over or cancelled, even for hosts.
    let is_ahead = loaded.event.status != EventStatus::Cancelled && now < loaded.event.ends_at;
    let join = details.join_link().filter(|_| is_ahead).and_then(web_link).map(|url| {
        view! { <p><a href=url rel="noreferrer">{tr("event-join")}</a></p> }
    });
    let may_join = is_ahead && (online || loaded.event.is_hybrid());
    let later = (may_join && join.is_none()).then(|| view! { <p class="help">{tr("event-join-later")}</p> });
    // Nothing is loaded from there before the reader follows the link.
    let map = (!online).then(|| {
        let url = address_with("https://www.openstreetmap.org/search", &[("query", details.place.as_str())]);
        view! { <p><a href=url rel="noreferrer">{tr("event-map")}</a></p> }
    });
    view! { <p class="where-place">{place}</p> {map} {join} {later} }.into_any()
}

fn hosted_by(loaded: &Loaded, cohosts: &CohostPeople) -> Option<AnyView> {
    let host = loaded.host.clone().filter(|host| !host.is_empty())?;
    let text = tr_with("event-host", &[("name", i18n::quote(host.clone()))]);
    let text = match &loaded.host_slug {
        Some(slug) => view! { <a href=member_path(slug)>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    let slug = loaded.host_slug.as_ref();
    let picture = slug.and_then(|slug| picture_path_of(slug, loaded.host_picture.as_deref()));
    Some(view! { <p class="row"><Avatar name=host picture />{text} {cohost_names(cohosts)}</p> }.into_any())
}

/// The tools of the event's hosts.
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
    let delete = (loaded.may_manage && loaded.event.status == EventStatus::Draft).then(|| {
        view! { <a class="button small plain" href=format!("{}/delete", event_path(&slug))>{tr("event-delete")}</a> }
    });
    let repeats = loaded.may_manage && loaded.event.status != EventStatus::Cancelled && !over;
    let repeat = (repeats && loaded.series.is_none()).then(|| {
        view! { <a class="button small plain" href=format!("{}/repeat", event_path(&slug))>{tr("series-repeat")}</a> }
    });
    let published = loaded.event.status == EventStatus::Published;
    let may_choose_cohosts = loaded.may_manage && loaded.event.status != EventStatus::Cancelled && !over;
    let too_many = loaded.event.pools().iter().map(|mode| loaded.event.over_by(*mode)).sum::<u32>();
    let too_many = (published && !over && too_many > 0)
        .then(|| view! { <p>{tr_with("event-over-capacity", &[("over", i18n::number(too_many))])}</p> });
    let requests = (published && !over && loaded.pending_requests > 0).then(|| {
        let text = tr_with("event-requests", &[("n", i18n::number(loaded.pending_requests))]);
        view! { <p><a href=people_path(slug.as_str(), "pending")>{text}</a></p> }
    });
    Some(
        view! {
            <section class="tools" aria-label=tr("event-tools")>
                <p class="eyebrow">{tr("event-tools")}</p>
                {too_many}
                {requests}
                <div class="row">
                    {next}
                    <a class="button small plain" href=format!("{}/edit", event_path(&slug))>{tr("event-edit")}</a>
                    <a class="button small plain" href=format!("{}/edit#cover", event_path(&slug))>{tr("cover-title")}</a>
                    {published.then(|| view! { <a class="button small plain" href=format!("{}/emails", event_path(&slug))>{tr("announce-link")}</a> })}
                    <a class="button small plain" href=questions_path(slug.as_str())>{tr("event-questions-title")}</a>
                    {may_choose_cohosts.then(|| view! { <a class="button small plain" href=format!("{}/cohosts", event_path(&slug))>{tr("cohost-title")}</a> })}
                    <a class="button small plain" href=format!("{}/people", event_path(&slug))>{tr("event-people")}</a>
                    <a class="button small plain" href=format!("{}/board", event_path(&slug))>{tr("board-plan")}</a>
                    <a class="button small plain" href=format!("/events/new?from={slug}")>{tr("event-duplicate")}</a>
                    {repeat}
                    {cancel}
                    {delete}
                </div>
            </section>
        }
        .into_any(),
    )
}
