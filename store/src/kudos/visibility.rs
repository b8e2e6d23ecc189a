//! Who sees which kudos (K6, K7), as conditions over the table `kudos`.

use domain::{Actor, KudosId, MemberId, Role, kudos::KudosVisibility};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};

use crate::{
    blocks::hidden_from,
    entities::{kudos, kudos_giver, kudos_recipient, member, profile},
};

/// The kudos that a reader sees now: they are in the audience, and nobody has retracted or hidden the kudos.
pub(crate) fn seen_by(actor: &Actor) -> Condition {
    Condition::all().add(audience(actor)).add(live(actor))
}

/// The kudos whose audience the reader belongs to, whether or not they are shown at the moment.
pub(crate) fn audience(actor: &Actor) -> Condition {
    let visible_to = |kind: KudosVisibility| kudos::Column::Visibility.eq(kind.name());
    match actor {
        Actor::Operator => Condition::all(),
        Actor::Anonymous => Condition::all().add(visible_to(KudosVisibility::Public)),
        Actor::Member { id, .. } => Condition::any()
            .add(
                kudos::Column::Visibility
                    .is_in([KudosVisibility::Public.name(), KudosVisibility::Members.name()]),
            )
            .add(kudos::Column::FromId.eq(id.0))
            .add(kudos::Column::Id.in_subquery(received(*id)))
            .add(kudos::Column::TeamId.in_subquery(team_of(*id)))
            .add(Condition::all().add(visible_to(KudosVisibility::Team)).add(in_team(*id))),
    }
}

/// The kudos that a member got, as a subquery of ids.
pub(crate) fn received(member: MemberId) -> SelectStatement {
    kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::KudosId)
        .filter(kudos_recipient::Column::MemberId.eq(member.0))
        .into_query()
}

/// The members who got some kudos, as a subquery of ids.
pub(crate) fn recipients_of(kudos: KudosId) -> SelectStatement {
    kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::MemberId)
        .filter(kudos_recipient::Column::KudosId.eq(kudos.0))
        .into_query()
}

/// The kudos that a member added their thanks to, as a subquery of ids.
pub(super) fn added_by(member: MemberId) -> SelectStatement {
    kudos_giver::Entity::find()
        .select_only()
        .column(kudos_giver::Column::KudosId)
        .filter(kudos_giver::Column::MemberId.eq(member.0))
        .into_query()
}

/// The members who added their thanks and whom a reader sees on a card, as a condition over `kudos_givers`.
pub(super) fn shown_giver(actor: &Actor) -> Condition {
    let giver = || Expr::col((kudos_giver::Entity, kudos_giver::Column::MemberId));
    let active = member::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(Expr::col((member::Entity, member::Column::Id)).eq(giver()))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .into_query();
    Condition::all().add(Expr::exists(active)).add(hidden_from(actor, giver()))
}

/// The team of a member, as a subquery with one id or none.
pub(super) fn team_of(member: MemberId) -> SelectStatement {
    profile::Entity::find()
        .select_only()
        .column(profile::Column::TeamId)
        .filter(profile::Column::MemberId.eq(member.0))
        .filter(profile::Column::TeamId.is_not_null())
        .into_query()
}

/// Kudos of the reader's team: the giver or a recipient works in it.
fn in_team(me: MemberId) -> Condition {
    let team_mates = || {
        profile::Entity::find()
            .select_only()
            .column(profile::Column::MemberId)
            .filter(profile::Column::TeamId.in_subquery(team_of(me)))
            .into_query()
    };
    let to_team_mates = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::KudosId)
        .filter(kudos_recipient::Column::MemberId.in_subquery(team_mates()))
        .into_query();
    Condition::any()
        .add(kudos::Column::FromId.in_subquery(team_mates()))
        .add(kudos::Column::Id.in_subquery(to_team_mates))
}

/// Neither retracted nor hidden, and between people whom the reader may see. Kudos whose recipients all hide are
/// shown to the giver and to those recipients only.
fn live(actor: &Actor) -> Condition {
    let from = || Expr::col((kudos::Entity, kudos::Column::FromId));
    let active_giver = member::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(Expr::col((member::Entity, member::Column::Id)).eq(from()))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .into_query();
    // PostgreSQL answers an EXISTS beside an OR from a table of all recipients, which it makes for each page. A subquery
    // for one row is asked for each of the few cards that it looks at.
    let recipient = kudos_recipient::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(
            Expr::col((kudos_recipient::Entity, kudos_recipient::Column::KudosId))
                .eq(Expr::col((kudos::Entity, kudos::Column::Id))),
        )
        .filter(shown_recipient(actor))
        .limit(1)
        .into_query();
    let has_recipient = Expr::SubQuery(None, Box::new(recipient.into())).is_not_null();
    Condition::all()
        .add(kudos::Column::RetractedAt.is_null())
        .add(kudos::Column::HiddenAt.is_null())
        .add(Expr::exists(active_giver))
        .add(hidden_from(actor, from()))
        .add(Condition::any().add(kudos::Column::TeamId.is_not_null()).add(has_recipient))
}

/// The recipients whom a reader sees on a card, as a condition over `kudos_recipients` inside a query of `kudos`:
/// active members without a block, who do not hide themselves. The giver and the recipient see them all the same.
pub(super) fn shown_recipient(actor: &Actor) -> Condition {
    let recipient = || Expr::col((kudos_recipient::Entity, kudos_recipient::Column::MemberId));
    let active = member::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(Expr::col((member::Entity, member::Column::Id)).eq(recipient()))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .into_query();
    let mut shown = Condition::any().add(kudos_recipient::Column::HiddenAt.is_null());
    if let Some(me) = actor.member() {
        shown = shown
            .add(kudos_recipient::Column::MemberId.eq(me.0))
            .add(Expr::col((kudos::Entity, kudos::Column::FromId)).eq(me.0));
    }
    Condition::all().add(shown).add(Expr::exists(active)).add(hidden_from(actor, recipient()))
}
