//! Server functions of calls for proposals.

use domain::proposals::{CallForm, ProposalForm, ReviewForm};
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::{
        call_form::{new_call_draft, new_call_path, read_place},
        paths::{PROPOSALS, call_path, manage_path, review_path, submission_path},
    },
    crate::{
        call::{Call, read_slug},
        flash::Flash,
        mentoring::paths::fields_of,
    },
    domain::{
        MemberId, Slug, SubmissionId,
        forms::Fields,
        proposals::{Decision, SubmissionChange, SubmissionState},
    },
    store::proposals,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<SubmissionId, AppError> {
    text.trim().parse().map(SubmissionId).map_err(|_| AppError::NotFound)
}

/// The page of a submission that a form names, or the list.
#[cfg(feature = "ssr")]
fn page_of(call: &str, id: &str) -> String {
    match (Slug::parse(call), read_id(id)) {
        (Some(call), Ok(id)) => submission_path(call.as_str(), id),
        _ => PROPOSALS.to_owned(),
    }
}

#[cfg(feature = "ssr")]
fn one_field(name: &str, text: &str) -> Fields {
    [(name.to_owned(), text.to_owned())].into()
}

#[cfg(feature = "ssr")]
fn after_submit(state: SubmissionState) -> Flash {
    Flash::success(match state {
        SubmissionState::Submitted => "flash-proposal-submitted",
        _ => "flash-proposal-saved",
    })
}

/// Opens a call for an event or a group.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` unless the member runs the event or the group.
#[server(prefix = "/api", endpoint = "proposals/open")]
pub async fn open(
    #[server(default)] event: String,
    #[server(default)] group: String,
    #[server(default)] key: String,
    #[server(flatten)] form: CallForm,
) -> Result<(), AppError> {
    let call = Call::from(new_call_path(&event, &group))
        .with_draft(new_call_draft(&event, &group), fields_of(&form));
    let result = async {
        let place = read_place(&event, &group).ok_or(AppError::NotFound)?;
        Ok(proposals::open(&call.store, call.actor(), &place, form.check()?, &key).await?)
    }
    .await;
    let next = |slug: &Slug| (manage_path(slug.as_str()), Some(Flash::success("flash-call-opened")));
    call.respond(result, next).await.map(drop)
}

/// Changes a call.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` for everybody but its organisers.
#[server(prefix = "/api", endpoint = "proposals/edit_call")]
pub async fn edit_call(
    #[server(default)] call: String,
    #[server(flatten)] form: CallForm,
) -> Result<(), AppError> {
    let slug = call;
    let call = Call::from(format!("{}/edit", call_path(&slug)))
        .with_draft(format!("proposals/edit/{slug}"), fields_of(&form));
    let result =
        async { Ok(proposals::edit(&call.store, call.actor(), &read_slug(&slug)?, form.check()?).await?) }
            .await;
    call.respond(result, |()| (manage_path(&slug), Some(Flash::success("flash-call-saved")))).await
}

/// Writes a proposal for a call, as a draft or sent at once.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` after the deadline.
#[server(prefix = "/api", endpoint = "proposals/write")]
pub async fn write(
    #[server(default)] call: String,
    #[server(default)] key: String,
    #[server(default)] act: String,
    #[server(flatten)] form: ProposalForm,
) -> Result<(), AppError> {
    let slug = call;
    let call = Call::from(format!("{}/submit", call_path(&slug)))
        .with_draft(format!("proposals/{slug}/submit"), fields_of(&form));
    let submit = act != "draft";
    let result = async {
        let text = form.check(!submit)?;
        Ok(proposals::write(&call.store, call.actor(), &read_slug(&slug)?, text, submit, &key).await?)
    }
    .await;
    let next = |(id, state): &(SubmissionId, SubmissionState)| {
        (submission_path(&slug, *id), Some(after_submit(*state)))
    };
    call.respond(result, next).await.map(drop)
}

/// Saves the text of a proposal, and sends it if the member wants to.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` after the deadline.
#[server(prefix = "/api", endpoint = "proposals/save")]
pub async fn save(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(default)] act: String,
    #[server(default)] version: String,
    #[server(flatten)] form: ProposalForm,
) -> Result<(), AppError> {
    let page = page_of(&call, &id);
    let call =
        Call::from(format!("{page}/edit")).with_draft(format!("proposals/{id}/edit"), fields_of(&form));
    let submit = act == "submit";
    let result = async {
        let text = form.check(!submit)?;
        // Only digits are a version, so an unreadable one is outdated.
        let seen = version.parse().unwrap_or(-1);
        Ok(proposals::save(&call.store, call.actor(), read_id(&id)?, text, submit, seen).await?)
    }
    .await;
    let next = |state: &SubmissionState| {
        let flash = match state {
            SubmissionState::Draft | SubmissionState::Withdrawn => Flash::success("flash-proposal-saved"),
            _ if submit => Flash::success("flash-proposal-submitted"),
            _ => Flash::success("flash-proposal-changed"),
        };
        (page, Some(flash))
    };
    call.respond(result, next).await.map(drop)
}

