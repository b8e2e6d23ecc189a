//! `/proposals/{call}/submissions/{id}`: one proposal. Its speakers see what to do next, organisers decide, and reviewers
//! score it.

use domain::{
    forms::Fields,
    policy::proposals::SpeakerRelation,
    proposals::{Decision, MAX_QUESTION, MAX_SCORE, SubmissionChange, SubmissionState},
};
use leptos::prelude::*;
use store::proposals::{
    self, Conversation, OrganiserView, OwnView, ReviewView, ReviewerView, SpeakerName,
    SubmissionPage as Loaded,
};

use super::paths::{
    call_from_path, crumbs, manage_path, review_path, state_badge, state_label, submission_from_path,
    submission_path,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::card::member_path,
    refill::refilled,
    ui::{Badge, Choice, Markdown, Paragraphs, Reader, Shape, Sheet, Title, load, time_of},
};

/// The page.
#[component]
pub fn SubmissionPage() -> impl IntoView {
    let (slug, id) = (call_from_path(), submission_from_path());
    load(async move {
        let (visit, slug, id) = (visit(), slug?, id?);
        let page = proposals::submission(&store(), &visit.actor, &slug, id).await?;
        let own = match &page.own {
            Some(own) => Some(own_part(&visit, &page, own).await?),
            None => None,
        };
        let organiser = match &page.organiser {
            Some(organiser) => Some(organiser_part(&visit, &page, organiser).await?),
            None => None,
        };
        let reviewer = match &page.reviewer {
            Some(reviewer) => Some(reviewer_part(&visit, &page, reviewer).await?),
            None => None,
        };
        let who = people(&page);
        Ok(view! {
            <Title text=page.text.title.clone() />
            <div class="page narrow">
                {crumbs(Some(&page.call))}
                <p>{state_badge(page.state)}</p>
                <h1>{page.text.title.clone()}</h1>
                {who}
                {own}
                {reviewer}
                {organiser}
                {text(&page)}
            </div>
        })
    })
}

/// The names of the speakers, for readers who may know them.
fn people(page: &Loaded) -> Option<AnyView> {
    let own = page.own.as_ref().map(|own| &own.speakers);
    let organiser = || page.organiser.as_ref().and_then(|it| it.speakers.as_ref());
    let reviewer = || page.reviewer.as_ref().and_then(|it| it.speakers.as_ref());
    let speakers = own.or_else(organiser).or_else(reviewer)?;
    let names: Vec<_> = speakers.iter().filter(|speaker| speaker.has_accepted).map(name_of).collect();
    let last = names.len().saturating_sub(1);
    let names =
        names.into_iter().enumerate().map(|(at, name)| view! { {name} {(at < last).then_some(", ")} });
    Some(view! { <p class="lead">{names.collect_view()}</p> }.into_any())
}

fn name_of(speaker: &SpeakerName) -> AnyView {
    let name = speaker.name.clone().unwrap_or_else(|| tr("proposal-somebody"));
    match &speaker.page {
        Some(page) => view! { <a href=member_path(page)><bdi>{name}</bdi></a> }.into_any(),
        None => view! { <bdi>{name}</bdi> }.into_any(),
    }
}

fn text(page: &Loaded) -> AnyView {
    let text = &page.text;
    let minutes = (text.minutes > 0).then(|| {
        let minutes = tr_with("call-minutes", &[("minutes", i18n::number(text.minutes))]);
        view! { " · " {minutes} }
    });
    let kind = (!text.kind.is_empty()).then(
        || view! { <p><bdi>{text.kind.clone()}</bdi> {minutes} " · " <bdi>{text.language.clone()}</bdi></p> },
    );
    let record = text.do_not_record.then(|| view! { <p><Badge>{tr("proposal-not-recorded")}</Badge></p> });
    let notes = (!text.notes.is_empty()).then(|| {
        view! {
            <h3>{tr("proposal-notes")}</h3>
            <Paragraphs text=text.notes.clone() />
        }
    });
    let summary = match text.summary.is_empty() {
        true => view! { <p class="help">{tr("proposal-no-abstract")}</p> }.into_any(),
        false => view! { <Markdown text=text.summary.clone() /> }.into_any(),
    };
    view! {
        <section class="part" aria-labelledby="abstract">
            <h2 id="abstract">{tr("proposal-abstract")}</h2>
            {kind}
            {record}
            {summary}
            {notes}
        </section>
    }
    .into_any()
}

type Part = Result<AnyView, AppError>;

