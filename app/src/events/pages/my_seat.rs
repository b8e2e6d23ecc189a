//! My seat: whether I have one, how I get one, how I give it up. One click each.

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
    answer::sign_in_path,
    context::{Visit, tr, tr_with},
    events::{
        api::SeatCount,
        islands::{SeatWords, SeatsLive},
    },
    i18n::{self, format},
    ui::{Reader, SeatPicture, Seats, Shape},
};

/// The panel beside when and where.
#[must_use]
pub fn seat_panel(visit: &Visit, loaded: &Loaded, now: Instant) -> AnyView {
    let event = &loaded.event;
    let mine = loaded.mine.as_ref().filter(|mine| mine.state != RsvpState::Left);
    let state = match event.status {
        EventStatus::Draft => say("seat-draft"),
        EventStatus::Cancelled if mine.is_some_and(Rsvp::seated) => say("seat-cancelled-mine"),
        EventStatus::Cancelled => say("seat-cancelled"),
        EventStatus::Published if now >= event.ends_at => past(mine),
        EventStatus::Published => open(visit, loaded, mine, now),
    };
    view! {
        <section class="fact seat-panel" aria-labelledby="seat">
            <h2 id="seat">{tr("event-seat")}</h2>
            {state}
            {shows_seats(event, now).then(|| picture(loaded, mine, now))}
        </section>
    }
    .into_any()
}

/// A draft has no seats yet, a cancelled event none any more; an imported one that is over never had any.
fn shows_seats(event: &Event, now: Instant) -> bool {
    event.status == EventStatus::Published && (event.going > 0 || now < event.ends_at)
}

fn say(key: &str) -> AnyView {
    view! { <p>{tr(key)}</p> }.into_any()
}

fn say_with(key: &str, args: &[(&str, Arg)]) -> AnyView {
    view! { <p>{tr_with(key, args)}</p> }.into_any()
}

fn past(mine: Option<&Rsvp>) -> AnyView {
    say(if mine.is_some_and(Rsvp::seated) { "seat-past-mine" } else { "seat-past" })
}

fn open(visit: &Visit, loaded: &Loaded, mine: Option<&Rsvp>, now: Instant) -> AnyView {
    match (mine, &loaded.may_rsvp) {
        (Some(mine), may) => answered(visit, loaded, mine, may.is_ok(), now),
        (None, Ok(())) if visit.member.is_none() => sign_in(&loaded.event, now),
        (None, Ok(())) => asking(visit, &loaded.event, now),
        (None, Err(Refusal::SignInFirst)) => sign_in(&loaded.event, now),
        (None, Err(Refusal::RegistrationNotOpen)) => opens(visit, &loaded.event, now),
        (None, Err(refusal)) => view! { <p>{i18n::refusal(visit.locale, refusal)}</p> }.into_any(),
    }
}

/// What the answer says, what it leads to, and the way out.
fn answered(visit: &Visit, loaded: &Loaded, mine: &Rsvp, may_change: bool, now: Instant) -> AnyView {
    let event = &loaded.event;
    let reader = Reader::of(visit, event.zone());
    let (title, leave) = standing(mine, loaded.position);
    let guests = (mine.guests > 0 && mine.state != RsvpState::Declined)
        .then(|| view! { <p>{tr_with("seat-with-guests", &[("guests", i18n::number(mine.guests))])}</p> });
    let guests_waiting = (mine.guests_waiting > 0).then(|| {
        let place = ("position", i18n::number(loaded.position.unwrap_or(1)));
        view! { <p>{tr_with("seat-guests-waiting", &[("extra", i18n::number(mine.guests_waiting)), place])}</p> }
    });
    let changes = may_change && mine.state != RsvpState::Declined && mine.state != RsvpState::Offered;
    let change = (changes && (event.details.guests_most > 0 || event.hybrid())).then(|| {
        let (chosen, key, class) = match mine.fewer_offer.filter(|_| mine.is_asked(now)) {
            // The seats that are free now are what most people want then.
            Some(asked) => (most_guests(mine, asked.seats), "seat-fewer-choose", "button small"),
            None => (mine.guests + mine.guests_waiting, "seat-change", "button small plain"),
        };
        let request = RsvpRequest { guests: chosen, mode: mine.mode };
        let button = view! { <button class=class>{tr(key)}</button> };
        rsvp_form(event, Some(mine), request, button.into_any(), now)
    });
    view! {
        <p class="seat-state" class:mine=mine.seated()>{title}</p>
        {guests}
        {guests_waiting}
        {more(visit, &reader, event, mine, may_change, now)}
        {change}
        {leave.map(|leave| post_form("/api/events/leave", event, leave, "button small plain"))}
    }
    .into_any()
}

