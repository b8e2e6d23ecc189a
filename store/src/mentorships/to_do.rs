//! What waits for the reader in their mentorships: a time to choose, a check-in, feedback.

use domain::{Actor, MentorshipId, mentorships::NextStep};

use super::front::mine;
use crate::{Store, StoreError};

/// Something that waits for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairToDo {
    /// The mentorship.
    pub id: MentorshipId,
    /// Name of the other one.
    pub partner: String,
    /// What waits.
    pub next: NextStep,
}

/// What waits for the reader in their mentorships. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn to_do(store: &Store, actor: &Actor) -> Result<Vec<PairToDo>, StoreError> {
    let cards = mine(store, actor).await?.into_iter().filter(|card| card.next.waits_for_reader());
    Ok(cards.map(|card| PairToDo { id: card.id, partner: card.partner, next: card.next }).collect())
}
