//! What the pages of mentoring share: their stylesheet, dates, and the states of rounds and sign-ups.

use chrono::NaiveDate;
use domain::mentoring::{RoundState, SignUpRole, SignUpState, SignUpWindow};
use leptos::prelude::*;
use leptos_meta::Stylesheet;
use store::mentoring::RoundCard;

use super::paths::{round_path, sign_up_path};
use crate::{
    context::{Visit, locale, tr, tr_with, visit},
    i18n::{self, format},
    ui::{Badge, Shape, Tone, time_of},
};

/// Links the stylesheet of mentoring. Other pages do not load it.
pub fn stylesheet() {
    // Rendering registers the tag. Done here, because a tag that renders after the head was sent would be lost.
    let _ = view! { <Stylesheet href=format!("{}/mentoring.css", visit().assets) /> }.to_html();
}

/// A day, as the reader's language writes it.
#[must_use]
pub fn day(date: NaiveDate) -> AnyView {
    let text = format::date(locale(), date, Shape::ShortDateYear);
    view! { <time datetime=date.to_string()>{text}</time> }.into_any()
}

/// The badge of a round.
#[must_use]
pub fn round_badge(card: &RoundCard) -> AnyView {
    let (tone, key) = match (card.state, card.window) {
        (RoundState::Draft, _) => (Tone::Draft, "mentoring-state-draft"),
        (RoundState::Open, SignUpWindow::Open) => (Tone::Good, "mentoring-state-open"),
        (RoundState::Open | RoundState::Closed, _) => (Tone::Quiet, "mentoring-state-closed"),
        (RoundState::Published, _) => (Tone::Quiet, "mentoring-state-published"),
        (RoundState::Finished, _) => (Tone::Quiet, "mentoring-state-finished"),
        (RoundState::Cancelled, _) => (Tone::Bad, "mentoring-state-cancelled"),
    };
    view! { <Badge tone>{tr(key)}</Badge> }.into_any()
}

/// The badge of the reader's own sign-up.
#[must_use]
pub fn sign_up_badge(role: SignUpRole, state: SignUpState) -> AnyView {
    let tone = match state {
        SignUpState::Draft => Tone::Brass,
        SignUpState::Submitted => Tone::Good,
        SignUpState::Withdrawn => Tone::Quiet,
    };
    view! { <Badge tone>{tr(&format!("mentoring-mine-{}-{}", role.name(), state.name()))}</Badge> }.into_any()
}

/// When sign-up closes, and the days of the mentorships.
#[must_use]
pub fn dates(visit: &Visit, card: &RoundCard) -> AnyView {
    let closes = card.details.closes_at;
    let zone = i18n::quote(visit.zone.city());
    view! {
        <dl class="mentoring-dates">
            <dt>{tr("mentoring-closes")}</dt>
            <dd>{time_of(closes, visit.zone, Shape::DateTimeYear)} " " {tr_with("mentoring-zone", &[("city", zone)])}</dd>
            <dt>{tr("mentoring-runs")}</dt>
            <dd>{day(card.details.starts_on)} " – " {day(card.details.ends_on)}</dd>
        </dl>
    }
    .into_any()
}

/// A round in a list, with one button for each side while members can sign up.
#[must_use]
pub fn round_card(visit: &Visit, card: &RoundCard) -> AnyView {
    let path = round_path(card.slug.as_str());
    view! {
        <li class="mentoring-round">
            <p class="row">{round_badge(card)} {mine(card)}</p>
            <h3><a href=path><bdi>{card.details.name.clone()}</bdi></a></h3>
            <p class="help"><bdi>{card.programme.name.clone()}</bdi></p>
            {dates(visit, card)}
            {sign_up_links(card)}
        </li>
    }
    .into_any()
}

/// The badges of the reader's sign-ups.
#[must_use]
pub fn mine(card: &RoundCard) -> AnyView {
    card.mine.iter().map(|(role, state)| sign_up_badge(*role, *state)).collect_view().into_any()
}

/// One button for each side: to sign up, to go on, or to look at what was sent.
#[must_use]
pub fn sign_up_links(card: &RoundCard) -> AnyView {
    let links = SignUpRole::ALL.iter().map(|role| {
        let own = card.mine.iter().find(|(own, _)| own == role).map(|(_, state)| *state);
        let can_start = card.window.check().is_ok();
        let (key, class) = match own {
            None | Some(SignUpState::Withdrawn) if !can_start => return None,
            None => ("start", if *role == SignUpRole::Mentee { "button" } else { "button plain" }),
            Some(SignUpState::Draft) if can_start => ("finish", "button"),
            Some(SignUpState::Draft | SignUpState::Submitted | SignUpState::Withdrawn) => {
                ("see", "button plain")
            }
        };
        let to = match own {
            None => super::paths::step_path(card.slug.as_str(), *role, domain::mentoring::SignUpStep::About),
            Some(_) => sign_up_path(card.slug.as_str(), *role),
        };
        Some(view! { <a class=class href=to>{tr(&format!("mentoring-{key}-{}", role.name()))}</a> })
    });
    let links: Vec<_> = links.flatten().collect();
    (!links.is_empty()).then(|| view! { <p class="row">{links}</p> }).into_any()
}
