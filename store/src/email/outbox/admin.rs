//! The outbox for admins (C6): listing emails, reading one, retrying and cancelling.

use domain::{Actor, EmailId, Instant, Refusal, policy::admin::ManageOutbox};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{Envelope, LAST_EMAIL, read_envelope, state};
use crate::{
    Channel, Store, StoreError,
    admin::{PAGE, may},
    audit,
    entities::email,
    write::Tx,
};

/// Delivery status of an email.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryStatus {
    /// Waits until it is due.
    Pending,
    /// Being sent by the worker now.
    Sending,
    /// On hold, for example after a restore.
    Held,
    /// Failed for good, for example because the address was refused.
    Failed,
    /// Possibly accepted by the mail server.
    Unknown,
    /// Accepted by the mail server.
    Sent,
    /// Expired before it was sent.
    Expired,
    /// Cancelled by an admin before it was sent.
    Cancelled,
}

impl DeliveryStatus {
    /// Every status, the most urgent first.
    pub const ALL: [Self; 8] = [
        Self::Failed,
        Self::Unknown,
        Self::Held,
        Self::Pending,
        Self::Sending,
        Self::Sent,
        Self::Expired,
        Self::Cancelled,
    ];

    /// Name in the database, in URLs and in message keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => state::PENDING,
            Self::Sending => state::SENDING,
            Self::Held => state::HELD,
            Self::Failed => state::FAILED,
            Self::Unknown => state::UNKNOWN,
            Self::Sent => state::SENT,
            Self::Expired => state::EXPIRED,
            Self::Cancelled => state::CANCELLED,
        }
    }

    /// The status with a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// The statuses whose emails can be retried.
    const RETRYABLE: [Self; 3] = [Self::Failed, Self::Unknown, Self::Held];

    /// Whether emails with this status can be retried.
    #[must_use]
    pub fn can_retry(self) -> bool {
        Self::RETRYABLE.contains(&self)
    }

    /// Whether emails with this status can be cancelled.
    #[must_use]
    pub fn can_cancel(self) -> bool {
        matches!(self, Self::Pending | Self::Held | Self::Failed | Self::Unknown)
    }
}

/// Number of emails of one kind with one status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCount {
    /// Delivery status of these emails.
    pub status: DeliveryStatus,
    /// Kind of email, such as `confirmed`.
    pub kind: String,
    /// Number of emails with this kind and status.
    pub count: u64,
}

/// An email in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// ID of the email.
    pub id: EmailId,
    /// Kind of email, such as `confirmed`.
    pub kind: String,
    /// Name of the recipient.
    pub name: String,
    /// Address of the recipient.
    pub address: String,
    /// Delivery status.
    pub status: DeliveryStatus,
    /// Cause of the last failure. May be empty.
    pub cause: String,
    /// Number of attempts to send it.
    pub attempts: u32,
    /// When it was posted, or retried by an admin.
    pub posted_at: Instant,
    /// When it is sent next. Only meaningful while it is pending.
    pub due_at: Instant,
    /// When sending ended. `None` while it is pending.
    pub settled_at: Option<Instant>,
    /// Whether it has a secret, such as a sign-in link, that only its recipient may see.
    pub secret: bool,
    /// Whether it can be retried: its status allows it, it has no secret and hasn't expired.
    pub can_retry: bool,
}

fn outbox_row(row: email::Model, now: Instant) -> Result<OutboxRow, StoreError> {
    let corrupt = || StoreError::Corrupt(format!("email {}: unknown state", row.id));
    let status = DeliveryStatus::of(&row.state).ok_or_else(corrupt)?;
    Ok(OutboxRow {
        id: EmailId(row.id),
        status,
        can_retry: status.can_retry() && !row.secret && row.expires_at.is_none_or(|at| at > now),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        kind: row.kind,
        name: row.name,
        address: row.address,
        cause: row.cause,
        posted_at: row.posted_at,
        due_at: row.due_at,
        settled_at: row.settled_at,
        secret: row.secret,
    })
}

