//! `/events/{slug}/people`: attendees, waitlist and requests, for the event's hosts. They search by name, approve
//! several requests at once, move people, write to somebody, and remove somebody.

use domain::events::{Event, EventStatus, Mode, Rsvp, RsvpState};
use leptos::prelude::*;
use store::{
    StoreError,
    events::{self, AttendeeRsvp, MAX_BADGES, Over, People, PeopleFilter},
};

use super::{breadcrumbs, event_path, my_seat::days_since, slug_from_path, unreachable::unreachable};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    i18n::{self, format},
    members::card::member_link,
    ui::{Badge, Column, Crumbs, Pager, Reader, Shape, Tab, Table, Tabs, Title, Tone, address_with, load},
};

/// The lists: name in the address, Fluent key of the label, and the RSVP states they hold.
const LISTS: [(&str, &str, &[RsvpState]); 6] = [
    ("going", "people-going", &[RsvpState::Going, RsvpState::Offered]),
    ("waiting", "people-waiting", &[RsvpState::Waiting]),
    ("pending", "people-pending", &[RsvpState::Pending]),
    ("rejected", "people-declined", &[RsvpState::Declined]),
    ("left", "people-left", &[RsvpState::Left]),
    ("all", "people-all", RsvpState::ALL),
];
/// The id of the form that approves or moves the selected people. The boxes are in the table, outside of the form.
const SELECTED: &str = "selected";

/// The list with this name, or the first one.
#[must_use]
pub fn known_list(name: &str) -> &'static str {
    LISTS.into_iter().find(|list| list.0 == name).unwrap_or(LISTS[0]).0
}

/// The people of one event, for its hosts.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let show = visit.query("show").unwrap_or_default();
        let requests = match events::page(&store, &visit.actor, &slug).await {
            Ok(event) => event.pending_requests,
            // A workshop has no page of its own, and no requests (D7).
            Err(StoreError::NotFound) => 0,
            Err(error) => return Err(error.into()),
        };
        let default_list = if requests > 0 { "pending" } else { "going" };
        let show = if show.is_empty() { default_list.to_owned() } else { show };
        let (name, _, states) = LISTS.into_iter().find(|list| list.0 == show).unwrap_or(LISTS[0]);
        let page = visit.query("page").and_then(|page| page.parse().ok()).unwrap_or(0_u32).min(10_000);
        let words = visit.query("q").unwrap_or_default();
        let filter = PeopleFilter { states: states.to_vec(), words: words.clone() };
        let people = events::people(&store, &visit.actor, &slug, &filter, page).await?;
        let unreachable = unreachable(&store, &visit.actor, &slug).await?;
        let page_of = |page: u32| list_path(&people.event, name, &words, page);
        let before = page.checked_sub(1).map(page_of);
        let after = people.more.then(|| page_of(page + 1));
        Ok(view! {
            <Title text=tr("people-title") />
            <div class="page">
                <Crumbs above=breadcrumbs(&people.event) />
                <h1>{tr("people-title")}</h1>
                {people.over.iter().map(|over| over_capacity_notice(&people.event, over)).collect_view()}
                {unreachable}
                {totals(&people.event)}
                {search(&people.event, name, &words)}
                {tabs(&people, name, &words)}
                {list(&visit, &people, name, &words)}
                <Pager before after />
                {export(&people)}
            </div>
        })
    })
}

/// The address of a page of a list.
fn list_path(event: &Event, list: &str, words: &str, page: u32) -> String {
    let path = format!("{}/people", event_path(&event.slug));
    let page = if page == 0 { String::new() } else { page.to_string() };
    let fields = [("show", list), ("q", words), ("page", page.as_str())];
    let fields: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    address_with(&path, &fields)
}

/// Seats taken and wanted, with guests. The tabs count people.
fn totals(event: &Event) -> AnyView {
    let seats = [("going", i18n::number(event.going + event.online_going))];
    let waiting = event.waiting + event.online_waiting;
    let waiting = (waiting > 0)
        .then(|| format!(" · {}", tr_with("people-seats-wanted", &[("waiting", i18n::number(waiting))])));
    view! { <p class="lead">{tr_with("people-seats-taken", &seats)} {waiting}</p> }.into_any()
}

fn search(event: &Event, list: &str, words: &str) -> AnyView {
    let clear = (!words.is_empty())
        .then(|| view! { <a class="button plain" href=list_path(event, list, "", 0)>{tr("people-search-clear")}</a> });
    view! {
        <form class="filters" role="search" method="get" action=format!("{}/people", event_path(&event.slug))>
            <input type="hidden" name="show" value=list.to_owned() />
            <div class="field grow">
                <label for="q">{tr("people-search")}</label>
                <input id="q" type="search" name="q" value=words.to_owned() maxlength="100" />
            </div>
            <button class="button plain">{tr("people-search-send")}</button>
            {clear}
        </form>
    }
    .into_any()
}