/// What the speaker does next, the co-speakers, and the history.
async fn own_part(visit: &Visit, page: &Loaded, own: &OwnView) -> Part {
    let answer = match page.state {
        SubmissionState::InfoNeeded if own.relation != SpeakerRelation::Invited => {
            let (sheet, _) = refilled(visit, &format!("proposals/{}/answer", page.id), Fields::new()).await?;
            let sheet = sheet.with_label("answer", "submission-answer");
            Some(view! {
                <form method="post" action="/api/proposals/answer">
                    {hidden(page)}
                    {sheet.summary()}
                    {sheet.field("answer", "submission-answer").needed().max(MAX_QUESTION).area(4)}
                    <button class="button">{tr("submission-answer-send")}</button>
                </form>
            })
        }
        _ => None,
    };
    let key = match own.relation {
        SpeakerRelation::Invited => "submission-next-invited".to_owned(),
        _ => format!("submission-next-{}", page.state.name().replace('_', "-")),
    };
    let until = own.confirm_by.map(|until| {
        let until = Reader::of(visit, visit.zone).time_and_zone(until, Shape::DateTimeYear);
        view! { <p>{tr("submission-confirm-by")} " " {until}</p> }
    });
    let closed = (page.state == SubmissionState::Draft && !own.can_edit)
        .then(|| view! { <p>{tr("submission-too-late")}</p> });
    let edit = own.can_edit.then(|| {
        let to = format!("{}/edit", submission_path(page.call.slug.as_str(), page.id));
        view! { <a class="button plain" href=to>{tr("proposal-edit")}</a> }
    });
    Ok(view! {
        <section class="part" aria-labelledby="next">
            <h2 id="next">{tr("proposals-next")}</h2>
            <p>{tr(&key)}</p>
            {until}
            {closed}
            {questions(visit, &own.conversation)}
            {answer}
            {own_buttons(page, own)}
            {edit.map(|edit| view! { <p class="row">{edit}</p> })}
        </section>
        {co_speakers(visit, page, own).await?}
        {other_call(visit, page, own).await?}
        {history(visit, &own.conversation)}
    }
    .into_any())
}

fn hidden(page: &Loaded) -> AnyView {
    view! {
        <input type="hidden" name="call" value=page.call.slug.to_string() />
        <input type="hidden" name="id" value=page.id.to_string() />
    }
    .into_any()
}

/// One form with a button for each change that is possible.
fn own_buttons(page: &Loaded, own: &OwnView) -> Option<AnyView> {
    use SubmissionChange::{Confirm, Decline, Submit, Withdraw};
    match own.relation {
        SpeakerRelation::Speaker => {}
        SpeakerRelation::Invited => return Some(answer_buttons(page, true)),
        SpeakerRelation::CoSpeaker => return Some(answer_buttons(page, false)),
        SpeakerRelation::Other => return None,
    }
    let changes: &[(SubmissionChange, &str, bool)] = match page.state {
        SubmissionState::Draft if own.can_edit => {
            &[(Submit, "proposal-submit", true), (Withdraw, "proposal-withdraw", false)]
        }
        SubmissionState::Draft | SubmissionState::Submitted | SubmissionState::InfoNeeded => {
            &[(Withdraw, "proposal-withdraw", false)]
        }
        SubmissionState::Accepted => {
            &[(Confirm, "submission-confirm", true), (Decline, "submission-decline", false)]
        }
        SubmissionState::Confirmed => &[(Decline, "submission-decline", false)],
        SubmissionState::Withdrawn if own.can_edit => &[(Submit, "submission-submit-again", true)],
        SubmissionState::Withdrawn | SubmissionState::Declined | SubmissionState::Rejected => &[],
    };
    (!changes.is_empty()).then(|| {
        let buttons = changes.iter().map(|(change, key, is_first)| {
            let class = if *is_first { "button" } else { "button plain" };
            view! { <button class=class name="act" value=change.name()>{tr(key)}</button> }
        });
        view! {
            <form method="post" action="/api/proposals/change">
                {hidden(page)}
                <div class="row">{buttons.collect_view()}</div>
            </form>
        }
        .into_any()
    })
}

/// The answer of somebody who was invited to speak, or the way out for somebody who accepted.
fn answer_buttons(page: &Loaded, is_invited: bool) -> AnyView {
    let yes = is_invited.then(
        || view! { <button class="button" name="act" value="accept">{tr("co-speaker-accept")}</button> },
    );
    let no = if is_invited { "co-speaker-decline" } else { "co-speaker-leave" };
    view! {
        <form method="post" action="/api/proposals/join">
            {hidden(page)}
            <div class="row">{yes} <button class="button plain" name="act" value="decline">{tr(no)}</button></div>
        </form>
    }
    .into_any()
}

