//! Server functions of mentorships. Each is for the two people of a pair.

use domain::mentorships::{AgreementForm, FeedbackForm, GoalForm, MeetingForm};
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::paths::{below, draft_name, mentorship_path},
    crate::{call::Call, flash::Flash, mentoring::paths::fields_of},
    domain::{
        CheckInId, GoalId, Instant, MeetingId, MentorshipId, NoteId,
        forms::Fields,
        mentorships::{PairChange, check_message, check_note},
    },
    store::mentorships::{self, GivenFeedback},
    uuid::Uuid,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<Uuid, AppError> {
    text.trim().parse().map_err(|_| AppError::NotFound)
}

#[cfg(feature = "ssr")]
fn read_pair(text: &str) -> Result<MentorshipId, AppError> {
    read_id(text).map(MentorshipId)
}

/// The page of the mentorship that a form names, or the page about mentoring.
#[cfg(feature = "ssr")]
fn page_of(id: &str) -> String {
    read_pair(id).map_or_else(|_| "/mentoring".to_owned(), mentorship_path)
}

/// The page of a form of the mentorship.
#[cfg(feature = "ssr")]
fn form_of(id: &str, part: &str) -> String {
    read_pair(id).map_or_else(|_| "/mentoring".to_owned(), |id| below(id, part))
}

#[cfg(feature = "ssr")]
fn typed(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Proposes a meeting, or with `meeting` asks to move it.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/propose")]
pub async fn propose(
    #[server(default)] id: String,
    #[server(default)] meeting: String,
    #[server(default)] key: String,
    #[server(flatten)] form: MeetingForm,
    #[server(default)] times: Vec<String>,
) -> Result<(), AppError> {
    let mut kept = fields_of(&form);
    kept.insert("times".to_owned(), times.join(" "));
    let back = format!("{}?minutes={}&meeting={meeting}", form_of(&id, "meet"), form.minutes);
    let call = Call::from(back).with_draft(draft_name(&id, "meet"), kept);
    let result = async {
        let (id, plan) = (read_pair(&id)?, form.check(&times)?);
        match meeting.as_str() {
            "" => mentorships::propose_meeting(&call.store, call.actor(), id, plan, &key).await?,
            text => {
                let meeting = MeetingId(read_id(text)?);
                mentorships::move_meeting(&call.store, call.actor(), id, meeting, plan.times).await?;
            }
        }
        Ok(())
    }
    .await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-meeting-proposed")))).await
}

/// Accepts one of the proposed times.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/accept")]
pub async fn accept(
    #[server(default)] id: String,
    #[server(default)] meeting: String,
    #[server(default)] time: String,
) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async {
        let (pair, meeting) = (read_pair(&id)?, MeetingId(read_id(&meeting)?));
        let time: Instant = time.parse().map_err(|_| AppError::NotFound)?;
        Ok(mentorships::accept_meeting(&call.store, call.actor(), pair, meeting, time).await?)
    }
    .await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-meeting-agreed")))).await
}

/// Cancels a meeting, or with `act` `missed` says that the other one did not come.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/meeting")]
pub async fn change_meeting(
    #[server(default)] id: String,
    #[server(default)] meeting: String,
    #[server(default)] act: String,
) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async {
        let (pair, meeting) = (read_pair(&id)?, MeetingId(read_id(&meeting)?));
        match act.as_str() {
            "cancel" => mentorships::cancel_meeting(&call.store, call.actor(), pair, meeting).await?,
            "missed" => mentorships::report_missed(&call.store, call.actor(), pair, meeting).await?,
            _ => return Err(AppError::NotFound),
        }
        Ok(())
    }
    .await;
    let flash = if act == "missed" { "flash-meeting-missed" } else { "flash-meeting-cancelled" };
    call.respond(result, |()| (page_of(&id), Some(Flash::success(flash)))).await
}

/// Saves the agreement.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/agreement")]
pub async fn save_agreement(
    #[server(default)] id: String,
    #[server(flatten)] form: AgreementForm,
) -> Result<(), AppError> {
    let call =
        Call::from(form_of(&id, "agreement")).with_draft(draft_name(&id, "agreement"), fields_of(&form));
    let result = async {
        let (pair, agreement) = (read_pair(&id)?, form.check()?);
        let version = form.version.parse().unwrap_or(0);
        Ok(mentorships::save_agreement(&call.store, call.actor(), pair, agreement, version).await?)
    }
    .await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-agreement-saved")))).await
}

/// Agrees to the agreement.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/agree")]
pub async fn agree(
    #[server(default)] id: String,
    #[server(default)] version: String,
) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async {
        let version = version.parse().unwrap_or(0);
        Ok(mentorships::agree(&call.store, call.actor(), read_pair(&id)?, version).await?)
    }
    .await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-agreed")))).await
}

