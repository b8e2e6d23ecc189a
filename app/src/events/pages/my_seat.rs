//! My seat: whether I have one, how I get one, how I give it up. One click each.

use domain::{
    Arg, Instant, Refusal,
    events::{Event, EventStatus, Mode, Rsvp, RsvpState, Wish},
};
use leptos::prelude::*;
use store::events::EventPage as Loaded;

use super::{event_path, seat_link::most_guests};
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
        EventStatus::Cancelled if mine.is_some_and(Rsvp::seated) => say("seat-cancelled-mine"),
        EventStatus::Cancelled => say("seat-cancelled"),
        EventStatus::Published if now >= event.ends_at => past(mine),
        EventStatus::Published => open(visit, loaded, mine, now),
    };
    view! {
        <section class="fact seat-panel" aria-labelledby="seat">
            <h2 id="seat">{tr("event-seat")}</h2>
            {state}
            {shows_seats(event, now).then(|| picture(loaded, mine))}
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
        (None, Err(refusal)) => view! { <p>{words::refusal(visit.locale, refusal)}</p> }.into_any(),
    }
}

/// What the answer says, what it leads to, and the way out.
fn answered(visit: &Visit, loaded: &Loaded, mine: &Rsvp, may_change: bool, now: Instant) -> AnyView {
    let event = &loaded.event;
    let reader = Reader::of(visit, event.zone());
    let (title, leave) = standing(mine, loaded.position);
    let guests = (mine.guests > 0 && mine.state != RsvpState::Rejected)
        .then(|| view! { <p>{tr_with("seat-with-guests", &[("guests", words::number(mine.guests))])}</p> });
    let extra = (mine.extra > 0).then(|| {
        let place = ("position", words::number(loaded.position.unwrap_or(1)));
        view! { <p>{tr_with("seat-extra", &[("extra", words::number(mine.extra)), place])}</p> }
    });
    let changes = may_change && mine.state != RsvpState::Rejected && mine.state != RsvpState::Offered;
    let change = (changes && (event.details.guests_most > 0 || event.hybrid())).then(|| {
        let wish = Wish { guests: mine.guests + mine.extra, mode: mine.mode };
        let button = view! { <button class="button small plain">{tr("seat-change")}</button> };
        rsvp_form(event, wish, button.into_any())
    });
    view! {
        <p class="seat-state" class:mine=mine.seated()>{title}</p>
        {guests}
        {extra}
        {more(&reader, event, mine, may_change, now)}
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
            let position = [("position", words::number(position.unwrap_or(1)))];
            (tr_with("seat-waiting", &position), Some("seat-leave-waitlist"))
        }
        RsvpState::Pending => (tr("seat-pending"), Some("seat-withdraw")),
        RsvpState::Rejected | RsvpState::Left => (tr("seat-rejected"), None),
    }
}

/// What there is to say and to do beside changing and leaving.
fn more(reader: &Reader, event: &Event, mine: &Rsvp, may_change: bool, now: Instant) -> AnyView {
    match mine.state {
        RsvpState::Offered => offered(reader, event, mine, now),
        RsvpState::Waiting => {
            let frozen = event.frozen(mine.mode, now).then(|| say("seat-frozen"));
            let asked = mine.is_asked(now).then(|| fewer(reader, event, mine, now));
            view! { {online_meanwhile(event, mine, may_change)} {frozen} {asked} }.into_any()
        }
        RsvpState::Pending => {
            let days = (now - mine.since).num_days();
            say_with("seat-pending-age", &[("days", words::number(days))])
        }
        RsvpState::Rejected => {
            (!mine.words.is_empty()).then(|| view! { <p class="written">{mine.words.clone()}</p> }).into_any()
        }
        RsvpState::Going | RsvpState::Left => ().into_any(),
    }
}

/// A seat is held: until when, and the button that takes it (A8).
fn offered(reader: &Reader, event: &Event, mine: &Rsvp, now: Instant) -> AnyView {
    let until = mine.holds_until.unwrap_or(now);
    view! {
        <p>{tr("seat-held-until")} " " {reader.time(until, Shape::Near)} " " {ahead(now, until)}</p>
        {mine.online_too.then(|| say("seat-online-meanwhile"))}
        {post_form("/api/events/claim", event, "seat-claim", "button")}
    }
    .into_any()
}

/// Fewer seats are free than were asked for (A6).
fn fewer(reader: &Reader, event: &Event, mine: &Rsvp, now: Instant) -> AnyView {
    let Some(asked) = mine.asked else { return ().into_any() };
    let most = most_guests(mine, asked.seats);
    view! {
        <p>
            {tr_with("seat-fewer", &[("free", words::number(asked.seats))])}
            " " {tr("seat-fewer-until")} " " {reader.time(asked.until, Shape::Near)} " " {ahead(now, asked.until)}
        </p>
        <form class="row" method="post" action="/api/events/fewer">
            <input type="hidden" name="slug" value=event.slug.to_string() />
            {guests_choice("fewer", most, most)}
            <button class="button small">{tr("seat-fewer-take")}</button>
        </form>
    }
    .into_any()
}

