//! `/mentoring/mentorships/{id}/end` and `/feedback`: a break, the end, feedback, and what comes after (M19, M21).

use domain::{
    forms::Fields,
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{NextStep, Outcome, other_side},
};
use leptos::prelude::*;
use store::mentorships::{self, MentorshipPage as Pair};

use super::{
    page::partner,
    paths::{draft_name, mentorship_from_path, mentorship_path},
};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::sheet::stylesheet,
    refill::refilled,
    ui::{ButtonLink, Crumbs, Look, Paragraphs, Title, load},
};

/// The page with every way to pause, end or extend a mentorship.
#[component]
pub fn EndPage() -> impl IntoView {
    let id = mentorship_from_path();
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id?;
        let pair = mentorships::page(&store(), &visit.actor, id).await?;
        stylesheet();
        let is_active = pair.state == MentorshipState::Active;
        let is_over = pair.state == MentorshipState::Ended;
        let asked_by_partner = pair.extension_asked_by == Some(other_side(pair.side));
        let asked = pair.extension_asked_by == Some(pair.side);
        let extension = (is_active && !pair.was_extended).then(|| {
            let lead = if asked_by_partner { "end-extend-asked" } else { "end-extend-text" };
            if asked {
                view! { <section class="part"><h2>{tr("end-extend")}</h2><p>{tr("end-extend-waits")}</p></section> }.into_any()
            } else {
                choice(&pair, "extend", ("end-extend", lead), "button plain")
            }
        });
        Ok(view! {
            <Title text=tr("end-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (mentorship_path(id), partner(&pair))] />
                <h1>{tr("end-title")}</h1>
                {is_over.then(|| view! { <p class="lead">{tr("next-over")}</p> })}
                {is_active.then(|| choice(&pair, "finish", ("end-finish", "end-finish-text"), "button"))}
                {extension}
                {is_active.then(|| choice(&pair, "peers", ("end-peers", "end-peers-text"), "button plain"))}
                {is_active.then(|| choice(&pair, "pause", ("end-pause", "end-pause-text"), "button plain"))}
                {(pair.state == MentorshipState::Paused).then(|| choice(&pair, "resume", ("end-resume", "end-resume-text"), "button"))}
                {(!is_over).then(|| choice(&pair, "leave", ("end-leave", "end-leave-text"), "button plain"))}
            </div>
        })
    })
}

fn choice(
    pair: &Pair,
    act: &'static str,
    (title, text): (&'static str, &'static str),
    class: &'static str,
) -> AnyView {
    let args = [("partner", i18n::quote(partner(pair)))];
    view! {
        <section class="part" aria-labelledby=act>
            <h2 id=act>{tr(title)}</h2>
            <p>{tr_with(text, &args)}</p>
            <form method="post" action="/api/mentorships/change">
                <input type="hidden" name="id" value=pair.id.to_string() />
                <button class=class name="act" value=act>{tr(title)}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The form for feedback.
#[component]
pub fn FeedbackPage() -> impl IntoView {
    let id = mentorship_from_path();
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id?;
        let pair = mentorships::page(&store(), &visit.actor, id).await?;
        let (sheet, _) = refilled(&visit, &draft_name(&id.to_string(), "feedback"), Fields::new()).await?;
        let sheet = sheet.with_label("helped", "feedback-helped").with_label("better", "feedback-better");
        stylesheet();
        let args = [("partner", i18n::quote(partner(&pair)))];
        let body = match pair.next {
            NextStep::GiveFeedback => view! {
                <form method="post" action="/api/mentorships/feedback">
                    <input type="hidden" name="id" value=id.to_string() />
                    {sheet.summary()}
                    {sheet.field("helped", "feedback-helped").needed().max(1000).area(4)}
                    {sheet.field("better", "feedback-better").max(1000).area(4)}
                    <button class="button">{tr("feedback-give")}</button>
                </form>
            }
            .into_any(),
            _ => view! { <p>{tr(feedback_state(&pair))}</p> }.into_any(),
        };
        Ok(view! {
            <Title text=tr("feedback-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (mentorship_path(id), partner(&pair))] />
                <h1>{tr("feedback-title")}</h1>
                <p class="lead">{tr_with("feedback-lead", &args)}</p>
                {body}
            </div>
        })
    })
}

/// The key of the sentence that says why there is no form for feedback.
fn feedback_state(pair: &Pair) -> &'static str {
    match (pair.has_given_feedback, pair.is_released) {
        (true, false) => "feedback-done",
        (true, true) => "feedback-released",
        (false, true) => "feedback-over",
        (false, false) => "feedback-early",
    }
}

/// What comes after the end: the other one's feedback, drafted kudos, and an invitation to become a mentor.
pub(super) fn graduation(pair: &Pair) -> Option<AnyView> {
    if !pair.outcome.is_some_and(Outcome::is_graduation) {
        return None;
    }
    let feedback = match &pair.feedback {
        Some(feedback) => {
            let better = (!feedback.better.is_empty()).then(|| {
                view! { <h3>{tr("feedback-better")}</h3> <Paragraphs text=feedback.better.clone() /> }
            });
            let from = tr_with("feedback-from", &[("partner", i18n::quote(partner(pair)))]);
            view! {
                <h2 id="feedback">{from}</h2>
                <h3>{tr("feedback-helped")}</h3>
                <Paragraphs text=feedback.helped.clone() />
                {better}
            }
            .into_any()
        }
        None => {
            let text = match pair.is_released {
                true => tr_with("feedback-none", &[("partner", i18n::quote(partner(pair)))]),
                false => tr("feedback-waits"),
            };
            view! { <h2 id="feedback">{tr("feedback-title")}</h2> <p>{text}</p> }.into_any()
        }
    };
    let kudos = pair.partner.as_ref().filter(|_| pair.has_given_feedback).map(|partner| {
        let to = format!("/kudos/new?to={}&draft=mentoring", partner.slug);
        let label = tr_with("graduation-kudos", &[("partner", i18n::quote(partner.name.clone()))]);
        view! { <ButtonLink href=to>{label}</ButtonLink> }
    });
    let mentor = (pair.side == SignUpRole::Mentee && pair.has_given_feedback).then(|| {
        view! {
            <p>{tr("graduation-mentor-text")}</p>
            <p><ButtonLink href="/mentoring#rounds-open" look=Look::Plain>{tr("graduation-mentor")}</ButtonLink></p>
        }
    });
    Some(
        view! {
            <section class="part" aria-labelledby="feedback">
                {feedback}
                <p>{kudos}</p>
                {mentor}
            </section>
        }
        .into_any(),
    )
}
