//! Which events a person may see, and their relation to an event.

use domain::{
    Actor, EventId, MemberId, Role, SignInSessionId,
    events::{Event, EventStatus},
    groups::GroupRole,
    policy::{
        Permit,
        events::{EditEvent, EventRelation, SeeDraftEvent},
        groups::{GroupRelation, SeePrivateGroup},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};
use uuid::Uuid;

use super::rows::event_from_row;
use crate::{
    StoreError,
    entities::{event, event_cohost, event_group, group_member, member},
    groups,
    write::Tx,
};

/// The events that the actor may see, as a condition over events. Drafts are visible to their hosts, to
/// organisers of their groups, and to people who are invited to co-host. Events of a private group are visible to its members.
/// Workshops of an event are not among them, so that no list shows one as an event of its own (D7).
pub(crate) fn seen_by(actor: &Actor) -> Condition {
    Condition::all()
        .add(event::Column::ParentId.is_null())
        .add_option(visible_drafts(actor))
        .add_option(outside_private(actor))
}

/// The events and workshops that the actor may see. Who sees an event sees its workshops (D7).
pub(crate) fn any_seen_by(actor: &Actor) -> Condition {
    let events = event::Entity::find().select_only().column(event::Column::Id).filter(seen_by(actor));
    Condition::any().add(seen_by(actor)).add(event::Column::ParentId.in_subquery(events.into_query()))
}

/// Whether the actor may see the event or the workshop.
pub(super) async fn visible_any(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
) -> Result<bool, StoreError> {
    let query = event::Entity::find().filter(event::Column::Id.eq(event.id.0)).filter(any_seen_by(actor));
    Ok(query.count(db).await? > 0)
}

fn visible_drafts(actor: &Actor) -> Option<Condition> {
    let may = |relation| permit(actor, SeeDraftEvent, relation).is_ok();
    if may(EventRelation::Other) {
        return None;
    }
    let out = Condition::any().add(event::Column::Status.ne(EventStatus::Draft.name()));
    let Some(me) = actor.member() else { return Some(out) };
    let led = || groups::of_member(me, &[GroupRole::Organiser, GroupRole::CoOrganiser]);
    let hosted = may(EventRelation::Hosts).then(|| event::Column::HostId.eq(me.0));
    let in_led_group = may(EventRelation::Organises).then(|| event::Column::GroupId.in_subquery(led()));
    let cohosted =
        may(EventRelation::Organises).then(|| event::Column::Id.in_subquery(groups::cohosted_by(led())));
    // People who are invited to co-host see what they are asked for.
    let invited =
        may(EventRelation::CoHosts).then(|| event::Column::Id.in_subquery(cohosted_by_member(me, false)));
    Some(out.add_option(hosted).add_option(in_led_group).add_option(cohosted).add_option(invited))
}

/// The events that a member is invited to co-host, as a subquery. With `accepted` only those that they co-host.
pub(super) fn cohosted_by_member(member: MemberId, accepted: bool) -> SelectStatement {
    let find = event_cohost::Entity::find()
        .select_only()
        .column(event_cohost::Column::EventId)
        .filter(event_cohost::Column::MemberId.eq(member.0));
    match accepted {
        true => find.filter(event_cohost::Column::AcceptedAt.is_not_null()).into_query(),
        false => find.filter(event_cohost::Column::DeclinedAt.is_null()).into_query(),
    }
}

/// The members who co-host an event, as a subquery.
pub(super) fn cohost_people_of(event: EventId) -> SelectStatement {
    event_cohost::Entity::find()
        .select_only()
        .column(event_cohost::Column::MemberId)
        .filter(event_cohost::Column::EventId.eq(event.0))
        .filter(event_cohost::Column::AcceptedAt.is_not_null())
        .into_query()
}

fn outside_private(actor: &Actor) -> Option<Condition> {
    let me = groups::private_scope(actor)?;
    let in_own_group = |me: MemberId| event::Column::GroupId.in_subquery(groups::of_member(me, &[]));
    Some(
        Condition::any()
            .add(event::Column::GroupId.is_null())
            .add(event::Column::GroupId.not_in_subquery(groups::private()))
            .add_option(me.map(in_own_group)),
    )
}

/// The members who may see an event, as a condition over members: [`seen_by`] from the other side, for emails
/// to many people. It checks the event's group only, because drafts are never announced.
pub(crate) fn readers(event: EventId) -> Condition {
    let hidden = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Id.eq(event.0))
        .filter(event::Column::GroupId.in_subquery(groups::private()))
        .into_query();
    let members = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::GroupId.in_subquery(group_of(event)))
        .into_query();
    let sees_all = |role: &Role| {
        let reader =
            Actor::Member { id: MemberId(Uuid::nil()), role: *role, session: SignInSessionId(Uuid::nil()) };
        permit(&reader, SeePrivateGroup, GroupRelation::Outside).is_ok()
    };
    let sees_all = Role::ALL.iter().filter(|role| sees_all(role)).map(|role| role.name());
    Condition::any()
        .add(Expr::exists(hidden).not())
        .add(member::Column::Id.in_subquery(members))
        .add(member::Column::Role.is_in(sees_all))
}

