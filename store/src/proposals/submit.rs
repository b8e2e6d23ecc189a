//! Writing a proposal, and sending it to a call.

use domain::{
    Actor, MemberId, Problem, Refusal, Slug, SubmissionId,
    policy::{
        NoRelation, permit,
        proposals::{EditSubmission, SettleSubmission, WriteProposal},
    },
    proposals::{MAX_DRAFTS_OF_CALL, MAX_SUBMISSIONS, ProposalText, SubmissionState},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{
    change::{record, submitted},
    rows::{details_of, goes_on, lock, lock_own, locked_call, state_of, text_of, window},
};
use crate::{
    Store, StoreError, audit,
    entities::{call, proposal, submission},
    secrets::{hex_hash, new_id},
    write::{Tx, create_key, verb},
};

/// Writes a proposal for a call, and sends it if `submit`. Returns where it is. The same `key` writes one, and sending it
/// again saves the newer text.
///
/// # Errors
/// `NotFound` for hidden and absent calls. `Refused` after the deadline, when the call is full, or with ten proposals for
/// it. `Invalid` for a kind of session that the call does not offer.
pub async fn write(
    store: &Store,
    actor: &Actor,
    call: &Slug,
    text: ProposalText,
    submit: bool,
    key: &str,
) -> Result<(SubmissionId, SubmissionState), StoreError> {
    verb!(store, |tx, actor, call, text, &submit, key| {
        let permit = permit(actor, WriteProposal, NoRelation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        let call = locked_call(tx, actor, call).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = submission::Entity::find()
                .filter(submission::Column::CallId.eq(call.id))
                .filter(
                    submission::Column::ProposalId.in_subquery(
                        proposal::Entity::find()
                            .select_only()
                            .column(proposal::Column::Id)
                            .filter(proposal::Column::CreateKey.eq(key))
                            .into_query(),
                    ),
                )
                .one(tx.db())
                .await?;
            // The Back button after a draft: the newer text counts.
            if let Some(same) = same {
                let id = SubmissionId(same.id);
                return Ok((id, save_in(tx, actor, id, text, (submit, None)).await?));
            }
        }
        let minutes = minutes_of(&call, text, submit)?;
        room_for_one_more(tx, &call, me).await?;
        let own = proposal::ActiveModel {
            id: Set(new_id()),
            speaker_id: Set(me.0),
            started_at: Set(tx.now()),
            create_key: Set(key),
        };
        let own = own.insert(tx.db()).await?;
        let row = insert(tx, &call, own.id, text, minutes).await?;
        record(tx, row.id, SubmissionState::Draft, Some(me)).await?;
        audit::record(tx, &permit, "proposal.write", row.id).await?;
        let state = match submit {
            true => submitted(tx, &call, &own, &row, me).await?,
            false => SubmissionState::Draft,
        };
        Ok((SubmissionId(row.id), state))
    })
}

/// Saves the text of a submission, and sends it if `submit`. `seen` is the version that its speaker edited
/// ([`version_of`]). The same text again changes nothing.
///
/// # Errors
/// `NotFound` for other people's proposals. `Refused` after the deadline and after the decision, and with
/// `ChangedMeanwhile` when another speaker changed the text since. `Invalid` for a kind of session that the call does not
/// offer.
pub async fn save(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    text: ProposalText,
    submit: bool,
    seen: i64,
) -> Result<SubmissionState, StoreError> {
    verb!(store, |tx, actor, &id, text, &submit, &seen| {
        save_in(tx, actor, id, text, (submit, Some(seen))).await
    })
}

/// The version of a proposal's text: a number that another text does not have.
#[must_use]
pub fn version_of(text: &ProposalText) -> i64 {
    let ProposalText { title, summary, kind, language, notes, do_not_record } = text;
    let hash = hex_hash(&format!("{:?}", (title, summary, kind, language, notes, do_not_record)));
    i64::from_str_radix(hash.get(..12).unwrap_or("0"), 16).unwrap_or(0)
}

async fn save_in(
    tx: &Tx,
    actor: &Actor,
    id: SubmissionId,
    text: &ProposalText,
    (submit, seen): (bool, Option<i64>),
) -> Result<SubmissionState, StoreError> {
    let (locked, relation) = lock_own(tx, actor, id).await?;
    let permit = permit(actor, EditSubmission, relation)?;
    let state = state_of(&locked.row)?;
    window(&locked.call, tx.now()).check_edit(state, locked.row.started_at)?;
    // What was sent stays complete.
    let is_draft = matches!(state, SubmissionState::Draft | SubmissionState::Withdrawn) && !submit;
    let text = text.to_form().check(is_draft).map_err(StoreError::Invalid)?;
    let minutes = minutes_of(&locked.call, &text, !is_draft)?;
    let before = text_of(&locked.row);
    let version = version_of(&before);
    if before != text && seen.is_some_and(|seen| seen != version) {
        return Err(Refusal::ChangedMeanwhile { version }.into());
    }
    if before != text || locked.row.minutes != minutes {
        let mut change =
            submission::ActiveModel { id: Set(id.0), changed_at: Set(tx.now()), ..Default::default() };
        set_text(&mut change, &text, minutes);
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "proposal.edit", id.0).await?;
    }
    if !submit || state == SubmissionState::Submitted || state == SubmissionState::InfoNeeded {
        return Ok(state);
    }
    let me = permit.by().ok_or(Refusal::NotAllowed)?;
    let _speaker = domain::policy::permit(actor, SettleSubmission, relation)?;
    let row = lock(tx, id).await?.row;
    submitted(tx, &locked.call, &locked.proposal, &row, me).await
}

