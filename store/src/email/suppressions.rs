//! Suppressed addresses: emails to them bounced (C7). They get no optional emails until a member says or shows
//! that emails arrive again.

use domain::{
    Actor, EmailId, Instant,
    emails::{self, Email},
    members::Address,
    policy::data::ManageOwnData,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _, OnConflict, Query, SelectStatement},
};

use super::outbox;
use crate::{
    Store, StoreError, audit,
    entities::{email, member, suppression},
    members::{load, own, recipient},
    write::{Tx, verb},
};

/// Maximum length of a cause in characters.
const MAX_CAUSE: usize = 200;

/// Whether emails to an address are suppressed. Callers decide what that means: sign-in links, cancellations
/// and changes of time are still sent.
pub(crate) async fn suppressed(db: &impl ConnectionTrait, address_key: &str) -> Result<bool, StoreError> {
    Ok(suppression::Entity::find_by_id(address_key.to_owned()).count(db).await? > 0)
}

/// Suppresses an address. If it is suppressed already, the time stays and the cause is replaced.
pub(crate) async fn suppress(tx: &Tx, address: &str, cause: &str) -> Result<(), StoreError> {
    let row = suppression::ActiveModel {
        address_key: Set(address.to_ascii_lowercase()),
        cause: Set(cause.chars().take(MAX_CAUSE).collect()),
        since: Set(tx.now()),
    };
    let replace_cause = OnConflict::column(suppression::Column::AddressKey)
        .update_column(suppression::Column::Cause)
        .to_owned();
    suppression::Entity::insert(row).on_conflict(replace_cause).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Ends the suppression of an address, for example after a sign-in by email.
pub(crate) async fn clear(tx: &Tx, address_key: &str) -> Result<(), StoreError> {
    suppression::Entity::delete_by_id(address_key.to_owned()).exec(tx.db()).await?;
    Ok(())
}

/// Suppresses an address after a delivery report about a permanent bounce. Anyone can send such a report, so it
/// counts only if `email` was sent to this address and the address belongs to a member. Returns whether it
/// counts.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn record_bounce(
    store: &Store,
    address: &Address,
    email: EmailId,
    cause: &str,
) -> Result<bool, StoreError> {
    verb!(store, |tx, address, email, cause| {
        let sent = email::Entity::find_by_id(email.0).one(tx.db()).await?;
        if !sent.is_some_and(|sent| sent.address.eq_ignore_ascii_case(address.as_str())) {
            return Ok(false);
        }
        let member = member::Entity::find().filter(member::Column::AddressKey.eq(address.key()));
        let Some(member) = member.one(tx.db()).await? else { return Ok(false) };
        suppress(tx, address.as_str(), cause).await?;
        audit::record_by(tx, None, "email.bounce", Some(member.id)).await?;
        Ok(true)
    })
}

/// Ends the suppression of the actor's own address when they say that emails arrive again. Sends an email to
/// try it.
///
/// # Errors
/// `Refused` when the actor isn't signed in.
pub async fn clear_bounce(store: &Store, actor: &Actor) -> Result<(), StoreError> {
    verb!(store, |tx, actor| {
        let (id, permit) = own(actor, ManageOwnData)?;
        let row = load(tx.db(), id).await?;
        let Some(key) = row.address_key.as_ref() else { return Ok(()) };
        if !suppressed(tx.db(), key).await? {
            return Ok(());
        }
        clear(tx, key).await?;
        if let Some(to) = recipient(&row) {
            outbox::post(tx, Some(id), &to, &Email::from(emails::EmailConfirmed)).await?;
        }
        audit::record(tx, &permit, "email.clear_bounce", id.0).await
    })
}

/// A suppression of a member's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounced {
    /// When the first email bounced.
    pub since: Instant,
    /// Reason given by the mail server.
    pub cause: String,
}

/// The suppression of the actor's own address. `None` if emails arrive.
///
/// # Errors
/// `Refused` when the actor isn't signed in.
pub async fn own_bounce(store: &Store, actor: &Actor) -> Result<Option<Bounced>, StoreError> {
    let (id, _permit) = own(actor, ManageOwnData)?;
    let Some(key) = load(store.db(), id).await?.address_key else { return Ok(None) };
    let row = suppression::Entity::find_by_id(key).one(store.db()).await?;
    Ok(row.map(|row| Bounced { since: row.since, cause: row.cause }))
}

/// The subquery for since when emails to a member bounce.
pub(crate) fn bounced() -> SelectStatement {
    Query::select()
        .column(suppression::Column::Since)
        .from(suppression::Entity)
        .and_where(
            Expr::col((suppression::Entity, suppression::Column::AddressKey))
                .equals((member::Entity, member::Column::AddressKey)),
        )
        .take()
}
