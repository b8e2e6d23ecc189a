//! The jobs of a round's sign-up: it closes on time, and two days before, everybody gets an email with what we have
//! about them (M5).

use chrono::Duration;
use domain::{
    MemberId,
    emails::{self, Email},
    mentoring::{ChangedBy, RoundChange, RoundState, SignUp, SignUpState},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    rounds::save_step,
    rows::{round_state, slug},
    sign_ups::{complete, complete_all},
};
use crate::{
    Store, StoreError,
    entities::{member, mentoring_programme, mentoring_round, mentoring_sign_up},
    jobs::{self, Due, Job, Next},
    members, outbox,
    write::Tx,
};

/// The kind of job that closes sign-up.
pub(crate) const CLOSE: &str = "mentoring_close";
/// The kind of job that emails what we have about the people of a round.
pub(crate) const REVIEW: &str = "mentoring_review";
/// How long before sign-up closes that email is sent.
const LEAD: Duration = Duration::days(2);

/// Open rounds whose sign-up is over.
pub(crate) async fn due_to_close(store: Store) -> Result<Due, StoreError> {
    due(&store, CLOSE, Duration::zero(), false).await
}

/// Open rounds whose people were not emailed yet.
pub(crate) async fn due_reviews(store: Store) -> Result<Due, StoreError> {
    due(&store, REVIEW, LEAD, true).await
}

async fn due(store: &Store, kind: &'static str, lead: Duration, is_review: bool) -> Result<Due, StoreError> {
    let closes = mentoring_round::Column::SignUpClosesAt;
    let now = store.now();
    let open = || {
        let open = mentoring_round::Entity::find()
            .filter(mentoring_round::Column::State.eq(RoundState::Open.name()));
        match is_review {
            true => open.filter(mentoring_round::Column::ReviewSentAt.is_null()).filter(closes.gt(now)),
            false => open,
        }
    };
    let subjects = open()
        .select_only()
        .column(mentoring_round::Column::Id)
        .filter(closes.lte(now + lead))
        .filter(mentoring_round::Column::Id.not_in_subquery(jobs::taken(kind)))
        .order_by_asc(closes)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = open().filter(closes.gt(now + lead)).order_by_asc(closes).one(store.db()).await?;
    Ok(Due { subjects, next: next.map(|row| row.sign_up_closes_at - lead) })
}

/// Closes the sign-up of a round.
pub(crate) async fn run_close(store: Store, job: Job) -> Result<Next, StoreError> {
    store.write(job, |tx, job| Box::pin(close(tx, job))).await
}

async fn lock(tx: &Tx, job: &Job) -> Result<Option<mentoring_round::Model>, StoreError> {
    let row = mentoring_round::Entity::find_by_id(job.subject()?).lock_exclusive().one(tx.db()).await?;
    Ok(row.filter(|row| row.state == RoundState::Open.name()))
}

async fn close(tx: &Tx, job: &Job) -> Result<Next, StoreError> {
    if let Some(row) = lock(tx, job).await?.filter(|row| row.sign_up_closes_at <= tx.now()) {
        let step = round_state(&row)?.step(RoundChange::Close, ChangedBy::Clock)?;
        save_step(tx, &row, step).await?;
    }
    Ok(Next::Done)
}

/// Emails the next batch of people.
pub(crate) async fn run_review(store: Store, job: Job) -> Result<Next, StoreError> {
    store.write(job, |tx, job| Box::pin(review(tx, job))).await
}

/// How far the emails of a round have come.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Position {
    after: Uuid,
    sent: u64,
}

async fn review(tx: &Tx, job: &Job) -> Result<Next, StoreError> {
    let Some(round) = lock(tx, job).await? else { return Ok(Next::Done) };
    if round.review_sent_at.is_some() || round.sign_up_closes_at <= tx.now() {
        return Ok(Next::Done);
    }
    let programme = mentoring_programme::Entity::find_by_id(round.programme_id).one(tx.db()).await?;
    let programme = programme.ok_or(StoreError::NotFound)?;
    let mut position = serde_json::from_value::<Option<Position>>(job.payload.clone())?.unwrap_or_default();
    let rows = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(round.id))
        .filter(mentoring_sign_up::Column::State.ne(SignUpState::Withdrawn.name()))
        .filter(mentoring_sign_up::Column::Id.gt(position.after))
        .find_also_related(member::Entity)
        .order_by_asc(mentoring_sign_up::Column::Id)
        .limit(jobs::BATCH)
        .all(tx.db())
        .await?;
    let more = rows.len() as u64 == jobs::BATCH;
    let (rows, authors): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let sign_ups = complete_all(tx.db(), rows).await?;
    for (sign_up, author) in sign_ups.into_iter().zip(authors) {
        position.after = sign_up.id.0;
        let Some(author) = author.filter(|author| author.role != domain::Role::Suspended.name()) else {
            continue;
        };
        let Some(to) = members::recipient(&author) else { continue };
        outbox::post(tx, Some(MemberId(author.id)), &to, &email(&programme, &round, sign_up)?).await?;
        position.sent += 1;
    }
    jobs::checkpoint(tx, job, &serde_json::to_value(&position)?, position.sent, None).await?;
    if more {
        return Ok(Next::More);
    }
    let change = mentoring_round::ActiveModel {
        id: Set(round.id),
        review_sent_at: Set(Some(tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(Next::Done)
}

/// The email with what we have about the author of a sign-up.
fn email(
    programme: &mentoring_programme::Model,
    round: &mentoring_round::Model,
    sign_up: SignUp,
) -> Result<Email, StoreError> {
    Ok(Email::from(emails::SignUpReview {
        programme: programme.name.clone(),
        round: slug(&round.slug, round.id)?,
        role: sign_up.role,
        is_sent: sign_up.state == SignUpState::Submitted,
        topics: sign_up.topics.into_iter().map(|chosen| chosen.topic.name).collect(),
        hours: sign_up.week.count(),
        closes_at: round.sign_up_closes_at,
    }))
}

/// Emails one author what we have about them, because a coordinator entered it.
pub(super) async fn tell(tx: &Tx, round: &mentoring_round::Model, sign_up: Uuid) -> Result<(), StoreError> {
    let row =
        mentoring_sign_up::Entity::find_by_id(sign_up).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
    let programme = mentoring_programme::Entity::find_by_id(round.programme_id).one(tx.db()).await?;
    let author = members::load(tx.db(), MemberId(row.member_id)).await?;
    let Some(to) = members::recipient(&author) else { return Ok(()) };
    let sign_up = complete(tx.db(), row).await?;
    let email = email(&programme.ok_or(StoreError::NotFound)?, round, sign_up)?;
    outbox::post(tx, Some(MemberId(author.id)), &to, &email).await
}
