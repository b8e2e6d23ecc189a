//! `/events`: what comes, what was.

use domain::policy::{Action, Relation, permit};
use leptos::prelude::*;
use store::events::{Filter, Span, list};

use super::card::cards;
use crate::{
    context::{Visit, store, tr, visit},
    ui::{Title, load},
};

/// How far back pages go: nobody turns more, and a number from the address stays small.
const MOST_PAGES: u32 = 500;

/// Coming events, or past ones with `?when=past`; twenty a page.
#[component]
pub fn EventsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let past = visit.query("when").as_deref() == Some("past");
        let page = visit.query("page").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, MOST_PAGES);
        let span = if past { Span::Past } else { Span::Coming };
        let filter = Filter { span, ..Filter::default() };
        let (events, more) = list(&store, &visit.actor, &filter, page - 1).await?;
        let body = if events.is_empty() { empty(&visit, past) } else { cards(&visit, events, store.now()) };
        Ok(view! {
            <Title text=tr("events-title") about=tr("events-about") />
            <div class="page">
                <div class="page-head">
                    <h1>{tr("events-title")}</h1>
                    {may_create(&visit).then(new_button)}
                </div>
                {tabs(past)}
                <h2 class="sr-only">{tr(if past { "events-past" } else { "events-coming" })}</h2>
                {body}
                {pager(past, page, more)}
            </div>
        })
    })
}

/// Whether to offer the form: the verb decides again.
#[must_use]
pub fn may_create(visit: &Visit) -> bool {
    permit(&visit.actor, Action::CreateEvent, Relation::Other).is_ok()
}

fn new_button() -> impl IntoView {
    view! { <a class="button" href="/events/new">{tr("events-new")}</a> }
}

fn tabs(past: bool) -> impl IntoView {
    let current = |on: bool| on.then_some("page");
    view! {
        <nav class="tabs" aria-label=tr("events-which")>
            <a href="/events" aria-current=current(!past)>{tr("events-coming")}</a>
            <a href="/events?when=past" aria-current=current(past)>{tr("events-past")}</a>
        </nav>
    }
}

fn empty(visit: &Visit, past: bool) -> AnyView {
    let (title, text) = match (past, may_create(visit)) {
        (true, _) => ("events-none-past", "events-none-past-text"),
        (false, true) => ("events-none", "events-none-host-text"),
        (false, false) => ("events-none", "events-none-text"),
    };
    view! {
        <div class="empty">
            <h2>{tr(title)}</h2>
            <p>{tr(text)}</p>
        </div>
    }
    .into_any()
}

fn pager(past: bool, page: u32, more: bool) -> impl IntoView {
    let to = move |page: u32| match past {
        true => format!("/events?when=past&page={page}"),
        false => format!("/events?page={page}"),
    };
    (page > 1 || more).then(|| {
        let before = (page > 1).then(|| view! { <a rel="prev" href=to(page - 1)>{tr("pager-before")}</a> });
        let after = more.then(|| view! { <a rel="next" href=to(page + 1)>{tr("pager-after")}</a> });
        view! { <nav class="pager" aria-label=tr("pager-label")>{before}{after}</nav> }
    })
}
