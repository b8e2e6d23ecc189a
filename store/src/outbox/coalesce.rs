//! Emails that answer what members do with their own RSVP. While one waits, a newer one about the same RSVP
//! replaces it. After a few at once the next waits, so that changing one's mind a hundred times sends a handful
//! of emails, and the last of them is true.

use domain::{
    Instant,
    letters::{Letter, RSVP_EMAILS_AT_ONCE, RSVP_EMAILS_WINDOW},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::state;
use crate::{Fault, entities::letter, write::Tx};

/// The RSVP that an email answers for its own member, if that is what it does.
pub(super) fn rsvp_of(letter: &Letter) -> Option<Uuid> {
    letter.rsvps().first().filter(|_| letter.answers_rsvp()).map(|rsvp| rsvp.0)
}

/// When an email is due. One that answers an RSVP replaces those of the same RSVP that are unsent. Any other
/// email about the RSVP lets the waiting one go first, so that they arrive in the order of what happened.
pub(super) async fn due(tx: &Tx, letter: &Letter) -> Result<Instant, Fault> {
    let Some(rsvp) = rsvp_of(letter) else {
        for rsvp in letter.rsvps() {
            flush(tx, rsvp.0).await?;
        }
        return Ok(tx.now());
    };
    // A worker that is sending one has marked it by now, or waits for this transaction and finds it gone.
    letter::Entity::delete_many()
        .filter(letter::Column::RsvpId.eq(rsvp))
        .filter(letter::Column::State.eq(state::PENDING))
        // Older ones wait for a mail server that is away, and others about the event may have followed them.
        .filter(letter::Column::PostedAt.gt(tx.now() - RSVP_EMAILS_WINDOW))
        .exec(tx.db())
        .await?;
    let recent: Vec<Instant> = letter::Entity::find()
        .select_only()
        .column(letter::Column::PostedAt)
        .filter(letter::Column::RsvpId.eq(rsvp))
        .filter(letter::Column::PostedAt.gt(tx.now() - RSVP_EMAILS_WINDOW))
        .order_by_desc(letter::Column::PostedAt)
        .limit(RSVP_EMAILS_AT_ONCE)
        .into_tuple()
        .all(tx.db())
        .await?;
    let full = recent.len() as u64 == RSVP_EMAILS_AT_ONCE;
    Ok(recent.last().filter(|_| full).map_or(tx.now(), |oldest| *oldest + RSVP_EMAILS_WINDOW))
}

/// Makes the waiting email about an RSVP due now.
async fn flush(tx: &Tx, rsvp: Uuid) -> Result<(), Fault> {
    letter::Entity::update_many()
        .set(letter::ActiveModel { due_at: Set(tx.now()), ..Default::default() })
        .filter(letter::Column::RsvpId.eq(rsvp))
        .filter(letter::Column::State.eq(state::PENDING))
        .filter(letter::Column::DueAt.gt(tx.now()))
        .exec(tx.db())
        .await?;
    Ok(())
}
