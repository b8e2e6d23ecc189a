//! Limits on emails about invitations per address, and addresses that opted out. The counts cover all senders
//! and include withdrawn invitations, so withdrawing and inviting again doesn't send more.
//!
//! Only a hash of the address is stored, so that the table names nobody who opted out.

use domain::{
    Instant, MemberId, Refusal,
    invitations::{Emailed, MAX_EMAILS},
    members::Address,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, QuerySelect as _, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::invitation_recipient,
    secrets,
    write::{Tx, verb},
};

/// Hash of an address, as in links and in the database.
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

/// Counts one more email to an address. The address may belong to someone without an account.
///
/// # Errors
/// `Refused(CannotEmail)` when the address reached its limit or opted out.
pub(crate) async fn count(tx: &Tx, address_key: &str) -> Result<(), StoreError> {
    count_hash(tx, hash(address_key)).await
}

/// Counts one more invitation of a member to a group.
///
/// # Errors
/// `Refused(CannotEmail)` when the member reached the limit.
pub(crate) async fn count_member(tx: &Tx, group: Uuid, member: MemberId) -> Result<(), StoreError> {
    count_hash(tx, secrets::hex_hash(&format!("group {group} member {member}"))).await
}

async fn count_hash(tx: &Tx, hash: String) -> Result<(), StoreError> {
    let row = invitation_recipient::Entity::find_by_id(hash.clone()).lock_exclusive().one(tx.db()).await?;
    let emailed_now = Emailed::after_one_more(row.as_ref().map(emailed), tx.now())?;
    let change = invitation_recipient::ActiveModel {
        hash: Set(hash),
        sent: Set(i32::try_from(emailed_now.sent).unwrap_or(i32::MAX)),
        since: Set(emailed_now.since),
        opted_out_at: Set(None),
    };
    if row.is_some() {
        change.update(tx.db()).await?;
    } else {
        change.insert(tx.db()).await?;
    }
    Ok(())
}

/// Counts one more invitation. Returns `false` when the address reached its limit or opted out.
pub(crate) async fn may_invite(tx: &Tx, address_key: &str) -> Result<bool, StoreError> {
    is_allowed(count(tx, address_key).await)
}

/// Like `may_invite`, for an email about a request for an invitation. It has its own count: anyone can type an
/// address into that form and must not use up its invitations.
pub(crate) async fn may_answer_request(tx: &Tx, address_key: &str) -> Result<bool, StoreError> {
    if opted_out(tx, address_key).await? {
        return Ok(false);
    }
    is_allowed(count_hash(tx, secrets::hex_hash(&format!("request {address_key}"))).await)
}

fn is_allowed(result: Result<(), StoreError>) -> Result<bool, StoreError> {
    match result {
        Ok(()) => Ok(true),
        Err(StoreError::Refused(Refusal::CannotEmail)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Whether an address, given by its hash, opted out of emails about invitations.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn has_opted_out(store: &Store, hash: &str) -> Result<bool, StoreError> {
    let row = invitation_recipient::Entity::find_by_id(hash.to_owned()).one(store.db()).await?;
    Ok(row.is_some_and(|row| row.opted_out_at.is_some()))
}

pub(crate) async fn opted_out(tx: &Tx, address_key: &str) -> Result<bool, StoreError> {
    let row = invitation_recipient::Entity::find_by_id(hash(address_key)).one(tx.db()).await?;
    Ok(row.is_some_and(|row| row.opted_out_at.is_some()))
}

/// Opts an address out of emails about invitations, or in again. The signed link replaces signing in.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn opt_out(store: &Store, hash: &str, opted_out: bool) -> Result<(), StoreError> {
    verb!(store, |tx, hash, opted_out| {
        let at: Option<Instant> = opted_out.then(|| tx.now());
        let row = invitation_recipient::ActiveModel {
            hash: Set(hash.clone()),
            sent: Set(0),
            since: Set(tx.now()),
            opted_out_at: Set(at),
        };
        let keep_counts = OnConflict::column(invitation_recipient::Column::Hash)
            .update_column(invitation_recipient::Column::OptedOutAt)
            .to_owned();
        invitation_recipient::Entity::insert(row)
            .on_conflict(keep_counts)
            .exec_without_returning(tx.db())
            .await?;
        Ok(())
    })
}
