//! Queues the jobs of records that are due.

use domain::Instant;

use super::{Kind, Trigger};
use crate::{
    Store, StoreError,
    jobs::{self, Due, NewJob},
};

/// Queues a job for each record that is due and has none yet, and the recurring jobs. Returns when to look
/// again. Reads only, unless there is something to queue.
///
/// # Errors
/// The first error of a kind. The other kinds are still planned.
pub async fn plan(store: &Store, kinds: &[Kind]) -> Result<Option<Instant>, StoreError> {
    let (mut next, mut failed) = (None::<Instant>, None);
    for kind in kinds {
        match plan_kind(store, kind).await {
            Ok(due) => next = due.into_iter().chain(next).min(),
            Err(error) => _ = failed.get_or_insert(error),
        }
    }
    failed.map_or(Ok(next), Err)
}

async fn plan_kind(store: &Store, kind: &Kind) -> Result<Option<Instant>, StoreError> {
    let now = store.now();
    match &kind.trigger {
        Trigger::Verb => Ok(None),
        Trigger::Recurring => {
            if jobs::next_due(store, &[kind.name]).await?.is_none() {
                queue(store, vec![NewJob::single(kind.name, now)]).await?;
            }
            Ok(None)
        }
        Trigger::Due(look) => {
            let Due { subjects, next } = look(store.clone()).await?;
            if !subjects.is_empty() {
                let jobs = subjects.into_iter().map(|subject| NewJob::about(kind.name, subject, now));
                queue(store, jobs.collect()).await?;
            }
            Ok(next)
        }
    }
}

async fn queue(store: &Store, new: Vec<NewJob>) -> Result<(), StoreError> {
    store.write(new, |tx, new| Box::pin(jobs::enqueue_new(tx, new.clone()))).await
}
