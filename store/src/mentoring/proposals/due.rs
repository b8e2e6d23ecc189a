//! Reminders on day 3 and 6, and the end of a proposal on day 7 (M10, M13).

use domain::{
    Instant, ProposalId,
    emails::{self, Email, EndedBecause},
    mentoring::{ANSWER_TIME, Answer, ProposalState, REMIND_AFTER, SignUpRole},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

use super::{
    answer::{answers, locked},
    settle::{Both, both, come_first, count_missed, end, tell_ended},
};
use crate::{
    Store, StoreError,
    blocks::between,
    entities::mentoring_proposal,
    jobs::{self, Due, Job, Next},
    outbox,
    write::Tx,
};

/// The kind of job that reminds of a proposal, and ends it.
pub const PROPOSALS: &str = "mentoring_proposal";

fn pending() -> Select<mentoring_proposal::Entity> {
    mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
}

/// The proposals with a reminder that is due, and those that nobody answered in time.
pub(crate) async fn due_proposals(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let mut due = Condition::any().add(mentoring_proposal::Column::ExpiresAt.lte(now));
    for (sent, after) in (0_i32..).zip(REMIND_AFTER) {
        let reminder = Condition::all()
            .add(mentoring_proposal::Column::RemindersSent.lte(sent))
            .add(mentoring_proposal::Column::ProposedAt.lte(now - after));
        due = due.add(reminder);
    }
    let subjects = pending()
        .select_only()
        .column(mentoring_proposal::Column::Id)
        .filter(due)
        .filter(mentoring_proposal::Column::Id.not_in_subquery(jobs::taken(PROPOSALS)))
        .order_by_asc(mentoring_proposal::Column::ExpiresAt)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let mut next: Option<Instant> = None;
    for after in REMIND_AFTER.into_iter().chain([ANSWER_TIME]) {
        let first = pending()
            .filter(mentoring_proposal::Column::ProposedAt.gt(now - after))
            .order_by_asc(mentoring_proposal::Column::ProposedAt)
            .one(store.db())
            .await?;
        next = first.map(|row| row.proposed_at + after).into_iter().chain(next).min();
    }
    Ok(Due { subjects, next })
}

/// Reminds of a proposal, or ends it.
pub(crate) async fn run_proposals(store: Store, job: Job) -> Result<Next, StoreError> {
    let id = ProposalId(job.subject()?);
    store.write(id, |tx, id| Box::pin(one(tx, *id))).await?;
    Ok(Next::Done)
}

async fn one(tx: &Tx, id: ProposalId) -> Result<(), StoreError> {
    let row = match locked(tx, id).await {
        Ok(row) => row,
        // The member was erased.
        Err(StoreError::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let proposal = answers(&row)?;
    if proposal.state != ProposalState::Pending {
        return Ok(());
    }
    let both = both(tx.db(), &row).await?;
    // Somebody blocked the other one while the proposal was sent. No email may name one of them to the other.
    if between(tx.db(), both.mentee.member_id(), both.mentor.member_id()).await? {
        end(tx, &row, ProposalState::Withdrawn).await?;
        return come_first(tx, row.mentee_id).await;
    }
    if tx.now() >= proposal.expires_at {
        return expire(tx, &row, &both).await;
    }
    let due = proposal.reminders_due(tx.now());
    if usize::try_from(row.reminders_sent).unwrap_or(0) >= due {
        return Ok(());
    }
    let change = mentoring_proposal::ActiveModel {
        id: Set(row.id),
        reminders_sent: Set(i32::try_from(due).unwrap_or(i32::MAX)),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    for side in proposal.silent() {
        let Some(to) = both.of(side).recipient() else { continue };
        let email = Email::from(emails::ProposalReminder {
            facts: emails::ProposalFacts {
                proposal: id,
                programme: both.programme.clone(),
                partner: both.partner_of(side).name(),
                until: proposal.expires_at,
            },
            is_mentee: side == SignUpRole::Mentee,
        });
        outbox::post(tx, Some(both.of(side).member_id()), &to, &email).await?;
    }
    Ok(())
}

/// Ends a proposal that was not answered. The silent side is counted, the mentee comes first in the next run, and
/// both are told.
async fn expire(tx: &Tx, row: &mentoring_proposal::Model, both: &Both) -> Result<(), StoreError> {
    if !end(tx, row, ProposalState::Expired).await? {
        return Ok(());
    }
    let proposal = answers(row)?;
    for side in SignUpRole::ALL {
        match proposal.of(*side) {
            None => count_missed(tx, both, *side).await?,
            Some(Answer::Accept | Answer::Decline) => {}
        }
        tell_ended(tx, both, *side, EndedBecause::Expired).await?;
    }
    if proposal.mentee.is_some() {
        come_first(tx, row.mentee_id).await?;
    }
    Ok(())
}
