//! `/mentoring/rounds/{slug}/runs/{number}`: the draft of a run as a board, with everything that coordinators can do
//! about it (M7). Wishes are not on it: they belong to their authors.

use domain::mentoring::{PricingState, RoundState, RunOrder, RunStage, RunState, ShownFigures};
use leptos::prelude::*;
use store::mentoring::run::{self, Board, Move};

use super::{
    pairs::{other_decisions, pairs, swap_form},
    people::{free_mentors, unmatched},
    run_paths::{number_from_path, round_from_path, run_path, runs_path},
    runs::{crumbs, run_title, start_form, state_badge},
    sheet::stylesheet,
};
use crate::{
    context::{Visit, count, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    ui::{Column, Crumbs, Pager, Progress, Reader, Shape, Table, Title, load},
};

/// The page of a run.
#[component]
pub fn BoardPage() -> impl IntoView {
    let (slug, number) = (round_from_path(), number_from_path());
    load(async move {
        let (visit, slug, number) = (visit(), slug?, number?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let page: u64 = visit.query("page").and_then(|page| page.parse().ok()).unwrap_or(1);
        let page = page.saturating_sub(1);
        let board = run::board(&store(), &visit.actor, &slug, number, page).await?;
        let (_, runs) = run::runs(&store(), &visit.actor, &slug).await?;
        let with: Option<i32> = visit.query("with").and_then(|with| with.parse().ok());
        let compared = match with {
            Some(with) if with != number => {
                Some((with, run::compare(&store(), &visit.actor, &slug, with, number).await?))
            }
            Some(_) | None => None,
        };
        stylesheet();
        let mut above = crumbs(&board.round);
        above.push((runs_path(slug.as_str()), tr("mentoring-run-title")));
        let path = run_path(slug.as_str(), number);
        let before = page.checked_sub(1).map(|page| format!("{path}?page={}", page + 1));
        let after = board.has_more.then(|| format!("{path}?page={}", page + 2));
        let body = match board.run.figures.clone() {
            Some(figures) => view! {
                {publish_form(&board)}
                {figures_view(&figures)}
                {moved(&board)}
                {pairs(&board)}
                <Pager before after />
                {swap_form(&board)}
                {other_decisions(&board)}
                {unmatched(&board)}
                {free_mentors(&board)}
                {changes(&board, compared)}
                {compare_form(&board, &runs)}
                {certificate(&visit, &board, &figures)}
            }
            .into_any(),
            None => progress(&board),
        };
        Ok(view! {
            <Title text=run_title(number) />
            <div class="page">
                <Crumbs above />
                <p class="row">{state_badge(board.run.state)}</p>
                <h1>{run_title(number)}</h1>
                {start_form(&board.round, &runs)}
                {body}
            </div>
        })
    })
}

/// A run without a draft: what it is doing, or why it ended.
fn progress(board: &Board) -> AnyView {
    let (round, number) = (board.round.slug.to_string(), board.run.number);
    match board.run.state {
        RunState::Waiting | RunState::Running => {
            let done = board.run.stage.map_or(0, |stage| stage as u32);
            let text = tr(match board.run.stage {
                None => "mentoring-run-stage-waiting",
                Some(RunStage::Reading) => "mentoring-run-stage-reading",
                Some(RunStage::Candidates) => "mentoring-run-stage-candidates",
                Some(RunStage::Solving) => "mentoring-run-stage-solving",
                Some(RunStage::Verifying) => "mentoring-run-stage-verifying",
                Some(RunStage::Saving) => "mentoring-run-stage-saving",
            });
            view! {
                <section role="status" data-working="">
                    <p>{text.clone()}</p>
                    <Progress label=text done=Some(done) of=5 />
                </section>
                <script src=format!("{}/working.js", visit().assets) async></script>
                <div class="row">
                    <a class="button plain" href=run_path(&round, number)>{tr("mentoring-run-refresh")}</a>
                    <form method="post" action="/api/mentoring/cancel_run">
                        <input type="hidden" name="round" value=round />
                        <input type="hidden" name="number" value=number.to_string() />
                        <button class="button plain">{tr("mentoring-run-cancel")}</button>
                    </form>
                </div>
            }
            .into_any()
        }
        RunState::Failed if board.run.is_overtaken => {
            view! { <p class="notice bad">{tr("mentoring-run-overtaken")}</p> }.into_any()
        }
        RunState::Failed => view! { <p class="notice bad">{tr("mentoring-run-failed")}</p> }.into_any(),
        RunState::Cancelled | RunState::Draft | RunState::Published => {
            view! { <p class="notice">{tr("mentoring-run-cancelled")}</p> }.into_any()
        }
    }
}

/// The button that publishes a draft, with what it does.
fn publish_form(board: &Board) -> Option<AnyView> {
    if board.run.state != RunState::Draft || board.verified_at.is_none() {
        return None;
    }
    // The server refuses these drafts too. A button that can't work is not shown.
    if RunOrder::of_round(board.round.state) != Some(board.run.order) {
        let why = match board.round.state {
            RoundState::Draft | RoundState::Open | RoundState::Closed => "mentoring-run-publish-open",
            RoundState::Published => "mentoring-run-publish-again",
            RoundState::Finished | RoundState::Cancelled => "mentoring-run-publish-over",
        };
        return Some(view! { <p class="notice">{tr(why)}</p> }.into_any());
    }
    Some({
        let text = tr_with("mentoring-run-publish-help", &[("pairs", i18n::number(board.new_pairs))]);
        view! {
            <details class="disclosure">
                <summary>{tr("mentoring-run-publish")}</summary>
                <p>{text}</p>
                <form method="post" action="/api/mentoring/publish">
                    <input type="hidden" name="round" value=board.round.slug.to_string() />
                    <input type="hidden" name="number" value=board.run.number.to_string() />
                    <button class="button">{tr("mentoring-run-publish-button")}</button>
                </form>
            </details>
        }
        .into_any()
    })
}

fn figures_view(figures: &ShownFigures) -> AnyView {
    let number = |figure: u32| count(u64::from(figure));
    let score = |score: Option<u16>| score.map_or_else(|| "–".to_owned(), |score| count(u64::from(score)));
    let matched = tr_with(
        "mentoring-run-figure-matched-of",
        &[
            ("matched", i18n::number(figures.matched)),
            ("mentees", i18n::number(figures.mentees)),
            ("percent", i18n::number(figures.matched_percent())),
        ],
    );
    let first = tr_with(
        "mentoring-run-figure-of",
        &[("part", i18n::number(figures.matched_first)), ("all", i18n::number(figures.first))],
    );
    let rows = [
        ("mentoring-run-figure-matched", matched),
        ("mentoring-run-figure-first", first),
        ("mentoring-run-figure-tenth", score(figures.tenth_percentile)),
        ("mentoring-run-figure-lowest", score(figures.lowest)),
        ("mentoring-run-figure-blocking", count(figures.blocking)),
        ("mentoring-run-figure-free", number(figures.mentors_free)),
        ("mentoring-run-figure-places", number(figures.places)),
        ("mentoring-run-figure-kept", number(figures.kept)),
    ];
    let rows: Vec<Vec<AnyView>> =
        rows.into_iter().map(|(key, figure)| vec![tr(key).into_any(), figure.into_any()]).collect();
    let columns =
        vec![Column::text(tr("mentoring-run-figure")), Column::number(tr("mentoring-run-figure-value"))];
    let pins = figures
        .has_pins_left_out
        .then(|| view! { <p class="notice">{tr("mentoring-run-pins-left-out")}</p> });
    view! {
        <section>
            {pins}
            <Table caption=tr("mentoring-run-figures") columns rows />
        </section>
    }
    .into_any()
}

/// The moves between two drafts, as a table.
fn moves(caption: String, moves: &[Move]) -> AnyView {
    let name = |person: &Option<store::mentoring::Participant>| {
        person.as_ref().map_or_else(|| tr("mentoring-run-nobody"), |person| person.name.clone())
    };
    let rows = moves
        .iter()
        .map(|it| vec![it.mentee.name.clone().into_any(), name(&it.from).into_any(), name(&it.to).into_any()])
        .collect();
    let columns = ["mentoring-run-mentee", "mentoring-run-before", "mentoring-run-now"];
    let columns = columns.map(|key| Column::text(tr(key))).into();
    view! { <Table caption columns rows /> }.into_any()
}

/// Whose pending proposal is taken back when the draft is published (M14).
fn moved(board: &Board) -> Option<AnyView> {
    (!board.moved.is_empty()).then(|| {
        view! {
            <section class="notice">
                <p>{tr("mentoring-run-moved-text")}</p>
                {moves(tr("mentoring-run-moved"), &board.moved)}
            </section>
        }
        .into_any()
    })
}

/// What changed since the draft before this one, or since a chosen one.
fn changes(board: &Board, compared: Option<(i32, Vec<Move>)>) -> Option<AnyView> {
    let (with, list) = compared.or_else(|| board.before.map(|before| (before, board.changes.clone())))?;
    let title = tr_with("mentoring-run-changes", &[("number", i18n::number(with))]);
    let body = if list.is_empty() {
        view! { <p>{tr("mentoring-run-no-changes")}</p> }.into_any()
    } else {
        moves(tr("mentoring-run-changes-caption"), &list)
    };
    Some(
        view! { <section aria-labelledby="changes"><h2 id="changes">{title}</h2>{body}</section> }.into_any(),
    )
}

/// A form that compares this draft with another one.
fn compare_form(board: &Board, runs: &[run::RunRow]) -> Option<AnyView> {
    let number = board.run.number;
    let others: Vec<i32> = runs
        .iter()
        .filter(|run| run.figures.is_some() && run.number != number)
        .map(|run| run.number)
        .collect();
    (others.len() > 1).then(|| {
        let options = others.into_iter().map(|other| {
            view! { <option value=other.to_string()>{run_title(other)}</option> }
        });
        view! {
            <form class="row" method="get" action=format!("{}#changes", run_path(board.round.slug.as_str(), number))>
                <label for="f-with">{tr("mentoring-run-compare-with")}</label>
                <select id="f-with" name="with">{options.collect_view()}</select>
                <button class="button plain small">{tr("mentoring-run-compare")}</button>
            </form>
        }
        .into_any()
    })
}

/// What the check of the pairs that were left out has found.
fn pricing(board: &Board) -> &'static str {
    match board.pricing {
        // A draft that was published or replaced before the check ended is not checked any more.
        None if board.run.state == RunState::Draft => "mentoring-run-pricing-going",
        None | Some(PricingState::Stopped) => "mentoring-run-pricing-stopped",
        Some(PricingState::Complete) => "mentoring-run-pricing-complete",
        Some(PricingState::Improved) => "mentoring-run-pricing-improved",
    }
}

/// The certificate and its checks.
fn certificate(visit: &Visit, board: &Board, figures: &ShownFigures) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let verified = match board.verified_at {
        Some(at) => {
            view! { <p>{tr("mentoring-run-verified")} " " {reader.time(at, Shape::DateTimeYear)}</p> }
                .into_any()
        }
        None => view! { <p class="notice bad">{tr("mentoring-run-not-verified")}</p> }.into_any(),
    };
    let shortage = if figures.competing > figures.competed_places {
        tr_with(
            "mentoring-run-proof-shortage",
            &[("people", i18n::number(figures.competing)), ("places", i18n::number(figures.competed_places))],
        )
    } else {
        tr("mentoring-run-proof-full")
    };
    view! {
        <section class="part" aria-labelledby="certificate">
            <h2 id="certificate">{tr("mentoring-run-certificate")}</h2>
            {verified}
            <p>{shortage}</p>
            <p>{tr("mentoring-run-proof-cost")}</p>
            <p>{tr(pricing(board))}</p>
            <dl>
                <dt>{tr("mentoring-run-seed")}</dt>
                <dd>{board.seed.to_string()}</dd>
            </dl>
            <p class="help">{tr("mentoring-run-proof-private")}</p>
        </section>
    }
    .into_any()
}
