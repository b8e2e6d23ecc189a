//! `/mentoring/questions`: how questions work, the reader's own, and the queue for mentors.

use domain::questions::{MAX_OPEN_QUESTIONS, QuestionState};
use leptos::prelude::*;
use store::questions::{self, QuestionCard, Questions};

use super::page::{QUEUE, crumbs, question_badge, question_path};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::sheet::stylesheet,
    ui::{ButtonLink, Empty, Paragraphs, Shape, Title, load, time_of},
};

/// The page.
#[component]
pub fn QuestionsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let found = questions::questions(&store(), &visit.actor).await?;
        stylesheet();
        let ask = || view! { <ButtonLink href=format!("{QUEUE}/new")>{tr("question-ask")}</ButtonLink> };
        let none = (found.mine.is_empty() && found.picked.is_empty()).then(|| {
            view! { <Empty title=tr("questions-none") text=tr("questions-none-text")>{ask()}</Empty> }
        });
        let head = none.is_none().then(ask);
        Ok(view! {
            <Title text=tr("questions-title") about=tr("questions-lead") />
            <div class="page">
                {crumbs(false)}
                <div class="page-head"><h1>{tr("questions-title")}</h1>{head}</div>
                <p class="lead">{tr("questions-lead")}</p>
                {none}
                {section(&visit, "picked", tr("questions-picked"), &found.picked, None)}
                {section(&visit, "mine", tr("questions-mine"), &found.mine, None)}
                {queue(&visit, &found)}
                {how()}
            </div>
        })
    })
}

fn section(
    visit: &Visit,
    id: &'static str,
    title: String,
    cards: &[QuestionCard],
    help: Option<String>,
) -> Option<AnyView> {
    (!cards.is_empty()).then(|| {
        let cards = cards.iter().map(|card| item(visit, card)).collect_view();
        view! {
            <section aria-labelledby=id>
                <h2 id=id>{title}</h2>
                {help.map(|help| view! { <p class="help">{help}</p> })}
                <ul class="mentoring-rounds" role="list">{cards}</ul>
            </section>
        }
        .into_any()
    })
}

fn item(visit: &Visit, card: &QuestionCard) -> AnyView {
    let asker = card.asker.clone().unwrap_or_else(|| tr("question-somebody"));
    let badge = (card.state != QuestionState::Waiting).then(|| question_badge(card.state));
    view! {
        <li class="mentoring-round">
            {badge}
            <h3><a href=question_path(card.id)><bdi>{card.topic.name.clone()}</bdi></a></h3>
            <Paragraphs text=card.text.clone() />
            <p class="help"><bdi>{asker}</bdi> " · " {time_of(card.posted_at, visit.zone, Shape::DateTime)}</p>
        </li>
    }
    .into_any()
}

/// What waits, for mentors. Others learn how they become one.
fn queue(visit: &Visit, found: &Questions) -> AnyView {
    if !found.can_pick {
        return view! {
            <section aria-labelledby="queue">
                <h2 id="queue">{tr("questions-queue")}</h2>
                <p>{tr("questions-no-topics")} " " <a href="/profile#topics">{tr("questions-add-topics")}</a></p>
            </section>
        }
        .into_any();
    }
    let nothing = (found.of_my_topics.is_empty() && found.others.is_empty()).then(|| {
        view! {
            <section aria-labelledby="queue">
                <h2 id="queue">{tr("questions-queue")}</h2>
                <p>{tr("questions-queue-empty")}</p>
            </section>
        }
    });
    view! {
        {nothing}
        {section(visit, "of-my-topics", tr("questions-of-my-topics"), &found.of_my_topics, Some(tr("questions-of-my-topics-help")))}
        {section(visit, "others", tr("questions-others"), &found.others, None)}
    }
    .into_any()
}

/// How it works, in three steps.
fn how() -> AnyView {
    let max = [("max", i18n::number(i64::try_from(MAX_OPEN_QUESTIONS).unwrap_or(i64::MAX)))];
    let steps = [
        (tr("questions-how-1"), tr_with("questions-how-1-text", &max)),
        (tr("questions-how-2"), tr("questions-how-2-text")),
        (tr("questions-how-3"), tr("questions-how-3-text")),
    ];
    let steps = steps.map(|(title, text)| view! { <li><h3>{title}</h3><p>{text}</p></li> });
    view! {
        <section aria-labelledby="how">
            <h2 id="how">{tr("questions-how")}</h2>
            <ol class="mentoring-how" role="list">{steps.collect_view()}</ol>
        </section>
    }
    .into_any()
}
