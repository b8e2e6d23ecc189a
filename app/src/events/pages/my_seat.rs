//! The reader's own seat: whether they have one, and how to get or give up one. Each takes one click.

use domain::{
    Arg, Instant, Refusal,
    events::{
        Availability, Event, EventStatus, FewerOffer, Mode, Outlook, Rsvp, RsvpRequest, RsvpState, outlook,
    },
};
use leptos::prelude::*;
use store::events::EventPage as Loaded;

use super::event_path;
use crate::{
    call::sign_in_path,
    context::{Visit, tr, tr_with},
    events::{
        api::SeatCount,
        islands::{SeatTexts, SeatsLive},
    },
    i18n::{self, format},
    ui::{Reader, SeatPicture, Seats, Shape},
};

/// The panel beside time and venue.
#[must_use]
pub fn seat_panel(visit: &Visit, loaded: &Loaded, now: Instant) -> AnyView {
    let event = &loaded.event;
    let rsvp = loaded.rsvp.as_ref().filter(|rsvp| rsvp.state != RsvpState::Left);
    let state = match event.status {
        EventStatus::Draft => paragraph("seat-draft"),
        EventStatus::Cancelled if rsvp.is_some_and(Rsvp::is_seated) => paragraph("seat-cancelled-mine"),
        EventStatus::Cancelled => paragraph("seat-cancelled"),
        EventStatus::Published if now >= event.ends_at => past_panel(rsvp),
        EventStatus::Published => published_panel(visit, loaded, rsvp, now),
    };
    view! {
        <section class="fact seat-panel" aria-labelledby="seat">
            <h2 id="seat">{tr("event-seat")}</h2>
            {state}
            {shows_seats(event, now).then(|| seats_view(loaded, rsvp, now))}
        </section>
    }
    .into_any()
}

/// Drafts and cancelled events have no seats. Past events without attendees never used them, such as imported
/// ones.
fn shows_seats(event: &Event, now: Instant) -> bool {
    event.status == EventStatus::Published && (event.going > 0 || now < event.ends_at)
}

fn paragraph(key: &str) -> AnyView {
    view! { <p>{tr(key)}</p> }.into_any()
}

fn paragraph_with(key: &str, args: &[(&str, Arg)]) -> AnyView {
    view! { <p>{tr_with(key, args)}</p> }.into_any()
}

fn past_panel(rsvp: Option<&Rsvp>) -> AnyView {
    paragraph(if rsvp.is_some_and(Rsvp::is_seated) { "seat-past-mine" } else { "seat-past" })
}

fn published_panel(visit: &Visit, loaded: &Loaded, rsvp: Option<&Rsvp>, now: Instant) -> AnyView {
    match (rsvp, &loaded.may_rsvp) {
        (Some(rsvp), may) => rsvp_panel(visit, loaded, rsvp, may.is_ok(), now),
        (None, Ok(())) if visit.member.is_none() => sign_in_panel(&loaded.event, now),
        (None, Ok(())) => request_panel(visit, &loaded.event, now),
        (None, Err(Refusal::SignInFirst)) => sign_in_panel(&loaded.event, now),
        (None, Err(Refusal::RegistrationNotOpen)) => opening_panel(visit, &loaded.event, now),
        (None, Err(refusal)) => view! { <p>{i18n::refusal(visit.locale, refusal)}</p> }.into_any(),
    }
}