/// Starts a draft of the same proposal for another call.
///
/// # Errors
/// `NotFound` for other people's proposals, hidden and absent calls. `Refused` after the deadline, and for a call that
/// has it already.
pub async fn send_to(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    call: &Slug,
) -> Result<SubmissionId, StoreError> {
    verb!(store, |tx, actor, &id, call| {
        let call = locked_call(tx, actor, call).await?;
        let (locked, relation) = lock_own(tx, actor, id).await?;
        let permit = permit(actor, SettleSubmission, relation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        let there = submission::Entity::find()
            .filter(submission::Column::ProposalId.eq(locked.proposal.id))
            .filter(submission::Column::CallId.eq(call.id));
        if there.count(tx.db()).await? > 0 {
            return Err(Refusal::ProposalSentBefore.into());
        }
        room_for_one_more(tx, &call, me).await?;
        let mut text = text_of(&locked.row);
        // The other call may offer other kinds of sessions.
        if !details_of(&call)?.kinds.iter().any(|kind| kind.name == text.kind) {
            text.kind = String::new();
        }
        let minutes = minutes_of(&call, &text, false)?;
        let row = insert(tx, &call, locked.proposal.id, &text, minutes).await?;
        record(tx, row.id, SubmissionState::Draft, Some(me)).await?;
        audit::record(tx, &permit, "proposal.send_to", row.id).await?;
        Ok(SubmissionId(row.id))
    })
}

/// The length of the chosen kind of session. 0 in a draft without one.
pub(super) fn minutes_of(
    call: &call::Model,
    text: &ProposalText,
    is_needed: bool,
) -> Result<i32, StoreError> {
    let kinds = details_of(call)?.kinds;
    match kinds.iter().find(|kind| kind.name == text.kind) {
        Some(kind) => Ok(i32::try_from(kind.minutes).unwrap_or(i32::MAX)),
        None if text.kind.is_empty() && !is_needed => Ok(0),
        None => Err(StoreError::Invalid(vec![Problem { field: "kind".into(), why: Refusal::BadChoice }])),
    }
}

/// Checks behind the call's lock that it takes one more proposal of this member.
async fn room_for_one_more(tx: &Tx, call: &call::Model, me: MemberId) -> Result<(), StoreError> {
    window(call, tx.now()).check_start()?;
    let going_on = call::Entity::find_by_id(call.id).filter(goes_on(tx.now()));
    if going_on.count(tx.db()).await? == 0 {
        return Err(Refusal::CallClosed.into());
    }
    let of_call = || submission::Entity::find().filter(submission::Column::CallId.eq(call.id));
    if of_call().count(tx.db()).await? >= MAX_SUBMISSIONS {
        return Err(Refusal::CallFull.into());
    }
    let own = proposal::Entity::find()
        .select_only()
        .column(proposal::Column::Id)
        .filter(proposal::Column::SpeakerId.eq(me.0));
    let mine = of_call().filter(submission::Column::ProposalId.in_subquery(own.into_query()));
    if mine.count(tx.db()).await? >= MAX_DRAFTS_OF_CALL {
        return Err(Refusal::TooManyProposals { max: MAX_DRAFTS_OF_CALL.cast_signed() }.into());
    }
    Ok(())
}

async fn insert(
    tx: &Tx,
    call: &call::Model,
    proposal: Uuid,
    text: &ProposalText,
    minutes: i32,
) -> Result<submission::Model, StoreError> {
    let mut row = submission::ActiveModel {
        id: Set(new_id()),
        proposal_id: Set(proposal),
        call_id: Set(call.id),
        state: Set(SubmissionState::Draft.name().to_owned()),
        decision: Set(None),
        decided_by_id: Set(None),
        sent_at: Set(None),
        started_at: Set(tx.now()),
        submitted_at: Set(None),
        changed_at: Set(tx.now()),
        confirm_by: Set(None),
        reminded_at: Set(None),
        session_id: Set(None),
        ..Default::default()
    };
    set_text(&mut row, text, minutes);
    Ok(row.insert(tx.db()).await?)
}

fn set_text(row: &mut submission::ActiveModel, text: &ProposalText, minutes: i32) {
    row.title = Set(text.title.clone());
    row.summary = Set(text.summary.clone());
    row.kind = Set(text.kind.clone());
    row.minutes = Set(minutes);
    row.language = Set(text.language.clone());
    row.notes = Set(text.notes.clone());
    row.do_not_record = Set(text.do_not_record);
}
