//! The outbox. A verb posts emails inside its transaction, and the worker sends them afterwards (C6).
//!
//! Delivery is at least once, with a Message-ID derived from the email's ID. `claim` marks emails as being
//! sent. If the process crashes before the result is known, the email is sent again with the same Message-ID,
//! at most three times. After that its status is unknown and an admin decides.

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
    ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, Func, LockBehavior, LockType},
};

use uuid::Uuid;

use super::{digest_queue, preferences, suppressions};
use crate::{
    Channel, Store, StoreError, audit,
    entities::{email, notification},
    secrets::new_id,
    write::Tx,
};

/// How long an email may be in sending before the sender counts as crashed.
const SENDING_TIMEOUT: Duration = Duration::minutes(2);
/// How many times an email with an unknown result is sent again.
const MAX_UNKNOWNS: i32 = 3;
/// How long an email waits that couldn't be tried because no mail server was reachable.
const UNTRIED_WAIT: Duration = Duration::minutes(1);
/// How long an email is retried after it was posted.
const GIVE_UP_AFTER: Duration = Duration::hours(72);

/// The last email to a deleted member. Its row is deleted once sending ended in any way.
const LAST_EMAIL: &str = "deletion_done";

/// The kind of email with a sign-in link.
const SIGN_IN: &str = "sign_in";

/// Values of the column `state`.
mod state {
    pub(super) const PENDING: &str = "pending";
    pub(super) const SENDING: &str = "sending";
    pub(super) const SENT: &str = "sent";
    pub(super) const FAILED: &str = "failed";
    pub(super) const UNKNOWN: &str = "unknown";
    pub(super) const EXPIRED: &str = "expired";
    /// On hold. Not sent until an operator or admin releases it.
    pub(super) const HELD: &str = "held";
    /// Cancelled by an admin.
    pub(super) const CANCELLED: &str = "cancelled";
}
/// All values of the column `state`.
pub(crate) const STATES: [&str; 8] = [
    state::PENDING,
    state::SENDING,
    state::SENT,
    state::FAILED,
    state::UNKNOWN,
    state::EXPIRED,
    state::HELD,
    state::CANCELLED,
];

/// The emails that can be deleted: of the others, a sender reports the result.
pub(crate) fn not_being_sent() -> Condition {
    Condition::all().add(email::Column::State.ne(state::SENDING))
}

/// The most emails of one kind that other members' clicks can cause for a member in an hour.
const MAX_OF_A_KIND: u64 = 10;

/// Whether a member was told so often in the last hour that one more email of this kind would only annoy. For news that
/// somebody else can cause again and again, such as joining and leaving.
pub(crate) async fn had_enough(tx: &Tx, member: MemberId, email: &Email) -> Result<bool, StoreError> {
    Ok(notified(tx, member, email, Duration::hours(1)).await? >= MAX_OF_A_KIND)
}

/// How often a member was notified of this kind in the last time. It counts notifications, because members who chose the
/// digest or no emails have only these.
pub(crate) async fn notified(
    tx: &Tx,
    member: MemberId,
    email: &Email,
    within: Duration,
) -> Result<u64, StoreError> {
    let recent = notification::Entity::find()
        .filter(notification::Column::MemberId.eq(member.0))
        .filter(notification::Column::Kind.eq(email.kind()))
        .filter(notification::Column::CreatedAt.gt(tx.now() - within));
    Ok(recent.count(tx.db()).await?)
}

/// Posts an email, which is sent after the verb's transaction is committed. This is the only place that decides
/// whether an optional email is sent at once, in a digest, or not at all (C9).
pub(crate) async fn post(
    tx: &Tx,
    member: Option<MemberId>,
    to: &Recipient,
    email: &Email,
) -> Result<(), StoreError> {
    if let Some(member) = member {
        post_notification(tx, member, email).await?;
    }
    post_email(tx, member, to, email).await
}

/// Writes the notification that belongs to an email, without the email. If the member turned its category off, the row
/// is only counted by [`notified`].
pub(crate) async fn post_notification(tx: &Tx, member: MemberId, email: &Email) -> Result<(), StoreError> {
    let Some(link) = email.notification() else { return Ok(()) };
    let is_wanted = preferences::wants_notification(tx, member, email.category()).await?;
    notify(tx, member, email.kind(), link, !is_wanted).await
}

