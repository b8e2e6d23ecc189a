//! Invitations: to members by name, to anybody by a mail address, within limits.

use domain::{
    Actor, Instant, MemberId, Problem, Refusal, Role, Slug,
    emails::{AcceptLink, Email, Recipient},
    groups::{INVITATION_LIFETIME, MAX_ADDRESSES_PER_DAY, MAX_MEMBERS_PER_DAY, may_invite},
    members::{Address, Viewer},
    policy::{Action, Relation, permit},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, Func},
};
use uuid::Uuid;

use super::{
    facts, tell,
    visibility::{Locked, lock, lock_if_invited, role_of},
};
use crate::{
    Store, StoreError, admin, audit,
    blocks::{between, hidden_from},
    entities::{audit as log, group, group_invitation, member},
    members, outbox, recipients, secrets,
    settings::{self, SignUp},
    write::Tx,
};

/// Audit names, which are also how invitations are counted.
const TO_MEMBER: &str = "group.invite";
const TO_ADDRESS: &str = "group.invite_address";

/// Invites somebody into a group: a member by their whole name, or anybody by a mail address. Inviting
/// again changes nothing. Of an address nobody learns here whether a member has it.
///
/// # Errors
/// `Invalid` when nobody or several are called so, when the address cannot be emailed (`CannotEmail`), or when
/// only administrators invite by address (`InviteByName`); `Refused(EnoughInvited)`, `Refused(GroupClosed)`;
/// `NotFound` for hidden and absent groups.
pub async fn invite(store: &Store, actor: &Actor, slug: &Slug, whom: &str) -> Result<(), StoreError> {
    let args = (*actor, slug.clone(), whom.trim().to_owned());
    store.write(args, |tx, (actor, slug, whom)| Box::pin(invite_in(tx, actor, slug, whom))).await
}

async fn invite_in(tx: &Tx, actor: &Actor, slug: &Slug, whom: &str) -> Result<(), StoreError> {
    let group = lock(tx, actor, slug).await?;
    let permit = permit(actor, Action::TendGroup, group.relation())?;
    if group.row.archived_at.is_some() {
        return Err(Refusal::GroupClosed.into());
    }
    if let Some(me) = actor.member() {
        // Behind a lock of their own: who invites in two windows is counted in both.
        member::Entity::find_by_id(me.0).lock_exclusive().one(tx.db()).await?;
    }
    let action = if whom.contains('@') {
        let address = Address::parse(whom).ok_or_else(|| wrong(Refusal::BadAddress))?;
        may_invite_strangers(tx, actor).await?;
        enough(tx, actor, TO_ADDRESS, MAX_ADDRESSES_PER_DAY).await?;
        if !to_address(tx, actor, &group, &address).await? {
            return Ok(());
        }
        TO_ADDRESS
    } else {
        let whom = called(tx, actor, whom).await?;
        if role_of(tx.db(), whom, group.row.id).await?.is_some() {
            return Err(wrong(Refusal::AlreadyIn));
        }
        enough(tx, actor, TO_MEMBER, MAX_MEMBERS_PER_DAY).await?;
        if !to_member(tx, actor, &group, whom).await? {
            return Ok(());
        }
        TO_MEMBER
    };
    audit::record(tx, &permit, action, group.row.id).await
}

/// Where newcomers need an invitation, organisers of groups invite members by name, unless the settings let them
/// invite anybody. All addresses are refused alike, so that nobody learns which of them have an account.
async fn may_invite_strangers(tx: &Tx, actor: &Actor) -> Result<(), StoreError> {
    let settings = settings::load_in(tx.db()).await?;
    let anybody = settings.sign_up == SignUp::Open || settings.organisers_invite;
    if anybody || permit(actor, Action::Invite, Relation::Other).is_ok() {
        return Ok(());
    }
    Err(wrong(Refusal::InviteByName))
}

/// What counts emails to an address says no: it is about the field.
fn about_whom(counted: Result<(), StoreError>) -> Result<(), StoreError> {
    match counted {
        Err(StoreError::Refused(why @ Refusal::CannotEmail)) => Err(wrong(why)),
        other => other,
    }
}

