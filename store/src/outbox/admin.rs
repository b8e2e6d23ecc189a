//! The outbox as administrators see it (C6): what waits, what went wrong, what a letter says, and again or
//! never.

use domain::{Actor, EmailId, Instant, Refusal, policy::Action};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{Envelope, FAREWELL, envelope, state};
use crate::{
    Store, StoreError,
    admin::{PAGE, may},
    audit,
    entities::email,
    write::Tx,
};

/// Where a letter lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryStatus {
    /// Goes out when it is due.
    Pending,
    /// On its way this moment.
    Sending,
    /// Put on hold by the operator, for example after a restore.
    Held,
    /// Never accepted.
    Failed,
    /// Perhaps accepted.
    Unknown,
    /// Accepted.
    Sent,
    /// Too late to be of use.
    Expired,
    /// Called back before it was sent.
    Cancelled,
}

impl DeliveryStatus {
    /// Every one, in the order in which they want to be looked at.
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

    /// In the database, in addresses and in keys of the catalogue.
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

    /// The shelf of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// The states from which an email can be sent after all.
    const RETRIED: [Self; 3] = [Self::Failed, Self::Unknown, Self::Held];

    /// Whether its emails can be sent after all.
    #[must_use]
    pub fn can_retry(self) -> bool {
        Self::RETRIED.contains(&self)
    }

    /// Whether its letters can be called back.
    #[must_use]
    pub fn can_cancel(self) -> bool {
        matches!(self, Self::Pending | Self::Held | Self::Failed | Self::Unknown)
    }
}

/// How many letters of one kind lie on a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCount {
    /// Where.
    pub status: DeliveryStatus,
    /// Of which kind.
    pub kind: String,
    /// How many.
    pub count: u64,
}

/// A letter in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Which.
    pub id: EmailId,
    /// Its kind.
    pub kind: String,
    /// To whom.
    pub name: String,
    /// Where to.
    pub address: String,
    /// Where it lies.
    pub status: DeliveryStatus,
    /// What went wrong last; may be empty.
    pub cause: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was posted.
    pub posted_at: Instant,
    /// When it goes out next, where it does.
    pub due_at: Instant,
    /// When it ended.
    pub settled_at: Option<Instant>,
    /// Whether it holds a secret, which nobody but its reader may see.
    pub secret: bool,
    /// Whether it can be sent again: it failed or is on hold, holds no secret, and has not expired.
    pub can_retry: bool,
}

