//! A learning request in lists, and the parts that all pages share.

use domain::{
    DemandId,
    demands::{DemandPlace, DemandState},
};
use leptos::prelude::*;
use store::demands::DemandCard;

use crate::{
    context::{Visit, tr, tr_with},
    events::pages::event_path,
    i18n,
    ui::{Badge, Paragraphs, Shape, Tone, time_of},
};

/// Path of the board.
pub const BOARD: &str = "/demands";

/// Path of a request's page.
#[must_use]
pub fn demand_path(id: DemandId) -> String {
    format!("{BOARD}/{id}")
}

/// The key of the draft of what a speaker says.
#[must_use]
pub fn speaker_draft(id: &str) -> String {
    format!("demands/{id}/claim")
}

/// The key of the draft of why a group can't host it.
#[must_use]
pub fn decline_draft(id: &str) -> String {
    format!("demands/{id}/decline")
}

/// The key of the draft of a change.
#[must_use]
pub fn edit_draft(id: &str) -> String {
    format!("demands/{id}/edit")
}

/// Path of the form that changes a request.
#[must_use]
pub fn edit_path(id: DemandId) -> String {
    format!("{}/edit", demand_path(id))
}

/// How many people want it.
#[must_use]
pub fn wanted(supporters: u64) -> String {
    tr_with("demand-wanted", &[("count", i18n::number(i64::try_from(supporters).unwrap_or(i64::MAX)))])
}

/// Where people want to learn.
#[must_use]
pub fn place_text(place: DemandPlace, city: &str) -> String {
    match place {
        DemandPlace::Anywhere => tr("demand-place-anywhere"),
        DemandPlace::Online => tr("demand-place-online"),
        DemandPlace::City => tr_with("demand-place-in", &[("city", i18n::quote(city))]),
    }
}

/// The badge of a request. One on the board without a speaker has none.
#[must_use]
pub fn demand_badge(card: &DemandCard) -> Option<AnyView> {
    let (tone, key) = match card.state {
        DemandState::Open if card.is_hidden => (Tone::Bad, "demand-state-hidden"),
        DemandState::Open if card.is_claimed => (Tone::Good, "demand-state-claimed"),
        DemandState::Open => return None,
        DemandState::Scheduled => (Tone::Good, "demand-state-scheduled"),
        DemandState::Withdrawn => (Tone::Quiet, "demand-state-withdrawn"),
        DemandState::Removed => (Tone::Bad, "demand-state-removed"),
    };
    Some(view! { <Badge tone>{tr(key)}</Badge> }.into_any())
}

/// Topic, place, group, author and date in one line.
#[must_use]
pub fn meta(visit: &Visit, card: &DemandCard) -> AnyView {
    let topic = card.topic.as_ref().map(|topic| view! { <bdi>{topic.name.clone()}</bdi> " · " });
    let group = card.group.as_ref().map(|group| {
        view! { " · " <a href=format!("/groups/{}", group.slug)><bdi>{group.name.clone()}</bdi></a> }
    });
    let asker = match (card.is_own, &card.asker) {
        (true, _) => tr("demand-by-you"),
        (false, Some(name)) => tr_with("demand-by", &[("name", i18n::quote(name.clone()))]),
        (false, None) => tr("demand-by-somebody"),
    };
    let changed = card.changed_at.map(|at| {
        view! { " · " {tr("demand-changed")} " " {time_of(at, visit.zone, Shape::ShortDateYear)} }
    });
    view! {
        <p class="help">
            {topic} <bdi>{place_text(card.place, &card.city)}</bdi> {group}
            " · " {asker} " · " {time_of(card.posted_at, visit.zone, Shape::ShortDateYear)}
            {changed}
        </p>
    }
    .into_any()
}

/// The button that says "Me too". A form, so that it works without JavaScript. `back` is the page that it returns to.
#[must_use]
pub fn support_form(card: &DemandCard, back: &str) -> AnyView {
    let next = if card.is_supported { "no" } else { "yes" };
    let (class, text) = match card.is_supported {
        true => ("button small", tr("demand-me-too-on")),
        false => ("button small plain", tr("demand-me-too")),
    };
    view! {
        <form method="post" action="/api/demands/support">
            <input type="hidden" name="id" value=card.id.to_string() />
            <input type="hidden" name="wanted" value=next />
            <input type="hidden" name="back" value=back.to_owned() />
            <button class=class aria-pressed=if card.is_supported { "true" } else { "false" }>
                {text} <span class="sr-only">": " {card.title.clone()}</span>
            </button>
        </form>
    }
    .into_any()
}

/// A request in a list.
#[must_use]
pub fn demand_item(visit: &Visit, card: &DemandCard, back: &str) -> AnyView {
    let can_support = card.state == DemandState::Open && !card.is_own;
    let text = (!card.text.is_empty()).then(|| view! { <Paragraphs text=card.text.clone() /> });
    let speaker = (card.state == DemandState::Open && card.is_claimed).then(|| {
        let text = match (card.is_speaker, &card.speaker) {
            (true, _) => tr("demand-taught-by-you"),
            (false, Some(name)) => tr_with("demand-taught-by", &[("name", i18n::quote(name.clone()))]),
            (false, None) => tr("demand-taught-by-somebody"),
        };
        view! { <p>{text}</p> }
    });
    let event = card.event.as_ref().filter(|_| card.state == DemandState::Scheduled).map(|event| {
        view! { <p>{tr("demand-became")} " " <a href=event_path(&event.slug)><bdi>{event.title.clone()}</bdi></a></p> }
    });
    view! {
        <li class="demand">
            <div class="demand-count">
                <p>{wanted(card.supporters)}</p>
                {can_support.then(|| support_form(card, back))}
            </div>
            <div>
                {demand_badge(card).map(|badge| view! { <p>{badge}</p> })}
                <h3><a href=demand_path(card.id)><bdi>{card.title.clone()}</bdi></a></h3>
                {text}
                {speaker}
                {event}
                {meta(visit, card)}
            </div>
        </li>
    }
    .into_any()
}
