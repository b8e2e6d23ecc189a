//! Erasing a member from kudos.

use std::collections::BTreeSet;

use domain::{MemberId, comments::TargetKind, kudos::KudosVisibility};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    feed::{Entry, EntryKind},
    visibility::{added_by, received},
};
use crate::{
    StoreError,
    comments::remove_of,
    entities::{
        digest_item, email, kudos, kudos_card, kudos_giver, kudos_praised_value, kudos_reaction,
        kudos_recipient, profile,
    },
    write::Tx,
};

/// The most readers whose walls load again because of one card.
const MAX_READERS: u64 = 200;
/// The kinds of emails that contain the text of kudos.
const KINDS: [&str; 2] = ["kudos_received", "weekly_kudos"];

/// Prepares the erasure of a member. Kudos that nobody else got are deleted with them, because the text is about the
/// member. Returns what open walls have to do. The caller pushes it at the end, because the lock of the feed is the
/// last one that a verb takes.
pub(crate) async fn forget(tx: &Tx, member: MemberId) -> Result<Vec<Entry>, StoreError> {
    let shared = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::KudosId)
        .filter(kudos_recipient::Column::MemberId.ne(member.0))
        .into_query();
    let only_theirs = kudos::Entity::find()
        .filter(kudos::Column::Id.in_subquery(received(member)))
        .filter(kudos::Column::TeamId.is_null())
        .filter(kudos::Column::Id.not_in_subquery(shared))
        .all(tx.db())
        .await?;
    let given = kudos::Entity::find().filter(kudos::Column::FromId.eq(member.0)).all(tx.db()).await?;
    let others: Vec<Uuid> = kudos::Entity::find()
        .select_only()
        .column(kudos::Column::Id)
        .filter(
            Condition::any()
                .add(kudos::Column::Id.in_subquery(received(member)))
                .add(kudos::Column::Id.in_subquery(added_by(member))),
        )
        .into_tuple()
        .all(tx.db())
        .await?;
    let mut entries = Vec::new();
    for row in given.iter().chain(&only_theirs) {
        let concerned = removals(tx, row).await?;
        // The erased member has no walls any more.
        entries.extend(concerned.into_iter().filter(|entry| !entry.is_for(member)));
        delete_emails(tx, row.id).await?;
        remove_of(tx, TargetKind::Kudos, row.id).await?;
    }
    kudos_recipient::Entity::delete_many()
        .filter(kudos_recipient::Column::MemberId.eq(member.0))
        .exec(tx.db())
        .await?;
    let erased: BTreeSet<Uuid> = given.iter().chain(&only_theirs).map(|row| row.id).collect();
    for id in only_theirs.iter().map(|row| row.id) {
        kudos_praised_value::Entity::delete_many()
            .filter(kudos_praised_value::Column::KudosId.eq(id))
            .exec(tx.db())
            .await?;
        kudos_card::Entity::delete_by_id(id).exec(tx.db()).await?;
        kudos_giver::Entity::delete_many().filter(kudos_giver::Column::KudosId.eq(id)).exec(tx.db()).await?;
        kudos_reaction::Entity::delete_many()
            .filter(kudos_reaction::Column::KudosId.eq(id))
            .exec(tx.db())
            .await?;
        kudos::Entity::delete_by_id(id).exec(tx.db()).await?;
    }
    let left = others.into_iter().filter(|id| !erased.contains(id));
    entries.extend(left.map(|id| Entry::of(id, EntryKind::Edited)));
    Ok(entries)
}

/// What walls do about a card that is erased. Once the row is gone, nobody knows its audience. So a card for some
/// people only is not named: the walls of those people load again.
async fn removals(tx: &Tx, row: &kudos::Model) -> Result<Vec<Entry>, StoreError> {
    let visibility: KudosVisibility = row.visibility.parse().unwrap_or(KudosVisibility::Private);
    let is_team = match visibility {
        KudosVisibility::Public => return Ok(vec![Entry::of(row.id, EntryKind::Erased)]),
        KudosVisibility::Members => return Ok(vec![Entry::of(row.id, EntryKind::ErasedForMembers)]),
        KudosVisibility::Team => true,
        KudosVisibility::Private => false,
    };
    let mut people: BTreeSet<Uuid> = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::MemberId)
        .filter(kudos_recipient::Column::KudosId.eq(row.id))
        .into_tuple::<Uuid>()
        .all(tx.db())
        .await?
        .into_iter()
        .collect();
    people.insert(row.from_id);
    let teams = profile::Entity::find()
        .select_only()
        .column(profile::Column::TeamId)
        .filter(profile::Column::MemberId.is_in(people.iter().copied()))
        .filter(profile::Column::TeamId.is_not_null())
        .into_query();
    let in_teams = Condition::any()
        .add_option(row.team_id.map(|team| profile::Column::TeamId.eq(team)))
        .add_option(is_team.then(|| profile::Column::TeamId.in_subquery(teams)));
    if !in_teams.is_empty() {
        let team_mates: Vec<Uuid> = profile::Entity::find()
            .select_only()
            .column(profile::Column::MemberId)
            .filter(in_teams)
            .limit(MAX_READERS)
            .into_tuple()
            .all(tx.db())
            .await?;
        people.extend(team_mates);
    }
    Ok(people.into_iter().map(|person| Entry::reload(MemberId(person))).collect())
}

/// Deletes the emails to others that contain the text: those that are finished, and those that wait for a digest.
async fn delete_emails(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let named = format!("%\"kudos\":\"{id}\"%");
    email::Entity::delete_many()
        .filter(email::Column::Kind.is_in(KINDS))
        .filter(email::Column::SettledAt.is_not_null())
        .filter(email::Column::Payload.like(&named))
        .exec(tx.db())
        .await?;
    digest_item::Entity::delete_many()
        .filter(Expr::col(digest_item::Column::Payload).like(&named))
        .exec(tx.db())
        .await?;
    Ok(())
}
