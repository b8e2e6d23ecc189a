//! Which members may see cards differently from all others, so that open walls can share the rest (K9).

use std::collections::{BTreeSet, HashSet};

use domain::{Actor, MemberId, comments::TargetKind, kudos::KudosVisibility};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, comments,
    entities::{block, event, kudos, kudos_feed, kudos_giver, kudos_reaction, kudos_recipient, profile},
    events,
};

/// The members who may see the changes between two entries of the feed differently from other members: the people on
/// the cards, their teams where a team matters, people with a block with one of them, and people whose walls load again.
/// All other members with the same role see the same. `None` when that is not known, because a card is about an event
/// that not everybody sees.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn concerned(
    store: &Store,
    after: i64,
    until: i64,
) -> Result<Option<HashSet<MemberId>>, StoreError> {
    let db = store.db();
    let entries = kudos_feed::Entity::find()
        .filter(kudos_feed::Column::Seq.gt(after))
        .filter(kudos_feed::Column::Seq.lte(until))
        .all(db)
        .await?;
    let ids: BTreeSet<Uuid> = entries.iter().filter_map(|entry| entry.kudos_id).collect();
    let mut members: HashSet<Uuid> = entries.iter().filter_map(|entry| entry.reader_id).collect();
    let cards = kudos::Entity::find().filter(kudos::Column::Id.is_in(ids.clone())).all(db).await?;
    let about: BTreeSet<Uuid> = cards.iter().filter_map(|card| card.event_id).collect();
    if !about.is_empty() {
        let seen = event::Entity::find()
            .filter(event::Column::Id.is_in(about.clone()))
            .filter(events::seen_by(&Actor::Anonymous));
        if seen.count(db).await? < about.len() as u64 {
            return Ok(None);
        }
    }
    let mut people: BTreeSet<Uuid> = cards.iter().map(|card| card.from_id).collect();
    let recipients: Vec<Uuid> = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::MemberId)
        .filter(kudos_recipient::Column::KudosId.is_in(ids.clone()))
        .into_tuple()
        .all(db)
        .await?;
    let added: Vec<Uuid> = kudos_giver::Entity::find()
        .select_only()
        .column(kudos_giver::Column::MemberId)
        .filter(kudos_giver::Column::KudosId.is_in(ids.clone()))
        .into_tuple()
        .all(db)
        .await?;
    people.extend(recipients.into_iter().chain(added));
    members.extend(people.iter().copied());
    let on_cards = people.clone();
    // A card counts the comments that the reader sees, and a block hides some of them.
    people.extend(comments::commenters(db, TargetKind::Kudos, ids.clone()).await?);
    // A card says which reactions are the reader's own.
    let reacted: Vec<Uuid> = kudos_reaction::Entity::find()
        .select_only()
        .column(kudos_reaction::Column::MemberId)
        .filter(kudos_reaction::Column::KudosId.is_in(ids))
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    members.extend(reacted);
    let blocks = block::Entity::find()
        .filter(
            Condition::any()
                .add(block::Column::ById.is_in(people.clone()))
                .add(block::Column::BlockedId.is_in(people.clone())),
        )
        .all(db)
        .await?;
    members.extend(blocks.into_iter().flat_map(|block| [block.by_id, block.blocked_id]));
    members.extend(team_mates(store, &cards, on_cards).await?);
    Ok(Some(members.into_iter().map(MemberId).collect()))
}

/// The members of teams that make a difference: teams that got a card, and where a card is for a team, the teams of the
/// people on it.
async fn team_mates(
    store: &Store,
    cards: &[kudos::Model],
    people: BTreeSet<Uuid>,
) -> Result<Vec<Uuid>, StoreError> {
    let thanked: BTreeSet<Uuid> = cards.iter().filter_map(|card| card.team_id).collect();
    let is_for_team = cards.iter().any(|card| card.visibility == KudosVisibility::Team.name());
    if thanked.is_empty() && !is_for_team {
        return Ok(Vec::new());
    }
    let teams = profile::Entity::find()
        .select_only()
        .column(profile::Column::TeamId)
        .filter(profile::Column::MemberId.is_in(people))
        .filter(profile::Column::TeamId.is_not_null());
    let in_teams = Condition::any()
        .add(profile::Column::TeamId.is_in(thanked))
        .add_option(is_for_team.then(|| profile::Column::TeamId.in_subquery(teams.into_query())));
    Ok(profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(in_teams)
        .into_tuple()
        .all(store.db())
        .await?)
}