/// The reader's RSVP: its state, how to change it, and how to withdraw it.
fn rsvp_panel(visit: &Visit, loaded: &Loaded, rsvp: &Rsvp, may_change: bool, now: Instant) -> AnyView {
    let event = &loaded.event;
    let reader = Reader::of(visit, event.zone());
    let (title, leave) = state_text(rsvp, loaded.position);
    let guests = (rsvp.guests > 0 && rsvp.state != RsvpState::Declined)
        .then(|| view! { <p>{tr_with("seat-with-guests", &[("guests", i18n::number(rsvp.guests))])}</p> });
    let guests_waiting = (rsvp.guests_waiting > 0).then(|| {
        let position = ("position", i18n::number(loaded.position.unwrap_or(1)));
        view! { <p>{tr_with("seat-guests-waiting", &[("extra", i18n::number(rsvp.guests_waiting)), position])}</p> }
    });
    let can_change = may_change && rsvp.state != RsvpState::Declined && rsvp.state != RsvpState::Offered;
    let change = (can_change && (event.details.guests_max > 0 || event.is_hybrid())).then(|| {
        let (chosen, key, class) = match rsvp.fewer_offer.filter(|_| rsvp.can_accept_fewer(now)) {
            // After an offer of fewer seats, most people want the seats that are free now.
            Some(offer) => (max_guests(rsvp, offer.seats), "seat-fewer-choose", "button small"),
            None => (rsvp.guests + rsvp.guests_waiting, "seat-change", "button small plain"),
        };
        let request = RsvpRequest { guests: chosen, mode: rsvp.mode };
        let button = view! { <button class=class>{tr(key)}</button> };
        rsvp_form(event, Some(rsvp), request, button.into_any(), now)
    });
    view! {
        <p class="seat-state" class:mine=rsvp.is_seated()>{title}</p>
        {guests}
        {guests_waiting}
        {state_details(visit, &reader, event, rsvp, may_change, now)}
        {change}
        {leave.map(|leave| post_form("/api/events/leave", event, leave, "button small plain"))}
    }
    .into_any()
}

/// The title of an RSVP's state and the Fluent key of the button that withdraws it.
#[must_use]
pub fn state_text(rsvp: &Rsvp, position: Option<u32>) -> (String, Option<&'static str>) {
    match rsvp.state {
        RsvpState::Going if rsvp.mode == Mode::Online => (tr("seat-going-online"), Some("seat-leave")),
        RsvpState::Going => (tr("seat-going"), Some("seat-leave")),
        RsvpState::Offered => (tr("seat-offered"), Some("seat-decline")),
        RsvpState::Waiting => {
            let position = [("position", i18n::number(position.unwrap_or(1)))];
            (tr_with("seat-waiting", &position), Some("seat-leave-waitlist"))
        }
        RsvpState::Pending => (tr("seat-pending"), Some("seat-withdraw")),
        RsvpState::Declined | RsvpState::Left => (tr("seat-declined"), None),
    }
}

/// More about the RSVP's state, and actions other than changing or withdrawing it.
fn state_details(
    visit: &Visit,
    reader: &Reader,
    event: &Event,
    rsvp: &Rsvp,
    may_change: bool,
    now: Instant,
) -> AnyView {
    match rsvp.state {
        RsvpState::Offered => offer_view(reader, event, rsvp, now),
        RsvpState::Waiting => {
            let frozen = event.is_frozen(rsvp.mode, now).then(|| paragraph("seat-frozen"));
            let offer = rsvp.can_accept_fewer(now).then(|| fewer_view(reader, event, rsvp, may_change, now));
            view! { {online_meanwhile(event, rsvp, may_change)} {frozen} {offer} }.into_any()
        }
        RsvpState::Pending => {
            let days = days_since(visit, rsvp.since, now);
            let date = format::at(visit.locale, rsvp.since, visit.zone, Shape::Date);
            paragraph_with("seat-pending-age", &[("days", i18n::number(days)), ("date", i18n::quote(date))])
        }
        RsvpState::Declined => (!rsvp.message.is_empty())
            .then(|| view! { <p class="plain-text">{rsvp.message.clone()}</p> })
            .into_any(),
        RsvpState::Going | RsvpState::Left => ().into_any(),
    }
}

/// A held seat: until when, and the button that accepts it (A8).
fn offer_view(reader: &Reader, event: &Event, rsvp: &Rsvp, now: Instant) -> AnyView {
    let until = rsvp.holds_until.unwrap_or(now);
    view! {
        <p>{tr("seat-held-until")} " " {reader.time_and_zone(until, Shape::DateTime)} " " {reader.ahead(now, until)}</p>
        {rsvp.online_meanwhile.then(|| paragraph("seat-online-meanwhile"))}
        {post_form("/api/events/claim", event, "seat-accept", "button")}
    }
    .into_any()
}

