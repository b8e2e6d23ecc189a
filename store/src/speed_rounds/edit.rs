//! Changing a speed round while members can sign up for it.

use domain::{
    Actor, MemberId, Refusal, SpeedRoundId,
    emails::SpeedRoundEvent,
    members::Named,
    speed_rounds::{SpeedRound, SpeedTimes},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{
    read::{SpeedRoundCard, card_of},
    rows::{locked, may_coordinate, near, seen, state_of, tell, times_of},
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{member, speed_round, speed_sign_up},
    write::{Tx, verb},
};

/// What the form of an existing round shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditPage {
    /// The round in a list, with its programme.
    pub card: SpeedRoundCard,
    /// Its details now.
    pub round: SpeedRound,
    /// Its version, which the form submits.
    pub version: i32,
    /// Whether somebody has signed up. They are told of a new time.
    pub has_people: bool,
    /// Why it can't be changed any more.
    pub fixed: Option<Refusal>,
}

/// A round for the form that changes it.
///
/// # Errors
/// `NotFound` for hidden and absent rounds. `Refused` for everybody but coordinators.
pub async fn edit_page(store: &Store, actor: &Actor, id: SpeedRoundId) -> Result<EditPage, StoreError> {
    let db = store.db();
    let row = seen(db, actor, id).await?;
    let _permit = may_coordinate(db, actor, &row).await?;
    let card = card_of(db, &row, None).await?;
    let one = speed_sign_up::Entity::find().filter(speed_sign_up::Column::RoundId.eq(id.0)).one(db).await?;
    Ok(EditPage {
        round: details(&row, &card.programme),
        version: row.version,
        has_people: one.is_some(),
        fixed: state_of(&row)?.check_open(row.starts_at, store.now()).err(),
        card,
    })
}

fn details(row: &speed_round::Model, programme: &Named) -> SpeedRound {
    SpeedRound {
        programme: programme.slug.clone(),
        title: row.title.clone(),
        about: row.about.clone(),
        times: times_of(row),
        place: row.place.clone(),
    }
}

/// Changes a round whose sign-up is open. Its programme stays, because members signed up under the rules of that
/// programme. When the time changes, everybody who signed up gets an email. A plan with another number of waves is out
/// of date then.
///
/// # Errors
/// `NotFound` for hidden and absent rounds. `Refused` for anyone but a coordinator, once the round is published,
/// cancelled or has begun, and for a time at which somebody who signed up is in another round. `ChangedMeanwhile` when
/// `version` is outdated.
pub async fn edit(
    store: &Store,
    actor: &Actor,
    id: SpeedRoundId,
    round: SpeedRound,
    version: i32,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, round, &version| {
        let row = locked(tx, actor, id).await?;
        let permit = may_coordinate(tx.db(), actor, &row).await?;
        state_of(&row)?.check_open(row.starts_at, tx.now())?;
        if row.version != version {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(row.version) }.into());
        }
        let is_moved = times_of(&row) != round.times;
        let people = if is_moved { people_of(tx, row.id).await? } else { Vec::new() };
        check_others(tx, &row, round.times, &people).await?;
        let change = speed_round::ActiveModel {
            id: Set(row.id),
            title: Set(round.title.clone()),
            about: Set(round.about.clone()),
            place: Set(round.place.clone()),
            starts_at: Set(round.times.starts_at),
            waves: Set(round.times.waves),
            minutes: Set(round.times.minutes),
            version: Set(row.version + 1),
            ..Default::default()
        };
        let saved = change.update(tx.db()).await?;
        for person in people {
            tell(tx, &saved, MemberId(person), 0, SpeedRoundEvent::Moved).await?;
        }
        // The place may be a link, so the log leaves it out.
        let form = |round: SpeedRound| {
            let round = SpeedRound { place: String::new(), ..round };
            serde_json::to_value(round.to_form(domain::Zone::UTC, 0))
        };
        let before = details(&row, &Named { slug: round.programme.clone(), name: String::new() });
        let changes = Changes::between(form(before)?, form(round.clone())?);
        audit::record_changes(tx, &permit, "speed_round.edit", row.id, changes).await
    })
}

/// The members who signed up, behind their locks. In the order of their ids, so that two rounds that are moved at once
/// lock them in the same order.
async fn people_of(tx: &Tx, round: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let signed_up = speed_sign_up::Entity::find()
        .select_only()
        .column(speed_sign_up::Column::MemberId)
        .filter(speed_sign_up::Column::RoundId.eq(round))
        .into_query();
    let rows = member::Entity::find()
        .filter(member::Column::Id.in_subquery(signed_up))
        .order_by_asc(member::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Nobody can be in two rounds at once, also after one of them is moved.
async fn check_others(
    tx: &Tx,
    row: &speed_round::Model,
    times: SpeedTimes,
    people: &[Uuid],
) -> Result<(), StoreError> {
    let theirs = speed_sign_up::Entity::find()
        .select_only()
        .column(speed_sign_up::Column::RoundId)
        .filter(speed_sign_up::Column::MemberId.is_in(people.iter().copied()))
        .into_query();
    let others = speed_round::Entity::find()
        .filter(speed_round::Column::Id.in_subquery(theirs))
        .filter(near(row, times))
        .all(tx.db())
        .await?;
    match others.iter().any(|other| times_of(other).overlaps(times)) {
        true => Err(Refusal::SpeedRoundOverlapsOthers.into()),
        false => Ok(()),
    }
}
