//! What is done because time has passed: each feature's chores, run again and again by the server.
//!
//! A chore looks for what is due, does each piece in a verb of its own that looks again behind its lock
//! (another process may have been faster), and answers when the next piece will be due.

use domain::Instant;

use crate::{Store, StoreError, admin, announcements, data, digest, events, groups};

/// What went wrong first, where each piece is done whatever happens to the others.
#[derive(Default)]
pub(crate) struct Faults(Option<StoreError>);

impl Faults {
    /// Remembers how a piece ended.
    pub(crate) fn note(&mut self, done: Result<(), StoreError>) {
        if let Err(fault) = done {
            self.0.get_or_insert(fault);
        }
    }

    /// The first fault, after all pieces.
    pub(crate) fn end(self) -> Result<(), StoreError> {
        self.0.map_or(Ok(()), Err)
    }
}

/// Does everything that is due. Answers when to come again at the latest; none when nothing is planned.
///
/// # Errors
/// Of the first chore that fails; the others are done all the same.
pub async fn run(store: &Store) -> Result<Option<Instant>, StoreError> {
    let done: [Result<Option<Instant>, StoreError>; 9] = [
        events::chores(store).await,
        // A change is told before what else there is to say of an event.
        events::moved::chores(store).await,
        events::notices::chores(store).await,
        events::reminders::chores(store).await,
        announcements::chores(store).await,
        data::chores(store).await,
        groups::chores(store).await,
        admin::chores(store).await,
        // After those that may put something off.
        digest::chores(store).await,
    ];
    let (mut next, mut failed) = (None::<Instant>, None);
    for chore in done {
        match chore {
            Ok(Some(at)) => next = Some(next.map_or(at, |next| next.min(at))),
            Ok(None) => {}
            Err(fault) => failed = failed.or(Some(fault)),
        }
    }
    failed.map_or(Ok(next), Err)
}
