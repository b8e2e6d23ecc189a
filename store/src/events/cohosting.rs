//! Events that several groups host together (F6). A host of the event invites a group, and the group's
//! organisers accept. From then on both groups show the event, and organisers of either can edit it. Co-hosts
//! can't move it to another group. Events of a private group have no co-hosts.

use domain::{
    Actor, EventId, Refusal, Slug,
    events::{Event, EventTime, Venue},
    groups::{GroupRole, Visibility},
    policy::{
        Permit,
        events::{EditEvent, ManageCohosts},
        groups::{GroupRelation, TendGroup},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{
    rows::{edit_permit, event_from_row, lock, relation},
    visibility::seen_by,
};
use crate::{
    Store, StoreError, announcements,
    audit::{self, Changes},
    entities::{event, event_group, group},
    groups::{self, GroupName},
    write::Tx,
};

/// A group that co-hosts an event, or was invited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohost {
    /// Name and slug of the group.
    pub group: GroupName,
    /// Whether the group has accepted.
    pub accepted: bool,
}

/// An event that a group co-hosts, or was invited to co-host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohostedEvent {
    /// Slug of the event's page.
    pub slug: Slug,
    /// Title of the event.
    pub title: String,
    /// Start, end, time zone and venue.
    pub time: EventTime,
    /// Whether the group has accepted.
    pub accepted: bool,
}

/// The groups that accepted to co-host an event, by name.
pub(super) async fn cohosts(db: &impl ConnectionTrait, event: EventId) -> Result<Vec<GroupName>, StoreError> {
    let all = cohosts_and_invited(db, event).await?;
    Ok(all.into_iter().filter(|cohost| cohost.accepted).map(|cohost| cohost.group).collect())
}

async fn cohosts_and_invited(db: &impl ConnectionTrait, event: EventId) -> Result<Vec<Cohost>, StoreError> {
    let rows = event_group::Entity::find()
        .filter(event_group::Column::EventId.eq(event.0))
        .find_also_related(group::Entity)
        // Private groups have no co-hosts. This covers an invitation sent while the group turned private.
        .filter(group::Column::Visibility.ne(Visibility::Private.name()))
        .order_by_asc(group::Column::Name)
        .limit(50)
        .all(db)
        .await?;
    let cohost = |(link, group): (event_group::Model, Option<group::Model>)| {
        let group = group?;
        let group = GroupName { slug: Slug::parse(&group.slug)?, name: group.name };
        Some(Cohost { group, accepted: link.accepted_at.is_some() })
    };
    Ok(rows.into_iter().filter_map(cohost).collect())
}

/// The co-hosting and invited groups of an event, at most 50, for people who may edit it.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events.
pub async fn cohosts_of(store: &Store, actor: &Actor, slug: &Slug) -> Result<Vec<Cohost>, StoreError> {
    let query = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let row = query.one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let event = event_from_row(row, None)?;
    let _permit = permit(actor, EditEvent, relation(store.db(), actor, &event).await?)?;
    cohosts_and_invited(store.db(), event.id).await
}

