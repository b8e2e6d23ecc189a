//! Members: their profile, their sessions, their identities at providers.

use chrono::Duration;
use domain::{
    Actor, Instant, MemberId, SessionId, Zone,
    letters::Recipient,
    members::{Address, Member, Profile},
    policy::{Action, Permit, Relation, permit},
    sign_in::SESSION_IDLE,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Fault, Store, audit,
    entities::{identity, member, session},
    secrets,
    sign_in::{Newcomer, join},
    write::Tx,
};

/// A session that is used is written down at most this often.
const SEEN_EVERY: Duration = Duration::minutes(5);

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// For verbs.
    pub actor: Actor,
    /// For pages.
    pub member: Member,
}

/// Who a session's cookie belongs to; `None` when it is unknown, ended or too old.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn session(store: &Store, token: &str) -> Result<Option<SignedIn>, Fault> {
    let now = store.now();
    let found = session::Entity::find()
        .filter(session::Column::TokenHash.eq(secrets::hash(token)))
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(session::Column::SeenAt.gt(now - SESSION_IDLE))
        .find_also_related(member::Entity)
        .one(store.db())
        .await?;
    let Some((session, Some(member))) = found else { return Ok(None) };
    if now - session.seen_at >= SEEN_EVERY {
        // Reading goes on when writing does not: the next request tries again.
        let _ = seen(store, session.id).await;
    }
    let member = from_row(member)?;
    let actor = Actor::Member { id: member.id, role: member.role, session: SessionId(session.id) };
    Ok(Some(SignedIn { actor, member }))
}

async fn seen(store: &Store, id: Uuid) -> Result<(), Fault> {
    store
        .write(id, |tx, id| {
            Box::pin(async move {
                session::Entity::update_many()
                    .col_expr(session::Column::SeenAt, Expr::value(tx.now()))
                    .filter(session::Column::Id.eq(*id))
                    .exec(tx.db())
                    .await?;
                Ok(())
            })
        })
        .await
}

/// A member's row as the domain's member.
pub(crate) fn from_row(row: member::Model) -> Result<Member, Fault> {
    let broken = |what: &str| Fault::Broken(format!("member {}: unknown {what}", row.id));
    Ok(Member {
        id: MemberId(row.id),
        role: row.role.parse().map_err(|()| broken("role"))?,
        zone: row.zone.parse().map_err(|()| broken("zone"))?,
        locale: row.locale.parse().map_err(|()| broken("locale"))?,
        address: row.address.as_deref().and_then(Address::parse),
        joined_at: row.joined_at,
        name: row.name,
    })
}

/// A member as a letter's recipient; `None` when there is no address to write to.
pub(crate) fn recipient(row: &member::Model) -> Option<Recipient> {
    Some(Recipient {
        name: row.name.clone(),
        address: row.address.clone()?,
        zone: row.zone.parse().unwrap_or(Zone::UTC),
        locale: row.locale.parse().unwrap_or_default(),
    })
}

/// Loads a member inside a verb.
pub(crate) async fn load(db: &impl ConnectionTrait, id: MemberId) -> Result<member::Model, Fault> {
    member::Entity::find_by_id(id.0).one(db).await?.ok_or(Fault::NotFound)
}

/// The actor's own record: the relation of what is theirs.
fn own(who: &Actor, action: Action) -> Result<(MemberId, Permit), Fault> {
    let permit = permit(who, action, Relation::Own)?;
    let id = who.member().ok_or(Fault::NotFound)?;
    Ok((id, permit))
}

/// Saves the actor's own profile.
///
/// # Errors
/// `Refused` when nobody is signed in or the member is suspended.
pub async fn save_profile(store: &Store, who: &Actor, profile: Profile) -> Result<(), Fault> {
    store
        .write((*who, profile), |tx, (who, profile)| {
            Box::pin(async move {
                let (id, permit) = own(who, Action::EditProfile)?;
                write_profile(tx, &permit, id, profile).await
            })
        })
        .await
}

async fn write_profile(tx: &Tx, permit: &Permit, id: MemberId, profile: &Profile) -> Result<(), Fault> {
    let row = member::ActiveModel {
        id: Set(id.0),
        name: Set(profile.name.clone()),
        zone: Set(profile.zone.name().to_owned()),
        locale: Set(profile.locale.tag().to_owned()),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    audit::note(tx, permit, "member.profile", id.0).await
}

/// One signed-in browser.
#[derive(Clone, Debug)]
pub struct SessionInfo {
    /// Which.
    pub id: SessionId,
    /// What it is, in two words: `Firefox on Linux`.
    pub device: String,
    /// When it signed in.
    pub started_at: Instant,
    /// When it was last used, to five minutes.
    pub seen_at: Instant,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// The actor's signed-in browsers, the one used last first.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn sessions(store: &Store, who: &Actor) -> Result<Vec<SessionInfo>, Fault> {
    let (id, _permit) = own(who, Action::ManageSessions)?;
    let now = store.now();
    let rows = session::Entity::find()
        .filter(session::Column::MemberId.eq(id.0))
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(session::Column::SeenAt.gt(now - SESSION_IDLE))
        .order_by_desc(session::Column::SeenAt)
        .all(store.db())
        .await?;
    let this = session_of(who);
    let info = |row: session::Model| SessionInfo {
        this: this == Some(row.id),
        id: SessionId(row.id),
        device: row.device,
        started_at: row.started_at,
        seen_at: row.seen_at,
    };
    Ok(rows.into_iter().map(info).collect())
}

fn session_of(who: &Actor) -> Option<Uuid> {
    match who {
        Actor::Member { session, .. } => Some(session.0),
        Actor::Anonymous | Actor::Operator => None,
    }
}

/// Which sessions end.
#[derive(Clone, Copy, Debug)]
enum Ending {
    One(SessionId),
    AllBut(Uuid),
}

/// Ends one of the actor's own sessions; somebody else's is not found, one that has ended is no error.
///
/// # Errors
/// `Refused` when nobody is signed in, `NotFound` when it is somebody else's.
pub async fn end_session(store: &Store, who: &Actor, id: SessionId) -> Result<(), Fault> {
    end(store, who, Ending::One(id)).await
}

/// Ends every session of the actor but the one that asks.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn end_other_sessions(store: &Store, who: &Actor) -> Result<(), Fault> {
    end(store, who, Ending::AllBut(session_of(who).unwrap_or_default())).await
}