/// The speaker sends, withdraws, confirms or declines a proposal.
///
/// # Errors
/// `NotFound`, or `Refused` when its state does not allow that.
#[server(prefix = "/api", endpoint = "proposals/change")]
pub async fn change(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(default)] act: String,
) -> Result<(), AppError> {
    let page = page_of(&call, &id);
    let call = Call::from(page.clone());
    let result = async {
        let change: SubmissionChange = act.parse().map_err(|_| AppError::NotFound)?;
        Ok(proposals::change(&call.store, call.actor(), read_id(&id)?, change).await?)
    }
    .await;
    let next = |state: &SubmissionState| {
        let key = match state {
            SubmissionState::Withdrawn => "flash-proposal-withdrawn",
            SubmissionState::Confirmed => "flash-proposal-confirmed",
            SubmissionState::Declined => "flash-session-declined",
            _ => "flash-proposal-submitted",
        };
        (page, Some(Flash::success(key)))
    };
    call.respond(result, next).await.map(drop)
}

/// Starts a draft of the same proposal for another call.
///
/// # Errors
/// `NotFound`, or `Refused` when that call has it or is closed.
#[server(prefix = "/api", endpoint = "proposals/send_to")]
pub async fn send_to(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(default)] to: String,
) -> Result<(), AppError> {
    let call = Call::from(page_of(&call, &id));
    let result = async {
        let to = read_slug(to.trim())?;
        Ok(proposals::send_to(&call.store, call.actor(), read_id(&id)?, &to).await?)
    }
    .await;
    let next = |id: &SubmissionId| {
        (format!("{}/edit", submission_path(&to, *id)), Some(Flash::success("flash-proposal-saved")))
    };
    call.respond(result, next).await.map(drop)
}

/// Invites a co-speaker by name, or removes one.
///
/// # Errors
/// `Invalid` when there is no such member; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "proposals/speakers")]
pub async fn speakers(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(default)] person: String,
    #[server(default)] remove: String,
) -> Result<(), AppError> {
    let page = page_of(&call, &id);
    let call =
        Call::from(page.clone()).with_draft(format!("proposals/{id}/speakers"), one_field("person", &person));
    let result = async {
        let id = read_id(&id)?;
        if remove.is_empty() {
            proposals::invite_speaker(&call.store, call.actor(), id, &person).await?;
        } else {
            let member = remove.parse().map(MemberId).map_err(|_| AppError::NotFound)?;
            proposals::remove_speaker(&call.store, call.actor(), id, member).await?;
        }
        Ok(())
    }
    .await;
    let key = if remove.is_empty() { "flash-co-speaker-invited" } else { "flash-co-speaker-removed" };
    call.respond(result, |()| (page, Some(Flash::success(key)))).await
}

/// Accepts or declines an invitation to speak together.
///
/// # Errors
/// `NotFound` for everybody who was not invited.
#[server(prefix = "/api", endpoint = "proposals/join")]
pub async fn join(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(default)] act: String,
) -> Result<(), AppError> {
    let page = page_of(&call, &id);
    let call = Call::from(page.clone());
    let accepts = act == "accept";
    let result =
        async { Ok(proposals::answer_invitation(&call.store, call.actor(), read_id(&id)?, accepts).await?) }
            .await;
    let next = |(): &()| match accepts {
        true => (page, Some(Flash::success("flash-co-speaker-joined"))),
        false => (PROPOSALS.to_owned(), Some(Flash::success("flash-co-speaker-left"))),
    };
    call.respond(result, next).await
}