/// The co-speakers, and the form that invites one.
async fn co_speakers(visit: &Visit, page: &Loaded, own: &OwnView) -> Part {
    if own.relation != SpeakerRelation::Speaker {
        return Ok(().into_any());
    }
    let (sheet, _) = refilled(visit, &format!("proposals/{}/speakers", page.id), Fields::new()).await?;
    let sheet = sheet.with_label("person", "co-speaker-person");
    let others = own.speakers.iter().filter(|speaker| !speaker.is_first).map(|speaker| {
        let waits = (!speaker.has_accepted).then(|| view! { <Badge>{tr("co-speaker-invited")}</Badge> });
        view! {
            <li>
                <span>{name_of(speaker)} " " {waits}</span>
                <form method="post" action="/api/proposals/speakers">
                    {hidden(page)}
                    <input type="hidden" name="remove" value=speaker.member.to_string() />
                    <button class="button small plain">{tr("co-speaker-remove")}</button>
                </form>
            </li>
        }
    });
    let others = others.collect_view();
    Ok(view! {
        <section class="part" aria-labelledby="speakers">
            <h2 id="speakers">{tr("co-speakers-title")}</h2>
            <ul class="rows" role="list">{others}</ul>
            <form method="post" action="/api/proposals/speakers">
                {hidden(page)}
                {sheet.summary()}
                {sheet.field("person", "co-speaker-person").help("help-co-speaker-person").needed().max(200).input("text")}
                <button class="button plain">{tr("co-speaker-invite")}</button>
            </form>
        </section>
    }
    .into_any())
}

/// The form that starts a draft of the same proposal for another open call.
async fn other_call(visit: &Visit, page: &Loaded, own: &OwnView) -> Result<Option<AnyView>, AppError> {
    if own.relation != SpeakerRelation::Speaker || page.state == SubmissionState::Draft {
        return Ok(None);
    }
    let calls = proposals::open_calls(&store(), &visit.actor).await?.into_iter();
    let calls = calls.filter(|call| call.slug != page.call.slug);
    let calls: Vec<_> = calls.map(|call| (call.slug.to_string(), call.title)).collect();
    let sheet = Sheet::filled(Fields::new(), visit.locale);
    Ok((!calls.is_empty()).then(|| {
        view! {
            <form method="post" action="/api/proposals/send_to">
                {hidden(page)}
                {sheet.field("to", "submission-other-call").help("help-submission-other-call").needed().select(calls)}
                <button class="button plain">{tr("submission-other-call-start")}</button>
            </form>
        }
        .into_any()
    }))
}

fn questions(visit: &Visit, conversation: &Conversation) -> Option<AnyView> {
    (!conversation.questions.is_empty()).then(|| {
        let items = conversation.questions.iter().map(|asked| {
            let answer = asked.answer.clone().map(|answer| {
                view! { <p class="help">{tr("submission-answered")}</p> <Paragraphs text=answer /> }
            });
            view! {
                <li>
                    <p class="help">{tr("submission-asked")} " " {time_of(asked.posted_at, visit.zone, Shape::DateTimeYear)}</p>
                    <blockquote><Paragraphs text=asked.question.clone() /></blockquote>
                    {answer}
                </li>
            }
        });
        view! { <ol role="list">{items.collect_view()}</ol> }.into_any()
    })
}

fn history(visit: &Visit, conversation: &Conversation) -> AnyView {
    let items = conversation.history.iter().map(|(state, at, by)| {
        let by = by.clone().map(|by| view! { " · " <bdi>{by}</bdi> });
        view! { <li>{time_of(*at, visit.zone, Shape::DateTimeYear)} " · " {state_label(*state)} {by}</li> }
    });
    view! {
        <details>
            <summary>{tr("submission-history")}</summary>
            <ol role="list">{items.collect_view()}</ol>
        </details>
    }
    .into_any()
}

/// The decision, the question, the reviews and the history, for organisers.
async fn organiser_part(visit: &Visit, page: &Loaded, organiser: &OrganiserView) -> Part {
    let (sheet, _) = refilled(visit, &format!("proposals/{}/ask", page.id), Fields::new()).await?;
    let sheet = sheet.with_label("question", "submission-question");
    let ask = page.state.is_undecided().then(|| {
        view! {
            <form method="post" action="/api/proposals/ask">
                {hidden(page)}
                {sheet.summary()}
                {sheet.field("question", "submission-question").help("help-submission-question").needed().max(MAX_QUESTION).area(3)}
                <button class="button plain">{tr("submission-ask")}</button>
            </form>
        }
    });
    let named =
        organiser.speakers.is_none().then(|| view! { <p class="help">{tr("manage-names-hidden")}</p> });
    let reviews = organiser.reviews.as_ref().map(|all| review_list(all, "submission-no-reviews"));
    let conversation = page.own.is_none().then(|| {
        view! { {questions(visit, &organiser.conversation)} {history(visit, &organiser.conversation)} }
    });
    let add = organiser.needs_event.then(|| add_to_event(page));
    Ok(view! {
        <section class="part" aria-labelledby="decide">
            <h2 id="decide">{tr("submission-organisers")}</h2>
            {named}
            {decision(page, organiser)}
            {add}
            {ask}
            {conversation}
            {reviews}
            <p><a href=manage_path(page.call.slug.as_str())>{tr("call-manage")}</a></p>
        </section>
    }
    .into_any())
}

