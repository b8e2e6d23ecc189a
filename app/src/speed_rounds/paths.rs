//! Paths of speed rounds, and what their pages share.

use domain::{
    SpeedRoundId,
    mentoring::SignUpRole,
    speed_rounds::{SpeedRoundState, SpeedTimes},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::speed_rounds::SpeedRoundCard;

use crate::{
    context::{Visit, store, tr, tr_with},
    error::AppError,
    i18n,
    ui::{Badge, Crumbs, Reader, Shape, Tone, web_link},
};

/// Path of the list.
pub const SPEED_ROUNDS: &str = "/mentoring/speed-rounds";

/// Path of a round's page.
#[must_use]
pub fn speed_round_path(id: SpeedRoundId) -> String {
    format!("{SPEED_ROUNDS}/{id}")
}

/// Path of a round's plan, for its coordinators.
#[must_use]
pub fn plan_path(id: SpeedRoundId) -> String {
    format!("{SPEED_ROUNDS}/{id}/plan")
}

/// Path of the form that changes a round, for its coordinators.
#[must_use]
pub fn edit_path(id: SpeedRoundId) -> String {
    format!("{SPEED_ROUNDS}/{id}/edit")
}

/// The round in the path of this page.
///
/// # Errors
/// `NotFound` when it is not an id.
pub(super) fn id_from_path() -> Result<SpeedRoundId, AppError> {
    let id = use_params_map().with_untracked(|params| params.get("id"));
    id.and_then(|text| text.parse().ok()).map(SpeedRoundId).ok_or(AppError::NotFound)
}

/// The pages above: mentoring, the list, and the round itself.
pub(super) fn crumbs(list: bool, round: Option<&SpeedRoundCard>) -> AnyView {
    let mut above = vec![("/mentoring".to_owned(), tr("mentoring-title"))];
    if list {
        above.push((SPEED_ROUNDS.to_owned(), tr("speed-title")));
    }
    above.extend(round.map(|card| (speed_round_path(card.id), card.title.clone())));
    view! { <Crumbs above=above /> }.into_any()
}

/// The badges of a round: where it is, and on which side the reader signed up.
pub(super) fn badges(card: &SpeedRoundCard) -> AnyView {
    let now = store().now();
    let is_over = card.times.ends_at() <= now;
    let (tone, key) = match card.state {
        SpeedRoundState::Cancelled => (Tone::Bad, "speed-state-cancelled"),
        SpeedRoundState::Open | SpeedRoundState::Published if is_over => (Tone::Quiet, "speed-state-over"),
        SpeedRoundState::Open if card.times.starts_at <= now => (Tone::Quiet, "speed-state-closed"),
        SpeedRoundState::Open => (Tone::Good, "speed-state-open"),
        SpeedRoundState::Published => (Tone::Brass, "speed-state-published"),
    };
    let role = card.role.map(|role| {
        let key = match role {
            SignUpRole::Mentee => "speed-mine-mentee",
            SignUpRole::Mentor => "speed-mine-mentor",
        };
        view! { <Badge tone=Tone::Good>{tr(key)}</Badge> }
    });
    view! { <p class="row"><Badge tone>{tr(key)}</Badge> {role}</p> }.into_any()
}

/// When a round takes place, and how long its conversations are.
pub(super) fn when(visit: &Visit, times: SpeedTimes) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let args = [("waves", i18n::number(times.waves)), ("minutes", i18n::number(times.minutes))];
    view! {
        <dt>{tr("speed-when")}</dt>
        <dd>
            {reader.time(times.starts_at, Shape::DateTimeYear)} "–"
            {reader.time_and_zone(times.ends_at(), Shape::Time)}
        </dd>
        <dt>{tr("speed-conversations")}</dt>
        <dd>{tr_with("speed-waves", &args)}</dd>
    }
    .into_any()
}

/// Where something takes place, as a link if it is the address of a page.
pub(super) fn place_view(place: &str) -> AnyView {
    match web_link(place) {
        Some(href) => view! { <a href=href rel="noopener">{place.to_owned()}</a> }.into_any(),
        None => view! { <bdi>{place.to_owned()}</bdi> }.into_any(),
    }
}
