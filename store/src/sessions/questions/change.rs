//! Voting for a question, hiding and answering it, and opening and closing the questions of a session.

use domain::{
    Actor, MemberId, Refusal, SessionQuestionId, Slug,
    policy::{
        events::EditEvent,
        permit,
        sessions::{AskInSession, ModerateSessionQuestions, SessionRelation},
    },
    sessions::{QuestionChange, QuestionsOpen, SessionQuestionState},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    super::rows::{SeenSession, seen},
    page::opens,
    visibility::seen_by,
};
use crate::{
    Store, StoreError, audit,
    entities::{session_question, session_question_vote, session_questions_open},
    events, secrets,
    write::{Tx, verb},
};

/// A question behind its lock, if it belongs to this session and the actor sees it.
async fn locked(
    tx: &Tx,
    actor: &Actor,
    found: &SeenSession,
    id: SessionQuestionId,
) -> Result<session_question::Model, StoreError> {
    session_question::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    let moderates = permit(actor, ModerateSessionQuestions, found.relation).is_ok();
    let row = session_question::Entity::find_by_id(id.0)
        .filter(session_question::Column::SessionId.eq(found.row.id))
        .filter(seen_by(actor, moderates))
        .one(tx.db())
        .await?;
    row.ok_or(StoreError::NotFound)
}

/// Says that the actor wants an answer too, or no longer. The same again changes nothing.
///
/// # Errors
/// `Refused` when the question was answered or hidden, and when questions are closed. `NotFound` for hidden and absent
/// questions.
pub async fn vote(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    id: SessionQuestionId,
    wanted: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &id, &wanted| {
        // Asks the role first, so that visitors and suspended members hear of that.
        let _role = permit(actor, AskInSession, SessionRelation::Other)?;
        let found = seen(tx.db(), actor, slug, session).await?;
        let row = locked(tx, actor, &found, id).await?;
        let permit = permit(actor, AskInSession, found.relation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        if me == MemberId(row.asker_id) {
            // Its author counts anyway.
            return Ok(());
        }
        let (starts, ends) = found.times();
        let is_open = opens(tx.db(), found.event.id.0, session).await?.is_open(starts, ends, tx.now());
        if !is_open || row.state != SessionQuestionState::Open.name() {
            return Err(Refusal::SessionQuestionsClosed.into());
        }
        let existing = session_question_vote::Entity::find_by_id((id.0, me.0)).one(tx.db()).await?;
        if existing.is_some() == wanted {
            return Ok(());
        }
        if wanted {
            let new = session_question_vote::ActiveModel {
                question_id: Set(id.0),
                member_id: Set(me.0),
                since: Set(tx.now()),
            };
            new.insert(tx.db()).await?;
        } else {
            session_question_vote::Entity::delete_by_id((id.0, me.0)).exec(tx.db()).await?;
        }
        let change = session_question::ActiveModel {
            id: Set(id.0),
            votes: Set(row.votes + if wanted { 1 } else { -1 }),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        let action = if wanted { "session_question.vote" } else { "session_question.unvote" };
        audit::record(tx, &permit, action, id.0).await
    })
}

/// A speaker or an organiser marks a question as answered, hides it, or puts it back. The same again changes nothing.
///
/// # Errors
/// `Refused` for everybody else. `NotFound` for hidden and absent questions.
pub async fn change_question(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    id: SessionQuestionId,
    change: QuestionChange,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &id, &change| {
        let found = seen(tx.db(), actor, slug, session).await?;
        let permit = permit(actor, ModerateSessionQuestions, found.relation)?;
        let row = locked(tx, actor, &found, id).await?;
        let state = change.state();
        if row.state == state.name() {
            return Ok(());
        }
        let new = session_question::ActiveModel {
            id: Set(id.0),
            state: Set(state.name().to_owned()),
            changed_at: Set(tx.now()),
            ..Default::default()
        };
        new.update(tx.db()).await?;
        let action = match change {
            QuestionChange::Answer => "session_question.answer",
            QuestionChange::Hide => "session_question.remove",
            QuestionChange::Reopen => "session_question.reopen",
        };
        audit::record(tx, &permit, action, id.0).await
    })
}

/// Says when members can ask questions in a session, or with `everywhere` in all sessions of its event.
///
/// # Errors
/// `Refused` for everybody but speakers and organisers, and for speakers who decide for all sessions. `NotFound` for
/// hidden and absent sessions.
pub async fn set_open(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    open: QuestionsOpen,
    everywhere: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &open, &everywhere| {
        // The lock of the event, so that two forms at once leave one row.
        let (event, _) = events::lock(tx, actor, slug).await?;
        let found = seen(tx.db(), actor, slug, session).await?;
        let by = permit(actor, ModerateSessionQuestions, found.relation)?;
        if everywhere {
            let _all = permit(actor, EditEvent, events::relation(tx.db(), actor, &event).await?)?;
        } else if opens(tx.db(), event.id.0, session).await? == open {
            return Ok(());
        }
        let rows = session_questions_open::Entity::delete_many()
            .filter(session_questions_open::Column::EventId.eq(event.id.0));
        let rows = match everywhere {
            true => rows,
            false => rows.filter(session_questions_open::Column::SessionId.eq(session)),
        };
        rows.exec(tx.db()).await?;
        let new = session_questions_open::ActiveModel {
            id: Set(secrets::new_id()),
            event_id: Set(event.id.0),
            session_id: Set((!everywhere).then_some(session)),
            open: Set(open.name().to_owned()),
        };
        new.insert(tx.db()).await?;
        audit::record(tx, &by, "session_question.set_open", event.id.0).await
    })
}

/// Prepares the erasure of a member: the questions that they voted for count one vote less.
pub(crate) async fn forget(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    let voted = session_question_vote::Entity::find()
        .select_only()
        .column(session_question_vote::Column::QuestionId)
        .filter(session_question_vote::Column::MemberId.eq(member.0))
        .into_query();
    session_question::Entity::update_many()
        .col_expr(session_question::Column::Votes, Expr::col(session_question::Column::Votes).sub(1))
        .filter(session_question::Column::Id.in_subquery(voted))
        .exec(tx.db())
        .await?;
    Ok(())
}
