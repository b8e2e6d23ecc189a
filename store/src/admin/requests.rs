//! Requests for an invitation, from people who are not members. Admins approve or decline them.
//!
//! A request does not reveal whether an address has an account: the page is the same, and every address gets an
//! email. The address needs no other proof, because the invitation that follows is sent to it.

use domain::{
    Actor, Instant, InvitationRequestId, Locale, MemberId, Refusal, Zone,
    emails::{self, Email, Recipient},
    invitations::{
        KEEP_DECIDED_FOR, MAX_OPEN_REQUESTS, MAX_REQUESTS_PER_DAY, REQUEST_LIFETIME, RequestForm,
        RequestState,
    },
    members::Address,
    policy::admin::InvitePeople,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    PAGE,
    invitations::{has_open_invitation, invite_requested, stranger},
    may,
};
use crate::{
    Store, StoreError, audit,
    entities::{invitation_request, member},
    jobs::{self, Job, Next},
    members, outbox, recipients, secrets,
    settings::{self, SignUp},
    write::{Tx, verb},
};

/// A request that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRequest {
    /// The request's id, used to approve or decline it.
    pub id: InvitationRequestId,
    /// The name, as the person typed it.
    pub name: String,
    /// The address that the decision is emailed to.
    pub address: String,
    /// Why the person wants to join.
    pub reason: String,
    /// When the person asked.
    pub requested_at: Instant,
}

/// Requests an invitation. Asking again while the request is open, or soon after it was declined, changes
/// nothing and looks the same.
///
/// # Errors
/// `Refused` with `NoRequestNeeded` where anyone may join, or with `TooManyRequests`.
pub async fn request(store: &Store, form: RequestForm, locale: Locale, zone: Zone) -> Result<(), StoreError> {
    verb!(store, |tx, form, &locale, &zone| {
        // Requests are handled one after another, so that the limits hold.
        settings::lock(tx).await?;
        if settings::load_in(tx.db()).await?.sign_up == SignUp::Open {
            return Err(Refusal::NoRequestNeeded.into());
        }
        if is_full(tx).await? {
            return Err(Refusal::TooManyRequests.into());
        }
        let key = form.address.key();
        let account = member::Entity::find().filter(member::Column::AddressKey.eq(&key)).one(tx.db()).await?;
        let old = invitation_request::Entity::find().filter(invitation_request::Column::AddressKey.eq(&key));
        let old = old.one(tx.db()).await?;
        if recipients::opted_out(tx, &key).await? || is_settled(tx, old.as_ref()).await? {
            return Ok(());
        }
        if account.is_none() {
            save(tx, form, old).await?;
        }
        if !recipients::may_answer_request(tx, &key).await? {
            return Ok(());
        }
        let email = Email::from(emails::InvitationRequested { member: account.is_some() });
        let to = account.as_ref().and_then(members::recipient);
        let to = to.unwrap_or_else(|| Recipient { zone, locale, ..stranger(form.address.as_str()) });
        outbox::post(tx, account.map(|account| MemberId(account.id)), &to, &email).await
    })
}

async fn is_full(tx: &Tx) -> Result<bool, StoreError> {
    let open = open().count(tx.db()).await?;
    let today = invitation_request::Entity::find()
        .filter(invitation_request::Column::RequestedAt.gt(tx.now() - chrono::Duration::days(1)))
        .count(tx.db())
        .await?;
    Ok(open >= MAX_OPEN_REQUESTS || today >= MAX_REQUESTS_PER_DAY)
}

/// Whether a request of the same address is open, was declined recently, or led to an invitation that is still
/// open.
async fn is_settled(tx: &Tx, old: Option<&invitation_request::Model>) -> Result<bool, StoreError> {
    let Some(old) = old else { return Ok(false) };
    let recently = old.decided_at.is_some_and(|at| at > tx.now() - KEEP_DECIDED_FOR);
    match state(old)? {
        RequestState::Open => Ok(true),
        RequestState::Declined => Ok(recently),
        RequestState::Approved => has_open_invitation(tx.db(), &old.address_key, tx.now()).await,
    }
}

fn state(row: &invitation_request::Model) -> Result<RequestState, StoreError> {
    row.state.parse().map_err(|()| StoreError::Corrupt(format!("request {}: unreadable state", row.id)))
}

async fn save(tx: &Tx, form: &RequestForm, old: Option<invitation_request::Model>) -> Result<(), StoreError> {
    if let Some(old) = old {
        invitation_request::Entity::delete_by_id(old.id).exec(tx.db()).await?;
    }
    let row = invitation_request::ActiveModel {
        id: Set(secrets::new_id()),
        address: Set(form.address.as_str().to_owned()),
        address_key: Set(form.address.key()),
        name: Set(form.name.clone()),
        reason: Set(form.reason.clone()),
        state: Set(RequestState::Open.name().to_owned()),
        requested_at: Set(tx.now()),
        decided_at: Set(None),
        decided_by_id: Set(None),
    };
    row.insert(tx.db()).await?;
    Ok(())
}

