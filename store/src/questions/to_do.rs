//! Questions that wait for the reader, for the to-do list on the home page: a picked one without a reply of the mentor,
//! and one with a reply that its author has not answered.

use domain::{Actor, MemberId, QuestionId, questions::QuestionState};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    blocks::between,
    entities::{mentor_question, mentor_question_reply},
    members,
};

/// A question that waits for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionToDo {
    /// The question.
    pub id: QuestionId,
    /// Whether the reader is the mentor.
    pub is_mentor: bool,
    /// Name of the other one.
    pub partner: String,
}

/// The questions that wait for the reader. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn to_do(store: &Store, actor: &Actor) -> Result<Vec<QuestionToDo>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let db = store.db();
    let rows = mentor_question::Entity::find()
        .filter(mentor_question::Column::State.eq(QuestionState::Picked.name()))
        .filter(
            Condition::any()
                .add(mentor_question::Column::AskerId.eq(me.0))
                .add(mentor_question::Column::MentorId.eq(me.0)),
        )
        .order_by_asc(mentor_question::Column::ExpiresAt)
        .limit(10)
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let is_mentor = row.mentor_id == Some(me.0);
        let Some(other) = (if is_mentor { Some(row.asker_id) } else { row.mentor_id }) else { continue };
        let last: Option<Uuid> = mentor_question_reply::Entity::find()
            .select_only()
            .column(mentor_question_reply::Column::AuthorId)
            .filter(mentor_question_reply::Column::QuestionId.eq(row.id))
            .filter(mentor_question_reply::Column::Pick.eq(row.picks))
            .order_by_desc(mentor_question_reply::Column::WrittenAt)
            .order_by_desc(mentor_question_reply::Column::Id)
            .into_tuple()
            .one(db)
            .await?;
        let waits = match last {
            None => is_mentor,
            Some(author) => author != me.0,
        };
        if waits && !between(db, me, MemberId(other)).await? {
            let partner = members::load(db, MemberId(other)).await?.shown_name();
            found.push(QuestionToDo { id: QuestionId(row.id), is_mentor, partner });
        }
    }
    Ok(found)
}
