//! Server functions of coordinators, and of direct requests to mentors.

use domain::mentorships::MentorRequestForm;
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        call::{Call, read_slug},
        flash::Flash,
        mentoring::paths::{fields_of, programme_path},
    },
    domain::{
        MeasureId, MentorRequestId,
        checks::Checks,
        forms::Fields,
        mentorships::{MeasureKind, RequestState, check_reason},
    },
    store::mentorships,
    uuid::Uuid,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<Uuid, AppError> {
    text.trim().parse().map_err(|_| AppError::NotFound)
}

#[cfg(feature = "ssr")]
fn typed(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Warns, pauses or excludes a person of a programme.
///
/// # Errors
/// `Invalid` without a reason; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/measure")]
pub async fn take_measure(
    #[server(default)] programme: String,
    #[server(default)] person: String,
    #[server(default)] kind: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let path = programme_path(&programme);
    let call = Call::from(format!("{path}/measure?person={person}")).with_draft(
        format!("mentoring/measure/{programme}/{person}"),
        typed(&[("kind", &kind), ("reason", &reason)]),
    );
    let result = async {
        let (slug, person) = (read_slug(&programme)?, read_slug(&person)?);
        let kind: MeasureKind = kind.parse().map_err(|_| AppError::NotFound)?;
        let reason = check_reason(&reason)?;
        Ok(mentorships::take_measure(&call.store, call.actor(), &slug, &person, kind, &reason).await?)
    }
    .await;
    let next = |_: &MeasureId| (format!("{path}/pairs"), Some(Flash::success("flash-measure-taken")));
    call.respond(result, next).await.map(drop)
}

/// Appeals against a measure.
///
/// # Errors
/// `Invalid` without a text; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/appeal")]
pub async fn appeal(
    #[server(default)] id: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let page =
        read_id(&id).map_or_else(|_| "/mentoring".to_owned(), |id| format!("/mentoring/measures/{id}"));
    let call =
        Call::from(page.clone()).with_draft(format!("mentoring/appeal/{id}"), typed(&[("reason", &reason)]));
    let result = async {
        let (measure, text) = (MeasureId(read_id(&id)?), check_reason(&reason)?);
        Ok(mentorships::appeal(&call.store, call.actor(), measure, &text).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-appeal-sent")))).await
}

/// Lifts a measure, or decides that it stays.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/decide")]
pub async fn decide(#[server(default)] id: String, #[server(default)] act: String) -> Result<(), AppError> {
    let page =
        read_id(&id).map_or_else(|_| "/mentoring".to_owned(), |id| format!("/mentoring/measures/{id}"));
    let call = Call::from(page.clone());
    let result = async {
        let lifts = match act.as_str() {
            "lift" => true,
            "stays" => false,
            _ => return Err(AppError::NotFound),
        };
        Ok(mentorships::decide_measure(&call.store, call.actor(), MeasureId(read_id(&id)?), lifts).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-measure-decided")))).await
}

/// Saves the guide of a programme.
///
/// # Errors
/// `Invalid` when it is too long; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/guide")]
pub async fn save_guide(
    #[server(default)] programme: String,
    #[server(default)] text: String,
    #[server(default)] version: String,
) -> Result<(), AppError> {
    let path = programme_path(&programme);
    let call = Call::from(format!("{path}/guide"))
        .with_draft(format!("mentoring/guide/{programme}"), typed(&[("text", &text), ("version", &version)]));
    let result = async {
        let mut checks = Checks::default();
        let text = checks.text("text", &text, 0, 6000);
        let text = checks.finish(Some(text))?;
        let version = version.parse().unwrap_or(0);
        Ok(mentorships::save_guide(&call.store, call.actor(), &read_slug(&programme)?, &text, version)
            .await?)
    }
    .await;
    call.respond(result, |()| (path, Some(Flash::success("flash-guide-saved")))).await
}

/// Asks a mentor directly.
///
/// # Errors
/// `Invalid` when the sentence is too short or too long; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/request")]
pub async fn request(
    #[server(default)] mentor: String,
    #[server(default)] key: String,
    #[server(flatten)] form: MentorRequestForm,
) -> Result<(), AppError> {
    let call = Call::from(format!("/mentoring/ask/{mentor}"))
        .with_draft(format!("mentoring/ask/{mentor}"), fields_of(&form));
    let result = async {
        let (slug, sentence) = (read_slug(&mentor)?, form.check()?);
        Ok(mentorships::request_mentor(&call.store, call.actor(), &slug, &sentence, &key).await?)
    }
    .await;
    let next = |id: &MentorRequestId| {
        (format!("/mentoring/requests/{id}"), Some(Flash::success("flash-mentor-asked")))
    };
    call.respond(result, next).await.map(drop)
}

/// Offers to teach somebody.
///
/// # Errors
/// `Invalid` without such a member, and when the sentence is too short or too long. `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/offer")]
pub async fn offer(
    #[server(default)] person: String,
    #[server(default)] key: String,
    #[server(flatten)] form: MentorRequestForm,
) -> Result<(), AppError> {
    let typed = typed(&[("person", &person), ("sentence", &form.sentence)]);
    let call = Call::from("/mentoring/reverse").with_draft("mentoring/offer".to_owned(), typed);
    let result = async {
        let sentence = form.check()?;
        Ok(mentorships::offer_to_teach(&call.store, call.actor(), &person, &sentence, &key).await?)
    }
    .await;
    let next = |id: &MentorRequestId| {
        (format!("/mentoring/requests/{id}"), Some(Flash::success("flash-offer-sent")))
    };
    call.respond(result, next).await.map(drop)
}

/// Answers a direct request, or withdraws it.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/settle")]
pub async fn settle(
    #[server(default)] id: String,
    #[server(default)] act: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let page =
        read_id(&id).map_or_else(|_| "/mentoring".to_owned(), |id| format!("/mentoring/requests/{id}"));
    let call =
        Call::from(page.clone()).with_draft(format!("mentoring/request/{id}"), typed(&[("note", &note)]));
    let result = async {
        let to: RequestState = act.parse().map_err(|_| AppError::NotFound)?;
        let mut checks = Checks::default();
        let min = usize::from(to == RequestState::OfficeHours);
        let note = checks.line("note", &note, min, 200);
        let note = checks.finish(Some(note))?;
        Ok(mentorships::settle_request(&call.store, call.actor(), MentorRequestId(read_id(&id)?), to, &note)
            .await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-request-settled")))).await
}
