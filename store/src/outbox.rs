//! The outbox: letters are posted inside the verb's transaction and sent by the worker afterwards (C6).
//!
//! Delivery is at least once, with a Message-ID derived from the letter's id. `claim` marks letters as
//! being sent; whoever crashes in between leaves an unknown outcome, and the letter is sent again with
//! the same Message-ID, at most three times, then a person sees it.

pub mod admin;
mod coalesce;

use chrono::Duration;
use domain::{
    EmailId, Instant, MemberId,
    emails::{Delivery, Email, Recipient},
    members::Address,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, Func, LockBehavior, LockType},
};

use crate::{
    Store, StoreError, audit, digest, entities::email, preferences, secrets::new_id, suppressions, write::Tx,
};

/// After so long a letter that is being sent counts as left behind by a crash.
const LEFT_BEHIND: Duration = Duration::minutes(2);
/// How often an unknown outcome is answered by sending again.
const UNKNOWNS: i32 = 3;
/// How long a letter waits that could not even be tried.
const HELD: Duration = Duration::minutes(1);
/// How long a letter is retried.
const GIVE_UP_AFTER: Duration = Duration::hours(72);

/// The kind of letter that is forgotten once it has ended, however it did.
const FAREWELL: &str = "deletion_done";

/// The kind of email that signs its reader in.
const SIGN_IN: &str = "sign_in";

/// Where a letter stands.
mod state {
    pub(super) const PENDING: &str = "pending";
    pub(super) const SENDING: &str = "sending";
    pub(super) const SENT: &str = "sent";
    pub(super) const FAILED: &str = "failed";
    pub(super) const UNKNOWN: &str = "unknown";
    pub(super) const EXPIRED: &str = "expired";
    /// Put on hold by the operator; not sent until somebody releases it.
    pub(super) const HELD: &str = "held";
    /// Called back by an administrator.
    pub(super) const CANCELLED: &str = "cancelled";
}

/// Posts a letter; it is sent once the verb's transaction is committed. This is the one place that decides
/// whether a letter that can be muted comes at once, in a digest, or not at all (C9).
pub(crate) async fn post(
    tx: &Tx,
    member: Option<MemberId>,
    to: &Recipient,
    email: &Email,
) -> Result<(), StoreError> {
    let delivery = preferences::delivery(tx, member, email).await?;
    match (delivery, member) {
        (Delivery::Off, _) => return Ok(()),
        (Delivery::Daily | Delivery::Weekly, Some(member)) => {
            return digest::put_off(tx, member, email, delivery).await;
        }
        (Delivery::Daily | Delivery::Weekly, None) | (Delivery::Now, _) => {}
    }
    if email.category().is_optional()
        && suppressions::suppressed(tx.db(), &to.address.to_ascii_lowercase()).await?
    {
        return Ok(());
    }
    let (email, due_at) = coalesce::prepare(tx, email).await?;
    let row = email::ActiveModel {
        id: Set(new_id()),
        member_id: Set(member.map(|member| member.0)),
        kind: Set(email.kind().to_owned()),
        address: Set(to.address.clone()),
        name: Set(to.name.clone()),
        zone: Set(to.zone.name().to_owned()),
        locale: Set(to.locale.tag().to_owned()),
        payload: Set(serde_json::to_string(&email)?),
        state: Set(state::PENDING.to_owned()),
        attempts: Set(0),
        unknowns: Set(0),
        cause: Set(String::new()),
        posted_at: Set(tx.now()),
        due_at: Set(due_at),
        expires_at: Set(email.expires_at()),
        settled_at: Set(None),
        rsvp_id: Set(coalesce::rsvp_of(&email)),
        secret: Set(email.is_secret()),
        undeliverable: Set(false),
    };
    row.insert(tx.db()).await?;
    tx.mark_emails_queued();
    Ok(())
}

