//! Erasing a member from kudos. The number of statements does not depend on how many kudos they gave: each handles a
//! chunk of cards.

use std::collections::BTreeSet;

use domain::{MemberId, comments::TargetKind, kudos::KudosVisibility};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, FromQueryResult, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};
use uuid::Uuid;

use super::{
    feed::{Entry, EntryKind, KEPT_ENTRIES},
    visibility::{added_by, received},
};
use crate::{
    StoreError,
    comments::{commented_by, remove_of},
    entities::{
        kudos, kudos_card, kudos_giver, kudos_praised_value, kudos_reaction, kudos_recipient, profile,
    },
    search,
    write::Tx,
};

/// Number of cards in one statement.
const CHUNK: usize = 500;

/// What is needed of a card that is erased.
#[derive(Clone, Debug, FromQueryResult)]
struct Card {
    id: Uuid,
    from_id: Uuid,
    team_id: Option<Uuid>,
    visibility: String,
}

impl Card {
    fn visibility(&self) -> KudosVisibility {
        self.visibility.parse().unwrap_or(KudosVisibility::Private)
    }
}

/// Prepares the erasure of a member. Kudos that nobody else got are deleted with them, because the text is about the
/// member. Returns what open walls have to do. The caller pushes it at the end, because the lock of the feed is the
/// last one that a verb takes. Emails with erased texts are deleted by a job (`data::run_erase_quotes`).
pub(crate) async fn forget(tx: &Tx, member: MemberId) -> Result<Vec<Entry>, StoreError> {
    let shared = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::KudosId)
        .filter(kudos_recipient::Column::MemberId.ne(member.0))
        .into_query();
    let only_theirs = cards(
        tx,
        Condition::all()
            .add(kudos::Column::Id.in_subquery(received(member)))
            .add(kudos::Column::TeamId.is_null())
            .add(kudos::Column::Id.not_in_subquery(shared)),
    )
    .await?;
    let given = cards(tx, Condition::all().add(kudos::Column::FromId.eq(member.0))).await?;
    let others: Vec<Uuid> = kudos::Entity::find()
        .select_only()
        .column(kudos::Column::Id)
        .filter(
            Condition::any()
                .add(kudos::Column::Id.in_subquery(received(member)))
                .add(kudos::Column::Id.in_subquery(added_by(member)))
                .add(kudos::Column::Id.in_subquery(commented_by(TargetKind::Kudos, member))),
        )
        .into_tuple()
        .all(tx.db())
        .await?;
    let erased: Vec<Card> = given.iter().chain(&only_theirs).cloned().collect();
    let mut entries = removals(tx, &erased, member).await?;
    for chunk in erased.chunks(CHUNK) {
        let ids: Vec<Uuid> = chunk.iter().map(|card| card.id).collect();
        remove_of(tx, TargetKind::Kudos, &ids).await?;
        search::without_kudos(tx, &ids).await?;
    }
    kudos_recipient::Entity::delete_many()
        .filter(kudos_recipient::Column::MemberId.eq(member.0))
        .exec(tx.db())
        .await?;
    for chunk in only_theirs.chunks(CHUNK) {
        delete(tx, chunk).await?;
    }
    let erased: BTreeSet<Uuid> = erased.iter().map(|card| card.id).collect();
    let left = others.into_iter().filter(|id| !erased.contains(id));
    entries.extend(left.map(|id| Entry::of(id, EntryKind::Edited)));
    Ok(entries)
}

async fn cards(tx: &Tx, which: Condition) -> Result<Vec<Card>, StoreError> {
    let find = kudos::Entity::find()
        .select_only()
        .columns([kudos::Column::Id, kudos::Column::FromId, kudos::Column::TeamId])
        .column(kudos::Column::Visibility)
        .filter(which);
    Ok(find.into_model().all(tx.db()).await?)
}

/// Deletes cards with everything around them. Nobody is a recipient any more.
async fn delete(tx: &Tx, cards: &[Card]) -> Result<(), StoreError> {
    let ids = || cards.iter().map(|card| card.id);
    kudos_praised_value::Entity::delete_many()
        .filter(kudos_praised_value::Column::KudosId.is_in(ids()))
        .exec(tx.db())
        .await?;
    kudos_card::Entity::delete_many().filter(kudos_card::Column::KudosId.is_in(ids())).exec(tx.db()).await?;
    kudos_giver::Entity::delete_many()
        .filter(kudos_giver::Column::KudosId.is_in(ids()))
        .exec(tx.db())
        .await?;
    kudos_reaction::Entity::delete_many()
        .filter(kudos_reaction::Column::KudosId.is_in(ids()))
        .exec(tx.db())
        .await?;
    kudos::Entity::delete_many().filter(kudos::Column::Id.is_in(ids())).exec(tx.db()).await?;
    Ok(())
}

/// What walls do about cards that are erased. Once a row is gone, nobody knows its audience. So a card for some people
/// only is not named: the walls of those people load again. The erased member has no walls any more.
async fn removals(tx: &Tx, cards: &[Card], member: MemberId) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    let mut readers: BTreeSet<Uuid> = BTreeSet::new();
    for card in cards {
        match card.visibility() {
            KudosVisibility::Public => entries.push(Entry::of(card.id, EntryKind::Erased)),
            KudosVisibility::Members => entries.push(Entry::of(card.id, EntryKind::ErasedForMembers)),
            KudosVisibility::Team | KudosVisibility::Private => {
                readers.insert(card.from_id);
            }
        }
    }
    for visibility in [KudosVisibility::Team, KudosVisibility::Private] {
        let of_kind: Vec<&Card> = cards.iter().filter(|card| card.visibility() == visibility).collect();
        for chunk in of_kind.chunks(CHUNK) {
            readers.extend(readers_of(tx, chunk, visibility == KudosVisibility::Team).await?);
        }
    }
    readers.remove(&member.0);
    entries.extend(readers.into_iter().map(|reader| Entry::reload(MemberId(reader))));
    Ok(entries)
}

/// The people for whom these cards were: the recipients, the members of a team that got one, and with `with_teams` the
/// teams of giver and recipients. One more than the feed keeps is enough, because then every wall loads again.
async fn readers_of(tx: &Tx, cards: &[&Card], with_teams: bool) -> Result<Vec<Uuid>, StoreError> {
    let recipients = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::MemberId)
        .filter(kudos_recipient::Column::KudosId.is_in(cards.iter().map(|card| card.id)))
        .into_query();
    let is_named = |column: profile::Column| {
        let givers = cards.iter().map(|card| card.from_id).collect::<BTreeSet<_>>();
        Condition::any().add(column.in_subquery(recipients.clone())).add(column.is_in(givers))
    };
    let teams: SelectStatement = profile::Entity::find()
        .select_only()
        .column(profile::Column::TeamId)
        .filter(is_named(profile::Column::MemberId))
        .filter(profile::Column::TeamId.is_not_null())
        .into_query();
    let thanked: BTreeSet<Uuid> = cards.iter().filter_map(|card| card.team_id).collect();
    let readers = Condition::any()
        .add(is_named(profile::Column::MemberId))
        .add_option((!thanked.is_empty()).then(|| profile::Column::TeamId.is_in(thanked)))
        .add_option(with_teams.then(|| Expr::col(profile::Column::TeamId).in_subquery(teams)));
    Ok(profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(readers)
        .limit(u64::try_from(KEPT_ENTRIES).unwrap_or(u64::MAX) + 1)
        .into_tuple()
        .all(tx.db())
        .await?)
}