/// Saves a goal, or with `act` `remove` deletes it.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/goal")]
pub async fn save_goal(
    #[server(default)] id: String,
    #[server(default)] goal: String,
    #[server(default)] act: String,
    #[server(default)] key: String,
    #[server(flatten)] form: GoalForm,
) -> Result<(), AppError> {
    let back = format!("{}?goal={goal}", form_of(&id, "goal"));
    let call = Call::from(back).with_draft(draft_name(&id, &format!("goal/{goal}")), fields_of(&form));
    let result = async {
        let pair = read_pair(&id)?;
        let goal = if goal.is_empty() { None } else { Some(GoalId(read_id(&goal)?)) };
        match (act.as_str(), goal) {
            ("remove", Some(goal)) => {
                mentorships::remove_goal(&call.store, call.actor(), pair, goal).await?;
            }
            _ => mentorships::save_goal(&call.store, call.actor(), pair, form.check(goal)?, &key).await?,
        }
        Ok(())
    }
    .await;
    let flash = if act == "remove" { "flash-goal-removed" } else { "flash-goal-saved" };
    call.respond(result, |()| (format!("{}#goals", page_of(&id)), Some(Flash::success(flash)))).await
}

/// Writes a note.
///
/// # Errors
/// `Invalid` when it is empty or too long; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/note")]
pub async fn add_note(
    #[server(default)] id: String,
    #[server(default)] note: String,
    #[server(default)] shared: String,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let page = format!("{}#notes", page_of(&id));
    let kept = typed(&[("note", &note), ("shared", &shared)]);
    let call = Call::from(page.clone()).with_draft(draft_name(&id, "note"), kept);
    let result = async {
        let (pair, text) = (read_pair(&id)?, check_note(&note)?);
        Ok(mentorships::add_note(&call.store, call.actor(), pair, &text, shared == "shared", &key).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-note-saved")))).await
}

/// Deletes one's own note.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/remove_note")]
pub async fn remove_note(
    #[server(default)] id: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let page = format!("{}#notes", page_of(&id));
    let call = Call::from(page.clone());
    let result = async {
        let note = NoteId(read_id(&note)?);
        Ok(mentorships::remove_note(&call.store, call.actor(), read_pair(&id)?, note).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-note-removed")))).await
}

/// Sends a message to the other one.
///
/// # Errors
/// `Invalid` when it is empty or too long; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/message")]
pub async fn send_message(
    #[server(default)] id: String,
    #[server(default)] message: String,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let page = form_of(&id, "messages");
    let kept = typed(&[("message", &message)]);
    let call = Call::from(page.clone()).with_draft(draft_name(&id, "message"), kept);
    let result = async {
        let (pair, text) = (read_pair(&id)?, check_message(&message)?);
        Ok(mentorships::send_message(&call.store, call.actor(), pair, &text, &key).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-message-sent")))).await
}

/// Answers a check-in.
///
/// # Errors
/// `NotFound` when it asks somebody else. `Refused` when it is over.
#[server(prefix = "/api", endpoint = "mentorships/check_in")]
pub async fn check_in(
    #[server(default)] id: String,
    #[server(default)] check_in: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async {
        let answer = answer.parse().map_err(|_| AppError::NotFound)?;
        let check_in = CheckInId(read_id(&check_in)?);
        Ok(mentorships::answer_check_in(&call.store, call.actor(), check_in, answer).await?)
    }
    .await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-check-in-answered")))).await
}

/// Pauses, resumes, leaves, extends or finishes a mentorship, or goes on as peers.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/change")]
pub async fn change(#[server(default)] id: String, #[server(default)] act: String) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async {
        let pair = read_pair(&id)?;
        match act.as_str() {
            "extend" => mentorships::extend(&call.store, call.actor(), pair).await?,
            name => {
                let change: PairChange = name.parse().map_err(|_| AppError::NotFound)?;
                mentorships::change(&call.store, call.actor(), pair, change).await?;
            }
        }
        Ok(())
    }
    .await;
    let flash = match act.as_str() {
        "pause" => "flash-mentorship-paused",
        "resume" => "flash-mentorship-resumed",
        "extend" => "flash-mentorship-extended",
        "leave" => "flash-mentorship-left",
        _ => "flash-mentorship-finished",
    };
    call.respond(result, |()| (page_of(&id), Some(Flash::success(flash)))).await
}

/// Gives feedback to the other one.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentorships/feedback")]
pub async fn give_feedback(
    #[server(default)] id: String,
    #[server(flatten)] form: FeedbackForm,
) -> Result<(), AppError> {
    let call = Call::from(form_of(&id, "feedback")).with_draft(draft_name(&id, "feedback"), fields_of(&form));
    let result = async {
        let (pair, text) = (read_pair(&id)?, form.check()?);
        Ok(mentorships::give_feedback(&call.store, call.actor(), pair, text).await?)
    }
    .await;
    let flash = |given: &GivenFeedback| match given {
        GivenFeedback::Waiting => "flash-feedback-waits",
        GivenFeedback::Released => "flash-feedback-released",
    };
    call.respond(result, |given| (page_of(&id), Some(Flash::success(flash(given))))).await.map(drop)
}