/// Posts an email whose notifications were written before.
pub(crate) async fn post_email(
    tx: &Tx,
    member: Option<MemberId>,
    to: &Recipient,
    email: &Email,
) -> Result<(), StoreError> {
    let delivery = preferences::delivery(tx, member, email).await?;
    match (delivery, member) {
        (Delivery::Off, _) => return Ok(()),
        (Delivery::Daily | Delivery::Weekly, Some(member)) => {
            return digest_queue::add(tx, member, to.zone, email, delivery).await;
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
        priority: Set(email.priority()),
    };
    email::Entity::insert(row).exec_without_returning(tx.db()).await?;
    tx.wake(Channel::Emails);
    Ok(())
}

/// Writes a notification, whatever the member chose for the email (C13).
/// Of one kind about the same part of a page, only the newest unread one stays. So a busy conversation is one row.
async fn notify(tx: &Tx, member: MemberId, kind: &str, link: String, muted: bool) -> Result<(), StoreError> {
    if let Some((page, _)) = link.split_once('#') {
        notification::Entity::delete_many()
            .filter(notification::Column::MemberId.eq(member.0))
            .filter(notification::Column::ReadAt.is_null())
            .filter(notification::Column::Kind.eq(kind))
            .filter(notification::Column::Link.starts_with(format!("{page}#")))
            .exec(tx.db())
            .await?;
    }
    let row = notification::ActiveModel {
        id: Set(new_id()),
        member_id: Set(member.0),
        kind: Set(kind.to_owned()),
        link: Set(link),
        created_at: Set(tx.now()),
        read_at: Set(muted.then(|| tx.now())),
        muted: Set(muted),
    };
    notification::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// An email to send now.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// ID of the email. Its Message-ID is derived from it.
    pub id: EmailId,
    /// Name, address, time zone and language of the recipient.
    pub to: Recipient,
    /// Content of the email.
    pub email: Email,
    /// Number of attempts before this one.
    pub attempts: u32,
    /// When the email was posted.
    pub posted_at: Instant,
}

/// Takes up to `max` due emails and marks them as being sent. Two processes on one PostgreSQL database never
/// take the same email. Expired emails are dropped, and unreadable ones fail.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn claim(store: &Store, max: u64) -> Result<Vec<Envelope>, StoreError> {
    let (envelopes, erased) = store.write(max, |tx, max| Box::pin(claim_in(tx, *max))).await?;
    if erased {
        store.scrub().await?;
    }
    Ok(envelopes)
}

/// The emails to send, and whether the last email to a deleted member was erased.
async fn claim_in(tx: &Tx, max: u64) -> Result<(Vec<Envelope>, bool), StoreError> {
    let now = tx.now();
    let rows = due_rows(tx, max).await?;
    let (mut envelopes, mut erased) = (Vec::with_capacity(rows.len()), false);
    let (mut fresh, mut unconfirmed) = (Vec::new(), Vec::new());
    for row in rows {
        let timed_out = row.state == state::SENDING;
        let unknowns = row.unknowns + i32::from(timed_out);
        if row.expires_at.is_some_and(|expires_at| now >= expires_at) {
            erased |= end(tx, row, state::EXPIRED, "expired before it could be sent").await?;
        } else if unknowns > MAX_UNKNOWNS {
            erased |= end(tx, row, state::UNKNOWN, "the server was stopped while sending it, several times")
                .await?;
        } else if let Some(envelope) = read_envelope(&row) {
            envelopes.push(envelope);
            if timed_out { unconfirmed.push(row.id) } else { fresh.push(row.id) }
        } else {
            erased |= end(tx, row, state::FAILED, "its content cannot be read").await?;
        }
    }
    mark_sending(tx, fresh, 0).await?;
    mark_sending(tx, unconfirmed, 1).await?;
    Ok((envelopes, erased))
}