/// A letter that is to be sent now.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Which; its Message-ID is derived from it.
    pub id: EmailId,
    /// Who gets it.
    pub to: Recipient,
    /// What it says.
    pub email: Email,
    /// How often it was tried before.
    pub attempts: u32,
    /// When the verb posted it.
    pub posted_at: Instant,
}

/// Takes up to `max` letters that are due and marks them as being sent. Two processes on one
/// PostgreSQL never take the same. Those that have expired are dropped, those that cannot be read fail.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn claim(store: &Store, max: u64) -> Result<Vec<Envelope>, StoreError> {
    let (envelopes, forgotten) = store.write(max, |tx, max| Box::pin(claim_in(tx, *max))).await?;
    if forgotten {
        store.scrub().await?;
    }
    Ok(envelopes)
}

/// What is to be sent, and whether somebody's last letter ended here.
async fn claim_in(tx: &Tx, max: u64) -> Result<(Vec<Envelope>, bool), StoreError> {
    let now = tx.now();
    let rows = email::Entity::find()
        .filter(email::Column::State.is_in([state::PENDING, state::SENDING]))
        // For a letter that is being sent, due means: given up by whoever took it.
        .filter(email::Column::DueAt.lte(now))
        // Those that expire soonest go first: a sign-in does not wait behind a mailing to everybody.
        .order_by_asc(email::Column::ExpiresAt.is_null())
        .order_by_asc(email::Column::ExpiresAt)
        .order_by_asc(email::Column::DueAt)
        .order_by_asc(email::Column::Id)
        .limit(max)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx.db())
        .await?;
    let (mut envelopes, mut forgotten) = (Vec::with_capacity(rows.len()), false);
    for row in rows {
        let left_behind = row.state == state::SENDING;
        let unknowns = row.unknowns + i32::from(left_behind);
        if row.expires_at.is_some_and(|expires_at| now >= expires_at) {
            forgotten |= end(tx, row, state::EXPIRED, "expired before it could be sent").await?;
        } else if unknowns > UNKNOWNS {
            forgotten |=
                end(tx, row, state::UNKNOWN, "the server was stopped while sending it, again and again")
                    .await?;
        } else if let Some(envelope) = envelope(&row) {
            let attempts = row.attempts + 1;
            let mut row = row.into_active_model();
            row.state = Set(state::SENDING.to_owned());
            row.due_at = Set(now + LEFT_BEHIND);
            row.attempts = Set(attempts);
            row.unknowns = Set(unknowns);
            row.update(tx.db()).await?;
            envelopes.push(envelope);
        } else {
            forgotten |= end(tx, row, state::FAILED, "its facts cannot be read").await?;
        }
    }
    Ok((envelopes, forgotten))
}

fn envelope(row: &email::Model) -> Option<Envelope> {
    Some(Envelope {
        id: EmailId(row.id),
        to: Recipient {
            name: row.name.clone(),
            address: row.address.clone(),
            zone: row.zone.parse().ok()?,
            locale: row.locale.parse().ok()?,
        },
        email: serde_json::from_str(&row.payload).ok()?,
        attempts: u32::try_from(row.attempts).ok()?,
        posted_at: row.posted_at,
    })
}

/// How sending ended, named by the safe next step. The text is the cause, without an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted.
    Sent,
    /// Not accepted now: again later, for 72 hours.
    Retry(String),
    /// Not even tried, because no mail server was there to take it: that says nothing of this letter, so it
    /// counts as no attempt, and it goes soon after the server is back. For 72 hours, too.
    Held(String),
    /// Never: a person looks.
    Failed(String),
    /// Never, because the mail server knows no such mailbox or it takes no mail: the address gets nothing
    /// more that can be done without (C7).
    Bounced(String),
    /// Perhaps accepted: again with the same Message-ID, at most three times.
    Unknown(String),
}

