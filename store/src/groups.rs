//! Groups: reading and changing them, their members, and who can see them.

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
pub use list::{Filter, GroupCard, find, for_new_event, names};
pub use read::{GroupInbox, GroupPage, GroupPerson, Invitation, Request, Vacancy, inbox, page, people};
pub use roles::{add, remove, set_role};

pub(crate) use invite::{behind_link, chores, is_invited};
pub(crate) use join::join_in;
pub(crate) use visibility::{
    cohosted_by, of_member, private, private_scope, read_role, role_in, seen, seen_by,
};

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

/// The ID of a group, without a visibility check.
pub(crate) async fn id_of(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<Uuid>, StoreError> {
    let row = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).one(db).await?;
    Ok(row.map(|group| group.id))
}

/// Whether a group is private, without a visibility check.
pub(crate) async fn is_private(db: &impl ConnectionTrait, slug: &Slug) -> Result<bool, StoreError> {
    let row = group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).one(db).await?;
    Ok(row.is_some_and(|group| group.visibility == Visibility::Private.name()))
}

/// The private ones among some groups.
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

/// Refuses to move an event to a private group while people outside the group take part in it.
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
    check_no_outsiders(tx, id, only).await
}

/// Refuses to add events to an archived group. Takes the group's lock, so that none is published while it is
/// being archived.
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

/// Refuses if anyone outside a group has a seat, offer, request or waitlist position at some events.
async fn check_no_outsiders(tx: &Tx, group: Uuid, events: SelectStatement) -> Result<(), StoreError> {
    let members = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::GroupId.eq(group))
        .into_query();
    let outsiders = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.in_subquery(events))
        .filter(events::takes_part())
        .filter(rsvp::Column::MemberId.not_in_subquery(members))
        .count(tx.db())
        .await?;
    if outsiders > 0 { Err(Refusal::OutsidersHaveSeats.into()) } else { Ok(()) }
}

/// IDs of a group's events that aren't over, as a subquery.
fn upcoming(group: Uuid, now: domain::Instant) -> SelectStatement {
    event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::GroupId.eq(group))
        .filter(event::Column::EndsAt.gt(now))
        .into_query()
}

/// What an email says about a group.
pub(crate) fn facts(row: &group::Model) -> Result<GroupFacts, StoreError> {
    let slug = Slug::parse(&row.slug)
        .ok_or_else(|| StoreError::Corrupt(format!("group {}: unreadable slug", row.id)))?;
    Ok(GroupFacts { id: domain::GroupId(row.id), slug, name: row.name.clone() })
}

/// Queues an email to a member. Does nothing if they have no address.
async fn notify(tx: &Tx, member: MemberId, email: &Email) -> Result<(), StoreError> {
    let row = members::load(tx.db(), member).await?;
    match members::recipient(&row) {
        Some(to) => outbox::post(tx, Some(member), &to, email).await,
        None => Ok(()),
    }
}

/// Queues an email about a member's message to everyone who manages the group. Organisers in a block with that
/// member get no email, but find the message on the group's page.
async fn notify_organisers(tx: &Tx, group: Uuid, from: MemberId, email: &Email) -> Result<(), StoreError> {
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
    let blocked = blocks::hidden(tx.db(), from).await?;
    let not_blocked = |member: &member::Model| !blocked.contains(&MemberId(member.id));
    for member in rows.into_iter().filter_map(|(_, member)| member).filter(not_blocked) {
        if let Some(to) = members::recipient(&member) {
            outbox::post(tx, Some(MemberId(member.id)), &to, email).await?;
        }
    }
    Ok(())
}

/// Adds a member to a group, and deletes their open request and invitations. The caller has checked the permit.
async fn add_member(
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
    let own_invitations = Condition::any()
        .add(group_invitation::Column::MemberId.eq(member.0))
        .add_option(key.map(|key| group_invitation::Column::AddressKey.eq(key)));
    group_invitation::Entity::delete_many()
        .filter(group_invitation::Column::GroupId.eq(group))
        .filter(own_invitations)
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Removes a member from a group. In a private group they also lose their upcoming seats, in one email (A10).
/// Returns how many RSVPs they lost. The caller has checked the permit.
async fn remove_member(
    tx: &Tx,
    permit: &Permit,
    row: &group::Model,
    member: MemberId,
    removed: bool,
) -> Result<u32, StoreError> {
    group_member::Entity::delete_by_id((row.id, member.0)).exec(tx.db()).await?;
    let mut given_up = Vec::new();
    if row.visibility == Visibility::Private.name() {
        // Sorted, so that two members who leave at once lock events in the same order.
        let rsvps = rsvp::Entity::find()
            .filter(rsvp::Column::MemberId.eq(member.0))
            .filter(rsvp::Column::EventId.in_subquery(upcoming(row.id, tx.now())))
            .order_by_asc(rsvp::Column::EventId)
            .all(tx.db())
            .await?;
        for rsvp in rsvps {
            let notice = events::give_up_for(tx, permit, member, rsvp.event_id).await?;
            given_up.extend(notice.map(|(event, sequence)| GivenUp { event, sequence }));
        }
        given_up.sort_by_key(|seat| seat.event.starts_at);
    }
    let released = u32::try_from(given_up.len()).unwrap_or(u32::MAX);
    if removed || released > 0 {
        let email = Email::GroupLeft { group: facts(row)?, removed, events: given_up };
        notify(tx, member, &email).await?;
    }
    Ok(released)
}

/// Number of members with a role, or of all members when `role` is `None`.
async fn count(tx: &Tx, group: Uuid, role: Option<GroupRole>) -> Result<u32, StoreError> {
    let mut query = group_member::Entity::find().filter(group_member::Column::GroupId.eq(group));
    if let Some(role) = role {
        query = query.filter(group_member::Column::Role.eq(role.name()));
    }
    Ok(u32::try_from(query.count(tx.db()).await?).unwrap_or(u32::MAX))
}
