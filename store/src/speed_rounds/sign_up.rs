//! Signing up for a speed round.

use domain::{
    Actor, MemberId, Problem, Refusal, SpeedRoundId,
    policy::speed_rounds::JoinSpeedRound,
    speed_rounds::{MAX_SPEED_PEOPLE, SpeedSignUp},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::rows::{locked, near, own_sign_up, rounds_of, state_of, times_of};
use crate::{
    Store, StoreError, audit,
    entities::{group_member, mentoring_programme, speed_round, speed_sign_up, speed_sign_up_topic, topic},
    members,
    mentoring::{check_not_excluded, check_not_paused},
    secrets::new_id,
    write::{Tx, verb},
};

/// Why a member can't take part in a programme: its group, or a coordinator's measure.
///
/// # Errors
/// `Refused` with the reason.
pub(super) async fn check_may_join(
    db: &impl ConnectionTrait,
    programme: Uuid,
    me: MemberId,
) -> Result<(), StoreError> {
    let row =
        mentoring_programme::Entity::find_by_id(programme).one(db).await?.ok_or(StoreError::NotFound)?;
    if let Some(group) = row.group_id
        && group_member::Entity::find_by_id((group, me.0)).one(db).await?.is_none()
    {
        return Err(Refusal::OtherGroupOnly.into());
    }
    check_not_excluded(db, programme, me).await?;
    check_not_paused(db, programme, &[me]).await
}

/// Signs up for a speed round, or changes the sign-up. A plan that was made before is out of date then.
///
/// # Errors
/// `Invalid` for a topic that is not offered. `Refused` when sign-up is closed, for another round at the same time, and
/// for people who can't take part in the programme.
pub async fn sign_up(
    store: &Store,
    actor: &Actor,
    id: SpeedRoundId,
    sign_up: SpeedSignUp,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, sign_up| {
        let (me, permit) = members::own(actor, JoinSpeedRound)?;
        let round = locked(tx, actor, id).await?;
        // The member's row is the lock behind which their rounds are compared.
        members::lock(tx, me).await?;
        state_of(&round)?.check_open(round.starts_at, tx.now())?;
        share_membership(tx, round.programme_id, me).await?;
        check_may_join(tx.db(), round.programme_id, me).await?;
        check_no_overlap(tx.db(), &round, me).await?;
        let topics = topics(tx, sign_up).await?;
        let row = match own_sign_up(tx.db(), id.0, me).await? {
            Some(known) => {
                let change = speed_sign_up::ActiveModel {
                    id: Set(known.id),
                    role: Set(sign_up.role.name().to_owned()),
                    link: Set(sign_up.link.clone()),
                    ..Default::default()
                };
                change.update(tx.db()).await?
            }
            None => {
                let people = speed_sign_up::Entity::find().filter(speed_sign_up::Column::RoundId.eq(id.0));
                if people.count(tx.db()).await? >= MAX_SPEED_PEOPLE {
                    let max = i64::try_from(MAX_SPEED_PEOPLE).unwrap_or(i64::MAX);
                    return Err(Refusal::SpeedRoundFull { max }.into());
                }
                let new = speed_sign_up::ActiveModel {
                    id: Set(new_id()),
                    round_id: Set(id.0),
                    member_id: Set(me.0),
                    role: Set(sign_up.role.name().to_owned()),
                    link: Set(sign_up.link.clone()),
                    table_number: Set(None),
                };
                new.insert(tx.db()).await?
            }
        };
        replace_topics(tx, row.id, &topics).await?;
        audit::record(tx, &permit, "speed_round.sign_up", id.0).await
    })
}

/// Locks the membership that a group's programme asks for, until the transaction ends. So a member who leaves the group at
/// the same moment is either refused here or withdrawn there.
async fn share_membership(tx: &Tx, programme: Uuid, me: MemberId) -> Result<(), StoreError> {
    let row = mentoring_programme::Entity::find_by_id(programme).one(tx.db()).await?;
    if let Some(group) = row.and_then(|row| row.group_id) {
        group_member::Entity::find_by_id((group, me.0)).lock_shared().one(tx.db()).await?;
    }
    Ok(())
}

/// Nobody can be in two rounds at once.
async fn check_no_overlap(
    db: &impl ConnectionTrait,
    round: &speed_round::Model,
    me: MemberId,
) -> Result<(), StoreError> {
    let times = times_of(round);
    let others = speed_round::Entity::find()
        .filter(speed_round::Column::Id.in_subquery(rounds_of(me)))
        .filter(near(round, times))
        .all(db)
        .await?;
    match others.iter().any(|other| times_of(other).overlaps(times)) {
        true => Err(Refusal::SpeedRoundOverlaps.into()),
        false => Ok(()),
    }
}

/// The topics of a sign-up, in its order. Retired ones are refused.
async fn topics(tx: &Tx, sign_up: &SpeedSignUp) -> Result<Vec<Uuid>, StoreError> {
    let rows = topic::Entity::find()
        .filter(topic::Column::Slug.is_in(sign_up.topics.iter().map(domain::Slug::as_str)))
        .filter(topic::Column::RetiredAt.is_null())
        .all(tx.db())
        .await?;
    let id = |slug: &domain::Slug| rows.iter().find(|row| row.slug == slug.as_str()).map(|row| row.id);
    let found: Option<Vec<Uuid>> = sign_up.topics.iter().map(id).collect();
    let wrong = || StoreError::Invalid(vec![Problem { field: "topic_1".into(), why: Refusal::BadChoice }]);
    found.ok_or_else(wrong)
}

async fn replace_topics(tx: &Tx, sign_up: Uuid, topics: &[Uuid]) -> Result<(), StoreError> {
    speed_sign_up_topic::Entity::delete_many()
        .filter(speed_sign_up_topic::Column::SignUpId.eq(sign_up))
        .exec(tx.db())
        .await?;
    let rows = (0..).zip(topics).map(|(position, topic)| speed_sign_up_topic::ActiveModel {
        sign_up_id: Set(sign_up),
        topic_id: Set(*topic),
        position: Set(position),
    });
    speed_sign_up_topic::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}
