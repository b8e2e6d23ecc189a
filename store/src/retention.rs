//! Deleting data that nobody needs any more. The settings say after how many days.

use chrono::Duration;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _};

use crate::{
    Store, StoreError,
    entities::{email, job, notification, provider_sign_in, sign_in, sign_in_session},
    jobs::{self, Job, Next},
    settings,
    write::{Tx, verb},
};

/// The kind of job that deletes old emails.
pub(crate) const PRUNE_EMAILS: &str = "prune_emails";
/// The kind of job that deletes expired sign-ins.
pub(crate) const PRUNE_SIGN_INS: &str = "prune_sign_ins";
/// The kind of job that deletes finished jobs.
pub(crate) const PRUNE_JOBS: &str = "prune_jobs";

/// The kind of job that deletes old notifications.
pub(crate) const PRUNE_NOTIFICATIONS: &str = "prune_notifications";

/// How long a notification is kept after it was read. The page with a member's data says the same.
const KEEP_READ: Duration = Duration::days(180);
/// How long a notification is kept that was never read, counted from when it was made.
const KEEP_UNREAD: Duration = Duration::days(365);
/// How long a finished job is listed. A cancelled job keeps its work from being queued again for as long.
const KEEP_JOBS: Duration = Duration::days(1);

/// Deletes a batch of emails that were sent or have ended in another way some time ago.
pub(crate) async fn prune_emails(store: Store, _job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx| {
        let days = settings::load_in(tx.db()).await?.retention.emails_days;
        let before = tx.now() - Duration::days(days.into());
        let old = email::Entity::find().filter(email::Column::SettledAt.lt(before));
        jobs::delete_batch(tx, old, email::Column::Id).await
    })
}

/// Deletes a batch of sign-ins that have expired some time ago, with the network and the device in them.
pub(crate) async fn prune_sign_ins(store: Store, _job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx| { prune_sign_ins_in(tx).await })
}

async fn prune_sign_ins_in(tx: &Tx) -> Result<Next, StoreError> {
    let days = settings::load_in(tx.db()).await?.retention.sign_ins_days;
    let before = tx.now() - Duration::days(days.into());
    let sessions = sign_in_session::Entity::find().filter(sign_in_session::Column::ExpiresAt.lt(before));
    let by_email = sign_in::Entity::find().filter(sign_in::Column::ExpiresAt.lt(before));
    let by_provider = provider_sign_in::Entity::find().filter(provider_sign_in::Column::ExpiresAt.lt(before));
    let all = [
        jobs::delete_batch(tx, sessions, sign_in_session::Column::Id).await?,
        jobs::delete_batch(tx, by_email, sign_in::Column::Id).await?,
        jobs::delete_batch(tx, by_provider, provider_sign_in::Column::Id).await?,
    ];
    Ok(if all.contains(&Next::More) { Next::More } else { all[0] })
}

/// Deletes a batch of notifications that were read some time ago, or never.
pub(crate) async fn prune_notifications(store: Store, _job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx| {
        let unread = Condition::all()
            .add(notification::Column::ReadAt.is_null())
            .add(notification::Column::CreatedAt.lt(tx.now() - KEEP_UNREAD));
        let old = Condition::any().add(notification::Column::ReadAt.lt(tx.now() - KEEP_READ)).add(unread);
        jobs::delete_batch(tx, notification::Entity::find().filter(old), notification::Column::Id).await
    })
}

/// Deletes a batch of jobs that finished some time ago.
pub(crate) async fn prune_jobs(store: Store, _job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx| {
        let old = job::Entity::find().filter(job::Column::FinishedAt.lt(tx.now() - KEEP_JOBS));
        jobs::delete_batch(tx, old, job::Column::Id).await
    })
}
