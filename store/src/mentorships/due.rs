//! The job of a mentorship: the nudge and the question of the first days (M15), check-ins (M18), the end of the term,
//! and the release of feedback (M21).

use domain::{emails::PairEvent, mentoring::SignUpRole, mentorships::Due as DueNow};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    check_ins::ask,
    finish::{news, release},
    pair::{lock, whole},
    rows::{schedule, timeline},
};
use crate::{
    Store, StoreError,
    entities::mentorship,
    jobs::{self, Due, Job, Next},
    write::Tx,
};

/// The kind of job that looks after a mentorship.
pub const MENTORSHIP: &str = "mentorship";

/// The mentorships in which something falls due.
pub(crate) async fn due_mentorships(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let subjects = mentorship::Entity::find()
        .select_only()
        .column(mentorship::Column::Id)
        .filter(mentorship::Column::DueAt.lte(now))
        .filter(mentorship::Column::Id.not_in_subquery(jobs::taken(MENTORSHIP)))
        .order_by_asc(mentorship::Column::DueAt)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = mentorship::Entity::find()
        .filter(mentorship::Column::DueAt.gt(now))
        .order_by_asc(mentorship::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.and_then(|row| row.due_at) })
}

/// Does what is due in a mentorship.
pub(crate) async fn run_mentorship(store: Store, job: Job) -> Result<Next, StoreError> {
    let id = job.subject()?;
    store.write(id, |tx, id| Box::pin(one(tx, *id))).await?;
    Ok(Next::Done)
}

async fn one(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let Some(row) = lock(tx, id).await? else { return Ok(()) };
    let due = timeline(tx.db(), &row, tx.now()).await?.due(tx.now());
    let pair = whole(tx.db(), row, SignUpRole::Mentee).await?;
    let mut told = mentorship::ActiveModel { id: Set(id), ..Default::default() };
    for due in due {
        match due {
            DueNow::Nudge => {
                told.nudged_at = Set(Some(tx.now()));
                for side in SignUpRole::ALL {
                    news(tx, &pair, *side, PairEvent::Quiet).await?;
                }
            }
            DueNow::TermOver => {
                told.term_told_at = Set(Some(tx.now()));
                for side in SignUpRole::ALL {
                    news(tx, &pair, *side, PairEvent::TermOver).await?;
                }
            }
            DueNow::Ask(kind) => ask(tx, &pair, kind).await?,
            DueNow::ReleaseFeedback => release(tx, &pair).await?,
        }
    }
    if told.is_changed() {
        told.update(tx.db()).await?;
    }
    schedule(tx, id).await
}
