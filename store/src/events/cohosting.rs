//! Events that several groups hold together (F6): whose event it is asks, the other group's organisers
//! accept. From then on both show it, and who looks after either may change it; only whose event it is can
//! give it to another group. A private group holds its events alone.

use domain::{
    Actor, EventId, Refusal, Slug,
    events::{EventTime, Venue},
    groups::{GroupRole, Visibility},
    policy::{Action, Relation, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{
    list::GroupName,
    rows::{edit_permit, event_from_row, lock, relation},
    visibility::seen_by,
};
use crate::{
    Store, StoreError, announcements,
    audit::{self, Changes},
    entities::{event, event_group, group},
    groups,
    write::Tx,
};

/// A group that holds an event together with another, or was asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohost {
    /// Which.
    pub group: GroupName,
    /// Whether it has said yes.
    pub accepted: bool,
}

/// An event that a group was asked to hold too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Its page.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// When it is.
    pub time: EventTime,
    /// Whether the group has said yes.
    pub accepted: bool,
}

/// The groups that hold an event beside its own, by name.
pub(super) async fn cohosts(db: &impl ConnectionTrait, event: EventId) -> Result<Vec<GroupName>, StoreError> {
    let all = asked(db, event).await?;
    Ok(all.into_iter().filter(|holder| holder.accepted).map(|holder| holder.group).collect())
}

async fn asked(db: &impl ConnectionTrait, event: EventId) -> Result<Vec<Cohost>, StoreError> {
    let rows = event_group::Entity::find()
        .filter(event_group::Column::EventId.eq(event.0))
        .find_also_related(group::Entity)
        // It holds alone as soon as it is private; this is for who asks in that moment.
        .filter(group::Column::Visibility.ne(Visibility::Private.name()))
        .order_by_asc(group::Column::Name)
        .limit(50)
        .all(db)
        .await?;
    let holder = |(link, group): (event_group::Model, Option<group::Model>)| {
        let group = group?;
        let group = GroupName { slug: Slug::parse(&group.slug)?, name: group.name };
        Some(Cohost { group, accepted: link.accepted_at.is_some() })
    };
    Ok(rows.into_iter().filter_map(holder).collect())
}

/// The groups that an event is held with, and those that were asked, for who may change it.
///
/// # Errors
/// `Refused` when the actor may not change it, `NotFound` for hidden and absent events.
pub async fn cohosts_of(store: &Store, actor: &Actor, slug: &Slug) -> Result<Vec<Cohost>, StoreError> {
    let found = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let row = found.one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let event = event_from_row(row, None)?;
    let _permit = permit(actor, Action::EditEvent, relation(store.db(), actor, &event).await?)?;
    asked(store.db(), event.id).await
}

/// The coming events that a group was asked to hold too, for who looks after it.
///
/// # Errors
/// `Refused` when the actor does not, `NotFound` for hidden and absent groups.
pub async fn shared_with(store: &Store, actor: &Actor, slug: &Slug) -> Result<Vec<Shared>, StoreError> {
    let group = groups::seen(store.db(), actor, slug).await?.ok_or(StoreError::NotFound)?;
    let role = groups::role_in(store.db(), actor, group.id).await?;
    let _permit = permit(actor, Action::TendGroup, Relation::to_group(role))?;
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
        Some(Shared { slug, title: event.title, time, accepted })
    };
    Ok(rows.into_iter().filter_map(shared).collect())
}

/// Asks another group to hold an event too; asking again changes nothing. Who looks after both has
/// answered by asking.
///
/// # Errors
/// `Refused` when the actor may not change the event or a private group is concerned, `NotFound` for
/// hidden and absent events and groups.
pub async fn invite_cohost(
    store: &Store,
    actor: &Actor,
    event: &Slug,
    group: &Slug,
) -> Result<(), StoreError> {
    let args = (*actor, event.clone(), group.clone());
    store.write(args, |tx, (actor, event, group)| Box::pin(ask_in(tx, actor, event, group))).await
}

async fn ask_in(tx: &Tx, actor: &Actor, slug: &Slug, with: &Slug) -> Result<(), StoreError> {
    let (event, row) = lock(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &event).await?;
    let with = groups::seen(tx.db(), actor, with).await?.ok_or(StoreError::NotFound)?;
    let own = row.group_id.ok_or(Refusal::NotAllowed)?;
    let private = groups::private_ids(tx.db(), [own, with.id]).await?;
    if !private.is_empty() {
        return Err(Refusal::PrivateHoldsAlone.into());
    }
    if with.archived_at.is_some() {
        return Err(Refusal::GroupClosed.into());
    }
    if own == with.id || find(tx, row.id, with.id).await?.is_some() {
        return Ok(());
    }
    let role = groups::role_in(tx.db(), actor, with.id).await?;
    // An administrator may do it all, and asks nevertheless.
    let both = role.is_some_and(GroupRole::manages);
    let link = event_group::ActiveModel {
        event_id: Set(row.id),
        group_id: Set(with.id),
        asked_at: Set(tx.now()),
        accepted_at: Set(both.then(|| tx.now())),
    };
    link.insert(tx.db()).await?;
    if both {
        announcements::new_event_of(tx, &permit, &event, with.id).await?;
    }
    let with = Changes::default().about("group", with.id);
    audit::record_changes(tx, &permit, "event.invite_cohost", row.id, with).await
}

