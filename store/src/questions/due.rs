//! The job that closes questions when their time is over.

use domain::{emails::QuestionEvent, questions::QuestionState};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    ask::OPEN,
    rows::{state_of, tell},
};
use crate::{
    Store, StoreError,
    entities::{mentor_question, mentor_question_reply},
    jobs::{self, Due, Job, Next},
    write::Tx,
};

/// The kind of job that closes questions when their time is over.
pub const QUESTIONS: &str = "question";

/// The questions whose time is over.
pub(crate) async fn due_questions(store: Store) -> Result<Due, StoreError> {
    let open = || {
        mentor_question::Entity::find()
            .filter(mentor_question::Column::State.is_in(OPEN.map(QuestionState::name)))
            .order_by_asc(mentor_question::Column::ExpiresAt)
    };
    let subjects = open()
        .select_only()
        .column(mentor_question::Column::Id)
        .filter(mentor_question::Column::ExpiresAt.lte(store.now()))
        .filter(mentor_question::Column::Id.not_in_subquery(jobs::taken(QUESTIONS)))
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = open().filter(mentor_question::Column::ExpiresAt.gt(store.now())).one(store.db()).await?;
    Ok(Due { subjects, next: next.map(|row| row.expires_at) })
}

/// Closes a question whose time is over.
pub(crate) async fn run_question(store: Store, job: Job) -> Result<Next, StoreError> {
    let id = job.subject()?;
    store.write(id, |tx, id| Box::pin(close(tx, *id))).await?;
    Ok(Next::Done)
}

/// A question to which its mentor replied counts as answered. Every other one expires, and its author is told.
async fn close(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let row = mentor_question::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    // The member who asked was erased.
    let Some(row) = row else { return Ok(()) };
    if !state_of(&row)?.is_open() || row.expires_at > tx.now() {
        return Ok(());
    }
    let replies = match (state_of(&row)?, row.mentor_id) {
        (QuestionState::Picked, Some(mentor)) => {
            mentor_question_reply::Entity::find()
                .filter(mentor_question_reply::Column::QuestionId.eq(id))
                .filter(mentor_question_reply::Column::Pick.eq(row.picks))
                .filter(mentor_question_reply::Column::AuthorId.eq(mentor))
                .count(tx.db())
                .await?
        }
        _ => 0,
    };
    let state = if replies > 0 { QuestionState::Answered } else { QuestionState::Expired };
    let change = mentor_question::ActiveModel {
        id: Set(id),
        state: Set(state.name().to_owned()),
        settled_at: Set(Some(tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    if state == QuestionState::Expired {
        tell(tx, &row, row.asker_id, None, QuestionEvent::Expired).await?;
    }
    Ok(())
}
