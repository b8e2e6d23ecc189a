//! `/mentoring/proposals/{id}`: who is proposed, why, and the two answers. The same view is behind the signed link
//! in the email, which works without signing in and changes nothing until a button is used (M10).

use domain::{
    ProposalId,
    mentoring::{Answer, ProposalState, SignUpRole},
};
use leptos::prelude::*;
use store::mentoring::proposals::{self, ProposalPage as Proposal};

use super::{fit::fit_of_proposal, run_paths::parameter};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::card::member_path,
    ui::{Badge, Crumbs, Paragraphs, Reader, Shape, Title, Tone, load},
};

/// The page of a proposal.
#[component]
pub fn ProposalPage() -> impl IntoView {
    let id = parameter("id").and_then(|id| id.parse().ok()).map(ProposalId).ok_or(AppError::NotFound);
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let proposal = proposals::page(&store(), &visit.actor, id?).await?;
        let title = title(&proposal);
        let body = body(&visit, &proposal, "/api/mentoring/answer");
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("proposal-crumb"))] />
                <h1>{title}</h1>
                {body}
            </div>
        })
    })
}

/// Title and body of the page behind a signed link. `action` is its own path.
#[must_use]
pub fn proposal_link(visit: &Visit, proposal: &Proposal, action: &str) -> (String, AnyView) {
    (title(proposal), body(visit, proposal, action))
}

fn title(proposal: &Proposal) -> String {
    let key = match proposal.side {
        SignUpRole::Mentee => "proposal-title-mentee",
        SignUpRole::Mentor => "proposal-title-mentor",
    };
    tr_with(key, &[("partner", i18n::quote(proposal.partner.name.clone()))])
}

/// The sentence for the reader's side: the mentee's or the mentor's.
fn sided([for_mentee, for_mentor]: [&str; 2], proposal: &Proposal) -> String {
    let partner = i18n::quote(proposal.partner.name.clone());
    let key = match proposal.side {
        SignUpRole::Mentee => for_mentee,
        SignUpRole::Mentor => for_mentor,
    };
    tr_with(key, &[("partner", partner)])
}

fn body(visit: &Visit, proposal: &Proposal, action: &str) -> AnyView {
    let programme = i18n::quote(proposal.programme.clone());
    let lead =
        tr_with("proposal-lead", &[("programme", programme), ("round", i18n::quote(proposal.round.clone()))]);
    view! {
        <p class="lead">{lead}</p>
        {state(visit, proposal, action)}
        {contact(proposal)}
        <section class="part" aria-labelledby="who">
            <h2 id="who">{tr("proposal-who")}</h2>
            {who(visit, proposal)}
        </section>
        <section class="part" aria-labelledby="why">
            <h2 id="why">{tr("proposal-why")}</h2>
            {why(proposal)}
            {fit_of_proposal(proposal.parts, proposal.max_points)}
            <p class="help">{tr("proposal-why-help")}</p>
        </section>
    }
    .into_any()
}

