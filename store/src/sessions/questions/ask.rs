//! Asking a question to the speakers of a session, and deleting one's own.

use domain::{
    Actor, MemberId, Refusal, SessionQuestionId, Slug,
    policy::{
        Own, permit,
        sessions::{AskInSession, SessionRelation, WithdrawSessionQuestion},
    },
    sessions::{SessionQuestionState, may_ask},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{super::rows::seen, page::opens};
use crate::{
    Store, StoreError, audit,
    entities::{session_question, session_question_vote},
    members, secrets,
    write::{create_key, verb},
};

/// Asks a question in a session. The same `key` asks one.
///
/// # Errors
/// `Refused` when questions are closed, and with too many open ones. `NotFound` for hidden and absent sessions.
pub async fn ask(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    text: &str,
    key: &str,
) -> Result<SessionQuestionId, StoreError> {
    verb!(store, |tx, actor, slug, &session, text, key| {
        // Asks the role first, so that visitors and suspended members hear of that.
        let role = permit(actor, AskInSession, SessionRelation::Other)?;
        let me = role.by().ok_or(Refusal::NotAllowed)?;
        // The member's row is the lock behind which their open questions are counted.
        members::lock(tx, me).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = session_question::Entity::find().filter(session_question::Column::CreateKey.eq(key));
            if let Some(same) = same.one(tx.db()).await? {
                return Ok(SessionQuestionId(same.id));
            }
        }
        let found = seen(tx.db(), actor, slug, session).await?;
        let permit = permit(actor, AskInSession, found.relation)?;
        let (starts, ends) = found.times();
        if !opens(tx.db(), found.event.id.0, session).await?.is_open(starts, ends, tx.now()) {
            return Err(Refusal::SessionQuestionsClosed.into());
        }
        let of_session =
            || session_question::Entity::find().filter(session_question::Column::SessionId.eq(session));
        let own_open = of_session()
            .filter(session_question::Column::AskerId.eq(me.0))
            .filter(session_question::Column::State.eq(SessionQuestionState::Open.name()))
            .count(tx.db())
            .await?;
        may_ask(own_open, of_session().count(tx.db()).await?)?;
        let id = secrets::new_id();
        let new = session_question::ActiveModel {
            id: Set(id),
            session_id: Set(session),
            asker_id: Set(me.0),
            text: Set(text.to_owned()),
            state: Set(SessionQuestionState::Open.name().to_owned()),
            votes: Set(1),
            written_at: Set(tx.now()),
            changed_at: Set(tx.now()),
            hidden_at: Set(None),
            create_key: Set(key),
        };
        new.insert(tx.db()).await?;
        audit::record(tx, &permit, "session_question.ask", id).await?;
        Ok(SessionQuestionId(id))
    })
}

/// Deletes the actor's own question with its votes. Deleting it again changes nothing.
///
/// # Errors
/// `NotFound` for questions of others, and while a report hides it.
pub async fn withdraw(store: &Store, actor: &Actor, id: SessionQuestionId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let permit = permit(actor, WithdrawSessionQuestion, Own)?;
        let row = session_question::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
        let Some(row) = row else { return Ok(()) };
        if permit.by() != Some(MemberId(row.asker_id)) || row.hidden_at.is_some() {
            return Err(StoreError::NotFound);
        }
        session_question_vote::Entity::delete_many()
            .filter(session_question_vote::Column::QuestionId.eq(id.0))
            .exec(tx.db())
            .await?;
        session_question::Entity::delete_by_id(id.0).exec(tx.db()).await?;
        audit::record(tx, &permit, "session_question.withdraw", id.0).await
    })
}
