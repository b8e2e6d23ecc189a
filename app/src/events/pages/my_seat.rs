//! The reader's own seat in sentences. What they can do about it is decided by [`SeatView`].

use domain::{
    Arg, Instant,
    events::{
        ChangeSeat, Event, EventStatus, FewerSeats, FirstStep, Mode, NewSeat, OnlineMeanwhile, Outlook,
        OwnSeat, Rsvp, RsvpRequest, RsvpState, SeatChoice, SeatView, Withdraw,
    },
};
use leptos::prelude::*;
use store::events::EventPage as Loaded;

use super::{
    answers::{answer_fields, answer_sheet, answers_path},
    event_path,
    register::{register_form, takes_visitors},
    seat_count,
};
use crate::{
    call::sign_in_path,
    context::{Visit, tr, tr_with},
    error::AppError,
    events::api::SeatCount,
    i18n::{self, format},
    ui::{Reader, SeatPicture, Seats, Shape, Sheet},
};

/// What the reader typed in the form that takes a seat, where it asks questions.
///
/// # Errors
/// `Unavailable` or `Internal` when the draft can't be read.
pub async fn seat_sheet(visit: &Visit, loaded: &Loaded) -> Result<Option<Sheet>, AppError> {
    match loaded.questions.questions.is_empty() || visit.member.is_none() {
        true => Ok(None),
        false => answer_sheet(visit, &loaded.event.slug, &loaded.questions).await.map(Some),
    }
}

