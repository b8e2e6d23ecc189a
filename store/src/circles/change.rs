//! Opening a circle, taking a place, giving it up, and closing the circle.

use domain::{
    Actor, CircleId, MemberId, Problem, Refusal,
    circles::{Circle, CircleChange, CircleState, MAX_OPEN_CIRCLES, may_join},
    emails::{self, CircleEvent, Email, Mailing},
    policy::{
        circles::{CircleRelation, CloseCircle, JoinCircle, LeaveCircle, OpenCircle},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::rows::{locked, state_of, taken, teaches};
use crate::{
    Store, StoreError, audit,
    entities::{mentor_circle, mentor_circle_member, topic},
    members,
    secrets::new_id,
    write::{Tx, create_key, verb},
};

/// Opens a circle. The same `key` opens one.
///
/// # Errors
/// `Invalid` for a topic that is not offered. `Refused` for members who teach nothing, and with three open circles.
pub async fn open(store: &Store, actor: &Actor, circle: Circle, key: &str) -> Result<CircleId, StoreError> {
    verb!(store, |tx, actor, circle, key| {
        let me = actor.member().ok_or(Refusal::SignInFirst)?;
        let permit = permit(actor, OpenCircle, teaches(tx.db(), me).await?)?;
        // The member's row is the lock behind which open circles are counted.
        members::lock(tx, me).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = mentor_circle::Entity::find().filter(mentor_circle::Column::CreateKey.eq(key));
            if let Some(same) = same.one(tx.db()).await? {
                return Ok(CircleId(same.id));
            }
        }
        let topic = topic::Entity::find()
            .filter(topic::Column::Slug.eq(circle.topic.as_str()))
            .filter(topic::Column::RetiredAt.is_null())
            .one(tx.db())
            .await?;
        let wrong = || StoreError::Invalid(vec![Problem { field: "topic".into(), why: Refusal::BadChoice }]);
        let topic = topic.ok_or_else(wrong)?;
        let open = mentor_circle::Entity::find()
            .filter(mentor_circle::Column::MentorId.eq(me.0))
            .filter(mentor_circle::Column::State.eq(CircleState::Open.name()))
            .count(tx.db())
            .await?;
        if open >= MAX_OPEN_CIRCLES {
            let max = i64::try_from(MAX_OPEN_CIRCLES).unwrap_or(i64::MAX);
            return Err(Refusal::TooManyCircles { max }.into());
        }
        let id = new_id();
        let row = mentor_circle::ActiveModel {
            id: Set(id),
            mentor_id: Set(me.0),
            topic_id: Set(topic.id),
            title: Set(circle.title.clone()),
            about: Set(circle.about.clone()),
            dates: Set(circle.dates.clone()),
            place: Set(circle.place.clone()),
            places: Set(circle.places),
            state: Set(CircleState::Open.name().to_owned()),
            opened_at: Set(tx.now()),
            create_key: Set(key),
        };
        row.insert(tx.db()).await?;
        audit::record(tx, &permit, "circle.open", id).await?;
        Ok(CircleId(id))
    })
}

/// Takes a place in a circle, gives it up, or closes the circle. The same change again changes nothing.
///
/// # Errors
/// `NotFound` for absent circles and after a block. `Refused` when it is full or closed, or for others than the mentor.
pub async fn change(
    store: &Store,
    actor: &Actor,
    id: CircleId,
    change: CircleChange,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &change| {
        let (row, relation) = locked(tx, actor, id).await?;
        match change {
            CircleChange::Join => join(tx, actor, &row, relation).await,
            CircleChange::Leave => leave(tx, actor, &row, relation).await,
            CircleChange::Close => close(tx, actor, &row, relation).await,
        }
    })
}

async fn join(
    tx: &Tx,
    actor: &Actor,
    row: &mentor_circle::Model,
    relation: CircleRelation,
) -> Result<(), StoreError> {
    let permit = permit(actor, JoinCircle, relation)?;
    let me = permit.by().ok_or(Refusal::NotAllowed)?;
    if relation == CircleRelation::Member {
        return Ok(());
    }
    may_join(state_of(row)?, row.places, taken(tx.db(), row.id).await?)?;
    let place = mentor_circle_member::ActiveModel {
        circle_id: Set(row.id),
        member_id: Set(me.0),
        joined_at: Set(tx.now()),
    };
    place.insert(tx.db()).await?;
    tell(tx, row, row.mentor_id, me.0, CircleEvent::Joined).await?;
    audit::record(tx, &permit, "circle.join", row.id).await
}

async fn leave(
    tx: &Tx,
    actor: &Actor,
    row: &mentor_circle::Model,
    relation: CircleRelation,
) -> Result<(), StoreError> {
    let permit = permit(actor, LeaveCircle, relation)?;
    let me = permit.by().ok_or(Refusal::NotAllowed)?;
    let gone = mentor_circle_member::Entity::delete_by_id((row.id, me.0)).exec(tx.db()).await?;
    if gone.rows_affected == 0 {
        return Ok(());
    }
    if state_of(row)? == CircleState::Open {
        tell(tx, row, row.mentor_id, me.0, CircleEvent::Left).await?;
    }
    audit::record(tx, &permit, "circle.leave", row.id).await
}

async fn close(
    tx: &Tx,
    actor: &Actor,
    row: &mentor_circle::Model,
    relation: CircleRelation,
) -> Result<(), StoreError> {
    let permit = permit(actor, CloseCircle, relation)?;
    if state_of(row)? == CircleState::Closed {
        return Ok(());
    }
    let closed = mentor_circle::ActiveModel {
        id: Set(row.id),
        state: Set(CircleState::Closed.name().to_owned()),
        ..Default::default()
    };
    closed.update(tx.db()).await?;
    let members: Vec<Uuid> = mentor_circle_member::Entity::find()
        .select_only()
        .column(mentor_circle_member::Column::MemberId)
        .filter(mentor_circle_member::Column::CircleId.eq(row.id))
        .order_by_asc(mentor_circle_member::Column::JoinedAt)
        .into_tuple()
        .all(tx.db())
        .await?;
    for member in members {
        tell(tx, row, member, row.mentor_id, CircleEvent::Closed).await?;
    }
    audit::record(tx, &permit, "circle.close", row.id).await
}

/// Posts news about a circle. `partner` is the person whom the email names.
async fn tell(
    tx: &Tx,
    row: &mentor_circle::Model,
    to: Uuid,
    partner: Uuid,
    what: CircleEvent,
) -> Result<(), StoreError> {
    let email = Email::from(emails::CircleNews {
        mailing: Mailing { member: MemberId(to), group: None },
        circle: CircleId(row.id),
        title: row.title.clone(),
        partner: members::load(tx.db(), MemberId(partner)).await?.shown_name(),
        what,
    });
    members::post_news(tx, to, &email).await
}

/// Takes the places away that two members have in each other's circles, because one blocked the other. Nobody is told.
/// The circles are locked first, so that somebody who joins in the same moment is seen here or sees the block.
pub(crate) async fn leave_between(tx: &Tx, one: MemberId, other: MemberId) -> Result<(), StoreError> {
    let rows = mentor_circle::Entity::find()
        .filter(mentor_circle::Column::MentorId.is_in([one.0, other.0]))
        .order_by_asc(mentor_circle::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    for row in rows {
        let member = if row.mentor_id == one.0 { other } else { one };
        mentor_circle_member::Entity::delete_by_id((row.id, member.0)).exec(tx.db()).await?;
    }
    Ok(())
}
