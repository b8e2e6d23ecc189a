//! Invitations to a group: of members by name and of anyone by email address, within daily limits.

use domain::{
    Actor, Instant, MemberId, Problem, Refusal, Role, Slug,
    emails::{self, AcceptLink, Email, Recipient},
    groups::{INVITATION_LIFETIME, MAX_ADDRESSES_PER_DAY, MAX_MEMBERS_PER_DAY, may_invite},
    members::Address,
    policy::{
        NoRelation,
        admin::InvitePeople,
        groups::{JoinGroup, TendGroup},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    membership::notify,
    rows::facts,
    visibility::{Locked, lock, lock_if_invited, role_of},
};
use crate::{
    Store, StoreError, admin, audit,
    blocks::between,
    entities::{audit as log, group, group_invitation, member},
    jobs::{self, Job, Next},
    members, outbox, recipients, secrets,
    settings::{self, SignUp},
    write::{Tx, verb},
};

// Audit actions. Invitations are also counted by them.
const TO_MEMBER: &str = "group.invite";
const TO_ADDRESS: &str = "group.invite_address";

/// Invites someone to a group: a member by their full name, or anyone by email address. Inviting again changes
/// nothing. The result doesn't reveal whether an address belongs to a member.
///
/// # Errors
/// `Invalid` when no member or several have the name, when the address can't be emailed (`CannotEmail`), or
/// when only admins may invite by address (`InviteByName`). `Refused(EnoughInvited)`, `Refused(GroupClosed)`.
/// `NotFound` for hidden and absent groups.
pub async fn invite(store: &Store, actor: &Actor, slug: &Slug, invitee: &str) -> Result<(), StoreError> {
    let args = (*actor, slug.clone(), invitee.trim().to_owned());
    store.write(args, |tx, (actor, slug, invitee)| Box::pin(invite_in(tx, actor, slug, invitee))).await
}

async fn invite_in(tx: &Tx, actor: &Actor, slug: &Slug, invitee: &str) -> Result<(), StoreError> {
    let group = lock(tx, actor, slug).await?;
    let permit = permit(actor, TendGroup, group.relation())?;
    if group.row.archived_at.is_some() {
        return Err(Refusal::GroupClosed.into());
    }
    if let Some(me) = actor.member() {
        // Locks the inviting member, so that two windows can't exceed the daily limit together.
        member::Entity::find_by_id(me.0).lock_exclusive().one(tx.db()).await?;
    }
    let action = if invitee.contains('@') {
        let address = Address::parse(invitee).ok_or_else(|| wrong(Refusal::BadAddress))?;
        check_may_invite_address(tx, actor).await?;
        check_daily_limit(tx, actor, TO_ADDRESS, MAX_ADDRESSES_PER_DAY).await?;
        if !invite_address(tx, actor, &group, &address).await? {
            return Ok(());
        }
        TO_ADDRESS
    } else {
        let member = members::by_page_or_name(tx, actor, invitee, "invitee").await?;
        if role_of(tx.db(), member, group.row.id).await?.is_some() {
            return Err(wrong(Refusal::AlreadyIn));
        }
        check_daily_limit(tx, actor, TO_MEMBER, MAX_MEMBERS_PER_DAY).await?;
        if !invite_member(tx, actor, &group, member).await? {
            return Ok(());
        }
        TO_MEMBER
    };
    audit::record(tx, &permit, action, group.row.id).await
}

/// If newcomers need an invitation, organisers may invite members by name only, unless a setting allows more.
/// All addresses are refused alike, so that the answer doesn't reveal who has an account.
async fn check_may_invite_address(tx: &Tx, actor: &Actor) -> Result<(), StoreError> {
    let settings = settings::load_in(tx.db()).await?;
    let anyone = settings.sign_up == SignUp::Open || settings.organisers_invite;
    if anyone || permit(actor, InvitePeople, NoRelation).is_ok() {
        return Ok(());
    }
    Err(wrong(Refusal::InviteByName))
}

/// Turns a refusal to email an address into an error of the form field.
fn as_field_error(result: Result<(), StoreError>) -> Result<(), StoreError> {
    match result {
        Err(StoreError::Refused(why @ Refusal::CannotEmail)) => Err(wrong(why)),
        other => other,
    }
}

fn wrong(why: Refusal) -> StoreError {
    StoreError::Invalid(vec![Problem { field: "invitee".into(), why }])
}

/// Counts invitations of the last 24 hours in the audit log, so that revoking one doesn't allow another.
async fn check_daily_limit(tx: &Tx, actor: &Actor, action: &str, max: u32) -> Result<(), StoreError> {
    let Some(me) = actor.member() else { return Ok(()) };
    let sent = log::Entity::find()
        .filter(log::Column::MemberId.eq(me.0))
        .filter(log::Column::Action.eq(action))
        .filter(log::Column::At.gt(tx.now() - chrono::Duration::days(1)))
        .count(tx.db())
        .await?;
    Ok(may_invite(u32::try_from(sent).unwrap_or(u32::MAX), max)?)
}

async fn invite_member(
    tx: &Tx,
    actor: &Actor,
    group: &Locked,
    invitee: MemberId,
) -> Result<bool, StoreError> {
    if has_open_invitation(tx, group, group_invitation::Column::MemberId.eq(invitee.0)).await? {
        return Ok(false);
    }
    as_field_error(recipients::count_member(tx, group.row.id, invitee).await)?;
    insert(tx, actor, group, Some(invitee), None, None).await?;
    notify(tx, invitee, &email(tx, actor, group, None).await?).await?;
    Ok(true)
}

async fn invite_address(
    tx: &Tx,
    actor: &Actor,
    group: &Locked,
    address: &Address,
) -> Result<bool, StoreError> {
    let key = address.key();
    if has_open_invitation(tx, group, group_invitation::Column::AddressKey.eq(&key)).await? {
        return Ok(false);
    }
    // The result is the same whether a member has the address or not.
    as_field_error(recipients::count(tx, &key).await)?;
    let member = member::Entity::find().filter(member::Column::AddressKey.eq(&key)).one(tx.db()).await?;
    let secret = secrets::token();
    insert(tx, actor, group, None, Some(address), Some(secrets::hex_hash(&secret))).await?;
    match member {
        Some(member) => {
            let email = email(tx, actor, group, None).await?;
            let id = MemberId(member.id);
            let blocked = match actor.member() {
                Some(me) => between(tx.db(), me, id).await?,
                None => false,
            };
            let may = member.role != Role::Suspended.name() && !blocked;
            if may && role_of(tx.db(), id, group.row.id).await?.is_none() {
                notify(tx, id, &email).await?;
            }
        }
        None => {
            let (zone, locale) = match actor.member() {
                Some(me) => {
                    let me = members::load(tx.db(), me).await?;
                    (me.zone.parse().unwrap_or(domain::Zone::UTC), me.locale.parse().unwrap_or_default())
                }
                None => (domain::Zone::UTC, domain::Locale::default()),
            };
            let to = Recipient { name: String::new(), address: address.as_str().to_owned(), zone, locale };
            let until = tx.now() + INVITATION_LIFETIME;
            let link = AcceptLink { path: admin::accept_path(&secret), until };
            let email = email(tx, actor, group, Some(link)).await?;
            outbox::post(tx, None, &to, &email).await?;
        }
    }
    Ok(true)
}

/// The kind of job that deletes expired invitations to groups.
pub(crate) const PRUNE_INVITATIONS: &str = "prune_group_invitations";

/// Deletes a batch of expired invitations, with their addresses.
pub(crate) async fn prune_invitations(store: Store, _job: Job) -> Result<Next, StoreError> {
    store
        .write((), |tx, ()| {
            Box::pin(async move {
                let expired = group_invitation::Entity::find()
                    .filter(group_invitation::Column::ExpiresAt.lte(tx.now()));
                jobs::delete_batch(tx, expired, group_invitation::Column::Id).await
            })
        })
        .await
}

async fn delete_expired(tx: &Tx) -> Result<(), StoreError> {
    group_invitation::Entity::delete_many()
        .filter(group_invitation::Column::ExpiresAt.lte(tx.now()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Whether there is an open invitation already. Expired ones are deleted first.
async fn has_open_invitation(tx: &Tx, group: &Locked, recipient: Expr) -> Result<bool, StoreError> {
    delete_expired(tx).await?;
    let open = group_invitation::Entity::find()
        .filter(group_invitation::Column::GroupId.eq(group.row.id))
        .filter(recipient);
    Ok(open.count(tx.db()).await? > 0)
}

async fn insert(
    tx: &Tx,
    actor: &Actor,
    group: &Locked,
    member: Option<MemberId>,
    address: Option<&Address>,
    link_hash: Option<String>,
) -> Result<(), StoreError> {
    let row = group_invitation::ActiveModel {
        id: Set(secrets::new_id()),
        group_id: Set(group.row.id),
        member_id: Set(member.map(|member| member.0)),
        address: Set(address.map(|address| address.as_str().to_owned())),
        address_key: Set(address.map(Address::key)),
        invited_by: Set(actor.member().map(|me| me.0)),
        invited_at: Set(tx.now()),
        expires_at: Set(tx.now() + INVITATION_LIFETIME),
        link_hash: Set(link_hash),
    };
    row.insert(tx.db()).await?;
    Ok(())
}

async fn email(
    tx: &Tx,
    actor: &Actor,
    group: &Locked,
    link: Option<AcceptLink>,
) -> Result<Email, StoreError> {
    let from = match actor.member() {
        Some(me) => members::load(tx.db(), me).await?.shown_name(),
        None => String::new(),
    };
    Ok(Email::from(emails::GroupInvitation {
        group: facts(&group.row)?,
        purpose: group.row.purpose.clone(),
        from,
        link,
    }))
}

/// Whether an address has an open invitation to any group. Its owner may then sign up even if sign-up needs an
/// invitation. Without `by_organisers`, only invitations by admins count.
pub(crate) async fn is_invited(tx: &Tx, address_key: &str, by_organisers: bool) -> Result<bool, StoreError> {
    let mut invitations = group_invitation::Entity::find()
        .filter(group_invitation::Column::AddressKey.eq(address_key))
        .filter(group_invitation::Column::ExpiresAt.gt(tx.now()));
    if !by_organisers {
        let admins = member::Entity::find()
            .select_only()
            .column(member::Column::Id)
            .filter(member::Column::Role.eq(Role::Administrator.name()))
            .into_query();
        invitations = invitations.filter(group_invitation::Column::InvitedBy.in_subquery(admins));
    }
    Ok(invitations.count(tx.db()).await? > 0)
}

/// The invited address and the group behind a link in an email. `None` when there is no such link or it has
/// expired.
pub(crate) async fn behind_link(
    db: &impl ConnectionTrait,
    secret: &str,
    now: Instant,
    lock: bool,
) -> Result<Option<(String, group::Model)>, StoreError> {
    let query = group_invitation::Entity::find()
        .filter(group_invitation::Column::LinkHash.eq(secrets::hex_hash(secret)))
        .filter(group_invitation::Column::ExpiresAt.gt(now));
    let query = if lock { query.lock_exclusive() } else { query };
    let Some(row) = query.one(db).await? else { return Ok(None) };
    let group = group::Entity::find_by_id(row.group_id).one(db).await?;
    Ok(row.address.zip(group))
}

/// Declines an invitation. Without an invitation it changes nothing.
///
/// # Errors
/// `NotFound` for hidden and absent groups.
pub async fn decline_invitation(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug| {
        let group = lock_if_invited(tx, actor, slug).await?;
        let permit = permit(actor, JoinGroup, group.relation())?;
        let Some(invitation) = group.invitation else { return Ok(()) };
        group_invitation::Entity::delete_by_id(invitation.id).exec(tx.db()).await?;
        audit::record(tx, &permit, "group.decline_invitation", group.row.id).await
    })
}

/// Revokes an invitation. If it is gone already, nothing changes.
///
/// # Errors
/// `Refused` when the actor may not manage the group, `NotFound` for hidden and absent groups.
pub async fn revoke_invitation(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    invitation: Uuid,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, invitation| {
        let group = lock(tx, actor, slug).await?;
        let permit = permit(actor, TendGroup, group.relation())?;
        group_invitation::Entity::delete_many()
            .filter(group_invitation::Column::Id.eq(*invitation))
            .filter(group_invitation::Column::GroupId.eq(group.row.id))
            .exec(tx.db())
            .await?;
        audit::record(tx, &permit, "group.revoke_invitation", group.row.id).await
    })
}