/// Number of emails per status and kind, in one query.
///
/// # Errors
/// `Refused` when the actor may not manage the outbox.
pub async fn status_counts(store: &Store, actor: &Actor) -> Result<Vec<StatusCount>, StoreError> {
    let _permit = may(actor, ManageOutbox)?;
    let rows: Vec<(String, String, i64)> = email::Entity::find()
        .select_only()
        .columns([email::Column::State, email::Column::Kind])
        .column_as(email::Column::Id.count(), "emails")
        .group_by(email::Column::State)
        .group_by(email::Column::Kind)
        .order_by_asc(email::Column::Kind)
        .into_tuple()
        .all(store.db())
        .await?;
    let status_count = |(state, kind, count): (String, String, i64)| {
        Some(StatusCount {
            status: DeliveryStatus::of(&state)?,
            kind,
            count: u64::try_from(count).unwrap_or(0),
        })
    };
    Ok(rows.into_iter().filter_map(status_count).collect())
}

/// A page of emails with a status, optionally of one kind, the newest first, and whether there are more. Pages
/// count from 0.
///
/// # Errors
/// `Refused` when the actor may not manage the outbox.
pub async fn rows(
    store: &Store,
    actor: &Actor,
    status: DeliveryStatus,
    kind: Option<&str>,
    page: u32,
) -> Result<(Vec<OutboxRow>, bool), StoreError> {
    let _permit = may(actor, ManageOutbox)?;
    let mut rows = email::Entity::find()
        .filter(email::Column::State.eq(status.name()))
        .apply_if(kind, |find, kind| find.filter(email::Column::Kind.eq(kind)))
        .order_by_desc(email::Column::PostedAt)
        .order_by_desc(email::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    Ok((rows.into_iter().map(|row| outbox_row(row, store.now())).collect::<Result<_, _>>()?, more))
}

/// One email, with its content unless it has a secret or can't be read.
///
/// # Errors
/// `Refused` when the actor may not manage the outbox, `NotFound` when there is no such email.
pub async fn get(
    store: &Store,
    actor: &Actor,
    id: EmailId,
) -> Result<(OutboxRow, Option<Envelope>), StoreError> {
    let _permit = may(actor, ManageOutbox)?;
    let row = email::Entity::find_by_id(id.0).one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let content = if row.secret { None } else { read_envelope(&row) };
    Ok((outbox_row(row, store.now())?, content))
}

/// The emails to retry or cancel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailSelection {
    /// A single email.
    One(EmailId),
    /// All emails of a kind with a status.
    Kind(DeliveryStatus, String),
}

/// IDs of the selected emails that have one of the statuses, locked.
async fn lock_selected(
    tx: &Tx,
    selection: &EmailSelection,
    statuses: &[DeliveryStatus],
) -> Result<Vec<Uuid>, StoreError> {
    let states = statuses.iter().map(|status| status.name());
    let query = email::Entity::find()
        .select_only()
        .column(email::Column::Id)
        .filter(email::Column::State.is_in(states));
    let query = match selection {
        EmailSelection::One(id) => query.filter(email::Column::Id.eq(id.0)),
        EmailSelection::Kind(status, kind) => {
            query.filter(email::Column::State.eq(status.name())).filter(email::Column::Kind.eq(kind))
        }
    };
    let ids: Vec<Uuid> =
        query.order_by_asc(email::Column::Id).lock_exclusive().into_tuple().all(tx.db()).await?;
    if ids.is_empty() && matches!(selection, EmailSelection::One(_)) {
        return Err(Refusal::EmailAlreadySettled.into());
    }
    Ok(ids)
}

/// Maximum number of emails in one statement.
const CHUNK: usize = 500;

/// Retries emails that failed, are on hold or have an unknown status. Emails whose secret is erased and expired
/// emails stay as they are. Returns how many will be sent.
///
/// # Errors
/// `Refused` when the actor may not manage the outbox, `Refused(EmailAlreadySettled)` when the single email
/// can't be retried any more.
pub async fn retry(store: &Store, actor: &Actor, selection: EmailSelection) -> Result<u32, StoreError> {
    store
        .write((*actor, selection), |tx, (actor, selection)| {
            Box::pin(async move {
                let permit = may(actor, ManageOutbox)?;
                let ids = lock_selected(tx, selection, &DeliveryStatus::RETRYABLE).await?;
                let mut retried = 0;
                for ids in ids.chunks(CHUNK) {
                    retried += make_pending(tx, email::Column::Id.is_in(ids.to_vec())).await?;
                }
                if retried == 0 && matches!(selection, EmailSelection::One(_)) {
                    return Err(Refusal::EmailAlreadySettled.into());
                }
                if retried > 0 {
                    audit::record(tx, &permit, "email.retry", subject(selection)).await?;
                }
                Ok(u32::try_from(retried).unwrap_or(u32::MAX))
            })
        })
        .await
}