/// Whether the actor may see the event.
pub(crate) async fn visible(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
) -> Result<bool, StoreError> {
    let query = event::Entity::find().filter(event::Column::Id.eq(event.id.0)).filter(seen_by(actor));
    Ok(query.count(db).await? > 0)
}

/// The actor's relation to an event: whether they host or co-host it, and their highest role in its groups.
///
/// # Errors
/// When the database fails or a stored role is unknown.
pub(crate) async fn relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
) -> Result<EventRelation, StoreError> {
    let Some(me) = actor.member() else { return Ok(EventRelation::Other) };
    // Whoever runs an event runs its workshops (D7).
    let parent = match event.parent {
        Some(id) => event::Entity::find_by_id(id.0).one(db).await?,
        None => None,
    };
    let parent = parent.map(|row| event_from_row(row, None)).transpose()?;
    let event = parent.as_ref().unwrap_or(event);
    let in_its_groups = Condition::any()
        .add(group_member::Column::GroupId.in_subquery(group_of(event.id)))
        .add(group_member::Column::GroupId.in_subquery(cohosts_of_event(event)));
    let rows = group_member::Entity::find()
        .filter(group_member::Column::MemberId.eq(me.0))
        .filter(in_its_groups)
        .all(db)
        .await?;
    let mut roles = Vec::new();
    for row in rows {
        roles.push(groups::read_role(&row.role, row.group_id)?);
    }
    let best = GroupRole::ALL.iter().copied().find(|role| roles.contains(role));
    let relation = EventRelation::of(event.host == Some(me), false, best);
    // Hosts and organisers get nothing more from co-hosting.
    if matches!(relation, EventRelation::Hosts | EventRelation::Organises) {
        return Ok(relation);
    }
    let co_hosts = event_cohost::Entity::find_by_id((event.id.0, me.0))
        .filter(event_cohost::Column::AcceptedAt.is_not_null())
        .count(db)
        .await?;
    Ok(EventRelation::of(false, co_hosts > 0, best))
}

/// The group that an event belongs to, as a subquery. Empty if it has none.
pub(super) fn group_of(event: EventId) -> SelectStatement {
    event::Entity::find()
        .select_only()
        .column(event::Column::GroupId)
        .filter(event::Column::Id.eq(event.0))
        .filter(event::Column::GroupId.is_not_null())
        .into_query()
}

/// The groups that accepted to co-host an event, as a subquery.
pub(super) fn cohosts_of_event(event: &Event) -> SelectStatement {
    event_group::Entity::find()
        .select_only()
        .column(event_group::Column::GroupId)
        .filter(event_group::Column::EventId.eq(event.id.0))
        .filter(event_group::Column::AcceptedAt.is_not_null())
        .into_query()
}

/// Whether the actor may edit the event.
pub(crate) async fn edits(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
) -> Result<bool, StoreError> {
    Ok(permit(actor, EditEvent, relation(db, actor, event).await?).is_ok())
}

/// The permit to edit the event.
pub(crate) async fn edit_permit(
    tx: &Tx,
    actor: &Actor,
    event: &Event,
) -> Result<Permit<EditEvent>, StoreError> {
    Ok(permit(actor, EditEvent, relation(tx.db(), actor, event).await?)?)
}
