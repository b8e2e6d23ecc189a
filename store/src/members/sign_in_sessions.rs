//! Sign-in sessions, called devices on screen, and identities at providers.

use chrono::Duration;
use domain::{
    Actor, Instant, Role, SignInSessionId, Slug, members::Member, notifications::MAX_SHOWN,
    policy::members::ManageSessions, sign_in::SESSION_IDLE,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};
use uuid::Uuid;

use super::rows::{from_row, leaving, own};
use crate::{
    Store, StoreError, audit,
    entities::{identity, member, member_picture, notification, profile, sign_in_session, suspension},
    secrets,
    suppressions::bounced,
    write::verb,
};

/// How often `seen_at` is updated at most.
const SEEN_INTERVAL: Duration = Duration::minutes(5);

/// The member behind a session cookie.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The actor, for verbs.
    pub actor: Actor,
    /// The member, for pages.
    pub member: Member,
    /// Notices about the account that every page shows.
    pub notices: AccountNotices,
}

/// Notices about the account that every page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountNotices {
    /// When the account will be deleted, if the member asked for it (F1).
    pub leaving: Option<Instant>,
    /// Since when emails to the member bounce (C7).
    pub bounced: Option<Instant>,
    /// The reason for the suspension, if the member is suspended.
    pub suspended: Option<String>,
    /// The slug of the member's page and the hash of their picture, if they have one.
    pub face: Option<(Slug, String)>,
    /// How many notifications are unread, at most one more than [`MAX_SHOWN`].
    pub unread: u64,
}

#[derive(Default, FromQueryResult)]
struct NoticesRow {
    leaving: Option<Instant>,
    bounced: Option<Instant>,
    why: Option<String>,
    slug: Option<String>,
    picture: Option<String>,
    unread: i64,
}

/// All notices in one query of subqueries by key.
async fn notices(store: &Store, member: &member::Model) -> Result<AccountNotices, StoreError> {
    let why = Query::select()
        .column(suspension::Column::Reason)
        .from(suspension::Entity)
        .and_where(
            Expr::col((suspension::Entity, suspension::Column::MemberId))
                .equals((member::Entity, member::Column::Id)),
        )
        .take();
    let picture = Query::select()
        .column(member_picture::Column::Hash)
        .from(member_picture::Entity)
        .and_where(
            Expr::col((member_picture::Entity, member_picture::Column::MemberId))
                .equals((member::Entity, member::Column::Id)),
        )
        .take();
    let slug = Query::select()
        .column(profile::Column::Slug)
        .from(profile::Entity)
        .and_where(
            Expr::col((profile::Entity, profile::Column::MemberId))
                .equals((member::Entity, member::Column::Id)),
        )
        .take();
    // Counts no further than the header shows.
    let some_unread = Query::select()
        .column(notification::Column::Id)
        .from(notification::Entity)
        .and_where(notification::Column::MemberId.eq(member.id))
        .and_where(notification::Column::ReadAt.is_null())
        .limit(MAX_SHOWN + 1)
        .take();
    let unread =
        Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(some_unread, "some_unread").take();
    let query = |select: SelectStatement| Expr::SubQuery(None, Box::new(select.into()));
    let found: Option<NoticesRow> = member::Entity::find_by_id(member.id)
        .select_only()
        .expr_as(query(leaving()), "leaving")
        .expr_as(query(bounced()), "bounced")
        .expr_as(query(why), "why")
        .expr_as(query(slug), "slug")
        .expr_as(query(picture), "picture")
        .expr_as(query(unread), "unread")
        .into_model()
        .one(store.db())
        .await?;
    let NoticesRow { leaving, bounced, why, slug, picture, unread } = found.unwrap_or_default();
    let suspended = why.filter(|_| member.role == Role::Suspended.name());
    let face = slug.and_then(|slug| Slug::parse(&slug)).zip(picture);
    Ok(AccountNotices { leaving, bounced, suspended, face, unread: u64::try_from(unread).unwrap_or(0) })
}

/// The member that a session cookie belongs to. `None` when the session is unknown, has ended or is too old.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn sign_in_session(store: &Store, token: &str) -> Result<Option<SignedIn>, StoreError> {
    let now = store.now();
    let found = sign_in_session::Entity::find()
        .filter(sign_in_session::Column::TokenHash.eq(secrets::hash(token)))
        .filter(sign_in_session::Column::ExpiresAt.gt(now))
        .filter(sign_in_session::Column::SeenAt.gt(now - SESSION_IDLE))
        .find_also_related(member::Entity)
        .one(store.db())
        .await?;
    let Some((session, Some(member))) = found else { return Ok(None) };
    if now - session.seen_at >= SEEN_INTERVAL {
        // A failing write must not stop the read. The next request tries again.
        let _ = update_seen_at(store, session.id).await;
    }
    let notices = notices(store, &member).await?;
    let member = from_row(member)?;
    let actor = Actor::Member { id: member.id, role: member.role, session: SignInSessionId(session.id) };
    Ok(Some(SignedIn { actor, member, notices }))
}