/// Writes down how sending ended.
///
/// # Errors
/// `NotFound` when there is no such letter; trouble with the database.
pub async fn settle(store: &Store, id: EmailId, outcome: Outcome) -> Result<(), StoreError> {
    let done = store.write((id, outcome), |tx, (id, outcome)| Box::pin(settle_in(tx, *id, outcome)));
    if done.await? { store.scrub().await } else { Ok(()) }
}

/// Puts every email that waits on hold, so that nothing is sent until somebody releases it. Emails with a secret
/// expire. Answers with how many are on hold now.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn hold_waiting(store: &Store) -> Result<u64, StoreError> {
    store
        .write((), |tx, ()| {
            Box::pin(async move {
                let held = hold_all(tx, "put on hold by the operator").await?;
                if held > 0 {
                    audit::record_by(tx, None, "email.hold", None).await?;
                }
                Ok(held)
            })
        })
        .await
}

/// `true` when it was somebody's last letter, of which no byte is to be left.
async fn settle_in(tx: &Tx, id: EmailId, outcome: &Outcome) -> Result<bool, StoreError> {
    let row = email::Entity::find_by_id(id.0).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
    match outcome {
        Outcome::Sent => end(tx, row, state::SENT, "").await,
        // It was put on hold while it was on its way, and must stay so.
        _ if row.state == state::HELD => Ok(false),
        Outcome::Failed(cause) => end(tx, row, state::FAILED, cause).await,
        Outcome::Bounced(cause) => {
            // Nobody writes to somebody who is gone: their address is not kept for not being written to.
            if row.kind != FAREWELL {
                suppressions::suppress(tx, &row.address, cause).await?;
            }
            undeliverable(tx, row, cause).await
        }
        Outcome::Retry(cause) | Outcome::Held(cause) if tx.now() - row.posted_at >= GIVE_UP_AFTER => {
            undeliverable(tx, row, cause).await
        }
        Outcome::Retry(cause) => {
            let wait = backoff(row.attempts);
            again(tx, row.into_active_model(), wait, cause).await
        }
        Outcome::Held(cause) => {
            let attempts = Set(row.attempts - 1);
            again(tx, email::ActiveModel { attempts, ..row.into_active_model() }, HELD, cause).await
        }
        Outcome::Unknown(cause) if row.unknowns >= UNKNOWNS => end(tx, row, state::UNKNOWN, cause).await,
        Outcome::Unknown(cause) => {
            let (wait, unknowns) = (backoff(row.attempts), Set(row.unknowns + 1));
            again(tx, email::ActiveModel { unknowns, ..row.into_active_model() }, wait, cause).await
        }
    }
}

/// Waits longer after each attempt: 1 minute, doubled up to 6 hours.
fn backoff(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(9);
    Duration::minutes(1 << doublings).min(Duration::hours(6))
}

async fn again(
    tx: &Tx,
    mut row: email::ActiveModel,
    wait: Duration,
    cause: &str,
) -> Result<bool, StoreError> {
    row.state = Set(state::PENDING.to_owned());
    row.due_at = Set(tx.now() + wait);
    row.cause = Set(cause.to_owned());
    row.update(tx.db()).await?;
    Ok(false)
}

/// Ends an email that a mail server did not take. That is no fault of this installation, so `doctor` reports
/// it without calling it an error.
async fn undeliverable(tx: &Tx, row: email::Model, cause: &str) -> Result<bool, StoreError> {
    let id = row.id;
    let forgotten = end(tx, row, state::FAILED, cause).await?;
    email::Entity::update_many()
        .col_expr(email::Column::Undeliverable, Expr::value(true))
        .filter(email::Column::Id.eq(id))
        .exec(tx.db())
        .await?;
    Ok(forgotten)
}