/// Ends the session that asks, on every process at once.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn sign_out(store: &Store, who: &Actor) -> Result<(), Fault> {
    end(store, who, Ending::One(SessionId(session_of(who).unwrap_or_default()))).await
}

async fn end(store: &Store, who: &Actor, ending: Ending) -> Result<(), Fault> {
    store.write((*who, ending), |tx, (who, ending)| Box::pin(end_in(tx, who, *ending))).await
}

async fn end_in(tx: &Tx, who: &Actor, ending: Ending) -> Result<(), Fault> {
    let (member, permit) = own(who, Action::ManageSessions)?;
    let mut delete = session::Entity::delete_many().filter(session::Column::MemberId.eq(member.0));
    match ending {
        Ending::One(id) => {
            let row = session::Entity::find_by_id(id.0).one(tx.db()).await?;
            if row.is_some_and(|row| row.member_id != member.0) {
                return Err(Fault::NotFound);
            }
            delete = delete.filter(session::Column::Id.eq(id.0));
        }
        Ending::AllBut(id) => delete = delete.filter(session::Column::Id.ne(id)),
    }
    delete.exec(tx.db()).await?;
    audit::note(tx, &permit, "session.end", member.0).await
}

/// An account at a provider that a member signs in with.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Which.
    pub id: Uuid,
    /// Whose word it is.
    pub issuer: String,
    /// What the account is called there.
    pub label: String,
}

/// The actor's accounts at providers.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn identities(store: &Store, who: &Actor) -> Result<Vec<Identity>, Fault> {
    let (id, _permit) = own(who, Action::ManageSessions)?;
    let rows = identity::Entity::find()
        .filter(identity::Column::MemberId.eq(id.0))
        .order_by_asc(identity::Column::ConnectedAt)
        .all(store.db())
        .await?;
    Ok(rows.into_iter().map(|row| Identity { id: row.id, issuer: row.issuer, label: row.label }).collect())
}

/// A member for the command line.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What others call them.
    pub name: String,
    /// Where letters go.
    pub address: Option<String>,
    /// What they may do.
    pub role: domain::Role,
}

/// Every member, for the operator at the command line.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn list(store: &Store) -> Result<Vec<Listed>, Fault> {
    let rows = member::Entity::find().order_by_asc(member::Column::JoinedAt).all(store.db()).await?;
    rows.into_iter()
        .map(|row| {
            let address = row.address.clone();
            let member = from_row(row)?;
            Ok(Listed { name: member.name, address, role: member.role })
        })
        .collect()
}

/// Gives a member another role and ends their sessions: rights change with a new sign-in. For the
/// operator at the command line.
///
/// # Errors
/// `NotFound` when no member has that address.
pub async fn set_role(store: &Store, address: &Address, role: domain::Role) -> Result<(), Fault> {
    store
        .write((address.key(), role), |tx, (key, role)| {
            Box::pin(async move {
                let found =
                    member::Entity::find().filter(member::Column::AddressKey.eq(key)).one(tx.db()).await?;
                let id = found.ok_or(Fault::NotFound)?.id;
                let row = member::ActiveModel {
                    id: Set(id),
                    role: Set(role.name().to_owned()),
                    ..Default::default()
                };
                row.update(tx.db()).await?;
                session::Entity::delete_many().filter(session::Column::MemberId.eq(id)).exec(tx.db()).await?;
                audit::note_by(tx, None, "member.role", Some(id)).await
            })
        })
        .await
}

/// Invites an address: whoever proves it by a sign-in mail is a member, also where newcomers need an
/// invitation. For the operator at the command line.
///
/// # Errors
/// `Refused(AddressTaken)` when a member has it already.
pub async fn invite(store: &Store, address: &Address) -> Result<(), Fault> {
    store
        .write(address.clone(), |tx, address| {
            Box::pin(async move {
                let known = member::Entity::find().filter(member::Column::AddressKey.eq(address.key()));
                if known.one(tx.db()).await?.is_some() {
                    return Err(domain::Refusal::AddressTaken.into());
                }
                let new = Newcomer {
                    name: "",
                    address: Some(address),
                    role: domain::Role::Member,
                    zone: Zone::UTC,
                    locale: domain::Locale::En,
                    demo_key: None,
                    at: tx.now(),
                };
                join(tx, new).await?;
                Ok(())
            })
        })
        .await
}