/// Offers fewer seats than requested (A6). The guest picker below accepts the offer. After registration closed
/// there is no picker, so the offer has its own form.
fn fewer_view(reader: &Reader, event: &Event, rsvp: &Rsvp, may_change: bool, now: Instant) -> AnyView {
    let Some(offer) = rsvp.fewer_offer else { return ().into_any() };
    let form = (!may_change).then(|| {
        let max = max_guests(rsvp, offer.seats);
        view! {
            <form class="row" method="post" action="/api/events/accept_fewer">
                <input type="hidden" name="slug" value=event.slug.to_string() />
                {guests_choice("fewer", max, max)}
                <button class="button small">{tr("seat-fewer-take")}</button>
            </form>
        }
    });
    view! {
        <p>
            {fewer_text(rsvp, offer)}
            " " {tr("seat-fewer-until")} " " {reader.time_and_zone(offer.until, Shape::DateTime)} " " {reader.ahead(now, offer.until)}
        </p>
        {form}
    }
    .into_any()
}

/// Says how many of the requested seats are free.
pub(super) fn fewer_text(rsvp: &Rsvp, offer: FewerOffer) -> String {
    tr_with("seat-fewer", &[("free", i18n::number(offer.seats)), ("seats", i18n::number(rsvp.seats()))])
}

/// The highest number of guests that fits into the free seats. At least one guest fewer than requested.
#[must_use]
pub fn max_guests(rsvp: &Rsvp, free: u32) -> u8 {
    u8::try_from(free.saturating_sub(1)).unwrap_or(u8::MAX).min(rsvp.guests.saturating_sub(1))
}

/// The venue is full: offers an online seat, keeping the waitlist position (A12).
fn online_meanwhile(event: &Event, rsvp: &Rsvp, may_change: bool) -> AnyView {
    if rsvp.online_meanwhile {
        return paragraph("seat-online-meanwhile");
    }
    let can_go_online = may_change
        && event.is_hybrid()
        && rsvp.mode == Mode::OnSite
        && event.fits(Mode::Online, event.taken(), rsvp.seats());
    can_go_online
        .then(|| {
            view! {
                <p>{tr("seat-online-offer")}</p>
                {post_form("/api/events/join_online", event, "seat-online-take", "button small")}
            }
        })
        .into_any()
}

/// A form that is only a button.
fn post_form(action: &'static str, event: &Event, key: &'static str, class: &'static str) -> AnyView {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="slug" value=event.slug.to_string() />
            <button class=class>{tr(key)}</button>
        </form>
    }
    .into_any()
}

fn request_panel(visit: &Visit, event: &Event, now: Instant) -> AnyView {
    let (explanation, button) = rsvp_prompt(event, now);
    let few_left = few_left(event, now);
    let button = if few_left.is_some() { "seat-sign-up" } else { button };
    let reader = Reader::of(visit, event.zone());
    let closes = event.details.closes.map(|wall| event.zone().resolve(wall).at).map(|at| {
        view! { <p class="help">{tr("seat-closes")} " " {reader.time_and_zone(at, Shape::DateTime)} " " {reader.ahead(now, at)}</p> }
    });
    view! {
        {explanation.map(paragraph)}
        {few_left}
        {rsvp_form(event, None, RsvpRequest::default(), view! { <button class="button">{tr(button)}</button> }.into_any(), now)}
        {closes}
    }
    .into_any()
}

/// Says that there are seats left, but too few for everybody the reader may bring.
fn few_left(event: &Event, now: Instant) -> Option<AnyView> {
    let alone = event.details.guests_max == 0 || event.is_hybrid();
    let free = event.free(Mode::OnSite, event.taken()).filter(|free| (1..=5).contains(free) && !alone)?;
    let differs = outlooks(event, None, Mode::OnSite, now).is_some();
    differs.then(|| paragraph_with("seat-some-free", &[("free", i18n::number(free))]))
}

