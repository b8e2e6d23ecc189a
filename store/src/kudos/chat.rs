//! Public kudos that have not been posted to the community's chat yet (K11). The server sends them, because the store
//! reaches no other service.

use chrono::Duration;
use domain::{Actor, KudosId, kudos::KudosVisibility};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use uuid::Uuid;

use super::{list::get, rows::Kudos};
use crate::{
    Store, StoreError,
    entities::kudos,
    jobs::{self, Due},
    write::verb,
};

/// The time in which the giver can correct or retract a slip before the chat shows it. What is in a chat can't be
/// taken back from here.
const WAIT: Duration = Duration::minutes(2);
/// Kudos that were given earlier are not sent. So a chat that is connected later gets no backlog.
const LATEST: Duration = Duration::hours(1);

/// The kudos that are due for the chat, without those that have a job of this kind.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn due_for_chat(store: &Store, kind: &str) -> Result<Due, StoreError> {
    let due = store.now() - WAIT;
    let subjects: Vec<Uuid> = unposted()
        .select_only()
        .column(kudos::Column::Id)
        .filter(kudos::Column::GivenAt.gt(due - LATEST))
        .filter(kudos::Column::GivenAt.lte(due))
        .filter(kudos::Column::Id.not_in_subquery(jobs::taken(kind)))
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = unposted().filter(kudos::Column::GivenAt.gt(due)).one(store.db()).await?;
    Ok(Due { subjects, next: next.map(|row| row.given_at + WAIT) })
}

fn unposted() -> Select<kudos::Entity> {
    kudos::Entity::find()
        .filter(kudos::Column::Visibility.eq(KudosVisibility::Public.name()))
        .filter(kudos::Column::PostedAt.is_null())
        .filter(kudos::Column::RetractedAt.is_null())
        .filter(kudos::Column::HiddenAt.is_null())
        .order_by_asc(kudos::Column::GivenAt)
}

/// The kudos as a visitor sees them, unless they were posted or visitors may not see them any more.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn for_chat(store: &Store, id: KudosId) -> Result<Option<Kudos>, StoreError> {
    let row = kudos::Entity::find_by_id(id.0).one(store.db()).await?;
    if row.is_none_or(|row| row.posted_at.is_some()) {
        return Ok(None);
    }
    match get(store, &Actor::Anonymous, id).await {
        Ok(card) => Ok(Some(card)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Records that the chat was told, or that it is not going to be.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn mark_posted(store: &Store, id: KudosId) -> Result<(), StoreError> {
    verb!(store, |tx, &id| {
        kudos::Entity::update_many()
            .set(kudos::ActiveModel { posted_at: Set(Some(tx.now())), ..Default::default() })
            .filter(kudos::Column::Id.eq(id.0))
            .exec(tx.db())
            .await?;
        Ok(())
    })
}
