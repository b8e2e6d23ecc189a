//! `/events/{slug}/people`: attendees, waitlist and requests, for the event's hosts.

use domain::events::{Event, Mode, Rsvp, RsvpState};
use leptos::prelude::*;
use store::events::{self, AttendeeRsvp, Over, People};

use super::{breadcrumbs, event_path, my_seat::days_since, slug_from_path, unreachable::unreachable};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    i18n,
    ui::{Column, Crumbs, Pager, Reader, Shape, Tab, Table, Tabs, Title, load},
};

/// The lists: name in the address, Fluent key of the label, and the RSVP states they hold.
const LISTS: [(&str, &str, &[RsvpState]); 4] = [
    ("going", "people-going", &[RsvpState::Going, RsvpState::Offered]),
    ("waiting", "people-waiting", &[RsvpState::Waiting]),
    ("pending", "people-pending", &[RsvpState::Pending]),
    ("rejected", "people-declined", &[RsvpState::Declined]),
];

/// The people of one event, for its hosts.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let show = visit.query("show").unwrap_or_default();
        let default_list = if events::page(&store, &visit.actor, &slug).await?.pending_requests > 0 {
            "pending"
        } else {
            "going"
        };
        let show = if show.is_empty() { default_list.to_owned() } else { show };
        let (name, _, states) = LISTS.into_iter().find(|list| list.0 == show).unwrap_or(LISTS[0]);
        let page = visit.query("page").and_then(|page| page.parse().ok()).unwrap_or(0_u32).min(10_000);
        let people = events::people(&store, &visit.actor, &slug, states, page).await?;
        let unreachable = unreachable(&store, &visit.actor, &slug).await?;
        let here = format!("{}/people?show={name}", event_path(&slug));
        let before = page.checked_sub(1).map(|page| format!("{here}&page={page}"));
        let after = people.more.then(|| format!("{here}&page={}", page + 1));
        Ok(view! {
            <Title text=tr("people-title") />
            <div class="page">
                <Crumbs above=breadcrumbs(&people.event) />
                <h1>{tr("people-title")}</h1>
                {people.over.iter().map(|over| over_capacity_notice(&people.event, over)).collect_view()}
                {unreachable}
                {tabs(&people, name)}
                {list(&visit, &people, name)}
                <Pager before after />
            </div>
        })
    })
}

fn tabs(people: &People, shown: &str) -> AnyView {
    let page = event_path(&people.event.slug);
    let tabs = LISTS
        .into_iter()
        .map(|(name, key, states)| Tab {
            href: format!("{page}/people?show={name}"),
            text: tr_with(key, &[("n", i18n::number(people.count(states)))]).into_any(),
            current: name == shown,
        })
        .collect();
    view! { <Tabs label=tr("people-which") tabs /> }.into_any()
}

fn list(visit: &Visit, people: &People, shown: &str) -> AnyView {
    if people.people.is_empty() {
        return view! { <p>{tr("people-nobody")}</p> }.into_any();
    }
    let reader = Reader::of(visit, people.event.zone());
    let mut columns = vec!["people-name", "people-details", "people-since"];
    // Hosts have nothing to decide about people with a seat.
    if shown != "going" {
        columns.push("people-actions");
    }
    let columns = columns.into_iter().map(|key| Column::text(tr(key))).collect();
    let rows = people.people.iter().map(|entry| row(visit, &reader, people, entry)).collect();
    let caption = LISTS.into_iter().find(|list| list.0 == shown).map_or("people-going", |list| list.1);
    let caption = tr_with(caption, &[("n", i18n::number(people.people.len() as u32))]);
    view! { <Table caption columns rows /> }.into_any()
}

fn row(visit: &Visit, reader: &Reader, people: &People, entry: &AttendeeRsvp) -> Vec<AnyView> {
    let rsvp = &entry.rsvp;
    let (event, now) = (&people.event, people.now);
    let age = (rsvp.state == RsvpState::Pending).then(|| {
        let days = i18n::number(days_since(visit, rsvp.since, now));
        view! { " " {tr_with("people-age", &[("days", days)])} }
    });
    vec![
        view! { <bdi>{display_name(&entry.name)}</bdi> }.into_any(),
        details(reader, event, rsvp),
        view! { {reader.time(rsvp.since, Shape::DateTime)} {age} }.into_any(),
        actions(event, rsvp),
    ]
}

fn display_name(name: &str) -> String {
    if name.is_empty() { tr("people-no-name") } else { name.to_owned() }
}

