//! Cards of kudos show how many comments they have, so open walls hear of every change of that number (K9).

use domain::{KudosId, comments::TargetKind};

use crate::{StoreError, entities::comment, kudos, write::Tx};

/// Brings the card of a comment up to date on open walls. It is the last step of a verb, because it locks the feed.
pub(super) async fn refresh(tx: &Tx, row: &comment::Model) -> Result<(), StoreError> {
    match row.kind.parse() {
        Ok(TargetKind::Kudos) => kudos::push(tx, KudosId(row.target_id), kudos::EntryKind::Edited).await,
        Ok(TargetKind::Event | TargetKind::Group) | Err(()) => Ok(()),
    }
}