/// Asks the speakers a question.
///
/// # Errors
/// `Invalid` without a text; `NotFound`, or `Refused` after the decision.
#[server(prefix = "/api", endpoint = "proposals/ask")]
pub async fn ask(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(default)] question: String,
) -> Result<(), AppError> {
    let page = page_of(&call, &id);
    let call =
        Call::from(page.clone()).with_draft(format!("proposals/{id}/ask"), one_field("question", &question));
    let result =
        async { Ok(proposals::ask_info(&call.store, call.actor(), read_id(&id)?, &question).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-submission-asked")))).await
}

/// Answers a question of the organisers.
///
/// # Errors
/// `Invalid` without a text; `NotFound`, or `Refused` when nothing was asked.
#[server(prefix = "/api", endpoint = "proposals/answer")]
pub async fn answer(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let page = page_of(&call, &id);
    let call =
        Call::from(page.clone()).with_draft(format!("proposals/{id}/answer"), one_field("answer", &answer));
    let result =
        async { Ok(proposals::answer_info(&call.store, call.actor(), read_id(&id)?, &answer).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-submission-answered")))).await
}

/// Decides about a proposal, or takes the decision back.
///
/// # Errors
/// `NotFound`, or `Refused` once the speaker knows.
#[server(prefix = "/api", endpoint = "proposals/decide")]
pub async fn decide(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(default)] decision: String,
) -> Result<(), AppError> {
    let page = page_of(&call, &id);
    let call = Call::from(page.clone());
    let result = async {
        let decision: Option<Decision> = match decision.as_str() {
            "" => None,
            name => Some(name.parse().map_err(|_| AppError::NotFound)?),
        };
        Ok(proposals::decide(&call.store, call.actor(), read_id(&id)?, decision).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-decision-saved")))).await
}

/// Sends all decisions of a call that were not sent.
///
/// # Errors
/// `NotFound`, or `Refused` for everybody but its organisers.
#[server(prefix = "/api", endpoint = "proposals/send")]
pub async fn send_decisions(
    #[server(default)] call: String,
    #[server(default)] days: String,
) -> Result<(), AppError> {
    let slug = call;
    let call = Call::from(manage_path(&slug));
    let result = async {
        let days = days.trim().parse().unwrap_or(proposals::CONFIRM_DAYS);
        Ok(proposals::send_decisions(&call.store, call.actor(), &read_slug(&slug)?, days).await?)
    }
    .await;
    call.respond(result, |_| (manage_path(&slug), Some(Flash::success("flash-decisions-sent"))))
        .await
        .map(drop)
}

/// Adds a reviewer by name, or removes one.
///
/// # Errors
/// `Invalid` when there is no such member; `NotFound`, or `Refused` for everybody but the organisers.
#[server(prefix = "/api", endpoint = "proposals/reviewers")]
pub async fn reviewers(
    #[server(default)] call: String,
    #[server(default)] person: String,
    #[server(default)] remove: String,
) -> Result<(), AppError> {
    let slug = call;
    let call = Call::from(manage_path(&slug))
        .with_draft(format!("proposals/{slug}/reviewers"), one_field("person", &person));
    let result = async {
        let slug = read_slug(&slug)?;
        if remove.is_empty() {
            proposals::add_reviewer(&call.store, call.actor(), &slug, &person).await?;
        } else {
            let member = remove.parse().map(MemberId).map_err(|_| AppError::NotFound)?;
            proposals::remove_reviewer(&call.store, call.actor(), &slug, member).await?;
        }
        Ok(())
    }
    .await;
    let key = if remove.is_empty() { "flash-reviewer-added" } else { "flash-reviewer-removed" };
    call.respond(result, |()| (manage_path(&slug), Some(Flash::success(key)))).await
}

/// Saves the member's review of a proposal.
///
/// # Errors
/// `Invalid` without a score; `NotFound` for everybody but reviewers without a conflict.
#[server(prefix = "/api", endpoint = "proposals/review")]
pub async fn review(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(flatten)] form: ReviewForm,
) -> Result<(), AppError> {
    let slug = call;
    let call = Call::from(page_of(&slug, &id)).with_draft(format!("proposals/{id}/review"), fields_of(&form));
    let result =
        async { Ok(proposals::review(&call.store, call.actor(), read_id(&id)?, form.check()?).await?) }.await;
    call.respond(result, |()| (review_path(&slug), Some(Flash::success("flash-review-saved")))).await
}

/// Adds a confirmed proposal of a rolling call to an event.
///
/// # Errors
/// `NotFound`, or `Refused` unless the member runs the call and the event.
#[server(prefix = "/api", endpoint = "proposals/add_to_event")]
pub async fn add_to_event(
    #[server(default)] call: String,
    #[server(default)] id: String,
    #[server(default)] event: String,
) -> Result<(), AppError> {
    let page = page_of(&call, &id);
    let call = Call::from(page.clone());
    let result = async {
        // Organisers paste the address of the event, or type the last part of it.
        let event = event.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let event = read_slug(event)?;
        Ok(proposals::add_to_event(&call.store, call.actor(), read_id(&id)?, &event).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-added-to-event")))).await
}
