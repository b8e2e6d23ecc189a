//! Questions to speakers, decisions, and sending them (D1).
//!
//! A decision is a column that speakers never see. Sending marks all decisions of a call at once. A job then gives each
//! submission its new state and posts the email, in batches.

use chrono::Duration;
use domain::{
    Actor, MemberId, Refusal, Slug, SubmissionId,
    emails::SubmissionEvent,
    policy::{
        permit,
        proposals::{EditSubmission, RunCall, SpeakerRelation},
    },
    proposals::{Decision, SubmissionChange, SubmissionState, check_answer, check_question},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    change::save_state,
    rows::{
        call_relation, decision_of, lock_own, lock_sent, locked_call, news, notify_organiser,
        notify_speakers, speaker_relation, state_of,
    },
};
use crate::{
    Store, StoreError, audit,
    entities::{call, proposal, submission, submission_question},
    jobs::{self, Due, Job, Next},
    secrets::new_id,
    write::{Tx, verb},
};

/// The kind of job that tells speakers what was decided.
pub(crate) const CALL_DECISIONS: &str = "call_decisions";
/// The kind of job that reminds speakers to confirm.
pub(crate) const CONFIRM_REMINDERS: &str = "confirm_reminder";
/// How many days a speaker has to confirm, unless the organiser chooses another number.
pub const CONFIRM_DAYS: i64 = 14;
/// The most days that a speaker has to confirm.
pub const MAX_CONFIRM_DAYS: i64 = 90;
/// How long before its time is over a speaker is reminded to confirm.
const REMIND_BEFORE: Duration = Duration::days(3);

/// Decides about a submission, or takes the decision back. The speaker learns nothing until the decisions are sent.
///
/// # Errors
/// `NotFound` for everybody but the organisers of the call, and for drafts. `Refused` once the speaker knows.
pub async fn decide(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    decision: Option<Decision>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &decision| {
        let (locked, relation) = lock_sent(tx, actor, id).await?;
        let permit = permit(actor, RunCall, relation)?;
        refuse_own(tx, actor, &locked.proposal).await?;
        if locked.row.sent_at.is_some() {
            return Err(Refusal::SubmissionOver.into());
        }
        let (state, before) = (state_of(&locked.row)?, decision_of(&locked.row)?);
        let is_possible = match decision {
            None => true,
            // A rejected proposal can be accepted later, when another speaker declines.
            Some(Decision::Accept) => state.is_undecided() || state == SubmissionState::Rejected,
            Some(Decision::Reject) => state.is_undecided(),
        };
        if !is_possible {
            return Err(Refusal::SubmissionOver.into());
        }
        if before == decision {
            return Ok(());
        }
        let change = submission::ActiveModel {
            id: Set(id.0),
            decision: Set(decision.map(|decision| decision.name().to_owned())),
            decided_by_id: Set(decision.and(permit.by()).map(|by| by.0)),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "proposal.decide", id.0).await
    })
}

/// Sends all decisions of a call that were not sent. Speakers of accepted proposals have `days` days to confirm. Returns
/// how many are sent. Sending again sends nothing twice.
///
/// # Errors
/// `NotFound` for hidden and absent calls, `Refused` for everybody but its organisers.
pub async fn send_decisions(store: &Store, actor: &Actor, call: &Slug, days: i64) -> Result<u64, StoreError> {
    verb!(store, |tx, actor, call, &days| {
        let call = locked_call(tx, actor, call).await?;
        let permit = permit(actor, RunCall, call_relation(tx.db(), actor, &call).await?)?;
        let confirm_by = tx.now() + Duration::days(days.clamp(1, MAX_CONFIRM_DAYS));
        let marked = submission::Entity::update_many()
            .set(submission::ActiveModel {
                sent_at: Set(Some(tx.now())),
                confirm_by: Set(Some(confirm_by)),
                ..Default::default()
            })
            .filter(submission::Column::CallId.eq(call.id))
            .filter(submission::Column::Decision.is_not_null())
            .filter(submission::Column::SentAt.is_null())
            .exec(tx.db())
            .await?;
        if marked.rows_affected > 0 {
            jobs::enqueue(tx, jobs::NewJob::about(CALL_DECISIONS, call.id, tx.now())).await?;
            audit::record(tx, &permit, "call.send_decisions", call.id).await?;
        }
        Ok(marked.rows_affected)
    })
}

