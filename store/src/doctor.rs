//! `guildhall doctor`: proves that what the pages show is what the rows say.

use domain::events::Taken;
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, Statement};

use crate::{Engine, Fault, Store, entities::event, events::tally, outbox, search};

/// One check and what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: &'static str,
    /// What is wrong, in one sentence; `None` when nothing is.
    pub problem: Option<String>,
}

/// Runs every check. Reads only.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn examine(store: &Store) -> Result<Vec<Finding>, Fault> {
    Ok(vec![
        Finding { check: "the database file is sound", problem: integrity(store).await? },
        Finding {
            check: "the seats that pages show are the seats that were taken (A3)",
            problem: seats(store).await?,
        },
        Finding { check: "every letter was sent or waits", problem: letters(store).await? },
        Finding { check: "search knows what there is, and nothing else", problem: known(store).await? },
    ])
}

async fn integrity(store: &Store) -> Result<Option<String>, Fault> {
    if store.engine() == Engine::Postgres {
        return Ok(None);
    }
    let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
    let row = store.db().query_one_raw(check).await?.ok_or(Fault::NotFound)?;
    let answer: String = row.try_get_by_index(0)?;
    Ok((answer != "ok").then(|| format!("SQLite says: {answer}; restore the last backup")))
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

async fn letters(store: &Store) -> Result<Option<String>, Fault> {
    let waiting = outbox::waiting(store).await?;
    let wrong = waiting.failed + waiting.unknown;
    Ok((wrong > 0).then(|| {
        format!(
            "{} letters failed and of {} nobody knows whether they arrived",
            waiting.failed, waiting.unknown
        )
    }))
}

async fn known(store: &Store) -> Result<Option<String>, Fault> {
    let missing = search::missing(store).await?;
    Ok((missing > 0).then(|| format!("search is wrong about {missing} members, groups, events or sessions")))
}
