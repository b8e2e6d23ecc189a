//! Emails that wait for their recipient's next digest.

use chrono::NaiveDate;
use domain::{
    Instant, MemberId, Zone, digest,
    emails::{Delivery, Email},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::{
    StoreError,
    entities::{digest as last_digest, digest_item},
    secrets::new_id,
    write::Tx,
};

/// Stores an email for the member's next digest.
pub(crate) async fn add(
    tx: &Tx,
    member: MemberId,
    zone: Zone,
    email: &Email,
    delivery: Delivery,
) -> Result<(), StoreError> {
    let row = digest_item::ActiveModel {
        // If the member got a digest today already, the job that finds it due corrects the time.
        due_at: Set(Some(digest::due(zone, delivery, tx.now(), None))),
        id: Set(new_id()),
        member_id: Set(member.0),
        delivery: Set(delivery.name().to_owned()),
        payload: Set(serde_json::to_string(email)?),
        posted_at: Set(tx.now()),
    };
    row.insert(tx.db()).await?;
    Ok(())
}

/// Plans a member's digest again after their time zone has changed.
pub(crate) async fn reschedule(tx: &Tx, member: MemberId, zone: Zone) -> Result<(), StoreError> {
    let rows = items(tx, member).await?;
    let last_day = last_day(tx, member).await?;
    for delivery in [Delivery::Daily, Delivery::Weekly] {
        set_due(tx, member, zone, delivery, &rows, last_day).await?;
    }
    Ok(())
}

/// Everything that waits for a member's digest.
pub(crate) async fn items(tx: &Tx, member: MemberId) -> Result<Vec<digest_item::Model>, StoreError> {
    Ok(digest_item::Entity::find()
        .filter(digest_item::Column::MemberId.eq(member.0))
        .order_by_asc(digest_item::Column::Id)
        .all(tx.db())
        .await?)
}

/// The member's day of their last digest.
pub(crate) async fn last_day(tx: &Tx, member: MemberId) -> Result<Option<NaiveDate>, StoreError> {
    Ok(last_digest::Entity::find_by_id(member.0).one(tx.db()).await?.map(|row| row.last_day))
}

/// When the oldest of these items with this delivery is due. `None` without such items.
pub(crate) fn due_of(
    rows: &[digest_item::Model],
    zone: Zone,
    delivery: Delivery,
    last_day: Option<NaiveDate>,
) -> Option<Instant> {
    let oldest = rows.iter().filter(|row| parse_delivery(&row.delivery) == delivery).map(|row| row.posted_at);
    Some(digest::due(zone, delivery, oldest.min()?, last_day))
}

/// Saves when a member's items with this delivery are due.
pub(crate) async fn set_due(
    tx: &Tx,
    member: MemberId,
    zone: Zone,
    delivery: Delivery,
    rows: &[digest_item::Model],
    last_day: Option<NaiveDate>,
) -> Result<(), StoreError> {
    let Some(due) = due_of(rows, zone, delivery, last_day) else { return Ok(()) };
    digest_item::Entity::update_many()
        .set(digest_item::ActiveModel { due_at: Set(Some(due)), ..Default::default() })
        .filter(digest_item::Column::MemberId.eq(member.0))
        .filter(digest_item::Column::Delivery.eq(delivery.name()))
        .exec(tx.db())
        .await?;
    Ok(())
}

pub(crate) fn parse_delivery(name: &str) -> Delivery {
    name.parse().unwrap_or(Delivery::Daily)
}
