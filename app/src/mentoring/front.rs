//! `/mentoring`: what mentoring is here, open rounds, and the reader's sign-ups.

use domain::{
    Role,
    mentoring::{RoundState, SignUpWindow},
};
use leptos::prelude::*;
use store::mentoring::{self, ProgrammeCard, RoundCard};

use super::{
    paths::programme_path,
    sheet::{round_card, stylesheet},
    to_do::{Waiting, to_do},
};
use crate::{
    circles::page::CIRCLES,
    context::{Visit, store, tr, visit},
    error::AppError,
    mentorships::{lists::my_mentorships, reverse::REVERSE},
    questions::page::QUEUE,
    speed_rounds::paths::SPEED_ROUNDS,
    ui::{ButtonLink, Empty, Look, Paragraphs, Title, load},
};

/// The page.
#[component]
pub fn MentoringPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let overview = mentoring::overview(&store(), &visit.actor).await?;
        let pairs = store::mentorships::mine(&store(), &visit.actor).await?;
        let waiting = Waiting::read(&store(), &visit.actor).await?;
        stylesheet();
        let nothing =
            overview.rounds.iter().all(|round| round.mine.is_empty() && round.window != SignUpWindow::Open);
        let mut found = overview.rounds;
        found.sort_by_key(rank);
        let create = overview.may_create.then(|| {
            view! { <ButtonLink href="/mentoring/programmes/new" look=Look::Plain>{tr("mentoring-new-programme")}</ButtonLink> }
        });
        Ok(view! {
            <Title text=tr("mentoring-title") about=tr("mentoring-lead") />
            <div class="page">
                <div class="page-head"><h1>{tr("mentoring-title")}</h1>{create}</div>
                <p class="lead">{tr("mentoring-lead")}</p>
                {to_do(&visit, &waiting)}
                {my_mentorships(&visit, pairs)}
                {nothing.then(|| empty(&visit))}
                {rounds(&visit, found)}
                {programmes(overview.programmes)}
                {other_ways()}
                {how()}
            </div>
        })
    })
}

fn empty(visit: &Visit) -> AnyView {
    let is_member = visit.member.as_ref().is_some_and(|member| member.role == Role::Member);
    let text = if is_member { "mentoring-none-text" } else { "mentoring-none-organiser" };
    view! { <Empty title=tr("mentoring-none") text=tr(text) /> }.into_any()
}

/// Where a round is in the list: first those that can be signed up for, then the reader's own, drafts and the others.
fn rank(round: &RoundCard) -> u8 {
    match (round.window == SignUpWindow::Open, round.mine.is_empty(), round.state) {
        (true, ..) => 0,
        (false, false, _) => 1,
        (false, true, RoundState::Draft) => 2,
        (false, true, _) => 3,
    }
}

/// The section of rounds. Nothing when there are none.
fn rounds(visit: &Visit, rounds: Vec<RoundCard>) -> Option<AnyView> {
    (!rounds.is_empty()).then(|| {
        let cards = rounds.iter().map(|round| round_card(visit, round)).collect_view();
        view! {
            <section aria-labelledby="rounds">
                <h2 id="rounds">{tr("mentoring-rounds")}</h2>
                <ul class="mentoring-rounds" role="list">{cards}</ul>
            </section>
        }
        .into_any()
    })
}

fn programmes(programmes: Vec<ProgrammeCard>) -> Option<AnyView> {
    (!programmes.is_empty()).then(|| {
        let items = programmes.into_iter().map(|programme| {
            let group = programme.group.map(|group| view! { <p class="help"><bdi>{group.name}</bdi></p> });
            view! {
                <li class="mentoring-round">
                    <h3><a href=programme_path(programme.slug.as_str())><bdi>{programme.name}</bdi></a></h3>
                    {group}
                    <Paragraphs text=programme.purpose />
                </li>
            }
        });
        view! {
            <section aria-labelledby="programmes">
                <h2 id="programmes">{tr("mentoring-programmes")}</h2>
                <ul class="mentoring-rounds" role="list">{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// The ways to learn and teach without a round: one card for each.
fn other_ways() -> AnyView {
    let ways = [
        (SPEED_ROUNDS, tr("speed-title"), tr("speed-lead")),
        (QUEUE, tr("questions-title"), tr("questions-lead")),
        (CIRCLES, tr("circles-title"), tr("circles-lead")),
        (REVERSE, tr("reverse-title"), tr("reverse-lead")),
    ];
    let cards = ways.map(|(path, title, text)| {
        view! { <li class="mentoring-round"><h3><a href=path>{title}</a></h3><p>{text}</p></li> }
    });
    view! {
        <section aria-labelledby="ways">
            <h2 id="ways">{tr("mentoring-other-ways")}</h2>
            <ul class="mentoring-rounds" role="list">{cards.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// How it works, in four steps.
fn how() -> AnyView {
    let steps = [1, 2, 3, 4].map(|step| {
        view! {
            <li>
                <h3>{tr(&format!("mentoring-how-{step}"))}</h3>
                <p>{tr(&format!("mentoring-how-{step}-text"))}</p>
            </li>
        }
    });
    view! {
        <section aria-labelledby="how">
            <h2 id="how">{tr("mentoring-how")}</h2>
            <ol class="mentoring-how" role="list">{steps.collect_view()}</ol>
        </section>
    }
    .into_any()
}
