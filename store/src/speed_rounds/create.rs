//! Making a speed round.

use domain::{
    Actor, Problem, Refusal, SpeedRoundId,
    members::Named,
    policy::{mentoring::CoordinateRound, permit},
    speed_rounds::{SpeedRound, SpeedRoundState},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::{
    Store, StoreError, audit,
    entities::{mentoring_programme, speed_round},
    mentoring::visibility::{programmes_seen_by, relation, seen_programme},
    secrets::new_id,
    write::{create_key, verb},
};

/// The programmes for which the actor can make a speed round.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn programmes_to_choose(store: &Store, actor: &Actor) -> Result<Vec<Named>, StoreError> {
    let rows = mentoring_programme::Entity::find()
        .filter(programmes_seen_by(actor))
        .order_by_asc(mentoring_programme::Column::Name)
        .all(store.db())
        .await?;
    let mut found = Vec::new();
    for row in rows {
        if permit(actor, CoordinateRound, relation(store.db(), actor, row.id).await?).is_ok() {
            found.push(super::read::named(&row.slug, row.name, row.id)?);
        }
    }
    Ok(found)
}

/// Makes a speed round, for which members can sign up at once. The same `key` makes one.
///
/// # Errors
/// `Invalid` for a programme that the actor doesn't see. `Refused` for anyone but its coordinators.
pub async fn create(
    store: &Store,
    actor: &Actor,
    round: SpeedRound,
    key: &str,
) -> Result<SpeedRoundId, StoreError> {
    verb!(store, |tx, actor, round, key| {
        let programme = match seen_programme(tx.db(), actor, &round.programme).await {
            Err(StoreError::NotFound) => {
                let wrong = Problem { field: "programme".into(), why: Refusal::BadChoice };
                return Err(StoreError::Invalid(vec![wrong]));
            }
            found => found?,
        };
        let permit = permit(actor, CoordinateRound, relation(tx.db(), actor, programme.id).await?)?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = speed_round::Entity::find().filter(speed_round::Column::CreateKey.eq(key));
            if let Some(same) = same.one(tx.db()).await? {
                return Ok(SpeedRoundId(same.id));
            }
        }
        let id = new_id();
        let row = speed_round::ActiveModel {
            id: Set(id),
            programme_id: Set(programme.id),
            title: Set(round.title.clone()),
            about: Set(round.about.clone()),
            place: Set(round.place.clone()),
            starts_at: Set(round.times.starts_at),
            waves: Set(round.times.waves),
            minutes: Set(round.times.minutes),
            state: Set(SpeedRoundState::Open.name().to_owned()),
            planned_at: Set(None),
            plan_digest: Set(None),
            version: Set(1),
            create_key: Set(key),
        };
        row.insert(tx.db()).await?;
        audit::record(tx, &permit, "speed_round.create", id).await?;
        Ok(SpeedRoundId(id))
    })
}