/// Marks emails as being sent. `unknowns` is 1 if it is not known what became of their last attempt.
async fn mark_sending(tx: &Tx, ids: Vec<Uuid>, unknowns: i32) -> Result<(), StoreError> {
    use sea_orm::ExprTrait as _;
    if ids.is_empty() {
        return Ok(());
    }
    email::Entity::update_many()
        .col_expr(email::Column::State, Expr::value(state::SENDING))
        .col_expr(email::Column::DueAt, Expr::value(tx.now() + SENDING_TIMEOUT))
        .col_expr(email::Column::Attempts, Expr::col(email::Column::Attempts).add(1))
        .col_expr(email::Column::Unknowns, Expr::col(email::Column::Unknowns).add(unknowns))
        .filter(email::Column::Id.is_in(ids))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The next due emails, locked. Each query reads a range of one index, so a claim costs the same however many
/// emails are due.
async fn due_rows(tx: &Tx, max: u64) -> Result<Vec<email::Model>, StoreError> {
    // For an email in sending, due means that the sender timed out.
    let timed_out = [(state::SENDING, None)];
    let pending = Email::PRIORITIES.map(|priority| (state::PENDING, Some(priority)));
    let mut rows = Vec::new();
    for (state, priority) in timed_out.into_iter().chain(pending) {
        let missing = max - rows.len() as u64;
        if missing == 0 {
            break;
        }
        let more = email::Entity::find()
            .filter(email::Column::State.eq(state))
            .apply_if(priority, |find, priority| find.filter(email::Column::Priority.eq(priority)))
            .filter(email::Column::DueAt.lte(tx.now()))
            .order_by_asc(email::Column::DueAt)
            .order_by_asc(email::Column::Id)
            .limit(missing)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(tx.db())
            .await?;
        rows.extend(more);
    }
    Ok(rows)
}

fn read_envelope(row: &email::Model) -> Option<Envelope> {
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

/// The result of sending, named by what is safe to do next. The text is the cause, without an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server accepted it.
    Sent,
    /// Not accepted for now. It is retried for 72 hours.
    Retry(String),
    /// Not tried, because no mail server could be reached. This doesn't count as an attempt, and the email goes
    /// out soon after the server is back, within 72 hours.
    Held(String),
    /// Failed for good. An admin decides.
    Failed(String),
    /// The mail server doesn't know the mailbox or it takes no emails. The address gets no more optional emails
    /// (C7).
    Bounced(String),
    /// Possibly accepted. It is sent again with the same Message-ID, at most three times.
    Unknown(String),
}

/// Records the result of sending an email.
///
/// # Errors
/// `NotFound` when there is no such email, `Unavailable` or `Corrupt` when the database fails.
pub async fn settle(store: &Store, id: EmailId, outcome: Outcome) -> Result<(), StoreError> {
    let done = store.write((id, outcome), |tx, (id, outcome)| Box::pin(settle_in(tx, *id, outcome)));
    if done.await? { store.scrub().await } else { Ok(()) }
}

/// Puts every unsent email on hold until an operator or admin releases it. Emails with a secret expire instead.
/// Returns how many are on hold.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
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

/// Returns `true` when the last email to a deleted member was erased, so that the file must be scrubbed.
async fn settle_in(tx: &Tx, id: EmailId, outcome: &Outcome) -> Result<bool, StoreError> {
    let row = email::Entity::find_by_id(id.0).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
    match outcome {
        Outcome::Sent => end(tx, row, state::SENT, "").await,
        // It was put on hold while it was being sent, and stays on hold.
        _ if row.state == state::HELD => Ok(false),
        Outcome::Failed(cause) => end(tx, row, state::FAILED, cause).await,
        Outcome::Bounced(cause) => {
            // The address of a deleted member isn't kept, not even to suppress emails.
            if row.kind != LAST_EMAIL {
                suppressions::suppress(tx, &row.address, cause).await?;
            }
            end_undeliverable(tx, row, cause).await
        }
        Outcome::Retry(cause) | Outcome::Held(cause) if tx.now() - row.posted_at >= GIVE_UP_AFTER => {
            end_undeliverable(tx, row, cause).await
        }
        Outcome::Retry(cause) => {
            let wait = backoff(row.attempts);
            retry_later(tx, row.into_active_model(), wait, cause).await
        }
        Outcome::Held(cause) => {
            let attempts = Set(row.attempts - 1);
            retry_later(tx, email::ActiveModel { attempts, ..row.into_active_model() }, UNTRIED_WAIT, cause)
                .await
        }
        Outcome::Unknown(cause) if row.unknowns >= MAX_UNKNOWNS => end(tx, row, state::UNKNOWN, cause).await,
        Outcome::Unknown(cause) => {
            let (wait, unknowns) = (backoff(row.attempts), Set(row.unknowns + 1));
            retry_later(tx, email::ActiveModel { unknowns, ..row.into_active_model() }, wait, cause).await
        }
    }
}

/// Wait after a number of attempts: 1 minute, doubled each time up to 6 hours.
fn backoff(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(9);
    Duration::minutes(1 << doublings).min(Duration::hours(6))
}

async fn retry_later(
    tx: &Tx,
    mut row: email::ActiveModel,
    wait: Duration,
    cause: &str,
) -> Result<bool, StoreError> {
    row.state = Set(state::PENDING.to_owned());
    row.due_at = Set(tx.now() + wait);
    row.cause = Set(cause.to_owned());
    row.update_without_returning(tx.db()).await?;
    Ok(false)
}

/// Ends an email that a mail server refused for good. This is no error of this installation, so `doctor`
/// reports it separately.
async fn end_undeliverable(tx: &Tx, row: email::Model, cause: &str) -> Result<bool, StoreError> {
    let id = row.id;
    let erased = end(tx, row, state::FAILED, cause).await?;
    email::Entity::update_many()
        .col_expr(email::Column::Undeliverable, Expr::value(true))
        .filter(email::Column::Id.eq(id))
        .exec(tx.db())
        .await?;
    Ok(erased)
}

/// Ends an email. Returns `true` when it was the last email to a deleted member, which is erased.
async fn end(tx: &Tx, row: email::Model, state: &str, cause: &str) -> Result<bool, StoreError> {
    if row.kind == LAST_EMAIL {
        // No trace is kept of where the last email to a deleted member went, whether it was sent or not.
        email::Entity::delete_by_id(row.id).exec(tx.db()).await?;
        return Ok(true);
    }
    // A secret isn't needed once sending has ended.
    let secret = row.secret;
    let mut row = row.into_active_model();
    row.state = Set(state.to_owned());
    row.settled_at = Set(Some(tx.now()));
    row.cause = Set(cause.to_owned());
    if secret {
        row.payload = Set("{}".to_owned());
    }
    row.update_without_returning(tx.db()).await?;
    Ok(false)
}

/// Puts every unsent email on hold. After a restore, the backup doesn't know what was sent since. Emails with a
/// secret expire instead, because the secret no longer works. Returns how many are on hold.
pub(crate) async fn hold_all(tx: &Tx, cause: &str) -> Result<u64, StoreError> {
    let unsent = || {
        email::Entity::update_many()
            .filter(email::Column::State.is_in([state::PENDING, state::SENDING]))
            .col_expr(email::Column::Cause, Expr::value(cause))
    };
    unsent()
        .col_expr(email::Column::State, Expr::value(state::EXPIRED))
        .col_expr(email::Column::SettledAt, Expr::value(tx.now()))
        .col_expr(email::Column::Payload, Expr::value("{}"))
        .filter(email::Column::Secret.eq(true))
        .exec(tx.db())
        .await?;
    let held = unsent().col_expr(email::Column::State, Expr::value(state::HELD)).exec(tx.db()).await?;
    Ok(held.rows_affected)
}

/// The newest unsent and unexpired sign-in email to an address. It lets the operator sign in while the mail
/// server is down.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
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
    Ok(row.as_ref().and_then(read_envelope))
}

/// When the next email is due. The worker sleeps until then.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn next_due(store: &Store) -> Result<Option<Instant>, StoreError> {
    let mut next = None;
    // A query for each state reads one row of an index.
    for state in [state::PENDING, state::SENDING] {
        let row = email::Entity::find()
            .filter(email::Column::State.eq(state))
            .order_by_asc(email::Column::DueAt)
            .one(store.db())
            .await?;
        next = row.map(|row| row.due_at).into_iter().chain(next).min();
    }
    Ok(next)
}

/// Number of emails that are unsent or went wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Not sent yet, including those being sent now.
    pub pending: u64,
    /// On hold until they are released.
    pub held: u64,
    /// Failed for good. An admin decides.
    pub failed: u64,
    /// Failed because a mail server refused the address. Included in `failed`.
    pub undeliverable: u64,
    /// Possibly accepted. An admin decides.
    pub unknown: u64,
}

/// Counts the emails that are unsent or went wrong.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
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
    fn retries_wait_longer_each_time() {
        let minutes: Vec<_> = [1, 2, 3, 9, 10, 50].iter().map(|n| backoff(*n).num_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 256, 360, 360]);
    }
}