/// `true` when it was somebody's last letter, which is forgotten.
async fn end(tx: &Tx, row: email::Model, state: &str, cause: &str) -> Result<bool, StoreError> {
    if row.kind == FAREWELL {
        // Sent or not, nothing is to remember where the last letter to somebody who was deleted went.
        email::Entity::delete_by_id(row.id).exec(tx.db()).await?;
        return Ok(true);
    }
    // Nobody needs a secret any more once its email has ended.
    let secret = row.secret;
    let mut row = row.into_active_model();
    row.state = Set(state.to_owned());
    row.settled_at = Set(Some(tx.now()));
    row.cause = Set(cause.to_owned());
    if secret {
        row.payload = Set("{}".to_owned());
    }
    row.update(tx.db()).await?;
    Ok(false)
}

/// Holds every email that was not sent yet, because a backup does not know what was sent after it. Emails with a
/// secret expire instead: the secret no longer works. Answers with how many are held.
pub(crate) async fn hold_all(tx: &Tx, cause: &str) -> Result<u64, StoreError> {
    let waiting = || {
        email::Entity::update_many()
            .filter(email::Column::State.is_in([state::PENDING, state::SENDING]))
            .col_expr(email::Column::Cause, Expr::value(cause))
    };
    waiting()
        .col_expr(email::Column::State, Expr::value(state::EXPIRED))
        .col_expr(email::Column::SettledAt, Expr::value(tx.now()))
        .col_expr(email::Column::Payload, Expr::value("{}"))
        .filter(email::Column::Secret.eq(true))
        .exec(tx.db())
        .await?;
    let held = waiting().col_expr(email::Column::State, Expr::value(state::HELD)).exec(tx.db()).await?;
    Ok(held.rows_affected)
}

/// The newest sign-in email to an address that was not sent yet and has not expired. For the operator, who
/// must get in while the mail server does not work.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn waiting_sign_in(store: &Store, address: &Address) -> Result<Option<Envelope>, StoreError> {
    use sea_orm::ExprTrait as _;
    let row = email::Entity::find()
        .filter(email::Column::Kind.eq(SIGN_IN))
        .filter(email::Column::State.is_in([state::PENDING, state::SENDING]))
        .filter(email::Column::ExpiresAt.gt(store.now()))
        .filter(Func::lower(Expr::col(email::Column::Address)).eq(address.key()))
        .order_by_desc(email::Column::Id)
        .one(store.db())
        .await?;
    Ok(row.as_ref().and_then(envelope))
}

/// When the next letter is due, so that the worker sleeps until then.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn next_due(store: &Store) -> Result<Option<Instant>, StoreError> {
    let next = email::Entity::find()
        .filter(email::Column::State.is_in([state::PENDING, state::SENDING]))
        .order_by_asc(email::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(next.map(|row| row.due_at))
}

/// How many emails wait or went wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Not sent yet.
    pub pending: u64,
    /// On hold until somebody releases them.
    pub held: u64,
    /// Could not be sent, for whatever reason: a person looks.
    pub failed: u64,
    /// How many of the failed ones no mail server would take. That is no fault of this installation.
    pub undeliverable: u64,
    /// Perhaps accepted: a person looks.
    pub unknown: u64,
}

/// Counts the letters that wait or went wrong.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn waiting(store: &Store) -> Result<Waiting, StoreError> {
    let count = |states: Vec<&'static str>| {
        email::Entity::find().filter(email::Column::State.is_in(states)).count(store.db())
    };
    Ok(Waiting {
        pending: count(vec![state::PENDING, state::SENDING]).await?,
        held: count(vec![state::HELD]).await?,
        failed: count(vec![state::FAILED]).await?,
        undeliverable: email::Entity::find()
            .filter(email::Column::State.eq(state::FAILED))
            .filter(email::Column::Undeliverable.eq(true))
            .count(store.db())
            .await?,
        unknown: count(vec![state::UNKNOWN]).await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_wait_longer_and_longer() {
        let minutes: Vec<_> = [1, 2, 3, 9, 10, 50].iter().map(|n| backoff(*n).num_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 256, 360, 360]);
    }
}
