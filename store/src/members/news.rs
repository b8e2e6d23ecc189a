//! News that one member causes for another.

use domain::{MemberId, Role, emails::Email};
use uuid::Uuid;

use super::{load, recipient};
use crate::{StoreError, outbox, write::Tx};

/// Posts news that somebody else caused. Suspended members get none, and nobody gets more than a few of a kind an hour.
pub(crate) async fn post_news(tx: &Tx, to: Uuid, email: &Email) -> Result<(), StoreError> {
    let to = MemberId(to);
    let member = load(tx.db(), to).await?;
    let active = recipient(&member).filter(|_| member.role != Role::Suspended.name());
    let Some(recipient) = active else { return Ok(()) };
    if outbox::had_enough(tx, to, email).await? {
        return Ok(());
    }
    outbox::post(tx, Some(to), &recipient, email).await
}