fn add_to_event(page: &Loaded) -> AnyView {
    let sheet = Sheet::filled(Fields::new(), visit().locale);
    view! {
        <form method="post" action="/api/proposals/add_to_event">
            {hidden(page)}
            {sheet.field("event", "submission-event").help("help-submission-event").needed().max(200).input("text")}
            <button class="button plain">{tr("submission-add-to-event")}</button>
        </form>
    }
    .into_any()
}

/// The decision, which the speaker doesn't know until it is sent.
fn decision(page: &Loaded, organiser: &OrganiserView) -> Option<AnyView> {
    if organiser.is_being_sent {
        return Some(view! { <p>{tr("submission-being-sent")}</p> }.into_any());
    }
    let choices: &[(&str, &str)] = match page.state {
        SubmissionState::Submitted | SubmissionState::InfoNeeded => {
            &[("accept", "decision-accept"), ("reject", "decision-reject"), ("", "decision-clear")]
        }
        SubmissionState::Rejected => &[("accept", "decision-accept"), ("", "decision-clear")],
        _ => return None,
    };
    let now = organiser.decision.map_or("", Decision::name);
    let sentence = match organiser.decision {
        Some(Decision::Accept) => tr("decision-now-accept"),
        Some(Decision::Reject) => tr("decision-now-reject"),
        None => tr("decision-now-none"),
    };
    let buttons = choices.iter().filter(|(value, _)| *value != now).map(|(value, key)| {
        view! { <button class="button plain" name="decision" value=*value>{tr(key)}</button> }
    });
    Some(
        view! {
            <form method="post" action="/api/proposals/decide">
                {hidden(page)}
                <p>{sentence}</p>
                <div class="row">{buttons.collect_view()}</div>
            </form>
        }
        .into_any(),
    )
}

fn review_list(all: &[ReviewView], none: &str) -> AnyView {
    if all.is_empty() {
        return view! { <p class="help">{tr(none)}</p> }.into_any();
    }
    let items = all.iter().map(|review| {
        let score = match review.score {
            Some(score) => tr_with(
                "review-score-of",
                &[("score", i18n::number(score)), ("max", i18n::number(MAX_SCORE))],
            ),
            None => tr("review-abstained"),
        };
        let reviewer = review.reviewer.clone().unwrap_or_else(|| tr("proposal-somebody"));
        view! {
            <li>
                <p><strong>{score}</strong> " · " <bdi>{reviewer}</bdi></p>
                <Paragraphs text=review.comment.clone() />
            </li>
        }
    });
    view! {
        <h3>{tr("reviews-title")}</h3>
        <ol role="list">{items.collect_view()}</ol>
    }
    .into_any()
}

/// The reader's own review, and the others once they gave a score.
async fn reviewer_part(visit: &Visit, page: &Loaded, reviewer: &ReviewerView) -> Part {
    let mut now = Fields::new();
    if let Some(own) = &reviewer.own {
        let score = own.score.map_or_else(|| "abstain".to_owned(), |score| score.to_string());
        now.insert("score".to_owned(), score);
        now.insert("comment".to_owned(), own.comment.clone());
    }
    let (sheet, _) = refilled(visit, &format!("proposals/{}/review", page.id), now).await?;
    let sheet = sheet.with_label("score", "review-score").with_label("comment", "review-comment");
    let scores = (1..=MAX_SCORE)
        .rev()
        .map(|score| Choice::new(score.to_string(), tr(&format!("review-score-{score}"))));
    let scores = scores.chain([Choice::new("abstain", tr("review-abstain"))]).collect();
    let others = match &reviewer.others {
        Some(others) => review_list(others, "review-no-others"),
        None => view! { <p class="help">{tr("review-others-hidden")}</p> }.into_any(),
    };
    let form = page.state.is_undecided().then(|| {
        view! {
            <form method="post" action="/api/proposals/review">
                {hidden(page)}
                {sheet.summary()}
                {sheet.field("score", "review-score").needed().radios(scores)}
                {sheet.field("comment", "review-comment").help("help-review-comment").max(2_000).area(4)}
                <button class="button">{tr("review-save")}</button>
            </form>
        }
    });
    Ok(view! {
        <section class="part" aria-labelledby="your-review">
            <h2 id="your-review">{tr("review-title")}</h2>
            {form}
            {others}
            <p><a href=review_path(page.call.slug.as_str())>{tr("call-review")}</a></p>
        </section>
    }
    .into_any())
}
