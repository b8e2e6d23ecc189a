//! Who may see which event, and how one stands to it: one condition for every query, and every lock.

use domain::{
    Actor, EventId, MemberId, Role, SignInSessionId,
    events::{Event, EventStatus},
    groups::GroupRole,
    policy::{Action, Permit, Relation, permit},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{event, event_group, group_member, member},
    groups,
    write::Tx,
};

/// Which events the actor may see, as a condition over events. Drafts are for their hosts and for who
/// looks after their groups; what a private group holds is for its members.
pub(crate) fn seen_by(actor: &Actor) -> Condition {
    Condition::all().add_option(drafts(actor)).add_option(private(actor))
}

fn drafts(actor: &Actor) -> Option<Condition> {
    let may = |relation| permit(actor, Action::SeeDraftEvent, relation).is_ok();
    if may(Relation::Other) {
        return None;
    }
    let out = Condition::any().add(event::Column::Status.ne(EventStatus::Draft.name()));
    let Some(me) = actor.member() else { return Some(out) };
    let tended = || groups::of_member(me, &[GroupRole::Organiser, GroupRole::CoOrganiser]);
    let own = may(Relation::Own).then(|| event::Column::HostId.eq(me.0));
    let theirs = may(Relation::Organises).then(|| event::Column::GroupId.in_subquery(tended()));
    let shared = may(Relation::Organises).then(|| event::Column::Id.in_subquery(groups::held_with(tended())));
    Some(out.add_option(own).add_option(theirs).add_option(shared))
}

fn private(actor: &Actor) -> Option<Condition> {
    let me = groups::belonging(actor)?;
    let mine = |me: MemberId| event::Column::GroupId.in_subquery(groups::of_member(me, &[]));
    Some(
        Condition::any()
            .add(event::Column::GroupId.is_null())
            .add(event::Column::GroupId.not_in_subquery(groups::private()))
            .add_option(me.map(mine)),
    )
}

/// The members who may see an event, as a condition over members: [`seen_by`] from the other side, for emails
/// that go to many. It looks at the event's group only, for drafts are not told to anybody.
pub(crate) fn readers(of: EventId) -> Condition {
    let hidden = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Id.eq(of.0))
        .filter(event::Column::GroupId.in_subquery(groups::private()))
        .into_query();
    let inside = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::MemberId)
        .filter(group_member::Column::GroupId.in_subquery(group_of(of)))
        .into_query();
    let sees_all = |role: &Role| {
        let reader =
            Actor::Member { id: MemberId(Uuid::nil()), role: *role, session: SignInSessionId(Uuid::nil()) };
        permit(&reader, Action::SeePrivateGroup, Relation::Other).is_ok()
    };
    let sees_all = Role::ALL.iter().filter(|role| sees_all(role)).map(|role| role.name());
    Condition::any()
        .add(Expr::exists(hidden).not())
        .add(member::Column::Id.in_subquery(inside))
        .add(member::Column::Role.is_in(sees_all))
}

/// Whether the actor may see it at all.
pub(crate) async fn visible(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
) -> Result<bool, StoreError> {
    let found = event::Entity::find().filter(event::Column::Id.eq(event.id.0)).filter(seen_by(actor));
    Ok(found.count(db).await? > 0)
}

/// How the actor stands to an event: by hosting it, and by their best role in the groups that hold it.
///
/// # Errors
/// Trouble with the database.
pub(crate) async fn relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
) -> Result<Relation, StoreError> {
    let Some(me) = actor.member() else { return Ok(Relation::Other) };
    let held = Condition::any()
        .add(group_member::Column::GroupId.in_subquery(group_of(event.id)))
        .add(group_member::Column::GroupId.in_subquery(cohosts_of_event(event)));
    let rows = group_member::Entity::find()
        .filter(group_member::Column::MemberId.eq(me.0))
        .filter(held)
        .all(db)
        .await?;
    let mut roles = Vec::new();
    for row in rows {
        roles.push(groups::read_role(&row.role, row.group_id)?);
    }
    let best = GroupRole::ALL.iter().copied().find(|role| roles.contains(role));
    Ok(Relation::to_event(event.host == Some(me), best))
}

/// The group that an event belongs to.
pub(super) fn group_of(of: EventId) -> SelectStatement {
    event::Entity::find()
        .select_only()
        .column(event::Column::GroupId)
        .filter(event::Column::Id.eq(of.0))
        .filter(event::Column::GroupId.is_not_null())
        .into_query()
}

/// The groups that hold an event together with the one that made it.
pub(super) fn cohosts_of_event(of: &Event) -> SelectStatement {
    event_group::Entity::find()
        .select_only()
        .column(event_group::Column::GroupId)
        .filter(event_group::Column::EventId.eq(of.id.0))
        .filter(event_group::Column::AcceptedAt.is_not_null())
        .into_query()
}

/// Whether the actor may change it.
pub(crate) async fn edits(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: &Event,
) -> Result<bool, StoreError> {
    Ok(permit(actor, Action::EditEvent, relation(db, actor, event).await?).is_ok())
}

/// The permit to change an event.
pub(crate) async fn edit_permit(tx: &Tx, actor: &Actor, event: &Event) -> Result<Permit, StoreError> {
    Ok(permit(actor, Action::EditEvent, relation(tx.db(), actor, event).await?)?)
}
