//! `/proposals/{call}/review`: what a reviewer reads, in an order of their own (D2).

use leptos::prelude::*;
use store::proposals::{self, QueueItem};

use super::paths::{call_from_path, crumbs, submission_path};
use crate::{
    context::{store, tr, tr_with, visit},
    i18n,
    ui::{Empty, Title, load},
};

/// The page.
#[component]
pub fn ReviewQueuePage() -> impl IntoView {
    let slug = call_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        let queue = proposals::queue(&store(), &visit.actor, &slug).await?;
        let path = |item: &QueueItem| submission_path(slug.as_str(), item.id);
        let open = queue.open.iter().map(|item| {
            view! {
                <li>
                    <strong><a href=path(item)><bdi>{item.title.clone()}</bdi></a></strong>
                    <span class="help"><bdi>{item.kind.clone()}</bdi></span>
                </li>
            }
        });
        let open = open.collect_view();
        let done = queue.done.iter().map(|item| {
            let score = match item.own.flatten() {
                Some(score) => tr_with("review-your-score", &[("score", i18n::number(score))]),
                None => tr("review-abstained"),
            };
            view! {
                <li>
                    <strong><a href=path(item)><bdi>{item.title.clone()}</bdi></a></strong>
                    <span class="help">{score}</span>
                </li>
            }
        });
        let done = (!queue.done.is_empty()).then(|| {
            view! {
                <section aria-labelledby="done">
                    <h2 id="done">{tr("review-done")}</h2>
                    <ul class="rows" role="list">{done.collect_view()}</ul>
                </section>
            }
        });
        let more = (queue.more > 0).then(|| {
            let count = [("count", i18n::number(i64::try_from(queue.more).unwrap_or(i64::MAX)))];
            view! { <p class="help">{tr_with("review-more", &count)}</p> }
        });
        let none = queue
            .open
            .is_empty()
            .then(|| view! { <Empty title=tr("review-none") text=tr("review-none-text") /> });
        let lead = if queue.call.is_anonymous { "review-lead-anonymous" } else { "review-lead" };
        Ok(view! {
            <Title text=tr("call-review") />
            <div class="page narrow">
                {crumbs(Some(&queue.call))}
                <h1>{tr("call-review")}</h1>
                <p class="lead">{tr(lead)}</p>
                <section aria-labelledby="open">
                    <h2 id="open">{tr("review-open")}</h2>
                    {none}
                    <ul class="rows" role="list">{open}</ul>
                    {more}
                </section>
                {done}
            </div>
        })
    })
}
