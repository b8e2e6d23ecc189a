//! Emails that answer what members do with their own RSVP. While one waits, a newer one about the same RSVP
//! replaces it. After a few at once the next waits, so that changing one's mind a hundred times sends a handful
//! of emails, and the last of them is true.

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

/// The RSVP that an email answers for its own member, if that is what it does.
pub(super) fn rsvp_of(email: &Email) -> Option<Uuid> {
    email.rsvps().first().filter(|_| email.answers_rsvp()).map(|rsvp| rsvp.0)
}

/// An email as it goes out, and when. One that answers an RSVP replaces those of the same RSVP that are unsent.
/// Any other email about the RSVP lets the waiting one go first, so that they arrive in the order of what
/// happened.
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

/// Takes the unsent emails that answered an RSVP out of the outbox. There is one at most, unless a mail server is
/// away: older ones stay, as other emails about the event may have followed them.
async fn take_unsent(tx: &Tx, rsvp: Uuid) -> Result<Vec<Email>, StoreError> {
    // A worker that is sending one has marked it by now, or skips it and finds it gone.
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

/// When the next email that answers an RSVP is due.
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
    let full = recent.len() as u64 == MAX_RSVP_EMAILS;
    Ok(recent.last().filter(|_| full).map_or(tx.now(), |oldest| *oldest + RSVP_EMAILS_WINDOW))
}

/// Makes the waiting email about an RSVP due now.
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
