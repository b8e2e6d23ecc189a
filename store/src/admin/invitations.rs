//! Invitations by email. A person who signs in with the invited address may join, once.

use chrono::Duration;
use domain::{
    Actor, Instant, InvitationId, Locale, MemberId, Refusal, Zone,
    emails::{self, Email, Recipient},
    invitations::{InvitationState, InvitationStatus, Invite, LIFETIME, MAX_EMAILS_EACH, MAX_PER_DAY},
    members::Address,
    policy::{Permit, admin::InvitePeople},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::rights::{PAGE, may};
use crate::{
    Store, StoreError, audit,
    entities::{audit as log, invitation, member},
    members, outbox, recipients, secrets, settings,
    write::{Tx, verb},
};

/// The audit action of sending an invitation. The daily limit counts these records.
const SENT: &str = "invitation.send";

/// An invitation in the admin's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The invitation's id, used to resend or revoke it.
    pub id: InvitationId,
    /// The invited address, as the admin typed it.
    pub address: String,
    /// The note that was sent with it. May be empty.
    pub note: String,
    /// The name of the admin who invited. `None` when that account is gone or has no name.
    pub by: Option<String>,
    /// Whether it is open, claimed, revoked or expired.
    pub state: InvitationState,
    /// When its last email was queued.
    pub sent_at: Instant,
    /// When it stops working.
    pub expires_at: Instant,
    /// Whether it can be sent again, now or later. Each invitation has a limited number of emails.
    pub may_resend: bool,
}

/// The result of inviting the addresses of one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Invited {
    /// Number of emails that were queued.
    pub sent: u32,
    /// Number of addresses that were skipped: members already, or not allowed another email now.
    pub skipped: u32,
}

fn status_of(row: &invitation::Model) -> InvitationStatus {
    InvitationStatus {
        revoked_at: row.revoked_at,
        claimed_at: row.claimed_at,
        expires_at: row.expires_at,
        sent_at: row.sent_at,
        sent: u32::try_from(row.sent).unwrap_or(MAX_EMAILS_EACH),
    }
}

/// Invites people by email, each address once. Members and people who were invited recently are skipped.
///
/// # Errors
/// `Refused` when the actor is not an admin, or with `TooManyInvitations` when the form would exceed the day's
/// limit.
pub async fn invite(store: &Store, actor: &Actor, invite: Invite) -> Result<Invited, StoreError> {
    verb!(store, |tx, actor, invite| {
        let permit = may(actor, InvitePeople)?;
        // Forms are handled one after another, so that two at once cannot exceed the day's limit.
        settings::lock(tx).await?;
        let keys: Vec<String> = invite.addresses.iter().map(Address::key).collect();
        let members: Vec<Option<String>> = member::Entity::find()
            .select_only()
            .column(member::Column::AddressKey)
            .filter(member::Column::AddressKey.is_in(&keys))
            .into_tuple()
            .all(tx.db())
            .await?;
        let earlier = invitation::Entity::find()
            .filter(invitation::Column::AddressKey.is_in(&keys))
            .all(tx.db())
            .await?;
        let by = inviter(tx, &permit).await?;
        let mut done = Invited::default();
        let mut left = MAX_PER_DAY.saturating_sub(sent_today(tx).await?);
        for address in &invite.addresses {
            let key = address.key();
            let row = earlier.iter().find(|row| row.address_key == key);
            let is_member = members.iter().flatten().any(|member| *member == key);
            let again = row.is_none_or(|row| may_invite_again(row, tx.now()));
            if is_member || !again {
                done.skipped += 1;
                continue;
            }
            if left == 0 {
                return Err(Refusal::TooManyInvitations { max: i64::from(MAX_PER_DAY) }.into());
            }
            if !recipients::may_invite(tx, &key).await? {
                done.skipped += 1;
                continue;
            }
            save_and_send(tx, &permit, row, address, &invite.note, &by).await?;
            left -= 1;
            done.sent += 1;
        }
        Ok(done)
    })
}

/// Whether an invitation that has ended may start again, for example after it was revoked. The limits on emails
/// to the same address still apply.
fn may_invite_again(row: &invitation::Model, now: Instant) -> bool {
    let status = status_of(row);
    let anew = InvitationStatus { revoked_at: None, claimed_at: None, ..status };
    status.state(now) != InvitationState::Open && anew.may_send(now).is_ok()
}