/// Mode, number of guests, and anything a host should know about the RSVP.
fn details(reader: &Reader, event: &Event, rsvp: &Rsvp) -> AnyView {
    let guests = tr_with("people-guests", &[("guests", i18n::number(rsvp.guests))]);
    let mode = event.is_hybrid().then(|| match rsvp.mode {
        Mode::OnSite if rsvp.online_meanwhile => tr("people-online-too"),
        Mode::OnSite => tr("seat-way-room"),
        Mode::Online => tr("seat-way-online"),
    });
    let guests_waiting = (rsvp.guests_waiting > 0)
        .then(|| tr_with("people-guests-waiting", &[("extra", i18n::number(rsvp.guests_waiting))]));
    let offer_view = rsvp.holds_until.map(|until| {
        view! { " · " {tr("people-held")} " " {reader.time(until, Shape::DateTime)} }
    });
    // Smaller parties were given seats before this one at least three times.
    let skipped = (rsvp.skips >= 3).then(|| tr_with("people-skipped", &[("n", i18n::number(rsvp.skips))]));
    let parts = [mode, guests_waiting, skipped].into_iter().flatten().map(|text| view! { " · " {text} });
    let message =
        (!rsvp.message.is_empty()).then(|| view! { <p class="plain-text">{rsvp.message.clone()}</p> });
    view! { {guests} {parts.collect_view()} {offer_view} {message} }.into_any()
}

fn actions(event: &Event, rsvp: &Rsvp) -> AnyView {
    let fits = event.fits(rsvp.mode, event.taken(), rsvp.seats());
    match rsvp.state {
        RsvpState::Pending | RsvpState::Declined => {
            let options: &[(&str, &str)] = match fits {
                true => &[("ask", "people-approve")],
                false => &[("waitlist", "people-approve-waitlist"), ("override", "people-approve-override")],
            };
            let decline = (rsvp.state == RsvpState::Pending).then(|| decline_form(event, rsvp));
            view! { {approve_form(event, rsvp, options)} {decline} }.into_any()
        }
        RsvpState::Waiting | RsvpState::Offered => {
            approve_form(event, rsvp, &[("override", "people-approve-override")])
        }
        RsvpState::Going | RsvpState::Left => ().into_any(),
    }
}

fn approve_form(event: &Event, rsvp: &Rsvp, options: &[(&str, &str)]) -> AnyView {
    let buttons = options.iter().map(|(value, key)| {
        view! { <button class="button small plain" name="when_full" value=(*value).to_owned()>{tr(key)}</button> }
    });
    view! {
        <form class="row" method="post" action="/api/events/approve">
            <input type="hidden" name="slug" value=event.slug.to_string() />
            <input type="hidden" name="rsvp" value=rsvp.id.to_string() />
            {buttons.collect_view()}
        </form>
    }
    .into_any()
}

fn decline_form(event: &Event, rsvp: &Rsvp) -> AnyView {
    let id = format!("message-{}", rsvp.id);
    view! {
        <details>
            <summary>{tr("people-decline")}</summary>
            <form class="row" method="post" action="/api/events/decline_request">
                <input type="hidden" name="slug" value=event.slug.to_string() />
                <input type="hidden" name="rsvp" value=rsvp.id.to_string() />
                <label for=id.clone()>{tr("people-message")}</label>
                <input id=id type="text" name="message" maxlength="500" />
                <button class="button small danger">{tr("people-decline-send")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The event is over capacity: lists the people who would move back, and asks the host to type the number (A4).
fn over_capacity_notice(event: &Event, over: &Over) -> AnyView {
    let seats = ("over", i18n::number(over.seats));
    let last = over.to_move.iter().map(|entry| {
        let count = tr_with("people-seats-count", &[("seats", i18n::number(entry.rsvp.seats()))]);
        view! { <li><bdi>{display_name(&entry.name)}</bdi> " · " {count}</li> }
    });
    let online = (event.is_hybrid() && over.pool == Mode::Online).then(|| tr("seat-way-online"));
    let id = format!("over-{}", over.pool.name());
    view! {
        <section class="notice bad" aria-label=tr("people-over-title")>
            <p><strong>{tr_with("seat-over", std::slice::from_ref(&seats))}</strong> " " {online}</p>
            <details>
                <summary>{tr("people-bump")}</summary>
                <p>{tr("people-bump-who")}</p>
                <ul>{last.collect_view()}</ul>
                <form class="row" method="post" action="/api/events/move_back">
                    <input type="hidden" name="slug" value=event.slug.to_string() />
                    <input type="hidden" name="mode" value=over.pool.name() />
                    <label for=id.clone()>{tr_with("people-bump-type", &[seats])}</label>
                    <input id=id type="text" inputmode="numeric" name="over" required=true autocomplete="off" />
                    <button class="button small danger">{tr("people-bump-send")}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}
