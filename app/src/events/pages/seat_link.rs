//! `/seat/{token}`: the page behind the link in an email. It works without signing in, shows only this seat,
//! and changes nothing until a button is used (A10).

use domain::events::{EventStatus, FewerSeats, OwnSeat, RsvpState};
use leptos::prelude::*;
use store::events::SeatCard;

use super::{
    event_path,
    my_seat::{fewer_text, guests_choice, state_title, withdraw_key},
};
use crate::{
    context::{Visit, tr, tr_with},
    i18n,
    ui::{Paragraphs, Reader, Shape, event_time},
};

/// Title and body of the page. `action` is the page's own path, which its buttons post to.
#[must_use]
pub fn seat_link(visit: &Visit, card: &SeatCard, action: &str) -> (String, AnyView) {
    let event = &card.event;
    let reader = Reader::of(visit, event.zone());
    let body = view! {
        {event_time(visit, event.time(), Shape::DateTimeYear)}
        {state(&reader, card, action)}
        <p><a href=event_path(&event.slug)>{tr("seat-link-event")}</a></p>
    };
    (event.details.title.clone(), body.into_any())
}

fn state(reader: &Reader, card: &SeatCard, action: &str) -> AnyView {
    let (event, rsvp, now) = (&card.event, &card.rsvp, card.now);
    match event.status {
        EventStatus::Cancelled => return view! { <p>{tr("event-cancelled")}</p> }.into_any(),
        EventStatus::Draft | EventStatus::Published if now >= event.ends_at => {
            return view! { <p>{tr("seat-past")}</p> }.into_any();
        }
        EventStatus::Draft | EventStatus::Published => {}
    }
    if rsvp.state == RsvpState::Left {
        return view! { <p class="seat-state">{tr("seat-link-none")}</p> }.into_any();
    }
    let seat = OwnSeat::of(event, rsvp, now);
    let guests = (rsvp.guests > 0 && rsvp.state != RsvpState::Declined)
        .then(|| view! { <p>{tr_with("seat-with-guests", &[("guests", i18n::number(rsvp.guests))])}</p> });
    let message = (!rsvp.message.is_empty()).then(|| view! { <Paragraphs text=rsvp.message.clone() /> });
    let offer_view = seat.offer.filter(|until| now < *until).map(|until| {
        view! {
            <p>{tr("seat-held-until")} " " {reader.time_and_zone(until, Shape::DateTime)} " " {reader.ahead(now, until)}</p>
            {button(action, "claim", "seat-accept", "button")}
        }
    });
    view! {
        <p class="seat-state" class:mine=rsvp.is_seated()>{state_title(rsvp, card.position)}</p>
        {guests}
        {message}
        {offer_view}
        {seat.fewer.map(|fewer| fewer_view(reader, card, fewer, action))}
        {seat.withdraw.map(|withdraw| button(action, "leave", withdraw_key(withdraw), "button plain"))}
    }
    .into_any()
}

fn fewer_view(reader: &Reader, card: &SeatCard, fewer: FewerSeats, action: &str) -> AnyView {
    let FewerSeats { free, until, max_guests } = fewer;
    view! {
        <p>
            {fewer_text(&card.rsvp, free)}
            " " {tr("seat-fewer-until")} " " {reader.time_and_zone(until, Shape::DateTime)} " " {reader.ahead(card.now, until)}
        </p>
        <form class="row" method="post" action=action.to_owned()>
            <input type="hidden" name="act" value="fewer" />
            {guests_choice("fewer", max_guests, max_guests)}
            <button class="button small">{tr("seat-fewer-take")}</button>
        </form>
    }
    .into_any()
}

fn button(action: &str, act: &'static str, key: &'static str, class: &'static str) -> AnyView {
    view! {
        <form method="post" action=action.to_owned()>
            <input type="hidden" name="act" value=act />
            <button class=class>{tr(key)}</button>
        </form>
    }
    .into_any()
}
