//! `/groups/{slug}/leave`: shows what the member loses by leaving, before they confirm.

use domain::groups::{GroupRole, Joining, Visibility};
use leptos::prelude::*;
use store::{events, groups, speed_rounds};

use super::{group::crumbs, group_path, slug_from_path};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    events::pages::card::cards,
    speed_rounds::paths::speed_round_path,
    ui::{Title, load},
};

/// Asks for confirmation.
#[component]
pub fn LeaveGroupPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let loaded = groups::page(&store, &visit.actor, &slug).await?;
        let Some(role) = loaded.role else { return Err(AppError::NotFound) };
        let seats = events::seats_in_private_group(&store, &visit.actor, &slug).await?;
        let speed = speed_rounds::rounds_in_group(&store, &visit.actor, &slug).await?;
        let rejoin_key = match (loaded.details.visibility, loaded.details.joining) {
            (Visibility::Private, _) | (_, Joining::Invitation) => "group-leave-back-invited",
            (Visibility::Public, Joining::Request) => "group-leave-back-asking",
            (Visibility::Public, Joining::Open) => "group-leave-back-open",
        };
        let released = (!seats.is_empty()).then(|| {
            view! {
                <section class="part" aria-labelledby="seats">
                    <h2 id="seats">{tr("group-leave-seats")}</h2>
                    <p>{tr("group-leave-seats-text")}</p>
                    {cards(&visit, seats, store.now())}
                </section>
            }
        });
        let withdrawn = (!speed.is_empty()).then(|| {
            let rounds = speed.into_iter().map(|round| {
                view! { <li><a href=speed_round_path(round.id)><bdi>{round.title}</bdi></a></li> }
            });
            view! {
                <section class="part" aria-labelledby="speed">
                    <h2 id="speed">{tr("group-leave-speed")}</h2>
                    <p>{tr("group-leave-speed-text")}</p>
                    <ul>{rounds.collect_view()}</ul>
                </section>
            }
        });
        let hand_over =
            (role == GroupRole::Organiser).then(|| view! { <p>{tr("group-leave-organiser")}</p> });
        let step_down_form = (role != GroupRole::Member).then(|| {
            view! {
                <form class="row" method="post" action="/api/groups/role">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <input type="hidden" name="member" value=visit.actor.member().map(|me| me.to_string()) />
                    <input type="hidden" name="role" value=GroupRole::Member.name() />
                    <button class="button plain">{tr("group-step-down")}</button>
                </form>
            }
        });
        Ok(view! {
            <Title text=tr("group-leave") />
            <div class="page narrow">
                {crumbs(&loaded)}
                <h1>{tr("group-leave")}</h1>
                <p class="lead">{tr(rejoin_key)}</p>
                {hand_over}
                {released}
                {withdrawn}
                <form class="row" method="post" action="/api/groups/leave">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <button class="button danger">{tr("group-leave")}</button>
                    <a class="button plain" href=group_path(&slug)>{tr("group-stay")}</a>
                </form>
                {step_down_form}
            </div>
        })
    })
}
