//! `/`: what is on next; for members, first of all their own.

use domain::{Instant, events::RsvpState};
use leptos::prelude::*;
use store::events::{EventCard, Filter, list, my_seats};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::card::cards,
    ui::{Hall, Title, load},
    words,
};

/// How many coming events the front page shows.
const COMING: usize = 5;

/// The front page.
#[component]
pub fn HomePage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let (mut coming, _) = list(&store, &visit.actor, &Filter::default(), 0).await?;
        let seats = match &visit.member {
            Some(_) => my_seats(&store, &visit.actor).await?,
            None => Vec::new(),
        };
        coming.retain(|event| !seats.iter().any(|seat| seat.slug == event.slug));
        let more = coming.len() > COMING;
        coming.truncate(COMING);
        let now = store.now();
        let top = if visit.member.is_some() { mine(&visit, seats, now) } else { hello(&visit) };
        Ok::<_, AppError>(view! {
            <Title text=tr("home-title") about=tr("home-lead") />
            {top}
            <div class="page">
                <section aria-labelledby="next">
                    <div class="page-head">
                        <h2 id="next">{tr("home-next")}</h2>
                        {more.then(|| view! { <a href="/events">{tr("home-all")}</a> })}
                    </div>
                    {next(&visit, coming, now)}
                </section>
                {visit.member.is_none().then(how)}
            </div>
        })
    })
}

fn hello(visit: &Visit) -> AnyView {
    view! {
        <section class="hero">
            <div class="wide">
                <div class="hero-words">
                    <h1>{visit.community.clone()}</h1>
                    <p class="lead">{tr("home-lead")}</p>
                    <p class="row">
                        <a class="button" href="/sign-in">{tr("home-join")}</a>
                        <a class="button plain" href="/events">{tr("home-look")}</a>
                    </p>
                </div>
                <Hall />
            </div>
        </section>
    }
    .into_any()
}

/// The member's seats and what they wait for.
fn mine(visit: &Visit, seats: Vec<EventCard>, now: Instant) -> AnyView {
    let name = visit.member.as_ref().map(|member| member.name.clone()).filter(|name| !name.is_empty());
    let hello = match name {
        Some(name) => tr_with("home-hello", &[("name", words::quote(name))]),
        None => tr("home-hello-nameless"),
    };
    let (going, waiting): (Vec<_>, Vec<_>) =
        seats.into_iter().partition(|seat| seat.mine == Some(RsvpState::Going));
    let going = if going.is_empty() {
        view! { <div class="empty"><p>{tr("home-no-seats")}</p></div> }.into_any()
    } else {
        cards(visit, going, now)
    };
    let waiting = (!waiting.is_empty()).then(|| {
        view! {
            <section aria-labelledby="waiting">
                <h2 id="waiting">{tr("home-waiting")}</h2>
                {cards(visit, waiting, now)}
            </section>
        }
    });
    view! {
        <div class="page">
            <h1>{hello}</h1>
            <section aria-labelledby="seats">
                <h2 id="seats">{tr("home-seats")}</h2>
                {going}
            </section>
            {waiting}
        </div>
    }
    .into_any()
}

fn next(visit: &Visit, events: Vec<EventCard>, now: Instant) -> AnyView {
    if events.is_empty() {
        return view! { <div class="empty"><p>{tr("home-nothing-next")}</p></div> }.into_any();
    }
    cards(visit, events, now)
}

/// How one joins and what one gets.
fn how() -> impl IntoView {
    let steps = [
        ("home-step-1", "home-step-1-text"),
        ("home-step-2", "home-step-2-text"),
        ("home-step-3", "home-step-3-text"),
    ];
    let steps = steps.map(|(title, text)| view! { <li><h3>{tr(title)}</h3><p>{tr(text)}</p></li> });
    view! {
        <section aria-labelledby="how">
            <h2 id="how">{tr("home-how")}</h2>
            <ol class="steps" role="list">{steps.into_iter().collect_view()}</ol>
        </section>
    }
}
