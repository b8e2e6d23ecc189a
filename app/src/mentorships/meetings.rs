//! The meetings on the page of a mentorship, each with what the reader can do.

use domain::{
    Instant,
    mentoring::MentorshipState,
    mentorships::{MISSED_AFTER, MISSED_UNTIL, MeetingState, other_side},
};
use leptos::prelude::*;
use store::mentorships::{MeetingRow, MentorshipPage as Pair};

use super::{page::partner, paths::below};
use crate::{
    context::{Visit, locale, tr, tr_with},
    i18n::{self, format},
    ui::{Badge, ButtonLink, Look, Reader, Shape, Tone, web_link},
};

/// The section.
pub(super) fn meetings(visit: &Visit, pair: &Pair) -> AnyView {
    let is_active = pair.state == MentorshipState::Active;
    let (open, past): (Vec<_>, Vec<_>) =
        pair.meetings.iter().partition(|row| row.meeting.is_open(pair.now) || is_running(pair, row));
    let items = |rows: Vec<&MeetingRow>| rows.into_iter().map(|row| item(visit, pair, row)).collect_view();
    let propose = is_active.then(|| {
        view! { <p><ButtonLink href=below(pair.id, "meet") look=Look::Plain>{tr("meeting-propose")}</ButtonLink></p> }
    });
    let past = (!past.is_empty()).then(|| {
        view! {
            <details>
                <summary>{tr("meeting-past")}</summary>
                <ul class="rows" role="list">{items(past)}</ul>
            </details>
        }
    });
    let none = pair.meetings.is_empty().then(|| view! { <p>{tr("meeting-none")}</p> });
    view! {
        <section class="part" aria-labelledby="meetings">
            <h2 id="meetings">{tr("meeting-title")}</h2>
            {none}
            <ul class="rows" role="list">{items(open)}</ul>
            {propose}
            {past}
        </section>
    }
    .into_any()
}

/// Whether it has begun and is not over, or was not long ago, so that one can say that the other did not come.
fn is_running(pair: &Pair, row: &MeetingRow) -> bool {
    row.meeting.state == MeetingState::Agreed
        && row.meeting.starts_at.is_some_and(|at| at <= pair.now && pair.now <= at + MISSED_UNTIL)
}

/// A time on both clocks: the reader's, and the other one's.
pub(super) fn both_clocks(visit: &Visit, pair: &Pair, at: Instant) -> AnyView {
    let reader = Reader::of(visit, pair.zones.0);
    let other = pair.zones.1;
    let theirs = (other.offset(at) != reader.zone().offset(at)).then(|| {
        let time = format::at(locale(), at, other, Shape::WeekdayTime);
        let args = [("time", i18n::quote(time)), ("partner", i18n::quote(partner(pair)))];
        view! { <span class="help">" " {tr_with("meeting-their-time", &args)}</span> }
    });
    view! { {reader.time_and_zone(at, Shape::DateTimeYear)} {theirs} }.into_any()
}

fn item(visit: &Visit, pair: &Pair, row: &MeetingRow) -> AnyView {
    let meeting = &row.meeting;
    let is_open = meeting.is_open(pair.now);
    let can_act = pair.state == MentorshipState::Active;
    let asks = can_act && is_open && !meeting.times.is_empty() && meeting.asked_by == other_side(pair.side);
    let (tone, key) = match meeting.state {
        MeetingState::Proposed if !is_open => (Tone::Quiet, "meeting-state-expired"),
        MeetingState::Proposed => (Tone::Brass, "meeting-state-proposed"),
        MeetingState::Agreed if meeting.is_held(pair.now) => (Tone::Quiet, "meeting-state-held"),
        MeetingState::Agreed => (Tone::Good, "meeting-state-agreed"),
        MeetingState::Cancelled if meeting.is_late => (Tone::Bad, "meeting-state-late"),
        MeetingState::Cancelled => (Tone::Quiet, "meeting-state-cancelled"),
        MeetingState::Missed => (Tone::Bad, "meeting-state-missed"),
    };
    let when = meeting.starts_at.map(|at| view! { <strong>{both_clocks(visit, pair, at)}</strong> });
    let minutes = tr_with("meeting-minutes", &[("minutes", i18n::number(i64::from(meeting.minutes)))]);
    let place = (!row.place.is_empty()).then(|| match web_link(&row.place) {
        Some(to) => view! { " · " <a href=to rel="noopener noreferrer">{row.place.clone()}</a> }.into_any(),
        None => view! { " · " <span>{row.place.clone()}</span> }.into_any(),
    });
    let times = (is_open && !meeting.times.is_empty()).then(|| proposed(visit, pair, row, asks));
    let missed = is_running(pair, row) && meeting.starts_at.is_some_and(|at| pair.now >= at + MISSED_AFTER);
    let change = (can_act && is_open).then(|| {
        let to = format!("{}?meeting={}", below(pair.id, "meet"), row.id);
        view! { <a href=to>{tr("meeting-move")}</a> }
    });
    // A meeting can be cancelled during a break too.
    let can_cancel = is_open && pair.state != MentorshipState::Ended;
    let cancel = can_cancel.then(|| act(pair, row, "cancel", "meeting-cancel"));
    let no_show = (can_act && missed).then(|| act(pair, row, "missed", "meeting-missed"));
    view! {
        <li id=format!("meeting-{}", row.id)>
            <p>{when} " " <Badge tone>{tr(key)}</Badge></p>
            <p class="help">{minutes} {place}</p>
            {times}
            <div class="row">{change} {cancel} {no_show}</div>
        </li>
    }
    .into_any()
}

/// The proposed times: buttons for the one who has to choose, and a list for the other.
fn proposed(visit: &Visit, pair: &Pair, row: &MeetingRow, asks: bool) -> AnyView {
    let lead = match (asks, row.meeting.starts_at.is_some()) {
        (true, false) => "meeting-choose",
        (true, true) => "meeting-choose-move",
        (false, _) => "meeting-waits",
    };
    let times = row.meeting.times.iter().filter(|at| **at > pair.now).map(|at| {
        let time = both_clocks(visit, pair, *at);
        match asks {
            false => view! { <li>{time}</li> }.into_any(),
            true => view! {
                <li>
                    <form class="row" method="post" action="/api/mentorships/accept">
                        <input type="hidden" name="id" value=pair.id.to_string() />
                        <input type="hidden" name="meeting" value=row.id.to_string() />
                        <input type="hidden" name="time" value=at.to_rfc3339() />
                        <button class="button">{tr("meeting-accept")}</button>
                        <span>{time}</span>
                    </form>
                </li>
            }
            .into_any(),
        }
    });
    let lead = tr_with(lead, &[("partner", i18n::quote(partner(pair)))]);
    view! { <p>{lead}</p> <ul class="mentorship-times" role="list">{times.collect_view()}</ul> }.into_any()
}

fn act(pair: &Pair, row: &MeetingRow, act: &'static str, label: &'static str) -> AnyView {
    view! {
        <form method="post" action="/api/mentorships/meeting">
            <input type="hidden" name="id" value=pair.id.to_string() />
            <input type="hidden" name="meeting" value=row.id.to_string() />
            <button class="quiet" name="act" value=act>{tr(label)}</button>
        </form>
    }
    .into_any()
}
