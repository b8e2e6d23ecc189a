//! The speakers on the page of a session: links to their profiles, the way to ask them for mentoring, and the forms of
//! organisers and of the speakers themselves.

use domain::{Slug, forms::Fields, speakers::SpeakerLinkState};
use leptos::prelude::*;
use markup::published::line;
use store::{
    mentorships,
    schedule::{SessionPage, SessionSpeaker, SpeakerToDo},
};
use uuid::Uuid;

use super::session_path;
use crate::{
    context::{Visit, store, tr, tr_with},
    error::AppError,
    i18n,
    members::card::member_path,
    refill::refilled,
    ui::{ButtonLink, Look},
};

/// The key of the draft of the form about a speaker.
#[must_use]
pub fn draft_name(speaker: &str) -> String {
    format!("speakers/{speaker}")
}

/// The names of the speakers. Those who confirmed it link to their profiles.
#[must_use]
pub fn names(page: &SessionPage) -> AnyView {
    let last = page.speakers.len().saturating_sub(1);
    let names = page.speakers.iter().enumerate().map(|(at, speaker)| {
        let name = line(&speaker.name);
        let confirmed = speaker.link.as_ref().filter(|link| link.state == SpeakerLinkState::Confirmed);
        let name = match confirmed {
            Some(link) => view! { <a href=member_path(&link.page)><bdi>{name}</bdi></a> }.into_any(),
            None => view! { <bdi>{name}</bdi> }.into_any(),
        };
        view! { {name} {(at < last).then_some(", ")} }
    });
    view! { <p class="lead">{names.collect_view()}</p> }.into_any()
}

/// What the reader can do about the speakers. Nothing for readers who can do nothing.
///
/// # Errors
/// `Unavailable` or `Internal` when the store can't be read.
pub async fn panel(visit: &Visit, page: &SessionPage) -> Result<Option<AnyView>, AppError> {
    let mut parts = Vec::new();
    for speaker in &page.speakers {
        parts.extend(own(page, speaker));
        parts.extend(ask(visit, page, speaker).await?);
        if page.may_edit {
            parts.push(organise(visit, page, speaker).await?);
        }
    }
    Ok((!parts.is_empty()).then(|| {
        view! {
            <section class="part" aria-labelledby="speakers">
                <h2 id="speakers">{tr("speakers-title")}</h2>
                {parts}
            </section>
        }
        .into_any()
    }))
}

fn hidden(page: &SessionPage, speaker: &SessionSpeaker) -> AnyView {
    view! {
        <input type="hidden" name="slug" value=page.event.slug.to_string() />
        <input type="hidden" name="session" value=page.item.id.to_string() />
        <input type="hidden" name="speaker" value=speaker.id.to_string() />
    }
    .into_any()
}

/// For the member themselves: the question whether they are the speaker, and later the way to remove the link.
fn own(page: &SessionPage, speaker: &SessionSpeaker) -> Option<AnyView> {
    let link = speaker.link.as_ref().filter(|link| link.is_me)?;
    let name = [("speaker", i18n::quote(line(&speaker.name)))];
    let body = match link.state {
        SpeakerLinkState::Proposed => view! {
            <p>{tr_with("speaker-are-you", &name)}</p>
            <p class="help">{tr("speaker-are-you-help")}</p>
            <div class="row">
                <button class="button" name="act" value="confirm">{tr("speaker-confirm")}</button>
                <button class="button plain" name="act" value="remove">{tr("speaker-not-me")}</button>
            </div>
        }
        .into_any(),
        SpeakerLinkState::Confirmed | SpeakerLinkState::Removed => view! {
            <p>{tr_with("speaker-is-you", &name)}</p>
            <button class="button plain" name="act" value="remove">{tr("speaker-remove")}</button>
        }
        .into_any(),
    };
    Some(
        view! {
            <form class="panel" method="post" action="/api/speakers/answer">
                {hidden(page, speaker)}
                {body}
            </form>
        }
        .into_any(),
    )
}

/// The way to ask a speaker for mentoring, if they take direct requests (M25).
async fn ask(
    visit: &Visit,
    page: &SessionPage,
    speaker: &SessionSpeaker,
) -> Result<Option<AnyView>, AppError> {
    let Some(link) = &speaker.link else { return Ok(None) };
    if link.is_me || link.state != SpeakerLinkState::Confirmed {
        return Ok(None);
    }
    Ok(mentorships::offered(&store(), &visit.actor, &link.page).await?.map(|mentor| {
        let to = ask_path(&mentor.person.slug, &page.event.slug, page.item.id);
        let text = tr_with("speaker-ask", &[("speaker", i18n::quote(line(&speaker.name)))]);
        view! { <p><ButtonLink href=to look=Look::Plain>{text}</ButtonLink></p> }.into_any()
    }))
}

/// Path of the form that asks a mentor, with a session as the topic.
#[must_use]
pub fn ask_path(mentor: &Slug, event: &Slug, session: Uuid) -> String {
    format!("/mentoring/ask/{mentor}?event={event}&session={session}")
}

/// For organisers: who the speaker is, or the form that proposes a member.
async fn organise(visit: &Visit, page: &SessionPage, speaker: &SessionSpeaker) -> Result<AnyView, AppError> {
    let name = line(&speaker.name);
    if let Some(link) = speaker.link.as_ref().filter(|link| !link.is_me) {
        let key = match link.state {
            SpeakerLinkState::Confirmed => "speaker-state-confirmed",
            SpeakerLinkState::Proposed | SpeakerLinkState::Removed => "speaker-state-proposed",
        };
        let member = link.name.clone().unwrap_or_else(|| name.clone());
        return Ok(view! {
            <form method="post" action="/api/speakers/propose">
                {hidden(page, speaker)}
                <p>
                    <bdi>{name}</bdi> ": " <a href=member_path(&link.page)><bdi>{member}</bdi></a>
                    " · " {tr(key)}
                </p>
                <button class="button plain small" name="act" value="remove">{tr("speaker-remove")}</button>
            </form>
        }
        .into_any());
    }
    if speaker.link.is_some() {
        return Ok(().into_any());
    }
    let (sheet, _) = refilled(visit, &draft_name(&speaker.id.to_string()), Fields::new()).await?;
    let sheet = sheet.with_label("person", "speaker-person");
    let text = tr_with("speaker-who", &[("speaker", i18n::quote(name))]);
    Ok(view! {
        <details class="disclosure" open=sheet.has_problem("person")>
            <summary>{text}</summary>
            <form method="post" action="/api/speakers/propose">
                {hidden(page, speaker)}
                {sheet.summary()}
                {sheet.field("person", "speaker-person").help("help-speaker-person").needed().max(200).complete("off").input("text")}
                <button class="button plain">{tr("speaker-propose")}</button>
            </form>
        </details>
    }
    .into_any())
}

/// Questions whether the reader is a speaker, as items of the section "To do".
#[must_use]
pub fn to_do_items(waiting: &[SpeakerToDo]) -> AnyView {
    let items = waiting.iter().map(|it| {
        let text = tr_with("to-do-speaker", &[("session", i18n::quote(line(&it.title)))]);
        view! { <li><strong><a href=session_path(&it.event, it.session)>{text}</a></strong></li> }
    });
    items.collect_view().into_any()
}
