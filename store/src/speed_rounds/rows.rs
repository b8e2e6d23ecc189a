//! Speed rounds as rows, and their lock.

use domain::{
    Actor, MemberId, Refusal, Role, SpeedRoundId,
    emails::{self, Email, SpeedRoundEvent},
    policy::{Permit, mentoring::CoordinateRound, permit},
    speed_rounds::{SpeedRoundState, SpeedTimes},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{mentoring_programme, speed_round, speed_sign_up},
    members,
    mentoring::visibility::{programmes_seen_by, relation},
    outbox,
    write::Tx,
};

/// The state of a row.
pub(super) fn state_of(row: &speed_round::Model) -> Result<SpeedRoundState, StoreError> {
    row.state.parse().map_err(|()| StoreError::Corrupt(format!("speed round {}: unreadable state", row.id)))
}

/// When a round takes place.
pub(super) fn times_of(row: &speed_round::Model) -> SpeedTimes {
    SpeedTimes { starts_at: row.starts_at, waves: row.waves, minutes: row.minutes }
}

/// The rounds that may take place at the same time as `row` with these times, as a condition. Whether they do is for
/// [`SpeedTimes::overlaps`] to say. Rounds that ended long ago are left out.
pub(super) fn near(row: &speed_round::Model, times: SpeedTimes) -> Condition {
    Condition::all()
        .add(speed_round::Column::Id.ne(row.id))
        .add(speed_round::Column::State.ne(SpeedRoundState::Cancelled.name()))
        .add(speed_round::Column::StartsAt.gte(times.earliest_overlap()))
        .add(speed_round::Column::StartsAt.lt(times.ends_at()))
}

/// The programmes that the actor sees, as a subquery.
pub(super) fn seen_programmes(actor: &Actor) -> SelectStatement {
    mentoring_programme::Entity::find()
        .select_only()
        .column(mentoring_programme::Column::Id)
        .filter(programmes_seen_by(actor))
        .into_query()
}

/// The rounds of a member, as a subquery.
pub(super) fn rounds_of(member: MemberId) -> SelectStatement {
    speed_sign_up::Entity::find()
        .select_only()
        .column(speed_sign_up::Column::RoundId)
        .filter(speed_sign_up::Column::MemberId.eq(member.0))
        .into_query()
}

/// The member's sign-up for a round.
pub(super) async fn own_sign_up(
    db: &impl ConnectionTrait,
    round: Uuid,
    me: MemberId,
) -> Result<Option<speed_sign_up::Model>, StoreError> {
    let own = speed_sign_up::Entity::find()
        .filter(speed_sign_up::Column::RoundId.eq(round))
        .filter(speed_sign_up::Column::MemberId.eq(me.0));
    Ok(own.one(db).await?)
}

/// Whether the actor sees a round: its programme is visible to them. A sign-up alone shows nothing, because the member
/// may have left the private group of the programme since.
pub(super) async fn is_seen(
    db: &impl ConnectionTrait,
    actor: &Actor,
    row: &speed_round::Model,
) -> Result<bool, StoreError> {
    let programme =
        mentoring_programme::Entity::find_by_id(row.programme_id).filter(programmes_seen_by(actor));
    Ok(programme.one(db).await?.is_some())
}

/// A round that the actor sees.
pub(super) async fn seen(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: SpeedRoundId,
) -> Result<speed_round::Model, StoreError> {
    let row = speed_round::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    if is_seen(db, actor, &row).await? { Ok(row) } else { Err(StoreError::NotFound) }
}

/// A round behind its lock, whoever asks.
pub(super) async fn locked_by_id(tx: &Tx, id: Uuid) -> Result<Option<speed_round::Model>, StoreError> {
    let row = speed_round::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    Ok(row)
}

/// A round that the actor sees, behind its lock.
pub(super) async fn locked(
    tx: &Tx,
    actor: &Actor,
    id: SpeedRoundId,
) -> Result<speed_round::Model, StoreError> {
    let row = locked_by_id(tx, id.0).await?.ok_or(StoreError::NotFound)?;
    if is_seen(tx.db(), actor, &row).await? { Ok(row) } else { Err(StoreError::NotFound) }
}

/// The permit of a coordinator of the round's programme.
pub(super) async fn may_coordinate(
    db: &impl ConnectionTrait,
    actor: &Actor,
    row: &speed_round::Model,
) -> Result<Permit<CoordinateRound>, StoreError> {
    let relation = relation(db, actor, row.programme_id).await?;
    permit(actor, CoordinateRound, relation).map_err(|refusal: Refusal| refusal.into())
}

/// Posts news about a round. Suspended members get none.
pub(super) async fn tell(
    tx: &Tx,
    row: &speed_round::Model,
    to: MemberId,
    conversations: usize,
    what: SpeedRoundEvent,
) -> Result<(), StoreError> {
    let member = members::load(tx.db(), to).await?;
    let active = members::recipient(&member).filter(|_| member.role != Role::Suspended.name());
    let Some(recipient) = active else { return Ok(()) };
    let email = Email::from(emails::SpeedRoundNews {
        round: SpeedRoundId(row.id),
        title: row.title.clone(),
        starts_at: row.starts_at,
        conversations: u32::try_from(conversations).unwrap_or(u32::MAX),
        what,
    });
    outbox::post(tx, Some(to), &recipient, &email).await
}
