//! `/proposals/{call}`: what a call asks for, until when, and the way to propose.

use domain::proposals::GRACE;
use leptos::prelude::*;
use store::proposals::{self, CallPage as Loaded};

use super::{
    list::{place_link, submission_item},
    paths::{call_from_path, call_path, crumbs, deadline, manage_path, review_path},
};
use crate::{
    call::sign_in_path,
    context::{Visit, store, tr, tr_with, visit},
    i18n,
    ui::{Badge, ButtonLink, Look, Markdown, Title, Tone, load},
};

/// The page.
#[component]
pub fn CallPage() -> impl IntoView {
    let slug = call_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        let page = proposals::call(&store(), &visit.actor, &slug).await?;
        let badge = match page.card.is_open {
            true => view! { <Badge tone=Tone::Good>{tr("call-open")}</Badge> },
            false => view! { <Badge>{tr("call-closed")}</Badge> },
        };
        let kinds = page.details.kinds.iter().map(|kind| {
            let minutes = tr_with("call-minutes", &[("minutes", i18n::number(kind.minutes))]);
            view! { <li><bdi>{kind.name.clone()}</bdi> " · " {minutes}</li> }
        });
        let kinds = kinds.collect_view();
        Ok(view! {
            <Title text=page.card.title.clone() about=tr_with("call-about", &[("name", i18n::quote(page.card.place_name.clone()))]) />
            <div class="page narrow">
                {crumbs(None)}
                <p class="row">{badge} {place_link(&page.card)}</p>
                <h1>{page.card.title.clone()}</h1>
                {tools(&page)}
                <p><strong>{tr("call-deadline")}</strong> " " {deadline(&visit, &page.card)}</p>
                {propose(&visit, &page)}
                {mine(&page)}
                <Markdown text=page.details.text.clone() />
                <section aria-labelledby="kinds">
                    <h2 id="kinds">{tr("call-kinds-title")}</h2>
                    <ul>{kinds}</ul>
                </section>
                <section aria-labelledby="review">
                    <h2 id="review">{tr("call-how")}</h2>
                    <p>{tr(if page.card.is_anonymous { "call-how-anonymous" } else { "call-how-named" })}</p>
                    <p>{tr("call-how-decide")}</p>
                </section>
            </div>
        })
    })
}

fn tools(page: &Loaded) -> Option<AnyView> {
    (page.may_run || page.reviews).then(|| {
        let slug = page.card.slug.as_str();
        let manage = page.may_run.then(|| {
            view! {
                <a class="button small plain" href=manage_path(slug)>{tr("call-manage")}</a>
                <a class="button small plain" href=format!("{}/edit", call_path(slug))>{tr("call-edit")}</a>
            }
        });
        let review = page.reviews.then(|| {
            view! { <a class="button small plain" href=review_path(slug)>{tr("call-review")}</a> }
        });
        view! {
            <section class="tools" aria-label=tr("call-tools")>
                <p class="eyebrow">{tr("call-tools")}</p>
                <div class="row">{manage} {review}</div>
            </section>
        }
        .into_any()
    })
}

/// The button that starts a proposal, and until when a draft can be sent.
fn propose(visit: &Visit, page: &Loaded) -> AnyView {
    if !page.card.is_open {
        return view! { <p>{tr("call-closed-text")}</p> }.into_any();
    }
    let to = format!("{}/submit", call_path(page.card.slug.as_str()));
    let to = if visit.member.is_some() { to } else { sign_in_path(&to) };
    let look = if page.mine.is_empty() { Look::Main } else { Look::Plain };
    let grace = page.card.closes_at.map(|_| {
        let minutes = [("minutes", i18n::number(GRACE.num_minutes()))];
        view! { <p class="help">{tr_with("call-grace", &minutes)}</p> }
    });
    view! {
        <p><ButtonLink href=to look=look>{tr("proposal-start")}</ButtonLink></p>
        {grace}
    }
    .into_any()
}

fn mine(page: &Loaded) -> Option<AnyView> {
    (!page.mine.is_empty()).then(|| {
        let items = page.mine.iter().map(|card| submission_item(card, false)).collect_view();
        view! {
            <section aria-labelledby="mine">
                <h2 id="mine">{tr("proposals-mine")}</h2>
                <ul class="rows" role="list">{items}</ul>
            </section>
        }
        .into_any()
    })
}
