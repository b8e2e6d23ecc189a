//! Questions and the reader's relation to them.

use domain::{
    Actor, MemberId, QuestionId, Role, Slug,
    emails::{self, Email, Mailing, QuestionEvent},
    members::{Level, Named},
    policy::questions::QuestionRelation,
    questions::QuestionState,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    StoreError,
    blocks::between,
    entities::{member_topic, mentor_question, topic},
    members,
    write::Tx,
};

/// The state of a row.
pub(super) fn state_of(row: &mentor_question::Model) -> Result<QuestionState, StoreError> {
    row.state.parse().map_err(|()| StoreError::Corrupt(format!("question {}: unreadable state", row.id)))
}

/// A topic for the reader.
pub(super) fn named(row: topic::Model) -> Result<Named, StoreError> {
    let slug = Slug::parse(&row.slug);
    let slug = slug.ok_or_else(|| StoreError::Corrupt(format!("unreadable slug {}", row.slug)))?;
    Ok(Named { slug, name: row.name })
}

/// The topics that a member's profile says they teach.
pub(super) async fn taught(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Uuid>, StoreError> {
    let taught = member_topic::Entity::find()
        .select_only()
        .column(member_topic::Column::TopicId)
        .filter(member_topic::Column::MemberId.eq(member.0))
        .filter(member_topic::Column::Level.eq(Level::Teaching.name()));
    Ok(taught.into_tuple().all(db).await?)
}

/// The member's relation to a question. After a block the two are strangers, except that authors keep their own. The
/// question of a suspended member is read by whoever picked it only.
pub(super) async fn relation(
    db: &impl ConnectionTrait,
    me: MemberId,
    row: &mentor_question::Model,
) -> Result<QuestionRelation, StoreError> {
    if row.asker_id == me.0 {
        return Ok(QuestionRelation::Asker);
    }
    if between(db, me, MemberId(row.asker_id)).await? {
        return Ok(QuestionRelation::Other);
    }
    if row.mentor_id == Some(me.0) {
        return Ok(QuestionRelation::Mentor);
    }
    if members::load(db, MemberId(row.asker_id)).await?.role == Role::Suspended.name() {
        return Ok(QuestionRelation::Other);
    }
    let teaches = member_topic::Entity::find()
        .filter(member_topic::Column::MemberId.eq(me.0))
        .filter(member_topic::Column::Level.eq(Level::Teaching.name()))
        .count(db)
        .await?;
    Ok(if teaches > 0 { QuestionRelation::Teacher } else { QuestionRelation::Other })
}

/// A question that the actor may know of, behind its lock. The relation is read behind the lock too, so that a block a
/// moment before counts.
pub(super) async fn locked(
    tx: &Tx,
    actor: &Actor,
    id: QuestionId,
) -> Result<(mentor_question::Model, QuestionRelation), StoreError> {
    let me = actor.member().ok_or(domain::Refusal::SignInFirst)?;
    let row = mentor_question::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    let row = row.ok_or(StoreError::NotFound)?;
    match relation(tx.db(), me, &row).await? {
        QuestionRelation::Other => Err(StoreError::NotFound),
        relation => Ok((row, relation)),
    }
}

/// Posts news about a question. `partner` is the person whom the email names, if it names one.
pub(super) async fn tell(
    tx: &Tx,
    row: &mentor_question::Model,
    to: Uuid,
    partner: Option<Uuid>,
    what: QuestionEvent,
) -> Result<(), StoreError> {
    let partner = match partner {
        Some(id) => members::load(tx.db(), MemberId(id)).await?.shown_name(),
        None => String::new(),
    };
    let email = Email::from(emails::QuestionNews {
        mailing: Mailing { member: MemberId(to), group: None },
        question: QuestionId(row.id),
        partner,
        what,
    });
    members::post_news(tx, to, &email).await
}
