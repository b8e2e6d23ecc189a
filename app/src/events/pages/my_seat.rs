//! My seat: whether I have one, how I get one, how I give it up. One click each.

use domain::{
    Instant, Refusal,
    events::{Event, EventStatus, Rsvp, RsvpState},
};
use leptos::prelude::*;
use store::events::EventPage as Loaded;

use super::event_path;
use crate::{
    answer::sign_in_path,
    context::{Visit, tr, tr_with},
    events::{
        api::SeatCount,
        islands::{SeatWords, SeatsLive},
    },
    ui::{Reader, SeatPicture, Seats, Shape},
    words,
};

/// The panel beside when and where.
#[must_use]
pub fn seat_panel(visit: &Visit, loaded: &Loaded, now: Instant) -> AnyView {
    let event = &loaded.event;
    let mine = loaded.mine.as_ref().filter(|mine| mine.state != RsvpState::Left);
    let state = match event.status {
        EventStatus::Draft => say("seat-draft"),
        EventStatus::Cancelled => say("seat-cancelled"),
        EventStatus::Published if now >= event.ends_at => past(mine),
        EventStatus::Published => open(visit, loaded, mine),
    };
    view! {
        <section class="fact seat-panel" aria-labelledby="seat">
            <h2 id="seat">{tr("event-seat")}</h2>
            {state}
            {shows_seats(event, now).then(|| picture(event, mine))}
        </section>
    }
    .into_any()
}

/// A draft has no seats yet; an imported event that is over never had any here.
fn shows_seats(event: &Event, now: Instant) -> bool {
    event.status != EventStatus::Draft && (event.going > 0 || now < event.ends_at)
}

fn say(key: &str) -> AnyView {
    view! { <p>{tr(key)}</p> }.into_any()
}

fn past(mine: Option<&Rsvp>) -> AnyView {
    let had_seat = mine.is_some_and(|mine| mine.state == RsvpState::Going);
    say(if had_seat { "seat-past-mine" } else { "seat-past" })
}

fn open(visit: &Visit, loaded: &Loaded, mine: Option<&Rsvp>) -> AnyView {
    match (mine, &loaded.may_rsvp) {
        (Some(mine), may) => answered(loaded, mine, may.is_ok()),
        (None, Ok(())) if visit.member.is_none() => sign_in(&loaded.event),
        (None, Ok(())) => asking(&loaded.event),
        (None, Err(Refusal::SignInFirst)) => sign_in(&loaded.event),
        (None, Err(Refusal::RegistrationNotOpen)) => opens(visit, &loaded.event),
        (None, Err(refusal)) => view! { <p>{words::refusal(visit.locale, refusal)}</p> }.into_any(),
    }
}

/// Has a seat or waits: says so, lets go, and brings more or fewer.
fn answered(loaded: &Loaded, mine: &Rsvp, may_change: bool) -> AnyView {
    let event = &loaded.event;
    let going = mine.state == RsvpState::Going;
    let title = if going {
        tr("seat-going")
    } else {
        tr_with("seat-waiting", &[("position", words::number(loaded.position.unwrap_or(1)))])
    };
    let guests = (mine.guests > 0)
        .then(|| view! { <p>{tr_with("seat-with-guests", &[("guests", words::number(mine.guests))])}</p> });
    let leave = if going { "seat-leave" } else { "seat-leave-waitlist" };
    let change = (may_change && event.details.guests_most > 0).then(|| {
        rsvp_form(
            event,
            mine.guests,
            view! { <button class="button small plain">{tr("seat-change")}</button> }.into_any(),
        )
    });
    view! {
        <p class="seat-state" class:mine=going>{title}</p>
        {guests}
        {change}
        <form method="post" action="/api/events/leave">
            <input type="hidden" name="slug" value=event.slug.to_string() />
            <button class="button small plain">{tr(leave)}</button>
        </form>
    }
    .into_any()
}

fn asking(event: &Event) -> AnyView {
    let full = event.free(event.going) == Some(0);
    let (note, button) =
        if full { (Some(tr("seat-full")), tr("seat-wait")) } else { (None, tr("seat-take")) };
    view! {
        {note.map(|note| view! { <p>{note}</p> })}
        {rsvp_form(event, 0, view! { <button class="button">{button}</button> }.into_any())}
    }
    .into_any()
}

/// The form says the state wanted, so a double click is one answer.
fn rsvp_form(event: &Event, guests: u8, button: AnyView) -> AnyView {
    let most = event.details.guests_most;
    let choice = (most > 0).then(|| {
        let options = (0..=most).map(|n| {
            let text = tr_with("seat-guests-choice", &[("guests", words::number(n))]);
            view! { <option value=n.to_string() selected=n == guests>{text}</option> }
        });
        view! {
            <label class="sr-only" for="guests">{tr("seat-guests")}</label>
            <select id="guests" name="guests">{options.collect_view()}</select>
        }
    });
    view! {
        <form class="row" method="post" action="/api/events/rsvp">
            <input type="hidden" name="slug" value=event.slug.to_string() />
            {choice}
            {button}
        </form>
    }
    .into_any()
}

fn sign_in(event: &Event) -> AnyView {
    let full = event.free(event.going) == Some(0);
    view! {
        {full.then(|| say("seat-full"))}
        <p>
            <a class="button" href=sign_in_path(&event_path(&event.slug))>
                {tr(if full { "seat-sign-in-wait" } else { "seat-sign-in" })}
            </a>
        </p>
    }
    .into_any()
}

fn opens(visit: &Visit, event: &Event) -> AnyView {
    let Some(opens) = event.details.opens else { return say("refusal-registration-not-open") };
    let reader = Reader::of(visit, event.zone());
    let at = event.zone().resolve(opens).at;
    view! {
        <p>{tr("seat-opens")} " " {reader.time(at, Shape::Both)} " " {reader.place(at)}</p>
    }
    .into_any()
}

/// Seats as a picture and as a sentence that stays up to date.
fn picture(event: &Event, mine: Option<&Rsvp>) -> AnyView {
    let count = SeatCount { capacity: event.details.capacity, going: event.going, waiting: event.waiting };
    let words = seat_words();
    let label = words.say(count);
    let mine = mine.filter(|mine| mine.state == RsvpState::Going).map_or(0, Rsvp::seats);
    let drawing = event.details.capacity.map(|capacity| {
        let seats = Seats { capacity, going: event.going, waiting: event.waiting, mine };
        view! { <SeatPicture seats label /> }
    });
    let over = event.over_by();
    let over = (over > 0)
        .then(|| view! { <p class="problem">{tr_with("seat-over", &[("over", words::number(over))])}</p> });
    view! {
        {drawing}
        <p class="seat-count"><SeatsLive slug=event.slug.to_string() first=count words /></p>
        {over}
    }
    .into_any()
}

/// The sentences with their numbers still open: the island sets them in.
fn seat_words() -> SeatWords {
    let open = |name: &str| words::quote(format!("{{{name}}}"));
    SeatWords {
        limited: tr_with("seats-limited", &[("going", open("going")), ("capacity", open("capacity"))]),
        unlimited: tr_with("seats-unlimited", &[("going", open("going"))]),
        waiting: tr_with("seats-waiting", &[("waiting", open("waiting"))]),
    }
}