/// Retries every email that failed, is on hold or has an unknown status. Returns how many. For the operator's
/// command line, after the cause is fixed.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn retry_ended(store: &Store) -> Result<u64, StoreError> {
    store
        .write((), |tx, ()| {
            Box::pin(async move {
                let ended = DeliveryStatus::RETRYABLE.map(DeliveryStatus::name);
                let retried = make_pending(tx, email::Column::State.is_in(ended)).await?;
                if retried > 0 {
                    audit::record_by(tx, None, "email.retry", None).await?;
                }
                Ok(retried)
            })
        })
        .await
}

/// Resets emails as if they had just been posted. Emails with a secret lost it when they failed, so they stay
/// as they are. Expired emails stay too.
async fn make_pending(tx: &Tx, condition: Expr) -> Result<u64, StoreError> {
    let updated = email::Entity::update_many()
        .col_expr(email::Column::State, Expr::value(state::PENDING))
        .col_expr(email::Column::DueAt, Expr::value(tx.now()))
        .col_expr(email::Column::PostedAt, Expr::value(tx.now()))
        .col_expr(email::Column::Attempts, Expr::value(0))
        .col_expr(email::Column::Unknowns, Expr::value(0))
        .col_expr(email::Column::SettledAt, Expr::value(None::<Instant>))
        .col_expr(email::Column::Undeliverable, Expr::value(false))
        .filter(condition)
        .filter(email::Column::Secret.eq(false))
        .filter(email::Column::ExpiresAt.is_null().or(email::Column::ExpiresAt.gt(tx.now())))
        .exec(tx.db())
        .await?;
    tx.wake(Channel::Emails);
    Ok(updated.rows_affected)
}

/// Cancels emails that weren't sent. Returns how many.
///
/// # Errors
/// `Refused` when the actor may not manage the outbox, `Refused(EmailAlreadySettled)` when the single email was
/// sent or ended by now.
pub async fn cancel(store: &Store, actor: &Actor, selection: EmailSelection) -> Result<u32, StoreError> {
    let result = store
        .write((*actor, selection), |tx, (actor, selection)| {
            Box::pin(async move {
                let permit = may(actor, ManageOutbox)?;
                let statuses = [
                    DeliveryStatus::Pending,
                    DeliveryStatus::Held,
                    DeliveryStatus::Failed,
                    DeliveryStatus::Unknown,
                ];
                let ids = lock_selected(tx, selection, &statuses).await?;
                let mut erased = 0;
                for ids in ids.chunks(CHUNK) {
                    email::Entity::update_many()
                        .col_expr(email::Column::State, Expr::value(state::CANCELLED))
                        .col_expr(email::Column::SettledAt, Expr::value(tx.now()))
                        .filter(email::Column::Id.is_in(ids.to_vec()))
                        .exec(tx.db())
                        .await?;
                    // No trace is kept of where the last email to a deleted member went.
                    erased += email::Entity::delete_many()
                        .filter(email::Column::Id.is_in(ids.to_vec()))
                        .filter(email::Column::Kind.eq(LAST_EMAIL))
                        .exec(tx.db())
                        .await?
                        .rows_affected;
                    // A secret isn't needed any more.
                    email::Entity::update_many()
                        .col_expr(email::Column::Payload, Expr::value("{}"))
                        .filter(email::Column::Id.is_in(ids.to_vec()))
                        .filter(email::Column::Secret.eq(true))
                        .exec(tx.db())
                        .await?;
                }
                if !ids.is_empty() {
                    audit::record(tx, &permit, "email.cancel", subject(selection)).await?;
                }
                Ok((u32::try_from(ids.len()).unwrap_or(u32::MAX), erased > 0))
            })
        })
        .await?;
    if result.1 {
        store.scrub().await?;
    }
    Ok(result.0)
}

/// Subject of the audit entry: the single email, or nil for several.
fn subject(selection: &EmailSelection) -> Uuid {
    match selection {
        EmailSelection::One(id) => id.0,
        EmailSelection::Kind(..) => Uuid::nil(),
    }
}