/// Tells speakers what was decided, a batch at a time.
pub(crate) async fn run_decisions(store: Store, job: Job) -> Result<Next, StoreError> {
    let id = job.subject()?;
    let done = store.write(id, |tx, id| Box::pin(notify_batch(tx, *id))).await?;
    Ok(if done < jobs::BATCH { Next::Done } else { Next::More })
}

async fn notify_batch(tx: &Tx, call: Uuid) -> Result<u64, StoreError> {
    let rows = submission::Entity::find()
        .filter(submission::Column::CallId.eq(call))
        .filter(submission::Column::Decision.is_not_null())
        .filter(submission::Column::SentAt.is_not_null())
        .order_by_asc(submission::Column::Id)
        .limit(jobs::BATCH)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    let Some(call) = call::Entity::find_by_id(call).one(tx.db()).await? else { return Ok(0) };
    let count = rows.len() as u64;
    for row in rows {
        let Some(decision) = decision_of(&row)? else { continue };
        let known = submission::ActiveModel {
            id: Set(row.id),
            decision: Set(None),
            sent_at: Set(None),
            ..Default::default()
        };
        known.update(tx.db()).await?;
        let before = state_of(&row)?;
        // The speaker may have withdrawn it in between.
        if before.change(decision.change()).is_err() {
            continue;
        }
        save_state(tx, &row, decision.change(), row.decided_by_id.map(MemberId)).await?;
        let what = match decision {
            Decision::Accept => {
                SubmissionEvent::Accepted { confirm_by: row.confirm_by.unwrap_or_else(|| tx.now()) }
            }
            Decision::Reject => SubmissionEvent::Rejected,
        };
        let proposal = proposal::Entity::find_by_id(row.proposal_id).one(tx.db()).await?;
        if let Some(proposal) = proposal {
            notify_speakers(tx, &call, &proposal, &news(&call, &row, what)?).await?;
        }
    }
    Ok(count)
}

/// Asks the speakers a question. The proposal needs an answer before it is complete again.
///
/// # Errors
/// `NotFound` for everybody but the organisers of the call, and for drafts. `Invalid` without a text, `Refused` after the
/// decision.
pub async fn ask_info(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    question: &str,
) -> Result<(), StoreError> {
    let question = check_question(question).map_err(StoreError::Invalid)?;
    verb!(store, |tx, actor, &id, question| {
        let (locked, relation) = lock_sent(tx, actor, id).await?;
        let permit = permit(actor, RunCall, relation)?;
        refuse_own(tx, actor, &locked.proposal).await?;
        let open = open_question(tx, id.0).await?;
        if open.as_ref().is_some_and(|open| open.question == *question) {
            return Ok(());
        }
        save_state(tx, &locked.row, SubmissionChange::AskInfo, permit.by()).await?;
        let new = submission_question::ActiveModel {
            id: Set(new_id()),
            submission_id: Set(id.0),
            asked_by_id: Set(permit.by().map(|by| by.0)),
            question: Set(question.clone()),
            posted_at: Set(tx.now()),
            answer: Set(None),
            answered_at: Set(None),
        };
        new.insert(tx.db()).await?;
        let email = news(&locked.call, &locked.row, SubmissionEvent::InfoNeeded)?;
        notify_speakers(tx, &locked.call, &locked.proposal, &email).await?;
        audit::record(tx, &permit, "proposal.ask", id.0).await
    })
}

/// Nobody decides about a proposal in which they speak, or asks its questions.
async fn refuse_own(tx: &Tx, actor: &Actor, proposal: &proposal::Model) -> Result<(), StoreError> {
    match speaker_relation(tx.db(), actor, proposal).await? {
        SpeakerRelation::Other => Ok(()),
        _ => Err(Refusal::NotAllowed.into()),
    }
}

