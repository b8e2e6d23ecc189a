//! The pairs of a draft, with the buttons that pin, forbid and swap them.

use domain::mentoring::{DecisionKind, ProposalState, RoundState};
use leptos::prelude::*;
use store::mentoring::{
    Participant,
    run::{Board, BoardPair},
};
use uuid::Uuid;

use super::fit::fit_of_pair;
use crate::{
    context::{tr, tr_with, visit},
    i18n,
    members::card::member_path,
    ui::{Badge, Tone},
};

/// A name that leads to the person's page.
pub(super) fn person(person: &Participant) -> AnyView {
    view! { <a href=member_path(&person.slug)><bdi>{person.name.clone()}</bdi></a> }.into_any()
}

/// Whether decisions have an effect: the round can be matched again.
fn can_decide(board: &Board) -> bool {
    matches!(board.round.state, RoundState::Closed | RoundState::Published)
}

/// The pairs, the lowest scores first.
pub(super) fn pairs(board: &Board) -> AnyView {
    let items = board.pairs.iter().map(|pair| pair_item(board, pair));
    view! {
        <section aria-labelledby="pairs">
            <h2 id="pairs">{tr("mentoring-run-pairs")}</h2>
            <p class="help">{tr("mentoring-run-pairs-help")}</p>
            <ul class="rows" role="list">{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn pair_item(board: &Board, pair: &BoardPair) -> AnyView {
    let decision = pair.decision.map(|kind| match kind {
        DecisionKind::Pin => (Tone::Brass, "mentoring-run-pinned"),
        DecisionKind::Forbid => (Tone::Bad, "mentoring-run-forbidden"),
    });
    let proposal = pair.proposal.map(|state| match state {
        ProposalState::Pending => (Tone::Brass, "mentoring-run-proposal-pending"),
        ProposalState::Accepted => (Tone::Good, "mentoring-run-proposal-accepted"),
        ProposalState::Declined => (Tone::Bad, "mentoring-run-proposal-declined"),
        ProposalState::Expired => (Tone::Bad, "mentoring-run-proposal-expired"),
        ProposalState::Withdrawn => (Tone::Quiet, "mentoring-run-proposal-withdrawn"),
    });
    let kept = pair.is_kept.then_some((Tone::Quiet, "mentoring-run-kept"));
    let badges = [proposal, decision, kept].into_iter().flatten();
    let badges = badges.map(|(tone, key)| view! { <Badge tone>{tr(key)}</Badge> }).collect_view();
    let topics = (!pair.topics.is_empty()).then(|| {
        let topics = i18n::quote(pair.topics.join(" · "));
        view! { <p>{tr_with("mentoring-run-pair-topics", &[("topics", topics)])}</p> }
    });
    let goal = (!pair.goal.is_empty()).then(|| view! { <p class="help"><q>{pair.goal.clone()}</q></p> });
    let hours = tr_with("proposal-hours", &[("hours", i18n::number(pair.hours))]);
    view! {
        <li id=format!("pair-{}", pair.mentee_id) data-mentee=pair.mentee_id.to_string()>
            <div>
                <p class="swap-names"><strong>{person(&pair.mentee)} " → " {person(&pair.mentor)}</strong></p>
                {goal}
                {topics}
                <p>{hours}</p>
                <p class="row">{badges}</p>
                {can_decide(board).then(|| buttons(board, pair))}
            </div>
            {fit_of_pair(pair.parts, board.max_points)}
        </li>
    }
    .into_any()
}

fn buttons(board: &Board, pair: &BoardPair) -> AnyView {
    let names = (pair.mentee.name.as_str(), pair.mentor.name.as_str());
    let ids = (pair.mentee_id, pair.mentor_id);
    let choices: &[(&str, &str)] = match pair.decision {
        None => &[("pin", "mentoring-run-pin"), ("forbid", "mentoring-run-forbid")],
        Some(DecisionKind::Pin) => &[("", "mentoring-run-unpin"), ("forbid", "mentoring-run-forbid")],
        Some(DecisionKind::Forbid) => &[("pin", "mentoring-run-pin"), ("", "mentoring-run-allow")],
    };
    decision_form(board, ids, names, choices)
}

/// One button for each decision. Its name for screen readers says which pair it is about.
fn decision_form(
    board: &Board,
    (mentee, mentor): (Uuid, Uuid),
    (mentee_name, mentor_name): (&str, &str),
    choices: &[(&str, &str)],
) -> AnyView {
    let buttons = choices.iter().map(|(value, key)| {
        let about = tr_with(
            "mentoring-run-about-pair",
            &[
                ("action", i18n::quote(tr(key))),
                ("mentee", i18n::quote(mentee_name)),
                ("mentor", i18n::quote(mentor_name)),
            ],
        );
        view! {
            <button class="button plain small" name="decision" value=(*value).to_owned() aria-label=about>{tr(key)}</button>
        }
    });
    view! {
        <form class="row" method="post" action="/api/mentoring/decide">
            <input type="hidden" name="round" value=board.round.slug.to_string() />
            <input type="hidden" name="number" value=board.run.number.to_string() />
            <input type="hidden" name="mentee" value=mentee.to_string() />
            <input type="hidden" name="mentor" value=mentor.to_string() />
            {buttons.collect_view()}
        </form>
    }
    .into_any()
}

/// Exchanges the mentors of two mentees, with two lists and a button.
pub(super) fn swap_form(board: &Board) -> Option<AnyView> {
    (board.mentees.len() > 1 && can_decide(board)).then(|| {
        let options = |skip: usize| {
            let list = board.mentees.iter().enumerate().map(move |(at, (id, name))| {
                view! { <option value=id.to_string() selected=at == skip>{name.clone()}</option> }
            });
            list.collect_view()
        };
        view! {
            <section aria-labelledby="swap">
                <h2 id="swap">{tr("mentoring-run-swap")}</h2>
                <p class="help">{tr("mentoring-run-swap-help")}</p>
                <p class="help" id="swap-drag" hidden>{tr("mentoring-run-swap-drag")}</p>
                <form id="swap-form" class="row" method="post" action="/api/mentoring/swap">
                    <input type="hidden" name="round" value=board.round.slug.to_string() />
                    <input type="hidden" name="number" value=board.run.number.to_string() />
                    <label for="f-one">{tr("mentoring-run-swap-one")}</label>
                    <select id="f-one" name="one">{options(0)}</select>
                    <label for="f-other">{tr("mentoring-run-swap-other")}</label>
                    <select id="f-other" name="other">{options(1)}</select>
                    <button class="button plain">{tr("mentoring-run-swap-button")}</button>
                </form>
                <script src=format!("{}/swap.js", visit().assets) async></script>
            </section>
        }
        .into_any()
    })
}

/// Decisions for the next run about pairs that this draft does not have.
pub(super) fn other_decisions(board: &Board) -> Option<AnyView> {
    (!board.other_decisions.is_empty() && can_decide(board)).then(|| {
        let items = board.other_decisions.iter().map(|it| {
            let (tone, key, remove) = match it.decision {
                DecisionKind::Pin => (Tone::Brass, "mentoring-run-pinned", "mentoring-run-unpin"),
                DecisionKind::Forbid => (Tone::Bad, "mentoring-run-forbidden", "mentoring-run-allow"),
            };
            let names = (it.mentee.name.as_str(), it.mentor.name.as_str());
            view! {
                <li>
                    <span>{person(&it.mentee)} " → " {person(&it.mentor)}</span>
                    <Badge tone>{tr(key)}</Badge>
                    {decision_form(board, (it.mentee_id, it.mentor_id), names, &[("", remove)])}
                </li>
            }
        });
        view! {
            <section aria-labelledby="decisions">
                <h2 id="decisions">{tr("mentoring-run-decisions")}</h2>
                <ul class="rows" role="list">{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