/// The room is full: come online meanwhile, and keep the place in line (A12).
fn online_meanwhile(event: &Event, mine: &Rsvp, may_change: bool) -> AnyView {
    if mine.online_too {
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
                {post_form("/api/events/online", event, "seat-online-take", "button small")}
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
    let reader = Reader::of(visit, event.zone());
    let closes = event.details.closes.map(|wall| event.zone().resolve(wall).at).map(|at| {
        view! { <p class="help">{tr("seat-closes")} " " {reader.time(at, Shape::Near)} " " {ahead(now, at)}</p> }
    });
    view! {
        {note.map(say)}
        {rsvp_form(event, Wish::default(), view! { <button class="button">{tr(button)}</button> }.into_any())}
        {closes}
    }
    .into_any()
}

/// What is said to who has no answer yet, and on the button.
fn invitation(event: &Event, now: Instant) -> (Option<&'static str>, &'static str) {
    let full = |mode| event.free(mode, event.taken()) == Some(0);
    if event.details.seating.approval {
        return (Some("seat-by-approval"), "seat-request");
    }
    match (full(Mode::OnSite), event.hybrid()) {
        (true, true) if !full(Mode::Online) => (Some("seat-full-room"), "seat-take"),
        (true, _) if event.offers(Mode::OnSite, now) => (Some("seat-full-offer"), "seat-wait"),
        (true, _) => (Some("seat-full"), "seat-wait"),
        (false, _) => (None, "seat-take"),
    }
}

/// The form says the state wanted, so a double click is one answer.
fn rsvp_form(event: &Event, wish: Wish, button: AnyView) -> AnyView {
    let most = event.details.guests_most;
    let guests = (most > 0).then(|| guests_choice("guests", most, wish.guests));
    let way = event.hybrid().then(|| {
        let options =
            [(Mode::OnSite, "seat-way-room"), (Mode::Online, "seat-way-online")].map(|(mode, key)| {
                view! { <option value=mode.name() selected=mode == wish.mode>{tr(key)}</option> }
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

/// How many come: oneself and up to so many guests.
#[must_use]
pub fn guests_choice(id: &'static str, most: u8, chosen: u8) -> AnyView {
    let options = (0..=most).map(|n| {
        let text = tr_with("seat-guests-choice", &[("guests", words::number(n))]);
        view! { <option value=n.to_string() selected=n == chosen>{text}</option> }
    });
    view! {
        <label class="sr-only" for=id>{tr("seat-guests")}</label>
        <select id=id name="guests">{options.collect_view()}</select>
    }
    .into_any()
}

/// How far ahead a time is: `in 2 days`.
#[must_use]
pub fn ahead(now: Instant, at: Instant) -> String {
    // Rounded: what was held for twelve hours a moment ago is not held for eleven.
    let minutes = ((at - now).num_seconds().max(0) + 30) / 60;
    let (key, n) = match minutes {
        m if m >= 2 * 24 * 60 => ("seat-in-days", (m + 12 * 60) / (24 * 60)),
        m if m >= 120 => ("seat-in-hours", (m + 30) / 60),
        m => ("seat-in-minutes", m),
    };
    tr_with(key, &[("n", words::number(n))])
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
        <p>{tr("seat-opens")} " " {reader.time(at, Shape::Both)} " " {ahead(now, at)} " " {reader.place(at)}</p>
    }
    .into_any()
}

/// Seats as a picture and as a sentence that stays up to date.
fn picture(loaded: &Loaded, mine: Option<&Rsvp>) -> AnyView {
    let event = &loaded.event;
    let count = SeatCount { capacity: event.details.capacity, going: event.going, waiting: event.waiting };
    let words = seat_words();
    let label = words.say(count);
    let in_pool = |mine: &&Rsvp| mine.state == RsvpState::Going && event.pool(mine.mode) == Mode::OnSite;
    let mine = mine.filter(in_pool).map_or(0, Rsvp::seats);
    let drawing = event.details.capacity.map(|capacity| {
        let seats = Seats { capacity, going: event.going, waiting: event.waiting, mine };
        view! { <SeatPicture seats label /> }
    });
    let over = event.pools().iter().map(|mode| event.over_by(*mode)).sum::<u32>();
    // Hosts read it among their tools.
    let over = (over > 0 && !loaded.may_edit)
        .then(|| view! { <p class="problem">{tr_with("seat-over", &[("over", words::number(over))])}</p> });
    let online = event.hybrid().then(|| {
        let count = SeatCount {
            capacity: event.capacity(Mode::Online),
            going: event.online_going,
            waiting: event.online_waiting,
        };
        let said = words::quote(seat_words().say(count));
        view! { <p class="seat-count">{tr_with("seats-online", &[("seats", said)])}</p> }
    });
    view! {
        {drawing}
        <p class="seat-count"><SeatsLive slug=event.slug.to_string() first=count words /></p>
        {online}
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