async fn find(tx: &Tx, event: Uuid, group: Uuid) -> Result<Option<event_group::Model>, StoreError> {
    Ok(event_group::Entity::find_by_id((event, group)).one(tx.db()).await?)
}

/// Says for a group whether it holds an event too. No takes back an earlier yes.
///
/// # Errors
/// `Refused` when the actor does not look after the group, `NotFound` when it was not asked.
pub async fn answer_cohosting(
    store: &Store,
    actor: &Actor,
    group: &Slug,
    event: &Slug,
    yes: bool,
) -> Result<(), StoreError> {
    let args = (*actor, group.clone(), event.clone(), yes);
    store
        .write(args, |tx, (actor, group, event, yes)| Box::pin(answer_in(tx, actor, group, event, *yes)))
        .await
}

async fn answer_in(tx: &Tx, actor: &Actor, group: &Slug, slug: &Slug, yes: bool) -> Result<(), StoreError> {
    let group = groups::seen(tx.db(), actor, group).await?.ok_or(StoreError::NotFound)?;
    let role = groups::role_in(tx.db(), actor, group.id).await?;
    let permit = permit(actor, Action::TendGroup, Relation::to_group(role))?;
    let event = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).one(tx.db()).await?;
    let event = event.ok_or(StoreError::NotFound)?;
    let link = find(tx, event.id, group.id).await?.ok_or(StoreError::NotFound)?;
    if !yes {
        link.into_active_model().delete(tx.db()).await?;
        let with = Changes::default().about("group", group.id);
        return audit::record_changes(tx, &permit, "event.end_cohosting", event.id, with).await;
    }
    if link.accepted_at.is_some() {
        return Ok(());
    }
    let mut link = link.into_active_model();
    link.accepted_at = Set(Some(tx.now()));
    link.update(tx.db()).await?;
    let id = event.id;
    announcements::new_event_of(tx, &permit, &event_from_row(event, None)?, group.id).await?;
    let with = Changes::default().about("group", group.id);
    audit::record_changes(tx, &permit, "event.accept_cohosting", id, with).await
}

/// Holds an event without a group from now on, or takes the question back.
///
/// # Errors
/// `Refused` when the actor may not change the event, `NotFound` for hidden and absent ones.
pub async fn part(store: &Store, actor: &Actor, event: &Slug, group: &Slug) -> Result<(), StoreError> {
    let args = (*actor, event.clone(), group.clone());
    store
        .write(args, |tx, (actor, slug, group)| {
            Box::pin(async move {
                let (event, row) = lock(tx, actor, slug).await?;
                let permit = edit_permit(tx, actor, &event).await?;
                let group = groups::seen(tx.db(), actor, group).await?.ok_or(StoreError::NotFound)?;
                let Some(link) = find(tx, row.id, group.id).await? else { return Ok(()) };
                link.into_active_model().delete(tx.db()).await?;
                let with = Changes::default().about("group", group.id);
                audit::record_changes(tx, &permit, "event.end_cohosting", row.id, with).await
            })
        })
        .await
}

/// An event has another group now: what it was held with by the old one ends if the new one is private
/// or none, and nobody holds an event together with themselves.
pub(super) async fn end_own_cohosting(
    tx: &Tx,
    event: EventId,
    group: Option<&Slug>,
) -> Result<(), StoreError> {
    let alone = match group {
        Some(group) => groups::is_private(tx.db(), group).await?,
        None => true,
    };
    let mut delete = event_group::Entity::delete_many().filter(event_group::Column::EventId.eq(event.0));
    if !alone {
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

/// A group holds nothing together with others from now on, for it is private.
pub(crate) async fn end_private_cohosting(tx: &Tx, group: Uuid) -> Result<(), StoreError> {
    let own = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::GroupId.eq(group))
        .into_query();
    let is_participant = Condition::any()
        .add(event_group::Column::GroupId.eq(group))
        .add(event_group::Column::EventId.in_subquery(own));
    event_group::Entity::delete_many().filter(is_participant).exec(tx.db()).await?;
    Ok(())
}

/// A group that is closed is asked no more.
pub(crate) async fn end_all_cohosting(tx: &Tx, group: Uuid) -> Result<(), StoreError> {
    event_group::Entity::delete_many()
        .filter(event_group::Column::GroupId.eq(group))
        .filter(event_group::Column::AcceptedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}
