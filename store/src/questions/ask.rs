//! Asking a question.

use domain::{
    Actor, Problem, QuestionId, Refusal,
    policy::{NoRelation, permit, questions::AskQuestion},
    questions::{MAX_OPEN_QUESTIONS, QUESTION_TIME, Question, QuestionState},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use crate::{
    Store, StoreError, audit,
    entities::{mentor_question, topic},
    members,
    secrets::new_id,
    write::{create_key, verb},
};

/// The states in which a question counts as open.
pub(super) const OPEN: [QuestionState; 2] = [QuestionState::Waiting, QuestionState::Picked];

/// Asks a question. The same `key` asks once.
///
/// # Errors
/// `Invalid` for a topic that is not offered, `Refused` with three open questions.
pub async fn ask(
    store: &Store,
    actor: &Actor,
    question: Question,
    key: &str,
) -> Result<QuestionId, StoreError> {
    verb!(store, |tx, actor, question, key| {
        let permit = permit(actor, AskQuestion, NoRelation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        // The member's row is the lock behind which open questions are counted.
        members::lock(tx, me).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = mentor_question::Entity::find().filter(mentor_question::Column::CreateKey.eq(key));
            if let Some(same) = same.one(tx.db()).await? {
                return Ok(QuestionId(same.id));
            }
        }
        let topic = topic::Entity::find()
            .filter(topic::Column::Slug.eq(question.topic.as_str()))
            .filter(topic::Column::RetiredAt.is_null())
            .one(tx.db())
            .await?;
        let wrong = || StoreError::Invalid(vec![Problem { field: "topic".into(), why: Refusal::BadChoice }]);
        let topic = topic.ok_or_else(wrong)?;
        let open = mentor_question::Entity::find()
            .filter(mentor_question::Column::AskerId.eq(me.0))
            .filter(mentor_question::Column::State.is_in(OPEN.map(QuestionState::name)))
            .count(tx.db())
            .await?;
        if open >= MAX_OPEN_QUESTIONS {
            let max = i64::try_from(MAX_OPEN_QUESTIONS).unwrap_or(i64::MAX);
            return Err(Refusal::TooManyQuestions { max }.into());
        }
        let id = new_id();
        let row = mentor_question::ActiveModel {
            id: Set(id),
            asker_id: Set(me.0),
            mentor_id: Set(None),
            topic_id: Set(topic.id),
            text: Set(question.text.clone()),
            free: Set(question.free.clone()),
            state: Set(QuestionState::Waiting.name().to_owned()),
            picks: Set(0),
            posted_at: Set(tx.now()),
            expires_at: Set(tx.now() + QUESTION_TIME),
            settled_at: Set(None),
            create_key: Set(key),
        };
        row.insert(tx.db()).await?;
        audit::record(tx, &permit, "question.ask", id).await?;
        Ok(QuestionId(id))
    })
}