fn wrong(why: Refusal) -> StoreError {
    StoreError::Invalid(vec![Problem { field: "whom".into(), why }])
}

/// The one member of that name whom the actor may find. Who hides their name, or has blocked the actor or is
/// blocked by them, is called nothing here.
async fn called(tx: &Tx, actor: &Actor, name: &str) -> Result<MemberId, StoreError> {
    if name.is_empty() {
        return Err(wrong(Refusal::Missing));
    }
    let found = member::Entity::find()
        .filter(member::Column::Id.in_subquery(members::findable(Viewer::of_others(actor))))
        .filter(hidden_from(actor, Expr::col((member::Entity, member::Column::Id))))
        .limit(2);
    let exact = found.clone().filter(member::Column::Name.eq(name)).all(tx.db()).await?;
    let found = if exact.is_empty() {
        let small = Expr::expr(Func::lower(Expr::col(member::Column::Name))).eq(name.to_lowercase());
        found.filter(small).all(tx.db()).await?
    } else {
        exact
    };
    match found.as_slice() {
        [] => Err(wrong(Refusal::NobodyCalled)),
        [one] => Ok(MemberId(one.id)),
        _ => Err(wrong(Refusal::SeveralCalled)),
    }
}

/// Counted from the audit log, so that taking an invitation back makes no room for another.
async fn enough(tx: &Tx, actor: &Actor, action: &str, max: u32) -> Result<(), StoreError> {
    let Some(me) = actor.member() else { return Ok(()) };
    let sent = log::Entity::find()
        .filter(log::Column::MemberId.eq(me.0))
        .filter(log::Column::Action.eq(action))
        .filter(log::Column::At.gt(tx.now() - chrono::Duration::days(1)))
        .count(tx.db())
        .await?;
    Ok(may_invite(u32::try_from(sent).unwrap_or(u32::MAX), max)?)
}

async fn to_member(tx: &Tx, actor: &Actor, group: &Locked, whom: MemberId) -> Result<bool, StoreError> {
    if waits(tx, group, group_invitation::Column::MemberId.eq(whom.0)).await? {
        return Ok(false);
    }
    about_whom(recipients::count_member(tx, group.row.id, whom).await)?;
    keep(tx, actor, group, Some(whom), None, None).await?;
    tell(tx, whom, &email(tx, actor, group, None).await?).await?;
    Ok(true)
}