async fn open_question(tx: &Tx, id: Uuid) -> Result<Option<submission_question::Model>, StoreError> {
    Ok(submission_question::Entity::find()
        .filter(submission_question::Column::SubmissionId.eq(id))
        .filter(submission_question::Column::AnsweredAt.is_null())
        .order_by_desc(submission_question::Column::PostedAt)
        .one(tx.db())
        .await?)
}

/// A speaker answers the questions of the organisers. The answer is about all that are open.
///
/// # Errors
/// `NotFound` for other people's proposals, `Invalid` without a text, `Refused` when nothing was asked.
pub async fn answer_info(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    answer: &str,
) -> Result<(), StoreError> {
    let answer = check_answer(answer).map_err(StoreError::Invalid)?;
    verb!(store, |tx, actor, &id, answer| {
        let (locked, relation) = lock_own(tx, actor, id).await?;
        let permit = permit(actor, EditSubmission, relation)?;
        let Some(open) = open_question(tx, id.0).await? else {
            return Err(Refusal::SubmissionOver.into());
        };
        save_state(tx, &locked.row, SubmissionChange::AnswerInfo, permit.by()).await?;
        let change = submission_question::ActiveModel {
            id: Set(open.id),
            answer: Set(Some(answer.clone())),
            answered_at: Set(Some(tx.now())),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        submission_question::Entity::update_many()
            .set(submission_question::ActiveModel { answered_at: Set(Some(tx.now())), ..Default::default() })
            .filter(submission_question::Column::SubmissionId.eq(id.0))
            .filter(submission_question::Column::AnsweredAt.is_null())
            .exec(tx.db())
            .await?;
        let email = news(&locked.call, &locked.row, SubmissionEvent::Answered)?;
        notify_organiser(tx, &locked.call, permit.by(), &email).await?;
        audit::record(tx, &permit, "proposal.answer", id.0).await
    })
}

/// The accepted proposals whose speakers have three days left to confirm.
pub(crate) async fn due_reminders(store: Store) -> Result<Due, StoreError> {
    let accepted = || {
        submission::Entity::find()
            .filter(submission::Column::State.eq(SubmissionState::Accepted.name()))
            .filter(submission::Column::RemindedAt.is_null())
            .filter(submission::Column::ConfirmBy.is_not_null())
            .order_by_asc(submission::Column::ConfirmBy)
    };
    let subjects = accepted()
        .select_only()
        .column(submission::Column::Id)
        .filter(submission::Column::ConfirmBy.lte(store.now() + REMIND_BEFORE))
        .filter(submission::Column::Id.not_in_subquery(jobs::taken(CONFIRM_REMINDERS)))
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = accepted()
        .filter(submission::Column::ConfirmBy.gt(store.now() + REMIND_BEFORE))
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.and_then(|row| row.confirm_by).map(|until| until - REMIND_BEFORE) })
}

/// Reminds the speakers of a proposal to confirm, once.
pub(crate) async fn run_reminder(store: Store, job: Job) -> Result<Next, StoreError> {
    let id = job.subject()?;
    store.write(id, |tx, id| Box::pin(remind(tx, *id))).await?;
    Ok(Next::Done)
}

async fn remind(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let row = submission::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    let Some(row) = row else { return Ok(()) };
    let Some(confirm_by) = row.confirm_by else { return Ok(()) };
    let is_due = confirm_by - REMIND_BEFORE <= tx.now();
    if state_of(&row)? != SubmissionState::Accepted || row.reminded_at.is_some() || !is_due {
        return Ok(());
    }
    let reminded =
        submission::ActiveModel { id: Set(id), reminded_at: Set(Some(tx.now())), ..Default::default() };
    reminded.update(tx.db()).await?;
    // Somebody with little time to confirm was told so a moment ago.
    if confirm_by <= tx.now() {
        return Ok(());
    }
    let call = call::Entity::find_by_id(row.call_id).one(tx.db()).await?;
    let proposal = proposal::Entity::find_by_id(row.proposal_id).one(tx.db()).await?;
    let (Some(call), Some(proposal)) = (call, proposal) else { return Ok(()) };
    notify_speakers(tx, &call, &proposal, &news(&call, &row, SubmissionEvent::ConfirmSoon { confirm_by })?)
        .await
}
