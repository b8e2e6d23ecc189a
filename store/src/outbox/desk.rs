//! The outbox as administrators see it (C6): what waits, what went wrong, what a letter says, and again or
//! never.

use domain::{Actor, Instant, LetterId, Refusal, policy::Action};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{Envelope, FAREWELL, envelope, state};
use crate::{
    Fault, Store,
    admin::{PAGE, may},
    audit,
    entities::letter,
    write::Tx,
};

/// Where a letter lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shelf {
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

impl Shelf {
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
        Self::ALL.into_iter().find(|shelf| shelf.name() == name)
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
pub struct Pile {
    /// Where.
    pub shelf: Shelf,
    /// Of which kind.
    pub kind: String,
    /// How many.
    pub count: u64,
}

/// A letter in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Which.
    pub id: LetterId,
    /// Its kind.
    pub kind: String,
    /// To whom.
    pub name: String,
    /// Where to.
    pub address: String,
    /// Where it lies.
    pub shelf: Shelf,
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

fn slip(row: letter::Model, now: Instant) -> Result<Slip, Fault> {
    let unknown = || Fault::Broken(format!("letter {}: unknown state", row.id));
    let shelf = Shelf::of(&row.state).ok_or_else(unknown)?;
    Ok(Slip {
        id: LetterId(row.id),
        shelf,
        can_retry: shelf.can_retry() && !row.secret && row.expires_at.is_none_or(|at| at > now),
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
pub async fn piles(store: &Store, who: &Actor) -> Result<Vec<Pile>, Fault> {
    let _permit = may(who, Action::ManageOutbox)?;
    let rows: Vec<(String, String, i64)> = letter::Entity::find()
        .select_only()
        .columns([letter::Column::State, letter::Column::Kind])
        .column_as(letter::Column::Id.count(), "letters")
        .group_by(letter::Column::State)
        .group_by(letter::Column::Kind)
        .order_by_asc(letter::Column::Kind)
        .into_tuple()
        .all(store.db())
        .await?;
    let pile = |(state, kind, count): (String, String, i64)| {
        Some(Pile { shelf: Shelf::of(&state)?, kind, count: u64::try_from(count).unwrap_or(0) })
    };
    Ok(rows.into_iter().filter_map(pile).collect())
}

/// The letters on a shelf, of one kind if one is named, the last first, and whether there are more.
///
/// # Errors
/// `Refused` when the actor is no administrator.
pub async fn slips(
    store: &Store,
    who: &Actor,
    shelf: Shelf,
    kind: Option<&str>,
    page: u32,
) -> Result<(Vec<Slip>, bool), Fault> {
    let _permit = may(who, Action::ManageOutbox)?;
    let mut rows = letter::Entity::find()
        .filter(letter::Column::State.eq(shelf.name()))
        .apply_if(kind, |find, kind| find.filter(letter::Column::Kind.eq(kind)))
        .order_by_desc(letter::Column::PostedAt)
        .order_by_desc(letter::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    Ok((rows.into_iter().map(|row| slip(row, store.now())).collect::<Result<_, _>>()?, more))
}

/// One letter, and what it says where that is nobody's secret.
///
/// # Errors
/// `Refused` when the actor is no administrator, `NotFound`.
pub async fn look(store: &Store, who: &Actor, id: LetterId) -> Result<(Slip, Option<Envelope>), Fault> {
    let _permit = may(who, Action::ManageOutbox)?;
    let row = letter::Entity::find_by_id(id.0).one(store.db()).await?.ok_or(Fault::NotFound)?;
    let inside = if row.secret { None } else { envelope(&row) };
    Ok((slip(row, store.now())?, inside))
}

/// Which letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// This one.
    One(LetterId),
    /// All of a kind on a shelf.
    Kind(Shelf, String),
}

/// Those of them that lie on one of these shelves, locked.
async fn chosen(tx: &Tx, which: &Which, shelves: &[Shelf]) -> Result<Vec<Uuid>, Fault> {
    let on = shelves.iter().map(|shelf| shelf.name());
    let find = letter::Entity::find()
        .select_only()
        .column(letter::Column::Id)
        .filter(letter::Column::State.is_in(on));
    let find = match which {
        Which::One(id) => find.filter(letter::Column::Id.eq(id.0)),
        Which::Kind(shelf, kind) => {
            find.filter(letter::Column::State.eq(shelf.name())).filter(letter::Column::Kind.eq(kind))
        }
    };
    let ids: Vec<Uuid> =
        find.order_by_asc(letter::Column::Id).lock_exclusive().into_tuple().all(tx.db()).await?;
    if ids.is_empty() && matches!(which, Which::One(_)) {
        return Err(Refusal::LetterEnded.into());
    }
    Ok(ids)
}

/// No statement names more letters than this.
const CHUNK: usize = 500;

/// Sends emails that failed, that have an unknown delivery status, or that are on hold. An email whose secret
/// is gone stays, and so does one that has expired. Answers with how many go out.
///
/// # Errors
/// `Refused` when the actor is no administrator, or when the one letter ended meanwhile (`LetterEnded`).
pub async fn retry(store: &Store, who: &Actor, which: Which) -> Result<u32, Fault> {
    store
        .write((*who, which), |tx, (who, which)| {
            Box::pin(async move {
                let permit = may(who, Action::ManageOutbox)?;
                let ids = chosen(tx, which, &Shelf::RETRIED).await?;
                let mut again = 0;
                for ids in ids.chunks(CHUNK) {
                    again += pending_again(tx, letter::Column::Id.is_in(ids.to_vec())).await?;
                }
                if again == 0 && matches!(which, Which::One(_)) {
                    return Err(Refusal::LetterEnded.into());
                }
                if again > 0 {
                    audit::note(tx, &permit, "letter.retry", subject(which)).await?;
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
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn retry_ended(store: &Store) -> Result<u64, Fault> {
    store
        .write((), |tx, ()| {
            Box::pin(async move {
                let ended = Shelf::RETRIED.map(Shelf::name);
                let again = pending_again(tx, letter::Column::State.is_in(ended)).await?;
                if again > 0 {
                    audit::note_by(tx, None, "letter.retry", None).await?;
                }
                Ok(again)
            })
        })
        .await
}

/// Makes emails wait again as if they had just been posted. A sign-in email that failed has lost its secret
/// and stays as it is, and so does an email that has expired.
async fn pending_again(tx: &Tx, which: Expr) -> Result<u64, Fault> {
    let again = letter::Entity::update_many()
        .col_expr(letter::Column::State, Expr::value(state::PENDING))
        .col_expr(letter::Column::DueAt, Expr::value(tx.now()))
        .col_expr(letter::Column::PostedAt, Expr::value(tx.now()))
        .col_expr(letter::Column::Attempts, Expr::value(0))
        .col_expr(letter::Column::Unknowns, Expr::value(0))
        .col_expr(letter::Column::SettledAt, Expr::value(None::<Instant>))
        .col_expr(letter::Column::Undeliverable, Expr::value(false))
        .filter(which)
        .filter(letter::Column::Secret.eq(false))
        .filter(letter::Column::ExpiresAt.is_null().or(letter::Column::ExpiresAt.gt(tx.now())))
        .exec(tx.db())
        .await?;
    tx.note_posted();
    Ok(again.rows_affected)
}

/// Calls letters back that were not sent. Answers with how many.
///
/// # Errors
/// `Refused` when the actor is no administrator, or when the one letter was sent or ended meanwhile.
pub async fn cancel(store: &Store, who: &Actor, which: Which) -> Result<u32, Fault> {
    let done = store
        .write((*who, which), |tx, (who, which)| {
            Box::pin(async move {
                let permit = may(who, Action::ManageOutbox)?;
                let shelves = [Shelf::Pending, Shelf::Held, Shelf::Failed, Shelf::Unknown];
                let ids = chosen(tx, which, &shelves).await?;
                let mut forgotten = 0;
                for ids in ids.chunks(CHUNK) {
                    letter::Entity::update_many()
                        .col_expr(letter::Column::State, Expr::value(state::CANCELLED))
                        .col_expr(letter::Column::SettledAt, Expr::value(tx.now()))
                        .filter(letter::Column::Id.is_in(ids.to_vec()))
                        .exec(tx.db())
                        .await?;
                    // Nothing is to remember where the last letter to somebody who was deleted went.
                    forgotten += letter::Entity::delete_many()
                        .filter(letter::Column::Id.is_in(ids.to_vec()))
                        .filter(letter::Column::Kind.eq(FAREWELL))
                        .exec(tx.db())
                        .await?
                        .rows_affected;
                    // A secret is of no more use.
                    letter::Entity::update_many()
                        .col_expr(letter::Column::Payload, Expr::value("{}"))
                        .filter(letter::Column::Id.is_in(ids.to_vec()))
                        .filter(letter::Column::Secret.eq(true))
                        .exec(tx.db())
                        .await?;
                }
                if !ids.is_empty() {
                    audit::note(tx, &permit, "letter.cancel", subject(which)).await?;
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
