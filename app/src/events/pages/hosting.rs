//! "You host" on the home page: requests and questions to answer, the member's next events as a host, and drafts.

use domain::{Instant, comments::Place};
use leptos::prelude::*;
use store::{
    comments::HostQuestion,
    events::{HostedDraft, HostedEvent, Hosting, SeatRequest},
};

use super::{event_path, my_seat::days_since, people_path};
use crate::{
    comments::section::form_path,
    context::{Visit, tr, tr_with},
    i18n,
    members::card::member_link,
    ui::{Badge, Shape, Tone, event_time},
};

/// Upcoming events shown. Events with open requests are always shown.
const MAX_UPCOMING: usize = 3;
/// Characters of a question that are shown.
const MAX_QUESTION: usize = 160;
/// Drafts shown.
const MAX_DRAFTS: usize = 5;

/// The section, or `None` for members who host nothing.
#[must_use]
pub fn you_host(
    visit: &Visit,
    hosting: Hosting,
    questions: &[HostQuestion],
    now: Instant,
) -> Option<AnyView> {
    if hosting.upcoming.is_empty() && hosting.drafts.is_empty() {
        return None;
    }
    let requests = requests(visit, &hosting, now);
    let mut shown = 0;
    let upcoming = hosting.upcoming.into_iter().filter(|hosted| {
        shown += 1;
        shown <= MAX_UPCOMING || hosted.requests > 0
    });
    let upcoming = upcoming.map(|hosted| event(visit, &hosted, now)).collect_view();
    let drafts = hosting.drafts.into_iter().take(MAX_DRAFTS).map(|it| draft(&it)).collect_view();
    Some(
        view! {
            <section class="part" aria-labelledby="hosting">
                <h2 id="hosting">{tr("home-host")}</h2>
                {requests}
                {questions_view(questions)}
                <ul class="rows" role="list">{upcoming} {drafts}</ul>
            </section>
        }
        .into_any(),
    )
}

/// The requests that have waited longest, each with a button to approve it.
fn requests(visit: &Visit, hosting: &Hosting, now: Instant) -> Option<AnyView> {
    if hosting.oldest_requests.is_empty() {
        return None;
    }
    let total = tr_with("home-host-requests", &[("n", i18n::number(hosting.requests))]);
    let rows = hosting.oldest_requests.iter().map(|request| request_row(visit, request, now));
    Some(
        view! {
            <h3>{total}</h3>
            <ul class="rows" role="list">{rows.collect_view()}</ul>
        }
        .into_any(),
    )
}

/// Questions in conversations (C20), each with a link to the form that answers it.
fn questions_view(questions: &[HostQuestion]) -> Option<AnyView> {
    (!questions.is_empty()).then(|| {
        let total = i18n::number(u32::try_from(questions.len()).unwrap_or(u32::MAX));
        let rows = questions.iter().map(question_row);
        view! {
            <h3>{tr_with("home-host-questions", &[("n", total)])}</h3>
            <ul class="rows" role="list">{rows.collect_view()}</ul>
        }
        .into_any()
    })
}

fn question_row(question: &HostQuestion) -> AnyView {
    let place = Place::Event(question.event.clone());
    let reply = form_path(Some(&place), "reply", &question.comment.0.to_string());
    let (page, name) = match &question.by {
        Some((page, name)) => (Some(page), name.clone()),
        None => (None, tr("comments-somebody")),
    };
    let label = tr_with("comments-reply-to", &[("name", i18n::quote(name.clone()))]);
    let more = question.text.chars().count() > MAX_QUESTION;
    let text: String = question.text.chars().take(MAX_QUESTION).collect();
    view! {
        <li>
            <div>
                <p class="plain-text">{text}{more.then_some("…")}</p>
                <p class="help">
                    {member_link(page, &name)} " · " <a href=event_path(&question.event)><bdi>{question.title.clone()}</bdi></a>
                </p>
            </div>
            <a class="button small plain" href=reply aria-label=label>{tr("comments-reply")}</a>
        </li>
    }
    .into_any()
}

fn request_row(visit: &Visit, request: &SeatRequest, now: Instant) -> AnyView {
    let days = i18n::number(days_since(visit, request.since, now));
    let guests = (request.guests > 0)
        .then(|| format!(" · {}", tr_with("people-guests", &[("guests", i18n::number(request.guests))])));
    let all = people_path(request.event.as_str(), "pending");
    // Several buttons have the same label, so each names the person for screen readers.
    let label = tr_with("people-approve-name", &[("name", i18n::quote(request.name.clone()))]);
    view! {
        <li>
            <div>
                <strong>{member_link(request.page.as_ref(), &request.name)}</strong>
                {guests} " " {tr_with("people-age", &[("days", days)])}
                <p class="help"><a href=all><bdi>{request.title.clone()}</bdi></a></p>
            </div>
            <form method="post" action="/api/events/approve">
                <input type="hidden" name="slug" value=request.event.to_string() />
                <input type="hidden" name="rsvp" value=request.rsvp.to_string() />
                <button class="button small" name="when_full" value="ask" aria-label=label>{tr("people-approve")}</button>
            </form>
        </li>
    }
    .into_any()
}

fn event(visit: &Visit, hosted: &HostedEvent, now: Instant) -> AnyView {
    let card = &hosted.card;
    let seats = super::card::seats_text(card, now);
    let waiting = (card.waiting > 0)
        .then(|| format!(" · {}", tr_with("card-waiting", &[("waiting", i18n::number(card.waiting))])));
    let requests = (hosted.requests > 0).then(|| {
        let to = people_path(card.slug.as_str(), "pending");
        let text = tr_with("home-host-event-requests", &[("n", i18n::number(hosted.requests))]);
        view! { <a class="button small" href=to>{text}</a> }
    });
    let people = people_path(card.slug.as_str(), "going");
    view! {
        <li>
            <div>
                <strong><a href=event_path(&card.slug)>{card.title.clone()}</a></strong>
                {event_time(visit, card.time(), Shape::DateTime)}
                <p class="help">{seats} {waiting}</p>
            </div>
            <div class="row">
                {requests}
                <a class="button small plain" href=people>{tr("home-host-people")}</a>
            </div>
        </li>
    }
    .into_any()
}

fn draft(hosted: &HostedDraft) -> AnyView {
    let card = &hosted.card;
    let text = tr("event-badge-draft");
    let page = event_path(&card.slug);
    let delete = hosted.may_delete.then(|| {
        view! { <a class="button small plain" href=format!("{page}/delete")>{tr("home-host-delete")}</a> }
    });
    view! {
        <li>
            <div class="row">
                <strong><a href=page.clone()>{card.title.clone()}</a></strong>
                <Badge tone=Tone::Draft>{text}</Badge>
            </div>
            <div class="row">
                <a class="button small plain" href=format!("{page}/edit")>{tr("home-host-continue")}</a>
                <a class="button small plain" href=format!("/events/new?from={}", card.slug)>{tr("event-duplicate")}</a>
                {delete}
            </div>
        </li>
    }
    .into_any()
}
