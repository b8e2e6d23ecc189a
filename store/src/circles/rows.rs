//! Circles and the reader's relation to them.

use domain::{
    Actor, CircleId, MemberId, Role, Slug,
    circles::CircleState,
    members::{Level, Named},
    policy::circles::{CircleRelation, Teaches},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use crate::{
    StoreError,
    blocks::between,
    entities::{member_topic, mentor_circle, mentor_circle_member, topic},
    members,
    write::Tx,
};

/// The state of a row.
pub(super) fn state_of(row: &mentor_circle::Model) -> Result<CircleState, StoreError> {
    row.state.parse().map_err(|()| StoreError::Corrupt(format!("circle {}: unreadable state", row.id)))
}

/// A topic for the reader.
pub(super) fn named(row: topic::Model) -> Result<Named, StoreError> {
    let slug = Slug::parse(&row.slug);
    let slug = slug.ok_or_else(|| StoreError::Corrupt(format!("unreadable slug {}", row.slug)))?;
    Ok(Named { slug, name: row.name })
}

/// Whether the member's profile says that they teach a topic.
pub(super) async fn teaches(db: &impl ConnectionTrait, me: MemberId) -> Result<Teaches, StoreError> {
    let count = member_topic::Entity::find()
        .filter(member_topic::Column::MemberId.eq(me.0))
        .filter(member_topic::Column::Level.eq(Level::Teaching.name()))
        .count(db)
        .await?;
    Ok(if count > 0 { Teaches::Yes } else { Teaches::No })
}

/// How many members have a place.
pub(super) async fn taken(db: &impl ConnectionTrait, circle: uuid::Uuid) -> Result<u64, StoreError> {
    let members =
        mentor_circle_member::Entity::find().filter(mentor_circle_member::Column::CircleId.eq(circle));
    Ok(members.count(db).await?)
}

/// The member's relation to a circle. One of a suspended mentor is hidden from everybody who has no place in it.
pub(super) async fn relation(
    db: &impl ConnectionTrait,
    me: MemberId,
    row: &mentor_circle::Model,
) -> Result<CircleRelation, StoreError> {
    if row.mentor_id == me.0 {
        return Ok(CircleRelation::Mentor);
    }
    if between(db, me, MemberId(row.mentor_id)).await? {
        return Ok(CircleRelation::Hidden);
    }
    let place = mentor_circle_member::Entity::find_by_id((row.id, me.0)).one(db).await?;
    if place.is_some() {
        return Ok(CircleRelation::Member);
    }
    let is_active = members::load(db, MemberId(row.mentor_id)).await?.role != Role::Suspended.name();
    Ok(if is_active { CircleRelation::Outside } else { CircleRelation::Hidden })
}

/// A circle that the actor may know of, behind its lock. The relation is read behind the lock too.
pub(super) async fn locked(
    tx: &Tx,
    actor: &Actor,
    id: CircleId,
) -> Result<(mentor_circle::Model, CircleRelation), StoreError> {
    let me = actor.member().ok_or(domain::Refusal::SignInFirst)?;
    let row = mentor_circle::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    let row = row.ok_or(StoreError::NotFound)?;
    match relation(tx.db(), me, &row).await? {
        CircleRelation::Hidden => Err(StoreError::NotFound),
        relation => Ok((row, relation)),
    }
}
