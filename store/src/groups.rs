//! Groups: which there are, who belongs to them, who may know of them.

mod change;
mod invite;
mod join;
mod list;
mod read;
mod roles;
mod visibility;

pub use change::{archive, create, edit, reopen};
pub use invite::{decline_invitation, invite, revoke_invitation};
pub use join::{decide_request, join, leave, request_to_join, withdraw_request};
pub use list::{Filter, GroupCard, find, mine_to_hold, names};
pub use read::{GroupInbox, GroupPage, GroupPerson, Invitation, Request, Vacancy, inbox, page, people};
pub use roles::{add, remove, set_role};

pub(crate) use invite::{behind_link, chores, is_invited};
pub(crate) use join::join_in;
pub(crate) use visibility::{belonging, held_with, of_member, private, read_role, role_in, seen, seen_by};

use domain::{
    EventId, MemberId, Refusal, Slug,
    emails::{Email, GivenUp, GroupFacts},
    groups::{GroupRole, Visibility},
    policy::Permit,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    StoreError, blocks,
    entities::{event, group, group_invitation, group_member, group_request, member, rsvp},
    events, members, outbox,
    write::Tx,
};

/// The id behind a slug, whoever asks.
pub(crate) async fn id_of(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<Uuid>, StoreError> {
    let found = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).one(db).await?;
    Ok(found.map(|group| group.id))
}

/// Whether a group is private, whoever asks.
pub(crate) async fn is_private(db: &impl ConnectionTrait, slug: &Slug) -> Result<bool, StoreError> {
    let found = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).one(db).await?;
    Ok(found.is_some_and(|group| group.visibility == Visibility::Private.name()))
}

/// Those of some groups that are private.
pub(crate) async fn private_ids(
    db: &impl ConnectionTrait,
    groups: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Uuid>, StoreError> {
    let rows = group::Entity::find()
        .filter(group::Column::Id.is_in(groups))
        .filter(group::Column::Visibility.eq(Visibility::Private.name()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Refuses that an event becomes a private group's while others have seats at it.
pub(crate) async fn refuse_outsiders(tx: &Tx, group: &Slug, event: EventId) -> Result<(), StoreError> {
    let Some(id) = id_of(tx.db(), group).await? else { return Ok(()) };
    if !is_private(tx.db(), group).await? {
        return Ok(());
    }
    let only = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Id.eq(event.0))
        .into_query();
    no_outsiders(tx, id, only).await
}

/// A group that is closed shows no more events; behind its lock, so that none is published while it closes.
///
/// # Errors
/// `Refused(GroupClosed)`.
pub(crate) async fn refuse_closed(tx: &Tx, id: Option<Uuid>) -> Result<(), StoreError> {
    let Some(id) = id else { return Ok(()) };
    let group = group::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    match group.and_then(|group| group.archived_at) {
        Some(_) => Err(Refusal::GroupClosed.into()),
        None => Ok(()),
    }
}

/// Nobody outside a group has a seat at some events, or waits for one.
async fn no_outsiders(tx: &Tx, group: Uuid, events: SelectStatement) -> Result<(), StoreError> {
    let inside = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::GroupId.eq(group))
        .into_query();
    let outside = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.in_subquery(events))
        .filter(events::takes_part())
        .filter(rsvp::Column::MemberId.not_in_subquery(inside))
        .count(tx.db())
        .await?;
    if outside > 0 { Err(Refusal::OutsidersHaveSeats.into()) } else { Ok(()) }
}

/// A group's events that are not over.
fn coming(group: Uuid, now: domain::Instant) -> SelectStatement {
    event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::GroupId.eq(group))
        .filter(event::Column::EndsAt.gt(now))
        .into_query()
}

/// What a letter tells of a group.
pub(crate) fn facts(row: &group::Model) -> Result<GroupFacts, StoreError> {
    let slug = Slug::parse(&row.slug)
        .ok_or_else(|| StoreError::Corrupt(format!("group {}: unreadable slug", row.id)))?;
    Ok(GroupFacts { id: domain::GroupId(row.id), slug, name: row.name.clone() })
}

