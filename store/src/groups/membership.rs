//! Adding members to a group, removing them, and emailing them.

use domain::{
    MemberId,
    emails::{self, Email, GivenUp},
    groups::{GroupRole, Visibility},
    policy::{
        Permit,
        groups::{AddGroupMember, RemoveGroupMember},
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{outsiders::upcoming, rows::facts};
use crate::{
    StoreError, blocks,
    entities::{event, group, group_invitation, group_member, group_request, member, rsvp, series_rsvp},
    events, members, outbox, speed_rounds,
    write::Tx,
};

/// Queues an email to a member. Does nothing if they have no address.
pub(super) async fn notify(tx: &Tx, member: MemberId, email: &Email) -> Result<(), StoreError> {
    let row = members::load(tx.db(), member).await?;
    match members::recipient(&row) {
        Some(to) => outbox::post(tx, Some(member), &to, email).await,
        None => Ok(()),
    }
}

/// Queues an email about a member's message to everyone who manages the group. Organisers in a block with that
/// member get no email, but find the message on the group's page.
pub(super) async fn notify_organisers(
    tx: &Tx,
    group: Uuid,
    from: MemberId,
    email: &Email,
) -> Result<(), StoreError> {
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

/// The organisers and co-organisers of a group, without those in a block with `from`.
pub(crate) async fn organisers_of(tx: &Tx, group: Uuid, from: MemberId) -> Result<Vec<MemberId>, StoreError> {
    let roles = [GroupRole::Organiser.name(), GroupRole::CoOrganiser.name()];
    let ids: Vec<Uuid> = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::GroupId.eq(group))
        .filter(group_member::Column::Role.is_in(roles))
        .order_by_asc(group_member::Column::MemberId)
        .into_tuple()
        .all(tx.db())
        .await?;
    let blocked = blocks::hidden(tx.db(), from).await?;
    Ok(ids.into_iter().map(MemberId).filter(|id| *id != from && !blocked.contains(id)).collect())
}

/// Adds a member to a group, and deletes their open request and invitations.
pub(super) async fn add_member(
    tx: &Tx,
    _permit: &Permit<AddGroupMember>,
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

/// Removes a member from a group. They are withdrawn from the speed rounds of its programmes, which only members can
/// join (M31). In a private group they also lose their upcoming seats, in one email (A10).
/// Returns how many RSVPs they lost.
pub(super) async fn remove_member(
    tx: &Tx,
    permit: &Permit<RemoveGroupMember>,
    row: &group::Model,
    member: MemberId,
    removed: bool,
) -> Result<u32, StoreError> {
    group_member::Entity::delete_by_id((row.id, member.0)).exec(tx.db()).await?;
    let mut given_up = Vec::new();
    if row.visibility == Visibility::Private.name() {
        let of_group = event::Entity::find()
            .select_only()
            .column(event::Column::SeriesId)
            .filter(event::Column::GroupId.eq(row.id))
            .filter(event::Column::SeriesId.is_not_null())
            .into_query();
        series_rsvp::Entity::delete_many()
            .filter(series_rsvp::Column::MemberId.eq(member.0))
            .filter(series_rsvp::Column::SeriesId.in_subquery(of_group))
            .exec(tx.db())
            .await?;
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
    speed_rounds::leave_group(tx, row.id, member).await?;
    let released = u32::try_from(given_up.len()).unwrap_or(u32::MAX);
    if removed || released > 0 {
        let email = Email::from(emails::GroupLeft { group: facts(row)?, removed, events: given_up });
        notify(tx, member, &email).await?;
    }
    Ok(released)
}

/// Number of members with a role, or of all members when `role` is `None`.
pub(super) async fn count(tx: &Tx, group: Uuid, role: Option<GroupRole>) -> Result<u32, StoreError> {
    let mut query = group_member::Entity::find().filter(group_member::Column::GroupId.eq(group));
    if let Some(role) = role {
        query = query.filter(group_member::Column::Role.eq(role.name()));
    }
    Ok(u32::try_from(query.count(tx.db()).await?).unwrap_or(u32::MAX))
}
