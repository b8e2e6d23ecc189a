//! Emails that confirm what members do with their own RSVP. A newer one replaces an unsent one about the same
//! RSVP. After a few in a short time the next one waits, so that changing an RSVP many times sends few emails,
//! and the last one is true.

use domain::{
    Instant,
    emails::{Email, MAX_RSVP_EMAILS, RSVP_EMAILS_WINDOW},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::state;
use crate::{StoreError, entities::email, write::Tx};

/// The RSVP that an email confirms to its own member, if it is such an email.
pub(super) fn rsvp_of(email: &Email) -> Option<Uuid> {
    email.rsvps().first().filter(|_| email.confirms_own_change()).map(|rsvp| rsvp.0)
}

/// The email to send and when it is due. A confirmation replaces unsent ones about the same RSVP. Before any
/// other email about the RSVP, an unsent confirmation becomes due at once, so that both arrive in order.
pub(super) async fn prepare(tx: &Tx, email: &Email) -> Result<(Email, Instant), StoreError> {
    let mut email = email.clone();
    let Some(rsvp) = rsvp_of(&email) else {
        for rsvp in email.rsvps() {
            flush(tx, rsvp.0).await?;
        }
        return Ok((email, tx.now()));
    };
    for unsent in take_unsent(tx, rsvp).await? {
        email = email.in_place_of(&unsent);
    }
    let due_at = due(tx, rsvp).await?;
    Ok((email, due_at))
}

/// Removes unsent confirmations of an RSVP from the outbox. There is at most one, unless the mail server is
/// down. Older ones stay, because other emails about the event may have followed them.
async fn take_unsent(tx: &Tx, rsvp: Uuid) -> Result<Vec<Email>, StoreError> {
    // A worker that sends one at the same time has marked it already, or skips it because it is gone.
    let rows = email::Entity::find()
        .filter(email::Column::RsvpId.eq(rsvp))
        .filter(email::Column::State.eq(state::PENDING))
        .filter(email::Column::PostedAt.gt(tx.now() - RSVP_EMAILS_WINDOW))
        .order_by_asc(email::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?;
    let mut unsent = Vec::with_capacity(rows.len());
    for row in rows {
        email::Entity::delete_by_id(row.id).exec(tx.db()).await?;
        unsent.extend(serde_json::from_str(&row.payload).ok());
    }
    Ok(unsent)
}

/// When the next confirmation of an RSVP is due.
async fn due(tx: &Tx, rsvp: Uuid) -> Result<Instant, StoreError> {
    let recent: Vec<Instant> = email::Entity::find()
        .select_only()
        .column(email::Column::PostedAt)
        .filter(email::Column::RsvpId.eq(rsvp))
        .filter(email::Column::PostedAt.gt(tx.now() - RSVP_EMAILS_WINDOW))
        .order_by_desc(email::Column::PostedAt)
        .limit(MAX_RSVP_EMAILS)
        .into_tuple()
        .all(tx.db())
        .await?;
    let at_limit = recent.len() as u64 == MAX_RSVP_EMAILS;
    Ok(recent.last().filter(|_| at_limit).map_or(tx.now(), |oldest| *oldest + RSVP_EMAILS_WINDOW))
}

/// Makes the waiting confirmation of an RSVP due now.
async fn flush(tx: &Tx, rsvp: Uuid) -> Result<(), StoreError> {
    email::Entity::update_many()
        .set(email::ActiveModel { due_at: Set(tx.now()), ..Default::default() })
        .filter(email::Column::RsvpId.eq(rsvp))
        .filter(email::Column::State.eq(state::PENDING))
        .filter(email::Column::DueAt.gt(tx.now()))
        .exec(tx.db())
        .await?;
    Ok(())
}