/// Number of invitation emails in the last 24 hours.
async fn sent_today(tx: &Tx) -> Result<u32, StoreError> {
    let sent = log::Entity::find()
        .filter(log::Column::Action.eq(SENT))
        .filter(log::Column::At.gt(tx.now() - Duration::days(1)))
        .count(tx.db())
        .await?;
    Ok(u32::try_from(sent).unwrap_or(u32::MAX))
}

async fn inviter(tx: &Tx, permit: &Permit<InvitePeople>) -> Result<String, StoreError> {
    match permit.by() {
        Some(by) => Ok(members::load(tx.db(), by).await?.shown_name()),
        None => Ok(String::new()),
    }
}

/// Saves an invitation and emails it. An older invitation to the same address is replaced.
async fn save_and_send(
    tx: &Tx,
    permit: &Permit<InvitePeople>,
    old: Option<&invitation::Model>,
    address: &Address,
    note: &str,
    by: &str,
) -> Result<(), StoreError> {
    let secret = secrets::token();
    let row = invitation::ActiveModel {
        id: Set(old.map_or_else(secrets::new_id, |old| old.id)),
        address: Set(address.as_str().to_owned()),
        address_key: Set(address.key()),
        note: Set(note.to_owned()),
        by_id: Set(permit.by().map(|by| by.0)),
        invited_at: Set(tx.now()),
        sent_at: Set(tx.now()),
        sent: Set(old.map_or(0, |old| old.sent) + 1),
        expires_at: Set(tx.now() + LIFETIME),
        revoked_at: Set(None),
        claimed_at: Set(None),
        claimed_id: Set(None),
        link_hash: Set(Some(secrets::hex_hash(&secret))),
    };
    let row = if old.is_some() { row.update(tx.db()).await? } else { row.insert(tx.db()).await? };
    send(tx, permit, &row, by, &secret).await
}

async fn send(
    tx: &Tx,
    permit: &Permit<InvitePeople>,
    row: &invitation::Model,
    by: &str,
    secret: &str,
) -> Result<(), StoreError> {
    let email = Email::from(emails::Invitation {
        by: by.to_owned(),
        note: row.note.clone(),
        until: row.expires_at,
        link: accept_path(secret),
    });
    outbox::post(tx, None, &stranger(&row.address), &email).await?;
    audit::record(tx, permit, SENT, row.id).await
}

/// The path of the link that accepts an invitation.
pub(crate) fn accept_path(secret: &str) -> String {
    format!("invitations/{secret}")
}

/// A recipient who is known only by their address.
pub(super) fn stranger(address: &str) -> Recipient {
    Recipient { name: String::new(), address: address.to_owned(), zone: Zone::UTC, locale: Locale::En }
}

/// Sends an invitation after an admin has approved the request for it, regardless of earlier invitations. Does
/// nothing if the address has an account by now.
///
/// # Errors
/// `Refused` with `TooManyInvitations` or `CannotEmail`.
pub(super) async fn invite_requested(
    tx: &Tx,
    permit: &Permit<InvitePeople>,
    address: &Address,
) -> Result<(), StoreError> {
    let key = address.key();
    let account = member::Entity::find().filter(member::Column::AddressKey.eq(&key)).one(tx.db()).await?;
    if account.is_some() {
        return Ok(());
    }
    if sent_today(tx).await? >= MAX_PER_DAY {
        return Err(Refusal::TooManyInvitations { max: i64::from(MAX_PER_DAY) }.into());
    }
    recipients::count(tx, &key).await?;
    let row = invitation::Entity::find().filter(invitation::Column::AddressKey.eq(&key)).one(tx.db()).await?;
    let by = inviter(tx, permit).await?;
    save_and_send(tx, permit, row.as_ref(), address, "", &by).await
}

