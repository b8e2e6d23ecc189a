//! `/proposals`: open calls, the reader's own proposals, and what waits for them.

use leptos::prelude::*;
use store::proposals::{self, CallCard, CallPlace, MyProposals, SubmissionCard};

use super::{
    paths::{call_path, deadline, manage_path, state_badge, submission_path},
    to_do::to_do_items,
};
use crate::{
    context::{Visit, store, tr, visit},
    ui::{Badge, Empty, Title, Tone, load},
};

/// The page.
#[component]
pub fn ProposalsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let open = proposals::open_calls(&store(), &visit.actor).await?;
        let mine = proposals::mine(&store(), &visit.actor).await?;
        let none = open.is_empty().then(|| {
            view! { <Empty title=tr("calls-none") text=tr("calls-none-text") /> }
        });
        let calls = open.iter().map(|call| call_item(&visit, call)).collect_view();
        Ok(view! {
            <Title text=tr("proposals-title") about=tr("proposals-lead") />
            <div class="page">
                <h1>{tr("proposals-title")}</h1>
                <p class="lead">{tr("proposals-lead")}</p>
                {next(&visit, &mine)}
                <section aria-labelledby="open">
                    <h2 id="open">{tr("calls-open")}</h2>
                    {none}
                    <ul class="rows" role="list">{calls}</ul>
                </section>
                {own(&visit, &mine)}
                {opened(&visit, &mine)}
            </div>
        })
    })
}

fn next(visit: &Visit, mine: &MyProposals) -> Option<AnyView> {
    (!mine.to_do.is_empty()).then(|| {
        view! {
            <section aria-labelledby="next">
                <h2 id="next">{tr("proposals-next")}</h2>
                <ul class="rows" role="list">{to_do_items(visit, &mine.to_do)}</ul>
            </section>
        }
        .into_any()
    })
}

/// A call in a list.
#[must_use]
pub fn call_item(visit: &Visit, call: &CallCard) -> AnyView {
    let closed = (!call.is_open).then(|| view! { <Badge>{tr("call-closed")}</Badge> });
    view! {
        <li>
            <div>
                <strong><a href=call_path(call.slug.as_str())><bdi>{call.title.clone()}</bdi></a></strong>
                <p class="help">{place_link(call)}</p>
            </div>
            <div>{closed} {deadline(visit, call)}</div>
        </li>
    }
    .into_any()
}

/// The event or the group of a call.
#[must_use]
pub fn place_link(call: &CallCard) -> AnyView {
    let to = match &call.place {
        CallPlace::Event(slug) => format!("/events/{slug}"),
        CallPlace::Group(slug) => format!("/groups/{slug}"),
    };
    view! { <a href=to><bdi>{call.place_name.clone()}</bdi></a> }.into_any()
}

fn own(visit: &Visit, mine: &MyProposals) -> Option<AnyView> {
    visit.member.as_ref()?;
    let body = match mine.submissions.is_empty() {
        true => view! { <p>{tr("proposals-none")}</p> }.into_any(),
        false => {
            let items = mine.submissions.iter().map(|card| submission_item(card, true)).collect_view();
            view! { <ul class="rows" role="list">{items}</ul> }.into_any()
        }
    };
    Some(
        view! {
            <section aria-labelledby="mine">
                <h2 id="mine">{tr("proposals-mine")}</h2>
                {body}
            </section>
        }
        .into_any(),
    )
}

/// A submission of the reader's own in a list.
#[must_use]
pub fn submission_item(card: &SubmissionCard, with_call: bool) -> AnyView {
    let call = with_call.then(|| {
        view! { <p class="help"><a href=call_path(card.call.as_str())><bdi>{card.call_title.clone()}</bdi></a></p> }
    });
    view! {
        <li>
            <div>
                <strong><a href=submission_path(card.call.as_str(), card.id)><bdi>{card.title.clone()}</bdi></a></strong>
                {call}
            </div>
            {state_badge(card.state)}
        </li>
    }
    .into_any()
}

fn opened(visit: &Visit, mine: &MyProposals) -> Option<AnyView> {
    (!mine.opened.is_empty()).then(|| {
        let items = mine.opened.iter().map(|call| {
            let badge = match call.is_open {
                true => view! { <Badge tone=Tone::Good>{tr("call-open")}</Badge> },
                false => view! { <Badge>{tr("call-closed")}</Badge> },
            };
            view! {
                <li>
                    <div>
                        <strong><a href=manage_path(call.slug.as_str())><bdi>{call.title.clone()}</bdi></a></strong>
                        <p class="help">{place_link(call)}</p>
                    </div>
                    <div>{badge} " " {deadline(visit, call)}</div>
                </li>
            }
        });
        view! {
            <section aria-labelledby="opened">
                <h2 id="opened">{tr("calls-mine")}</h2>
                <ul class="rows" role="list">{items.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
