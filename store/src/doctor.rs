//! `guildhall doctor`: proves that what the pages show is what the rows say.

use std::path::Path;

use domain::events::Taken;
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, Statement};

use crate::{Engine, Fault, Store, backup, connect::fresh, entities::event, events::tally, outbox, search};

/// One check and what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: &'static str,
    /// What is wrong, in one sentence; `None` when nothing is.
    pub problem: Option<String>,
    /// What the operator should know although nothing is wrong with this installation.
    pub note: Option<String>,
}

impl Finding {
    /// A finding without a note.
    #[must_use]
    pub fn new(check: &'static str, problem: Option<String>) -> Self {
        Self { check, problem, note: None }
    }
}

/// Runs every check. Reads only.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn examine(store: &Store) -> Result<Vec<Finding>, Fault> {
    Ok(vec![
        integrity(store).await?,
        Finding::new("the seats that pages show are the seats that were taken (A3)", seats(store).await?),
        emails(store).await?,
        Finding::new("search knows what there is, and nothing else", known(store).await?),
    ])
}

async fn integrity(store: &Store) -> Result<Finding, Fault> {
    if store.engine() == Engine::Postgres {
        // PostgreSQL looks after its own files.
        store.ping().await?;
        return Ok(Finding::new("the database answers", None));
    }
    let main = "SELECT file FROM pragma_database_list WHERE name = 'main'";
    let row = store.db().query_one_raw(Statement::from_string(DbBackend::Sqlite, main)).await?;
    let file: String = row.ok_or(Fault::NotFound)?.try_get_by_index(0)?;
    // SQLite's check of a full-text index uses what the connection remembers of the index. A connection that has
    // searched before may remember it from before somebody else's change, and report damage where there is none.
    let db = fresh(Path::new(&file)).await.map_err(|error| Fault::Broken(error.to_string()))?;
    let damage = backup::damage(&db).await;
    db.close().await?;
    let problem = damage?.map(|damage| format!("SQLite says: {damage}; restore the last backup"));
    Ok(Finding::new("the database file is sound", problem))
}

async fn seats(store: &Store) -> Result<Option<String>, Fault> {
    let mut wrong = Vec::new();
    for row in event::Entity::find().all(store.db()).await? {
        let hybrid = row.join_url.is_some() && !row.place.is_empty();
        let counted = tally(store.db(), row.id, hybrid).await?;
        let shown = |room: i32, online: i32| {
            Some(Taken { room: u32::try_from(room).ok()?, online: u32::try_from(online).ok()? })
        };
        if shown(row.going, row.online_going) != Some(counted.going)
            || shown(row.waiting, row.online_waiting) != Some(counted.waiting)
        {
            wrong.push(row.slug);
        }
    }
    Ok((!wrong.is_empty())
        .then(|| format!("the numbers of {} do not agree with their answers", wrong.join(", "))))
}

/// An email that no mail server took is reported, but it is no error: anybody can give us an address that
/// refuses everything.
async fn emails(store: &Store) -> Result<Finding, Fault> {
    let waiting = outbox::waiting(store).await?;
    let (broken, unknown) = (waiting.failed.saturating_sub(waiting.undeliverable), waiting.unknown);
    let problem = (broken + unknown > 0).then(|| {
        format!(
            "{broken} failed because of a fault here and {unknown} have an unknown delivery status: look at /admin/outbox"
        )
    });
    let (refused, held) = (waiting.undeliverable, waiting.held);
    let note = (refused + held > 0).then(|| {
        format!("{refused} were refused by a mail server and {held} are on hold: look at /admin/outbox")
    });
    Ok(Finding { check: "every email was sent or waits", problem, note })
}

async fn known(store: &Store) -> Result<Option<String>, Fault> {
    let missing = search::missing(store).await?;
    Ok((missing > 0).then(|| format!("search is wrong about {missing} members, groups, events or sessions")))
}
