//! The job that tells everybody who signed up for a round that it was cancelled.

use domain::{
    MemberId, Role,
    emails::{Email, RoundCancelled},
    mentoring::{RoundState, SignUpState},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{member, mentoring_programme, mentoring_round, mentoring_sign_up},
    jobs::{self, Job, Next},
    members, outbox,
    write::{Tx, verb},
};

/// The kind of job that sends these emails.
pub(crate) const CANCELLED: &str = "mentoring_cancelled";

/// Emails the next batch of people.
pub(crate) async fn run_cancelled(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| { next_batch(tx, job).await })
}

async fn next_batch(tx: &Tx, job: &Job) -> Result<Next, StoreError> {
    let round = mentoring_round::Entity::find_by_id(job.subject()?)
        .find_also_related(mentoring_programme::Entity)
        .one(tx.db())
        .await?;
    let Some((round, Some(programme))) = round else { return Ok(Next::Done) };
    if round.state != RoundState::Cancelled.name() {
        return Ok(Next::Done);
    }
    let (after, mut sent): (Uuid, u64) =
        serde_json::from_value::<Option<_>>(job.payload.clone())?.unwrap_or_default();
    let rows = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(round.id))
        .filter(mentoring_sign_up::Column::State.ne(SignUpState::Withdrawn.name()))
        .filter(mentoring_sign_up::Column::Id.gt(after))
        .find_also_related(member::Entity)
        .order_by_asc(mentoring_sign_up::Column::Id)
        .limit(jobs::BATCH)
        .all(tx.db())
        .await?;
    let last = rows.last().map(|(row, _)| row.id).filter(|_| rows.len() as u64 == jobs::BATCH);
    let email = Email::from(RoundCancelled { programme: programme.name, round: round.name });
    for person in rows.into_iter().filter_map(|(_, person)| person) {
        let to = members::recipient(&person).filter(|_| person.role != Role::Suspended.name());
        if let Some(to) = to {
            outbox::post(tx, Some(MemberId(person.id)), &to, &email).await?;
            sent += 1;
        }
    }
    let position = last.map_or(Ok(Value::Null), |last| serde_json::to_value((last, sent)))?;
    jobs::checkpoint(tx, job, &position, sent, None).await?;
    Ok(if last.is_some() { Next::More } else { Next::Done })
}
