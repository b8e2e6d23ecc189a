//! What the features of the records decide: who sees a record, who takes part in its conversation, who is notified of a
//! comment, and who may moderate.

use std::collections::BTreeSet;

use domain::{
    Actor, MemberId,
    comments::{Place, Target, TargetKind},
    events::EventStatus,
    groups::GroupRole,
    kudos::KudosVisibility,
    policy::{
        comments::CommentRelation,
        events::EditEvent,
        groups::{GroupRelation, TendGroup},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    Select,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{comments_off, event, group, group_member, kudos, kudos_giver, kudos_recipient},
    events, groups,
    kudos::{received, seen_by},
};

/// The record that a form names.
///
/// # Errors
/// `NotFound` when the actor does not see it.
pub async fn find(store: &Store, actor: &Actor, place: &Place) -> Result<Target, StoreError> {
    let db = store.db();
    let kind = place.kind();
    let id = match place {
        Place::Kudos(id) => Some(id.0),
        Place::Event(slug) => {
            let found = seen_events(actor).filter(event::Column::Slug.eq(slug.as_str())).one(db).await?;
            found.map(|row| row.id)
        }
        Place::Group(slug) => groups::seen(db, actor, slug).await?.map(|row| row.id),
    };
    let target = Target { kind, id: id.ok_or(StoreError::NotFound)? };
    check_seen(db, actor, target).await?;
    Ok(target)
}

/// The published events that a reader sees. A draft has no conversation yet.
fn seen_events(actor: &Actor) -> Select<event::Entity> {
    event::Entity::find()
        .filter(events::seen_by(actor))
        .filter(event::Column::Status.ne(EventStatus::Draft.name()))
}

/// Refuses readers who do not see the record now. The conversations of events and groups are for members only (C16).
pub(super) async fn check_seen(
    db: &impl ConnectionTrait,
    actor: &Actor,
    target: Target,
) -> Result<(), StoreError> {
    let is_visitor = matches!(actor, Actor::Anonymous);
    let seen = match target.kind {
        TargetKind::Kudos => {
            kudos::Entity::find_by_id(target.id).filter(seen_by(actor)).one(db).await?.is_some()
        }
        TargetKind::Event | TargetKind::Group if is_visitor => false,
        TargetKind::Event => {
            seen_events(actor).filter(event::Column::Id.eq(target.id)).one(db).await?.is_some()
        }
        TargetKind::Group => {
            let find = group::Entity::find_by_id(target.id).filter(groups::seen_by(actor));
            find.one(db).await?.is_some()
        }
    };
    if seen { Ok(()) } else { Err(StoreError::NotFound) }
}

/// The actor's relation to a record that they see.
///
/// # Errors
/// `NotFound` when they do not see it.
pub(super) async fn relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    target: Target,
) -> Result<CommentRelation, StoreError> {
    check_seen(db, actor, target).await?;
    let Some(me) = actor.member() else { return Ok(CommentRelation::Reader) };
    Ok(match target.kind {
        TargetKind::Kudos => match is_owner(db, me, target.id).await? {
            true => CommentRelation::Owner,
            false => CommentRelation::Participant,
        },
        TargetKind::Event => {
            let row = seen_events(actor).filter(event::Column::Id.eq(target.id)).one(db).await?;
            let event = events::event_from_row(row.ok_or(StoreError::NotFound)?, None)?;
            match permit(actor, EditEvent, events::relation(db, actor, &event).await?) {
                Ok(_) => CommentRelation::Organiser,
                Err(_) => CommentRelation::Participant,
            }
        }
        TargetKind::Group => {
            let role = groups::role_in(db, actor, target.id).await?;
            match (permit(actor, TendGroup, GroupRelation::of(role)), role) {
                (Ok(_), _) => CommentRelation::Organiser,
                (Err(_), Some(_)) => CommentRelation::Participant,
                (Err(_), None) => CommentRelation::Reader,
            }
        }
    })
}