/// Fluent keys for a reader without an RSVP: an explanation, and the button.
fn rsvp_prompt(event: &Event, now: Instant) -> (Option<&'static str>, &'static str) {
    if event.details.seating.approval {
        return (Some("seat-by-approval"), "seat-request");
    }
    match event.availability() {
        Availability::RoomFull => (Some("seat-full-room"), "seat-take"),
        Availability::Full if event.offers(Mode::OnSite, now) => (Some("seat-full-offer"), "seat-wait"),
        Availability::Full => (Some("seat-full"), "seat-wait"),
        Availability::Free => (None, "seat-take"),
    }
}

/// The RSVP form. It sends the wanted state, so a double click has no further effect.
fn rsvp_form(
    event: &Event,
    rsvp: Option<&Rsvp>,
    request: RsvpRequest,
    button: AnyView,
    now: Instant,
) -> AnyView {
    let max = event.details.guests_max;
    let guests = (max > 0).then(|| match outlooks(event, rsvp, request.mode, now) {
        Some(outlooks) => party_choice(&outlooks, request.guests),
        None => guests_choice("guests", max, request.guests),
    });
    let mode_choice = event.is_hybrid().then(|| {
        let options =
            [(Mode::OnSite, "seat-way-room"), (Mode::Online, "seat-way-online")].map(|(mode, key)| {
                view! { <option value=mode.name() selected=mode == request.mode>{tr(key)}</option> }
            });
        view! {
            <label class="sr-only" for="mode">{tr("seat-way")}</label>
            <select id="mode" name="mode">{options.collect_view()}</select>
        }
    });
    view! {
        <form class="row" method="post" action="/api/events/rsvp">
            <input type="hidden" name="slug" value=event.slug.to_string() />
            {mode_choice}
            {guests}
            {button}
        </form>
    }
    .into_any()
}

/// The outcome for each party size, if they differ. `None` for hybrid events, where it also depends on the
/// mode.
fn outlooks(event: &Event, rsvp: Option<&Rsvp>, mode: Mode, now: Instant) -> Option<Vec<Outlook>> {
    if event.is_hybrid() {
        return None;
    }
    let of = |guests| outlook(event, rsvp, RsvpRequest { guests, mode }, now);
    let outlooks = (0..=event.details.guests_max).map(of).collect::<Result<Vec<_>, _>>().ok()?;
    let waits = |outlook: &Outlook| matches!(outlook, Outlook::Waitlist | Outlook::GuestsWait);
    let mixed = outlooks.iter().any(waits) && outlooks.contains(&Outlook::Seat);
    mixed.then_some(outlooks)
}

/// Party sizes with their outcome: "2 seats: join the waitlist".
fn party_choice(outlooks: &[Outlook], chosen: u8) -> AnyView {
    let options = (0_u8..).zip(outlooks).map(|(guests, outlook)| {
        let key = match outlook {
            Outlook::Seat | Outlook::Request => "seat-choice-now",
            Outlook::Waitlist => "seat-choice-wait",
            Outlook::GuestsWait => "seat-choice-guests-wait",
            Outlook::Unchanged => "seat-choice-same",
        };
        let text = tr_with(key, &[("seats", i18n::number(1 + i64::from(guests)))]);
        view! { <option value=guests.to_string() selected=guests == chosen>{text}</option> }
    });
    view! {
        <label class="sr-only" for="guests">{tr("seat-party")}</label>
        <select id="guests" name="guests">{options.collect_view()}</select>
    }
    .into_any()
}

/// A choice of how many guests to bring, from 0 to `max`.
#[must_use]
pub fn guests_choice(id: &'static str, max: u8, chosen: u8) -> AnyView {
    let options = (0..=max).map(|n| {
        let text = tr_with("seat-guests-choice", &[("guests", i18n::number(n))]);
        view! { <option value=n.to_string() selected=n == chosen>{text}</option> }
    });
    view! {
        <label class="sr-only" for=id>{tr("seat-guests")}</label>
        <select id=id name="guests">{options.collect_view()}</select>
    }
    .into_any()
}

