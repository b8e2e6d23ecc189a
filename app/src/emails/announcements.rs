//! `/events/{slug}/emails`: organisers write emails to the people of an event (C10).

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
    events::pages::{breadcrumbs, event_path, slug_from_path, unreachable::unreachable},
    i18n,
    refill::refilled,
    ui::{Badge, Choice, Crumbs, Markdown, Reader, Shape, Sheet, Title, Tone, load, preview_button},
};

/// The key that the form's draft is saved under. `id` is empty for a new email.
#[must_use]
pub fn form_key(slug: &str, id: &str) -> String {
    format!("events/mail/{slug}/{id}")
}

/// The form's fields by name. Segments are one text with spaces between them.
#[must_use]
pub fn fields_of(form: &AnnouncementForm, version: &str) -> Fields {
    [
        ("subject", form.subject.clone()),
        ("message", form.message.clone()),
        ("segments", form.segments.join(" ")),
        ("at", form.at.clone()),
        ("reply", form.reply.clone()),
        ("version", version.to_owned()),
    ]
    .map(|(field, text)| (field.to_owned(), text))
    .into()
}

/// The form for an email to an event's people, and the emails so far.
#[component]
pub fn EmailAttendeesPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let loaded = announcements::announcements_page(&store, &visit.actor, &slug).await?;
        let unreachable = unreachable(&store, &visit.actor, &slug).await?;
        let edited = visit.query("edit").and_then(|id| {
            loaded.listed.iter().find(|announcement| {
                announcement.id.to_string() == id && announcement.state == AnnouncementState::Held
            })
        });
        let form = form(&visit, &loaded, edited).await?;
        let rows = loaded.listed.iter().map(|announcement| row(&visit, &loaded, announcement)).collect_view();
        let has_emails = !loaded.listed.is_empty();
        Ok(view! {
            <Title text=tr("announce-title") />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(&loaded.event) />
                <h1>{tr("announce-title")}</h1>
                <p class="lead">{tr("announce-lead")}</p>
                {unreachable}
                {form}
                {has_emails.then(|| view! {
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
    loaded: &AnnouncementsPage,
    edited: Option<&AnnouncementRow>,
) -> Result<AnyView, AppError> {
    let event = &loaded.event;
    match event.status {
        EventStatus::Published => {}
        EventStatus::Draft => return Ok(view! { <p>{tr("announce-draft")}</p> }.into_any()),
        EventStatus::Cancelled => return Ok(view! { <p>{tr("announce-event-cancelled")}</p> }.into_any()),
    }
    let id = edited.map_or_else(String::new, |announcement| announcement.id.to_string());
    let fields = edited.map_or_else(Fields::new, |announcement| {
        let content = &announcement.content;
        let form = AnnouncementForm {
            subject: content.subject.clone(),
            message: content.message.clone(),
            segments: content.segments.iter().map(|segment| segment.name().to_owned()).collect(),
            reply: if content.shares_address { "yes".to_owned() } else { String::new() },
            at: content.at.map_or_else(String::new, |at| at.format("%Y-%m-%dT%H:%M").to_string()),
        };
        fields_of(&form, &announcement.version.to_string())
    });
    let slug = event.slug.to_string();
    let draft = form_key(&slug, &id);
    let (sheet, _) = refilled(visit, &draft, fields).await?;
    let sheet = sheet.with_label("message", "announce-message");
    let zone = tr_with("announce-zone", &[("city", i18n::quote(event.zone().city()))]);
    let page = format!("{}/emails", event_path(&event.slug));
    let preview_page = if id.is_empty() { page.clone() } else { format!("{page}?edit={id}") };
    Ok(view! {
        <form method="post" action="/api/announcements/schedule">
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="key" value=store::sign_in::new_token() />
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="version" value=sheet.value("version") />
            {fields_view(visit, &sheet, loaded, edited)}
            <p class="help">{zone}</p>
            <div class="row">
                <button class="button">{tr(if edited.is_some() { "form-save" } else { "announce-send" })}</button>
                {preview_button("message", &draft, &preview_page)}
                <button class="button plain" name="test" value="yes">{tr("announce-test")}</button>
                {edited.map(|_| view! { <a class="button plain" href=page>{tr("form-back")}</a> })}
            </div>
        </form>
    }
    .into_any())
}

fn fields_view(
    visit: &Visit,
    sheet: &Sheet,
    loaded: &AnnouncementsPage,
    edited: Option<&AnnouncementRow>,
) -> AnyView {
    let choices = loaded.counts.iter().map(|(segment, count)| {
        let count = i18n::number(i64::try_from(*count).unwrap_or(i64::MAX));
        Choice::new(segment.name(), tr_with(&segment_key(*segment), &[("count", count)]))
    });
    let choices = choices.collect();
    // The readers see the address, so the choice names it.
    let is_author = edited.is_none_or(|edited| edited.author == visit.actor.member());
    let address = visit.member.as_ref().filter(|_| is_author).and_then(|member| member.address.as_ref());
    let reply = address.map(|address| {
        let text = tr_with("announce-reply", &[("address", i18n::quote(address.shown()))]);
        sheet
            .field("reply", "host-message-replies")
            .help("help-announce-reply")
            .checks(vec![Choice::new("yes", text)])
    });
    view! {
        {sheet.summary()}
        {sheet.field("segments", "field-segments").help("help-segments").needed().checks(choices)}
        {sheet.field("subject", "field-subject").needed().max(120).input("text")}
        {sheet.field("message", "announce-message").help("help-announce-message").needed().max(5_000).editor(8)}
        {reply}
        {sheet.field("at", "field-at").help("help-at").input("datetime-local")}
    }
    .into_any()
}

fn segment_key(segment: Segment) -> String {
    format!("announce-segment-{}", segment.name().replace('_', "-"))
}

/// One email: subject, segments, time, and actions while it is scheduled.
fn row(visit: &Visit, loaded: &AnnouncementsPage, announcement: &AnnouncementRow) -> AnyView {
    let reader = Reader::of(visit, loaded.event.zone());
    let count = |segment: &Segment| {
        let known = loaded.counts.iter().find(|(known, _)| known == segment);
        i18n::number(known.map_or(0, |(_, count)| i64::try_from(*count).unwrap_or(i64::MAX)))
    };
    let is_scheduled = announcement.state == AnnouncementState::Held;
    let to = announcement.content.segments.iter().map(|segment| {
        // While scheduled, a segment shows its current size. Afterwards the badge shows how many people got the
        // email.
        let key =
            if is_scheduled { segment_key(*segment) } else { format!("{}-plain", segment_key(*segment)) };
        tr_with(&key, &[("count", count(segment))])
    });
    let to = to.collect::<Vec<_>>().join(" · ");
    let (tone, state) = match announcement.state {
        AnnouncementState::Held => (Tone::Brass, tr("announce-scheduled")),
        AnnouncementState::GoingOut => (Tone::Brass, tr("announce-sending")),
        AnnouncementState::Sent => {
            (Tone::Good, tr_with("announce-sent", &[("count", i18n::number(announcement.sent_to))]))
        }
        AnnouncementState::Cancelled => (Tone::Quiet, tr("announce-cancelled")),
    };
    let (slug, id) = (loaded.event.slug.to_string(), announcement.id.to_string());
    let tools = is_scheduled.then(|| view! {
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
                <p><strong>{announcement.content.subject.clone()}</strong> " " <Badge tone>{state}</Badge></p>
                <p class="help">{reader.time_and_zone(announcement.due_at, Shape::DateTimeYear)} " · " {to}</p>
                {announcement.content.shares_address.then(|| view! { <p class="help">{tr("announce-replies-to-author")}</p> })}
                <details>
                    <summary>{tr("announce-show")}</summary>
                    <Markdown text=announcement.content.message.clone() />
                </details>
                {tools}
            </div>
        </li>
    }
    .into_any()
}