/// A page of the invitations, newest first, and whether there is a next page. At most two queries.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn invitations(
    store: &Store,
    actor: &Actor,
    page: u32,
) -> Result<(Vec<Invitation>, bool), StoreError> {
    let _permit = may(actor, InvitePeople)?;
    let mut rows = invitation::Entity::find()
        .find_also_related(member::Entity)
        .order_by_desc(invitation::Column::InvitedAt)
        .order_by_desc(invitation::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    let now = store.now();
    let shown = |(row, by): (invitation::Model, Option<member::Model>)| {
        let status = status_of(&row);
        let state = status.state(now);
        Invitation {
            id: InvitationId(row.id),
            may_resend: matches!(state, InvitationState::Open | InvitationState::Expired)
                && status.sent < MAX_EMAILS_EACH,
            state,
            address: row.address,
            note: row.note,
            by: by.map(member::Model::shown_name).filter(|name| !name.is_empty()),
            sent_at: row.sent_at,
            expires_at: row.expires_at,
        }
    };
    Ok((rows.into_iter().map(shown).collect(), more))
}

async fn locked(tx: &Tx, id: InvitationId) -> Result<invitation::Model, StoreError> {
    invitation::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?.ok_or(StoreError::NotFound)
}

/// Sends an open or expired invitation again and restarts its fourteen days.
///
/// # Errors
/// `Refused` when the actor is not an admin, with `InvitationOver` when it was claimed or revoked or has had
/// all its emails, with `SlowDown` when it is too soon, or with `TooManyInvitations`. `NotFound` when there is
/// no such invitation.
pub async fn resend(store: &Store, actor: &Actor, id: InvitationId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let permit = may(actor, InvitePeople)?;
        settings::lock(tx).await?;
        let row = locked(tx, id).await?;
        status_of(&row).may_send(tx.now())?;
        if sent_today(tx).await? >= MAX_PER_DAY {
            return Err(Refusal::TooManyInvitations { max: i64::from(MAX_PER_DAY) }.into());
        }
        recipients::count(tx, &row.address_key).await?;
        let secret = secrets::token();
        let again = invitation::ActiveModel {
            id: Set(row.id),
            link_hash: Set(Some(secrets::hex_hash(&secret))),
            sent: Set(row.sent + 1),
            sent_at: Set(tx.now()),
            expires_at: Set(tx.now() + LIFETIME),
            ..Default::default()
        };
        let row = again.update(tx.db()).await?;
        let by = inviter(tx, &permit).await?;
        send(tx, &permit, &row, &by, &secret).await
    })
}

/// Revokes an invitation. Revoking it again changes nothing.
///
/// # Errors
/// `Refused` when the actor is not an admin or the invitation was claimed. `NotFound` when there is no such
/// invitation.
pub async fn revoke(store: &Store, actor: &Actor, id: InvitationId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, id| {
        let permit = may(actor, InvitePeople)?;
        let row = locked(tx, *id).await?;
        if row.claimed_at.is_some() {
            return Err(Refusal::InvitationOver.into());
        }
        if row.revoked_at.is_some() {
            return Ok(());
        }
        let revoked = invitation::ActiveModel {
            id: Set(row.id),
            revoked_at: Set(Some(tx.now())),
            ..Default::default()
        };
        revoked.update(tx.db()).await?;
        audit::record(tx, &permit, "invitation.revoke", row.id).await
    })
}

/// The address that an invitation link was sent to. `None` when no invitation has this link.
///
/// # Errors
/// `Refused` with `InvitationUsed`, `InvitationRevoked` or `InvitationExpired`.
pub(crate) async fn behind_link(
    db: &impl ConnectionTrait,
    secret: &str,
    now: Instant,
    lock: bool,
) -> Result<Option<String>, StoreError> {
    let query = invitation::Entity::find().filter(invitation::Column::LinkHash.eq(secrets::hex_hash(secret)));
    let query = if lock { query.lock_exclusive() } else { query };
    let Some(row) = query.one(db).await? else { return Ok(None) };
    match status_of(&row).state(now) {
        InvitationState::Open => Ok(Some(row.address)),
        InvitationState::Claimed => Err(Refusal::InvitationUsed.into()),
        InvitationState::Revoked => Err(Refusal::InvitationRevoked.into()),
        InvitationState::Expired => Err(Refusal::InvitationExpired.into()),
    }
}

/// Whether there is an open invitation for this address.
pub(crate) async fn has_open_invitation(
    db: &impl ConnectionTrait,
    key: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let row = invitation::Entity::find().filter(invitation::Column::AddressKey.eq(key)).one(db).await?;
    Ok(row.is_some_and(|row| status_of(&row).state(now) == InvitationState::Open))
}

/// Uses up the open invitation of a new member. `true` when there was one.
pub(crate) async fn claim(tx: &Tx, key: &str, member: MemberId) -> Result<bool, StoreError> {
    let row = invitation::Entity::find().filter(invitation::Column::AddressKey.eq(key)).lock_exclusive();
    let Some(row) = row.one(tx.db()).await? else { return Ok(false) };
    if status_of(&row).state(tx.now()) != InvitationState::Open {
        return Ok(false);
    }
    let claimed = invitation::ActiveModel {
        id: Set(row.id),
        claimed_at: Set(Some(tx.now())),
        claimed_id: Set(Some(member.0)),
        ..Default::default()
    };
    claimed.update(tx.db()).await?;
    audit::record_by(tx, Some(member), "invitation.claim", Some(row.id)).await?;
    Ok(true)
}
