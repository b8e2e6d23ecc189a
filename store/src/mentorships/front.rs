//! The reader's mentorships, for the page about mentoring and for the home page.

use domain::{
    Actor, Instant, MentorshipId,
    mentoring::{MentorshipState, SignUpRole},
    mentorships::NextStep,
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::Expr,
};

use super::{page::facts, pair::pair_of};
use crate::{Store, StoreError, entities::mentorship};

/// The most mentorships on a page.
const MAX_SHOWN: u64 = 20;

/// A mentorship in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairCard {
    /// Its id, which is also in the path of its page.
    pub id: MentorshipId,
    /// The reader's side.
    pub side: SignUpRole,
    /// Name of the other one. Empty after they were erased.
    pub partner: String,
    /// Name of the programme.
    pub programme: String,
    /// Its state.
    pub state: MentorshipState,
    /// What is next for the reader.
    pub next: NextStep,
    /// When both accepted.
    pub started_at: Instant,
}

/// The mentorships of the reader: those that go on first, and then the newest. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn mine(store: &Store, actor: &Actor) -> Result<Vec<PairCard>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let db = store.db();
    let has_ended: Expr = Expr::case(mentorship::Column::EndedAt.is_null(), 0).finally(1).into();
    let rows = mentorship::Entity::find()
        .filter(
            Condition::any()
                .add(mentorship::Column::MenteeId.eq(me.0))
                .add(mentorship::Column::MentorId.eq(me.0)),
        )
        // Those that go on come first, so that the limit never hides one behind old ones.
        .order_by_asc(has_ended)
        .order_by_desc(mentorship::Column::StartedAt)
        .order_by_desc(mentorship::Column::Id)
        .limit(MAX_SHOWN)
        .all(db)
        .await?;
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        let pair = match pair_of(db, me, row).await {
            Ok((pair, _)) => pair,
            Err(StoreError::NotFound) => continue,
            Err(error) => return Err(error),
        };
        let facts = facts(db, &pair, store.now()).await?;
        cards.push(PairCard {
            id: pair.id(),
            side: pair.side,
            partner: pair.partner(),
            programme: pair.programme.name.clone(),
            state: pair.state()?,
            next: NextStep::of(&facts),
            started_at: pair.row.started_at,
        });
    }
    cards.sort_by_key(|card| card.state == MentorshipState::Ended);
    Ok(cards)
}