fn who(visit: &Visit, proposal: &Proposal) -> AnyView {
    let name = view! { <bdi>{proposal.partner.name.clone()}</bdi> };
    // Visitors with a link from an email can't open every profile.
    let name = match visit.member {
        Some(_) => view! { <a href=member_path(&proposal.partner.slug)>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let headline = (!proposal.headline.is_empty()).then(|| view! { <p>{proposal.headline.clone()}</p> });
    let city = tr_with("proposal-zone", &[("city", i18n::quote(proposal.zone.city()))]);
    let goal = (!proposal.goal.is_empty()).then(|| {
        view! {
            <h3>{sided(["proposal-goal-mentee", "proposal-goal-mentor"], proposal)}</h3>
            <Paragraphs text=proposal.goal.clone() />
        }
    });
    view! { <p><strong>{name}</strong></p> {headline} <p class="help">{city}</p> {goal} }.into_any()
}

fn why(proposal: &Proposal) -> AnyView {
    let topics = proposal.topics.iter().map(|(topic, is_taught)| {
        let taught = match is_taught {
            true => view! { <Badge tone=Tone::Good>{tr("proposal-topic-taught")}</Badge> },
            false => view! { <Badge tone=Tone::Quiet>{tr("proposal-topic-not-taught")}</Badge> },
        };
        view! { <li><span>{topic.clone()}</span> {taught}</li> }
    });
    let hours = tr_with("proposal-hours", &[("hours", i18n::number(proposal.hours))]);
    view! {
        <p>{sided(["proposal-topics-mentee", "proposal-topics-mentor"], proposal)}</p>
        <ul class="rows" role="list">{topics.collect_view()}</ul>
        <p>{hours}</p>
    }
    .into_any()
}

/// Where the proposal is, and what the reader can do.
fn state(visit: &Visit, proposal: &Proposal, action: &str) -> AnyView {
    let key = match (proposal.state, proposal.mine) {
        (ProposalState::Accepted, _) => "proposal-state-accepted",
        (ProposalState::Declined, Some(Answer::Decline)) => "proposal-state-declined-by-you",
        (ProposalState::Declined, Some(Answer::Accept) | None) => "proposal-state-ended",
        (ProposalState::Expired, _) => "proposal-state-expired",
        (ProposalState::Withdrawn, _) => "proposal-state-withdrawn",
        (ProposalState::Pending, Some(_)) => "proposal-state-waiting",
        (ProposalState::Pending, None) => "proposal-state-open",
    };
    let partner = i18n::quote(proposal.partner.name.clone());
    let text = tr_with(key, &[("partner", partner)]);
    if proposal.state != ProposalState::Pending {
        return view! { <p class="seat-state">{text}</p> }.into_any();
    }
    let until = Reader::of(visit, visit.zone).time_and_zone(proposal.expires_at, Shape::DateTime);
    let accept =
        (proposal.mine.is_none()).then(|| button(proposal, action, ("accept", "proposal-accept"), "button"));
    view! {
        <section aria-labelledby="answer">
            <h2 id="answer">{tr("proposal-answer")}</h2>
            <p class="seat-state">{text}</p>
            <p>{tr("proposal-until")} " " {until}</p>
            <div class="row">{accept} {button(proposal, action, ("decline", "proposal-decline"), "button plain")}</div>
            <p class="help">{tr("proposal-decline-help")}</p>
        </section>
    }
    .into_any()
}

fn button(
    proposal: &Proposal,
    action: &str,
    (act, label): (&'static str, &'static str),
    class: &'static str,
) -> AnyView {
    view! {
        <form method="post" action=action.to_owned()>
            <input type="hidden" name="id" value=proposal.id.to_string() />
            <button class=class name="act" value=act>{tr(label)}</button>
        </form>
    }
    .into_any()
}

/// How to reach the other one, after both accepted.
fn contact(proposal: &Proposal) -> Option<AnyView> {
    proposal.contact.as_ref().map(|contact| {
        let to = format!("mailto:{}", contact.address);
        view! {
            <section class="notice good" aria-labelledby="contact">
                <h2 id="contact">{tr("proposal-contact")}</h2>
                <p><a href=to>{contact.address.clone()}</a></p>
                <p>{sided(["proposal-contact-mentee", "proposal-contact-mentor"], proposal)}</p>
            </section>
        }
        .into_any()
    })
}

/// `/mentoring/resume/{id}`: takes part in matching again, after two proposals without an answer (M13).
#[component]
pub fn ResumePage() -> impl IntoView {
    let round = parameter("id").unwrap_or_default();
    load(async move {
        if visit().member.is_none() {
            return Err(AppError::SignIn);
        }
        Ok(view! {
            <Title text=tr("resume-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("proposal-crumb"))] />
                <h1>{tr("resume-title")}</h1>
                <p class="lead">{tr("resume-text")}</p>
                <form method="post" action="/api/mentoring/resume">
                    <input type="hidden" name="round" value=round />
                    <button class="button">{tr("resume-button")}</button>
                </form>
            </div>
        })
    })
}
