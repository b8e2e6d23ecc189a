//! `/mentoring/circles/{id}`: a circle, its people, and what the reader can do.

use domain::{
    CircleId,
    circles::{CircleChange, CircleState},
    policy::circles::CircleRelation,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::circles::{self, CirclePage as Circle};

use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::sheet::stylesheet,
    ui::{Badge, Crumbs, Paragraphs, Title, Tone, load},
};

/// Path of the list.
pub const CIRCLES: &str = "/mentoring/circles";

/// Path of a circle's page.
#[must_use]
pub fn circle_path(id: CircleId) -> String {
    format!("{CIRCLES}/{id}")
}

/// The pages above. `below` also names the list.
#[must_use]
pub fn crumbs(below: bool) -> AnyView {
    let mut above = vec![("/mentoring".to_owned(), tr("mentoring-title"))];
    if below {
        above.push((CIRCLES.to_owned(), tr("circles-title")));
    }
    view! { <Crumbs above=above /> }.into_any()
}

/// The badge of a circle.
#[must_use]
pub fn circle_badge(state: CircleState, free: u64) -> AnyView {
    let (tone, key) = match (state, free) {
        (CircleState::Closed, _) => (Tone::Quiet, "circle-state-closed"),
        (CircleState::Open, 0) => (Tone::Brass, "circle-state-full"),
        (CircleState::Open, _) => (Tone::Good, "circle-state-open"),
    };
    view! { <p><Badge tone>{tr(key)}</Badge></p> }.into_any()
}

/// The page.
#[component]
pub fn CirclePage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|text| text.parse().ok());
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id.map(CircleId).ok_or(AppError::NotFound)?;
        let circle = circles::circle(&store(), &visit.actor, id).await?;
        stylesheet();
        let card = &circle.card;
        let mentor = card.mentor.clone().unwrap_or_else(|| tr("question-somebody"));
        let free = i18n::number(i64::try_from(card.free).unwrap_or(i64::MAX));
        let place = (!circle.place.is_empty()).then(|| {
            view! { <dt>{tr("circle-place")}</dt><dd><bdi>{circle.place.clone()}</bdi></dd> }
        });
        Ok(view! {
            <Title text=card.title.clone() />
            <div class="page narrow">
                {crumbs(true)}
                {circle_badge(card.state, card.free)}
                <h1><bdi>{card.title.clone()}</bdi></h1>
                <p class="help"><bdi>{card.topic.name.clone()}</bdi> " · " <bdi>{mentor}</bdi></p>
                <Paragraphs text=circle.about.clone() />
                <dl class="facts">
                    <dt>{tr("circle-dates")}</dt><dd>{card.dates.clone()}</dd>
                    <dt>{tr("circle-places")}</dt><dd>{tr_with("circle-free", &[("free", free)])}</dd>
                    {place}
                </dl>
                {people(&circle)}
                {buttons(&circle)}
            </div>
        })
    })
}

fn people(circle: &Circle) -> Option<AnyView> {
    let is_inside = matches!(circle.relation, CircleRelation::Mentor | CircleRelation::Member);
    is_inside.then(|| {
        let items =
            circle.people.iter().map(|name| view! { <li><bdi>{name.clone()}</bdi></li> }).collect_view();
        let none = circle.people.is_empty().then(|| view! { <p class="help">{tr("circle-nobody")}</p> });
        view! {
            <section aria-labelledby="people">
                <h2 id="people">{tr("circle-people")}</h2>
                {none}
                <ul class="rows" role="list">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn buttons(circle: &Circle) -> Option<AnyView> {
    let is_open = circle.card.state == CircleState::Open;
    let (change, class, key, help) = match circle.relation {
        CircleRelation::Mentor if is_open => {
            (CircleChange::Close, "button plain", "circle-close", Some("help-circle-close"))
        }
        CircleRelation::Member => (CircleChange::Leave, "button plain", "circle-leave", None),
        CircleRelation::Outside if is_open && circle.card.free > 0 => {
            (CircleChange::Join, "button", "circle-join", Some("help-circle-join"))
        }
        CircleRelation::Mentor | CircleRelation::Outside | CircleRelation::Hidden => return None,
    };
    let help = help.map(|key| view! { <p class="help">{tr(key)}</p> });
    Some(
        view! {
            <form method="post" action="/api/circles/change">
                <input type="hidden" name="id" value=circle.card.id.to_string() />
                {help}
                <button class=class name="act" value=change.name()>{tr(key)}</button>
            </form>
        }
        .into_any(),
    )
}
