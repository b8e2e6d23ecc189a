//! Brings open walls up to date when people change: somebody is suspended or comes back, or blocks somebody.

use domain::{MemberId, comments::TargetKind};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    feed::{Entry, EntryKind, push_all},
    visibility::{added_by, received},
};
use crate::{StoreError, comments::commented_by, entities::kudos, write::Tx};

/// The most cards that are refreshed. Walls show about as many.
const MAX_CARDS: u64 = 100;

/// Makes open walls look again at the latest cards to and from a member, and those with their comments, because their account changed.
pub(crate) async fn refresh_cards_of(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    let with_member = Condition::any()
        .add(kudos::Column::FromId.eq(member.0))
        .add(kudos::Column::Id.in_subquery(received(member)))
        .add(kudos::Column::Id.in_subquery(added_by(member)))
        .add(kudos::Column::Id.in_subquery(commented_by(TargetKind::Kudos, member)));
    let ids: Vec<Uuid> = kudos::Entity::find()
        .select_only()
        .column(kudos::Column::Id)
        .filter(with_member)
        .filter(kudos::Column::RetractedAt.is_null())
        .filter(kudos::Column::HiddenAt.is_null())
        .order_by_desc(kudos::Column::GivenAt)
        .order_by_desc(kudos::Column::Id)
        .limit(MAX_CARDS)
        .into_tuple()
        .all(tx.db())
        .await?;
    push_all(tx, ids.into_iter().rev().map(|id| Entry::of(id, EntryKind::Edited)).collect()).await
}

/// Makes the walls of these readers load again, because what they may see has changed.
pub(crate) async fn reload_walls_of(tx: &Tx, readers: &[MemberId]) -> Result<(), StoreError> {
    push_all(tx, readers.iter().map(|reader| Entry::reload(*reader)).collect()).await
}
