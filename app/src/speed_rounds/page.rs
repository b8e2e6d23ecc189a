//! `/mentoring/speed-rounds/{id}`: a speed round, the reader's sign-up, and their conversations.

use domain::speed_rounds::SpeedRoundState;
use leptos::prelude::*;
use store::speed_rounds::{self, SpeedRoundPage as Round};

use super::{
    paths::{badges, crumbs, edit_path, id_from_path, place_view, plan_path, when},
    sign_up, slots,
};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    mentoring::sheet::stylesheet,
    ui::{ButtonLink, Look, Paragraphs, Title, load},
};

/// The page.
#[component]
pub fn SpeedRoundPage() -> impl IntoView {
    let id = id_from_path();
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let round = speed_rounds::round(&store(), &visit.actor, id?).await?;
        let sign_up = sign_up::section(&visit, &round).await?;
        stylesheet();
        let card = &round.card;
        let place = (!round.place.is_empty()).then(|| {
            view! { <dt>{tr("speed-place")}</dt><dd>{place_view(&round.place)}</dd> }
        });
        let plan = round.may_coordinate.then(|| {
            let is_open = card.state.check_open(card.times.starts_at, store().now()).is_ok();
            let edit = is_open.then(|| {
                view! { <ButtonLink href=edit_path(card.id) look=Look::Plain>{tr("speed-edit-link")}</ButtonLink> }
            });
            view! {
                <div class="row">
                    {edit}
                    <ButtonLink href=plan_path(card.id) look=Look::Plain>{tr("speed-plan-title")}</ButtonLink>
                </div>
            }
        });
        Ok(view! {
            <Title text=card.title.clone() />
            <div class="page narrow">
                {crumbs(true, None)}
                {badges(card)}
                <div class="page-head"><h1><bdi>{card.title.clone()}</bdi></h1>{plan}</div>
                <p class="help"><bdi>{card.programme.name.clone()}</bdi></p>
                <Paragraphs text=round.about.clone() />
                <dl class="mentoring-facts">{when(&visit, card.times)} {place}</dl>
                {next(&round)}
                {slots::section(&visit, &round)}
                {sign_up}
            </div>
        })
    })
}

/// One line that says where the round is for this reader.
fn next(round: &Round) -> Option<AnyView> {
    let is_over = round.card.times.ends_at() <= store().now();
    let key = match (round.card.state, round.sign_up.is_some()) {
        (SpeedRoundState::Cancelled, _) => "speed-next-cancelled",
        (SpeedRoundState::Open | SpeedRoundState::Published, _) if is_over => "speed-next-over",
        (SpeedRoundState::Open, true) => "speed-next-signed-up",
        (SpeedRoundState::Published, true) => return None,
        (SpeedRoundState::Open, false) if round.fixed.is_none() => return None,
        (SpeedRoundState::Open | SpeedRoundState::Published, false) => "speed-next-closed",
    };
    Some(view! { <p class="notice">{tr(key)}</p> }.into_any())
}