/// Writes to one member; who has no address hears nothing.
async fn tell(tx: &Tx, member: MemberId, email: &Email) -> Result<(), StoreError> {
    let row = members::load(tx.db(), member).await?;
    match members::recipient(&row) {
        Some(to) => outbox::post(tx, Some(member), &to, email).await,
        None => Ok(()),
    }
}

/// Writes to everybody who looks after a group what somebody says to it; not to whom they have blocked, nor
/// to who has blocked them: these find it on the group's desk.
async fn tell_organisers(tx: &Tx, group: Uuid, from: MemberId, email: &Email) -> Result<(), StoreError> {
    let rows = group_member::Entity::find()
        .filter(group_member::Column::GroupId.eq(group))
        .filter(
            Condition::any()
                .add(group_member::Column::Role.eq(GroupRole::Organiser.name()))
                .add(group_member::Column::Role.eq(GroupRole::CoOrganiser.name())),
        )
        .find_also_related(member::Entity)
        .order_by_asc(group_member::Column::MemberId)
        .all(tx.db())
        .await?;
    let strangers = blocks::hidden(tx.db(), from).await?;
    let met = |member: &member::Model| !strangers.contains(&MemberId(member.id));
    for member in rows.into_iter().filter_map(|(_, member)| member).filter(met) {
        if let Some(to) = members::recipient(&member) {
            outbox::post(tx, Some(MemberId(member.id)), &to, email).await?;
        }
    }
    Ok(())
}

/// Writes down that a member belongs to a group; who waited for an answer or an invitation has one now.
/// Only who has a permit gets here.
async fn admit(
    tx: &Tx,
    _permit: &Permit,
    group: Uuid,
    member: MemberId,
    role: GroupRole,
) -> Result<(), StoreError> {
    let row = group_member::ActiveModel {
        group_id: Set(group),
        member_id: Set(member.0),
        role: Set(role.name().to_owned()),
        joined_at: Set(tx.now()),
    };
    row.insert(tx.db()).await?;
    group_request::Entity::delete_by_id((group, member.0)).exec(tx.db()).await?;
    let key = members::load(tx.db(), member).await?.address_key;
    let theirs = Condition::any()
        .add(group_invitation::Column::MemberId.eq(member.0))
        .add_option(key.map(|key| group_invitation::Column::AddressKey.eq(key)));
    group_invitation::Entity::delete_many()
        .filter(group_invitation::Column::GroupId.eq(group))
        .filter(theirs)
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes a member out of a group. What they have at the coming events of a private one goes with it, in
/// one letter (A10). Answers with how many seats and places. Only who has a permit gets here.
async fn dismiss(
    tx: &Tx,
    permit: &Permit,
    row: &group::Model,
    member: MemberId,
    removed: bool,
) -> Result<u32, StoreError> {
    group_member::Entity::delete_by_id((row.id, member.0)).exec(tx.db()).await?;
    let mut given_up = Vec::new();
    if row.visibility == Visibility::Private.name() {
        // In one order everywhere, so that two who leave at once do not wait for each other.
        let theirs = rsvp::Entity::find()
            .filter(rsvp::Column::MemberId.eq(member.0))
            .filter(rsvp::Column::EventId.in_subquery(coming(row.id, tx.now())))
            .order_by_asc(rsvp::Column::EventId)
            .all(tx.db())
            .await?;
        for answer in theirs {
            let what = events::give_up_for(tx, permit, member, answer.event_id).await?;
            given_up.extend(what.map(|(event, sequence)| GivenUp { event, sequence }));
        }
        given_up.sort_by_key(|one| one.event.starts_at);
    }
    let released = u32::try_from(given_up.len()).unwrap_or(u32::MAX);
    if removed || released > 0 {
        let email = Email::GroupLeft { group: facts(row)?, removed, events: given_up };
        tell(tx, member, &email).await?;
    }
    Ok(released)
}

/// How many members of a role a group has; of any role without one.
async fn count(tx: &Tx, group: Uuid, role: Option<GroupRole>) -> Result<u32, StoreError> {
    let mut all = group_member::Entity::find().filter(group_member::Column::GroupId.eq(group));
    if let Some(role) = role {
        all = all.filter(group_member::Column::Role.eq(role.name()));
    }
    Ok(u32::try_from(all.count(tx.db()).await?).unwrap_or(u32::MAX))
}
