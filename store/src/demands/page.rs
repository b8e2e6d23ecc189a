//! The page of a learning request.

use domain::{
    Actor, DemandId, Refusal,
    demands::DemandState,
    policy::{
        demands::{
            ClaimDemand, DeclineDemand, DemandRelation, EditDemand, ModerateDemand, ReleaseDemand,
            ReopenDemand, ScheduleDemand, SecondDemand, WithdrawDemand,
        },
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    cards::{DemandCard, cards},
    rows::{claim_of, relation, seen},
};
use crate::{
    Store, StoreError,
    entities::{demand, demand_claim, demand_supporter, group},
    groups::{self, GroupName},
    members,
};

/// The most names that the page shows.
const MAX_NAMES: u64 = 50;

/// A learning request for a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandPage {
    /// The request.
    pub card: DemandCard,
    /// The reader's relation to it.
    pub relation: DemandRelation,
    /// The names of members who want it, as each of them shows it to the reader.
    pub names: Vec<String>,
    /// What the speaker says. Empty without a speaker.
    pub note: String,
    /// The group that the speaker asks to host it, if the reader sees the group.
    pub host: Option<GroupName>,
    /// For the speaker: the group that declined to host it, if the reader sees the group, and why.
    pub declined: Option<(Option<GroupName>, String)>,
    /// Whether the reader can say that they want it too, or no longer.
    pub can_support: bool,
    /// Whether the reader can offer to teach it.
    pub can_claim: bool,
    /// Whether the reader can put it back on the board without a speaker.
    pub can_release: bool,
    /// Whether the reader can make a draft event for it.
    pub can_schedule: bool,
    /// Whether the reader can decline to host it.
    pub can_decline: bool,
    /// Whether the reader can change it.
    pub can_edit: bool,
    /// Whether the reader can take it back.
    pub can_withdraw: bool,
    /// Whether the reader can put it back.
    pub can_reopen: bool,
    /// Whether the reader can remove it, or restore it when it was removed.
    pub can_moderate: bool,
}

/// A learning request, and what the reader can do about it.
///
/// # Errors
/// `NotFound` for hidden and absent ones.
pub async fn page(store: &Store, actor: &Actor, id: DemandId) -> Result<DemandPage, StoreError> {
    let db = store.db();
    actor.member().ok_or(Refusal::SignInFirst)?;
    let row = demand::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let claim = claim_of(db, row.id).await?;
    let relation = relation(db, actor, &row, claim.as_ref()).await?;
    if !seen(db, actor, &row, relation).await? {
        return Err(StoreError::NotFound);
    }
    let host = match claim.as_ref().and_then(|claim| claim.group_id) {
        Some(id) => group_name(db, actor, id).await?,
        None => None,
    };
    let declined = match claim.as_ref().filter(|_| relation == DemandRelation::Claimant) {
        Some(demand_claim::Model { group_id: None, declined_group_id: Some(id), declined_note, .. }) => {
            Some((group_name(db, actor, *id).await?, declined_note.clone()))
        }
        _ => None,
    };
    let names = names_of(db, actor, row.id).await?;
    let card = cards(db, actor, vec![row]).await?.pop().ok_or(StoreError::NotFound)?;
    let is_open = card.state == DemandState::Open;
    let is_free = !card.is_claimed || card.is_speaker;
    Ok(DemandPage {
        can_support: is_open && permit(actor, SecondDemand, relation).is_ok(),
        can_claim: is_open && is_free && permit(actor, ClaimDemand, relation).is_ok(),
        can_release: is_open && card.is_claimed && permit(actor, ReleaseDemand, relation).is_ok(),
        can_schedule: is_open && card.event.is_none() && permit(actor, ScheduleDemand, relation).is_ok(),
        can_decline: is_open && permit(actor, DeclineDemand, relation).is_ok(),
        can_edit: is_open && !card.is_hidden && permit(actor, EditDemand, relation).is_ok(),
        can_withdraw: is_open && permit(actor, WithdrawDemand, relation).is_ok(),
        can_reopen: card.state == DemandState::Withdrawn && permit(actor, ReopenDemand, relation).is_ok(),
        can_moderate: matches!(card.state, DemandState::Open | DemandState::Removed)
            && permit(actor, ModerateDemand, relation).is_ok(),
        note: claim.map_or_else(String::new, |claim| claim.note),
        card,
        relation,
        names,
        host,
        declined,
    })
}

/// The names of the first members who want it. Members who hide theirs are only counted.
async fn names_of(db: &impl ConnectionTrait, actor: &Actor, demand: Uuid) -> Result<Vec<String>, StoreError> {
    let ids: Vec<Uuid> = demand_supporter::Entity::find()
        .select_only()
        .column(demand_supporter::Column::MemberId)
        .filter(demand_supporter::Column::DemandId.eq(demand))
        .filter(crate::blocks::hidden_from(
            actor,
            sea_orm::sea_query::Expr::col((demand_supporter::Entity, demand_supporter::Column::MemberId)),
        ))
        .order_by_asc(demand_supporter::Column::Since)
        .order_by_asc(demand_supporter::Column::MemberId)
        .limit(MAX_NAMES)
        .into_tuple()
        .all(db)
        .await?;
    let mut names = members::names(db, actor, ids.iter().copied()).await?;
    Ok(ids.iter().filter_map(|id| names.remove(id)).collect())
}

async fn group_name(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: Uuid,
) -> Result<Option<GroupName>, StoreError> {
    let find = group::Entity::find_by_id(id).filter(groups::seen_by(actor));
    let named = |row: group::Model| Some(GroupName { slug: domain::Slug::parse(&row.slug)?, name: row.name });
    Ok(find.one(db).await?.and_then(named))
}
