//! Blocks between members (F3). Two members with a block between them do not see each other in lists of people,
//! and neither is notified.
//!
//! Every list of people uses [`hidden_from`]. Every verb between two people uses [`between`]. Code that emails
//! one member's text to many uses [`hidden`].

mod visibility;

pub(crate) use visibility::{between, hidden, hidden_from};

use domain::{Actor, Instant, MemberId, Refusal, policy::members::BlockMember};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::OnConflict,
};

use crate::{
    Store, StoreError, audit,
    entities::block,
    members::{load, names, own},
    write::verb,
};

/// The most members that one member can block. It also limits the length of the list.
const MAX_BLOCKS: u64 = 500;

/// A member the reader has blocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockedMember {
    /// The blocked member, used to remove the block.
    pub id: MemberId,
    /// Their name, if the reader may see it.
    pub name: Option<String>,
    /// When the block was made.
    pub since: Instant,
}

/// The members the reader has blocked, newest first. Names that the reader may not see stay hidden: a block
/// must not reveal one.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<BlockedMember>, StoreError> {
    let (id, _permit) = own(actor, BlockMember)?;
    let rows = block::Entity::find()
        .filter(block::Column::ById.eq(id.0))
        .order_by_desc(block::Column::Since)
        .limit(MAX_BLOCKS)
        .all(store.db())
        .await?;
    let mut names = names(store.db(), actor, rows.iter().map(|row| row.blocked_id)).await?;
    let blocked = |row: block::Model| BlockedMember {
        id: MemberId(row.blocked_id),
        name: names.remove(&row.blocked_id),
        since: row.since,
    };
    Ok(rows.into_iter().map(blocked).collect())
}

/// Blocks a member. Blocking them again changes nothing.
///
/// # Errors
/// `Refused` when not signed in, when blocking oneself, and beyond 500 blocks. `NotFound` when there is no such
/// member.
pub async fn block(store: &Store, actor: &Actor, target: MemberId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &target| {
        let (me, permit) = own(actor, BlockMember)?;
        if me == target {
            return Err(Refusal::Oneself.into());
        }
        load(tx.db(), target).await?;
        if block::Entity::find().filter(block::Column::ById.eq(me.0)).count(tx.db()).await? >= MAX_BLOCKS {
            return Err(Refusal::SlowDown { seconds: 3600 }.into());
        }
        crate::mentoring::lock_rounds_of(tx, me, target).await?;
        let row = block::ActiveModel { by_id: Set(me.0), blocked_id: Set(target.0), since: Set(tx.now()) };
        let ignore_existing =
            OnConflict::columns([block::Column::ById, block::Column::BlockedId]).do_nothing().to_owned();
        block::Entity::insert(row).on_conflict(ignore_existing).exec_without_returning(tx.db()).await?;
        crate::mentoring::proposals::withdraw_between(tx, me, target).await?;
        crate::mentorships::withdraw_between(tx, me, target).await?;
        crate::mentorships::end_between(tx, me, target).await?;
        crate::questions::release_between(tx, me, target).await?;
        crate::circles::leave_between(tx, me, target).await?;
        crate::demands::release_between(tx, me, target).await?;
        crate::speed_rounds::leave_between(tx, me, target).await?;
        // The blocked member is private to the actor, so the log entry names the actor only.
        audit::record(tx, &permit, "member.block", me.0).await?;
        crate::kudos::hide_from_giver(tx, me, target).await?;
        crate::kudos::reload_walls_of(tx, &[me, target]).await
    })
}

/// Removes a block. Removing one that does not exist changes nothing.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn unblock(store: &Store, actor: &Actor, target: MemberId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &target| {
        let (me, permit) = own(actor, BlockMember)?;
        let deleted = block::Entity::delete_by_id((me.0, target.0)).exec(tx.db()).await?;
        audit::record(tx, &permit, "member.unblock", me.0).await?;
        match deleted.rows_affected {
            0 => Ok(()),
            _ => crate::kudos::reload_walls_of(tx, &[me, target]).await,
        }
    })
}
