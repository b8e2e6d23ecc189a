//! What `/mentoring` shows: programmes, the rounds that matter to the reader, and their sign-ups.

use domain::{
    Actor,
    mentoring::{RoundState, SignUpState},
    policy::{NoRelation, mentoring::CreateProgramme, permit},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use super::{
    rows::{ProgrammeCard, RoundCard, programme_cards, round_cards},
    visibility::{programmes_seen_by, rounds_seen_by},
};
use crate::{
    Store, StoreError,
    entities::{mentoring_programme, mentoring_round, mentoring_sign_up},
};

/// The most programmes and rounds on the page.
const MAX_SHOWN: u64 = 50;

/// What `/mentoring` shows.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The programmes that are not archived, by name.
    pub programmes: Vec<ProgrammeCard>,
    /// Rounds that are open or running, those that the reader signed up for, and drafts for their coordinators.
    pub rounds: Vec<RoundCard>,
    /// Whether the reader can create programmes.
    pub may_create: bool,
}

/// What `/mentoring` shows to a reader.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn overview(store: &Store, actor: &Actor) -> Result<Overview, StoreError> {
    let programmes = mentoring_programme::Entity::find()
        .filter(mentoring_programme::Column::ArchivedAt.is_null())
        .filter(programmes_seen_by(actor))
        .order_by_asc(mentoring_programme::Column::Name)
        .order_by_asc(mentoring_programme::Column::Id)
        .limit(MAX_SHOWN)
        .all(store.db())
        .await?;
    let me = actor.member().map_or_else(Uuid::nil, |me| me.0);
    let mine = mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::RoundId)
        .filter(mentoring_sign_up::Column::MemberId.eq(me))
        .filter(mentoring_sign_up::Column::State.ne(SignUpState::Withdrawn.name()))
        .into_query();
    let over = [RoundState::Finished, RoundState::Cancelled].map(RoundState::name);
    let rounds = mentoring_round::Entity::find()
        .filter(rounds_seen_by(actor))
        .filter(
            Condition::any()
                .add(mentoring_round::Column::State.is_not_in(over))
                .add(mentoring_round::Column::Id.in_subquery(mine)),
        )
        .order_by_desc(mentoring_round::Column::StartsOn)
        .order_by_asc(mentoring_round::Column::Id)
        .limit(MAX_SHOWN)
        .all(store.db())
        .await?;
    Ok(Overview {
        programmes: programme_cards(store.db(), programmes).await?,
        rounds: round_cards(store.db(), actor, rounds, store.now()).await?,
        may_create: permit(actor, CreateProgramme, NoRelation).is_ok(),
    })
}
