//! Sign-ups that their author started and did not send, for the to-do list on the home page.

use domain::{
    Actor,
    mentoring::{RoundState, SignUpRole, SignUpState},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use super::{
    rows::{RoundCard, round_cards},
    visibility::rounds_seen_by,
};
use crate::{
    Store, StoreError,
    entities::{mentoring_round, mentoring_sign_up},
};

/// The most sign-ups in the list.
const MAX_SHOWN: u64 = 5;

/// The rounds for which the reader can still send a sign-up that they started, each with its side.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn unfinished(store: &Store, actor: &Actor) -> Result<Vec<(RoundCard, SignUpRole)>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let mine = mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::RoundId)
        .filter(mentoring_sign_up::Column::MemberId.eq(me.0))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Draft.name()));
    let rounds = mentoring_round::Entity::find()
        .filter(mentoring_round::Column::Id.in_subquery(mine.into_query()))
        .filter(mentoring_round::Column::State.eq(RoundState::Open.name()))
        .filter(rounds_seen_by(actor))
        .order_by_asc(mentoring_round::Column::SignUpClosesAt)
        .limit(MAX_SHOWN)
        .all(store.db())
        .await?;
    let cards = round_cards(store.db(), actor, rounds, store.now()).await?;
    let drafts = |card: RoundCard| {
        let roles: Vec<SignUpRole> = card
            .mine
            .iter()
            .filter(|(_, state)| *state == SignUpState::Draft)
            .map(|(role, _)| *role)
            .collect();
        roles.into_iter().map(move |role| (card.clone(), role))
    };
    Ok(cards.into_iter().flat_map(drafts).collect())
}
