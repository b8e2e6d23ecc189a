//! How many emails about invitations an address gets, and who wants none. Counted over withdrawals and whoever
//! sends them: inviting, withdrawing and inviting again sends no more than inviting.
//!
//! Only a hash of the address is kept, so that nothing names people who want nothing to do with us.

use domain::{
    Instant, MemberId, Refusal,
    invitations::{Emailed, MAX_EMAILS},
    members::Address,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, QuerySelect as _, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Store, StoreError, entities::invitation_recipient, secrets, write::Tx};

/// The hash of an address, as links and the database hold it.
#[must_use]
pub fn hash(address: &str) -> String {
    let key = Address::parse(address).map_or_else(|| address.to_ascii_lowercase(), |address| address.key());
    secrets::hex_hash(&key)
}

fn emailed(row: &invitation_recipient::Model) -> Emailed {
    Emailed {
        sent: u32::try_from(row.sent).unwrap_or(MAX_EMAILS),
        since: row.since,
        opted_out: row.opted_out_at.is_some(),
    }
}

/// Counts one more email to an address that may belong to nobody here.
///
/// # Errors
/// `Refused(CannotEmail)` when it got enough, or when its owner wants none.
pub(crate) async fn count(tx: &Tx, address_key: &str) -> Result<(), StoreError> {
    count_hash(tx, hash(address_key)).await
}

/// Counts one more invitation of a member into a group.
///
/// # Errors
/// `Refused(CannotEmail)` when they got enough.
pub(crate) async fn count_member(tx: &Tx, group: Uuid, member: MemberId) -> Result<(), StoreError> {
    count_hash(tx, secrets::hex_hash(&format!("group {group} member {member}"))).await
}

async fn count_hash(tx: &Tx, hash: String) -> Result<(), StoreError> {
    let row = invitation_recipient::Entity::find_by_id(hash.clone()).lock_exclusive().one(tx.db()).await?;
    let now = Emailed::after_one_more(row.as_ref().map(emailed), tx.now())?;
    let new = invitation_recipient::ActiveModel {
        hash: Set(hash),
        sent: Set(i32::try_from(now.sent).unwrap_or(i32::MAX)),
        since: Set(now.since),
        opted_out_at: Set(None),
    };
    if row.is_some() {
        new.update(tx.db()).await?;
    } else {
        new.insert(tx.db()).await?;
    }
    Ok(())
}

/// Counts one more invitation if that may be: `false` when the address got enough, or wants none.
pub(crate) async fn may_invite(tx: &Tx, address_key: &str) -> Result<bool, StoreError> {
    unless_refused(count(tx, address_key).await)
}

/// The same for an answer to a request. Counted apart: anybody can type any address into the form, and must not
/// be able to use up its invitations by that.
pub(crate) async fn may_answer_request(tx: &Tx, address_key: &str) -> Result<bool, StoreError> {
    if opted_out(tx, address_key).await? {
        return Ok(false);
    }
    unless_refused(count_hash(tx, secrets::hex_hash(&format!("request {address_key}"))).await)
}

fn unless_refused(counted: Result<(), StoreError>) -> Result<bool, StoreError> {
    match counted {
        Ok(()) => Ok(true),
        Err(StoreError::Refused(Refusal::CannotEmail)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Whether the owner of an address wants no emails about invitations, by the hash of the address.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn wants_none(store: &Store, hash: &str) -> Result<bool, StoreError> {
    let row = invitation_recipient::Entity::find_by_id(hash.to_owned()).one(store.db()).await?;
    Ok(row.is_some_and(|row| row.opted_out_at.is_some()))
}

pub(crate) async fn opted_out(tx: &Tx, address_key: &str) -> Result<bool, StoreError> {
    let row = invitation_recipient::Entity::find_by_id(hash(address_key)).one(tx.db()).await?;
    Ok(row.is_some_and(|row| row.opted_out_at.is_some()))
}

/// Stops emails about invitations to an address, or allows them again. The signed link is the proof.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn opt_out(store: &Store, hash: &str, out: bool) -> Result<(), StoreError> {
    store
        .write((hash.to_owned(), out), |tx, (hash, out)| {
            Box::pin(async move {
                let at: Option<Instant> = out.then(|| tx.now());
                let row = invitation_recipient::ActiveModel {
                    hash: Set(hash.clone()),
                    sent: Set(0),
                    since: Set(tx.now()),
                    opted_out_at: Set(at),
                };
                let only_this = OnConflict::column(invitation_recipient::Column::Hash)
                    .update_column(invitation_recipient::Column::OptedOutAt)
                    .to_owned();
                invitation_recipient::Entity::insert(row)
                    .on_conflict(only_this)
                    .exec_without_returning(tx.db())
                    .await?;
                Ok(())
            })
        })
        .await
}