/// Organisers take the list to the door or into a spreadsheet. It is a post, because the audit log records it.
fn export(people: &People) -> Option<AnyView> {
    let too_many = (u64::from(people.count(&[RsvpState::Going])) > MAX_BADGES)
        .then(|| tr_with("people-badges-most", &[("count", i18n::number(MAX_BADGES.cast_signed()))]));
    (!people.counts.is_empty()).then(|| {
        view! {
            <form method="post" action=format!("{}/export", event_path(&people.event.slug))>
                <button class="button small plain">{tr("people-export")}</button>
                <p class="help">{tr("people-export-help")}</p>
            </form>
            <form method="post" action=format!("{}/badges", event_path(&people.event.slug))>
                <button class="button small plain">{tr("people-badges")}</button>
                <p class="help">{tr("people-badges-help")} {too_many}</p>
            </form>
        }
        .into_any()
    })
}

/// Each list with the number of its people. Lists that hosts rarely need are left out while they are empty.
fn tabs(people: &People, shown: &str, words: &str) -> AnyView {
    let rare = ["rejected", "left"];
    let tabs = LISTS
        .into_iter()
        .filter(|(name, _, states)| *name == shown || people.count(states) > 0 || !rare.contains(name))
        .map(|(name, key, states)| Tab {
            href: list_path(&people.event, name, words, 0),
            text: tr_with(key, &[("n", i18n::number(people.count(states)))]).into_any(),
            current: name == shown,
        })
        .collect();
    view! { <Tabs label=tr("people-which") tabs /> }.into_any()
}

fn list(visit: &Visit, people: &People, shown: &str, words: &str) -> AnyView {
    if people.people.is_empty() {
        let text = if words.is_empty() { "people-nobody" } else { "people-nobody-found" };
        return view! { <p>{tr(text)}</p> }.into_any();
    }
    let reader = Reader::of(visit, people.event.zone());
    let columns = ["people-name", "people-details", "people-since", "people-actions"]
        .map(|key| Column::text(tr(key)))
        .into();
    let rows = people.people.iter().map(|entry| row(visit, &reader, people, shown, entry)).collect();
    let caption = LISTS.into_iter().find(|list| list.0 == shown).map_or("people-going", |list| list.1);
    let caption = tr_with(caption, &[("n", i18n::number(people.people.len() as u32))]);
    view! {
        {selected_form(visit, people, shown)}
        <Table caption columns rows />
    }
    .into_any()
}

/// Whether a box selects the person. Whoever left comes back on their own.
fn can_select(people: &People, entry: &AttendeeRsvp) -> bool {
    entry.rsvp.state != RsvpState::Left && people.event.open(people.now).is_ok()
}

/// What hosts do with the selected people: approve them, or move them (A16). Only what fits somebody in the list.
fn selected_form(visit: &Visit, people: &People, shown: &str) -> Option<AnyView> {
    let event = &people.event;
    let is_any = |states: &[RsvpState]| {
        people.people.iter().any(|entry| can_select(people, entry) && states.contains(&entry.rsvp.state))
    };
    let requests = people.people.iter().filter(|entry| entry.rsvp.state == RsvpState::Pending).count();
    let approve = (requests > 1 && is_any(&[RsvpState::Pending])).then(|| {
        view! {
            <button class="button small" formaction="/api/events/approve_selected">{tr("people-approve-selected")}</button>
            <span class="help">{tr("people-approve-selected-help")}</span>
        }
    });
    let has_limit = event.pools().iter().any(|pool| event.capacity(*pool).is_some());
    let seats = is_any(&[RsvpState::Waiting, RsvpState::Offered, RsvpState::Declined]).then(|| {
        view! { <button class="button small plain" name="to" value="seats">{tr("people-move-seats")}</button> }
    });
    let waitlist = (has_limit && is_any(&[RsvpState::Going, RsvpState::Offered])).then(|| {
        view! { <button class="button small plain" name="to" value="waitlist">{tr("people-move-waitlist")}</button> }
    });
    let active = [RsvpState::Going, RsvpState::Offered, RsvpState::Waiting, RsvpState::Pending];
    let dates = (!people.dates.is_empty() && is_any(&active)).then(|| dates_view(visit, people));
    let over = (seats.is_some() || dates.is_some()).then(|| {
        view! { <label class="row"><input type="checkbox" name="over" value="yes" /><span>{tr("people-move-over")}</span></label> }
    });
    let moves = (seats.is_some() || waitlist.is_some() || dates.is_some()).then(|| {
        view! {
            <details class="disclosure">
                <summary>{tr("people-move")}</summary>
                <p class="help">{tr("people-move-select-help")}</p>
                <div class="row">{seats} {waitlist} {dates} {over}</div>
            </details>
        }
    });
    (approve.is_some() || moves.is_some()).then(|| {
        view! {
            <form id=SELECTED class="row" method="post" action="/api/events/move_people">
                <input type="hidden" name="slug" value=event.slug.to_string() />
                <input type="hidden" name="show" value=shown.to_owned() />
                {approve}
                {moves}
            </form>
        }
        .into_any()
    })
}