fn open() -> sea_orm::Select<invitation_request::Entity> {
    invitation_request::Entity::find().filter(invitation_request::Column::State.eq(RequestState::Open.name()))
}

/// Number of requests that wait for a decision.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn requests_waiting(store: &Store, actor: &Actor) -> Result<u64, StoreError> {
    let _permit = may(actor, InvitePeople)?;
    Ok(open().count(store.db()).await?)
}

/// A page of the open requests, oldest first, and whether there is a next page.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn requests(
    store: &Store,
    actor: &Actor,
    page: u32,
) -> Result<(Vec<InvitationRequest>, bool), StoreError> {
    let _permit = may(actor, InvitePeople)?;
    let mut rows = open()
        .order_by_asc(invitation_request::Column::RequestedAt)
        .order_by_asc(invitation_request::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    let shown = |row: invitation_request::Model| InvitationRequest {
        id: InvitationRequestId(row.id),
        name: row.name,
        address: row.address,
        reason: row.reason,
        requested_at: row.requested_at,
    };
    Ok((rows.into_iter().map(shown).collect(), more))
}

/// Approves a request and emails an invitation to its address. Approving it again changes nothing.
///
/// # Errors
/// `Refused` when the actor is not an admin, when the address cannot be emailed, or with `DecidedAlready` when
/// another admin has declined it. `NotFound` when there is no such request.
pub async fn approve(store: &Store, actor: &Actor, id: InvitationRequestId) -> Result<(), StoreError> {
    store
        .write((*actor, id), |tx, (actor, id)| Box::pin(decide(tx, actor, *id, RequestState::Approved, "")))
        .await
}

/// Declines a request. The message may be empty. Declining it again changes nothing.
///
/// # Errors
/// `Refused` when the actor is not an admin, or with `DecidedAlready` when another admin has approved it.
/// `NotFound` when there is no such request.
pub async fn decline(
    store: &Store,
    actor: &Actor,
    id: InvitationRequestId,
    message: &str,
) -> Result<(), StoreError> {
    store
        .write((*actor, id, message.to_owned()), |tx, (actor, id, message)| {
            Box::pin(decide(tx, actor, *id, RequestState::Declined, message))
        })
        .await
}

async fn decide(
    tx: &Tx,
    actor: &Actor,
    id: InvitationRequestId,
    wanted: RequestState,
    message: &str,
) -> Result<(), StoreError> {
    let permit = may(actor, InvitePeople)?;
    settings::lock(tx).await?;
    let row = invitation_request::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    match state(&row)? {
        RequestState::Open => {}
        decided if decided == wanted => return Ok(()),
        RequestState::Approved | RequestState::Declined => return Err(Refusal::DecidedAlready.into()),
    }
    let decided = invitation_request::ActiveModel {
        id: Set(row.id),
        state: Set(wanted.name().to_owned()),
        decided_at: Set(Some(tx.now())),
        decided_by_id: Set(permit.by().map(|by| by.0)),
        ..Default::default()
    };
    decided.update(tx.db()).await?;
    if wanted == RequestState::Approved {
        let address = Address::parse(&row.address)
            .ok_or_else(|| StoreError::Corrupt(format!("request {}: unreadable address", row.id)))?;
        invite_requested(tx, &permit, &address).await?;
        return audit::record(tx, &permit, "invitation.approve", row.id).await;
    }
    if recipients::may_answer_request(tx, &row.address_key).await? {
        let email = Email::from(emails::RequestDeclined { words: message.to_owned() });
        outbox::post(tx, None, &stranger(&row.address), &email).await?;
    }
    audit::record(tx, &permit, "invitation.decline", row.id).await
}

/// The kind of job that deletes old requests for an invitation.
pub(crate) const PRUNE_REQUESTS: &str = "prune_invitation_requests";

/// Deletes requests some time after they were decided, and open ones that nobody decided in time.
pub(crate) async fn prune_requests(store: Store, _job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx| { jobs::delete_batch(tx, expired(tx.now()), invitation_request::Column::Id).await })
}

fn expired(now: Instant) -> sea_orm::Select<invitation_request::Entity> {
    let decided = Condition::all()
        .add(invitation_request::Column::State.ne(RequestState::Open.name()))
        .add(invitation_request::Column::DecidedAt.lte(now - KEEP_DECIDED_FOR));
    let unanswered = Condition::all()
        .add(invitation_request::Column::State.eq(RequestState::Open.name()))
        .add(invitation_request::Column::RequestedAt.lte(now - REQUEST_LIFETIME));
    invitation_request::Entity::find().filter(Condition::any().add(decided).add(unanswered))
}
