//! Work that is due at a certain time. The server runs the chores of every feature again and again.
//!
//! A chore finds what is due and does each piece in its own verb. The verb checks again behind its lock,
//! because another process may have been faster. The chore returns when its next piece is due.

use domain::Instant;

use crate::{Store, StoreError, admin, announcements, data, digest, events, groups};

/// Does everything that is due. Returns when it must run again at the latest, or `None` when nothing is
/// planned.
///
/// # Errors
/// The error of the first chore that fails. The other chores still run.
pub async fn run(store: &Store) -> Result<Option<Instant>, StoreError> {
    let done: [Result<Option<Instant>, StoreError>; 9] = [
        events::chores(store).await,
        // Emails about changes go out before other emails about the same event.
        events::moved::chores(store).await,
        events::notices::chores(store).await,
        events::reminders::chores(store).await,
        announcements::chores(store).await,
        data::chores(store).await,
        groups::chores(store).await,
        admin::chores(store).await,
        // Last, because the other chores may add items to a digest.
        digest::chores(store).await,
    ];
    let (mut next, mut failed) = (None::<Instant>, None);
    for chore in done {
        match chore {
            Ok(Some(at)) => next = Some(next.map_or(at, |next| next.min(at))),
            Ok(None) => {}
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    failed.map_or(Ok(next), Err)
}
