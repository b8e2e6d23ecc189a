//! `/mentoring/speed-rounds`: how speed rounds work, coming ones, and those in which the reader took part.

use leptos::prelude::*;
use store::speed_rounds::{self, SpeedRoundCard};

use super::paths::{SPEED_ROUNDS, badges, crumbs, speed_round_path, when};
use crate::{
    context::{Visit, store, tr, visit},
    error::AppError,
    mentoring::sheet::stylesheet,
    ui::{ButtonLink, Empty, Title, load},
};

/// The page.
#[component]
pub fn SpeedRoundsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let found = speed_rounds::rounds(&store(), &visit.actor).await?;
        stylesheet();
        let can_create = found.can_create;
        let create = move || {
            can_create.then(|| {
                view! { <ButtonLink href=format!("{SPEED_ROUNDS}/new")>{tr("speed-create")}</ButtonLink> }
            })
        };
        let is_empty = found.coming.is_empty();
        let none = is_empty
            .then(|| view! { <Empty title=tr("speed-none") text=tr("speed-none-text")>{create()}</Empty> });
        let head = (!is_empty).then(create);
        let steps = [
            (tr("speed-how-1"), tr("speed-how-1-text")),
            (tr("speed-how-2"), tr("speed-how-2-text")),
            (tr("speed-how-3"), tr("speed-how-3-text")),
            (tr("speed-how-4"), tr("speed-how-4-text")),
        ];
        let steps = steps.map(|(title, text)| view! { <li><h3>{title}</h3><p>{text}</p></li> });
        Ok(view! {
            <Title text=tr("speed-title") about=tr("speed-lead") />
            <div class="page">
                {crumbs(false, None)}
                <div class="page-head"><h1>{tr("speed-title")}</h1>{head}</div>
                <p class="lead">{tr("speed-lead")}</p>
                {none}
                {section(&visit, "coming", tr("speed-coming"), &found.coming)}
                {section(&visit, "past", tr("speed-past"), &found.past)}
                <section aria-labelledby="how">
                    <h2 id="how">{tr("questions-how")}</h2>
                    <ol class="mentoring-how" role="list">{steps.collect_view()}</ol>
                </section>
            </div>
        })
    })
}

fn section(visit: &Visit, id: &'static str, title: String, cards: &[SpeedRoundCard]) -> Option<AnyView> {
    (!cards.is_empty()).then(|| {
        let items = cards.iter().map(|card| item(visit, card)).collect_view();
        view! {
            <section aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <ul class="mentoring-rounds" role="list">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn item(visit: &Visit, card: &SpeedRoundCard) -> AnyView {
    view! {
        <li class="mentoring-round">
            {badges(card)}
            <h3><a href=speed_round_path(card.id)><bdi>{card.title.clone()}</bdi></a></h3>
            <p class="help"><bdi>{card.programme.name.clone()}</bdi></p>
            <dl class="mentoring-dates">{when(visit, card.times)}</dl>
        </li>
    }
    .into_any()
}