/// Upcoming events that a group co-hosts or was invited to co-host, at most 50, for its organisers.
///
/// # Errors
/// `Refused` when the actor may not manage the group, `NotFound` for hidden and absent groups.
pub async fn cohosted_events(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<Vec<CohostedEvent>, StoreError> {
    let group = groups::seen(store.db(), actor, slug).await?.ok_or(StoreError::NotFound)?;
    let role = groups::role_in(store.db(), actor, group.id).await?;
    let _permit = permit(actor, TendGroup, GroupRelation::of(role))?;
    let rows = event_group::Entity::find()
        .filter(event_group::Column::GroupId.eq(group.id))
        .find_also_related(event::Entity)
        .filter(event::Column::EndsAt.gt(store.now()))
        .order_by_asc(event::Column::StartsAt)
        .limit(50)
        .all(store.db())
        .await?;
    let shared = |(link, event): (event_group::Model, Option<event::Model>)| {
        let event = event?;
        let slug = Slug::parse(&event.slug)?;
        let accepted = link.accepted_at.is_some();
        let time = EventTime {
            venue: Venue::of(&event.place, event.join_url.is_some()),
            zone: event.zone.parse().ok()?,
            starts: event.starts_at,
            ends: event.ends_at,
        };
        Some(CohostedEvent { slug, title: event.title, time, accepted })
    };
    Ok(rows.into_iter().filter_map(shared).collect())
}

/// Invites a group to co-host an event. Inviting again changes nothing. If the actor manages both groups, the
/// invitation is accepted at once.
///
/// # Errors
/// `Refused` when the actor may not edit the event, or when one of the groups is private or closed. `NotFound`
/// for hidden and absent events and groups.
pub async fn invite_cohost(
    store: &Store,
    actor: &Actor,
    event: &Slug,
    group: &Slug,
) -> Result<(), StoreError> {
    let args = (*actor, event.clone(), group.clone());
    store.write(args, |tx, (actor, event, group)| Box::pin(invite_in(tx, actor, event, group))).await
}

/// The permit to decide who else hosts an event.
pub(super) async fn manage_permit(
    tx: &Tx,
    actor: &Actor,
    event: &Event,
) -> Result<Permit<ManageCohosts>, StoreError> {
    Ok(permit(actor, ManageCohosts, relation(tx.db(), actor, event).await?)?)
}

async fn invite_in(tx: &Tx, actor: &Actor, slug: &Slug, group: &Slug) -> Result<(), StoreError> {
    let (event, row) = lock(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &event).await?;
    let _manages = manage_permit(tx, actor, &event).await?;
    let group = groups::seen(tx.db(), actor, group).await?.ok_or(StoreError::NotFound)?;
    let own_group = row.group_id.ok_or(Refusal::NotAllowed)?;
    let private = groups::private_ids(tx.db(), [own_group, group.id]).await?;
    if !private.is_empty() {
        return Err(Refusal::PrivateHoldsAlone.into());
    }
    if group.archived_at.is_some() {
        return Err(Refusal::GroupClosed.into());
    }
    if own_group == group.id || find_link(tx, row.id, group.id).await?.is_some() {
        return Ok(());
    }
    let role = groups::role_in(tx.db(), actor, group.id).await?;
    // An admin who doesn't organise the group sends an invitation like everyone else.
    let manages_both = role.is_some_and(GroupRole::manages);
    let link = event_group::ActiveModel {
        event_id: Set(row.id),
        group_id: Set(group.id),
        invited_at: Set(tx.now()),
        accepted_at: Set(manages_both.then(|| tx.now())),
    };
    link.insert(tx.db()).await?;
    if manages_both {
        announcements::new_event_of(tx, &permit.step(), &event, group.id).await?;
    }
    let changes = Changes::default().about("group", group.id);
    audit::record_changes(tx, &permit, "event.invite_cohost", row.id, changes).await
}

async fn find_link(tx: &Tx, event: Uuid, group: Uuid) -> Result<Option<event_group::Model>, StoreError> {
    Ok(event_group::Entity::find_by_id((event, group)).one(tx.db()).await?)
}

/// Accepts or declines co-hosting for a group. Declining also ends co-hosting that was accepted before.
///
/// # Errors
/// `Refused` when the actor may not manage the group, `NotFound` when the group wasn't invited.
pub async fn answer_cohosting(
    store: &Store,
    actor: &Actor,
    group: &Slug,
    event: &Slug,
    accept: bool,
) -> Result<(), StoreError> {
    let args = (*actor, group.clone(), event.clone(), accept);
    store
        .write(args, |tx, (actor, group, event, accept)| {
            Box::pin(answer_in(tx, actor, group, event, *accept))
        })
        .await
}

async fn answer_in(
    tx: &Tx,
    actor: &Actor,
    group: &Slug,
    slug: &Slug,
    accept: bool,
) -> Result<(), StoreError> {
    let group = groups::seen(tx.db(), actor, group).await?.ok_or(StoreError::NotFound)?;
    let role = groups::role_in(tx.db(), actor, group.id).await?;
    let permit = permit(actor, TendGroup, GroupRelation::of(role))?;
    let event = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).one(tx.db()).await?;
    let event = event.ok_or(StoreError::NotFound)?;
    let link = find_link(tx, event.id, group.id).await?.ok_or(StoreError::NotFound)?;
    if !accept {
        link.into_active_model().delete(tx.db()).await?;
        let changes = Changes::default().about("group", group.id);
        return audit::record_changes(tx, &permit, "event.end_cohosting", event.id, changes).await;
    }
    if link.accepted_at.is_some() {
        return Ok(());
    }
    let mut link = link.into_active_model();
    link.accepted_at = Set(Some(tx.now()));
    link.update(tx.db()).await?;
    let id = event.id;
    announcements::new_event_of(tx, &permit.step(), &event_from_row(event, None)?, group.id).await?;
    let changes = Changes::default().about("group", group.id);
    audit::record_changes(tx, &permit, "event.accept_cohosting", id, changes).await
}

