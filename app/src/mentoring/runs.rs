//! `/mentoring/rounds/{slug}/runs`: the runs of a round, and the button that starts one.

use domain::mentoring::{RoundState, RunState};
use leptos::prelude::*;
use store::mentoring::run::{self, RoundHead, RunRow};

use super::run_paths::{round_from_path, run_path};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    ui::{Badge, Crumbs, Empty, Reader, Shape, Title, Tone, load},
};

/// The pages above the pages of a round's runs.
pub(super) fn crumbs(round: &RoundHead) -> Vec<(String, String)> {
    vec![
        ("/mentoring".to_owned(), tr("proposal-crumb")),
        (format!("/mentoring/rounds/{}", round.slug), round.name.clone()),
    ]
}

/// The list of runs.
#[component]
pub fn RunsPage() -> impl IntoView {
    let slug = round_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let (round, runs) = run::runs(&store(), &visit.actor, &slug).await?;
        let [mentees, mentors] = run::signed_up_for(&store(), &visit.actor, &slug).await?;
        let number = |count: u64| i18n::number(i64::try_from(count).unwrap_or(i64::MAX));
        let people =
            tr_with("mentoring-run-people", &[("mentees", number(mentees)), ("mentors", number(mentors))]);
        let list = if runs.is_empty() {
            view! { <Empty title=tr("mentoring-run-none") text=tr("mentoring-run-none-text") /> }.into_any()
        } else {
            let items = runs.iter().map(|run| run_item(&visit, &round, run));
            view! { <ul class="rows" role="list">{items.collect_view()}</ul> }.into_any()
        };
        Ok(view! {
            <Title text=tr("mentoring-run-title") />
            <div class="page">
                <Crumbs above=crumbs(&round) />
                <h1>{tr("mentoring-run-title")}</h1>
                <p class="lead">{people}</p>
                {start_form(&round, &runs)}
                {nightly_form(&visit, &round)}
                <section><h2>{tr("mentoring-run-list")}</h2>{list}</section>
            </div>
        })
    })
}

/// The button that starts a run, or why there is none.
pub(super) fn start_form(round: &RoundHead, runs: &[RunRow]) -> AnyView {
    let is_going = runs.iter().any(|run| matches!(run.state, RunState::Waiting | RunState::Running));
    let (label, help) = match round.state {
        RoundState::Closed if is_going => return view! { <p>{tr("mentoring-run-going")}</p> }.into_any(),
        RoundState::Published if is_going => return view! { <p>{tr("mentoring-run-going")}</p> }.into_any(),
        RoundState::Closed if runs.is_empty() => ("mentoring-run-start", "mentoring-run-start-help"),
        RoundState::Closed => ("mentoring-run-again", "mentoring-run-start-help"),
        RoundState::Published => ("mentoring-run-rematch", "mentoring-run-rematch-help"),
        RoundState::Draft | RoundState::Open => {
            return view! { <p class="notice">{tr("mentoring-run-open")}</p> }.into_any();
        }
        RoundState::Finished | RoundState::Cancelled => {
            return view! { <p class="notice">{tr("mentoring-run-over")}</p> }.into_any();
        }
    };
    view! {
        <form method="post" action="/api/mentoring/start_run">
            <input type="hidden" name="round" value=round.slug.to_string() />
            <button class="button">{tr(label)}</button>
        </form>
        <p class="help">{tr(help)}</p>
    }
    .into_any()
}

/// The button that has the round matched every night, or no longer.
fn nightly_form(visit: &Visit, round: &RoundHead) -> Option<AnyView> {
    if !matches!(round.state, RoundState::Closed | RoundState::Published) {
        return None;
    }
    let next = round.rematch_at.filter(|_| round.state == RoundState::Published).map(|at| {
        let reader = Reader::of(visit, visit.zone);
        view! { <p>{tr("mentoring-run-nightly-next")} " " {reader.time_and_zone(at, Shape::DateTime)}</p> }
    });
    let (label, wanted) = match round.rematch_at {
        None => ("mentoring-run-nightly", "on"),
        Some(_) => ("mentoring-run-nightly-off", "off"),
    };
    Some(
        view! {
            {next}
            <form method="post" action="/api/mentoring/nightly">
                <input type="hidden" name="round" value=round.slug.to_string() />
                <button class="button plain" name="nightly" value=wanted>{tr(label)}</button>
            </form>
            <p class="help">{tr("mentoring-run-nightly-help")}</p>
        }
        .into_any(),
    )
}

/// The state of a run as a badge.
pub(super) fn state_badge(state: RunState) -> AnyView {
    let (tone, key) = match state {
        RunState::Waiting => (Tone::Quiet, "mentoring-run-state-waiting"),
        RunState::Running => (Tone::Brass, "mentoring-run-state-running"),
        RunState::Draft => (Tone::Draft, "mentoring-run-state-draft"),
        RunState::Failed => (Tone::Bad, "mentoring-run-state-failed"),
        RunState::Cancelled => (Tone::Quiet, "mentoring-run-state-cancelled"),
        RunState::Published => (Tone::Good, "mentoring-run-state-published"),
    };
    view! { <Badge tone>{tr(key)}</Badge> }.into_any()
}

/// The title of a run.
pub(super) fn run_title(number: i32) -> String {
    tr_with("mentoring-run-number", &[("number", i18n::number(number))])
}

fn run_item(visit: &Visit, round: &RoundHead, run: &RunRow) -> AnyView {
    let figures = run.figures.as_ref().map(|figures| {
        let args = [("matched", i18n::number(figures.matched)), ("mentees", i18n::number(figures.mentees))];
        view! { <span>{tr_with("mentoring-run-matched", &args)}</span> }
    });
    let reader = Reader::of(visit, visit.zone);
    view! {
        <li>
            <strong><a href=run_path(round.slug.as_str(), run.number)>{run_title(run.number)}</a></strong>
            {figures}
            <span class="row">
                {state_badge(run.state)}
                <span class="help">{reader.time(run.started_at, Shape::DateTime)}</span>
            </span>
        </li>
    }
    .into_any()
}