/// The other dates of the series, with their free seats.
fn dates_view(visit: &Visit, people: &People) -> AnyView {
    let zone = people.event.zone();
    let dates = people.dates.iter().map(|date| {
        let at = format::at(visit.locale, date.starts_at, zone, Shape::DateTime);
        let free = date.free.map(|free| tr_with("people-move-date-free", &[("free", i18n::number(free))]));
        let free = free.map(|free| format!(" ({free})")).unwrap_or_default();
        view! { <option value=date.slug.to_string()>{format!("{at}{free}")}</option> }
    });
    view! {
        <label for="move-date">{tr("people-move-date")}</label>
        <select id="move-date" name="date">{dates.collect_view()}</select>
        <button class="button small plain" name="to" value="date">{tr("people-move-date-send")}</button>
    }
    .into_any()
}

fn row(visit: &Visit, reader: &Reader, people: &People, shown: &str, entry: &AttendeeRsvp) -> Vec<AnyView> {
    let rsvp = &entry.rsvp;
    let (event, now) = (&people.event, people.now);
    let age = (rsvp.state == RsvpState::Pending).then(|| {
        let days = i18n::number(days_since(visit, rsvp.since, now));
        view! { " " {tr_with("people-age", &[("days", days)])} }
    });
    vec![
        name(people, entry),
        view! { {details(reader, event, entry, shown == "all")} {answers(entry)} }.into_any(),
        view! { {reader.time(rsvp.since, Shape::DateTime)} {age} }.into_any(),
        actions(people, entry),
    ]
}

/// The name as a link to the profile, after the box that selects a request.
fn name(people: &People, entry: &AttendeeRsvp) -> AnyView {
    let link = member_link(entry.page.as_ref(), &entry.name);
    if !can_select(people, entry) {
        return link;
    }
    let label = tr_with("people-select", &[("name", i18n::quote(display_name(&entry.name)))]);
    let id = entry.rsvp.id.to_string();
    view! {
        <span class="row"><input type="checkbox" form=SELECTED name="rsvps[]" value=id aria-label=label /> {link}</span>
    }
    .into_any()
}

fn display_name(name: &str) -> String {
    if name.is_empty() { tr("people-no-name") } else { name.to_owned() }
}

/// Mode, number of guests, and anything a host should know about the RSVP. A mixed list says the state, too.
fn details(reader: &Reader, event: &Event, entry: &AttendeeRsvp, is_mixed: bool) -> AnyView {
    let rsvp = &entry.rsvp;
    let no_show = entry.is_no_show.then(|| {
        let text = tr("people-is-no-show");
        view! { <Badge tone=Tone::Quiet>{text}</Badge> " " }
    });
    let state = is_mixed.then(|| {
        let text = tr(&format!("people-state-{}", rsvp.state.name()));
        view! { <Badge tone=Tone::Quiet>{text}</Badge> " " }
    });
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
    let position = entry.position.map(|position| {
        let position = [("position", i18n::number(position))];
        view! { <p>{tr_with("people-position", &position)}</p> }
    });
    view! { {position} {state} {no_show} {guests} {parts.collect_view()} {offer_view} {message} }.into_any()
}

/// What the person answered to the questions of the event.
fn answers(entry: &AttendeeRsvp) -> Option<AnyView> {
    (!entry.answers.is_empty()).then(|| {
        let items = entry.answers.iter().map(|answer| {
            view! { <p class="help">{answer.question.clone()}</p><p class="plain-text">{answer.text.clone()}</p> }
        });
        view! { <div>{items.collect_view()}</div> }.into_any()
    })
}