/// The panel beside time and venue. `answers` has what the reader typed for the hosts' questions, and `register` is the form
/// for visitors, where everyone may join.
#[must_use]
pub fn seat_panel(
    visit: &Visit,
    loaded: &Loaded,
    answers: Option<&Sheet>,
    register: Option<&Sheet>,
    now: Instant,
) -> AnyView {
    let event = &loaded.event;
    let rsvp = loaded.rsvp.as_ref().filter(|rsvp| rsvp.state != RsvpState::Left);
    let state = match SeatView::of(event, rsvp, visit.member.is_some(), now) {
        SeatView::Draft => paragraph("seat-draft"),
        SeatView::Cancelled { had_seat: true } => paragraph("seat-cancelled-mine"),
        SeatView::Cancelled { had_seat: false } => paragraph("seat-cancelled"),
        SeatView::Over { had_seat: true } => paragraph("seat-past-mine"),
        SeatView::Over { had_seat: false } => paragraph("seat-past"),
        SeatView::NotOpen { opens } => opening_panel(visit, event, opens, now),
        SeatView::Closed(why) => view! { <p>{i18n::refusal(visit.locale, &why)}</p> }.into_any(),
        SeatView::Open(new) if new.sign_in_first => visitor_panel(visit, event, &new, register),
        SeatView::Open(new) => request_panel(visit, loaded, &new, answers, now),
        SeatView::Own(rsvp, seat) => rsvp_panel(visit, loaded, rsvp, &seat, now),
    };
    let questions = questions_link(visit, loaded, rsvp, now);
    view! {
        <section class="fact seat-panel" aria-labelledby="seat">
            <h2 id="seat">{tr("event-seat")}</h2>
            {state}
            {questions}
            {shows_seats(event, now).then(|| seats_view(visit, loaded, rsvp, now))}
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

/// The reader's RSVP: its state, how to change it, and how to withdraw it.
fn rsvp_panel(visit: &Visit, loaded: &Loaded, rsvp: &Rsvp, seat: &OwnSeat, now: Instant) -> AnyView {
    let event = &loaded.event;
    let reader = Reader::of(visit, event.zone());
    let guests = (rsvp.guests > 0 && rsvp.state != RsvpState::Declined)
        .then(|| view! { <p>{tr_with("seat-with-guests", &[("guests", i18n::number(rsvp.guests))])}</p> });
    let guests_waiting = (rsvp.guests_waiting > 0).then(|| {
        let position = ("position", i18n::number(loaded.position.unwrap_or(1)));
        view! { <p>{tr_with("seat-guests-waiting", &[("extra", i18n::number(rsvp.guests_waiting)), position])}</p> }
    });
    let change = seat.change.as_ref().map(|ChangeSeat { choice, accepts_fewer }| {
        let (key, class) = match accepts_fewer {
            true => ("seat-fewer-choose", "button small"),
            false => ("seat-change", "button small plain"),
        };
        rsvp_form(loaded, choice, None, view! { <button class=class>{tr(key)}</button> }.into_any())
    });
    let withdraw = seat.withdraw.map(withdraw_key);
    view! {
        <p class="seat-state" class:mine=rsvp.is_seated()>{state_title(rsvp, loaded.position)}</p>
        {guests}
        {guests_waiting}
        {state_details(visit, &reader, loaded, rsvp, seat, now)}
        {change}
        {withdraw.map(|key| post_form("/api/events/leave", event, key, "button small plain"))}
    }
    .into_any()
}

/// The title of an RSVP's state.
#[must_use]
pub fn state_title(rsvp: &Rsvp, position: Option<u32>) -> String {
    match rsvp.state {
        RsvpState::Going if rsvp.mode == Mode::Online => tr("seat-going-online"),
        RsvpState::Going => tr("seat-going"),
        RsvpState::Offered => tr("seat-offered"),
        RsvpState::Waiting => tr_with("seat-waiting", &[("position", i18n::number(position.unwrap_or(1)))]),
        RsvpState::Pending => tr("seat-pending"),
        RsvpState::Declined | RsvpState::Left => tr("seat-declined"),
    }
}

/// The Fluent key of the button that ends an RSVP.
#[must_use]
pub fn withdraw_key(withdraw: Withdraw) -> &'static str {
    match withdraw {
        Withdraw::GiveUpSeat => "seat-leave",
        Withdraw::DeclineOffer => "seat-decline",
        Withdraw::LeaveWaitlist => "seat-leave-waitlist",
        Withdraw::WithdrawRequest => "seat-withdraw",
    }
}

/// More about the RSVP's state, and actions other than changing or withdrawing it.
fn state_details(
    visit: &Visit,
    reader: &Reader,
    loaded: &Loaded,
    rsvp: &Rsvp,
    seat: &OwnSeat,
    now: Instant,
) -> AnyView {
    let event = &loaded.event;
    match rsvp.state {
        RsvpState::Offered => seat.offer.map(|until| offer_view(reader, loaded, seat, until, now)).into_any(),
        RsvpState::Waiting => {
            let frozen = seat.is_frozen.then(|| paragraph("seat-frozen"));
            let fewer = seat.fewer.map(|fewer| fewer_view(reader, event, rsvp, seat, fewer, now));
            view! { {online_view(event, seat.online)} {frozen} {fewer} }.into_any()
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
fn offer_view(reader: &Reader, loaded: &Loaded, seat: &OwnSeat, until: Instant, now: Instant) -> AnyView {
    let accept = (!loaded.questions.is_missing())
        .then(|| post_form("/api/events/claim", &loaded.event, "seat-accept", "button"));
    let joins_online = seat.online == OnlineMeanwhile::Taken;
    view! {
        <p>{tr("seat-held-until")} " " {reader.time_and_zone(until, Shape::DateTime)} " " {reader.ahead(now, until)}</p>
        {joins_online.then(|| paragraph("seat-online-meanwhile"))}
        {accept}
    }
    .into_any()
}

/// The link to the questions of the event: before the seat is confirmed, or to change the answers. Members without an RSVP
/// answer in the form, and visitors learn that there are questions.
fn questions_link(visit: &Visit, loaded: &Loaded, rsvp: Option<&Rsvp>, now: Instant) -> Option<AnyView> {
    let (event, answers) = (&loaded.event, &loaded.questions);
    if answers.questions.is_empty() || event.status != EventStatus::Published || now >= event.starts_at {
        return None;
    }
    let Some(rsvp) = rsvp.filter(|rsvp| rsvp.state != RsvpState::Declined) else {
        return visit
            .member
            .is_none()
            .then(|| view! { <p class="help">{tr("answers-later")}</p> }.into_any());
    };
    let to = answers_path(event.slug.as_str());
    Some(match answers.is_missing() {
        true if rsvp.state == RsvpState::Offered => view! {
            <p>{tr("answers-needed")}</p>
            <p><a class="button" href=to>{tr("answers-go")}</a></p>
        }
        .into_any(),
        true => view! { <p>{tr("answers-wanted")}</p> <p><a class="button small" href=to>{tr("answers-go")}</a></p> }
            .into_any(),
        false => view! { <p><a href=to>{tr("answers-change")}</a></p> }.into_any(),
    })
}

/// Offers fewer seats than requested (A6). The guest picker below accepts the offer. Where there is none, such
/// as after registration closed, the offer has its own form.
fn fewer_view(
    reader: &Reader,
    event: &Event,
    rsvp: &Rsvp,
    seat: &OwnSeat,
    fewer: FewerSeats,
    now: Instant,
) -> AnyView {
    let FewerSeats { free, until, max_guests } = fewer;
    let form = seat.change.is_none().then(|| {
        view! {
            <form class="row" method="post" action="/api/events/accept_fewer">
                <input type="hidden" name="slug" value=event.slug.to_string() />
                {guests_choice("fewer", max_guests, max_guests)}
                <button class="button small">{tr("seat-fewer-take")}</button>
            </form>
        }
    });
    view! {
        <p>
            {fewer_text(rsvp, free)}
            " " {tr("seat-fewer-until")} " " {reader.time_and_zone(until, Shape::DateTime)} " " {reader.ahead(now, until)}
        </p>
        {form}
    }
    .into_any()
}

/// Says how many of the requested seats are free.
pub(super) fn fewer_text(rsvp: &Rsvp, free: u32) -> String {
    tr_with("seat-fewer", &[("free", i18n::number(free)), ("seats", i18n::number(rsvp.seats()))])
}

/// The venue is full: offers an online seat, keeping the waitlist position (A12).
fn online_view(event: &Event, online: OnlineMeanwhile) -> AnyView {
    match online {
        OnlineMeanwhile::No => ().into_any(),
        OnlineMeanwhile::Taken => paragraph("seat-online-meanwhile"),
        OnlineMeanwhile::Free => view! {
            <p>{tr("seat-online-offer")}</p>
            {post_form("/api/events/join_online", event, "seat-online-take", "button small")}
        }
        .into_any(),
    }
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

fn request_panel(
    visit: &Visit,
    loaded: &Loaded,
    new: &NewSeat,
    answers: Option<&Sheet>,
    now: Instant,
) -> AnyView {
    let event = &loaded.event;
    let (explanation, button) = step_text(new.step);
    let few_left = new.few_left.map(|free| paragraph_with("seat-some-free", &[("free", i18n::number(free))]));
    let button = if few_left.is_some() { "seat-sign-up" } else { button };
    let reader = Reader::of(visit, event.zone());
    let closes = new.closes.map(|at| {
        view! { <p class="help">{tr("seat-closes")} " " {reader.time_and_zone(at, Shape::DateTime)} " " {reader.ahead(now, at)}</p> }
    });
    view! {
        {explanation.map(paragraph)}
        {few_left}
        {rsvp_form(loaded, &new.choice, answers, view! { <button class="button">{tr(button)}</button> }.into_any())}
        {closes}
    }
    .into_any()
}

/// Fluent keys for a reader without an RSVP: an explanation, and the button.
fn step_text(step: FirstStep) -> (Option<&'static str>, &'static str) {
    match step {
        FirstStep::Request => (Some("seat-by-approval"), "seat-request"),
        FirstStep::Take => (None, "seat-take"),
        FirstStep::TakeOnline => (Some("seat-full-room"), "seat-take"),
        FirstStep::Wait => (Some("seat-full"), "seat-wait"),
        FirstStep::WaitForOffer => (Some("seat-full-offer"), "seat-wait"),
    }
}

/// The RSVP form. It sends the wanted state, so a double click has no further effect. With `answers` it also asks the hosts'
/// questions (B11).
fn rsvp_form(loaded: &Loaded, choice: &SeatChoice, answers: Option<&Sheet>, button: AnyView) -> AnyView {
    let event = &loaded.event;
    let typed = |name| answers.map(|sheet| sheet.value(name)).unwrap_or_default();
    let first = RsvpRequest {
        guests: typed("guests").parse().unwrap_or(choice.first.guests),
        mode: typed("mode").parse().unwrap_or(choice.first.mode),
    };
    let guests = (choice.max_guests > 0).then(|| match &choice.outlooks {
        Some(outlooks) => party_choice(outlooks, first.guests),
        None => guests_choice("guests", choice.max_guests, first.guests),
    });
    let mode_choice = choice.has_modes.then(|| {
        let options =
            [(Mode::OnSite, "seat-way-room"), (Mode::Online, "seat-way-online")].map(|(mode, key)| {
                view! { <option value=mode.name() selected=mode == first.mode>{tr(key)}</option> }
            });
        view! {
            <label class="sr-only" for="mode">{tr("seat-way")}</label>
            <select id="mode" name="mode">{options.collect_view()}</select>
        }
    });
    let questions = answers.map(|sheet| {
        view! {
            <p class="help">{tr("answers-lead")}</p>
            {answer_fields(sheet, &loaded.questions)}
        }
    });
    view! {
        <form method="post" action="/api/events/rsvp">
            <input type="hidden" name="slug" value=event.slug.to_string() />
            {questions}
            <div class="row">{mode_choice} {guests} {button}</div>
        </form>
    }
    .into_any()
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

fn visitor_panel(visit: &Visit, event: &Event, new: &NewSeat, register: Option<&Sheet>) -> AnyView {
    let step = new.step;
    let (explanation, button) = step_text(step);
    if let Some(sheet) = register.filter(|_| takes_visitors(step)) {
        return view! { {explanation.map(paragraph)} {register_form(visit, event, new, sheet, button)} }
            .into_any();
    }
    view! {
        {explanation.map(paragraph)}
        <p>
            <a class="button" href=sign_in_path(&event_path(&event.slug))>
                {tr(if step.waits() { "seat-sign-in-wait" } else { "seat-sign-in" })}
            </a>
        </p>
    }
    .into_any()
}

fn opening_panel(visit: &Visit, event: &Event, opens: Instant, now: Instant) -> AnyView {
    let reader = Reader::of(visit, event.zone());
    view! {
        <p>{tr("seat-opens")} " " {reader.time_and_zone(opens, Shape::DateTimeYear)} " " {reader.ahead(now, opens)}</p>
    }
    .into_any()
}

/// The seats as a picture, and as a text that stays up to date.
fn seats_view(visit: &Visit, loaded: &Loaded, rsvp: Option<&Rsvp>, now: Instant) -> AnyView {
    let event = &loaded.event;
    // Past events have no waitlist.
    let over = now >= event.ends_at;
    let waiting = |waiting| if over { 0 } else { waiting };
    let count =
        SeatCount { capacity: event.details.capacity, going: event.going, waiting: waiting(event.waiting) };
    let (label, text) = (seat_count::text(count), seat_count::text(count));
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
        let text = i18n::quote(seat_count::text(count));
        view! { <p class="seat-count">{tr_with("seats-online", &[("seats", text)])}</p> }
    });
    // The count of a past event no longer changes, so it needs no script.
    let text = match over {
        true => text.into_any(),
        false => seat_count::live(visit, event, count),
    };
    view! {
        {picture}
        <p class="seat-count">{text}</p>
        {online}
    }
    .into_any()
}
