//! The operator's work on members at the command line.

use domain::{Actor, MemberId, Zone, members::Address, policy::admin::ManageMembers};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::from_row;
use crate::{
    Store, StoreError,
    admin::{change_role, may, suspend_in},
    entities::{member, suspension},
    kudos::refresh_cards_of,
    settings,
    sign_in::{Newcomer, join},
    write::verb,
};

/// A member for the command line.
#[derive(Clone, Debug)]
pub struct MemberRow {
    /// The name on their profile. May be empty.
    pub name: String,
    /// The email address. `None` when they have none.
    pub address: Option<String>,
    /// The role, which is `Suspended` for suspended members.
    pub role: domain::Role,
}

/// All members, oldest first. For the operator at the command line.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn list(store: &Store) -> Result<Vec<MemberRow>, StoreError> {
    let rows = member::Entity::find().order_by_asc(member::Column::JoinedAt).all(store.db()).await?;
    rows.into_iter()
        .map(|row| {
            let address = row.address.clone();
            let member = from_row(row)?;
            Ok(MemberRow { name: member.name, address, role: member.role })
        })
        .collect()
}

/// Changes a member's role and ends their sessions, so that they sign in again with the new rights. For the
/// operator at the command line, who may do everything except remove the last admin.
///
/// # Errors
/// `NotFound` when no member has that address, `Refused` for the last admin.
pub async fn set_role(store: &Store, address: &Address, role: domain::Role) -> Result<(), StoreError> {
    store
        .write((address.key(), role), |tx, (key, role)| {
            Box::pin(async move {
                let found =
                    member::Entity::find().filter(member::Column::AddressKey.eq(key)).one(tx.db()).await?;
                let row = found.ok_or(StoreError::NotFound)?;
                if *role == domain::Role::Suspended {
                    suspend_in(tx, &Actor::Operator, MemberId(row.id), "").await?;
                    return Ok(());
                }
                settings::lock(tx).await?;
                let permit = may(&Actor::Operator, ManageMembers)?;
                suspension::Entity::delete_by_id(row.id).exec(tx.db()).await?;
                change_role(tx, &permit, &row, *role, "member.role").await?;
                refresh_cards_of(tx, MemberId(row.id)).await
            })
        })
        .await
}

/// Creates an account for an address. Its owner becomes active by signing in by email, even where newcomers
/// need an invitation. For the operator at the command line.
///
/// # Errors
/// `Refused(AddressTaken)` when a member already has the address.
pub async fn invite(store: &Store, address: &Address) -> Result<(), StoreError> {
    verb!(store, |tx, address| {
        let existing = member::Entity::find().filter(member::Column::AddressKey.eq(address.key()));
        if existing.one(tx.db()).await?.is_some() {
            return Err(domain::Refusal::AddressTaken.into());
        }
        let new = Newcomer {
            name: "",
            address: Some(address),
            role: domain::Role::Member,
            zone: Zone::UTC,
            locale: domain::Locale::En,
            demo_key: None,
            at: tx.now(),
        };
        join(tx, new).await?;
        Ok(())
    })
}
