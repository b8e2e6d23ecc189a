//! Picking a question, walking away from it, and closing it.

use domain::{
    Actor, MemberId, QuestionId, Refusal,
    emails::QuestionEvent,
    policy::{
        Includes, Permit, permit,
        questions::{LeaveQuestion, PickQuestion, QuestionRelation, SaveQuestionState, SettleQuestion},
    },
    questions::{QUESTION_TIME, QuestionChange, QuestionState},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::rows::{locked, state_of, tell};
use crate::{
    Store, StoreError, audit,
    entities::mentor_question,
    members,
    write::{Tx, verb},
};

/// Changes a question: a mentor picks it or walks away, or its author puts it back, closes or withdraws it. The same
/// change again changes nothing.
///
/// # Errors
/// `NotFound` for people who can't know of it. `Refused` when another mentor was faster, when it is closed, or when
/// the mentor answers another question.
pub async fn change(
    store: &Store,
    actor: &Actor,
    id: QuestionId,
    change: QuestionChange,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &change| {
        let me = actor.member().ok_or(Refusal::SignInFirst)?;
        if change == QuestionChange::Pick {
            // The mentor's row is the lock behind which their questions are counted.
            members::lock(tx, me).await?;
        }
        let (row, relation) = locked(tx, actor, id).await?;
        match change {
            QuestionChange::Pick => {
                let permit = permit(actor, PickQuestion, relation)?;
                pick(tx, &permit, &row, me).await
            }
            QuestionChange::WalkAway => {
                // Walking away twice is no mistake: the mentor is a teacher like others by then.
                if relation == QuestionRelation::Teacher && row.state == QuestionState::Waiting.name() {
                    return Ok(());
                }
                let permit = permit(actor, LeaveQuestion, relation)?;
                settle(tx, &permit, &row, change).await
            }
            QuestionChange::PutBack | QuestionChange::Close | QuestionChange::Withdraw => {
                let permit = permit(actor, SettleQuestion, relation)?;
                settle(tx, &permit, &row, change).await
            }
        }
    })
}

async fn pick(
    tx: &Tx,
    permit: &Permit<PickQuestion>,
    row: &mentor_question::Model,
    me: MemberId,
) -> Result<(), StoreError> {
    let state = state_of(row)?;
    if state == QuestionState::Picked && row.mentor_id == Some(me.0) {
        return Ok(());
    }
    let state = state.change(QuestionChange::Pick)?;
    let others = mentor_question::Entity::find()
        .filter(mentor_question::Column::MentorId.eq(me.0))
        .filter(mentor_question::Column::State.eq(QuestionState::Picked.name()))
        .count(tx.db())
        .await?;
    if others > 0 {
        return Err(Refusal::OneQuestionAtATime.into());
    }
    let picked = mentor_question::ActiveModel {
        id: Set(row.id),
        mentor_id: Set(Some(me.0)),
        picks: Set(row.picks + 1),
        expires_at: Set(tx.now() + QUESTION_TIME),
        ..columns(tx, state)
    };
    picked.update(tx.db()).await?;
    tell(tx, row, row.asker_id, Some(me.0), QuestionEvent::Picked).await?;
    audit::record(tx, permit, "question.pick", row.id).await
}

/// The columns that follow from a state.
fn columns(tx: &Tx, state: QuestionState) -> mentor_question::ActiveModel {
    mentor_question::ActiveModel {
        state: Set(state.name().to_owned()),
        settled_at: Set((!state.is_open()).then(|| tx.now())),
        // An answered question stays with its mentor.
        mentor_id: match state {
            QuestionState::Waiting | QuestionState::Withdrawn => Set(None),
            QuestionState::Picked | QuestionState::Answered | QuestionState::Expired => NotSet,
        },
        ..Default::default()
    }
}

async fn settle<A: Includes<SaveQuestionState>>(
    tx: &Tx,
    permit: &Permit<A>,
    row: &mentor_question::Model,
    change: QuestionChange,
) -> Result<(), StoreError> {
    let before = state_of(row)?;
    let after = before.change(change)?;
    if before == after {
        return Ok(());
    }
    save(tx, row, after, &permit.step()).await?;
    let mentor = row.mentor_id.map(MemberId);
    match (change, mentor) {
        (QuestionChange::WalkAway, _) => {
            tell(tx, row, row.asker_id, None, QuestionEvent::Requeued).await?;
        }
        (QuestionChange::Close, Some(mentor)) => {
            tell(tx, row, mentor.0, Some(row.asker_id), QuestionEvent::Answered).await?;
        }
        (QuestionChange::PutBack | QuestionChange::Withdraw, Some(mentor)) => {
            tell(tx, row, mentor.0, Some(row.asker_id), QuestionEvent::Released).await?;
        }
        (QuestionChange::Pick | QuestionChange::Close, _)
        | (QuestionChange::PutBack | QuestionChange::Withdraw, None) => {}
    }
    let action = match change {
        QuestionChange::Pick => "question.pick",
        QuestionChange::WalkAway => "question.walk_away",
        QuestionChange::PutBack => "question.put_back",
        QuestionChange::Close => "question.close",
        QuestionChange::Withdraw => "question.withdraw",
    };
    audit::record(tx, permit, action, row.id).await
}

/// Saves a state that the author or the mentor of a question chose.
async fn save(
    tx: &Tx,
    row: &mentor_question::Model,
    state: QuestionState,
    _permit: &Permit<SaveQuestionState>,
) -> Result<(), StoreError> {
    let change = mentor_question::ActiveModel { id: Set(row.id), ..columns(tx, state) };
    change.update(tx.db()).await?;
    Ok(())
}

/// Puts questions between two members back into the queue, because one blocked the other. Nobody is told. All their
/// open questions are locked first, so that a pick in the same moment is seen here or sees the block.
pub(crate) async fn release_between(tx: &Tx, one: MemberId, other: MemberId) -> Result<(), StoreError> {
    let rows = mentor_question::Entity::find()
        .filter(mentor_question::Column::AskerId.is_in([one.0, other.0]))
        .filter(mentor_question::Column::State.is_in(super::ask::OPEN.map(QuestionState::name)))
        .order_by_asc(mentor_question::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    for row in rows.iter().filter(|row| [Some(one.0), Some(other.0)].contains(&row.mentor_id)) {
        release(tx, row).await?;
    }
    Ok(())
}

/// Prepares the erasure of a member: the questions that they picked go back into the queue.
pub(crate) async fn forget(tx: &Tx, erased: MemberId) -> Result<(), StoreError> {
    let rows = mentor_question::Entity::find()
        .filter(
            Condition::all()
                .add(mentor_question::Column::MentorId.eq(erased.0))
                .add(mentor_question::Column::State.eq(QuestionState::Picked.name())),
        )
        .order_by_asc(mentor_question::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    for row in rows {
        release(tx, &row).await?;
        tell(tx, &row, row.asker_id, None, QuestionEvent::Requeued).await?;
    }
    Ok(())
}

async fn release(tx: &Tx, row: &mentor_question::Model) -> Result<(), StoreError> {
    let change = mentor_question::ActiveModel { id: Set(row.id), ..columns(tx, QuestionState::Waiting) };
    change.update(tx.db()).await?;
    Ok(())
}
