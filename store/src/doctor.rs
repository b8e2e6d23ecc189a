//! `guildhall doctor`: checks that derived data matches the rows that it comes from.

use std::{collections::HashSet, path::Path};

use domain::events::Taken;
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, QuerySelect as _, Statement};
use uuid::Uuid;

use crate::{
    Engine, Store, StoreError, backup, connect::reader, entities::event, events::tallies, outbox, search,
};

/// One check and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was checked, as a statement that is true when all is well.
    pub check: &'static str,
    /// What is wrong, in one sentence. `None` when the check passed.
    pub problem: Option<String>,
    /// Something the operator should know although nothing is wrong with this installation.
    pub note: Option<String>,
}

impl Finding {
    /// A result without a note.
    #[must_use]
    pub fn new(check: &'static str, problem: Option<String>) -> Self {
        Self { check, problem, note: None }
    }
}

/// Runs every check. Changes nothing.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn examine(store: &Store) -> Result<Vec<Finding>, StoreError> {
    Ok(vec![
        integrity(store).await?,
        Finding::new("seat counts on pages match the RSVPs (A3)", wrong_counts(store).await?),
        emails(store).await?,
        Finding::new("the search index is complete", missing_documents(store).await?),
    ])
}

async fn integrity(store: &Store) -> Result<Finding, StoreError> {
    if store.engine() == Engine::Postgres {
        // PostgreSQL checks its own files.
        store.ping().await?;
        return Ok(Finding::new("the database answers", None));
    }
    let main = "SELECT file FROM pragma_database_list WHERE name = 'main'";
    let row = store.db().query_one_raw(Statement::from_string(DbBackend::Sqlite, main)).await?;
    let file: String = row.ok_or(StoreError::NotFound)?.try_get_by_index(0)?;
    // SQLite's check of a full-text index uses what the connection has cached of it. A connection that has
    // searched before may have cached an older state, and would report damage where there is none. So the check
    // uses a new connection.
    let db = reader(Path::new(&file)).await.map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let damage = backup::damage(&db).await;
    db.close().await?;
    let problem = damage?.map(|damage| format!("SQLite reports: {damage}. Restore the last backup"));
    Ok(Finding::new("the database file is intact", problem))
}

async fn wrong_counts(store: &Store) -> Result<Option<String>, StoreError> {
    type Columns = (Uuid, String, Option<String>, String, i32, i32, i32, i32);
    let rows: Vec<Columns> = event::Entity::find()
        .select_only()
        .columns([event::Column::Id, event::Column::Slug, event::Column::JoinUrl, event::Column::Place])
        .columns([event::Column::Going, event::Column::OnlineGoing])
        .columns([event::Column::Waiting, event::Column::OnlineWaiting])
        .into_tuple()
        .all(store.db())
        .await?;
    let hybrid: HashSet<Uuid> =
        rows.iter().filter(|row| row.2.is_some() && !row.3.is_empty()).map(|row| row.0).collect();
    let mut tallies = tallies(store.db(), None, |event| hybrid.contains(&event)).await?;
    let mut wrong = Vec::new();
    for (id, slug, _, _, going, online_going, waiting, online_waiting) in rows {
        let counted = tallies.remove(&id).unwrap_or_default();
        let shown = |room: i32, online: i32| {
            Some(Taken { room: u32::try_from(room).ok()?, online: u32::try_from(online).ok()? })
        };
        if shown(going, online_going) != Some(counted.going)
            || shown(waiting, online_waiting) != Some(counted.waiting)
        {
            wrong.push(slug);
        }
    }
    Ok((!wrong.is_empty())
        .then(|| format!("the counts of these events do not match their RSVPs: {}", wrong.join(", "))))
}

/// Reports emails that a mail server refused as a note, not as a problem: a member may enter an address that
/// refuses everything.
async fn emails(store: &Store) -> Result<Finding, StoreError> {
    let waiting = outbox::waiting(store).await?;
    let (broken, unknown) = (waiting.failed.saturating_sub(waiting.undeliverable), waiting.unknown);
    let problem = (broken + unknown > 0).then(|| {
        format!(
            "{broken} failed because of an error in Guildhall, {unknown} with unknown delivery status, see /admin/outbox"
        )
    });
    let (refused, held) = (waiting.undeliverable, waiting.held);
    let note = (refused + held > 0)
        .then(|| format!("{refused} refused by a mail server, {held} on hold, see /admin/outbox"));
    Ok(Finding { check: "every email is sent or waiting", problem, note })
}

async fn missing_documents(store: &Store) -> Result<Option<String>, StoreError> {
    let missing = search::missing(store).await?;
    Ok((missing > 0).then(|| format!("{missing} records are missing or outdated in the search index")))
}
