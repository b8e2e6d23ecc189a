//! Members' rows: loading, locking and converting them to domain values.

use domain::{
    Actor, MemberId, SignInSessionId, Zone,
    emails::Recipient,
    members::{Address, Member},
    policy::{Action, Own, Permit, permit},
};
use sea_orm::{
    ConnectionTrait, EntityTrait as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};

use crate::{
    StoreError,
    entities::{deletion, member},
    write::Tx,
};

/// Converts a member's row to the domain type.
pub(crate) fn from_row(row: member::Model) -> Result<Member, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("member {}: unknown {what}", row.id));
    Ok(Member {
        id: MemberId(row.id),
        role: row.role.parse().map_err(|()| corrupt("role"))?,
        zone: row.zone.parse().map_err(|()| corrupt("zone"))?,
        locale: row.locale.parse().map_err(|()| corrupt("locale"))?,
        address: row.address.as_deref().and_then(Address::parse),
        joined_at: row.joined_at,
        name: row.name,
    })
}

/// A member as the recipient of an email. `None` when they have no address.
pub(crate) fn recipient(row: &member::Model) -> Option<Recipient> {
    Some(Recipient {
        name: row.name.clone(),
        address: row.address.clone()?,
        zone: row.zone.parse().unwrap_or(Zone::UTC),
        locale: row.locale.parse().unwrap_or_default(),
    })
}

/// A member as an actor without a session, for links in emails.
pub(crate) fn as_actor(row: member::Model) -> Result<Actor, StoreError> {
    let member = from_row(row)?;
    Ok(Actor::Member { id: member.id, role: member.role, session: SignInSessionId(uuid::Uuid::nil()) })
}

/// Loads a member inside a verb.
pub(crate) async fn load(db: &impl ConnectionTrait, id: MemberId) -> Result<member::Model, StoreError> {
    member::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)
}

/// Loads a member and locks the row until the transaction ends.
pub(crate) async fn lock(tx: &Tx, id: MemberId) -> Result<member::Model, StoreError> {
    member::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?.ok_or(StoreError::NotFound)
}

/// The signed-in member and a permit for an action on their own data.
pub(crate) fn own<A>(actor: &Actor, action: A) -> Result<(MemberId, Permit<A>), StoreError>
where
    A: Action<Relation = Own>,
{
    let permit = permit(actor, action, Own)?;
    let id = actor.member().ok_or(StoreError::NotFound)?;
    Ok((id, permit))
}

/// The subquery for when a member's account will be deleted.
pub(crate) fn leaving() -> SelectStatement {
    Query::select()
        .column(deletion::Column::DueAt)
        .from(deletion::Entity)
        .and_where(
            Expr::col((deletion::Entity, deletion::Column::MemberId))
                .equals((member::Entity, member::Column::Id)),
        )
        .take()
}