fn actions(people: &People, entry: &AttendeeRsvp) -> AnyView {
    let (event, rsvp) = (&people.event, &entry.rsvp);
    let is_open = event.open(people.now).is_ok();
    let message = (event.status == EventStatus::Published).then(|| message_link(event, entry));
    if !is_open {
        return view! { <div class="row">{message} {no_show_form(people, entry)}</div> }.into_any();
    }
    let fits = event.fits(rsvp.mode, event.taken(), rsvp.seats());
    let decide = match rsvp.state {
        RsvpState::Pending | RsvpState::Declined => {
            let options: &[(&str, &str)] = match fits {
                true => &[("ask", "people-approve")],
                false => &[("waitlist", "people-approve-waitlist"), ("override", "people-approve-override")],
            };
            let decline = (rsvp.state == RsvpState::Pending).then(|| decline_form(event, rsvp));
            view! { {approve_form(event, entry, options)} {message} {decline} }.into_any()
        }
        RsvpState::Waiting | RsvpState::Offered => {
            let seat = approve_form(event, entry, &[("override", "people-approve-override")]);
            view! { {seat} {message} {position_form(people, entry)} {remove_form(event, entry)} }.into_any()
        }
        RsvpState::Going => {
            view! { {message} {no_show_form(people, entry)} {remove_form(event, entry)} }.into_any()
        }
        RsvpState::Left => view! { {message} }.into_any(),
    };
    view! { <div class="row">{decide}</div> }.into_any()
}

fn message_link(event: &Event, entry: &AttendeeRsvp) -> AnyView {
    let to = super::message::message_path(&event.slug, entry.rsvp.id);
    let label = tr_with("people-message-to", &[("name", i18n::quote(display_name(&entry.name)))]);
    view! { <a class="button small plain" href=to aria-label=label>{tr("people-message-link")}</a> }
        .into_any()
}

/// Marks somebody with a seat who did not come, from the start on (E3).
fn no_show_form(people: &People, entry: &AttendeeRsvp) -> Option<AnyView> {
    let event = &people.event;
    let can = event.status == EventStatus::Published && event.starts_at <= people.now;
    if !can || entry.rsvp.state != RsvpState::Going {
        return None;
    }
    let (absent, key, label) = match entry.is_no_show {
        false => ("yes", "people-no-show", "people-no-show-of"),
        true => ("no", "people-was-there", "people-was-there-of"),
    };
    let label = tr_with(label, &[("name", i18n::quote(display_name(&entry.name)))]);
    Some(
        view! {
            <form method="post" action="/api/events/no_show">
                <input type="hidden" name="slug" value=event.slug.to_string() />
                <input type="hidden" name="rsvp" value=entry.rsvp.id.to_string() />
                <button class="button small plain" name="absent" value=absent aria-label=label>{tr(key)}</button>
            </form>
        }
        .into_any(),
    )
}

/// Moves somebody along the waitlist (A16).
fn position_form(people: &People, entry: &AttendeeRsvp) -> Option<AnyView> {
    let position = entry.position.filter(|_| people.count(&[RsvpState::Waiting]) > 1)?;
    let id = format!("position-{}", entry.rsvp.id);
    Some(
        view! {
            <details>
                <summary>{tr("people-position-change")}</summary>
                <form class="row" method="post" action="/api/events/move_on_waitlist">
                    <input type="hidden" name="slug" value=people.event.slug.to_string() />
                    <input type="hidden" name="rsvp" value=entry.rsvp.id.to_string() />
                    <label for=id.clone()>{tr("people-position-label")}</label>
                    <input id=id type="number" name="position" min="1" max="99999" required=true value=position.to_string() />
                    <button class="button small plain">{tr("people-position-send")}</button>
                </form>
            </details>
        }
        .into_any(),
    )
}

fn remove_form(event: &Event, entry: &AttendeeRsvp) -> AnyView {
    let id = format!("reason-{}", entry.rsvp.id);
    view! {
        <details>
            <summary>{tr("people-remove")}</summary>
            <form class="row" method="post" action="/api/events/remove_person">
                <input type="hidden" name="slug" value=event.slug.to_string() />
                <input type="hidden" name="rsvp" value=entry.rsvp.id.to_string() />
                <label for=id.clone()>{tr("people-remove-reason")}</label>
                <input id=id type="text" name="message" maxlength="500" />
                <button class="button small danger">{tr("people-remove-send")}</button>
            </form>
        </details>
    }
    .into_any()
}

fn approve_form(event: &Event, entry: &AttendeeRsvp, options: &[(&str, &str)]) -> AnyView {
    let rsvp = &entry.rsvp;
    let name = [("name", i18n::quote(display_name(&entry.name)))];
    let buttons = options.iter().map(|(value, key)| {
        // Each row has one, so it names the person for screen readers.
        let label = (*key == "people-approve").then(|| tr_with("people-approve-name", &name));
        view! { <button class="button small plain" name="when_full" value=(*value).to_owned() aria-label=label>{tr(key)}</button> }
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