/// Whether kudos have a member's name on them.
async fn is_owner(db: &impl ConnectionTrait, member: MemberId, kudos: Uuid) -> Result<bool, StoreError> {
    let own = Condition::any()
        .add(kudos::Column::FromId.eq(member.0))
        .add(kudos::Column::Id.in_subquery(received(member)));
    Ok(kudos::Entity::find_by_id(kudos).filter(own).one(db).await?.is_some())
}

/// Whether the conversation below the record is closed.
pub(super) async fn is_off(db: &impl ConnectionTrait, target: Target) -> Result<bool, StoreError> {
    let key = (target.kind.name().to_owned(), target.id);
    Ok(comments_off::Entity::find_by_id(key).one(db).await?.is_some())
}

/// The people who are notified of every comment without a choice of theirs: for kudos the giver, the recipients who do
/// not hide themselves, and the members who added their thanks. For an event it is the host, and for a group its
/// organisers.
pub(super) async fn people(db: &impl ConnectionTrait, target: Target) -> Result<BTreeSet<Uuid>, StoreError> {
    Ok(match target.kind {
        TargetKind::Kudos => people_of_kudos(db, target.id).await?,
        TargetKind::Event => {
            let host = event::Entity::find_by_id(target.id)
                .select_only()
                .column(event::Column::HostId)
                .into_tuple::<Option<Uuid>>()
                .one(db)
                .await?;
            host.flatten().into_iter().collect()
        }
        TargetKind::Group => {
            let roles = [GroupRole::Organiser.name(), GroupRole::CoOrganiser.name()];
            let organisers: Vec<Uuid> = group_member::Entity::find()
                .select_only()
                .column(group_member::Column::MemberId)
                .filter(group_member::Column::GroupId.eq(target.id))
                .filter(group_member::Column::Role.is_in(roles))
                .into_tuple()
                .all(db)
                .await?;
            organisers.into_iter().collect()
        }
    })
}

async fn people_of_kudos(db: &impl ConnectionTrait, id: Uuid) -> Result<BTreeSet<Uuid>, StoreError> {
    let giver = kudos::Entity::find_by_id(id).one(db).await?.map(|row| row.from_id);
    let recipients: Vec<Uuid> = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::MemberId)
        .filter(kudos_recipient::Column::KudosId.eq(id))
        .filter(kudos_recipient::Column::HiddenAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let added: Vec<Uuid> = kudos_giver::Entity::find()
        .select_only()
        .column(kudos_giver::Column::MemberId)
        .filter(kudos_giver::Column::KudosId.eq(id))
        .into_tuple()
        .all(db)
        .await?;
    Ok(giver.into_iter().chain(recipients).chain(added).collect())
}

/// How an email names a record that its reader sees: its place and its title.
///
/// # Errors
/// `NotFound` when the reader does not see it.
pub(super) async fn place(
    db: &impl ConnectionTrait,
    reader: &Actor,
    target: Target,
) -> Result<(Place, String), StoreError> {
    check_seen(db, reader, target).await?;
    let read_slug = |slug: &str| {
        domain::Slug::parse(slug).ok_or_else(|| StoreError::Corrupt(format!("unreadable slug {slug}")))
    };
    match target.kind {
        TargetKind::Kudos => Ok((Place::Kudos(domain::KudosId(target.id)), String::new())),
        TargetKind::Event => {
            let row = seen_events(reader).filter(event::Column::Id.eq(target.id)).one(db).await?;
            let row = row.ok_or(StoreError::NotFound)?;
            Ok((Place::Event(read_slug(&row.slug)?), row.title))
        }
        TargetKind::Group => {
            let find = group::Entity::find_by_id(target.id).filter(groups::seen_by(reader));
            let row = find.one(db).await?.ok_or(StoreError::NotFound)?;
            Ok((Place::Group(read_slug(&row.slug)?), row.name))
        }
    }
}

/// Whether texts below the record may not be in an email.
pub(super) async fn is_private(db: &impl ConnectionTrait, target: Target) -> Result<bool, StoreError> {
    match target.kind {
        TargetKind::Kudos => {
            let row = kudos::Entity::find_by_id(target.id).one(db).await?;
            Ok(row.is_none_or(|row| row.visibility == KudosVisibility::Private.name()))
        }
        TargetKind::Event | TargetKind::Group => Ok(false),
    }
}