async fn to_address(tx: &Tx, actor: &Actor, group: &Locked, address: &Address) -> Result<bool, StoreError> {
    let key = address.key();
    if waits(tx, group, group_invitation::Column::AddressKey.eq(&key)).await? {
        return Ok(false);
    }
    // The answer is the same whether a member has the address or not.
    about_whom(recipients::count(tx, &key).await)?;
    let known = member::Entity::find().filter(member::Column::AddressKey.eq(&key)).one(tx.db()).await?;
    let secret = secrets::token();
    keep(tx, actor, group, None, Some(address), Some(secrets::hex_hash(&secret))).await?;
    match known {
        Some(known) => {
            let email = email(tx, actor, group, None).await?;
            let id = MemberId(known.id);
            let blocked = match actor.member() {
                Some(me) => between(tx.db(), me, id).await?,
                None => false,
            };
            let may = known.role != Role::Suspended.name() && !blocked;
            if may && role_of(tx.db(), id, group.row.id).await?.is_none() {
                tell(tx, id, &email).await?;
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

/// Forgets the invitations that are too old. Answers when the next one will be.
pub(crate) async fn chores(store: &Store) -> Result<Option<Instant>, StoreError> {
    let next = async || {
        let oldest = group_invitation::Entity::find().order_by_asc(group_invitation::Column::ExpiresAt);
        Ok::<_, StoreError>(oldest.one(store.db()).await?.map(|row| row.expires_at))
    };
    match next().await? {
        Some(due) if due <= store.now() => {
            store.write((), |tx, ()| Box::pin(forget_old(tx))).await?;
            next().await
        }
        due => Ok(due),
    }
}

async fn forget_old(tx: &Tx) -> Result<(), StoreError> {
    group_invitation::Entity::delete_many()
        .filter(group_invitation::Column::ExpiresAt.lte(tx.now()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Whether an invitation waits already; one that is too old makes room.
async fn waits(tx: &Tx, group: &Locked, whose: Expr) -> Result<bool, StoreError> {
    forget_old(tx).await?;
    let found = group_invitation::Entity::find()
        .filter(group_invitation::Column::GroupId.eq(group.row.id))
        .filter(whose);
    Ok(found.count(tx.db()).await? > 0)
}

async fn keep(
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
    Ok(Email::GroupInvitation { group: facts(&group.row)?, purpose: group.row.purpose.clone(), from, link })
}

/// Whether an address was invited into some group: then its owner may become a member, also where newcomers
/// need an invitation. Unless organisers may invite anybody, only invitations by administrators count.
pub(crate) async fn is_invited(tx: &Tx, address_key: &str, by_organisers: bool) -> Result<bool, StoreError> {
    let mut found = group_invitation::Entity::find()
        .filter(group_invitation::Column::AddressKey.eq(address_key))
        .filter(group_invitation::Column::ExpiresAt.gt(tx.now()));
    if !by_organisers {
        let administrators = member::Entity::find()
            .select_only()
            .column(member::Column::Id)
            .filter(member::Column::Role.eq(Role::Administrator.name()))
            .into_query();
        found = found.filter(group_invitation::Column::InvitedBy.in_subquery(administrators));
    }
    Ok(found.count(tx.db()).await? > 0)
}

/// The address that a link in an email invites into a group, and the group; `None` when there is no such link,
/// or it has expired.
pub(crate) async fn behind_link(
    db: &impl ConnectionTrait,
    secret: &str,
    now: Instant,
    lock: bool,
) -> Result<Option<(String, group::Model)>, StoreError> {
    let found = group_invitation::Entity::find()
        .filter(group_invitation::Column::LinkHash.eq(secrets::hex_hash(secret)))
        .filter(group_invitation::Column::ExpiresAt.gt(now));
    let found = if lock { found.lock_exclusive() } else { found };
    let Some(row) = found.one(db).await? else { return Ok(None) };
    let group = group::Entity::find_by_id(row.group_id).one(db).await?;
    Ok(row.address.zip(group))
}

/// Says no to an invitation; without one nothing changes.
///
/// # Errors
/// `NotFound` for hidden and absent groups.
pub async fn decline_invitation(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone()), |tx, (actor, slug)| {
            Box::pin(async move {
                let group = lock_if_invited(tx, actor, slug).await?;
                let permit = permit(actor, Action::JoinGroup, group.relation())?;
                let Some(invitation) = group.invitation else { return Ok(()) };
                group_invitation::Entity::delete_by_id(invitation.id).exec(tx.db()).await?;
                audit::record(tx, &permit, "group.decline_invitation", group.row.id).await
            })
        })
        .await
}

/// Takes an invitation back; one that is gone is no error.
///
/// # Errors
/// `Refused` when the actor does not look after the group, `NotFound` for hidden and absent groups.
pub async fn revoke_invitation(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    invitation: Uuid,
) -> Result<(), StoreError> {
    store
        .write((*actor, slug.clone(), invitation), |tx, (actor, slug, invitation)| {
            Box::pin(async move {
                let group = lock(tx, actor, slug).await?;
                let permit = permit(actor, Action::TendGroup, group.relation())?;
                group_invitation::Entity::delete_many()
                    .filter(group_invitation::Column::Id.eq(*invitation))
                    .filter(group_invitation::Column::GroupId.eq(group.row.id))
                    .exec(tx.db())
                    .await?;
                audit::record(tx, &permit, "group.revoke_invitation", group.row.id).await
            })
        })
        .await
}