async fn update_seen_at(store: &Store, id: Uuid) -> Result<(), StoreError> {
    verb!(store, |tx, id| {
        sign_in_session::Entity::update_many()
            .col_expr(sign_in_session::Column::SeenAt, Expr::value(tx.now()))
            .filter(sign_in_session::Column::Id.eq(*id))
            .exec(tx.db())
            .await?;
        Ok(())
    })
}

/// A device where the member is signed in.
#[derive(Clone, Debug)]
pub struct SessionInfo {
    /// The session's id, used to end it.
    pub id: SignInSessionId,
    /// A short description, for example `Firefox on Linux`.
    pub device: String,
    /// When the member signed in.
    pub started_at: Instant,
    /// When it was last used, accurate to five minutes.
    pub seen_at: Instant,
    /// Whether it is the session of this request.
    pub this: bool,
}

/// The devices where the actor is signed in, last used first.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn sign_in_sessions(store: &Store, actor: &Actor) -> Result<Vec<SessionInfo>, StoreError> {
    let (id, _permit) = own(actor, ManageSessions)?;
    let now = store.now();
    let rows = sign_in_session::Entity::find()
        .filter(sign_in_session::Column::MemberId.eq(id.0))
        .filter(sign_in_session::Column::ExpiresAt.gt(now))
        .filter(sign_in_session::Column::SeenAt.gt(now - SESSION_IDLE))
        .order_by_desc(sign_in_session::Column::SeenAt)
        .all(store.db())
        .await?;
    let this = session_of(actor);
    let info = |row: sign_in_session::Model| SessionInfo {
        this: this == Some(row.id),
        id: SignInSessionId(row.id),
        device: row.device,
        started_at: row.started_at,
        seen_at: row.seen_at,
    };
    Ok(rows.into_iter().map(info).collect())
}

fn session_of(actor: &Actor) -> Option<Uuid> {
    match actor {
        Actor::Member { session, .. } => Some(session.0),
        Actor::Anonymous | Actor::Operator => None,
    }
}

/// The sessions to end.
#[derive(Clone, Copy, Debug)]
enum Ending {
    One(SignInSessionId),
    AllBut(Uuid),
}

/// Ends one of the actor's own sessions. Ending it again is not an error.
///
/// # Errors
/// `Refused` when not signed in, `NotFound` when the session belongs to another member.
pub async fn end_session(store: &Store, actor: &Actor, id: SignInSessionId) -> Result<(), StoreError> {
    end(store, actor, Ending::One(id)).await
}

/// Ends all of the actor's sessions except the current one.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn end_other_sessions(store: &Store, actor: &Actor) -> Result<(), StoreError> {
    end(store, actor, Ending::AllBut(session_of(actor).unwrap_or_default())).await
}

/// Ends the current session, for all processes at once.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn sign_out(store: &Store, actor: &Actor) -> Result<(), StoreError> {
    end(store, actor, Ending::One(SignInSessionId(session_of(actor).unwrap_or_default()))).await
}

async fn end(store: &Store, actor: &Actor, ending: Ending) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &ending| {
        let (member, permit) = own(actor, ManageSessions)?;
        let mut delete =
            sign_in_session::Entity::delete_many().filter(sign_in_session::Column::MemberId.eq(member.0));
        match ending {
            Ending::One(id) => {
                let row = sign_in_session::Entity::find_by_id(id.0).one(tx.db()).await?;
                if row.is_some_and(|row| row.member_id != member.0) {
                    return Err(StoreError::NotFound);
                }
                delete = delete.filter(sign_in_session::Column::Id.eq(id.0));
            }
            Ending::AllBut(id) => delete = delete.filter(sign_in_session::Column::Id.ne(id)),
        }
        delete.exec(tx.db()).await?;
        audit::record(tx, &permit, "sign_in_session.end", member.0).await
    })
}

/// An identity at a provider that a member can sign in with.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The identity's id in the database.
    pub id: Uuid,
    /// The issuer, which identifies the provider.
    pub issuer: String,
    /// The account's name at the provider.
    pub label: String,
}

/// The actor's identities at providers.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn identities(store: &Store, actor: &Actor) -> Result<Vec<Identity>, StoreError> {
    let (id, _permit) = own(actor, ManageSessions)?;
    let rows = identity::Entity::find()
        .filter(identity::Column::MemberId.eq(id.0))
        .order_by_asc(identity::Column::ConnectedAt)
        .all(store.db())
        .await?;
    Ok(rows.into_iter().map(|row| Identity { id: row.id, issuer: row.issuer, label: row.label }).collect())
}