/// Ends co-hosting with a group, or withdraws the invitation.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events and groups.
pub async fn end_cohosting(
    store: &Store,
    actor: &Actor,
    event: &Slug,
    group: &Slug,
) -> Result<(), StoreError> {
    let args = (*actor, event.clone(), group.clone());
    store
        .write(args, |tx, (actor, slug, group)| {
            Box::pin(async move {
                let (event, row) = lock(tx, actor, slug).await?;
                let permit = manage_permit(tx, actor, &event).await?;
                let group = groups::seen(tx.db(), actor, group).await?.ok_or(StoreError::NotFound)?;
                let Some(link) = find_link(tx, row.id, group.id).await? else { return Ok(()) };
                link.into_active_model().delete(tx.db()).await?;
                let changes = Changes::default().about("group", group.id);
                audit::record_changes(tx, &permit, "event.end_cohosting", row.id, changes).await
            })
        })
        .await
}

/// Ends co-hosting that no longer fits after an event moved to another group: all of it if the event now has no
/// group or a private one, otherwise only that of the event's new group with itself.
pub(super) async fn end_own_cohosting(
    tx: &Tx,
    event: EventId,
    group: Option<&Slug>,
) -> Result<(), StoreError> {
    let must_be_alone = match group {
        Some(group) => groups::is_private(tx.db(), group).await?,
        None => true,
    };
    let mut delete = event_group::Entity::delete_many().filter(event_group::Column::EventId.eq(event.0));
    if !must_be_alone {
        let own = group::Entity::find()
            .select_only()
            .column(group::Column::Id)
            .filter(group::Column::Slug.is_in(group.map(Slug::as_str)))
            .into_query();
        delete = delete.filter(event_group::Column::GroupId.in_subquery(own));
    }
    delete.exec(tx.db()).await?;
    Ok(())
}

/// Ends all co-hosting by a group and of its events, because the group is now private.
pub(crate) async fn end_private_cohosting(tx: &Tx, group: Uuid) -> Result<(), StoreError> {
    let own = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::GroupId.eq(group))
        .into_query();
    let involves_group = Condition::any()
        .add(event_group::Column::GroupId.eq(group))
        .add(event_group::Column::EventId.in_subquery(own));
    event_group::Entity::delete_many().filter(involves_group).exec(tx.db()).await?;
    Ok(())
}

/// Withdraws open invitations to a group, because the group is closed.
pub(crate) async fn end_all_cohosting(tx: &Tx, group: Uuid) -> Result<(), StoreError> {
    event_group::Entity::delete_many()
        .filter(event_group::Column::GroupId.eq(group))
        .filter(event_group::Column::AcceptedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}
