//! `/mentoring/questions/{id}`: a question, what the reader can do about it, and the conversation of the two.

use domain::{
    QuestionId,
    forms::Fields,
    policy::questions::QuestionRelation,
    questions::{MAX_REPLY, QuestionChange, QuestionState},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::questions::{self, QuestionPage as Question, Reply};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::sheet::stylesheet,
    refill::refilled,
    ui::{Badge, Crumbs, Paragraphs, Reader, Shape, Sheet, Title, Tone, load, time_of},
};

/// Path of the queue.
pub const QUEUE: &str = "/mentoring/questions";

/// Path of a question's page.
#[must_use]
pub fn question_path(id: QuestionId) -> String {
    format!("{QUEUE}/{id}")
}

/// The pages above. `below` also names the queue.
#[must_use]
pub fn crumbs(below: bool) -> AnyView {
    let mut above = vec![("/mentoring".to_owned(), tr("mentoring-title"))];
    if below {
        above.push((QUEUE.to_owned(), tr("questions-title")));
    }
    view! { <Crumbs above=above /> }.into_any()
}

/// The badge of a question.
#[must_use]
pub fn question_badge(state: QuestionState) -> AnyView {
    let (tone, key) = match state {
        QuestionState::Waiting => (Tone::Brass, "question-state-waiting"),
        QuestionState::Picked => (Tone::Good, "question-state-picked"),
        QuestionState::Answered => (Tone::Quiet, "question-state-answered"),
        QuestionState::Expired => (Tone::Quiet, "question-state-expired"),
        QuestionState::Withdrawn => (Tone::Quiet, "question-state-withdrawn"),
    };
    view! { <p><Badge tone>{tr(key)}</Badge></p> }.into_any()
}

/// The page.
#[component]
pub fn QuestionPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|text| text.parse().ok());
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id.map(QuestionId).ok_or(AppError::NotFound)?;
        let question = questions::question(&store(), &visit.actor, id).await?;
        let (sheet, _) = refilled(&visit, &format!("questions/{id}/reply"), Fields::new()).await?;
        stylesheet();
        let title = tr_with("question-about", &[("topic", i18n::quote(question.topic.name.clone()))]);
        let asker = question.asker.clone().unwrap_or_else(|| tr("question-somebody"));
        let free = (!question.free.is_empty()).then(|| {
            view! { <p class="help">{tr("question-free-times")} ": " <bdi>{question.free.clone()}</bdi></p> }
        });
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                {crumbs(true)}
                <h1>{title}</h1>
                {question_badge(question.state)}
                <p class="help"><bdi>{asker}</bdi> " · " {time_of(question.posted_at, visit.zone, Shape::DateTimeYear)}</p>
                <blockquote><Paragraphs text=question.text.clone() /></blockquote>
                {free}
                <p>{state_sentence(&question)}</p>
                {until(&visit, &question)}
                {conversation(&visit, &question, &sheet)}
                {buttons(&question)}
            </div>
        })
    })
}

/// What happens next, for this reader.
fn state_sentence(question: &Question) -> String {
    let named = |key: &str| match &question.mentor {
        Some(mentor) => tr_with(key, &[("mentor", i18n::quote(mentor.clone()))]),
        None => tr("question-next-nobody"),
    };
    match (question.state, question.relation) {
        (QuestionState::Waiting, QuestionRelation::Asker) => tr("question-next-waiting"),
        (QuestionState::Waiting, _) => tr("question-next-pick"),
        (QuestionState::Picked, QuestionRelation::Asker) => named("question-next-picked"),
        (QuestionState::Picked, _) => tr("question-next-answer"),
        (QuestionState::Answered, QuestionRelation::Asker) if question.mentor.is_some() => {
            named("question-next-answered-by")
        }
        (QuestionState::Answered, _) => tr("question-next-answered"),
        (QuestionState::Expired, _) => tr("question-next-expired"),
        (QuestionState::Withdrawn, _) => tr("question-next-withdrawn"),
    }
}

fn until(visit: &Visit, question: &Question) -> Option<AnyView> {
    question.state.is_open().then(|| {
        let time = Reader::of(visit, visit.zone).time_and_zone(question.expires_at, Shape::DateTime);
        view! { <p class="help">{tr("question-until")} " " {time}</p> }.into_any()
    })
}

/// The conversation, and the form for the next reply while the question is picked.
fn conversation(visit: &Visit, question: &Question, sheet: &Sheet) -> Option<AnyView> {
    let is_one_of_two = matches!(question.relation, QuestionRelation::Asker | QuestionRelation::Mentor);
    let can_reply = is_one_of_two && question.state == QuestionState::Picked && question.mentor.is_some();
    (can_reply || !question.replies.is_empty()).then(|| {
        let items = question.replies.iter().map(|reply| talk_item(visit, reply)).collect_view();
        let form = can_reply.then(|| {
            let sheet = sheet.clone().with_label("text", "question-reply");
            view! {
                <form method="post" action="/api/questions/reply">
                    <input type="hidden" name="id" value=question.id.to_string() />
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {sheet.summary()}
                    {sheet.field("text", "question-reply").help("help-question-reply").needed().max(MAX_REPLY).area(4)}
                    <button class="button">{tr("question-reply-send")}</button>
                </form>
            }
        });
        view! {
            <section aria-labelledby="replies">
                <h2 id="replies">{tr("question-replies")}</h2>
                <ol class="mentorship-talk" role="list">{items}</ol>
                {form}
            </section>
        }
        .into_any()
    })
}

fn talk_item(visit: &Visit, reply: &Reply) -> AnyView {
    let author = if reply.is_own { tr("note-by-you") } else { reply.author.clone() };
    let class = if reply.is_own { "own" } else { "" };
    view! {
        <li class=class>
            <p class="help"><bdi>{author}</bdi> " · " {time_of(reply.at, visit.zone, Shape::DateTimeYear)}</p>
            <Paragraphs text=reply.text.clone() />
        </li>
    }
    .into_any()
}

/// What the reader can do: one form with a button for each change.
fn buttons(question: &Question) -> Option<AnyView> {
    use QuestionChange::{Close, Pick, PutBack, WalkAway, Withdraw};
    let changes: &[(QuestionChange, &str, bool)] = match (question.relation, question.state) {
        (QuestionRelation::Teacher, QuestionState::Waiting) => &[(Pick, "question-pick", true)],
        (QuestionRelation::Mentor, QuestionState::Picked) => &[(WalkAway, "question-walk-away", false)],
        (QuestionRelation::Asker, QuestionState::Waiting) => &[(Withdraw, "question-withdraw", false)],
        (QuestionRelation::Asker, QuestionState::Picked) => &[
            (Close, "question-close", true),
            (PutBack, "question-put-back", false),
            (Withdraw, "question-withdraw", false),
        ],
        _ => &[],
    };
    let help = match (question.relation, question.state) {
        (QuestionRelation::Mentor, QuestionState::Picked) => Some(tr("help-question-walk-away")),
        (QuestionRelation::Asker, QuestionState::Picked) => Some(tr("help-question-put-back")),
        _ => None,
    };
    (!changes.is_empty()).then(|| {
        let buttons = changes.iter().map(|(change, key, is_first)| {
            let class = if *is_first { "button" } else { "button plain" };
            view! { <button class=class name="act" value=change.name()>{tr(key)}</button> }
        });
        view! {
            <form method="post" action="/api/questions/change">
                <input type="hidden" name="id" value=question.id.to_string() />
                <div class="row">{buttons.collect_view()}</div>
                {help.map(|help| view! { <p class="help">{help}</p> })}
            </form>
        }
        .into_any()
    })
}
