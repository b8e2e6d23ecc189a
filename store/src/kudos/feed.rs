//! The feed that open walls follow (K9): one entry for everything that happened to kudos, numbered in the order of
//! the commits.

use domain::{Actor, KudosId};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    list::{Filter, matching},
    rows::{Kudos, complete},
    visibility::audience,
};
use crate::{
    Store, StoreError,
    entities::{kudos, kudos_feed, kudos_feed_lock},
    write::Tx,
};

/// The id of the only row of `kudos_feed_lock`.
const LOCK: i32 = 1;
/// The most entries that are read at once.
const MAX_ENTRIES: u64 = 100;
/// The entries that are kept. A wall that is further behind loads again, which costs less than so many cards.
pub(crate) const KEPT_ENTRIES: i64 = 500;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    New,
    Edited,
    Hidden,
    Unhidden,
    Retracted,
    Erased,
}

impl EntryKind {
    /// Every kind.
    pub(crate) const ALL: [Self; 6] =
        [Self::New, Self::Edited, Self::Hidden, Self::Unhidden, Self::Retracted, Self::Erased];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Edited => "edited",
            Self::Hidden => "hidden",
            Self::Unhidden => "unhidden",
            Self::Retracted => "retracted",
            Self::Erased => "erased",
        }
    }
}

/// Adds an entry. The row of `kudos_feed_lock` stays locked until the commit, so that the entry with the next number
/// cannot become visible first. It is the last statement of a verb, to hold the lock for a short time.
pub(crate) async fn push(tx: &Tx, id: KudosId, kind: EntryKind) -> Result<(), StoreError> {
    kudos_feed_lock::Entity::find_by_id(LOCK).lock_exclusive().one(tx.db()).await?;
    let seq = latest(tx.db()).await? + 1;
    let entry = kudos_feed::ActiveModel {
        seq: Set(seq),
        kudos_id: Set(id.0),
        kind: Set(kind.name().to_owned()),
        at: Set(tx.now()),
    };
    entry.insert(tx.db()).await?;
    kudos_feed::Entity::delete_many()
        .filter(kudos_feed::Column::Seq.lte(seq - KEPT_ENTRIES))
        .exec(tx.db())
        .await?;
    Ok(())
}

async fn latest(db: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let row = kudos_feed::Entity::find().order_by_desc(kudos_feed::Column::Seq).one(db).await?;
    Ok(row.map_or(0, |row| row.seq))
}

/// The number of the latest entry. 0 before the first.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn latest_seq(store: &Store) -> Result<i64, StoreError> {
    latest(store.db()).await
}

/// What a wall does about one card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Show the card, or replace it.
    Show(Box<Kudos>),
    /// Remove the card, if it is there.
    Remove(KudosId),
}

/// What happened since some entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The number of the last entry that these changes include.
    pub seq: i64,
    /// The changes, oldest first, with one for each card.
    pub changes: Vec<Change>,
    /// Whether there are more entries to read.
    pub more: bool,
}

/// What a wall has to do after the entry `after`, as the reader may see it now. `None` when the wall has to load
/// again: it is too far behind, or the database has no such entry yet, as after a restore.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn since(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    after: i64,
) -> Result<Option<Changes>, StoreError> {
    let db = store.db();
    let latest = latest(db).await?;
    if after > latest || after < (latest - KEPT_ENTRIES).max(0) {
        return Ok(None);
    }
    let mut entries = kudos_feed::Entity::find()
        .filter(kudos_feed::Column::Seq.gt(after))
        .order_by_asc(kudos_feed::Column::Seq)
        .limit(MAX_ENTRIES + 1)
        .all(db)
        .await?;
    let more = entries.len() as u64 > MAX_ENTRIES;
    entries.truncate(MAX_ENTRIES as usize);
    let Some(last) = entries.last() else {
        return Ok(Some(Changes { seq: after, changes: Vec::new(), more: false }));
    };
    let seq = last.seq;
    // Each card once, at the place of its last entry.
    let mut ids: Vec<Uuid> = Vec::new();
    for entry in &entries {
        ids.retain(|id| *id != entry.kudos_id);
        ids.push(entry.kudos_id);
    }
    let rows = matching(actor, filter).filter(kudos::Column::Id.is_in(ids.clone())).all(db).await?;
    let mut cards = complete(db, actor, rows).await?;
    // A reader outside the audience must not learn that a card existed, so they get no removal either.
    let was_visible: Vec<Uuid> = kudos::Entity::find()
        .select_only()
        .column(kudos::Column::Id)
        .filter(Condition::all().add(kudos::Column::Id.is_in(ids.clone())).add(audience(actor)))
        .into_tuple()
        .all(db)
        .await?;
    let is_erased = |id: &Uuid| {
        entries.iter().any(|entry| entry.kudos_id == *id && entry.kind == EntryKind::Erased.name())
    };
    let changes = ids.iter().filter_map(|id| {
        if let Some(at) = cards.iter().position(|card| card.id.0 == *id) {
            return Some(Change::Show(Box::new(cards.swap_remove(at))));
        }
        (was_visible.contains(id) || is_erased(id)).then_some(Change::Remove(KudosId(*id)))
    });
    Ok(Some(Changes { seq, changes: changes.collect(), more }))
}
