//! Blocks (F3): who has blocked whom. Neither sees the other where members are listed, and neither is told.
//!
//! Every list of people asks [`hidden_from`]; every verb between two people asks [`between`]; whoever sends one
//! member's words to many asks [`hidden`].

use std::collections::HashSet;

use domain::{Actor, Instant, MemberId, Refusal, policy::Action};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use crate::{
    Store, StoreError, audit,
    entities::block,
    members::{load, names, own},
    write::Tx,
};

/// More than anybody needs; a list without an end is nobody's help.
const MAX_BLOCKS: u64 = 500;

/// The condition that leaves out, by the column that holds a member's id, everybody whom the reader has
/// blocked and who has blocked the reader. Nobody is left out for the anonymous.
pub(crate) fn hidden_from(actor: &Actor, member: Expr) -> Condition {
    let Some(me) = actor.member() else { return Condition::all() };
    let mine = block::Entity::find()
        .select_only()
        .column(block::Column::BlockedId)
        .filter(block::Column::ById.eq(me.0))
        .into_query();
    let theirs = block::Entity::find()
        .select_only()
        .column(block::Column::ById)
        .filter(block::Column::BlockedId.eq(me.0))
        .into_query();
    Condition::all().add(member.clone().not_in_subquery(mine)).add(member.not_in_subquery(theirs))
}

/// Whether one of the two has blocked the other.
pub(crate) async fn between(db: &impl ConnectionTrait, a: MemberId, b: MemberId) -> Result<bool, StoreError> {
    let one = |by: MemberId, blocked: MemberId| {
        Condition::all().add(block::Column::ById.eq(by.0)).add(block::Column::BlockedId.eq(blocked.0))
    };
    let either = Condition::any().add(one(a, b)).add(one(b, a));
    Ok(block::Entity::find().filter(either).count(db).await? > 0)
}

/// Everybody who is hidden from one member, whoever blocked whom.
pub(crate) async fn hidden(db: &impl ConnectionTrait, of: MemberId) -> Result<HashSet<MemberId>, StoreError> {
    let either = Condition::any().add(block::Column::ById.eq(of.0)).add(block::Column::BlockedId.eq(of.0));
    let rows = block::Entity::find().filter(either).all(db).await?;
    let other = |row: block::Model| if row.by_id == of.0 { row.blocked_id } else { row.by_id };
    Ok(rows.into_iter().map(|row| MemberId(other(row))).collect())
}

/// Somebody whom the reader has blocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Who.
    pub id: MemberId,
    /// Their name, if they show it to the reader.
    pub name: Option<String>,
    /// Since when.
    pub since: Instant,
}

/// Whom the reader has blocked, the last first. A block is no way to learn a name that is hidden.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn mine(store: &Store, actor: &Actor) -> Result<Vec<Blocked>, StoreError> {
    let (id, _permit) = own(actor, Action::Block)?;
    let rows = block::Entity::find()
        .filter(block::Column::ById.eq(id.0))
        .order_by_desc(block::Column::Since)
        .limit(MAX_BLOCKS)
        .all(store.db())
        .await?;
    let mut names = names(store.db(), actor, rows.iter().map(|row| row.blocked_id)).await?;
    let blocked = |row: block::Model| Blocked {
        id: MemberId(row.blocked_id),
        name: names.remove(&row.blocked_id),
        since: row.since,
    };
    Ok(rows.into_iter().map(blocked).collect())
}

/// Blocks a member; blocking them again changes nothing.
///
/// # Errors
/// `Refused` when nobody is signed in, for oneself, and beyond 500; `NotFound`.
pub async fn block(store: &Store, actor: &Actor, whom: MemberId) -> Result<(), StoreError> {
    store.write((*actor, whom), |tx, (actor, whom)| Box::pin(block_in(tx, actor, *whom))).await
}

async fn block_in(tx: &Tx, actor: &Actor, whom: MemberId) -> Result<(), StoreError> {
    let (me, permit) = own(actor, Action::Block)?;
    if me == whom {
        return Err(Refusal::Oneself.into());
    }
    load(tx.db(), whom).await?;
    if block::Entity::find().filter(block::Column::ById.eq(me.0)).count(tx.db()).await? >= MAX_BLOCKS {
        return Err(Refusal::SlowDown { seconds: 3600 }.into());
    }
    let row = block::ActiveModel { by_id: Set(me.0), blocked_id: Set(whom.0), since: Set(tx.now()) };
    let known = OnConflict::columns([block::Column::ById, block::Column::BlockedId]).do_nothing().to_owned();
    block::Entity::insert(row).on_conflict(known).exec_without_returning(tx.db()).await?;
    // Whom is theirs to know: the log names the one who blocks alone.
    audit::note(tx, &permit, "member.block", me.0).await
}

/// Takes a block back.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn unblock(store: &Store, actor: &Actor, whom: MemberId) -> Result<(), StoreError> {
    store
        .write((*actor, whom), |tx, (actor, whom)| {
            Box::pin(async move {
                let (me, permit) = own(actor, Action::Block)?;
                block::Entity::delete_by_id((me.0, whom.0)).exec(tx.db()).await?;
                audit::note(tx, &permit, "member.unblock", me.0).await
            })
        })
        .await
}
