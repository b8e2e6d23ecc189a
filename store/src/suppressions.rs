//! Addresses that mail comes back from (C7): nothing more goes there that can be done without, until
//! somebody says or shows that it works again.

use domain::{Actor, EmailId, Instant, Slug, emails::Email, members::Address, policy::Action};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, RelationTrait as _,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Store, StoreError,
    admin::bounced,
    audit,
    entities::{email, member, rsvp, suppression},
    events::{self, may_edit},
    members::{load, own, recipient},
    outbox,
    write::Tx,
};

/// Causes are short, and hold no address.
const MAX_CAUSE: usize = 200;

/// Whether mail to an address comes back. What is muted then is for the poster of each letter to say: a
/// sign-in, a cancellation and a change of time still go.
pub(crate) async fn suppressed(db: &impl ConnectionTrait, address_key: &str) -> Result<bool, StoreError> {
    Ok(suppression::Entity::find_by_id(address_key.to_owned()).count(db).await? > 0)
}

/// From now on mail to an address counts as coming back; it keeps since when.
pub(crate) async fn suppress(tx: &Tx, address: &str, cause: &str) -> Result<(), StoreError> {
    let row = suppression::ActiveModel {
        address_key: Set(address.to_ascii_lowercase()),
        cause: Set(cause.chars().take(MAX_CAUSE).collect()),
        since: Set(tx.now()),
    };
    let newer = OnConflict::column(suppression::Column::AddressKey)
        .update_column(suppression::Column::Cause)
        .to_owned();
    suppression::Entity::insert(row).on_conflict(newer).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Mail to an address arrives: whoever signs in by mail has shown it.
pub(crate) async fn clear(tx: &Tx, address_key: &str) -> Result<(), StoreError> {
    suppression::Entity::delete_by_id(address_key.to_owned()).exec(tx.db()).await?;
    Ok(())
}

/// A delivery report says that an email bounced for good, so its address is muted. Anybody can send us a
/// report: it counts only if `email` is one that we sent to this very address, and the address is a member's.
/// `true` when it counts.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn record_bounce(
    store: &Store,
    address: &Address,
    email: EmailId,
    cause: &str,
) -> Result<bool, StoreError> {
    store
        .write((address.clone(), email, cause.to_owned()), |tx, (address, email, cause)| {
            Box::pin(async move {
                let sent = email::Entity::find_by_id(email.0).one(tx.db()).await?;
                if !sent.is_some_and(|sent| sent.address.eq_ignore_ascii_case(address.as_str())) {
                    return Ok(false);
                }
                let known = member::Entity::find().filter(member::Column::AddressKey.eq(address.key()));
                let Some(known) = known.one(tx.db()).await? else { return Ok(false) };
                suppress(tx, address.as_str(), cause).await?;
                audit::record_by(tx, None, "email.bounce", Some(known.id)).await?;
                Ok(true)
            })
        })
        .await
}

/// A member says that mail to them arrives again: it is believed, and a letter goes out to try it.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn clear_bounce(store: &Store, actor: &Actor) -> Result<(), StoreError> {
    store
        .write(*actor, |tx, actor| {
            Box::pin(async move {
                let (id, permit) = own(actor, Action::ManageOwnData)?;
                let row = load(tx.db(), id).await?;
                let Some(key) = row.address_key.as_ref() else { return Ok(()) };
                if !suppressed(tx.db(), key).await? {
                    return Ok(());
                }
                clear(tx, key).await?;
                if let Some(to) = recipient(&row) {
                    outbox::post(tx, Some(id), &to, &Email::EmailConfirmed).await?;
                }
                audit::record(tx, &permit, "email.clear_bounce", id.0).await
            })
        })
        .await
}

/// Since when mail to a member comes back, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounced {
    /// Since when.
    pub since: Instant,
    /// As the mail server says it.
    pub cause: String,
}

/// Whether mail to the reader comes back.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn mine(store: &Store, actor: &Actor) -> Result<Option<Bounced>, StoreError> {
    let (id, _permit) = own(actor, Action::ManageOwnData)?;
    let Some(key) = load(store.db(), id).await?.address_key else { return Ok(None) };
    let row = suppression::Entity::find_by_id(key).one(store.db()).await?;
    Ok(row.map(|row| Bounced { since: row.since, cause: row.cause }))
}

/// How many of those who have a seat at an event, wait for one or ask for one cannot be reached by mail, and how many
/// there are: (2, 40). For who may change the event.
///
/// # Errors
/// `NotFound` when the reader may not change it.
pub async fn unreachable(store: &Store, actor: &Actor, slug: &Slug) -> Result<(u64, u64), StoreError> {
    let event = may_edit(store, actor, slug).await?;
    let answers =
        || rsvp::Entity::find().filter(rsvp::Column::EventId.eq(event)).filter(events::takes_part());
    let all = answers().count(store.db()).await?;
    let without = answers()
        .join(JoinType::InnerJoin, rsvp::Relation::Member.def())
        .filter(
            sea_orm::Condition::any().add(member::Column::AddressKey.is_null()).add(Expr::exists(bounced())),
        )
        .count(store.db())
        .await?;
    Ok((without, all))
}