/// Days between two times on the reader's own calendar: 23:00 is yesterday at 08:00, although only nine hours
/// have passed.
#[must_use]
pub fn days_since(visit: &Visit, then: Instant, now: Instant) -> i64 {
    let date = |at| visit.zone.wall(at).date();
    (date(now) - date(then)).num_days().max(0)
}

fn sign_in_panel(event: &Event, now: Instant) -> AnyView {
    let (explanation, button) = rsvp_prompt(event, now);
    view! {
        {explanation.map(paragraph)}
        <p>
            <a class="button" href=sign_in_path(&event_path(&event.slug))>
                {tr(if button == "seat-wait" { "seat-sign-in-wait" } else { "seat-sign-in" })}
            </a>
        </p>
    }
    .into_any()
}

fn opening_panel(visit: &Visit, event: &Event, now: Instant) -> AnyView {
    let Some(opening_panel) = event.details.opens else { return paragraph("refusal-registration-not-open") };
    let reader = Reader::of(visit, event.zone());
    let at = event.zone().resolve(opening_panel).at;
    view! {
        <p>{tr("seat-opens")} " " {reader.time_and_zone(at, Shape::DateTimeYear)} " " {reader.ahead(now, at)}</p>
    }
    .into_any()
}

/// The seats as a picture, and as a text that stays up to date.
fn seats_view(loaded: &Loaded, rsvp: Option<&Rsvp>, now: Instant) -> AnyView {
    let event = &loaded.event;
    // Past events have no waitlist.
    let over = now >= event.ends_at;
    let waiting = |waiting| if over { 0 } else { waiting };
    let count =
        SeatCount { capacity: event.details.capacity, going: event.going, waiting: waiting(event.waiting) };
    let texts = seat_texts(count.capacity);
    let label = texts.text(count);
    let label_text = label.clone();
    let is_at_venue = |rsvp: &&Rsvp| rsvp.state == RsvpState::Going && event.pool(rsvp.mode) == Mode::OnSite;
    let rsvp = rsvp.filter(is_at_venue).map_or(0, Rsvp::seats);
    let picture = event.details.capacity.map(|capacity| {
        let seats = Seats { capacity, going: event.going, waiting: count.waiting, mine: rsvp };
        view! { <SeatPicture seats label /> }
    });
    let online = event.is_hybrid().then(|| {
        let count = SeatCount {
            capacity: event.capacity(Mode::Online),
            going: event.online_going,
            waiting: waiting(event.online_waiting),
        };
        let text = i18n::quote(seat_texts(count.capacity).text(count));
        view! { <p class="seat-count">{tr_with("seats-online", &[("seats", text)])}</p> }
    });
    // The count of a past event no longer changes, so it needs no script.
    let text = match over {
        true => label_text.into_any(),
        false => view! { <SeatsLive slug=event.slug.to_string() first=count texts /> }.into_any(),
    };
    view! {
        {picture}
        <p class="seat-count">{text}</p>
        {online}
    }
    .into_any()
}

/// The texts for the island, with placeholders for the numbers. `capacity` only chooses between "seat" and
/// "seats".
fn seat_texts(capacity: Option<u32>) -> SeatTexts {
    let placeholder = |name: &str| i18n::quote(format!("{{{name}}}"));
    let seats = ("seats", i18n::number(capacity.unwrap_or(0)));
    SeatTexts {
        limited: tr_with(
            "seats-limited",
            &[("going", placeholder("going")), ("capacity", placeholder("capacity")), seats],
        ),
        over: tr_with("seats-over", &[("over", placeholder("over"))]),
        unlimited: tr_with("seats-unlimited", &[("going", placeholder("going"))]),
        waiting: tr_with("seats-waiting", &[("waiting", placeholder("waiting"))]),
    }
}
