//! `/events/{slug}/emails`: what organisers write to those around an event (C10).

use domain::{
    announcements::{AnnouncementForm, AnnouncementState, Segment},
    events::EventStatus,
    forms::Fields,
};
use leptos::prelude::*;
use store::announcements::{self, AnnouncementRow, AnnouncementsPage};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::{above, event_path, form::refilled, slug_here, unreachable::unreachable},
    i18n,
    ui::{Badge, Choice, Crumbs, Paragraphs, Reader, Shape, Sheet, Title, Tone, load},
};

/// The name of the form among the drafts of its writer.
#[must_use]
pub fn form_key(slug: &str, id: &str) -> String {
    format!("events/mail/{slug}/{id}")
}

/// A form's texts by name; the segments are one, with spaces in between.
#[must_use]
pub fn fields_of(form: &AnnouncementForm, version: &str) -> Fields {
    [
        ("subject", form.subject.clone()),
        ("words", form.words.clone()),
        ("segments", form.segments.join(" ")),
        ("at", form.at.clone()),
        ("version", version.to_owned()),
    ]
    .map(|(field, text)| (field.to_owned(), text))
    .into()
}

/// Writing to those around an event, and what was written.
#[component]
pub fn EmailAttendeesPage() -> impl IntoView {
    let slug = slug_here();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let desk = announcements::announcements_page(&store, &visit.actor, &slug).await?;
        let unreachable = unreachable(&store, &visit.actor, &slug).await?;
        let edited = visit.query("edit").and_then(|id| {
            desk.listed.iter().find(|one| one.id.to_string() == id && one.state == AnnouncementState::Held)
        });
        let form = form(&visit, &desk, edited).await?;
        let rows = desk.listed.iter().map(|one| row(&visit, &desk, one)).collect_view();
        let some = !desk.listed.is_empty();
        Ok(view! {
            <Title text=tr("announce-title") />
            <div class="page narrow">
                <Crumbs above=above(&desk.event) />
                <h1>{tr("announce-title")}</h1>
                <p class="lead">{tr("announce-lead")}</p>
                {unreachable}
                {form}
                {some.then(|| view! {
                    <section class="part">
                        <h2>{tr("announce-listed")}</h2>
                        <ul class="rows" role="list">{rows}</ul>
                    </section>
                })}
            </div>
        })
    })
}

async fn form(
    visit: &Visit,
    desk: &AnnouncementsPage,
    edited: Option<&AnnouncementRow>,
) -> Result<AnyView, AppError> {
    let event = &desk.event;
    match event.status {
        EventStatus::Published => {}
        EventStatus::Draft => return Ok(view! { <p>{tr("announce-draft")}</p> }.into_any()),
        EventStatus::Cancelled => return Ok(view! { <p>{tr("announce-event-cancelled")}</p> }.into_any()),
    }
    let id = edited.map_or_else(String::new, |one| one.id.to_string());
    let fields = edited.map_or_else(Fields::new, |one| {
        let content = &one.content;
        let form = AnnouncementForm {
            subject: content.subject.clone(),
            words: content.words.clone(),
            segments: content.segments.iter().map(|segment| segment.name().to_owned()).collect(),
            at: content.at.map_or_else(String::new, |at| at.format("%Y-%m-%dT%H:%M").to_string()),
        };
        fields_of(&form, &one.version.to_string())
    });
    let slug = event.slug.to_string();
    let (sheet, _) = refilled(visit, &form_key(&slug, &id), fields).await?;
    let sheet = sheet.called("words", "announce-message");
    let zone = tr_with("announce-zone", &[("city", i18n::quote(event.zone().city()))]);
    let page = format!("{}/emails", event_path(&event.slug));
    Ok(view! {
        <form method="post" action="/api/announcements/schedule">
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="key" value=store::sign_in::new_token() />
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="version" value=sheet.value("version") />
            {fields_view(&sheet, desk)}
            <p class="help">{zone}</p>
            <div class="row">
                <button class="button">{tr(if edited.is_some() { "form-save" } else { "announce-send" })}</button>
                <button class="button plain" name="trial" value="yes">{tr("announce-test")}</button>
                {edited.map(|_| view! { <a class="button plain" href=page>{tr("form-back")}</a> })}
            </div>
        </form>
    }
    .into_any())
}

fn fields_view(sheet: &Sheet, desk: &AnnouncementsPage) -> AnyView {
    let choices = desk.counts.iter().map(|(segment, count)| {
        let count = i18n::number(i64::try_from(*count).unwrap_or(i64::MAX));
        Choice::new(segment.name(), tr_with(&segment_key(*segment), &[("count", count)]))
    });
    let choices = choices.collect();
    view! {
        {sheet.summary()}
        {sheet.field("segments", "field-segments").help("help-segments").needed().checks(choices)}
        {sheet.field("subject", "field-subject").needed().max(120).input("text")}
        {sheet.field("words", "announce-message").help("help-announce-message").needed().max(5_000).area(8)}
        {sheet.field("at", "field-at").help("help-at").input("datetime-local")}
    }
    .into_any()
}

fn segment_key(segment: Segment) -> String {
    format!("announce-segment-{}", segment.name().replace('_', "-"))
}

/// One of those that were written: what, to whom, when, and what can still be done.
fn row(visit: &Visit, desk: &AnnouncementsPage, one: &AnnouncementRow) -> AnyView {
    let reader = Reader::of(visit, desk.event.zone());
    let count = |segment: &Segment| {
        let known = desk.counts.iter().find(|(known, _)| known == segment);
        i18n::number(known.map_or(0, |(_, count)| i64::try_from(*count).unwrap_or(i64::MAX)))
    };
    let held = one.state == AnnouncementState::Held;
    let to = one.content.segments.iter().map(|segment| {
        // How many there are matters while it can be changed; afterwards it says how many got it.
        let key = if held { segment_key(*segment) } else { format!("{}-plain", segment_key(*segment)) };
        tr_with(&key, &[("count", count(segment))])
    });
    let to = to.collect::<Vec<_>>().join(" · ");
    let (tone, state) = match one.state {
        AnnouncementState::Held => (Tone::Brass, tr("announce-scheduled")),
        AnnouncementState::Going => (Tone::Brass, tr("announce-sending")),
        AnnouncementState::Sent => {
            (Tone::Good, tr_with("announce-sent", &[("count", i18n::number(one.told))]))
        }
        AnnouncementState::Cancelled => (Tone::Quiet, tr("announce-cancelled")),
    };
    let (slug, id) = (desk.event.slug.to_string(), one.id.to_string());
    let tools = held.then(|| view! {
        <div class="row">
            <a class="button small plain" href=format!("/events/{slug}/emails?edit={id}")>{tr("announce-edit")}</a>
            <form method="post" action="/api/announcements/cancel">
                <input type="hidden" name="slug" value=slug />
                <input type="hidden" name="id" value=id />
                <button class="button small plain">{tr("announce-cancel")}</button>
            </form>
        </div>
    });
    view! {
        <li>
            <div>
                <p><strong>{one.content.subject.clone()}</strong> " " <Badge tone>{state}</Badge></p>
                <p class="help">{reader.time_and_zone(one.due_at, Shape::DateTimeYear)} " · " {to}</p>
                <details>
                    <summary>{tr("announce-show")}</summary>
                    <Paragraphs text=one.content.words.clone() />
                </details>
                {tools}
            </div>
        </li>
    }
    .into_any()
}