/// Where an answer stands, in a line, and what its way out is called.
#[must_use]
pub fn standing(mine: &Rsvp, position: Option<u32>) -> (String, Option<&'static str>) {
    match mine.state {
        RsvpState::Going if mine.mode == Mode::Online => (tr("seat-going-online"), Some("seat-leave")),
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

/// What there is to say and to do beside changing and leaving.
fn more(
    visit: &Visit,
    reader: &Reader,
    event: &Event,
    mine: &Rsvp,
    may_change: bool,
    now: Instant,
) -> AnyView {
    match mine.state {
        RsvpState::Offered => offered(reader, event, mine, now),
        RsvpState::Waiting => {
            let frozen = event.frozen(mine.mode, now).then(|| say("seat-frozen"));
            let asked = mine.is_asked(now).then(|| fewer(reader, event, mine, may_change, now));
            view! { {online_meanwhile(event, mine, may_change)} {frozen} {asked} }.into_any()
        }
        RsvpState::Pending => {
            let days = days_since(visit, mine.since, now);
            let date = format::at(visit.locale, mine.since, visit.zone, Shape::Date);
            say_with("seat-pending-age", &[("days", i18n::number(days)), ("date", i18n::quote(date))])
        }
        RsvpState::Declined => (!mine.message.is_empty())
            .then(|| view! { <p class="written">{mine.message.clone()}</p> })
            .into_any(),
        RsvpState::Going | RsvpState::Left => ().into_any(),
    }
}

/// A seat is held: until when, and the button that takes it (A8).
fn offered(reader: &Reader, event: &Event, mine: &Rsvp, now: Instant) -> AnyView {
    let until = mine.holds_until.unwrap_or(now);
    view! {
        <p>{tr("seat-held-until")} " " {reader.time_and_zone(until, Shape::DateTime)} " " {reader.ahead(now, until)}</p>
        {mine.online_meanwhile.then(|| say("seat-online-meanwhile"))}
        {post_form("/api/events/claim", event, "seat-accept", "button")}
    }
    .into_any()
}

/// Fewer seats are free than the party asked for (A6). The picker below takes the answer. Where sign-up has
/// closed there is no picker, and the question brings a form of its own.
fn fewer(reader: &Reader, event: &Event, mine: &Rsvp, may_change: bool, now: Instant) -> AnyView {
    let Some(asked) = mine.fewer_offer else { return ().into_any() };
    let form = (!may_change).then(|| {
        let max = most_guests(mine, asked.seats);
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
            {fewer_words(mine, asked)}
            " " {tr("seat-fewer-until")} " " {reader.time_and_zone(asked.until, Shape::DateTime)} " " {reader.ahead(now, asked.until)}
        </p>
        {form}
    }
    .into_any()
}

/// That some of the seats that a party asked for are free, and what it can do about it.
pub(super) fn fewer_words(mine: &Rsvp, asked: FewerOffer) -> String {
    tr_with("seat-fewer", &[("free", i18n::number(asked.seats)), ("seats", i18n::number(mine.seats()))])
}

/// How many may still come along when so many seats are free.
#[must_use]
pub fn most_guests(mine: &Rsvp, free: u32) -> u8 {
    u8::try_from(free.saturating_sub(1)).unwrap_or(u8::MAX).min(mine.guests.saturating_sub(1))
}

/// The room is full: come online meanwhile, and keep the place in line (A12).
fn online_meanwhile(event: &Event, mine: &Rsvp, may_change: bool) -> AnyView {
    if mine.online_meanwhile {
        return say("seat-online-meanwhile");
    }
    let offers = may_change
        && event.hybrid()
        && mine.mode == Mode::OnSite
        && event.fits(Mode::Online, event.taken(), mine.seats());
    offers
        .then(|| {
            view! {
                <p>{tr("seat-online-offer")}</p>
                {post_form("/api/events/join_online", event, "seat-online-take", "button small")}
            }
        })
        .into_any()
}

/// A form with nothing but a button.
fn post_form(action: &'static str, event: &Event, key: &'static str, class: &'static str) -> AnyView {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="slug" value=event.slug.to_string() />
            <button class=class>{tr(key)}</button>
        </form>
    }
    .into_any()
}

fn asking(visit: &Visit, event: &Event, now: Instant) -> AnyView {
    let (note, button) = invitation(event, now);
    let some = some_free(event, now);
    let button = if some.is_some() { "seat-sign-up" } else { button };
    let reader = Reader::of(visit, event.zone());
    let closes = event.details.closes.map(|wall| event.zone().resolve(wall).at).map(|at| {
        view! { <p class="help">{tr("seat-closes")} " " {reader.time_and_zone(at, Shape::DateTime)} " " {reader.ahead(now, at)}</p> }
    });
    view! {
        {note.map(say)}
        {some}
        {rsvp_form(event, None, RsvpRequest::default(), view! { <button class="button">{tr(button)}</button> }.into_any(), now)}
        {closes}
    }
    .into_any()
}

/// That there are seats, but not for everybody whom one might bring.
fn some_free(event: &Event, now: Instant) -> Option<AnyView> {
    let alone = event.details.guests_most == 0 || event.hybrid();
    let free = event.free(Mode::OnSite, event.taken()).filter(|free| (1..=5).contains(free) && !alone)?;
    let differs = outlooks(event, None, Mode::OnSite, now).is_some();
    differs.then(|| say_with("seat-some-free", &[("free", i18n::number(free))]))
}

/// What a reader without an answer is told, and what the button says.
fn invitation(event: &Event, now: Instant) -> (Option<&'static str>, &'static str) {
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

/// The form says the state wanted, so a double click is one answer.
fn rsvp_form(
    event: &Event,
    mine: Option<&Rsvp>,
    request: RsvpRequest,
    button: AnyView,
    now: Instant,
) -> AnyView {
    let max = event.details.guests_most;
    let guests = (max > 0).then(|| match outlooks(event, mine, request.mode, now) {
        Some(outlooks) => party_choice(&outlooks, request.guests),
        None => guests_choice("guests", max, request.guests),
    });
    let way = event.hybrid().then(|| {
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
            {way}
            {guests}
            {button}
        </form>
    }
    .into_any()
}

/// What each size of a party leads to, where it makes a difference. At a hybrid event it depends on the way
/// of coming as well, so nothing is said there.
fn outlooks(event: &Event, mine: Option<&Rsvp>, mode: Mode, now: Instant) -> Option<Vec<Outlook>> {
    if event.hybrid() {
        return None;
    }
    let of = |guests| outlook(event, mine, RsvpRequest { guests, mode }, now);
    let outlooks = (0..=event.details.guests_most).map(of).collect::<Result<Vec<_>, _>>().ok()?;
    let waits = |outlook: &Outlook| matches!(outlook, Outlook::Waitlist | Outlook::GuestsWait);
    let mixed = outlooks.iter().any(waits) && outlooks.contains(&Outlook::Seat);
    mixed.then_some(outlooks)
}

/// How many come, and what each number leads to: "2 seats: join the waitlist".
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

/// How many come: oneself and up to so many guests.
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

/// How many days ago something was, on the reader's own calendar: what was asked at 23:00 was asked
/// yesterday at 08:00, though it was nine hours ago.
#[must_use]
pub fn days_since(visit: &Visit, then: Instant, now: Instant) -> i64 {
    let date = |at| visit.zone.wall(at).date();
    (date(now) - date(then)).num_days().max(0)
}

fn sign_in(event: &Event, now: Instant) -> AnyView {
    let (note, button) = invitation(event, now);
    view! {
        {note.map(say)}
        <p>
            <a class="button" href=sign_in_path(&event_path(&event.slug))>
                {tr(if button == "seat-wait" { "seat-sign-in-wait" } else { "seat-sign-in" })}
            </a>
        </p>
    }
    .into_any()
}

fn opens(visit: &Visit, event: &Event, now: Instant) -> AnyView {
    let Some(opens) = event.details.opens else { return say("refusal-registration-not-open") };
    let reader = Reader::of(visit, event.zone());
    let at = event.zone().resolve(opens).at;
    view! {
        <p>{tr("seat-opens")} " " {reader.time_and_zone(at, Shape::DateTimeYear)} " " {reader.ahead(now, at)}</p>
    }
    .into_any()
}

/// Seats as a picture and as a sentence that stays up to date.
fn picture(loaded: &Loaded, mine: Option<&Rsvp>, now: Instant) -> AnyView {
    let event = &loaded.event;
    // Nobody waits for a seat at something that is over.
    let over = now >= event.ends_at;
    let waiting = |waiting| if over { 0 } else { waiting };
    let count =
        SeatCount { capacity: event.details.capacity, going: event.going, waiting: waiting(event.waiting) };
    let words = seat_words(count.capacity);
    let label = words.say(count);
    let label_text = label.clone();
    let in_pool = |mine: &&Rsvp| mine.state == RsvpState::Going && event.pool(mine.mode) == Mode::OnSite;
    let mine = mine.filter(in_pool).map_or(0, Rsvp::seats);
    let drawing = event.details.capacity.map(|capacity| {
        let seats = Seats { capacity, going: event.going, waiting: count.waiting, mine };
        view! { <SeatPicture seats label /> }
    });
    let online = event.hybrid().then(|| {
        let count = SeatCount {
            capacity: event.capacity(Mode::Online),
            going: event.online_going,
            waiting: waiting(event.online_waiting),
        };
        let said = i18n::quote(seat_words(count.capacity).say(count));
        view! { <p class="seat-count">{tr_with("seats-online", &[("seats", said)])}</p> }
    });
    // What is over changes no more: it needs no script to look again.
    let said = match over {
        true => label_text.into_any(),
        false => view! { <SeatsLive slug=event.slug.to_string() first=count words /> }.into_any(),
    };
    view! {
        {drawing}
        <p class="seat-count">{said}</p>
        {online}
    }
    .into_any()
}

/// The sentences with placeholders for their numbers, which the island fills in. `capacity` only chooses between
/// "seat" and "seats".
fn seat_words(capacity: Option<u32>) -> SeatWords {
    let open = |name: &str| i18n::quote(format!("{{{name}}}"));
    let seats = ("seats", i18n::number(capacity.unwrap_or(0)));
    SeatWords {
        limited: tr_with("seats-limited", &[("going", open("going")), ("capacity", open("capacity")), seats]),
        over: tr_with("seats-over", &[("over", open("over"))]),
        unlimited: tr_with("seats-unlimited", &[("going", open("going"))]),
        waiting: tr_with("seats-waiting", &[("waiting", open("waiting"))]),
    }
}
