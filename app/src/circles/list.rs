//! `/mentoring/circles`: how circles work, the reader's own, and open ones.

use leptos::prelude::*;
use store::circles::{self, CircleCard};

use super::page::{CIRCLES, circle_badge, circle_path, crumbs};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::sheet::stylesheet,
    ui::{ButtonLink, Empty, Title, load},
};

/// The page.
#[component]
pub fn CirclesPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let found = circles::circles(&store(), &visit.actor).await?;
        stylesheet();
        let can_open = found.can_open;
        let create = move || {
            can_open
                .then(|| view! { <ButtonLink href=format!("{CIRCLES}/new")>{tr("circle-open")}</ButtonLink> })
        };
        let is_empty = found.mine.is_empty() && found.open.is_empty();
        let none = is_empty.then(|| {
            view! { <Empty title=tr("circles-none") text=tr("circles-none-text")>{create()}</Empty> }
        });
        let head = (!is_empty).then(create);
        let steps = [
            (tr("circles-how-1"), tr("circles-how-1-text")),
            (tr("circles-how-2"), tr("circles-how-2-text")),
            (tr("circles-how-3"), tr("circles-how-3-text")),
        ];
        let steps = steps.map(|(title, text)| view! { <li><h3>{title}</h3><p>{text}</p></li> });
        Ok(view! {
            <Title text=tr("circles-title") about=tr("circles-lead") />
            <div class="page">
                {crumbs(false)}
                <div class="page-head"><h1>{tr("circles-title")}</h1>{head}</div>
                <p class="lead">{tr("circles-lead")}</p>
                {none}
                {section("mine", tr("circles-mine"), &found.mine)}
                {section("open", tr("circles-open"), &found.open)}
                <section aria-labelledby="how">
                    <h2 id="how">{tr("questions-how")}</h2>
                    <ol class="mentoring-how" role="list">{steps.collect_view()}</ol>
                </section>
            </div>
        })
    })
}

fn section(id: &'static str, title: String, cards: &[CircleCard]) -> Option<AnyView> {
    (!cards.is_empty()).then(|| {
        let items = cards.iter().map(item).collect_view();
        view! {
            <section aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <ul class="mentoring-rounds" role="list">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn item(card: &CircleCard) -> AnyView {
    let mentor = card.mentor.clone().unwrap_or_else(|| tr("question-somebody"));
    let free = i18n::number(i64::try_from(card.free).unwrap_or(i64::MAX));
    view! {
        <li class="mentoring-round">
            {circle_badge(card.state, card.free)}
            <h3><a href=circle_path(card.id)><bdi>{card.title.clone()}</bdi></a></h3>
            <p class="help"><bdi>{card.topic.name.clone()}</bdi> " · " <bdi>{mentor}</bdi></p>
            <p>{card.dates.clone()}</p>
            <p class="help">{tr_with("circle-free", &[("free", free)])}</p>
        </li>
    }
    .into_any()
}