fn outbox_row(row: email::Model, now: Instant) -> Result<OutboxRow, StoreError> {
    let unknown = || StoreError::Corrupt(format!("email {}: unknown state", row.id));
    let status = DeliveryStatus::of(&row.state).ok_or_else(unknown)?;
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

/// How many letters of each kind lie where. One query.
///
/// # Errors
/// `Refused` when the actor is no administrator.
pub async fn status_counts(store: &Store, actor: &Actor) -> Result<Vec<StatusCount>, StoreError> {
    let _permit = may(actor, Action::ManageOutbox)?;
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

/// The letters on a shelf, of one kind if one is named, the last first, and whether there are more.
///
/// # Errors
/// `Refused` when the actor is no administrator.
pub async fn rows(
    store: &Store,
    actor: &Actor,
    status: DeliveryStatus,
    kind: Option<&str>,
    page: u32,
) -> Result<(Vec<OutboxRow>, bool), StoreError> {
    let _permit = may(actor, Action::ManageOutbox)?;
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

/// One letter, and what it says where that is nobody's secret.
///
/// # Errors
/// `Refused` when the actor is no administrator, `NotFound`.
pub async fn get(
    store: &Store,
    actor: &Actor,
    id: EmailId,
) -> Result<(OutboxRow, Option<Envelope>), StoreError> {
    let _permit = may(actor, Action::ManageOutbox)?;
    let row = email::Entity::find_by_id(id.0).one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let inside = if row.secret { None } else { envelope(&row) };
    Ok((outbox_row(row, store.now())?, inside))
}

/// Which letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// This one.
    One(EmailId),
    /// All of a kind on a shelf.
    Kind(DeliveryStatus, String),
}

/// Those of them that lie on one of these shelves, locked.
async fn chosen(tx: &Tx, which: &Which, statuses: &[DeliveryStatus]) -> Result<Vec<Uuid>, StoreError> {
    let on = statuses.iter().map(|status| status.name());
    let find =
        email::Entity::find().select_only().column(email::Column::Id).filter(email::Column::State.is_in(on));
    let find = match which {
        Which::One(id) => find.filter(email::Column::Id.eq(id.0)),
        Which::Kind(status, kind) => {
            find.filter(email::Column::State.eq(status.name())).filter(email::Column::Kind.eq(kind))
        }
    };
    let ids: Vec<Uuid> =
        find.order_by_asc(email::Column::Id).lock_exclusive().into_tuple().all(tx.db()).await?;
    if ids.is_empty() && matches!(which, Which::One(_)) {
        return Err(Refusal::EmailAlreadySettled.into());
    }
    Ok(ids)
}

/// No statement names more letters than this.
const CHUNK: usize = 500;

/// Sends emails that failed, that have an unknown delivery status, or that are on hold. An email whose secret
/// is gone stays, and so does one that has expired. Answers with how many go out.
///
/// # Errors
/// `Refused` when the actor is no administrator, or when the one letter ended meanwhile (`EmailAlreadySettled`).
pub async fn retry(store: &Store, actor: &Actor, which: Which) -> Result<u32, StoreError> {
    store
        .write((*actor, which), |tx, (actor, which)| {
            Box::pin(async move {
                let permit = may(actor, Action::ManageOutbox)?;
                let ids = chosen(tx, which, &DeliveryStatus::RETRIED).await?;
                let mut again = 0;
                for ids in ids.chunks(CHUNK) {
                    again += pending_again(tx, email::Column::Id.is_in(ids.to_vec())).await?;
                }
                if again == 0 && matches!(which, Which::One(_)) {
                    return Err(Refusal::EmailAlreadySettled.into());
                }
                if again > 0 {
                    audit::record(tx, &permit, "email.retry", subject(which)).await?;
                }
                Ok(u32::try_from(again).unwrap_or(u32::MAX))
            })
        })
        .await
}

/// Sends every email that failed, that has an unknown delivery status, or that is on hold. Answers with how
/// many. For the operator at the command line, once the cause is fixed.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn retry_ended(store: &Store) -> Result<u64, StoreError> {
    store
        .write((), |tx, ()| {
            Box::pin(async move {
                let ended = DeliveryStatus::RETRIED.map(DeliveryStatus::name);
                let again = pending_again(tx, email::Column::State.is_in(ended)).await?;
                if again > 0 {
                    audit::record_by(tx, None, "email.retry", None).await?;
                }
                Ok(again)
            })
        })
        .await
}

/// Makes emails wait again as if they had just been posted. A sign-in email that failed has lost its secret
/// and stays as it is, and so does an email that has expired.
async fn pending_again(tx: &Tx, which: Expr) -> Result<u64, StoreError> {
    let again = email::Entity::update_many()
        .col_expr(email::Column::State, Expr::value(state::PENDING))
        .col_expr(email::Column::DueAt, Expr::value(tx.now()))
        .col_expr(email::Column::PostedAt, Expr::value(tx.now()))
        .col_expr(email::Column::Attempts, Expr::value(0))
        .col_expr(email::Column::Unknowns, Expr::value(0))
        .col_expr(email::Column::SettledAt, Expr::value(None::<Instant>))
        .col_expr(email::Column::Undeliverable, Expr::value(false))
        .filter(which)
        .filter(email::Column::Secret.eq(false))
        .filter(email::Column::ExpiresAt.is_null().or(email::Column::ExpiresAt.gt(tx.now())))
        .exec(tx.db())
        .await?;
    tx.mark_emails_queued();
    Ok(again.rows_affected)
}

/// Calls letters back that were not sent. Answers with how many.
///
/// # Errors
/// `Refused` when the actor is no administrator, or when the one letter was sent or ended meanwhile.
pub async fn cancel(store: &Store, actor: &Actor, which: Which) -> Result<u32, StoreError> {
    let done = store
        .write((*actor, which), |tx, (actor, which)| {
            Box::pin(async move {
                let permit = may(actor, Action::ManageOutbox)?;
                let statuses = [
                    DeliveryStatus::Pending,
                    DeliveryStatus::Held,
                    DeliveryStatus::Failed,
                    DeliveryStatus::Unknown,
                ];
                let ids = chosen(tx, which, &statuses).await?;
                let mut forgotten = 0;
                for ids in ids.chunks(CHUNK) {
                    email::Entity::update_many()
                        .col_expr(email::Column::State, Expr::value(state::CANCELLED))
                        .col_expr(email::Column::SettledAt, Expr::value(tx.now()))
                        .filter(email::Column::Id.is_in(ids.to_vec()))
                        .exec(tx.db())
                        .await?;
                    // Nothing is to remember where the last letter to somebody who was deleted went.
                    forgotten += email::Entity::delete_many()
                        .filter(email::Column::Id.is_in(ids.to_vec()))
                        .filter(email::Column::Kind.eq(FAREWELL))
                        .exec(tx.db())
                        .await?
                        .rows_affected;
                    // A secret is of no more use.
                    email::Entity::update_many()
                        .col_expr(email::Column::Payload, Expr::value("{}"))
                        .filter(email::Column::Id.is_in(ids.to_vec()))
                        .filter(email::Column::Secret.eq(true))
                        .exec(tx.db())
                        .await?;
                }
                if !ids.is_empty() {
                    audit::record(tx, &permit, "email.cancel", subject(which)).await?;
                }
                Ok((u32::try_from(ids.len()).unwrap_or(u32::MAX), forgotten > 0))
            })
        })
        .await?;
    if done.1 {
        store.scrub().await?;
    }
    Ok(done.0)
}

/// What the audit log names: one letter, or none in particular.
fn subject(which: &Which) -> Uuid {
    match which {
        Which::One(id) => id.0,
        Which::Kind(..) => Uuid::nil(),
    }
}
