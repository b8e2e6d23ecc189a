//! Slides and the recording on the page of a session (D8).

use domain::{
    forms::Fields,
    sessions::{MAX_SLIDES_FILES, SLIDES_REMINDER_DAYS},
};
use leptos::prelude::*;
use store::{
    schedule::SessionPage,
    sessions::{self, Material, Slides},
};
use uuid::Uuid;

use super::{questions::hidden, session_path};
use crate::{
    context::{Visit, store, tr, tr_with},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Sheet, web_link},
};

/// The key that the draft of the link to a recording is saved under. Each session has its own.
#[must_use]
pub fn recording_draft(session: &str) -> String {
    format!("sessions/recording/{session}")
}

/// The key that the problems of an upload of slides are saved under.
#[must_use]
pub fn slides_draft(session: Uuid) -> String {
    format!("sessions/slides/{session}")
}

/// The material of a session. Nothing for readers while there is none.
///
/// # Errors
/// `Unavailable` or `Internal` when the material can't be read.
pub async fn section(visit: &Visit, page: &SessionPage) -> Result<Option<AnyView>, AppError> {
    let material = sessions::material(&store(), &visit.actor, page).await?;
    let recording = material.recording.as_deref().and_then(web_link);
    if material.slides.is_empty() && recording.is_none() && !material.may_add {
        return Ok(None);
    }
    let forms = match material.may_add {
        true => Some(forms(visit, page, &material).await?),
        false => None,
    };
    let files = material.slides.iter().map(|slides| file(page, slides, material.may_add)).collect_view();
    let files = (!material.slides.is_empty()).then(|| view! { <ul class="rows" role="list">{files}</ul> });
    let none = (material.slides.is_empty() && recording.is_none())
        .then(|| view! { <p class="help">{tr("material-none")}</p> });
    let recording = recording.map(|link| {
        view! { <p><a href=link rel="noreferrer nofollow">{tr("material-recording")}</a></p> }
    });
    Ok(Some(
        view! {
            <section class="part" id="material" aria-labelledby="material-title">
                <h2 id="material-title">{tr("material-title")}</h2>
                {none}
                {files}
                {recording}
                {forms}
            </section>
        }
        .into_any(),
    ))
}

fn file(page: &SessionPage, slides: &Slides, may_remove: bool) -> AnyView {
    let to = format!("{}/slides/{}.pdf", session_path(&page.event.slug, page.item.id), slides.id);
    let kilobytes = slides.bytes.div_ceil(1024);
    let (key, count) = match kilobytes {
        ..1024 => ("material-kilobytes", kilobytes),
        _ => ("material-megabytes", kilobytes.div_ceil(1024)),
    };
    let size = tr_with(key, &[("count", i18n::number(i64::try_from(count).unwrap_or(i64::MAX)))]);
    let remove = may_remove.then(|| {
        let label = tr_with("material-remove-label", &[("file", i18n::quote(slides.name.clone()))]);
        view! {
            <form method="post" action="/api/sessions/remove_slides">
                {hidden(page)}
                <input type="hidden" name="id" value=slides.id.to_string() />
                <button class="button plain small" aria-label=label>{tr("material-remove")}</button>
            </form>
        }
    });
    view! {
        <li>
            <p><a href=to download=slides.name.clone()><bdi>{slides.name.clone()}</bdi></a> " · " {size}</p>
            {remove}
        </li>
    }
    .into_any()
}

/// For speakers and organisers.
async fn forms(visit: &Visit, page: &SessionPage, material: &Material) -> Result<AnyView, AppError> {
    let session = page.item.id;
    let upload = format!("{}/slides", session_path(&page.event.slug, session));
    let (files, _) = refilled(visit, &slides_draft(session), Fields::new()).await?;
    let files = files.with_label("slides", "material-file");
    let upload = ((material.slides.len() as u64) < MAX_SLIDES_FILES).then(|| {
        view! {
            <form method="post" action=upload enctype="multipart/form-data">
                {files.summary()}
                <div class="field" class:wrong=files.has_problem("slides")>
                    <label for="f-slides">{tr("material-file")}</label>
                    {files.field("slides", "material-file").problem_line()}
                    <input id="f-slides" type="file" name="slides" accept="application/pdf,.pdf" required aria-describedby="h-slides" />
                    <p class="help" id="h-slides">{tr("material-file-help")}</p>
                </div>
                <button class="button">{tr("material-add")}</button>
            </form>
        }
    });
    let recording = match material.do_not_record {
        true => None,
        false => Some(recording_form(visit, page, material).await?),
    };
    Ok(view! {
        {upload}
        {recording}
        {no_recording(page, material)}
        {reminder(visit, page, material)}
    }
    .into_any())
}

async fn recording_form(visit: &Visit, page: &SessionPage, material: &Material) -> Result<AnyView, AppError> {
    let known: Fields = [("recording".to_owned(), material.recording.clone().unwrap_or_default())].into();
    let (sheet, _) = refilled(visit, &recording_draft(&page.item.id.to_string()), known).await?;
    let sheet = sheet.with_label("recording", "material-recording-link");
    let is_open = sheet.has_problem("recording");
    Ok(view! {
        <details class="disclosure" open=is_open>
            <summary>{tr("material-recording-form")}</summary>
            <form method="post" action="/api/sessions/recording">
                {hidden(page)}
                {sheet.summary()}
                {sheet.field("recording", "material-recording-link").help("help-material-recording").max(500).input("url")}
                <button class="button plain">{tr("material-recording-save")}</button>
            </form>
        </details>
    }
    .into_any())
}

/// Whether the session may be recorded. What a file says can't be changed here.
fn no_recording(page: &SessionPage, material: &Material) -> Option<AnyView> {
    let (value, key, help) = match (material.do_not_record, material.may_allow_recording) {
        (false, _) => ("yes", "material-forbid", "material-forbid-help"),
        (true, true) => ("no", "material-allow", "material-allow-help"),
        (true, false) => return Some(view! { <p class="help">{tr("material-forbidden")}</p> }.into_any()),
    };
    Some(
        view! {
            <form method="post" action="/api/sessions/no_recording">
                {hidden(page)}
                <button class="button plain" name="forbidden" value=value>{tr(key)}</button>
                <p class="help">{tr(help)}</p>
            </form>
        }
        .into_any(),
    )
}

/// For organisers: when the speakers of all sessions are reminded.
fn reminder(visit: &Visit, page: &SessionPage, material: &Material) -> Option<AnyView> {
    let days = material.reminder_days?;
    let sheet = Sheet::filled([("days".to_owned(), days.to_string())].into(), visit.locale);
    let text = |days: u32| match days {
        0 => tr("material-days-never"),
        days => tr_with("material-days", &[("count", i18n::number(i64::from(days)))]),
    };
    let choices = SLIDES_REMINDER_DAYS.iter().map(|days| (days.to_string(), text(*days))).collect();
    Some(
        view! {
            <details class="disclosure">
                <summary>{tr("material-reminders")}</summary>
                <form method="post" action="/api/sessions/slides_days">
                    {hidden(page)}
                    {sheet.field("days", "material-reminder").help("help-material-reminder").needed().select(choices)}
                    <button class="button plain">{tr("form-save")}</button>
                </form>
            </details>
        }
        .into_any(),
    )
}
