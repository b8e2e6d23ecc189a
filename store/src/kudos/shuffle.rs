//! Kudos in random order, for meetings.

use chrono::Duration;
use domain::{Actor, KudosId, kudos::KudosVisibility};
use sea_orm::{ColumnTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::{
    list::{Filter, get, matching, newest_first},
    rows::Kudos,
};
use crate::{Store, StoreError, entities::kudos, secrets};

/// The period that the cards are from.
const PERIOD: Duration = Duration::days(90);
/// The most cards in an order, the latest ones.
const MAX_CARDS: u64 = 200;

/// The number of cards in an order, and the card at a place in it, from 0. The same seed gives the same order. The
/// cards are from the last 90 days. None of them is for a team or for its recipients only, because a whole meeting
/// sees them.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn shuffled(
    store: &Store,
    actor: &Actor,
    seed: &str,
    place: usize,
) -> Result<(usize, Option<Kudos>), StoreError> {
    let open = [KudosVisibility::Public.name(), KudosVisibility::Members.name()];
    let mut ids: Vec<Uuid> = newest_first(matching(actor, &Filter::default()))
        .select_only()
        .column(kudos::Column::Id)
        .filter(kudos::Column::Visibility.is_in(open))
        .filter(kudos::Column::GivenAt.gt(store.now() - PERIOD))
        .limit(MAX_CARDS)
        .into_tuple()
        .all(store.db())
        .await?;
    ids.sort_by_cached_key(|id| secrets::content_name(format!("{seed} {id}").as_bytes()));
    let card = match ids.get(place) {
        Some(id) => match get(store, actor, KudosId(*id)).await {
            Err(StoreError::NotFound) => None,
            found => Some(found?),
        },
        None => None,
    };
    Ok((ids.len(), card))
}
