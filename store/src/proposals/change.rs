//! The states of a submission: every change is saved here, with its person and its time (D1).

use domain::{
    Actor, MemberId, Refusal, SubmissionId,
    emails::SubmissionEvent,
    policy::{permit, proposals::SettleSubmission},
    proposals::{SubmissionChange, SubmissionState},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};
use uuid::Uuid;

use super::{
    pool,
    rows::{
        check_sees, lock_own_anywhere, news, notify_organiser, notify_speakers, state_of, text_of, window,
    },
    submit::minutes_of,
};
use crate::{
    Store, StoreError, audit,
    entities::{call, proposal, submission, submission_change},
    secrets::new_id,
    write::{Tx, verb},
};

/// The speaker sends, withdraws, confirms or declines a submission. The same change again changes nothing.
///
/// # Errors
/// `NotFound` for other people's proposals. `Refused` when the state does not allow it, and to send it after the
/// deadline. `Invalid` to send a draft with gaps.
pub async fn change(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    change: SubmissionChange,
) -> Result<SubmissionState, StoreError> {
    verb!(store, |tx, actor, &id, &change| {
        let (locked, relation) = lock_own_anywhere(tx, actor, id).await?;
        if !matches!(change, SubmissionChange::Withdraw | SubmissionChange::Decline) {
            check_sees(tx, actor, &locked).await?;
        }
        let permit = permit(actor, SettleSubmission, relation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        let before = state_of(&locked.row)?;
        let action = match change {
            SubmissionChange::Submit => {
                if before.change(change)? == before {
                    return Ok(before);
                }
                window(&locked.call, tx.now()).check_edit(before, locked.row.started_at)?;
                let text = text_of(&locked.row).to_form().check(false).map_err(StoreError::Invalid)?;
                minutes_of(&locked.call, &text, true)?;
                return submitted(tx, &locked.call, &locked.proposal, &locked.row, me).await;
            }
            SubmissionChange::Withdraw => "proposal.withdraw",
            SubmissionChange::Confirm => "proposal.confirm",
            SubmissionChange::Decline => "proposal.decline",
            // These belong to the organisers, or have a text.
            SubmissionChange::AskInfo
            | SubmissionChange::AnswerInfo
            | SubmissionChange::Accept
            | SubmissionChange::Reject => return Err(Refusal::NotAllowed.into()),
        };
        let after = save_state(tx, &locked.row, change, Some(me)).await?;
        if before == after {
            return Ok(after);
        }
        match after {
            SubmissionState::Confirmed => {
                if let Some(event) = locked.call.event_id {
                    pool::add(tx, event, &locked.proposal, &locked.row).await?;
                }
            }
            SubmissionState::Declined => {
                pool::remove(tx, &locked.row).await?;
                let email = news(&locked.call, &locked.row, SubmissionEvent::Declined)?;
                notify_organiser(tx, &locked.call, Some(me), &email).await?;
            }
            _ => {}
        }
        audit::record(tx, &permit, action, id.0).await?;
        Ok(after)
    })
}

/// Sends a submission, and tells its speakers that it arrived.
pub(super) async fn submitted(
    tx: &Tx,
    call: &call::Model,
    proposal: &proposal::Model,
    row: &submission::Model,
    me: MemberId,
) -> Result<SubmissionState, StoreError> {
    let after = save_state(tx, row, SubmissionChange::Submit, Some(me)).await?;
    let email = news(call, row, SubmissionEvent::Received)?;
    notify_speakers(tx, call, proposal, &email).await?;
    audit::record_by(tx, Some(me), "proposal.submit", Some(row.id)).await?;
    Ok(after)
}

/// Saves the state after a change, with who made it and when. `by` is empty when a job tells what was decided.
pub(super) async fn save_state(
    tx: &Tx,
    row: &submission::Model,
    change: SubmissionChange,
    by: Option<MemberId>,
) -> Result<SubmissionState, StoreError> {
    let before = state_of(row)?;
    let after = before.change(change)?;
    if before == after {
        return Ok(after);
    }
    let mut columns = submission::ActiveModel {
        id: Set(row.id),
        state: Set(after.name().to_owned()),
        changed_at: Set(tx.now()),
        ..Default::default()
    };
    match after {
        SubmissionState::Submitted if row.submitted_at.is_none() => {
            columns.submitted_at = Set(Some(tx.now()))
        }
        // A decision that was not sent means nothing any more.
        SubmissionState::Withdrawn => {
            columns.decision = Set(None);
            columns.sent_at = Set(None);
        }
        _ => {}
    }
    columns.update(tx.db()).await?;
    record(tx, row.id, after, by).await?;
    Ok(after)
}

/// Adds an entry to the history of a submission.
pub(super) async fn record(
    tx: &Tx,
    id: Uuid,
    state: SubmissionState,
    by: Option<MemberId>,
) -> Result<(), StoreError> {
    let entry = submission_change::ActiveModel {
        id: Set(new_id()),
        submission_id: Set(id),
        state: Set(state.name().to_owned()),
        by_id: Set(by.map(|by| by.0)),
        at: Set(tx.now()),
    };
    entry.insert(tx.db()).await?;
    Ok(())
}
