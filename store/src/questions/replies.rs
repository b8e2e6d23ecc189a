//! The page of a question, and the conversation about it.

use std::collections::HashSet;

use chrono::Duration;
use domain::{
    Actor, Instant, MemberId, QuestionId, Refusal,
    emails::QuestionEvent,
    members::Named,
    policy::{
        permit,
        questions::{QuestionRelation, ReadReplies, ReplyToQuestion, SeeQuestion},
    },
    questions::{MAX_REPLIES_PER_HOUR, QuestionState},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::rows::{locked, named, relation, state_of, tell};
use crate::{
    Store, StoreError, blocks,
    entities::{mentor_question, mentor_question_reply, topic},
    members,
    secrets::new_id,
    write::{create_key, verb},
};

/// The most replies on a page.
const MAX_SHOWN: u64 = 200;

/// A question with the conversation about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionPage {
    /// Its id, which is also in the path of its page.
    pub id: QuestionId,
    /// The reader's relation to it.
    pub relation: QuestionRelation,
    /// Its topic.
    pub topic: Named,
    /// The text.
    pub text: String,
    /// When its author is free. May be empty.
    pub free: String,
    /// Where it is.
    pub state: QuestionState,
    /// When it was asked.
    pub posted_at: Instant,
    /// Until when it waits, or until when its mentor has time.
    pub expires_at: Instant,
    /// The name of its author. `None` where their profile hides it.
    pub asker: Option<String>,
    /// The name of its mentor, for the two.
    pub mentor: Option<String>,
    /// The conversation, the oldest reply first. Empty for everybody but the two.
    pub replies: Vec<Reply>,
}

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Whether the reader wrote it.
    pub is_own: bool,
    /// The name of its author.
    pub author: String,
    /// The text.
    pub text: String,
    /// When it was written.
    pub at: Instant,
}

/// A question, for its author, the mentor who picked it, and mentors while it waits.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn question(store: &Store, actor: &Actor, id: QuestionId) -> Result<QuestionPage, StoreError> {
    let db = store.db();
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let row = mentor_question::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let relation = relation(db, me, &row).await?;
    let state = state_of(&row)?;
    let is_one_of_two = permit(actor, ReadReplies, relation).is_ok();
    if permit(actor, SeeQuestion, relation).is_err() || (!is_one_of_two && state != QuestionState::Waiting) {
        return Err(StoreError::NotFound);
    }
    let topic = topic::Entity::find_by_id(row.topic_id).one(db).await?.ok_or(StoreError::NotFound)?;
    let replies = if is_one_of_two { replies(db, me, relation, &row).await? } else { Vec::new() };
    let asker = match is_one_of_two {
        true => Some(members::load(db, MemberId(row.asker_id)).await?.shown_name()),
        false => members::names(db, actor, [row.asker_id]).await?.remove(&row.asker_id),
    };
    let mentor = match row.mentor_id.filter(|_| is_one_of_two) {
        // After a block, the author does not read the name of the mentor.
        Some(mentor) if !blocks::between(db, me, MemberId(mentor)).await? => {
            Some(members::load(db, MemberId(mentor)).await?.shown_name())
        }
        _ => None,
    };
    Ok(QuestionPage {
        id,
        relation,
        topic: named(topic)?,
        text: row.text,
        free: row.free,
        state,
        posted_at: row.posted_at,
        expires_at: row.expires_at,
        asker,
        mentor,
        replies,
    })
}

/// The author reads all replies but those of people with a block between them. A mentor reads those since they picked
/// the question, so no mentor reads what another one and the author wrote.
async fn replies(
    db: &impl ConnectionTrait,
    me: MemberId,
    relation: QuestionRelation,
    row: &mentor_question::Model,
) -> Result<Vec<Reply>, StoreError> {
    let mut find =
        mentor_question_reply::Entity::find().filter(mentor_question_reply::Column::QuestionId.eq(row.id));
    if relation == QuestionRelation::Mentor {
        find = find.filter(mentor_question_reply::Column::Pick.eq(row.picks));
    }
    let mut rows = find
        .order_by_desc(mentor_question_reply::Column::WrittenAt)
        .order_by_desc(mentor_question_reply::Column::Id)
        .limit(MAX_SHOWN)
        .all(db)
        .await?;
    rows.reverse();
    let hidden = if rows.is_empty() { HashSet::new() } else { blocks::hidden(db, me).await? };
    let mut replies = Vec::with_capacity(rows.len());
    let mut names = std::collections::HashMap::new();
    for row in rows.into_iter().filter(|row| !hidden.contains(&MemberId(row.author_id))) {
        let author = match names.get(&row.author_id) {
            Some(name) => String::clone(name),
            None => {
                let name = members::load(db, MemberId(row.author_id)).await?.shown_name();
                names.insert(row.author_id, name.clone());
                name
            }
        };
        replies.push(Reply { is_own: row.author_id == me.0, author, text: row.text, at: row.written_at });
    }
    Ok(replies)
}

/// Writes a reply. The same `key` writes one.
///
/// # Errors
/// `NotFound` for everybody but the two. `Refused` while no mentor has it, after the end, and beyond
/// [`MAX_REPLIES_PER_HOUR`].
pub async fn reply(
    store: &Store,
    actor: &Actor,
    id: QuestionId,
    text: &str,
    key: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, text, key| {
        let (row, relation) = locked(tx, actor, id).await?;
        if relation == QuestionRelation::Teacher {
            return Err(StoreError::NotFound);
        }
        let permit = permit(actor, ReplyToQuestion, relation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        let (QuestionState::Picked, Some(mentor)) = (state_of(&row)?, row.mentor_id) else {
            return Err(Refusal::QuestionOver.into());
        };
        if blocks::between(tx.db(), MemberId(row.asker_id), MemberId(mentor)).await? {
            return Err(Refusal::QuestionOver.into());
        }
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = mentor_question_reply::Entity::find()
                .filter(mentor_question_reply::Column::CreateKey.eq(key));
            if same.count(tx.db()).await? > 0 {
                return Ok(());
            }
        }
        // The member's row is the lock behind which their replies are counted.
        members::lock(tx, me).await?;
        let lately = mentor_question_reply::Entity::find()
            .filter(mentor_question_reply::Column::AuthorId.eq(me.0))
            .filter(mentor_question_reply::Column::WrittenAt.gt(tx.now() - Duration::hours(1)));
        if lately.count(tx.db()).await? >= MAX_REPLIES_PER_HOUR {
            return Err(Refusal::SlowDown { seconds: 3600 }.into());
        }
        let reply = mentor_question_reply::ActiveModel {
            id: Set(new_id()),
            question_id: Set(id.0),
            author_id: Set(me.0),
            pick: Set(row.picks),
            text: Set(text.clone()),
            written_at: Set(tx.now()),
            create_key: Set(key),
        };
        reply.insert(tx.db()).await?;
        let to = if me.0 == mentor { row.asker_id } else { mentor };
        tell(tx, &row, to, Some(me.0), QuestionEvent::Replied).await
    })
}
