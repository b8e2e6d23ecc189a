//! The feed that open walls follow (K9): one entry for everything that happened to kudos, numbered in the order of
//! the commits.

use domain::{Actor, KudosId, MemberId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DbBackend, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    list::{Filter, matching},
    rows::{Kudos, complete},
    visibility::audience,
};
use crate::{
    Channel, Store, StoreError,
    entities::{kudos, kudos_feed, kudos_feed_lock},
    write::Tx,
};

/// The id of the only row of `kudos_feed_lock`.
const LOCK: i32 = 1;
/// The most entries that are read at once.
const MAX_ENTRIES: u64 = 100;
/// The entries that are kept. A wall that is further behind loads again, which costs less than so many cards.
pub(crate) const KEPT_ENTRIES: i64 = 500;

/// Number of entries in one statement.
const ENTRIES_AT_ONCE: usize = 100;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    New,
    Edited,
    Hidden,
    Unhidden,
    Retracted,
    /// The row of a public card is gone.
    Erased,
    /// The row of a card for members is gone.
    ErasedForMembers,
    /// The wall of one reader loads again.
    Reload,
}

impl EntryKind {
    /// Every kind.
    pub(crate) const ALL: [Self; 8] = [
        Self::New,
        Self::Edited,
        Self::Hidden,
        Self::Unhidden,
        Self::Retracted,
        Self::Erased,
        Self::ErasedForMembers,
        Self::Reload,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Edited => "edited",
            Self::Hidden => "hidden",
            Self::Unhidden => "unhidden",
            Self::Retracted => "retracted",
            Self::Erased => "erased",
            Self::ErasedForMembers => "erased_for_members",
            Self::Reload => "reload",
        }
    }
}

/// An entry without its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    kudos: Option<Uuid>,
    reader: Option<Uuid>,
    kind: EntryKind,
}

impl Entry {
    /// An entry about a card.
    pub(super) fn of(kudos: Uuid, kind: EntryKind) -> Self {
        Self { kudos: Some(kudos), reader: None, kind }
    }

    /// An entry that makes the walls of a reader load again.
    pub(super) fn reload(reader: MemberId) -> Self {
        Self { kudos: None, reader: Some(reader.0), kind: EntryKind::Reload }
    }
}

/// Adds an entry about a card.
pub(crate) async fn push(tx: &Tx, id: KudosId, kind: EntryKind) -> Result<(), StoreError> {
    push_all(tx, vec![Entry::of(id.0, kind)]).await
}

/// Adds entries. The row of `kudos_feed_lock` stays locked until the commit, so that the entry with the next number
/// cannot become visible first. It is the last statement of a verb, to hold the lock for a short time.
pub(crate) async fn push_all(tx: &Tx, entries: Vec<Entry>) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    // SQLite has one writer.
    if tx.db().get_database_backend() == DbBackend::Postgres {
        kudos_feed_lock::Entity::find_by_id(LOCK).lock_exclusive().one(tx.db()).await?;
    }
    let mut seq = latest(tx.db()).await?;
    let mut rows = Vec::new();
    for entry in entries {
        seq += 1;
        rows.push(kudos_feed::ActiveModel {
            seq: Set(seq),
            kudos_id: Set(entry.kudos),
            reader_id: Set(entry.reader),
            kind: Set(entry.kind.name().to_owned()),
            at: Set(tx.now()),
        });
    }
    // More than are kept make every wall load again, so the numbers alone do.
    let unkept = rows.len().saturating_sub(usize::try_from(KEPT_ENTRIES).unwrap_or(usize::MAX));
    for rows in rows.split_off(unkept).chunks(ENTRIES_AT_ONCE) {
        kudos_feed::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.db()).await?;
    }
    kudos_feed::Entity::delete_many()
        .filter(kudos_feed::Column::Seq.lte(seq - KEPT_ENTRIES))
        .exec(tx.db())
        .await?;
    tx.wake(Channel::Kudos);
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
/// again: it is too far behind, what the reader may see has changed, or the database has no such entry yet, as
/// after a restore.
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
    let me = actor.member().map(|me| me.0);
    if me.is_some() && entries.iter().any(|entry| entry.reader_id == me) {
        return Ok(None);
    }
    // Each card once, at the place of its last entry.
    let mut ids: Vec<Uuid> = Vec::new();
    for id in entries.iter().filter_map(|entry| entry.kudos_id) {
        ids.retain(|known| *known != id);
        ids.push(id);
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
        let is_for_reader = |kind: &str| {
            kind == EntryKind::Erased.name() || (me.is_some() && kind == EntryKind::ErasedForMembers.name())
        };
        entries.iter().any(|entry| entry.kudos_id == Some(*id) && is_for_reader(&entry.kind))
    };
    let changes = ids.iter().filter_map(|id| {
        if let Some(at) = cards.iter().position(|card| card.id.0 == *id) {
            return Some(Change::Show(Box::new(cards.swap_remove(at))));
        }
        (was_visible.contains(id) || is_erased(id)).then_some(Change::Remove(KudosId(*id)))
    });
    Ok(Some(Changes { seq, changes: changes.collect(), more }))
}
